"""Words in, the simulated world checked or run; checks that leave their range end with exit code 5."""

from typing import TYPE_CHECKING

import click

from nova.cli import output

if TYPE_CHECKING:
    from nova.energy.simulate.validate import Check

OUT_OF_RANGE = 5
COLUMNS = {"group": "Gruppe", "title": "Kennzahl", "value": "simuliert", "real": "echt", "range": "Bereich", "state": ""}


@click.group("sim")
def command() -> None:
    """Zähler, Wetter und Preise simulieren und prüfen, wie echt sie sind."""


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
    return f"{value:.{digits}f}".replace(".", ",")
