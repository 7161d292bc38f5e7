"""Markdown and plain text keep the file's characters; blocks are ordered, inside the text and mean what the marks say."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nova.engines.extract.decode import decode
from nova.engines.extract.markdown import normalise, parse_markdown, read_markdown
from nova.engines.extract.plain import read_plain
from nova.records import Document

LAW = """\
---
Title: Verordnung über den Zugang zu Elektrizitätsversorgungsnetzen
jurabk: StromNZV
slug: stromnzv

---

# Verordnung über den Zugang zu Elektrizitätsversorgungsnetzen (StromNZV)

Ausfertigungsdatum
:   2005-07-25

Fundstelle
:   BGBl I: 2005, 2243


## Teil 1 - Allgemeine Bestimmungen



### § 2 Begriffsbestimmungen

Im Sinne dieser Verordnung bedeutet

1.  Fahrplan

    die Angabe, wie viel elektrische Leistung in jeder Zeiteinheit
    zwischen den Bilanzkreisen ausgetauscht wird;


2.  Lastgang

    a)  die Gesamtheit aller Leistungsmittelwerte,

    b)  gemessen


10a. Stromgebotszone


[^F777569_02_BJNR163510012BJNE000401118]
(2) Für den Fall, dass eine Nachrüstung den Austausch
erforderlich macht.

    Amtlicher Hinweis: Zu beziehen bei der Beuth Verlag GmbH.
[^F777569_02_BJNR163510012BJNE000401118]:

### Anlage 1 Betriebsgewöhnliche Nutzungsdauern

*    *   Anlagengruppen

    *   Spanne (Jahre)


*    *
    *   1.

    *   Grundstücke

    *   0


Ende.
"""


def kinds(document: Document) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, " ".join(document.text[block.start : block.end].split())) for block in document.blocks]


def check_spans(document: Document) -> None:
    last = 0
    for block in document.blocks:
        assert last <= block.start < block.end <= len(document.text)
        words = document.text[block.start : block.end]
        assert words == words.strip()
        assert (1 <= block.level <= 6) if block.kind == "heading" else block.level == 0
        last = block.end


def test_a_law_as_published() -> None:
    document = parse_markdown(LAW)
    check_spans(document)
    assert document.text == LAW
    assert document.title == "Verordnung über den Zugang zu Elektrizitätsversorgungsnetzen"
    assert document.meta["jurabk"] == "StromNZV"
    assert document.meta["Ausfertigungsdatum"] == "2005-07-25"
    assert document.meta["Fundstelle"] == "BGBl I: 2005, 2243"
    found = kinds(document)
    assert [entry for entry in found if entry[0] == "heading"] == [
        ("heading", 1, "Verordnung über den Zugang zu Elektrizitätsversorgungsnetzen (StromNZV)"),
        ("heading", 2, "Teil 1 - Allgemeine Bestimmungen"),
        ("heading", 3, "§ 2 Begriffsbestimmungen"),
        ("heading", 3, "Anlage 1 Betriebsgewöhnliche Nutzungsdauern"),
    ]
    assert [words.split()[0] for kind, _, words in found if kind == "list"] == ["1.", "2.", "a)", "b)", "10a."]
    assert "ausgetauscht wird;" in next(words for kind, _, words in found if words.startswith("1. Fahrplan"))
    assert ("paragraph", 0, "(2) Für den Fall, dass eine Nachrüstung den Austausch erforderlich macht.") in found
    assert [words for kind, _, words in found if kind == "table"] == ["* * Anlagengruppen * Spanne (Jahre)", "* * * 1. * Grundstücke * 0"]
    assert [words[:8] for kind, _, words in found if kind == "meta"] == ["--- Titl", "Ausferti", "Fundstel", "[^F77756", "[^F77756"]
    assert found[-1] == ("paragraph", 0, "Ende.")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# Eins #\n", [("heading", 1, "Eins")]),
        ("#Kein Titel\n", [("paragraph", 0, "#Kein Titel")]),
        ("####### sieben\n", [("paragraph", 0, "####### sieben")]),
        ("Titel\n=====\nText", [("heading", 1, "Titel"), ("paragraph", 0, "Text")]),
        ("Titel\n---\n", [("heading", 2, "Titel")]),
        (
            "eine Regel (von\nNovember 2000) ist eingehalten.\n-----\n",
            [("paragraph", 0, "eine Regel (von November 2000) ist eingehalten.")],
        ),
        ("Satz.\n# Titel\nmehr", [("paragraph", 0, "Satz."), ("heading", 1, "Titel"), ("paragraph", 0, "mehr")]),
        ("```py\n# kein Titel\n\n- x\n```\nText", [("code", 0, "```py # kein Titel - x ```"), ("paragraph", 0, "Text")]),
        ("~~~\noffen", [("code", 0, "~~~ offen")]),
        (
            "a | b\n--|--\n1 | 2\n3 | 4\n\nText",
            [("table", 0, "a | b"), ("table", 0, "1 | 2"), ("table", 0, "3 | 4"), ("paragraph", 0, "Text")],
        ),
        ("+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |\n+---+---+\n", [("table", 0, "| a | b |"), ("table", 0, "| 1 | 2 |")]),
        (
            "- eins\n- zwei\n  weiter\n\n  Absatz\n\nText",
            [("list", 0, "- eins"), ("list", 0, "- zwei weiter Absatz"), ("paragraph", 0, "Text")],
        ),
        ("1. eins\n2. zwei\n   1. innen", [("list", 0, "1. eins"), ("list", 0, "2. zwei"), ("list", 0, "1. innen")]),
        ("am\n8. Mai 2010 trat\nes in Kraft", [("paragraph", 0, "am 8. Mai 2010 trat es in Kraft")]),
        ("1.  gilt seit dem\n    8. Mai 2010\n", [("list", 0, "1. gilt seit dem 8. Mai 2010")]),
        ("Text\n\n---\n\nmehr", [("paragraph", 0, "Text"), ("paragraph", 0, "mehr")]),
        (
            "Text[^1] hier\n\n[^1]: Die Note\n    geht weiter\n\nText",
            [("paragraph", 0, "Text[^1] hier"), ("meta", 0, "[^1]: Die Note geht weiter"), ("paragraph", 0, "Text")],
        ),
        ("# A\n\n## B\n\nBegriff\n:   Erklärung\n", [("heading", 1, "A"), ("heading", 2, "B"), ("list", 0, "Begriff : Erklärung")]),
        ("<!-- weg -->\n\nText", [("meta", 0, "<!-- weg -->"), ("paragraph", 0, "Text")]),
        ("> Zitat\n> geht weiter", [("paragraph", 0, "> Zitat > geht weiter")]),
        ("-\n\n*\n", []),
        ("", []),
    ],
)
def test_marks_mean_blocks(source: str, expected: list[tuple[str, int, str]]) -> None:
    document = parse_markdown(source)
    check_spans(document)
    assert kinds(document) == expected


def test_the_first_heading_is_the_title_without_front_matter() -> None:
    assert parse_markdown("Vorwort\n\n# Der *Titel*\n").title == "Der *Titel*"
    assert parse_markdown("## Nur zwei\n").title is None
    assert parse_markdown("---\njurabk: ABC\n---\nText").title == "ABC"


def test_line_ends_marks_and_accents_are_normalised_and_nothing_else() -> None:
    raw = "\ufeff# U\u0308berschrift\r\n\r\nText  mit   Raum\t\rEnde\x00\n".encode()
    document = read_markdown(raw)
    assert document.text == "# Überschrift\n\nText  mit   Raum\t\nEnde\n"
    assert kinds(document)[0] == ("heading", 1, "Überschrift")


SNIPPETS = """\
# Eins~## § 3 Zwei ##~Text~    Text tief~- a~-~* b~*    * c~    * d~1. e~  2) f~a)  g~10a. h~```~---~===~| a | b |~|---|---|~
a | b~--|--~+--+--+~
[^1]:~[^1]: n~[^1]~Wort~:   Sinn~<!--~-->~> q~~ """
LINES = st.sampled_from([*SNIPPETS.replace("\n", "").split("~"), "~~~"])


@given(st.lists(st.one_of(LINES, st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)), max_size=30).map("\n".join))
@example("---\nTitle: a\n---")
@example("---\n---")
@example("a|\n-|")
def test_any_text_gives_ordered_spans_and_loses_no_words(source: str) -> None:
    text = normalise(source)
    document = parse_markdown(text)
    check_spans(document)
    assert document.text == text
    covered = "".join(document.text[block.start : block.end] for block in document.blocks)
    for letter in "Textgedunk§":
        assert covered.count(letter) == text.count(letter)


@given(st.integers(1, 6), st.text(alphabet="abcäöüß §14.", min_size=1, max_size=40).filter(lambda words: words.strip()), st.booleans())
def test_a_heading_spans_its_words_only(level: int, words: str, closed: bool) -> None:
    source = f"Davor.\n\n{'#' * level} {words}{' ' + '#' * level if closed else ''}\n\nDanach."
    document = parse_markdown(source)
    heading = document.blocks[1]
    assert (heading.kind, heading.level) == ("heading", level)
    assert document.text[heading.start : heading.end] == words.strip()


GERMAN = st.text(alphabet="abcdefghijklmnopqrstuvwxyzABCÄÖÜäöüß§ .,;:-\n0123456789", min_size=1, max_size=200)


@given(GERMAN, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "latin-1"]))
def test_german_text_survives_every_usual_encoding(text: str, encoding: str) -> None:
    text = f"Für Zähler: {text}"
    assert decode(text.encode(encoding)) == text


@given(
    st.text(alphabet="abcdefgäöüß§ \n", min_size=20, max_size=200).filter(lambda text: text[0] not in "äöüß§"),
    st.sampled_from(["utf-16-le", "utf-16-be"]),
)
def test_utf16_without_a_mark_is_known_by_its_zero_bytes(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_old_encodings_are_told_apart_by_their_letters() -> None:
    text = "Die Gebühr für größere Zähler beträgt jährlich 20 Euro; § 5 gilt. Übermäßige Öfen."
    for encoding in ("cp1252", "cp850", "mac_roman"):
        assert decode(text.encode(encoding)) == text
    euro = "Preis: 20 € – „Grundpreis“"
    assert decode(euro.encode("cp1252")) == euro


@given(st.binary(max_size=300))
def test_any_bytes_become_text(data: bytes) -> None:
    text = normalise(decode(data))
    assert "\x00" not in text
    check_spans(read_plain(data))


def test_plain_text_finds_headings_paragraphs_and_lists() -> None:
    source = "Messstellenbetriebsgesetz\n\n§ 29 Ausstattung von Messstellen\n(1) Der Betreiber hat\nMessstellen auszustatten.\n"
    source += "(2) § 30 gilt nicht.\n\n"
    source += (
        "- erstens\n- zweitens\n\n2.1 Netzanschluss und Betrieb\n\n§ 14 Abs. 2 bleibt unberührt.\n\nAnhang\n======\nEnde\x0cNeue Seite"
    )
    document = read_plain(source.encode("cp1252"))
    check_spans(document)
    assert kinds(document) == [
        ("paragraph", 0, "Messstellenbetriebsgesetz"),
        ("heading", 2, "§ 29 Ausstattung von Messstellen"),
        ("paragraph", 0, "(1) Der Betreiber hat Messstellen auszustatten."),
        ("paragraph", 0, "(2) § 30 gilt nicht."),
        ("list", 0, "- erstens"),
        ("list", 0, "- zweitens"),
        ("heading", 1, "2.1 Netzanschluss und Betrieb"),
        ("paragraph", 0, "§ 14 Abs. 2 bleibt unberührt."),
        ("paragraph", 0, "Anhang ====== Ende Neue Seite"),
    ]


def test_text_is_composed() -> None:
    assert unicodedata.is_normalized("NFC", read_plain("Za\u0308hler".encode()).text)


@pytest.mark.parametrize("read", [read_markdown, read_plain])
def test_signs_that_nobody_sees_are_not_taken_in(read: Callable[[bytes], Document]) -> None:
    text = "# Ti\u202etel\x9b31m\n\nDer \u200bZäh\u00adler misst\x1b[2J 4711\u2028kWh.\U000e0041\n"
    assert read(text.encode()).text.split() == ["#", "Titel31m", "Der", "Zähler", "misst[2J", "4711", "kWh."]
