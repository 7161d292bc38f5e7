"""Steps in a row: a record is kept or removed once, a removal names who stands in the end, a brake stops what removes too much."""

from dataclasses import dataclass

import polars as pl

from nova.seeding.clean import Brake, clean
from nova.seeding.step import Done, changes, removals
from nova.seeding.steps.types import Column, Types


@dataclass(frozen=True)
class Merge:
    """Removes each record that is named, in favour of another."""

    pairs: dict[str, str]
    name: str = "merge"

    def __call__(self, frame: pl.DataFrame) -> Done:
        here = [
            {"id": gone, "step": self.name, "kept_id": kept, "score": 1.0, "differs": "", "reason": "gleich"}
            for gone, kept in self.pairs.items()
        ]
        return Done(frame.filter(~pl.col("id").is_in(list(self.pairs))), removals(here), changes())


def records(count: int, source: str | None = None) -> pl.DataFrame:
    frame = pl.DataFrame({"id": [f"r{at}" for at in range(count)], "text": ["Text"] * count})
    return frame if source is None else frame.with_columns(source=pl.lit(source))


def test_each_record_is_kept_or_removed_and_the_last_one_is_named() -> None:
    done = clean(records(4), [Merge({"r1": "r0"}, "one"), Merge({"r0": "r2"}, "two")])
    assert done.kept["id"].to_list() == ["r2", "r3"]
    assert done.removed.select("id", "step", "kept_id").rows() == [("r1", "one", "r2"), ("r0", "two", "r2")]
    assert done.stopped is None


def test_a_source_that_would_lose_too_much_stops_the_run() -> None:
    frame = pl.concat([records(60, "crm"), records(200, "mail").with_columns(id=pl.col("id") + "m")])
    gone = {f"r{at}": "r59" for at in range(40)}
    done = clean(frame, [Merge(gone)], Brake(share=0.5))
    assert done.stopped is not None
    assert done.stopped.told() == {
        "step": "merge",
        "source": "crm",
        "reason": "Aus der Quelle crm fielen 66,7 % von 60 weg; erlaubt sind 50,0 %.",
    }
    assert done.kept["id"].to_list() == frame["id"].to_list()
    assert done.removed.is_empty()
    assert clean(frame, [Merge(gone)], Brake(share=0.7)).stopped is None


def test_where_no_source_is_named_too_much_of_all_records_stops_the_run() -> None:
    done = clean(records(60), [Merge({f"r{at}": "r59" for at in range(40)})])
    assert done.stopped is not None
    assert done.stopped.reason == "Aus allen Datensätzen fielen 66,7 % von 60 weg; erlaubt sind 60,0 %."
    assert done.kept["id"].to_list() == records(60)["id"].to_list()


def test_a_record_that_would_stand_for_too_many_stops_the_run() -> None:
    done = clean(records(100), [Merge({f"r{at}": "r99" for at in range(20)})], Brake(cluster=19))
    assert done.stopped is not None
    assert done.stopped.kept_id == "r99"
    assert "20 Datensätze" in done.stopped.reason
    assert clean(records(100), [Merge({f"r{at}": "r99" for at in range(20)})], Brake(cluster=20)).stopped is None


def test_a_stop_after_a_step_that_gave_types_puts_all_records_back() -> None:
    frame = records(100).with_columns(kwh=pl.int_range(100).cast(pl.String))
    done = clean(frame, [Merge({f"r{at}": "r99" for at in range(30)}), Types({"kwh": Column("integer")})], Brake(cluster=19))
    assert done.stopped is not None
    assert (done.kept["id"].to_list(), done.kept["kwh"].to_list()) == (frame["id"].to_list(), list(range(100)))


def test_a_few_records_may_all_go_but_one() -> None:
    assert clean(records(10), [Merge({f"r{at}": "r9" for at in range(9)})]).stopped is None


def test_a_spared_record_is_removed_by_no_step() -> None:
    done = clean(records(4), [Merge({"r1": "r0", "r2": "r0"})], spared=["r1"])
    assert done.kept["id"].to_list() == ["r0", "r1", "r3"]
    assert done.removed["id"].to_list() == ["r2"]
