"""Small talk is answered kindly, in the language and with the greeting of the hour."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.answers.turn.talk import talk

MORNING = datetime(2026, 11, 21, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Danke!", "Gern geschehen"),
        ("vielen dank, hat geholfen", "Gern geschehen"),
        ("Bist du ein Mensch?", "kein Mensch"),
        ("Wer bist du?", "Ich bin Luna"),
        ("Was kannst du?", "Fundstelle"),
        ("Tschüss", "Auf Wiedersehen"),
        ("so ein Saftladen", "tut mir leid"),
        ("erzähl mir einen Witz", "Zähler"),
        ("Quibbel", "Womit kann ich Ihnen helfen"),
    ],
)
def test_talk_is_answered_in_german(text: str, words: str) -> None:
    assert words in talk().answer(text).told(MORNING, english=False)


@pytest.mark.parametrize(("text", "words"), [("thank you", "You are welcome"), ("hello", "Hello! I am Luna"), ("bye", "Goodbye")])
def test_talk_is_answered_in_english(text: str, words: str) -> None:
    assert words in talk().answer(text).told(MORNING, english=True)


@pytest.mark.parametrize(
    ("hour", "greeting"),
    [
        (2, "Guten Abend"),
        (3, "Guten Morgen"),
        (9, "Guten Morgen"),
        (10, "Guten Tag"),
        (16, "Guten Tag"),
        (17, "Guten Abend"),
    ],
)
def test_the_greeting_is_that_of_the_hour_in_berlin(hour: int, greeting: str) -> None:
    now = datetime(2026, 11, 21, hour, tzinfo=UTC)  # an hour less than in Berlin
    assert talk().answer("Hallo").told(now, english=False).startswith(f"{greeting}!")


def test_every_saying_has_both_languages_and_no_gap() -> None:
    sayings = [saying for _, saying in talk().chat] + list(talk().other.values())
    for saying in sayings:
        for english in (True, False):
            told = saying.told(MORNING, english=english)
            assert told.strip() == told != ""
            assert "{" not in told


def test_what_luna_offers_next_is_a_question() -> None:
    assert talk().next_question.endswith("?")


@pytest.mark.parametrize("text", ["Danke!", "Hallo", "ok danke", "Guten Morgen"])
def test_all_of_it_is_talk(text: str) -> None:
    assert talk().share(text) > 0.7


@pytest.mark.parametrize("text", ["Ab wann darf man mir den Strom abdrehen?", "Wie hoch war mein Verbrauch gestern?", "", "?!"])
def test_none_of_it_is_talk(text: str) -> None:
    assert talk().share(text) < 0.2


@given(st.text(max_size=300))
def test_any_text_has_a_share_and_a_saying(text: str) -> None:
    assert 0 <= talk().share(text) <= 1
    assert talk().answer(text).german
