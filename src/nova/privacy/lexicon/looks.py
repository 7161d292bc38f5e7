"""A word in, how much its letters alone look like those of somebody's name out. `scripts/word_looks.py` learns it from the lists here."""

import math
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from nova.privacy.lexicon import unpacked

FILE = "looks.txt.gz"
FOLDER = Path(__file__).parent
SIZES, LONGEST, STEP, MOST = (2, 3, 4), 24, 1.5, 4


def pieces(word: str) -> list[str]:
    """The pieces of two to four letters of a word in small letters, its beginning and its end marked."""
    marked = f"^{word[:LONGEST]}$"
    return [marked[at : at + size] for size in SIZES for at in range(len(marked) + 1 - size)]


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, float]:
    """What each piece says for a name; "" says how frequent names are."""
    lines = unpacked(FILE).splitlines()
    return {piece: float(weight) for piece, weight in (line.split("\t") for line in lines)}


def looks(word: str) -> int:
    """From -4 (a thing by its letters) to 4 (a name)."""
    told = _weights()
    whole = math.fsum((told[""], *(told.get(piece, 0.0) for piece in set(pieces(word)))))
    return max(-MOST, min(MOST, round(whole / STEP)))
