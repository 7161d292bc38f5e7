"""Who has an account: listed, invited, changed, seen off, and a table of joiners and leavers."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from nova.cli import output
from nova.cli.client import Client
from nova.cli.process.owner import owner
from nova.cli.session import session, settings_of
from nova.errors import NotFound
from nova.roles import ROLES

PERSONS = tuple(role for role in ROLES if role != "service")
COLUMNS = {
    "user": "Anmeldename",
    "name": "Name",
    "role": "Rolle",
    "state": "Stand",
    "seen_at": "Zuletzt da",
    "invited_until": "Link gilt bis",
}
STATES = {"invited": "eingeladen", "active": "dabei", "left": "ausgeschieden"}
DONE = {"invited": "eingeladen", "changed": "geändert", "left": "ausgeschieden", "back": "wieder da", "same": "unverändert"}
ROLE = click.Choice(PERSONS)


@click.group("people")
def command() -> None:
    """Personen einladen, ändern und verabschieden."""


@command.command("list")
@click.option("--text", default="", help="Teil des Namens.")
@click.option("--role", type=ROLE, multiple=True, help="Nur diese Rollen.")
@click.option("--state", type=click.Choice(tuple(STATES)), multiple=True, help="Nur diese Stände.")
@output.json_option
@click.pass_context
def list_people(ctx: click.Context, text: str, role: tuple[str, ...], state: tuple[str, ...], as_json: bool) -> None:
    """Alle mit einem Konto."""
    with session(ctx) as client:
        found = client.get("/admin/people", text=text or None, role=list(role) or None, state=list(state) or None, limit=500)
    if as_json:
        output.data(found)
        return
    output.table([one | {"role": ROLES[one["role"]].title, "state": STATES[one["state"]]} for one in found["people"]], COLUMNS)
    output.note(f"{found['total']} Personen.")


@command.command("invite")
@click.argument("user", metavar="ANMELDENAME")
@click.option("--name", default="", help="Wie die Person heißt.")
@click.option("--role", type=ROLE, default="employee", show_default=True, help="Was sie hier ist.")
@output.json_option
@click.pass_context
def invite(ctx: click.Context, user: str, name: str, role: str, as_json: bool) -> None:
    """Ein Konto anlegen und den Link ausgeben, mit dem die Person hereinkommt; er gilt einmal."""
    with session(ctx) as client:
        made = client.post("/admin/people", {"user": user, "name": name, "role": role})
    _told(ctx, made, as_json)


@command.command("link")
@click.argument("user", metavar="ANMELDENAME")
@output.json_option
@click.pass_context
def link(ctx: click.Context, user: str, as_json: bool) -> None:
    """Einen neuen Link ausgeben: für Eingeladene, und für alle, die nicht mehr hereinkommen."""
    with session(ctx) as client:
        made = client.post(f"/admin/people/{_id_of(client, user)}/invitation")
    _told(ctx, made, as_json)


@command.command("role")
@click.argument("user", metavar="ANMELDENAME")
@click.argument("role", metavar="ROLLE", type=ROLE)
@click.pass_context
def role(ctx: click.Context, user: str, role: str) -> None:
    """Einer Person eine andere Rolle geben; ihre Sitzungen und Token enden."""
    with session(ctx) as client:
        done = client.patch(f"/admin/people/{_id_of(client, user)}", {"role": role})
    output.line(f"{user} ist nun {ROLES[role].title}." if "changed" in done else "Das wartet auf die Bestätigung einer zweiten Person.")  # type: ignore[index]


@command.command("leave")
@click.argument("user", metavar="ANMELDENAME")
@click.pass_context
def leave(ctx: click.Context, user: str) -> None:
    """Eine Person scheidet aus: Sitzungen und Token enden sofort."""
    with session(ctx) as client:
        client.patch(f"/admin/people/{_id_of(client, user)}", {"left": True})
    output.line(f"{user} ist ausgeschieden.")


@command.command("back")
@click.argument("user", metavar="ANMELDENAME")
@click.pass_context
def back(ctx: click.Context, user: str) -> None:
    """Wer ausgeschieden war, darf wieder herein, mit einem neuen Link."""
    with session(ctx) as client:
        user_id = _id_of(client, user)
        client.patch(f"/admin/people/{user_id}", {"left": False})
        made = client.post(f"/admin/people/{user_id}/invitation")
    _told(ctx, made, as_json=False)


@command.command("import")
@click.argument("file", metavar="TABELLE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Ausführen; sonst wird nur gezeigt, was geschähe.")
@output.json_option
@click.pass_context
def import_people(ctx: click.Context, file: Path, yes: bool, as_json: bool) -> None:
    """Zugänge und Abgänge aus einer CSV-Tabelle: user,name,role,state (da oder weg). Alles oder nichts."""
    with session(ctx) as client:
        found = client.upload(file, {}, f"/admin/people/import?dry_run={'false' if yes else 'true'}")
    if as_json:
        output.data(found)
        return
    base = _address(ctx)
    rows = [one | {"done": DONE[one["done"]], "path": f"{base}{one['path']}" if one["path"] else ""} for one in found["rows"]]
    output.table(rows, {"line": "Zeile", "user": "Anmeldename", "done": "Was geschah" if yes else "Was geschähe"})
    for one in rows:
        if one["path"]:
            output.line(f"{one['user']}: {one['path']}")
    if not yes:
        output.note("Nichts ist geändert. Mit --yes wird es ausgeführt.")


@command.command("roles")
@output.json_option
@click.pass_context
def roles(ctx: click.Context, as_json: bool) -> None:
    """Welche Rolle was darf."""
    with session(ctx) as client:
        found = client.get("/roles")
    if as_json:
        output.data(found)
        return
    texts = {one["capability"]: one["text"] for one in found["capabilities"]}
    for one in found["roles"]:
        output.line(f"{one['title']} ({one['role']})", bold=True)
        output.line(f"  {one['who']}")
        for capability in one["may"]:
            output.line(f"  - {texts[capability]}")


def _address(ctx: click.Context) -> str:
    """Where people reach Nova: its first name of NOVA_HOSTS, else this machine, by the port of the Nova that serves."""
    settings = settings_of(ctx)
    if settings.NOVA_HOSTS:
        return f"https://{settings.NOVA_HOSTS[0]}"
    there = owner(settings.NOVA_DATA)
    port = urlsplit(there.address).port if there else None
    return f"http://localhost:{port or settings.API_PORT}"


def _told(ctx: click.Context, made: dict[str, Any], as_json: bool) -> None:
    if as_json:
        output.data(made)
        return
    output.line(f"{_address(ctx)}{made['path']}")
    output.note(f"Gilt einmal, bis {output.local_time(made['expires_at'])}. Der Link wird nicht noch einmal gezeigt.")


def _id_of(client: Client, user: str) -> str:
    """The number of an account by the name that its person signs in with; NotFound."""
    found = client.get("/admin/people", text=user, limit=500)["people"]
    for one in found:
        if one["user"].casefold() == user.casefold():
            return str(one["user_id"])
    raise NotFound(f"Ein Konto „{user}“ gibt es nicht.")
