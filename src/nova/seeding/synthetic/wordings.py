"""What `wordings.yaml` says about a language, as patterns and tables."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from nova.errors import InvalidInput

WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Turn:
    """A sentence's pattern and what becomes of its groups."""

    pattern: re.Pattern[str]
    form: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A language: `swaps` (any of the phrases -> the others), `turns` of sentences, forms of days, money and energy, greetings, closings.

    `vocabulary` are the small words that a rewriting may bring, take or change; `to_nominative` changes articles, `masculine` are the
    nouns for which that holds.
    """

    months: tuple[str, ...]
    forms: Mapping[str, tuple[str, ...]]
    greetings: tuple[str, ...]
    greeting: re.Pattern[str]
    closings: tuple[str, ...]
    closing: re.Pattern[str]
    swaps: Mapping[str, tuple[str, ...]]
    swap: re.Pattern[str]
    turns: tuple[Turn, ...]
    to_nominative: Mapping[str, str]
    masculine: frozenset[str]
    participles: Mapping[str, str]
    by: Mapping[str, str]
    speaks: frozenset[str]
    signed: frozenset[str]
    linked: frozenset[str]
    begins: frozenset[str]
    vocabulary: frozenset[str]

    def groups(self, match: re.Match[str]) -> dict[str, str]:
        """A match's groups, the other case of its noun, who did it in the other voice, and each with a large or a small letter."""
        found = {name: value or "" for name, value in match.groupdict().items()}
        found |= self._other_case(found) | self._other_voice(found)
        if "inf" in found:
            found["inf_part"] = self.participles[found["inf"]]
        cased = {f"{name}_up": value[:1].upper() + value[1:] for name, value in found.items()}
        return found | cased | {f"{name}_low": value[:1].lower() + value[1:] for name, value in found.items()}

    def _other_case(self, found: Mapping[str, str]) -> dict[str, str]:
        if "acc" in found:
            return {"nom": self._cased(found["acc"], self.to_nominative)}
        back = {new: old for old, new in self.to_nominative.items()}
        return {"acc": _lowered(self._cased(_lowered(found["nom"]), back))} if "nom" in found else {}

    def _other_voice(self, found: Mapping[str, str]) -> dict[str, str]:
        if "who" in found:
            return {"by": self.by.get(found["who"], "")}
        return {"who_of": next(who for who, by in self.by.items() if by.endswith(f" {found['whom']}"))} if "whom" in found else {}

    def _cased(self, phrase: str, table: Mapping[str, str]) -> str:
        first, _, noun = phrase.partition(" ")
        return f"{table.get(first, first) if noun in self.masculine else first} {noun}"


def _lowered(phrase: str) -> str:
    """The article in small letters, but for the polite "Ihr"."""
    return phrase if phrase.startswith("Ihr") else phrase[:1].lower() + phrase[1:]


@lru_cache(maxsize=1)
def _read() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(files("nova.seeding.synthetic").joinpath("wordings.yaml").read_text("utf-8"))
    return found


@lru_cache(maxsize=8)
def wording(language: str) -> Wording:
    """A language's wording; InvalidInput for one that there is none of."""
    said = _read().get(language)
    if said is None:
        raise InvalidInput(f"Varianten gibt es für {', '.join(_read())}, nicht für „{language}“.")
    macros = _macros(said)
    swaps = {phrase: tuple(one for one in group if one != phrase) for group in said["swaps"] for phrase in group}
    greetings = [*said["greetings"], *said["greetings_known"]]
    return Wording(
        tuple(said["months"]), {kind: tuple(said[kind]) for kind in ("dates", "money", "energy")}, tuple(said["greetings"]),
        re.compile(rf"^(?:{_any(greetings)})(?=[,!.]?\s)"),
        tuple(said["closings"]), re.compile(rf"(?:{_any(said['closings'])})(?=[,.!]?\s*(?:\n|$))"),
        swaps, re.compile(rf"(?<!\w)(?:{_any(swaps)})(?!\w)"), tuple(Turn(_pattern(turn, macros), form) for turn, form in said["turns"]),
        said["cases"], frozenset(said["nouns"]["m"]), said["infinitives"], said["by"],
        frozenset(said["speaks"]), frozenset(said["signed"]), frozenset(said["linked"]), frozenset(said["begins"]),
        frozenset(_vocabulary(said)),
    )  # fmt: skip


def _any(phrases: Any) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=lambda one: (-len(one), one)))


def _macros(said: Mapping[str, Any]) -> dict[str, str]:
    month = "|".join(said["months"])
    return {
        "<D>": rf"(?:\d{{4}}-\d\d-\d\d|\d{{1,2}}[.-]\d{{1,2}}[.-]\d{{4}}|\d{{1,2}}\.? (?:{month}) \d{{4}}|(?:{month}) \d{{1,2}}, \d{{4}})",
        "<NO>": r"(?P<no>(?: (?=\S*\d)[^ ,]+(?: (?:kWh|EUR|€))?)?)",
        "<PART>": f"(?P<part>{'|'.join(said['participles'])})",
        "<INF>": f"(?P<inf>{'|'.join(said['infinitives']) or '(?!)'})",
        "<ACC>": f"(?P<acc>{_phrases(said, said['cases'])})",
        "<NOM>": f"(?P<nom>{_phrases(said, said['cases'].values(), up=True)})",
    }


def _phrases(said: Mapping[str, Any], masculine: Any, *, up: bool = False) -> str:
    """An article or possessive and a noun of its gender; with `up` as a sentence begins."""
    articles = {"m": [*masculine], **said["determiners"]}
    parts = []
    for gender, nouns in said["nouns"].items():
        words = [word[:1].upper() + word[1:] if up else word for word in articles[gender]]
        parts.append(f"(?:{'|'.join(words)}) (?:{'|'.join(nouns)})")
    return "|".join(parts)


def _pattern(turn: str, macros: Mapping[str, str]) -> re.Pattern[str]:
    for name, value in macros.items():
        turn = turn.replace(name, value)
    return re.compile(turn)


def _vocabulary(said: Mapping[str, Any]) -> set[str]:
    """All small words that stand in forms, swaps, greetings, closings and turns."""
    turned = [re.sub(r"\{\w+\}", " ", form) + " " + re.sub(r"\(\?P<\w+>|\\.|<\w+>|\[[^\]]*\]", " ", turn) for turn, form in said["turns"]]
    phrases = [phrase for group in said["swaps"] for phrase in group]
    more = [*said["months"], *said["money"], *said["energy"], *said["greetings"], *said["greetings_known"], *said["closings"]]
    cases = [
        *said["cases"],
        *said["cases"].values(),
        *said["infinitives"],
        *said["infinitives"].values(),
        *said["by"],
        *said["by"].values(),
    ]
    return {word.lower() for text in [*turned, *phrases, *more, *cases] for word in WORD.findall(text)} | {"kwh", "eur"}
