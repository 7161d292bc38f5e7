"""A question and lines that others asked in, the lines that are nearest to it out: by words, pieces of words, and what words stand for.

Each text becomes a vector of its stems, of the stems of what its words stand for in the vocabulary, and of pieces of its words, so that
"abgeknipst" still meets "abgeklemmt". Every sign counts by how rare it is among all lines; nearness is the cosine.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from nova.language.fold import form, raw_words
from nova.language.stems import is_stop, stem

WORDS, MEANT, PIECES, SMALL = 1.0, 0.7, 0.45, 0.25  # what a stem, one it stands for, a piece of a word and a word of no content count
SHORTEST = 4
WORD = "w:"  # how the sign of a word begins
FEW = 0.5  # of the rarest word: what is added to the words of a text, so that sharing the only one says less than sharing all of ten
STRANGE = 0.6  # what a word that no line holds counts, of the rarest one that is held
_LETTERS = re.compile(r"[a-z]+")
Meanings = Callable[[str], Iterable[tuple[str, float]]]
"""The stems that the words of a text stand for, each with its share."""


@dataclass(frozen=True)
class Nearest:
    """Lines as rows of a matrix of signs; `owners` says whose line each is."""

    rows: csr_matrix
    places: Mapping[str, int]
    rarities: NDArray[np.float32]
    owners: NDArray[np.int32]
    meanings: Meanings

    @staticmethod
    def of(lines: Sequence[tuple[int, str]], meanings: Meanings) -> "Nearest":
        """The matrix of lines, each with the number of its owner."""
        return Nearest.made([(owner, signs(text, meanings)) for owner, text in lines], meanings)

    @staticmethod
    def made(lines: Sequence[tuple[int, Mapping[str, float]]], meanings: Meanings) -> "Nearest":
        """The matrix of lines whose signs are known."""
        found = [one for _, one in lines]
        held = Counter(sign for one in found for sign in one)
        places = {sign: at for at, sign in enumerate(held)}
        rarities = np.array([math.log(1 + len(lines) / count) for count in held.values()], np.float32)
        rows, columns, values = [], [], []
        for at, one in enumerate(found):
            weights = _weighed(one, places, rarities)
            rows += [at] * len(weights)
            columns += list(weights)
            values += list(weights.values())
        shape = (len(lines), len(places))
        matrix = csr_matrix((np.array(values, np.float32), (rows, columns)), shape=shape)
        return Nearest(matrix, places, rarities, np.array([owner for owner, _ in lines], np.int32), meanings)

    def near(self, text: str) -> NDArray[np.float32]:
        """How near a text is to each line, 0 to 1."""
        return self.near_to(signs(text, self.meanings))

    def near_to(self, found: Mapping[str, float]) -> NDArray[np.float32]:
        """The same for a text whose signs are known."""
        weights = _weighed(found, self.places, self.rarities, STRANGE)
        vector = np.zeros(len(self.places), np.float32)
        for place, value in weights.items():
            if place >= 0:
                vector[place] = value
        near: NDArray[np.float32] = self.rows @ vector
        return near

    def spoken_by(self, groups: NDArray[np.int32], count: int) -> csr_matrix:
        """Which groups of lines hold which word: a row of ones for each of `count` groups; `groups` says whose each line is."""
        lines = self.rows.shape[0]
        ones = np.ones(lines, np.float32)
        held = (csr_matrix((ones, (groups, np.arange(lines))), shape=(count, lines)) @ self.rows).tocsr()
        held.data[:] = 1.0
        return held

    def shares(self, found: Mapping[str, float], held: csr_matrix) -> NDArray[np.float32]:
        """For each group the share of a text's words, each counted by how rare it is, that its lines hold, too."""
        most = float(self.rarities.max(initial=1.0))
        total = FEW * most
        vector = np.zeros(len(self.places), np.float32)
        for sign, weight in found.items():
            if sign.startswith(WORD):
                at = self.places.get(sign)
                value = weight * (most if at is None else float(self.rarities[at]))
                total += value
                if at is not None:
                    vector[at] = value
        shares: NDArray[np.float32] = (held @ vector) / total
        return shares


def signs(text: str, meanings: Meanings) -> dict[str, float]:
    """The signs of a text, each with its weight."""
    found: dict[str, float] = {}
    for raw in raw_words(text):
        word = form(raw)
        small = is_stop(word)
        root = stem(word)
        _put(found, f"{WORD}{root}", SMALL if small else WORDS)
        if not small and _LETTERS.fullmatch(word) and len(word) >= SHORTEST:
            whole = f".{word[:24]}."
            pieces = [whole[at : at + SHORTEST] for at in range(len(whole) - SHORTEST + 1)]
            for piece in pieces:
                _put(found, f"p:{piece}", PIECES / math.sqrt(len(pieces)) * 1.6)
    for root, share in meanings(text):
        _put(found, f"{WORD}{root}", MEANT * share)
    return found


def _put(found: dict[str, float], sign: str, weight: float) -> None:
    found[sign] = max(weight, found.get(sign, 0.0))


def _weighed(
    found: Mapping[str, float], places: Mapping[str, int], rarities: NDArray[np.float32], unknown: float = 0.0
) -> dict[int, float]:
    """Signs by place with their weights, of length 1; what no line holds counts in the length only (below 0)."""
    most = float(rarities.max()) if len(rarities) else 1.0
    weights: dict[int, float] = {}
    for number, (sign, weight) in enumerate(found.items(), 1):
        at = places.get(sign)
        if at is not None:
            weights[at] = weight * float(rarities[at])
        elif unknown and sign.startswith(WORD):
            weights[-number] = weight * most * unknown
    length = math.sqrt(sum(value * value for value in weights.values())) or 1.0
    return {at: value / length for at, value in weights.items()}
