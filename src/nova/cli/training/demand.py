"""The open ticket that asks for a training in, the version of a dataset made for it out; what came of it stands on the ticket."""

from typing import Any

from nova.cli import output
from nova.cli.client import Client

OPEN = ("open", "doing")
NONE = "Kein offenes Ticket verlangt ein Training."


def asking(client: Client) -> dict[str, Any] | None:
    """The oldest open ticket of its kind since which no run began; None where there is none, which is said.

    One that waits for people is not asked again before they moved it.
    """
    found = [one for one in client.get("/admin/tickets", kind="training", limit=500)["tickets"] if one["state"] in OPEN]
    begun = max((one["created_at"] for one in client.get("/training/runs")["runs"]), default="")
    left = sorted((one for one in found if one["opened_at"] > begun), key=lambda one: str(one["opened_at"]))
    if not left:
        output.note(f"Seit Ticket {found[0]['number']} eröffnet wurde, lief schon ein Training." if found else NONE)
    return left[0] if left else None


def noted(client: Client, ticket: dict[str, Any], comment: str, state: str | None = None) -> None:
    """Say on a ticket what came of it."""
    client.patch(f"/admin/tickets/{ticket['ticket_id']}", {"comment": comment, **({"state": state} if state else {})})


def verdict(found: dict[str, Any]) -> str:
    """How a run ended, in a sentence or two."""
    run, said = found["run"], found["evaluation"]
    if said is None:
        return f"{run['name']} endete ohne Bewertung. {run['reason']}".strip()
    held = [one["name"] for one in said["told"]["gates"] if not one["passed"]]
    return f"{run['name']} ist beurteilt: {'alle Tore bestanden' if not held else 'gehalten von ' + ', '.join(held)}."
