"""What holds for every text: offsets, idempotence, linear time, and no result on failure."""

import time
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.errors import PrivacyError
from nova.privacy import find, redact, redact_json, tokens
from nova.privacy.fold import fold
from nova.privacy.spoken import spell_out

pytestmark = pytest.mark.slow

SHORT, LONG, PROSE = 1_000, 8_000, 200_000
PIECES = st.sampled_from(
    [
        "0171 3920041",
        "+49",
        "(0)",
        "erika@muster.de",
        "(at)",
        " punkt ",
        "@",
        "DE82476976960002564976",
        "85219756983",
        "13568792498",
        "Zählernummer ",
        "1EMH0012345678",
        "null eins ",
        "sieben ",
        "MaLo ",
        "Tel. ",
        "[TELEFON]",
        "[NAME_7KQ2MX]",
        "[ADRESSE]",
        "Herr ",
        "Frau Dr. ",
        "Erika Grothmeier",
        "Mein Name ist ",
        "Lindenallee 27a",
        "26789 Leer",
        "Kundennummer ",
        "geb. ",
        "Ausweis L01X00T47",
        "OS-PR 77",
        "198.51.100.23",
        "MfG\n",
        "und ",
        "\u200b",
        "\u00a0",
        "–",
        "ä",
        "a\u0308",
        "ﬁ",
        "01.02.2023",
        "12",
        "0",
        " ",
        "\n",
        ",",
        ".",
        "-",
        "/",
        "unterstrich ",
        "DE",
        "kWh",
        "IBAN ",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map("".join))


@given(TEXTS)
def test_redacting_twice_changes_nothing(text: str) -> None:
    once = redact(text)
    again = redact(once.text)
    assert again.text == once.text
    assert not again.counts


@given(TEXTS)
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    spans = find(text)
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


@given(st.text(max_size=300))
def test_a_view_leads_back_to_every_original_character(text: str) -> None:
    view = fold(text)
    assert len(view.text) == len(view.starts) == len(view.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(view.starts, view.ends, strict=True))
    spoken = spell_out(view.text)
    assert spoken is None or len(spoken.text) == len(spoken.starts) == len(spoken.ends)


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "0",
        "0 ",
        "01 ",
        "1.",
        "@",
        "a@",
        "a@a",
        "a.",
        "a@a.",
        " punkt ",
        "a unterstrich ",
        "DE",
        "DE0",
        "DE00 ",
        "DE82 4769 ",
        "+49 ",
        "(0",
        "0171/",
        "Zähler ",
        "Zählernummer 1",
        "Tel. 1",
        "null ",
        "null eins ",
        "- ",
        "-\n",
        "1EMH00",
        "1 ",
        "85219756983 ",
        "\u200b",
        "a\u0308",
        "(at)",
        " at ",
        "_",
        "Anna ",
        "Anna Müller ",
        "Frau Dr. ",
        "von der ",
        "Van ",
        "A. ",
        "Name Kunde: ",
        "Name\nKunde: ",
        "Mein Name ist ",
        "LG\n",
        "Straße 1 ",
        "An der 1 ",
        "12345 Ort ",
        "Str. 1, 12345 Bad ",
        "Kundennummer ",
        "Kundennr. 1",
        "Kundennummer 12345 und ",
        "Verträge S-1, ",
        "geb. 1.1.",
        "1.1.1970 ",
        "Ausweis L0 1X ",
        "B-AB 12 ",
        "1.1.1.1.",
        "a:",
        "Q 7, ",
        '"Anna" ',
        "Müller & ",
        "dritter dritter ",
        "einundzwanzig ",
        "wohnhaft in ",
        "Xyzzt ",
        "XYZT ",
        "Abc-",
        "Müller, Peter, ",
        "auf ihr Konto DE12 1234 ",
        "hier ",
        "Kunde: 1\n",
        "Vertrag 1 ",
        "Nummer 12 ",
        "eins zwei\nAgent: ja\nKunde: ",
        "dreimal die eins ",
        "12345 ist ",
        "Auto olab 12 ",
        "Stadtwerke X GmbH 049",
        "12345678901 ist ",
        "g m x punkt @",
    ],
)
def test_time_grows_with_the_text_and_not_its_square(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        begun = time.thread_time()
        find(text)
        return time.thread_time() - begun

    most = max(0.1, seconds(SHORT) * LONG / SHORT * 3)
    assert any(seconds(LONG) < most for _ in range(2))


def test_long_prose_takes_seconds() -> None:
    prose = "Nach § 14a EnWG zahlt der Kunde 12.345,67 EUR bis zum 01.02.2023, Rückfragen an die 0171 3920041. "
    begun = time.thread_time()
    spans = find(prose * (PROSE // len(prose)))
    assert len(spans) == PROSE // len(prose)
    assert time.thread_time() - begun < 8


def test_what_is_no_text_is_refused_and_not_passed_through() -> None:
    with pytest.raises(PrivacyError):
        redact(None)  # type: ignore[arg-type]
    with pytest.raises(PrivacyError):
        redact_json({"a": object()})


def test_json_is_redacted_in_texts_keys_and_numbers() -> None:
    meta = {
        "note": "Ruf 0171 3920041 an",
        "malo": 85219756983,
        "phone": "3920041",
        "page": 12,
        "a@b.de": [True, None, 1.5],
        "dwell_ms": 123456,
    }
    assert redact_json(meta) == {
        "note": "Ruf [TELEFON] an",
        "malo": "[MALO]",
        "phone": "[TELEFON]",
        "page": 12,
        "[E-MAIL]": [True, None, 1.5],
        "dwell_ms": 123456,
    }


@pytest.mark.parametrize("number", ["01866053-c597-4388-8106-240b50444438", "DEB05BB6-9804-4926-9b08-949669a1a8cd"])
def test_a_machines_id_is_not_taken_apart(number: str) -> None:
    for text in (number, f"Antwort {number}, Trace {number}."):
        assert redact(text).text == text
    assert redact_json({"answer_id": number}) == {"answer_id": number}
    assert redact(f"Rückruf 0171 3920041 zu {number}").text == f"Rückruf [TELEFON] zu {number}"


@given(st.uuids())
def test_no_machines_id_is_taken_apart(number: UUID) -> None:
    assert redact_json({"answer_id": str(number)}) == {"answer_id": str(number)}


def test_json_that_is_too_deep_is_refused() -> None:
    value: object = "a@b.de"
    for _ in range(200):
        value = [value]
    with pytest.raises(PrivacyError):
        redact_json(value)


@pytest.mark.bars
@pytest.mark.parametrize(
    "unit",
    [
        "Anna Müller ",
        "Van ",
        "Str. 1, 12345 Bad ",
        "Kundennummer 12345 und ",
        "geb. 1.1.",
        "Name\nKunde: ",
        "a@",
        "0 ",
        "Name;a;b\n",
        "eins nein ",
        "l1 ",
        "Meier, Anna; ",
        "12.3.70 Petra ",
    ],
)
def test_a_hundred_thousand_hostile_characters_take_twice_as_long_as_half_of_them(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        begun = time.thread_time()
        find(text)
        return time.thread_time() - begun

    assert min(seconds(100_000) for _ in range(2)) < 3 * min(seconds(50_000) for _ in range(2))


@pytest.mark.parametrize("unit", ["x", "verbrauch", "Ä-"])
def test_a_word_without_end_takes_no_square_of_its_length_and_is_not_remembered(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        begun = time.thread_time()
        find(text)
        return time.thread_time() - begun

    find(unit * 100)
    remembered = tokens.known.kept.cache_info().currsize
    short = min(seconds(30_000) for _ in range(3))
    assert any(seconds(120_000) < 8 * short for _ in range(3))  # four times as long: a square would take sixteen times
    assert tokens.known.kept.cache_info().currsize <= remembered + 1
