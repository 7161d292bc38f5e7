"""A folded word in, its stem out, and which words carry no content.

Snowball German, after what it cannot see: separable prefixes, a verb's vowels, and nouns that go with verbs.
"""

import re
import threading
from functools import lru_cache
from importlib import resources

import Stemmer

_PREFIX = "ab|an|auf|aus|bei|durch|ein|fest|fort|her|hin|mit|nach|um|unter|ueber|vor|weg|weiter|wieder|zurueck|zusammen|zu"
_INFINITIVE = re.compile(rf"^({_PREFIX})zu(\w{{2,}}(?:en|ern|eln))$")
_PARTICIPLE = re.compile(rf"^({_PREFIX})ge(\w{{3,}}(?:t|en))$")
_PLAIN_PARTICIPLE = re.compile(r"^ge(\w{4,})t$")
# A verb's or participle's -t with what may follow it; nouns in -t take the same way ("Pflicht", "Pflichten").
_VERB = re.compile(
    r"^(\w*[aeiouy]\w*(?:ig|er|el|ier|tz|eig|ell|eil|hl|ag|eg|ueg|olg|org|eb|ueb|aub|mm|nn|ck|ss|ehr|oer|uehr|aehr|eh|ieh|ein|ien|aer)|"
    r"\w*(?:pruef|kauf|stuf)|\w{3,}ch)te?[nst]*$"
)
_PERSON = re.compile(r"^(\w{3,}ig)te[rm]s?$")
# Nouns in -ung (-nis) go with their verbs: `Haftung` with `haftet`, `Ermittlung` with `ermitteln`, `Änderung` with `ändern`.
_NOUN = re.compile(r"^(\w*[aeiouy]\w*[^\W\d_])ung(?:en|s)?$")
_STATE = re.compile(r"^(\w{4,})nis(?:se[ns]?|ses)?$")
_DROPPED_E = re.compile(r"[bdfgkmnpst]l$")
# Vowels that change within one verb and its noun, at the end of a word after the prefix is gone.
_ABLAUT = re.compile(
    r"(?:(?P<nehm>nahmen?|nimmt|nommene?[nrms]?)|(?P<geb>gaben?|gibt)|(?P<zieh>zugs?|zuges|zuege|zuegen|zogene?[nrms]?|zogen)|"
    r"(?P<schliess>schluss|schlusses|schluesse[ns]?|schlossene?[nrms]?)|(?P<schreib>schriebene?[nrms]?)|(?P<weis>wiesene?[nrms]?)|"
    r"(?P<scheid>schiedene?[nrms]?)|(?P<treib>triebene?[nrms]?)|(?P<brech>brochene?[nrms]?)|(?P<werb>worbene?[nrms]?|wirbt)|(?P<heb>hobene?[nrms]?)|"
    r"(?P<halt>haelt)|(?P<mess>gemessene?[nrms]?|misst)|(?P<tret>tritt)|(?P<loesch>lischt|loschene?[nrms]?))$"
)
# Stems that Snowball throws together although the trade keeps them apart: meter and number, subsidy and claim, change and other.
_APART = (("zaehl", "zehl"), ("foerder", "fuerder"), ("aender", "oender"))

_LONGEST = 100  # letters; more is no word, and the expressions' work grows with the square

_OWN = threading.local()

# What an everyday word that a question seldom turns on (`lexicon/light.txt`) counts.
LIGHT_SHARE = 0.35


@lru_cache(maxsize=1)
def _light_words() -> frozenset[str]:
    return frozenset(word_list("light.txt"))


@lru_cache(maxsize=1)
def _light_stems() -> frozenset[str]:
    return frozenset(map(stem, _light_words()))


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


@lru_cache(maxsize=131072)
def is_light(word: str) -> bool:
    """Whether a folded word is an everyday word that a question seldom turns on; nouns of light verbs (`Rechnung`) are none."""
    return word in _light_words() or (stem(word) in _light_stems() and not _NOUN.match(word) and not _STATE.match(word))


@lru_cache(maxsize=131072)
def stem(word: str) -> str:
    """The stem of a folded word; digits and very short words stay as they are. `auszuzahlen` and `ausgezahlt` meet `auszahlen`."""
    if not 4 <= len(word) <= _LONGEST or word[0].isdigit():
        return word
    for expression in (_INFINITIVE, _PARTICIPLE):
        if match := expression.match(word):
            word = match.group(1) + match.group(2)
            break
    else:
        if match := _PLAIN_PARTICIPLE.match(word):
            word = match.group(1) + "t"
    word = _verb(word)
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


def _verb(word: str) -> str:
    """The infinitive a noun in -ung, a participle or an inflected verb belongs to, where its ending tells; else the word."""
    word = word.replace("beantrag", "antrag").replace("beauftrag", "auftrag")
    if match := _ABLAUT.search(word):
        return word[: match.start()] + str(match.lastgroup) + "en"
    if (match := _NOUN.match(word)) and not word.endswith(("sprung", "schwung")):
        root = match.group(1)
        word = root[:-1] + "eln" if _DROPPED_E.search(root) else _infinitive(root)
    elif match := _STATE.match(word):
        return _infinitive(match.group(1))
    if match := _VERB.match(word) or _PERSON.match(word):
        return _infinitive(match.group(1))
    return word


def _infinitive(root: str) -> str:
    return root + ("n" if root.endswith(("er", "el")) else "en")


def is_stop(word: str) -> bool:
    """Whether a folded word carries no content (function words, and the law's own `Absatz`, `Satz`, `Nummer`)."""
    return word in _stop_words() or (len(word) == 1 and not word.isdigit())
