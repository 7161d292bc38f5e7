"""How sure an answer is: one number of signals, the map of rules and what no law holds; by it an answer is given or refused."""

import math
from dataclasses import replace
from datetime import UTC, datetime
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.answers.ask import AskContext, Question, ask
from nova.answers.check import abstain
from nova.answers.check.abstain import (
    BEYOND,
    CLOSE,
    DOUBT,
    HINTED,
    LAW,
    MOST_DOUBT,
    NOTHING,
    SURE_AGAIN,
    SURELY,
    Refusal,
    decide,
    margin,
    threshold,
)
from nova.answers.check.beyond import FILE, beyond
from nova.answers.check.knew import knew
from nova.answers.heard import listen
from nova.answers.replay import margin as margin_again
from nova.answers.rules.hints import Hint
from nova.answers.search.retrieve import Sources
from nova.answers.turn.focus import NOTHING as NO_FOCUS
from nova.records import Scope
from tests.rooms.answers.shelf import ANALYSER, MemoryShelf, found_for, house, laws, reading_of

POWER_CUT = "Ab wann darf man mir den Strom abdrehen?"
COLOUR = "Welche Farbe hat der Hausanschlusskasten?"
OF_LAW = (
    POWER_CUT,
    "Mit welcher Frist kann der Grundversorgungsvertrag gekündigt werden?",
    "Wer trägt die Kosten des Netzanschlusses?",
    "Muss ich den Ableser in die Wohnung lassen?",
    "Darf der Grundversorger eine Vorauszahlung verlangen?",
    "Welche Frist gilt für die Ankündigung der Versorgungsunterbrechung?",
)
OF_NO_LAW = (
    "Wie hoch ist der Arbeitspreis der Stadtwerke Musterstadt heute?",
    "Wie hoch ist die Sperrgebühr der Stadtwerke Musterstadt?",
    "Wie viele Haushalte wurden 2023 in Deutschland gesperrt?",
    "Wie viel Kilowatt hat eine Wärmepumpe üblicherweise?",
)
CANTEEN = """# Hausordnung der Kantine

## Öffnung

Die Kantine ist vormittags für alle Beschäftigten geöffnet. Gäste melden sich am Empfang an.
"""
SAME_CANTEEN = "Für wen ist die Kantine vormittags geöffnet?"
Patched = pytest.MonkeyPatch


def reached(text: str, *, follows: bool = False, doubt: float = 0.0, context: AskContext | None = None) -> float:
    found, chosen = found_for(context or laws(), text)
    return margin(found, chosen, ANALYSER, follows=follows, doubt=doubt)


def refused(text: str) -> Refusal | None:
    found, chosen = found_for(laws(), text)
    return decide(found, chosen, ANALYSER)


def kept(context: AskContext) -> dict[str, object]:
    assert isinstance(context.shelf, MemoryShelf)
    return dict(context.shelf.kept[-1].retrieval)


@pytest.mark.parametrize("text", OF_NO_LAW)
def test_what_no_law_holds_is_told_from_the_question(text: str) -> None:
    assert beyond(text) > 0
    assert refused(text) is not None


@pytest.mark.parametrize("text", OF_LAW)
def test_what_laws_answer_is_told_from_the_question(text: str) -> None:
    assert beyond(text) < -0.5
    assert refused(text) is None


@given(st.text(max_size=300))
def test_any_question_has_odds(text: str) -> None:
    assert math.isfinite(beyond(text))
    assert beyond(text) == beyond(text)


def test_each_learned_sign_has_one_weight() -> None:
    lines = resources.files("nova.answers.check").joinpath(FILE).read_text("utf-8").splitlines()
    signs = [line.rsplit("\t", 1) for line in lines]
    assert len({sign for sign, _ in signs}) == len(signs) > 1000
    assert all(int(weight) for sign, weight in signs if sign)
    assert "" in {sign for sign, _ in signs}


@pytest.mark.parametrize("odds", [-4.0, 0.0, 3.0])
def test_the_odds_that_no_law_answers_are_weighed(monkeypatch: Patched, odds: float) -> None:
    found, chosen = found_for(laws(), POWER_CUT)
    monkeypatch.setattr(abstain, "beyond", lambda _: 0.0)
    plain = margin(found, chosen, ANALYSER)
    monkeypatch.setattr(abstain, "beyond", lambda _: odds)
    assert margin(found, chosen, ANALYSER) == pytest.approx(plain - BEYOND * odds / threshold(found.size))


def test_likely_questions_of_no_law_are_refused_that_words_alone_would_answer(monkeypatch: Patched) -> None:
    assert refused(POWER_CUT) is None
    monkeypatch.setattr(abstain, "beyond", lambda _: 10.0)
    assert refused(POWER_CUT) is not None


def test_the_rule_whose_sentence_was_chosen_makes_an_answer_surer() -> None:
    found, chosen = found_for(laws(), POWER_CUT)
    blind = replace(found, hints=())
    near = chosen[0].hinted
    assert near > 0.5
    assert margin(found, chosen, ANALYSER) - margin(blind, chosen, ANALYSER) == pytest.approx(HINTED * near / threshold(found.size))
    assert (decide(found, chosen, ANALYSER), decide(blind, chosen, ANALYSER) is None) == (None, False)


def test_a_rule_of_another_sentence_makes_it_no_surer() -> None:
    found, chosen = found_for(laws(), POWER_CUT)
    norm = chosen[0].said.held.text.norm or ""
    other = replace(found, hints=(Hint(norm, "worte die dort nicht stehen", 1.0), Hint("nav:1", "", 1.0)))
    assert margin(other, chosen, ANALYSER) == margin(replace(found, hints=()), chosen, ANALYSER)


def test_a_law_of_the_map_needs_more_than_a_document_of_no_map(monkeypatch: Patched) -> None:
    found, chosen = found_for(laws(), POWER_CUT)
    blind = replace(found, hints=())
    monkeypatch.setattr(abstain, "beyond", lambda _: 0.0)
    of_law = margin(blind, chosen, ANALYSER)
    monkeypatch.setattr(abstain, "mapped_laws", frozenset)
    of_house = margin(blind, chosen, ANALYSER)
    assert of_law == pytest.approx(of_house - LAW / threshold(found.size))
    monkeypatch.setattr(abstain, "beyond", lambda _: 10.0)
    assert margin(blind, chosen, ANALYSER, doubt=1.0) == of_house


def test_what_seems_to_want_something_else_needs_more_of_a_law_and_not_of_a_document() -> None:
    found, _ = found_for(laws(), POWER_CUT)
    assert reached(POWER_CUT) - reached(POWER_CUT, doubt=1.0) == pytest.approx(DOUBT / threshold(found.size))
    assert reached(POWER_CUT) - reached(POWER_CUT, doubt=99.0) == pytest.approx(DOUBT * MOST_DOUBT / threshold(found.size))
    canteen = house(("kantine", CANTEEN))
    assert reached(SAME_CANTEEN, context=canteen) == reached(SAME_CANTEEN, doubt=1.0, context=canteen) > 1


def test_a_term_that_is_defined_is_told_surely(monkeypatch: Patched) -> None:
    monkeypatch.setattr(abstain, "beyond", lambda _: 10.0)
    assert reached("Was ist ein Haushaltskunde?") == SURELY
    assert reached("Wann bin ich Haushaltskunde und muss ich das dem Grundversorger melden?") < 1


def test_what_goes_on_is_answered_by_the_rule_of_what_was_spoken_of(monkeypatch: Patched) -> None:
    monkeypatch.setattr(abstain, "beyond", lambda _: 10.0)
    found, chosen = found_for(laws(), POWER_CUT)
    assert chosen[0].hinted >= SURE_AGAIN
    assert margin(found, chosen, ANALYSER, follows=True) == SURELY > 1 > margin(found, chosen, ANALYSER)
    norm = chosen[0].said.held.text.norm or ""
    spoken, strange = replace(found, hints=(Hint(norm, "", 0.4),)), replace(found, hints=(Hint("nav:1", "", 0.4),))
    assert margin(spoken, chosen, ANALYSER, follows=True) == SURELY
    assert margin(strange, chosen, ANALYSER, follows=True) < 1


@pytest.mark.parametrize("follows", [False, True])
@pytest.mark.parametrize("doubt", [0.0, 1.5])
@pytest.mark.parametrize("text", [POWER_CUT, COLOUR, *OF_NO_LAW, "Was ist ein Haushaltskunde?", "Wie baue ich einen Zähler selbst aus?"])
def test_what_is_kept_of_an_answer_is_the_number_that_decided(text: str, doubt: float, follows: bool) -> None:
    found, chosen = found_for(laws(), text)
    answer = ask(laws(), Question(POWER_CUT))
    number = knew(found, chosen, ANALYSER, answer, follows=follows, doubt=doubt)["margin"]
    assert number == round(margin(found, chosen, ANALYSER, follows=follows, doubt=doubt), 4)
    told = decide(found, chosen, ANALYSER, follows=follows, doubt=doubt)
    untold = told is not None and "dazu steht nicht in" in told.text
    assert untold or (told is None) == (number >= 1)


def test_a_law_that_answers_a_doubted_question_is_kept_with_its_doubt() -> None:
    """The figure `weak` counts what is kept: it must not look surer there than it was when it was decided."""
    text = "soll ich mir ein intelligentes messsystem freiwillig holen"
    answer = ask(laws(), Question(text))
    assert (answer.status, bool(answer.citations)) == ("answered", True)
    context = laws()
    doubt = listen(text, NO_FOCUS, context.rules(), context.helps(), (), Scope(), datetime(2026, 11, 21, tzinfo=UTC)).doubt
    assert kept(context)["margin"] == pytest.approx(reached(text, doubt=doubt), abs=1e-4)
    assert kept(laws())["margin"] != pytest.approx(reached(text), abs=0.01)


def test_a_gap_is_closed_by_the_number_that_an_answer_is_kept_with() -> None:
    context = laws()
    sources = Sources(context.shelf, context.index, context.analyser(), context.vocabulary(), context.memory)
    ask(context, Question(POWER_CUT))
    assert margin_again(POWER_CUT, sources) == pytest.approx(float(str(kept(context)["margin"])), abs=1e-4)
    assert margin_again(COLOUR, sources) == 0
    assert margin_again("Was regelt § 17 StromGVV?", sources) == math.inf


def test_what_nearly_answers_is_named_with_a_question_to_go_on_with() -> None:
    told = refused(COLOUR)
    assert told is not None
    assert told.text == f"{NOTHING} Am nächsten kommt § 6 Absatz 3 NAV."
    assert told.next_question is not None and "NAV" in told.next_question
    answer = ask(laws(), Question(COLOUR))
    assert (answer.status, answer.sentences[0].text, answer.citations) == ("refused", told.text, ())


@pytest.mark.parametrize(
    ("number", "odds", "text"),
    [
        (CLOSE - 0.01, -1.0, NOTHING),
        (CLOSE + 0.01, -1.0, f"{NOTHING} Am nächsten kommt § 6 Absatz 3 NAV."),
        (0.99, -1.0, f"{NOTHING} Am nächsten kommt § 6 Absatz 3 NAV."),
        (0.99, 1.0, NOTHING),  # what no law holds is not near to any
        (1.01, -1.0, None),
        (1.01, 1.0, None),
    ],
)
def test_only_what_nearly_answers_and_laws_may_hold_is_named(monkeypatch: Patched, number: float, odds: float, text: str | None) -> None:
    found, chosen = found_for(laws(), COLOUR)
    monkeypatch.setattr(abstain, "beyond", lambda _: odds)
    missing = (margin(found, chosen, ANALYSER) - number) * threshold(found.size)
    monkeypatch.setattr(abstain, "LAW", LAW + missing)
    assert margin(found, chosen, ANALYSER) == pytest.approx(number)
    told = decide(found, chosen, ANALYSER)
    assert (told and told.text) == text


@pytest.mark.parametrize(
    ("number", "place"),
    [(0.6, ""), (0.9, " Am nächsten kommt § 17 Absatz 2 StromGVV."), (1.2, " Am nächsten kommt § 17 Absatz 2 StromGVV.")],
)
def test_a_place_that_leaves_a_number_open_is_named_where_it_speaks_of_the_matter(monkeypatch: Patched, number: float, place: str) -> None:
    found, chosen = found_for(laws(), "Wie viel Euro kostet die Mahnung?")
    monkeypatch.setattr(abstain, "beyond", lambda _: -1.0)
    monkeypatch.setattr(abstain, "LAW", LAW + (margin(found, chosen, ANALYSER) - number) * threshold(found.size))
    told = decide(found, chosen, ANALYSER)
    assert (told and told.text) == f"Ein Betrag dazu steht nicht in Ihren Unterlagen.{place}"


def test_a_place_of_the_companys_own_documents_is_named_by_its_heading(monkeypatch: Patched) -> None:
    found, chosen = found_for(house(("kantine", CANTEEN)), SAME_CANTEEN)
    monkeypatch.setattr(abstain, "beyond", lambda _: -1.0)
    monkeypatch.setattr(abstain, "THRESHOLD", abstain.THRESHOLD * margin(found, chosen, ANALYSER) / 0.95)
    told = decide(found, chosen, ANALYSER)
    assert told is not None
    assert told.text == f"{NOTHING} Am nächsten kommt „Hausordnung der Kantine“, „Öffnung“."


def test_a_number_told_beside_the_best_statement_answers() -> None:
    found, chosen = found_for(house(("kantine", CANTEEN)), "Um wie viel Uhr ist die Kantine vormittags geöffnet?")
    best, clock = chosen[0], reading_of("Die Kantine öffnet um 7 Uhr.").said[0]
    assert decide(found, [replace(best, near=())], ANALYSER) is not None
    assert decide(found, [replace(best, near=(clock,))], ANALYSER) is None


def test_nothing_found_is_refused_without_a_place() -> None:
    found, _ = found_for(house(), COLOUR)
    assert decide(found, [], ANALYSER) == Refusal(NOTHING, None)
