"""XML of the ENTSO-E Transparency Platform in, day-ahead prices, load and generation out.

Read are Publication_MarketDocument of type A44 (prices) and GL_MarketDocument of types A65 (load), A74 and A75 (generation by kind), A69
and A71 (forecasts). A Period has a start, an end, a resolution and Points by position; in curve type A03 a Point holds until the next
one, so positions may be left out; in A01 one that is left out is unknown.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from nova.energy.formats.assemble import apart
from nova.energy.formats.parsed import EARLIEST, LARGEST, LATEST, MAX_SERIES, Options, ParsedRows
from nova.energy.formats.report import Report, shown
from nova.energy.formats.smard import told
from nova.energy.formats.tree import Element, read
from nova.errors import InvalidInput, UnsupportedFile
from nova.series import MEASURED, Prices, Product, Signal

RESOLUTIONS: Mapping[str, int] = {"PT1M": 60, "PT5M": 300, "PT10M": 600, "PT15M": 900, "PT30M": 1800, "PT60M": 3600, "PT1H": 3600}
MOST_INTERVALS = 600_000  # a year of minutes, and a little
MARKET = "EPEX"
NO_NUMBER = "keine Zahl"
AGREEMENTS: Mapping[str, str] = {"": "DAY_AHEAD", "A01": "DAY_AHEAD", "A07": "INTRADAY"}
ZONES: Mapping[str, str] = {  # EIC codes of bidding zones, as entsoe-py's `mappings.py` lists them
    "10Y1001A1001A82H": "DE-LU",
    "10Y1001A1001A63L": "DE-AT-LU",
    "10Y1001A1001A83F": "DE",
    "10YDE-VE-------2": "50Hertz",
    "10YDE-RWENET---I": "Amprion",
    "10YDE-EON------1": "TenneT",
    "10YDE-ENBW-----N": "TransnetBW",
    "10YAT-APG------L": "AT",
    "10YBE----------2": "BE",
    "10YFR-RTE------C": "FR",
    "10YNL----------L": "NL",
    "10YCZ-CEPS-----N": "CZ",
    "10YHU-MAVIR----U": "HU",
    "10YPL-AREA-----S": "PL",
    "10YCH-SWISSGRIDZ": "CH",
    "10YSI-ELES-----O": "SI",
    "10YDK-1--------W": "DK1",
    "10YDK-2--------M": "DK2",
    "10YNO-2--------T": "NO2",
    "10Y1001A1001A47J": "SE4",
    "10Y1001A1001A73I": "IT-NORTH",
}
KINDS: Mapping[str, str] = {  # MktPSRType, likewise
    "B01": "biomass",
    "B02": "lignite",
    "B03": "coal_gas",
    "B04": "gas",
    "B05": "hard_coal",
    "B06": "oil",
    "B07": "oil_shale",
    "B08": "peat",
    "B09": "geothermal",
    "B10": "pumped_storage",
    "B11": "hydro_river",
    "B12": "hydro_reservoir",
    "B13": "marine",
    "B14": "nuclear",
    "B15": "other_renewable",
    "B16": "solar",
    "B17": "waste",
    "B18": "wind_offshore",
    "B19": "wind_onshore",
    "B20": "other",
    "B25": "storage",
}
ACTUAL, DAY_AHEAD = "A16", "A01"
PRODUCED, CONSUMED = "produced", "consumed"
# What documents say of all kinds of generation together, and of load: type, process and way.
TOTALS: Mapping[tuple[str, str, str], str] = {
    ("A65", ACTUAL, PRODUCED): "load_mw",
    ("A65", ACTUAL, CONSUMED): "load_mw",
    ("A65", DAY_AHEAD, PRODUCED): "load_forecast_mw",
    ("A65", DAY_AHEAD, CONSUMED): "load_forecast_mw",
    ("A71", DAY_AHEAD, PRODUCED): "generation_forecast_mw",
    ("A71", DAY_AHEAD, CONSUMED): "pumping_forecast_mw",
}
# What is said of each kind: type, process ("": any) and way.
PUMPING, CONSUMPTION = "pumping_mw", "{}_consumption_mw"
BY_KIND: Mapping[tuple[str, str, str], str] = {
    ("A75", "", PRODUCED): "{}_mw",
    ("A75", "", CONSUMED): CONSUMPTION,
    ("A74", ACTUAL, PRODUCED): "{}_mw",
    ("A74", ACTUAL, CONSUMED): CONSUMPTION,
    ("A69", DAY_AHEAD, PRODUCED): "{}_forecast_mw",
    ("A71", DAY_AHEAD, PRODUCED): "{}_forecast_mw",
}
EIC = re.compile(r"[0-9A-Z-]{16}")


@dataclass(slots=True)
class _Series:
    """Intervals of one name as they come, and where each stands."""

    ts: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


Key = tuple[str, str, str, int]  # prices: "", product, zone, seconds; signals: signal, "", zone, seconds


def parse(data: bytes, options: Options) -> ParsedRows:
    """Prices and signals of a document; InvalidInput when it is no XML or only says that there are none."""
    root = read(data)
    report = Report(format="entsoe")
    if root.name == "Acknowledgement_MarketDocument":
        reason = root.first("Reason")
        raise InvalidInput(f"ENTSO-E lieferte keine Daten: {shown(reason.value('text') if reason else '', 200)}")
    if root.name not in ("Publication_MarketDocument", "GL_MarketDocument"):
        raise UnsupportedFile("Das XML ist kein Dokument der ENTSO-E-Transparenzplattform.")
    found: dict[Key, _Series] = {}
    for series in root.all("TimeSeries"):
        _series(root, series, options, found, report)
    parsed = ParsedRows(report)
    for key, rows in found.items():
        _store(key, rows, parsed)
    return told(parsed)


def _series(root: Element, series: Element, options: Options, found: dict[Key, _Series], report: Report) -> None:
    """Collect one TimeSeries into `found`, or refuse all of its points."""
    name = _named(root, series, options)
    points = sum(len(period.all("Point")) for period in series.all("Period"))
    if isinstance(name, str):
        report.refuse(name, points, [f"Zeile {series.line}, TimeSeries {shown(series.value('mRID'))}"])
        return
    signal, product, zone, scale = name
    holds = series.value("curveType") == "A03"
    label = "quantity" if signal else "price.amount"
    for period in series.all("Period"):
        bounds = _bounds(period, report)
        if bounds is None:
            continue
        start, count, seconds = bounds
        key = signal, product, zone, seconds
        if key not in found and len(found) >= MAX_SERIES:
            raise InvalidInput(f"Das Dokument enthält mehr als {MAX_SERIES} Reihen.")
        energy = 3600.0 / seconds if signal and series.value("quantity_Measure_Unit.name") == "MWH" else 1.0
        _points(period, (start, count, seconds), (label, holds, scale * energy), found.setdefault(key, _Series()), report)


def _named(root: Element, series: Element, options: Options) -> tuple[str, str, str, float] | str:
    """Signal, product, zone and scale of a TimeSeries; why it is refused otherwise."""
    return _named_price(root, series, options) if root.name == "Publication_MarketDocument" else _named_signal(root, series, options)


def _named_price(root: Element, series: Element, options: Options) -> tuple[str, str, str, float] | str:
    if root.value("type") != "A44":
        return "Dokument ist keine Preisveröffentlichung (A44)"
    if (series.value("currency_Unit.name") or "EUR", series.value("price_Measure_Unit.name") or "MWH") != ("EUR", "MWH"):
        return "Preis ist nicht in EUR/MWh"
    zone = _zone(series.value("in_Domain.mRID"), options)
    agreement = AGREEMENTS.get(series.value("contract_MarketAgreement.type"))
    if agreement is None:
        return "Preis ist nicht aus der Day-Ahead- oder Intraday-Auktion"
    sequence = series.value("classificationSequence_AttributeInstanceComponent.position")
    product = agreement if sequence in ("", "1") else f"{agreement}-{sequence[:2]}"
    return ("", product, zone, 1.0) if zone and product.replace("-", "").replace("_", "").isalnum() else "Gebotszone ist kein EIC-Code"


def _named_signal(root: Element, series: Element, options: Options) -> tuple[str, str, str, float] | str:
    if series.value("quantity_Measure_Unit.name") not in ("MAW", "MWH", ""):
        return "Menge ist nicht in MW oder MWh"
    consumes = series.value("outBiddingZone_Domain.mRID")
    zone = _zone(series.value("inBiddingZone_Domain.mRID") or consumes, options)
    of = root.value("type"), root.value("process.processType")
    signal = _signal(of, series.value("MktPSRType", "psrType"), CONSUMED if consumes else PRODUCED)
    if not zone:
        return "Gebotszone ist kein EIC-Code"
    return (signal, "", zone, 1.0) if signal else "Art des Dokuments oder der Erzeugung wird nicht gelesen"


def _zone(eic: str, options: Options) -> str:
    return options.zone or ZONES.get(eic) or (eic if EIC.fullmatch(eic) and eic[0] != "-" else "")


def _signal(of: tuple[str, str], source: str, way: str) -> str:
    """What a series of a document of this type and process is called; "" for what is not read."""
    if of[0] == "A65" or not source:
        return TOTALS.get((*of, way), "")
    if source not in KINDS:
        return ""
    name = BY_KIND.get((of[0], of[1], way)) or BY_KIND.get((of[0], "", way), "")
    return PUMPING if (source, name) == ("B10", CONSUMPTION) else name.format(KINDS[source])


def _bounds(period: Element, report: Report) -> tuple[int, int, int] | None:
    """Start, number of intervals and their length; None when the Period is refused."""
    start, end = _instant(period.value("timeInterval", "start")), _instant(period.value("timeInterval", "end"))
    seconds = RESOLUTIONS.get(period.value("resolution"))
    points, where = len(period.all("Point")), [f"Zeile {period.line}, Auflösung {shown(period.value('resolution'))}"]
    if start is None or end is None or end <= start:
        report.refuse("Zeitraum ohne gültigen Anfang und Ende", points, where)
    elif seconds is None:
        report.refuse("Auflösung wird nicht gelesen", points, where)
    elif (end - start) % seconds or (end - start) // seconds > MOST_INTERVALS:
        report.refuse("Zeitraum ist kein Vielfaches der Auflösung oder zu lang", points, where)
    else:
        return start, (end - start) // seconds, seconds
    return None


def _instant(text: str) -> int | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    ts = int(moment.timestamp())
    return ts if EARLIEST <= ts < LATEST else None


def _points(period: Element, bounds: tuple[int, int, int], how: tuple[str, bool, float], into: _Series, report: Report) -> None:
    """Add a Period's intervals to `into`, positions that its curve type leaves out filled."""
    start, count, seconds = bounds
    label, holds, scale = how
    known: dict[int, tuple[float, int]] = {}
    for point in period.all("Point"):
        position, text = point.value("position"), point.value(label)
        at, value = _position(position, count), _number(text)
        wrong = _why_not(at, value, known)
        if wrong:
            report.refuse(wrong, 1, [f"Zeile {point.line}: {shown(text if wrong == NO_NUMBER else position)}"])
        elif at is not None and value is not None:
            known[at] = value * scale, point.line
    if not known:
        return
    filled = _hold(known, count) if holds else 0
    if filled:
        report.note("Kurventyp A03: ausgelassene Positionen mit dem Wert davor gefüllt", filled, [f"Zeile {period.line}"])
    if len(known) < count:
        report.note("Positionen fehlen im Zeitraum", count - len(known), [f"Zeile {period.line}"])
    for at in sorted(known):
        into.ts.append(start + (at - 1) * seconds)
        into.values.append(known[at][0])
        into.lines.append(known[at][1])


def _position(text: str, count: int) -> int | None:
    """A Point's position, from 1; None for one that is none of the Period."""
    if re.fullmatch(r"\d{1,7}", text, re.ASCII) is None:
        return None
    return int(text) if 1 <= int(text) <= count else None


def _why_not(at: int | None, value: float | None, known: Mapping[int, object]) -> str:
    """Why a Point is refused; "" when it is taken."""
    if at is None:
        return "Position liegt nicht im Zeitraum"
    if value is None:
        return NO_NUMBER
    return "doppelt: die erste Position gilt" if at in known else ""


def _hold(known: dict[int, tuple[float, int]], count: int) -> int:
    """Let each value hold until the next one; gives how many positions that filled."""
    last: tuple[float, int] | None = None
    before = len(known)
    for position in range(1, count + 1):
        if position in known:
            last = known[position]
        elif last is not None:
            known[position] = last
    return len(known) - before


def _number(text: str) -> float | None:
    if re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,15})?", text, re.ASCII) is None:
        return None
    value = float(text)
    return value if abs(value) <= LARGEST else None


def _store(key: Key, rows: _Series, parsed: ParsedRows) -> None:
    signal, product, zone, seconds = key
    if not rows.ts:
        return
    ts, values = np.array(rows.ts, np.int64), np.array(rows.values)

    def place(row: int) -> str:
        return f"Zeile {rows.lines[row]}"

    order = apart(ts, seconds, (values,), parsed.report, place, "doppelt: die spätere Reihe gilt")
    ts, values, codes = ts[order], values[order], np.full(len(order), MEASURED, np.uint8)
    if signal:
        parsed.signals.append(Signal(signal, zone, seconds, ts, values, codes))
    else:
        parsed.prices.append(Prices(Product(MARKET, product, zone, seconds), ts, values, np.full(len(ts), np.nan), codes))
