"""Rules in YAML and facts in, recommendations out: a German text whose every number is a fact, expected EUR and kWh, and the evidence.

An unknown key, fact, function or a number of its own in a text is an error when the rules are read.
"""

import re
import string
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from nova.energy.recommend.facts import NAMES, YEAR, Fact, Situation, facts
from nova.energy.recommend.worth import WORTH
from nova.errors import Misconfigured
from nova.german import number

TOP = 3
_RULE = {"name", "titel", "wenn", "wert", "text", "begriffe", "ruhe", "spaeter"}
_MAY = {"mindestens_eur"}
_CONDITION = re.compile(r"(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)")
_NORM = re.compile(r"§\s*\d+[a-z]?(?:\s+Abs\.\s*\d+)?(?:\s+Satz\s*\d+)?|\bModul [12]\b")
_HOLDS: Mapping[str, Callable[[float, float], bool]] = {
    ">=": lambda one, other: one >= other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    "<": lambda one, other: one < other,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """A fact, how it must compare, and with what."""

    fact: str
    how: str
    limit: float

    def holds(self, known: Mapping[str, Fact]) -> bool:
        """Whether the fact is known, a number, and compares so."""
        value = known[self.fact].value if self.fact in known else None
        return isinstance(value, float) and _HOLDS[self.how](value, self.limit)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `worth` names a function of WORTH; below `least_eur` it does not fire."""

    name: str
    title: str
    when: tuple[Condition, ...]
    worth: str
    text: str
    terms: tuple[str, ...]
    quiet_days: int
    later_days: int
    least_eur: float = 0.0

    @property
    def fields(self) -> tuple[str, ...]:
        """The names in the text's braces, each once."""
        return tuple(dict.fromkeys(name for _, name, _, _ in string.Formatter().parse(self.text) if name))

    @property
    def names(self) -> tuple[str, ...]:
        """The facts that its text and its conditions name, each once."""
        return tuple(dict.fromkeys([*self.fields, *(condition.fact for condition in self.when)]))

    def is_worth(self, eur: float | None) -> bool:
        """Whether that is enough to be told."""
        return not self.least_eur or (eur is not None and eur >= self.least_eur)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What is recommended of a subject (a meter) for a local day (ISO). `facts` are all that the text says and the conditions asked."""

    rule: str
    subject: str
    day: str
    title: str
    text: str
    eur: float | None
    kwh: float | None
    facts: tuple[Fact, ...]
    terms: tuple[str, ...]

    @property
    def days(self) -> float:
        """Of how many days readings are known that its numbers rest on."""
        return max((one.days for one in self.facts), default=0.0)

    def evidence(self) -> dict[str, Any]:
        """Facts, search terms, and on how many days and what share of a year it rests, as plain values."""
        keys = ("name", "value", "unit", "said", "label", "start", "end", "rows")
        told = [{key: getattr(one, key) for key in keys} for one in self.facts]
        rests_on = {"days": round(self.days, 2), "year_share": round(min(self.days / YEAR, 1.0), 4)}
        return {"facts": told, "terms": list(self.terms), **rests_on}


def recommend(seen: Situation, rules: Collection[Rule] = (), *, silenced: Collection[str] = ()) -> list[Recommendation]:
    """Every rule that fires on a situation, the most EUR first (none last); `silenced` rules are left out."""
    known = facts(seen)
    found = [fire(rule, known, seen) for rule in rules or builtin() if rule.name not in silenced]
    return ranked(one for one in found if one is not None)


def ranked(found: "Iterator[Recommendation] | list[Recommendation]") -> list[Recommendation]:
    """The most EUR first, those without last, and by name where they are equal."""
    return sorted(found, key=lambda one: (-(one.eur or 0.0), one.eur is None, one.rule, one.subject))


def fire(rule: Rule, known: Mapping[str, Fact], seen: Situation) -> Recommendation | None:
    """What a rule recommends, or None when it does not apply or its worth or text lacks a fact."""
    if not all(condition.holds(known) for condition in rule.when):
        return None
    try:
        eur, kwh = WORTH[rule.worth]({name: one.value for name, one in known.items() if isinstance(one.value, float)})
    except KeyError:
        return None
    if not rule.is_worth(eur):
        return None
    whole = dict(known) | dict(_worth_facts(eur, kwh))
    if not whole.keys() >= set(rule.fields):
        return None
    told = [whole[name] for name in rule.names]
    basis = tuple(_basis(max(one.days for one in told)))
    text = " ".join((rule.text.format(**{name: whole[name].said for name in rule.fields}), *_rests_on(basis)))
    return Recommendation(rule.name, seen.meter_id, seen.day.isoformat(), rule.title, text, eur, kwh, (*told, *basis), rule.terms)


def _basis(days: float) -> Iterator[Fact]:
    """Of how many days readings are known, and what share of a year that is; nothing where no reading counts."""
    if days > 0:
        percent = min(days / YEAR, 1.0) * 100
        yield Fact(
            "basis_days",
            days,
            "Tage",
            number(days, 0 if days >= 1 else 1),
            "Tage mit Messwerten, auf denen die Zahlen beruhen",
            days=days,
        )
        yield Fact("basis_percent", percent, "%", number(percent, 0 if percent >= 1 else 1), "Anteil eines Jahres", days=days)


def _rests_on(basis: Sequence[Fact]) -> Iterator[str]:
    """The sentence about it."""
    if basis:
        days, percent = (one.said for one in basis)
        yield f"Das beruht auf Messwerten aus {days} {'Tag' if days == '1' else 'Tagen'}, {percent} % eines Jahres."


def _worth_facts(eur: float | None, kwh: float | None) -> Iterator[tuple[str, Fact]]:
    if eur is not None:
        yield "eur", Fact("eur", eur, "EUR", number(eur, 2), "erwarteter Betrag")
    if kwh is not None:
        yield "kwh", Fact("kwh", kwh, "kWh", number(kwh, 1 if kwh < 100 else 0), "erwartete Energie")


@lru_cache(maxsize=1)
def builtin() -> tuple[Rule, ...]:
    """The shipped rules."""
    return parse(resources.files("nova.energy.recommend").joinpath("playbooks.yaml").read_text("utf-8"), "playbooks.yaml")


def parse(text: str, origin: str) -> tuple[Rule, ...]:
    """The rules of a file; Misconfigured names the rule and what is wrong with it."""
    try:
        data = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as error:
        raise Misconfigured(f"{origin} ist kein gültiges YAML: {error}") from error
    if not isinstance(data, dict) or set(data) != {"version", "regeln"} or not isinstance(data["regeln"], list):
        raise Misconfigured(f"{origin} braucht genau `version` und die Liste `regeln`.")
    rules = tuple(_rule(entry, origin) for entry in data["regeln"])
    names = [rule.name for rule in rules]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise Misconfigured(f"{origin}: Die Regel {twice!r} steht zweimal da.")
    return rules


def _rule(entry: Any, origin: str) -> Rule:
    name = entry.get("name", "?") if isinstance(entry, dict) else "?"
    where = f"{origin}: Regel {name!r}"
    if not isinstance(entry, dict) or not _RULE <= set(entry) <= _RULE | _MAY:
        wrong = sorted(set(entry) ^ _RULE - _MAY) if isinstance(entry, dict) else []
        raise Misconfigured(f"{where} braucht genau {', '.join(sorted(_RULE))} ({', '.join(wrong)}).")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", str(name)):
        raise Misconfigured(f"{where}: Der Name besteht aus Kleinbuchstaben, Ziffern und Unterstrichen.")
    if not all(isinstance(entry[key], str) and entry[key].strip() for key in ("titel", "text", "wert")):
        raise Misconfigured(f"{where}: `titel`, `text` und `wert` sind Texte.")
    if entry["wert"] not in WORTH:
        raise Misconfigured(f"{where}: Die Funktion {entry['wert']!r} gibt es nicht; bekannt sind {', '.join(WORTH)}.")
    rule = Rule(
        name=str(name),
        title=entry["titel"].strip(),
        when=_conditions(entry["wenn"], where),
        worth=entry["wert"],
        text=" ".join(entry["text"].split()),
        terms=_words(entry["begriffe"], where),
        quiet_days=_days(entry["ruhe"], f"{where}: `ruhe`"),
        later_days=_days(entry["spaeter"], f"{where}: `spaeter`"),
        least_eur=_number(entry.get("mindestens_eur", 0), f"{where}: `mindestens_eur`"),
    )
    _check_text(rule, where)
    return rule


def _check_text(rule: Rule, where: str) -> None:
    try:
        parts = list(string.Formatter().parse(rule.text))
    except ValueError as error:
        raise Misconfigured(f"{where}: Im Text stimmen die Klammern nicht.") from error
    if any(spec or conversion or name == "" for _, name, spec, conversion in parts):
        raise Misconfigured(f"{where}: In den Klammern des Textes steht allein der Name einer Tatsache.")
    for part in (rule.title, *(literal for literal, _, _, _ in parts)):
        if re.search(r"\d", _NORM.sub("", part)):
            raise Misconfigured(f"{where}: Im Text steht eine Zahl, die keine Tatsache ist: {part.strip()!r}.")
    _check_names(rule, where)


def _check_names(rule: Rule, where: str) -> None:
    unknown = next((name for name in rule.names if name not in NAMES | {"eur", "kwh"}), None)
    if unknown is not None:
        raise Misconfigured(f"{where}: Die Tatsache {unknown!r} gibt es nicht.")


def _conditions(entries: Any, where: str) -> tuple[Condition, ...]:
    if not isinstance(entries, list) or not entries:
        raise Misconfigured(f"{where}: `wenn` ist eine Liste von Bedingungen.")
    return tuple(_condition(one, where) for one in entries)


def _condition(entry: Any, where: str) -> Condition:
    if isinstance(entry, dict) and len(entry) == 1:
        (fact, limit), *_ = entry.items()
        if found := _CONDITION.fullmatch(str(limit).strip()):
            return Condition(str(fact), found[1], float(found[2]))
    raise Misconfigured(f'{where}: Eine Bedingung hat die Form {{tatsache: ">= 5"}}; hier steht {entry!r}.')


def _words(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(one, str) and one.strip() for one in value):
        raise Misconfigured(f"{where}: `begriffe` ist eine Liste von Suchwörtern.")
    return tuple(value)


def _days(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 366:
        raise Misconfigured(f"{where} ist eine Zahl von Tagen, 0 bis 366.")
    return value


def _number(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise Misconfigured(f"{where} ist eine Zahl ab 0.")
    return float(value)


def silent_until(rules: Collection[Rule], rule: str, state: str, decided: datetime) -> datetime:
    """Until when a rule rests after a decision: `ruhe` days after "declined", `spaeter` days after "later" and "taken"."""
    known = {one.name: one for one in rules}
    if rule not in known:
        return decided
    return decided + timedelta(days=known[rule].quiet_days if state == "declined" else known[rule].later_days)
