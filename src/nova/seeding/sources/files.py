"""A file of records (CSV, JSON lines, a JSON array, Parquet, XLSX) -> a frame of text with ids, where it came from, what was odd; and back.

What a file is is told by its content; its name only breaks ties among texts. A hostile file is refused with an error, or read in part
with a report.
"""

import errno
import hashlib
import json
import os
import re
import stat
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Literal

import polars as pl
from polars.io.plugins import register_io_source

from nova.errors import InvalidInput, NotFound, TooLarge, UnsupportedFile, disk_full, is_full
from nova.german import size
from nova.seeding.sources.columnar import MAGIC, read_parquet
from nova.seeding.sources.json_rows import read_json_array, read_json_lines
from nova.seeding.sources.posts import SCRIPT
from nova.seeding.sources.quick import quick_json_lines, quick_table
from nova.seeding.sources.reading import MOST_BYTES, Problem, Problems
from nova.seeding.sources.tables import Survey, read_table, text_of, told_encoding
from nova.seeding.sources.workbook import read_workbook
from nova.seeding.step import ID

Form = Literal["csv", "jsonl", "json", "parquet", "xlsx", "zip"]
PIECE = 1024**2
QUICK = ("utf-8", "utf-8-sig")
GROUP_ROWS = 50_000
FORMULA = r"^\s*(?:=|[+\-@]\s*[A-Za-z]+\s*[(|!])"
"""How a cell begins that a spreadsheet would run: `=...`, `+cmd|...`, `@SUM(...`; `-Hallo` and `+49 201` do not."""
GUARDED = r"^[=+\-@\t\r]"
NUMERIC = r"^[+\-]?\d[\d.,]*$"
_ID_LENGTH = 20
TWICE = "id mehrfach vergeben; um #2, #3 ... ergänzt"
_BINARY = (
    b"%PDF",
    b"\x7fELF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"BZh",
    b"7z\xbc\xaf",
    b"Rar!",
    b"MZ\x90",
)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where records come from: the file's name, its licence, when it was read (UTC), the SHA-256 of its raw bytes, how many rows."""

    name: str
    licence: str | None
    fetched_at: datetime
    sha256: str
    rows: int
    form: Form
    encoding: str | None = None
    delimiter: str | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """Records as text under `id` and the file's own columns, where they come from, and what was odd."""

    frame: pl.DataFrame
    provenance: Provenance
    problems: tuple[Problem, ...] = field(default=())


def read_records(
    path: Path,
    *,
    licence: str | None = None,
    sheet: str | None = None,
    delimiter: str | None = None,
    id_column: str | None = None,
    most_bytes: int = MOST_BYTES,
) -> Read:
    """The records of a file, all as text, null where a cell is empty.

    `id` is `id_column`, else the column called so, else made from the row's content. UnsupportedFile for what is no table,
    TooLarge beyond the limits, InvalidInput for what is damaged or empty, NotFound.
    """
    problems = Problems()
    with _opened(path) as file:
        survey, digest = _surveyed(file, most_bytes)
        form = form_of(survey.head, path.suffix.lower())
        frame, encoding, sign = _parsed(file, form, survey, problems, (sheet, delimiter))
    if not frame.width:
        raise InvalidInput("Die Datei enthält keine Spalten.")
    note_formulas(frame, problems)
    frame = with_ids(frame, problems, id_column)
    where = Provenance(path.name, licence, datetime.now(UTC), digest, frame.height, form, encoding, sign)
    return Read(frame, where, problems.told())


@dataclass(frozen=True, slots=True)
class Digest:
    """The SHA-256 of a file's bytes, and when it was read (UTC)."""

    sha256: str
    at: datetime


def digest_of(path: Path, most_bytes: int) -> Digest:
    """Of a file that is none of a link, a pipe or a folder; errors as of `read_records`."""
    with _opened(path) as file:
        return Digest(_surveyed(file, most_bytes)[1], datetime.now(UTC))


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """The file, if it is one: no link, no pipe, no folder."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR):
            raise NotFound(f"Die Datei „{path.name}“ gibt es nicht.") from error
        if error.errno == errno.ELOOP:
            raise InvalidInput(f"„{path.name}“ ist eine Verknüpfung; Nova liest nur die Datei selbst.") from error
        raise InvalidInput(f"Die Datei „{path.name}“ lässt sich nicht öffnen.") from error
    except ValueError as error:
        raise InvalidInput("Der Dateiname ist unzulässig.") from error
    if stat.S_ISDIR(os.fstat(handle).st_mode):
        os.close(handle)
        raise InvalidInput(f"„{path.name}“ ist ein Ordner, keine Datei.")
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise InvalidInput(f"„{path.name}“ ist keine gewöhnliche Datei.")
        yield file


def _surveyed(file: BinaryIO, most_bytes: int) -> tuple[Survey, str]:
    survey, digest = Survey(), hashlib.sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
        survey.look(piece)
        if survey.size > most_bytes:
            raise TooLarge(f"Die Datei ist größer als {size(most_bytes)}.")
    if not survey.size:
        raise InvalidInput("Die Datei ist leer.")
    return survey, digest.hexdigest()


def form_of(head: bytes, suffix: str) -> Form:
    """What a file is, by its first bytes; its name's ending breaks ties among texts. UnsupportedFile."""
    if head.startswith(MAGIC):
        return "parquet"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "xlsx"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnsupportedFile("Das alte Excel-Format (.xls) liest Nova nicht; bitte in Excel als .xlsx oder CSV speichern.")
    if head.startswith(_BINARY):
        raise UnsupportedFile("Dieses Format liest Nova nicht als Datensätze; möglich sind CSV, JSONL, JSON, Parquet und XLSX.")
    if suffix in (".parquet", ".xlsx"):
        raise UnsupportedFile(f"Der Inhalt der Datei passt nicht zu ihrer Endung „{suffix}“.")
    return _text_form(head, suffix)


def _text_form(head: bytes, suffix: str) -> Form:
    start = re.sub(rb"[\s\x00\xff\xfe\xef\xbb\xbf]+", b"", head[:4096])[:2]
    if suffix in (".jsonl", ".ndjson"):
        return "jsonl"
    if suffix == ".js" or (start == b"wi" and SCRIPT.match(head[:200].decode("utf-8", "replace"))):
        return "json"
    if suffix == ".json" or start == b"[{":
        return "json" if start[:1] == b"[" or not _is_lines(head) else "jsonl"
    return "jsonl" if start == b'{"' else "csv"


def _is_lines(head: bytes) -> bool:
    """Whether the first line is a JSON object by itself and another follows."""
    first, _, rest = head.strip().partition(b"\n")
    return first.rstrip().endswith(b"}") and rest.lstrip().startswith(b"{")


def _parsed(
    file: BinaryIO, form: Form, survey: Survey, problems: Problems, wanted: tuple[str | None, str | None]
) -> tuple[pl.DataFrame, str | None, str | None]:
    sheet, delimiter = wanted
    if form == "parquet":
        return read_parquet(file, problems), None, None
    if form == "xlsx":
        return read_workbook(file, problems, sheet), None, None
    encoding = survey.encoding()
    if encoding in QUICK and (quick := _quick(file, form, delimiter)) is not None:
        return quick[0], told_encoding(encoding), quick[1]
    text = text_of(file, encoding, problems)
    try:
        if form == "csv":
            frame, sign = read_table(text, problems, delimiter)
            return frame, told_encoding(encoding), sign
        read = read_json_lines if form == "jsonl" else read_json_array
        return read(text, problems), told_encoding(encoding), None
    finally:
        text.detach()


def _quick(file: BinaryIO, form: Form, delimiter: str | None) -> tuple[pl.DataFrame, str | None] | None:
    if form == "csv":
        return quick_table(file, delimiter)
    frame = quick_json_lines(file) if form == "jsonl" else None
    return None if frame is None else (frame, None)


def note_formulas(frame: pl.DataFrame, problems: Problems) -> None:
    """Note how many cells of each column a spreadsheet would run."""
    counts = frame.select(pl.all().str.contains(FORMULA).sum()).row(0)
    for name, count in zip(frame.columns, counts, strict=True):
        if count:
            problems.add("Formel in einem Feld; als Text behandelt", name, count)


def with_ids(frame: pl.DataFrame, problems: Problems, id_column: str | None = None) -> pl.DataFrame:
    """The frame with a unique `id` in front; the second row of an id is `X#2`, and so on."""
    made = with_some_ids(frame, problems, id_column)
    unique = unique_ids(made[ID])
    if twice := int((unique != made[ID]).sum()):
        problems.add(told_twice(frame.columns, id_column), count=twice)
    return made.with_columns(unique.alias(ID))


def with_some_ids(frame: pl.DataFrame, problems: Problems, id_column: str | None = None) -> pl.DataFrame:
    """The frame with an `id` in front, that others may have too; a row's does not hang on the other rows."""
    named = _id_among(frame.columns, id_column)
    made = _made_ids(frame) if named is None else _completed(frame[named].str.strip_chars(), frame, problems)
    instead = [ID, named] if named is not None and named.lower() == ID else [ID]
    return frame.drop(instead, strict=False).insert_column(0, made.alias(ID))


def told_twice(columns: Sequence[str], id_column: str | None = None) -> str:
    """What is told where records of such columns have the same id."""
    return "Datensatz steht mehrfach in der Datei" if _id_among(columns, id_column) is None else TWICE


def _id_among(columns: Sequence[str], wanted: str | None) -> str | None:
    """The wanted column, else `id` in any case, the one in small letters first."""
    if wanted is not None and wanted not in columns:
        raise InvalidInput(f"Die Spalte „{wanted}“ gibt es in der Datei nicht.")
    return wanted or next((name for name in sorted(columns, key=lambda one: one != ID) if name.lower() == ID), None)


def _completed(ids: pl.Series, frame: pl.DataFrame, problems: Problems) -> pl.Series:
    """The ids, with made ones where there is none."""
    if not ids.null_count():
        return ids
    problems.add("Datensatz ohne id; aus seinem Inhalt gebildet", count=ids.null_count())
    return ids.scatter(ids.is_null().arg_true(), _made_ids(frame.filter(ids.is_null())))


def _made_ids(frame: pl.DataFrame) -> pl.Series:
    names = sorted(frame.columns)
    lead = hashlib.sha256(json.dumps(names).encode())
    ids: list[str] = []
    for row in frame.select(names).iter_rows():
        digest = lead.copy()
        digest.update(json.dumps(row).encode())
        ids.append(digest.hexdigest()[:_ID_LENGTH])
    return pl.Series(ID, ids, dtype=pl.String)


def unique_ids(ids: pl.Series) -> pl.Series:
    """Ids of which the second of the same is `X#2`, and so on."""
    turn = pl.int_range(1, pl.len() + 1).over("id")
    while not ids.is_unique().all():
        numbered = pl.when(turn > 1).then(pl.col("id") + "#" + turn.cast(pl.String)).otherwise(pl.col("id"))
        ids = pl.DataFrame([ids.alias("id")]).select(numbered).to_series()
    return ids


def write_records(frame: pl.DataFrame, path: Path, *, guard_formulas: bool = False) -> None:
    """Write a frame as its name's ending says (jsonl, csv, parquet): the old file or the new one lies there, never half of one.

    `guard_formulas` (csv) sets an apostrophe before text that a spreadsheet would run; then it does not read back as it was.
    """
    write_batches([_guarded(frame) if guard_formulas else frame], frame.schema, path)


def write_batches(batches: Iterable[pl.DataFrame], schema: pl.Schema, path: Path) -> int:
    """The same for records that come in batches, whose sizes change no byte of the file; how many records were written."""
    if path.suffix not in (".jsonl", ".csv", ".parquet"):
        raise InvalidInput(f"Dateien mit der Endung „{path.suffix}“ schreibt Nova nicht; möglich sind .jsonl, .csv und .parquet.")
    handle, name = tempfile.mkstemp(prefix=".nova-", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            rows = _write(batches, schema, path.suffix, file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        if is_full(error):
            raise disk_full() from error
        raise
    finally:
        part.unlink(missing_ok=True)
    return rows


def _write(batches: Iterable[pl.DataFrame], schema: pl.Schema, suffix: str, file: BinaryIO) -> int:
    rows = 0

    def counted() -> Iterator[pl.DataFrame]:
        nonlocal rows
        for batch in batches:
            rows += len(batch)
            yield batch

    if suffix == ".parquet":
        told = counted()
        source = register_io_source(lambda *_: told, schema=schema)
        source.sink_parquet(file, compression="zstd", compression_level=3, row_group_size=GROUP_ROWS)
    elif suffix == ".jsonl":
        for batch in counted():
            batch.write_ndjson(file)
    else:
        schema.to_frame().write_csv(file)
        for batch in counted():
            batch.write_csv(file, include_header=False)
    return rows


def _guarded(frame: pl.DataFrame) -> pl.DataFrame:
    text = pl.col(pl.String)
    risky = text.str.contains(GUARDED) & ~text.str.contains(NUMERIC)
    return frame.with_columns(pl.when(risky).then("'" + text).otherwise(text).name.keep())
