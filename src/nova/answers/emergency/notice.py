"""A message and the supplier's numbers in; of an emergency the number to ring and what to do out, before anything is looked up."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from time import perf_counter
from typing import Any
from uuid import UUID

import yaml

from nova.answers.emergency.judge import Verdict, judge
from nova.records import Answer, Sentence
from nova.store.ids import uuid7
from nova.turns import EMERGENCIES, Emergency, EmergencyKind

NATIONAL = "112"
ADVICE = 2  # sentences
LANGUAGES = ("de", "en")
_KINDS = frozenset({"titel", "first", *LANGUAGES})


@dataclass(frozen=True)
class Hotlines:
    """The supplier's numbers: one for all, and those of kinds that have their own."""

    common: str = ""
    own: Mapping[EmergencyKind, str] | None = None

    @staticmethod
    def of_divisions(common: str, *, gas: str, power: str, heat: str, water: str) -> "Hotlines":
        """The numbers of a supplier's divisions; "" where one has none of its own."""
        told: dict[EmergencyKind, str] = {
            "gas": gas,
            "co": gas,
            "outage": power,
            "fire": power,
            "shock": power,
            "heat": heat,
            "water": water,
        }
        return Hotlines(common, {kind: number for kind, number in told.items() if number})

    def of(self, kind: EmergencyKind) -> str:
        """The number for a kind; "" where none is configured."""
        return (self.own or {}).get(kind) or self.common

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every number, each once."""
        return tuple(dict.fromkeys(filter(None, (self.common, *(self.own or {}).values()))))


@dataclass(frozen=True, slots=True)
class Advice:
    """What is said of a kind in a language: the sentence with the number, the same without one, and what to do."""

    call: str
    without: str
    todo: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of emergency: whether the national number is rung first, and what is said in each language."""

    title: str
    national_first: bool
    said: Mapping[str, Advice]


def urgent(text: str, hotlines: Hotlines, conversation_id: UUID | None = None) -> Answer | None:
    """The answer to a message that tells of an emergency, whatever else it asks; None for any other message. Takes milliseconds."""
    began = perf_counter()
    verdict = judge(text)
    if verdict is None:
        return None
    sentences = tuple(Sentence(one, (), True) for one in said(verdict, hotlines))
    return Answer(
        answer_id=uuid7(),
        status="answered",
        text=" ".join(one.text for one in sentences),
        sentences=sentences,
        citations=(),
        passages=(),
        next_question=None,
        model="",
        prompt_version="",
        timings_ms={"total": round((perf_counter() - began) * 1000, 3)},
        conversation_id=conversation_id,
        emergency=emergency(verdict.kind, hotlines),
        outcome="hotline",
    )


def said(verdict: Verdict, hotlines: Hotlines) -> list[str]:
    """The sentences, in German, after English ones where the message is English."""
    told: list[str] = []
    for language in ("en", "de") if verdict.english else ("de",):
        advice, number = kinds()[verdict.kind].said[language], hotlines.of(verdict.kind)
        told += [advice.call.format(hotline=number) if number else advice.without, *advice.todo]
        told += [later()[language]] if verdict.asks_more else []
    return told


def emergency(kind: EmergencyKind, hotlines: Hotlines) -> Emergency:
    """What an answer of this kind warns of, and whom to ring."""
    number = hotlines.of(kind)
    first = NATIONAL if kinds()[kind].national_first or not number else number
    return Emergency(kind, first, number or NATIONAL, bool(number))


@lru_cache(maxsize=1)
def kinds() -> Mapping[EmergencyKind, Kind]:
    """All that may be said; ValueError names what is wrong in the shipped file."""
    told = _file()["kinds"]
    if set(told) != set(EMERGENCIES):
        raise ValueError(f"advice.yaml: expected the kinds {', '.join(EMERGENCIES)}")
    return {kind: _kind(kind, told[kind]) for kind in EMERGENCIES}


@lru_cache(maxsize=1)
def later() -> Mapping[str, str]:
    """That the other question of a message can be asked afterwards, by language."""
    return dict(_file()["later"])


def _file() -> dict[str, Any]:
    told = yaml.safe_load(resources.files("nova.answers.emergency").joinpath("advice.yaml").read_text("utf-8"))
    if set(told) != {"version", "later", "kinds"} or set(told["later"]) != set(LANGUAGES):
        raise ValueError("advice.yaml: expected the keys version, later and kinds, and `later` in de and en")
    return dict(told)


def _kind(name: str, told: Mapping[str, Any]) -> Kind:
    if set(told) != _KINDS or told["first"] not in (NATIONAL, "hotline"):
        raise ValueError(f"advice.yaml: {name} needs exactly {', '.join(sorted(_KINDS))}, and `first` is 112 or hotline")
    said = {language: Advice(told[language]["call"], told[language]["without"], tuple(told[language]["todo"])) for language in LANGUAGES}
    if any(len(one.todo) != ADVICE or "{hotline}" not in one.call or NATIONAL not in one.without for one in said.values()):
        raise ValueError(f"advice.yaml: {name} needs {{hotline}} in `call`, {NATIONAL} in `without` and {ADVICE} sentences of what to do")
    return Kind(told["titel"], told["first"] == NATIONAL, said)
