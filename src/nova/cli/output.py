"""Values in, lines on stdout or JSON out; messages go to stderr. The only file that prints.

What documents and people wrote may hold signs that drive a terminal; they are written out here, so that they show and do nothing.
"""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from nova import german
from nova.errors import InvalidInput
from nova.unseen import escaped, escaped_json

json_option = click.option("--json", "as_json", is_flag=True, help="Die Daten als JSON ausgeben.")


def data(value: Any) -> None:
    """One JSON value on stdout."""
    click.echo(in_json(value, indent=2))


def row(value: Any) -> None:
    """One JSON value on one line of stdout, for what comes again and again."""
    click.echo(in_json(value))


def in_json(value: Any, *, indent: int | None = None) -> str:
    """JSON that a terminal shows as it is; read again it says the same."""
    return escaped_json(json.dumps(value, ensure_ascii=False, indent=indent, default=str).encode("utf-8", "backslashreplace")).decode()


def clear() -> None:
    """An empty screen, where there is one."""
    if sys.stdout.isatty():
        click.clear()


def line(text: str = "", *, bold: bool = False, dim: bool = False) -> None:
    """One line of data on stdout."""
    shown = escaped(text)
    click.echo(click.style(shown, bold=bold, dim=dim) if bold or dim else shown)


def raw(piece: bytes) -> int:
    """Bytes of a file on stdout, as text where that is a terminal; how many."""
    click.echo(escaped(piece.decode("utf-8", "backslashreplace")) if sys.stdout.isatty() else piece, nl=False)
    return len(piece)


def note(text: str) -> None:
    """One message to the person, on stderr."""
    click.echo(escaped(text), err=True)


def progress(text: str, *, final: bool = False) -> None:
    """A line on stderr that the next one replaces on a terminal; elsewhere only the final one is written."""
    if sys.stderr.isatty():
        click.echo(f"\r\033[2K{escaped(text)}", nl=final, err=True)
    elif final:
        note(text)


def table(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str]) -> None:
    """Rows in aligned columns; `columns` maps a key to its German heading."""
    cells = [[cell(row.get(key)) for key in columns] for row in rows]
    widths = [max(len(heading), *(len(row[index]) for row in cells), 0) for index, heading in enumerate(columns.values())]
    line("  ".join(heading.ljust(width) for heading, width in zip(columns.values(), widths, strict=True)).rstrip(), bold=True)
    for row in cells:
        line("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())


def cell(value: Any) -> str:
    """A value as people read it in a column."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, float):
        return decimal(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(str(one) for one in value)
    text = str(value)
    return local_time(text) if len(text) >= 20 and text[4:5] == "-" and text[10:11] == "T" else shorten(text, 60)


def decimal(value: float) -> str:
    """A number with a comma, and at most four digits behind it; below 1 at most eight."""
    return f"{value:.{4 if abs(value) >= 1 else 8}f}".rstrip("0").rstrip(".").replace(".", ",")


def local_time(stamp: str) -> str:
    """An ISO time on German clocks, as reports and the web app show it."""
    try:
        return german.moment(datetime.fromisoformat(stamp))
    except ValueError:
        return stamp


def draft_of(path: Path) -> Path:
    """Where a file is written before it takes its name; InvalidInput for a folder that is not there."""
    if not path.parent.is_dir():
        raise InvalidInput(f"Den Ordner {path.parent} gibt es nicht.")
    return path.with_name(f"{path.name}.new")


def shorten(text: str, most: int) -> str:
    """At most so many characters on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"


def facts(pairs: Iterable[tuple[str, Any]]) -> None:
    """Names and values, one a line."""
    known = [(name, cell(value)) for name, value in pairs]
    width = max((len(name) for name, _ in known), default=0)
    for name, value in known:
        line(f"{name.ljust(width)}  {value}")
