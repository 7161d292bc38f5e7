"""`thresholds.yaml` in, checked rules out: which KPI over which window, from how many cases on, beyond what, how long, and what follows.

An unknown key, KPI or channel, or numbers that contradict each other, are errors with the line (see docs/decisions/0035-alerts.md).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Literal, get_args

from nova.kpi.measure.registry import KPIS
from nova.kpi.rules.lines import Field, read
from nova.language.text_version import version_of

NAME = "thresholds.yaml"
Direction = Literal["below", "above"]
Method = Literal["threshold", "ewma", "cusum"]
Owner = Literal["auto", "lumina", "orion", "aura", "chronos", "none"]
ChannelName = Literal["log", "mail", "webhook"]
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
METHODS: tuple[Method, ...] = get_args(Method)
OWNERS: tuple[Owner, ...] = get_args(Owner)
CHANNELS: tuple[ChannelName, ...] = get_args(ChannelName)
MUST = ("name", "kpi", "window", "n", "direction", "warn", "clear", "for", "action", "text")
MAY = ("segment", "critical", "method")
DURATION = re.compile(r"(?P<count>\d{1,4})(?P<unit>[smhd])")
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
MOST_RULES, LONGEST_TEXT = 100, 500
HOUR = timedelta(hours=1)
LOST, SLACK = "\ufffd", 1e-9
LONGEST_WINDOW = timedelta(days=90)
EVERY, RAREST = timedelta(minutes=15), timedelta(days=1)
SEGMENTS = ("channel", "kind", "learned", "model", "prompt", "reason", "source", "type")  # what hours are told apart by


@dataclass(frozen=True, slots=True)
class Action:
    """What follows: whose ticket (`auto` lets triage choose, `none` opens none), and which channels are told."""

    ticket: Owner
    channels: tuple[ChannelName, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `least` cases are needed; `times` consecutive evaluations fire or clear; `clear` is the margin of the hysteresis.

    For `ewma` the thresholds are in the KPI's unit, for `cusum` in standard deviations of the time before the window.
    """

    name: str
    kpi: str
    segment: str
    window: timedelta
    least: int
    direction: Direction
    warn: float
    critical: float | None
    clear: float
    times: int
    method: Method
    action: Action
    text: str

    def beyond(self, value: float, limit: float | None) -> bool:
        """Whether a value lies on the bad side of a limit."""
        return limit is not None and (value < limit if self.direction == "below" else value > limit)

    def clear_of(self, value: float, limit: float | None) -> bool:
        """Whether a value lies on the good side of a limit, by the margin."""
        if limit is None:
            return True
        return value >= limit + self.clear if self.direction == "below" else value <= limit - self.clear


@dataclass(frozen=True, slots=True)
class Thresholds:
    """All rules of a text. Evaluations closer together than `every` count once; `version` names the text."""

    rules: tuple[Rule, ...]
    every: timedelta
    version: str

    def rule(self, name: str) -> Rule | None:
        """The rule of this name."""
        return next((one for one in self.rules if one.name == name), None)


def builtin_text() -> str:
    """The shipped rules, as a text to edit."""
    return resources.files("nova.kpi.rules").joinpath(NAME).read_text("utf-8")


@lru_cache(maxsize=1)
def builtin() -> Thresholds:
    """The shipped rules."""
    return parse(builtin_text())


def text_in_force(path: Path) -> tuple[str, bool]:
    """The text that holds, and whether it is the installation's own file (which replaces the shipped one as a whole).

    Bytes that are no UTF-8 are U+FFFD, which `parse` refuses.
    """
    return (path.read_text("utf-8", errors="replace"), True) if path.exists() else (builtin_text(), False)


def load(path: Path) -> Thresholds:
    """The rules in force; Misconfigured names file, line and reason."""
    return parse(text_in_force(path)[0])


def parse(text: str, origin: str = NAME) -> Thresholds:
    """The rules of a text; Misconfigured names line and reason."""
    if LOST in text:
        raise Field(text, text[: text.index(LOST)].count("\n") + 1, origin).wrong("Die Datei ist nicht in UTF-8 gespeichert.")
    whole = read(text, origin)
    fields = whole.keys(("version", "rules"), ("every",), "Die Datei")
    if fields["version"].value != 1:
        raise fields["version"].wrong("Nova liest Fassung 1 dieser Datei.")
    entries = fields["rules"].items("„rules“")
    if len(entries) > MOST_RULES:
        raise fields["rules"].wrong(f"Es sind höchstens {MOST_RULES} Regeln möglich.")
    rules: list[Rule] = []
    for entry in entries:
        rule = _rule(entry)
        if any(rule.name == known.name for known in rules):
            raise entry.wrong(f"Die Regel „{rule.name}“ steht zweimal da.")
        rules.append(rule)
    every = _duration(fields["every"], "„every“") if "every" in fields else EVERY
    if not timedelta(seconds=1) <= every <= RAREST:
        raise fields["every"].wrong("„every“ geht von 1s bis 1d.")
    return Thresholds(tuple(rules), every, version_of(text))


def _rule(entry: Field) -> Rule:
    fields = entry.keys(MUST, MAY, "Eine Regel")
    name = fields["name"].text("Der Name", 60)
    if re.fullmatch(r"[a-z][a-z0-9_]*", name) is None:
        raise fields["name"].wrong("Der Name besteht aus Kleinbuchstaben, Ziffern und Unterstrichen.")
    rule = Rule(
        name=name,
        kpi=fields["kpi"].word("„kpi“", tuple(KPIS)),
        segment=fields["segment"].text("„segment“", 100, empty=True) if "segment" in fields else "",
        window=_duration(fields["window"], "„window“"),
        least=fields["n"].count("„n“", 0, 10**9),
        direction=fields["direction"].word("„direction“", DIRECTIONS),
        warn=fields["warn"].number("„warn“"),
        critical=fields["critical"].number("„critical“") if "critical" in fields else None,
        clear=fields["clear"].number("„clear“", 0),
        times=fields["for"].count("„for“", 1, 1000),
        method=fields["method"].word("„method“", METHODS) if "method" in fields else "threshold",
        action=_action(fields["action"]),
        text=fields["text"].text("„text“", LONGEST_TEXT),
    )
    _check(rule, fields)
    return rule


Problem = tuple[str, str]  # the key that is wrong, and why


def _check(rule: Rule, fields: dict[str, Field]) -> None:
    for problems in (_of_window, _of_critical, _of_cusum, _of_segment, _of_range, _of_kind):
        for name, why in problems(rule):
            raise fields[name].wrong(why)


def _of_window(rule: Rule) -> Iterator[Problem]:
    if not HOUR <= rule.window <= LONGEST_WINDOW or rule.window % HOUR:
        yield "window", "„window“ geht von 1h bis 90d in ganzen Stunden."


def _of_critical(rule: Rule) -> Iterator[Problem]:
    if rule.critical is not None and (rule.critical == rule.warn or not rule.beyond(rule.critical, rule.warn)):
        side = "kleiner" if rule.direction == "below" else "größer"
        yield "critical", f"„critical“ muss {side} sein als „warn“, denn die Regel achtet auf „{rule.direction}“."


def _of_cusum(rule: Rule) -> Iterator[Problem]:
    if rule.method == "cusum" and not rule.beyond(rule.warn, 0.0):
        sign, side = ("negativ", "unter") if rule.direction == "below" else ("positiv", "über")
        yield "warn", f"Mit „cusum“ und „{rule.direction}“ ist „warn“ {sign}: Standardabweichungen {side} dem Üblichen."


def _of_segment(rule: Rule) -> Iterator[Problem]:
    if rule.segment and rule.segment.partition(":")[0] not in SEGMENTS:
        yield "segment", f"„segment“ ist ein Teil wie kind:regulation; es gibt {', '.join(SEGMENTS)}."


def _of_range(rule: Rule) -> Iterator[Problem]:
    """Thresholds that no value can pass, or an end that no value can reach, would never fire or never end."""
    if rule.method == "cusum":
        return
    known = KPIS[rule.kpi]
    low, high = (0.0, 1.0) if known.unit == "%" else (-1.0, 1.0) if rule.kpi == "sentiment" else (0.0, float("inf"))
    for name, limit in (("warn", rule.warn), ("critical", rule.critical)):
        if limit is not None and not low <= limit <= high:
            hint = " (70 % ist 0.7)" if known.unit == "%" else ""
            yield name, f"„{name}“ liegt bei „{rule.kpi}“ zwischen {low:g} und {high:g}{hint}."
    end = rule.warn + rule.clear if rule.direction == "below" else rule.warn - rule.clear
    if not low - SLACK <= end <= high + SLACK:
        yield "clear", f"Mit diesem „clear“ endete der Alarm erst bei {end:g}; so weit geht „{rule.kpi}“ nicht."


def _of_kind(rule: Rule) -> Iterator[Problem]:
    kind = KPIS[rule.kpi].kind
    if not rule.least and kind != "count":
        yield "n", "Nur bei einer Zählung sind null Fälle eine Aussage; sonst ist „n“ mindestens 1."
    if rule.method != "threshold" and kind == "percentile":
        yield "method", "Ein Perzentil lässt sich nur mit „threshold“ prüfen."


def _action(field: Field) -> Action:
    inner = field.keys(("ticket", "channels"), (), "„action“")
    channels = [one.word("Ein Kanal", CHANNELS) for one in inner["channels"].items("„channels“")]
    return Action(inner["ticket"].word("„ticket“", OWNERS), tuple(dict.fromkeys(channels)))


def _duration(field: Field, what: str) -> timedelta:
    found = DURATION.fullmatch(field.value) if isinstance(field.value, str) else None
    if found is None:
        raise field.wrong(f"{what} ist eine Dauer wie 15m, 24h oder 7d.")
    return timedelta(seconds=int(found["count"]) * UNITS[found["unit"]])


def said(duration: timedelta) -> str:
    """A duration as people write it: a day is 24h, two are 2d."""
    seconds = int(duration.total_seconds())
    units = [name for name in ("d", "h", "m", "s") if seconds % UNITS[name] == 0]
    unit = "h" if seconds == UNITS["d"] else units[0]
    return f"{seconds // UNITS[unit]}{unit}"


def replace_text(path: Path, text: str) -> Thresholds:
    """Check a text and make it the installation's own file; Misconfigured, and nothing changes then."""
    checked = parse(text)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
    return checked
