"""Folded words of a clause in, what they praise or scold by turning the opposite round out. Pure.

"Besser geht es nicht" says that something is best, "nie wieder Probleme" that all is well, "noch nie so gut" that it never was as good: the
negation belongs to the phrase and turns nothing. Faces and thumbs say what words would.
"""

import re
from collections.abc import Mapping, Sequence

BEST = 2.0
GOES = frozenset({"geht", "gehts", "ging", "gings", "ginge"})
CAN = frozenset({"kann", "kanns", "koennte", "koennten", "konnte", "haette", "haetten", "koennen"})
NOT = frozenset({"nicht", "kaum", "nimmer"})
NEVER = frozenset({"nie", "niemals", "nirgends", "nirgendwo", "nichts", "keiner", "niemand", "niemanden"})
BECOMES, PASSIVE = frozenset({"wird", "wirds", "werde", "geworden"}), frozenset({"wurde", "wurden"})
EVER = frozenset({"nie", "niemals", "nirgends", "nirgendwo"})
SUCH = frozenset({"so", "solch", "solche", "solchen", "solcher", "derart", "dermassen"})
WISHES = frozenset({"will", "wollen", "wollte", "moechte", "moechten", "hoffe", "hoffen", "brauche", "wuensche", "bitte", "warum", "wieso"})
DENIES = frozenset({
    "nicht", "kein", "keine", "keinen", "keinem", "keiner", "keinerlei", "nie", "niemals", "ohne", "null", "nichts", "nirgends",
    "keineswegs", "nie_wieder", "nie_mehr", "ueberhaupt_nicht",
})  # fmt: skip
SOMEBODYS = frozenset(
    {"mein", "meine", "meinen", "unser", "unsere", "ihr", "ihre", "das", "dieses", "diese", "dieser", "ein", "eine", "so"}
)
_ENDINGS = ("", "e", "es", "en", "em", "er", "s")
_FACES = (
    (re.compile(r"[👍👏🎉💪👌💯🤩😍🥰🥳❤♥💚💙]"), 2.0),
    (re.compile(r"[😊🙂😀😃😄😁☺😌🤗🙏👋]|(?<!\d)[:=]-?\)|:-?D(?!\w)"), 1.0),
    (re.compile(r"[👎😡😠🤬😤🤮💩😒🤦]"), -2.0),
    (re.compile(r"[😞😔😟🙁☹😢😭😩😫😕😣😖]|(?<!\d)[:=]-?\((?!\w)"), -1.0),
)


def faces(text: str) -> list[float]:
    """What the faces and thumbs of a text weigh, each kind once."""
    return [weight for shape, weight in _FACES if shape.search(text)]


def compared(words: Sequence[str], degrees: Mapping[str, int]) -> tuple[frozenset[int], float] | None:
    """The words by which a clause calls something the best or worst, and its weight; None where it does not.

    `degrees` holds comparatives and whether they are good (1) or bad (-1).
    """
    for at, word in enumerate(words):
        sign = next((degrees[word.removesuffix(end)] for end in _ENDINGS if word.endswith(end) and word.removesuffix(end) in degrees), 0)
        if sign and (turned := _topped(words, at)) is not None:
            return frozenset({at, turned}), sign * BEST
    return None


def _topped(words: Sequence[str], at: int) -> int | None:
    """Where the negation stands that makes a comparative at `at` the highest degree."""
    after = range(at + 1, min(at + 7, len(words)))
    if after and words[after[0]] in GOES | CAN:  # "besser geht es nicht", "schlimmer hätte es nicht kommen können"
        return next((n for n in after if words[n] in NOT), None)
    before = range(max(0, at - 3), at)
    return next((n for n in before if (words[n] in NEVER and _ever(words, n, at)) or (at - n <= 2 and _cannot(words, n))), None)


def _cannot(words: Sequence[str], negation: int) -> bool:
    """Whether it is "das könnte nicht besser sein"; not "könnten Sie nicht besser ...", which asks."""
    told = words[:1] if negation == 1 else words[1:negation]
    return words[negation] in NOT and not CAN.isdisjoint(told)


def _ever(words: Sequence[str], never: int, at: int) -> bool:
    """Whether it is "nirgends schneller geholfen", "nichts ist besser"; not "es wurde nie besser", "nichts besser gemacht"."""
    becomes = BECOMES & set(words) or (PASSIVE & set(words) and at == len(words) - 1)
    thing = words[never] != "nichts" or words[at].endswith("es") or words[never + 1] in ("ist", "war")
    return thing and not becomes


def exclaims(words: Sequence[str], negation: int, hit: int) -> bool:
    """Whether "nie so ..." says that it never was so much: "noch nie so gut beraten"; not "nie so gut wie versprochen"."""
    return words[negation] in EVER and bool(SUCH & set(words[negation + 1 : hit])) and "wie" not in words[hit:]


def denied(words: Sequence[str], negation: tuple[int, int], hit: int) -> bool:
    """Whether a negation (from, to) denies a trouble at `hit` so that all is well: "nie wieder Probleme", "keine größeren Schwierigkeiten".

    Not what somebody wishes ("ich will keinen Ärger") or asks for in vain ("niemand löst mein Problem").
    """
    between = words[negation[1] : hit]
    near = len(between) <= 2 and not SOMEBODYS & set(between)
    return near and "_".join(words[slice(*negation)]) in DENIES and not WISHES & set(words)
