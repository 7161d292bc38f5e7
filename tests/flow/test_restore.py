"""Snapshots of a Nova in this process: consistent while documents come and go, restored whole or not at all."""

import io
import random
import resource
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from pydantic import SecretStr

from nova.errors import BadSnapshot, Conflict, DiskFull, NovaError, ServerAbsent
from nova.flows.index_level import catch_up
from nova.flows.snapshots import making
from nova.flows.snapshots.examining import Examination
from nova.flows.snapshots.kept import Kept, Snapshot
from nova.flows.snapshots.making import Wish
from nova.jobs.desk import open_worker
from nova.jobs.snapshots import restore as restoring
from nova.jobs.snapshots.restore import fill, restore
from nova.knowledge.intake import Labels, receive_file
from nova.ports.jobs import Kind
from nova.records import Caller
from nova.settings import Settings
from nova.store.documents import chunks
from nova.store.postgres import dump
from nova.store.postgres.embedded import Running
from nova.wiring import Nova, archive, open_nova
from nova.wiring.snapshots import maker_of
from tests.fakes import s3
from tests.fakes.laws import long_law
from tests.folders import short_folder
from tests.proving import prove

pytestmark = pytest.mark.slow

ADMIN = Caller("admin")
ROUNDS = 1
MANY_ROUNDS = 10
SECONDS = 1.0
PAUSE = 0.03
KEPT = 8
PLAIN = archive.Key()


@pytest.fixture(scope="module")
def s3_address() -> Iterator[str]:
    with s3.serve() as address:
        yield address


def silent(stage: str, done: int, total: int) -> None:
    """Nobody watches."""


def small(number: int) -> bytes:
    """A document of a few passages of its own."""
    return long_law(number)[:1500]


@pytest.fixture(scope="module")
def nova() -> Iterator[Nova]:
    with short_folder() as folder, working(Settings(NOVA_DATA=folder / "data", NOVA_SNAPSHOT_EVERY=0)) as opened:
        for number in range(3):
            receive(opened, number)
        settle(opened)
        yield opened


@contextmanager
def working(settings: Settings) -> Iterator[Nova]:
    with open_nova(settings) as opened:
        worker = open_worker(opened)
        worker.start()
        catch_up(opened.index_room, opened.jobs)
        yield opened
        worker.stop()


def receive(nova: Nova, number: int) -> str:
    return str(receive_file(nova.intake, ADMIN, io.BytesIO(small(number)), f"zaehler-{number}.md", Labels()).item_id)


def settle(nova: Nova, seconds: float = 60) -> None:
    """Wait until every job has ended."""
    until = time.monotonic() + seconds
    while nova.jobs.list(states=("queued", "running")):
        assert time.monotonic() < until, [(job.kind, job.stage) for job in nova.jobs.list(states=("queued", "running"))]
        time.sleep(0.05)


class Busy:
    """Two threads: one uploads, one deletes and reads again, until `stop`."""

    def __init__(self, nova: Nova, first: int) -> None:
        self.nova, self.next = nova, first
        self.known: list[str] = []
        self.errors: list[BaseException] = []
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._guarded, args=(work,)) for work in (self._upload, self._delete)]
        for thread in self._threads:
            thread.start()

    def _guarded(self, work: Any) -> None:
        try:
            while not self._stopping.is_set():
                work()
        except BaseException as error:  # noqa: BLE001 - told to the test
            self.errors.append(error)

    def _upload(self) -> None:
        self.known.append(receive(self.nova, self.next))
        self.next += 1
        time.sleep(PAUSE)

    def _delete(self) -> None:
        time.sleep(PAUSE)
        if len(self.known) > KEPT:
            self.nova.shelf.delete(ADMIN, UUID(self.known.pop(random.randrange(len(self.known)))))

    def stop(self) -> None:
        """End, and leave nothing of it."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()
        assert self.errors == []
        for item_id in self.known:
            self.nova.shelf.delete(ADMIN, UUID(item_id))


@contextmanager
def restored(nova: Nova, made: Snapshot) -> Iterator[tuple[Nova, Any]]:
    """The snapshot in a folder of its own, examined and opened."""
    with short_folder() as folder:
        settings = nova.settings.model_copy(update={"NOVA_DATA": folder / "data"})
        settings.NOVA_DATA.mkdir()
        manifest, findings = fill(Kept(nova.settings.NOVA_DATA).path(made), PLAIN, settings, silent)
        assert findings.problems == ()
        with open_nova(settings) as opened:
            yield opened, manifest


def require_whole(nova: Nova) -> None:
    """Every invariant: rows, passages, points and files say the same, and every document not yet read has its job."""
    with nova.db.transaction() as conn:
        named = {f"docs/{kind}/{name}" for kind, name in dump.objects_named(conn)}
        passages = chunks.all_ids(conn)
    assert set(nova.objects.keys("docs")) == named
    assert set(nova.index.ids()) == passages
    waiting = {row["item_id"] for row in nova.db.fetch_all("SELECT item_id FROM items WHERE status IN ('queued', 'running')")}
    jobs = nova.db.fetch_all("SELECT item_id, kind, state FROM jobs")
    assert waiting <= {row["item_id"] for row in jobs if row["kind"] == "ingest" and row["state"] in ("queued", "running")}
    assert not [row for row in jobs if row["kind"] in ("snapshot", "prove") and row["state"] in ("queued", "running")]


def under_load(nova: Nova, rounds: int) -> None:
    for number in range(rounds):
        busy = Busy(nova, 1000 * (number + 1))
        time.sleep(random.uniform(0.5, SECONDS))
        made = maker_of(nova).take(Wish(index=number % 2 == 1), silent)
        time.sleep(0.2)
        busy.stop()
        with restored(nova, made) as (other, manifest):
            assert manifest["counts"]["items"] >= 3
            require_whole(other)
            worker = open_worker(other)
            worker.start()
            settle(other)
            worker.stop()
            require_whole(other)
            statuses = other.db.fetch_all("SELECT status, count(*) AS n FROM items GROUP BY status")
            assert [row["status"] for row in statuses] == ["ready"]
        settle(nova)
        require_whole(nova)


def test_a_snapshot_taken_under_load_is_whole(nova: Nova) -> None:
    under_load(nova, ROUNDS)


@pytest.mark.bars
def test_many_snapshots_taken_under_load_are_whole(nova: Nova) -> None:
    under_load(nova, MANY_ROUNDS)


@pytest.mark.parametrize("well", [True, False], ids=["made", "failed"])
def test_files_deleted_meanwhile_are_in_it_and_gone_afterwards(nova: Nova, monkeypatch: pytest.MonkeyPatch, well: bool) -> None:
    item_id = receive(nova, 77)
    settle(nova)
    key = f"docs/raw/{nova.shelf.one(ADMIN, UUID(item_id))['sha256']}"
    dumped = making._database

    def deleted_after_the_dump(scene: Any, when: Any) -> None:
        dumped(scene, when)
        nova.shelf.delete(ADMIN, UUID(item_id))
        assert nova.objects.exists(key), "it stays while the snapshot needs it"
        if not well:
            raise DiskFull("Der Datenträger ist voll.")

    monkeypatch.setattr(making, "_database", deleted_after_the_dump)
    with nullcontext() if well else pytest.raises(DiskFull):
        assert maker_of(nova).take(Wish(), silent).flaws == ()
    settle(nova)
    assert not nova.objects.exists(key)


def test_a_sweep_that_cannot_begin_does_not_undo_the_snapshot(nova: Nova, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise ServerAbsent("Die Datenbank antwortet nicht.")

    monkeypatch.setattr(type(nova.jobs), "start", away)
    made = maker_of(nova).take(Wish(), silent)
    assert Kept(nova.settings.NOVA_DATA).get(made.snapshot_id) == made


def test_a_lost_or_damaged_file_is_named_and_the_rest_is_saved(nova: Nova) -> None:
    keys = sorted(nova.objects.keys("docs/raw"))
    whole = {key: nova.objects.get(key) for key in keys[:2]}
    nova.objects.delete(keys[0])
    nova.objects.put(keys[1], b"rot")
    try:
        made = maker_of(nova).take(Wish(), silent)
        assert made.flaws == (f"{keys[0]} fehlt", f"{keys[1]} ist beschädigt")
    finally:
        for key, data in whole.items():
            nova.objects.put(key, data)


def bucket(address: str, name: str) -> dict[str, Any]:
    """Settings that keep files in a place of this name on the S3 server."""
    place = {"NOVA_S3_URL": f"s3://nova/{name}", "NOVA_S3_ENDPOINT": address, "NOVA_S3_KEY_ID": "key"}
    return {**place, "NOVA_S3_SECRET": SecretStr("secret")}


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    """A file of this process may have so many bytes, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_gets_its_name_only_with_its_record(nova: Nova, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = nova.settings.NOVA_DATA / "snapshots"
    maker_of(nova).take(Wish(), silent)
    before = {path.name for path in folder.iterdir()}

    def full(file: Path, made: Snapshot) -> None:
        raise DiskFull("Der Datenträger ist voll.")

    monkeypatch.setattr(making, "write_record", full)
    with pytest.raises(DiskFull):
        maker_of(nova).take(Wish(), silent)
    assert {path.name for path in folder.iterdir()} == before


@pytest.mark.usefixtures("capsys")  # the limit holds for the file that pytest writes logs to, too
@pytest.mark.parametrize("recipient", ["", archive.new_pair().recipient], ids=["plain", "sealed"])
def test_a_full_disk_leaves_nothing_half_written(nova: Nova, recipient: str) -> None:
    folder = nova.settings.NOVA_DATA / "snapshots"
    maker_of(nova).take(Wish(), silent)
    before = sorted(path.name for path in folder.iterdir())
    for size in (500, 20_000):
        with files_up_to(size), pytest.raises(DiskFull):
            maker_of(nova).take(Wish(recipient=recipient), silent)
    assert sorted(path.name for path in folder.iterdir()) == before


@pytest.mark.usefixtures("capsys")
def test_a_restore_replaces_only_when_told_and_sets_aside(nova: Nova) -> None:
    source = Kept(nova.settings.NOVA_DATA).path(maker_of(nova).take(Wish(index=True), silent))
    with short_folder() as folder:
        settings = nova.settings.model_copy(update={"NOVA_DATA": folder / "data"})
        data = settings.NOVA_DATA
        (data / "secrets").mkdir(parents=True)
        (data / "secrets" / "signing.key").write_text("ab" * 32)
        (data / "config").mkdir()
        (data / "config" / "stammdaten.json").write_text("{}")
        (data / "snapshots").mkdir()
        (data / "snapshots" / "alt.tar").write_bytes(b"alt")
        with pytest.raises(Conflict, match="--replace"):
            restore(source, PLAIN, settings, silent)
        with files_up_to(10_000), pytest.raises(DiskFull):
            restore(source, PLAIN, settings, silent, replace=True)
        assert [path.name for path in folder.iterdir()] == ["data"]
        assert sorted(path.name for path in data.iterdir()) == ["config", "secrets", "snapshots"]
        done = restore(source, PLAIN, settings, silent, replace=True)
        assert done.aside is not None
        assert sorted(path.name for path in folder.iterdir()) == sorted(["data", done.aside.name])
        assert (data / "secrets" / "signing.key").read_text() == "ab" * 32
        assert (data / "config" / "stammdaten.json").read_text() == "{}"  # without it names would be stored
        assert (data / "snapshots" / "alt.tar").read_bytes() == b"alt"
        assert not (data / "database.dump").exists()


@pytest.mark.bars
def test_what_does_not_hold_once_it_is_restored_changes_nothing_unless_wanted(nova: Nova, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Kept(nova.settings.NOVA_DATA).path(maker_of(nova).take(Wish(index=True), silent))
    honest = Examination.run
    monkeypatch.setattr(Examination, "run", lambda *args: replace(honest(*args), problems=("Es fehlt etwas.",)))
    with short_folder() as folder:
        settings = nova.settings.model_copy(update={"NOVA_DATA": folder / "data"})
        with pytest.raises(BadSnapshot, match=r"alles ist, wie es war\..*Es fehlt etwas"):
            restore(source, PLAIN, settings, silent)
        assert list(folder.iterdir()) == []
        assert restore(source, PLAIN, settings, silent, anyway=True).findings.problems == ("Es fehlt etwas.",)
        assert (settings.NOVA_DATA / "postgres").is_dir()


def test_the_newest_is_proved_by_a_process_of_its_own(nova: Nova) -> None:
    kept = Kept(nova.settings.NOVA_DATA)
    made = maker_of(nova).take(Wish(index=True), silent)
    job_id = nova.jobs.start(Kind("prove"), {}, title="Probe")
    job = nova.jobs.wait(job_id, 120)
    assert (job.state, job.error) == ("done", None)
    assert job.result["snapshot_id"] == str(made.snapshot_id)
    proof = kept.last_proof()
    assert proof is not None
    assert (proof.ok, proof.what) == (True, "file")
    assert proof.questions > 0
    assert kept.get(made.snapshot_id).proof == proof


@pytest.mark.bars
def test_a_proof_names_each_flaw_once(nova: Nova) -> None:
    kept, (key, *_) = Kept(nova.settings.NOVA_DATA), sorted(nova.objects.keys("docs/raw"))
    whole = nova.objects.get(key)
    nova.objects.delete(key)
    try:
        made = maker_of(nova).take(Wish(), silent)
    finally:
        nova.objects.put(key, whole)
    assert prove(nova, kept, made, silent).problems == made.flaws == (f"{key} fehlt",)


@pytest.mark.bars
def test_a_folder_that_is_a_disk_of_its_own_is_filled_in_place(nova: Nova, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Kept(nova.settings.NOVA_DATA).path(maker_of(nova).take(Wish(index=True), silent))
    with short_folder() as folder:
        monkeypatch.setattr(restoring.os.path, "ismount", lambda path: Path(path) == folder)
        (folder / "lost+found").mkdir()
        (folder / "notiz").write_text("alt")
        done = restore(source, PLAIN, nova.settings.model_copy(update={"NOVA_DATA": folder}), silent, replace=True)
        assert done.aside is not None
        assert (done.aside / "notiz").read_text() == "alt"
        assert {"lost+found", "postgres", "objects", "index", "secrets", "run", done.aside.name} <= {path.name for path in folder.iterdir()}
        assert not [path.name for path in folder.iterdir() if path.name.startswith(".")]


def stuck(staging: Path, data: Path, stamp: str) -> Path | None:
    """An exchange of folders that fails."""
    raise Conflict("Der Ordner klemmt.")


def rows_of(nova: Nova) -> list[dict[str, Any]]:
    return nova.db.fetch_all("SELECT item_id FROM items")


def test_only_one_writes_at_a_time(nova: Nova) -> None:
    with Kept(nova.settings.NOVA_DATA).writing(), pytest.raises(NovaError, match="schon eine Sicherung"):
        maker_of(nova).take(Wish(), silent)


@pytest.mark.bars
def test_a_database_server_and_a_bucket_are_filled_or_set_aside(
    nova: Nova, postgres: Running, s3_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Kept(nova.settings.NOVA_DATA).path(maker_of(nova).take(Wish(), silent))
    name = f"test_{uuid4().hex}"
    with psycopg.connect(postgres.dsn, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    servers = {"NOVA_DATABASE_URL": SecretStr(make_conninfo(postgres.dsn, dbname=name)), **bucket(s3_address, name)}
    with short_folder() as folder:
        settings = nova.settings.model_copy(update={"NOVA_DATA": folder / "data", **servers})
        done = restore(source, PLAIN, settings, silent)
        assert done.findings.problems == ()
        assert not (settings.NOVA_DATA / "objects").exists()
        assert not (settings.NOVA_DATA / "postgres").exists()
        other = settings.model_copy(update={"NOVA_DATA": folder / "anders"})
        with pytest.raises(Conflict, match="Datenbank ist nicht leer"):
            restore(source, PLAIN, other, silent)
        assert not other.NOVA_DATA.exists()
        with working(settings) as before:
            later = before.shelf.one(ADMIN, UUID(receive(before, 88)))["sha256"]
            settle(before)
        exchange = restoring._exchange
        monkeypatch.setattr(restoring, "_exchange", stuck)
        with pytest.raises(Conflict, match="klemmt"):
            restore(source, PLAIN, other, silent, replace=True)
        monkeypatch.setattr(restoring, "_exchange", exchange)
        with working(settings) as before:
            assert later in {before.shelf.one(ADMIN, row["item_id"])["sha256"] for row in rows_of(before)}
        again = restore(source, PLAIN, other, silent, replace=True)
        assert again.findings == done.findings
        with working(other) as moved:
            moved.jobs.start(Kind("sweep"), {}, title="Aufräumen")
            settle(moved)
            assert moved.objects.exists(f"docs/raw/{later}"), "what was set aside needs it"
            (aside,) = moved.db.fetch_all("SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'vor\\_%'")
            moved.db.execute(f"DROP SCHEMA {aside['name']} CASCADE")
            moved.jobs.start(Kind("sweep"), {}, title="Aufräumen")
            settle(moved)
            require_whole(moved)
            made = maker_of(moved).take(Wish(), silent)
            assert made.flaws == ()
            assert made.objects == done.findings.objects


@pytest.mark.bars
def test_an_embedded_database_that_is_set_aside_keeps_its_files_in_the_bucket(nova: Nova, s3_address: str) -> None:
    source = Kept(nova.settings.NOVA_DATA).path(maker_of(nova).take(Wish(), silent))
    with short_folder() as folder:
        settings = nova.settings.model_copy(update={"NOVA_DATA": folder / "data", **bucket(s3_address, uuid4().hex)})
        with working(settings) as before:
            receive(before, 88)
            settle(before)
            held = set(before.objects.keys("docs"))
        restore(source, PLAIN, settings, silent, replace=True)
        with working(settings) as after:
            after.jobs.start(Kind("sweep"), {}, title="Aufräumen")
            settle(after)
            assert held <= set(after.objects.keys("docs"))


@pytest.mark.bars
def test_an_encrypted_snapshot_is_proved_by_one_made_in_the_same_way(nova: Nova) -> None:
    kept = Kept(nova.settings.NOVA_DATA)
    made = maker_of(nova).take(Wish(recipient=archive.new_pair().recipient), silent)
    proof = prove(nova, kept, made, silent)
    assert (proof.ok, proof.what, proof.problems) == (True, "like", ())
    assert kept.last_proof() == proof == kept.get(made.snapshot_id).proof
    with kept.path(made).open("r+b") as file:
        file.seek(2000)
        file.write(b"anders")
    proof = prove(nova, kept, made, silent)
    assert not proof.ok
    assert "verändert" in proof.problems[0]
    assert kept.last_proof() == proof
    assert not list(kept.folder.glob(".*.part"))
