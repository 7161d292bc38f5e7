"""A file under the names of the template that it is of, if any; a ZIP of a data export is one: the posts and tables in it, nothing else."""

import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from nova.errors import InvalidInput, NovaError, TooLarge, UnsupportedFile
from nova.german import size
from nova.seeding.sources.files import Provenance, Read, digest_of, read_records
from nova.seeding.sources.reading import Problem
from nova.seeding.sources.templates import Template, mapped, recognise, validity
from nova.seeding.step import ID

ZIP = ".zip"
ROWS = 10
MOST_ENTRIES = 50_000
MOST_PACKED = 2 * 1024**3
MOST_MEMBER, MOST_TAKEN = 200 * 1024**2, 600 * 1024**2
MOST_RATIO = 200
PIECE = 1024**2
OTHER_SHEET = "Weiteres Tabellenblatt nicht gelesen"
DAMAGED = "Das ZIP-Archiv ist beschädigt oder kein ZIP-Archiv."
_TAKEN = re.compile(
    r"(?:.*/)?(?:"
    r"posts/(?:your_posts|profile_posts|posts)[^/]*\.json|"
    r"(?:comments_and_reactions|comments)/[^/]*comments[^/]*\.json|"
    r"(?:media|content)/posts(?:_\d+)?\.json|"
    r"data/tweets?(?:-part\d+)?\.js|"
    r"[^/]+\.(?:csv|tsv))",
    re.IGNORECASE,
)
"""Members of an archive that are read: posts, own comments and tables. Messages, contacts and the like are not even unpacked."""


@dataclass(frozen=True, slots=True)
class Named:
    """Records under the names of their template, header -> target, the template (None: unknown), where they come from, what was odd."""

    frame: pl.DataFrame
    mapping: Mapping[str, str]
    template: str | None
    provenance: Provenance
    problems: tuple[Problem, ...]


def read_named(path: Path, *, licence: str | None = None, sheet: str | None = None, author: bool = False) -> Named:
    """The records of a file or archive. `author` keeps the names of people who wrote posts. Errors as of `read_records`."""
    if path.suffix.lower() == ZIP:
        return _archive(path, licence, author=author)
    found, template = _with_template(path, licence, sheet)
    return _named(found, template, author=author)


@dataclass(frozen=True, slots=True)
class Preview:
    """A dry run: ten rows as they would come in, header -> target, the template's name (None: unknown), and what was odd."""

    rows: pl.DataFrame
    mapping: Mapping[str, str]
    template: str | None
    problems: tuple[Problem, ...]


def preview(path: Path, *, sheet: str | None = None, author: bool = False) -> Preview:
    """What reading this file would give; nothing is stored. Errors as of `read_named`."""
    found = read_named(path, sheet=sheet, author=author)
    return Preview(found.frame.head(ROWS), found.mapping, found.template, (*found.problems, *validity(found.frame)))


def _named(found: Read, template: Template | None, *, author: bool) -> Named:
    if template is None:
        return Named(found.frame, {}, None, found.provenance, found.problems)
    mapping = template.mapping([name for name in found.frame.columns if name != ID])
    told = {header: target for header, target in mapping.items() if author or template.channel is None or target != "author"}
    return Named(mapped(found.frame, template, author=author), told, template.name, found.provenance, found.problems)


def _with_template(path: Path, licence: str | None, sheet: str | None) -> tuple[Read, Template | None]:
    """A workbook's first sheet that holds rows, unless another one is of a platform and that is not."""
    found = read_records(path, licence=licence, sheet=sheet)
    template = _template(found)
    others = next((one.places for one in found.problems if one.what == OTHER_SHEET), ()) if template is None and sheet is None else ()
    for name in others:
        try:
            other = read_records(path, licence=licence, sheet=name)
        except InvalidInput:
            continue
        if (known := _template(other)) is not None and known.channel is not None:
            return other, known
    return found, template


def _template(found: Read) -> Template | None:
    return recognise([name for name in found.frame.columns if name != ID])


def _archive(path: Path, licence: str | None, *, author: bool) -> Named:
    """The posts and tables of an archive as one; what is of no platform is left out."""
    digest = digest_of(path, MOST_PACKED)
    frames: list[pl.DataFrame] = []
    problems: list[Problem] = []
    mapping: dict[str, str] = {}
    names: list[str] = []
    with tempfile.TemporaryDirectory(prefix="nova-export-") as folder:
        for member, file in _members(path, Path(folder)):
            try:
                found, template = _with_template(file, licence, None)
            except NovaError as error:
                problems.append(Problem(f"{member}: {error.message}", 1, ()))
                continue
            if template is not None and template.channel is not None:
                one = _named(found, template, author=author)
                frames.append(one.frame)
                problems += (replace(each, what=f"{member}: {each.what}") for each in one.problems)
                mapping |= one.mapping
                names.append(template.name)
    if not frames:
        raise UnsupportedFile("In diesem Archiv ist kein Export, den Nova kennt.")
    frame = pl.concat(frames, how="diagonal_relaxed")
    turn = pl.int_range(1, pl.len() + 1).over(ID)
    frame = frame.with_columns(pl.when(turn > 1).then(pl.col(ID) + "#" + turn.cast(pl.String)).otherwise(pl.col(ID)).alias(ID))
    where = Provenance(path.name, licence, digest.at, digest.sha256, frame.height, "zip")
    return Named(frame, mapping, ", ".join(dict.fromkeys(names)), where, tuple(problems))


def _members(path: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """Members that are read, by name, each as a file of a name of ours; none of an archive that is a bomb or whose names play tricks."""
    try:
        with zipfile.ZipFile(path) as packed:
            listed = packed.infolist()
            if len(listed) > MOST_ENTRIES:
                raise TooLarge(f"Das Archiv hat mehr als {MOST_ENTRIES} Teile.")
            wanted = sorted((one for one in listed if _TAKEN.fullmatch(one.filename)), key=lambda one: one.filename)
            if len({one.filename for one in wanted}) < len(wanted) or any(_odd(one.filename) for one in wanted):
                raise InvalidInput(DAMAGED)
            left = MOST_TAKEN
            for number, entry in enumerate(wanted):
                file = folder / f"{number}{Path(entry.filename).suffix.lower()}"
                left -= _unpack(packed, entry, file, min(left, MOST_MEMBER))
                yield entry.filename, file
                file.unlink()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise InvalidInput(DAMAGED) from error


def _odd(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/") or not name.isprintable()


def _unpack(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, file: Path, most: int) -> int:
    """Write a member out; its bytes. TooLarge where it is more than told, allowed, or believable for what is packed."""
    if entry.file_size > most or entry.file_size > PIECE + entry.compress_size * MOST_RATIO:
        raise TooLarge(f"Das Archiv ist entpackt größer, als Nova liest ({size(MOST_TAKEN)}).")
    done = 0
    with packed.open(entry) as part, file.open("wb") as target:
        while piece := part.read(PIECE):
            done += len(piece)
            if done > entry.file_size:
                raise InvalidInput(DAMAGED)
            target.write(piece)
    return done
