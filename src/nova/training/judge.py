"""A question, its reference and an answer in, what is right and wrong of the answer's facts out."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from nova.language.fold import words
from nova.language.sentences import sentences
from nova.language.stems import is_stop, stem
from nova.training.facts import Fact, facts_of
from nova.training.match import fits, rivals, tells
from nova.training.refusals import sounds_refusing
from nova.training.scores import rouge_l
from nova.training.written import written

Contradicts = Callable[[str, str], bool]
"""Takes a sentence and one that should say the same; whether the first turns the second around."""

ALIKE, FEWEST, SAYS_IT, THE_SAME, CROSSED, MOST_BESIDE = 0.5, 2, 0.15, 0.8, 0.5, 24
_BY_A_WORD = re.compile(
    r"\b(?:ohne|entfällt|entfallen|kostenlos\w*|unentgeltlich\w*|\w+frei(?:e[nrs]?)?)\b|\bnur\b.*\bnur\b", re.IGNORECASE
)
_BY_NOT = re.compile(r"\b(?:nicht|kein\w*)\b", re.IGNORECASE)
_RISES = re.compile(r"\b(?:steig\w+|stieg\w*|gestiegen|erhöh\w+|zunehm\w+|nimmt zu|nehmen zu|zuzüglich|teurer|höher)\b", re.IGNORECASE)
_FALLS = re.compile(
    r"\b(?:sink\w+|sank\w*|gesunken|senk\w+|verringer\w+|reduzier\w+|abnehm\w+|nimmt ab|nehmen ab|abzüglich|billiger|niedriger)\b",
    re.IGNORECASE,
)
_COMMA = re.compile(r"(?<=\d),(?=\d)")  # no comma that ends a clause
_YES = re.compile(r"^\W*(?P<yes>ja|doch|jawohl)\b|^\W*(?P<no>nein|keineswegs)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """A question with its reference answer; `answerable` is False where the right answer is to refuse."""

    id: str
    topic: str
    question: str
    reference: str
    answerable: bool = True


@dataclass(frozen=True, slots=True)
class Judged:
    """Of one answer: how many facts were `asked` of it and `right`; added or changed ones that are `wrong`; `unproven` sentences.

    `against`: it carries a fact against its reference, or turns it around; `figures` are (right, asked) of its amounts and days alone.
    `score`, 0 to 1, is what it is worth; `rouge` how like the words are.
    """

    asked: int
    right: int
    wrong: int
    unproven: int
    against: bool
    refused: bool
    score: float
    rouge: float
    figures: tuple[int, int] = (0, 0)


def judge(item: Item, answer: str, contradicts: Contradicts) -> Judged:
    """What an answer is worth. A fact that the question holds is nobody's to repeat, and one of its own that nothing bears out is wrong."""
    said, given = facts_of(answer), facts_of(item.question)
    held = _distinct(facts_of(item.reference))
    refused, rouge = _refuses(item, answer, said), rouge_l(answer, item.reference)
    new = _unborne(said, (*held, *given))
    unproven = _unproven(answer, new)
    if not item.answerable:
        return Judged(0, 0, 0, unproven, False, refused, float(refused), rouge)
    wanted = [fact for fact in held if not _telling(given, fact)]
    turned = _turned(answer, item.reference, contradicts)
    found = _found(answer, item.reference, said, wanted, turned)
    missing = [fact for fact in wanted if fact not in found]
    wrong = len(_distinct(list(filter(_is_firm, new)))) + int(bool(turned) and not wanted)
    asked = max(len(wanted), len(found) + wrong)
    worth = len(found) / asked if asked else float(_speaks_of(answer, item.reference, rouge))
    against = bool(turned) or _is_against(said, new, missing)
    score = 0.0 if refused else worth
    return Judged(asked, len(found), wrong, unproven, against, refused, score, rouge, _figures(wanted, found))


def _speaks_of(answer: str, reference: str, rouge: float) -> bool:
    """Whether an answer without facts to be told says something of what the reference speaks of."""
    return rouge >= SAYS_IT or bool(_stems(answer) & _stems(reference))


def _is_firm(fact: Fact) -> bool:
    return fact.firm


def _unborne(said: Sequence[Fact], held: Sequence[Fact]) -> list[Fact]:
    return [fact for fact in said if not any(fits(fact, one) for one in held)]


def _is_against(said: Sequence[Fact], new: Sequence[Fact], missing: Sequence[Fact]) -> bool:
    """Whether a fact stands where the reference has another of its sort, or one of the reference's stands in another's place."""
    changed = any(rivals(fact, one) for fact in filter(_is_firm, new) for one in missing)
    return changed or any(tells(one, fact) for fact in missing for one in said)


def _figures(wanted: Sequence[Fact], found: Sequence[Fact]) -> tuple[int, int]:
    amounts = [fact for fact in wanted if fact.kind in ("amount", "date", "time")]
    return sum(fact in found for fact in amounts), len(amounts)


def _refuses(item: Item, answer: str, said: Sequence[Fact]) -> bool:
    """Whether it refuses: it says so, or what the reference says where that refuses, and tells no fact that the question has not.

    To an answerable question an empty answer is one, too; what the reference itself sounds like is none.
    """
    if not answer.strip():
        return item.answerable
    given = facts_of(item.question) if item.answerable else (*facts_of(item.question), *facts_of(item.reference))
    if any(fact.kind in ("amount", "date", "provision") for fact in _unborne(said, given)):
        return False
    if item.answerable:
        return sounds_refusing(answer) and not sounds_refusing(item.reference)
    return sounds_refusing(answer) or rouge_l(answer, item.reference) > THE_SAME


def _distinct(facts: Sequence[Fact]) -> list[Fact]:
    """Facts without those that say the same once more."""
    found: list[Fact] = []
    for fact in facts:
        if not any(tells(one, fact) for one in found):
            found = [one for one in found if not tells(fact, one)] + [fact]
    return found


def _found(answer: str, reference: str, said: Sequence[Fact], wanted: Sequence[Fact], turned: Sequence[tuple[int, int]]) -> list[Fact]:
    """The wanted facts that an answer tells, outside sentences that turn the sense around, each of what the reference tells it of."""
    free = [fact for fact in said if not _within(fact, turned)]
    there = [(fact, one) for fact in wanted if (one := _telling(free, fact))]
    wrong = _in_each_others_place((written(reference), wanted), (written(answer), said), there)
    return [fact for fact, _ in there if fact not in wrong]


Told = tuple[str, Sequence[Fact]]


def _in_each_others_place(held: Told, said: Told, there: Sequence[tuple[Fact, Fact]]) -> set[Fact]:
    """Of the facts that an answer tells those that it tells of another thing than the reference does."""
    wrong: set[Fact] = set()
    for (left, own), (right, other) in combinations(there[:MOST_BESIDE], 2):
        if _may_be_exchanged(left, right) and _exchanged(_apart(*held, left, right), _apart(*said, own, other)):
            wrong |= {left, right}
    return wrong


def _within(fact: Fact, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= fact.start < end for start, end in spans)


def _may_be_exchanged(left: Fact, right: Fact) -> bool:
    return left.kind in ("amount", "date") and rivals(left, right)


def _telling(said: Sequence[Fact], wanted: Fact) -> Fact | None:
    return next((one for one in said if tells(one, wanted)), None)


Words = frozenset[str]


def _apart(text: str, facts: Sequence[Fact], left: Fact, right: Fact) -> tuple[Words, Words]:
    """What stands by one of two facts and not by the other."""
    first, second = _around(text, left, facts), _around(text, right, facts)
    return first - second, second - first


def _exchanged(held: tuple[Words, Words], said: tuple[Words, Words]) -> bool:
    """Whether two amounts of one sort stand in an answer by what the reference says of the other ("Strom 30 ct, Gas 10 ct")."""
    straight = _shared(held[0], said[0]) + _shared(held[1], said[1])
    crossed = _shared(held[0], said[1]) + _shared(held[1], said[0])
    return crossed > straight + CROSSED


def _shared(left: frozenset[str], right: frozenset[str]) -> float:
    return len(left & right) / min(len(left), len(right)) if left and right else 0.0


def _around(text: str, fact: Fact, facts: Sequence[Fact]) -> Words:
    """Stems of the words that stand by a fact: in its clause, up to its neighbours."""
    begins = [one.end for one in facts if one.end <= fact.start] + [match.end() for match in _CLAUSE.finditer(text, 0, fact.start)]
    ends = [one.start for one in facts if one.start >= fact.end] + [match.start() for match in _CLAUSE.finditer(text, fact.end)]
    begin, end = max(begins, default=0), min(ends, default=len(text))
    return _stems(f"{text[begin : fact.start]} {text[fact.end : end]}")


_CLAUSE = re.compile(r"[,;:.!?](?=\s|$)|\s(?:und|sowie|aber|während)\s")


@lru_cache(maxsize=16384)
def _stems(text: str) -> Words:
    return frozenset(stem(word) for word in words(text) if not is_stop(word) and not word[0].isdigit())


def _turned(answer: str, reference: str, contradicts: Contradicts) -> list[tuple[int, int]]:
    """Spans (of the written answer) of the sentences that say the opposite of what the reference says of the same."""
    answer, reference = (_COMMA.sub(".", written(text)) for text in (answer, reference))
    first, other = _YES.match(answer), _YES.match(reference)
    if first and other and first.lastgroup != other.lastgroup:
        return [(0, len(answer))]
    held = [reference[start:end] for start, end in sentences(reference)]
    return [span for span in sentences(answer) if _turns(answer[span[0] : span[1]], held, contradicts)]


def _turns(sentence: str, held: Sequence[str], contradicts: Contradicts) -> bool:
    own = _stems(sentence)
    near = max(held, key=lambda one: len(own & _stems(one)), default="")
    if _denied_otherwise(sentence, near):
        return False
    common = own & _stems(near)
    if len(common) < FEWEST or len(common) < ALIKE * min(len(own), len(_stems(near))):
        return False
    return _opposite(sentence, near) or (contradicts(sentence, near) and contradicts(sentence, " ".join(held)))


def _denied_otherwise(sentence: str, other: str) -> bool:
    """Whether one of two sentences denies by a word of its own ("ohne", "kostenlos") what the other denies by "nicht" or "kein"."""
    first, second = (bool(_BY_A_WORD.search(one)) for one in (sentence, other))
    return first != second and bool(_BY_NOT.search(other if first else sentence))


def _opposite(sentence: str, other: str) -> bool:
    """Whether one says that something rises and the other that it falls."""
    rises, falls = (bool(_RISES.search(one)) for one in (sentence, other)), (bool(_FALLS.search(one)) for one in (sentence, other))
    (up, other_up), (down, other_down) = rises, falls
    return (up and other_down and not other_up and not down) or (down and other_up and not other_down and not up)


def _unproven(answer: str, new: Sequence[Fact]) -> int:
    """How many sentences hold a fact that nothing bears out."""
    if not new:
        return 0
    spans = sentences(written(answer))
    return sum(any(start <= fact.start < end for fact in new) for start, end in spans)
