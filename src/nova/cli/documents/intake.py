"""Paths and addresses in, their ended jobs out, through the same intake as the web app; progress goes to stderr as it happens."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nova.cli import output
from nova.cli.client import Client
from nova.errors import Duplicate, NotFound, NovaError

LOOK_SECONDS = 0.2
ENDED = ("done", "failed", "cancelled")
MOST_AHEAD = 16


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: stored, duplicate or failed."""

    source: str
    status: str
    item_id: str | None = None
    chunks: int | None = None
    message: str = ""


@dataclass(slots=True)
class Sent:
    """An accepted source whose job still runs."""

    source: str
    item_id: str
    job_id: str


def files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files behind files and folders, sorted; hidden ones are left out."""
    for path in paths:
        if path.is_dir():
            yield from sorted(
                one for one in path.rglob("*") if one.is_file() and not any(part.startswith(".") for part in one.relative_to(path).parts)
            )
        elif path.is_file():
            yield path
        else:
            raise NotFound(f"{path} gibt es nicht.")


def take_in(client: Client, sources: Sequence[str | Path], fields: Mapping[str, Any], *, quiet: bool = False) -> list[Outcome]:
    """Send every source and wait until the last job has ended; quiet tells of failures only."""
    told = IntakeProgress(len(sources), quiet)
    waiting: list[Sent] = []
    for source in sources:
        sent = _send(client, source, fields)
        if isinstance(sent, Outcome):
            told.add(sent)
        else:
            waiting.append(sent)
        while len(waiting) >= MOST_AHEAD:
            _look(client, waiting, told)
    while waiting:
        _look(client, waiting, told)
    return told.outcomes


class IntakeProgress:
    """The outcomes so far, each told to the person as it comes."""

    def __init__(self, total: int, quiet: bool) -> None:
        self.outcomes: list[Outcome] = []
        self._total = total
        self._quiet = quiet

    def add(self, outcome: Outcome) -> None:
        """One source has ended."""
        self.outcomes.append(outcome)
        words = {
            "stored": f"✓ {outcome.source}  {outcome.chunks if outcome.chunks is not None else '?'} Passagen",
            "duplicate": f"= {outcome.source}  schon vorhanden",
            "failed": f"✗ {outcome.source}  {outcome.message}",
        }
        self._tell(len(self.outcomes), words[outcome.status], final=not self._quiet or outcome.status == "failed")

    def running(self, source: str, job: Mapping[str, Any]) -> None:
        """One source is being worked on."""
        share = f" {job['progress']}/{job['total']}" if job.get("total") else ""
        self._tell(len(self.outcomes) + 1, f"{source}  {job['stage']}{share}", final=False)

    def _tell(self, number: int, words: str, *, final: bool) -> None:
        output.progress(f"  {number}/{self._total}  {words}", final=final)


def _send(client: Client, source: str | Path, fields: Mapping[str, Any]) -> Sent | Outcome:
    name = source.name if isinstance(source, Path) else source
    try:
        answer = _upload(client, source, {**fields, "wait": 0})
    except Duplicate as error:
        return Outcome(name, "duplicate", item_id=error.data.get("item_id"), message=error.message)
    except NovaError as error:
        return Outcome(name, "failed", message=error.message)
    return Sent(name, answer["item_id"], answer["job_id"])


def _upload(client: Client, source: str | Path, fields: Mapping[str, Any]) -> Any:
    if isinstance(source, Path):
        return client.upload(source, fields)
    return client.post("/ingest/url", {"url": source, **{name: fields[name] for name in ("kind", "tags", "wait") if name in fields}})


def _look(client: Client, waiting: list[Sent], told: IntakeProgress) -> None:
    """Wait a moment and see which jobs have ended; they leave `waiting`."""
    time.sleep(LOOK_SECONDS)
    for sent in list(waiting):
        job = client.get(f"/jobs/{sent.job_id}")
        if job["state"] in ENDED:
            waiting.remove(sent)
            told.add(_outcome(sent, job))
        elif job["state"] == "running":
            told.running(sent.source, job)


def _outcome(sent: Sent, job: Mapping[str, Any]) -> Outcome:
    if job["state"] == "done":
        return Outcome(sent.source, "stored", sent.item_id, (job.get("result") or {}).get("chunks"))
    message = job.get("error") or ("Abgebrochen." if job["state"] == "cancelled" else "Fehlgeschlagen.")
    return Outcome(sent.source, "failed", sent.item_id, message=message)
