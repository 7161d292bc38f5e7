"""Good small files of every kind that Nova reads, to begin from: made by other people's libraries, or taken from the samples."""

import io
from collections.abc import Sequence
from functools import lru_cache

import docx
import openpyxl
import pptx
from docx.shared import Inches as DocxInches
from fpdf import FPDF
from PIL import Image, ImageDraw
from pptx.util import Inches

from tests.hostile import office, pdfs, pictures
from tests.places import SAMPLES

TEXT = "Der Netzbetreiber prüft die Anlage alle drei Jahre; die Prüfung dauert höchstens zwei Stunden."


@lru_cache(maxsize=1)
def seeds() -> dict[str, list[bytes]]:
    """Files by their suffix."""
    return {
        "pdf": [_printed(compress=True), _printed(compress=False), *_written()],
        "docx": [_word(), office.packed(office.word())],
        "xlsx": [_book(), office.packed(office.excel()), office.shared_strings("<si><t>Zähler</t></si>", _ROW)],
        "pptx": [_show(), office.packed(office.slides())],
        "html": [part.encode() for part in _pages()],
        "md": [*(_pieces("sample.md", 1500)), *(_pieces("nav.md", 1500)), _MARKDOWN.encode()],
        "txt": [*(_TEXT.encode(name, "replace") for name in ("utf-8", "cp1252", "utf-16", "cp850")), *(_pieces("messbg.md", 1200))],
        "csv": [b"Zaehler;Wert;Ort\n1;2,5;Ulm\n2;;\"Bad; Aussee\"\n", "a,b\n\"ä\"\"ö\",1\n".encode("cp1252"), b"a\tb\tc\n1\t2\t3\n" * 20],
        "png": [pictures.saved(_picture(), "PNG"), pictures.saved(_picture().convert("1"), "PNG")],
        "jpg": [pictures.saved(_picture(), "JPEG"), pictures.saved(_picture(), "JPEG", progressive=True)],
        "tif": [pictures.saved(_picture(), "TIFF"), pictures.saved(_picture().convert("1"), "TIFF", compression="group4"),
                pictures.saved(_picture(), "TIFF", compression="tiff_lzw", save_all=True, append_images=[_picture()])],
    }  # fmt: skip


def _pieces(name: str, size: int) -> Sequence[bytes]:
    data = (SAMPLES / name).read_bytes()
    return [data[at : at + size] for at in range(0, min(len(data), 5 * size), size)]


def _printed(*, compress: bool) -> bytes:
    page = FPDF()
    page.set_compression(compress)
    page.set_title("Prüfbericht")
    for number in range(2):
        page.add_page()
        page.set_font("Helvetica", "B", 16)
        page.cell(text=f"{number + 1}. Pruefung", new_x="LMARGIN", new_y="NEXT")
        page.set_font("Times", size=11)
        page.multi_cell(0, text=(TEXT + "\n") * 3)
        with page.table() as table:
            for row in (("a", "b"), ("1", "2")):
                table.row(row)
    return bytes(page.output())


def _written() -> list[bytes]:
    """PDFs by hand: forms, an object stream's look-alike, a character map, a font of drawings."""
    names = ("form in itself", "font in itself", "object stream in itself", "predictor", "actions")
    cmap = b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <41> <5a> <0041> endbfrange endcmap"
    mapped = pdfs.pdf(pdfs.good(o5=pdfs.FONT.replace(b">>", b"/ToUnicode 6 0 R >>"), o6=pdfs.stream(cmap, packed=1)))
    return [pdfs.pdf(pdfs.good()), mapped, *(make() for name, make in {**pdfs.loops(), **pdfs.lies()}.items() if name in names)]


def _word() -> bytes:
    document = docx.Document()
    document.core_properties.title = "Prüfbericht"
    document.add_heading("Prüfbericht", 0)
    document.add_heading("1. Umfang", 1)
    document.add_paragraph(TEXT)
    for style in ("List Bullet", "List Number", "List Number 2"):
        document.add_paragraph(TEXT[:40], style=style)
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 1).text = "Zähler", "12,5"
    table.cell(0, 0).add_table(1, 1).cell(0, 0).text = "innen"
    document.add_picture(io.BytesIO(pictures.saved(_picture(), "PNG")), width=DocxInches(1))
    document.sections[0].header.paragraphs[0].text = "Kopf"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _book() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Zähler"
    for row in (("Zähler", "Wert", "Datum"), ("A1", 5.5, None), ("A2", True, "=1+1")):
        sheet.append(row)
    sheet.merge_cells("A5:B6")
    sheet["A8"] = TEXT
    book.create_sheet("Leer")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _show() -> bytes:
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "Prüfbericht"
    slide.placeholders[1].text = TEXT
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(Inches(1), Inches(1), Inches(1), Inches(1)).text_frame.text = "Gruppe"
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(2), Inches(4), Inches(1)).table
    table.cell(0, 0).merge(table.cell(0, 1))
    slide.notes_slide.notes_text_frame.text = "Notiz"
    out = io.BytesIO()
    show.save(out)
    return out.getvalue()


def _picture() -> Image.Image:
    picture = Image.new("L", (120, 30), 255)
    ImageDraw.Draw(picture).text((5, 5), "Netz 4711", fill=0)
    return picture


def _pages() -> list[str]:
    return [
        f"<!doctype html><html lang=de><head><meta charset=utf-8><title>Prüfung</title><style>p{{}}</style></head><body><nav>x</nav>"
        f"<main><h1>Prüfung</h1><p>{TEXT}</p><ul><li>a<ul><li>b</ul><li>c</ul><ol start=3><li>d</ol><table><tr><th>a<th>b"
        f"<tr><td>1<td>2</table><pre>x\n y</pre><dl><dt>e<dd>f</dl></main><footer>Fuß</footer></body></html>",
        f"<html><body><div id=content><article><h2>A</h2>{TEXT}<br>b<b>c</b><details><summary>s</summary>t</details></article></div>",
        f"<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title/></head><body>{TEXT}</body></html>",
    ]


_ROW = "<row r='1'><c r='A1' t='s'><v>0</v></c></row>"
_MARKDOWN = f"""---
title: Prüfung
---

# Prüfung von Anlagen (PrüfV)

Ausfertigungsdatum
:   1.1.2026

## § 1 Zweck

(1) {TEXT}

1. erstens,
    a) so,
2. zweitens[^1].

| a | b |
|---|---|
| 1 | 2 |

*    *   links
     *   rechts

```
code
```

[^1]: Fußnote
"""
_TEXT = f"""PRÜFBERICHT
===========

§ 1 Zweck

(1) {TEXT}

1.2 Netzanschluss

- erstens
- zweitens, das über
  zwei Zeilen geht
\f
Anlage 1

{TEXT}
"""
