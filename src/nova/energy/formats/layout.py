"""The first lines of a table in; which column holds what, in which unit, with which separator and decimal sign out."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nova.energy.formats.cells import decoded
from nova.energy.formats.numbers import looks_german
from nova.energy.formats.report import shown
from nova.errors import InvalidInput

SEPARATORS = ";\t,|"
HEAD_LINES, HEAD_BYTES, SAMPLE = 30, 65_536, 400
MAX_COLUMNS = 2_000
BRACKETS = re.compile(r"[\[(]\s*([^\])]*?)\s*[\])]")

NAMES: Mapping[str, tuple[str, ...]] = {
    "time": (
        "ts",
        "ts_utc",
        "ts_local",
        "datetime_utc",
        "timestamp_utc",
        "zeit utc",
        "zeit",
        "zeitstempel",
        "timestamp",
        "datetime",
        "datum",
        "datum von",
        "von",
        "beginn",
        "start",
        "start date",
        "zeitpunkt",
        "datum uhrzeit",
        "datum/uhrzeit",
        "datum/zeit",
        "messzeitpunkt",
        "time",
        "date",
        "tag",
    ),
    "hour": ("uhrzeit", "anfang"),
    "end": ("bis", "datum bis", "ende", "end", "end date"),
    "meter": (
        "meter_id",
        "meter",
        "zaehler",
        "zaehlernummer",
        "zaehlpunkt",
        "zaehlpunktbezeichnung",
        "messlokation",
        "marktlokation",
        "malo",
        "melo",
        "malo-id",
        "melo-id",
        "malo_id",
        "melo_id",
    ),
    "consumption": (
        "consumption",
        "verbrauch",
        "bezug",
        "leistung",
        "wirkleistung",
        "lastgang",
        "last",
        "wert",
        "value",
        "messwert",
        "wirkarbeit",
        "entnahme",
        "energie",
        "arbeit",
        "menge",
    ),
    "production": ("production", "einspeisung", "erzeugung", "lieferung", "abgabe"),
    "voltage": ("voltage", "spannung"),
    "quality": ("quality", "qualitaet", "status", "messwertstatus", "wertstatus"),
    "seconds": ("seconds", "sekunden"),
    "rule": ("rule", "regel"),
    "mark": ("zeitzone", "timezone", "mez/mesz", "sommerzeit"),
    "unit": ("einheit", "unit"),
    "zone": ("zone", "gebotszone"),
    "market": ("market", "markt"),
    "product": ("product", "produkt"),
    "price": ("price", "preis", "boersenpreis", "spotpreis", "day-ahead-preis", "marktpreis"),
    "volume": ("volume", "volumen"),
}
ROLES: Mapping[str, str] = {name: role for role, names in NAMES.items() for name in names}
POWER: Mapping[str, float] = {"w": 0.001, "kw": 1.0, "mw": 1000.0}
ENERGY: Mapping[str, float] = {"wh": 0.001, "kwh": 1.0, "mwh": 1000.0}
PRICE: Mapping[str, float] = {"€/mwh": 1.0, "eur/mwh": 1.0, "ct/kwh": 10.0, "€/kwh": 1000.0, "eur/kwh": 1000.0}
VALUED = ("consumption", "production", "voltage", "price", "volume")
_MIDNIGHT_AS_END = re.compile(r"(?:^|[ T])24:00")
_GERMAN_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")
UNITS = frozenset((*POWER, *ENERGY, *PRICE, "v"))


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is read. `roles` maps what a column holds to its index; `meters` lists columns that hold one meter each."""

    separator: str
    comma: bool
    cells: list[str]
    first_line: int
    kind: str
    roles: dict[str, int]
    units: dict[int, str] = field(default_factory=dict)
    meters: list[int] = field(default_factory=list)
    german: bool = False
    ends: bool = False

    @property
    def columns(self) -> int:
        """How many columns a row has."""
        return len(self.cells)

    def name(self, role: str) -> str:
        """What the file calls the column of a role."""
        return self.cells[self.roles[role]] if role in self.roles else role


def plain(name: str) -> str:
    """A column's name without its unit, in small letters without umlauts."""
    return ascii_name(BRACKETS.sub("", name))


def ascii_name(name: str) -> str:
    """A name in small letters without umlauts, blanks and colons around it."""
    bare = name.strip().strip("\ufeff").lower()
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        bare = bare.replace(umlaut, letters)
    return re.sub(r"\s+", " ", bare).strip(" :")


def unit_of(name: str) -> str:
    """The unit that a column's name ends with or has in brackets, in small letters; "" for none."""
    for found in BRACKETS.findall(name):
        if found.lower().replace(" ", "") in UNITS:
            return str(found).lower().replace(" ", "")
    last = re.split(r"[\s_]+", plain(name).removesuffix("_eur_mwh"))[-1]
    return "eur/mwh" if plain(name).endswith("_eur_mwh") else last if last in UNITS else ""


def role_of(name: str) -> str:
    """What a column of this name holds; "" when only its place can tell."""
    bare = plain(name)
    unit = unit_of(name)
    short = bare.removesuffix("_eur_mwh").removesuffix(unit).strip(" _") if unit else bare
    if bare == "time" or bare == "zeit":
        return "time"
    if unit in PRICE:
        return "price"
    role = ROLES.get(bare) or ROLES.get(short, "")
    return role if role or bare not in (*POWER, *ENERGY) else "consumption"


def find(head: bytes) -> tuple[int, str, list[str]]:
    """The number of the line with the columns' names (from 1), the separator and the names. InvalidInput when there is none."""
    for number, line in enumerate(head[:HEAD_BYTES].split(b"\n")[:HEAD_LINES], 1):
        text = decoded(line.rstrip(b"\r")).strip("\ufeff")
        separator = max(SEPARATORS, key=text.count)
        if text.count(separator) == 0:
            continue
        names = cells_of(text, separator)
        if len(names) <= MAX_COLUMNS and any(role_of(name) == "time" for name in names):
            return number, separator, names
    raise InvalidInput("Keine Zeile mit Spaltennamen gefunden: eine Spalte muss „ts“, „Zeit“, „Datum“ oder „Datum von“ heißen.")


def cells_of(line: str, separator: str) -> list[str]:
    """The cells of one line, quotation marks heeded as far as they make sense."""
    try:
        found = next(csv.reader([line.replace("\0", " ").replace("\r", " ")], delimiter=separator))
    except (csv.Error, StopIteration):
        found = line.split(separator)
    return [cell.strip() for cell in found]


def layout(data: bytes) -> Layout:
    """How this table is to be read; InvalidInput with what is missing."""
    line, separator, names = find(data)
    first = _after(data, line)
    samples = [cells_of(decoded(row), separator) for row in data[first : first + HEAD_BYTES].split(b"\n")[:SAMPLE]]
    roles, loose = _roles(names)
    days = values_of(samples, [roles["time"]])
    times = values_of(samples, _columns(roles, ("time", "hour")))
    ends = "ende" in plain(names[roles["time"]]) or any(_MIDNIGHT_AS_END.search(one) for one in times)
    units = {column: unit_of(name) for column, name in enumerate(names)}
    kind = _kind(roles)
    meters = loose if kind == "wide" else []
    if kind == "wide" and not meters:
        raise InvalidInput("Die Datei nennt nur Zeiten: es fehlt eine Spalte mit Werten, etwa „Verbrauch [kWh]“ oder „consumption_kw“.")
    valued = [*meters, *_columns(roles, VALUED)]
    comma = separator != "," and _has_comma(values_of(samples, valued))
    german = any(_GERMAN_DAY.match(day) for day in days)
    return Layout(separator, comma, names, line + 1, kind, roles, units, meters, german or comma, ends)


def _roles(names: Sequence[str]) -> tuple[dict[str, int], list[int]]:
    """Which column holds what, and the named columns of which nothing is known."""
    roles: dict[str, int] = {}
    loose: list[int] = []
    for column, name in enumerate(names):
        role = role_of(name)
        if role == "time" and "time" in roles and plain(name) == "zeit":
            role = "hour"
        if role and role not in roles:
            roles[role] = column
        elif name and not role:
            loose.append(column)
    return roles, loose


def _columns(roles: Mapping[str, int], wanted: Sequence[str]) -> list[int]:
    return [roles[role] for role in wanted if role in roles]


def values_of(rows: Sequence[Sequence[str]], columns: Sequence[int]) -> list[str]:
    """What stands in these columns, as far as the rows reach."""
    return [row[column] for row in rows for column in columns if column < len(row)]


def _has_comma(values: Sequence[str]) -> bool:
    """Whether decimals follow a comma, which is so where nothing tells."""
    filled = [one for one in values if one]
    return looks_german(filled) or not any("." in one for one in filled)


def _after(data: bytes, lines: int) -> int:
    at = 0
    for _ in range(lines):
        at = data.find(b"\n", at) + 1
    return at or len(data)


def _kind(roles: Mapping[str, int]) -> str:
    if "price" in roles:
        return "prices"
    return "long" if {"consumption", "production"} & roles.keys() else "wide"


def power_unit(layout: Layout, column: int, default: str) -> tuple[float, bool]:
    """What a column's values are multiplied by to be kW or kWh, and whether they are kWh of an interval. InvalidInput without a unit."""
    unit = layout.units.get(column, "") or default.lower()
    if unit in POWER:
        return POWER[unit], False
    if unit in ENERGY:
        return ENERGY[unit], True
    known = "kW oder kWh in eckigen Klammern hinter den Namen, oder geben Sie die Einheit beim Einlesen an"
    raise InvalidInput(f"Die Spalte {shown(layout.cells[column])} nennt keine Einheit: schreiben Sie {known}.")


def missing(names: Sequence[str]) -> str:
    """Names of columns as a German list."""
    return ", ".join(f"„{name}“" for name in names)
