"""An answer and the passages that it cites in, whether it says otherwise than they do out.

It does where a fact of one of its sentences stands in place of another that a passage tells of the same, where two facts are exchanged,
where a clause turns the sense of a clause around, or where it says how often something is and a passage says otherwise.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from nova.language.fold import fold, words
from nova.language.sentences import sentences
from nova.language.stems import is_stop, stem
from nova.training.facts import Fact, facts_of
from nova.training.judge import Contradicts, Item, judge
from nova.training.match import fits, rivals
from nova.training.written import written

OF_IT, OF_THE_SAME, CLAUSE_ALIKE, SAME, ASKED, FEWEST = 0.3, 0.34, 0.6, 0.85, 0.99, 2
_PARTS = re.compile(r"[,;:](?!\d)\s*|\s(?:und|aber|sondern|denn|wenn|falls|außer)\s")
_EXCEPT = re.compile(r"\b(?:außer|es sei denn|sonst|ausgenommen|erst|nur|wenn|falls|sofern|soweit|ohne)\b", re.IGNORECASE)
_OFTEN = re.compile(r"\b(?:(?:halb|viertel)?jaehrlich|monatlich|woechentlich|taeglich|stuendlich)")
_BY_A_WORD = re.compile(r"\b(?:ohne|kostenlos\w*|unentgeltlich\w*|\w+frei(?:e[nrs]?)?)\b", re.IGNORECASE)
_FREE = re.compile(r"\b(?:kostenlos|kostenfrei|unentgeltlich|gebührenfrei)\w*", re.IGNORECASE)
_UNIT = re.compile(r"\s*(?:[€%]|[^\W\d_]+[²³]?)(?:\s?/\s?[^\W\d_]+)?")
_FORBIDS = re.compile(r"\b(?:unzulässig|verboten|untersagt|ausgeschlossen|unwirksam|entfäll\w*|entfallen)\b", re.IGNORECASE)
_YES = re.compile(r"^\W*(?P<yes>ja)\b|^\W*(?P<no>nein)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:nicht|kein\w*|nie)\b", re.IGNORECASE)


def contradicts_source(question: str, answer: str, context: Sequence[str], contradicts: Contradicts) -> bool:
    """Whether it does; False where it cites nothing, or passages that speak of something else: what is right may stand elsewhere."""
    passage, said = written("\n\n".join(context)), written(answer)
    own = _stems(question) | _stems(said)
    if len(own & _stems(passage)) < OF_IT * len(own) or not context:
        return False
    held = [passage[start:end] for start, end in sentences(passage)]
    given = (*facts_of(question), *facts_of(passage))
    return (
        any(_changed(said[start:end], held, given, facts_of(answer)) for start, end in sentences(said))
        or _exchanged(question, answer, context)
        or _turned(said, held, contradicts)
        or _otherwise_often(said, held)
        or _answers_otherwise(question, said, held)
    )


def _changed(sentence: str, held: Sequence[str], given: Sequence[Fact], told: Sequence[Fact]) -> bool:
    """Whether a sentence has a firm fact that nothing bears out, where a passage tells another of its sort of the same."""
    new = [fact for fact in facts_of(sentence) if fact.firm and not _borne_out(fact, given)]
    left = [(other, one) for other in held for one in facts_of(other) if not _borne_out(one, told)]
    return _costs_what_is_free(sentence, new, held) or any(_replaces(sentence, fact, left, given) for fact in new)


def _costs_what_is_free(sentence: str, new: Sequence[Fact], held: Sequence[str]) -> bool:
    costs = any(fact.unit == "euro" and fact.value > 0 and not fact.per for fact in new)
    return costs and any(_FREE.search(other) and _alike(sentence, other) >= OF_THE_SAME for other in held)


def _replaces(sentence: str, fact: Fact, left: Sequence[tuple[str, Fact]], given: Sequence[Fact]) -> bool:
    """Whether a fact stands where a passage has one that the answer does not tell."""
    beside = [(other, one) for other, one in left if rivals(fact, one)]
    return any(
        _of_the_same((sentence, fact), (other, one)) or (_is_only(one, given) and bool(_stems(sentence) & _stems(other)))
        for other, one in beside
    )


def _borne_out(fact: Fact, some: Sequence[Fact]) -> bool:
    return any(fits(fact, one) for one in some)


def _is_only(fact: Fact, given: Sequence[Fact]) -> bool:
    """Whether it is the one amount in its unit."""
    return bool(fact.unit) and sum(one.unit == fact.unit for one in given) == 1


def _of_the_same(said: tuple[str, Fact], held: tuple[str, Fact]) -> bool:
    """Whether two facts are told of the same thing: both are the least or the most, or what is said of them is alike, or nothing is."""
    (sentence, fact), (other, one) = said, held
    return (bool(fact.bound) and fact.bound == one.bound) or len(_stems(sentence)) < FEWEST or _alike(sentence, other) >= OF_THE_SAME


def _exchanged(question: str, answer: str, context: Sequence[str]) -> bool:
    """Whether two facts stand in each other's place, with regard to each passage that tells both."""
    if sum(bool(fact.unit) or fact.kind == "date" for fact in facts_of(answer)) < FEWEST:
        return False
    known = (*facts_of(question), *(fact for text in context for fact in facts_of(text)))
    if any(not any(fits(fact, one) for one in known) for fact in facts_of(answer)):
        return False
    return all(judge(Item("", "", question, text), answer, _never).against for text in context)


def _never(_: str, __: str) -> bool:
    return False


def _turned(said: str, held: Sequence[str], contradicts: Contradicts) -> bool:
    """Whether a clause says the opposite of the clause of a passage that is most like it, and of its whole sentence."""
    theirs = [clause for sentence in held for clause in _clauses(sentence)]
    return any(_turns(clause, theirs, contradicts) for clause in _clauses(said))


def _turns(clause: str, theirs: Sequence[str], contradicts: Contradicts) -> bool:
    most = max((_alike(clause, one) for one in theirs), default=0.0)
    near = [one for one in theirs if _alike(clause, one) >= most and len(_stems(clause) & _stems(one)) >= FEWEST]
    if most < CLAUSE_ALIKE or not near:
        return False
    return all(_conditions(clause) == _conditions(one) and _denies_the_other(clause, one, contradicts) for one in near)


def _conditions(text: str) -> bool:
    return bool(_EXCEPT.search(text))


def _denies_the_other(clause: str, other: str, contradicts: Contradicts) -> bool:
    """Of two clauses that speak of the same."""
    first, second = (_denies(one) for one in (clause, other))
    if first and second:
        return False
    return contradicts(clause, other) or (first != second and _alike(clause, other) >= SAME and not _BY_A_WORD.search(f"{clause} {other}"))


def _denies(text: str) -> bool:
    """Whether it denies something: by one word that does, or by three."""
    return bool((len(_NOT.findall(text)) + len(_FORBIDS.findall(text))) % 2)


def _otherwise_often(said: str, held: Sequence[str]) -> bool:
    for start, end in sentences(said):
        own = set(_OFTEN.findall(fold(said[start:end])))
        near = max(held, key=lambda one: _alike(said[start:end], one), default="")
        theirs = set(_OFTEN.findall(fold(near)))
        if own and theirs and not own & theirs and _alike(said[start:end], near) >= OF_THE_SAME:
            return True
    return False


def _answers_otherwise(question: str, said: str, held: Sequence[str]) -> bool:
    """Whether a yes answers what a passage denies, or a no what it affirms: the passage's sentence says the verb that is asked."""
    first = _YES.match(said)
    asked = _stems(question)
    near = max(held, key=lambda one: len(asked & _stems(one)), default="")
    if first is None or _NOT.search(question) or _EXCEPT.search(near) or len(asked & _stems(near)) < max(FEWEST, ASKED * len(asked)):
        return False
    return _denies(near) == (first.lastgroup == "yes")


def _clauses(text: str) -> Iterator[str]:
    for start, end in sentences(text):
        yield from (part for part in _PARTS.split(text[start:end]) if part and len(_stems(part)) >= FEWEST)


def _alike(left: str, right: str) -> float:
    """The share of the words of the shorter one that stand in the other."""
    first, second = _stems(left), _stems(right)
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


@lru_cache(maxsize=16384)
def _stems(text: str) -> frozenset[str]:
    """What a text speaks of, but for its facts and their units."""
    for fact in reversed(facts_of(text)):
        if fact.kind in ("amount", "date", "time"):
            unit = _UNIT.match(text, fact.end) if fact.unit else None
            text = f"{text[: fact.start]} {text[unit.end() if unit else fact.end :]}"
    return frozenset(stem(word) for word in words(text) if not is_stop(word) and not word[0].isdigit())
