"""Small talk, a wish that Luna cannot fulfil or a question beyond her in, what she says to it out: short, kind, in German or English."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from nova.german import BERLIN
from nova.language.fold import fold

_PARTING = re.compile(
    r"\b(?:danke\w*|vielen dank|besten dank|herzlichen dank|merci|thx|dankschoen|vergelts gott|tschuess\w*|tschau|ciao|servus|"
    r"pfiat \w+|pfiati|ade|wiedersehen|wiederschauen|wiederhoeren|thanks|thank you|bye)\b"
)
_ASKS = re.compile(
    r"\?|\b(?:wie|was|wann|wo|wer|wem|woher|wohin|warum|wieso|weshalb|welche\w*|wieviel|kann|koennen|koennte|darf|muss|soll|gibt|gilt|"
    r"hab ich|haben wir|"
    r"how|what|when|where|who|why|which|can|could|does|is there|zeig\w*|nenn\w*|sag|rechne|brauch\w*|braeucht\w*|moecht\w*|will|wuerd\w*|"
    r"now|show|oder|noch ein\w*|und (?:gestern|heute|morgen|bei|im|am|fuer|wenn))\b"
)
_MOST_WORDS = 14  # of thanks
WHOLE = 5  # letters, below which a sign is a whole word
_OTHERS = ("sonst", "aufgabe", "fremd", "unklar")


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing Luna says, in both languages."""

    german: str
    english: str

    def told(self, now: datetime, *, english: bool) -> str:
        """It with the greeting of the hour."""
        return (self.english if english else self.german).replace("{stunde}", _greeting(now))


@dataclass(frozen=True, slots=True)
class Talk:
    """What Luna says to what; `chat` are small talk's expressions with their sayings."""

    chat: tuple[tuple[re.Pattern[str], Saying], ...]
    other: dict[str, Saying]
    next_question: str

    def share(self, text: str) -> float:
        """The share of a message's letters that small talk's signs cover, 0 to 1."""
        folded = " ".join(fold(text).split())
        covered = {at for expression, _ in self.chat for match in expression.finditer(folded) for at in range(*match.span())}
        letters = sum(char.isalnum() for char in folded)
        return sum(folded[at].isalnum() for at in covered) / letters if letters else 0.0

    def answer(self, text: str) -> Saying:
        """The saying whose signs cover most letters of a message; a general one where none does."""
        folded = " ".join(fold(text).split())
        best, most = self.other["sonst"], 0
        for expression, saying in self.chat:
            covered = sum(len(match.group()) for match in expression.finditer(folded))
            if covered > most:
                best, most = saying, covered
        return best


def only_thanks(text: str) -> bool:
    """Whether a message thanks or takes its leave, and asks nothing besides."""
    folded = " ".join(fold(text).split())
    return len(folded.split()) <= _MOST_WORDS and _PARTING.search(folded) is not None and _ASKS.search(folded) is None


@lru_cache(maxsize=1)
def talk() -> Talk:
    """The shipped sayings; ValueError names what is wrong in the file."""
    data = yaml.safe_load(resources.files("nova.answers.turn").joinpath("talk.yaml").read_text("utf-8"))
    if set(data) != {"version", "plauderei", *_OTHERS}:
        raise ValueError("talk.yaml: unknown or missing keys")
    chat = tuple((_expression(entry["zeichen"]), _saying(entry)) for entry in data["plauderei"].values())
    return Talk(chat, {name: _saying(data[name]) for name in _OTHERS}, data["fremd"]["naechste"])


def _saying(entry: dict[str, Any]) -> Saying:
    return Saying(" ".join(entry["antwort"].split()), " ".join(entry["english"].split()))


def _expression(words: list[str]) -> re.Pattern[str]:
    """Whole short words, and beginnings of long ones."""
    told = sorted((fold(str(word)) for word in words), key=len, reverse=True)
    short = r"(?!\w)"
    return re.compile("|".join(rf"(?<![\w-]){re.escape(word)}{short if len(word) < WHOLE else ''}" for word in told))


def _greeting(now: datetime) -> str:
    hour = now.astimezone(BERLIN).hour
    return "Guten Morgen" if 4 <= hour < 11 else "Guten Abend" if hour >= 18 or hour < 4 else "Guten Tag"
