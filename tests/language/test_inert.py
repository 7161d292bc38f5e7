"""Words that somebody else wrote keep their sense and lose their form as links, pictures, tags and citation marks."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.language.inert import inert, inert_name
from nova.unseen import UNSEEN

ACTS = re.compile(
    r"!\[|\][(\[:]|<[a-z/!?@#]|\b(?:https?|ftp|javascript|vbscript|data|file):\S|\[\s*(?:chunks?\b|data\b|\d+\s*\])", re.IGNORECASE
)
PIECES = [
    "![a](http://x/y.png)", "[a](http://x)", "[a]: //x", "[a][b]", "![a][b]", "<img src=x>", "</b>", "<!--", "<!channel>",
    "<@U1>", "<http://x|y>",
    "http://x", "HTTPS://x", "javascript:alert(1)", "data:text/html,x", "java\u200bscript:x", "[chunk a1]", "[ CHUNK a1 ]", "[1]",
    "[data x]", "[Daten]", "!", "[", "]", "(", ")", "<", ">", ":", "/", "//x", "a", " ", "\n", "\u202e", "\x1b[31m", "\x9b", "\u200b",
    "![", "](", "]:",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text())
def test_nothing_acts_and_saying_it_twice_changes_nothing(text: str) -> None:
    once = inert(text)
    assert not ACTS.search(once), once
    assert not UNSEEN.search(once)
    assert inert(once) == once
    assert "\n" not in inert_name(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[Plan](http://x/plan) gilt", "Plan gilt"),
        ("[a]http://(//evil.example)", "a"),
        ("!http://[x](y)", "x"),
        ("[chunk a1] und [1]", "⟦chunk a1⟧ und ⟦1⟧"),
        ("§ 14a Absatz 1 [Fassung 2024]", "§ 14a Absatz 1 [Fassung 2024]"),
        ("Wert < 5 und > 3: ja", "Wert < 5 und > 3: ja"),
        ("Preis: 3 €/kWh", "Preis: 3 €/kWh"),
        ("Datei: siehe Anlage", "Datei: siehe Anlage"),
        ("Zeile\nZeile", "Zeile\nZeile"),
    ],
)
def test_the_sense_stays(text: str, shown: str) -> None:
    assert inert(text) == shown


def test_a_name_is_one_line() -> None:
    assert inert_name("# Akte\n\n![x](http://y)\t\u202e Ende ") == "# Akte x Ende"


@pytest.mark.parametrize(
    "text", ["[" * 20_000, "](" * 10_000, "![a](" * 5_000 + "x", "<" * 20_000, "[chunk " * 5_000, "http://" * 5_000 + "x"]
)
def test_no_text_takes_long(text: str) -> None:
    assert not ACTS.search(inert(text))
