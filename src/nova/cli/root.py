"""The command `nova`: a table of names; a group's file is imported only when its command runs, so that `nova --help` is quick."""

from importlib import import_module

import click

from nova import __version__
from nova.cli.german import COMMAND, OPTIONS, dressed

COMMANDS: dict[str, tuple[str, str]] = {
    "up": ("nova.cli.up", "Nova starten und im Vordergrund bedienen."),
    "worker": ("nova.cli.worker", "Aufträge eines Nova erledigen, das auf Servern steht."),
    "down": ("nova.cli.down", "Das laufende Nova dieses Datenordners beenden."),
    "doctor": ("nova.cli.doctor", "Prüfen, ob alles da ist und läuft."),
    "ask": ("nova.cli.ask", "Eine Frage stellen und die belegte Antwort lesen."),
    "explain": ("nova.cli.explain", "Erklären, warum ein Zähler in einem Zeitraum so viel oder wenig zeigt."),
    "ingest": ("nova.cli.ingest", "Dateien, Ordner oder Adressen aufnehmen."),
    "items": ("nova.cli.items", "Aufgenommene Dokumente ansehen und löschen."),
    "reindex": ("nova.cli.reindex", "Den Suchindex aus der Datenbank neu aufbauen."),
    "snapshot": ("nova.cli.snapshot", "Sicherungen anlegen, ansehen, prüfen."),
    "restore": ("nova.cli.restore", "Eine Sicherung einspielen."),
    "jobs": ("nova.cli.jobs", "Aufträge ansehen, abbrechen, wiederholen."),
    "privacy": ("nova.cli.privacy", "Personenbezogene Angaben ersetzen; Auskunft und Löschung für eine Person."),
    "consent": ("nova.cli.consent", "Einwilligungen ansehen und eintragen."),
    "keys": ("nova.cli.keys", "Zugänge ausstellen und sperren."),
    "quota": ("nova.cli.quota", "Was Personen belegen und belegen dürfen; die mit dem meisten Platz zuerst, oder eine."),
    "data": ("nova.cli.data", "Eine Datenverarbeitung anstoßen und ihren Bericht zeigen."),
    "audit": ("nova.cli.audit", "Das Protokoll ansehen, nachprüfen und ausgeben."),
    "eval": ("nova.cli.evaluate", "Die Güte der Suche messen."),
    "kpi": ("nova.cli.kpi", "Wie gut Nova ist: alle Kennzahlen, oder eine im Verlauf."),
    "reviews": ("nova.cli.reviews", "Die Durchsicht von Antworten: ansehen, füllen, Freigegebenes ausgeben."),
    "learn": ("nova.cli.learn", "Sehen und steuern, was Nova aus Rückmeldungen lernt."),
    "prompts": ("nova.cli.prompts", "Prompt-Versionen ansehen, anlegen, erproben, übernehmen, zurücknehmen."),
    "alerts": ("nova.cli.alerts", "Die Schwellen bewerten; Exit-Code 5, wenn eine Regel kritisch ist."),
    "tickets": ("nova.cli.tickets", "Tickets ansehen, bewegen, kommentieren, eröffnen."),
    "readings": ("nova.cli.readings", "Messwerte und Preise aufnehmen und ausgeben."),
    "meters": ("nova.cli.meters", "Zähler ansehen und Personen zuordnen."),
    "forecast": ("nova.cli.forecast", "Vorhersagen an der Vergangenheit messen."),
    "schedule": ("nova.cli.schedule", "Den günstigsten Fahrplan für Batterie und verschiebbare Verbraucher rechnen."),
    "sim": ("nova.cli.sim", "Zähler und Preise simulieren und prüfen, wie echt sie sind."),
    "progress": ("nova.cli.progress", "Berichten, was das Rad je Woche tat und wie gut Nova war."),
    "summary": ("nova.cli.summary", "Die letzten sieben Tage in wenigen Zeilen."),
    "monitor": ("nova.cli.monitor", "Dienste, Aufträge, Prozessor, Speicher und Platz zeigen."),
    "boards": ("nova.cli.boards", "Grafana-Tafeln schreiben und nach Grafana bringen."),
    "config": ("nova.cli.config", "Die geltenden Einstellungen zeigen."),
    "smoke": ("nova.cli.smoke", "Eine ganze Runde in einem Wegwerf-Ordner prüfen, bis zum Schwungrad."),
}


class Lazy(click.Group):
    """A group that knows its commands' names and first lines, and imports a command only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, from its file."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return dressed(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Names and first lines, without importing anything."""
        with formatter.section("Befehle"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=Lazy, options_metavar=OPTIONS, subcommand_metavar=COMMAND, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="nova", message="%(prog)s %(version)s", help="Die Version zeigen.")
@click.option("--data", "data", type=click.Path(file_okay=False), metavar="ORDNER", help="Datenordner (sonst NOVA_DATA).")
@click.option("--debug", is_flag=True, expose_value=False, help="Bei einem Fehler zeigen, wo er entstand.")
@click.pass_context
def nova(ctx: click.Context, data: str | None) -> None:
    """Nova: Dokumente hinein, belegte Antworten heraus. Alles auf diesem Rechner."""
    ctx.obj = {"NOVA_DATA": data} if data else {}
