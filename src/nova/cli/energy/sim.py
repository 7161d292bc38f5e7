"""Words in, the simulated world checked or run; checks that leave their range end with exit code 5."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, BinaryIO

import click

from nova import german
from nova.cli import output
from nova.cli.german import DAY
from nova.errors import InvalidInput

if TYPE_CHECKING:
    from nova.energy.simulate.validate import Check
    from nova.energy.simulate.world import Meter
    from nova.series import Prices, Readings

OUT_OF_RANGE = 5
EXCHANGE = "EPEX"
FIRST_YEAR, LAST_YEAR = 2000, 2049
COLUMNS = {"group": "Gruppe", "title": "Kennzahl", "value": "simuliert", "real": "echt", "range": "Bereich", "state": ""}


@click.group("sim")
def command() -> None:
    """Zähler und Preise simulieren und prüfen, wie echt sie sind."""


@command.command("validate")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Gleiche Zahl, gleiche Welt.")
@output.json_option
@click.pass_context
def validate(ctx: click.Context, seed: int, as_json: bool) -> None:
    """Kennzahlen der simulierten Welt neben denen der echten zeigen; Rückgabewert 5, wenn eine ihren Bereich verlässt."""
    from nova.energy.simulate.validate import SOURCES, run

    checks = run(seed)
    outside = [one for one in checks if not one.holds]
    if as_json:
        output.data({"seed": seed, "holds": not outside, "sources": SOURCES, "checks": [_plain(one) for one in checks]})
    else:
        output.table([_row(one) for one in checks], COLUMNS)
        for source in SOURCES:
            output.line(source, dim=True)
    for one in outside:
        output.note(f"Außerhalb: {one.group}: {one.title}: {_number(one.value, one.real.digits)}")
    ctx.exit(OUT_OF_RANGE if outside else 0)


@command.command("run")
@click.option("--meters", type=click.IntRange(1, 1000), default=10, show_default=True, help="Wie viele Zähler der Welt.")
@click.option("--days", type=click.IntRange(1, 800), default=7, show_default=True, help="Wie viele ganze Tage.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Gleiche Zahl, gleiche Welt.")
@click.option("--until", type=DAY, help="Der Tag danach, nicht mehr dabei; sonst heute.")
@click.option("--seconds", type=int, default=900, show_default=True, help="Länge eines Intervalls: ganze Minuten, die eine Stunde teilen.")
@click.option("--prices", is_flag=True, help="Statt Messwerten die Börsenpreise derselben Welt, Day-Ahead; --meters zählt dann nicht.")
@click.option("--output", "target", type=click.File("wb", lazy=True), default="-", help="CSV-Datei; sonst die Standardausgabe.")
@output.json_option
def run(target: BinaryIO, as_json: bool, until: date | None, prices: bool, **asked: int) -> None:
    """Messwerte oder Preise der simulierten Welt als CSV schreiben, wie Nova sie einliest; mit --json nur, was sie ausmacht."""
    from nova.energy.delivery import exports
    from nova.energy.simulate import world

    span = _span(until, asked["days"])
    if prices:
        traded = _traded(asked["seed"], span, asked["seconds"])
        if as_json:
            output.data([_price(one) for one in traded])
            return
        pieces = exports.written(traded, "csv")
    else:
        fleet = world.world(asked["seed"], asked["meters"])
        found = (world.readings(one, *span, asked["seconds"]) for one in fleet)
        if as_json:
            output.data([_meter(one, rows) for one, rows in zip(fleet, found, strict=True)])
            return
        pieces = exports.written(found, "csv")
    for piece in pieces:
        target.write(piece)


def _span(until: date | None, days: int) -> tuple[int, int]:
    """Whole local days up to a day, or to today."""
    from nova.energy.calendar import day_start
    from nova.german import BERLIN

    end = until or datetime.now(BERLIN).date()
    begin = end - timedelta(days=days)
    if not FIRST_YEAR <= begin.year <= end.year <= LAST_YEAR:
        raise InvalidInput(f"Nova speichert die Jahre {FIRST_YEAR} bis {LAST_YEAR}.")
    return day_start(begin), day_start(end)


def _traded(seed: int, span: tuple[int, int], seconds: int) -> "list[Prices]":
    """What the simulated exchange's day-ahead market cleared at."""
    from nova.energy.simulate.prices import DAY_AHEAD, simulated_prices
    from nova.series import Product

    return [simulated_prices(seed, Product(EXCHANGE, DAY_AHEAD, seconds=seconds), *span)]


def _price(one: "Prices") -> dict[str, object]:
    return {
        "market": one.product.market,
        "product": one.product.product,
        "zone": one.product.zone,
        "seconds": one.product.seconds,
        "rows": len(one),
        "mean_eur_mwh": round(float(one.price.mean()), 2),
        "lowest_eur_mwh": float(one.price.min()),
        "highest_eur_mwh": float(one.price.max()),
    }


def _meter(one: "Meter", rows: "Readings") -> dict[str, object]:
    hours = rows.seconds / 3600
    return {
        "meter_id": one.meter_id,
        "kind": one.kind,
        "title": one.title,
        "facts": one.facts,
        "rows": len(rows),
        "consumption_kwh": round(float(rows.consumption.sum()) * hours, 3),
        "production_kwh": round(float(rows.production.sum()) * hours, 3),
        "peak_kw": float(rows.consumption.max()),
    }


def _plain(one: "Check") -> dict[str, object]:
    return {
        "group": one.group,
        "title": one.title,
        "value": one.value,
        "real": one.real.middle,
        "low": one.real.low,
        "high": one.real.high,
        "holds": one.holds,
    }


def _row(one: "Check") -> dict[str, object]:
    low, high = (_number(end, one.real.digits) if end is not None else "" for end in (one.real.low, one.real.high))
    return {
        "group": one.group,
        "title": one.title,
        "value": _number(one.value, one.real.digits),
        "real": _number(one.real.middle, one.real.digits),
        "range": f"{low} bis {high}" if low and high else f"ab {low}" if low else f"bis {high}" if high else "",
        "state": "" if one.holds else "außerhalb",
    }


def _number(value: float, digits: int) -> str:
    return german.plain(value, digits)
