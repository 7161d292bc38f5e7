"""Nothing in, an exit code out: a PDF cited as it says, then the whole flywheel once, in a folder that is gone afterwards."""

import time
from collections.abc import Mapping
from typing import Any

import click

from nova.cli import output
from nova.cli.client import Client
from nova.cli.session import settings_of
from nova.errors import NovaError

QUESTION = "Ab welcher Ladeleistung gilt ein Ladepunkt als Schnellladepunkt?"
EXPECTED = "22 Kilowatt"


@click.command("smoke")
@click.option("--short", is_flag=True, help="Nur die erste Runde: aufnehmen, fragen, Beleg prüfen.")
@output.json_option
@click.pass_context
def command(ctx: click.Context, short: bool, as_json: bool) -> None:
    """Eine ganze Runde in einem Wegwerf-Ordner prüfen, bis zum Schwungrad."""
    from nova.cli.rehearsal.stage import stage
    from nova.cli.rehearsal.wheel import STEPS, turn

    begun = time.monotonic()
    with stage(settings_of(ctx)) as place:
        output.note(f"Bereit nach {time.monotonic() - begun:.1f} s.")
        place.take("sample.pdf")
        answer = place.client.post("/rag/ask", {"question": QUESTION})
        citation = checked(place.client, answer, place.items["sample.pdf"])
        if not as_json:
            output.line(f"Beleg: Seite {citation['page']}, Zeichen {citation['start']} bis {citation['end']} belegen die Antwort.")
        steps = []
        for step in turn(place, {} if short else STEPS):
            steps.append(step)
            if not as_json:
                output.line(f"{step['step']}: {step['told']}")
    seconds = round(time.monotonic() - begun, 1)
    if as_json:
        output.data({"seconds": seconds, "answer": answer["answer"], "citation": citation, "steps": steps})
    else:
        output.line(f"In Ordnung ({seconds:.1f} s).".replace(".", ",", 1))


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
