"""Small files of the kinds that only a Tika server reads, the same bytes each time: OpenDocument, RTF, EPUB, e-mail, old Office."""

import email.policy
import io
import struct
import zipfile
from email.message import EmailMessage

_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
    for name, path in {"office": "office", "text": "text", "table": "table", "draw": "drawing", "presentation": "presentation"}.items()
)
_OPEN = "application/vnd.oasis.opendocument."
_META = (
    f'<office:document-meta {_NAMES} xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<office:meta><dc:title>Netzanschluss</dc:title></office:meta></office:document-meta>"
)


def _table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row) for row in rows)
    return "<table:table>" + "".join(f"<table:table-row>{row}</table:table-row>" for row in cells) + "</table:table>"


def packed(mimetype: str, parts: dict[str, str]) -> bytes:
    """An archive that says first what it is; nothing is compressed, so that it is the same whatever the library."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return stream.getvalue()


def odf(kind: str, body: str) -> bytes:
    """An OpenDocument file; `kind` is text, spreadsheet or presentation."""
    mimetype = _OPEN + kind
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mimetype}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    content = f"<office:document-content {_NAMES}><office:body>{body}</office:body></office:document-content>"
    return packed(mimetype, {"content.xml": content, "meta.xml": _META, "META-INF/manifest.xml": manifest})


def odt() -> bytes:
    body = (
        '<office:text><text:h text:outline-level="1">§ 1 Anschluss</text:h>'
        "<text:p>Der Anschluss wird innerhalb von 14 Tagen hergestellt. Straße &amp; Öl.</text:p>"
        "<text:list><text:list-item><text:p>erstens</text:p></text:list-item>"
        "<text:list-item><text:p>zweitens</text:p></text:list-item></text:list>"
        '<text:h text:outline-level="2">Fristen</text:h>'
    )
    return odf("text", body + _table(("Art", "Tage"), ("Strom", "14")) + "<text:p>Ende.</text:p></office:text>")


def ods() -> bytes:
    return odf("spreadsheet", f"<office:spreadsheet>{_table(('Monat', 'Cent'), ('Januar', '31,5'))}</office:spreadsheet>")


def letter() -> bytes:
    """A letter with an OpenDocument file and a list."""
    return eml(("anschluss.odt", odt()), ("werte.csv", "Zähler;kWh\n1;200\n".encode()))


def rtf() -> bytes:
    return (
        rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}{\info{\title Netzanschluss}}"
        rb"\pard\b Anschluss\b0\par\pard Der Anschluss wird innerhalb von 14 Tagen hergestellt. Stra\'dfe.\par}"
    )


def epub() -> bytes:
    def page(body: str) -> str:
        return f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{body}</body></html>'

    items = "".join(f'<item id="c{number}" href="c{number}.xhtml" media-type="application/xhtml+xml"/>' for number in (1, 2))
    spine = '<spine><itemref idref="c1"/><itemref idref="c2"/></spine>'
    about = '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Handbuch Netz</dc:title></metadata>'
    return packed(
        "application/epub+zip",
        {
            "META-INF/container.xml": '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
            "OEBPS/content.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="2.0">'
            f"{about}<manifest>{items}</manifest>{spine}</package>",
            "OEBPS/c1.xhtml": page("<h1>Kapitel eins</h1><p>Das Netz ist sicher.</p><script>alert(1)</script>"),
            "OEBPS/c2.xhtml": page("<h1>Kapitel zwei</h1><ul><li>erstens</li><li>zweitens</li></ul>"),
        },
    )


def eml(*attached: tuple[str, bytes]) -> bytes:
    """A letter with attachments (name, bytes)."""
    letter = EmailMessage(policy=email.policy.SMTP)
    letter["From"] = "A. Muster <a.muster@stadtwerke.example>"
    letter["To"] = "netz@stadtwerke.example"
    letter["Subject"] = "Abschaltung am Freitag, Straße 3"
    letter["Date"] = "Fri, 20 Nov 2026 10:00:00 +0100"
    letter.set_content("Guten Tag,\n\ndie Abschaltung dauert zwei Stunden.\n")
    for name, data in attached:
        letter.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    if attached:
        letter.set_boundary("=-nova-=")
    return letter.as_bytes()


def ole2(*names: str) -> bytes:
    """An old Office container with these streams below its root, and nothing in them."""
    entries = [_entry("Root Entry", 5, child=1 if names else -1)]
    entries += [_entry(name, 2, right=place + 2 if place + 1 < len(names) else -1) for place, name in enumerate(names)]
    directory = b"".join(entries).ljust(-(-len(entries) * 128 // 512) * 512, b"\x00")
    sectors = len(directory) // 512
    chain = [0xFFFFFFFD, *range(2, sectors + 1), 0xFFFFFFFE]
    table = struct.pack("<128I", *(chain + [0xFFFFFFFF] * (128 - len(chain))))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16 + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + b"\x00" * 6
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<109I", 0, *([0xFFFFFFFF] * 108))
    return head + table + directory


def _entry(name: str, kind: int, *, right: int = -1, child: int = -1) -> bytes:
    words = name.encode("utf-16-le") + b"\x00\x00"
    return words.ljust(64, b"\x00") + struct.pack("<HBBiii", len(words), kind, 1, -1, right, child) + b"\x00" * 48
