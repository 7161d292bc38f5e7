"""Words in, access issued, listed or revoked."""

from typing import get_args

import click

from nova.cli import output
from nova.cli.session import key_of, session, settings_of
from nova.errors import Misconfigured
from nova.roles import Role

ROLES = get_args(Role)
COLUMNS = {
    "token_id": "Kennung",
    "user": "Person",
    "role": "Rolle",
    "label": "Zweck",
    "created_at": "Ausgestellt",
    "expires_at": "Gültig bis",
    "revoked_at": "Gesperrt",
}


@click.group("keys")
def command() -> None:
    """Zugänge ausstellen und sperren."""


@command.command("token")
@click.argument("user", metavar="PERSON")
@click.option("--label", help="Wofür der Zugang ist.")
@click.option("--role", type=click.Choice(ROLES), help="Was die Person ist; sonst bleibt, was sie war (zuerst customer).")
@click.option("--days", type=click.IntRange(1, 3650), default=90, show_default=True, help="Gültigkeit in Tagen.")
@output.json_option
@click.pass_context
def token(ctx: click.Context, user: str, label: str | None, role: str | None, days: int, as_json: bool) -> None:
    """Einen Zugang für eine Person ausstellen; er wird nur jetzt gezeigt."""
    with session(ctx) as client:
        made = client.post("/admin/keys", {"user": user, "label": label or "", "days": days, "role": role})
    output.data(made) if as_json else output.line(made["token"])
    if made["changed"]:
        output.note(f"{user} ist nun {made['role']}; ältere Zugänge gelten nicht mehr.")
    output.note(f"Kennung {made['token_id']}, gültig bis {output.local_time(made['expires_at'])}. Er wird nicht noch einmal gezeigt.")


@command.command("list")
@output.json_option
@click.pass_context
def list_tokens(ctx: click.Context, as_json: bool) -> None:
    """Alle ausgestellten Zugänge."""
    with session(ctx) as client:
        found = client.get("/admin/keys")
    output.data(found) if as_json else output.table(found["tokens"], COLUMNS)


@command.command("revoke")
@click.argument("token_id", metavar="KENNUNG")
@click.pass_context
def revoke(ctx: click.Context, token_id: str) -> None:
    """Einen Zugang sofort sperren."""
    with session(ctx) as client:
        client.delete(f"/admin/keys/{token_id}")
    output.line(f"{token_id} gesperrt")


@command.command("admin")
@click.option("--new", is_flag=True, help="Einen neuen an seine Stelle setzen; wer mit dem alten angemeldet ist, wird abgemeldet.")
@click.pass_context
def admin(ctx: click.Context, new: bool) -> None:
    """Den Betreiberschlüssel dieses Datenordners zeigen oder wechseln."""
    settings = settings_of(ctx)
    if not new:
        output.line(key_of(settings))
        return
    from nova.governance.secrets import new_admin_key, secrets_folder

    if settings.ADMIN_API_KEY is not None:
        raise Misconfigured("Der Betreiberschlüssel steht in ADMIN_API_KEY. Ändern Sie ihn dort und starten Sie Nova neu.")
    made = new_admin_key(secrets_folder(settings.NOVA_DATA))
    output.line(made.value)
    output.note("Ein laufendes Nova übernimmt ihn in wenigen Sekunden; bis dahin offene Anmeldungen im Browser gelten nicht mehr.")


@command.command("hook")
@click.pass_context
def hook(ctx: click.Context) -> None:
    """Das Geheimnis zeigen, mit dem Lieferungen an /hook/sophia-session unterschrieben werden."""
    from nova.governance.secrets import hook_secret, secrets_folder

    settings = settings_of(ctx)
    configured = settings.NOVA_HOOK_SECRET
    output.line(hook_secret(None if configured is None else configured.get_secret_value(), secrets_folder(settings.NOVA_DATA)))


@command.group("vault")
def vault() -> None:
    """Die Schlüssel des Tresors, der sagt, wofür Kennzeichen stehen."""


@vault.command("rotate")
@click.option("--forget", is_flag=True, help="Ältere Schlüssel verwerfen; die Tresore älterer Sicherungen öffnet dann niemand mehr.")
@output.json_option
@click.pass_context
def rotate(ctx: click.Context, forget: bool, as_json: bool) -> None:
    """Einen neuen Tresorschlüssel anlegen und die Schlüssel aller Personen darunter einschließen."""
    with session(ctx) as client:
        done = client.post("/admin/vault/rotate", {"forget": forget})
    output.data(done) if as_json else output.line(done["key"])
    output.note(f"{done['rewrapped']} Personen neu eingeschlossen, {done['dropped']} ältere Schlüssel verworfen.")
    output.note("Legen Sie die Datei secrets/vault.key des Datenordners erneut in Ihre Ablage.")
