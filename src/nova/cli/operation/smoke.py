"""Nothing in, an exit code out: a PDF cited as it says, then the whole flywheel once, in a folder that is gone afterwards."""

import time
from collections.abc import Iterable, Mapping
from typing import Any

import click

from nova.cli import output
from nova.cli.client import Client
from nova.cli.session import settings_of
from nova.errors import Misconfigured, NovaError
from nova.settings import Settings

QUESTION = "Ab welcher Ladeleistung gilt ein Ladepunkt als Schnellladepunkt?"
EXPECTED = "22 Kilowatt"


@click.command("smoke")
@click.option("--short", is_flag=True, help="Nur die erste Runde: aufnehmen, fragen, Beleg prüfen.")
@click.option("--training", is_flag=True, help="Stattdessen die Feinabstimmung: lernen, freigeben, zurücknehmen, löschen, neu lernen.")
@output.json_option
@click.pass_context
def command(ctx: click.Context, short: bool, training: bool, as_json: bool) -> None:
    """Eine ganze Runde in einem Wegwerf-Ordner prüfen, bis zum Schwungrad."""
    if training:
        _training(settings_of(ctx), as_json=as_json)
        return
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
        steps = _told(turn(place, {} if short else STEPS), as_json=as_json)
    _ended(begun, {"answer": answer["answer"], "citation": citation, "steps": steps}, as_json=as_json)


def _training(settings: Settings, *, as_json: bool) -> None:
    """The wheel of training; Misconfigured where no environment for it lies here."""
    from nova.cli.rehearsal.stage import stage
    from nova.cli.rehearsal.training import STEPS
    from nova.cli.rehearsal.wheel import turn
    from nova.wiring.training import python_beside

    python = settings.NOVA_TRAIN_PYTHON or python_beside()
    if not python:
        raise Misconfigured("Zum Trainieren fehlt die Umgebung; `make train-env` legt sie an (oder NOVA_TRAIN_PYTHON nennt eine).")
    begun = time.monotonic()
    with stage(settings, NOVA_ADAPTER_HOST="process", NOVA_ADAPTER_BASE="nova-mini", NOVA_TRAIN_PYTHON=python) as place:
        steps = _told(turn(place, STEPS), as_json=as_json)
    _ended(begun, {"steps": steps}, as_json=as_json)


def _told(turned: Iterable[dict[str, Any]], *, as_json: bool) -> list[dict[str, Any]]:
    """The steps, each told when it is done."""
    steps = []
    for step in turned:
        steps.append(step)
        if not as_json:
            output.line(f"{step['step']}: {step['told']}")
    return steps


def _ended(begun: float, found: Mapping[str, Any], *, as_json: bool) -> None:
    seconds = round(time.monotonic() - begun, 1)
    if as_json:
        output.data({"seconds": seconds, **found})
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
