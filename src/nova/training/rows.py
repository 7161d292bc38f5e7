"""A file of rows (JSON lines, a JSON array, CSV) in, rows of text under known columns out, with what was odd; read leniently.

What is refused is refused with a German sentence: no such columns, not one row, a file that is too large or no text. Unlike a reader of
records it keeps ids that come twice, for that is one of the things to be judged.
"""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nova.errors import InvalidInput, NotFound, TooLarge, UnsupportedFile
from nova.german import size

MOST_BYTES = 512 * 1024**2
LONGEST = 20_000
_SIGNS = ";,\t|"
_NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("nr", "nummer", "frage_id", "question_id", "item", "key", "kennung"),
    "answer": ("antwort", "output", "prediction", "response", "completion", "text"),
    "reference": ("referenz", "gold", "expected", "target", "musterantwort", "referenzantwort"),
    "question": ("frage", "prompt", "instruction", "input", "query"),
    "topic": ("thema", "kategorie", "category", "bereich"),
    "answerable": ("beantwortbar", "is_answerable", "answerable?"),
    "rater": ("bewerter", "person", "judge", "annotator", "urteiler"),
    "winner": ("gewinner", "sieger", "vote", "urteil", "stimme"),
    "person": ("person_id", "kunde", "kunde_id", "customer", "customer_id", "user", "user_id", "subject"),
    "session": ("session_id", "sitzung", "gespraech", "conversation", "conversation_id", "dialog"),
    "template": ("template_id", "vorlage", "vorlage_id", "schablone"),
}
Row = Mapping[str, str]


@dataclass(slots=True)
class Table:
    """Rows with all wanted columns as text (empty where a row says nothing), and what was odd about the file (German)."""

    name: str
    rows: list[dict[str, str]]
    problems: list[str] = field(default_factory=list)


def read_table(path: Path, needed: Iterable[str], more: Iterable[str] = ()) -> Table:
    """The rows of a file under the columns `needed` and `more`, by their own or another usual name.

    NotFound, TooLarge, UnsupportedFile for what is no text, InvalidInput for a needed column that is not there, or no row.
    """
    needed, more = tuple(needed), tuple(more)
    text, problems = text_of(path)
    start = text.lstrip()[:1]
    raw = list(_lines(text, problems) if start == "{" else _array(text, path.name) if start == "[" else _cells(text, problems))
    if not raw:
        raise InvalidInput(f"„{path.name}“ enthält keine Zeilen.")
    names = _columns(raw, needed, more, path.name)
    return Table(path.name, _clean(raw, names, problems), problems)


def text_of(path: Path) -> tuple[str, list[str]]:
    """A file's text (UTF-8 or UTF-16 with its mark, else as Windows writes), and what was odd. NotFound, TooLarge, UnsupportedFile."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise TooLarge(f"„{path.name}“ ist größer als {size(MOST_BYTES)}.")
        data = path.read_bytes()
    except OSError as error:
        raise NotFound(f"Die Datei „{path.name}“ lässt sich nicht lesen.") from error
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").lstrip("\ufeff"), []
    if b"\x00" in data[:4096]:
        raise UnsupportedFile(f"„{path.name}“ ist keine Textdatei; gelesen werden JSONL und CSV.")
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), [f"„{path.name}“ ist nicht in UTF-8 geschrieben; gelesen als Windows-1252."]


def _lines(text: str, problems: list[str]) -> Iterator[dict[str, Any]]:
    broken = 0
    for line in text.split("\n"):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if isinstance(row, dict):
            yield row
        else:
            broken += 1
    if broken:
        problems.append(f"{broken} Zeilen sind kein JSON-Objekt; übergangen.")


def _array(text: str, name: str) -> list[dict[str, Any]]:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        raise InvalidInput(f"„{name}“ ist kein gültiges JSON.") from None
    return [row for row in rows if isinstance(row, dict)]


def _cells(text: str, problems: list[str]) -> Iterator[dict[str, Any]]:
    """Rows of a CSV; the sign between cells is the one that the first line has most often."""
    csv.field_size_limit(2**31 - 1)
    text = text.replace("\x00", "")
    head = text.lstrip("\r\n").split("\n", 1)[0]
    sign = max(_SIGNS, key=head.count)
    uneven = 0
    try:
        for row in csv.DictReader(io.StringIO(text.lstrip("\r\n"), newline=""), delimiter=sign):
            uneven += int(None in row or None in row.values())
            yield {name: value for name, value in row.items() if name is not None}
    except csv.Error:
        problems.append("Ein Teil der Datei ist kein lesbares CSV; übergangen.")
    if uneven:
        problems.append(f"{uneven} Zeilen haben mehr oder weniger Felder als die Kopfzeile.")


def _columns(raw: list[dict[str, Any]], needed: tuple[str, ...], more: tuple[str, ...], file: str) -> dict[str, str]:
    """Which column of the file each wanted one is: the first free one of its names."""
    there = {name.strip().lower(): name for row in reversed(raw[:1000]) for name in row}
    found: dict[str, str] = {}
    for wanted in (*needed, *more):
        if name := _first(there, (wanted, *_NAMES.get(wanted, ())), found.values()):
            found[wanted] = name
    if missing := [one for one in needed if one not in found]:
        raise InvalidInput(f"In „{file}“ fehlt: {', '.join(missing)}. Vorhanden sind: {', '.join([*there][:20]) or 'keine Spalten'}.")
    return found


def _first(there: Mapping[str, str], names: Iterable[str], taken: Iterable[str]) -> str:
    """The column under the first of some names that is there and not taken; "" for none."""
    return next((there[name] for name in names if name in there and there[name] not in taken), "")


def _clean(raw: list[dict[str, Any]], names: Mapping[str, str], problems: list[str]) -> list[dict[str, str]]:
    counts: Counter[str] = Counter()
    rows = [_row({wanted: row.get(name) for wanted, name in names.items()}, counts) for row in raw]
    problems += [f"{count} {what}." for what, count in counts.items()]
    kept = [row for row in rows if row.get("id", "-")]
    if len(kept) < len(rows):
        problems.append(f"{len(rows) - len(kept)} Zeilen ohne id; übergangen.")
    if not kept:
        raise InvalidInput("Keine Zeile hat eine id.")
    return kept


def _row(values: Mapping[str, object], counts: Counter[str]) -> dict[str, str]:
    """The values as text that is not too long; what was odd is counted."""
    if any(isinstance(value, (dict, list)) for value in values.values()):
        counts["Zeilen haben eine Liste oder ein Objekt, wo Text erwartet wird; als Text gelesen"] += 1
    told = {wanted: _text(value) for wanted, value in values.items()}
    if any(len(value) > LONGEST for value in told.values()):
        counts[f"Zeilen haben ein Feld mit mehr als {LONGEST} Zeichen; gekürzt"] += 1
    return {wanted: value[:LONGEST] for wanted, value in told.items()}


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)[: LONGEST + 1]
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u2060\ufeff\ud800-\udfff]", " ", text[: LONGEST + 1]).strip()
