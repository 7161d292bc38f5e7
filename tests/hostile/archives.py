"""Hostile archives and XML in office files: bombs, lists that lie, entities that grow or call out, relations without end."""

import struct
import zipfile
import zlib
from collections.abc import Callable

from tests.hostile.office import CANARY, TEXT, R, W, X, excel, packed, with_body, word


def laughs(root: str) -> bytes:
    """Entities that grow."""
    lines = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "Strom">{lines}]>{root.replace("TEXT", "&a9;")}'.encode()


def overlapping(count: int, size: int) -> bytes:
    """Many names for the same packed data."""
    data = zlib.compressobj(9, zlib.DEFLATED, -15)
    raw = bytes(size)
    small = data.compress(raw) + data.flush()
    base = packed(word())
    end = base.rindex(b"PK\x05\x06")
    directory = struct.unpack("<I", base[end + 16 : end + 20])[0]
    name = b"word/media/bild.bin"
    fields = (20, 0, 8, 0, 33, zlib.crc32(raw), len(small), size, len(name), 0)
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", *fields) + name + small
    entries = b"".join(
        struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, *fields, 0, 0, 0, 0, directory) + name.replace(b"bild", b"%04d" % i)
        for i in range(count)
    )
    old, total = base[directory:end], struct.unpack("<H", base[end + 10 : end + 12])[0] + count
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, total, total, len(old) + len(entries), directory + len(local), 0)
    return base[:directory] + local + old + entries + tail


def quoted(count: int, size: int) -> bytes:
    """Packed data in which each part holds all that follow: their headings are quoted as stored blocks (David Fifield's construction)."""
    raw = bytes(size)
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    kernel = squeeze.compress(raw) + squeeze.flush()
    names = [b"word/media/%06d.bin" % i for i in range(count)]
    pieces: list[bytes] = []
    crc, packed_size, plain, after = zlib.crc32(raw), len(kernel), raw, b""
    entries = []
    for i in range(count - 1, -1, -1):
        if i < count - 1:
            quote = struct.pack("<BHH", 0, len(after), len(after) ^ 0xFFFF)
            plain = after + plain
            crc, packed_size = zlib.crc32(plain), packed_size + len(quote) + len(after)
            pieces.append(quote)
        fields = (20, 0, 8, 0, 33, crc, packed_size, len(plain), len(names[i]), 0)
        after = struct.pack("<4s5H3I2H", b"PK\x03\x04", *fields) + names[i]
        pieces.append(after)
        entries.append((i, fields))
    blob = b"".join(reversed(pieces)) + kernel
    places, at = {}, 0
    for piece in reversed(pieces):
        if piece[:4] == b"PK\x03\x04":
            places[len(places)] = at
        at += len(piece)
    base = packed(word())
    end = base.rindex(b"PK\x05\x06")
    start = struct.unpack("<I", base[end + 16 : end + 20])[0]
    new = b"".join(
        struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, *fields, 0, 0, 0, 0, start + places[i]) + names[i] for i, fields in reversed(entries)
    )
    old, total = base[start:end], struct.unpack("<H", base[end + 10 : end + 12])[0] + count
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, total, total, len(old) + len(new), start + len(blob), 0)
    return base[:start] + blob + old + new + tail


def declared(data: bytes, part: bytes, size: int) -> bytes:
    """The same archive, in whose list a part claims another unpacked size."""
    at = data.rindex(part)
    return data[: at - 46 + 24] + struct.pack("<I", size) + data[at - 46 + 28 :]


def relation(kind: str, target: str) -> bytes:
    """A list of one relation."""
    begin = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    return f'{begin}<Relationship Id="r1" Type="{R}/{kind}" Target="{target}"/></Relationships>'.encode()


def archives() -> dict[str, Callable[[], bytes]]:
    """Bombs in the archive itself."""
    zeros = bytes(400_000_000)

    def nested(depth: int) -> bytes:
        inner = bytes(50_000_000)
        for _ in range(depth):
            inner = packed({"a.zip": inner})
        return packed(word() | {"word/embeddings/a.zip": inner})

    return {
        "zeros": lambda: packed(word() | {"word/media/bild.bin": zeros}),
        "zeros in many parts": lambda: packed(word() | {f"word/media/{i}.bin": zeros[:2_000_000] for i in range(300)}),
        "ten gigabytes declared": lambda: declared(packed(word()), b"word/document.xml", 0xFFFFFFFE),
        "less declared than there is": lambda: declared(with_body(TEXT * 300_000), b"word/document.xml", 1000),
        "archives in archives": lambda: nested(6),
        "overlapping": lambda: overlapping(2_000, 20_000_000),
        "quoted": lambda: quoted(300, 2_000_000),
        "many parts": lambda: packed(word() | {f"word/x{i}.xml": b"<x/>" for i in range(100_000)}),
        "same names": lambda: overlapping(60_000, 10),
        "long names": lambda: packed(word() | {"word/" + "x" * 60_000 + f"{i}.xml": b"<x/>" for i in range(200)}),
        "paths": lambda: packed(word() | {"../../../../nova-hostile": b"x", "/etc/nova-hostile": b"x", "C:\\nova": b"x"}),
        "bzip2": lambda: packed(word() | {"word/media/bild.bin": zeros}, zipfile.ZIP_BZIP2),
        "lzma": lambda: packed(word(), zipfile.ZIP_LZMA),
        "locked": lambda: packed(word()).replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"),
        "comment": lambda: packed(word())[:-2] + struct.pack("<H", 65_535) + b"PK\x05\x06" * 16_000,
        "directory that lies": lambda: (lambda data: data[:-6] + struct.pack("<I", 0xFFFFFF) + data[-2:])(packed(word())),
        "cut off": lambda: packed(word())[:-500],
    }


def xml() -> dict[str, Callable[[], bytes]]:
    """XML that grows, calls out or refers beyond the file."""
    root = f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>TEXT</w:t></w:r></w:p></w:body></w:document>'
    outside = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>{root.replace("TEXT", "&a;")}'
    include = root.replace("<w:p>", '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/><w:p>')
    more = f'<Relationship Id="rX" Type="{R}/{{}}" Target="{CANARY}" TargetMode="External"/></Relationships>'

    def related(kind: str) -> bytes:
        parts = word()
        name = "word/_rels/document.xml.rels"
        parts[name] = parts[name].replace(b"</Relationships>", more.format(kind).encode())
        return packed(parts)

    def types(data: bytes) -> bytes:
        return packed(word() | {"[Content_Types].xml": data})

    return {
        "entities that grow": lambda: packed(word() | {"word/document.xml": laughs(root)}),
        "entities that grow in utf-16": lambda: packed(word() | {"word/document.xml": laughs(root).decode().encode("utf-16")}),
        "entities behind a long beginning": lambda: packed(
            word() | {"word/document.xml": b'<?xml version="1.0"?>' + b"<!-- x -->" * 40_000 + laughs(root)[21:]}
        ),
        "entities in styles": lambda: packed(word() | {"word/styles.xml": laughs(f'<w:styles xmlns:w="{W}">TEXT</w:styles>')}),
        "entities in the strings": lambda: (
            packed(excel() | {"xl/sharedStrings.xml": laughs(f'<sst xmlns="{X}"><si><t>TEXT</t></si></sst>')})
        ),
        "entities in the types": lambda: types(laughs("<Types>TEXT</Types>")),
        "a file outside": lambda: packed(word() | {"word/document.xml": outside.encode()}),
        "inclusion": lambda: packed(word() | {"word/document.xml": include.encode()}),
        **{
            f"relation outside: {kind}": lambda kind=kind: related(kind)  # type: ignore[misc]
            for kind in ("attachedTemplate", "image", "aFChunk", "numbering", "styles")
        },
        "relation to itself": lambda: packed(word() | {"word/_rels/numbering.xml.rels": relation("numbering", "numbering.xml")}),
        "chain of parts": lambda: packed(
            word() | {f"word/x{i}.xml": b"<x/>" for i in range(4_000)}
            | {f"word/_rels/x{i}.xml.rels": relation("x", f"x{i + 1}.xml") for i in range(3_999)}
            | {"word/_rels/document.xml.rels": relation("x", "x0.xml")}
        ),
        "attributes": lambda: with_body("<w:p " + " ".join(f'a{i}="b"' for i in range(100_000)) + "/>" + TEXT),
        "namespaces": lambda: with_body("<w:p " + " ".join(f'xmlns:a{i}="b{i}"' for i in range(20_000)) + "/>" + TEXT),
        "deep": lambda: with_body("<w:x>" * 100_000 + "</w:x>" * 100_000 + TEXT),
        "one word of fifty million letters": lambda: with_body(f"<w:p><w:r><w:t>{'x' * 50_000_000}</w:t></w:r></w:p>"),
        "elements": lambda: with_body("<w:p/>" * 5_000_000 + TEXT),
    }  # fmt: skip


def files() -> dict[str, tuple[str, Callable[[], bytes]]]:
    """Every one: what it is -> its file name and its bytes."""
    made = {f"archive: {name}": make for name, make in archives().items()} | {f"xml: {name}": make for name, make in xml().items()}
    return {name: ("feindlich.xlsx" if "strings" in name else "feindlich.docx", make) for name, make in made.items()}
