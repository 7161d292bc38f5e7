"""A good file and a random source -> a broken one: bytes, tokens, XML trees inside office files, objects and streams inside PDFs."""

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence

from lxml import etree

NUMBERS = (b"0", b"-1", b"1", b"9", b"255", b"256", b"65536", b"2147483647", b"2147483648", b"-2147483648", b"4294967296",
           b"99999999999999999999", b"1e400", b"-1e-400", b"0.0000001", b"nan", b"1e9", b"\xb2", b"\xd9\xa3")  # fmt: skip
BYTES = b"\x00\x01\x08\x09\x0a\x0c\x0d\x1b\x20\x22\x26\x28\x29\x2f\x3c\x3e\x5b\x5d\x7b\x7d\x7f\x80\xc3\xe2\xed\xf4\xfe\xff"
TOKENS: dict[str, tuple[bytes, ...]] = {
    "pdf": (
        *b"""obj endobj stream endstream xref trailer startxref %%EOF %PDF-1.4 << >> [ ] ( ) < > /Type /Kids /Parent /Count /Contents
        /Resources /Encrypt /Prev /ObjStm /XRef /XObject /Font /ToUnicode /Type3 /Identity-H /OCProperties
        /StructTreeRoot BT ET Tj TJ Tf Td Tm
        cm q Q Do BI ID EI re sh BMC EMC d1 beginbfchar endbfchar beginbfrange endbfrange null true \\377 #20""".split(),
        b" 0 R", b"/Filter /FlateDecode", b"/Filter [/ASCIIHexDecode /LZWDecode]", b"/DecodeParms << /Predictor 12 /Columns 9 >>",
        b"/W [1 2 1]", b"/Index [0 9]", b"/MediaBox [0 0 1 1]", b"/Rotate 90", b"/Length 9",
    ),
    "html": (
        *b"""< > </ /> <!-- --> <![CDATA[ ]]> & &# &#x110000; &#0; &amp; &nbsp; <table> <tr> <td> </table> <ul> <li> <h1> <h6> <pre> <br>
        <svg> <math> <template> <script> <style> <main> <article> <body> <head> <title> <form> <select> <caption>
        <dl><dt><dd> <xml:x>""".split(),
        b"<!doctype html>", b"<?xml version='1.0'?>", b"<ol start=99999999>", b"<meta charset=utf-16>", b"<meta charset=utf-7>",
        b"<p hidden>", b"<base href=x>", b"<div class='menu'>", b" style='display:none'", b" role=main", b" id=content",
        b"<a:b xmlns:a='x'>", b"\x00",
    ),
    "md": (
        *b"# === --- *** ___ ``` ~~~ ` | |---| +---+ [^1] [a](b) ![a](b) <!-- --> BK6-20-160 {{ \\".split(),
        b"# ", b"## ", b"###### ", b"- ", b"* ", b"+ ", b"1. ", b"a) ", b"(1) ", b"> ", b"    ", b"\t", b"| a | b |\n|---|---|\n",
        b"*    *   ", b":   ", b"[^1]: ", b"[a]: b", b"---\ntitle: x\n---\n", "§ 14a ".encode(), b"Abs. 2 Satz 1 Nr. 3", b"Art. 5",
        b"Anlage 2",
        "\u200b\u00ad\u2028".encode(), "a\u0300\u0301".encode(), b"\r\n", b"\r", b"\n\n", b"\n", b"[chunk 1]",
    ),
    "csv": (
        b";", b",", b"\t", b"|", b'"', b"'", b'""', b'";"', b"\n", b"\r\n", b"\r", b"\x00", b"\xef\xbb\xbf", b"\xff\xfe", b"1.234,56",
        b"2026-01-01", b"=1+1", b"sep=;", b" ",
    ),
    "txt": (
        b"\x0c", b"\x0b", b"\n\n", b"===", b"---", b"- ", b"1. ", b"a) ", b"(2) ", b"\t", b"    ", "§ 14a".encode(),
        "Straße".encode("cp1252"), "Öl".encode("cp850"), b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x1b[0m", b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80", b"\xc2\x85",
    ),
    "png": (b"IHDR", b"IDAT", b"IEND", b"PLTE", b"tRNS", b"iCCP", b"zTXt", b"acTL", b"fdAT", b"gAMA"),
    "jpg": tuple(b"\xff" + bytes([kind]) for kind in b"\xd8\xd9\xda\xc0\xc2\xc4\xdb\xdd\xd0\xe1\xfe"),
    "tif": (b"II*\x00", b"MM\x00*", b"\x00\x01\x04\x00", b"\x03\x01\x03\x00", b"\x11\x01\x04\x00", b"\xff\xff\xff\xff"),
}  # fmt: skip
VALUES = ("", "0", "-1", "1", "9", "999999999", "99999999999999999999", "1e400", "NaN", "x", "²", "٣", "true",
          "A1", "XFD1048576", "rId1", "rId999", "../../x", "/etc/passwd", "http://127.0.0.1:9/x", "Heading1", "ListNumber", "decimal",
          "upperRoman", "%1.%2.%9", "s", "str", "inlineStr", "d", "e", "b", "n", "preserve", "\u202e", "a" * 300)  # fmt: skip
XML = re.compile(r"\.(?:xml|rels)$")
MAIN = re.compile(r"(?:document|slide\d|sheet\d|sharedStrings|workbook|presentation|styles|numbering)\.xml$")
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, ValueError, OSError, EOFError, LookupError, OverflowError, NotImplementedError,
          RuntimeError)  # fmt: skip


def generic(data: bytes, rng: random.Random, tokens: Sequence[bytes], other: bytes) -> bytes:
    """A few random changes to bytes; `other` is spliced in."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 3, 6, 15))):
        size = len(out)
        at = rng.randrange(size) if size else 0
        span = min(size - at, rng.choice((1, 2, 4, 16, 64, 500)))
        match rng.randrange(11):
            case 0 if size:
                out[at] ^= 1 << rng.randrange(8)
            case 1 if size:
                out[at] = rng.choice(BYTES)
            case 2:
                del out[at : at + span]
            case 3:
                out[at:at] = out[at : at + span] * rng.choice((1, 1, 2, 20, 300))
            case 4:
                out[at:at] = rng.choice(tokens)
            case 5:
                out[at:at] = rng.choice(tokens) * rng.choice((2, 10, 300, 2000))
            case 6:
                start = rng.randrange(len(other) + 1)
                out[at : at + span] = other[start : start + rng.choice((4, 40, 400))]
            case 7:
                _number(out, rng)
            case 8 if size > 4:
                struct.pack_into("<I", out, min(at, size - 4), rng.choice((0, 1, 0xFFFFFFFF, 0x7FFFFFFF, 0x80000000, 65536, size)))
            case 9:
                to = rng.randrange(size + 1)
                out[to:to] = out[at : at + span]
            case _ if rng.random() < 0.1:
                del out[at:]
    return bytes(out)


def _number(out: bytearray, rng: random.Random) -> None:
    """Another number for one of those that stand there."""
    found = list(re.finditer(rb"\d+", out[:200_000]))
    if found:
        one = rng.choice(found)
        out[one.start() : one.end()] = rng.choice(NUMBERS)


def pdf(data: bytes, rng: random.Random, other: bytes) -> bytes:
    """A PDF with a change in its bytes, in an unpacked stream, or in what refers to what."""
    choice = rng.random()
    if choice < 0.25:
        return generic(data, rng, TOKENS["pdf"], other)
    if choice < 0.55:
        out = bytearray(data)
        references = list(re.finditer(rb"\b(\d+) 0 R", data))
        numbers = [one[1] for one in re.finditer(rb"\n(\d+) 0 obj", data)]
        if not references or not numbers:
            return generic(data, rng, TOKENS["pdf"], other)
        for _ in range(rng.randrange(1, 4)):
            one = rng.choice(references)
            target = rng.choice(numbers)[: len(one[1])].rjust(len(one[1]), b"0")
            out[one.start(1) : one.end(1)] = target
        return bytes(out)
    streams = list(re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL))
    if not streams:
        return generic(data, rng, TOKENS["pdf"], other)
    one = rng.choice(streams)
    packed = b"/FlateDecode" in data[max(0, one.start() - 200) : one.start()]
    try:
        inner = zlib.decompress(one[1]) if packed else one[1]
    except zlib.error:
        return generic(data, rng, TOKENS["pdf"], other)
    inner = generic(inner, rng, TOKENS["pdf"], other)
    new = zlib.compress(inner, 1) if packed else inner
    before, after = data[: one.start(1)], data[one.end(1) :]
    at = before.rfind(b"/Length ", max(0, len(before) - 300))
    if at >= 0 and rng.random() < 0.9:
        before = before[: at + 8] + re.sub(rb"^\d+", b"%d" % len(new), before[at + 8 :], count=1)
    return before + new + after


def office(data: bytes, rng: random.Random, other: bytes) -> bytes:
    """An office file with changes inside one or two of its parts, or in the archive itself."""
    if rng.random() < 0.15:
        return generic(data, rng, (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"\xff\xff", b"[Content_Types].xml"), other)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except BROKEN:
        return generic(data, rng, TOKENS["html"], other)
    names = [name for name in parts if XML.search(name)]
    weights = [
        12 if re.search(r"(?:document|slide\d|sheet\d|sharedStrings|workbook|presentation|styles|numbering)\.xml$", n) else 2 for n in names
    ]
    for name in rng.choices(names, weights, k=rng.choice((1, 1, 2))):
        parts[name] = generic(parts[name], rng, TOKENS["html"], other) if rng.random() < 0.25 else tree(parts[name], rng)
    if rng.random() < 0.05:
        parts.pop(rng.choice(list(parts)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return out.getvalue()


def tree(data: bytes, rng: random.Random) -> bytes:
    """Well-formed XML with other contents: elements gone, doubled, moved, renamed; attributes with other values."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return data
    nodes = [node for node in root.iter() if isinstance(node.tag, str)][:3000]
    for _ in range(rng.choice((1, 2, 4, 10))):
        node, mate = rng.choice(nodes), rng.choice(nodes)
        _change(root, node, mate, rng)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _change(root: etree._Element, node: etree._Element, mate: etree._Element, rng: random.Random) -> None:
    parent = node.getparent()
    inside = any(above is node for above in mate.iterancestors()) or mate is node
    match rng.randrange(9):
        case 0 if parent is not None:
            parent.remove(node)
        case 1 if parent is not None and len(node) < 200:
            for _ in range(rng.choice((1, 2, 30))):
                parent.insert(parent.index(node), etree.fromstring(etree.tostring(node, with_tail=False)))
        case 2 if not inside and parent is not None and mate is not root:
            mate.append(node)
        case 3:
            node.tag = mate.tag
        case 4 | 5 if node.attrib:
            node.set(rng.choice(list(node.attrib)), rng.choice(VALUES))
        case 6 if node.attrib:
            del node.attrib[rng.choice(list(node.attrib))]
        case 7:
            node.text = rng.choice(VALUES)
        case 8:
            for name, value in mate.attrib.items():
                node.set(name, value)


def png(data: bytes, rng: random.Random, other: bytes) -> bytes:
    """A PNG with a change in a chunk whose sum is made right again, or anywhere."""
    if rng.random() < 0.4:
        return generic(data, rng, TOKENS["png"], other)
    chunks, at = [], 8
    while at + 8 <= len(data) and len(chunks) < 100:
        size = struct.unpack(">I", data[at : at + 4])[0]
        chunks.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + size]))
        at += size + 12
    if not chunks:
        return data
    number = rng.randrange(len(chunks))
    kind, body = chunks[number]
    chunks[number] = (kind, generic(body, rng, TOKENS["png"], other))
    if rng.random() < 0.3:
        chunks.insert(rng.randrange(len(chunks) + 1), rng.choice(chunks))
    return data[:8] + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )


def lines(tokens: Sequence[bytes]) -> Callable[[bytes, random.Random, bytes], bytes]:
    """A text with changes to bytes and to whole lines."""

    def mutate(data: bytes, rng: random.Random, other: bytes) -> bytes:
        rows = data.split(b"\n")
        for _ in range(rng.choice((0, 1, 3, 8))):
            at, to = rng.randrange(len(rows)), rng.randrange(len(rows))
            match rng.randrange(6):
                case 0:
                    rows[at] = rng.choice(tokens) + rows[at]
                case 1:
                    rows.insert(to, rows[at])
                case 2 if len(rows) > 1:
                    rows.pop(at)
                case 3:
                    rows[at] = b" " * rng.choice((1, 2, 4, 40, 3000)) + rows[at]
                case 4:
                    rows[at] = rows[at] + rows[to]
                case 5:
                    rows[at:at] = [rng.choice(tokens)] * rng.choice((1, 5, 200))
        return generic(b"\n".join(rows), rng, tokens, other)

    return mutate


def plainly(tokens: Sequence[bytes]) -> Callable[[bytes, random.Random, bytes], bytes]:
    """Any file with changes to bytes."""
    return lambda data, rng, other: generic(data, rng, tokens, other)


MUTATORS: dict[str, Callable[[bytes, random.Random, bytes], bytes]] = {
    "pdf": pdf, "docx": office, "xlsx": office, "pptx": office, "html": lines(TOKENS["html"]), "md": lines(TOKENS["md"]),
    "txt": lines(TOKENS["txt"] + TOKENS["md"]), "csv": lines(TOKENS["csv"]), "png": png, "jpg": plainly(TOKENS["jpg"]),
    "tif": plainly(TOKENS["tif"]),
}  # fmt: skip
