"""A message about figures in, which figure it wants out: in whatever words, by a linear model over signs (`nova.language.signs`).

The grammar reads the trade's words and many of every day; what people say instead ("was brummt nachts durch") was written down by
authors who had not read the code (`benchmarks/utterances/figures`), and `scripts/figure_weights.py` learns from it. What is told is said to
the grammar in its own words (`in_trade_words`), so that period, meter and the rest are read as ever.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from nova.energy.explain.parse.asked import Question
from nova.energy.explain.parse.lexis import MARKET, Ask
from nova.energy.explain.parse.subject import phrases, subject_of
from nova.energy.explain.parse.wishes import top
from nova.language.signs import signs

FILE = "figure_weights.txt"
SCALE = 100.0  # of the weights in their file
SURE = 0.3  # likelihood from which on a figure is told where a message names none,
SURELY = 0.75  # against the words of another one,
MOST_SURELY = 0.9  # and against those of one so near that the grammar tells them apart by a single word ("verbrauch", "am meisten")
WORDS: Mapping[str, str] = {
    "energy": "verbrauch", "cost": "kosten", "peak": "lastspitze", "peak_time": "lastspitze wann", "base": "grundlast",
    "mean": "im durchschnitt", "best_day": "welcher tag am meisten verbrauch", "worst_day": "welcher tag am wenigsten verbrauch",
    "sum": "zusammen", "usual": "ueblich", "why": "warum", "price": "boersenpreis", "price_high": "teuerste stunde",
    "price_low": "guenstigste stunde", "window": "wann guenstigste stunden am stueck", "spread": "preisspanne",
    "negative": "negative preise", "forecast": "vorhersage", "tariff": "mein arbeitspreis", "included": "inklusive steuern",
    "production": "erzeugung", "feed_in": "einspeisung", "self_use": "eigenverbrauch", "quality": "luecken", "co2": "co2",
}  # fmt: skip
NEAR: tuple[frozenset[str], ...] = (
    frozenset({"energy", "peak", "peak_time", "base", "mean", "best_day", "worst_day", "sum", "usual", "why"}),
    frozenset({"price", "price_high", "price_low", "window", "spread", "negative", "forecast"}),
    frozenset({"production", "feed_in", "self_use", "co2"}),
    frozenset({"cost", "tariff", "included"}),
)
OF_MARKET = NEAR[1]
RANKED = frozenset({"best_day", "worst_day", "peak", "peak_time", "price", "price_high", "price_low", "window", "production", "feed_in"})
_WEEK = re.compile(r"\bkw ?(?=\d)")
AFTER: Mapping[Ask, str] = {
    "cheapest": "price_low",
    "dearest": "price_high",
    "autarky": "self_use",
    "products": "price",
    "count": "quality",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """Which figure is wanted, and how likely that is."""

    kind: str
    sure: float


def figure_wanted(text: str, before: str | None) -> Figure:
    """The likeliest figure; `before` was asked before, None for a message that stands alone."""
    kinds, weights = _weights()
    sums = [0.0] * len(kinds)
    for sign in signs_of(text, before) | {""}:
        for at, weight in weights.get(sign, ()):
            sums[at] += weight
    powers = [math.exp((one - max(sums)) / SCALE) for one in sums]
    best = max(range(len(kinds)), key=powers.__getitem__)
    return Figure(kinds[best], powers[best] / sum(powers))


def in_trade_words(text: str, said: Ask | None, last: Question | None) -> str:
    """A folded message with the trade's word for what it wants, where its own words say nothing of it or surely mean something else."""
    figure = figure_wanted(text, None if last is None else _kind_of(last))
    word = WORDS.get(figure.kind)
    if said is None and figure.kind not in RANKED and top(text) is not None:
        word = WORDS["energy"]
    if word is None or figure.sure < _least(figure.kind, said, last) or max(word.split(), key=len) in text:
        return text
    told = f"{text} {word}"
    return told if subject_of(told) == subject_of(word) else f"{_silenced(text)} {word}"


def _silenced(text: str) -> str:
    """The text without its words for another figure, the places of the others as they were."""
    for match in phrases(text):
        text = text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]
    return text


def _kind_of(last: Question) -> str:
    if last.ask == "energy" and last.top is not None:
        return "worst_day" if last.top.least else "best_day"
    return "why" if last.why else AFTER.get(last.ask, last.ask)


def _least(kind: str, said: Ask | None, last: Question | None) -> float:
    """How likely a figure must be to be told where a message has said `said`; behind the market's, a meter's must be surely meant."""
    if said is None:
        leaves_market = last is not None and last.ask in MARKET and last.meter is None and kind not in OF_MARKET
        return SURELY if leaves_market else SURE
    same = AFTER.get(said, said)
    if same == kind:
        return math.inf
    return MOST_SURELY if any(same in near and kind in near for near in NEAR) else SURELY


def signs_of(text: str, before: str | None) -> frozenset[str]:
    """The signs of a message and of the figure that was asked for before; a week's number is no power."""
    return frozenset((*signs(_WEEK.sub("woche ", text)), *(("<alone>",) if before is None else ("<goes-on>", f"<after-{before}>"))))


@lru_cache(maxsize=1)
def _weights() -> tuple[tuple[str, ...], dict[str, tuple[tuple[int, int], ...]]]:
    lines = resources.files("nova.energy.explain.parse").joinpath(FILE).read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines[1:])
    found = {row[0]: tuple((int(at), int(weight)) for at, weight in (one.split(":") for one in row[1:])) for row in rows}
    return tuple(lines[0].split("\t")), found
