"""What a message wants is told from its words alone, for any text, and what was wanted before it counts."""

from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.answers.turn.translate import in_german
from nova.answers.turn.wanted import KINDS, wanted
from nova.language.english import is_english
from nova.language.signs import MOST_WORDS, signs

BEFORE = st.sampled_from((None, *KINDS))


@given(st.text(max_size=300), BEFORE)
def test_likelihoods_of_any_text_add_up_to_one(text: str, before: object) -> None:
    told = wanted(text, before)  # type: ignore[arg-type]
    assert set(told.chances) == set(KINDS)
    assert sum(told.chances.values()) == pytest.approx(1)
    assert all(0 <= chance <= 1 for chance in told.chances.values())
    assert isfinite(told.follows) and 0 <= told.follows <= 1
    assert told.sure == max(told.chances.values()) == told.chances[told.kind]


@given(st.text(max_size=2000))
def test_any_text_has_signs_and_none_is_empty(text: str) -> None:
    found = list(signs(text))
    assert found
    assert all(found)
    assert found == list(signs(text))


@given(st.text(max_size=500))
def test_any_text_is_put_into_german_and_has_a_language(text: str) -> None:
    assert isinstance(in_german(text), str)
    assert is_english(text) in (True, False)


def test_a_long_story_is_told_by_its_beginning_and_end() -> None:
    story = " ".join(f"wort{'abcdefghij'[number % 10]}" for number in range(5 * MOST_WORDS))
    begin, middle, end = (list(signs(f"{one} {story} {other} {story} {last}")) for one, other, last in (
        ("sperre", "egal", "egal"), ("egal", "sperre", "egal"), ("egal", "egal", "sperre"),
    ))  # fmt: skip
    assert "sperre" in begin and "sperre" in end
    assert "sperre" not in middle


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Wie hoch war mein Verbrauch gestern?", "data"),
        ("Wann ist der Strom morgen am günstigsten?", "data"),
        ("Ab wann darf man mir den Strom abdrehen?", "law"),
        ("Wie ändere ich mein Passwort?", "help"),
        ("Hallo Luna!", "talk"),
        ("Vielen Dank!", "talk"),
        ("Kündige bitte meinen Vertrag", "action"),
        ("Lohnt sich ein dynamischer Tarif für mich?", "advice"),
        ("Wer hat gestern die Bundesliga gewonnen?", "outside"),
        ("How much did I use yesterday?", "data"),
    ],
)
def test_a_plain_wish_is_told(text: str, kind: str) -> None:
    assert wanted(text).kind == kind


@pytest.mark.parametrize("text", ["und gestern?", "und am Tag davor?", "und in Euro?", "und vorgestern?"])
def test_what_begins_with_and_goes_on_where_something_was_before(text: str) -> None:
    behind = wanted(text, "data")
    assert behind.follows > 0.5
    assert behind.kind == "data"


@pytest.mark.parametrize("text", ["Wie hoch war mein Verbrauch gestern?", "Wie ändere ich mein Passwort?", "Hallo"])
def test_a_whole_question_goes_on_with_nothing(text: str) -> None:
    assert all(wanted(text, before).follows < 0.5 for before in (None, "law", "help"))


@pytest.mark.parametrize(
    ("text", "german"),
    [
        ("what is the notice period", "Kündigungsfrist"),
        ("HOW LONG may the supplier wait", "wie lange"),
        ("can I cancel my contract in writing", "Vertrag"),
    ],
)
def test_english_words_of_this_trade_become_german_ones(text: str, german: str) -> None:
    assert german in in_german(text)


def test_words_that_the_list_does_not_know_stay() -> None:
    assert in_german("Quibbel, recontracted") == "Quibbel, recontracted"


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("How much did I use yesterday?", True),
        ("and the day before?", True),
        ("Wie hoch war mein Verbrauch gestern?", False),
        ("Was war gestern?", False),
        ("§ 14a EnWG", False),
        ("", False),
        ("und gestern?", False),
        ("mittlere last vom Haus vorletzte Woche?", False),
        ("last week?", True),
    ],
)
def test_english_is_told_from_german(text: str, english: bool) -> None:
    assert is_english(text) is english
