"""Words in: versions of the prompt listed, shown, added, tried, promoted and rolled back."""

from pathlib import Path
from typing import Any

import click

from nova.cli import output
from nova.cli.german import agreed
from nova.cli.session import session
from nova.cli.shown import worded

COLUMNS = {"version": "Version", "state": "Stand", "share": "Anteil", "note": "Notiz", "created_by": "Von", "created_at": "Angelegt"}
WORDS = {"state": {"base": "aus der Datei", "draft": "Entwurf", "trial": "im Versuch", "live": "für alle", "retired": "abgelöst"}}
FIGURES = {
    "version": "Version",
    "answers": "Antworten",
    "judged": "Urteile",
    "useful": "Nützlich",
    "useful_low": "mindestens",
    "useful_high": "höchstens",
    "refused": "Abgelehnt",
    "grounded": "Belegt",
}


@click.group("prompts")
def command() -> None:
    """Prompt-Versionen ansehen, anlegen, erproben, übernehmen, zurücknehmen."""


@command.command("list")
@output.json_option
@click.pass_context
def list_prompts(ctx: click.Context, as_json: bool) -> None:
    """Alle Versionen, die neueste zuerst; zuletzt die der Datei."""
    with session(ctx) as client:
        found = client.get("/admin/prompts")
    if as_json:
        output.data(found)
        return
    output.table([worded(row, WORDS) for row in found["prompts"]], COLUMNS)
    if found["note"]:
        output.note(found["note"])


@command.command("show")
@click.argument("version", metavar="VERSION")
@output.json_option
@click.pass_context
def show(ctx: click.Context, version: str, as_json: bool) -> None:
    """Eine Version mit ihrem Text und ihrem Vergleich."""
    with session(ctx) as client:
        found = client.get(f"/admin/prompts/{version}")
    if as_json:
        output.data(found)
        return
    output.facts((name, worded(found, WORDS).get(key)) for key, name in COLUMNS.items())
    output.line()
    output.line(found["yaml"].rstrip())
    if found["comparison"]:
        _compared(found["comparison"])


@command.command("add")
@click.argument("source", metavar="DATEI", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--note", default="", help="Wozu sie gut sein soll.")
@click.pass_context
def add(ctx: click.Context, source: Path, note: str) -> None:
    """Aus einer Datei in der Form von prompts/luna.yml eine Version anlegen."""
    from nova.answers.compose import prompt

    text = source.read_text("utf-8")
    prompt.parse(text, str(source))  # what is wrong is said with the file's name
    with session(ctx) as client:
        found = client.post("/admin/prompts", {"yaml": text, "note": note})
    output.line(f"{found['version']} ist angelegt: nova prompts try {found['version']}")


@command.command("try")
@click.argument("version", metavar="VERSION")
@click.option("--share", type=click.FloatRange(0, 1), default=0.5, show_default=True, help="Anteil der Personen; 0 beendet den Versuch.")
@click.pass_context
def try_out(ctx: click.Context, version: str, share: float) -> None:
    """Eine Version an einem Teil der Personen erproben."""
    with session(ctx) as client:
        found = client.post(f"/admin/prompts/{version}/try", {"share": share})
        note = client.get("/admin/prompts")["note"]
    output.line(f"{version}: {'wird erprobt' if found['state'] == 'trial' else 'wird nicht mehr erprobt'}")
    if note:
        output.note(note)


@command.command("promote")
@click.argument("version", metavar="VERSION")
@click.option("--yes", is_flag=True, help="Nach dem Vergleich ohne Rückfrage übernehmen.")
@click.pass_context
def promote(ctx: click.Context, version: str, yes: bool) -> None:
    """Den Vergleich zeigen und die Version nach Bestätigung für alle übernehmen."""
    with session(ctx) as client:
        seen = client.post(f"/admin/prompts/{version}/promote", {})["comparison"]
        _compared(seen)
        if not yes and not agreed("Für alle übernehmen?"):
            output.line("Es bleibt, wie es ist.")
            return
        client.post(f"/admin/prompts/{version}/promote", {"seal": seen["seal"]})
    output.line(f"{version} gilt jetzt für alle.")


@command.command("rollback")
@click.argument("version", metavar="VERSION")
@click.pass_context
def rollback(ctx: click.Context, version: str) -> None:
    """Eine Version sofort zurücknehmen."""
    with session(ctx) as client:
        found = client.post(f"/admin/prompts/{version}/rollback")
    output.line(f"Es gilt wieder {found['version']}.")


def _compared(seen: dict[str, Any]) -> None:
    output.table(seen["rows"], FIGURES)
    output.line(seen["note"])
