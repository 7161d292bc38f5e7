"""A claim and its source's words in, whether the claim turns the source around out: dropped or added "nicht", "muss" made of "kann"."""

import re
from collections.abc import Iterator
from functools import lru_cache

from nova.language.fold import words
from nova.language.stems import is_stop, stem

_CLAUSE = re.compile(r"[,;:–—()]|\.\s")
_BOUND = re.compile(
    r"\bnicht (?:mehr|weniger|laenger|kuerzer|hoeher|niedriger|groesser|kleiner|frueher|spaeter|oefter) als\b"
    r"|\bnicht (?:nur|allein|lediglich)\b|\bnicht (?:ueberschreiten|uebersteigen|unterschreiten)\b"
)
_NEGATORS = frozenset("nicht kein keine keinem keinen keiner keines nie niemals weder noch keinerlei keinesfalls keineswegs".split())  # noqa: SIM905
_FORBIDDEN = frozenset("verboten untersagt unzulaessig ausgeschlossen unwirksam nichtig entfaellt entfallen unberechtigt".split())  # noqa: SIM905
_ALLOWED = frozenset("zulaessig erlaubt gestattet berechtigt wirksam".split())  # noqa: SIM905
_MAY = re.compile(r"\b(?:darf|duerfen|durfte|kann|koennen|koennte|zulaessig|erlaubt|berechtigt|gestattet|befugt)\b")
_MUST = re.compile(
    r"\b(?:muss|muessen|musste|mussten|verpflichtet|pflicht|soll|sollen|erforderlich|bedarf|beduerfen|verlangt|vorgeschrieben|mindestens|spaetestens)\b"
    r"|\b(?:hat|haben|ist|sind)\b.*\b(?:zu \w+|\w+zu\w+en)\b"
)
_CLAIMS_MUST = re.compile(r"\b(?:muss|muessen|verpflichtet|zwingend|vorgeschrieben)\b")
_CLAIMS_MAY = re.compile(r"\b(?:darf|duerfen|kann|koennen|erlaubt|gestattet|freiwillig)\b")


def contradicts(claim: str, source: str) -> bool:
    """Whether a claim says the opposite of the source words it rests on. It errs on the side of yes where a negation changed hands."""
    said, held = _polarity(claim), _polarity(source)
    if said.negated and not (said.negated & held.negated or held.forbids_plainly):
        return not held.denies or bool(said.negated & held.words)
    return _denial_dropped(said, held) or (said.forbids and not held.denies) or _modal_flip(said, held)


def _denial_dropped(said: "_Polarity", held: "_Polarity") -> bool:
    """Whether a claim that denies nothing says what its source negates, or permits where that forbids."""
    if said.denies:
        return False
    return bool(held.negated & said.words) or (held.forbids_plainly and said.permits)


def _modal_flip(said: "_Polarity", held: "_Polarity") -> bool:
    if said.denies or held.denies:
        return False
    may, must = bool(_MAY.search(held.plain)), bool(_MUST.search(held.plain))
    if _CLAIMS_MUST.search(said.plain) and may and not must:
        return True
    return bool(_CLAIMS_MAY.search(said.plain)) and must and not may and not _CLAIMS_MUST.search(said.plain)


class _Polarity:
    """A text's words, those under a negation, and whether it forbids or allows."""

    def __init__(self, text: str) -> None:
        folded = words(text)
        self.plain = " ".join(folded)
        self.words = frozenset(_skeleton(word) for word in folded if not is_stop(word))
        self.negated = frozenset(_negated(text))
        self.forbids = bool(_FORBIDDEN.intersection(folded))
        self.allows = bool(_ALLOWED.intersection(folded))
        self.forbids_plainly = self.forbids and not self.negated
        self.denies = self.forbids or any(_negators(clause) for clause in _clauses(text))

    @property
    def permits(self) -> bool:
        """Whether it allows something, by an adjective or by a verb."""
        return self.allows or bool(_CLAIMS_MAY.search(self.plain))


@lru_cache(maxsize=4096)
def _polarity(text: str) -> _Polarity:
    return _Polarity(text)


def _clauses(text: str) -> Iterator[list[str]]:
    for clause in _CLAUSE.split(text):
        plain = _BOUND.sub(" ", " ".join(words(clause)))
        if plain.strip():
            yield plain.split()


def _negators(clause: list[str]) -> list[int]:
    return [at for at, word in enumerate(clause) if word in _NEGATORS and (word != "noch" or "weder" in clause)]


def _negated(text: str) -> Iterator[str]:
    """Stems of the words a negation covers: what follows it in its clause, else (`gilt für sie nicht`) what stands before."""
    for clause in _clauses(text):
        for at in _negators(clause):
            after = [word for word in clause[at + 1 :] if not is_stop(word)]
            before = [word for word in clause[:at] if not is_stop(word)]
            yield from (_skeleton(word) for word in (after or before[-3:]))


def _skeleton(word: str) -> str:
    """A stem without its inner vowels, so that `betreiben` and `betrieben`, `erheben` and `erhoben` are one."""
    root = stem(word).removeprefix("ge")
    bare = root[:1] + re.sub(r"[aeiou]", "", root[1:])
    return bare if len(bare) > 3 else root
