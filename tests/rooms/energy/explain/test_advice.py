"""Advice from one's own figures: of the meter meant, with facts for every number, and no promise."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nova.energy.explain.advise import asks_when
from nova.energy.explain.facts import holds
from nova.energy.explain.parse.asked import Before
from nova.energy.explain.parse.question import read
from nova.energy.explain.tool import Talk, advised, respond, unproven
from nova.energy.period import instant_of
from nova.energy.source import Meter
from nova.energy.tariff import Terms
from nova.records import DataAnswer
from tests.rooms.energy.explain.test_going_on import HOUSE, NEIGHBOUR, SHOP, Houses, case, houses, said

WISHES = (
    "Wie kann ich Strom sparen?",
    "Lohnt sich ein dynamischer Tarif für mich?",
    "Lohnt sich ein Speicher?",
    "Wie senke ich meine Lastspitze?",
    "Hast du einen Tipp für mich?",
    "Soll ich den Anbieter wechseln?",
)


def told(question: str, source: Houses | None = None, talk: Talk | None = None) -> DataAnswer:
    answer = advised(source or houses(), question, case().now, uuid4, talk or Talk())
    assert answer is not None
    return answer


@pytest.mark.parametrize("wish", WISHES)
def test_advice_says_only_numbers_that_come_out_again(wish: str) -> None:
    answer = told(wish)
    assert answer.status == "answered"
    assert answer.sentences
    assert [unproven(one, answer.facts) for one in answer.sentences if unproven(one, answer.facts)] == []
    assert all(holds(houses(), fact) for fact in answer.facts)


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ("Wie kann ich Strom sparen?", "Standby"),
        ("Lohnt sich ein dynamischer Tarif für mich?", "dynamischer Tarif lohnt sich"),
        ("Lohnt sich ein Speicher?", "Speicher lohnt sich, wenn"),
        ("Bringt mir eine Batterie was?", "Speicher lohnt sich, wenn"),
        ("Wie senke ich meine Lastspitze?", "nicht gleichzeitig laufen"),
    ],
)
def test_each_wish_has_its_advice(wish: str, words: str) -> None:
    assert words in said(told(wish))


@pytest.mark.parametrize("wish", WISHES)
def test_advice_offers_a_question_that_data_answer(wish: str) -> None:
    following = told(wish).next_question
    assert following is not None
    assert respond(houses(), following, case().now) is not None


def test_advice_looks_at_a_year_that_has_passed() -> None:
    turn = told("Wie kann ich Strom sparen?").turn
    assert turn is not None and turn.start is not None and turn.end is not None
    start, end = instant_of(turn.start), instant_of(turn.end)
    assert end <= case().now.timestamp()
    assert 364 <= (end - start) / 86_400 <= 366


@pytest.mark.parametrize(
    ("wish", "meter_id"),
    [("Wie kann ich Strom sparen?", "H1"), ("Wie kann der Laden am Markt Strom sparen?", "H2"), ("Wie senke ich die Spitze von H2?", "H2")],
)
def test_advice_is_for_the_meter_named_or_ones_own(wish: str, meter_id: str) -> None:
    answer = told(wish)
    assert answer.turn is not None
    assert answer.turn.meter_id == meter_id


def test_advice_is_for_the_meter_spoken_of() -> None:
    before = respond(houses(), "Wie hoch war der Verbrauch von Laden am Markt gestern?", case().now)
    assert before is not None
    answer = told("Wie kann man da sparen?", talk=Talk(before.focus))
    assert answer.turn is not None
    assert answer.turn.meter_id == "H2"


def test_advice_never_looks_at_a_meter_of_another_person_first() -> None:
    answer = told("Wie kann ich Strom sparen?", houses(NEIGHBOUR, HOUSE))
    assert answer.turn is not None
    assert answer.turn.meter_id == "H1"


def test_a_focus_of_a_meter_that_may_not_be_seen_is_not_advised_on() -> None:
    before = respond(houses(HOUSE, NEIGHBOUR), "Wie hoch war der Verbrauch von Nachbarhaus gestern?", case().now)
    assert before is not None
    answer = told("Wie kann man da sparen?", houses(HOUSE), Talk(before.focus))
    assert answer.turn is not None
    assert answer.turn.meter_id == "H1"
    assert "N-7" not in str(answer)


def test_without_a_meter_there_is_no_advice() -> None:
    assert advised(Houses((), case().kept), "Wie kann ich Strom sparen?", case().now) is None


@pytest.mark.parametrize(
    "wish",
    ["Wie kann ich Strom sparen?", "Lohnt sich ein Speicher?", "Wie senke ich meine Lastspitze?", "Lohnt sich ein dynamischer Tarif?"],
)
def test_without_readings_advice_is_refused_without_a_number(wish: str) -> None:
    later = datetime(2031, 5, 4, 9, tzinfo=UTC)
    answer = advised(houses(), wish, later)
    assert answer is not None
    assert (answer.status, len(answer.sentences)) == ("refused", 1)
    assert "fehlen Messwerte" in said(answer)
    assert unproven(answer.sentences[0], answer.facts) == []


@pytest.mark.parametrize(
    "wish", ["Wann soll ich mein Auto laden?", "Wann starte ich am besten die Waschmaschine?", "Wann sind die billigsten Stunden?"]
)
def test_advice_on_when_is_answered_from_prices(wish: str) -> None:
    assert asks_when(wish)
    answer = told(wish)
    assert all("H1" not in str(fact.query) for fact in answer.facts)


@pytest.mark.parametrize("wish", WISHES)
def test_other_advice_does_not_ask_when(wish: str) -> None:
    assert not asks_when(wish)


def test_a_question_after_advice_goes_on_with_its_meter() -> None:
    focus = told("Wie kann der Laden am Markt Strom sparen?").focus
    answer = respond(houses(), "und gestern?", case().now, uuid4, Talk(focus))
    assert answer is not None and answer.turn is not None
    assert (answer.status, answer.turn.meter_id) == ("answered", "H2")


def test_a_fixed_price_is_told_beside_that_of_the_exchange_or_said_to_be_unknown() -> None:
    fixed = Meter("H1", "Haus am Anger", "household", own=True, terms=Terms(fixed_ct_kwh=30.0))
    tools = [{str(fact.query["tool"]) for fact in told("Lohnt sich ein Festpreis?", houses(one, SHOP)).facts} for one in (HOUSE, fixed)]
    assert tools == [{"cost_spot"}, {"cost_spot", "cost_fixed"}]


@settings(max_examples=80)
@given(st.text(max_size=200))
def test_any_wish_gets_advice_or_none(wish: str) -> None:
    answer = advised(houses(), wish, case().now)
    assert answer is None or answer.sentences
    assert asks_when(wish) in (True, False)


def test_a_meter_that_nobody_knows_is_not_advised_on_as_another_one() -> None:
    answer = advised(houses(), "Was kann ich tun, damit H9 weniger braucht?", case().now)
    assert answer is not None and answer.status == "refused"
    assert answer.sentences[0].text.startswith("Einen Zähler „H9“ kenne ich nicht.") and answer.facts == ()


@pytest.mark.parametrize(
    ("question", "hours"),
    [
        ("Wann ist der Strom morgen am günstigsten für 2 Stunden?", 2.0),
        ("wann ist morgen strom am billigsten wenn 4 stunden reichen", 4.0),
        ("Wann ist der Strom morgen am teuersten, 3 h lang?", 3.0),
        ("Wann soll ich heute noch waschen?", None),
        ("wann soll ich am besten laden, brauch 5 stunden am stück", 5.0),
    ],
)
def test_the_hours_that_are_needed_are_counted_with(question: str, hours: float | None) -> None:
    asked = read(question, case().now, (HOUSE,), Before((), True))
    assert isinstance(asked, tuple) and [one.hours for one in asked] == [hours]
    assert asked[0].ask in ("window", "cheapest", "dearest")


def test_another_length_goes_on_with_the_cheapest_hours() -> None:
    first = read("Wann ist der Strom morgen am günstigsten?", case().now, (HOUSE,), Before((), True))
    assert isinstance(first, tuple)
    for text, hours in (("und wenn 2 stunden reichen?", 2.0), ("und bei 3h?", 3.0)):
        asked = read(text, case().now, (HOUSE,), Before(first, True))
        assert isinstance(asked, tuple) and (asked[0].ask, asked[0].hours) == ("window", hours)
    dear = read("Wann ist der Strom morgen am teuersten?", case().now, (HOUSE,), Before((), True))
    assert isinstance(dear, tuple)
    asked = read("und für 2 Stunden?", case().now, (HOUSE,), Before(dear, True))
    assert isinstance(asked, tuple) and (asked[0].ask, asked[0].hours) == ("dearest", 2.0)
    few = read("und die 3 günstigsten Stunden?", case().now, (HOUSE,), Before(first, True))
    assert isinstance(few, tuple) and few[0].ask == "cheapest" and few[0].top is not None
