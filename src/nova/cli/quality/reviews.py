"""Words in, the editorial queue listed, or what editors stand for written to a file as JSON lines."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import click

from nova.cli import output
from nova.cli.client import Client
from nova.cli.energy.moments import moment
from nova.cli.session import session
from nova.cli.shown import worded
from nova.store.quality.review import Reason, State

COLUMNS = {"review_id": "Kennung", "state": "Stand", "reasons": "Gründe", "priority": "Vorrang", "asked_at": "Gefragt", "question": "Frage"}
MOST = 10_000  # rows that the API gives at once
WORDS = {
    "state": {"open": "offen", "accepted": "angenommen", "rejected": "abgelehnt", "changed": "geändert"},
    "reasons": {
        "thumbs_down": "Daumen runter",
        "ungrounded": "schwach belegt",
        "weak": "wenig gefunden",
        "rare": "seltene Frage",
        "sample": "Stichprobe",
    },
}
COUNTS = {"open": "Offen", "accepted": "Angenommen", "rejected": "Abgelehnt", "changed": "Geändert", "pairs": "Vorzugspaare"}

WAITING = {"review_id": "Kennung", "due_at": "Fällig", "overdue": "Überfällig", "question": "Frage"}
DISPUTED = {"review_id": "Kennung", "first_state": "Erste Meinung", "state": "Zweite Meinung", "given_at": "Abgegeben", "question": "Frage"}
DIFFERENT = dict.fromkeys(("first_state", "state"), WORDS["state"])


@click.group("reviews")
def command() -> None:
    """Die Durchsicht von Antworten: ansehen, füllen, zweite Meinungen, Freigegebenes ausgeben."""


@command.command("list")
@click.option("--state", type=click.Choice(get_args(State)), help="Nur dieser Stand.")
@click.option("--reason", type=click.Choice(get_args(Reason)), help="Nur mit diesem Grund.")
@click.option("--limit", type=click.IntRange(1, 200), default=20, show_default=True)
@output.json_option
@click.pass_context
def list_reviews(ctx: click.Context, state: str | None, reason: str | None, limit: int, as_json: bool) -> None:
    """Was durchzusehen ist, das Dringendste zuerst."""
    with session(ctx) as client:
        found = client.get("/admin/reviews", state=state, reason=reason, limit=limit)
    if as_json:
        output.data(found)
        return
    output.table([worded(row, WORDS) for row in found["reviews"]], COLUMNS)
    output.note(", ".join(f"{title}: {found['counts'][name]}" for name, title in COUNTS.items()))


@command.command("fill")
@click.pass_context
def fill(ctx: click.Context) -> None:
    """Die Durchsicht jetzt füllen; sonst geschieht es stündlich."""
    with session(ctx) as client:
        output.line(client.post("/admin/reviews/fill")["job_id"])


@command.command("second")
@output.json_option
@click.pass_context
def second(ctx: click.Context, as_json: bool) -> None:
    """Wozu eine zweite Meinung fehlt, worin zwei Personen uneinig sind, und wie einig die Redaktion ist."""
    with session(ctx) as client:
        found = client.get("/admin/second-opinions")
    if as_json:
        output.data(found)
        return
    output.table(found["waiting"], WAITING)
    output.table([worded(row, DIFFERENT) for row in found["disputed"]], DISPUTED)
    output.note(f"Zweite Meinung fehlt: {found['counts']['waiting']}, uneinig: {found['counts']['disputed']}")
    output.note(found["agreement"][0]["text"] if found["agreement"] else "Die Einigkeit wird nach der ersten vollen Woche gemessen.")


@command.command("export")
@click.argument("path", metavar="DATEI", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--since", metavar="ZEITPUNKT", help="Nur, was seitdem freigegeben wurde (2026-11-21 oder mit Uhrzeit).")
@click.pass_context
def export(ctx: click.Context, path: Path, since: str | None) -> None:
    """Freigegebene Antworten und Vorzugspaare als JSON-Zeilen schreiben."""
    draft = output.draft_of(path)
    with session(ctx) as client:
        rows, held_back = _exported(client, moment(since) if since else None)
    draft.write_text("".join(output.in_json(row) + "\n" for row in rows), encoding="utf-8")
    draft.replace(path)
    held = f"; {held_back} zurückgehalten (möglicherweise personenbezogen)" if held_back else ""
    output.note(f"{len(rows)} Zeilen geschrieben{held}.")


def _exported(client: Client, since: str | None) -> tuple[list[Mapping[str, Any]], int]:
    """Every row from then on, and how many were held back: the API gives the oldest so many, the rest follows from the last one on."""
    rows: dict[str, Mapping[str, Any]] = {}
    held_back = 0
    while True:
        found = client.get("/admin/reviews/export", since=since)
        fresh = {row["curated_id"]: row for row in found["rows"] if row["curated_id"] not in rows}
        rows |= fresh
        held_back += found["held_back"]
        if len(found["rows"]) + found["held_back"] < MOST or not fresh:
            return list(rows.values()), held_back
        since = found["rows"][-1]["created_at"]
