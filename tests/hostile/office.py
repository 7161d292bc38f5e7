"""Hostile Word, Excel and PowerPoint files: their own structures without end; and small good ones to begin with."""

import io
import zipfile
from collections.abc import Callable, Mapping

import docx
import openpyxl
import pptx
from pptx.util import Inches

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
X = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
DEEP = 10_000
TEXT = "<w:p><w:r><w:t>Der Netzbetreiber prüft die Anlage jährlich.</w:t></w:r></w:p>"
CANARY = "http://127.0.0.1:9/beacon"

Parts = dict[str, bytes]


def parts_of(data: bytes) -> Parts:
    """An archive's parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Parts as an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method, compresslevel=9 if method == zipfile.ZIP_DEFLATED else None) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def word() -> Parts:
    """A small Word file."""
    out = io.BytesIO()
    document = docx.Document()
    document.add_heading("Prüfbericht", 1)
    document.add_paragraph("Der Netzbetreiber prüft die Anlage jährlich.", style="List Number")
    document.save(out)
    return parts_of(out.getvalue())


def excel() -> Parts:
    """A small workbook."""
    out = io.BytesIO()
    book = openpyxl.Workbook()
    for row in (("Zähler", "Wert"), ("A1", 5.5), ("A2", "offen")):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(out)
    return parts_of(out.getvalue())


def slides() -> Parts:
    """A small presentation."""
    out = io.BytesIO()
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "Prüfbericht"
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(2), Inches(4), Inches(1)).table
    table.cell(0, 0).text = "Zähler"
    slide.notes_slide.notes_text_frame.text = "Notiz"
    show.save(out)
    return parts_of(out.getvalue())


def body(xml: str) -> bytes:
    """A Word document's main part."""
    return f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{xml}</w:body></w:document>'.encode()


def with_body(xml: str, more: Mapping[str, bytes] | None = None) -> bytes:
    """A Word file with this body and other parts."""
    return packed(word() | {"word/document.xml": body(xml)} | dict(more or {}))


def with_notes(count: int) -> bytes:
    """A Word file with so many footnotes."""
    parts = word()
    name = "word/_rels/document.xml.rels"
    related = f'<Relationship Id="rN" Type="{R}/footnotes" Target="footnotes.xml"/></Relationships>'
    parts[name] = parts[name].replace(b"</Relationships>", related.encode())
    note = b"<w:footnote w:id='1'>" + TEXT.encode() + b"</w:footnote>"
    parts["word/footnotes.xml"] = f'{HEAD}<w:footnotes xmlns:w="{W}">'.encode() + note * count + b"</w:footnotes>"
    return packed(parts)


def sheet(xml: str, before: str = "") -> bytes:
    """A workbook whose only sheet holds this."""
    whole = f'{HEAD}<worksheet xmlns="{X}">{before}<sheetData>{xml}</sheetData></worksheet>'
    return packed(excel() | {"xl/worksheets/sheet1.xml": whole.encode()})


def shared_strings(strings: str, cells: str) -> bytes:
    """A workbook with these shared strings."""
    book = excel()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'.encode()
    parts = book | {
        "[Content_Types].xml": book["[Content_Types].xml"].replace(b"</Types>", override),
        "xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{X}">{strings}</sst>'.encode(),
        "xl/worksheets/sheet1.xml": f'{HEAD}<worksheet xmlns="{X}"><sheetData>{cells}</sheetData></worksheet>'.encode(),
    }
    return packed(parts)


def shapes(xml: str) -> bytes:
    """A presentation whose slide holds these shapes."""
    tree = f"<p:nvGrpSpPr><p:cNvPr id='1' name=''/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{xml}"
    slide = f'{HEAD}<p:sld xmlns:a="{A}" xmlns:r="{R}" xmlns:p="{P}"><p:cSld><p:spTree>{tree}</p:spTree></p:cSld></p:sld>'
    return packed(slides() | {"ppt/slides/slide1.xml": slide.encode()})


def shape(text: str = "Text", number: int = 2) -> str:
    """A shape with words."""
    return (
        f"<p:sp><p:nvSpPr><p:cNvPr id='{number}' name=''/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>"
        f"<p:txBody><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def documents() -> dict[str, Callable[[], bytes]]:
    """Word's own structures without end."""

    def nested(begin: str, end: str, depth: int) -> bytes:
        return with_body(begin * depth + TEXT + end * depth + TEXT)

    styles = f'{HEAD}<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style>'
    styles += '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
    styled = "<w:p><w:pPr><w:pStyle w:val='a'/></w:pPr><w:r><w:t>Text</w:t></w:r></w:p>"

    def listed(depth: str, number: str = "1") -> str:
        return (
            f"<w:p><w:pPr><w:numPr><w:ilvl w:val='{depth}'/><w:numId w:val='{number}'/></w:numPr></w:pPr><w:r><w:t>Punkt</w:t></w:r></w:p>"
        )

    level = "<w:lvl w:ilvl='{}'><w:start w:val='{}'/><w:numFmt w:val='{}'/><w:lvlText w:val='{}'/></w:lvl>"

    def numbering(*of_level: str) -> bytes:
        one = f"<w:abstractNum w:abstractNumId='0'>{level.format(*of_level)}</w:abstractNum>"
        return f"{HEAD}<w:numbering xmlns:w='{W}'>{one}<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>".encode()

    return {
        "tables in tables": lambda: nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", DEEP),
        "tables in tables that are read": lambda: nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 80),
        "controls in controls": lambda: nested("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", DEEP),
        "links in links": lambda: (
            with_body("<w:p>" + "<w:hyperlink>" * 200 + "<w:r><w:t>a</w:t></w:r>" + "</w:hyperlink>" * 200 + "</w:p>" + TEXT)
        ),
        "runs": lambda: with_body("<w:p>" + "<w:r><w:t>a</w:t></w:r>" * 500_000 + "</w:p>"),
        "paragraphs": lambda: with_body(TEXT * 150_000),
        "cells": lambda: (
            with_body("<w:tbl>" + ("<w:tr>" + "<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>" * 500 + "</w:tr>") * 500 + "</w:tbl>")
        ),
        "one row": lambda: with_body("<w:tbl><w:tr>" + "<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>" * 300_000 + "</w:tr></w:tbl>"),
        "rows deep inside": lambda: with_body(
            "<w:tbl><w:tr><w:tc>" * 60 + f"<w:tbl>{f'<w:tr><w:tc>{TEXT}</w:tc></w:tr>' * 5_000}</w:tbl>" + "</w:tc></w:tr></w:tbl>" * 60
        ),
        "styles in a loop": lambda: with_body(styled, {"word/styles.xml": styles.encode()}),
        "list deeper than anything": lambda: with_body(listed("999999999") + TEXT),
        "list deeper than numbers": lambda: with_body(listed("9" * 5_000) + TEXT),
        "list below nothing": lambda: with_body(listed("-5") + TEXT),
        "lists": lambda: with_body("".join(listed("8", str(i)) for i in range(50_000))),
        "start beyond numbers": lambda: packed(
            word() | {"word/numbering.xml": numbering("0", "9" * 4_000, "decimal", "%1."), "word/document.xml": body(listed("0") * 3)}),
        "roman beyond numbers": lambda: packed(
            word() | {"word/numbering.xml": numbering("0", "3999999999", "upperRoman", "%1."), "word/document.xml": body(listed("0") * 3)}),
        "label without end": lambda: packed(
            word() | {"word/numbering.xml": numbering("0", "1", "decimal", "%1" * 100_000), "word/document.xml": body(listed("0") * 999)}),
        "footnotes": lambda: with_notes(150_000),
    }  # fmt: skip


def workbooks() -> dict[str, Callable[[], bytes]]:
    """Excel's own structures without end."""
    cell = "<c r='{}' t='s'><v>0</v></c>"
    return {
        "dimension of everything": lambda: (
            sheet("<row r='1'><c r='A1' t='str'><v>Zähler</v></c></row>", "<dimension ref='A1:XFD1048576'/>")
        ),
        "last cell of all": lambda: sheet("<row r='1048576'><c r='XFD1048576' t='str'><v>Zähler</v></c></row>"),
        "row beyond rows": lambda: sheet("<row r='999999999999'><c r='A999999999999' t='str'><v>Zähler</v></c></row>"),
        "row that is no number": lambda: sheet("<row r='x'><c r='??' t='str'><v>Zähler</v></c></row>"),
        "rows that jump": lambda: (
            sheet("".join(f"<row r='{i * 1900 + 1}'><c r='A{i * 1900 + 1}' t='str'><v>a{i}</v></c></row>" for i in range(550)))
        ),
        "one string everywhere": lambda: shared_strings(
            f"<si><t>{'Strom ' * 1_000_000}</t></si>",
            "".join(f"<row r='{i}'>{cell.format(f'A{i}')}{cell.format(f'B{i}')}</row>" for i in range(1, 50_000))),
        "strings": lambda: shared_strings("<si><t>a</t></si>" * 3_000_000, f"<row r='1'>{cell.format('A1')}</row>"),
        "string that is not there": lambda: shared_strings("", "<row r='1'><c r='A1' t='s'><v>99999999999</v></c></row>"),
        "string below nothing": lambda: shared_strings("<si><t>a</t></si>", "<row r='1'><c r='A1' t='s'><v>-1</v></c></row>"),
        "cells": lambda: sheet("".join("<row>" + "<c t='str'><v>a</v></c>" * 16_384 + "</row>" for _ in range(60))),
        "empty cells": lambda: sheet("".join(f"<row r='{i}'><c r='XFD{i}' t='str'><v>a</v></c></row>" for i in range(1, 20_000))),
        "rows": lambda: sheet("<row><c t='str'><v>Zähler</v></c><c><v>1.5</v></c></row>" * 300_000),
        "number beyond numbers": lambda: sheet("<row r='1'><c r='A1'><v>1e999999</v></c><c r='B1'><v>" + "9" * 100_000 + "</v></c></row>"),
        "date beyond dates": lambda: sheet("<row r='1'><c r='A1' t='d'><v>99999-99-99T99:99:99</v></c></row>"),
        "merged": lambda: packed(excel() | {"xl/worksheets/sheet1.xml": (
            f'{HEAD}<worksheet xmlns="{X}"><sheetData><row r="1"><c r="A1" t="str"><v>Zähler</v></c></row></sheetData><mergeCells>'
            + "<mergeCell ref='A1:XFD1048576'/>" * 100_000 + "</mergeCells></worksheet>").encode()}),
        "sheets": lambda: packed(excel() | {"xl/workbook.xml": (
            f'{HEAD}<workbook xmlns="{X}" xmlns:r="{R}"><sheets>'
            + "".join(f'<sheet name="s{i}" sheetId="{i}" r:id="rId1"/>' for i in range(1, 20_000)) + "</sheets></workbook>").encode()}),
        "formats": lambda: packed(excel() | {"xl/styles.xml": (
            f'{HEAD}<styleSheet xmlns="{X}"><numFmts>' + "".join(f'<numFmt numFmtId="{i}" formatCode="00000"/>' for i in range(200_000))
            + "</numFmts></styleSheet>").encode()}),
        "names": lambda: packed(excel() | {"xl/workbook.xml": (
            f'{HEAD}<workbook xmlns="{X}" xmlns:r="{R}"><sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets><definedNames>'
            + "".join(f'<definedName name="n{i}">s!$A$1</definedName>' for i in range(200_000)) + "</definedNames></workbook>").encode()}),
    }  # fmt: skip


def presentations() -> dict[str, Callable[[], bytes]]:
    """PowerPoint's own structures without end."""
    begin = "<p:grpSp><p:nvGrpSpPr><p:cNvPr id='3' name=''/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>"

    def related(name: str, target: str, kind: str) -> bytes:
        parts = slides()
        parts[name] = parts[name].replace(
            b"</Relationships>", f'<Relationship Id="rX" Type="{R}/{kind}" Target="{target}"/></Relationships>'.encode()
        )
        return packed(parts)

    def repeated(count: int) -> bytes:
        parts = slides()
        name = "ppt/presentation.xml"
        found = parts[name][parts[name].index(b"<p:sldIdLst>") : parts[name].index(b"</p:sldIdLst>")]
        one = found[len(b"<p:sldIdLst>") :]
        parts[name] = parts[name].replace(one, one * count)
        return packed(parts)

    return {
        "groups in groups": lambda: shapes(begin * DEEP + shape() + "</p:grpSp>" * DEEP),
        "groups in groups that are read": lambda: shapes(begin * 80 + shape() + "</p:grpSp>" * 80 + shape("Netz")),
        "shapes": lambda: shapes("".join(shape("a", i) for i in range(2, 50_000))),
        "words": lambda: shapes(shape("Strom " * 3_000_000)),
        "slide related to itself": lambda: related("ppt/slides/_rels/slide1.xml.rels", "slide1.xml", "slide"),
        "layout related to the slide": lambda: (
            related("ppt/slideLayouts/_rels/slideLayout1.xml.rels", "../slides/slide1.xml", "slideMaster")
        ),
        "the same slide ten thousand times": lambda: repeated(10_000),
        "place beyond places": lambda: shapes(shape().replace(
            "<p:spPr/>", "<p:spPr><a:xfrm><a:off x='99999999999999999999' y='-1'/><a:ext cx='x' cy='1'/></a:xfrm></p:spPr>")),
        "no slide": lambda: packed(slides() | {"ppt/slides/slide1.xml": b""}),
        "cells": lambda: shapes(
            "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id='5' name=''/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm/>"
            "<a:graphic><a:graphicData uri='http://schemas.openxmlformats.org/drawingml/2006/table'><a:tbl><a:tblPr/><a:tblGrid/>"
            + ("<a:tr h='1'>" + "<a:tc><a:txBody><a:bodyPr/><a:p><a:r><a:t>a</a:t></a:r></a:p></a:txBody></a:tc>" * 300 + "</a:tr>") * 100
            + "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"),
    }  # fmt: skip


def files() -> dict[str, tuple[str, Callable[[], bytes]]]:
    """Every one: what it is -> its file name and its bytes."""
    kinds = {"docx": documents(), "xlsx": workbooks(), "pptx": presentations()}
    return {f"{kind}: {name}": (f"feindlich.{kind}", make) for kind, all_of in kinds.items() for name, make in all_of.items()}
