"""Load profiles in EDIFACT MSCONS (UN D.04B, EDI@Energy) in, readings out. `pydifact` makes tokens of the signs; what they mean is here.

A message (UNH to UNT) holds a delivery point (NAD+DP, LOC+172 with the id of a Marktlokation or Messlokation), positions (LIN) with an OBIS
code (PIA+5) and quantities (QTY) with the start and end of their interval (DTM+163 and 164, format 303: date, time and offset from UTC).
Quantities of load profiles are kWh of the interval and become mean kW. Sources of each code: docs/decisions/0022-formats.md.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np

from nova.energy.formats.assemble import OVERLAP, once, overlapping
from nova.energy.formats.parsed import EARLIEST, LARGEST, LATEST, MAX_SERIES, METER_ID, Options, ParsedRows, cover
from nova.energy.formats.report import NAMES, Report, shown
from nova.errors import InvalidInput, TooLarge, UnsupportedFile
from nova.series import MEASURED, MISSING, PRELIMINARY, SUBSTITUTE, Readings

Segment = list[list[str]]
LONGEST_S = 86_400
USUAL_SIGNS = "UNA:+.? '"
MISSED = "Z30"  # a value that is said to be missing
QUALITIES: Mapping[str, int] = {"220": MEASURED, "67": SUBSTITUTE, "Z18": PRELIMINARY, MISSED: MISSING}
REFUSED: Mapping[str, str] = {
    "20": "nicht verwendbarer Wert (QTY+20)",
    "201": "Vorschlagswert (QTY+201)",
    "187": "Prognosewert (QTY+187)",
    "79": "summierte Energiemenge (QTY+79)",
    "Z31": "Angabe für den Lieferschein (QTY+Z31)",
}
OBIS = re.compile(r"(?:1-\d{1,2}:)?(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\*\d{1,3})?")
PROFILE = "29"  # OBIS D: a load profile
CONSUMED, PRODUCED = "1", "2"
METER_STAND = "8"
UNITS: Mapping[str, float] = {"": 1.0, "KWH": 1.0, "MWH": 1000.0, "WHR": 0.001}
MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)([+-])(\d\d)(\d\d)?")
CANCELS = ("1", "3")  # BGM 1225: cancellation, deletion
CANCELLED = "Nachricht storniert eine frühere; deren Werte bleiben, bis berichtigte kommen"


@dataclass(slots=True)
class _Row:
    """A quantity and what is said of it: value in kWh, start and end in seconds since 1970."""

    number: int
    text: str
    quality: int
    value: float
    start: int | None = None
    end: int | None = None
    wrong: str = ""

    @property
    def seconds(self) -> int:
        """The length of its interval; 0 where that is not said."""
        return 0 if self.start is None or self.end is None else self.end - self.start

    @property
    def problem(self) -> str:
        """Why it is refused; "" when it is taken."""
        if self.wrong:
            return self.wrong
        if self.start is None or self.end is None:
            return "Menge ohne Anfang und Ende des Intervalls (DTM+163, DTM+164)"
        return "" if 0 < self.seconds <= LONGEST_S else "Intervall ist leer oder länger als ein Tag"


@dataclass(slots=True)
class _Columns:
    """Intervals of one meter and direction, as they come."""

    ts: list[int] = field(default_factory=list)
    seconds: list[int] = field(default_factory=list)
    kwh: list[float] = field(default_factory=list)
    quality: list[int] = field(default_factory=list)
    number: list[int] = field(default_factory=list)

    def add(self, row: _Row) -> None:
        """One more interval."""
        self.ts.append(row.start or 0)
        self.seconds.append(row.seconds)
        self.kwh.append(row.value)
        self.quality.append(row.quality)
        self.number.append(row.number)


class _Reader:
    """Goes through segments; `found` holds what was read by meter and direction."""

    def __init__(self, report: Report, options: Options, decimal: str) -> None:
        self.report, self._options, self._decimal = report, options, decimal
        self.found: dict[tuple[str, str], _Columns] = {}
        self._meter, self._obis, self._refuse = "", "", ""
        self._row: _Row | None = None
        self.messages, self._cancels, self.closed = 0, 0, True

    def take(self, number: int, segment: Segment) -> None:
        """The next segment; `number` counts from 1."""
        tag = _part(segment, 0)
        if tag in ("UNH", "LOC", "LIN", "QTY", "UNT", "NAD", "UNZ"):
            self._end_of_row()
        if tag == "QTY":
            self._row = self._quantity(number, segment)
        elif tag == "DTM" and self._row is not None:
            self._moment(segment, self._row)
        elif tag in ("LOC", "LIN", "PIA"):
            self._place(tag, segment)
        else:
            self._message(tag, number, segment)

    def _place(self, tag: str, segment: Segment) -> None:
        """Which meter and which of its values the next quantities are of."""
        if tag == "LOC":
            self._meter = self._options.meter or _part(segment, 2) if _part(segment, 1) == "172" else self._meter
        if tag == "PIA":
            self._obis = _part(segment, 2) if _part(segment, 1) == "5" else self._obis
        else:
            self._obis = ""

    def _message(self, tag: str, number: int, segment: Segment) -> None:
        """Where a message begins and ends, and whether it cancels another."""
        if tag == "UNH":
            self._begin(number, segment)
        elif tag == "BGM" and _part(segment, 3) in CANCELS:
            self._refuse = CANCELLED
            self._cancels = number
        elif tag == "RFF" and _part(segment, 1) == "ACW" and self._cancels:
            self._cancelled(f"Segment {self._cancels}: {shown(_part(segment, 1, 1))}")
        elif tag in ("UNT", "UNZ"):
            self.closed = True
            if self._cancels:
                self._cancelled(f"Segment {self._cancels}")

    def _cancelled(self, where: str) -> None:
        self.report.note(CANCELLED, 1, [where])
        self._cancels = 0

    def _begin(self, number: int, segment: Segment) -> None:
        if not self.closed:
            self.report.note("Nachricht endet nicht mit UNT", 1, [f"Segment {number}"])
        self._meter, self._obis, self._refuse, self.closed, self._cancels = "", "", "", False, 0
        self.messages += 1
        kind = _part(segment, 2)
        if kind != "MSCONS":
            self._refuse = "Nachricht ist keine MSCONS"

    def _quantity(self, number: int, segment: Segment) -> _Row:
        qualifier, text, unit = _part(segment, 1), _part(segment, 1, 1), _part(segment, 1, 2)
        quality = QUALITIES.get(qualifier)
        value = float("nan") if qualifier == MISSED and not text else self._number(text)
        refused = "" if quality is not None else REFUSED.get(qualifier, "unbekannte Art der Menge (QTY)")
        wrong = self._refuse or refused or self._why_not(unit) or ("" if value is not None else "keine Menge von mindestens 0")
        return _Row(number, f"{qualifier}:{text}", quality or 0, (value or 0.0) * UNITS.get(unit, 1.0), wrong=wrong)

    def _why_not(self, unit: str) -> str:
        """Why no quantity of this position is read; "" when they are."""
        obis = OBIS.fullmatch(self._obis)
        if METER_ID.fullmatch(self._meter) is None:
            return "Menge ohne Markt- oder Messlokation (LOC+172)"
        if obis is None:
            return "Menge ohne OBIS-Kennzahl für Strom (PIA+5)"
        if obis[2] == METER_STAND:
            return "Zählerstand (OBIS x.8.x), kein Lastgang"
        if obis[1] not in (CONSUMED, PRODUCED) or obis[2] != PROFILE:
            return "OBIS-Kennzahl ist kein Lastgang der Wirkarbeit (1.29.0 oder 2.29.0)"
        return "" if unit in UNITS else "Einheit der Menge ist nicht kWh"

    def _number(self, text: str) -> float | None:
        plain = text.replace(self._decimal, ".") if self._decimal == "," else text
        if re.fullmatch(r"\d{1,15}(\.\d{1,9})?", plain, re.ASCII) is None:
            return None
        value = float(plain)
        return value if value <= LARGEST else None

    def _moment(self, segment: Segment, row: _Row) -> None:
        qualifier = _part(segment, 1)
        if qualifier not in ("163", "164"):
            return
        found = instant(_part(segment, 1, 1), _part(segment, 1, 2))
        if found is None:
            row.wrong = row.wrong or "Zeit nicht im Format 303 mit Abstand zu UTC (DTM)"
        elif qualifier == "163":
            row.start = found
        else:
            row.end = found

    def _end_of_row(self) -> None:
        row, self._row = self._row, None
        if row is None:
            return
        if row.problem:
            self.report.refuse(row.problem, 1, [f"Segment {row.number}: {shown(row.text)}"])
            return
        obis = OBIS.fullmatch(self._obis)
        key = self._meter, obis[1] if obis else CONSUMED
        if key not in self.found and len(self.found) >= MAX_SERIES:
            raise TooLarge(f"Die Datei nennt mehr als {MAX_SERIES} Zähler.")
        self.found.setdefault(key, _Columns()).add(row)


def parse(data: bytes, options: Options) -> ParsedRows:
    """Readings of an interchange. InvalidInput when its signs cannot be parted, UnsupportedFile when it holds no MSCONS at all."""
    report = Report(format="mscons")
    text = data.removeprefix(b"\xef\xbb\xbf").decode("latin-1").strip()
    decimal = text[5] if text.startswith("UNA") and len(text) > 9 else "."
    reader = _Reader(report, options, decimal)
    number = 0
    for number, segment in enumerate(segments(text), 1):
        reader.take(number, segment)
    reader.take(number + 1, [["UNZ"]])
    if not reader.messages:
        raise UnsupportedFile("Die EDIFACT-Datei enthält keine Nachricht (UNH).")
    parsed = ParsedRows(report)
    for meter in dict.fromkeys(meter for meter, _ in reader.found):
        parsed.readings += _meter(meter, reader.found.get((meter, CONSUMED)), reader.found.get((meter, PRODUCED)), report)
    known = list(dict.fromkeys(one.meter_id for one in parsed.readings))
    report.meters, report.meter_count = known[:NAMES], len(known)
    cover(parsed)
    return parsed


def segments(text: str) -> Iterator[Segment]:
    """The segments of an interchange, each a list of elements, each a list of its parts; without UNA. InvalidInput for a broken one."""
    from pydifact.control.characters import Characters
    from pydifact.exceptions import EDISyntaxError
    from pydifact.parser import Parser
    from pydifact.tokenizer import Tokenizer

    una, text = (text[:9], text[9:]) if text.startswith("UNA") else (USUAL_SIGNS, text)
    if len(una) < 9 or len(set(una[3:])) < 5:
        raise InvalidInput("Das UNA-Segment nennt keine sechs Trennzeichen.")
    signs: Characters = Characters.from_str(una)
    text = text.replace("\r", "").replace("\n", "").strip()
    whole = text[: text.rfind(signs.segment_terminator) + 1]
    try:
        for raw in Parser().convert_tokens_to_raw_segments(Tokenizer().get_tokens(whole, signs)):
            yield [[part] if isinstance(part, str) else [str(one) for one in part] for part in raw]
    except EDISyntaxError as error:
        raise InvalidInput(f"Die EDIFACT-Datei ist fehlerhaft: {str(error)[:120]}") from None
    if not text.endswith(signs.segment_terminator):
        raise InvalidInput("Die EDIFACT-Datei ist abgeschnitten: ihr letztes Segment endet nicht.")


def instant(text: str, form: str) -> int | None:
    """Seconds since 1970 of a time in format 303 (CCYYMMDDHHMMZZZ); None for anything else."""
    found = MOMENT.fullmatch(text) if form == "303" and text.isascii() else None
    if found is None:
        return None
    offset = timedelta(hours=int(found[7]), minutes=int(found[8] or 0))
    try:
        moment = datetime.strptime(text[:12], "%Y%m%d%H%M").replace(tzinfo=UTC)
        ts = int((moment - offset if found[6] == "+" else moment + offset).timestamp())
    except (ValueError, OverflowError):
        return None
    return ts if EARLIEST <= ts < LATEST else None


def _part(segment: Segment, element: int, part: int = 0) -> str:
    return segment[element][part] if element < len(segment) and part < len(segment[element]) else ""


def _meter(meter: str, bought: _Columns | None, sold: _Columns | None, report: Report) -> list[Readings]:
    """Readings of a meter, both directions of an interval in one row."""
    sides = [_side(columns, report) for columns in (bought, sold)]
    found: list[Readings] = []
    for seconds in sorted({length for side in sides for length in side}):
        both = [side.get(seconds) for side in sides]
        ts = np.unique(np.concatenate([one[0] for one in both if one is not None]))
        power = [np.full(len(ts), np.nan), np.full(len(ts), np.nan)]
        quality = np.zeros(len(ts), np.uint8)
        for place, one in enumerate(both):
            if one is not None:
                at = np.searchsorted(ts, one[0])
                power[place][at] = one[1] * 3600.0 / seconds
                quality[at] = np.maximum(quality[at], one[2])  # the codes rise from measured to missing
        crossing = overlapping(ts, np.full(len(ts), seconds))
        report.refuse_where(OVERLAP, crossing, lambda row: f"Zähler {meter}, {np.datetime64(int(ts[row]), 's')}Z")  # noqa: B023
        report.accepted -= int(crossing.sum())
        unknown, none = np.full(len(ts), np.nan), np.zeros(len(ts), np.uint8)
        found.append(Readings(meter, seconds, ts, power[0], power[1], unknown, quality, none).take(~crossing))
    return found


Side = dict[
    int,
    tuple[
        "np.ndarray[tuple[int], np.dtype[np.int64]]",
        "np.ndarray[tuple[int], np.dtype[np.float64]]",
        "np.ndarray[tuple[int], np.dtype[np.uint8]]",
    ],
]


def _side(columns: _Columns | None, report: Report) -> Side:
    """By length of interval: times, kWh and qualities, each time once; counts what is taken."""
    if columns is None:
        return {}
    ts, seconds = np.array(columns.ts, np.int64), np.array(columns.seconds, np.int64)
    kwh, quality = np.array(columns.kwh), np.array(columns.quality, np.uint8)
    order, other, same = once(seconds, ts, (kwh, quality))

    def place(row: int) -> str:
        return f"Segment {columns.number[row]}"

    report.refuse_where("doppelt: die spätere Menge gilt", other, place)
    report.refuse_where("doppelt mit gleichem Inhalt", same, place)
    report.accepted += len(order)
    found: Side = {}
    for length in np.unique(seconds[order]).tolist():
        rows = order[seconds[order] == length]
        found[length] = ts[rows], kwh[rows], quality[rows]
    return found
