"""Every format, read from a real file made here: its words, headings, lists, tables, pages and title; and what is broken or hostile."""

import io
import zipfile
from collections.abc import Callable

import docx
import openpyxl
import pptx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from fpdf import FPDF
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nova.engines.extract import read_document
from nova.engines.extract import sniff as kinds
from nova.engines.extract.numbering import shown
from nova.engines.extract.package import damaged
from nova.engines.extract.reflow import join_lines
from nova.engines.extract.writer import one_line
from nova.engines.texts.builtin import BuiltinTexts
from nova.errors import NovaError, TooLarge, UnreadableFile, UnsupportedFile
from nova.records import Document

Found = list[tuple[str, int, str]]


def found(document: Document) -> Found:
    last = 0
    for block in document.blocks:
        assert last <= block.start < block.end <= len(document.text)
        last = block.end
    return [(block.kind, block.level, document.text[block.start : block.end]) for block in document.blocks]


def saved(thing: object) -> bytes:
    stream = io.BytesIO()
    thing.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def paper(*, foot: bool = True) -> FPDF:
    class Paper(FPDF):
        def header(self) -> None:
            self.set_font("helvetica", size=8)
            self.cell(0, 8, "Stadtwerke Musterstadt – Handbuch Netz", new_x="LMARGIN", new_y="NEXT")

        def footer(self) -> None:
            if foot:
                self.set_y(-15)
                self.set_font("helvetica", size=8)
                self.cell(0, 8, f"Seite {self.page_no()} von 3", align="C")

    pdf = Paper(format="A4")
    pdf.core_fonts_encoding = "windows-1252"
    pdf.set_auto_page_break(True, 25)
    return pdf


def write(pdf: FPDF, text: str, *, size: float = 11, bold: bool = False) -> None:
    pdf.set_font("helvetica", "B" if bold else "", size)
    pdf.multi_cell(0, size * 0.5, text, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(3)


@pytest.fixture(scope="module")
def manual() -> Document:
    pdf = paper()
    pdf.add_page()
    write(pdf, "Handbuch für den Netzbetrieb", size=18, bold=True)
    write(pdf, "1 Anwendungsbereich . . . . . . . . . . 1\n2 Messung ............................... 2")
    write(pdf, "Abschnitt 1 – Grundlagen", size=14, bold=True)
    write(pdf, "§ 1 Anwendungsbereich", size=12, bold=True)
    write(
        pdf,
        "(1) Die Strom-\nversorgung in Niederspan-\nnung und Mittel-\nund Hochspannung folgt der EU-\nRichtlinie. "
        + "Der Netzbetreiber prüft. " * 12,
    )
    write(pdf, "(2) Es gilt:")
    write(pdf, "1. erstens die Prüfung am\n5. Juni 2015,")
    write(pdf, "2. zweitens der Bericht.")
    write(pdf, "§ 2 Messung", size=12, bold=True)
    for _ in range(4):
        write(pdf, "Die Messung erfolgt viertelstündlich und wird täglich übermittelt. " * 8)
    write(
        pdf, "Dieser Absatz läuft über das Ende der Seite hinaus. " + "Er enthält den Messwert und die Uhrzeit, " * 60 + "und endet hier."
    )
    write(pdf, "Fett gesetzte Zwischenzeile", bold=True)
    write(pdf, "Schluss.")
    return read_document(bytes(pdf.output()), kinds.PDF, "handbuch.pdf")


def test_pdf_words_are_whole_again(manual: Document) -> None:
    assert "Die Stromversorgung in Niederspannung und Mittel- und Hochspannung folgt der EU-Richtlinie." in manual.text
    assert "\x02" not in manual.text


def test_pdf_headings_have_the_levels_of_their_style_and_words(manual: Document) -> None:
    assert [entry[1:] for entry in found(manual) if entry[0] == "heading"] == [
        (1, "Handbuch für den Netzbetrieb"),
        (2, "Abschnitt 1 – Grundlagen"),
        (3, "§ 1 Anwendungsbereich"),
        (3, "§ 2 Messung"),
        (4, "Fett gesetzte Zwischenzeile"),
    ]
    assert manual.title == "Handbuch für den Netzbetrieb"


def test_pdf_running_heads_and_page_numbers_are_gone(manual: Document) -> None:
    assert "Stadtwerke Musterstadt" not in manual.text
    assert "Seite 1" not in manual.text
    assert "Messung ..." not in manual.text


def test_pdf_items_are_blocks_and_dates_are_not(manual: Document) -> None:
    assert [words for kind, _, words in found(manual) if kind == "list"] == [
        "1. erstens die Prüfung am 5. Juni 2015,",
        "2. zweitens der Bericht.",
    ]


def test_pdf_pages_cover_the_text_and_a_paragraph_may_cross_them(manual: Document) -> None:
    assert [page.number for page in manual.pages] == [1, 2]
    assert (manual.pages[0].start, manual.pages[-1].end) == (0, len(manual.text))
    assert manual.pages[0].end == manual.pages[1].start
    crossing = next(block for block in manual.blocks if "läuft über das Ende" in manual.text[block.start : block.end])
    assert crossing.start < manual.pages[0].end < crossing.end
    assert manual.text[crossing.start : crossing.end].endswith("und endet hier.")


def test_pdf_title_comes_from_its_facts_unless_they_name_a_file() -> None:
    for title, expected in (
        ("Bericht über das Netz", "Bericht über das Netz"),
        ("Microsoft Word - x.docx", "Große Überschrift"),
        ("x.pdf", "Große Überschrift"),
    ):
        pdf = paper()
        pdf.set_title(title)
        pdf.add_page()
        write(pdf, "Große Überschrift", size=20)
        write(pdf, "Text des Berichts in normaler Größe. " * 5)
        assert read_document(bytes(pdf.output()), kinds.PDF, "x.pdf").title == expected


def test_pdf_that_is_locked_broken_or_empty_says_so() -> None:
    pdf = paper()
    pdf.set_encryption(owner_password="a", user_password="b")
    pdf.add_page()
    write(pdf, "geheim")
    with pytest.raises(UnreadableFile, match=r"„x\.pdf“ ist mit einem Kennwort geschützt"):
        read_document(bytes(pdf.output()), kinds.PDF, "x.pdf")
    with pytest.raises(UnreadableFile, match="beschädigt"):
        read_document(b"%PDF-1.7\nnothing", kinds.PDF, "x.pdf")
    blank = FPDF()
    blank.add_page()
    with pytest.raises(UnreadableFile, match="keinen Text"):
        read_document(bytes(blank.output()), kinds.PDF, "x.pdf")


def report() -> docx.document.Document:
    document = docx.Document()
    document.core_properties.title = "Bericht zum Netz"
    document.core_properties.author = "Netzplanung"
    document.add_heading("Netzbericht", 0)
    document.add_heading("Überblick", 1)
    document.add_paragraph("Erster Absatz mit Umlauten: äöüß.")
    document.add_paragraph("Punkt eins", style="List Bullet")
    document.add_paragraph("Schritt eins", style="List Number")
    document.add_paragraph("Schritt zwei", style="List Number")
    document.add_heading("Zahlen", 2)
    table = document.add_table(rows=0, cols=3)
    for row in (("Jahr", "Last|MW", ""), ("2023", "12,5", "x")):
        cells = table.add_row().cells
        for cell, words in zip(cells, row, strict=True):
            cell.text = words
    return document


def test_docx_headings_lists_tables_and_title() -> None:
    document = read_document(saved(report()), kinds.DOCX, "bericht.docx")
    assert found(document) == [
        ("heading", 1, "Netzbericht"),
        ("heading", 1, "Überblick"),
        ("paragraph", 0, "Erster Absatz mit Umlauten: äöüß."),
        ("list", 0, "- Punkt eins"),
        ("list", 0, "1. Schritt eins"),
        ("list", 0, "2. Schritt zwei"),
        ("heading", 2, "Zahlen"),
        ("table", 0, "| Jahr | Last/MW |  |"),
        ("table", 0, "| 2023 | 12,5 | x |"),
    ]
    assert document.title == "Bericht zum Netz"
    assert document.meta["author"] == "Netzplanung"


def test_docx_reads_insertions_controls_and_links_but_not_deletions() -> None:
    source = docx.Document()
    paragraph = source.add_paragraph("Es gilt ")
    for tag, inner, words in (("w:ins", "w:t", "neu "), ("w:del", "w:delText", "alt "), ("w:hyperlink", "w:t", "verlinkt")):
        wrap, run, text = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(inner)
        text.text = words
        text.set(qn("xml:space"), "preserve")
        run.append(text)
        wrap.append(run)
        paragraph._p.append(wrap)
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    content.append(docx.Document().add_paragraph("Im Steuerelement.")._p)
    control.append(content)
    source.element.body.insert(1, control)
    assert [words for _, _, words in found(read_document(saved(source), kinds.DOCX, "x.docx"))] == [
        "Es gilt neu verlinkt",
        "Im Steuerelement.",
    ]


def test_docx_outline_levels_make_headings_of_any_style() -> None:
    source = docx.Document()
    paragraph = source.add_paragraph("Eigene Überschrift")
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "2")
    paragraph._p.get_or_add_pPr().append(level)
    source.add_paragraph("Text")
    document = read_document(saved(source), kinds.DOCX, "x.docx")
    assert found(document) == [("heading", 3, "Eigene Überschrift"), ("paragraph", 0, "Text")]
    assert document.title == "Eigene Überschrift"


@pytest.mark.parametrize(
    ("number", "form", "expected"),
    [
        (3, "decimal", "3"),
        (3, "lowerLetter", "c"),
        (28, "upperLetter", "BB"),
        (14, "lowerRoman", "xiv"),
        (2024, "upperRoman", "MMXXIV"),
        (4, "decimalZero", "04"),
    ],
)
def test_word_counts_in_its_formats(number: int, form: str, expected: str) -> None:
    assert shown(number, form) == expected


def test_pptx_slides_are_pages_with_title_items_table_and_notes() -> None:
    show = pptx.Presentation()
    first = show.slides.add_slide(show.slide_layouts[1])
    first.shapes.title.text = "Netzausbau 2025"
    first.placeholders[1].text = "Ziel\nWeg"
    first.notes_slide.notes_text_frame.text = "Bitte langsam sprechen."
    second = show.slides.add_slide(show.slide_layouts[5])
    second.shapes.title.text = "Kosten"
    table = second.shapes.add_table(2, 2, 0, 2_000_000, 4_000_000, 1_000_000).table
    for place, words in (((0, 0), "Jahr"), ((0, 1), "Mio. €"), ((1, 0), "2025"), ((1, 1), "3,4")):
        table.cell(*place).text = words
    document = read_document(saved(show), kinds.PPTX, "folien.pptx")
    assert found(document) == [
        ("heading", 1, "Netzausbau 2025"),
        ("list", 0, "- Ziel"),
        ("list", 0, "- Weg"),
        ("paragraph", 0, "Notizen: Bitte langsam sprechen."),
        ("heading", 2, "Kosten"),
        ("table", 0, "| Jahr | Mio. € |"),
        ("table", 0, "| 2025 | 3,4 |"),
    ]
    assert [page.number for page in document.pages] == [1, 2]
    assert document.text[document.pages[1].start :].strip().startswith("Kosten")
    assert document.title == "Netzausbau 2025"


def test_xlsx_rows_read_alone() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Zähler"
    for row in (["Auswertung"], [None, None, None], ["Ort", "Wert", "Gültig"], ["Ulm", 12.5, True], [None], ["Köln", 3, "x"]):
        book.active.append(row)
    other = book.create_sheet("Zahlen")
    other.append([1, 2])
    document = read_document(saved(book), kinds.XLSX, "zaehler.xlsx")
    assert found(document) == [
        ("heading", 1, "Zähler"),
        ("paragraph", 0, "Auswertung"),
        ("table", 0, "| Ort | Wert | Gültig |"),
        ("table", 0, "Ort: Ulm; Wert: 12,5; Gültig: ja"),
        ("table", 0, "Ort: Köln; Wert: 3; Gültig: x"),
        ("heading", 1, "Zahlen"),
        ("table", 0, "Spalte 1: 1; Spalte 2: 2"),
    ]
    assert document.warnings == ()


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("1,5;2,5\n3,5;4,5\n", ["Spalte 1: 1,5; Spalte 2: 2,5", "Spalte 1: 3,5; Spalte 2: 4,5"]),
        ('Ort, Name\nUlm, "Aussee, Bad"\n', ["| Ort | Name |", "Ort: Ulm; Name: Aussee, Bad"]),
        ("Ort\tName\nUlm\tA; B, C\n", ["| Ort | Name |", "Ort: Ulm; Name: A; B, C"]),
        ("'Ort';'Name'\n'Ulm';'a;b'\n", ["| Ort | Name |", "Ort: Ulm; Name: a;b"]),
        ("Ort|Name\nUlm|x\n", ["| Ort | Name |", "Ort: Ulm; Name: x"]),
        ("Ort\nUlm\n", ["| Ort |", "Ort: Ulm"]),
    ],
)
def test_csv_finds_what_parts_its_cells(text: str, rows: list[str]) -> None:
    assert [words for _, _, words in found(read_document(text.encode(), kinds.CSV, "x.csv"))] == rows


def test_csv_rows_read_alone_in_any_encoding() -> None:
    document = read_document("Ort;Zähler\nKöln;12\nUlm;7\n".encode("cp1252"), kinds.CSV, "x.csv")
    assert [words for _, _, words in found(document)] == ["| Ort | Zähler |", "Ort: Köln; Zähler: 12", "Ort: Ulm; Zähler: 7"]


PAGE = """<!doctype html><html><head><meta charset="iso-8859-1"><title>Netz &amp; Gas</title><style>p{}</style></head><body>
<nav><a href=/>Start</a></nav><div class="cookie-banner">Cookies?</div>
<main><h1>Über das <em>Netz</em></h1><p>Erster&nbsp;Absatz <b>fett</b>.<br>Zweite Zeile.</p>Loser Text
<ul><li>eins<ul><li>innen</li></ul></li><li><p>zwei</p><p>noch zwei</p></li></ul>
<ol start=3><li>drei</li></ol>
<table><tr><th>Jahr</th><th>MW</th></tr><tr><td>2023</td><td>12&#x7C;5</td></tr></table>
<pre>  code
    tief</pre><script>alert(1)</script><p hidden>weg</p><p style="display: none">weg</p></main><footer>Impressum</footer></body></html>"""


def test_html_main_content_only() -> None:
    document = read_document(PAGE.encode("latin-1"), kinds.HTML, "seite.html")
    assert found(document) == [
        ("heading", 1, "Über das Netz"),
        ("paragraph", 0, "Erster Absatz fett.\nZweite Zeile."),
        ("paragraph", 0, "Loser Text"),
        ("list", 0, "- eins"),
        ("list", 0, "- innen"),
        ("list", 0, "- zwei"),
        ("list", 0, "noch zwei"),
        ("list", 0, "3. drei"),
        ("table", 0, "| Jahr | MW |"),
        ("table", 0, "| 2023 | 12/5 |"),
        ("code", 0, "code\n    tief"),
    ]
    assert document.title == "Netz & Gas"


def test_html_reads_no_entity_from_the_disk() -> None:
    hostile = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>Text &x; hier</p></body></html>'
    assert "root:" not in read_document(hostile, kinds.HTML, "x.html").text


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
    return stream.getvalue()


def test_office_files_with_entities_are_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    data = repacked(saved(report()), lambda name, part: bomb + part.split(b"?>", 1)[1] if name == "word/document.xml" else part)
    with pytest.raises(UnreadableFile, match="Entitäten"):
        read_document(data, kinds.DOCX, "bombe.docx")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8"])
def test_entities_are_found_in_any_encoding(encoding: str) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x/>'.encode(encoding)
    data = repacked(saved(report()), lambda name, part: bomb if name == "docProps/app.xml" else part)
    with pytest.raises(UnreadableFile, match="Entitäten"):
        read_document(data, kinds.DOCX, "bombe.docx")


def test_zip_bombs_are_refused_before_they_are_read() -> None:
    data = repacked(saved(report()), lambda name, part: b" " * 90_000_000 if name == "docProps/app.xml" else part)
    assert len(data) < 300_000
    with pytest.raises(UnreadableFile, match=r"ausgepackt zu groß \(8\d MB\)"):
        read_document(data, kinds.DOCX, "bombe.docx")


def test_a_broken_or_mislabelled_package_is_named() -> None:
    whole = saved(report())
    with pytest.raises(UnreadableFile, match=r"„x\.docx“ ist beschädigt"):
        read_document(whole[: len(whole) // 2], kinds.DOCX, "x.docx")
    with pytest.raises(UnreadableFile, match="beschädigt"):
        read_document(repacked(whole, lambda name, part: b"<x" if name == "word/document.xml" else part), kinds.DOCX, "x.docx")
    with pytest.raises(UnsupportedFile, match="passt nicht"):
        read_document(whole, kinds.XLSX, "x.xlsx")
    with pytest.raises(UnsupportedFile, match="video/mp4"):
        read_document(b"x", "video/mp4", "x.mp4")


@pytest.mark.parametrize("media_type", [kinds.DOCX, kinds.PPTX, kinds.XLSX, kinds.PDF])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(place=st.integers(0, 10_000_000), garbage=st.binary(min_size=1, max_size=40))
def test_damaged_files_are_read_or_refused(media_type: str, place: int, garbage: bytes, request: pytest.FixtureRequest) -> None:
    whole = GOOD[media_type]
    at = place % len(whole)
    try:
        read_document(whole[:at] + garbage + whole[at + len(garbage) :], media_type, "x")
    except NovaError as error:
        assert error.message  # noqa: PT017


def _good_xlsx() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Ort", "Wert"])
    book.active.append(["Ulm", 3])
    return saved(book)


def _good_pdf() -> bytes:
    pdf = paper()
    pdf.add_page()
    write(pdf, "§ 1 Netz", size=14, bold=True)
    write(pdf, "Der Netzbetreiber prüft. " * 20)
    return bytes(pdf.output())


def _good_pptx() -> bytes:
    show = pptx.Presentation()
    show.slides.add_slide(show.slide_layouts[5]).shapes.title.text = "Titel"
    return saved(show)


GOOD = {kinds.DOCX: saved(report()), kinds.PPTX: _good_pptx(), kinds.XLSX: _good_xlsx(), kinds.PDF: _good_pdf()}


def test_the_engine_reads_in_a_child_and_names_what_it_cannot() -> None:
    texts = BuiltinTexts(max_bytes=1_000_000)
    try:
        document = texts.extract(saved(report()), kinds.DOCX, "bericht.docx")
        assert document == read_document(saved(report()), kinds.DOCX, "bericht.docx")
        with pytest.raises(UnreadableFile, match=r"„kaputt\.pdf“ ist beschädigt"):
            texts.extract(b"%PDF-1.7", kinds.PDF, "kaputt.pdf")
        with pytest.raises(UnreadableFile, match="keinen lesbaren Text"):
            texts.extract(b"\n \n", kinds.PLAIN, "leer.txt")
        with pytest.raises(TooLarge, match="größer als"):
            texts.extract(b"x" * 1_000_001, kinds.PLAIN, "gross.txt")
        health = texts.health()
        assert health["name"] == "builtin"
        assert health["ocr"] is bool(health["ocr_languages"])
    finally:
        texts.close()


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["Strom-", "netz"], "Stromnetz"),
        (["Strom-", "und Gasnetz"], "Strom- und Gasnetz"),
        (["EU-", "Richtlinie"], "EU-Richtlinie"),
        (["Nieder\u00ad", "spannung"], "Niederspannung"),
        (["von 3 -", "5 kW"], "von 3 - 5 kW"),
        (["ein", "Satz"], "ein Satz"),
        ([], ""),
    ],
)
def test_lines_are_joined_as_german_hyphenates(rows: list[str], expected: str) -> None:
    assert join_lines(rows) == expected


def test_what_a_library_raises_means_a_damaged_file_and_what_nova_raises_a_bug() -> None:
    with pytest.raises(UnreadableFile, match=r"„x\.docx“ ist beschädigt: kein Archiv\."), damaged("x.docx", "kein Archiv"):
        zipfile.ZipFile(io.BytesIO(b"x"))
    with pytest.raises(TypeError), damaged("x.docx", "kein Archiv"):
        one_line(None)  # type: ignore[arg-type]
