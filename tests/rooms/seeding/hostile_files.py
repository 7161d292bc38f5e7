"""Files made to break a reader of records: name -> (file name, bytes)."""

import gzip
import io
import json
import random
import struct
import zipfile
from collections.abc import Iterator

import openpyxl
import polars as pl

Named = tuple[str, str, bytes]


def corpus() -> list[Named]:
    """All of them, each under a name of its own."""
    return [*_texts(), *_encodings(), *_jsons(), *_books(), *_parquets(), *_binaries(), *_garbage()]


def _texts() -> Iterator[Named]:
    yield "empty", "a.csv", b""
    yield "newlines only", "a.csv", b"\n\r\n\n"
    yield "spaces only", "a.csv", b"   "
    yield "header only", "a.csv", b"id;text\n"
    yield "million columns", "a.csv", b";".join(b"c%d" % place for place in range(1_000_000)) + b"\n1\n"
    yield "million empty columns", "a.csv", b";" * 1_000_000 + b"\n1;2\n"
    yield "too many columns", "a.csv", b";".join(b"c%d" % place for place in range(2_001)) + b"\n1\n"
    yield "long line", "a.csv", b"id;text\n1;" + b"x" * 9_000_000
    yield "long line of fields", "a.csv", b"id;text\n" + b"1;" * 5_000_000
    yield "long header", "a.csv", b"x" * 100_000 + b";b\n1;2\n"
    yield "open quote", "a.csv", b'id;text\n1;"open\n2;b\n' + b"3;c\n" * 100_000
    yield "open short quote", "a.csv", b'id;text\n1;"open\n2;b\n'
    yield "quotes within", "a.csv", b'id;text\n1;a"b"c\n2;"a"b\n'
    yield "duplicate headers", "a.csv", b"id;x;x;X;x_2\n1;2;3;4;5\n"
    yield "empty headers", "a.csv", b"id;;;\n1;2;3;4\n"
    yield "ragged", "a.csv", b"id;a;b\n1\n2;3;4;5;6\n7;8;9\n"
    yield "formulas", "a.csv", b"id;a\n1;=cmd|' /C calc'!A0\n2;@SUM(1+1)\n3;+cmd|x\n4;-2+3+cmd|x\n"
    yield "formula header", "a.csv", b"id;=HYPERLINK(1)\n1;2\n"
    yield "duplicate ids", "a.csv", b"id;a\n1;a\n1;b\n1#2;c\n1;d\n"
    yield "nul bytes", "a.csv", b"id;a\n1;x\0y\n2;z\n" + b"3;fine text here\n" * 50
    yield "nul header", "a.csv", b"id;a\0b\n1;x\n" + b"3;fine text here\n" * 50
    yield "cr ends", "a.csv", b"id;a\r1;x\r2;y\r"
    yield "mixed ends", "a.csv", b"id;a\r\n1;x\n2;y\r3;z"
    yield "ctrl z", "a.csv", b"id;a\r\n1;x\r\n\x1a"
    yield "sep line", "a.csv", b"sep=|\nid|a\n1|x\n"
    yield "sep only", "a.csv", b"sep=;\n"
    yield "separator odd", "a.csv", b'sep="\nid"a\n'
    yield "nan", "a.csv", b"id;n\n1;NaN\n2;Infinity\n3;-inf\n4;1e999\n"
    yield "dst", "a.csv", b"id;at\n1;25.10.2026 02:30\n2;29.03.2026 02:30\n3;31.02.2026\n"
    yield "bidi", "a.csv", "id;a\n1;\u202eabc\u2066\n2;\u200b\n".encode()
    yield "combining", "a.csv", ("id;a\n1;a" + "\u0301" * 50_000 + "\n").encode()
    yield "path as name", "a.csv", b"../../etc/passwd;b\n1;2\n"
    yield "quote bomb", "a.csv", b"id;a\n" + b'"' * 1_000_001
    yield "many short rows", "a.csv", b"id;a\n" + b"\n" * 1_000_000


def _encodings() -> Iterator[Named]:
    text = "id;name\n1;Müller Straße €\n2;Özdemir\n"
    for encoding in ("utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        yield f"encoding {encoding}", "a.csv", text.encode(encoding)
    yield "mixed encodings", "a.csv", text.encode() + "3;Jäger\n".encode("cp1252")
    yield "odd utf-16", "a.csv", text.encode("utf-16") + b"x"
    yield "lone surrogate", "a.csv", b"id;a\n1;\xed\xa0\x80\n"
    yield "cut utf-8", "a.csv", "id;a\n1;ä".encode()[:-1]
    yield "wrong bom", "a.csv", b"\xff\xfe" + b"id;a\n1;b\n"


def _jsons() -> Iterator[Named]:
    deep = "[" * 100_000 + "]" * 100_000
    yield "deep jsonl", "a.jsonl", f'{{"id": "1", "a": {deep}}}\n{{"id": "2", "a": 1}}\n'.encode()
    yield "deep json", "a.json", f'[{{"id": "1", "a": {deep}}}]'.encode()
    yield "middling deep json", "a.jsonl", ('{"id": "1", "a": ' + "[" * 900 + "]" * 900 + "}").encode()
    yield "deep objects", "a.jsonl", ('{"a":' * 400 + "1" + "}" * 400).encode()
    yield "json nan", "a.jsonl", b'{"id": 1, "n": NaN}\n{"id": 2, "n": -Infinity}\n'
    yield "json huge int", "a.jsonl", b'{"id": 1, "n": ' + b"9" * 100_000 + b"}\n"
    yield "json huge exponent", "a.jsonl", b'{"id": 1, "n": 1e999999999999, "m": [1e999999]}\n'
    yield "json scalar", "a.json", b"42"
    yield "json list of scalars", "a.json", b"[1, 2, 3]"
    yield "json cut", "a.json", b'[{"id": 1}, {"id"'
    yield "jsonl cut", "a.jsonl", b'{"id": 1}\n{"id"'
    yield "json twice keys", "a.jsonl", b'{"id": 1, "a": 2, "a": 3}\n'
    yield "json surrogate", "a.jsonl", b'{"id": "\\ud800", "\\udfff": "a\\u0000b"}\n'
    yield "json many keys", "a.jsonl", "".join(json.dumps({f"k{place}": place}) + "\n" for place in range(3_000)).encode()
    yield "json empty objects", "a.jsonl", b"{}\n{}\n"
    yield "json empty key", "a.jsonl", b'{"": 1, " ": 2, "  ": 3}\n'
    yield "json empty", "a.json", b"[]"
    yield "json mixed", "a.json", b'[1, {"id": "a"}, null, [], {"id": {"x": [1, {"y": null}]}}]'
    yield "json key clash", "a.jsonl", b'{"a.b": 1, "a": {"b": 2}}\n'


def _books() -> Iterator[Named]:
    yield "xlsx as csv", "a.csv", _book([["id", "a"], [1, 2]])
    yield "xlsx empty", "a.xlsx", _book([])
    yield "xlsx far cell", "a.xlsx", _sheet(b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    yield "xlsx far row", "a.xlsx", _sheet(b"<row r='4294967295'><c r='A4294967295'><v>1</v></c></row>")
    yield "xlsx far column", "a.xlsx", _sheet(b'<row r="1"><c r="ZZZZZ1"><v>1</v></c></row>')
    yield "xlsx cell zero", "a.xlsx", _sheet(b'<row r="0"><c r="A0"><v>1</v></c></row>')
    yield "xlsx entities", "a.xlsx", _sheet(b'<row r="1"><c r="A1" t="str"><v>&a;&b;</v></c></row>')
    yield "xlsx formula", "a.xlsx", _book([["id", "a"], [1, "=cmd|' /C calc'!A0"]])
    yield "xlsx cut", "a.xlsx", _book([["id", "a"], [1, 2]])[:-200]
    yield "xlsx only magic", "a.xlsx", b"PK\x03\x04"
    yield "xlsx as text", "a.xlsx", b"id;a\n1;2\n"
    yield "zip of text", "a.csv", _zip({"a.csv": b"id;a\n1;2\n"})
    yield "zip bomb", "a.xlsx", _lying(_zip({"xl/workbook.xml": b"x", "xl/worksheets/sheet1.xml": b" " * 1_000_000}), 700_000_000)
    yield "zip of many", "a.xlsx", _zip({f"xl/workbook{place}.xml": b"" for place in range(3_000)})
    yield "zip that lies", "a.xlsx", _lying(_book([["id", "a"], [1, 2]]))


def _parquets() -> Iterator[Named]:
    good = _parquet(pl.DataFrame({"id": ["1", "2"], "n": [1.0, float("nan")]}))
    yield "parquet as csv", "a.csv", good
    yield "parquet cut", "a.parquet", good[:-10]
    yield "parquet footer length", "a.parquet", good[:-8] + struct.pack("<I", 2**31) + b"PAR1"
    yield "parquet footer zero", "a.parquet", good[:-8] + struct.pack("<I", 0) + b"PAR1"
    yield "parquet footer noise", "a.parquet", good[:4] + bytes(random.Random(1).randbytes(len(good) - 12)) + good[-8:]
    yield "parquet page noise", "a.parquet", good[:4] + b"\xff" * 20 + good[24:]
    yield "parquet only magic", "a.parquet", b"PAR1PAR1"
    yield "parquet many rows", "a.parquet", _parquet(pl.select(pl.repeat(1, 20_000_000, dtype=pl.Int8).alias("n")))
    yield "parquet many columns", "a.parquet", _parquet(pl.DataFrame({f"c{place}": [1] for place in range(2_500)}))
    yield "parquet nested", "a.parquet", _parquet(pl.DataFrame({"id": ["1"], "l": [[1, 2]], "s": [{"x": "ä"}], "b": [b"\xff"]}))
    yield "parquet nothing", "a.parquet", _parquet(pl.DataFrame())


def _binaries() -> Iterator[Named]:
    for name, head in (
        ("pdf", b"%PDF-1.7"),
        ("png", b"\x89PNG\r\n"),
        ("exe", b"MZ\x90\0"),
        ("elf", b"\x7fELF"),
        ("xls", b"\xd0\xcf\x11\xe0"),
    ):
        yield f"{name} as csv", "a.csv", head + bytes(random.Random(2).randbytes(5_000))
    yield "gzip as csv", "a.csv", gzip.compress(b"id;a\n1;2\n")
    yield "noise as csv", "a.csv", bytes(random.Random(3).randbytes(100_000))
    yield "noise as jsonl", "a.jsonl", bytes(random.Random(4).randbytes(100_000))
    yield "nuls", "a.csv", b"\0" * 100_000


def _garbage() -> Iterator[Named]:
    """Good files with bytes changed at random."""
    goods = [
        ("a.csv", b'id;text;n\n1;"a;b";1,5\n2;"c\nd";2\n' * 5),
        ("a.jsonl", b'{"id": "1", "a": [1, 2]}\n{"id": "2", "a": {"b": null}}\n' * 5),
        ("a.xlsx", _book([["id", "a"], [1, "x"], [2, "y"]])),
        ("a.parquet", _parquet(pl.DataFrame({"id": ["1", "2"], "n": [1, 2], "t": ["x", None]}))),
    ]
    for seed in range(420):
        noise = random.Random(seed)
        name, good = goods[seed % 4]
        data = bytearray(good)
        for _ in range(noise.randint(1, 12)):
            data[noise.randrange(len(data))] = noise.randrange(256)
        if seed % 3 == 0:
            del data[noise.randrange(len(data)) :]
        yield f"garbled {seed}", name, bytes(data)


def _book(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(rows: bytes) -> bytes:
    """A workbook whose sheet holds these rows as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_book([["x"]]))) as good, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bad:
        for entry in good.infolist():
            data = good.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                data = (
                    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
                    + rows
                    + b"</sheetData></worksheet>"
                )
            bad.writestr(entry.filename, data)
    return out.getvalue()


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return out.getvalue()


def _lying(data: bytes, size: int = 10) -> bytes:
    """The archive with the unpacked sizes in its directory set to this."""
    changed = bytearray(data)
    at = changed.find(b"PK\x01\x02")
    while at >= 0:
        changed[at + 24 : at + 28] = struct.pack("<I", size)
        at = changed.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


def _parquet(frame: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.write_parquet(out)
    return out.getvalue()
