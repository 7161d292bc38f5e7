"""A rule in, the question out by which people ask for it: one of its own lines, short, in good German and understood without the rest.

Lines of the map are written as people write, also in haste and in dialect. What is proposed to somebody has to be spelt well.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from nova.answers.emergency.judge import judge
from nova.answers.rules.book import Rule, shipped

PRIVATE = frozenset({"kunde", "mieter", "eigentuemer", "vermieter", "erzeuger", "jeder"})
"""Who asks for themselves; all others ask for a company."""
SHORTEST, LONGEST, SHORT = 20, 90, 70
OFTEN = 3  # in the lines of so many rules a word stands that is surely spelt well
_WORD = re.compile(r"[^\W\d_][\w-]*")
_OPENS = re.compile(
    r"(?:Wie|Was|Wer|Wem|Wann|Wo|Wofür|Woran|Welche[rsnm]?|Warum|An wen|Ab (?:wann|welche[rm]|wie)|Bis (?:wann|zu welche[rm])"
    r"|(?:Mit|Bei|Nach|Unter|Für|In|Von) welche[rnm]?|Darf|Dürfen|Muss|Müssen|Kann|Können|Bekomme|Gibt es|Gilt|Gelten|Ist|Sind|Zahlt"
    r"|Brauche|Wird|Werden|Haftet|Zählt)\b"
)
_BROKEN = re.compile(r"[.!?:;…()–„“\"&+=]|\s-\s|,-|\d-?er\b")
_SPOKEN = re.compile(
    r"\b(?:ihr|euch|eure[rnms]?|die mir|der mir|krieg\w*|gibts|brauchts|nen?|ner|nix|is|hab|seh|bekomm|komm|brauch|zahl|lass"
    r"|mal|halt|ums|fürs|übers|aufs|rauf|ham|wieviel|anner|ned|net|eh|des|öko|rein\w*schreiben|runter\w*|rum|weg|dann|denn"
    r"|Ding|Kram|Kasten|Saft|Tanke|Sie|so ein\w*|auch so|oder so|bitte|einfach|trotzdem|eigentlich|überhaupt|sowas"
    r"|irgendwas|(?:beim|das|dem|vom|die|ein) Netz|Stadtwerk\w*)\b",
    re.IGNORECASE,
)
_NO_COMMA = re.compile(
    r"(?<![,])(?<! und)(?<! oder)(?<! als)(?<! auch)(?<! nur)(?<! erst)(?<! selbst)(?<! außer)"
    r" (?:bevor|wenn|dass|weil|obwohl|nachdem|sobald|falls|damit|ob)\b"
    r"|\b(?:sagen|mitteilen|sehe|wissen|weiß|stehen|melden|angeben) (?:was|wie|wann|wer|wo|ab wann|welche[rsn]?)\b"
    r"|\bgeben bei de[mr]\b|(?<!,) um (?=.*\bzu [a-z]+en\b)|\b(?:Betrag|Strom|Preis) de[nr] (?:ich|in|er|sie)\b"
    r"|\b(?:zwingen|weigern|verpflichtet) (?:an|seine\w*|den|die|das)\b"
)
_CASUAL = re.compile(r"\b(?:drin\w*|drauf|raus|rein|selber|buddeln|machen|das mit|die in diesen)\b|'")
_OURS = re.compile(r"\b(?:wir|uns|unser\w*)\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def questions() -> dict[str, str]:
    """For the keys of the shipped rules the questions by which they may be proposed; rules without a good one are left out."""
    rules = shipped()
    known = spelt(rules)
    return {rule.key: said for rule in rules if (said := phrase(rule.ask, known)) is not None}


def question_of(rule: Rule) -> str | None:
    """How people ask for a shipped rule; None where no line of it is good enough, or where only a company would ask so."""
    said = questions().get(rule.key)
    return None if said is None or (rule.who in PRIVATE and is_of_staff(said)) or not _is_calm(said) else said


@lru_cache(maxsize=1024)
def _is_calm(line: str) -> bool:
    """Whether a question is not taken for an emergency: who picks what is proposed is to be answered."""
    return judge(line) is None


@lru_cache(maxsize=1)
def by_topic() -> Mapping[str, tuple[Rule, ...]]:
    """The shipped rules of each topic, what it is mostly about first."""
    found: dict[str, tuple[Rule, ...]] = {}
    for rule in shipped():
        found[rule.topic] = (*found.get(rule.topic, ()), rule)
    return found


def spelt(rules: Iterable[Rule]) -> frozenset[str]:
    """Words that are surely spelt well: those of titles and of the laws, and those that many people wrote alike."""
    sure: set[str] = set()
    lines: Counter[str] = Counter()
    for rule in rules:
        sure.update(_WORD.findall(" ".join((rule.title, *(place.quote for place in rule.places)))))
        lines.update({word for line in rule.ask for word in _WORD.findall(line)})
    return frozenset(sure | {word for word, count in lines.items() if count >= OFTEN})


def is_of_staff(line: str) -> bool:
    """Whether a line is asked by a company, or by several."""
    return bool(_OURS.search(line))


def phrase(lines: Sequence[str], known: Collection[str]) -> str | None:
    """The best line that may be proposed: of words that are known, asked by one person, short; among equals the first."""
    return min(filter(is_clean, lines), key=lambda line: _faults(line, known), default=None)


def is_clean(line: str) -> bool:
    """Whether a line is one whole question in written German."""
    fits = SHORTEST <= len(line) <= LONGEST and line.endswith("?") and _OPENS.match(line)
    return bool(fits) and not any(pattern.search(line[:-1]) for pattern in (_BROKEN, _SPOKEN, _NO_COMMA))


def _faults(line: str, known: Collection[str]) -> tuple[int, bool, bool]:
    strange = sum(word not in known for word in _WORD.findall(line)[1:]) + len(_CASUAL.findall(line))
    return strange, is_of_staff(line), len(line) > SHORT
