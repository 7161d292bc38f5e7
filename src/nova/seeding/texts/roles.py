"""Who does what to whom, as far as words of a sentence tell it: prepositions, order, person, request, tense and what turns a meaning.

All words are folded. Two texts that differ in any of these are not taken for one, whatever words they share.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import pairwise


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PREPOSITIONS = {
    "from": "von vom aus from van uit ab", "to": "nach zu zum zur to into naar an ans auf aufs", "in": "in im ins am at op bei beim on",
    "by": "durch by door", "with": "mit with met", "without": "ohne without zonder", "for": "fuer for voor", "about": "ueber about over",
    "against": "gegen against tegen", "before": "vor before", "instead": "statt anstatt instead", "because": "wegen aufgrund due",
    "under": "unter under onder", "between": "zwischen between tussen",
}  # fmt: skip
_WAYS = {word: way for way, words in _PREPOSITIONS.items() for word in words.split()}
_STRONG = frozenset(["from", "to", "by", "with", "without", "against", "before", "instead", "under"])
_SKIPPED = _set(
    "der die das den dem des ein eine einen einem einer eines mein meine meinen meinem meiner ihr ihre ihren ihrem ihrer sein seine seinen "
    "seinem seiner unser unsere unseren unserem unserer the a an my your his her our their het een de mijn uw onze ons zijn haar"
)
_OURS = {
    "i": "ich mich mir mein meine meinen meinem meiner meines i me my mine ik mij mijn",
    "we": "wir uns unser unsere unseren unserem unserer unseres we us our ours wij ons onze",
}
ASKS = _set(
    "bitte bittet bitten moechte moechten wuensche wuenscht will wollen fordere fordert please want wants request requests asks kindly "
    "could graag wil verzoek verzoekt verzoeken vraagt gelieve"
)
_FUTURE = _set("wird werden will zal zullen")
_PAST = _set("wurde wurden hat haben war waren hatte hatten has have had was were heeft hebben werd werden") - _FUTURE
_TURNING = _set(
    "mehr weniger noch schon bereits wieder immer erst fast kaum trotz obwohl wenn falls ob wann wer wem wen wo wie warum wieso "
    "weshalb seit bis nach vor statt gegen selbst kann koennen konnte muss muessen soll sollen darf duerfen more less still "
    "already again always if whether when who where how why since until after before instead may must should can cannot could "
    "minder meer nog al weer altijd als wanneer wie waar hoe waarom sinds tot na moet moeten mag mogen kunnen besser schlechter "
    "teurer billiger "
)
_DENIES = _set("nicht kein keine keinen keinem keiner keines nie niemals ohne not no never without niet geen nooit zonder")
_IDLE = _set("und oder and or der die das het een auf aus ein an mit zu ab am to on in of en")


@lru_cache(maxsize=1)
def _turning() -> frozenset[str]:
    words = resources.files("nova.seeding").joinpath("words", "sure.txt").read_text("utf-8").split()
    return (_TURNING | frozenset(words)) - _IDLE


@dataclass(frozen=True, slots=True)
class Roles:
    """`way` is the preposition of a content word by kind (none: ""), in the order of the text, as are `turning` and `denied`.

    `denied` is the word as it stands that each negation is followed by: two words of one concept are not the same where one is denied.
    """

    way: dict[str, str]
    turning: tuple[str, ...]
    denied: tuple[str, ...]
    persons: frozenset[str]
    asks: bool
    questions: bool
    tense: frozenset[str]
    facts: tuple[tuple[str, str], ...]

    def contradict(self, other: "Roles", *, strictly: bool) -> bool:
        """Whether persons, request, tense, a turning word, a preposition or the order of what has none differ.

        `strictly` lets no preposition differ; else those of place and purpose may be missing in one of them.
        """
        if (self.turning, self.persons, self.asks, self.questions) != (other.turning, other.persons, other.asks, other.questions):
            return True
        if self.denied != other.denied:
            return True
        if self.tense and other.tense and self.tense != other.tense:
            return True
        return self._moves(other, strictly=strictly) or _in_order(self.facts) != _in_order(other.facts)

    def _moves(self, other: "Roles", *, strictly: bool) -> bool:
        """Whether a content word has another preposition, or words without the same one stand in another order."""
        if self._ordered(other) != other._ordered(self):
            return True
        for word in self.way.keys() & other.way.keys():
            ways = {self.way[word], other.way[word]}
            if len(ways) == 2 and (strictly or "" not in ways or ways & _STRONG):
                return True
        return False

    def _ordered(self, other: "Roles") -> list[str]:
        """The common content words in their order, without those that both have behind the same preposition."""
        return [word for word, way in self.way.items() if word in other.way and not (way and way == other.way[word])]


def _in_order(facts: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """The facts of each kind in their order."""
    found: dict[str, list[str]] = {}
    for kind, fact in facts:
        found.setdefault(kind, []).append(fact)
    return found


def roles_of(words: Sequence[str], content: dict[str, str], facts: Sequence[tuple[str, str]], *, questions: bool) -> Roles:
    """The roles in a text of folded `words`; `content` gives the key of each word that counts, `facts` are kinds and values in order."""
    said = frozenset(words)
    persons = frozenset(person for person, own in _OURS.items() if not said.isdisjoint(own.split()))
    tense = frozenset(name for name, own in (("future", _FUTURE), ("past", _PAST)) if not said.isdisjoint(own))
    turning = tuple(word for word in words if word in _turning())
    denied = tuple(word for before, word in pairwise(words) if before in _DENIES)
    return Roles(_ways(words, content), turning, denied, persons, not said.isdisjoint(ASKS), questions, tense, tuple(facts))


def _ways(words: Sequence[str], content: dict[str, str]) -> dict[str, str]:
    """By the key of each content word the kind of the preposition before it, if there is one."""
    way: dict[str, str] = {}
    last = ""
    for word in words:
        if word in content and word not in _WAYS:
            way.setdefault(content[word], last)
        if word in content or word not in _SKIPPED:
            last = _WAYS.get(word, "")
    return way


_SWITCHES = _set("ein aus an ab auf zu on off in out up down open close aan uit op af dicht")
_REACH = 6


def turns(words: Sequence[str]) -> tuple[tuple[str, ...], tuple[frozenset[str], ...]]:
    """What must stand in the same order in two texts: facts among words that switch something, where there are two of these; and for each
    word that denies the words that follow it up to the next, whatever their order.
    """
    switched = [word for word in words if word in _SWITCHES or any(map(str.isdigit, word))]
    order = tuple(switched) if len(_SWITCHES.intersection(switched)) > 1 else ()
    denied = [frozenset(words[at + 1 : at + 1 + _REACH]) - _SKIPPED for at, word in enumerate(words) if word in _DENIES]
    return order, tuple(denied)
