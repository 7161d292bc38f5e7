"""An open Nova in, a snapshot of it in a file out, while it goes on working; and the job that makes one.

The database's moment decides what belongs in it. From before that moment until the last file is copied no file is removed, and a version's
files are stored before its row is, so every file that the dump names is there (see docs/decisions/0011-backups.md).
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

from nova import __version__
from nova.effective import effective
from nova.errors import DiskFull, InvalidInput, Misconfigured, NotFound, NovaError
from nova.flows.kinds import SNAPSHOT
from nova.flows.snapshots.contents import DATABASE, INDEX, OBJECTS, PREFIXES, SETTINGS
from nova.flows.snapshots.kept import DOCUMENTS, DRAFT, Kept, Origin, Snapshot, drafting, file_name, write_record
from nova.flows.snapshots.requests import Copyable, require_copyable
from nova.jobs.kind import SERVING, JobKind
from nova.jobs.snapshots.carried import OWN_FILES
from nova.knowledge.kinds import SWEEP
from nova.ports import Objects
from nova.ports.jobs import JobContext, JobHandler
from nova.settings import Settings
from nova.store.documents import outbox
from nova.store.ids import uuid7
from nova.store.postgres import dump
from nova.wiring import Nova, archive
from nova.wiring.snapshots import probes_of

Tell = Callable[[str, int, int], None]
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


@dataclass(frozen=True, slots=True)
class Scene:
    """What writing a snapshot needs at hand."""

    nova: Nova
    wish: Wish
    work: Path
    writer: "archive.Writer"
    tell: Tell


def handler(nova: Nova) -> JobHandler:
    """Arguments: `index`, `recipient`, `origin`, `aside`."""

    def run(ctx: JobContext) -> None:
        args = ctx.args
        wish = Wish(bool(args.get("index")), str(args.get("recipient") or ""), args.get("origin", "person"), bool(args.get("aside")))
        made = take(nova, wish, ctx.progress)
        if wish.origin == "schedule":
            Kept(nova.settings.NOVA_DATA).prune(nova.settings.NOVA_SNAPSHOT_KEEP)
        ctx.finish({"snapshot_id": str(made.snapshot_id), "file": made.file, "bytes": made.bytes, "flaws": list(made.flaws)})

    return run


def rhythm(settings: Settings) -> timedelta | None:
    """As often as NOVA_SNAPSHOT_EVERY says."""
    return timedelta(hours=settings.NOVA_SNAPSHOT_EVERY) if settings.NOVA_SNAPSHOT_EVERY > 0 else None


def expect(nova: Nova) -> None:
    """Note whether snapshots ought to come by themselves; Misconfigured where they cannot."""
    require_recipient(nova.settings)
    Kept(nova.settings.NOVA_DATA).expect(rhythm(nova.settings) is not None)


def require_recipient(settings: Settings) -> None:
    """Misconfigured for a key with a wrong letter: no snapshot could ever be made for it."""
    try:
        if settings.NOVA_SNAPSHOT_RECIPIENT:
            archive.recipient(settings.NOVA_SNAPSHOT_RECIPIENT)
    except InvalidInput as error:
        raise Misconfigured(f"Falsche Einstellung: NOVA_SNAPSHOT_RECIPIENT: {error.message}") from error


def take(nova: Nova, wish: Wish, tell: Tell) -> Snapshot:
    """Make a snapshot below the data folder. DiskFull, Busy (another one is being made), ServerAbsent; then nothing is left of it."""
    kept = Kept(nova.settings.NOVA_DATA)
    with kept.writing() as folder:
        return write(nova, wish, folder, tell)


def write(nova: Nova, wish: Wish, folder: Path, tell: Tell) -> Snapshot:
    """Make a snapshot in `folder`, which the caller owns."""
    tell("vorbereiten", 0, 0)
    size = sizes(nova)
    # The dump is written twice, by itself and into the archive, and so is the index.
    require_room(folder, 2 * size.database + size.files + (2 * size.index if wish.index else 0), "die Sicherung")
    recipient = "" if wish.origin == "proof" else wish.recipient or nova.settings.NOVA_SNAPSHOT_RECIPIENT
    snapshot_id, created_at = uuid7(), datetime.now(UTC)
    file = file_name(created_at, snapshot_id, sealed=bool(recipient))
    target = Kept(nova.settings.NOVA_DATA).aside(file) if wish.aside else folder / file
    with nova.db.transaction() as conn:
        schema = dump.schema_version(conn)
    head = {"nova": __version__, "schema": schema, "snapshot_id": str(snapshot_id), "created_at": created_at.isoformat()}
    with drafting(target) as draft:
        with (
            tempfile.TemporaryDirectory(dir=folder, prefix=".", suffix=DRAFT) as work,
            archive.writing(draft.binary, head, recipient, Path(work)) as writer,
        ):
            manifest = _fill(Scene(nova, wish, Path(work), writer, tell))
        draft.flush()
        made = Snapshot(
            snapshot_id, file, created_at, draft.bytes, draft.sha256, bool(recipient), wish.origin, __version__, schema,
            wish.index, {**manifest["counts"], DOCUMENTS: manifest[DOCUMENTS]}, manifest["objects"], tuple(manifest["flaws"]),
        )  # fmt: skip
        write_record(target, made)  # first: a file without one would be neither listed nor pruned
    return made


def _fill(scene: Scene) -> Mapping[str, Any]:
    """Every member of the archive, and its manifest."""
    nova, writer = scene.nova, scene.writer
    _own_files(scene)
    with _removals_held(nova):
        with ExitStack() as until_dumped:
            when = _moment(scene, until_dumped)
            counts, named, state = dump.counts(when.connection), dump.objects_named(when.connection), dump.knowledge_state(when.connection)
            documents = dump.documents(when.connection)
            _database(scene, when)
        flaws = _objects(scene, named)
    _index(scene)
    scene.tell("Fragen stellen", 0, 0)
    probes = probes_of(nova)
    asked = probes.ask(probes.questions())
    with nova.db.transaction() as conn:
        settled = state["outbox"] == 0 and state == dump.knowledge_state(conn)
    facts = {
        "counts": counts,
        DOCUMENTS: documents,
        "objects": len(named) - len(flaws),
        "flaws": flaws,
        "index": scene.wish.index,
        "settled": settled,
    }
    return writer.finish({**facts, "questions": [dict(one.facts) for one in asked]})


@contextmanager
def _removals_held(nova: Nova) -> Iterator[None]:
    """Files stay for the block; however it ends, a job of its own then removes those that were given up meanwhile."""
    try:
        with dump.removals_held(nova.db):
            yield
    finally:
        with suppress(NovaError, psycopg.Error):  # the sweep of the day comes in any case
            nova.jobs.start(SWEEP, {})


def _own_files(scene: Scene) -> None:
    """Settings without secrets, and what the company wrote itself."""
    settings = scene.nova.settings
    views = [asdict(view) for view in effective(settings)]
    scene.writer.add_blocks(SETTINGS, [json.dumps(views, ensure_ascii=False, indent=1).encode()])
    for one in OWN_FILES:
        path = one.path(settings)
        if path is not None and path.is_file():
            scene.writer.add_blocks(one.member, [path.read_bytes()])


def _moment(scene: Scene, until_dumped: ExitStack) -> dump.Moment:
    """The moment that decides. With the index it is one in which nobody changes that, and its files are copied in it."""
    if not scene.wish.index:
        return until_dumped.enter_context(dump.moment(scene.nova.db))
    scene.tell("Suchindex kopieren", 0, 0)
    with scene.nova.db.transaction() as conn:
        outbox.lock(conn)
        when = until_dumped.enter_context(dump.moment(scene.nova.db))
        require_copyable(scene.nova.index).copy_to(scene.work / "index")
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
            scene.writer.add_blocks(OBJECTS + key, _sound(scene.nova.objects, key, name), packed=kind == "processed")
        except NotFound:
            flaws.append(f"{key} fehlt")
        except _Damaged:
            flaws.append(f"{key} ist beschädigt")
    return flaws


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


def sizes(nova: Nova) -> Sizes:
    """What there is to save; an index on a server is taken to be as large as the database."""
    with nova.db.transaction() as conn:
        database, files = dump.bytes_stored(conn)
    return Sizes(database, files, nova.index.size() if isinstance(nova.index, Copyable) else database)


def require_room(folder: Path, needed: int, what: str) -> None:
    """DiskFull unless there are `needed` bytes and some to spare."""
    needed += SPARE_BYTES
    if (free := shutil.disk_usage(folder).free) < needed:
        raise DiskFull(
            f"Für {what} werden bis zu {needed / 1e9:.1f} GB gebraucht, frei sind {free / 1e9:.1f} GB. Es wurde nichts angelegt.",
            data={"needed": needed, "free": free},
        )


JOBS = (JobKind(SNAPSHOT, handler, rhythm, {"origin": "schedule"}, runs_on=(SERVING,), begin=expect),)
