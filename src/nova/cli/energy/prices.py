"""A time in, what the exchange's prices of it say out: now, on average, and when they are lowest at a stretch."""

from typing import Any

import click

from nova.cli import output
from nova.cli.energy.moments import today, window
from nova.cli.session import session


@click.command("prices")
@click.option("--from", "since", help="Anfang: Tag (JJJJ-MM-TT, deutsche Ortszeit) oder Zeitpunkt nach ISO 8601; sonst heute.")
@click.option("--to", "until", help="Ende, nicht mehr enthalten; sonst das von heute, oder des Tages, an dem es beginnt.")
@click.option("--hours", type=click.FloatRange(0.25, 200), help="So viele Stunden am Stück (sonst drei).")
@click.option("--market", help="Markt der Preise (sonst der, der zählt).")
@output.json_option
@click.pass_context
def command(ctx: click.Context, since: str | None, until: str | None, hours: float | None, market: str | None, as_json: bool) -> None:
    """Börsenpreise: jetzt, im Mittel, und wann es am günstigsten ist.

    Die günstigsten Stunden liegen am Stück in dem, was von der Zeit noch übrig ist.
    """
    with session(ctx) as client:
        found: dict[str, Any] = client.get("/data/prices", **window(since, until, today()), hours=hours, market=market)
    if as_json:
        output.data(found)
        return
    output.line(f"Börsenpreise {found['said']} ({found['market']}, ohne Netzentgelt, Abgaben und Steuern)", bold=True)
    for label, name in (("Jetzt", "now"), ("Mittel (BASE)", "base"), ("Spitzenzeit (PEAK)", "peak")):
        if found[name] is not None:
            output.line(f"{label}: {found['texts'][name]}")
    for label, name in (("Am günstigsten", "cheapest"), ("Am teuersten", "dearest")):
        if found[name] is not None:
            output.line(f"{label}: {found[name]['text']}, im Mittel {found[name]['price']}")
