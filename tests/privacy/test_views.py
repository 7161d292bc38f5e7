"""Tables, scanned and corrected texts in; out: what stands in them is found at its place in the original."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nova.privacy import find, redact
from nova.privacy.fold import fold
from nova.privacy.rows import by_columns
from nova.privacy.spans import Span

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Name;Geb.;Zähler\nTietjen, Gesa;11.07.73;1EMH0044190087", "birth_date", "11.07.73"),
        ("Wohnung\tMieter\tEinzug\nWE 01\tOldehus\t01.04.", "name", "Oldehus"),
        ("Kundennummer: 4OO18 22l", "customer_no", "4OO18 22l"),
        ("Bahnhofstraße l7 meldet Störung", "address", "Bahnhofstraße l7"),
        ("Die Kundennummer ist vier null eins, nein, vier null zwo, sechs sechs neun", "customer_no", None),
        ("Vertragsnr 61200984 doppelt angelegt, 61200991 stornieren", "contract_no", "61200991"),
        ("Probefahrt mit rotem Kennzeichen HB-06 4471", "plate", "HB-06 4471"),
        ("Umgezogen von Steinweg 9 nach Kiel", "address", "Steinweg 9"),
        ("Auf dem Zähler steht die Nummer 5510098", "meter", "5510098"),
        ("Also der Name ist Thiele, Vorname Ronja.", "name", "Thiele"),
    ],
)
def test_what_a_view_shows_is_found_in_the_original(text: str, kind: str, value: str | None) -> None:
    found = [text[span.start : span.end] for span in find(text) if span.kind == kind]
    assert found
    if value is not None:
        assert value in found


@pytest.mark.parametrize(
    "text",
    [
        "SMGW-FW 2.13.0.11 -> 2.14.0.3, Rollback auf 2.13.0.9 möglich",
        "Am KfW-40-Haus fehlt der Zähler 2023 seit Oktober.",
        "Der Sommer war heiß, der Winter wird teuer.",
        "Auf der B 75 liegt ein Kabel.",
        "Vertrag Gewerbe, Abschlag Halbjahr, Zahlungsweise Dauerauftrag.",
    ],
)
def test_what_only_looks_like_one_stays(text: str) -> None:
    assert find(text) == []


SEPARATOR = st.sampled_from([";", "|", ",", "\t", "   ", " | ", "; ", ",;"])
LINE_END = st.sampled_from(["\n", "\r\n", "\n\n", "\n \n", "\r"])
HEAD = st.sampled_from(
    ["Name", "KdNr", "Kundennummer", "vk", "Geb.", "Zähler", "Stand", "IBAN", "", " ", "1", "Ort", "Vertrag (neu)", "x" * 40]
)
CELL = st.one_of(
    st.just(""),
    st.sampled_from(
        ["Tietjen, Gesa", "Onno Harms", "4412907", "GW-771201", "11.07.73", "1EMH0044190087", "0491 447188", "gesa@mail.example"]
    ),
    st.sampled_from(["[NAME]", "Steinweg 9", "\u200b", "a\u0308", "ﬁ", "vier vier eins zwo neun", "4OO18 22l", "-", "Summe"]),
    st.text(max_size=6),
)


@st.composite
def table(draw: st.DrawFn) -> str:
    """Heads and lines of cells, also uneven ones, with blank lines, other line ends and signs at the end of a line."""
    separator, end = draw(SEPARATOR), draw(LINE_END)
    heads = draw(st.lists(HEAD, min_size=1, max_size=6))
    lines = draw(st.lists(st.lists(CELL, min_size=0, max_size=len(heads) + 1), max_size=5))
    trailing = draw(st.sampled_from(["", separator, separator * 3]))
    written = [separator.join(line) + trailing for line in [heads, *lines]]
    return draw(st.sampled_from(["", "Liste:\n", "\n"])) + end.join(written) + draw(st.sampled_from(["", end, separator]))


@given(table())
@settings(max_examples=150, deadline=None)
def test_no_table_makes_it_fail_and_every_span_lies_inside_the_text(text: str) -> None:
    spans = find(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert [value for _, value in redact(text).values][: len(spans)] == [text[span.start : span.end] for span in spans]


@given(table())
@settings(max_examples=150, deadline=None)
def test_what_is_found_in_a_cell_is_the_cells_own_characters(text: str) -> None:
    folded = fold(text)
    shown = by_columns(folded.text)
    for place in range(len(shown.view.text) if shown else 0):
        for span in shown.in_cells([Span(place, place + 1, "name")]) if shown else ():
            assert folded.text[span.start : span.end] == shown.view.text[place]
            assert shown.view.original(place, place + 1) == (span.start, span.end)
    for begin, end in zip(shown.begins, shown.ends, strict=True) if shown else ():
        cell = list(shown.in_cells([Span(begin, end, "name")])) if shown else []
        assert [folded.text[span.start : span.end] for span in cell] == ([shown.view.text[begin:end]] if shown and end > begin else [])


@given(
    st.sampled_from([";", "|", ",", "\t"]),
    st.sampled_from(["\n", "\r\n", "\n\n"]),
    st.lists(st.integers(4_400_000, 4_499_999), min_size=1, max_size=4),
    st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_each_number_of_a_column_is_found_as_it_stands_in_its_cell(separator: str, end: str, numbers: list[int], trailing: bool) -> None:
    last = separator if trailing else ""
    text = end.join(
        [separator.join(("Ort", "Kundennummer", "Sparte")) + last, *(separator.join(("Leer", f"{one}", "Gas")) + last for one in numbers)]
    )
    spans = [text[span.start : span.end] for span in find(text) if span.kind == "customer_no"]
    assert spans == [f"{one}" for one in numbers]


@pytest.mark.parametrize(
    "text", ["", "\n", ";", ";;\n;;", "KdNr;\n;", "Name;KdNr;Geb.\n;;", "Name|KdNr|\n||\n|", "Kundennummer\t\n\t\n", "\r\n;\r\n"]
)
def test_empty_tables_hold_nothing(text: str) -> None:
    assert find(text) == []
    assert redact(text).text == text


def test_what_reaches_over_two_cells_is_none() -> None:
    shown = by_columns("Name;KdNr;Ort\nHarms;4412907;Leer")
    assert shown is not None
    first, second = shown.begins[0], shown.ends[1]
    assert list(shown.in_cells([Span(first, second, "name"), Span(0, first + 2, "name"), Span(first, first, "name")])) == []
