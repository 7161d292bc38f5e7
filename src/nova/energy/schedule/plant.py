"""YAML or JSON of a plant in, a `Plant` out: battery, loads that can wait, PV, grid connection and tariff. An unknown key is an error.

Powers in kW, energies in kWh, states of charge as shares 0..1 of the capacity, prices as the key's name says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import time
from math import inf, isfinite
from typing import Any

import yaml

from nova.errors import InvalidInput
from nova.language.inert import inert_name

DAY_MINUTES = 1440
END_PENALTY = 5.0  # EUR/kWh missing at the end: above any day-ahead price since the cap of 2022-05 (4 EUR/kWh), so never worth missing
LIMIT = 64  # loads of a plant; each may need a binary variable a quarter-hour


@dataclass(frozen=True, slots=True)
class Battery:
    """A battery at the plant's AC side. Efficiencies are one-way; `cycle_eur_kwh` is the wear of a discharged kWh."""

    capacity_kwh: float
    charge_kw: float
    discharge_kw: float
    charge_efficiency: float = 0.95
    discharge_efficiency: float = 0.95
    soc_start: float = 0.5
    soc_end: float | None = None
    soc_min: float = 0.0
    soc_max: float = 1.0
    cycle_eur_kwh: float = 0.0
    end_penalty_eur_kwh: float = END_PENALTY


@dataclass(frozen=True, slots=True)
class Load:
    """A load that runs once a local day within its window (minutes of the local clock, `start` > `end` goes over midnight).

    Either `profile_kw` (mean power of each quarter-hour of its run) or `energy_kwh` with `max_kw`. `penalty_eur_kwh` None: it must run.
    """

    name: str
    start: int = 0
    end: int = DAY_MINUTES
    profile_kw: tuple[float, ...] = ()
    energy_kwh: float = 0.0
    max_kw: float = 0.0
    min_kw: float = 0.0
    interruptible: bool = True
    min_run_minutes: int = 0
    penalty_eur_kwh: float | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """The connection: the highest mean power of a quarter-hour in each direction."""

    import_limit_kw: float = inf
    export_limit_kw: float = inf


@dataclass(frozen=True, slots=True)
class Tariff:
    """What a kWh costs: the spot price (or `fixed_ct_kwh`) plus `surcharge_ct_kwh`, and VAT on both; what feeding in pays, without VAT.

    `feed_in_ct_kwh` None pays the spot price. `peak_eur_kw` is paid for the highest import above `peak_so_far_kw`.
    """

    fixed_ct_kwh: float | None = None
    surcharge_ct_kwh: float = 0.0
    vat_percent: float = 0.0
    feed_in_ct_kwh: float | None = None
    peak_eur_kw: float = 0.0
    peak_so_far_kw: float = 0.0


@dataclass(frozen=True, slots=True)
class Source:
    """A given power: one value for always, or one for each quarter-hour of a day of 96 (local time)."""

    kw: tuple[float, ...] = (0.0,)
    curtailable: bool = False


@dataclass(frozen=True, slots=True)
class Plant:
    """Everything behind one grid connection."""

    name: str = "Anlage"
    battery: Battery | None = None
    loads: tuple[Load, ...] = ()
    base: Source = Source()
    pv: Source = Source()
    grid: Grid = Grid()
    tariff: Tariff = Tariff()


def read(text: str, origin: str = "Anlage") -> Plant:
    """The plant that YAML (or JSON, which is YAML) describes; InvalidInput names the key and what is wrong with it."""
    try:
        data = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (bei Zeile {mark.line + 1})" if mark is not None else ""
        raise InvalidInput(f"{origin}: Das ist kein lesbares YAML{where}.") from error
    return parse(data, origin)


def parse(data: Any, origin: str = "Anlage") -> Plant:
    """The plant of plain values; InvalidInput."""
    top = _mapping(data, origin, tuple(one.name for one in fields(Plant)))
    loads = top.get("loads") or []
    if not isinstance(loads, Sequence) or isinstance(loads, str) or len(loads) > LIMIT:
        raise InvalidInput(f"{origin}: `loads` ist eine Liste mit höchstens {LIMIT} Verbrauchern.")
    plant = Plant(
        name=_text(top.get("name", "Anlage"), f"{origin}: `name`"),
        battery=_battery(top["battery"], f"{origin}: battery") if top.get("battery") is not None else None,
        loads=tuple(_load(one, f"{origin}: loads[{number}]") for number, one in enumerate(loads, 1)),
        base=_source(top.get("base"), f"{origin}: base", ("kw",)),
        pv=_source(top.get("pv"), f"{origin}: pv", ("kw", "curtailable")),
        grid=_grid(top.get("grid"), f"{origin}: grid"),
        tariff=_tariff(top.get("tariff"), f"{origin}: tariff"),
    )
    names = [load.name for load in plant.loads]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise InvalidInput(f"{origin}: Zwei Verbraucher heißen {twice!r}; jeder braucht einen eigenen Namen.")
    return plant


def _battery(data: Any, where: str) -> Battery:
    given = _mapping(data, where, tuple(one.name for one in fields(Battery)), ("capacity_kwh", "charge_kw", "discharge_kw"))
    ranges = {"capacity_kwh": (1e-3, 1e7), "charge_kw": (0.0, 1e7), "discharge_kw": (0.0, 1e7)}
    ranges |= {"charge_efficiency": (0.05, 1.0), "discharge_efficiency": (0.05, 1.0), "cycle_eur_kwh": (0.0, 100.0)}
    ranges |= {"end_penalty_eur_kwh": (0.0, 1e4)}
    values = {key: _number(value, f"{where}: `{key}`", *ranges.get(key, (0.0, 1.0))) for key, value in given.items() if value is not None}
    battery = Battery(**values)
    if battery.soc_min > battery.soc_max:
        raise InvalidInput(f"{where}: `soc_min` liegt über `soc_max`.")
    for key in ("soc_start", "soc_end"):
        soc = getattr(battery, key)
        if soc is not None and not battery.soc_min <= soc <= battery.soc_max:
            raise InvalidInput(
                f"{where}: `{key}` ({soc:g}) liegt nicht zwischen `soc_min` ({battery.soc_min:g}) und `soc_max` ({battery.soc_max:g})."
            )
    return battery


def _load(data: Any, where: str) -> Load:
    known = ("name", "window", "profile_kw", "energy_kwh", "max_kw", "min_kw", "interruptible", "min_run_minutes", "penalty_eur_kwh")
    given = _mapping(data, where, known, ("name",))
    name = _text(given["name"], f"{where}: `name`")
    where = f"{where} ({name})"
    start, end = _window(given.get("window", "00:00-24:00"), f"{where}: `window`")
    penalty = given.get("penalty_eur_kwh")
    penalty = None if penalty is None else _number(penalty, f"{where}: `penalty_eur_kwh`", 0.0, 1e4)
    if ("profile_kw" in given) == ("energy_kwh" in given):
        raise InvalidInput(f"{where}: Geben Sie entweder `profile_kw` oder `energy_kwh` mit `max_kw` an.")
    if "profile_kw" in given:
        if more := sorted(set(given) & {"max_kw", "min_kw", "interruptible", "min_run_minutes"}):
            raise InvalidInput(f"{where}: `{more[0]}` passt nicht zu `profile_kw`; ein Ablauf läuft am Stück.")
        profile = _numbers(given["profile_kw"], f"{where}: `profile_kw`", 0.0, 1e6)
        if len(profile) > 100:
            raise InvalidInput(f"{where}: `profile_kw` dauert länger als ein Tag.")
        return Load(name, start, end, profile_kw=profile, interruptible=False, penalty_eur_kwh=penalty)
    return _flexible(given, where, Load(name, start, end, penalty_eur_kwh=penalty))


def _flexible(given: Mapping[str, Any], where: str, load: Load) -> Load:
    if "max_kw" not in given:
        raise InvalidInput(f"{where}: Zu `energy_kwh` gehört `max_kw`.")
    energy = _number(given["energy_kwh"], f"{where}: `energy_kwh`", 0.0, 1e7)
    most = _number(given["max_kw"], f"{where}: `max_kw`", 1e-6, 1e6)
    least = _number(given.get("min_kw", 0.0), f"{where}: `min_kw`", 0.0, most)
    run = _number(given.get("min_run_minutes", 0), f"{where}: `min_run_minutes`", 0, DAY_MINUTES)
    interruptible = given.get("interruptible", True)
    if not isinstance(interruptible, bool):
        raise InvalidInput(f"{where}: `interruptible` ist true oder false.")
    if run % 15:
        raise InvalidInput(f"{where}: `min_run_minutes` ist ein Vielfaches von 15.")
    if run and not least:
        raise InvalidInput(f"{where}: Eine Mindestlaufzeit braucht `min_kw`: die kleinste Leistung, mit der er läuft.")
    if not interruptible and not least:
        return replace(load, profile_kw=_at_full_power(energy, most, where), interruptible=False)
    return replace(load, energy_kwh=energy, max_kw=most, min_kw=least, interruptible=interruptible, min_run_minutes=int(run))


def _at_full_power(energy: float, most: float, where: str) -> tuple[float, ...]:
    """A run in one piece without a least power: full power, and what is left in the last quarter-hour."""
    full = int(energy / (most * 0.25) + 1e-9)
    rest = energy / 0.25 - full * most
    profile = (most,) * full + ((rest,) if rest > 1e-9 else ())
    if len(profile) > 100:
        raise InvalidInput(f"{where}: Für {energy:g} kWh läuft er mit {most:g} kW länger als ein Tag.")
    return profile or (0.0,)


def _source(data: Any, where: str, known: tuple[str, ...]) -> Source:
    if data is None:
        return Source()
    given = _mapping(data, where, known, ("kw",))
    values = given["kw"] if isinstance(given["kw"], list) else [given["kw"]]
    numbers = _numbers(values, f"{where}: `kw`", 0.0, 1e6)
    if len(numbers) not in (1, 96):
        raise InvalidInput(f"{where}: `kw` ist eine Zahl oder 96 Zahlen, eine je Viertelstunde; hier sind es {len(numbers)}.")
    curtailable = given.get("curtailable", False)
    if not isinstance(curtailable, bool):
        raise InvalidInput(f"{where}: `curtailable` ist true oder false.")
    return Source(numbers, curtailable)


def _grid(data: Any, where: str) -> Grid:
    given = _mapping(data or {}, where, tuple(one.name for one in fields(Grid)))
    return Grid(**{key: _number(value, f"{where}: `{key}`", 0.0, 1e7) for key, value in given.items() if value is not None})


def _tariff(data: Any, where: str) -> Tariff:
    given = _mapping(data or {}, where, tuple(one.name for one in fields(Tariff)))
    ranges = {"vat_percent": (0.0, 100.0), "peak_eur_kw": (0.0, 1e4), "peak_so_far_kw": (0.0, 1e7)}
    values = {key: _number(value, f"{where}: `{key}`", *ranges.get(key, (-1e4, 1e4))) for key, value in given.items() if value is not None}
    return Tariff(**values)


def _mapping(data: Any, where: str, known: Sequence[str], needed: Sequence[str] = ()) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise InvalidInput(f"{where}: Hier werden Schlüssel und Werte erwartet.")
    if unknown := sorted(str(key) for key in data if key not in known):
        raise InvalidInput(f"{where}: Den Schlüssel {unknown[0]!r} gibt es nicht; bekannt sind {', '.join(known)}.")
    if missing := [key for key in needed if data.get(key) is None]:
        raise InvalidInput(f"{where}: Es fehlt `{missing[0]}`.")
    return data


def _number(value: Any, where: str, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
        raise InvalidInput(f"{where} ist keine Zahl.")
    if not low <= value <= high:
        raise InvalidInput(f"{where} ist {value:g}; erlaubt ist {low:g} bis {high:g}.")
    return float(value)


def _numbers(values: Any, where: str, low: float, high: float) -> tuple[float, ...]:
    if not isinstance(values, list) or not values:
        raise InvalidInput(f"{where} ist eine Liste von Zahlen.")
    return tuple(_number(value, where, low, high) for value in values)


def _text(value: Any, where: str) -> str:
    name = inert_name(value) if isinstance(value, str) else ""
    if not 0 < len(name) <= 100:
        raise InvalidInput(f"{where} ist ein Text mit 1 bis 100 Zeichen.")
    return name


def _window(value: Any, where: str) -> tuple[int, int]:
    parts = value.split("-") if isinstance(value, str) else []
    minutes = [_minute(part.strip()) for part in parts]
    start, end = [*minutes, None, None][:2]
    if len(minutes) != 2 or start is None or end is None or start == end:
        raise InvalidInput(f'{where} hat die Form "18:00-06:00", in ganzen Viertelstunden, und ist nicht leer.')
    return start, end


def _minute(text: str) -> int | None:
    if text == "24:00":
        return DAY_MINUTES
    try:
        at = time.fromisoformat(text)
    except ValueError:
        return None
    return at.hour * 60 + at.minute if at.minute % 15 == 0 and not at.second and at.tzinfo is None else None
