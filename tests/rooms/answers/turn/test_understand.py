"""A message is understood by its words, by what it is near to and by what the conversation is about."""

from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nova.answers.rules.map import shipped_map
from nova.answers.turn.focus import NOTHING, Focus, LawTopic
from nova.answers.turn.helping import help_book
from nova.answers.turn.understand import Turn, names_law, understand
from nova.answers.turn.wanted import KINDS
from nova.turns import DataFocus

pytestmark = pytest.mark.slow

SPERRE = LawTopic(("stromsperre",), ("stromsperre/Sperre nur ab 100 Euro Verzug",), ("stromgvv:19",))
OF_LAW, OF_DATA = Focus("law", law=(SPERRE,)), Focus("data", data=DataFocus(({"ask": "energy"},)))
OF_HELP = Focus("help", help="passwort-aendern")
FOCUSES = (NOTHING, OF_LAW, OF_DATA, OF_HELP, Focus("talk"), Focus("unclear", asked_back=True), Focus("outside"))


def turn(text: str, focus: Focus = NOTHING) -> Turn:
    return understand(text, focus, shipped_map(), help_book())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ab wann darf man mir den Strom abdrehen?", "law"),
        ("Was regelt § 17 StromGVV?", "law"),
        ("Rechnung mehr als doppelt so hoch, muss ich zahlen?", "law"),
        ("When may they cut off my power?", "law"),
        ("Wie hoch war mein Verbrauch gestern?", "data"),
        ("Wie ändere ich mein Passwort?", "help"),
        ("Hallo", "talk"),
        ("ok danke", "talk"),
        ("Kündige meinen Vertrag", "action"),
        ("Lohnt sich ein dynamischer Tarif für mich?", "advice"),
        ("Wie ist das Wetter?", "outside"),
        ("asdkj", "unclear"),
    ],
)
def test_what_is_wanted_is_told(text: str, kind: str) -> None:
    told = turn(text)
    assert told.kind == kind
    assert not told.follows
    assert told.about is None


def test_a_question_of_law_comes_with_the_rule_that_answers_it() -> None:
    told = turn("Ab welchem Rückstand darf der Strom gesperrt werden?")
    assert "stromgvv:19" in told.hits[0].rule.norms
    assert told.best == told.hits[0].score
    assert [hit.score for hit in told.hits] == sorted((hit.score for hit in told.hits), reverse=True)


def test_an_english_question_finds_the_same_rule() -> None:
    told = turn("When may they cut off my power?")
    assert told.english
    assert told.hits[0].rule.topic == "stromsperre"


@pytest.mark.parametrize("text", ["und wenn ich krank bin?", "und wie lange vorher?", "und für Gas?"])
def test_what_goes_on_with_an_answer_of_law_stays_with_its_topic(text: str) -> None:
    told = turn(text, OF_LAW)
    assert (told.kind, told.follows, told.about) == ("law", True, SPERRE)
    assert told.hits[0].rule.topic == "stromsperre"


def test_another_energy_asks_for_the_rule_told_last() -> None:
    told = turn("und für Gas?", OF_LAW)
    assert [hit.rule.key for hit in told.hits] == list(SPERRE.rules)


@pytest.mark.parametrize("text", ["und gestern?", "und in Euro?", "beide zusammen?", "warum?", "und im Vergleich zu vorgestern?"])
def test_what_goes_on_with_an_answer_of_data_is_for_data(text: str) -> None:
    told = turn(text, OF_DATA)
    assert (told.kind, told.follows, told.for_data) == ("data", True, True)


@pytest.mark.parametrize("focus", [OF_LAW, OF_DATA, OF_HELP])
@pytest.mark.parametrize(("text", "kind"), [("danke", "talk"), ("Hallo Luna", "talk"), ("Wie ändere ich mein Passwort?", "help")])
def test_a_new_wish_is_not_taken_for_the_old_one(focus: Focus, text: str, kind: str) -> None:
    told = turn(text, focus)
    assert (told.kind, told.follows) == (kind, False)


def test_another_question_of_law_begins_anew() -> None:
    told = turn("Wann ist eine Rechnung des Grundversorgers frühestens fällig?", OF_LAW)
    assert told.kind == "law"
    assert told.hits[0].rule.topic != "stromsperre"


def test_data_are_wanted_behind_an_answer_of_law() -> None:
    assert turn("Wie hoch war mein Verbrauch gestern?", OF_LAW).kind == "data"


def test_law_is_wanted_behind_an_answer_of_data() -> None:
    told = turn("Ab wann darf man mir den Strom abdrehen?", OF_DATA)
    assert (told.kind, told.for_data) == ("law", False)


def test_help_goes_on_with_help() -> None:
    told = turn("und wenn ich es vergessen habe?", OF_HELP)
    assert (told.kind, told.topic.topic_id) == ("help", "passwort-vergessen")


@pytest.mark.parametrize(
    ("text", "named"),
    [("Was sagt § 14a EnWG?", True), ("Paragraph 19 StromGVV", True), ("Was sagt das EnWG?", False), ("Hallo", False), ("§", False)],
)
def test_a_provision_is_named_by_its_number(text: str, named: bool) -> None:
    assert names_law(text) is named


@settings(max_examples=150)
@given(st.one_of(st.text(max_size=300), st.text("und ß§€?!.,\n\t\x00'\"[]{}<>0123456789", max_size=100)), st.sampled_from(FOCUSES))
def test_any_message_is_understood_somehow(text: str, focus: Focus) -> None:
    told = turn(text, focus)
    assert told.kind in KINDS
    assert isclose(sum(told.chances.values()), 1)
    assert told.sure == told.chances[told.kind]
    assert told.text == text
    assert len({hit.rule.key for hit in told.hits}) == len(told.hits)


@pytest.mark.parametrize("words", ["und ", "§ 14a ", "Strom abdrehen. ", "wie hoch "])
def test_a_message_of_the_greatest_length_is_understood(words: str) -> None:
    assert turn((words * 2000)[:2000], OF_LAW).kind in KINDS


@pytest.mark.parametrize("text", ["Wie hoch ist die Grundgebühr der Stadtwerke Musterstadt?", "Wo sehe ich, was gefragt wurde?"])
def test_a_question_that_surely_stands_alone_is_not_of_what_was_spoken_of(text: str) -> None:
    spoken = Focus("law", law=(LawTopic(("kuendigung-grundversorgung",), (), ("stromgvv:20",)),))
    found = understand(text, spoken, shipped_map(), help_book())
    assert not found.follows and found.about is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("kann ich bitte mit einem echten Menschen sprechen?", "help"),
        ("Bist du ein Mensch?", "talk"),
        ("Danke Ihnen, jetzt habe ich es schwarz auf weiß!", "talk"),
    ],
)
def test_who_wants_a_person_is_helped_and_who_chats_is_not(text: str, kind: str) -> None:
    assert turn(text).kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "Sagen Sie mir bitte die Kündigungsfrist im Tarif Alma.",
        "Nennen Sie mir bitte die Mahngebühr für den Vertrag Nord.",
        "Könnten Sie mir bitte die Preisgarantie im Tarif Enseena nennen?",
        "Sag mir mal die Sperrgebühr beim Vertrag Delrien",
        "Teilen Sie mir bitte die Zahlungsfrist im Tarif Alma mit.",
        "Erklären Sie uns kurz die Konzessionsabgabe im Netzgebiet West.",
    ],
)
def test_who_asks_to_be_told_something_does_not_want_somebody_to_act(text: str) -> None:
    assert turn(text).kind != "action"


@pytest.mark.parametrize(
    "text", ["Teilen Sie dem Netzbetreiber den Zählerstand mit.", "Nennen Sie meinen Vertrag um.", "Kündigen Sie meinen Vertrag."]
)
def test_who_wants_somebody_to_act_still_does(text: str) -> None:
    assert turn(text).kind == "action"
