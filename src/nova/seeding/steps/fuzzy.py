"""Duplicates in another writing: typos, other forms of numbers and dates, greetings and signatures; a fact is never merged away."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from rapidfuzz import fuzz

from nova.errors import InvalidInput
from nova.seeding.candidates import Pairs, candidate_pairs
from nova.seeding.columns import Columns
from nova.seeding.compare import Values, Writings, differ_plainly, differences
from nova.seeding.known import Compared, Known
from nova.seeding.step import ID, Done, changes, removals
from nova.seeding.texts.ends import Ends
from nova.seeding.texts.facts import Tokens


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Removes records whose text is a kept one's in another writing, and whose further columns do not contradict it.

    `threshold` is the least likeness of the letters (0 to 1), of the bare words
    where greetings or another order make the texts unlike; `block` the size up to which records with the same facts are
    all compared.
    Kept is the most complete record, of equals the one with the fewest words that no other record has, then the smallest id.
    """

    text: str = "text"
    language: str = "lang"
    threshold: float = 0.5
    block: int = 12
    name: str = "fuzzy"

    def __post_init__(self) -> None:
        if not 0 <= self.threshold <= 1:
            raise InvalidInput(f"Der Schwellwert für ähnliche Datensätze muss zwischen 0 und 1 liegen, nicht {self.threshold}.")

    def __call__(self, frame: pl.DataFrame) -> Done:
        """Kept and removed records; `InvalidInput` where the frame has no such text."""
        return self.among(frame, None)

    def among(self, frame: pl.DataFrame, known: Known | None) -> Done:
        """The same for a part of all records, of which `known` tells."""
        read = Compared.of(frame, self.text, self.language, known)
        left, right = self._meet(read, known)
        writings = Writings(read.tokens, read.ends.texts, known.dotted if known else None)
        values = Values(known.contested if known else read.columns.contested(left, right))
        rank = ranks(frame, read.columns, read.tokens, read.ends)
        heads = stars(left, right, rank, _Judge(writings, read.columns, read.ends, values))
        return self._done(frame, read.texts, heads, writings)

    def contested(self, frame: pl.DataFrame, known: Known) -> list[str]:
        """The values of columns that have to be compared, of a part of all records."""
        read = Compared.of(frame, self.text, self.language, known)
        return read.columns.contested(*self._meet(read, known))

    def _meet(self, read: Compared, known: Known | None) -> Pairs:
        left, right = known.pairs if known else candidate_pairs(read.tokens, self.block)
        meets = read.columns.may_meet(left, right) & read.ends.may_meet(left, right) & ~differ_plainly(read.tokens, left, right)
        return left[meets], right[meets]

    def _done(self, frame: pl.DataFrame, texts: pl.Series, heads: dict[int, int], writings: Writings) -> Done:
        ids, written = frame[ID].to_list(), texts.gather(sorted({*heads, *heads.values()}))
        by_row = dict(zip(sorted({*heads, *heads.values()}), written.to_list(), strict=True))
        rows: list[dict[str, Any]] = []
        gone = np.zeros(len(frame), dtype=np.bool_)
        for row, head in sorted(heads.items()):
            score = fuzz.ratio(by_row[head].lower(), by_row[row].lower()) / 100
            if score < self.threshold:
                score = fuzz.token_sort_ratio(writings.bare(head), writings.bare(row)) / 100
            if score < self.threshold:
                continue
            gone[row] = True
            rows.append(
                {
                    "id": ids[row], "step": self.name, "kept_id": ids[head], "score": round(score, 4),
                    "differs": differences(by_row[head], by_row[row]),
                    "reason": f"Gleicher Inhalt wie {ids[head]} in anderer Schreibweise; Zahlen, Daten und Namen stimmen überein.",
                }
            )  # fmt: skip
        return Done(frame.filter(~gone), removals(rows), changes())


class _Judge:
    """Whether a row may be removed for another."""

    def __init__(self, writings: Writings, columns: Columns, ends: Ends, values: Values) -> None:
        self._writings = writings
        self._columns = columns
        self._ends = ends
        self._values = values

    def __call__(self, kept: int, removed: int) -> bool:
        if not self._ends.covers(kept, removed) or not self._writings.same(kept, removed):
            return False
        if not all(self._writings.says(kept, value) for value in self._columns.lacking(kept, removed)):
            return False
        return all(self._values.same(first, second) for first, second in self._columns.differing(kept, removed))


def ranks(frame: pl.DataFrame, columns: Columns, tokens: Tokens, ends: Ends) -> NDArray[np.int64]:
    """The order in which records are preferred: the most complete first, then what has a tag, addressee or signature, then the fewest words
    that no other has, then the smallest id.
    """
    alone = np.concatenate([np.zeros(1, np.int64), np.cumsum(((tokens.counts == 1) & ~tokens.is_fact)[tokens.codes])])
    rare = alone[tokens.starts[1:]] - alone[tokens.starts[:-1]]
    table = pl.DataFrame({"complete": -columns.complete(), "ends": -ends.count(), "alone": rare, "id": frame[ID]})
    order = table.with_row_index("row").sort("complete", "ends", "alone", "id")["row"].to_numpy()
    rank = np.empty(len(frame), dtype=np.int64)
    rank[order] = np.arange(len(frame))
    return rank


def stars(left: NDArray[np.int64], right: NDArray[np.int64], rank: NDArray[np.int64], judge: Callable[[int, int], bool]) -> dict[int, int]:
    """Each removed row with the kept row it was itself judged against.

    Pairs are met in the order of rank; a pair with a removed row stands for one with that row's kept row.
    """
    first = np.where(rank[left] < rank[right], left, right)
    second = left + right - first
    order = np.lexsort((rank[second], rank[first]))
    pairs: Iterable[tuple[int, int]] = zip(first[order].tolist(), second[order].tolist(), strict=True)
    heads: dict[int, int] = {}
    refused: set[tuple[int, int]] = set()
    for one, other in pairs:
        head = heads.get(one, one)
        if other in heads or (head, other) in refused:
            continue
        if judge(head, other):
            heads[other] = head
        elif head != one:
            refused.add((head, other))
    return heads
