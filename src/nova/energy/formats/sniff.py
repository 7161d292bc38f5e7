"""The first bytes of a file in, its format out. The content decides, never the name."""

import re

from nova.energy.formats import layout as tables
from nova.errors import InvalidInput, UnsupportedFile

FORMATS = ("csv", "smard", "smard_json", "json", "parquet", "entsoe", "mscons")
HEAD = 65_536
SMARD_COLUMN = re.compile(
    r"\[(€/MWh|EUR/MWh|MWh)\]\s*(Originalauflösungen|Berechnete Auflösungen|Original resolutions|Calculated resolutions)?"
)
SMARD_TIMES = ({"datum von", "datum bis"}, {"start date", "end date"}, {"datum", "anfang", "ende"}, {"date", "start", "end"})
ACCEPTED = "Gelesen werden CSV, SMARD (CSV, JSON), ENTSO-E (XML), MSCONS, Parquet und JSON, das Nova geschrieben hat."

OTHERS = {
    b"PK\x03\x04": "Das ist eine Excel- oder ZIP-Datei. Speichern Sie die Tabelle in Excel als CSV.",
    b"\xd0\xcf\x11\xe0": "Das ist eine ältere Excel-Datei. Speichern Sie die Tabelle in Excel als CSV.",
    b"%PDF": "Das ist ein PDF. Messwerte stehen darin nur als Bild einer Tabelle; bitten Sie den Absender um eine CSV-Datei.",
}


def sniff(head: bytes) -> str:
    """One of FORMATS; UnsupportedFile with what is accepted."""
    if head[:4] == b"PAR1":
        return "parquet"
    if (other := OTHERS.get(head[:4])) is not None:
        raise UnsupportedFile(f"{other} {ACCEPTED}")
    text = head[:HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text:
        raise UnsupportedFile("Die Datei ist leer.")
    if text[:3] in (b"UNA", b"UNB"):
        return "mscons"
    if text[:1] == b"<":
        return _xml(text)
    if text[:1] == b"{":
        return "json" if re.match(rb'\{\s*"(readings|prices)"', text) else "smard_json"
    if b"\0" in text:
        raise UnsupportedFile(f"Die Datei ist kein Text. {ACCEPTED}")
    try:
        _, _, names = tables.find(text)
    except InvalidInput as error:
        raise UnsupportedFile(f"{error.message} {ACCEPTED}") from None
    return "smard" if _smard(names) else "csv"


def _xml(text: bytes) -> str:
    if re.search(rb"<(\w+:)?(Publication_MarketDocument|GL_MarketDocument|Acknowledgement_MarketDocument)\b", text):
        return "entsoe"
    raise UnsupportedFile(f"Das XML ist kein Dokument der ENTSO-E-Transparenzplattform. {ACCEPTED}")


def _smard(names: list[str]) -> bool:
    plain = {tables.plain(name) for name in names}
    return any(times <= plain for times in SMARD_TIMES) and any(SMARD_COLUMN.search(name) for name in names)
