"""A folded question in, its clauses out: each asks for something of its own and keeps its places in the whole text."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nova.energy.explain.parse.places import Place, is_free

_CUT = re.compile(r"\s*(?:,(?!\s*(?:weil|wenn|damit|obwohl|dass)\b)|[;?!&]|(?<=[a-z]{3})\.(?=\s)|\b(?:und|sowie|ausserdem|plus)\b)\s*")
_ASKING = re.compile(r"\b(?:wie|was|wann|wer|welche\w*|warum|weshalb|wieso|gab|gibt|ist|war|hat|haben|fehl\w+)\b")


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands from `start` to `end` of a question; `text` has blanks for all the rest, so that places stay.

    `asks`: it has a question word or verb of its own; else it goes on with the question of the clause before.
    """

    text: str
    start: int
    end: int
    asks: bool

    def holds(self, place: int) -> bool:
        """Whether this place of the question lies inside."""
        return self.start <= place < self.end


def clauses(text: str, whole: Sequence[Place], asks_for: Callable[[str], bool]) -> list[Clause]:
    """The clauses of a text. `whole` are places that stay in one piece; a piece that asks for nothing goes with the one before it."""
    edges = [0, *(match.end() for match in _CUT.finditer(text) if is_free(match.span(), whole)), len(text)]
    starts: list[int] = []
    for left, right in pairwise(edges):
        if not starts or (asks_for(text[left:right]) and asks_for(text[starts[-1] : left])):
            starts.append(left)
    return [_clause(text, start, end) for start, end in pairwise([*starts, len(text)])]


def _clause(text: str, start: int, end: int) -> Clause:
    return Clause(" " * start + text[start:end] + " " * (len(text) - end), start, end, _ASKING.search(text, start, end) is not None)
