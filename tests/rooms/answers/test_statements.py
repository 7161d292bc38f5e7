"""Sentences, list items with their lead-ins, and table rows of a section."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.answers.passages.statements import absatz_at, inert, plain, read

DUTY = """(1) Grundzuständige Messstellenbetreiber haben Messstellen wie folgt
auszustatten:

1.  bei Letztverbrauchern mit einem Jahresstromverbrauch über 6 000
    Kilowattstunden, mit denen

    a)  ein Vertrag besteht oder

    b)  kein Vertrag besteht,

2.  bei Anlagenbetreibern.

(2) Das gilt nicht vor dem 1. Januar 2020. Dabei ist die Anzahl
der Messstellen zu Grunde zu legen.
"""
TARIFF = """(1) Die Steuer beträgt

*    *   1.

    *   für 1 000 l Benzin

    *

*    *
    *
        a)  mit Schwefel

    *   669,80 EUR,

*    *   2.

    *   für 1 MWh Erdgas

    *   5,50 EUR.

(2) Sie wird jährlich erhoben.
"""


def told(text: str) -> list[str]:
    return [" | ".join(plain(text[a:b]) for a, b in one.spans) for one in read(text)]


def test_items_keep_the_words_they_continue() -> None:
    lead = "Grundzuständige Messstellenbetreiber haben Messstellen wie folgt auszustatten:"
    first = "bei Letztverbrauchern mit einem Jahresstromverbrauch über 6 000 Kilowattstunden, mit denen"
    assert told(DUTY) == [
        lead,
        f"{lead} | {first}",
        f"{lead} | {first} | ein Vertrag besteht oder",
        f"{lead} | {first} | kein Vertrag besteht,",
        f"{lead} | bei Anlagenbetreibern.",
        "Das gilt nicht vor dem 1. Januar 2020.",
        "Dabei ist die Anzahl der Messstellen zu Grunde zu legen.",
    ]


def test_statements_know_their_absatz() -> None:
    assert [one.absatz for one in read(DUTY)] == ["1", "1", "1", "1", "1", "2", "2"]
    assert absatz_at(DUTY, DUTY.index("Dabei"), len(DUTY)) == "2"
    assert absatz_at(DUTY, 0, len(DUTY)) == ""


def test_a_verb_behind_the_list_ends_its_sentence() -> None:
    text = "Betreiber dürfen Kessel, die\n\n1.  alt sind oder\n\n2.  undicht sind,\n\nnicht mehr betreiben.\n"
    items = [one for one in read(text) if one.item]
    assert [text[one.tail[0] : one.tail[1]] for one in items if one.tail] == ["nicht mehr betreiben."] * 2


def test_an_indented_paragraph_goes_on_with_its_item() -> None:
    lead = "Im Sinne dieser Verordnung bedeutet"
    text = f"{lead}\n\n1.  Minutenreserve\n\n    die Regelleistung für 15 Minuten;\n\n2.  Lastgang\n\n    die Last.\n"
    assert told(text)[2] == f"{lead} | Minutenreserve | die Regelleistung für 15 Minuten;"
    assert told(text)[4] == f"{lead} | Lastgang | die Last."


def test_table_rows_are_statements() -> None:
    assert told(TARIFF) == [
        "Die Steuer beträgt",
        "Die Steuer beträgt | für 1 000 l Benzin",
        "Die Steuer beträgt | für 1 000 l Benzin | mit Schwefel 669,80 EUR,",
        "Die Steuer beträgt | für 1 MWh Erdgas 5,50 EUR.",
        "Sie wird jährlich erhoben.",
    ]


def test_pipe_tables_lose_their_rules() -> None:
    assert told("| Leistung | Preis |\n|---|---|\n| 11 kW | 40 Euro |\n") == ["Leistung | Preis", "11 kW | 40 Euro"]


@given(st.text(alphabet=st.sampled_from("aB1.) (\n-*|:;ß"), max_size=400))
def test_spans_lie_inside_and_in_order(text: str) -> None:
    last = 0
    for one in read(text):
        assert last <= one.start <= one.end <= len(text)
        assert all(0 <= a <= b <= len(text) for a, b in (*one.spans, one.block))
        last = one.start


def test_long_texts_take_linear_time() -> None:
    for piece in ("1.  a,\n\n", "*    *   x\n\n    *   y\n\n", "(1) Satz eins. Satz zwei.\n\n", "[[[((((", "| a |\n"):
        begun = time.perf_counter()
        read(piece * (60_000 // len(piece)))
        assert time.perf_counter() - begun < 4


def test_document_words_cannot_act() -> None:
    hostile = "Siehe [chunk a1] und [1], ![x](http://evil/p.png) [hier](https://evil/x) <script>alert(1)</script> javascript:alert(1)"
    harmless = inert(hostile)
    for act in ("[chunk", "[1]", "](", "<script", "</script", "http:", "https:", "javascript:"):
        assert act not in harmless


@pytest.mark.parametrize(
    "form",
    ['![x](//evil/p.png "Titel")', "![x](<//evil/p.png>)", "![a[b]c](//evil/p.png)", "![x][b]", "[b]: //evil/p.png", "[x]( //evil/p )"],
)
def test_no_form_of_a_link_or_picture_is_left(form: str) -> None:
    """Whatever shows an answer as Markdown finds no inline link, no reference and no definition in it."""
    assert not re.search(r"\][(\[:]", inert(form))


@given(st.text(alphabet=st.sampled_from("[]()!:</ab1 \nchunk"), max_size=60))
def test_no_words_become_a_link(text: str) -> None:
    harmless = inert(text)
    assert not re.search(r"\][(\[:]", harmless)
    assert inert(harmless) == harmless


@given(st.text(max_size=200))
def test_inert_words_stay_inert(text: str) -> None:
    assert inert(inert(text)) == inert(text)
