"""A dataset delivered: good ones are committed, bad ones leave the engine as it was byte for byte, and nobody waits for another."""

import json
import time
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner

from benchmarks.engine_records import LABEL, bad, records
from nova.cli.root import nova
from nova.errors import InvalidInput, ServerAbsent
from nova.ports.engines import Package
from nova.seeding.delivery.deliver import deliver, one
from nova.seeding.delivery.kinds import ENGINES
from nova.seeding.delivery.registry import EngineSpec, load, load_file
from nova.seeding.delivery.shelf import EngineShelf
from nova.seeding.delivery.tables import rows_of

QUICK = ("SelfLearning", "Recommendations", "NavigationFramework", "ROI", "Optimization", "Analytics")
pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")


def spec(kind: str, **more: Any) -> EngineSpec:
    return EngineSpec.model_validate({"name": kind.lower(), "kind": kind, **more})


def nobody(_: EngineSpec) -> Any:
    raise AssertionError("no channel is opened")


class Fake:
    """An engine elsewhere: its figure after each delivery, as it was told to be."""

    def __init__(self, figures: list[float | None], absent: int | None = None, wait: float = 0.0) -> None:
        self.figures, self.absent, self.wait = figures, absent, wait
        self.held: dict[str, float] = {}
        self.log: list[str] = []

    def put(self, package: Package) -> None:
        time.sleep(self.wait)
        if self.absent is not None and len(self.log) >= self.absent:
            raise ServerAbsent("Die Engine ist nicht erreichbar.")
        self.log.append(f"put {package.key} {package.share} {len(package.rows)}")
        self.held[package.key] = package.share

    def metric(self) -> float | None:
        return self.figures[min(len(self.log), len(self.figures) - 1)]

    def take_back(self, key: str) -> None:
        self.log.append(f"back {key}")
        self.held.pop(key, None)

    def close(self) -> None:
        """Nothing is held."""


@pytest.mark.parametrize("kind", QUICK)
def test_bad_deliveries_leave_an_engine_as_it_was_and_a_good_one_does_not(kind: str, tmp_path: Path) -> None:
    shelf, engine = EngineShelf(tmp_path), spec(kind)
    first = one(engine, records(kind, 1, 2000), "a", shelf, nobody)
    assert first.state == "live", first.reason
    before = {file.name: file.read_bytes() for file in (tmp_path / engine.name).iterdir()}
    for how in ("shuffled", "swapped", "half"):
        done = one(engine, bad(kind, records(kind, 2, 2000), how, 1), how, shelf, nobody)
        assert done.state in ("taken_back", "refused"), (how, done)
        assert done.reason
    assert {file.name: file.read_bytes() for file in (tmp_path / engine.name).iterdir()} == before
    again = one(engine, records(kind, 2, 2000), "b", shelf, nobody)
    assert again.state == "live", again.reason
    assert one(engine, records(kind, 2, 2000), "b", shelf, nobody).state == "unchanged"
    back = shelf.step_back(engine.name)
    assert back is not None
    assert back.version == "a"
    held = shelf.held(engine.name)
    assert held is not None
    assert held.state == before[back.state]
    assert shelf.step_back(engine.name) is None
    assert shelf.held(engine.name) is None


@pytest.mark.parametrize("kind", [name for name in ENGINES if name not in LABEL])
def test_a_table_holds_the_usable_rows_the_newest_of_each_key(kind: str, tmp_path: Path) -> None:
    shelf = EngineShelf(tmp_path)
    assert one(spec(kind), records(kind, 1, 60), "a", shelf, nobody).state == "live"
    held = shelf.held(kind.lower())
    assert held is not None
    assert len(rows_of(held.state)) == 60


def test_texts_that_were_there_must_not_be_lost(tmp_path: Path) -> None:
    shelf, frame = EngineShelf(tmp_path), records("Historical", 1, 100)
    assert one(spec("Historical"), frame, "a", shelf, nobody).state == "live"
    assert one(spec("Historical"), frame.head(50), "b", shelf, nobody).state == "taken_back"
    assert one(spec("Historical"), frame.with_columns(pl.lit(None).alias("text")), "c", shelf, nobody).state == "refused"


def test_an_engine_elsewhere_gets_a_part_then_all_and_is_taken_back_where_its_figure_falls(tmp_path: Path) -> None:
    shelf, engine, frame = EngineShelf(tmp_path), spec("ROI", channel="rest", place="http://e", canary=0.1), records("ROI", 1, 300)
    good = Fake([5.0, 5.0, 4.0])
    done = one(engine, frame, "a", shelf, lambda _: good)
    assert (done.state, done.before, done.after) == ("live", 5.0, 4.0)
    assert good.log == ["put a 0.1 30", "put a 1.0 300"]
    assert one(engine, frame, "a", shelf, nobody).state == "unchanged"
    worse = Fake([4.0, 4.0, 6.0])
    assert one(engine, frame, "b", shelf, lambda _: worse).state == "taken_back"
    assert worse.log == ["put b 0.1 30", "put b 1.0 300", "back b"]
    assert worse.held == {}


def test_what_was_begun_and_not_ended_is_taken_back_first(tmp_path: Path) -> None:
    shelf, engine, frame = EngineShelf(tmp_path), spec("ROI", channel="rest", place="http://e"), records("ROI", 1, 300)
    broken = Fake([1.0], absent=1)
    assert one(engine, frame, "a", shelf, lambda _: broken).state == "unreachable"
    assert broken.held == {"a": 0.1}
    broken.absent = None
    assert one(engine, frame, "b", shelf, lambda _: broken).state == "live"
    assert broken.held == {"b": 1.0}


def test_a_slow_or_absent_engine_delays_nobody(tmp_path: Path) -> None:
    shelf, frame = EngineShelf(tmp_path), records("ROI", 1, 300)
    specs = [
        spec("ROI", channel="rest", place=f"http://{name}", seconds=0.3).model_copy(update={"name": name})
        for name in ("quick", "slow", "gone")
    ]
    engines = {"quick": Fake([1.0]), "slow": Fake([1.0], wait=3.0), "gone": Fake([1.0], absent=0)}
    began = time.monotonic()
    done = {found.name: found for found in deliver(specs, frame, "a", shelf, lambda one: engines[one.name])}
    assert time.monotonic() - began < 2
    assert {name: found.state for name, found in done.items()} == {"quick": "live", "slow": "unreachable", "gone": "unreachable"}


def test_a_damaged_state_is_told_and_not_read(tmp_path: Path) -> None:
    shelf, engine, frame = EngineShelf(tmp_path), spec("ROI"), records("ROI", 1, 400)
    one(engine, frame, "a", shelf, nobody)
    pointer = shelf.live("roi")
    assert pointer is not None
    (tmp_path / "roi" / pointer.state).write_bytes(b"{}")
    assert one(engine, records("ROI", 2, 400), "b", shelf, nobody).state == "refused"
    with pytest.raises(InvalidInput):
        shelf.held("roi")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("engines: []", "engines"),
        ("engines: [{name: a, kind: Nie}]", "diese Art von Engine"),
        ("engines: [{name: a, kind: ROI, farbe: rot}]", "Diese Angabe gibt es nicht"),
        ("engines: [{name: a, kind: ROI, channel: rest}]", "place"),
        ("engines: [{name: a, kind: ROI}, {name: a, kind: Churn}]", "mehrfach"),
        ("engines: [", "kein YAML"),
    ],
)
def test_a_faulty_list_is_told_by_its_key(text: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        load(text, "engines.yaml")


def test_the_shipped_list_has_every_engine_of_the_paper() -> None:
    shipped = load_file(Path("config/seeding/engines.yaml"))
    assert {found.kind for found in shipped.engines} == set(ENGINES)
    assert sum(found.channel == "in_process" for found in shipped.engines) >= 12


def test_the_command_delivers_by_column_and_says_what_was_taken_back(tmp_path: Path) -> None:
    listed = tmp_path / "engines.yaml"
    listed.write_text("engines: [{name: roi, kind: ROI}, {name: kacheln, kind: NavigationFramework}, {name: abwanderung, kind: Churn}]")
    parts = [records("ROI", 1, 600), records("NavigationFramework", 1, 600)]
    file = tmp_path / "daten.csv"
    pl.concat([part.with_columns(pl.all().cast(pl.String)) for part in parts], how="diagonal").write_csv(file)
    good = CliRunner().invoke(nova, ["seed", "deliver", str(file), "--engines", str(listed), "--json"])
    assert good.exit_code == 0, good.output
    told = json.loads(good.stdout)
    assert {found["name"]: found["state"] for found in told["engines"]} == {"roi": "live", "kacheln": "live", "abwanderung": "skipped"}
    bad("ROI", records("ROI", 2, 600), "shuffled", 1).write_csv(file)
    second = CliRunner().invoke(nova, ["seed", "deliver", str(file), "--engines", str(listed), "--json"])
    assert second.exit_code == 5, second.output
    states = {found["name"]: found["state"] for found in json.loads(second.stdout)["engines"]}
    assert states == {"roi": "taken_back", "kacheln": "skipped", "abwanderung": "skipped"}
