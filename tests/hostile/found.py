"""Files that once broke a reader, made as small as they go: what was wrong -> the file's kind and its bytes."""

from tests.hostile import archives, office

_TYPES = "[Content_Types].xml"
FOUND: dict[str, tuple[str, bytes]] = {
    "a digit that is no number (html)": ("html", "<html><ol start=²><li>a".encode()),
    "quotes that csv.Sniffer never finishes": ("csv", b"Zaehler;Wert;Ort\n" + b'""hler;Wert;Ort\n' * 500),
    "a workbook without a workbook": (
        "xlsx", office.packed(office.excel() | {_TYPES: office.excel()[_TYPES].replace(b"sheet.main", b"sheet.main ")}),
    ),
    "a relation outside instead of styles": ("docx", archives.xml()["relation outside: styles"]()),
    "a list deeper than memory": ("docx", office.documents()["list deeper than anything"]()),
}  # fmt: skip
