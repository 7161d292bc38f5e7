"""A plant's file and prices in, its cheapest schedule out, as a table of what changes when or as JSON."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nova.cli import output
from nova.cli.german import DAY
from nova.cli.session import session
from nova.errors import InvalidInput

if TYPE_CHECKING:
    from nova.energy.schedule.course import Schedule
    from nova.series import Prices

LARGEST = 20 << 20  # bytes of a plant or a price list
COLUMNS = {
    "from": "Von",
    "to": "Bis",
    "battery": "Batterie kW",
    "loads": "Verbraucher",
    "grid": "Netz kW",
    "stored": "Ladestand kWh",
    "price": "ct/kWh",
}


@click.command("schedule")
@click.argument("plant", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="ANLAGE.yaml")
@click.option("--prices", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="CSV mit ts und price_eur_mwh.")
@click.option("--market", help="Ohne --prices: der Markt, dessen Preise gelten; sonst der erste, den Nova kennt.")
@click.option("--product", default="DAY_AHEAD", show_default=True, help="Ohne --prices: Produkt dieses Marktes.")
@click.option("--day", type=DAY, help="Der Tag; sonst morgen, bei --prices der letzte ganze der Datei.")
@click.option("--days", type=click.IntRange(1, 14), default=1, show_default=True, help="Wie viele Tage zusammen geplant werden.")
@output.json_option
@click.pass_context
def command(ctx: click.Context, /, plant: Path, day: date | None, days: int, as_json: bool, **source: Any) -> None:
    """Den günstigsten Fahrplan für Batterie und verschiebbare Verbraucher rechnen."""
    from nova.energy.schedule import plant as plants
    from nova.energy.schedule.course import as_json as as_json_of
    from nova.energy.schedule.course import course
    from nova.energy.schedule.solve import plan

    described = plants.read(_text(plant), plant.name)
    first, file = day, source["file"]
    prices, first = (
        _of_file(file, first, days) if file else _of_nova(ctx, {name: source[name] for name in ("market", "product")}, first, days)
    )
    found = plan(described, course(described, prices, first, first + timedelta(days=days - 1)))
    if as_json:
        output.data(as_json_of(found))
        return
    output.table(list(_steps(found)), COLUMNS)
    output.line()
    output.facts(_sums(found))
    for reason in found.reasons:
        output.note(reason.text)


def _text(path: Path) -> str:
    if path.stat().st_size > LARGEST:
        raise InvalidInput(f"{path.name} ist größer als {LARGEST >> 20} MB.")
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{path.name} ist kein Text in UTF-8.") from error


def _of_file(file: Path, first: date | None, days: int) -> tuple["Prices", date]:
    from nova.energy.calendar import day_bounds, local_date
    from nova.energy.schedule.prices import read

    found = read(_text(file), file.name)
    if first is None:
        last = local_date(int(found.ts[-1]))
        whole = day_bounds(last)[1] == int(found.ts[-1]) + found.product.seconds
        first = last - timedelta(days=days - 1 if whole else days)
    return found, first


def _of_nova(ctx: click.Context, names: Mapping[str, str | None], first: date | None, days: int) -> tuple["Prices", date]:
    import numpy as np

    from nova.energy.calendar import day_bounds, local_date
    from nova.series import Product
    from nova.series import prices as columns

    first = first or local_date(int(datetime.now(UTC).timestamp())) + timedelta(days=1)
    start, end = day_bounds(first)[0], day_bounds(first + timedelta(days=days - 1))[1]
    window = {"from": _iso(start), "to": _iso(end)}
    with session(ctx) as client:
        told: Mapping[str, Any] = client.get("/data/market", **{name: word for name, word in names.items() if word}, **window)
    price = np.array([np.nan if one is None else one for one in told["columns"]["mean"]], float)
    product = Product(told["market"], told["product"], told["zone"], told["resolution"])
    return columns(product, np.array(told["columns"]["ts"], np.int64), price), first


def _iso(instant: int) -> str:
    return datetime.fromtimestamp(instant, UTC).isoformat()


def _steps(found: "Schedule") -> Iterator[dict[str, str]]:
    """Quarter-hours of the same decisions as one line, with the mean of what they bring about."""
    import numpy as np

    from nova.energy.schedule.course import clock
    from nova.german import number

    rows = [found.setpoints.battery, *found.setpoints.loads.values(), found.setpoints.curtailed]
    kind = np.sign(np.round(np.vstack(rows), 2))
    edges = [0, *(np.flatnonzero((np.diff(kind, axis=1) != 0).any(axis=0)) + 1).tolist(), len(found.course)]
    for start, end in pairwise(edges):
        part = slice(start, end)
        loads = [f"{name} {number(float(power[part].mean()))} kW" for name, power in found.setpoints.loads.items() if power[part].max() > 0]
        yield {
            "from": clock(int(found.course.ts[start]))[-5:],
            "to": clock(int(found.course.ts[end - 1]) + found.course.seconds)[-5:],
            "battery": number(float(found.setpoints.battery[part].mean())),
            "loads": ", ".join(loads),
            "grid": number(float(found.replayed.grid[part].mean())),
            "stored": number(float(found.replayed.stored[end - 1])),
            "price": number(float(found.course.buy[part].mean()) * 100, 1),
        }


def _sums(found: "Schedule") -> Iterator[tuple[str, Any]]:
    from nova.german import number

    yield "Kosten", f"{number(found.replayed.cost_eur, 2)} EUR"
    if found.idle_eur is not None:
        yield "ohne Fahrplan", f"{number(found.idle_eur, 2)} EUR"
    yield "höchster Netzbezug", f"{number(found.replayed.peak_kw, 2)} kW"
    yield "Abstand zur Schranke", f"{number(found.gap * 100, 4)} %"
    yield "Rechenzeit", f"{number(found.cpu_seconds, 3)} s"
