"""Rows to learn from and rows to be measured by in, which of these stand in those out: word for word, nearly, or by whose they are.

No row is compared with all: equal texts meet by their hash, like ones by their rare words in an inverted index (a product of sparse
matrices), and only those few are looked at. Numbers and provisions decide: rows that ask for other ones are other questions.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from nova.training.pairing import Text, kind_of, texts_of

MOST_OF_A_KIND = 20
"""Pairs told of one test row and kind; whoever has more has these."""
_CANDIDATES, _BLOCK, _LEAST, _COMMON, _RAREST = 12, 256, 0.2, 0.25, 20
_NOBODY = frozenset({"", "-", "0", "none", "null", "nan", "n/a", "na", "anonym", "anonymous", "unbekannt", "unknown", "keine", "?"})
_GROUPS = ("person", "session", "template")
_ORDER = ("verbatim", "near", "paraphrase", "contained", *_GROUPS, "canary")
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Leak:
    """A row of `test` and the row of `train` that gives it away (one of them may be missing where a mark is found), how, and how sure."""

    train: str | None
    test: str | None
    kind: str
    score: float


@dataclass(frozen=True, slots=True)
class Leaks:
    """All pairs in the order of the test rows; `canaries` says of each mark how often it stands on either side."""

    pairs: tuple[Leak, ...]
    canaries: list[dict[str, Any]] = field(default_factory=list)

    @property
    def leaked(self) -> set[str]:
        """The ids of test rows that stand in `train` in any way."""
        return {one.test for one in self.pairs if one.test is not None and one.train is not None}

    @property
    def kinds(self) -> dict[str, int]:
        """How many pairs there are of each kind."""
        return dict(Counter(one.kind for one in self.pairs))

    def repeated(self, most: int) -> list[dict[str, Any]]:
        """The marks that stand more often in `train` than they may, or on both sides, as in `canaries`."""
        return [one for one in self.canaries if one["train"] > most or (one["train"] and one["test"])]


def find_leaks(train: Sequence[Row], test: Sequence[Row], marks: Sequence[str] = ()) -> Leaks:
    """What of `test` stands in `train`; rows have `id, question, answer` and, where they are known, `person, session, template`."""
    found = [*_same_groups(train, test), *_same_texts(train, test)]
    told, counts = _marked(train, test, marks)
    place = {row["id"]: at for at, row in reversed(list(enumerate(test)))}
    found.sort(key=lambda one: (place[one.test or ""], _ORDER.index(one.kind), -one.score))
    return Leaks((*found, *told), counts)


def _same_groups(train: Sequence[Row], test: Sequence[Row]) -> Iterator[Leak]:
    for name in _GROUPS:
        by_value: dict[str, list[str]] = defaultdict(list)
        for row in train:
            value = _named(row.get(name, ""))
            if value and len(by_value[value]) < MOST_OF_A_KIND:
                by_value[value].append(row["id"])
        for row in test:
            for one in by_value.get(_named(row.get(name, "")), ()):
                yield Leak(one, row["id"], name, 1.0)


def _named(value: str) -> str:
    plain = " ".join(value.casefold().split())
    return "" if plain in _NOBODY else plain


def _same_texts(train: Sequence[Row], test: Sequence[Row]) -> Iterator[Leak]:
    first, second = texts_of(train, test)
    equal = _by_key(first)
    near = [_nearest(list(map(part, first)), list(map(part, second))) for part in (_question, _answer, _both)]
    for at, text in enumerate(second):
        among = {other for key in text.keys for other in equal.get(key, ())}.union(*(one[at] for one in near))
        for other, kind, score in _told(text, first, among):
            yield Leak(train[other]["id"], test[at]["id"], kind, score)


def _by_key(texts: Sequence[Text]) -> dict[str, list[int]]:
    """The rows that hold each key, as many of them as may be told."""
    found: dict[str, list[int]] = defaultdict(list)
    for at, text in enumerate(texts):
        for key in text.keys:
            if len(found[key]) < 4 * MOST_OF_A_KIND:
                found[key].append(at)
    return found


def _told(text: Text, train: Sequence[Text], among: Iterable[int]) -> Iterator[tuple[int, str, float]]:
    """The rows that give a text away, the surest first, and of each kind only so many."""
    judged = [(other, *found) for other in among if (found := kind_of(text, train[other]))]
    counts: Counter[str] = Counter()
    for other, kind, score in sorted(judged, key=lambda one: (-one[2], one[0])):
        counts[kind] += 1
        if counts[kind] <= MOST_OF_A_KIND:
            yield other, kind, score


def _question(text: Text) -> Sequence[str]:
    return text.question


def _answer(text: Text) -> Sequence[str]:
    return text.answer


def _both(text: Text) -> Sequence[str]:
    return (*text.question, *text.answer)


def _nearest(train: Sequence[Sequence[str]], test: Sequence[Sequence[str]]) -> list[list[int]]:
    """For each test row the training rows whose rare words are most like its own."""
    counts = Counter(word for row in train for word in set(row))
    most = max(50.0, _COMMON * len(train))
    kept = [word for word, count in counts.items() if count <= most]
    index = {word: at for at, word in enumerate(kept)}
    weights = np.log(1 + len(train) / np.array([counts[word] for word in kept] or [1]))
    left, right = _matrix(test, index, weights, _RAREST), _matrix(train, index, weights).T.tocsr()
    found: list[list[int]] = []
    for start in range(0, left.shape[0], _BLOCK):
        product = (left[start : start + _BLOCK] @ right).tocsr()
        for row in range(product.shape[0]):
            begin, end = product.indptr[row], product.indptr[row + 1]
            found.append(_best(product.indices[begin:end], product.data[begin:end]))
    return found


def _best(places: NDArray[np.int32], values: NDArray[np.float64]) -> list[int]:
    if len(values) > _CANDIDATES:
        chosen = np.argpartition(values, -_CANDIDATES)[-_CANDIDATES:]
        places, values = places[chosen], values[chosen]
    result: list[int] = places[values >= _LEAST].tolist()
    return result


def _matrix(rows: Sequence[Sequence[str]], index: Mapping[str, int], weights: NDArray[np.float64], most: int | None = None) -> Any:
    """Rows of unit length over the words of the index; `most`: their rarest ones only."""
    starts, places = [0], list[int]()
    values: list[float] = []
    for row in rows:
        own = sorted({index[word] for word in row if word in index}, key=lambda at: -weights[at])[:most]
        length = float(np.sqrt((weights[own] ** 2).sum())) if own else 1.0
        places += own
        values += (weights[own] / length).tolist() if own else []
        starts.append(len(places))
    return sp.csr_matrix((values, places, starts), shape=(len(rows), max(1, len(index))), dtype=np.float64)


def _marked(train: Sequence[Row], test: Sequence[Row], marks: Sequence[str]) -> tuple[list[Leak], list[dict[str, Any]]]:
    """Where marks stand, however they are spaced and spelt, and how often each does."""
    found: list[Leak] = []
    counts: list[dict[str, Any]] = []
    first, second = (_bare_texts(rows) if marks else [] for rows in (train, test))
    for mark in marks:
        there, held = (_holding(side, _bare(mark)) for side in (first, second))
        counts.append({"canary": mark, "train": sum(there.values()), "test": sum(held.values())})
        found += [Leak(one, other, "canary", 1.0) for one, other in _paired(list(there), list(held))]
    return found, counts


def _bare_texts(rows: Sequence[Row]) -> list[tuple[str, str]]:
    return [(row["id"], _bare(f"{row['question']} {row['answer']}")) for row in rows]


def _holding(side: Sequence[tuple[str, str]], bare: str) -> dict[str, int]:
    """How often each row holds a mark, of those that do."""
    return {id_: text.count(bare) for id_, text in side if bare in text}


def _paired(there: Sequence[str], held: Sequence[str]) -> list[tuple[str | None, str | None]]:
    """Each row that holds a mark, beside one of the other side where there is any."""
    first, second = (rows[0] if rows else None for rows in (there, held))
    pairs: list[tuple[str | None, str | None]] = [(one, second) for one in there[: 5 * MOST_OF_A_KIND]]
    return pairs + [(first, one) for one in held[1 if there else 0 : 5 * MOST_OF_A_KIND]]


def _bare(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
