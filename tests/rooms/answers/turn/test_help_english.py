"""English questions about Nova find their topic and are told in English; questions of law and for data stay what they are."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nova.answers.heard import Heard, listen
from nova.answers.rules.map import shipped_map
from nova.answers.turn import helping_english
from nova.answers.turn.focus import NOTHING, Focus
from nova.answers.turn.helping import HelpBook, help_book
from nova.answers.turn.helping_english import english_help
from nova.answers.turn.spoken import NO_HELP_ENGLISH, STAFF_ONLY, STAFF_ONLY_ENGLISH, Spoken, spoken
from nova.answers.turn.understand import Turn, understand
from nova.language.english import is_english
from nova.records import Scope

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
EVERYDAY = (
    ("where can I see what you have stored about me?", "was-gespeichert"),
    ("who else can read what I type here?", "wer-sieht-fragen"),
    ("How do I change my password?", "passwort-aendern"),
    ("I cannot remember my password, what now?", "passwort-vergessen"),
    ("Is there a dark theme for this page?", "dunkel"),
    ("Is there an app for my phone?", "handy"),
    ("Where do I upload a PDF?", "dokument-hochladen"),
    ("How do I remove a PDF that I uploaded?", "dokument-loeschen"),
    ("Where do I find what I asked you in the past?", "verlauf"),
    ("How could I download everything you keep about me?", "auskunft"),
    ("Please tell me how to close my account for good", "alles-loeschen"),
    ("Where can I revoke the consent I gave?", "einwilligung-widerrufen"),
    ("Do you keep my data in the cloud?", "wo-liegen-daten"),
    ("What does the tiny number after each sentence mean?", "belegnummern"),
    ("How can I rate your answer?", "daumen"),
    ("Can I speak to a human being?", "mensch"),
    ("Where is the chart of my energy usage?", "lastgang"),
    ("How do I export the readings of my meter as a CSV file?", "rohdaten"),
    ("Where do I type in the price I pay per kWh?", "tarif"),
    ("Why is there a gap in the line of the chart?", "fehlende-werte"),
    ("Will you send me a notification when the price is low?", "preis-nachricht"),
    ("Can I log in using my fingerprint?", "passkey"),
    ("How do I log out of all my devices?", "sitzungen"),
    ("How do I invite a new colleague?", "einladen"),
    ("Is the website available in English?", "sprache"),
)
BEHIND = (
    ("was-gespeichert", "can I get rid of it?", "alles-loeschen"),
    ("was-gespeichert", "and how long do you keep that?", "wie-lange"),
    ("was-gespeichert", "who can see it?", "wer-sieht-fragen"),
    ("dokument-hochladen", "can I get rid of it?", "dokument-loeschen"),
    ("dokument-hochladen", "who can see them?", "dokument-sichtbar"),
    ("markt-preise", "can I download them?", "preise-herunterladen"),
    ("lastgang", "can I export that?", "rohdaten"),
)
OTHERS = (
    ("When may they cut off my power?", "law"),
    ("Can I terminate basic supply?", "law"),
    ("How high is the electricity tax?", "law"),
    ("Who pays for the grid connection?", "law"),
    ("How long is the notice period for a price increase?", "law"),
    ("Is my landlord allowed to sell me solar power directly?", "law"),
    ("How much did I use yesterday?", "data"),
    ("What was my consumption last week?", "data"),
    ("How much did my electricity cost in March?", "data"),
    ("Terminate my contract please", "action"),
    ("thank you", "talk"),
)
AFTER_HELP = Focus("help", help="passwort-aendern")


def heard(text: str, focus: Focus = NOTHING) -> Heard:
    return listen(text, focus, shipped_map(), help_book(), (), Scope(), NOW)


def said(turn: Turn, *, staff: bool = True) -> Spoken:
    told = spoken(turn, NOW, asked_back=False, staff=staff)
    assert told is not None
    return told


def turn() -> Turn:
    return understand("How do I change my password?", NOTHING, shipped_map(), help_book())


def test_what_wants_no_help_here_is_not_written_down_beside_the_topics() -> None:
    lines = {line for asked in english_help().asked.values() for line in asked} | set(english_help().other)
    assert [text for text, _ in OTHERS if text.rstrip("?") in lines] == []


@pytest.mark.parametrize(("text", "topic"), EVERYDAY)
def test_an_english_question_about_nova_is_told_its_topic_in_english(text: str, topic: str) -> None:
    found = heard(text)
    assert found.turn.kind == "help"
    assert found.spoken is not None
    assert (found.spoken.outcome, found.spoken.topic) == ("help", topic)
    assert found.spoken.sentences[0] == english_help().said[topic]
    assert all(map(is_english, found.spoken.sentences))


@pytest.mark.parametrize(("before", "text", "topic"), BEHIND)
def test_what_goes_on_with_help_is_tried_within_help(before: str, text: str, topic: str) -> None:
    found = heard(text, Focus("help", help=before))
    assert found.spoken is not None
    assert (found.turn.kind, found.spoken.outcome, found.spoken.topic) == ("help", "help", topic)


@pytest.mark.parametrize("focus", [NOTHING, AFTER_HELP])
@pytest.mark.parametrize(("text", "kind"), OTHERS)
def test_what_wants_no_help_becomes_none(text: str, kind: str, focus: Focus) -> None:
    assert understand(text, focus, shipped_map(), help_book()).kind == kind


@pytest.mark.parametrize("text", ["hey, do you speak english as well?", "Can you speak English?", "Do you understand English?"])
def test_whether_she_speaks_english_is_answered_in_english(text: str) -> None:
    found = heard(text)
    assert found.spoken is not None
    assert (found.turn.kind, found.spoken.outcome) == ("talk", "talk")
    assert found.spoken.sentences == ("Yes, just ask in English and I answer in English; laws I quote in German.",)


def test_a_page_is_named_in_english_where_the_text_does_not() -> None:
    topic = replace(help_book().topics[0], page="Einstellungen", english="It works.")
    assert said(replace(turn(), topic=topic)).sentences == ("It works.", "You find that on the page „Einstellungen“.")


def test_what_only_staff_can_do_is_said_in_english() -> None:
    topic = next(one for one in help_book().topics if "customer" not in one.roles)
    one_turn = replace(turn(), topic=topic)
    assert said(one_turn, staff=False).sentences[-1] == STAFF_ONLY_ENGLISH
    assert not {STAFF_ONLY, STAFF_ONLY_ENGLISH} & set(said(one_turn).sentences)


def test_what_no_topic_is_about_is_said_in_english() -> None:
    assert said(replace(turn(), nearness=0.0)).sentences == (NO_HELP_ENGLISH,)


def test_a_topic_without_english_is_told_in_german() -> None:
    book = HelpBook(tuple(replace(one, english="") for one in help_book().topics))
    found = listen("How do I change my password?", NOTHING, shipped_map(), book, (), Scope(), NOW)
    assert found.spoken is not None
    assert found.spoken.topic == "passwort-aendern"
    assert found.spoken.sentences[0].startswith("Unter „Einstellungen“")


def test_every_topic_has_its_english() -> None:
    for topic in help_book().topics:
        assert topic.english == english_help().said[topic.topic_id]
        assert len(english_help().asked[topic.topic_id]) >= 3, topic.topic_id
        assert len(topic.english) <= len(topic.text) + 20, topic.topic_id


def test_no_page_or_button_is_named_that_german_help_does_not_name() -> None:
    german = " ".join(f"{topic.text} „{topic.page}“" for topic in help_book().topics)
    for topic in help_book().topics:
        named = {part.split("“")[0] for part in topic.english.split("„")[1:]}
        assert [name for name in named if name not in german] == [], topic.topic_id


def test_a_topic_is_found_by_each_of_its_english_questions() -> None:
    english = english_help()
    none = [0.0] * len(english.said)
    lines = [(line, topic) for topic, asked in english.asked.items() for line in asked]
    lost = [(line, topic) for line, topic in lines if english.near(line, none)[0] != topic]
    assert len(lost) <= len(lines) // 50, lost


def test_what_wants_no_help_is_nearer_to_its_own_lines() -> None:
    english = english_help()
    none = [0.0] * len(english.said)
    leads = [english.near(line, none)[2] for line in english.other]
    assert sum(lead < 0 for lead in leads) >= 0.95 * len(leads)


@pytest.mark.parametrize(
    "text",
    [
        "alike: []\ntopics: []",
        "alike: []\nsmall: a\nother: []\ntopics:\n  - {id: x, text: y}",
        "alike: []\nsmall: a\nother: []\ntopics: []\nmore: 1",
    ],
)
def test_a_file_with_other_keys_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Folder:
        def joinpath(self, _: str) -> "Folder":
            return self

        def read_text(self, _: str) -> str:
            return text

    monkeypatch.setattr(helping_english.resources, "files", lambda _: Folder())
    with pytest.raises(ValueError, match=r"help_english\.yaml"):
        english_help.__wrapped__()


@settings(max_examples=50)
@given(st.text(max_size=200), st.sampled_from(["", "passwort-aendern", "gibt-es-nicht"]))
def test_any_text_has_a_nearest_topic(text: str, after: str) -> None:
    found, nearness, lead = help_book().near_english(text, after)
    assert found in help_book().topics
    assert 0 <= nearness < 1.3
    assert -1.3 < lead < 1.3
