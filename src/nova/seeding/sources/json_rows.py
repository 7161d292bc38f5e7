"""JSON lines, or an array of objects -> rows of text under named columns; objects in objects become `outer.inner`, lists stay JSON text."""

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import Any

import polars as pl

from nova.errors import InvalidInput, TooLarge
from nova.german import size
from nova.seeding.sources.posts import SCRIPT, exported
from nova.seeding.sources.reading import BLOCK, LONGEST_NAME, Problems, blank_as_null, check_size
from nova.seeding.sources.squad import questions
from nova.seeding.sources.tables import lines_of

MOST_ARRAY = 200 * 1024**2
DEEPEST = 4
BAD_ROW = "Zeile ist kein lesbares JSON-Objekt und fehlt"


class _Twice(dict[str, Any]):
    """An object in which a key stood more than once."""


def read_json_lines(text: io.TextIOBase, problems: Problems) -> pl.DataFrame:
    """One object a line; a line that is none is left out and noted."""
    return _frame(_objects(lines_of(text, problems), problems))


def read_json_array(text: io.TextIOBase, problems: Problems) -> pl.DataFrame:
    """One array of objects, or one object in which exactly one value is such an array; exports of Meta and X as `posts` reads them."""
    whole = text.read(MOST_ARRAY + 1)
    if len(whole) > MOST_ARRAY:
        raise TooLarge(f"Ein JSON-Feld über {size(MOST_ARRAY)} liest Nova nicht; bitte eine Zeile je Datensatz (JSONL) liefern.")
    return json_frame(plain(load_json(SCRIPT.sub("", whole, count=1) if SCRIPT.match(whole) else whole)), problems)


def plain(value: Any) -> Any:
    """The records of a JSON value that is one of the known sets or exports; else the value itself."""
    found = questions(value)
    return exported(value) if found is None else found


def load_json(text: str) -> Any:
    """A JSON value, numbers as they stand; InvalidInput where it is broken or nested too deep."""
    try:
        return _loads(text.replace("\0", ""))
    except RecursionError as error:
        raise InvalidInput("Das JSON ist zu tief verschachtelt.") from error
    except ValueError as error:
        raise InvalidInput("Das JSON ist nicht lesbar (abgeschnitten oder fehlerhaft).") from error


def json_frame(value: Any, problems: Problems) -> pl.DataFrame:
    """The records of a JSON value that was read: an array of objects, or one in an object."""
    return _frame(_members(value, problems))


def _loads(text: str) -> Any:
    """A JSON value; numbers as they stand, NaN and Infinity as null."""
    return json.loads(text, parse_float=Decimal, parse_int=_whole, parse_constant=lambda _: None, object_pairs_hook=_object)


def _whole(text: str) -> int | str:
    return int(text) if len(text) < 1000 else text


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    return made if len(made) == len(pairs) else _Twice(made)


def _objects(lines: Iterable[str], problems: Problems) -> Iterator[Mapping[str, Any]]:
    for place, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = _loads(line)
        except (ValueError, RecursionError):
            problems.add(BAD_ROW, f"Zeile {place}")
            continue
        if isinstance(value, dict):
            yield _noted(value, f"Zeile {place}", problems)
        else:
            problems.add(BAD_ROW, f"Zeile {place}")


def _members(value: Any, problems: Problems) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, dict):
        lists = [(name, inner) for name, inner in value.items() if isinstance(inner, list) and any(isinstance(one, dict) for one in inner)]
        if len(lists) == 1:
            problems.add("Datensätze aus einem Feld des JSON genommen", lists[0][0][:LONGEST_NAME])
            value = lists[0][1]
        else:
            value = [value]
    if not isinstance(value, list):
        raise InvalidInput("Das JSON enthält keine Datensätze (erwartet: ein Feld von Objekten).")
    for place, one in enumerate(value, 1):
        if isinstance(one, dict):
            yield _noted(one, f"Datensatz {place}", problems)
        else:
            problems.add("Eintrag ist kein JSON-Objekt und fehlt", f"Datensatz {place}")


def _noted(value: dict[str, Any], place: str, problems: Problems) -> dict[str, Any]:
    if isinstance(value, _Twice):
        problems.add("Schlüssel steht mehrfach in einem Objekt; der letzte gilt", place)
    return value


def _frame(objects: Iterator[Mapping[str, Any]]) -> pl.DataFrame:
    frames: list[pl.DataFrame] = []
    names: dict[str, None] = {}
    done = 0
    while block := list(islice(objects, BLOCK)):
        rows = [dict(_flat(one)) for one in block]
        for row in rows:
            names.update(dict.fromkeys(row))
            check_size(done, len(names))
        done += len(rows)
        check_size(done, len(names))
        frames.append(pl.DataFrame([pl.Series(name, [row.get(name) for row in rows], dtype=pl.String) for name in names]))
    if not frames:
        raise InvalidInput("Die Datei enthält keine Datensätze.")
    frame = pl.concat(frames, how="diagonal")
    clean = {name: " ".join(name.split())[:LONGEST_NAME] or "spalte" for name in frame.columns}
    if len(set(clean.values())) == len(clean):
        frame = frame.rename(clean)
    return blank_as_null(frame)


def _flat(value: Mapping[str, Any], lead: str = "", depth: int = 1) -> Iterator[tuple[str, str | None]]:
    for key, inner in value.items():
        name = _clean(lead + key)
        if isinstance(inner, dict) and inner and depth < DEEPEST:
            yield from _flat(inner, f"{name}.", depth + 1)
        else:
            yield name, _text(inner)


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, Decimal)):
        return str(value)
    try:
        return _clean(json.dumps(value, ensure_ascii=False, default=float))
    except RecursionError as error:
        raise InvalidInput("Das JSON ist zu tief verschachtelt.") from error


def _clean(text: str) -> str:
    """The text without halves of surrogate pairs and NUL, which no table can hold."""
    if text.isascii() and "\0" not in text:
        return text
    return text.encode("utf-8", "replace").decode().replace("\0", "")
