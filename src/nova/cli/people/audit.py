"""Words in, the audit log listed, looked through or written to a file as JSON lines."""

from pathlib import Path
from typing import Any, TextIO

import click

from nova.cli import output
from nova.cli.client import Client
from nova.cli.energy.moments import moment
from nova.cli.session import session

COLUMNS = {"seq": "Nr.", "ts": "Zeit", "actor": "Wer", "action": "Was", "target": "Woran", "facts": "Angaben"}
VERDICT = {
    "rows": "Zeilen",
    "sealed": "davon versiegelt",
    "unsealed": "noch nicht versiegelt",
    "missing": "Nummern ohne Zeile",
    "seals": "Siegel",
    "head": "Kopf der Kette",
    "sealed_at": "Zuletzt versiegelt",
    "anchors": "Anker außerhalb der Datenbank",
    "anchored_at": "Letzter Tagesanker",
}
BROKEN = 5
PAGE = 500
FEW = 10


@click.group("audit")
def command() -> None:
    """Das Protokoll ansehen, nachprüfen und ausgeben."""


def _filters(function: Any) -> Any:
    for name, text in (("actor", "Wer"), ("action", "Was"), ("target", "Woran")):
        function = click.option(f"--{name}", metavar="ANFANG", help=f"{text}: Nur, was so beginnt.")(function)
    function = click.option("--from", "since", metavar="ZEITPUNKT", help="Ab diesem Tag (Ortszeit) oder Zeitpunkt (2026-11-21).")(function)
    return click.option("--to", "until", metavar="ZEITPUNKT", help="Bis vor diesen Tag oder Zeitpunkt.")(function)


def _asked(options: dict[str, Any]) -> dict[str, Any]:
    moments = {"from": options.pop("since"), "to": options.pop("until")}
    return options | {name: moment(text) if text else None for name, text in moments.items()}


@command.command("list")
@_filters
@click.option("--limit", type=click.IntRange(1, PAGE), default=50, show_default=True)
@output.json_option
@click.pass_context
def list_audit(ctx: click.Context, /, limit: int, as_json: bool, **options: Any) -> None:
    """Die Einträge, die neuesten zuerst."""
    with session(ctx) as client:
        found = client.get("/admin/audit", limit=limit, **_asked(options))
    output.data(found) if as_json else output.table([_row(entry) for entry in found["entries"]], COLUMNS)


def _row(entry: dict[str, Any]) -> dict[str, Any]:
    return entry | {"facts": ", ".join(f"{name}={value}" for name, value in entry["facts"].items() if value is not None)}


@command.command("verify")
@output.json_option
@click.pass_context
def verify(ctx: click.Context, as_json: bool) -> None:
    """Nachprüfen, ob etwas geändert, gelöscht, eingefügt oder abgeschnitten wurde (Rückgabe 5, wenn ja)."""
    with session(ctx) as client:
        found = client.get("/admin/audit/verify")
    if as_json:
        output.data(found)
    else:
        _tell(found)
    if not found["ok"]:
        ctx.exit(BROKEN)


def _tell(found: dict[str, Any]) -> None:
    if found["ok"]:
        how_far = ", soweit es versiegelt ist" if found["unsealed"] else ""
        output.line(f"Das Protokoll ist unverändert{how_far}.", bold=True)
    else:
        output.line(f"Das Protokoll ist nicht unverändert. Erste Stelle: Zeile {found['first']['seq']}.", bold=True)
        for flaw in found["flaws"]:
            output.line(f"! {flaw['text']}")
    output.facts((name, found[key]) for key, name in VERDICT.items())
    if gaps := found["gaps"][-FEW:]:
        listed = ", ".join(f"{gap['first']} bis {gap['last']}" if gap["last"] > gap["first"] else str(gap["first"]) for gap in gaps)
        since = found["gapless_since"]
        output.note(
            f"Ohne Zeile (die letzten): {listed}. Vor {f'Zeile {since}' if since else 'der Umstellung'} blieb das von Vorgängen, die "
            "misslangen, aber auch von Zeilen,"
        )
        output.note("die jemand gelöscht hat, bevor sie versiegelt waren. Seither hat jede Nummer ihre Zeile.")
    for at in found["restored"]:
        output.note(f"Am {output.local_time(at)} kam eine eingespielte Sicherung an die Stelle des Protokolls.")


@command.command("export")
@click.argument("path", metavar="DATEI", type=click.Path(dir_okay=False, path_type=Path))
@_filters
@click.pass_context
def export(ctx: click.Context, /, path: Path, **options: Any) -> None:
    """Einträge als JSON-Zeilen schreiben, die neuesten zuerst."""
    draft = output.draft_of(path)
    with session(ctx) as client, draft.open("w", encoding="utf-8") as file:
        count = _pages(client, _asked(options), file)
    draft.replace(path)
    output.note(f"{count} Zeilen geschrieben.")


def _pages(client: Client, asked: dict[str, Any], file: TextIO) -> int:
    count, before = 0, None
    while before != 1 and (entries := client.get("/admin/audit", limit=PAGE, before=before, **asked)["entries"]):
        file.writelines(output.in_json(entry) + "\n" for entry in entries)
        count, before = count + len(entries), entries[-1]["seq"]
    return count
