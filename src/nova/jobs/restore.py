"""A snapshot's file and settings in, a data folder that Nova opens out: filled beside the old one, examined, then put in its place."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from nova.errors import BadSnapshot, Conflict
from nova.jobs.examine import Findings, examine, level
from nova.jobs.kept import no_half
from nova.jobs.snapshot import DATABASE
from nova.jobs.unpack import unpack
from nova.knowledge.files import RAW, TEXTS
from nova.settings import Settings
from nova.store import dump, embedded, items
from nova.wiring import Nova, archive, open_nova

Tell = Callable[[str, int, int], None]
OWN_JOBS = ("snapshot", "prove")
NO_FIRST_START = Path("run", "samples.loaded")
STAYS = ("run", "lost+found")


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of a restore: the snapshot's manifest, what was found, and where what was there before lies now (None: nothing was)."""

    manifest: Mapping[str, Any]
    findings: Findings
    seconds: float
    aside: Path | None = None


def restore(source: Path, key: "archive.Key", settings: Settings, tell: Tell, *, replace: bool = False, anyway: bool = False) -> Restored:
    """Put a snapshot in the place of `settings.NOVA_DATA`, whose owner the caller is. What goes wrong leaves everything as it was.

    Raises Conflict (the folder or the database is not empty and `replace` is False), BadSnapshot (also for what does not hold once it is
    restored, unless `anyway`), DiskFull. What was there is set aside, not deleted; its secrets and its snapshots come along.
    """
    began, data = time.monotonic(), settings.NOVA_DATA.absolute()
    occupied = filled(data)
    if occupied and not replace:
        raise Conflict(f"Der Ordner {data} ist nicht leer. Mit --replace wird sein Inhalt beiseitegelegt.")
    stamp = f"{datetime.now(UTC):%Y%m%d%H%M%S}"
    with _staging(data) as staging:
        if (data / "secrets").is_dir():
            shutil.copytree(data / "secrets", staging / "secrets")
        staged = settings.model_copy(update={"NOVA_DATA": staging})
        manifest, findings = fill(source, key, staged, tell, aside=f"vor_{stamp}" if replace else "", strict=not anyway)
        tell("einsetzen", 0, 0)
        (staging / NO_FIRST_START).parent.mkdir(mode=0o700, exist_ok=True)
        (staging / NO_FIRST_START).touch(mode=0o600)
        os.sync()
        if occupied:
            return Restored(manifest, findings, time.monotonic() - began, _exchange(staging, data, stamp))
        _settle(staging, data)
    return Restored(manifest, findings, time.monotonic() - began)


def fill(
    source: Path, key: "archive.Key", settings: Settings, tell: Tell, *, aside: str = "", strict: bool = False
) -> tuple[Mapping[str, Any], Findings]:
    """Restore into the empty folder `settings.NOVA_DATA` (and its servers, whose content moves to the schema `aside`), and examine it.

    With `strict` what does not hold is BadSnapshot, and the servers are as they were.
    """
    data = settings.NOVA_DATA
    manifest = unpack(source, key, data, tell)
    with no_half(data / DATABASE), _database(settings) as dsn:
        keeping = nullcontext() if settings.NOVA_DATABASE_URL is None else dump.cleared(dsn, aside, replace=bool(aside))
        with keeping:
            dump.restore(dsn, data / DATABASE, lambda: tell("Datenbank einspielen", 0, 0))
            (data / DATABASE).unlink()
            with psycopg.connect(dsn, row_factory=dict_row) as connection:
                counts = dump.counts(connection)
            dump.tidy_restored(dsn, OWN_JOBS)
            with open_nova(settings) as nova:
                _hand_over_objects(nova, data, aside)
                level(nova, tell)
                findings = examine(nova, manifest, counts, tell)
            if findings.problems and strict:
                raise BadSnapshot(
                    f"Die Sicherung ließ sich nicht fehlerfrei einspielen; alles ist, wie es war. {' '.join(findings.problems[:3])}",
                    data={"problems": list(findings.problems)},
                )
    return manifest, findings


def filled(folder: Path) -> bool:
    """Whether there is anything in a folder that a restore would replace."""
    return folder.exists() and any(path.name not in STAYS for path in folder.iterdir())


@contextmanager
def _database(settings: Settings) -> Iterator[str]:
    """The connection string of the database to fill."""
    if settings.NOVA_DATABASE_URL is not None:
        yield settings.NOVA_DATABASE_URL.get_secret_value()
        return
    with embedded.start(settings.NOVA_DATA) as server:
        yield server.dsn


def _hand_over_objects(nova: Nova, data: Path, aside: str) -> None:
    """Where files are in a bucket, they go there; one of the same name has the same content.

    What is there already stays with what is set aside: its rows lie in the schema `aside`, or, of an embedded database, in a folder that no
    sweep sees, so then its names are noted in such a schema.
    """
    unpacked = data / "objects"
    if not nova.settings.NOVA_S3_URL:
        return
    if aside and nova.embedded:
        raw, texts = ([key.removeprefix(prefix) for key in nova.objects.keys(prefix)] for prefix in (RAW, TEXTS))
        with nova.db.transaction() as conn:
            items.keep_aside(conn, aside, raw, texts)
    if not unpacked.is_dir():
        return
    for path in sorted(one for one in unpacked.rglob("*") if one.is_file()):
        key = path.relative_to(unpacked).as_posix()
        if not nova.objects.exists(key):
            with path.open("rb") as file:
                nova.objects.put(key, file)
    shutil.rmtree(unpacked)


@contextmanager
def _staging(data: Path) -> Iterator[Path]:
    """A folder on the same disk as `data`: beside it, or in it where it is a disk of its own. Removed if it is still there at the end."""
    inside = os.path.ismount(data) or (data.exists() and not os.access(data.parent, os.W_OK))
    parent = data if inside else data.parent
    with no_half():
        parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{data.name}-", dir=parent))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _settle(staging: Path, data: Path) -> None:
    """Into a place where nothing was."""
    if staging.parent == data:
        _move(staging, data)
        return
    with suppress(FileNotFoundError):
        shutil.rmtree(data / "run", ignore_errors=True)
        data.rmdir()
    staging.rename(data)


def _exchange(staging: Path, data: Path, stamp: str) -> Path:
    """Set aside what is there and take its place; gives where it went. Snapshots come back."""
    if staging.parent == data:
        aside = data / f"vor-{stamp}"
        aside.mkdir(mode=0o700)
        _move(data, aside, but=(staging.name, aside.name, *STAYS))
        _move(staging, data)
    else:
        aside = data.with_name(f"{data.name}.vor-{stamp}")
        data.rename(aside)
        try:
            staging.rename(data)
        except OSError:
            aside.rename(data)
            raise
    if (aside / "snapshots").is_dir():
        (aside / "snapshots").rename(data / "snapshots")
    return aside


def _move(source: Path, target: Path, but: tuple[str, ...] = ()) -> None:
    for path in sorted(source.iterdir()):
        if path.name in but:
            continue
        if path.is_dir() and (target / path.name).is_dir():
            _move(path, target / path.name)
        else:
            path.rename(target / path.name)
