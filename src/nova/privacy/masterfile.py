"""A CSV export of customers, streets or meters in, entries of a dictionary out; a column is known by its usual headings."""

import csv
import io
from collections.abc import Iterator

from nova.errors import InvalidInput
from nova.privacy.dictionary import Entry
from nova.privacy.forms import OWN, STREET

COLUMNS: dict[str, tuple[str, ...]] = {
    "given": ("vorname", "first_name", "firstname"),
    "family": ("nachname", "familienname", "last_name", "lastname", "surname"),
    "name": ("name", "kunde", "kundenname", "full_name"),
    STREET: ("straße", "strasse", "street", "straßenname"),
    "address": ("adresse", "anschrift", "address"),
    "meter": ("zähler", "zaehler", "zählernummer", "zaehlernummer", "zählernr", "meter", "meter_number", "gerätenummer"),
    "customer_no": ("kundennummer", "kundennr", "kunden-nr", "customer_no", "customer_number", "geschäftspartner"),
    "contract_no": ("vertragsnummer", "vertragskonto", "vertragsnr", "contract_no", "contract_number"),
    "email": ("e-mail", "email", "mail"),
    "phone": ("telefon", "telefonnummer", "handy", "mobil", "phone"),
    "iban": ("iban",),
    "malo": ("malo", "marktlokation", "malo-id"),
    "melo": ("melo", "messlokation", "zählpunkt", "melo-id"),
    "plate": ("kennzeichen", "plate"),
    OWN: ("eigen", "own"),
}
YES = frozenset({"ja", "j", "1", "x", "true", "wahr", "yes"})
DELIMITERS = ";,\t|"
SAMPLE = 4096


def entries(content: bytes, name: str) -> Iterator[Entry]:
    """The values of a file. InvalidInput when it is no CSV, or no column is one that Nova knows."""
    text = _text(content, name)
    delimiter = max(DELIMITERS, key=text[:SAMPLE].split("\n", 1)[0].count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    heads = [_column(head) for head in next(rows, [])]
    if not any(head not in ("", OWN) for head in heads):
        known = ", ".join(names[0] for names in COLUMNS.values())
        raise InvalidInput(f"{name}: Keine bekannte Spalte in der ersten Zeile. Nova kennt: {known}.")
    try:
        for row in rows:
            yield from _row(dict(zip(heads, row, strict=False)))
    except csv.Error as error:
        raise InvalidInput(f"{name}, Zeile {rows.line_num}: kein lesbares CSV.") from error


def _text(content: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InvalidInput(f"{name}: weder UTF-8 noch Windows-1252.")


def _column(head: str) -> str:
    low = head.strip().lower().rstrip(".")
    return next((column for column, names in COLUMNS.items() if low in names), "")


def _row(row: dict[str, str]) -> Iterator[Entry]:
    own = row.get(OWN, "").strip().lower() in YES
    whole = " ".join(part for part in (row.get("given", "").strip(), row.get("family", "").strip()) if part)
    if whole:
        yield Entry(whole, OWN if own else "name")
    for column, value in row.items():
        if column and column not in ("given", "family", OWN) and value.strip():
            yield Entry(value.strip(), OWN if own else column)
