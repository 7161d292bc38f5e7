"""Sentences of German law: spans in order that cover every character."""

from hypothesis import given
from hypothesis import strategies as st

from nova.language.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def test_abbreviations_of_the_law_end_no_sentence() -> None:
    text = "Nach § 12 Abs. 2 Nr. 3 gilt dies, z. B. am 1. Januar 2020. Der Betreiber muss zahlen."
    assert cut(text) == ["Nach § 12 Abs. 2 Nr. 3 gilt dies, z. B. am 1. Januar 2020.", "Der Betreiber muss zahlen."]


def test_a_number_may_end_a_sentence() -> None:
    assert cut("Das steht in Satz 1. Der Rest folgt.") == ["Das steht in Satz 1.", "Der Rest folgt."]


def test_an_enumerator_stays_with_its_item() -> None:
    text = "(1) Der Betreiber muss\n\n1.  messen,\n2.  melden\n    a) sofort;\n    b) später.\n\n(2) Ende."
    assert cut(text) == ["(1) Der Betreiber muss", "1.  messen,", "2.  melden", "a) sofort;", "b) später.", "(2) Ende."]


@given(st.text(st.sampled_from("aB1 .,;:!?()\n§-\u00e4\U0001f600"), max_size=200))
def test_spans_are_ordered_and_cover_everything_but_white_space(text: str) -> None:
    spans = sentences(text)
    end = 0
    covered: set[int] = set()
    for start, stop in spans:
        assert end <= start < stop <= len(text)
        assert not text[start].isspace()
        assert not text[stop - 1].isspace()
        covered.update(range(start, stop))
        end = stop
    assert all(char.isspace() or at in covered for at, char in enumerate(text))
