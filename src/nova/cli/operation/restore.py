"""A snapshot's file in, a data folder that Nova opens out, with what that means for keys and settings said."""

import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nova.cli import output
from nova.cli.operation.keyring import identity_option, key_from, passphrase_option
from nova.cli.operation.snapshot import tell
from nova.cli.process.owner import held, owning
from nova.cli.session import key_of, settings_of
from nova.effective import effective
from nova.errors import Busy
from nova.settings import Settings

if TYPE_CHECKING:
    from nova.jobs.snapshots.restore import Restored

PLACES = ("NOVA_DATA", "NOVA_HOST", "API_PORT", "NOVA_GIT_SHA")


@click.command("restore")
@click.argument("file", metavar="DATEI", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--into", type=click.Path(file_okay=False), metavar="ORDNER", help="In diesen Datenordner (sonst NOVA_DATA).")
@identity_option
@passphrase_option
@click.option("--replace", is_flag=True, help="Was dort ist, beiseitelegen (es wird nicht gelöscht).")
@click.option(
    "--ledger",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="ORDNER",
    help="Löschverzeichnis (erasures), wenn es nicht neben der Sicherung liegt.",
)
@click.option("--anyway", is_flag=True, help="Auch einspielen, was die Prüfung danach beanstandet.")
@output.json_option
@click.pass_context
def command(ctx: click.Context, /, file: Path, into: str | None, as_json: bool, **options: Any) -> None:
    """Eine Sicherung einspielen."""
    from nova.jobs.snapshots.restore import restore
    from nova.logs import configure_logs

    settings = settings_of(ctx, **({"NOVA_DATA": into} if into else {}))
    key = key_from(options["identity"], options["passphrase_file"])
    data = settings.NOVA_DATA
    if held(data):
        raise Busy(f"Der Datenordner {data} ist in Benutzung. Beenden Sie Nova zuerst mit `nova down`.")
    configure_logs(level="error", text=True, scrub=lambda text: text)
    kept_keys = (data / "secrets" / "signing.key").exists()
    with _owning(data):
        restored = restore(file, key, settings, tell, replace=options["replace"], anyway=options["anyway"], ledger=options["ledger"])
    output.progress("", final=False)
    if as_json:
        output.data(
            {
                **asdict(restored.findings),
                "aside": restored.aside,
                "keys_kept": kept_keys,
                "seconds": round(restored.seconds, 1),
                "erased": restored.erased,
                "ledger": restored.ledger,
            }
        )
    else:
        _tell(restored, settings, kept_keys)


@contextmanager
def _owning(data: Path) -> Iterator[None]:
    """Own the folder; one that was not there is gone again when the restore fails."""
    fresh = not data.exists()
    with owning(data), ExitStack() as unless_done:
        if fresh:
            unless_done.callback(shutil.rmtree, data, ignore_errors=True)
        yield
        unless_done.pop_all()


def _tell(restored: "Restored", settings: Settings, kept_keys: bool) -> None:
    manifest, when = restored.manifest, output.local_time(str(restored.manifest["created_at"]))
    documents = manifest.get("documents", manifest["counts"].get("items", 0))  # earlier releases counted items
    output.line(
        f"Wiederhergestellt ist der Stand vom {when}: {documents} Dokumente, {restored.findings.points} Passagen, "
        f"{restored.findings.objects} Dateien ({restored.seconds:.1f} s).",
        bold=True,
    )
    for problem in (*manifest["flaws"], *restored.findings.problems):
        output.line(f"! {problem}")
    if restored.aside is not None:
        output.note(f"Was vorher dort war, liegt in {restored.aside}. Löschen Sie es, wenn alles stimmt.")
    if kept_keys:
        output.note("Betreiberschlüssel und Zugänge gelten weiter, auch erst nach der Sicherung gesperrte (`nova keys list`).")
    else:
        if settings.ADMIN_API_KEY is None:
            output.line(f"Neuer Betreiberschlüssel (wird nur jetzt gezeigt): {key_of(settings)}", bold=True)
        output.note(
            "Sicherungen enthalten keine Geheimnisse: Ausgestellte Zugänge gelten nicht mehr. Stellen Sie neue aus (nova keys token). "
            "Absender von Gesprächen brauchen das neue Geheimnis (nova keys hook)."
        )
        output.note(
            f"Legen Sie vor dem Start die Kopie von vault.key nach {settings.NOVA_DATA / 'secrets'}; ohne sie bleiben Tresore zu. "
            "Ein Wörterbuch der Stammdaten legen Sie neu an (nova privacy dictionary)."
        )
    output.note(
        f"Löschverzeichnis: {restored.ledger} Löschungen bekannt, {restored.erased} Personen daraus wieder gelöscht."
        if restored.ledger
        else "Ein Löschverzeichnis lag nicht bei der Sicherung. Wurden seither Personen gelöscht, nennen Sie es mit --ledger."
    )
    for line in _changed(settings):
        output.note(line)
    output.note("Starten mit `nova up`.")


def _changed(settings: Settings) -> Iterator[str]:
    """Settings that were others when the snapshot was made; secrets cannot be compared."""
    file = settings.NOVA_DATA / "config" / "settings-of-snapshot.json"
    try:
        before = {one["name"]: one["value"] for one in json.loads(file.read_text("utf-8"))}
    except (OSError, ValueError, KeyError, TypeError):
        return
    for now in effective(settings):
        if not now.secret and now.name not in PLACES and before.get(now.name, now.value) != now.value:
            yield f"Bei der Sicherung galt {now.name}={before[now.name] or '(leer)'}, jetzt gilt {now.value or '(leer)'}."
