"""The further columns of records, compared: what says where a record came from counts for nothing, anything else that is set must agree."""

import re
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from nova.seeding.step import ID
from nova.seeding.texts.facts import codes_of, folded, tokens_of

_PROVENANCE = re.compile(
    r"(?:data_?)?(?:source|quelle|bron|herkunft|origin|channel|kanal|kanaal|feed|file|datei|bestand|filename|path|pfad|url|batch|lieferung|"
    r"delivery|licen[cs]e|lizenz|sha256|hash|row|zeile|line|import|provenance)(?:_?(?:id|name|system|file|row|url|path|hash|system))?|"
    r"(?:created|imported|fetched|ingested|updated|modified|received|loaded|crawled|erstellt|importiert|geholt|geladen|aktualisiert|"
    r"eingegangen|empfangen|geaendert|geändert|aangemaakt|ontvangen|bijgewerkt)(?:_?(?:at|on|am|um|op|ts|time|date|datum|zeit))?"
)

_READABLE = r"^\s*(?:[€$]|eur|EUR)?\s*[-+]?\d[\d.,'’ /-]*\s*(?:\p{L}{1,4}|€|m³|%|ct/kWh)?\s*$"
_TO_READ = r"[.,€$\s]|\d[\p{L}%]|^0\d"


def is_provenance(name: str) -> bool:
    """Whether a column's name says that it tells where or when a record was collected, not what it says."""
    return _PROVENANCE.fullmatch(name.strip().lower()) is not None


def compared_columns(frame: pl.DataFrame, text: str) -> list[str]:
    """The columns besides id and text that make two records differ."""
    return [name for name in frame.columns if name not in (ID, text) and not is_provenance(name)]


def as_text(name: str, kind: pl.DataType) -> pl.Expr:
    """A column's values as folded text without signs; null where nothing is said."""
    column = pl.col(name)
    if kind.is_nested():
        column = pl.struct(name).struct.json_encode()
    plain = folded(column.cast(pl.String))
    if kind == pl.String:
        bare = plain.str.replace_all(r"(\d)[.,](\d)", "$1·$2").str.replace_all(r"[^\p{L}\p{N}·]", "")
        signed = plain.str.contains(r"^\s*[-+]?\d+(?:[.,]\d+)*\s*$")
        plain = pl.when(signed).then(plain.str.strip_chars()).otherwise(bare)
    return pl.when(plain != "").then(plain).alias(name)


@dataclass(frozen=True, slots=True)
class Columns:
    """`values`, `digits`: a row per column, codes of what is set and of its digits (-1: nothing set, -2: must be equal)."""

    names: list[str]
    frame: pl.DataFrame
    values: NDArray[np.int64]
    digits: NDArray[np.int64]

    @classmethod
    def of(cls, frame: pl.DataFrame, text: str, language: str | None = None) -> "Columns":
        """The compared columns of a frame; the column `language` says how "1.234" is meant."""
        names = compared_columns(frame, text)
        values = np.full((len(names), len(frame)), -1, dtype=np.int64)
        digits = np.full((len(names), len(frame)), -2, dtype=np.int64)
        for place, name in enumerate(names):
            plain = frame.select(as_text(name, frame.schema[name])).to_series()
            if frame.schema[name] == pl.String:
                plain = _in_one_form(plain, frame[name], frame[language] if language in frame.columns else None)
            values[place] = codes_of(plain)
            if frame.schema[name] == pl.String:
                wordy = frame[name].str.contains(r"\p{L}.*\s|\s.*\p{L}|^[^\d]*$").fill_null(False).to_numpy()
                digits[place] = np.where(wordy, codes_of(plain.str.replace_all(r"\D", "")), -2)
        return cls(names, frame.select(names), values, digits)

    def complete(self) -> NDArray[np.int64]:
        """How many columns each row has set."""
        counts: NDArray[np.int64] = (self.values >= 0).sum(axis=0).astype(np.int64)
        return counts

    def may_meet(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.bool_]:
        """For pairs of rows: false where a number, date or identifier that both have set differs."""
        meets = np.ones(len(left), dtype=np.bool_)
        for value, digit in zip(self.values, self.digits, strict=True):
            first, second = value[left], value[right]
            differ = (first != second) & (first >= 0) & (second >= 0)
            hard = (digit[left] == -2) | (digit[right] == -2) | (digit[left] != digit[right])
            meets &= ~(differ & hard)
        return meets

    def contested(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> list[str]:
        """The different values, each once, that differ in a column between the rows of a pair."""
        found: set[str] = set()
        for place, name in enumerate(self.names):
            first, second = self.values[place][left], self.values[place][right]
            differ = (first != second) & (first >= 0) & (second >= 0)
            rows = np.unique(np.concatenate([left[differ], right[differ]]))
            found.update(map(str, self.frame[name].gather(rows).to_list()))
        return sorted(found)

    def covers(self, kept: int, removed: int) -> bool:
        """Whether the kept row has set whatever the removed one has."""
        return not bool(((self.values[:, removed] >= 0) & (self.values[:, kept] < 0)).any())

    def lacking(self, kept: int, removed: int) -> list[str]:
        """The removed row's values in columns that the kept row has not set."""
        places = np.flatnonzero((self.values[:, removed] >= 0) & (self.values[:, kept] < 0)).tolist()
        return [str(self.frame[removed, place]) for place in places]

    def differing(self, left: int, right: int) -> list[tuple[str, str]]:
        """The values of both rows where their columns are both set and not the same."""
        first, second = self.values[:, left], self.values[:, right]
        places = np.flatnonzero((first != second) & (first >= 0) & (second >= 0)).tolist()
        return [(str(self.frame[left, place]), str(self.frame[right, place])) for place in places]


def _in_one_form(plain: pl.Series, written: pl.Series, languages: pl.Series | None) -> pl.Series:
    """Cells that are one number, amount or day in one form, euros without their sign; whole numbers without zeros in front."""
    odd = written.str.contains(_READABLE) & written.str.contains(_TO_READ)
    places = odd.fill_null(False).arg_true()
    if not len(places):
        return plain
    some = pl.DataFrame({"text": written.gather(places)}).with_columns(
        lang=pl.lit(None, pl.String) if languages is None else languages.gather(places).cast(pl.String)
    )
    distinct = some.unique(maintain_order=True)
    tokens = tokens_of(distinct["text"], distinct["lang"])
    single = np.flatnonzero(np.diff(tokens.starts) == 1)
    forms = tokens.words.gather(tokens.codes[tokens.starts[single]]).str.replace(" EUR$", "").str.replace(r"^0+(\d)", "$1")
    told = distinct[single.tolist()].with_columns(
        form=forms.str.replace_all("[.]", "·").str.replace(r"^(\d{4})-(\d{2})-(\d{2})$", "$1$2$3")
    )
    read = some.join(told, on=["text", "lang"], how="left", nulls_equal=True, maintain_order="left")["form"]
    return plain.clone().scatter(places, read.fill_null(plain.gather(places)))
