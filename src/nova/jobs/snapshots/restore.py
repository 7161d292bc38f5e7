"""A snapshot's file and settings in, a data folder that Nova opens out: filled beside the old one, examined, then put in its place."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nova.errors import BadSnapshot, Conflict
from nova.flows.erasure.ledger import FOLDER, Ledger, folder_of
from nova.flows.snapshots.contents import DATABASE, Tell
from nova.flows.snapshots.examining import Findings
from nova.flows.snapshots.handing_over import hand_over, keep_aside
from nova.flows.snapshots.kept import no_half
from nova.flows.withdrawals import Withdrawals
from nova.governance.audit import anchors, sealing
from nova.jobs.snapshots.unpack import unpack
from nova.records import Erasure
from nova.settings import Settings
from nova.store.people.people import ConsentEnd
from nova.store.postgres import dump, embedded
from nova.wiring import archive, masterdata, open_nova
from nova.wiring.erasure import ledger_of, reapplication_of
from nova.wiring.snapshots import examination_of

OWN_JOBS = ("snapshot", "prove")
NO_FIRST_START = Path("run", "samples.loaded")
KEPT_FOLDERS = ("secrets", anchors.FOLDER)
STAYS = ("run", "snapshots", "lost+found")


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of a restore: the snapshot's manifest, what was found, and where what was there before lies now (None: nothing was).

    `erased` counts persons who were erased again, `ledger` the erasures that are known.
    """

    manifest: Mapping[str, Any]
    findings: Findings
    seconds: float
    aside: Path | None = None
    erased: int = 0
    ledger: int = 0


def restore(
    source: Path,
    key: "archive.Key",
    settings: Settings,
    tell: Tell,
    *,
    replace: bool = False,
    anyway: bool = False,
    ledger: Path | None = None,
) -> Restored:
    """Put a snapshot in the place of `settings.NOVA_DATA`, whose owner the caller is. What goes wrong leaves everything as it was.

    Whom the ledgers of erasures beside the snapshot, in the data folder and in the folder `ledger` name is erased from what it brings.
    Raises Conflict (the folder or the database is not empty and `replace` is False, or the folder cannot be exchanged), BadSnapshot (also
    for what does not hold once it is restored, unless `anyway`), DiskFull, ServerAbsent. What was there is set aside, not deleted; its
    secrets, its dictionary of master data and its snapshots stay.
    """
    began, data = time.monotonic(), settings.NOVA_DATA.resolve()
    outside = _outside(source.parent / FOLDER, folder_of(data), ledger)
    occupied = filled(data)
    if occupied and not replace:
        raise Conflict(f"Der Ordner {data} ist nicht leer. Mit --replace wird sein Inhalt beiseitegelegt.")
    _require_movable(data)
    stamp = f"{datetime.now(UTC):%Y%m%d%H%M%S}"
    with _staging(data) as staging:
        for kept in KEPT_FOLDERS:
            if (data / kept).is_dir():
                shutil.copytree(data / kept, staging / kept)
        if (dictionary := masterdata.place(settings)).is_file():
            (staging / dictionary.parent.name).mkdir(mode=0o700)
            shutil.copy2(dictionary, staging / dictionary.parent.name)
        staged = settings.model_copy(update={"NOVA_DATA": staging})
        manifest = unpack(source, key, staging, tell)
        with _cleared(settings, f"vor_{stamp}" if replace else "") as schema:
            findings, again = _populate(staged, manifest, tell, schema, outside)
            if findings.problems and not anyway:
                raise BadSnapshot(
                    f"Die Sicherung ließ sich nicht fehlerfrei einspielen; alles ist, wie es war. {' '.join(findings.problems[:3])}",
                    data={"problems": list(findings.problems)},
                )
            tell("einsetzen", 0, 0)
            Ledger(folder_of(data)).take_over(again.entries)
            Withdrawals(folder_of(data)).take_over(outside.withdrawals)
            os.sync()
            aside = _exchange(staging, data, stamp if occupied else "")
    return Restored(manifest, findings, time.monotonic() - began, aside, again.persons, len(again.entries))


def fill(source: Path, key: "archive.Key", settings: Settings, tell: Tell) -> tuple[Mapping[str, Any], Findings]:
    """Restore into the empty folder `settings.NOVA_DATA` with a database of its own, and examine it."""
    manifest = unpack(source, key, settings.NOVA_DATA, tell)
    return manifest, _populate(settings, manifest, tell)[0]


@dataclass(frozen=True, slots=True)
class _Again:
    """The erasures that are known, and how many persons were erased again."""

    entries: tuple[Erasure, ...] = ()
    persons: int = 0


@dataclass(frozen=True, slots=True)
class _Outside:
    """What is known outside every snapshot: who was erased, and what people withdrew."""

    erasures: tuple[Erasure, ...]
    withdrawals: tuple[ConsentEnd, ...]


def _outside(*folders: Path | None) -> _Outside:
    there = [folder for folder in folders if folder is not None]
    return _Outside(
        tuple(one for folder in there for one in Ledger(folder).all()), tuple(one for folder in there for one in Withdrawals(folder).all())
    )


def _populate(
    settings: Settings, manifest: Mapping[str, Any], tell: Tell, aside: str = "", outside: _Outside | None = None
) -> tuple[Findings, _Again]:
    """Make what was unpacked a Nova, on an empty database, and examine it. `aside`: the schema of what lay in the servers.

    Then whom the ledger names is erased, and withdrawals hold again; not where `outside` is None, since nobody is ever served from there.
    """
    data = settings.NOVA_DATA
    with no_half(data / DATABASE), _database(settings) as dsn:
        dump.restore(dsn, data / DATABASE, lambda: tell("Datenbank einspielen", 0, 0))
        (data / DATABASE).unlink()
        counts = dump.counts_in(dsn)
        dump.tidy_restored(dsn, OWN_JOBS)
        with open_nova(settings) as nova:
            if settings.NOVA_S3_URL:
                if aside and nova.embedded:
                    keep_aside(nova.db, nova.objects, aside)
                hand_over(nova.objects, data / "objects")
            examination = examination_of(nova)
            examination.level(tell)
            findings = examination.run(manifest, counts, tell)
            if outside is None:
                return findings, _Again()
            sealing.restored(nova.db, nova.audit, data, str(manifest["snapshot_id"]))
            tell("Löschungen nachholen", 0, 0)
            ledger = ledger_of(nova)
            ledger.take_over(outside.erasures)
            Withdrawals(folder_of(data)).take_over(outside.withdrawals)
            persons = reapplication_of(nova).reapply()
            return findings, _Again(tuple(ledger.all()), persons)


def filled(folder: Path) -> bool:
    """Whether there is anything in a folder that a restore would replace."""
    return folder.exists() and any(_replaced(folder))


def _replaced(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name not in STAYS)


def _require_movable(data: Path) -> None:
    mounted = [path for path in _replaced(data) if os.path.ismount(path)] if data.exists() else []
    if mounted:
        raise Conflict(
            f"{mounted[0]} ist ein Datenträger für sich und lässt sich nicht beiseitelegen. "
            "Hängen Sie ihn aus, oder spielen Sie in einen anderen Ordner ein (--into)."
        )


@contextmanager
def _cleared(settings: Settings, aside: str) -> Iterator[str]:
    """The servers empty for the block; what was there lies in the schema `aside`, which is given. Put back when the block fails."""
    if settings.NOVA_DATABASE_URL is None:
        yield aside
        return
    with dump.cleared(settings.NOVA_DATABASE_URL.get_secret_value(), aside, replace=bool(aside)):
        yield aside


@contextmanager
def _database(settings: Settings) -> Iterator[str]:
    """The connection string of the database to fill."""
    if settings.NOVA_DATABASE_URL is not None:
        yield settings.NOVA_DATABASE_URL.get_secret_value()
        return
    with embedded.start(settings.NOVA_DATA) as server:
        yield server.dsn


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


def _exchange(staging: Path, data: Path, stamp: str) -> Path | None:
    """Set aside what is there (with a `stamp`) and let what was staged take its place; gives where the old went. Conflict undoes it all."""
    aside = None if not stamp else data / f"vor-{stamp}" if staging.parent == data else data.with_name(f"{data.name}.vor-{stamp}")
    renames = [(path, aside / path.name) for path in _replaced(data) if path != staging] if aside and data.exists() else []
    renames += [(path, data / path.name) for path in _replaced(staging)]
    done: list[tuple[Path, Path]] = []
    try:
        for folder in (data, (data / NO_FIRST_START).parent, *([aside] if aside else [])):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (data / NO_FIRST_START).touch(mode=0o600)
        for old, new in renames:
            old.rename(new)
            done.append((old, new))
    except OSError as error:
        for old, new in reversed(done):
            new.rename(old)
        if aside:
            with suppress(OSError):
                aside.rmdir()
        raise Conflict(f"{error.filename} lässt sich nicht an seinen Platz bringen ({error.strerror}). Alles ist, wie es war.") from error
    return aside
