"""What seems to want something else than the law is looked up all the same; a law has to be surer of it then, the company's papers not."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import uuid4

import pytest

from nova.answers.ask import AskContext, Question, ask
from nova.answers.check import abstain
from nova.answers.heard import HARDLY_EVER, Heard, listen
from nova.answers.turn.focus import NOTHING
from nova.records import Scope
from tests.rooms.answers.shelf import MemoryShelf, house, laws

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
BRANCHES = "Lohnt sich der wettbewerbliche Messstellenbetrieb für eine Filialkette?"
SMART = "soll ich mir ein intelligentes messsystem freiwillig holen"
POWER_CUT = "Ab wann darf man mir den Strom abdrehen?"
CANTEEN = """# Hausordnung der Kantine

## Öffnung

Die Kantine hat werktags von 11 bis 14 Uhr geöffnet. Der Speiseplan hängt am Empfang.
"""


@lru_cache(maxsize=1)
def canteen() -> AskContext:
    return house(("kantine", CANTEEN))


def heard(text: str) -> Heard:
    context = laws()
    return listen(text, NOTHING, context.rules(), context.helps(), (), Scope(), NOW)


def kept(context: AskContext) -> Mapping[str, Any]:
    assert isinstance(context.shelf, MemoryShelf)
    return context.shelf.kept[-1].retrieval


@pytest.mark.parametrize(
    "text", [BRANCHES, SMART, "Wann hat die Kantine geöffnet?", "Wo hängt der Speiseplan?", "Wie ist das Wetter morgen?"]
)
def test_what_seems_to_want_something_else_is_searched_in_doubt(text: str) -> None:
    found = heard(text)
    assert found.turn.kind not in ("law", "mixed")
    assert found.searches and found.doubt > 0 and found.sentences()


@pytest.mark.parametrize("text", [POWER_CUT, "Was regelt § 17 StromGVV?", "Mit welcher Frist kann der Vertrag gekündigt werden?"])
def test_a_question_of_law_is_searched_without_doubt(text: str) -> None:
    assert (heard(text).searches, heard(text).doubt) == (True, 0.0)


def test_a_law_that_would_just_answer_leaves_a_doubted_question_to_who_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    doubted = ask(laws(), Question(BRANCHES))
    assert (doubted.outcome, doubted.citations) == ("asked_back", ())
    assert [one.text for one in doubted.sentences] == [one.text for one in heard(BRANCHES).sentences()]
    monkeypatch.setattr(abstain, "DOUBT", 0.0)
    believed = ask(laws(), Question(BRANCHES))
    assert (believed.outcome, bool(believed.citations)) == ("answered", True)


def test_a_law_that_is_surer_answers_a_doubted_question(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(laws(), Question(SMART)).citations
    monkeypatch.setattr(abstain, "DOUBT", 100.0)
    assert ask(laws(), Question(SMART)).citations == ()


def test_no_doubt_makes_a_question_of_law_harder(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = ask(laws(), Question(POWER_CUT))
    monkeypatch.setattr(abstain, "DOUBT", 100.0)
    assert ask(laws(), Question(POWER_CUT)).sentences == plain.sentences


@pytest.mark.parametrize(
    ("text", "words"), [("Wann hat die Kantine geöffnet?", "von 11 bis 14 Uhr"), ("Wo hängt der Speiseplan?", "hängt am Empfang")]
)
def test_the_companys_own_papers_answer_what_is_no_question_of_law(monkeypatch: pytest.MonkeyPatch, text: str, words: str) -> None:
    monkeypatch.setattr(abstain, "DOUBT", 100.0)
    answer = ask(canteen(), Question(text))
    assert answer.status == "answered"
    assert words in answer.citations[0].quote


@pytest.mark.parametrize("text", ["Wer hat gestern die Bundesliga gewonnen?", "Wie backe ich einen Apfelkuchen?"])
def test_what_no_paper_answers_is_answered_as_it_was_heard(text: str) -> None:
    answer = ask(canteen(), Question(text))
    assert (answer.outcome, answer.citations) == ("refused", ())
    assert [one.text for one in answer.sentences] == [one.text for one in heard(text).sentences()]


def test_what_goes_on_is_kept_as_surely_as_it_was_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    context, talk = laws(), uuid4()
    ask(context, Question(POWER_CUT, conversation_id=talk))
    monkeypatch.setattr(abstain, "beyond", lambda _: 10.0)
    then = ask(context, Question("und wie lange vorher?", conversation_id=talk))
    assert (then.status, bool(then.citations)) == ("answered", True)
    assert kept(context)["margin"] == abstain.SURELY


def test_the_rather_something_else_is_wanted_the_more_the_law_is_doubted() -> None:
    perhaps, surely = heard("Was wird der Strompreis in fünf Jahren kosten?"), heard("Wie ist das Wetter morgen?")
    for one in (perhaps, surely):
        likely = one.turn.chances["law"] + one.turn.chances["mixed"]
        assert one.doubt == pytest.approx(math.log(one.turn.sure / max(likely, HARDLY_EVER)))
    assert ask(laws(), Question("wie widerrufe ich die einwilligung für meine messdaten")).outcome == "help"


def test_of_a_long_story_the_help_to_its_question_is_told() -> None:
    story = (
        "Ich habe wohl einmal angekreuzt, dass meine Angaben benutzt werden dürfen, damals hat mir das meine Tochter eingerichtet und ich"
        " wusste gar nicht, was ich da tue. Wo nehme ich diese Einwilligung zurück?"
    )
    assert heard(story).turn.topic.topic_id == "einwilligung-widerrufen"
    assert heard("Wo nehme ich diese Einwilligung zurück?").turn.nearness == heard(story).turn.nearness
