"""Somebody leaves: engines elsewhere give back all that they have of them, whatever goes wrong, and each is due for the rest."""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import polars as pl
import pytest

from benchmarks.engine_records import records
from nova.engines.ml.folder import FolderChannel
from nova.engines.queue.postgres import PostgresJobs
from nova.errors import Conflict, JobLost, JobWaits, ServerAbsent
from nova.flows import consents
from nova.flows.erasure.run import ErasureRun
from nova.flows.kinds import ENGINE_RECALL, ENGINES, SEED_LEAVE
from nova.flows.seeding import publishing, subjects
from nova.flows.seeding.engine_states import deliver_anew, family, leave_engines
from nova.flows.seeding.engines import EngineDesk, Engines, deliver_due
from nova.flows.seeding.publishing import Draft
from nova.flows.seeding.recalls import alone_with, recall
from nova.flows.seeding.subjects import Correction
from nova.governance import consent
from nova.governance.consent import Statement
from nova.ports.engines import Package
from nova.ports.jobs import OPEN
from nova.ports.people import PURPOSES, Purpose
from nova.records import Erasure
from nova.seeding import lineage, versions
from nova.seeding.delivery.registry import EngineSpec, Registry, load
from nova.seeding.lineage import Columns
from nova.store import releases
from nova.store.ids import uuid7
from nova.store.people import people, rights
from nova.store.seeding import engines as rows
from nova.store.seeding.versions import Version
from tests.fakes.running import Context
from tests.rooms.seeding.seeds import BY, Bench, lookup

OUTSIDE = "engines: [{name: aussen, kind: ROI, channel: folder, place: draussen, dataset: zaehler}]"
LEARNING = """
engines:
  - {name: nutzen, kind: ROI, dataset: zaehler}
  - {name: aussen, kind: ROI, channel: folder, place: draussen, dataset: zaehler}
  - {name: abwanderung, kind: Churn, dataset: kundschaft}
  - {name: profile, kind: Churn, channel: folder, place: draussen, dataset: kundschaft}
"""
WHO = "m7"
Happens = Callable[[Package], None]


@dataclass
class Elsewhere:
    """Engines behind a folder: `down` while they do not answer, `happens` with what they are given, after they have it."""

    folder: Path
    down: bool = False
    happens: list[Happens] = field(default_factory=list)

    def opened(self, spec: EngineSpec) -> "Elsewhere.Channel":
        return Elsewhere.Channel(self, FolderChannel.at(self.folder / str(spec.place), spec.name))

    def holding(self, who: str) -> list[str]:
        """Files in which somebody's name stands."""
        files = (one for one in self.folder.rglob("*") if one.is_file())
        return sorted(one.name for one in files if f'"{who}"' in one.read_text("utf-8"))

    @dataclass
    class Channel:
        """As the port says."""

        house: "Elsewhere"
        behind: FolderChannel

        def put(self, package: Package) -> None:
            self._ask()
            self.behind.put(package)
            for one in self.house.happens:
                one(package)

        def metric(self) -> float | None:
            self._ask()
            return self.behind.metric()

        def take_back(self, key: str) -> None:
            self._ask()
            self.behind.take_back(key)

        def close(self) -> None:
            """Nothing is held."""

        def _ask(self) -> None:
            if self.house.down:
                raise ServerAbsent("Die Engine ist nicht erreichbar.")


@dataclass
class House:
    """A bench, engines in process and elsewhere, and the queue."""

    bench: Bench
    elsewhere: Elsewhere
    jobs: PostgresJobs
    listed: Registry = field(default_factory=lambda: load(OUTSIDE, "engines.yaml"))

    @property
    def engines(self) -> Engines:
        return Engines(self.bench.db, self.bench.objects, lambda: self.listed, self.elsewhere.opened)

    def version(self, frame: pl.DataFrame, dataset: str = "zaehler", subject: str = "meter_id", purpose: str = "training") -> Version:
        given = frame.with_row_index("id").with_columns(pl.col("id").cast(pl.String))
        run_id, collected = self.bench.collected(given)
        found = lineage.provenance(collected, Columns(subject=subject), lookup)
        draft = Draft(dataset, run_id, collected.drop("_key", "_batch"), found, {"purpose": purpose})
        with self.bench.db.transaction() as conn:
            made = publishing.publish(conn, self.bench.objects, draft, BY, self.bench.at())
            publishing.go_live(conn, self.bench.objects, made, {"ok": True}, BY, self.bench.at())
        return made

    def deliver(self) -> dict[str, str]:
        return dict(deliver_due(self.engines, BY, Context())["engines"])

    def erase(self, who: str = WHO) -> dict[str, Any]:
        """As an erasure does; its receipt."""
        entry = Erasure(uuid7(), uuid4(), None, lookup(who), datetime.now(UTC), None)
        with self.bench.db.transaction() as conn:
            rights.ask(conn, entry)
        context: Any = SimpleNamespace(guard=lambda _: None)
        receipt: dict[str, Any] = {"rows": {}}
        run = ErasureRun(entry, context, receipt)
        subjects.remove_seeds(self.bench.db, self.bench.objects, run, partial(leave_engines, self.jobs))
        return receipt

    def recall(self, context: Context | None = None) -> dict[str, Any]:
        anew = partial(deliver_anew, self.jobs)
        return recall(self.bench.db, self.listed, self.elsewhere.opened, context or Context(), anew)

    def waiting(self) -> dict[str, datetime]:
        with self.bench.db.transaction() as conn:
            return rows.recalling(conn)

    def queued(self) -> list[str]:
        return sorted(job.kind for job in self.jobs.list(states=("queued",)) if job.kind in (ENGINE_RECALL.name, ENGINES.name))

    def whole(self, engine: str = "aussen") -> str | None:
        with self.bench.db.transaction() as conn:
            found = releases.live(conn, family(engine))
            assert not [one for one in releases.every(conn, family(engine)) if one.state == "trial"]
        return found.name if found else None

    def held(self, who: str) -> list[str]:
        """Objects (Parquet as rows, models unpacked), engines elsewhere and tables in which somebody's name stands."""
        word, found = f'"{who}"'.encode(), self.elsewhere.holding(who)
        for key in self.bench.objects.keys(""):
            found += [key] if any(word in part or f",{who},".encode() in part for part in unpacked(self.bench.objects.get(key))) else []
        for table in ("seed_removals", "seed_versions", "seed_lineage", "seed_batches", "engine_states", "engine_recalls", "releases"):
            lines = self.bench.db.fetch_all(f"SELECT to_jsonb(t)::text AS line FROM {table} t")
            found += [table for row in lines if f'"{who}"' in row["line"]][:1]
        return found


def unpacked(data: bytes) -> list[bytes]:
    """What a file holds, in the clear."""
    if data[:4] == b"PAR1":
        return [pl.read_parquet(data).write_ndjson().encode()]
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            return [file.read(name) for name in file.namelist()]
    return [data]


@pytest.fixture
def house(bench: Bench, tmp_path: Path) -> Iterator[House]:
    bench.db.execute("TRUNCATE jobs, subjects, consents CASCADE")
    jobs = PostgresJobs(bench.db)
    yield House(bench, Elsewhere(tmp_path / "elsewhere"), jobs)
    jobs.close()


def test_all_that_an_engine_was_given_with_somebody_in_it_comes_back_as_soon_as_it_answers(house: House) -> None:
    for rows_given in (400, 420):
        house.version(records("ROI", 1, rows_given))
        assert house.deliver() == {"aussen": "live"}
    assert len(house.elsewhere.holding(WHO)) == 2  # the engine has the former one, too
    assert house.erase()["seeds"]["engines"] == ["aussen"]
    assert house.queued() == [ENGINE_RECALL.name, ENGINES.name]
    house.elsewhere.down = True
    assert house.deliver() == {"aussen": "unreachable"}
    for _ in range(2):
        with pytest.raises(JobWaits, match="aussen: Die Engine ist nicht erreichbar"):
            house.recall()
    desk = EngineDesk(house.engines, house.jobs, SimpleNamespace())  # type: ignore[arg-type]
    assert [one.recall_since for one in desk.every()] == [house.waiting()["aussen"]]
    house.elsewhere.down = False
    assert house.recall() == {"engines": {"aussen": 2}, "unlisted": []}
    assert (house.elsewhere.holding(WHO), house.waiting(), house.whole()) == ([], {}, None)
    assert [one.recall_since for one in desk.every()] == [None]
    assert house.deliver() == {"aussen": "live"}
    assert house.elsewhere.holding(WHO) == []
    assert house.elsewhere.holding("m8") != []
    assert house.deliver() == {}


def test_what_is_being_delivered_while_somebody_leaves_comes_back_after_it(house: House) -> None:
    house.version(records("ROI", 1, 400))
    left: list[dict[str, Any]] = []

    def leaves(package: Package) -> None:
        if not left:
            left.append(house.erase())
            with pytest.raises(JobWaits, match="Ein anderer Auftrag"):  # it is being delivered to
                house.recall()

    house.elsewhere.happens = [leaves]
    assert house.deliver() == {"aussen": "refused"}
    assert left[0]["seeds"]["engines"] == ["aussen"]
    assert len(house.elsewhere.holding(WHO)) == 1
    assert house.recall()["engines"] == {"aussen": 1}
    assert (house.elsewhere.holding(WHO), house.whole()) == ([], None)
    assert house.deliver() == {"aussen": "live"}
    assert house.elsewhere.holding(WHO) == []


def test_nothing_is_given_of_a_version_that_somebody_left_since_it_was_read(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.version(records("ROI", 1, 400))
    read = versions.read

    def late(*args: Any) -> pl.DataFrame:
        frame = read(*args)
        monkeypatch.setattr(versions, "read", read)
        house.erase()
        return frame

    monkeypatch.setattr(versions, "read", late)
    assert house.deliver() == {"aussen": "refused"}
    assert house.elsewhere.holding("m8") == []
    assert (house.waiting(), house.deliver()) == ({}, {"aussen": "live"})


def test_who_is_killed_on_the_way_does_it_again(house: House) -> None:
    house.version(records("ROI", 1, 400))
    house.deliver()
    house.erase()

    class Killed(Context):
        def guard(self, connection: Any) -> None:
            raise JobLost("Ein anderer hat übernommen.")

    with pytest.raises(JobLost):
        house.recall(Killed())
    assert list(house.waiting()) == ["aussen"]
    assert house.recall()["engines"] == {"aussen": 1}
    assert house.whole() is None


def test_a_recall_that_is_not_committed_was_never_asked_for(house: House) -> None:
    house.version(records("ROI", 1, 400))
    house.deliver()

    def breaks(conn: Any) -> None:
        leave_engines(house.jobs, conn)
        raise Conflict("Der Strom fiel aus.")

    wanted = Correction(lookup(WHO), "rule", "tarif")
    with pytest.raises(Conflict):
        subjects.correct(house.bench.db, house.bench.objects, wanted, datetime.now(UTC), breaks)
    assert (house.waiting(), house.queued()) == ({}, [])
    subjects.correct(house.bench.db, house.bench.objects, wanted, datetime.now(UTC), partial(leave_engines, house.jobs))
    assert (list(house.waiting()), house.queued()) == (["aussen"], [ENGINE_RECALL.name, ENGINES.name])


def test_an_engine_that_the_list_names_no_more_stays_noted(house: House) -> None:
    house.version(records("ROI", 1, 400))
    house.deliver()
    house.erase()
    listed, house.listed = house.listed, load("engines: [{name: roi, kind: ROI}]", "engines.yaml")
    assert house.recall() == {"engines": {}, "unlisted": ["aussen"]}
    house.listed = listed
    with alone_with(house.bench.db, "aussen"), pytest.raises(JobWaits):
        house.recall()
    assert house.recall()["engines"] == {"aussen": 1}
    house.version(records("ROI", 1, 400).filter(pl.col("meter_id") != WHO))  # what an engine gave back is not asked for again
    house.deliver()
    house.erase("m8")
    assert house.recall()["engines"] == {"aussen": 1}


def said(given: Mapping[Purpose, bool], at: datetime) -> Statement:
    text = consent.shipped()
    return Statement(given, text.version, text.sha256, at, "web")


def person(house: House, name: str, at: datetime) -> UUID:
    """Somebody who agrees to everything."""
    with house.bench.db.transaction() as conn:
        subject = people.ensure_subject(conn, uuid4(), lookup(name), None, None)
        consents.note(conn, house.jobs, subject, said(dict.fromkeys(PURPOSES, True), at), at)
    return subject


def test_of_who_was_erased_nothing_is_anywhere_and_who_refuses_profiles_leaves_those_alone(house: House) -> None:
    house.listed = load(LEARNING, "engines.yaml")
    began = datetime.now(UTC) - timedelta(minutes=5)
    customers = records("Churn", 1, 6000)
    names = [str(one) for one in customers["customer_no"].unique(maintain_order=True)]
    meters = records("ROI", 1, 400).with_columns(pl.Series("meter_id", names[:400]))
    erased, refusing, staying = (names[at] for at in (3, 5, 7))
    subject = {name: person(house, name, began) for name in (erased, refusing, staying)}
    first = house.version(meters), house.version(customers, "kundschaft", "customer_no", "profiling")
    assert set(house.deliver().values()) == {"live"}
    before = {name: house.whole(name) for name in ("nutzen", "aussen", "abwanderung", "profile")}
    for name in subject:
        assert len(house.elsewhere.holding(name)) == 2, name

    with house.bench.db.transaction() as conn:
        refused = said({"profiling": False}, began + timedelta(minutes=1))
        consents.note(conn, house.jobs, subject[refusing], refused, datetime.now(UTC))
    assert [job.kind for job in house.jobs.list(states=OPEN, kind=SEED_LEAVE.name)] == [SEED_LEAVE.name]
    anew = partial(leave_engines, house.jobs)
    left = subjects.leave_objected(house.bench.db, house.bench.objects, Context(), anew)
    assert (left.versions, left.engines) == (1, ("abwanderung", "profile"))
    assert list(house.waiting()) == ["profile"]
    assert house.recall()["engines"] == {"profile": 1}
    assert house.deliver() == {"abwanderung": "live", "profile": "live"}
    training, profiles = (versions.read(house.bench.objects, house.bench.now(one)) for one in first)
    assert refusing in training["meter_id"].to_list()
    assert refusing not in profiles["customer_no"].to_list()
    assert len(house.elsewhere.holding(refusing)) == 1  # what they agree to
    assert [house.whole(name) == before[name] for name in before] == [True, True, False, False]
    with house.bench.db.transaction() as conn:
        consents.note(conn, house.jobs, subject[refusing], said({"profiling": True}, began + timedelta(minutes=2)), datetime.now(UTC))
    assert subjects.leave_objected(house.bench.db, house.bench.objects, Context(), anew).rows == 0
    assert (house.deliver(), len(house.elsewhere.holding(refusing))) == ({}, 1)  # only a new run takes them again

    assert house.held(erased)
    former = {name: house.whole(name) for name in before}
    told = house.erase(erased)["seeds"]
    assert told["engines"] == ["abwanderung", "aussen", "nutzen", "profile"]
    assert house.recall()["engines"] == {"aussen": 1, "profile": 1}
    assert set(house.deliver()) == set(before)
    assert house.held(erased) == []
    assert house.held(staying) != []
    assert not [name for name in before if house.whole(name) in (None, former[name])]
