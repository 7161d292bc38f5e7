"""Questions about Nova find what is said about it, and lead to the page where it is done."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nova.answers import heard
from nova.answers.heard import HELP_FITS, listen
from nova.answers.help import page_of
from nova.answers.numbers import SURELY_RULE
from nova.answers.rules.map import Hit, shipped_map
from nova.answers.turn.focus import NOTHING
from nova.answers.turn.helping import help_book
from nova.answers.turn.spoken import NEEDED, NO_HELP, STAFF_ONLY, Spoken, spoken
from nova.answers.turn.understand import Turn, understand
from nova.records import Scope
from nova.roles import Role

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


EVERYDAY = (
    ("Wo sehe ich die Börsenpreise?", "markt-preise"),
    ("Wie kann ich meine Einwilligung widerrufen?", "einwilligung-widerrufen"),
    ("Wo finde ich meine alten Antworten?", "verlauf"),
    ("Wie schalte ich die Zwei-Faktor-Anmeldung ein?", "zweiter-faktor"),
    ("Wie benenne ich meinen Zähler um?", "zaehler-pflegen"),
    ("wie stell ich auf dunkel um", "dunkel"),
    ("Wie exportiere ich meine Werte als CSV?", "rohdaten"),
    ("Wie lade ich eine Datei mit Messwerten hoch?", "messwerte-aufnehmen"),
    ("Ich hab mein Passwort vergessen", "passwort-vergessen"),
    ("Wie gebe ich eine Rückmeldung zu einer Antwort?", "daumen"),
    ("Wie kann ich die Sprache umstellen?", "sprache"),
    ("Wie lade ich ein Dokument hoch?", "dokument-hochladen"),
    ("Wie funktioniert die Vorhersage?", "vorhersage"),
    ("Wie lösche ich meine Daten?", "alles-loeschen"),
)
OF_LAW = (
    "Ab wann darf man mir den Strom abdrehen?",
    "Muss ich den Ableser in die Wohnung lassen?",
    "Wie kündige ich meinen Grundversorgungsvertrag?",
    "Wer trägt die Kosten des Netzanschlusses?",
    "Wie melde ich eine Wallbox beim Netzbetreiber an?",
    "Wie kann ich meinen Zähler prüfen lassen?",
    "Darf der Versorger meine Verbrauchsdaten weitergeben?",
    "Was muss auf der Rechnung stehen?",
    "Wie hoch darf der Abschlag sein?",
    "Wie wechsle ich den Messstellenbetreiber?",
)


def turn(text: str = "Wie ändere ich mein Passwort?") -> Turn:
    return understand(text, NOTHING, shipped_map(), help_book())


def told(text: str, *, staff: bool) -> Spoken:
    said = spoken(turn(text), NOW, asked_back=False, staff=staff)
    assert said is not None
    return said


def test_every_topic_says_something_that_somebody_asks_for() -> None:
    topics = help_book().topics
    assert len({one.topic_id for one in topics}) == len(topics)
    for one in topics:
        assert one.text and one.ask and one.roles, one.topic_id
        assert set(one.roles) <= set(get_args(Role)), one.topic_id
        assert bool(one.route) == bool(one.page), one.topic_id
        assert len(set(one.ask)) == len(one.ask), one.topic_id


def test_a_topic_leads_to_a_page_that_has_help() -> None:
    for one in help_book().topics:
        assert not one.route or page_of(one.route).route != "/" or one.route == "/", one.topic_id


def test_a_topic_is_found_by_each_of_its_own_questions() -> None:
    book = help_book()
    lost = [(text, one.topic_id) for one in book.topics for text in one.ask if book.near(text)[0].topic_id != one.topic_id]
    assert len(lost) <= sum(len(one.ask) for one in book.topics) // 50, lost


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Wie ändere ich mein Passwort?", "passwort-aendern"),
        ("Ich hab mein Passwort vergessen, was nun?", "passwort-vergessen"),
        ("Was bedeutet eigentlich nicht belegt?", "nicht-belegt"),
        ("Welche Fragen kannst du beantworten?", "was-luna-kann"),
        ("Kann ich mehrere Sachen auf einmal fragen?", "wie-fragen"),
    ],
)
def test_the_nearest_topic_is_meant(text: str, topic: str) -> None:
    found, nearness = help_book().near(text)
    assert found.topic_id == topic
    assert nearness > NEEDED[0][1]


def test_what_goes_on_stays_near_the_page_told_before() -> None:
    book = help_book()
    first = {one.page: one.topic_id for one in reversed(book.topics)}
    asked = [(other.then[0], other.topic_id, first[other.page]) for other in book.topics if other.page and other.then]
    behind = sum(book.near(text, before)[0].topic_id == right for text, right, before in asked)
    alone = sum(book.near(text, "fremd")[0].topic_id == right for text, right, _ in asked)
    assert behind > alone
    found, nearness = book.near("und wenn ich es vergessen habe?", "passwort-aendern")
    assert found.topic_id == "passwort-vergessen"
    assert nearness > NEEDED[0][1]


def test_what_is_told_leads_to_its_page() -> None:
    said = told("Wie ändere ich mein Passwort?", staff=False)
    assert (said.outcome, said.topic, said.route) == ("help", "passwort-aendern", "/einstellungen")
    assert "Einstellungen" in " ".join(said.sentences)


def test_what_only_staff_can_do_is_said_to_be_done_by_staff() -> None:
    mine = next(one for one in help_book().topics if "customer" not in one.roles)
    one_turn = replace(turn(), topic=mine)
    customer, staff = (spoken(one_turn, NOW, asked_back=False, staff=one) for one in (False, True))
    assert customer is not None and staff is not None
    assert customer.topic == staff.topic == mine.topic_id
    assert STAFF_ONLY in customer.sentences
    assert STAFF_ONLY not in staff.sentences


def test_what_no_topic_is_about_is_said_to_be_unknown() -> None:
    one_turn = replace(turn(), nearness=NEEDED[0][1] - 0.01)
    said = spoken(one_turn, NOW, asked_back=False, staff=False)
    assert said is not None
    assert (said.sentences, said.topic, said.route) == ((NO_HELP,), "", "")


def test_a_page_that_the_text_names_is_not_named_again() -> None:
    for topic in help_book().topics:
        one_turn = replace(turn(), topic=topic)
        said = spoken(one_turn, NOW, asked_back=False, staff=True)
        assert said is not None
        assert said.sentences[0] == topic.text
        assert not topic.page or sum(f"{topic.page}" in one for one in said.sentences) == 1, topic.topic_id


@pytest.mark.parametrize(("text", "topic"), EVERYDAY)
def test_an_everyday_question_about_nova_is_told_its_topic(text: str, topic: str) -> None:
    found = listen(text, NOTHING, shipped_map(), help_book(), (), Scope(), NOW)
    assert found.turn.kind == "help"
    assert found.spoken is not None
    assert (found.spoken.outcome, found.spoken.topic) == ("help", topic)


@pytest.mark.parametrize("text", OF_LAW)
def test_a_question_of_law_becomes_no_help(text: str) -> None:
    found = listen(text, NOTHING, shipped_map(), help_book(), (), Scope(), NOW)
    assert (found.turn.kind, found.searches, found.spoken) == ("law", True, None)


def test_the_surer_help_is_wanted_the_less_near_a_topic_has_to_be() -> None:
    sure, needed = [one for one, _ in NEEDED], [one for _, one in NEEDED]
    assert sure == sorted(sure, reverse=True) and sure[-1] == 0.0
    assert needed == sorted(needed)


@pytest.mark.parametrize(
    ("sure", "nearness", "helps"),
    [
        (0.99, 0.23, True),
        (0.99, 0.21, False),
        (0.95, 0.23, True),
        (0.94, 0.23, False),
        (0.8, 0.36, True),
        (0.8, 0.34, False),
        (0.69, 0.36, False),
        (0.5, 0.56, True),
        (0.5, 0.54, False),
        (0.0, 0.56, True),
    ],
)
def test_a_topic_is_told_where_it_is_near_enough_for_how_likely_help_is_wanted(sure: float, nearness: float, helps: bool) -> None:
    said = spoken(replace(turn(), sure=sure, nearness=nearness), NOW, asked_back=False, staff=False)
    assert said is not None
    assert (said.outcome, said.topic) == (("help", "passwort-aendern") if helps else ("refused", ""))
    assert helps or said.sentences == (NO_HELP,)


@pytest.mark.parametrize(
    ("nearness", "sure", "rule", "searched"),
    [
        (0.6, HELP_FITS, 0.0, False),
        (HELP_FITS - 0.01, 1.0, 0.0, True),  # perhaps a document of the company's tells it better
        (1.0, HELP_FITS - 0.01, 0.0, True),
        (1.0, 1.0, SURELY_RULE, True),  # a rule of law may be meant
        (1.0, 1.0, SURELY_RULE - 0.01, False),
    ],
)
def test_help_that_fits_is_told_without_a_search(
    monkeypatch: pytest.MonkeyPatch, nearness: float, sure: float, rule: float, searched: bool
) -> None:
    plain = turn()
    some = shipped_map().rules[0]
    one_turn = replace(plain, nearness=nearness, sure=sure, hits=(Hit(some, rule),), chances=dict.fromkeys(plain.chances, 0.0))
    monkeypatch.setattr(heard, "understand", lambda *_: one_turn)
    found = listen(plain.text, NOTHING, shipped_map(), help_book(), (), Scope(), NOW)
    assert found.spoken is not None
    assert (found.spoken.outcome, found.searches) == ("help", searched)


def test_what_is_nobodys_is_looked_up_however_surely_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    one_turn = replace(turn("Wie ist das Wetter?"), kind="outside", sure=1.0, nearness=1.0, hits=())
    monkeypatch.setattr(heard, "understand", lambda *_: one_turn)
    found = listen(one_turn.text, NOTHING, shipped_map(), help_book(), (), Scope(), NOW)
    assert found.spoken is not None
    assert (found.spoken.outcome, found.searches) == ("refused", True)


@pytest.mark.parametrize("text", ["Wo sehe ich die Börsenpreise?", "wie stell ich auf dunkel um", "Ich hab mein Passwort vergessen"])
def test_what_is_surely_help_is_not_searched_for(text: str) -> None:
    assert not listen(text, NOTHING, shipped_map(), help_book(), (), Scope(), NOW).searches


@settings(max_examples=50)
@given(st.text(max_size=200), st.sampled_from(["", "passwort-aendern", "gibt-es-nicht"]))
def test_any_text_has_a_nearest_topic(text: str, after: str) -> None:
    found, nearness = help_book().near(text, after)
    assert found in help_book().topics
    assert 0 <= nearness < 1.3
