"""Rows in, an immutable version out: Parquet under the names of its own bytes, and a manifest that says what it is and from what it came.

The same rows give the same bytes, in whatever order, columns or pieces they come: columns are `id` and then the others by name, rows are
sorted by `id` and cut into parts of `PART_ROWS`, and nothing in a file tells when or by whom it was written. A version's digest is the
SHA-256 of its schema and the digests of its parts. Since another release of Polars may write other bytes for the same rows, each part has
a `root`, too: the root of the Merkle tree (RFC 6962, section 2.1) over its rows as lines of JSON.
"""

import hashlib
import io
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

import polars as pl
from psycopg import Connection

from nova.errors import Conflict, InvalidInput, NotFound
from nova.ports import Objects
from nova.seeding.files import part_key
from nova.seeding.step import ID
from nova.store.documents import items
from nova.store.seeding.versions import Content, Version

FORMAT = 1
PART_ROWS, GROUP_ROWS = 250_000, 50_000
COMPRESSION_LEVEL = 3
SCALARS = (pl.String, pl.Boolean, pl.Date, pl.Datetime, pl.Time, pl.Decimal)
Why = Literal["erasure", "objection", "correction"]


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a version: the SHA-256 of its bytes, which is its name, their number, its rows and the Merkle root of these."""

    sha256: str
    rows: int
    bytes: int
    root: str


def canonical(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows in the one form that they have in a version.

    InvalidInput where `id` is missing, no text, empty or there twice, or where a column holds lists, records or bytes.
    """
    _require_ids(frame)
    names = [ID, *sorted(name for name in frame.columns if name != ID)]
    plain = frame.select(pl.col(name).cast(pl.String) if _as_text(frame.schema[name]) else pl.col(name) for name in names)
    if odd := [name for name, kind in plain.schema.items() if not _is_plain(kind)]:
        raise InvalidInput(f"Diese Spalten enthalten keine einfachen Werte: {', '.join(odd)}.")
    return plain.sort(ID).rechunk()


def schema_of(frame: pl.DataFrame) -> list[dict[str, str]]:
    """Names and types of the columns, in order."""
    return [{"name": name, "type": str(kind)} for name, kind in frame.schema.items()]


def pack(frame: pl.DataFrame) -> Iterator[tuple[Part, bytes]]:
    """The parts of a canonical frame and their bytes, one after the other; one without rows where there are none."""
    for start in range(0, max(frame.height, 1), PART_ROWS):
        yield _packed(frame.slice(start, PART_ROWS))


def unpack(data: bytes) -> pl.DataFrame:
    """The rows of a part."""
    return pl.read_parquet(io.BytesIO(data))


def merkle_root(frame: pl.DataFrame) -> str:
    """The root of the Merkle tree over the rows in their order, in hexadecimal."""
    lines = frame.select(pl.struct(pl.all()).struct.json_encode()).to_series()
    level = [hashlib.sha256(b"\0" + line.encode()).digest() for line in lines]
    if not level:
        return hashlib.sha256().hexdigest()
    while len(level) > 1:
        pairs = [hashlib.sha256(b"\1" + level[at] + level[at + 1]).digest() for at in range(0, len(level) - 1, 2)]
        level = pairs + level[2 * len(pairs) :]
    return level[0].hex()


def digest_of(schema: Sequence[Mapping[str, str]], parts: Sequence[Mapping[str, Any]]) -> str:
    """What a version of this schema and these parts is called."""
    return sealed({"format": FORMAT, "schema": list(schema), "parts": [part["sha256"] for part in parts]})


def sealed(facts: Mapping[str, Any]) -> str:
    """The SHA-256 of facts as JSON with sorted keys."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def store(conn: Connection[Any], objects: Objects, frame: pl.DataFrame) -> list[Part]:
    """Keep the parts of a canonical frame, before the caller's transaction names them; no sweep takes them until it ends."""
    parts = []
    for part, data in pack(frame):
        _put(conn, objects, part, data)
        parts.append(part)
    return parts


def name_of(digest: str, again: int) -> str:
    """What a version is called: its digest; where the version of that name was rewritten, another for each time that content came again."""
    return digest if again == 0 else sealed({"digest": digest, "again": again})


def manifest_of(dataset: str, frame: pl.DataFrame, parts: Sequence[Part], facts: Mapping[str, Any]) -> dict[str, Any]:
    """What a version is; `facts` (batches, licences, policy, steps, splits, quality ...) may not take the names of what is said here."""
    told = {
        "format": FORMAT,
        "dataset": dataset,
        "schema": schema_of(frame),
        "rows": frame.height,
        "parts": [asdict(part) for part in parts],
        "erased": 0,
        "former": [],
    }
    return {**facts, **told, "digest": digest_of(told["schema"], told["parts"])}  # type: ignore[arg-type]


def part_frame(objects: Objects, part: Mapping[str, Any]) -> pl.DataFrame:
    """The rows of a part of a manifest; NotFound where its file is missing, Conflict where it is not what its name says."""
    data = objects.get(part_key(part["sha256"]))
    if hashlib.sha256(data).hexdigest() != part["sha256"]:
        raise Conflict(f"Die Datei {part_key(part['sha256'])} ist beschädigt.")
    return unpack(data)


def rows_of(frame: pl.DataFrame, ids: Collection[str]) -> list[dict[str, Any]]:
    """Some rows as JSON objects."""
    theirs = frame.filter(pl.col(ID).is_in(list(ids)))
    return [json.loads(line) for line in theirs.select(pl.struct(pl.all()).struct.json_encode()).to_series()]


def read(objects: Objects, version: Version) -> pl.DataFrame:
    """All rows of a version, each file checked against its name. NotFound, Conflict."""
    return pl.concat(part_frame(objects, part) for part in version.manifest["parts"])


def verify(objects: Objects, version: Version) -> list[str]:
    """What does not hold of a version, in German; nothing where its rows, files, manifest and names agree."""
    told = version.manifest
    problems, last = list(_wrong(version)), ""
    for number, part in enumerate(told["parts"], 1):
        try:
            frame = part_frame(objects, part)
        except NotFound:
            problems.append(f"Teil {number} fehlt.")
            continue
        except (Conflict, pl.exceptions.PolarsError):
            problems.append(f"Teil {number} ist beschädigt.")
            continue
        problems += [f"Teil {number}: {wrong}" for wrong in _flaws(frame, part, told["schema"], last)]
        last = str(frame[ID][-1]) if frame.height else last
    return problems


def rewritten(conn: Connection[Any], objects: Objects, version: Version, changed: "Change", at: datetime) -> Content | None:
    """Store the parts of a version that a change touches anew; what it holds then, None where nothing is touched.

    The manifest keeps the former digest and how many rows went or were corrected, never which.
    """
    parts, touched = list[Part](), 0
    for number, held in enumerate(version.manifest["parts"], 1):
        frame = part_frame(objects, held)
        after = changed.of(frame)
        if after.equals(frame, null_equal=True):
            parts.append(Part(**held))
            continue
        touched += _touched(frame, after)
        if after.height or (number == len(version.manifest["parts"]) and not parts):
            part, data = _packed(after.rechunk())
            _put(conn, objects, part, data)
            parts.append(part)
    return _content(version, parts, changed.why, touched, at) if touched else None


@dataclass(frozen=True, slots=True)
class Change:
    """Rows of these ids leave (`column` None), or have another `value` in a column, given as text or None."""

    why: Why
    ids: frozenset[str]
    column: str | None = None
    value: str | None = None

    def of(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows as they are after it; InvalidInput for a value that the column cannot hold, or a column that nobody may change."""
        theirs = pl.col(ID).is_in(list(self.ids))
        if self.column is None:
            return frame.filter(~theirs)
        if self.column == ID:
            raise InvalidInput("Die Kennung eines Datensatzes lässt sich nicht berichtigen.")
        if self.column not in frame.columns:
            return frame
        kind = frame.schema[self.column]
        return frame.with_columns(
            pl.when(theirs).then(pl.lit(as_value(self.value, kind), dtype=kind)).otherwise(pl.col(self.column)).alias(self.column)
        )


def as_value(text: str | None, kind: pl.DataType) -> Any:
    """A text as a value of a column's type; InvalidInput where it is none."""
    words = {"true": True, "ja": True, "false": False, "nein": False}
    if text is None or kind == pl.String:
        return text
    if kind == pl.Boolean:
        value = words.get(text.strip().lower())
    elif isinstance(kind, pl.Datetime | pl.Date | pl.Time):
        value = pl.Series([text]).str.strptime(kind, strict=False)[0]
    else:
        value = pl.Series([text]).cast(kind, strict=False)[0]
    if value is None:
        raise InvalidInput(f"„{text}“ passt nicht in diese Spalte ({kind}).")
    return value


def _wrong(version: Version) -> Iterator[str]:
    """What of the version's names and numbers does not fit its manifest."""
    told = version.manifest
    if sealed(told) != version.manifest_sha256:
        yield "Das Manifest wurde verändert."
    if digest_of(told["schema"], told["parts"]) != version.digest or told["digest"] != version.digest:
        yield "Die Prüfsumme der Version stimmt nicht."
    first = told["former"][0]["digest"] if told["former"] else version.digest
    if name_of(first, told.get("again", 0)) != version.version:
        yield "Der Name der Version ist nicht die Prüfsumme, mit der sie entstand."
    if not (sum(part["rows"] for part in told["parts"]) == told["rows"] == version.rows):
        yield "Die Zahl der Datensätze stimmt nicht."


def _require_ids(frame: pl.DataFrame) -> None:
    if ID not in frame.columns or frame[ID].dtype != pl.String or frame[ID].null_count():
        raise InvalidInput("Jeder Datensatz braucht eine Kennung in der Spalte „id“.")
    if frame[ID].n_unique() < frame.height:
        raise InvalidInput("Kennungen in der Spalte „id“ kommen mehrmals vor.")


def _is_plain(kind: pl.DataType) -> bool:
    return kind.is_integer() or kind.is_float() or kind in SCALARS


def _as_text(kind: pl.DataType) -> bool:
    return kind in (pl.Categorical, pl.Enum, pl.Null)


def _packed(frame: pl.DataFrame) -> tuple[Part, bytes]:
    target = io.BytesIO()
    frame.rechunk().write_parquet(target, compression="zstd", compression_level=COMPRESSION_LEVEL, row_group_size=GROUP_ROWS)
    data = target.getvalue()
    return Part(hashlib.sha256(data).hexdigest(), frame.height, len(data), merkle_root(frame)), data


def _put(conn: Connection[Any], objects: Objects, part: Part, data: bytes) -> None:
    items.lock_content(conn, part.sha256)
    objects.put(part_key(part.sha256), data)


def _flaws(frame: pl.DataFrame, part: Mapping[str, Any], schema: Sequence[Mapping[str, str]], last: str) -> Iterator[str]:
    if schema_of(frame) != list(schema):
        yield "andere Spalten als im Manifest."
        return
    if frame.height != part["rows"] or merkle_root(frame) != part["root"]:
        yield "andere Datensätze als im Manifest."
    ids = frame[ID]
    if ids.n_unique() < frame.height or not ids.is_sorted() or (frame.height and last and str(ids[0]) <= last):
        yield "Datensätze nicht in der Reihenfolge ihrer Kennungen."


def _touched(before: pl.DataFrame, after: pl.DataFrame) -> int:
    if after.height < before.height:
        return before.height - after.height
    differs = [before[name].ne_missing(after[name]) for name in before.columns]
    return int(pl.DataFrame(differs).select(pl.any_horizontal(pl.all())).to_series().sum())


def _content(version: Version, parts: Sequence[Part], why: Why, touched: int, at: datetime) -> Content:
    told = version.manifest
    listed, rows = [asdict(part) for part in parts], sum(part.rows for part in parts)
    digest = digest_of(told["schema"], listed)
    former = {"digest": version.digest, "why": why, "rows": touched, "at": at.isoformat()}
    erased = told["erased"] + (touched if why != "correction" else 0)
    manifest = {**told, "parts": listed, "rows": rows, "digest": digest, "erased": erased, "former": [*told["former"], former]}
    return Content(digest, manifest, sealed(manifest), rows)
