"""Which figure a message wants, in words that the grammar does not know: on lines nobody learned from."""

from datetime import UTC, datetime

import pytest

from nova.energy.explain.parse.asked import Before, Question
from nova.energy.explain.parse.figure_wanted import WORDS, figure_wanted, in_trade_words
from nova.energy.explain.parse.question import read
from nova.energy.explain.parse.subject import subject_of
from nova.energy.source import Meter
from nova.language.fold import fold

NOW = datetime(2026, 11, 21, 14, 22, tzinfo=UTC)
HOUSE = Meter("H1", "Haus am Anger", "household", own=True)


def surely(text: str, *before: Question) -> Question:
    found = read(text, NOW, (HOUSE,), Before(before, sure=True))
    assert isinstance(found, tuple)
    return found[0]


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("Was rauscht nachts so durch, wenn alle schlafen?", "base"),
        ("gestern abend wieviel hat die leitung maximal abgekriegt", "peak"),
        ("was hats mich letzte woche gekostet unterm strich", "cost"),
        ("fehlen bei mir letzte woche irgendwo messungen", "quality"),
        ("wieviel hat das dach gestern runtergeliefert", "production"),
    ],
)
def test_a_figure_is_told_from_words_of_every_day(text: str, ask: str) -> None:
    assert surely(text).ask == ask


@pytest.mark.parametrize("text", ["und vorgestern?", "und im Oktober?", "and last week?"])
@pytest.mark.parametrize("ask", ["energy", "cost", "peak", "production"])
def test_what_only_moves_on_asks_for_the_same(text: str, ask: str) -> None:
    first = surely({"energy": "Verbrauch", "cost": "Kosten", "peak": "Lastspitze", "production": "Erzeugung"}[ask] + " gestern?")
    assert (first.ask, surely(text, first).ask) == (ask, ask)


def test_every_word_of_the_trade_is_read_by_the_grammar() -> None:
    silent = [kind for kind, word in WORDS.items() if kind not in ("sum", "usual", "why", "included") and subject_of(word) is None]
    assert silent == []


def test_a_figure_that_is_named_is_not_replaced_by_one_near_it() -> None:
    text = fold("Wie hoch war mein Verbrauch in KW12?")
    assert figure_wanted(text, None).sure < 1
    assert in_trade_words(text, "energy", None) == text


def test_nothing_is_told_where_nothing_is_likely() -> None:
    assert in_trade_words("xyzzy", None, None) == "xyzzy"
