"""A meter and a period in, why its consumption or cost was what it was out."""

from collections.abc import Mapping
from typing import Any

import click

from nova.cli import output
from nova.cli.answer import show
from nova.cli.client import Client
from nova.cli.session import session
from nova.errors import NotFound

MOST, SHOWN = 200, 8


@click.command("explain")
@click.argument("meter", metavar="ZÄHLER")
@click.argument("period", metavar="ZEITRAUM", nargs=-1, required=True)
@click.option("--cost", is_flag=True, help="Die Kosten zu Börsenpreisen erklären statt der Energie.")
@output.json_option
@click.pass_context
def command(ctx: click.Context, /, meter: str, period: tuple[str, ...], cost: bool, as_json: bool) -> None:
    """Erklären, warum ein Zähler in einem Zeitraum so viel oder wenig zeigt.

    ZÄHLER ist seine Nummer oder sein Titel, ZEITRAUM steht in Worten: gestern, letzte Woche, März 2026, KW 12, 24.12.2025.
    """
    when = " ".join(period)
    what = "waren die Stromkosten" if cost else "war der Verbrauch"
    with session(ctx) as client:
        answer = client.post("/rag/ask", {"question": f"Warum {what} von {meter} {when} so hoch?"})
        if not answer["facts"]:
            raise NotFound(_why_not(client, meter, when, answer), data={"meter": meter, "period": when})
    output.data(answer) if as_json else _shown(answer)


def _why_not(client: Client, meter: str, when: str, answer: Mapping[str, Any]) -> str:
    """Why there is nothing to explain: the meter is unknown, or the period is not understood or holds nothing."""
    found = client.get("/data/meters", limit=MOST)
    names = {name.casefold() for one in found["meters"] for name in (one["meter_id"], one["title"])}
    if meter.casefold() not in names and found["total"] <= len(found["meters"]):
        known = ", ".join(one["meter_id"] for one in found["meters"][:SHOWN]) or "noch keinen"
        more = " und weitere" if found["total"] > SHOWN else ""
        return f"Den Zähler „{meter}“ kennt Nova nicht. Es gibt {known}{more}."
    said = answer["answer"].partition("\n")[0] if answer["status"] == "answered" else ""
    return (
        said or f"Zu {meter} und „{when}“ ist nichts zu sagen. Zeiträume heißen etwa: gestern, letzte Woche, März 2026, KW 12, 24.12.2025."
    )


def _shown(answer: Mapping[str, Any]) -> None:
    show(answer)
    output.line()
    output.line("Angaben", bold=True)
    for fact in answer["facts"]:
        output.line(f"{fact['label']}: {fact['text']} (aus {fact['rows']} Werten)")
