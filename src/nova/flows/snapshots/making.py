"""What an installation holds, saved in a file while it goes on working.

The database's moment decides what belongs in it. From before that moment until the last file is copied no file is removed, and a version's
files are stored before its row is, so every file that the dump names is there (see docs/decisions/0011-backups.md).
"""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from nova import __version__
from nova.errors import DiskFull, NotFound, NovaError
from nova.flows.snapshots.contents import DATABASE, INDEX, OBJECTS, PREFIXES, WEIGHTS, Archives, Carried, Tell, Writer
from nova.flows.snapshots.kept import DOCUMENTS, DRAFT, Kept, Origin, Snapshot, drafting, file_name, write_record
from nova.flows.snapshots.probes import Probes
from nova.flows.snapshots.requests import Copyable, require_copyable
from nova.knowledge.kinds import SWEEP
from nova.ports import Index, Objects
from nova.ports.jobs import Jobs
from nova.store.documents import outbox
from nova.store.ids import uuid7
from nova.store.postgres import dump
from nova.store.postgres.db import Database

SPARE_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Wish:
    """What a snapshot is to hold, for whom it is encrypted ("" leaves it to the settings), and who wants it.

    `aside`: nobody can open it before its maker has exchanged its key, so until then it does not count as a snapshot.
    """

    index: bool = False
    recipient: str = ""
    origin: Origin = "person"
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Sizes:
    """What the parts of an installation take, in bytes; the files' texts are within the database's size."""

    database: int
    files: int
    index: int
    weights: int = 0


@dataclass(frozen=True, slots=True)
class Holdings:
    """What an installation holds. `own` gives what the company wrote itself, by its name in the archive; `weights` what was trained."""

    db: Database
    objects: Objects
    index: Index
    own: Callable[[], Iterable[tuple[str, bytes]]]
    weights: Callable[[], Carried]

    def sizes(self) -> Sizes:
        """What there is to save; an index on a server is taken to be as large as the database."""
        with self.db.transaction() as conn:
            database, files = dump.bytes_stored(conn)
        index = self.index.size() if isinstance(self.index, Copyable) else database
        return Sizes(database, files, index, self.weights().size)


@dataclass(frozen=True, slots=True)
class Scene:
    """What writing a snapshot has at hand."""

    held: Holdings
    wish: Wish
    work: Path
    writer: Writer
    tell: Tell


class SnapshotMaker:
    """Makes snapshots; a job then sweeps files that were given up meanwhile. `probes` ask what a restored Nova must say again."""

    def __init__(self, kept: Kept, held: Holdings, jobs: Jobs, probes: Probes, archives: Archives) -> None:
        self._kept, self.held, self._jobs, self._probes, self._archives = kept, held, jobs, probes, archives

    def take(self, wish: Wish, tell: Tell) -> Snapshot:
        """Make one among those that are kept. DiskFull, Busy (another one is being made), ServerAbsent; then nothing is left of it."""
        with self._kept.writing() as folder:
            return self.write(wish, folder, tell)

    def write(self, wish: Wish, folder: Path, tell: Tell) -> Snapshot:
        """Make one in `folder`, which the caller owns."""
        tell("vorbereiten", 0, 0)
        size = self.held.sizes()
        # The dump is written twice, by itself and into the archive, and so is the index.
        require_room(folder, 2 * size.database + size.files + size.weights + (2 * size.index if wish.index else 0), "die Sicherung")
        recipient = "" if wish.origin == "proof" else wish.recipient or self._archives.recipient
        snapshot_id, created_at = uuid7(), datetime.now(UTC)
        file = file_name(created_at, snapshot_id, sealed=bool(recipient))
        target = self._kept.aside(file) if wish.aside else folder / file
        with self.held.db.transaction() as conn:
            schema = dump.schema_version(conn)
        head = {"nova": __version__, "schema": schema, "snapshot_id": str(snapshot_id), "created_at": created_at.isoformat()}
        with drafting(target) as draft:
            with (
                tempfile.TemporaryDirectory(dir=folder, prefix=".", suffix=DRAFT) as work,
                self._archives.writing(draft.binary, head, recipient, Path(work)) as writer,
            ):
                manifest = self._fill(Scene(self.held, wish, Path(work), writer, tell))
            draft.flush()
            made = Snapshot(
                snapshot_id, file, created_at, draft.bytes, draft.sha256, bool(recipient), wish.origin, __version__, schema,
                wish.index, {**manifest["counts"], DOCUMENTS: manifest[DOCUMENTS]}, manifest["objects"], tuple(manifest["flaws"]),
            )  # fmt: skip
            write_record(target, made)  # first: a file without one would be neither listed nor pruned
        return made

    def _fill(self, scene: Scene) -> Mapping[str, Any]:
        """Every member of the archive, and its manifest."""
        for name, data in scene.held.own():
            scene.writer.add_blocks(name, [data])
        with self._removals_held():
            with ExitStack() as until_dumped:
                when = _moment(scene, until_dumped)
                counts, named = dump.counts(when.connection), dump.objects_named(when.connection)
                state, documents = dump.knowledge_state(when.connection), dump.documents(when.connection)
                _database(scene, when)
            flaws = [*_objects(scene, named), *_weights(scene)]
        _index(scene)
        scene.tell("Fragen stellen", 0, 0)
        asked = self._probes.ask(self._probes.questions())
        with scene.held.db.transaction() as conn:
            settled = state["outbox"] == 0 and state == dump.knowledge_state(conn)
        facts = {
            "counts": counts,
            DOCUMENTS: documents,
            "objects": len(named) - sum(not flaw.startswith(WEIGHTS) for flaw in flaws),
            "flaws": flaws,
            "index": scene.wish.index,
            "settled": settled,
        }
        return scene.writer.finish({**facts, "questions": [dict(one.facts) for one in asked]})

    @contextmanager
    def _removals_held(self) -> Iterator[None]:
        """Files stay for the block; however it ends, a job of its own then removes those that were given up meanwhile."""
        try:
            with dump.removals_held(self.held.db):
                yield
        finally:
            with suppress(NovaError, psycopg.Error):  # the sweep of the day comes in any case
                self._jobs.start(SWEEP, {})


def _moment(scene: Scene, until_dumped: ExitStack) -> dump.Moment:
    """The moment that decides. With the index it is one in which nobody changes that, and its files are copied in it."""
    if not scene.wish.index:
        return until_dumped.enter_context(dump.moment(scene.held.db))
    scene.tell("Suchindex kopieren", 0, 0)
    with scene.held.db.transaction() as conn:
        outbox.lock(conn)
        when = until_dumped.enter_context(dump.moment(scene.held.db))
        require_copyable(scene.held.index).copy_to(scene.work / "index")
    return when


def _database(scene: Scene, when: dump.Moment) -> None:
    with tempfile.TemporaryFile(dir=scene.work) as file:
        dump.dump(when, file, lambda: scene.tell("Datenbank sichern", 0, 0))
        file.seek(0)
        scene.writer.add(DATABASE, file)


def _objects(scene: Scene, named: list[tuple[str, str]]) -> list[str]:
    """Copy the files; those that are missing or damaged already are named and do not stop the rest."""
    flaws: list[str] = []
    for number, (kind, name) in enumerate(named):
        scene.tell("Dateien sichern", number, len(named))
        key = PREFIXES[kind] + name
        try:
            scene.writer.add_blocks(OBJECTS + key, _sound(scene.held.objects, key, name), packed=kind == "processed")
        except NotFound:
            flaws.append(f"{key} fehlt")
        except _Damaged:
            flaws.append(f"{key} ist beschädigt")
    return flaws


def _weights(scene: Scene) -> Iterator[str]:
    """Copy what was trained, which comes after the dump, so that no run in it lacks what there is; names what is missing or damaged."""
    held = scene.held.weights()
    for number, (name, path) in enumerate(held.files):
        scene.tell("Trainierte Modelle sichern", number, len(held.files))
        try:
            with path.open("rb") as file:
                scene.writer.add(name, file)
        except FileNotFoundError:  # somebody left meanwhile
            yield f"{name} fehlt"
    yield from held.flaws


class _Damaged(Exception):
    """A stored file is not what its name says."""


def _sound(objects: Objects, key: str, name: str) -> Iterator[bytes]:
    digest = hashlib.sha256()
    for block in objects.blocks(key):
        digest.update(block)
        yield block
    if digest.hexdigest() != name:
        raise _Damaged


def _index(scene: Scene) -> None:
    if not scene.wish.index:
        return
    root = scene.work / "index"
    files = sorted(path for path in root.rglob("*") if path.is_file())
    for number, path in enumerate(files):
        scene.tell("Suchindex sichern", number, len(files))
        with path.open("rb") as file:
            scene.writer.add_blocks(INDEX + path.relative_to(root).as_posix(), iter(lambda: file.read(1 << 20), b""), packed=True)
    shutil.rmtree(root)


def require_room(folder: Path, needed: int, what: str) -> None:
    """DiskFull unless there are `needed` bytes and some to spare."""
    needed += SPARE_BYTES
    if (free := shutil.disk_usage(folder).free) < needed:
        raise DiskFull(
            f"Für {what} werden bis zu {needed / 1e9:.1f} GB gebraucht, frei sind {free / 1e9:.1f} GB. Es wurde nichts angelegt.",
            data={"needed": needed, "free": free},
        )
