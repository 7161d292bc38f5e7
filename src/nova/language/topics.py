"""A question in, its topic out: ids of its stems and compound parts, weighted by how telling they are, as a unit vector.

Ids are hashes: what is learned of a topic holds no words, and two installations' topics compare.
"""

import math
import re
from collections.abc import Iterable, Mapping

from nova.language.analyser import Analyser, term_id
from nova.language.stems import LIGHT_SHARE

Topic = Mapping[int, float]
PART_SHARE = 0.6
_TOKEN = re.compile(r"\[[A-ZÄÖÜ][A-ZÄÖÜ0-9_]*\]")


def topic(text: str, analyser: Analyser) -> Topic:
    """The topic of a text; empty where it has no telling word. `text` is redacted; tokens of people are passed over."""
    found: dict[int, float] = {}
    for word in analyser.words(_TOKEN.sub(" ", text)):
        share = LIGHT_SHARE if word.light else 1.0
        for root in word.roots:
            weight = share * analyser.idf(root) * (1.0 if root == word.stem else PART_SHARE)
            name = term_id("w", root)
            if weight > found.get(name, 0.0):
                found[name] = weight
    return unit(found.items())


def unit(weights: Iterable[tuple[int, float]]) -> dict[int, float]:
    """The same direction with length 1, terms ascending; empty for nothing."""
    ordered = sorted(weights)
    length = math.sqrt(math.fsum(weight * weight for _, weight in ordered))
    return {term: weight / length for term, weight in ordered} if length else {}


def likeness(left: Topic, right: Topic) -> float:
    """The cosine of two topics, 0 to 1."""
    few, many = (left, right) if len(left) <= len(right) else (right, left)
    return math.fsum(weight * many[term] for term, weight in few.items() if term in many)
