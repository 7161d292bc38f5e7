"""The same record twice: the same text but for case, spaces and the signs at its ends, and the same in every further column."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from nova.errors import InvalidInput
from nova.seeding.columns import as_text, compared_columns
from nova.seeding.step import ID, REMOVED, Done, changes

_TEXT, _ROW, _COMPLETE, _PATTERN, _KEPT = "__text", "__row", "__complete", "__pattern", "__kept"
_PATTERNS = 64


@dataclass(frozen=True, slots=True)
class Exact:
    """Removes records that a kept one repeats; columns of provenance do not count, and an empty column contradicts nothing.

    Kept is the most complete record, of equals the one with the smallest id; whatever a removed record says, its kept record says too.
    """

    text: str = "text"
    name: str = "exact"

    def __call__(self, frame: pl.DataFrame) -> Done:
        """Kept and removed records; `InvalidInput` where the frame has no such text."""
        return self.among(frame, None)

    def among(self, frame: pl.DataFrame, patterns: Sequence[str] | None) -> Done:
        """The same for those of all records that have one of some keys; `patterns`: the ways of being empty among repeated texts of all."""
        columns = compared_columns(frame, self.text)
        same, distinct = _parted(self._table(frame).sort([-pl.col(_COMPLETE), pl.col(ID)]), columns)
        covered = _covered(_repeated(distinct, columns), columns, patterns)
        heads = dict(covered.iter_rows())
        pairs = pl.concat([same.select(_ROW, _KEPT), covered]).with_columns(pl.col(_KEPT).replace(heads))
        return self._done(frame, pairs.sort(_ROW))

    def keys(self, frame: pl.DataFrame) -> pl.Series:
        """A hash for each record, equal where one may repeat the other; null where it is compared with none."""
        columns = compared_columns(frame, self.text)
        texts = frame.select(self._plain())[self.text]
        silent = frame.filter(texts.is_null() & pl.all_horizontal(pl.col(columns).is_not_null())) if columns else frame.clear()
        alone = self._table(silent).select(ID, key=pl.concat_str(pl.lit("\x1f"), *columns, separator="\x1f").hash(5))
        by_columns = frame.select(ID).join(alone, on=ID, how="left", maintain_order="left")["key"]
        return texts.hash(5).set(texts.is_null(), None).zip_with(texts.is_not_null(), by_columns).alias("key")

    def patterns(self, frame: pl.DataFrame) -> list[str]:
        """The ways of being empty among records whose texts are repeated."""
        columns = compared_columns(frame, self.text)
        _, distinct = _parted(self._table(frame).sort([-pl.col(_COMPLETE), pl.col(ID)]), columns)
        return _repeated(distinct, columns)[_PATTERN].unique().to_list()

    def _plain(self) -> pl.Expr:
        """The text as it is compared; null where it says nothing."""
        plain = pl.col(self.text).cast(pl.String).str.to_lowercase().str.replace_all(r"\s+", " ")
        return plain.str.replace_all(r"^[\s\p{P}]+|[\s\p{P}]+$", "").str.replace_all("ß", "ss").replace("", None)

    def _table(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The records that say something, as they are compared."""
        if self.text not in frame.columns:
            raise InvalidInput(f"Die Daten haben keine Spalte „{self.text}“.")
        columns = compared_columns(frame, self.text)
        table = frame.select(pl.col(ID), self._plain().alias(_TEXT), *(as_text(name, frame.schema[name]) for name in columns))
        table = table.with_row_index(_ROW)
        # A text that says nothing is told by the further columns alone, and only where each of them is set.
        alone = pl.all_horizontal(pl.col(columns).is_not_null()) if columns else pl.lit(False)
        table = table.filter(pl.col(_TEXT).is_not_null() | alone).with_columns(pl.col(_TEXT).fill_null(""))
        complete = pl.sum_horizontal(pl.col(columns).is_not_null()) if columns else pl.lit(0)
        return table.with_columns(complete.cast(pl.Int64).alias(_COMPLETE))

    def _done(self, frame: pl.DataFrame, pairs: pl.DataFrame) -> Done:
        gone = np.zeros(len(frame), dtype=np.bool_)
        gone[pairs[_ROW].to_numpy()] = True
        ids = frame[ID]
        kept = ids.gather(pairs[_KEPT])
        removed = pl.DataFrame({"id": ids.gather(pairs[_ROW]), "kept_id": kept}).select(
            "id",
            pl.lit(self.name).alias("step"),
            "kept_id",
            pl.lit(1.0).alias("score"),
            pl.lit("").alias("differs"),
            pl.format("Gleicher Text und gleiche Angaben wie {}.", "kept_id").alias("reason"),
        )
        return Done(frame.filter(~gone), pl.DataFrame(removed, schema=REMOVED), changes())


def _parted(table: pl.DataFrame, columns: list[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows that are equal to an earlier one, with that one; and all others."""
    same = table.filter(pl.struct(_TEXT, *columns).is_duplicated())
    first = same.with_columns(pl.col(_ROW).first().over(_TEXT, *columns).alias(_KEPT)).filter(pl.col(_KEPT) != pl.col(_ROW))
    return first, table.join(first, on=_ROW, how="anti", maintain_order="left")


def _repeated(distinct: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    """Rows whose text others have too, with their way of being empty."""
    repeated = distinct.filter(pl.col(_TEXT).is_duplicated())
    pattern = pl.concat_str(*(pl.col(name).is_not_null().cast(pl.Int8).cast(pl.String) for name in columns)) if columns else pl.lit("")
    return repeated.with_columns(pattern.alias(_PATTERN))


def _covered(repeated: pl.DataFrame, columns: list[str], patterns: Sequence[str] | None) -> pl.DataFrame:
    """Rows with empty columns and the first row that says the same and more; at most `_PATTERNS` ways of being empty are looked at."""
    nothing = pl.DataFrame(schema={_ROW: pl.UInt32, _KEPT: pl.UInt32})
    if repeated.is_empty() or not columns:
        return nothing
    own = repeated[_PATTERN].unique().to_list()
    patterns = sorted(own if patterns is None else patterns, key=lambda bits: (bits.count("1"), bits))
    looked_at = [bits for bits in patterns[:_PATTERNS] if bits in own]
    found = [nothing, *(_covered_by_fuller(repeated, bits, own, columns) for bits in looked_at)]
    # What covers a row has more set than it, so it comes later here, and following it ends.
    heads: dict[int, int] = dict(pl.concat(found).iter_rows())
    for row in reversed(list(heads)):
        heads[row] = heads.get(heads[row], heads[row])
    return pl.DataFrame({_ROW: list(heads), _KEPT: list(heads.values())}, schema=nothing.schema)


def _covered_by_fuller(rows: pl.DataFrame, bits: str, patterns: list[str], columns: list[str]) -> pl.DataFrame:
    """Rows whose set columns are `bits`, and the first row that says the same with more columns set."""
    fuller = [other for other in patterns if other != bits and all(b <= a for b, a in zip(bits, other, strict=True))]
    told = [_TEXT, *(name for name, bit in zip(columns, bits, strict=True) if bit == "1")]
    best = rows.filter(pl.col(_PATTERN).is_in(fuller)).unique(told, keep="first", maintain_order=True)
    lesser = rows.filter(pl.col(_PATTERN) == bits)
    return lesser.join(best.select(*told, pl.col(_ROW).alias(_KEPT)), on=told, how="inner").select(_ROW, _KEPT)
