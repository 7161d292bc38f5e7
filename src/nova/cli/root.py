"""The command `nova`: a table of names; a group's file is imported only when its command runs, so that `nova --help` is quick."""

from importlib import import_module

import click

from nova import __version__
from nova.cli.german import COMMAND, OPTIONS, dressed

COMMANDS: dict[str, tuple[str, str]] = {
    "up": ("nova.cli.operation.up", "Nova starten und im Vordergrund bedienen."),
    "worker": ("nova.cli.operation.worker", "Aufträge eines Nova erledigen, das auf Servern steht."),
    "down": ("nova.cli.operation.down", "Das laufende Nova dieses Datenordners beenden."),
    "doctor": ("nova.cli.operation.doctor", "Prüfen, ob alles da ist und läuft."),
    "ask": ("nova.cli.ask", "Eine Frage stellen und die belegte Antwort lesen."),
    "explain": ("nova.cli.energy.explain", "Erklären, warum ein Zähler in einem Zeitraum so viel oder wenig zeigt."),
    "ingest": ("nova.cli.documents.ingest", "Dateien, Ordner oder Adressen aufnehmen."),
    "items": ("nova.cli.documents.items", "Aufgenommene Dokumente ansehen und löschen."),
    "reindex": ("nova.cli.documents.reindex", "Den Suchindex aus der Datenbank neu aufbauen."),
    "snapshot": ("nova.cli.operation.snapshot", "Sicherungen anlegen, ansehen, prüfen."),
    "restore": ("nova.cli.operation.restore", "Eine Sicherung einspielen."),
    "jobs": ("nova.cli.operation.jobs", "Aufträge ansehen, abbrechen, wiederholen."),
    "privacy": ("nova.cli.people.privacy", "Personenbezogene Angaben ersetzen; Auskunft und Löschung für eine Person."),
    "consent": ("nova.cli.people.consent", "Einwilligungen ansehen und eintragen."),
    "people": ("nova.cli.people.people", "Personen einladen, ändern und verabschieden."),
    "keys": ("nova.cli.people.keys", "Zugänge ausstellen und sperren."),
    "quota": ("nova.cli.people.quota", "Was Personen belegen und belegen dürfen; die mit dem meisten Platz zuerst, oder eine."),
    "data": ("nova.cli.energy.data", "Eine Datenverarbeitung anstoßen und ihren Bericht zeigen."),
    "audit": ("nova.cli.people.audit", "Das Protokoll ansehen, nachprüfen und ausgeben."),
    "eval": ("nova.cli.quality.evaluate", "Die Güte der Suche messen."),
    "kpi": ("nova.cli.quality.kpi", "Wie gut Nova ist: alle Kennzahlen, oder eine im Verlauf."),
    "gaps": ("nova.cli.quality.gaps", "Was gefragt und nicht beantwortet wurde: ansehen, etwas dagegen tun, zurücknehmen."),
    "reviews": ("nova.cli.quality.reviews", "Die Durchsicht von Antworten: ansehen, füllen, zweite Meinungen, Freigegebenes ausgeben."),
    "learn": ("nova.cli.quality.learn", "Sehen und steuern, was Nova aus Rückmeldungen lernt."),
    "prompts": ("nova.cli.quality.prompts", "Prompt-Versionen ansehen, anlegen, erproben, übernehmen, zurücknehmen."),
    "alerts": ("nova.cli.quality.alerts", "Die Schwellen bewerten; Exit-Code 5, wenn eine Regel kritisch ist."),
    "tickets": ("nova.cli.quality.tickets", "Tickets ansehen, bewegen, kommentieren, eröffnen."),
    "recommend": ("nova.cli.quality.recommend", "Regeln, nach denen empfohlen wird, an Protokollen messen, lernen und wechseln."),
    "seed": ("nova.cli.seeding.seed", "Daten für lernende Systeme säubern, beurteilen, in Fassungen halten."),
    "train": ("nova.cli.training.train", "Trainierte Modelle beurteilen: ob ihre Fakten stimmen, und ob Testfragen im Training stehen."),
    "readings": ("nova.cli.energy.readings", "Messwerte und Preise aufnehmen und ausgeben."),
    "meters": ("nova.cli.energy.meters", "Zähler ansehen und Personen zuordnen."),
    "figures": ("nova.cli.energy.figures", "Kennzahlen von Zählern zeigen: Verbrauch, Kosten, Erwartung, Eigenverbrauch, Lücken."),
    "prices": ("nova.cli.energy.prices", "Börsenpreise: jetzt, im Mittel, und wann es am günstigsten ist."),
    "forecast": ("nova.cli.energy.forecast", "Vorhersagen an der Vergangenheit messen."),
    "schedule": ("nova.cli.energy.schedule", "Den günstigsten Fahrplan für Batterie und verschiebbare Verbraucher rechnen."),
    "sim": ("nova.cli.energy.sim", "Zähler und Preise simulieren und prüfen, wie echt sie sind."),
    "progress": ("nova.cli.quality.progress", "Berichten, was das Rad je Woche tat und wie gut Nova war."),
    "summary": ("nova.cli.quality.summary", "Die letzten sieben Tage in wenigen Zeilen."),
    "monitor": ("nova.cli.operation.monitor", "Dienste, Aufträge, Prozessor, Speicher und Platz zeigen."),
    "boards": ("nova.cli.quality.boards", "Grafana-Tafeln schreiben und nach Grafana bringen."),
    "config": ("nova.cli.operation.config", "Die geltenden Einstellungen zeigen."),
    "smoke": ("nova.cli.operation.smoke", "Eine ganze Runde in einem Wegwerf-Ordner prüfen, bis zum Schwungrad."),
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
