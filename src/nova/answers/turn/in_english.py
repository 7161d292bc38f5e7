"""An English question about Nova in, the topic of help that answers it out, which is told in English."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from nova.answers.rules.match import PIECES, SHORTEST, SMALL, WORD, WORDS, Nearest
from nova.language.fold import fold

FILE = "help_english.yaml"
_KEYS = frozenset({"id", "text", "ask"})
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORD = re.compile(r"[a-z0-9]+")
_ENDING = re.compile(r"(?<=[a-z]{3})(?:ies|ing|ed|es|s|e|y)$")
_SHORT = frozenset(
    "a an the and or but if so as at by for from in into of on onto to with about up out over than then there here this that these those it its "
    "i me my mine we us our you your yours he she they them their his her is are was were be been am do does did done has have had can could may "
    "might will would shall should must not no what which who whom whose when where why how else also too well any some all more most again just "
    "please hey hi hello luna nova really actually get got going go want need like would s t m re ve ll don d im one thing things".split()
)
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class English:
    """What a topic says in English, and ways to ask for it."""

    text: str = ""
    ask: tuple[str, ...] = ()


@dataclass(frozen=True)
class EnglishLines:
    """What topics of help are asked in, by their number."""

    topics: tuple[English, ...]
    alike: Mapping[str, str]

    def near(self, text: str) -> tuple[Floats, Floats]:
        """For each topic how near its nearest line is, and the share of the question's words that the topic speaks of."""
        found = self.signs(text)
        near = np.zeros(len(self.topics), np.float32)
        np.maximum.at(near, self._lines.owners, self._lines.near_to(found))
        content = {sign: weight for sign, weight in found.items() if weight > SMALL}
        return near, self._lines.shares(content, self._held)
    def whole(self, text):
        w = self._whole
        v = np.zeros(len(self.topics), np.float32)
        v[w.owners] = w.near_to(self.signs(text))
        return v
    @cached_property
    def _whole(self):
        out=[]
        for at, one in enumerate(self.topics):
            f={}
            for line in (*one.ask, one.text):
                for s,w in self.signs(line).items(): f[s]=f.get(s,0)+w*(1 if line is not one.text else .7)
            out.append((at,{s:w**.5 for s,w in f.items()}))
        return Nearest.made(out, _no_meanings)

    def signs(self, text: str) -> dict[str, float]:
        found: dict[str, float] = {}
        for word in _WORD.findall(fold(text)):
            small = word in _SHORT
            root = self.alike.get(word) or stem(word)
            found[f"{WORD}{root}"] = max(found.get(f"{WORD}{root}", 0.0), SMALL if small else WORDS)
            if small or len(word) < SHORTEST:
                continue
            whole = f".{word[:24]}."
            pieces = [whole[at : at + SHORTEST] for at in range(len(whole) - SHORTEST + 1)]
            for piece in pieces:
                found[f"p:{piece}"] = PIECES / len(pieces) ** .5 * 1.6
        return found

    @cached_property
    def _lines(self) -> Nearest:
        lines = [(at, self.signs(line)) for at, one in enumerate(self.topics) for line in (*one.ask,)]
        return Nearest.made(lines, _no_meanings)

    @cached_property
    def _held(self):
        lines = self._lines
        h = lines.spoken_by(lines.owners, len(self.topics)).tolil()
        for at, one in enumerate(self.topics):
            for s in self.signs(one.text):
                if s in lines.places and s.startswith(WORD): h[at, lines.places[s]] = 1
        return h.tocsr()


def stem(word):
    return _ENDING.sub("", word)

def _no_meanings(_: str) -> tuple[tuple[str, float], ...]:
    return ()
