"""Somebody's name in; their data in a file, their erasure with its receipt, and how long rows are kept out. Part of `nova privacy`."""

import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from nova.cli import output
from nova.cli.german import agreed
from nova.cli.session import session
from nova.errors import NotFound, NovaError

if TYPE_CHECKING:
    from nova.cli.client import Client

LOOK_SECONDS = 0.3
REMAINS = {"what": "Wo", "n": "Anzahl", "why": "Warum"}
LEFT = ("failed", "cancelled", "stopped")
RULES = {"title": "Was", "days": "Tage", "due": "Darüber"}


@click.command("export")
@click.argument("subject", metavar="PERSON")
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), metavar="DATEI", help="Wohin (sonst nova-daten-<Kennung>).")
@click.option("--zip", "as_zip", is_flag=True, help="Als ZIP mit den Dokumenten der Person, nicht nur als JSON.")
@click.pass_context
def export(ctx: click.Context, subject: str, to: Path | None, as_zip: bool) -> None:
    """Alles, was über eine Person gespeichert ist, in eine Datei."""
    form = "zip" if as_zip else "json"
    with session(ctx) as client:
        who = client.post("/admin/subjects/find", {"subject": subject})["subject_id"]
        target = to or Path(f"nova-daten-{who}.{form}")
        save(target, client.download(f"/admin/subjects/{who}/export", {"format": form}))
    output.line(str(target))
    output.note("Die Datei enthält alles über diese Person im Klartext. Löschen Sie sie, sobald sie übergeben ist.")


def save(target: Path, pieces: Iterable[bytes]) -> None:
    """A file for its owner alone, that stands at `target` only when it is whole."""
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.writelines(pieces)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


@click.command("erase")
@click.argument("subject", metavar="PERSON")
@click.option("--purge-snapshots", is_flag=True, help="Auch alle Sicherungen von vorher sofort löschen.")
@click.option("--yes", is_flag=True, help="Nicht nachfragen.")
@output.json_option
@click.pass_context
def erase(ctx: click.Context, subject: str, purge_snapshots: bool, yes: bool, as_json: bool) -> None:
    """Eine Person löschen: Zeilen, Dateien, Index, Gelerntes, zuletzt ihr Schlüssel."""
    with session(ctx) as client:
        who = client.post("/admin/subjects/find", {"subject": subject})
        if not yes and not agreed(f"Alles über {who['external_id'] or who['subject_id']} endgültig löschen?"):
            raise click.Abort
        started = client.post("/admin/erasures", {"subject": who["subject_id"], "purge_snapshots": purge_snapshots})
        _wait(client, started["job_id"])
        _tell(client.get(f"/admin/erasures/{started['erasure_id']}"), as_json)


@click.command("receipt")
@click.argument("subject", metavar="KENNUNG")
@output.json_option
@click.pass_context
def receipt(ctx: click.Context, subject: str, as_json: bool) -> None:
    """Den Beleg einer Löschung zeigen (Pseudonym, alte Kennung oder Kennung der Löschung)."""
    with session(ctx) as client:
        found = client.get("/admin/erasures", subject=str(_uuid(subject)))["erasures"]
    if not found:
        raise NotFound("Zu dieser Kennung steht keine Löschung im Verzeichnis. Namen gelöschter Personen sind nicht mehr bekannt.")
    _tell(found[0], as_json)


@click.command("retention")
@click.option("--dry-run", is_flag=True, help="Nur zählen, nichts entfernen.")
@output.json_option
@click.pass_context
def retention(ctx: click.Context, dry_run: bool, as_json: bool) -> None:
    """Entfernen, was über die Aufbewahrung hinaus liegt."""
    with session(ctx) as client:
        rules = client.get("/admin/retention")
        done = client.post("/admin/retention", {"dry_run": dry_run})
        removed: dict[str, Any] = {} if dry_run else _wait(client, done["job_id"])["result"]["removed"]
    if as_json:
        output.data({**done, "removed": removed, "rules": rules["rules"]})
        return
    output.table([{**rule, "days": "immer" if rule["days"] is None else rule["days"]} for rule in rules["rules"]], RULES)
    output.note("Es wurde nichts entfernt." if dry_run else f"Entfernt: {sum(removed.values())} Zeilen.")


def register(group: click.Group) -> None:
    """Join the group of `nova privacy`."""
    for command in (export, erase, receipt, retention):
        group.add_command(command)


def _wait(client: "Client", job_id: str) -> Any:
    while (job := client.get(f"/jobs/{job_id}"))["state"] in ("queued", "running"):
        output.progress(f"  {job['stage'] or 'wartet'}  {job['progress']}/{job['total']}")
        time.sleep(LOOK_SECONDS)
    output.progress("", final=False)
    if job["state"] != "done":
        raise NovaError(f"{job['error'] or 'Der Auftrag wurde abgebrochen.'} Weiter geht es mit `nova jobs retry {job_id}`.")
    return job


def _tell(entry: Any, as_json: bool) -> None:
    if as_json:
        output.data(entry)
        return
    told = entry["receipt"]
    if entry["done_at"] is None:
        output.line(f"Die Löschung {entry['erasure_id']} ist nicht abgeschlossen: {entry['state_text']}.", bold=True)
        if entry["error"]:
            output.line(entry["error"])
        if entry["state"] in LEFT:
            now = f"mit `nova jobs retry {entry['job_id']}`, sonst " if entry["job_id"] else ""
            output.note(f"Weiter geht es {now}von selbst binnen eines Tages.")
        return
    output.line(f"Gelöscht am {output.local_time(entry['done_at'])}: Löschung {entry['erasure_id']}", bold=True)
    output.line(f"Pseudonym {entry['subject_id']}")
    output.table([{"what": table, "n": number} for table, number in told["rows"].items()], {"what": "Zeilen in", "n": "Anzahl"})
    output.line(f"Dateien: {told['files']['deleted']}, Tabellen neu geschrieben: {told['storage']['rewritten']}")
    _tell_adapters(told)
    for one in told.get("reapplied", ()):
        if isinstance(one, dict):  # earlier releases noted the time alone
            when, number = output.local_time(one["done_at"]), sum(one["rows"].values())
            output.line(f"Nach einer eingespielten Sicherung am {when} erneut gelöscht: {number} Zeilen, {one['files']} Dateien")
            _tell_adapters(one)
    if gone := told["snapshots"]["deleted"]:
        output.line(f"Sicherungen gelöscht: {len(gone)}")
    if told["remains"]:
        output.line("Was bleibt:", bold=True)
        output.table(told["remains"], REMAINS)
    for one in told["snapshots"]["left"]:
        until = f"bis etwa {output.local_time(one['expires_at'])}" if one["expires_at"] else "bis sie jemand löscht (nova snapshot delete)"
        output.line(f"Sicherung {one['file']} vom {output.local_time(one['created_at'])}: {until}")
    output.line(f"Prüfsumme des Belegs: {told['sha256']}")


def _tell_adapters(receipt: dict[str, Any]) -> None:
    """What became of the runs that learned from them."""
    for told in receipt.get("adapters", ()):
        served = f"dient nicht mehr seit {output.local_time(told['left_at'])}" if told["left_at"] else "diente nicht"
        weights = "Gewichte entfernt" if told["removed_at"] else "lief noch und endet ohne Gewichte"
        again = f"neues Training: Ticket {told['ticket']}" if told["ticket"] else "kein Ersatz nötig"
        output.line(f"Trainiertes Modell {told['run']} (Datensatz {told['version']}): {served}; {weights}; {again}")


def _uuid(name: str) -> UUID:
    try:
        return UUID(name)
    except ValueError:
        raise NotFound("Belege stehen unter einer Kennung (UUID); Namen gelöschter Personen sind nicht mehr bekannt.") from None
