"""What all records of a run tell of one part of them, so that a step over the part does what it would do over all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from nova.errors import InvalidInput
from nova.seeding.candidates import Pairs
from nova.seeding.columns import Columns
from nova.seeding.texts.ends import Ends, parted
from nova.seeding.texts.facts import Tokens, tokens_of


@dataclass(frozen=True, slots=True)
class Known:
    """`pairs` of rows of the part that may be duplicates; how often words occur in all records (`word`, `count`; once where it is not
    there), which short words stand somewhere with a full stop, and all values of columns in which records of a pair differ.
    """

    pairs: Pairs
    counts: pl.DataFrame
    dotted: frozenset[str] = frozenset()
    contested: Sequence[str] = ()

    def counted(self, tokens: Tokens) -> Tokens:
        """The tokens, with how often each word occurs in all records."""
        return with_counts(tokens, self.counts)


def with_counts(tokens: Tokens, counts: pl.DataFrame) -> Tokens:
    """Tokens with counts of their words (`word`, `count`); what is not there occurs once."""
    words = pl.DataFrame({"word": tokens.words}, schema={"word": pl.String})
    found = words.join(counts, on="word", how="left", maintain_order="left")["count"].fill_null(1)
    return replace(tokens, counts=found.cast(pl.Int64).to_numpy())


def word_counts(tokens: Tokens) -> pl.DataFrame:
    """How often each word that is no fact occurs (`word`, `count`)."""
    told = pl.DataFrame({"word": tokens.words, "count": tokens.counts}, schema={"word": pl.String, "count": pl.Int64})
    return told.filter(~pl.Series(tokens.is_fact) & (pl.Series(tokens.counts) > 0))


def all_counts(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Counts of parts as counts of all, without the words that occur once, in the order of words."""
    return pl.concat(parts).group_by("word").agg(pl.col("count").sum()).filter(pl.col("count") > 1).sort("word")


@dataclass(frozen=True, slots=True)
class Compared:
    """Records as they are compared: texts, the same without what stands around them, their tokens, and the further columns."""

    texts: pl.Series
    ends: Ends
    tokens: Tokens
    columns: Columns

    @classmethod
    def of(cls, frame: pl.DataFrame, text: str, language: str, known: Known | None = None) -> "Compared":
        """Of records, or of a part of all; `InvalidInput` where they have no such text."""
        if text not in frame.columns:
            raise InvalidInput(f"Die Daten haben keine Spalte „{text}“.")
        texts = frame[text].cast(pl.String)
        ends = parted(texts)
        tokens = tokens_of(ends.texts, frame[language] if language in frame.columns else None)
        return cls(texts, ends, known.counted(tokens) if known else tokens, Columns.of(frame, text, language))
