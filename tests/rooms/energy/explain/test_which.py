"""Which meter a question means: a code that nobody has is refused, never answered with another meter; "H1" is half a year only as such."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.energy.explain.parse.asked import ALONE, Before, Refusal
from nova.energy.explain.parse.periods import find
from nova.energy.explain.parse.question import read
from nova.energy.explain.parse.which import choose, named_places
from nova.energy.period import describe
from nova.energy.source import Meter
from nova.language.fold import fold

NOW = datetime(2026, 11, 21, 14, 22, tzinfo=UTC)
HOUSE = Meter("H1", "Haus am Anger", "household", own=True)
SHOP = Meter("H2", "Laden am Markt", "business", own=True)
OTHER = Meter("Z-7", "Haus am Anger", "household", own=True)
LONG = Meter("DE00012345678901234567890123456789", "Dachgeschoss", "household")
SURE = Before(sure=True)
STRANGE = ("H7", "h7", "Z-12", "WP3", "ABC-123", "DE0001234567", "1EMH0012345678", "DE00098765432109876543210987654321", "50123456789")
FIRST, SECOND = "vom 01.01.2025 bis 30.06.2025", "vom 01.07.2025 bis 31.12.2025"


def meters_of(question: str, *meters: Meter, before: Before = SURE) -> list[str | None] | str:
    """The meters that a question is read for, or why there are none."""
    found = read(question, NOW, meters, before)
    if isinstance(found, Refusal):
        return found.text
    return [one.meter.meter_id if one.meter else None for one in found or ()]


@pytest.mark.parametrize("code", STRANGE)
@pytest.mark.parametrize(
    "frame",
    [
        "Wie hoch war der Verbrauch von {} gestern?",
        "Wie hoch war mein Verbrauch {} gestern?",
        "Verbrauch {} letzte Woche",
        "Was hat {} im Oktober gekostet?",
        "und {}?",
        "Wie hoch war der Verbrauch vom Zähler {} gestern?",
    ],
)
@pytest.mark.parametrize("meters", [(HOUSE,), (HOUSE, SHOP)])
def test_a_code_that_nobody_has_is_refused(code: str, frame: str, meters: tuple[Meter, ...]) -> None:
    names = " oder ".join(meter.name for meter in meters)
    told = meters_of(frame.format(code), *meters)
    assert told == f"Einen Zähler „{code.upper()}“ kenne ich nicht. Es gibt: {names}."


@pytest.mark.parametrize("question", ["Wie hoch war der Verbrauch von {} gestern?", "Wie hoch war mein Verbrauch {} gestern?"])
def test_it_is_refused_too_where_nobody_said_that_data_are_meant(question: str) -> None:
    for code in STRANGE:
        assert str(meters_of(question.format(code), HOUSE, before=ALONE)).startswith(f"Einen Zähler „{code.upper()}“ kenne ich nicht.")


@pytest.mark.parametrize(
    "question",
    [
        "Wie hoch war der Verbrauch von H1 und H9 gestern?",
        "Vergleiche H1 mit H9 gestern",
        "Verbrauch von H9 und Haus am Anger gestern",
        "Wie hoch war der Verbrauch von H1, H2 und H9 zusammen gestern?",
    ],
)
@pytest.mark.parametrize("before", [ALONE, SURE])
def test_beside_a_known_meter_an_unknown_one_is_not_passed_over(question: str, before: Before) -> None:
    assert str(meters_of(question, HOUSE, SHOP, before=before)).startswith("Einen Zähler „H9“ kenne ich nicht.")


@pytest.mark.parametrize(
    ("question", "meters", "meant"),
    [
        ("Wie hoch war der Verbrauch von H1 gestern?", (HOUSE, SHOP), ["H1"]),
        ("Wie hoch war der Verbrauch von h2 gestern?", (HOUSE, SHOP), ["H2"]),
        ("Wie hoch war der Verbrauch von Z-7 gestern?", (OTHER, SHOP), ["Z-7"]),
        (f"Wie hoch war der Verbrauch von {LONG.meter_id} gestern?", (HOUSE, LONG), [LONG.meter_id]),
        ("Vergleiche H1 mit H2 gestern", (HOUSE, SHOP), ["H1"]),
        ("Wie hoch war mein Verbrauch in KW12?", (HOUSE,), ["H1"]),
        ("Wie hoch war mein Verbrauch in Q1 2026?", (HOUSE,), ["H1"]),
        ("Wie viel CO2 habe ich gestern verursacht?", (HOUSE,), ["H1"]),
        ("Wie hoch war mein Verbrauch am 12.11.2026?", (HOUSE,), ["H1"]),
        ("Wie hoch war mein Verbrauch 2025?", (HOUSE,), ["H1"]),
        ("Kundennummer 50123456789, wie hoch war mein Verbrauch gestern?", (HOUSE,), ["H1"]),
    ],
)
def test_what_is_known_or_no_code_is_answered(question: str, meters: tuple[Meter, ...], meant: list[str]) -> None:
    assert meters_of(question, *meters) == meant


@given(st.from_regex(r"[A-Za-z]{1,3}[-_]?[0-9]{1,5}", fullmatch=True))
def test_any_code_means_its_own_meter_or_none(code: str) -> None:
    choice = choose(f"verbrauch von {fold(code)}", (HOUSE, SHOP), ())
    meant = next((meter for meter in (HOUSE, SHOP) if fold(meter.meter_id) == fold(code)), None)
    spared = fold(code).startswith(("kw", "q", "co", "eeg", "geg", "nr", "abs", "e", "l"))
    assert choice.meter == meant
    assert meant is not None or spared or "kenne ich nicht" in choice.problem


def periods(text: str, *meters: Meter) -> list[str]:
    folded = fold(text)
    return [describe(one.period) for one in find(folded, NOW, named_places(folded, meters))]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("im H1", "vom 01.01.2026 bis 30.06.2026"),
        ("im H2 2025", SECOND),
        ("H1 2025", FIRST),
        ("H1/2025", FIRST),
        ("in H2 2025", SECOND),
        ("H2 von 2025", SECOND),
        ("im H1 im Jahr 2025", FIRST),
        ("im ersten Halbjahr 2025", FIRST),
        ("2. Halbjahr 2025", SECOND),
    ],
)
def test_half_a_year_is_read_with_its_year_or_behind_im(text: str, period: str) -> None:
    assert periods(text) == [period]


@pytest.mark.parametrize(
    "text", ["von H1", "H1", "H2?", "der Zähler H1", "mit H1 und H2", "beim H1", "H3 2025x", "in H1", "Verbrauch H1 bitte"]
)
def test_alone_it_is_no_half_of_a_year(text: str) -> None:
    assert periods(text) == []


def test_beside_another_period_it_is_a_code() -> None:
    assert periods("von H1 im März 2026") == ["im März 2026"]
    assert meters_of("Wie hoch war der Verbrauch von H1 im März 2026?", OTHER) == (
        "Einen Zähler „H1“ kenne ich nicht. Es gibt: Haus am Anger."
    )
    assert meters_of("Wie hoch war der Verbrauch von H1 im März 2026?", HOUSE, SHOP) == ["H1"]


def test_where_it_is_half_a_year_it_names_no_meter() -> None:
    assert meters_of("Wie hoch war mein Verbrauch im H1?", OTHER) == ["Z-7"]
    assert meters_of("Wie hoch war mein Verbrauch im H1 2025?", OTHER) == ["Z-7"]
    assert meters_of("Wie hoch war mein Verbrauch im H2 2025?", HOUSE) == ["H1"]


def test_a_meter_of_that_name_is_meant_where_no_year_is_said() -> None:
    assert periods("im H1", HOUSE) == []
    assert periods("im H2", HOUSE) == ["vom 01.07.2026 bis 31.12.2026"]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("seit Jahresanfang", "vom 01.01.2026 bis"),
        ("seit Anfang der Woche", "vom 16.11.2026 bis"),
        ("seit Anfang des Monats", "vom 01.11.2026 bis"),
        ("seit Quartalsbeginn", "vom 01.10.2026 bis"),
        ("seit 10 Tagen", "vom 11.11.2026 bis"),
        ("seit zwei Wochen", "vom 07.11.2026 bis"),
        ("seit drei Monaten", "vom 21.08.2026 bis"),
        ("seit dem 6.", "vom 06.11.2026 bis"),
        ("seit dem 31.", "vom 31.10.2026 bis"),
        ("seit die Wärmepumpe läuft (März)", "vom 01.03.2026 bis"),
        ("seit die Kinder ausgezogen sind, also ab September", "vom 01.09.2026 bis"),
    ],
)
def test_what_began_is_counted_from_its_day(text: str, period: str) -> None:
    assert [one.startswith(period) for one in periods(f"Verbrauch {text}")] == [True]


@pytest.mark.parametrize("text", ["Gasverbrauch von H1 im März", "wie viel m3 Gas waren das gestern bei H1", "Wasser letzte Woche H1"])
def test_what_no_meter_here_measures_is_not_told_as_power(text: str) -> None:
    assert str(meters_of(text, HOUSE)).startswith("Gemessen ist hier nur Strom")


def test_a_meter_that_is_called_so_is_read() -> None:
    works = Meter("W1", "Wasserwerk Gas Nord", "business")
    assert meters_of("Wie hoch war der Verbrauch vom Wasserwerk Gas Nord gestern?", works, HOUSE) == ["W1"]
