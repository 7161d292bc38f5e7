"""`sql/<room>.sql` in, a read-only mapping from a query's name to its SQL out.

A file holds blocks: `-- name: insert_item`, one or more comment lines that say what it does, then one statement with `%(name)s` parameters.
"""

import functools
import itertools
import re
from collections.abc import Iterator, Mapping
from importlib import resources

HEADER = re.compile(r"^-- name:\s*(?P<name>\S*)\s*$", re.MULTILINE)
NAME = re.compile(r"[a-z][a-z0-9_]*")


class UnknownQuery(KeyError):
    """A room asks for a query that its file does not hold."""

    def __str__(self) -> str:
        return str(self.args[0])


class BrokenQueries(ValueError):
    """A query file does not follow the form above; the message names the block."""


class Queries(Mapping[str, str]):
    """One room's queries; the file is read when the first is asked for."""

    def __init__(self, room: str) -> None:
        self.room = room

    def __getitem__(self, name: str) -> str:
        known = _read(self.room)
        if name not in known:
            raise UnknownQuery(f"store/sql/{self.room}.sql has no query {name!r}; it has {', '.join(sorted(known)) or 'none'}")
        return known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_read(self.room))

    def __len__(self) -> int:
        return len(_read(self.room))

    def __repr__(self) -> str:
        return f"Queries({self.room!r})"


def load(room: str) -> Queries:
    """The queries of `store/sql/<room>.sql`."""
    return Queries(room)


def rooms() -> list[str]:
    """Every room that has a query file."""
    folder = resources.files(__package__) / "sql"
    return sorted(entry.name.removesuffix(".sql") for entry in folder.iterdir() if entry.name.endswith(".sql"))


def parse(text: str, origin: str) -> dict[str, str]:
    """The blocks of one file, without their headers and comments; BrokenQueries when one breaks the form."""
    found: dict[str, str] = {}
    headers = list(HEADER.finditer(text))
    preamble = text[: headers[0].start()] if headers else text
    if _without_comments(preamble):
        raise BrokenQueries(f"{origin}: text before the first '-- name:' line")
    for header, following in itertools.zip_longest(headers, headers[1:]):
        end = following.start() if following else len(text)
        name, block = header["name"], text[header.end() : end].strip()
        if NAME.fullmatch(name) is None or name in found:
            raise BrokenQueries(f"{origin}: {name!r} is no name in snake_case or is there twice")
        if not block.startswith("--"):
            raise BrokenQueries(f"{origin}: {name} has no sentence that says what it does")
        statement = _without_leading_comments(block).removesuffix(";").rstrip()
        if not statement:
            raise BrokenQueries(f"{origin}: {name} has no SQL")
        found[name] = statement
    return found


@functools.cache
def _read(room: str) -> Mapping[str, str]:
    file = resources.files(__package__) / "sql" / f"{room}.sql"
    return parse(file.read_text(encoding="utf-8"), f"store/sql/{room}.sql")


def _without_comments(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if line.strip() and not line.startswith("--"))


def _without_leading_comments(block: str) -> str:
    lines = block.splitlines()
    first = next((at for at, line in enumerate(lines) if line.strip() and not line.startswith("--")), len(lines))
    return "\n".join(lines[first:])
