"""A folded question in, what it asks for out, and which of its words belong to that."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nova.energy.explain.parse import lexis, wishes
from nova.energy.explain.parse.lexis import OWN, SUBJECTS, Ask


@dataclass(frozen=True, slots=True)
class _Correction:
    """Where words for one of `asks` ask for something else: the text has `said`, has not `unless`, and ranks where `ranked`."""

    asks: tuple[Ask, ...]
    means: Ask | None
    said: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    ranked: bool = False

    def fits(self, ask: Ask, text: str) -> bool:
        """Whether it holds for this text."""
        if ask not in self.asks or self.said.search(text) is None:
            return False
        if self.unless is not None and self.unless.search(text):
            return False
        return not self.ranked or wishes.top(text) is not None


# The first that fits counts.
_CORRECTIONS = (
    _Correction(("price",), "spread", re.compile(r"\bschwank\w+")),
    _Correction(("cost",), "price", lexis.MARKET_WORDS, re.compile(r"fixtarif|festpreis|fixpreis|\w*kosten\b")),
    _Correction(("cost",), "price", re.compile(r"kost\w* (?:die|eine) (?:kwh|kilowattstunde|mwh|megawattstunde)\b"), OWN),
    _Correction(
        ("cost",), "price", re.compile(r"\bstrom\b.* (?:teuer|teurer)|(?:teuer|teurer) (?:wird|ist|war|wird es) (?:der )?strom\b"), OWN
    ),
    _Correction(
        ("cost",),
        "price",
        re.compile(r"\bkoste\w* (?:\w+ ){0,4}strom\b|\bstrom (?:\w+ ){0,4}koste\w*|\bwie teuer (?:ist|wars?|wird|isses)\b"),
        re.compile(rf"{OWN.pattern}|\bzaehler|\b[a-z]+\d"),
    ),
    _Correction(("peak",), "products", re.compile("preis")),
    _Correction(("peak", "mean"), "energy", re.compile("verbrauch"), re.compile("spitze|last"), ranked=True),
    _Correction(
        ("mean",),
        "energy",
        re.compile(
            r"\b(?:pro|je|jeden) (?:tag|woche|monat)\b|\btaeglich\w*|"
            r"\btages(?:durchschnitt|mittel|verbrauch)|\bam tag\b"
        ),
    ),
    _Correction(("cheapest",), "energy", re.compile(r"\bniedrigst\w* \w*verbrauch|verbrauch\b.* niedrigst")),
    _Correction(
        ("cheapest",),
        None,
        re.compile(""),
        re.compile(r"strom|preis|stunde|uhr|zeit|wann|kwh|boerse|\bwelche[rs]? (?:tag|stunde|woche|monat)"),
    ),
)
_SUM = re.compile(r"(?:bitte )?vergleiche?n?\b|.*\bsumme\b")

_GONE = re.compile(r"\b(?:ging\w*|geht|gehen) (?:\w+ ){0,8}(?:weg|durch)\b")


def subject_of(text: str) -> Ask | None:
    """What is asked for; None where nothing is that meters or markets measure."""
    if lexis.WINDOW.search(text):
        return "window"
    ask = next((ask for ask, words in SUBJECTS if words.search(text)), None)
    if ask is None:
        return "energy" if _SUM.match(text.strip()) or _GONE.search(text) else None
    return next((one.means for one in _CORRECTIONS if one.fits(ask, text)), ask)


def is_subject(word: str) -> bool:
    """Whether a word by itself asks for something."""
    return any(words.fullmatch(word) for _, words in SUBJECTS)


def phrases(text: str) -> Iterator[re.Match[str]]:
    """Where a text names what can be asked for."""
    return (match for _, words in SUBJECTS for match in words.finditer(text))
