"""What was found out of a word is remembered, but of none that is longer than words are: a memory of such would be without bound."""

from collections.abc import Callable
from functools import lru_cache
from typing import Generic, TypeVar

Found = TypeVar("Found")
LONGEST = 64


class Remembered(Generic[Found]):
    """A function of one word, with what it gave for the last `most` of them."""

    def __init__(self, work: Callable[[str], Found], most: int) -> None:
        self._work = work
        self.kept = lru_cache(maxsize=most)(work)

    def __call__(self, word: str, /) -> Found:
        """What it gives for a word; of one of more than 64 signs it is found out anew."""
        return self.kept(word) if len(word) <= LONGEST else self._work(word)


def remembered(most: int) -> Callable[[Callable[[str], Found]], Remembered[Found]]:
    """As `functools.lru_cache`, for functions of one word that anybody may have written."""
    return lambda work: Remembered(work, most)
