"""Words in, what people agreed to listed, shown, written to the journal or noted for somebody who said it elsewhere."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import click

from nova.cli import output
from nova.cli.client import Client
from nova.cli.session import session
from nova.governance import consent
from nova.ports.people import Purpose

TEXT_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
PURPOSES = click.Choice(get_args(Purpose))
PEOPLE = {"subject_id": "Person", "purposes": "Stimmt zu", "withdrawn": "Verweigert", "at": "Zuletzt", "conversations": "Gespräche"}
STATES = {"title": "Zweck", "given": "Erteilt", "at": "Gesagt", "version": "Fassung"}
HISTORY = {"at": "Gesagt", "purpose": "Zweck", "given": "Erteilt", "version": "Fassung", "source": "Quelle", "recorded_at": "Eingegangen"}
REFUSED = {"day": "Tag", "source": "Quelle", "reason": "Grund", "n": "Anzahl"}


@click.group("consent")
def command() -> None:
    """Einwilligungen ansehen und eintragen.

    Personen erscheinen mit ihrem Pseudonym.
    """


@command.command("list")
@click.option("--purpose", type=PURPOSES, help="Nur wer diesem Zweck zustimmt.")
@click.option("--refused", is_flag=True, help="Zeigen, was in den letzten dreißig Tagen nicht gespeichert wurde.")
@click.option("--limit", type=click.IntRange(1, 500), default=50, show_default=True)
@output.json_option
@click.pass_context
def list_people(ctx: click.Context, purpose: str | None, refused: bool, limit: int, as_json: bool) -> None:
    """Wer worin einwilligt, die Jüngsten zuerst."""
    with session(ctx) as client:
        found = client.get("/admin/consents", purpose=purpose, limit=limit)
    if as_json:
        output.data(found)
        return
    output.table(found["refusals"], REFUSED) if refused else output.table(found["people"], PEOPLE)
    output.note(f"{found['total']} Personen")


@command.command("show")
@click.argument("person", metavar="PERSON")
@output.json_option
@click.pass_context
def show(ctx: click.Context, person: str, as_json: bool) -> None:
    """Was für eine Person gilt, und alles, was sie gesagt hat. PERSON ist ihr Pseudonym oder ihr Name in anderen Systemen."""
    with session(ctx) as client:
        found = client.get(f"/admin/consents/{_subject(client, person)}")
    if as_json:
        output.data(found)
        return
    output.line(found["subject_id"])
    output.table(found["purposes"], STATES)
    output.table(found["history"], HISTORY)


@command.command("log")
@click.option("--write", is_flag=True, help="Die Seite data/consent_log.md des Journals jetzt schreiben.")
@click.option("--limit", type=click.IntRange(1, 500), default=100, show_default=True)
@output.json_option
@click.pass_context
def log(ctx: click.Context, write: bool, limit: int, as_json: bool) -> None:
    """Alle Einwilligungen und Widerrufe, die jüngsten zuerst."""
    with session(ctx) as client:
        found = client.post("/admin/consents/log") if write else client.get("/admin/consents/log", limit=limit)
    if as_json:
        output.data(found)
    elif write:
        output.line(f"{found['page']}: {found['entries']} Einträge")
    else:
        output.table(found["entries"], {"subject_id": "Person", **HISTORY})


@command.command("grant")
@click.argument("person", metavar="PERSON")
@click.argument("purposes", metavar="ZWECK...", nargs=-1, required=True, type=PURPOSES)
@click.option(
    "--text", "version", metavar="FASSUNG", default=consent.VERSIONS[-1], show_default=True, help="Der Text, den die Person gesehen hat."
)
@click.option(
    "--text-file", metavar="DATEI", type=TEXT_FILE, help="Dieser Text Wort für Wort; nötig, wenn Nova die Fassung noch nicht kennt."
)
@click.option("--source", metavar="QUELLE", default="betrieb", show_default=True, help="Wo sie es gesagt hat, etwa papier oder telefon.")
@click.pass_context
def grant(ctx: click.Context, person: str, purposes: tuple[str, ...], version: str, text_file: Path | None, source: str) -> None:
    """Eine Einwilligung eintragen, die anderswo erteilt wurde (service, analytics, training, profiling)."""
    text_sha256 = None if text_file is None else hashlib.sha256(text_file.read_bytes()).hexdigest()
    said = {"purposes": dict.fromkeys(purposes, True), "version": version, "text_sha256": text_sha256, "source": source}
    if not _note(ctx, person, said):
        output.note("Die Person war bisher nicht bekannt; ihre Einwilligung gilt ab jetzt.")


@command.command("withdraw")
@click.argument("person", metavar="PERSON")
@click.argument("purposes", metavar="[ZWECK...]", nargs=-1, type=PURPOSES)
@click.option("--source", metavar="QUELLE", default="betrieb", show_default=True, help="Wo sie es gesagt hat, etwa papier oder telefon.")
@click.pass_context
def withdraw(ctx: click.Context, person: str, purposes: tuple[str, ...], source: str) -> None:
    """Einen Widerruf eintragen; ohne ZWECK für alle. Mit `service` werden die Texte der Person sofort gelöscht."""
    said = {"purposes": dict.fromkeys(purposes or get_args(Purpose), False), "version": consent.VERSIONS[-1], "source": source}
    if not _note(ctx, person, said):
        holds = "wird nichts gespeichert" if "service" in said["purposes"] else "gilt der Widerruf"
        output.note(f"Die Person war noch nicht bekannt; ab jetzt {holds}. Stimmt der Name? Ein Tippfehler widerruft für niemanden.")


def _note(ctx: click.Context, person: str, said: Mapping[str, Any]) -> bool:
    """Whether the person was known before."""
    with session(ctx) as client:
        found = client.post("/admin/consents", {"user": person, **said})
    output.line(found["subject_id"])
    output.table(found["purposes"], STATES)
    return bool(found["known"])


def _subject(client: Client, person: str) -> str:
    """The pseudonym behind a name; NotFound."""
    return str(client.post("/admin/subjects/find", {"subject": person})["subject_id"])
