"""A stream of pieces becomes drafts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.answers.compose.generate import LONGEST_ANSWER, drafts

ANSWER = (
    "Spätestens drei Monate vorher sind Kunden zu informieren [chunk a1]. Das gilt nach § 37 Abs. 2 MsbG. [chunk a1][chunk b2] "
    "Bis zum 30. April 2022 [1, 2] gilt z. B. anderes.\n- Punkt eins [chunk zz9].\n\nÜberweisen Sie 5,50 EUR [sic] bald"
)
EXPECTED = [
    ("Spätestens drei Monate vorher sind Kunden zu informieren.", ("a1",)),
    ("Das gilt nach § 37 Abs. 2 MsbG.", ("a1", "b2")),
    ("Bis zum 30. April 2022 gilt z. B. anderes.", ("1", "2")),
    ("Punkt eins.", ("zz9",)),
    ("Überweisen Sie 5,50 EUR [sic] bald", ()),
]


@given(st.lists(st.integers(min_value=1, max_value=40), min_size=1, max_size=60))
def test_drafts_do_not_depend_on_how_the_stream_is_cut(sizes: list[int]) -> None:
    pieces, at = [], 0
    while at < len(ANSWER):
        size = sizes[len(pieces) % len(sizes)]
        pieces.append(ANSWER[at : at + size])
        at += size
    assert [(draft.text, draft.refs) for draft in drafts(pieces, ["a1", "b2"])] == EXPECTED


def test_a_sentence_comes_before_the_stream_ends() -> None:
    seen: list[str] = []

    def stream() -> object:
        yield "Der erste Satz ist fertig [chunk a1]. "
        yield "Der zweite beginnt hier und "
        seen.append("second piece")
        yield "geht weiter."

    found = drafts(stream(), ["a1"])  # type: ignore[arg-type]
    assert next(found).text == "Der erste Satz ist fertig."
    assert not seen


def test_an_endless_stream_ends() -> None:
    def endless() -> object:
        while True:
            yield "immer weiter "

    total = sum(len(draft.text) for draft in drafts(endless(), []))  # type: ignore[arg-type]
    assert total <= LONGEST_ANSWER + 100


@pytest.mark.parametrize("text", ["", "   ", "[chunk a1]", "\n\n"])
def test_nothing_said_is_no_draft(text: str) -> None:
    assert list(drafts([text], ["a1"])) == []
