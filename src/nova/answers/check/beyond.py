"""A question in, how likely no law answers it out: the company's own prices and people, later law, technology, statistics.

A linear model over the signs of `nova.language.signs`, whose weights stand as text in `beyond.txt`; `scripts/beyond_weights.py` learns
them from questions that laws answer and such as none does.
"""

from functools import lru_cache
from importlib import resources

from nova.language.signs import signs

SCALE = 100.0  # of the weights in their file
FILE = "beyond.txt"


def beyond(question: str) -> float:
    """The log of the odds that no law answers a question."""
    weights = _weights()
    return sum(weights.get(sign, 0) for sign in {*signs(question), ""}) / SCALE


@lru_cache(maxsize=1)
def _weights() -> dict[str, int]:
    lines = resources.files("nova.answers.check").joinpath(FILE).read_text("utf-8").splitlines()
    return {sign: int(weight) for sign, _, weight in (line.partition("\t") for line in lines)}
