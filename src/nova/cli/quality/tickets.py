"""Words in, tickets listed, shown, moved, commented, opened or exported."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import click

from nova.cli import output
from nova.cli.client import Client
from nova.cli.session import session
from nova.errors import InvalidInput, NotFound
from nova.unseen import cell

STATES = {"offen": "open", "arbeit": "doing", "wartet": "waiting", "erledigt": "done", "verworfen": "dropped"}
OWNERS = ("chronos", "lumina", "orion", "aura")
KINDS = {
    "wissen": "knowledge",
    "prompt": "prompt",
    "reihenfolge": "ranking",
    "training": "training",
    "betrieb": "operations",
    "sonstiges": "other",
}
COLUMNS = {"number": "Nr.", "state_text": "Stand", "owner": "Zuständig", "title": "Titel", "changed_at": "Geändert", "ticket_id": "Kennung"}
EXPORTED = ("number", "ticket_id", "kind", "owner", "state", "title", "rule", "kpi", "opened_at", "changed_at", "closed_at")
MORE = {"text": "Begründung", "opened_at": "Eröffnet", "closed_at": "Beendet", "rule": "Regel", "kpi": "Kennzahl"}
HISTORY = {"at": "Wann", "actor": "Wer", "what": "Was", "from": "Von", "to": "Nach", "comment": "Kommentar"}
HAPPENED = {
    "opened": "eröffnet",
    "moved": "Stand geändert",
    "handed": "übergeben",
    "commented": "kommentiert",
    "linked": "weiterer Alarm",
    "recovered": "Alarm beendet",
    "measured": "Wirkung gemessen",
}
LEVELS = {"warn": "Warnung", "critical": "kritisch"}
VERDICTS = {"better": "besser", "worse": "schlechter", "unclear": "nicht sicher anders", "few": "zu wenig Daten"}
PAGE = 200
state_option = click.option("--state", type=click.Choice(list(STATES)), help="Nur dieser Stand.")
owner_option = click.option("--owner", type=click.Choice(OWNERS), help="Nur diese Zuständigen.")


@click.group("tickets")
def command() -> None:
    """Tickets ansehen, bewegen, kommentieren, eröffnen."""


@command.command("list")
@state_option
@owner_option
@click.option("--limit", type=click.IntRange(1, 500), default=50, show_default=True)
@output.json_option
@click.pass_context
def list_tickets(ctx: click.Context, state: str | None, owner: str | None, limit: int, as_json: bool) -> None:
    """Die Tickets, die zuletzt geänderten zuerst."""
    with session(ctx) as client:
        found = client.get("/admin/tickets", state=STATES[state] if state else None, owner=owner, limit=limit)
    if as_json:
        output.data(found)
        return
    output.table(found["tickets"], COLUMNS)
    output.note(f"{len(found['tickets'])} von {found['total']}")


@command.command("show")
@click.argument("ticket", metavar="NUMMER")
@output.json_option
@click.pass_context
def show(ctx: click.Context, ticket: str, as_json: bool) -> None:
    """Ein Ticket mit Verlauf, Alarmen und Fragen (Nummer oder Kennung)."""
    with session(ctx) as client:
        found = client.get(f"/admin/tickets/{_id(client, ticket)}")
    output.data(found) if as_json else _shown(found)


def _shown(ticket: Mapping[str, Any]) -> None:
    output.facts((name, ticket.get(key)) for key, name in {**COLUMNS, **MORE}.items() if key != "text")
    for row in str(ticket["text"]).splitlines():
        output.line(f"  {row}")
    if ticket["effect"]:
        output.line(_effect(ticket["effect"]))
    for one in ticket["episodes"]:
        ended = f", beendet {output.local_time(one['ended_at'])}" if one["ended_at"] else ", dauert an"
        output.line(f"  ! {one['rule']}: {LEVELS[one['worst']]} seit {output.local_time(one['opened_at'])}{ended}")
    for question, count in Counter(one["question"] for one in ticket["questions"]).items():
        output.line(f"  ? {output.shorten(question, 100)}{f' ({count}x)' if count > 1 else ''}", dim=True)
    output.line()
    output.table([_change_row(row) for row in ticket["history"]], HISTORY)


def _effect(effect: Mapping[str, Any]) -> str:
    """What became of the ticket's figure, in words."""
    from nova.kpi.rules.say import number

    sides = (f"{number(effect['kpi'], effect[side]['value'])} (n = {effect[side]['n']})" for side in ("before", "after"))
    return f"Wirkung: {' → '.join(sides)}, {VERDICTS[effect['verdict']]}"


def _change_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A line of the history; states by the words that `move` takes."""
    names = {state: name for name, state in STATES.items()}
    sides = {side: names.get(value, value) for side in ("from", "to") if (value := row["facts"].get(side)) is not None}
    return {**row, "what": HAPPENED.get(row["what"], row["what"]), **sides}


@command.command("move")
@click.argument("ticket", metavar="NUMMER")
@click.argument("state", type=click.Choice(list(STATES)), metavar="STAND")
@click.option("--owner", type=click.Choice(OWNERS), help="Zugleich übergeben an.")
@click.pass_context
def move(ctx: click.Context, ticket: str, state: str, owner: str | None) -> None:
    """Den Stand ändern: offen, arbeit, wartet, erledigt, verworfen."""
    _change(ctx, ticket, {"state": STATES[state], **({"owner": owner} if owner else {})})


@command.command("comment")
@click.argument("ticket", metavar="NUMMER")
@click.argument("text", metavar="TEXT")
@click.pass_context
def comment(ctx: click.Context, ticket: str, text: str) -> None:
    """Einen Kommentar anfügen; Personenbezogenes wird vorher geschwärzt."""
    if not text.strip():
        raise InvalidInput("Ein Kommentar braucht einen Text.")
    _change(ctx, ticket, {"comment": text})


def _change(ctx: click.Context, ticket: str, patch: Mapping[str, Any]) -> None:
    with session(ctx) as client:
        found = client.patch(f"/admin/tickets/{_id(client, ticket)}", dict(patch))
    output.line(f"Ticket {found['number']}: {found['state_text']}, {found['owner']}")


@command.command("open")
@click.argument("title", metavar="TITEL")
@click.option("--text", default="", help="Was zu tun ist.")
@click.option("--kind", type=click.Choice(list(KINDS)), default="sonstiges", show_default=True, help="Worum es geht.")
@click.option("--owner", type=click.Choice(OWNERS), default="lumina", show_default=True, help="Wen es angeht.")
@click.option("--gap", metavar="KENNUNG", help="Die Wissenslücke, um die es geht.")
@click.pass_context
def open_ticket(ctx: click.Context, /, title: str, text: str, kind: str, owner: str, gap: str | None) -> None:
    """Ein Ticket von Hand eröffnen."""
    body = {"title": title, "text": text, "kind": KINDS[kind], "owner": owner, "gap_id": gap}
    with session(ctx) as client:
        found = client.post("/admin/tickets", body)
    output.line(f"Ticket {found['number']} eröffnet ({found['ticket_id']})")


@command.command("export")
@state_option
@owner_option
@output.json_option
@click.pass_context
def export(ctx: click.Context, state: str | None, owner: str | None, as_json: bool) -> None:
    """Alle Tickets als CSV (oder JSON) ausgeben."""
    with session(ctx) as client:
        rows = list(_all(client, STATES[state] if state else None, owner))
    if as_json:
        output.data(rows)
        return
    sheet = io.StringIO()
    writer = csv.DictWriter(sheet, EXPORTED, extrasaction="ignore", delimiter=";", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: cell(row[name]) for name in EXPORTED} for row in rows)
    output.line(sheet.getvalue().rstrip("\n"))


def _all(client: Client, state: str | None, owner: str | None) -> Iterator[Mapping[str, Any]]:
    offset = 0
    while page := client.get("/admin/tickets", state=state, owner=owner, limit=PAGE, offset=offset)["tickets"]:
        yield from page
        offset += len(page)


def _id(client: Client, given: str) -> str:
    """The id of a ticket named by its number or its id; NotFound."""
    if not given.isdigit():
        return given
    for row in _all(client, None, None):
        if row["number"] == int(given):
            return str(row["ticket_id"])
    raise NotFound(f"Ein Ticket {given} gibt es nicht.")
