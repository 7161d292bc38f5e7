"""Nothing in, an exit code out: ingest a PDF, ask about it, check that the citation is what the document says, stop."""

import time
from collections.abc import Mapping
from typing import Any

import click

from nova.cli import output, samples
from nova.cli.client import Client
from nova.cli.intake import take_in
from nova.cli.session import scratch
from nova.errors import NovaError

QUESTION = "Ab welcher Ladeleistung gilt ein Ladepunkt als Schnellladepunkt?"
EXPECTED = "22 Kilowatt"


@click.command("smoke")
@output.json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Eine ganze Runde in einem Wegwerf-Ordner prüfen."""
    begun = time.monotonic()
    with scratch(ctx) as client:
        output.note(f"Bereit nach {time.monotonic() - begun:.1f} s.")
        outcome = take_in(client, [samples.sample("sample.pdf")], {})[0]
        if outcome.status != "stored":
            raise NovaError(f"sample.pdf wurde nicht aufgenommen: {outcome.message}")
        answer = client.post("/rag/ask", {"question": QUESTION})
        citation = checked(client, answer, str(outcome.item_id))
    if as_json:
        output.data({"seconds": round(time.monotonic() - begun, 1), "answer": answer["answer"], "citation": citation})
    else:
        place = f"Seite {citation['page']}, Zeichen {citation['start']} bis {citation['end']}"
        output.line(f"In Ordnung: {place} belegen die Antwort ({time.monotonic() - begun:.1f} s).")


def checked(client: Client, answer: Mapping[str, Any], item_id: str) -> dict[str, Any]:
    """The citation that holds the expected words, compared with the stored text; NovaError says what is wrong."""
    if answer["status"] != "answered":
        raise NovaError(f"Die Frage wurde nicht beantwortet (Stand {answer['status']}).")
    for citation in answer["citations"]:
        text = client.get(f"/items/{item_id}/versions/{citation['version']}/text", start=citation["start"], end=citation["end"])["text"]
        if citation["item_id"] != item_id or " ".join(text.split()) != " ".join(citation["quote"].split()):
            raise NovaError("Ein Beleg stimmt nicht mit dem gespeicherten Text überein.")
        if EXPECTED in " ".join(text.split()) and citation["page"]:
            return dict(citation)
    raise NovaError(f"Kein Beleg enthält „{EXPECTED}“ mit Seitenzahl.")
