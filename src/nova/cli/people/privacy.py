"""Lines of text in, where personal data stands in them or the texts without it out; and the company's master data as a dictionary.

`redact`, `scan` and `dictionary` need no running Nova; what concerns one person's rights lies in `privacy_rights`.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import click

from nova.cli import output
from nova.cli.people.rights import register
from nova.cli.session import settings_of
from nova.errors import InvalidInput

LONGEST_LINE = 10_000_000
COUNTS = {"type": "Art", "count": "Anzahl"}


@click.group("privacy")
def command() -> None:
    """Personenbezogene Angaben ersetzen; Auskunft und Löschung für eine Person."""


register(command)


@command.command("scan")
@click.argument("file", metavar="DATEI", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--strict", is_flag=True, help="Auch, was nur vielleicht eine Angabe ist.")
@output.json_option
@click.pass_context
def scan(ctx: click.Context, file: str, strict: bool, as_json: bool) -> None:
    """Finden, wo in den Texten einer Datei (JSON-Zeilen {id, text}; - liest von der Eingabe) personenbezogene Angaben stehen."""
    from nova.privacy import TYPES, find, strict_scan

    dictionary = _dictionary(ctx)
    counts: Counter[str] = Counter()
    for key, text in _rows(file):
        spans = find(text, dictionary)
        if strict:
            spans = sorted({*spans, *strict_scan(text)}, key=lambda span: (span.start, span.end))
        counts.update(TYPES[span.kind] for span in spans)
        told = [{"start": span.start, "end": span.end, "type": TYPES[span.kind]} for span in spans]
        if as_json:
            output.row({"id": key, "spans": told})
        else:
            _tell(key, text, told)
    _sum(counts, as_json)


@command.command("redact")
@click.argument("file", metavar="DATEI", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@output.json_option
@click.pass_context
def redact(ctx: click.Context, file: str, as_json: bool) -> None:
    """Die Texte einer Datei (JSON-Zeilen {id, text}; - liest von der Eingabe) ohne personenbezogene Angaben ausgeben."""
    from nova.privacy import KINDS, TYPES, find
    from nova.privacy import redact as redacted

    dictionary = _dictionary(ctx)
    counts: Counter[str] = Counter()
    for key, text in _rows(file):
        spans = [{"start": span.start, "end": span.end, "type": TYPES[span.kind]} for span in find(text, dictionary)]
        clean = redacted(text, dictionary=dictionary)
        counts.update(TYPES[kind] for kind in KINDS for _ in range(clean.counts.get(kind, 0)))
        if as_json:
            output.row({"id": key, "text": clean.text, "spans": spans})
        else:
            output.line(f"{key}\t{clean.text}")
    _sum(counts, as_json)


@command.command("dictionary")
@click.argument("files", metavar="CSV...", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--own",
    "own_files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="CSV",
    help="Eigene Angaben, die stehen bleiben, etwa die Hotline.",
)
@output.json_option
@click.pass_context
def dictionary(ctx: click.Context, files: tuple[Path, ...], own_files: tuple[Path, ...], as_json: bool) -> None:
    """Aus den Stammdaten (Kunden, Straßen, Zähler) ein Wörterbuch aus Prüfsummen anlegen, das Nova beim Ersetzen nutzt."""
    from nova.privacy.dictionary import OWN, Entry
    from nova.privacy.masterfile import entries
    from nova.wiring.masterdata import place, store

    settings = settings_of(ctx)
    values = [entry for file in files for entry in entries(file.read_bytes(), file.name)]
    values += [Entry(entry.value, OWN) for file in own_files for entry in entries(file.read_bytes(), file.name)]
    if not values:
        raise InvalidInput("In diesen Dateien steht kein Wert unter einer bekannten Spalte.")
    made = store(settings, values)
    counts = Counter(made.kinds.values())
    if as_json:
        output.data({"file": str(place(settings)), "values": dict(counts)})
        return
    output.table([{"type": kind, "count": count} for kind, count in sorted(counts.items())], COUNTS)
    output.note(f"{place(settings)} enthält nur Prüfsummen. Löschen Sie die CSV-Dateien, wenn Sie sie nicht mehr brauchen.")


def _dictionary(ctx: click.Context) -> Any:
    """The dictionary in force for this data folder; None where there is none."""
    from nova.wiring.masterdata import master_data, place

    settings = settings_of(ctx)
    return master_data(settings)() if place(settings).exists() else None


def _rows(file: str) -> Iterator[tuple[str | int, str]]:
    """Ids and texts, line by line. InvalidInput names the first line that is none."""
    with click.open_file(file, "rb") as opened:
        yield from _read(opened)


def _read(opened: IO[Any]) -> Iterator[tuple[str | int, str]]:
    for number, line in enumerate(opened, 1):
        if not line.strip():
            continue
        where = f"Zeile {number}"
        if len(line) > LONGEST_LINE:
            raise InvalidInput(f"{where}: länger als {LONGEST_LINE // 1_000_000} MB.")
        try:
            row = json.loads(line)
            json.dumps(row, ensure_ascii=False).encode()  # half a character, as JSON can escape it, is no text
        except (ValueError, RecursionError) as error:
            raise InvalidInput(f"{where}: kein JSON in UTF-8.") from error
        if not isinstance(row, dict) or not isinstance(row.get("text"), str) or type(row.get("id")) not in (str, int):
            raise InvalidInput(f'{where}: Erwartet wird {{"id": ..., "text": "..."}}.')
        yield row["id"], row["text"]


def _tell(key: str | int, text: str, spans: list[dict[str, Any]]) -> None:
    for span in spans:
        output.line(f"{key}\t{span['start']}-{span['end']}\t{span['type']}\t{text[span['start'] : span['end']]!r}")


def _sum(counts: Counter[str], as_json: bool) -> None:
    """What was found, on the error stream, so that the output stays data."""
    if not as_json:
        told = ", ".join(f"{kind} {count}" for kind, count in sorted(counts.items())) or "nichts"
        output.note(f"Gefunden: {told}.")
        sys.stdout.flush()
