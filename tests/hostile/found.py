"""Files that once broke a reader, made as small as they go: what was wrong -> the file's kind and its bytes."""

from base64 import b64decode

from tests.hostile import archives, office, pdfs

_FAR_AWAY = (
    "eAG9k01qwzAQhQPd+RRv6W5kS/6RRUugpc0iixKIL+DUk59iTKvIBHKrXq6rQqvYcWJiF7rK7DQaffNmeBLOYwpvwsFj5vtIl3hOD6mAM54g8X"
    "0mQ6SuYJjpipZVubpF+nYs8iYCPzZ672Ty76j5+T3cJ9J4IdG0WdjT/l4aG8JDWStCVhSE3N5irTXd1XczW2VlIc8q0gbrr9f11lC5xX5nC+em"
    "KnMqWUd1lGl9cdWBSvtKsfHY2dbIxQnIZauQn3A="
)
_BODY, _RELATED = "word/document.xml", "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"
FOUND: dict[str, tuple[str, bytes]] = {
    "a digit that is no number (html)": ("html", "<html><ol start=²><li>a".encode()),
    "quotes that csv.Sniffer never finishes": ("csv", b"Zaehler;Wert;Ort\n" + b'""hler;Wert;Ort\n' * 500),
    "letters whose size is no number": (
        "pdf",
        b"%PDF\n1 0 obj<</Kids[5 0 R]endobj\n2 0 obj<</Pages 1 0 R\nendobj\n5 0 obj<</Contents 6 0 R>>6 0 obj<</Filter/FlateDecode>>"
        b"stream\n"
        + b64decode(_FAR_AWAY) + b"\nendobj\ntrailer<</Root 2 0 R>>",
    ),
    "a title that is no UTF-16": ("pdf", pdfs.pdf(pdfs.good(o6=b"<< /Title <FEFFD800D800004100> >>"), trailer=b"/Info 6 0 R")),
    "a workbook without a workbook": (
        "xlsx", office.packed(office.excel() | {_TYPES: office.excel()[_TYPES].replace(b"sheet.main", b"sheet.main ")}),
    ),
    "a relation outside instead of styles": ("docx", archives.xml()["relation outside: styles"]()),
    "a Word file without a body": ("docx", office.packed(office.word() | {_BODY: f'<w:document xmlns:w="{office.W}"/>'.encode()})),
    "a Word file that is a paragraph": ("docx", office.packed(office.word() | {_BODY: f'<w:p xmlns:w="{office.W}"/>'.encode()})),
    "a relation of no kind": (
        "docx", office.packed(office.word() | {_RELATED: office.word()[_RELATED].replace(b"</R", b'<Relationship Id="r" Target="a"/></R')}),
    ),
    "a heading of a level with five thousand digits": (
        "docx", office.with_body(f"<w:p><w:pPr><w:outlineLvl w:val='{'9' * 5000}'/></w:pPr><w:r><w:t>Punkt</w:t></w:r></w:p>"),
    ),
    "a point deeper than memory": (
        "pptx", office.shapes(office.shape().replace("<a:p>", "<a:p><a:pPr lvl='999999999'/>")),
    ),
    "properties of another kind": (
        "pptx", office.packed(office.slides() | {_TYPES: office.slides()[_TYPES].replace(b"core-properties+xml", b"core-properties+xm")}),
    ),
    "a list deeper than memory": ("docx", office.documents()["list deeper than anything"]()),
}  # fmt: skip
