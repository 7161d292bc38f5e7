"""A throw-away Nova in, what the steps of the rehearsal share out: its people, its documents, its clock, and what a step has to say."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import httpx

from nova.cli.client import Client
from nova.cli.documents import samples
from nova.cli.documents.intake import take_in
from nova.cli.rehearsal.script import Script, script
from nova.cli.session import opened, throw_away
from nova.errors import NovaError
from nova.settings import Settings

if TYPE_CHECKING:
    from nova.wiring import Nova

SPAN = timedelta(hours=72)  # the simulated time before now in which the wheel turns
PATIENCE_S = 120.0


class StepMissed(NovaError):
    """A step of the rehearsal did not do what the wheel has to do; the message begins with its name."""

    code = "step_missed"
    exit_code = 5


@dataclass(frozen=True, slots=True)
class Person:
    """A customer: the name other systems know, and their door."""

    name: str
    door: Client


@dataclass(frozen=True, slots=True)
class StepReport:
    """What a step has to say: a German line, and its numbers."""

    text: str
    numbers: Mapping[str, Any]


@dataclass
class Stage:
    """Where the rehearsal plays. `clock` is the simulated time, which ends at now; `items` are document ids by name.

    `wire` carries what people send.
    """

    client: Client
    nova: "Nova"
    folder: Path
    wire: httpx.HTTPTransport = field(default_factory=httpx.HTTPTransport)  # one for everybody: each of its own reads all certificates
    texts: Script = field(default_factory=script)
    people: list[Person] = field(default_factory=list)
    items: dict[str, str] = field(default_factory=dict)
    noted: dict[str, Any] = field(default_factory=dict)
    sessions: int = 0
    clock: datetime = field(default_factory=lambda: datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - SPAN)

    def take(self, *names: str) -> int:
        """Take sample documents in as any user's files; how many passages."""
        return self._take({name: samples.sample(name) for name in names})

    def write(self, pages: Mapping[str, str]) -> int:
        """Take pages in as Markdown files; how many passages."""
        paths = {name: self.folder / f"{name}.md" for name in pages}
        for name, path in paths.items():
            path.write_text(pages[name], encoding="utf-8")
        return self._take(paths)

    def _take(self, paths: Mapping[str, Path]) -> int:
        outcomes = {one.source: one for one in take_in(self.client, list(paths.values()), {}, quiet=True)}
        for name, path in paths.items():
            outcome = outcomes[path.name]
            need(outcome.status == "stored", f"{outcome.source} wurde nicht aufgenommen: {outcome.message}")
            self.items[name] = str(outcome.item_id)
        return sum(one.chunks or 0 for one in outcomes.values())

    def job(self, job_id: str, patience: float = PATIENCE_S) -> Mapping[str, Any]:
        """Wait for a job, so many seconds; its result."""
        self.nova.jobs.wait(UUID(job_id), patience)
        found: Mapping[str, Any] = self.client.get(f"/jobs/{job_id}")
        need(found["state"] == "done", f"Die Aufgabe „{found['title']}“ endete mit {found['state']}: {found.get('error')}")
        return dict(found.get("result") or {})


def need(holds: object, otherwise: str) -> None:
    """StepMissed with these words unless something holds."""
    if not holds:
        raise StepMissed(otherwise)


@contextmanager
def stage(settings: Settings, **changes: Any) -> Iterator[Stage]:
    """A Nova on the embedded defaults and these `changes` in a folder that is gone when the block ends; no other can be rehearsed with."""
    with tempfile.TemporaryDirectory(prefix="nova-") as folder:
        home = Path(folder)
        with opened(throw_away(settings, home / "data", **changes)) as (client, nova):
            place = Stage(client, nova, home)
            try:
                yield place
            finally:
                place.wire.close()
