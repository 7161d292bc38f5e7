"""A folded word in, its stem out (Snowball German with separable prefixes undone first), and which words carry no content."""

import re
import threading
from functools import lru_cache
from importlib import resources

import Stemmer

_PREFIX = "ab|an|auf|aus|bei|durch|ein|fest|fort|her|hin|mit|nach|um|unter|ueber|vor|weg|weiter|wieder|zurueck|zusammen|zu"
_INFINITIVE = re.compile(rf"^({_PREFIX})zu(\w{{2,}}(?:en|ern|eln))$")
_PARTICIPLE = re.compile(rf"^({_PREFIX})ge(\w{{3,}}(?:t|en))$")
_PLAIN_PARTICIPLE = re.compile(r"^ge(\w{4,})t$")
_VERB = re.compile(r"^(\w{3,}(?:ig|er|el|ier|ch|tz|eig|ell))te?[nst]*$")
# Stems that Snowball throws together although the trade keeps them apart: meter and number, subsidy and claim.
_APART = (("zaehl", "zehl"), ("foerder", "fuerder"))

_OWN = threading.local()

# What an everyday word that a question seldom turns on (`lexicon/light.txt`) counts.
LIGHT_SHARE = 0.35


@lru_cache(maxsize=1)
def _light_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in word_list("light.txt"))


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    return frozenset(word_list("stop.txt"))


@lru_cache(maxsize=1)
def small_words() -> frozenset[str]:
    """Words a phrase may hold or lack without meaning something else; `nicht`, `anderer` and `ohne` are none of them."""
    return frozenset(word_list("slack.txt"))


def word_list(name: str) -> tuple[str, ...]:
    """The words of one of the shipped lists."""
    return tuple(resources.files("nova.language").joinpath(f"lexicon/{name}").read_text("utf-8").split())


def is_light(root: str) -> bool:
    """Whether a stem is one of the everyday words that a question seldom turns on."""
    return root in _light_stems()


@lru_cache(maxsize=131072)
def stem(word: str) -> str:
    """The stem of a folded word; digits and very short words stay as they are. `auszuzahlen` and `ausgezahlt` meet `auszahlen`."""
    if len(word) < 4 or word[0].isdigit():
        return word
    for expression in (_INFINITIVE, _PARTICIPLE):
        if match := expression.match(word):
            word = match.group(1) + match.group(2)
            break
    else:
        if match := _PLAIN_PARTICIPLE.match(word):
            word = match.group(1) + "t"
    if match := _VERB.match(word):
        word = match.group(1) + "en"
    for found, apart in _APART:
        word = word.replace(found, apart)
    root: str = _snowball().stemWord(word)
    return root


def _snowball() -> Stemmer.Stemmer:
    """This thread's stemmer: one keeps its place in the word it works on, so threads must not share it."""
    try:
        found: Stemmer.Stemmer = _OWN.stemmer
    except AttributeError:
        found = _OWN.stemmer = Stemmer.Stemmer("german", 0)
    return found


def is_stop(word: str) -> bool:
    """Whether a folded word carries no content (function words, and the law's own `Absatz`, `Satz`, `Nummer`)."""
    return word in _stop_words() or (len(word) == 1 and not word.isdigit())
