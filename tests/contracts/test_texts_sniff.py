"""What a file is, is judged by its content; the name breaks ties among text kinds only; all else is refused in plain German."""

import contextlib
import io
import zipfile

import docx
import openpyxl
import pptx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.engines.extract import sniff as kinds
from nova.engines.texts.builtin import BuiltinTexts
from nova.errors import UnsupportedFile


def office(kind: str) -> bytes:
    stream = io.BytesIO()
    if kind == "docx":
        docx.Document().save(stream)
    elif kind == "pptx":
        pptx.Presentation().save(stream)
    else:
        openpyxl.Workbook().save(stream)
    return stream.getvalue()


def archive(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"%PDF-1.7\n", "bericht.txt", kinds.PDF),
        (b"\xef\xbb\xbf%PDF-1.4", "x", kinds.PDF),
        (b"\x00\x01garbage before\n%PDF-1.4", "x", kinds.PDF),
        (b"\x89PNG\r\n\x1a\n\x00", "scan.pdf", kinds.PNG),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "scan", kinds.JPEG),
        (b"II*\x00\x08\x00", "scan", kinds.TIFF),
        (b"<!DOCTYPE html>\n<p>Strom", "seite.md", kinds.HTML),
        (b"\n<!-- x --><html lang=de>", "", kinds.HTML),
        (b"<?xml version='1.0'?><html xmlns='x'>", "", kinds.HTML),
        (b"<p>Strom</p>", "seite.html", kinds.HTML),
        (b"Strom und Gas", "notiz.txt", kinds.PLAIN),
        (b"# Strom\n\nund Gas", "notiz.txt", kinds.PLAIN),
        (b"# Strom\n\nund Gas", "notiz", kinds.MARKDOWN),
        (b"---\nTitle: x\n---\n", "gesetz", kinds.MARKDOWN),
        (b"Strom und Gas", "notiz.md", kinds.MARKDOWN),
        (b"Strom und Gas", "notiz.pdf", kinds.PLAIN),
        (b"a;b\n1;2", "werte.csv", kinds.CSV),
        ("Zähler für Öl".encode("utf-16"), "x.txt", kinds.PLAIN),
        ("Zähler für Öl".encode("cp1252"), "x.txt", kinds.PLAIN),
        ("Zähler ä".encode()[:-1], "x.txt", kinds.PLAIN),
    ],
)
def test_content_decides(head: bytes, name: str, expected: str) -> None:
    assert BuiltinTexts().sniff(head, name) == expected


@pytest.mark.parametrize(("kind", "expected"), [("docx", kinds.DOCX), ("pptx", kinds.PPTX), ("xlsx", kinds.XLSX)])
def test_office_files_are_known_by_their_content_types(kind: str, expected: str) -> None:
    data = office(kind)
    assert kinds.sniff(data, "falsch.zip") == expected
    assert kinds.sniff(data[:4096], "falsch.zip") == expected


def test_a_name_within_an_archive_is_no_proof() -> None:
    with pytest.raises(UnsupportedFile, match="Archiv"):
        kinds.sniff(archive(**{"word/document.xml": b"<x/>", "[Content_Types].xml": b"<Types/>"}), "x.docx")


@pytest.mark.parametrize(
    ("head", "name", "reason"),
    [
        (b"", "leer.txt", "leer"),
        (b"  \n", "leer.txt", "leer"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, "alt.doc", "alte oder geschützte Office-Datei"),
        (b"{\\rtf1\\ansi Strom}", "alt.rtf", "RTF"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "bericht.pdf", "Programm"),
        (b"\x7fELF\x02\x01", "bericht.pdf", "Programm"),
        (b"\x1f\x8b\x08\x00", "x.tar.gz", "Archiv"),
        (archive(a=b"b"), "bericht.docx", "Archiv"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.text"), "x.odt", "Archiv|OpenDocument"),
        (bytes(range(256)) * 4, "x.txt", "nicht liest"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", "bild.svg", "XML"),
        (b"<?xml version='1.0'?><werte/>", "werte.xml", "XML"),
        (b"PK\x03\x04", "x.docx", "Archiv"),
        (b"..... ,,,,", "x.txt", "nicht liest"),
    ],
)
def test_all_else_is_refused_with_what_is_accepted(head: bytes, name: str, reason: str) -> None:
    with pytest.raises(UnsupportedFile, match=reason) as raised:
        kinds.sniff(head, name)
    assert name in raised.value.message
    assert "Nova liest PDF, Word" in raised.value.message


def test_a_word_that_begins_like_a_program_is_text() -> None:
    assert kinds.sniff(b"MZ ist die Messzelle.", "x.txt") == kinds.PLAIN


@given(st.binary(max_size=2000), st.sampled_from(["a.md", "a.docx", "a.pdf", "a", "a.html"]))
def test_any_bytes_are_accepted_or_refused_but_never_crash(data: bytes, name: str) -> None:
    with contextlib.suppress(UnsupportedFile):
        assert kinds.sniff(data, name) in kinds.ACCEPTED


@given(st.binary(max_size=300))
def test_any_bytes_in_an_archive_never_crash(data: bytes) -> None:
    with contextlib.suppress(UnsupportedFile):
        assert kinds.sniff(b"PK\x03\x04" + data, "x.docx") in kinds.ACCEPTED
