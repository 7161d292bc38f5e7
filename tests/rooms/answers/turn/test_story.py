"""Of a long story the question is read by itself: what is told around it does not decide what is wanted."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.answers.heard import listen
from nova.answers.rules.map import shipped_map
from nova.answers.turn.focus import NOTHING
from nova.answers.turn.helping import help_book
from nova.answers.turn.understand import LONG, SHORT, question_of, understand
from nova.answers.turn.wanted import wanted
from nova.records import DataAnswer, DataFact, DataSentence, Scope
from nova.turns import NO_FOCUS, DataFocus

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
LETTER = (
    "Ich wohne seit drei Jahren hier mit meiner Familie, und gestern kam plötzlich ein dicker Brief vom Versorger,"
    " den ich kaum verstehe und der mich ziemlich erschreckt hat."
)
BAKING = (
    "Guten Tag liebes Team, wir haben am Samstag mit der ganzen Familie gekocht, gewaschen und das Auto geladen,"
    " und der Backofen lief auch den ganzen Nachmittag."
)
ILL = (
    "Mein Mann ist im Krankenhaus, die Kinder sind klein, der Hund ist alt, und jetzt ist auch noch die Heizung kaputt"
    " und der Vermieter geht nicht ans Telefon."
)
NUMBERS = (
    "Im Januar habe ich 312 kWh verbraucht und im Februar 290 kWh, das stand so auf der Abrechnung,"
    " und die Kosten lagen bei 98 Euro und 91 Euro."
)
THANKS = "Vielen Dank im Voraus und einen schönen Abend noch."
USE, PASSWORD, CUT = "Wie hoch war mein Verbrauch gestern?", "Wie ändere ich mein Passwort?", "Ab wann darf man mir den Strom abdrehen?"
COSTS = "Wer trägt die Kosten des Netzanschlusses?"
STORIES = (
    (BAKING, COSTS, "law"),
    (BAKING, PASSWORD, "help"),
    (BAKING, CUT, "law"),
    (LETTER, PASSWORD, "help"),
    (ILL, USE, "data"),
    (ILL, PASSWORD, "help"),
    (NUMBERS, PASSWORD, "help"),
)
FACT = DataFact(UUID(int=1), "Verbrauch", 1.0, "kWh", "1,0 kWh", {"tool": "energy"}, 96)


@pytest.mark.parametrize("story", [LETTER, BAKING, ILL, NUMBERS])
@pytest.mark.parametrize("question", [USE, PASSWORD, CUT])
def test_the_question_of_a_story_is_found_wherever_it_stands(story: str, question: str) -> None:
    for text in (
        f"{story} {question}",
        f"{story}\n{question}\n{THANKS}",
        f"{question} {story}",
        f"Stimmt das? {story} {question} {THANKS}",
    ):
        assert question_of(text) == question


def test_of_several_questions_the_last_is_read() -> None:
    assert question_of(f"{LETTER} {CUT} {THANKS} {PASSWORD} {THANKS}") == PASSWORD


@pytest.mark.parametrize(
    "text",
    [
        CUT,
        f"Hallo Luna! {CUT}",
        f"{LETTER} {THANKS}",  # asks none
        f"{LETTER} Und nun?",  # too short to say what is wanted
        "",
    ],
)
def test_what_is_short_or_asks_nothing_is_read_whole(text: str) -> None:
    assert question_of(text) == text


def test_a_story_begins_at_so_many_words() -> None:
    before = " ".join(["wort"] * (LONG - SHORT))
    assert question_of(f"{before}. Darf er das tun?") == "Darf er das tun?"
    shorter = f"{before[5:]}. Darf er das tun?"
    assert question_of(shorter) == shorter


@given(st.text("aä .?!\n,", max_size=400))
def test_any_text_has_a_question_that_stands_in_it(text: str) -> None:
    found = question_of(text)
    assert found in text
    assert found == text or (found.rstrip().endswith("?") and len(found.split()) >= SHORT)


@pytest.mark.parametrize(("story", "question", "kind"), STORIES)
def test_what_is_wanted_is_told_by_the_question_and_not_by_the_story(story: str, question: str, kind: str) -> None:
    for text in (f"{story} {question}", f"{story} {question} {THANKS}"):
        told = understand(text, NOTHING, shipped_map(), help_book())
        assert told.kind == kind
        assert told.text == text


def test_the_question_counts_twice_and_the_whole_tells_whether_it_goes_on() -> None:
    whole, question = wanted(f"{ILL} {PASSWORD}", "law"), wanted(PASSWORD, "law")
    both = whole.with_part(question)
    for kind, chance in both.chances.items():
        assert chance == pytest.approx((whole.chances[kind] + 2 * question.chances[kind]) / 3)
    assert sum(both.chances.values()) == pytest.approx(1)
    assert both.follows == whole.follows


@dataclass
class Meter:
    """Answers one question alone, in its own words."""

    asked: list[str] = field(default_factory=list)

    def answer(self, question: str, scope: Scope, now: datetime, before: DataFocus = NO_FOCUS, *, sure: bool = False) -> DataAnswer | None:
        self.asked.append(question)
        return DataAnswer("answered", (DataSentence("Es war 1,0 kWh.", (FACT.fact_id,)),), (FACT,)) if question == USE else None

    def advise(self, question: str, scope: Scope, now: datetime, before: DataFocus = NO_FOCUS) -> DataAnswer | None:
        return None


@pytest.mark.parametrize("text", [f"{ILL} {USE}", f"{BAKING} {USE} {THANKS}"])
def test_the_data_are_asked_for_the_question_alone(text: str) -> None:
    meter = Meter()
    found = listen(text, NOTHING, shipped_map(), help_book(), (meter,), Scope(), NOW)
    assert [one.text for one in found.sentences()] == ["Es war 1,0 kWh."]
    assert USE in meter.asked
