"""The example data: the same for a seed, its faults are where the truth says they are, and it looks like a utility's."""

import polars as pl
import pytest

from nova.seeding.sample import Sample, make
from nova.seeding.sample.make import malo


@pytest.fixture(scope="module")
def sample() -> Sample:
    return make(1000, seed=7)


def test_a_seed_makes_the_same_data(sample: Sample) -> None:
    again = make(1000, seed=7)
    assert all(again.tables[name].equals(table) for name, table in sample.tables.items())
    assert again.truth.equals(sample.truth)
    assert not make(1000, seed=8).tables["kunden"].equals(sample.tables["kunden"])


def test_ids_are_unique_and_every_fault_is_there(sample: Sample) -> None:
    for name, table in sample.tables.items():
        assert table["id"].is_unique().all()
        faults = sample.truth.filter(pl.col("table") == name)
        assert set(faults["id"]) <= set(table["id"])
        at = {row["id"]: row for row in table.iter_rows(named=True)}
        copied = set(faults.filter(pl.col("kind").is_in(["copy", "twin"]))["of"])
        last = {(fault["id"], fault["column"]): fault["after"] for fault in faults.iter_rows(named=True) if fault["column"]}
        assert all(at[record][column] == after for (record, column), after in last.items())
        assert copied <= set(at)


def test_twins_differ_in_one_digit_and_copies_in_none_of_their_numbers(sample: Sample) -> None:
    tickets = {row["id"]: row["text"] for row in sample.tables["tickets"].iter_rows(named=True)}
    for fault in sample.truth.filter((pl.col("table") == "tickets") & pl.col("kind").is_in(["copy", "twin"])).iter_rows(named=True):
        one, other = tickets[fault["id"]], tickets[fault["of"]]
        digits = [[sign for sign in text if sign.isdigit()] for text in (one, other)]
        assert sum(left != right for left, right in zip(*digits, strict=True)) == (1 if fault["kind"] == "twin" else 0)


def test_one_place_waits_longer_and_a_shift_lowers_consumption(sample: Sample) -> None:
    days = sample.tables["tickets"].with_columns(pl.col("tage_offen").cast(pl.Int64)).group_by("ort").agg(pl.col("tage_offen").mean())
    waits = dict(days.iter_rows())
    assert waits["Mühlental"] > 1.5 * waits["Kirchau"]
    later = make(1000, seed=7, shift=-0.3).tables["vertraege"]["verbrauch_kwh"].cast(pl.Int64).abs().mean()
    now = sample.tables["vertraege"]["verbrauch_kwh"].cast(pl.Int64).abs().mean()
    assert later == pytest.approx(0.7 * now, rel=0.01)


def test_a_market_locations_number_has_its_check_digit() -> None:
    assert malo(4137355924) == "41373559241"  # the example of the BDEW's description
