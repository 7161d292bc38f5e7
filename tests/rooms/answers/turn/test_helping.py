"""Questions about Nova find what is said about it, and lead to the page where it is done."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nova.answers.help import page_of
from nova.answers.rules.map import shipped_map
from nova.answers.turn.focus import NOTHING
from nova.answers.turn.helping import help_book
from nova.answers.turn.spoken import NEEDED, NO_HELP, STAFF_ONLY, Spoken, spoken
from nova.answers.turn.understand import understand
from nova.roles import Role

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def told(text: str, *, staff: bool) -> Spoken:
    said = spoken(understand(text, NOTHING, shipped_map(), help_book()), NOW, asked_back=False, staff=staff)
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
    first = book.topics[0]
    for other in book.topics:
        if other.page == first.page and other.then:
            assert book.near(other.then[0], first.topic_id)[1] >= book.near(other.then[0], "gibt-es-nicht")[1], other.topic_id
    found, nearness = book.near("und wenn ich es vergessen habe?", "passwort-aendern")
    assert found.topic_id == "passwort-vergessen"
    assert nearness > NEEDED[0][1]


def test_what_is_told_leads_to_its_page() -> None:
    said = told("Wie ändere ich mein Passwort?", staff=False)
    assert (said.outcome, said.topic, said.route) == ("help", "passwort-aendern", "/einstellungen")
    assert "Einstellungen" in " ".join(said.sentences)


def test_what_only_staff_can_do_is_said_to_be_done_by_staff() -> None:
    mine = next(one for one in help_book().topics if "customer" not in one.roles)
    turn = replace(understand("Wie ändere ich mein Passwort?", NOTHING, shipped_map(), help_book()), topic=mine)
    customer, staff = (spoken(turn, NOW, asked_back=False, staff=one) for one in (False, True))
    assert customer is not None and staff is not None
    assert customer.topic == staff.topic == mine.topic_id
    assert STAFF_ONLY in customer.sentences
    assert STAFF_ONLY not in staff.sentences


def test_what_no_topic_is_about_is_said_to_be_unknown() -> None:
    turn = replace(understand("Wie ändere ich mein Passwort?", NOTHING, shipped_map(), help_book()), nearness=NEEDED[0][1] - 0.01)
    said = spoken(turn, NOW, asked_back=False, staff=False)
    assert said is not None
    assert (said.sentences, said.topic, said.route) == ((NO_HELP,), "", "")


def test_a_page_that_the_text_names_is_not_named_again() -> None:
    for topic in help_book().topics:
        turn = replace(understand("Wie ändere ich mein Passwort?", NOTHING, shipped_map(), help_book()), topic=topic)
        said = spoken(turn, NOW, asked_back=False, staff=True)
        assert said is not None
        assert said.sentences[0] == topic.text
        assert not topic.page or sum(f"{topic.page}" in one for one in said.sentences) == 1, topic.topic_id


@settings(max_examples=50)
@given(st.text(max_size=200), st.sampled_from(["", "passwort-aendern", "gibt-es-nicht"]))
def test_any_text_has_a_nearest_topic(text: str, after: str) -> None:
    found, nearness = help_book().near(text, after)
    assert found in help_book().topics
    assert 0 <= nearness < 1.3
