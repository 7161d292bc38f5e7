"""A kept answer's row in, what it said out as it was said then: sentence by sentence, with the names of one's own meters.

What is kept is pseudonymised; a meter's facts name it by its id, so that who may see it reads its name again. Every other mark stays.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from nova.answers.compose.text import NEXT
from nova.privacy.marks import MARK
from nova.privacy.spans import PLACEHOLDERS
from nova.records import DataFact, Sentence
from nova.turns import Outcome

_DATA = re.compile(r"\[data ([0-9a-f-]{36})\]")
_METER = re.compile(rf"\{PLACEHOLDERS['meter'][:-1]}_[0-9A-HJKMNP-TV-Z]{{6}}\]")


def sentences_of(row: Mapping[str, Any]) -> tuple[Sentence, ...]:
    """The sentences of an answer: by the places that are kept of them, else by the marks behind them."""
    text: str = row["answer"].rpartition(NEXT)[0] or row["answer"]
    said = row["said"] or ()
    return _by_places(text, said) if said and text else _by_marks(text, row["citations"])


def _by_places(text: str, said: Sequence[Sequence[Any]]) -> tuple[Sentence, ...]:
    ends = [*(start for start, *_ in said[1:]), len(text)]
    return tuple(
        Sentence(text[start:end], tuple(citations), bool(checked), _facts(text[end:until]))
        for (start, end, citations, _, checked), until in zip(said, ends, strict=True)
    )


def _by_marks(text: str, citations: Sequence[Mapping[str, Any]]) -> tuple[Sentence, ...]:
    numbers: dict[str, list[int]] = {}
    for one in citations:
        numbers.setdefault(str(one["chunk_id"]), []).append(one["number"])
    found: list[Sentence] = []
    for part in MARK.split(text):
        if not MARK.fullmatch(part):
            found += [Sentence(part.strip(), (), True)] if part.strip() else []
        elif found:
            cited = found[-1].citations + _number(numbers.get(part.strip("[]").removeprefix("chunk "), []))
            found[-1] = replace(found[-1], citations=cited, facts=found[-1].facts + _facts(part))
    return tuple(found)


def _number(left: list[int]) -> tuple[int, ...]:
    """A passage cited again has one mark each time; its numbers were given in order, and the last one stays."""
    return (left.pop(0) if len(left) > 1 else left[0],) if left else ()


def _facts(marks: str) -> tuple[UUID, ...]:
    return tuple(UUID(one) for one in _DATA.findall(marks))


def next_of(text: str) -> str | None:
    """The question that an answer proposed."""
    return text.rpartition(NEXT)[2] if NEXT in text else None


def outcome_of(row: Mapping[str, Any]) -> Outcome:
    """How it ended; of old answers only how it is told to other programs is known."""
    outcome: Outcome = row["outcome"] or ("hotline" if row["emergency"] else row["status"])
    return outcome


def meter_marks(facts: Sequence[DataFact]) -> dict[str, str]:
    """The marks that stand for meters, and their ids: a fact of one meter has its mark in the label."""
    found: dict[str, str] = {}
    for fact in facts:
        marks = set(_METER.findall(fact.label))
        if len(marks) == 1 and fact.query.get("meter") and not fact.query.get("other_meter"):
            found[marks.pop()] = str(fact.query["meter"])
    return found


def names_meters(text: str) -> bool:
    """Whether a mark of a meter stands in a text."""
    return _METER.search(text) is not None


def with_names(text: str, names: Mapping[str, str]) -> str:
    """The text with what the marks stand for."""
    return _METER.sub(lambda mark: names.get(mark[0], mark[0]), text) if names else text


def fact_with_names(fact: DataFact, names: Mapping[str, str]) -> DataFact:
    """The same in a fact's label; charts name no meter."""
    return replace(fact, label=with_names(fact.label, names))
