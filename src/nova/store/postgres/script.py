"""What `pg_restore` writes of a dump in; tables with their rows and sequences out. Whatever else stands in it is refused.

A dump is a program for the server that reads it: a forged one could define functions, read files or start programs. So nothing of it is
ever executed here. Of its statements two kinds are understood, and even of those only names and numbers go on; rows are data.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from nova.errors import BadSnapshot
from nova.unseen import escaped

PIECE = 1 << 20
LONGEST_LINE = 64 << 10
END = b"\n\\.\n"
_NAME = r'(?:[a-z_][a-z0-9_]{0,62}|"[A-Za-z0-9_ ]{1,63}")'
_COPY = re.compile(rf"COPY public\.({_NAME}) \(({_NAME}(?:, {_NAME})*)\) FROM stdin;")
_SETVAL = re.compile(rf"SELECT pg_catalog\.setval\('public\.({_NAME})', (\d{{1,19}}), (true|false)\);")
_RESTRICT = re.compile(r"\\(?:un)?restrict [A-Za-z0-9]{1,128}")
_SETTINGS = frozenset(
    (
        "SET statement_timeout = 0;",
        "SET lock_timeout = 0;",
        "SET idle_in_transaction_session_timeout = 0;",
        "SET transaction_timeout = 0;",
        "SET client_encoding = 'UTF8';",
        "SET standard_conforming_strings = on;",
        "SELECT pg_catalog.set_config('search_path', '', false);",
        "SET check_function_bodies = false;",
        "SET xmloption = content;",
        "SET client_min_messages = warning;",
        "SET row_security = off;",
        "SET default_tablespace = '';",
        "SET default_table_access_method = heap;",
    )
)  # they are known, and left out
KINDS = (
    "TABLE DATA", "TABLE ATTACH", "TABLE", "MATERIALIZED VIEW DATA", "MATERIALIZED VIEW", "VIEW", "SEQUENCE OWNED BY", "SEQUENCE SET",
    "SEQUENCE", "DEFAULT", "FK CONSTRAINT", "CHECK CONSTRAINT", "CONSTRAINT", "INDEX ATTACH", "INDEX", "TRIGGER", "FUNCTION", "COMMENT",
    "SCHEMA",
)  # fmt: skip
_OF_A_TABLE = frozenset(("DEFAULT", "FK CONSTRAINT", "CHECK CONSTRAINT", "CONSTRAINT", "TRIGGER"))
_ENTRY = re.compile(rf"\d+; \d+ \d+ (?P<kind>{'|'.join(KINDS)}) (?P<schema>public|-) (?P<name>.*)")


@dataclass(frozen=True, slots=True)
class Table:
    """A table's rows in COPY's text format, to be read before the next part."""

    name: str
    columns: tuple[str, ...]
    rows: Iterator[bytes]


@dataclass(frozen=True, slots=True)
class Sequence:
    """Where a sequence stands."""

    name: str
    last: int
    called: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a dump's table of contents: what it makes, and the names that stand for it."""

    kind: str
    names: tuple[str, ...]


def parts(stream: BinaryIO) -> Iterator[Table | Sequence]:
    """Every table and sequence in order; BadSnapshot for anything that Nova's dumps do not hold."""
    source, seen = _Source(stream), set[str]()
    while (line := source.line()) is not None:
        if _says_nothing(line):
            continue
        if (copy := _COPY.fullmatch(line)) is not None:
            name = _bare(copy[1])
            if name in seen:
                raise BadSnapshot(f"Die Sicherung enthält die Tabelle {name} mehrfach.")
            seen.add(name)
            rows = source.rows()
            yield Table(name, tuple(_bare(column) for column in copy[2].split(", ")), rows)
            for _ in rows:
                pass
        elif (setval := _SETVAL.fullmatch(line)) is not None:
            yield Sequence(_bare(setval[1]), int(setval[2]), setval[3] == "true")
        else:
            raise BadSnapshot(f"Die Sicherung enthält eine Anweisung, die nicht von Nova stammt: {_shown(line)}")


def _says_nothing(line: str) -> bool:
    """Whether a line is empty, a comment, or one of the settings that every dump begins with."""
    return not line or line.startswith("--") or line in _SETTINGS or _RESTRICT.fullmatch(line) is not None


def entries(listing: str) -> Iterator[Entry]:
    """The table of contents as `pg_restore --list` prints it; BadSnapshot for a kind of thing that Nova does not make."""
    for line in listing.splitlines():
        if not line.strip() or line.startswith(";"):
            continue
        found = _ENTRY.fullmatch(line)
        if found is None:
            raise BadSnapshot(f"Die Sicherung enthält etwas, das nicht von Nova stammt: {_shown(line)}")
        name = found["name"].partition("(")[0] if found["kind"] == "FUNCTION" else found["name"]
        yield Entry(found["kind"], tuple(name.split(" ")[: 2 if found["kind"] in _OF_A_TABLE else 1]))


def _bare(name: str) -> str:
    return name.strip('"')


def _shown(line: str) -> str:
    return f"„{escaped(line[:80])}{'…' if len(line) > 80 else ''}“."


class _Source:
    """Lines, and rows between them, of a stream of any length; memory does not grow with it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._held = b""

    def line(self) -> str | None:
        """The next line without its end; None behind the last."""
        while (at := self._held.find(b"\n")) < 0:
            if len(self._held) > LONGEST_LINE:
                raise BadSnapshot("Die Sicherung enthält eine Anweisung, die zu lang ist.")
            if not self._more():
                rest, self._held = self._held, b""
                return _text(rest) if rest else None
        line, self._held = self._held[:at], self._held[at + 1 :]
        return _text(line)

    def rows(self) -> Iterator[bytes]:
        """Pieces of rows up to the line that ends them. A row never holds that line: in rows a backslash is written twice."""
        before = b"\n"  # the end of the line that began them
        while True:
            at = (before + self._held).find(END)
            if at >= 0:
                piece = self._held[: at + 1 - len(before)]
                self._held = self._held[at + len(END) - len(before) :]
                if piece:
                    yield piece
                return
            ready = len(self._held) - len(END)
            if ready > 0:
                piece, self._held, before = self._held[:ready], self._held[ready:], b""
                yield piece
            if not self._more():
                raise BadSnapshot("Die Sicherung ist unvollständig: Die Zeilen einer Tabelle brechen ab.")

    def _more(self) -> bool:
        piece = self._stream.read(PIECE)
        self._held += piece
        return bool(piece)


def _text(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        raise BadSnapshot("Die Sicherung enthält eine Anweisung, die kein Text in UTF-8 ist.") from None
