"""Units that are wanted, times of day in words, both weeks, shares of all: what goes on with a question in other words."""

import pytest

from nova.energy.explain.parse.colloquial import written_out
from nova.energy.explain.parse.wishes import told_in
from nova.energy.period import describe
from tests.rooms.energy.explain.test_going_on import OF_HOUSE, line, said, talk, understood, value

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("first", "then", "tool", "unit", "times"),
    [
        ("Wie hoch war die Grundlast von H1 gestern?", "das bitte in Watt", "base", "W", 1000),
        ("Wie hoch war die Lastspitze von H1 gestern?", "und in W?", "peak", "W", 1000),
        (OF_HOUSE, "wie viele MWh sind das?", "energy", "MWh", 0.001),
        (OF_HOUSE, "in Wattstunden", "energy", "Wh", 1000),
    ],
)
def test_a_number_is_told_in_the_unit_that_is_wanted(first: str, then: str, tool: str, unit: str, times: float) -> None:
    before, after, other = talk(first, then, "und vorgestern?")
    assert value(after, tool) == pytest.approx(times * value(before, tool))
    assert f" {unit}" in said(after)
    assert f" {unit}" in said(other)


@pytest.mark.parametrize(("text", "ask"), [("und in kW?", "base"), ("in Watt?", "base"), ("und in kWh?", "energy")])
def test_a_unit_of_power_asks_for_no_other_power(text: str, ask: str) -> None:
    assert line("Wie hoch war die Grundlast von H1 gestern?", text)[0] == ask


def test_a_unit_is_left_again() -> None:
    told = talk("Wie hoch war die Grundlast von H1 gestern?", "in Watt", "und in kW", "und der Verbrauch?")
    assert [fact.unit for answer in told for fact in answer.facts if fact.query["tool"] in ("base", "energy")][:4] == [
        "kW", "W", "kW", "kWh",
    ]  # fmt: skip


def test_prices_have_a_unit_of_their_own() -> None:
    _, told = talk("Was kostete die MWh gestern an der Börse?", "Wie hoch war der Verbrauch von H1 gestern?")
    assert "kWh" in said(told)
    assert told_in("in kw 46") is None
    assert told_in("und gestern?") is None


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("um halb sieben", "um 6:30 uhr"),
        ("ab viertel nach neun", "ab 9:15 uhr"),
        ("um viertel vor 5", "um 4:45 uhr"),
        ("gegen dreiviertel zehn", "gegen 9:45 uhr"),
        ("um viertel acht", "um 7:15 uhr"),
        ("und halb drei", "und um 2:30 uhr"),
        ("um halb eins", "um 12:30 uhr"),
        ("nachts um halb eins", "um 00:30 uhr"),
        ("abends um halb acht", "um 19:30 uhr"),
        ("um halb vier nachmittags", "um 15:30 uhr"),
    ],
)
def test_times_of_day_in_words_are_read(text: str, read: str) -> None:
    assert written_out(text) == read


def test_half_past_noon_is_followed_by_the_afternoon() -> None:
    assert line("Börsenpreis gestern um zwölf", "und um halb zwei?") == ("price", "", "am 20.11.2026 von 13:30 bis 14:30 Uhr")


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        (
            "Hat H1 letzte Woche mehr verbraucht als vorletzte Woche?",
            "und die Grundlast in beiden Wochen?",
            ("base", "H1", "vom 02.11.2026 bis 15.11.2026"),
        ),
        ("Kosten H1 im Juli", "und beide Monate zusammen?", ("cost", "H1", "im Juli 2026")),
    ],
)
def test_both_times_are_no_meters(first: str, then: str, expected: tuple[str, str, str]) -> None:
    assert line(first, then) == expected


def test_both_times_that_were_asked_for_one_after_the_other_are_told() -> None:
    assert line("Verbrauch H1 im September", "und im Oktober?", "was hat das in beiden Monaten gekostet?") == (
        "cost", "H1", "vom 01.09.2026 bis 31.10.2026",
    )  # fmt: skip
    found = understood("Verbrauch H1 im Juli", "und im Oktober?", "und die Lastspitze in den beiden Monaten?")
    assert isinstance(found, tuple)
    assert found[0].against is not None
    assert (describe(found[0].period), describe(found[0].against)) == ("im Oktober 2026", "im Juli 2026")


def test_hours_that_were_told_stay_the_ones_spoken_of() -> None:
    first, price, dear, other = talk(
        "Wann waren gestern die günstigsten 2 Stunden am Stück?", "wie teuer war die kWh in dieser Zeit im Mittel?",
        "und wann besser nicht?", "und vorgestern?",
    )  # fmt: skip
    assert value(price, "window_price") == value(first, "window_price")
    assert value(dear, "window_price") > value(first, "window_price")
    assert value(other, "window_length") == 2


@pytest.mark.parametrize("text", ["Marktwert?", "zum Spotpreis?", "und zu Börsenpreisen"])
def test_what_use_was_worth_at_the_exchange_is_its_cost(text: str) -> None:
    assert line(OF_HOUSE, text) == ("cost", "H1", "am 20.11.2026")


@pytest.mark.parametrize(
    "text",
    [
        "Wie groß ist der Anteil von H2 am Gesamtverbrauch gestern?",
        "Wie viel Prozent vom Verbrauch gestern entfallen auf H2?",
        "Welcher Anteil am Ganzen war gestern der Laden?",
    ],
)
def test_the_share_of_one_meter_is_told(text: str) -> None:
    (told,) = talk(text, sure=True)
    assert value(told, "share") == pytest.approx(200 / 3)
    assert " 67 % der " in said(told)


def test_what_of_a_sum_is_one_meters_stays_a_share() -> None:
    _, one, other, day = talk(
        "Verbrauch von H1 und H2 zusammen gestern", "und was davon ist der Laden?", "und das Haus?", "und vorgestern?"
    )
    assert value(one, "share") == pytest.approx(200 / 3)
    assert value(other, "share") == value(day, "share") == pytest.approx(100 / 3)


@pytest.mark.parametrize("text", ["Wie viel Prozent mehr hat H1 gestern verbraucht als vorgestern?", "Anteil Eigenverbrauch H1 gestern?"])
def test_other_shares_are_none_of_all(text: str) -> None:
    (told,) = talk(text, sure=True)
    assert not any(fact.query["tool"] == "share" for fact in told.facts)


@pytest.mark.parametrize(
    "text", ["um wie viel braucht der Laden mehr?", "wie viel mehr zieht H2?", "und die Differenz?", "Unterschied zwischen beiden?"]
)
def test_the_two_of_a_sum_are_held_against_each_other(text: str) -> None:
    both, held = talk("Verbrauch von H1 und H2 zusammen gestern", text)
    assert abs(value(held, "difference")) == pytest.approx(value(both, "energy") / 3)


def test_what_a_meter_shows_is_its_use() -> None:
    (told,) = talk("H1 letzten Dienstag, was steht da?", sure=True)
    assert value(told, "energy") > 0


def ranked(*questions: str) -> tuple[str, bool, str, str]:
    """Which unit the last of several questions ranks, whether least comes first, of which meter, when."""
    found = understood(*questions)
    assert isinstance(found, tuple), found
    (one,) = found
    assert one.top is not None
    assert one.meter is not None
    return one.top.unit, one.top.least, one.meter.meter_id, describe(one.period)


LAST_WEEK = "in KW 46/2026 (09.11.2026 bis 15.11.2026)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wann ging letzte Woche in H2 am meisten durch?", ("day", False, "H2", LAST_WEEK)),
        ("An welchem Wochentag wurde in H1 letzte Woche am wenigsten verbraucht?", ("day", True, "H1", LAST_WEEK)),
        ("Um wie viel Uhr ging gestern bei H1 am meisten weg?", ("hour", False, "H1", "am 20.11.2026")),
    ],
)
def test_days_and_hours_are_ranked_in_other_words(text: str, expected: tuple[str, bool, str, str]) -> None:
    assert ranked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("und der Laden?", ("day", False, "H2", LAST_WEEK)),
        ("und die Woche davor?", ("day", False, "H1", "in KW 45/2026 (02.11.2026 bis 08.11.2026)")),
        ("und wann am wenigsten?", ("day", True, "H1", LAST_WEEK)),
    ],
)
def test_what_was_ranked_stays_ranked(text: str, expected: tuple[str, bool, str, str]) -> None:
    assert ranked("An welchem Tag ging letzte Woche in H1 am meisten weg?", text) == expected


def test_days_of_the_week_of_longer_than_a_week_are_not_told() -> None:
    (told,) = talk("An welchem Wochentag wurde in H1 im September am wenigsten verbraucht?")
    assert told.status == "refused"


def test_money_that_is_gone_is_a_cost() -> None:
    assert line("Wie viel Geld ging letzte Woche in H1 weg?")[0] == "cost"
