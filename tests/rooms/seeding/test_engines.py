"""Live versions go to engines: committed or not kept, one step back, and what was made of a person's rows goes with them."""

from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import polars as pl
import pytest

from benchmarks.engine_records import bad, records
from nova.engines.ml.folder import FolderChannel
from nova.engines.queue.postgres import PostgresJobs
from nova.errors import Conflict, Misconfigured, NotFound
from nova.flows.erasure.run import ErasureRun
from nova.flows.kinds import ENGINES
from nova.flows.seeding import publishing, subjects
from nova.flows.seeding.engine_states import deliver_anew
from nova.flows.seeding.engines import EngineDesk, Engines, deliver_due, family, read_state
from nova.flows.seeding.publishing import Draft
from nova.flows.seeding.running import Seeding, run
from nova.flows.seeding.uses import EngineUses
from nova.kpi.measure.hour import Gauge, hour_rows
from nova.records import Caller, Erasure
from nova.seeding import lineage
from nova.seeding.delivery.registry import EngineSpec, Registry, load
from nova.seeding.delivery.registry import shipped as engines_shipped
from nova.seeding.files import engine_key
from nova.seeding.judge.policy import installed
from nova.seeding.lineage import Columns
from nova.seeding.pipeline import Shelf
from nova.seeding.pipeline import shipped as pipelines
from nova.store import releases
from nova.store.ids import uuid7
from nova.store.people import rights
from nova.store.quality.alerts import NewNotice
from nova.store.seeding import engines as rows
from nova.store.seeding.versions import Version
from tests.fakes.running import Context
from tests.rooms.seeding.seeds import BY, NOW, Bench, lookup
from tests.rooms.seeding.test_running import Listed

ROI = "engines: [{name: roi, kind: ROI, dataset: roi}, {name: abwanderung, kind: Churn, dataset: roi}, {name: leer, kind: Churn}]"
WHO = Caller("admin", external_id="admin")


@dataclass
class House:
    """A bench, its engines, and what was told outside."""

    bench: Bench
    listed: Registry
    told: list[NewNotice] = field(default_factory=list)

    @property
    def engines(self) -> Engines:
        def none(_: Any) -> Any:
            raise AssertionError("no channel is opened")

        return Engines(self.bench.db, self.bench.objects, lambda: self.listed, none, tell=lambda _, notice: self.told.append(notice))

    def version(self, frame: pl.DataFrame, **facts: Any) -> Version:
        """Published and live; each row is of a meter of its own."""
        given = frame.with_row_index("id").with_columns(pl.col("id").cast(pl.String))
        run_id, collected = self.bench.collected(given)
        found = lineage.provenance(collected, Columns(subject="meter_id"), lookup)
        draft = Draft("roi", run_id, collected.drop("_key", "_batch"), found, facts)
        with self.bench.db.transaction() as conn:
            made = publishing.publish(conn, self.bench.objects, draft, BY, self.bench.at())
            publishing.go_live(conn, self.bench.objects, made, {"ok": True}, BY, self.bench.at())
        return made

    def run(self, only: str | None = None) -> dict[str, str]:
        return dict(deliver_due(self.engines, BY, Context(), only)["engines"])

    def live(self, engine: str = "roi") -> str | None:
        with self.bench.db.transaction() as conn:
            found = releases.live(conn, family(engine))
        return found.name if found else None


@pytest.fixture
def house(bench: Bench) -> House:
    bench.db.execute("TRUNCATE engine_states, engine_deliveries, engine_hours CASCADE")
    return House(bench, load(ROI, "engines.yaml"))


def test_a_live_version_is_delivered_once_and_one_for_another_purpose_is_not(house: House) -> None:
    version = house.version(records("ROI", 1, 400), purpose="training")
    assert house.run() == {"roi": "live", "abwanderung": "refused"}
    assert house.live() == version.digest
    assert b'"factors"' in (read_state(house.engines, "roi") or b"")
    assert read_state(house.engines, "abwanderung") is None
    assert house.run() == {}
    assert [one.event for one in house.told] == ["engine.refused"] * 2
    with house.bench.db.transaction() as conn:
        assert rows.last(conn)["abwanderung"].reason.startswith("Diese Engine bildet Profile")


def test_a_bad_version_is_not_kept_and_not_tried_again_until_somebody_asks(house: House) -> None:
    first = house.version(records("ROI", 1, 400))
    house.run()
    before = read_state(house.engines, "roi")
    house.version(bad("ROI", records("ROI", 2, 400), "shuffled", 1))
    assert house.run()["roi"] == "taken_back"
    assert (house.live(), read_state(house.engines, "roi")) == (first.digest, before)
    assert "roi" not in house.run()
    assert house.run("roi") == {"roi": "taken_back"}
    with house.bench.db.transaction() as conn:
        lost = [one for one in hour_rows(conn, hour_of(house), Gauge()) if one.kpi == "deliveries_lost" and one.segment == "engine:roi"]
    assert [one.n for one in lost] == [2]


def hour_of(house: House) -> Any:
    """The hour of the last delivery."""
    found = house.bench.db.fetch_all("SELECT date_trunc('hour', max(delivered_at)) AS hour FROM engine_deliveries")
    return found[0]["hour"]


def test_one_step_back_is_the_state_before_byte_for_byte(house: House) -> None:
    jobs, audit = Started(), Noted()
    desk = EngineDesk(house.engines, jobs, audit)  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        desk.roll_back(WHO, "roi")
    first = house.version(records("ROI", 1, 400))
    house.run()
    before = read_state(house.engines, "roi")
    house.version(records("ROI", 2, 420))
    assert house.run()["roi"] == "live"
    assert read_state(house.engines, "roi") != before
    assert desk.roll_back(WHO, "roi") == first.digest
    assert read_state(house.engines, "roi") == before
    kept = EngineUses(house.engines, audit).kept_promises()
    assert set(kept) == {"standby", "tarif", "verschieben", "pv"}
    assert all(0.2 < share < 1.5 for share in kept.values())
    view = desk.every()[0]
    assert (view.spec.name, view.live, view.rows) == ("roi", first.digest, 400)
    assert view.beats is not None
    assert view.beats.missed == 0
    assert [one.state for one in desk.deliveries("roi", 10)] == ["live", "live"]
    assert audit.actions == ["engines.rollback"]
    for call in (lambda: desk.deliveries("nie", 1), lambda: desk.deliver(WHO, "nie")):
        with pytest.raises(NotFound):
            call()
    with pytest.raises(Conflict):
        desk.deliver(WHO, "leer")


def test_what_was_made_of_a_persons_rows_goes_with_them_and_is_made_anew(house: House) -> None:
    frame = records("Competitor", 1, 60).rename({"supplier": "meter_id"})
    house.listed = load("engines: [{name: texte, kind: Historical, dataset: roi}]", "engines.yaml")
    named = frame.select(
        "meter_id", pl.lit("archiv").alias("source"), pl.lit("2026-01-01").alias("ts"), ("Brief von " + pl.col("meter_id")).alias("text")
    )
    house.version(named)
    assert house.run() == {"texte": "live"}
    assert house.bench.hits('Anbieter 7"')
    left = subjects.erase(house.bench.db, house.bench.objects, [lookup("Anbieter 7")], NOW)
    assert left.engines == ("texte",)
    assert read_state(house.engines, "texte") is None
    assert not list(house.bench.objects.keys("seeding/engines/"))
    assert house.run() == {"texte": "live"}
    state = read_state(house.engines, "texte")
    assert state is not None
    assert b"Anbieter 8" in state
    assert b'Anbieter 7"' not in state


class Started:
    """Jobs that were asked for."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []


class Noted:
    """What was noted."""

    def __init__(self) -> None:
        self.actions: list[str] = []

    def record(self, _who: Any, action: str, *_: Any, **__: Any) -> None:
        self.actions.append(action)


def test_of_somebody_erased_no_engine_holds_anything_and_each_learns_anew(house: House, request: pytest.FixtureRequest) -> None:
    outside = house.bench.folder.parent
    house.listed = load(
        "engines: [{name: roi, kind: ROI, dataset: roi}, {name: aussen, kind: ROI, channel: folder, place: draussen, dataset: roi}]",
        "engines.yaml",
    )
    opened: list[str] = []

    def channel(spec: EngineSpec) -> FolderChannel:
        opened.append(spec.name)
        return FolderChannel.at(outside / str(spec.place), spec.name)

    engines = replace(house.engines, opened=channel)
    house.version(records("ROI", 1, 400))
    assert dict(deliver_due(engines, BY, Context())["engines"]) == {"roi": "live", "aussen": "live"}
    before = house.live()
    with house.bench.db.transaction() as conn:
        state = rows.state(conn, "roi", str(house.live()))
    assert state is not None
    anchor = pl.read_parquet(house.bench.objects.get(engine_key(state.anchor_sha256)))
    who = str(anchor["meter_id"][0])  # in the records that the engine is judged by, too
    assert held(house, outside, who)
    jobs = PostgresJobs(house.bench.db)
    request.addfinalizer(jobs.close)
    entry = Erasure(uuid7(), uuid4(), None, lookup(who), NOW, None)
    with house.bench.db.transaction() as conn:
        rights.ask(conn, entry)
    context: Any = SimpleNamespace(guard=lambda _: None)
    receipt: dict[str, Any] = {"rows": {}}
    subjects.remove_seeds(house.bench.db, house.bench.objects, ErasureRun(entry, context, receipt), partial(deliver_anew, jobs))
    assert receipt["seeds"]["engines"] == ["aussen", "roi"]
    assert len(jobs.list(states=("queued",), kind=ENGINES.name)) == 1
    assert read_state(engines, "roi") is None
    assert dict(deliver_due(engines, BY, Context())["engines"]) == {"roi": "live", "aussen": "live"}
    assert held(house, outside, who) == []
    assert house.live() not in (None, before)
    assert read_state(engines, "roi") is not None


def held(house: House, outside: Path, who: str) -> list[str]:
    """Objects, files of an engine outside, and rows in which somebody's name stands."""
    found = house.bench.hits(f'"{who}"', f",{who},")
    for file in (one for one in outside.rglob("*") if one.is_file() and "draussen" in one.parts):
        found += [file.name] if f'"{who}"' in file.read_text("utf-8", "replace") else []
    return found


def test_an_engine_whose_channel_is_not_set_up_holds_up_nobody(house: House) -> None:
    house.listed = load(
        "engines: [{name: steckdose, kind: ROI, channel: websocket, place: 'ws://x', dataset: roi}, {name: roi, kind: ROI, dataset: roi}]",
        "engines.yaml",
    )

    def missing(_: EngineSpec) -> FolderChannel:
        raise Misconfigured("Ein WebSocket braucht ein weiteres Paket.")

    house.version(records("ROI", 1, 400))
    done = deliver_due(replace(house.engines, opened=missing), BY, Context())["engines"]
    assert done == {"steckdose": "refused", "roi": "live"}


FED = {
    "nova-kennzahlen": "Analytics", "nova-fundstellen": "SelfLearning", "nova-inhalte": "ContentPerformance",
    "nova-begriffe": "TrendingHashtag", "nova-seiten": "NavigationML",
}  # fmt: skip


@pytest.mark.parametrize("name", FED)
def test_what_a_shipped_pipeline_makes_of_a_room_reaches_its_engine(house: House, name: str) -> None:
    """Records as the room gives them, through the pipeline's own steps, policy and purpose, to the engine of the shipped list."""
    pipeline, kind = pipelines()[name], FED[name]
    frame = records(kind, 2, 3000).with_row_index("id").with_columns(pl.all().cast(pl.String))
    if pipeline.subject is not None:
        frame = frame.with_columns(pl.lit(None, pl.String).alias(pipeline.subject))
    source = Listed([frame.to_dict(as_series=False)])
    seeding = Seeding(
        house.bench.db, house.bench.objects, house.bench.lookup, lambda: Shelf({name: pipeline}, {}), lambda: installed(Path("nirgends")),
        lambda _: source,
    )  # fmt: skip
    assert run(seeding, pipeline, ("u:monika", "Probe"), Context())["state"] == "done"
    house.listed = engines_shipped()
    (engine,) = [one.name for one in house.listed.engines if one.dataset == name]
    done = house.run(engine)
    with house.bench.db.transaction() as conn:
        last = rows.last(conn)[engine]
    assert done == {engine: "live"}, last.reason
    assert house.listed.one(engine).kind == kind
