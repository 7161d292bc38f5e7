"""Drawn meters and windows in, what each place says of them out: tile, chart, command, file, advice and Luna, as text to the last digit.

Files hold rows and no figures; theirs are added up here, interval by interval and minute by minute, by a reckoning of its own.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from click.testing import CliRunner

from nova.cli.root import nova
from nova.energy.calendar import day_bounds, day_start
from nova.energy.explain.tool import DataAnswers
from nova.energy.period import Period, describe
from nova.energy.said import amount
from nova.energy.simulate.prices import simulated_prices
from nova.energy.simulate.world import readings as simulated
from nova.energy.simulate.world import world
from nova.records import Scope
from nova.series import MISSING, Prices, Product, Readings
from nova.store.postgres.db import Database
from nova.store.series import batches, meters, prices, readings
from tests.api.house import Door

API = "/api/v1"
FIRST, LAST = date(2025, 7, 1), date(2026, 4, 30)
DST = (date(2025, 10, 26), date(2026, 3, 29))
MINUTES = (date(2026, 2, 1), date(2026, 4, 10))
TARIFFS: tuple[dict[str, float] | None, ...] = (
    {"fixed_ct_kwh": 39.5, "feed_in_ct_kwh": 7.9},
    {"surcharge_ct_kwh": 22.0, "vat_percent": 19.0, "base_eur_year": 120.0, "feed_in_ct_kwh": 7.9},
    {"fixed_ct_kwh": 31.07, "base_eur_year": 143.5},
    None,
    {"surcharge_ct_kwh": 17.35},
    {"fixed_ct_kwh": 28.0, "surcharge_ct_kwh": 18.0, "vat_percent": 19.0},
)
LENGTHS = (900, 900, 3600, 900, 900, 900, 60, 900)
WHAT = {
    "Verbrauch": "energy", "Kosten": "cost", "Erwartet": "expected", "Mehr als erwartet": "excess", "Einspeisung": "feed_in",
    "Eigenverbrauchsquote": "self_consumption", "Autarkiegrad": "autarky", "Erzeugung": "production", "Ohne Messwert": "missing",
    "Preis jetzt": "price_in_force",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """A meter and a window of it."""

    meter_id: str
    start: int
    end: int

    @property
    def when(self) -> str:
        """The window as people name it."""
        return describe(Period(self.start, self.end))


def fleet(database: Database, seed: int) -> list[str]:
    """Simulated homes, a business and a plant with gaps, a change of the interval length and tariffs; prices with gaps. Their numbers."""
    some = np.random.default_rng(seed)
    names = []
    with database.transaction() as conn:
        batch = batches.open(conn, batches.NewBatch("test", "drawn"))
        for number, one in enumerate(world(seed, len(LENGTHS))):
            name, tariff = f"Z-{number + 1}", TARIFFS[number % len(TARIFFS)]
            facts: dict[str, Any] = {"region": "Jena"} | ({"tariff": tariff} if tariff else {})
            meters.save(conn, meters.Meter(name, title=name, kind=one.kind, facts=facts))
            readings.put(conn, [replace(rows, meter_id=name) for rows in _rows(one, LENGTHS[number], some)], batch)
            names.append(name)
        start, end = day_start(FIRST - timedelta(days=40)), day_start(LAST)
        switch = day_start(date(2025, 10, 1))
        for product, first, last in (("EPEX", start, switch), ("EPEX", switch, end), ("SMARD", start, end)):
            seconds = 3600 if first == start else 900
            made = simulated_prices(seed + (product == "SMARD"), Product(product, "DAY_AHEAD", "DE-LU", seconds), first, last)
            keep = np.ones(len(made), bool)
            if product == "EPEX":
                keep[some.choice(len(made), 6, replace=False)] = False
            prices.put(conn, [Prices(made.product, made.ts[keep], made.price[keep], made.volume[keep], made.quality[keep])], batch)
        now = int(datetime.now(UTC).timestamp())
        running = np.arange(now // 3600 * 3600 - 86_400, now // 3600 * 3600 + 86_400, 3600, dtype=np.int64)
        live = Prices(Product("EPEX", "DAY_AHEAD", "DE-LU", 3600), running, np.linspace(-20.0, 180.0, len(running)).round(2),
                      np.full(len(running), np.nan), np.zeros(len(running), np.uint8))  # fmt: skip
        prices.put(conn, [live], batch)
    return names


def _rows(one: Any, seconds: int, some: np.random.Generator) -> list[Readings]:
    """A meter's rows with holes: rows that lack, that say so, and that have no power."""
    first, last = MINUTES if seconds == 60 else (FIRST - timedelta(days=62), LAST)
    switch = day_start(date(2025, 11, 12)) if seconds == 3600 else day_start(last)
    pieces = [simulated(one, day_start(first), switch, seconds)] + (
        [simulated(one, switch, day_start(last), 900)] if seconds == 3600 else []
    )
    return [_holed(rows, some) for rows in pieces if len(rows)]


def _holed(rows: Readings, some: np.random.Generator) -> Readings:
    keep, quality, used = np.ones(len(rows), bool), rows.quality.copy(), rows.consumption.copy()
    for kind in range(18):
        at = int(some.integers(len(rows)))
        until = at + int(some.integers(1, max(2, 2 * 86_400 // rows.seconds)))
        if kind % 3 == 0:
            keep[at:until] = False
        elif kind % 3 == 1:
            quality[at:until] = MISSING
        else:
            used[at:until] = np.nan
    return replace(rows, quality=quality, consumption=used).take(keep)


def drawn(names: list[str], seed: int, count: int) -> list[Case]:
    """Meters and windows: whole days, weeks and months, hours of a day, and each change of the clock."""
    some = np.random.default_rng(seed)
    found: list[Case] = []
    while len(found) < count:
        name = names[int(some.integers(len(names)))]
        low, high = MINUTES if LENGTHS[int(name[2:]) - 1] == 60 else (FIRST, LAST)
        first = DST[len(found) % 2] if len(found) % 6 == 0 else low + timedelta(days=int(some.integers((high - low).days)))
        days = int(some.choice([1, 1, 2, 7, 30]))
        start, end = day_start(first), day_start(first + timedelta(days=days))
        if days == 1 and some.random() < 0.4:
            start, end = start + 3600 * int(some.integers(4, 9)), start + 3600 * int(some.integers(12, 22))
        if day_start(low) <= start and end <= day_start(high):
            found.append(Case(name, start, end))
    return found


def of_tile(door: Door, case: Case) -> dict[str, str]:
    """What tiles show: the texts of the API."""
    asked = {"meter_id": case.meter_id, "from": iso(case.start), "to": iso(case.end), "expected": True}
    told = door.admin("GET", f"{API}/data/figures", params=asked).json()["data"]
    return {one["name"]: one["text"] for one in told["figures"] if one["value"] is not None}


def of_command(case: Case) -> dict[str, str]:
    """What `nova figures` prints."""
    told = CliRunner().invoke(nova, ["figures", case.meter_id, "--from", iso(case.start), "--to", iso(case.end)])
    assert told.exit_code == 0, told.output
    lines = [line.partition(": ") for line in told.stdout.splitlines()]
    return {WHAT[label]: rest.partition(" (")[0] for label, _, rest in lines if label in WHAT}


ASKED = {
    "Wie hoch war der Verbrauch von {} {}?": {"energy": "energy"},
    "War der Verbrauch von {} {} ungewöhnlich hoch?": {"energy": "energy", "expected": "expected", "excess": "excess"},
    "Was hat der Strom von {} {} gekostet?": {"cost_paid": "cost", "cost_spot": "cost_market"},
    "Wie hoch war der Eigenverbrauch von {} {}?": {"self_use": "self_consumption"},
    "Wie autark war {} {}?": {"autarky": "autarky"},
    "Wie viel hat {} {} eingespeist?": {"feed_in": "feed_in"},
    "Wie viel hat {} {} erzeugt?": {"energy": "production"},
    "Welche Messwerte fehlen bei {} {}?": {"unknown": "missing"},
}


def of_luna(database: Database, case: Case) -> dict[str, str]:
    """What Luna says, from the facts that stand in her sentences."""
    found: dict[str, str] = {}
    for question, tools in ASKED.items():
        text = question.format(case.meter_id, case.when)
        answer = DataAnswers(database).answer(text, Scope(staff=True), datetime.now(UTC), sure=True)
        assert answer is not None, text
        said = " ".join(sentence.text for sentence in answer.sentences)
        for fact in answer.facts:
            name, query = tools.get(str(fact.query["tool"])), fact.query
            if name is None or fact.value is None or fact.text not in said:
                continue
            assert (query["from"], query["to"]) == (iso(case.start), iso(case.end)), text
            if query.get("column", "consumption") == ("production" if name == "production" else "consumption"):
                found[name] = amount(-fact.value, fact.unit) if query.get("sign") == -1 else fact.text
    return found


def of_chart(door: Door, case: Case) -> dict[str, str]:
    """Energy by the points of the load curve, where these are the meter's own intervals; nothing where the chart draws coarser ones."""
    asked = {"meter_id": case.meter_id, "from": iso(case.start), "to": iso(case.end)}
    told = door.admin("GET", f"{API}/data/smartmeter", params=asked).json()["data"]
    lengths = {int(one["seconds"]) for one in rows_of(door, case)}
    if lengths != {told["resolution"]}:
        return {}
    hours = told["resolution"] / 3600
    known = [one for one in told["columns"]["mean"] if one is not None]
    return {"energy": amount(sum(known) * hours, "kWh")} if known else {}


def rows_of(door: Door, case: Case) -> list[dict[str, str]]:
    """The rows of the exported file."""
    asked = {"meter_id": case.meter_id, "from": iso(case.start), "to": iso(case.end), "format": "csv"}
    return list(csv.DictReader(io.StringIO(door.admin("GET", f"{API}/data/export", params=asked).text)))


def of_file(door: Door, case: Case, tariff: Mapping[str, float] | None) -> dict[str, str]:
    """Figures added up from exported rows of readings and prices, row by row."""
    length = (case.end - case.start) // 60
    used, made = np.full(length, np.nan), np.full(length, np.nan)
    for row in rows_of(door, case):
        at, until = minutes_of(row, case)
        if row["quality"] != "missing":
            used[at:until] = float(row["consumption_kw"] or "nan")
            made[at:until] = float(row["production_kw"] or "nan")
    known = np.isfinite(used)
    found = {"missing": amount(float((~known).sum()) / 60, "h")} if known.any() else {}
    if not known.any():
        return found
    found["energy"] = amount(float(used[known].sum()) / 60, "kWh")
    both = known & np.isfinite(made)
    if (total := float(made[np.isfinite(made)].sum()) / 60) > 0:
        at_once = float(np.minimum(used, made)[both].sum()) / 60
        found["production"] = amount(total, "kWh")
        found["feed_in"] = amount(float(np.maximum(made - np.nan_to_num(used), 0)[np.isfinite(made)].sum()) / 60, "kWh")
        found["self_consumption"] = amount(at_once / (float(made[both].sum()) / 60), "1")
    cost = cost_of(door, case, np.maximum(used - np.nan_to_num(made), 0) / 60, tariff)
    return found | ({} if cost is None else {"cost": amount(cost, "EUR")})


def cost_of(door: Door, case: Case, kwh: np.ndarray[Any, Any], tariff: Mapping[str, float] | None) -> float | None:
    """EUR of each minute's kWh from the grid by what is agreed, and the base fee."""
    terms = tariff or {}
    days = (case.end - case.start) / 86_400
    fee = terms.get("base_eur_year", 0.0) * days / 365
    if "fixed_ct_kwh" in terms:
        return float(np.nansum(kwh)) * terms["fixed_ct_kwh"] / 100 + fee
    spot = spot_of(door, case)
    for row in rows_of(door, case):  # an interval whose price is not known as a whole costs nothing, others their mean price
        at, until = minutes_of(row, case)
        spot[at:until] = spot[at:until].mean()
    rate = spot / 1000 * (1 + terms.get("vat_percent", 0.0) / 100) + terms.get("surcharge_ct_kwh", 0.0) / 100
    priced = np.isfinite(kwh) & np.isfinite(rate)
    return float((kwh * rate)[priced].sum()) + fee if priced.any() else None


def spot_of(door: Door, case: Case) -> np.ndarray[Any, Any]:
    """EUR/MWh of each minute by the exported file of EPEX, the quarter-hours where there are any."""
    asked = {"what": "prices", "market": "EPEX", "from": iso(case.start - 3600), "to": iso(case.end), "format": "csv"}
    text = door.admin("GET", f"{API}/data/export", params=asked).text
    spot = np.full((case.end - case.start) // 60, np.nan)
    for row in sorted(csv.DictReader(io.StringIO(text)), key=lambda one: -int(one["seconds"])):
        at, until = minutes_of(row, case)
        spot[max(at, 0) : max(until, 0)] = float(row["price_eur_mwh"])
    return spot


def minutes_of(row: Mapping[str, str], case: Case) -> tuple[int, int]:
    """The minutes of the window that a row is of."""
    at = int(datetime.fromisoformat(row["ts"]).timestamp()) - case.start
    return at // 60, (at + int(row["seconds"])) // 60


def cheapest_by_file(door: Door, day: date, hours: int) -> tuple[int, float] | None:
    """When the cheapest hours of a day begin and their mean price, tried out on each quarter-hour of the exported file."""
    start, end = day_bounds(day)
    spot = spot_of(door, Case("", start, end))
    found = [(float(spot[at : at + 60 * hours].mean()), start + 60 * at) for at in range(0, len(spot) - 60 * hours + 1, 15)]
    known = [(round(mean, 6), at) for mean, at in found if np.isfinite(mean)]
    return None if not known else (min(known)[1], min(known)[0])


def iso(instant: int) -> str:
    """ISO 8601 in UTC, as queries have it."""
    return datetime.fromtimestamp(instant, UTC).isoformat().replace("+00:00", "Z")
