"""Files of rules in, the map of them out: what each rule says, for whom, where it stands, and in which words people ask for it.

A rule is one thing that one sentence or list of a law says. Its `quote` are words of that sentence: where a law has changed so that they
stand in it no longer, the rule leads to the section only. The shipped files are `*.jsonl` beside this module, one rule a line.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from nova.language.norms import known_laws


@dataclass(frozen=True, slots=True)
class RulePlace:
    """Where a rule stands: the key of its provision ("stromgvv:19") and words of its sentence, with single spaces."""

    norm: str
    quote: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its `topic` (an id that the rules of one subject share), a `title` of a few words, `who` asks for it.

    `ask` are questions that stand alone, `then` such as make sense only once the subject is known.
    """

    topic: str
    title: str
    who: str
    places: tuple[RulePlace, ...]
    ask: tuple[str, ...]
    then: tuple[str, ...]

    @property
    def key(self) -> str:
        """What tells it from all others."""
        return f"{self.topic}/{self.title}"

    @property
    def norms(self) -> tuple[str, ...]:
        """The provisions it stands in."""
        return tuple(dict.fromkeys(place.norm for place in self.places))


@lru_cache(maxsize=1)
def shipped() -> tuple[Rule, ...]:
    """The rules that come with Nova; ValueError names the file and line that is wrong."""
    files = sorted(
        (one for one in resources.files("nova.answers.rules").iterdir() if one.name.endswith(".jsonl")), key=lambda one: one.name
    )
    return tuple(rule for file in files for rule in parse(file.read_text("utf-8").splitlines(), file.name))


@lru_cache(maxsize=1)
def mapped_laws() -> frozenset[str]:
    """The laws that the shipped rules stand in."""
    return frozenset(norm.partition(":")[0] for rule in shipped() for norm in rule.norms)


def parse(lines: Iterable[str], name: str) -> list[Rule]:
    """The rules of a file's lines; ValueError names `name` and the line that is wrong."""
    rules = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            rules.append(_rule(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{name}, line {number}: {error}") from error
    return rules


def _rule(data: Mapping[str, Any]) -> Rule:
    places = tuple(RulePlace(_key(one["norm"]), " ".join(one["quote"].split())) for one in data["places"])
    if not places or not data["ask"]:
        raise ValueError("a rule needs a place and a question")
    return Rule(str(data["topic"]), str(data["title"]), str(data["who"]), places, _texts(data["ask"]), _texts(data["then"]))


def _texts(values: Sequence[Any]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)


def _key(norm: str) -> str:
    """The key of a provision by any name of its law: "enwg_2005:41" is "enwg:41"."""
    law, _, number = norm.partition(":")
    key = known_laws().key(law)
    if key is None or not number:
        raise ValueError(f"{norm} is no provision")
    return f"{key}:{number}"
