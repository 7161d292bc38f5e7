"""A message in, the emergency it tells of out, or nothing: judged by itself, before anything is searched."""

from dataclasses import dataclass

from nova.answers.emergency.signs import DANGER, Sentence, sentences, windows
from nova.answers.emergency.weights import likely
from nova.turns import EmergencyKind

SURE = 0.15  # to miss an emergency is worse than to see one where there is none
SURE_OF_FIGURES = 0.4  # the same for a question for numbers of a meter
FIGURES = ("kost", "gekost", "stromkost", "bezahl", "verbrauch", "stromverbrauch", "spitze", "lastspitze", "spitzenlast", "eingespeist")
ASIDE = 0.1  # a sentence less likely than this is about something else
SHORTEST_QUESTION, FEW = 4, 4  # words
OTHER = frozenset({"LAW", "MONEY", "DOCUMENT", "IT", "PLAN", "STAT"})
ITS_OWN = frozenset({"ASKHELP", "WHATNOW"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What it is, how likely, whether the message asks something else besides, and whether it is in English."""

    kind: EmergencyKind
    likelihood: float
    asks_more: bool
    english: bool


def judge(text: str) -> Verdict | None:
    """The emergency a message tells of; the likeliest window decides."""
    told = sentences(text)
    found = windows(told)
    if not found or _says_too_little(told):
        return None
    judged = [(*likely(one.signs), one) for one in found]
    kind, likelihood, _ = max(judged, key=lambda one: one[1])
    if likelihood < _sure(told):
        return None
    alone = {one.start: chance for _, chance, one in judged if one.end == one.start + 1 and one.whole}
    more = any(alone[at] < ASIDE and _asks_else(one) for at, one in enumerate(told))
    return Verdict(kind, likelihood, more, _english(told))


def _says_too_little(told: list[Sentence]) -> bool:
    """Whether a message of a few words holds none that speaks of danger ("und heute", "ja bitte"): a turn of a conversation."""
    return sum(len(one.words) for one in told) <= FEW and not any(one.held & DANGER for one in told)


def _sure(told: list[Sentence]) -> float:
    """The likelihood from which on it is one.

    It is higher where nothing dangerous but "Strom" is spoken of, and what it cost or how much it was ("was hat der Strom gekostet").
    """
    if any(one.held & DANGER - {"POWER"} for one in told):
        return SURE
    return SURE_OF_FIGURES if any(word.startswith(FIGURES) for one in told for word in one.words) else SURE


def _asks_else(one: Sentence) -> bool:
    """Whether a sentence that tells of no emergency wants something that has nothing to do with one."""
    return len(one.words) >= SHORTEST_QUESTION and bool(one.held & OTHER) and (one.asks or not one.held & ITS_OWN)


ENGLISH = frozenset({
    "the", "is", "are", "there", "we", "our", "my", "your", "it", "has", "have", "been", "just", "what", "should",
    "and", "of", "to", "from", "out", "this", "with", "you", "can", "at", "on",
})  # fmt: skip
GERMAN = frozenset({
    "der", "die", "das", "ist", "sind", "es", "wir", "unser", "mein", "meine", "ich", "ein", "eine", "und", "im",
    "bei", "uns", "nach", "aus", "mit", "was", "soll", "den", "dem", "hier", "kein", "nicht",
})  # fmt: skip


def _english(told: list[Sentence]) -> bool:
    words = [word for one in told for word in one.words]
    return sum(word in ENGLISH for word in words) > sum(word in GERMAN for word in words)
