"""What the library of commands says of itself in, the same in German out: headings of help, complaints about words, names of types.

`speak` replaces the functions by which Click looks its own texts up; a text that is not listed stays as it is.
"""

import sys
from collections.abc import Mapping
from datetime import date
from typing import Any

import click

from nova.unseen import escaped

TEXTS: Mapping[str, str] = {
    "Usage:": "Aufruf:",
    "Options": "Optionen",
    "Commands": "Befehle",
    "Show this message and exit.": "Diese Hilfe zeigen.",
    "Show the version and exit.": "Die Version zeigen.",
    "default: {default}": "Vorgabe: {default}",
    "required": "nötig",
    "(dynamic)": "(je nach Lage)",
    "env var: {var}": "Umgebung: {var}",
    "Error: {message}": "Fehler: {message} [validation]",
    "Try '{command} {option}' for help.": "Hilfe gibt „{command} {option}“.",
    "Invalid value: {message}": "Ungültige Angabe: {message}",
    "Invalid value for {param_hint}: {message}": "Ungültige Angabe bei {param_hint}: {message}",
    "Missing argument": "Es fehlt die Angabe",
    "Missing option": "Es fehlt die Option",
    "Missing parameter": "Es fehlt die Angabe",
    "Missing {param_type}": "Es fehlt {param_type}",
    "Missing parameter: {param_name}": "Es fehlt die Angabe {param_name}",
    "Missing command.": "Es fehlt ein Befehl.",
    "No such option {name!r}.": "Die Option {name!r} gibt es nicht.",
    "No such option: {name}": "Die Option {name} gibt es nicht.",
    "No such command {name!r}.": "Den Befehl {name!r} gibt es nicht.",
    "Did you mean {possibility}?": "Meinten Sie {possibility}?",
    "(Did you mean one of: {possibilities}?)": "(Meinten Sie eines von: {possibilities}?)",
    "(Possible options: {possibilities})": "(Mögliche Optionen: {possibilities})",
    "Got unexpected extra argument ({args})": "Eine Angabe ist zu viel ({args}).",
    "Got unexpected extra arguments ({args})": "Einige Angaben sind zu viel ({args}).",
    "Option {name!r} does not take a value.": "Die Option {name!r} nimmt keinen Wert.",
    "Option {name!r} requires an argument.": "Die Option {name!r} braucht einen Wert.",
    "Option {name!r} requires {nargs} arguments.": "Die Option {name!r} braucht {nargs} Werte.",
    "Argument {name!r} takes {nargs} values.": "Die Angabe {name!r} nimmt {nargs} Werte.",
    "Choose from:\n\t{choices}": "Es gibt:\n\t{choices}",
    "{value!r} is not {choice}.": "{value!r} ist nicht {choice}.",
    "{value!r} is not one of {choices}.": "{value!r} ist keines von {choices}.",
    "{value!r} does not match the format {format}.": "{value!r} hat nicht die Form {format}.",
    "{value!r} does not match the formats {formats}.": "{value!r} hat keine der Formen {formats}.",
    "{value!r} is not a valid {number_type}.": "{value!r} ist nicht zu lesen; erwartet wird: {number_type}.",
    "{value} is not in the range {range}.": "{value} liegt nicht im Bereich {range}.",
    "{value!r} is not a valid boolean. Recognized values: {states}": "{value!r} ist weder ja noch nein. Es gibt: {states}",
    "{value!r} is not a valid UUID.": "{value!r} ist keine UUID.",
    "file": "Datei",
    "directory": "Ordner",
    "path": "Pfad",
    "{name} {filename!r} does not exist.": "{name} {filename!r} gibt es nicht.",
    "{name} {filename!r} is a file.": "{name} {filename!r} ist eine Datei.",
    "{name} {filename!r} is a directory.": "{name} {filename!r} ist ein Ordner.",
    "{name} {filename!r} is not readable.": "{name} {filename!r} ist nicht lesbar.",
    "{name} {filename!r} is not writable.": "{name} {filename!r} ist nicht schreibbar.",
    "Could not open file {filename!r}: {message}": "Die Datei {filename!r} lässt sich nicht öffnen: {message}",
    "Aborted!": "Abgebrochen.",
}
TYPES: Mapping[type[Any], str] = {
    type(click.INT): "Zahl",
    click.IntRange: "Zahl",
    type(click.FLOAT): "Zahl",
    click.FloatRange: "Zahl",
    click.File: "Datei",
    type(click.STRING): "Text",
    type(click.UUID): "UUID",
}
YES = frozenset({"j", "ja", "y", "yes"})
OPTIONS, COMMAND = "[OPTIONEN]", "BEFEHL [ANGABEN]..."


class Day(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """A day as JJJJ-MM-TT."""

    name = "JJJJ-MM-TT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; BadParameter."""
        if isinstance(value, date):
            return value
        try:
            found = date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"„{value}“ ist kein Tag in der Form JJJJ-MM-TT.", param, ctx)
        return found


DAY = Day()


def agreed(question: str) -> bool:
    """Ask on the error stream; True for j or ja (or y, yes). click.Abort where nobody answers."""
    answer: str = click.prompt(escaped(f"{question} [j/N]"), default="", show_default=False, err=True)
    return answer.strip().lower() in YES


def speak() -> None:
    """From now on Click speaks German in this process."""
    for name, module in list(sys.modules.items()):
        if name.startswith("click.") and hasattr(module, "_"):
            vars(module)["_"] = said
            if hasattr(module, "ngettext"):
                vars(module)["ngettext"] = counted
    for kind, name in TYPES.items():
        kind.name = name


def said(text: str) -> str:
    """A text of Click's in German."""
    return TEXTS.get(text, text)


def counted(one: str, many: str, count: int) -> str:
    """The text for so many of something."""
    return said(one if count == 1 else many)


def dressed(command: click.Command) -> click.Command:
    """A command whose first line of help is German too, with those below it."""
    command.options_metavar = OPTIONS
    if isinstance(command, click.Group):
        command.subcommand_metavar = COMMAND
        for one in command.commands.values():
            dressed(one).short_help = (one.help or "").partition("\n")[0]
    return command
