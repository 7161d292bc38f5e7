"""Drafts of letters, as the flows see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Quote:
    """What a sentence of the answer rests on: its number there, its token in the text, the document, the place in it and the words."""

    number: int
    token: str
    title: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What a draft says. `answer` carries a token after each supported sentence, as answers are stored; `signed` may be empty."""

    company: str
    day: date
    question: str
    answer: str
    quotes: Sequence[Quote]
    signed: str


class LetterWriter(Protocol):
    """Makes a file of a letter."""

    def write(self, letter: Letter) -> bytes:
        """The file."""
        ...
