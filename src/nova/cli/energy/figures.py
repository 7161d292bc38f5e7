"""Meters and a time in, their key figures out, as the web app shows them and as Luna says them."""

from typing import Any

import click

from nova.cli import output
from nova.cli.energy.moments import window, yesterday
from nova.cli.session import session

NAMES = {
    "energy": "Verbrauch", "expected": "Erwartet", "excess": "Mehr als erwartet", "bought": "Netzbezug", "production": "Erzeugung",
    "feed_in": "Einspeisung", "self_used": "Selbst verbraucht", "self_consumption": "Eigenverbrauchsquote", "autarky": "Autarkiegrad",
    "cost": "Kosten", "base_fee": "Grundpreis", "cost_fixed": "Kosten zum Festpreis", "cost_spot": "Kosten im dynamischen Tarif",
    "cost_market": "Kosten an der Börse", "feed_in_eur": "Einspeisevergütung", "price_in_force": "Preis jetzt", "peak": "Spitze",
    "quarter_peak": "Höchste Viertelstunde", "base_load": "Grundlast", "missing": "Ohne Messwert",
}  # fmt: skip


@click.command("figures")
@click.argument("meters", nargs=-1, required=True, metavar="ZÄHLER...")
@click.option("--from", "since", help="Anfang: Tag (JJJJ-MM-TT, deutsche Ortszeit) oder Zeitpunkt nach ISO 8601; sonst gestern.")
@click.option("--to", "until", help="Ende, nicht mehr enthalten; sonst das von gestern, oder des Tages, an dem es beginnt.")
@output.json_option
@click.pass_context
def command(ctx: click.Context, meters: tuple[str, ...], since: str | None, until: str | None, as_json: bool) -> None:
    """Kennzahlen von Zählern zeigen: Verbrauch, Kosten, Erwartung, Eigenverbrauch, Lücken.

    Von mehreren Zählern ist es die Summe. Jede Zeile nennt, welche Zeit sie meint, was darin enthalten ist und was fehlt.
    """
    asked = window(since, until, yesterday())
    with session(ctx) as client:
        found: dict[str, Any] = client.get("/data/figures", meter_id=list(meters), expected="true", **asked)
    if as_json:
        output.data(found)
        return
    by_name = {one["name"]: one for one in found["figures"]}
    rows = [by_name[name] | {"name": label} for name, label in NAMES.items() if by_name.get(name, {}).get("value") is not None]
    for row in rows:
        output.line(f"{row['name']}: {row['text']} ({row['basis']})")
    if not rows:
        output.note(by_name["energy"]["reason"])
