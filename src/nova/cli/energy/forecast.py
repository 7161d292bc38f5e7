"""A CSV in, how well its column could have been forecast out: a rolling backtest with its baselines."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nova.cli import output
from nova.cli.german import DAY
from nova.errors import InvalidInput

if TYPE_CHECKING:
    from nova.energy.forecast.trial import Trial

COLUMNS = {"name": "Reihe", "n": "Werte", "mae": "MAE", "rmae": "rMAE", "coverage": "Im Band", "bias": "Summe zu hoch"}


@click.group("forecast")
def command() -> None:
    """Vorhersagen an der Vergangenheit messen."""


@command.command("backtest")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="DATEI")
@click.option("--target", required=True, help="Spalte, die vorhergesagt wird.")
@click.option("--features", default="", help="Spalten, die für den Tag selbst bekannt sind (perfekte Voraussicht), mit Komma getrennt.")
@click.option("--freq", required=True, help="Abstand der Werte: 15min, 30min, 1h, 1d.")
@click.option("--horizon", required=True, help="So weit auf einmal: Zahl der Werte, oder 24h, 2d.")
@click.option("--from", "first", type=DAY, help="Erster Tag; sonst die zweite Hälfte, höchstens ein Jahr.")
@click.option("--to", "last", type=DAY, help="Letzter Tag, eingeschlossen.")
@click.option(
    "--gap", type=click.IntRange(0, 7), default=0, show_default=True, help="Ganze Tage zwischen dem letzten bekannten und dem ersten."
)
@click.option("--time", "time", default="", help="Spalte mit der Zeit, wenn sie nicht am Namen zu erkennen ist.")
@click.option("--holidays", default="DE", show_default=True, help="Land der Feiertage nach ISO 3166 (zwei Buchstaben), '' für keines.")
@click.option("--threads", type=click.IntRange(1, 64), default=1, show_default=True, help="Wie viele Rechenkerne genutzt werden.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Alle Vorhersagen als CSV hierhin schreiben.")
@output.json_option
def backtest(file: Path, target: str, features: str, as_json: bool, **wish: Any) -> None:
    """Was für jeden Tag vorhergesagt worden wäre, nur aus dem, was davor bekannt war."""
    from nova.energy.forecast.table import TableColumns, read
    from nova.energy.forecast.trial import report, seconds_of, steps_of, try_out

    if wish["first"] and wish["last"] and wish["first"] > wish["last"]:
        raise InvalidInput("Der Tag --from liegt hinter dem Tag --to.")
    if wish["out"] and not wish["out"].parent.is_dir():
        raise InvalidInput(f"Den Ordner {wish['out'].parent} gibt es nicht.")
    seconds = seconds_of(wish["freq"])
    horizon = steps_of(wish["horizon"], seconds)
    extras = tuple(name.strip() for name in features.split(",") if name.strip())
    if target in extras:
        raise InvalidInput(f"„{target}“ soll vorhergesagt werden und kann nicht zugleich unter --features stehen.")
    series = read(file, TableColumns(target, seconds, extras, wish["time"]))
    trial = try_out(series, _wish(horizon, wish))
    found = {"target": target, "features": list(extras), "seconds": seconds, "horizon": horizon, "gap_days": wish["gap"], **report(trial)}
    if wish["out"]:
        _write(wish["out"], trial)
    output.data(found) if as_json else _show(found)


def _wish(horizon: int, wish: Mapping[str, Any]) -> Any:
    from nova.energy.forecast.trial import Wish

    return Wish(horizon, wish["first"], wish["last"], wish["gap"], wish["holidays"], wish["threads"])


def _write(path: Path, trial: "Trial") -> None:
    from nova.energy.forecast.trial import lines

    try:
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows(lines(trial))
    except OSError as error:
        raise InvalidInput(f"{path} lässt sich nicht schreiben ({error.strerror}).") from None


def _show(found: Mapping[str, Any]) -> None:
    from nova.german import number

    if not found["served"]:
        output.note("Mit perfekter Voraussicht: Spalten des Tages selbst waren bekannt. So etwas wird nie ausgeliefert.")
    rows = [{"name": name, **one} for name, one in found["series"].items()] + [{"name": "alle" if found["series"] else "", **found}]
    output.table([_row(row) for row in rows], COLUMNS)
    output.line()
    base = found["baselines"]
    output.facts(
        [
            ("MAE Woche davor", _number(base["naive_week_mae"])),
            ("MAE üblicher Tag", _number(base["seasonal_mae"])),
            ("Zeitraum", f"{found['from'][:10]} bis {found['to'][:10]}"),
            ("Rechenzeit", f"{number(found['cpu_seconds'])} s"),
        ]
    )


def _row(one: Mapping[str, Any]) -> dict[str, Any]:
    shares = {name: f"{_number(one[name] * 100, 1)} %" if one[name] is not None else "" for name in ("coverage", "bias")}
    return {"name": one["name"], "n": one["n"], "mae": _number(one["mae"]), "rmae": _number(one["rmae"]), **shares}


def _number(value: float | None, digits: int = 3) -> str:
    from nova.german import number

    return "" if value is None else number(value, digits)
