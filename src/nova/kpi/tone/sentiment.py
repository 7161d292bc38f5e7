"""A redacted German text in, its tone out: negative, neutral, positive, or unknown where too little tells.

The lexicon (`stimmung.txt`) is written for customers of energy companies: words of the trade such as "Störung", "Sperrung" or
"Mahnung" are no mood. A negation turns what follows it in its clause (and what it follows, where the verb stands before it); strengthening
and weakening words change it; what praises by denying a trouble or something better is read as a whole (`praise`). What is said in irony,
or both praises and scolds, stays unknown. Pure.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Literal

from nova.kpi.tone.praise import compared, denied, exclaims, faces
from nova.language.fold import fold, raw_words

Label = Literal["positive", "neutral", "negative", "unknown"]
LABELS: tuple[Label, ...] = ("negative", "neutral", "positive", "unknown")
MARKS = "^!~?%><"  # turns, strengthens, weakens; plain words and troubles; better and worse
LONGEST = 4000
LONGEST_PHRASE = 5
AHEAD, BEHIND = 4, 4
STRONGER, WEAKER = 1.5, 0.6
TURNED_GOOD, TURNED_BAD, TURNED_PLAIN, SPARED = -0.9, -0.4, -1.5, 1.0
LEAST = 0.9
MIXED = 0.5
HALF = 2.0
_TOKEN = re.compile(r"\[[A-ZÄÖÜ][A-ZÄÖÜ0-9_]*\]")
_CLAUSE = re.compile(r"[.!?…;:,()\n]+|\s[-–]\s|\b(?:aber|sondern|obwohl|und|oder|doch leider)\b", re.IGNORECASE)
_IRONY = re.compile(
    r"\b(?:na|ja|ach|oh|ganz) (?:toll|super|prima|klasse|bravo|herrlich|wunderbar|großartig)\b|\bbravo\b|\b(?:herzlichen )?glückwunsch\b"
    r"|^\s*wie (?:schön|nett|toll|reizend)\b.*\b(?:wenigstens|schon wieder|immerhin)\b|\bverwöhn\w+\b"
    r"|\bsuper, dann\b|\bdanke für (?:nichts|gar nichts)\b"
    r"|;-?\)|😏|🙄|🤡|😉",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(?:bitte|ich (?:möchte|will|brauche|benötige|suche|ziehe|plane|interessiere|melde|beantrage)"
    r"|wir (?:möchten|planen|brauchen|suchen|haben)"
    r"|hätte gerne?|würde gerne?|mein[e]? \w+(?: \w+)? (?:beträgt|lautet|ist|ändert|hat)|liegt mir vor|ändert sich)\b",
    re.IGNORECASE,
)
_THANKS = re.compile(r"\b(?:vielen |herzlichen |besten |lieben )?dank(?:e)?\b[^.!?]*[.!]?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tone:
    """How a text sounds: `score` from -1 to 1 (None where it is unknown), resting on so many words."""

    label: Label
    score: float | None
    words: int = 0


@dataclass(frozen=True)
class Lexicon:
    """Weights of words and phrases; what begins with a stem; what turns, strengthens and weakens."""

    exact: Mapping[tuple[str, ...], float]
    begins: Mapping[str, float]
    turning: frozenset[tuple[str, ...]]
    stronger: frozenset[tuple[str, ...]]
    weaker: frozenset[tuple[str, ...]]
    plain: frozenset[str] = field(default_factory=frozenset)
    troubles: frozenset[str] = field(default_factory=frozenset)
    degrees: Mapping[str, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.exact) + len(self.begins)

    def weight(self, words: tuple[str, ...]) -> float | None:
        """The weight of a phrase, or of a word by itself or its beginning (the longest one); None when it is not listed."""
        if (found := self.exact.get(words)) is not None or len(words) > 1:
            return found
        word = words[0]
        return next((self.begins[word[:end]] for end in range(len(word), 2, -1) if word[:end] in self.begins), None)

    def is_plain(self, word: str) -> bool:
        """Whether a word is nothing by itself and a complaint when turned."""
        return _begins(word, self.plain)

    def is_trouble(self, word: str) -> bool:
        """Whether it is good to be spared a thing, or not to be so."""
        return _begins(word, self.troubles)


def _begins(word: str, listed: frozenset[str]) -> bool:
    """Whether a list ("klapp*", "ernst") holds a word, or its beginning."""
    return word in listed or any(f"{word[:end]}*" in listed for end in range(3, len(word) + 1))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The shipped lexicon."""
    return parse(resources.files("nova.kpi.tone").joinpath("stimmung.txt").read_text("utf-8"))


def parse(text: str) -> Lexicon:
    """A lexicon's text; ValueError names the line that breaks the form."""
    exact: dict[tuple[str, ...], float] = {}
    begins: dict[str, float] = {}
    marks: dict[str, set[tuple[str, ...]]] = {mark: set() for mark in MARKS}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        kind, *words = line.split()
        phrases = {tuple(word.split("_")) for word in words}
        if kind in marks:
            marks[kind] |= phrases
        elif re.fullmatch(r"-?[0-3]", kind):
            begins |= {word[:-1]: float(kind) for word in words if word.endswith("*")}
            exact |= {phrase: float(kind) for phrase in phrases if not phrase[-1].endswith("*")}
        else:
            raise ValueError(f"line {number}: {kind!r} is neither a weight nor a mark")
    turning, stronger, weaker = (frozenset(marks[mark]) for mark in "^!~")
    plain, troubles, better, worse = (frozenset(word[0] for word in marks[mark]) for mark in "?%><")
    return Lexicon(exact, begins, turning, stronger, weaker, plain, troubles, dict.fromkeys(better, 1) | dict.fromkeys(worse, -1))


def tone(text: str) -> Tone:
    """How a text sounds by the lexicon."""
    bare = _TOKEN.sub(" ", text[:LONGEST])
    asks = "?" in bare
    told = _THANKS.sub(" ", bare) if asks else bare  # who asks and thanks is polite
    worn = faces(told)
    weights = _weights(told, worn, asks)
    good, bad = _sum(weights, 1), _sum(weights, -1)
    if _IRONY.search(bare) or _contradicts(worn, good, bad):
        return Tone("unknown", None, len(weights))
    total = good - bad
    if abs(total) >= LEAST:
        return Tone("positive" if total > 0 else "negative", round(total / (abs(total) + HALF), 4), len(weights))
    return Tone("neutral", 0.0) if not weights and _tells(bare, asks) else Tone("unknown", None, len(weights))


def _weights(told: str, worn: Sequence[float], asks: bool) -> list[float]:
    """What words and faces weigh; who asks praises nobody ("Was ist am günstigsten?")."""
    weights = [*(weight for clause in _CLAUSE.split(told) if clause for weight in _clause(clause)), *worn]
    return [one for one in weights if not 0 < one <= 1] if asks else weights


def _sum(weights: Sequence[float], sign: int) -> float:
    """What all weights of one sign amount to."""
    return sign * sum(one for one in weights if one * sign > 0)


def _contradicts(worn: Sequence[float], good: float, bad: float) -> bool:
    """Whether a text smiles at bad news, or both praises and scolds."""
    if bad >= LEAST and any(one > 0 for one in worn):
        return True
    less, more = sorted((good, bad))
    return less >= LEAST and less > MIXED * more


def _tells(text: str, asks: bool) -> bool:
    """Whether a text without a word of mood says enough to be taken for neutral: it asks, wishes or tells a plain fact of its own."""
    return len(raw_words(text)) >= 3 and (asks or bool(_WISH.search(text)))


@dataclass(slots=True)
class _Hit:
    at: int
    end: int
    weight: float
    turnable: bool = True

    @property
    def places(self) -> range:
        """The words it consists of."""
        return range(self.at, self.end)


def _clause(clause: str) -> list[float]:
    """The weights of a clause's words, turned and scaled."""
    book = lexicon()
    words = tuple(fold(raw) for raw in raw_words(clause))
    hits, turns, stronger, weaker = _found(words, book)
    topped, best = compared(words, book.degrees) or (frozenset[int](), 0.0)
    hits, spared = _spared(_beside(hits, topped), words, turns, book)
    used = set(topped) | spared
    hits, turns = _parted(hits, words, turns, book)
    taken = used.union(*(hit.places for hit in hits))
    turns = [at for at in turns if at not in taken]
    for hit in hits:
        hit.weight *= _strength(hit, stronger, weaker)
    used |= _turned(hits, turns, words)
    weights = [weight for weight in (best, *(hit.weight for hit in hits)) if weight]
    return [*weights, TURNED_PLAIN] if _is_spoilt(words, taken, turns, used, book) else weights


def _turned(hits: Sequence[_Hit], turns: list[int], words: tuple[str, ...]) -> set[int]:
    """Turn the hits that a negation belongs to; the places of those negations."""
    used: set[int] = set()
    for hit in hits:
        turn = _turn(hit, turns)
        if turn is not None and not exclaims(words, turn, hit.at):
            used.add(turn)
            hit.weight *= TURNED_GOOD if hit.weight > 0 else TURNED_BAD
    return used


def _beside(hits: Sequence[_Hit], places: frozenset[int] | set[int]) -> list[_Hit]:
    """The hits that share no word with these places."""
    return [hit for hit in hits if not places or places.isdisjoint(hit.places)]


def _parted(hits: Sequence[_Hit], words: tuple[str, ...], turns: Sequence[int], book: Lexicon) -> tuple[list[_Hit], list[int]]:
    """Hits and turns, where a word that is both turns if it stands before a hit."""
    turning = [one for one in hits if words[one.at : one.end] in book.turning and any(0 <= hit.at - one.end < AHEAD for hit in hits)]
    return [hit for hit in hits if hit not in turning], sorted([*turns, *(one.end - 1 for one in turning)])


def _is_spoilt(words: tuple[str, ...], taken: Collection[int], turns: list[int], used: set[int], book: Lexicon) -> bool:
    """Whether a plain word is turned into a complaint ("klappt nicht") by a negation that turns nothing else."""
    return any(at not in taken and book.is_plain(word) and _near(at, turns, used) for at, word in enumerate(words))


def _spared(hits: list[_Hit], words: tuple[str, ...], turns: list[int], book: Lexicon) -> tuple[list[_Hit], set[int]]:
    """The hits with each trouble that is denied as something good, and where the words that deny stand."""
    deny = [(at, at + 1) for at in turns] + [(hit.at, hit.end) for hit in hits if words[hit.at] in ("nie", "ueberhaupt", "gar")]
    used: set[int] = set()
    for at in (at for at, word in enumerate(words) if book.is_trouble(word)):
        by = next((range(*one) for one in reversed(deny) if one[1] <= at and denied(words, one, at)), None)
        if by is not None:
            used.update(by)
            hits = [*_beside(hits, {at, *by}), _Hit(at, at + 1, SPARED, turnable=False)]
    return hits, used


def _found(words: tuple[str, ...], book: Lexicon) -> tuple[list[_Hit], list[int], list[int], list[int]]:
    """Words with a weight, longest phrases first, and where turning, strengthening and weakening words end."""
    hits: list[_Hit] = []
    turns: list[int] = []
    stronger: list[int] = []
    weaker: list[int] = []
    at = 0
    while at < len(words):
        for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
            phrase = words[at : at + length]
            if (weight := book.weight(phrase)) is not None:
                hits.append(_Hit(at, at + length, weight))
                break
            if phrase in book.stronger or phrase in book.weaker:
                (stronger if phrase in book.stronger else weaker).append(at + length - 1)
                break
            if phrase in book.turning:
                turns.append(at + length - 1)
                break
        else:
            length = 1
        at += length
    return hits, turns, stronger, weaker


def _strength(hit: _Hit, stronger: list[int], weaker: list[int]) -> float:
    if any(0 < hit.at - at <= 2 for at in stronger):
        return STRONGER
    return WEAKER if any(0 < hit.at - at <= 2 for at in weaker) else 1.0


def _turn(hit: _Hit, turns: list[int]) -> int | None:
    """The negation that turns a hit: before it in its clause, or right behind a good one ("gut ist das nicht")."""
    if not hit.turnable:
        return None
    before = [at for at in turns if 0 < hit.at - at <= AHEAD]
    if before:
        return before[-1]
    behind = [at for at in turns if 0 <= at - hit.end < BEHIND - 1]
    return behind[0] if behind and hit.weight > 0 else None


def _near(at: int, turns: list[int], used: set[int]) -> bool:
    return any(turn not in used and -BEHIND <= at - turn <= AHEAD for turn in turns)
