"""Hostile PDFs, written by hand: loops, bombs, counts that lie, and drawings that never end."""

import zlib
from collections.abc import Callable, Mapping

TEXT = b"BT /F1 12 Tf 50 700 Td (Der Netzbetreiber prueft die Anlage jaehrlich.) Tj ET"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>"


def stream(data: bytes, *, extra: bytes = b"", packed: int = 0) -> bytes:
    """A stream object, packed so many times."""
    for _ in range(packed):
        data = zlib.compress(data, 9)
    filters = b"/Filter [" + b"/FlateDecode " * packed + b"] " if packed else b""
    return b"<< /Length %d %s%s >>\nstream\n%s\nendstream" % (len(data), filters, extra, data)


def pdf(objects: Mapping[int, bytes], *, trailer: bytes = b"", tail: bytes | None = None) -> bytes:
    """A file of these objects with a right table of their places; object 1 is the catalog."""
    out, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (size, trailer)
    return bytes(out + (b"startxref\n%d\n%%%%EOF\n" % start if tail is None else tail))


def good(**changes: bytes) -> dict[int, bytes]:
    """A file of one page with text; `o4=...` replaces object 4."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: PAGE,
        4: stream(TEXT),
        5: FONT,
    }
    return objects | {int(name[1:]): body for name, body in changes.items()}


def many_pages(count: int, shared: bool = True, content: bytes = TEXT) -> bytes:
    objects = good(o4=stream(content, packed=1))
    objects[2] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % (10 + i) for i in range(count)), count)
    for i in range(count):
        page = PAGE if shared else PAGE.replace(b"595", b"%d" % (500 + i % 100))
        objects[10 + i] = page
    return pdf(objects)


def doubling_forms(depth: int) -> bytes:
    """Each form draws the next one twice."""
    objects = good(o4=stream(b"/X10 Do"))
    objects[3] = PAGE.replace(b"/Font", b"/XObject << /X10 10 0 R >> /Font")
    for level in range(10, 10 + depth):
        resources = (
            b"/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /XObject << /X%d %d 0 R >> /Font << /F1 5 0 R >> >>"
            % (
                level + 1,
                level + 1,
            )
        )
        objects[level] = stream((b"/X%d Do " % (level + 1)) * 2, extra=resources)
    objects[10 + depth] = stream(TEXT, extra=b"/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /Font << /F1 5 0 R >> >>")
    return pdf(objects)


def picture(width: int, height: int, data: bytes, extra: bytes) -> bytes:
    """A page that shows one picture and no text."""
    objects = good(o4=stream(b"q 595 0 0 842 0 0 cm /I Do Q"))
    objects[3] = PAGE.replace(b"/Font", b"/XObject << /I 10 0 R >> /Font")
    objects[10] = stream(data, extra=b"/Type /XObject /Subtype /Image /Width %d /Height %d %s" % (width, height, extra))
    return pdf(objects)


def loops() -> dict[str, Callable[[], bytes]]:
    """What refers to itself."""
    return {
        "page tree loop": lambda: pdf(good(o2=b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>")),
        "page tree loop of two": lambda: pdf(
            good(
                o2=b"<< /Type /Pages /Kids [6 0 R] /Count 5 >>", o6=b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 5 >>"
            )
        ),
        "page tree without end": lambda: pdf(
            good() | {2: b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>"}
            | {n: b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 1) for n in range(10, 30_000)}
        ),
        "catalog that is its pages": lambda: pdf(good(o1=b"<< /Type /Catalog /Pages 1 0 R /Kids [1 0 R] /Count 1 >>")),
        "xref that is its own predecessor": lambda: pdf(good(), trailer=b"/Prev 9"),
        "xref loop": lambda: (lambda data: data.replace(b"/Root 1 0 R ", b"/Root 1 0 R /Prev %d " % data.rindex(b"xref\n0")))(pdf(good())),
        "xref elsewhere": lambda: pdf(good(), tail=b"startxref\n99999999999\n%%EOF"),
        "length that refers to itself": lambda: pdf(good(o4=b"<< /Length 4 0 R >>\nstream\n" + TEXT + b"\nendstream")),
        "contents of contents": lambda: pdf(good(o3=PAGE.replace(b"4 0 R", b"[3 0 R 4 0 R 3 0 R]"))),
        "form in itself": lambda: pdf(
            good(o3=PAGE.replace(b"/Font", b"/XObject << /X 6 0 R >> /Font"), o4=stream(b"/X Do " + TEXT),
                 o6=stream(b"/X Do", extra=b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"))
        ),
        "forms that double": lambda: doubling_forms(30),
        "font in itself": lambda: pdf(
            good(o5=b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a 6 0 R >> /FirstChar 65 "
                    b"/LastChar 122 /Encoding << /Differences [65 /a /a /a 97 /a] >> /Resources << /Font << /F1 5 0 R >> >> /Widths [9] >>",
                 o6=stream(b"9 0 0 0 9 9 d1 " + TEXT))
        ),
        "parent loop": lambda: (
            pdf(good(o2=b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 3 0 R >>", o3=PAGE.replace(b"/MediaBox [0 0 595 842]", b"")))
        ),
        "object stream in itself": lambda: pdf(
            good(o6=stream(b"6 0 7 5 << >> << >>", extra=b"/Type /ObjStm /N 2 /First 8 /Extends 6 0 R", packed=1))
        ),
    }  # fmt: skip


def bombs() -> dict[str, Callable[[], bytes]]:
    """Little that becomes much."""
    spaces = b" " * 300_000_000
    grey = b"/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode"
    return {
        "packed content": lambda: pdf(good(o4=stream(TEXT + spaces, packed=1))),
        "packed twice": lambda: pdf(good(o4=stream(TEXT + spaces * 3, packed=2))),
        "packed fifty times": lambda: pdf(good(o4=stream(TEXT, packed=50))),
        "the same bomb on each page": lambda: many_pages(2_000, content=TEXT + b" " * 20_000_000),
        "text without end": lambda: pdf(good(o4=stream(b"BT /F1 1 Tf " + b"(Strom und Netz) Tj 1 0 Td " * 500_000 + b"ET", packed=1))),
        "one string": lambda: pdf(good(o4=stream(b"BT /F1 1 Tf (" + b"Strom " * 3_000_000 + b") Tj ET", packed=1))),
        "the same text on each page": lambda: (
            many_pages(3_000, content=b"BT /F1 1 Tf 1 0 0 1 9 9 Tm " + b"(Strom und Netz) Tj " * 5_000 + b"ET")
        ),
        "pages": lambda: many_pages(20_000),
        "pages that are said to be": lambda: pdf(good(o2=b"<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>")),
        "fewer than no pages": lambda: pdf(good(o2=b"<< /Type /Pages /Kids [3 0 R] /Count -5 >>")),
        "one page a million times": lambda: pdf(good(o2=b"<< /Type /Pages /Kids [" + b"3 0 R " * 1_000_000 + b"] /Count 1000000 >>")),
        "arrays": lambda: pdf(good(o6=b"[" * 100_000 + b"]" * 100_000, o3=PAGE.replace(b"/Type", b"/X 6 0 R /Type"))),
        "dictionaries": lambda: pdf(good(o6=b"<< /a " * 100_000 + b">>" * 100_000)),
        "arrays in the content": lambda: pdf(good(o4=stream(b"[" * 1_000_000 + TEXT))),
        "saved states": lambda: pdf(good(o4=stream(b"q " * 2_000_000 + TEXT, packed=1))),
        "marked content": lambda: pdf(good(o4=stream(b"/P BMC " * 500_000 + TEXT, packed=1))),
        "objects": lambda: pdf(good() | dict.fromkeys(range(10, 300000), b"null")),
        "title": lambda: pdf(good(o6=b"<< /Title (" + b"Titel " * 5_000_000 + b") >>"), trailer=b"/Info 6 0 R"),
        "character map": lambda: pdf(
            good(o5=FONT.replace(b">>", b"/ToUnicode 6 0 R >>"),
                 o6=stream(b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange "
                           + b"100 beginbfrange <00> <ff> <0041> endbfrange " * 200_000 + b"endcmap", packed=1))
        ),
        "one letter that is a book": lambda: pdf(
            good(o5=FONT.replace(b">>", b"/ToUnicode 6 0 R >>"),
                 o6=stream(b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <61> <" + b"0041" * 500_000
                           + b"> endbfchar endcmap", packed=1))
        ),
        "picture of 900 million points": lambda: picture(30_000, 30_000, zlib.compress(bytes(30_000 * 30_000 // 8), 9),
                                                         grey.replace(b"8 /F", b"1 /F")),
        "picture that says to be larger": lambda: picture(2**31 - 1, 2**31 - 1, zlib.compress(bytes(1000)), grey),
        "pictures side by side": lambda: pdf(
            good(o3=PAGE.replace(b"/Font", b"/XObject << /I 10 0 R >> /Font"), o4=stream(b"q 1 0 0 1 0 0 cm /I Do Q " * 20_000, packed=1),
                 o10=stream(zlib.compress(bytes(4_000_000), 9), extra=b"/Type /XObject /Subtype /Image /Width 2000 /Height 2000 " + grey))
        ),
        "jpeg that lies": lambda: picture(
            60_000, 60_000, bytes.fromhex("ffd8ffc0000b08ea60ea6001011100ffda0008010100003f00") + b"\x00" * 100 + b"\xff\xd9",
            b"/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode"),
        "jbig2 that lies": lambda: picture(
            60_000, 60_000, bytes.fromhex("0000000030000100000013ffffffffffffffff0000000000000000000000"),
            b"/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode"),
        "page of a kilometre": lambda: pdf(good(o3=PAGE.replace(b"595 842", b"1e9 1e9"), o4=stream(b"0 0 m 9 9 l S"))),
        "page of nothing": lambda: pdf(good(o3=PAGE.replace(b"595 842", b"0 0"), o4=stream(b"0 0 m 9 9 l S"))),
        "page that is a line": lambda: pdf(good(o3=PAGE.replace(b"595 842", b"0.001 100000000"), o4=stream(b"0 0 m 9 9 l S"))),
        "page of not a number": lambda: pdf(good(o3=PAGE.replace(b"595 842", b"nan -1e400"), o4=stream(b"0 0 m 9 9 l S"))),
        "pattern": lambda: pdf(
            good(o3=PAGE.replace(b"/Font", b"/Pattern << /P 6 0 R >> /Font"), o4=stream(b"/Pattern cs /P scn 0 0 595 842 re f"),
                 o6=stream(b"0 0 .01 .01 re f", extra=b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep .001 /YStep .001 "
                                                      b"/Resources << >>"))
        ),
        "lines": lambda: pdf(good(o4=stream(b"0 0 m " + b"500 800 l 1 1 l " * 1_000_000 + b"S", packed=1))),
        "dashes": lambda: pdf(good(o4=stream(b"[.00001] 0 d 9 w 0 0 m 500 800 l S"))),
        "shading": lambda: pdf(
            good(o3=PAGE.replace(b"/Font", b"/Shading << /S 6 0 R >> /Font"), o4=stream(b"/S sh " * 3_000),
                 o6=b"<< /ShadingType 1 /ColorSpace /DeviceRGB /Function << /FunctionType 4 /Domain [0 1 0 1] /Range [0 1 0 1 0 1] "
                    b"/Length 0 >> >>")
        ),
    }  # fmt: skip


def lies() -> dict[str, Callable[[], bytes]]:
    """What is not what it says."""
    return {
        "cut off": lambda: pdf(good())[:300],
        "only a head": lambda: b"%PDF-1.7\n" + b"\x00" * 1000,
        "head a thousand times": lambda: b"%PDF-1.7\n" * 100_000,
        "ends a thousand times": lambda: pdf(good()) + b"startxref\n9\n%%EOF\n" * 50_000,
        "garbage between": lambda: pdf(good()).replace(b"endobj", b"endobj\n" + b"<<>>" * 100_000, 1),
        "filter unknown": lambda: pdf(good(o4=stream(TEXT, extra=b"/Filter /Nova"))),
        "filters without end": lambda: pdf(good(o4=stream(TEXT, extra=b"/Filter [" + b"/ASCIIHexDecode " * 10_000 + b"]"))),
        "predictor": lambda: pdf(
            good(o4=stream(TEXT, packed=1, extra=b"/DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 999 >>"))
        ),
        "encrypted with nothing": lambda: pdf(good(o6=b"<< /Filter /Standard /V 5 /R 6 >>"), trailer=b"/Encrypt 6 0 R /ID [<00> <00>]"),
        "encrypted in a loop": lambda: pdf(good(), trailer=b"/Encrypt 1 0 R"),
        "actions": lambda: pdf(
            good(
                o1=b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /URI /URI (http://127.0.0.1:9/beacon) >> /AA << /O << /S /Launch "
                b"/F (/bin/sh) >> >> /Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (app.alert(1)) >>] >> >> >>"
            )
        ),
        "files outside": lambda: pdf(good(o4=b"<< /Length 0 /F (/etc/passwd) /FFilter /FlateDecode >>\nstream\n\nendstream")),
    }


def files() -> dict[str, tuple[str, Callable[[], bytes]]]:
    """Every one: what it is -> its file name and its bytes."""
    return {f"pdf: {name}": ("feindlich.pdf", make) for name, make in {**loops(), **bombs(), **lies()}.items()}
