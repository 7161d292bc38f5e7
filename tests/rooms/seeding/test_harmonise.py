"""One writing: characters, numbers, days and units; what can be read in two ways and what is an identifier stays."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.seeding.steps.harmonise import Harmonise
from nova.seeding.values import date_of, notation_of, number_of


def column(values: list[str | None], name: str = "wert", lang: list[str] | None = None) -> list[str | None]:
    frame = pl.DataFrame({"id": [str(at) for at in range(len(values))], "lang": lang or ["de"] * len(values), name: values})
    return Harmonise()(frame).kept[name].to_list()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("StraÃŸe in MÃ¼nchen", "Straße in München"),
        ("1 &amp;amp; 2 &lt; 3", "1 & 2 < 3"),
        ("Zäh­ler\u200b", "Zähler"),
        ("ﬁnden  und\u00a0lesen ", "finden und lesen"),
        ("5² m und 2½ kWh", "5^2 m und 2,5 kWh"),
        ("Familie \U0001f468\u200d\U0001f469\u200d\U0001f467", "Familie \U0001f468\u200d\U0001f469\u200d\U0001f467"),
        ("Zeile eins \n\n\n\n Zeile zwei", "Zeile eins\n\nZeile zwei"),
        ("Ärger über Öl, schön für Ã", "Ärger über Öl, schön für Ã"),
    ],
)
def test_characters_have_one_writing(written: str, told: str) -> None:
    assert column([written], "text") == [told]


def test_numbers_of_any_hand_are_one_number() -> None:
    assert column(["1.234,50", "1,234.50", "1'234.5", "1 234,5", "1234.5"]) == ["1234.5"] * 5


def test_what_can_be_read_in_two_ways_is_read_as_its_language_and_its_neighbours_write() -> None:
    assert column(["1.234", "7,5"]) == ["1234", "7.5"]
    assert column(["1.234", "7.5"], lang=["en", "en"]) == ["1.234", "7.5"]
    assert column(["1.234", "1.2345"], lang=["de", "de"]) == ["1.234", "1.2345"]


def test_where_hands_are_mixed_the_usual_size_decides_or_nothing_is_changed() -> None:
    mixed = ["1.500,5", "1,500.5", "1.200,25", "1,100.75"]
    assert column([*mixed, "1.234"])[-1] == "1234"
    assert column(["1.500,5", "1,500.5", "1.2", "1,5", "1.234"])[-1] == "1.234"


def test_units_are_those_of_the_column() -> None:
    assert column(["1,2 MWh", "800 kWh", "500000 Wh"], "verbrauch_kwh") == ["1200", "800", "500"]
    assert column(["12,50 €", "EUR 3", "99 ct"], "betrag_eur") == ["12.5", "3", "0.99"]
    assert column(["5 kW", "7"], "wert") == ["5 kW", "7"]


def test_days_of_any_writing_are_one_day() -> None:
    assert column(["01.03.2026", "1. März 2026", "2026/3/1", "March 1, 2026", "1 maart 2026"]) == ["2026-03-01"] * 5
    assert column(["01.03.2026 7:15", "2026-03-01T07:15:00Z"]) == ["2026-03-01T07:15:00", "2026-03-01T07:15:00Z"]
    assert column(["03/14/2026", "01/02/2026"], lang=["en", "en"]) == ["2026-03-14", "2026-01-02"]


@pytest.mark.parametrize("name", ["plz", "kundennr", "malo_id", "zaehlernummer", "telefon"])
def test_identifiers_are_never_numbers(name: str) -> None:
    assert column(["01069", "1.234", "34010"], name) == ["01069", "1.234", "34010"]


def test_a_column_with_words_is_no_column_of_numbers() -> None:
    assert column(["1.234,5", "siehe Anlage", "unbekannt"]) == ["1.234,5", "siehe Anlage", "unbekannt"]


def test_every_changed_cell_is_told_once() -> None:
    frame = pl.DataFrame({"id": ["a", "b"], "text": ["x &amp;  y", "z"], "kwh": [" 1.234,5 ", "7"]})
    done = Harmonise()(frame)
    assert done.changed.rows() == [
        ("a", "kwh", " 1.234,5 ", "1234.5", "blanks+number"),
        ("a", "text", "x &amp;  y", "x & y", "entities+blanks"),
    ]
    assert done.removed.is_empty()


@given(st.lists(st.one_of(st.none(), st.text(max_size=20)), min_size=1, max_size=8))
def test_harmonising_twice_changes_nothing_more(values: list[str | None]) -> None:
    frame = pl.DataFrame({"id": [str(at) for at in range(len(values))], "text": values}, schema={"id": pl.String, "text": pl.String})
    once = Harmonise()(frame).kept
    assert Harmonise()(once).kept.equals(once)


@given(st.integers(-(10**9), 10**9), st.integers(0, 99))
def test_a_german_and_an_english_number_are_the_same(whole: int, cents: int) -> None:
    english = f"{whole:,}.{cents:02}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert number_of(german) == number_of(english)
    assert float(number_of(german) or "nan") == pytest.approx(float(f"{whole}.{cents:02}"))


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_none(text: str) -> None:
    for told in (number_of(text), number_of(text, ","), number_of(text, ".")):
        assert told is None or told == number_of(told, ".")
    assert date_of(text) is None or len(date_of(text) or "") == 10


def test_a_contradicting_column_has_no_notation() -> None:
    assert notation_of(["1.5", "2,5"]) is None
    assert notation_of(["1.234.567", "1.234"]) == ","
