"""What places show follows what engines read: nothing without it, other after another dataset, bit-equal again after a step back."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import numpy as np
import polars as pl
import pytest

from benchmarks.engine_records import records
from nova.crowd import FEWEST
from nova.energy.calendar import day_bounds, local_date
from nova.flows.seeding import publishing
from nova.flows.seeding.engines import deliver_due
from nova.flows.seeding.publishing import Draft
from nova.seeding import lineage
from nova.seeding.files import engine_key
from nova.seeding.lineage import Columns
from nova.series import Product, prices
from nova.store.ids import uuid7
from nova.store.quality import review
from nova.store.series import batches
from nova.store.series import prices as price_store
from nova.wiring.channels import engine_uses, engines_of
from nova.wiring.learning import StoredLearning
from tests.api.house import QUESTION, Door
from tests.api.test_gap_steps import gap
from tests.fakes.running import Context
from tests.rooms.seeding.seeds import BY, Bench, lookup

KINDS = (
    "NavigationFramework", "NavigationML", "AssistantBridge", "TrendingHashtag", "Ideation", "CrossPlatform", "Analytics", "Churn",
    "CustomerIntelligence", "Competitor", "Historical", "Research", "Optimization", "ContentPerformance", "SelfLearning", "ROI",
)  # fmt: skip
"""Those that change what a user sees."""
ALIKE = ("ContentPerformance", "AssistantBridge", "NavigationFramework", "NavigationML", "Optimization")
"""Of which more records of the same world show the same."""
PROFILES = ("NavigationML", "Churn", "CustomerIntelligence")
TOMORROW = local_date(int(datetime.now(UTC).timestamp())) + timedelta(days=1)
SPACE = UUID(int=7)
Place = Callable[[Door], Any]


def data(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()["data"]


@pytest.fixture(scope="module")
def bench(door: Door, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Versions in the app's own tables and objects, and every engine in process with a dataset of its name."""
    made = Bench(door.nova.db, tmp_path_factory.mktemp("unused"))
    made.objects = door.nova.objects
    return made


def deliver(door: Door, bench: Bench, kind: str, frame: pl.DataFrame) -> str:
    """A version of these records goes live and to the engine; what came of it."""
    path: Path = door.nova.settings.engines_path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"engines: [{{name: probe, kind: {kind}, dataset: {kind.lower()}, tolerance: 1000}}]", "utf-8")
    named = frame if "id" in frame.columns else frame.with_row_index("id").with_columns(pl.col("id").cast(pl.String))
    run_id, collected = bench.collected(named)
    purpose = "profiling" if kind in PROFILES else "operations"
    draft = Draft(
        kind.lower(), run_id, collected.drop("_key", "_batch"), lineage.provenance(collected, Columns(), lookup), {"purpose": purpose}
    )
    with bench.db.transaction() as conn:
        version = publishing.publish(conn, bench.objects, draft, BY, bench.at())
        publishing.go_live(conn, bench.objects, version, {"ok": True}, BY, bench.at())
    deliver_due(engines_of(door.nova), BY, Context(), "probe")
    (last,) = bench.db.fetch_all("SELECT state, reason FROM engine_deliveries ORDER BY delivered_at DESC LIMIT 1")
    return "live" if last["state"] == "live" else f"{last['state']}: {last['reason']}"


def afresh(door: Door) -> None:
    """No versions, and engines that read nothing."""
    tables = "engine_states, engine_deliveries, releases, release_steps, seed_runs, seed_batches, seed_versions, seed_lineage"
    door.nova.db.execute(f"TRUNCATE {tables} CASCADE")


def back(door: Door) -> None:
    data(door.admin("POST", "/api/v1/seeding/engines/probe/rollback"))


def get(path: str, **params: Any) -> Place:
    return lambda door: data(door.admin("GET", f"/api/v1{path}", params=params))


def navigation(part: str, body: dict[str, Any]) -> Place:
    return lambda door: data(door.admin("POST", "/api/v1/navigation", json=body))[part]


def plan(door: Door) -> Any:
    """A day whose prices nobody knows yet."""
    answer = door.admin(
        "POST",
        "/api/v1/data/schedule",
        json={"plant": {"battery": {"capacity_kwh": 10, "charge_kw": 5, "discharge_kw": 5}}, "day": str(TOMORROW)},
    )
    return (answer.json()["data"]["columns"], answer.json()["data"]["sources"]) if answer.status_code == 200 else answer.status_code


def order(door: Door) -> Any:
    return [one["review_id"] for one in data(door.admin("GET", "/api/v1/admin/reviews"))["reviews"]]


def ranking(door: Door) -> Any:
    learned = StoredLearning(door.nova.db, worths=engine_uses(door.nova).worths)()
    told = learned.preferences(QUESTION, door.nova.analysers.current())
    return {str(chunk): value for chunk, value in sorted(told.items())}


def promises(door: Door) -> Any:
    return dict(engine_uses(door.nova).kept_promises())


MANY = {"SelfLearning": 2000, "TrendingHashtag": 1700, "Churn": 3000, "NavigationFramework": 1500}
"""Of which a few hundred records prove nothing."""
VISITS = [{"ts": "2026-03-02T08:00:00Z", "route": "/"}, {"ts": "2026-03-02T08:01:00Z", "route": "/energie"}]
PLACES: dict[str, Place] = {
    "NavigationFramework": navigation("tiles", {}), "NavigationML": navigation("next", {"visits": VISITS}),
    "AssistantBridge": navigation("page", {"question": "Wo finde ich den Börsenpreis von morgen?"}),
    "TrendingHashtag": get("/admin/trends"), "Ideation": get("/admin/gaps"), "CrossPlatform": get("/admin/staffing"),
    "Analytics": get("/admin/unusual"), "Churn": get("/customers/at-risk"), "CustomerIntelligence": get("/customers/groups"),
    "Competitor": get("/offers", plz="10001"), "Historical": get("/admin/proposals"), "Research": get("/admin/proposals"),
    "Optimization": plan, "ContentPerformance": order, "SelfLearning": ranking, "ROI": promises,
}  # fmt: skip


def given(door: Door, kind: str, seed: int, rows: int = 420) -> pl.DataFrame:
    """Records of a kind; those that name things of this installation name its own."""
    if kind == "ContentPerformance":
        return content(seed, rows)
    frame = records(kind, seed, MANY.get(kind, rows))
    if kind in ("Historical", "Research"):
        return frame.with_columns(text=pl.lit(f"Fassung {seed}: ") + pl.col("text"))
    if kind == "SelfLearning":
        return frame.with_columns(pl.col("chunk_id").map_elements(lambda one: str(uuid5(SPACE, one)), return_dtype=pl.String))
    if kind == "Ideation":
        found = door.nova.db.fetch_all("SELECT gap_id::text AS g FROM knowledge_gaps")
        return frame.head(3).with_columns(gap_id=pl.Series([found[0]["g"], "x", "y"]), terms=pl.lit(f"lampen prüfen {seed}"))
    return frame


def content(seed: int, rows: int) -> pl.DataFrame:
    """Documents of one kind are useful, those of another are not."""
    dice = np.random.default_rng(seed)
    kind = dice.choice(["document", "note"], rows)
    dwell = dice.uniform(10, 90, rows)
    share = np.clip(np.where(kind == "note", 0.1, 0.7) + dwell / 400 + dice.normal(0, 0.03, rows), 0, 1)
    days = [str(date(2025, 1, 1) + timedelta(days=int(one))) for one in np.arange(rows) // 2]
    return pl.DataFrame({
        "ts": days, "kind": kind, "topic": ["x"] * rows, "words": dice.integers(100, 900, rows), "age_days": [28] * rows,
        "dwell_s": dwell.round(1), "useful_share": share.round(4),
    })  # fmt: skip


def otherwise(door: Door, kind: str) -> pl.DataFrame:
    """Records of a world in which it is the other way about."""
    frame = given(door, kind, 1)
    routes = {"/markt": "/energie", "/energie": "/markt", "/fragen": "/empfehlungen", "/empfehlungen": "/fragen"}
    if kind in ("NavigationFramework", "AssistantBridge"):
        return frame.with_columns(pl.col("route").replace(routes))
    if kind == "NavigationML":
        return frame.with_columns(pl.col("next").replace(routes))
    if kind == "Optimization":
        return frame.with_columns(price=200 - pl.col("price"))
    return frame.with_columns(kind=pl.col("kind").replace({"document": "note", "note": "document"}))


@pytest.fixture(scope="module", autouse=True)
def world(door: Door) -> Iterator[None]:
    """A gap, an hour of a figure, two answers to look through that cite different kinds of documents, prices of the last week."""
    gap(door)
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    db = door.nova.db
    db.execute("DELETE FROM kpi_hours WHERE kpi = 'answers' AND segment = '' AND starts = %s", [now])
    db.execute("INSERT INTO kpi_hours (kpi, starts, n, total, people) VALUES ('answers', %s, 9, 900, %s)", [now, list(range(FEWEST))])
    told = "# Kundenfragen\n\n## Lichtschacht\n\nEin Lichtschacht ist jedes zweite Jahr zu reinigen.\n"
    data(door.upload(told, "fragen.md", kind="note"), 201)
    for question, urgent in ((QUESTION, 1.05), ("Wie oft ist ein Lichtschacht zu reinigen?", 1.0)):
        answer = data(door.admin("POST", "/api/v1/rag/ask", json={"question": question}))
        assert answer["citations"], answer
        with db.transaction() as conn:
            review.put(conn, [review.NewReview(uuid7(), UUID(answer["answer_id"]), ("thumbs_down",), urgent)])
    start, end = day_bounds(TOMORROW - timedelta(days=5))[0], day_bounds(TOMORROW - timedelta(days=1))[0]
    ts = np.arange(start, end, 3600, dtype=np.int64)
    with db.transaction() as conn:
        batch = batches.open(conn, batches.NewBatch("test", "columns"))
        price_store.put(conn, [prices(Product("EPEX", "DAY_AHEAD", "DE-LU", 3600), ts, np.full(len(ts), 80.0))], batch)
    yield
    db.execute("TRUNCATE reviews, market_prices, kpi_hours, knowledge_gaps CASCADE")


@pytest.mark.parametrize("kind", KINDS)
def test_a_place_follows_its_engine_and_is_bit_equal_again_after_a_step_back(door: Door, bench: Bench, kind: str) -> None:
    afresh(door)
    place = lambda: json.dumps(PLACES[kind](door), sort_keys=True, default=str)  # noqa: E731 - read six times below
    without = place()
    assert deliver(door, bench, kind, given(door, kind, 1)) == "live"
    first = place()
    assert first != without
    assert deliver(door, bench, kind, given(door, kind, 2)) == "live"
    second = place()
    if kind not in ALIKE:
        assert second != first
    back(door)
    assert place() == first
    back(door)
    assert place() == without


@pytest.mark.parametrize("kind", ALIKE)
def test_a_place_shows_another_thing_where_the_world_is_another(door: Door, bench: Bench, kind: str) -> None:
    """Such a delivery would not be kept: here the list tolerates that the engine's figure gets worse."""
    afresh(door)
    assert deliver(door, bench, kind, given(door, kind, 1)) == "live"
    first = PLACES[kind](door)
    assert deliver(door, bench, kind, otherwise(door, kind)) == "live"
    assert PLACES[kind](door) != first
    back(door)
    assert PLACES[kind](door) == first


def test_a_state_of_another_kind_is_as_none(door: Door, bench: Bench) -> None:
    """The list may name an engine anew, whose state is still that of the old kind."""
    afresh(door)
    assert deliver(door, bench, "ROI", records("ROI", 9, 400)) == "live"
    for kind in KINDS:
        door.nova.settings.engines_path.write_text(f"engines: [{{name: probe, kind: {kind}}}]", "utf-8")
        shown = PLACES[kind](door)
        if kind != "ROI":
            door.nova.settings.engines_path.write_text("engines: [{name: leer, kind: ROI}]", "utf-8")
            assert PLACES[kind](door) == shown, kind


def test_a_damaged_state_is_as_none(door: Door, bench: Bench) -> None:
    afresh(door)
    assert deliver(door, bench, "Churn", records("Churn", 3, 3000)) == "live"
    assert data(door.admin("GET", "/api/v1/customers/at-risk"))["customers"]
    (row,) = door.nova.db.fetch_all("SELECT state_sha256 AS s FROM engine_states")
    door.nova.objects.put(engine_key(row["s"]), b"damaged")
    assert data(door.admin("GET", "/api/v1/customers/at-risk"))["customers"] == []
    door.nova.settings.engines_path.write_text("engines: [", "utf-8")
    assert data(door.admin("GET", "/api/v1/customers/groups"))["groups"] == []
    assert data(door.admin("POST", "/api/v1/navigation", json={}))["tiles"] == []


def model(door: Door) -> Any:
    return data(door.admin("GET", "/api/v1/seeding/engines/probe/model"))


@pytest.mark.parametrize("kind", ["Churn", "AssistantBridge", "CustomerIntelligence", "ContentPerformance"])
def test_a_model_is_shown_beside_its_baseline_with_what_then_was(door: Door, bench: Bench, kind: str) -> None:
    afresh(door)
    assert deliver(door, bench, kind, given(door, kind, 1)) == "live"
    told = model(door)
    assert told["score"]["verdict"] == "better"
    assert told["score"]["low"] > 0
    assert told["insights"]
    if kind == "CustomerIntelligence":
        assert told["buckets"] == []
        return
    assert [one["predicted"] for one in told["buckets"]] == sorted(one["predicted"] for one in told["buckets"])
    assert sum(one["n"] for one in told["buckets"]) <= 2000
    assert told["buckets"][-1]["actual"] > told["buckets"][0]["actual"] - 0.2


def test_of_roles_of_fewer_than_five_people_nothing_is_told(door: Door, bench: Bench) -> None:
    afresh(door)
    frame = records("NavigationML", 2, 2900)
    many = pl.Series([f"p{at % 7}" for at in range(len(frame))])
    assert deliver(door, bench, "NavigationML", frame.with_columns(person=many)) == "live"
    told = model(door)
    assert (told["few"], bool(told["buckets"])) == (False, True)
    roles = frame["role"].unique().sort().to_list()
    few = pl.select(pl.when(frame["role"] == roles[0]).then(pl.lit("chef")).otherwise(many)).to_series()
    assert deliver(door, bench, "NavigationML", frame.with_columns(person=few)) == "live"
    told = model(door)
    assert told["few"]
    assert not any(roles[0] in one for one in told["insights"])
    afresh(door)
    assert deliver(door, bench, "NavigationML", frame.head(2880)) == "live"  # the records do not tell whose they are
    told = model(door)
    assert (told["few"], told["buckets"], told["insights"]) == (True, [], [])


def test_what_has_no_model_says_so_and_coverage_counts_columns(door: Door, bench: Bench) -> None:
    afresh(door)
    assert deliver(door, bench, "ROI", records("ROI", 5, 400)) == "live"
    assert door.admin("GET", "/api/v1/seeding/engines/probe/model").status_code == 404
    assert data(door.admin("GET", "/api/v1/seeding/coverage")) == {"needed": 4, "delivered": 4, "missing": {}}
    door.nova.settings.engines_path.write_text("engines: [{name: probe, kind: Churn, dataset: roi}, {name: b, kind: ROI}]", "utf-8")
    told = data(door.admin("GET", "/api/v1/seeding/coverage"))
    assert (told["needed"], told["delivered"]) == (13, 0)
    assert set(told["missing"]) == {"probe", "b"}
