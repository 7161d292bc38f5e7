"""A conversation with data goes on: what is left unsaid is that of the question before, and only ids and periods are remembered."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nova.energy.explain.facts import holds
from nova.energy.explain.parse.asked import Before, Question, Refusal
from nova.energy.explain.parse.colloquial import written_out
from nova.energy.explain.parse.focus import KEPT, before_of, focus_of
from nova.energy.explain.parse.question import read
from nova.energy.explain.parse.relevance import folded
from nova.energy.explain.parse.steps import stepped_from
from nova.energy.explain.say.restated import restated
from nova.energy.explain.tool import Talk, respond, unproven
from nova.energy.period import Period, describe, of_days
from nova.energy.source import Meter
from nova.language.english import is_english
from nova.records import DataAnswer
from nova.series import Prices, Readings, Signal
from nova.store.series.forecasts import Forecast
from nova.turns import NO_FOCUS, DataFocus
from tests.rooms.energy.explain.planted import Case, Kept, cases

pytestmark = pytest.mark.slow

HOUSE = Meter("H1", "Haus am Anger", "household", own=True)
SHOP = Meter("H2", "Laden am Markt", "business", own=True)
NEIGHBOUR = Meter("N-7", "Nachbarhaus", "household")
NOW = datetime(2026, 11, 21, 14, 22, tzinfo=UTC)
OF_HOUSE = "Wie hoch war der Verbrauch von Haus am Anger gestern?"


@cache
def case() -> Case:
    """A home with an event; questions are asked on the morning after its last day."""
    (found,) = cases(7, ("event",))
    return found


@dataclass(frozen=True)
class Houses:
    """A source of several meters: the second uses twice what the first does, and so on."""

    known: tuple[Meter, ...]
    kept: Kept

    def meters(self) -> tuple[Meter, ...]:
        return self.known

    def readings(self, meter_id: str, start: int, end: int) -> Readings:
        times = [meter.meter_id for meter in self.known].index(meter_id) + 1
        rows = self.kept.readings(self.kept.meter.meter_id, start, end)
        return replace(rows, meter_id=meter_id, consumption=rows.consumption * times)

    def prices(self, start: int, end: int) -> Prices | None:
        return self.kept.prices(start, end)

    def signal(self, name: str, place: str, start: int, end: int) -> Signal | None:
        return self.kept.signal(name, place, start, end)

    def forecast(self, meter_id: str | None, start: int, end: int) -> Forecast | None:
        return None


def houses(*known: Meter) -> Houses:
    return Houses(known or (HOUSE, SHOP), case().kept)


def talk(*questions: str, source: Houses | None = None, sure: bool = False, cents: bool = False) -> list[DataAnswer]:
    """The answers to questions that go on with one another; every number is proven and comes out again."""
    told: list[DataAnswer] = []
    where, focus = source or houses(), NO_FOCUS
    for question in questions:
        answer = respond(where, question, case().now, uuid4, Talk(focus, sure or bool(told), cents))
        assert answer is not None, question
        assert answer.status == "refused" or invented(answer) == []
        assert all(holds(where, fact) for fact in answer.facts)
        focus = answer.focus
        told.append(answer)
    return told


def said(answer: DataAnswer) -> str:
    return " ".join(one.text for one in answer.sentences)


def invented(answer: DataAnswer) -> list[str]:
    """The numbers of an answer that none of its facts holds."""
    return [wrong for one in answer.sentences for wrong in unproven(one, answer.facts)]


def value(answer: DataAnswer, tool: str) -> float:
    found = next(fact for fact in answer.facts if fact.query["tool"] == tool)
    assert found.value is not None
    return found.value


def understood(*questions: str, meters: Sequence[Meter] = (HOUSE, SHOP), sure: bool = True) -> tuple[Question, ...] | Refusal | None:
    """How the last of several questions is read, each going on with the ones before through what a focus keeps."""
    focus, found = NO_FOCUS, None
    for number, question in enumerate(questions):
        before = before_of(focus, meters, sure=sure and number > 0)
        found = read(question, NOW, meters, before)
        if isinstance(found, tuple):
            focus = focus_of(before, found)
        elif isinstance(found, Refusal) and found.open is not None:
            focus = focus_of(before, (found.open,))
    return found


def line(*questions: str, meters: Sequence[Meter] = (HOUSE, SHOP)) -> tuple[str, str, str]:
    """What the last of several questions asks for, of which meter, when."""
    found = understood(*questions, meters=meters)
    assert isinstance(found, tuple), found
    (one,) = found
    return one.ask, one.meter.meter_id if one.meter else "", describe(one.period)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("und vorgestern?", ("energy", "H1", "am 19.11.2026")),
        ("und heute?", ("energy", "H1", "am 21.11.2026 von 00:00 bis 15:15 Uhr")),
        ("und letzte Woche?", ("energy", "H1", "in KW 46/2026 (09.11.2026 bis 15.11.2026)")),
        ("Und im Oktober?", ("energy", "H1", "im Oktober 2026")),
        ("und am Tag davor?", ("energy", "H1", "am 19.11.2026")),
        ("und im Jahr davor?", ("energy", "H1", "am 20.11.2025")),
        ("und am gleichen Tag letzte Woche?", ("energy", "H1", "am 13.11.2026")),
        ("und der Laden?", ("energy", "H2", "am 20.11.2026")),
        ("Und H2?", ("energy", "H2", "am 20.11.2026")),
        ("und H2 vorgestern?", ("energy", "H2", "am 19.11.2026")),
        ("und beim anderen Zähler?", ("energy", "H2", "am 20.11.2026")),
        ("der andere?", ("energy", "H2", "am 20.11.2026")),
        ("und beide zusammen?", ("energy", "H1 + H2", "am 20.11.2026")),
        ("alle zusammen?", ("energy", "H1 + H2", "am 20.11.2026")),
        ("und mit H2 zusammen?", ("energy", "H1 + H2", "am 20.11.2026")),
        ("und die Spitze?", ("peak", "H1", "am 20.11.2026")),
        ("Und die Grundlast?", ("base", "H1", "am 20.11.2026")),
        ("und in Euro?", ("cost", "H1", "am 20.11.2026")),
        ("Was hat das gekostet?", ("cost", "H1", "am 20.11.2026")),
        ("und in kW?", ("peak", "H1", "am 20.11.2026")),
        ("in kWh bitte", ("energy", "H1", "am 20.11.2026")),
    ],
)
def test_what_is_left_unsaid_is_that_of_the_question_before(text: str, expected: tuple[str, str, str]) -> None:
    assert line(OF_HOUSE, text) == expected


def test_of_a_cost_it_is_told_whether_the_use_was_usual() -> None:
    _, told = talk("Was hat der Strom von Haus am Anger gestern gekostet?", "War das normal?")
    assert "Verbraucht wurden" in said(told)
    assert "üblichen Rahmen" in said(told)


def test_readings_are_counted() -> None:
    (told,) = talk("Wie viele Messwerte gibt es von Haus am Anger gestern?")
    assert value(told, "count") == 96
    assert said(told).endswith(" 96 Messwerte.")


def test_a_whole_question_takes_nothing_from_the_one_before() -> None:
    assert line(OF_HOUSE, "Wie hoch war die Lastspitze von Laden am Markt im Oktober?") == ("peak", "H2", "im Oktober 2026")
    assert line(OF_HOUSE, "Wie hoch war der Strompreis vorgestern?") == ("price", "", "am 19.11.2026")


def test_a_meter_is_remembered_across_a_question_about_prices() -> None:
    assert line(OF_HOUSE, "Wie hoch war der Strompreis vorgestern?", "Und mein Verbrauch?")[:2] == ("energy", "H1")


def test_why_is_asked_of_the_number_before() -> None:
    found = understood(OF_HOUSE, "Warum so viel?")
    assert isinstance(found, tuple)
    assert (found[0].why, found[0].meter, describe(found[0].period)) == (True, HOUSE, "am 20.11.2026")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("und wann am teuersten?", ("dearest", "", "am 20.11.2026")),
        ("wann war es am billigsten?", ("cheapest", "", "am 20.11.2026")),
        ("und vorgestern?", ("price", "", "am 19.11.2026")),
        ("und in ct?", ("price", "", "am 20.11.2026")),
        ("sind da Steuern drin?", ("included", "", "am 20.11.2026")),
    ],
)
def test_a_conversation_about_prices_goes_on(text: str, expected: tuple[str, str, str]) -> None:
    assert line("Wie hoch war der Strompreis gestern?", text) == expected


@pytest.mark.parametrize(
    "text", ["danke", "Hallo", "Wie kündige ich meinen Vertrag?", "Wie lange ist die Kündigungsfrist?", "Was regelt § 14a?", ""]
)
def test_what_is_no_question_for_data_does_not_go_on(text: str) -> None:
    assert understood(OF_HOUSE, text, sure=False) is None


def test_a_single_meter_has_no_other() -> None:
    assert line("Wie hoch war der Verbrauch gestern?", "und vorgestern?", meters=(HOUSE,)) == ("energy", "H1", "am 19.11.2026")
    answer = respond(houses(HOUSE), "und beim anderen?", case().now, uuid4, Talk(talk(OF_HOUSE, source=houses(HOUSE))[0].focus, True))
    assert answer is None or "H2" not in said(answer)


def test_h1_is_a_meter_where_there_is_one_of_that_name() -> None:
    assert line("Wie hoch war der Verbrauch von H1 gestern?") == ("energy", "H1", "am 20.11.2026")
    assert line("Wie hoch war die Lastspitze von H2 im Oktober?") == ("peak", "H2", "im Oktober 2026")
    assert line("Wie hoch war der Verbrauch von H2 gestern?", "und H1?") == ("energy", "H1", "am 20.11.2026")


def test_h1_is_half_a_year_where_no_meter_is_called_so() -> None:
    only = (Meter("M-1", "Werk", "business", own=True),)
    assert line("Wie hoch war der Verbrauch im H1 2026?", meters=only) == ("energy", "M-1", "vom 01.01.2026 bis 30.06.2026")
    assert line("Wie hoch war der Verbrauch gestern?", "und im H1?", meters=only) == ("energy", "M-1", "vom 01.01.2026 bis 30.06.2026")


def test_an_answer_to_which_meter_completes_the_question() -> None:
    first, second = talk("Wie hoch war der Verbrauch gestern?", "H1")
    assert (first.status, first.asks_back, first.facts) == ("refused", True, ())
    assert "Haus am Anger oder Laden am Markt?" in said(first)
    assert second.status == "answered"
    assert said(second) == said(talk(OF_HOUSE)[0])


def test_what_is_asked_back_may_be_answered_by_a_title() -> None:
    assert line("Wie hoch war die Lastspitze letzte Woche?", "der Laden am Markt") == (
        "peak", "H2", "in KW 46/2026 (09.11.2026 bis 15.11.2026)",
    )  # fmt: skip


def test_the_other_meter_and_both_together_say_other_numbers() -> None:
    one, other, both = (value(answer, "energy") for answer in talk(OF_HOUSE, "und der andere Zähler?", "und beide zusammen?"))
    assert other == pytest.approx(2 * one)
    assert both == pytest.approx(3 * one)


def test_the_difference_to_the_day_before_is_told() -> None:
    one, other, held = talk(OF_HOUSE, "und am Tag davor?", "Wie groß ist der Unterschied?")
    assert value(held, "difference") == pytest.approx(abs(value(one, "energy") - value(other, "energy")))
    assert held.turn is not None
    assert held.turn.meter_id == "H1"


@pytest.mark.parametrize(
    "text", ["Wie groß ist der Unterschied?", "Und die Differenz?", "Wie viel mehr ist das?", "Ist das mehr oder weniger?"]
)
def test_two_meters_asked_one_after_the_other_are_held_against_each_other(text: str) -> None:
    one, other, held = talk(OF_HOUSE, "Und H2?", text)
    assert abs(value(held, "difference")) == pytest.approx(abs(value(one, "energy") - value(other, "energy")))


def test_how_much_by_is_no_fault_where_the_meter_was_not_known() -> None:
    asked, told = talk("Hat H7 gestern mehr verbraucht als vorgestern?", "um wie viel Prozent denn?")
    assert asked.status == told.status == "refused"
    alone = talk("Hat H7 gestern mehr verbraucht als vorgestern?", "um wie viel Prozent denn?", source=houses(HOUSE))
    assert "Haus am Anger" in said(alone[-1]) and "%" in said(alone[-1])


def test_a_few_hours_are_held_against_what_is_usual() -> None:
    for question in ("War gestern um 4 Uhr früh was los mit der Spitze?", "War der Verbrauch heute Nacht von 1 bis 3 Uhr normal?"):
        (told,) = talk(question, source=houses(HOUSE), sure=True)
        assert told.status == "answered", question


def test_the_price_of_one_hour_is_told_once() -> None:
    (told,) = talk("Wie hoch war der Börsenpreis gestern von 7 bis 8 Uhr?")
    assert len(told.sentences) == 1 and "bei" in said(told) and "im Mittel" not in said(told)


def test_a_period_is_held_against_the_one_spoken_of() -> None:
    one, held = talk(OF_HOUSE, "Und im Vergleich zu vorgestern?")
    assert value(held, "energy") == pytest.approx(value(one, "energy"))
    before = talk(OF_HOUSE, "und vorgestern?")[1]
    assert abs(value(held, "difference")) == pytest.approx(abs(value(one, "energy") - value(before, "energy")))


def test_a_comparison_goes_on_with_another_meter() -> None:
    found = understood(OF_HOUSE, "Und im Vergleich zu vorgestern?", "und H2?")
    assert isinstance(found, tuple)
    (one,) = found
    assert one.against is not None
    assert (one.meter, describe(one.period), describe(one.against)) == (SHOP, "am 20.11.2026", "am 19.11.2026")


def test_the_other_end_of_a_ranking_is_asked_for() -> None:
    most, least = talk("An welchem Tag hat Haus am Anger letzte Woche am meisten verbraucht?", "und am wenigsten?")
    assert value(most, "top_value") > value(least, "top_value")


def test_money_and_power_of_the_same_day_are_told_in_their_units() -> None:
    units = [answer.turn.unit if answer.turn else None for answer in talk(OF_HOUSE, "und in Euro?", "und in kW?", "und in kWh?")]
    assert units == ["kWh", "EUR", "kW", "kWh"]


def test_prices_are_told_in_the_unit_that_was_wanted_last() -> None:
    plain, cents, again, back = talk("Wie hoch war der Strompreis gestern?", "und in ct?", "und vorgestern?", "und in EUR/MWh?")
    assert ["ct/kWh" in said(one) for one in (plain, cents, again, back)] == [False, True, True, False]
    assert "EUR/MWh" in said(back)
    assert value(plain, "price_mean") == pytest.approx(10 * value(cents, "price_mean"))
    assert value(back, "price_mean") == pytest.approx(10 * value(again, "price_mean"))


def test_who_is_told_prices_in_cents_gets_them_unasked() -> None:
    (answer,) = talk("Wie hoch war der Strompreis gestern?", cents=True)
    assert "ct/kWh" in said(answer)
    assert "EUR/MWh" not in said(answer)


def of(meter: Meter | None, ask: str = "energy", day: int = 20, **more: object) -> Question:
    return replace(Question("energy", of_days(date(2026, 11, day), date(2026, 11, day)), meter), ask=ask, **more)  # type: ignore[arg-type]


def test_a_focus_is_read_as_the_questions_it_was_written_from() -> None:
    asked = (of(HOUSE, why=True), of(SHOP, "peak", 19, against=of(HOUSE).period, cents=True))
    assert before_of(focus_of(Before(), asked), (HOUSE, SHOP), sure=True) == Before(asked, True, together=True)


def test_a_focus_holds_ids_and_periods_and_no_words() -> None:
    told = talk(OF_HOUSE, "Und beim Laden am Markt am Tag davor?", "und beide zusammen, in Euro?", "Wie hoch war der Strompreis gestern?")
    for answer in told:
        text = json.dumps(answer.focus.asked, ensure_ascii=False, default=str)
        assert not any(word in text for word in ("Haus", "Anger", "Laden", "Markt", "hoch", "gestern", "Tag", "davor", "zusammen"))
        for one in answer.focus.asked:
            assert set(one["meters"]) <= {"H1", "H2"}
            assert all(isinstance(instant, int) for instant in one["period"][:2])
            assert one["ask"].isascii() and " " not in one["ask"]


def test_a_focus_keeps_few_questions_however_long_the_talk() -> None:
    told = talk(OF_HOUSE, *["und am Tag davor?", "und H2?", "und in Euro?", "und der Strompreis?"] * 3)
    assert max(len(answer.focus.asked) for answer in told) <= KEPT + 1


@pytest.mark.parametrize(
    "asked",
    [
        (of(NEIGHBOUR),),
        (of(Meter("H1 + N-7", "beide", "other", parts=("H1", "N-7"))),),
        (of(NEIGHBOUR, "peak"), of(NEIGHBOUR, "energy", 19)),
    ],
)
def test_what_may_not_be_seen_any_longer_is_dropped(asked: tuple[Question, ...]) -> None:
    assert before_of(focus_of(Before(), asked), (HOUSE, SHOP), sure=False).asked == ()


def test_a_rival_that_may_not_be_seen_is_dropped_and_the_rest_stays() -> None:
    (one,) = before_of(focus_of(Before(), (of(HOUSE, rival=NEIGHBOUR),)), (HOUSE, SHOP), sure=False).asked
    assert one == of(HOUSE)


def test_another_persons_meter_in_a_focus_says_nothing_of_it() -> None:
    with_neighbour, without = houses(HOUSE, NEIGHBOUR), houses(HOUSE)
    focus = talk("Wie hoch war der Verbrauch von Nachbarhaus gestern?", source=with_neighbour)[0].focus
    for question in ("und vorgestern?", "und in Euro?", "warum?", "der andere?", "beide zusammen?", "Wie groß ist der Unterschied?"):
        for sure in (False, True):
            answer = respond(without, question, case().now, uuid4, Talk(focus, sure))
            text = "" if answer is None else " ".join((said(answer), str(answer.facts), str(answer.focus), str(answer.turn)))
            assert "N-7" not in text, question
            assert "Nachbarhaus" not in text, question


def test_a_question_that_no_data_answer_leaves_the_focus_where_it_was() -> None:
    first, wrong, again = talk(OF_HOUSE, "und am 31.2.?", "und vorgestern?")
    assert (wrong.status, wrong.focus) == ("refused", first.focus)
    assert said(again) == said(talk(OF_HOUSE, "und vorgestern?")[1])


def test_a_focus_that_asks_for_what_nobody_knows_is_not_read() -> None:
    (kept,) = focus_of(Before(), (of(HOUSE),)).asked
    assert before_of(DataFocus((dict(kept) | {"ask": "gibt-es-nicht"}, kept)), (HOUSE,), sure=False).asked == (of(HOUSE),)


def steps(before: Period, text: str) -> list[Period]:
    """The periods that a folded text counts from another."""
    return [one.period for one in stepped_from(before, text) if one.period is not None]


DAY, MONTH = of_days(date(2026, 11, 20), date(2026, 11, 20)), of_days(date(2026, 3, 1), date(2026, 3, 31))
WEEK, YEAR = of_days(date(2026, 11, 9), date(2026, 11, 15)), of_days(date(2025, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        (DAY, "am Tag davor", "am 19.11.2026"),
        (DAY, "am Vortag", "am 19.11.2026"),
        (DAY, "am Tag danach", "am 21.11.2026"),
        (DAY, "in der Woche davor", "am 13.11.2026"),
        (DAY, "ein Jahr früher", "am 20.11.2025"),
        (MONTH, "im Monat davor", "im Februar 2026"),
        (MONTH, "im Vormonat", "im Februar 2026"),
        (MONTH, "im Folgemonat", "im April 2026"),
        (MONTH, "im Jahr davor", "im März 2025"),
        (MONTH, "im gleichen Monat im letzten Jahr", "im März 2025"),
        (MONTH, "und davor", "im Februar 2026"),
        (WEEK, "in der Woche davor", "in KW 45/2026 (02.11.2026 bis 08.11.2026)"),
        (WEEK, "in der Vorwoche", "in KW 45/2026 (02.11.2026 bis 08.11.2026)"),
        (WEEK, "und davor", "in KW 45/2026 (02.11.2026 bis 08.11.2026)"),
        (YEAR, "im Jahr davor", "im Jahr 2024"),
        (YEAR, "und zuvor", "im Jahr 2024"),
        (DAY, "und davor", "am 19.11.2026"),
    ],
)
def test_steps_count_from_the_period_spoken_of(before: Period, text: str, expected: str) -> None:
    assert [describe(one) for one in steps(before, folded(text, ()))] == [expected]


@pytest.mark.parametrize("text", ["gestern", "der andere", "in euro", "", "am tag"])
def test_what_is_no_step_names_no_period(text: str) -> None:
    assert stepped_from(DAY, text) == []


def test_steps_go_over_the_change_of_clocks_by_whole_days() -> None:
    for first in (date(2026, 3, 29), date(2026, 10, 25)):
        (step,) = steps(of_days(first, first), "am tag davor")
        assert step.seconds == 86_400
        assert steps(step, "am tag danach") == [of_days(first, first)]


PERIODS = st.builds(
    lambda start, length, hours, days: Period(start, start + length, hours, days),
    st.integers(0, 4_000_000_000), st.integers(1, 800 * 86_400), st.sampled_from([None, (1320, 360), (420, 540)]),
    st.sampled_from(["", "weekday", "weekend"]),
)  # fmt: skip
STEPS = st.sampled_from(["am tag davor", "im jahr davor", "im monat danach", "vorwoche", "davor", "im selben monat", "am gleichen tag"])


@given(PERIODS, st.one_of(st.text(max_size=200), STEPS, st.builds("{} {}".format, STEPS, STEPS)))
def test_a_step_from_any_period_lies_in_the_text(before: Period, text: str) -> None:
    for one in stepped_from(before, text):
        assert 0 <= one.start < one.end <= len(text)
    assert all((one.hours, one.days) == (before.hours, before.days) for one in steps(before, text))


@given(st.text(max_size=500))
def test_any_text_can_be_written_out(text: str) -> None:
    assert isinstance(written_out(text), str)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("wars gestan viel", "war es gestern viel"),
        ("how much yesterday", "wieviel gestern"),
        ("what happened at 5pm the day before", "17:00 uhr am tag davor"),
        ("was ist jetz", "was ist jetzt"),
    ],
)
def test_short_and_english_words_are_written_out(text: str, written: str) -> None:
    assert written in written_out(text)


WORDS = (
    "und", "oder", "wie", "hoch", "war", "der", "verbrauch", "H1", "H2", "gestern", "vorgestern", "davor", "danach", "tag", "monat", "jahr",
    "woche", "letzte", "zusammen", "beide", "anderen", "euro", "ct", "kw", "kwh", "warum", "prozent", "mehr", "weniger", "als", "im", "zum",
    "vergleich", "zu", "preis", "günstigste", "stunden", "3", "31.2.", "2024", "KW", "12", "zwischen", "17", "20", "uhr", "wochenende",
    "and", "the", "before", "?", ".", "spitze", "grundlast", "erzeugung", "schnitt", "morgen", "heute", "nacht", "§",
)  # fmt: skip


@settings(max_examples=150, derandomize=True)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join), min_size=1, max_size=3))
def test_whatever_is_said_next_to_a_named_meter_is_answered_or_not_but_never_breaks(texts: list[str]) -> None:
    focus = talk(OF_HOUSE)[0].focus
    for text in texts:
        answer = respond(houses(), text, case().now, uuid4, Talk(focus))
        if answer is not None:
            assert answer.sentences
            assert answer.status == "refused" or is_english(text) or invented(answer) == []
            focus = answer.focus


ASKED = (
    "Wie hoch war der Verbrauch von Haus am Anger gestern?",
    "Lastspitze von Laden am Markt letzte Woche?",
    "Was hat Haus am Anger gestern gekostet?",
    "Wie hoch war die Grundlast von Haus am Anger im Oktober?",
    "Warum war der Verbrauch von Haus am Anger gestern so hoch?",
    "Wann war der Strom gestern am günstigsten?",
    "Wann ist der Strom heute am teuersten?",
    "Wie groß war der Spread gestern?",
    "Wie autark war Haus am Anger im Juni?",
    "Wie viel hat Haus am Anger im Juni eingespeist?",
    "Lastfaktor von Laden am Markt im Juni?",
    "Hat Haus am Anger im Mai mehr verbraucht als im April?",
    "Hat Haus am Anger gestern mehr verbraucht als Laden am Markt?",
    "Wie viel haben Haus am Anger und Laden am Markt gestern zusammen verbraucht?",
    "Fehlen Werte bei Haus am Anger im Mai?",
)


@pytest.mark.parametrize("question", ASKED)
def test_a_question_said_in_full_is_the_same_question(question: str) -> None:
    found = read(question, NOW, (HOUSE, SHOP))
    assert isinstance(found, tuple)
    full = restated(found[0], int(NOW.timestamp()))
    assert read(full, NOW, (HOUSE, SHOP)) == found[:1], full


def test_an_answer_says_how_its_question_was_understood() -> None:
    _, other = talk(OF_HOUSE, "und der andere Zähler?")
    assert other.turn is not None
    assert other.turn.question.startswith("Wie hoch war der Verbrauch von Laden am Markt am ")
    assert (other.turn.meter_id, other.turn.unit) == ("H2", "kWh")
    assert other.turn.start is not None and other.turn.start.endswith("Z")


def periods_of(*questions: str) -> list[str]:
    """The period of each question of a talk, each going on with the ones before."""
    return [line(*questions[: number + 1])[2] for number in range(len(questions))]


def test_another_day_is_asked_for_in_the_hour_of_the_one_before() -> None:
    assert periods_of("Börsenpreis gestern um 13 Uhr?", "heute", "morgen auch", "und nachts um drei?") == [
        "am 20.11.2026 von 13:00 bis 14:00 Uhr",
        "am 21.11.2026 von 13:00 bis 14:00 Uhr",
        "am 22.11.2026 von 13:00 bis 14:00 Uhr",
        "am 22.11.2026 von 03:00 bis 04:00 Uhr",
    ]
    assert periods_of("preis nachmittag um 4, heute", "gestern dasselbe fenster", "und vorgestern den ganzen Tag?") == [
        "am 21.11.2026 von 16:00 bis 17:00 Uhr",
        "am 20.11.2026 von 16:00 bis 17:00 Uhr",
        "am 19.11.2026",
    ]


def test_hours_of_use_are_kept_only_where_that_is_said() -> None:
    first = "Verbrauch von H1 gestern von 18 bis 22 Uhr?"
    assert periods_of(first, "und vorgestern?")[1] == "am 19.11.2026"
    assert periods_of(first, "und vorgestern zur gleichen Zeit?")[1] == "am 19.11.2026 von 18:00 bis 22:00 Uhr"


def test_the_hours_of_a_day_that_is_going_on_are_not_those_of_another() -> None:
    assert periods_of("Wie hoch ist der Börsenpreis heute?", "und gestern?")[1] == "am 20.11.2026"


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("Sockel H1 letzte Woche", "base"),
        ("Was brummt bei H1 nachts eigentlich durch, letzte Woche?", "base"),
        ("das was bei H1 immer läuft, gestern", "base"),
        ("last max H1 letzter monat", "peak"),
        ("gestern bei H1, höchster ausschlag?", "peak"),
        ("h1 letzte woche euro", "cost"),
        ("was war gestern die schlimmste stunde preislich", "dearest"),
    ],
)
def test_figures_are_asked_for_in_words_of_every_day(text: str, ask: str) -> None:
    found = read(text, NOW, (HOUSE, SHOP), Before((), True))
    assert isinstance(found, tuple) and found[0].ask == ask


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("um drei", "um 3 uhr"),
        ("nachmittags um 4", "um 16 uhr"),
        ("um 8 abends", "um 20 uhr"),
        ("um drei prozent", "um drei prozent"),
        ("um 5 kwh mehr", "um 5 kwh mehr"),
        ("um 7:30 uhr", "um 7:30 uhr"),
        ("um 12 uhr", "um 12 uhr"),
    ],
)
def test_hours_without_their_word_are_written_out(text: str, written: str) -> None:
    assert written_out(text) == written
