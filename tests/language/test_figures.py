"""Numbers, dates, times and references in every spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.language.figures import figures, missing, number_word


def found(text: str) -> list[tuple[str, str, str]]:
    return [(one.kind, one.value, one.unit) for one in figures(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6 000 Kilowattstunden", [("number", "6000", "kilowattstunde")]),
        ("6.000 kWh", [("number", "6000", "kilowattstunde")]),
        ("60.000 kWh", [("number", "60000", "kilowattstunde")]),
        ("1,5 Millionen Kilowattstunden", [("number", "1500000", "kilowattstunde")]),
        ("20,50 Euro", [("number", "20.5", "euro")]),
        ("5,50 EUR", [("number", "5.5", "euro")]),
        ("drei Monate", [("number", "3", "monat")]),
        ("innerhalb von einem Monat", [("number", "1", "monat")]),
        ("ein Unternehmen", []),
        ("fünfundzwanzig Prozent", [("number", "25", "prozent")]),
        ("im zehnten Jahr", [("number", "10", "jahr")]),
        ("eine 12-kW-Anlage", [("number", "12", "kilowatt")]),
        ("bis zum 30. April 2022", [("date", "2022-04-30", "")]),
        ("am 31.12.", [("date", "--12-31", "")]),
        ("14.30 Uhr", [("time", "14:30", "")]),
        ("18 Uhr", [("time", "18:00", "")]),
        ("§§ 14a und 19 EnWG", [("ref", "§ 14a", ""), ("ref", "§ 19", "")]),
        ("§§ 5, 7b bis 9 sowie Absatz 2", [("ref", "§ 5", ""), ("ref", "§ 7b", ""), ("ref", "§ 9", ""), ("ref", "abs 2", "")]),
        ("§§ 5 EnWG, 10 Prozent", [("ref", "§ 5", ""), ("number", "10", "prozent")]),
        ("§ 14a Absatz 2 EnWG", [("ref", "§ 14a", ""), ("ref", "abs 2", "")]),
        ("BK6-20-160 und CO2", []),
        ("0,007 Euro", [("number", "0.007", "euro")]),
        ("120 m² Wohnfläche", [("number", "120", "quadratmeter")]),
    ],
)
def test_figures_in_one_spelling(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("claim", "source", "lost"),
    [
        ("6.000 kWh", "über 6 000 Kilowattstunden", 0),
        ("60.000 kWh", "über 6 000 Kilowattstunden", 1),
        ("3 Monate", "spätestens drei Monate vor", 0),
        ("3 Wochen", "spätestens drei Monate vor", 1),
        ("höchstens 15 kW", "mindestens 15 Kilowatt", 1),
        ("höchstens 15 kW", "bis einschließlich 15 Kilowatt", 0),
        ("nicht mehr als 40 Euro", "höchstens 40 Euro", 0),
        ("bis zum 30. April", "bis zum 30. April 2022", 0),
        ("bis zum 30. April 2023", "bis zum 30. April 2022", 1),
        ("nach § 37", "nach § 38", 1),
        ("darf höchstens drei Wochen dauern", "darf drei Wochen nicht überschreiten", 0),
    ],
)
def test_claims_against_sources(claim: str, source: str, lost: int) -> None:
    assert len(missing(claim, source)) == lost


@given(st.integers(min_value=1000, max_value=999_999_999))
def test_grouping_never_changes_a_number(number: int) -> None:
    plain, dotted = str(number), f"{number:,}".replace(",", ".")
    spaced, tight = dotted.replace(".", " "), dotted.replace(".", "\u00a0")
    assert len({found(f"{form} Euro")[0] for form in (plain, dotted, spaced, tight)}) == 1


@given(st.text(max_size=300))
def test_any_text_gives_ordered_spans_inside_it(text: str) -> None:
    ends = 0
    for one in figures(text):
        assert ends <= one.start < one.end <= len(text)
        ends = one.end


WORDS = [("zwoelf", "12"), ("einhundertzwanzig", "120"), ("zweitausend", "2000"), ("achtung", None), ("eins", "1")]


@pytest.mark.parametrize(("word", "value"), WORDS)
def test_number_words(word: str, value: str | None) -> None:
    assert number_word(word) == value
