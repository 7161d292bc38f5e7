from datetime import UTC, date, datetime

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.errors import InvalidInput
from nova.privacy import strict_scan
from nova.seeding.step import CHANGED, REMOVED, Done
from nova.seeding.steps.outliers import Method, Outliers, as_numbers
from nova.seeding.steps.redact import Redact
from nova.seeding.steps.rules import Rules, rules_of
from nova.seeding.steps.schema import Schema, is_malo, kind_of, suggest
from nova.seeding.steps.types import Column, Types

METHODS: list[Method] = ["zscore", "iqr", "forest"]


def whole(frame: pl.DataFrame, done: Done) -> None:
    """Each id once, in kept or removed; the shapes are the contract's."""
    assert sorted([*done.kept["id"], *done.removed["id"]]) == sorted(frame["id"])
    assert done.removed.schema == REMOVED and done.changed.schema == CHANGED


def consumption(size: int = 400, seed: int = 3) -> pl.DataFrame:
    noise = np.random.default_rng(seed)
    values = [*noise.lognormal(8, 0.5, size), *noise.lognormal(13, 1.0, size // 10)]
    kinds = ["flat"] * size + ["industry"] * (size // 10)
    return pl.DataFrame({"id": [f"r{place}" for place in range(len(values))], "kind": kinds, "kwh": values})


@pytest.mark.parametrize("method", ["zscore", "iqr"])
def test_a_heavy_tail_stays_and_what_is_beyond_belief_goes(method: Method) -> None:
    frame = pl.concat([consumption(), pl.DataFrame({"id": ["bad"], "kind": ["flat"], "kwh": [3e12]})])
    done = Outliers(method, by=["kind"])(frame)
    whole(frame, done)
    assert done.removed["id"].to_list() == ["bad"] and "kwh" in done.removed["reason"][0]


@pytest.mark.parametrize("method", METHODS)
def test_industry_among_flats_is_not_removed_even_without_groups(method: Method) -> None:
    frame = consumption()
    assert Outliers(method)(frame).removed.is_empty()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("values", [[5.0] * 50, [1.0, None], [float("nan")] * 30, [None] * 30, [1.0] * 49 + [9.0]])
def test_constant_small_and_empty_columns_have_no_outliers(method: Method, values: list[float | None]) -> None:
    frame = pl.DataFrame({"id": [str(place) for place in range(len(values))], "n": pl.Series(values, dtype=pl.Float64)})
    done = Outliers(method)(frame)
    whole(frame, done)
    assert done.removed.is_empty()


@pytest.mark.parametrize("method", METHODS)
def test_the_order_of_rows_does_not_change_what_is_found(method: Method) -> None:
    frame = pl.concat([consumption(100), pl.DataFrame({"id": ["bad"], "kind": ["flat"], "kwh": [3e12]})])
    one, two = (Outliers(method).scored(table).sort("id") for table in (frame, frame.sample(fraction=1, shuffle=True, seed=1)))
    assert one.equals(two) and one.filter(pl.col("score") == pl.col("score").max())["id"].to_list() == ["bad"]


def test_what_is_unusual_is_flagged_and_kept() -> None:
    values = [float(100 + place % 10) for place in range(60)] + [130.0]
    frame = pl.DataFrame({"id": [str(place) for place in range(61)], "n": values})
    step = Outliers("iqr")
    assert step(frame).kept.height == 61
    assert step.flagged(frame)["id"].to_list() == ["60"]


def test_german_numbers_are_numbers_and_identifiers_are_not() -> None:
    read = as_numbers(pl.Series(["1.234,5", "17,25", None]))
    assert read is not None and read.to_list() == [1234.5, 17.25, None]
    assert as_numbers(pl.Series(["01067", "04109", "45127"])) is not None
    assert as_numbers(pl.Series(["01067", "04109"])) is None
    assert as_numbers(pl.Series(["50837264197", "51238696781"])) is None
    assert as_numbers(pl.Series(["2026-01-01", "2026-01-02"])) is None


def test_types_read_german_forms_and_tell_what_they_cannot_read() -> None:
    frame = pl.DataFrame(
        {
            "id": ["1", "2", "3"],
            "kwh": ["1.234,5", "17,25", "viel"],
            "day": ["01.03.2026", "2026-03-01 00:00:00", "31.02.2026"],
            "at": ["01.07.2026 12:00", "25.10.2026 02:30", "2026-10-25T02:30:00+01:00"],
            "on": ["ja", "nein", "vielleicht"],
        }
    )
    wanted = {"kwh": Column("number"), "day": Column("date"), "at": Column("datetime"), "on": Column("boolean")}
    done = Types(wanted)(frame)
    whole(frame, done)
    assert done.kept["kwh"].to_list() == [1234.5, 17.25, None]
    assert done.kept["day"].to_list() == [date(2026, 3, 1), date(2026, 3, 1), None]
    assert done.kept["at"].to_list() == [datetime(2026, 7, 1, 10, tzinfo=UTC), None, datetime(2026, 10, 25, 1, 30, tzinfo=UTC)]
    assert sorted(done.changed.select("id", "column", "before").rows()) == [
        ("2", "at", "25.10.2026 02:30"), ("3", "day", "31.02.2026"), ("3", "kwh", "viel"), ("3", "on", "vielleicht"),
    ]  # fmt: skip


def test_a_record_without_a_required_value_goes_with_the_reason() -> None:
    frame = pl.DataFrame({"id": ["1", "2", "3"], "n": ["5", None, "x"], "m": ["y", "1", "1"]})
    done = Types({"n": Column("integer", required=True), "m": Column("integer")})(frame)
    whole(frame, done)
    assert done.kept["n"].to_list() == [5]
    assert done.removed["reason"].to_list() == ["Pflichtfeld „n“ ist leer", "Pflichtfeld „n“ ist nicht als ganze Zahl lesbar: x"]
    assert done.changed["id"].to_list() == ["1"]


@given(st.lists(st.one_of(st.none(), st.text(max_size=15), st.from_regex(r"\A-?\d{1,40}[.,]?\d{0,5}\Z")), min_size=1, max_size=10))
def test_any_text_becomes_a_value_or_is_told(values: list[str | None]) -> None:
    frame = pl.DataFrame({"id": [str(place) for place in range(len(values))], "v": pl.Series(values, dtype=pl.String)})
    for kind in ("integer", "number", "boolean", "date", "datetime"):
        done = Types({"v": Column(kind)})(frame)
        whole(frame, done)
        assert done.changed.height == done.kept["v"].null_count() - frame["v"].null_count()


RULES = [
    {"rule": "not_null", "column": "n"},
    {"rule": "range", "column": "n", "least": 0, "most": 10},
    {"rule": "unique", "column": "k"},
    {"rule": "regex", "column": "k", "pattern": "[a-z]+"},
    {"rule": "one_of", "column": "s", "values": ["Strom", "Gas"]},
    {"rule": "not_after", "column": "a", "until": "b"},
]


def test_a_broken_rule_removes_the_record_and_names_rule_and_value() -> None:
    day = date(2026, 1, 1)
    frame = pl.DataFrame(
        {
            "id": list("1234567"),
            "n": [1, None, 11, 1, 1, 1, 1],
            "k": ["a", "b", "c", "a", "D1", "e", "f"],
            "s": ["Strom", "Gas", "Gas", "Gas", None, "Öl", "Gas"],
            "a": [day] * 6 + [date(2027, 1, 1)],
            "b": [None, *[date(2026, 2, 1)] * 6],
        }
    )
    done = Rules(rules_of(RULES))(frame)
    whole(frame, done)
    assert done.kept["id"].to_list() == ["1"]
    assert dict(done.removed.select("id", "reason").rows()) == {
        "2": "„n“ darf nicht leer sein: leer",
        "3": "„n“ muss zwischen 0 und 10 liegen: 11",
        "4": "„k“ muss eindeutig sein: a",
        "5": "„k“ muss dem Muster [a-z]+ folgen: D1",
        "6": "„s“ muss einer dieser Werte sein: Strom, Gas: Öl",
        "7": "„a“ darf nicht nach „b“ liegen: 2027-01-01",
    }


@pytest.mark.parametrize(
    "bad", [[{"rule": "x", "column": "a"}], [{"rule": "range", "column": "a", "min": 1}], {"a": 1}, [{"rule": "regex", "column": "a"}]]
)
def test_a_list_of_rules_is_strict(bad: object) -> None:
    with pytest.raises(InvalidInput):
        rules_of(bad)


@pytest.mark.parametrize(
    "rule",
    [{"rule": "range", "column": "t", "least": 1}, {"rule": "regex", "column": "t", "pattern": "("}, {"rule": "not_null", "column": "x"}],
)
def test_a_rule_that_does_not_fit_is_refused_and_removes_nothing(rule: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        Rules(rules_of([rule]))(pl.DataFrame({"id": ["1"], "t": ["a"]}))


def test_columns_are_suggested_by_name_and_by_value() -> None:
    frame = pl.DataFrame(
        {
            "id": ["1"],
            "KdNr": ["K-1"],
            "Postleitzahl": ["45127"],
            "Feld 7": ["a@example.org"],
            "Lieferbeginn": ["01.03.2026"],
            "Bemerkung": ["x"],
        }
    )
    found = {one.column: one.target for one in suggest(frame, ["customer_no", "plz", "email", "valid_from", "iban"])}
    assert found == {"KdNr": "customer_no", "Postleitzahl": "plz", "Feld 7": "email", "Lieferbeginn": "valid_from"}


def test_values_that_contradict_a_name_make_it_doubtful() -> None:
    frame = pl.DataFrame({"id": ["1"], "Mail": ["45127"]})
    assert suggest(frame, ["email"]) == []


def test_market_locations_are_told_from_other_long_numbers() -> None:
    assert [digit for digit in range(10) if is_malo(f"4137355924{digit}")] == [1]
    assert kind_of(pl.Series(["41373559241"])) == "malo" and kind_of(pl.Series(["41373559242"])) != "malo"


def test_a_mapping_does_only_what_is_given() -> None:
    frame = pl.DataFrame({"id": ["1"], "KdNr": ["5"], "PLZ": ["01067"]})
    assert Schema({"KdNr": "customer_no"})(frame).kept.columns == ["id", "customer_no", "PLZ"]
    for bad in ({"None": "x"}, {"KdNr": "PLZ"}, {"id": "key"}):
        with pytest.raises(InvalidInput):
            Schema(bad)(frame)


def test_nothing_personal_is_left_and_nothing_personal_is_told() -> None:
    text = "Frau Erika Mustermann, erika@example.org, IBAN DE89 3704 0044 0532 0130 00, bittet um Rückruf."
    frame = pl.DataFrame({"id": ["1", "2", "3"], "text": [text, "Der Strompreis steigt.", None]})
    done = Redact()(frame)
    whole(frame, done)
    assert not strict_scan(done.kept["text"][0]) and done.kept["text"].to_list()[1:] == ["Der Strompreis steigt.", None]
    assert done.changed["id"].to_list() == ["1"]
    told = " ".join(str(value) for row in done.changed.rows() for value in row)
    assert "1 IBAN" in told and "Mustermann" not in told and "example.org" not in told


def test_a_text_that_cannot_be_checked_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nova.seeding.steps.redact.clean_text", lambda text: None if text == "a" else (text, ""))
    done = Redact()(pl.DataFrame({"id": ["1", "2"], "text": ["a", "b"]}))
    assert done.kept["id"].to_list() == ["2"] and "nicht vollständig" in done.removed["reason"][0]
    with pytest.raises(InvalidInput):
        Redact(["none"])(pl.DataFrame({"id": ["1"]}))
