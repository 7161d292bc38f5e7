"""A meter and a period in, why its consumption or cost was what it was out."""

from collections.abc import Mapping
from typing import Any

import click

from nova.cli import output
from nova.cli.answer import show
from nova.cli.session import session
from nova.errors import NotFound


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
        raise NotFound(answer["answer"], data={"meter": meter, "period": when})
    output.data(answer) if as_json else _shown(answer)


def _shown(answer: Mapping[str, Any]) -> None:
    show(answer)
    output.line()
    output.line("Angaben", bold=True)
    for fact in answer["facts"]:
        output.line(f"{fact['label']}: {fact['text']} (aus {fact['rows']} Werten)")
