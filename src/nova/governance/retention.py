"""A file of rules in, what is kept how long out, and rows past it counted or removed. An unknown key in the file is an error."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from nova.errors import Misconfigured
from nova.store import retention as rows
from nova.store.db import Database

FILE = "retention.yaml"
VERSION, KEYS = 1, {"version", "tage"}
ALWAYS = "immer"
LONGEST = 36_500
TITLES: Mapping[str, str] = {
    "gespraeche": "Gespräche",
    "antworten": "Fragen und Antworten",
    "rueckmeldungen": "Rückmeldungen",
    "ereignisse": "Ereignisse",
    "empfehlungsprotokoll": "Protokoll der Empfehlungen",
    "zustellungen": "Einmalkennungen von Zustellungen",
    "abgelehntes": "Zähler des Abgelehnten",
    "tresor": "Tresorwerte ohne Text",
    "protokoll": "Audit-Protokoll",
    "loeschverzeichnis": "Löschverzeichnis",
}
FOR_EVER = {"protokoll", "loeschverzeichnis"}


@dataclass(frozen=True, slots=True)
class Rule:
    """How long rows are kept, in days; None: always."""

    name: str
    days: int | None

    @property
    def title(self) -> str:
        """What people call it."""
        return TITLES[self.name]

    def before(self, now: datetime) -> datetime | None:
        """What is older goes; None when nothing does."""
        return None if self.days is None else now - timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Policy:
    """All rules. `own`: the installation's file has a say."""

    rules: tuple[Rule, ...] = ()
    own: bool = False


def load(path: Path) -> Policy:
    """The rules that come with Nova, with those of the installation's file in their place. Misconfigured names key and fault."""
    shipped = _parsed((resources.files(__package__) / FILE).read_text("utf-8"), FILE)
    own = _parsed(path.read_text("utf-8"), str(path)) if path.is_file() else {}
    return Policy(tuple(Rule(name, (shipped | own)[name]) for name in TITLES), bool(own))


def due(db: Database, policy: Policy, now: datetime) -> dict[str, int]:
    """How many rows are past each rule."""
    with db.transaction() as conn:
        return {rule.name: rows.due(conn, rule.name, before) for rule in policy.rules if (before := rule.before(now))}


def apply(db: Database, policy: Policy, now: datetime, step: Callable[[str, int], None]) -> dict[str, int]:
    """Remove what is past; how many rows by rule. `step` hears of each transaction and may stop it all by raising."""
    removed: dict[str, int] = {}
    for rule in policy.rules:
        before = rule.before(now)
        if before is None:
            continue
        removed[rule.name], after = 0, rows.FIRST
        while True:
            step(rule.title, removed[rule.name])
            with db.transaction() as conn:
                gone, at = rows.remove(conn, rule.name, before, after)
            removed[rule.name] += gone
            if at is None:
                break
            after = at
    return removed


def _parsed(text: str, origin: str) -> dict[str, int | None]:
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (Zeile {mark.line + 1})" if mark else ""
        raise Misconfigured(f"{origin} ist kein gültiges YAML{where}.") from error
    if not isinstance(found, dict) or (unknown := set(map(str, found)) - KEYS) or found.get("version") != VERSION:
        named = ", ".join(sorted(unknown)) if isinstance(found, dict) and (unknown := set(map(str, found)) - KEYS) else ""
        raise Misconfigured(f"{origin}: erwartet werden `version: {VERSION}` und `tage`{f', unbekannt ist {named}' if named else ''}.")
    return _days(found.get("tage"), origin)


def _days(found: Any, origin: str) -> dict[str, int | None]:
    if not isinstance(found, dict):
        raise Misconfigured(f"{origin}: `tage` braucht Einträge wie `antworten: 365`.")
    if unknown := sorted(set(map(str, found)) - set(TITLES)):
        raise Misconfigured(f"{origin}: unbekannt ist {', '.join(unknown)}; möglich sind {', '.join(TITLES)}.")
    return {str(name): _checked(str(name), days, origin) for name, days in found.items()}


def _checked(name: str, days: Any, origin: str) -> int | None:
    if days == ALWAYS:
        return None
    if name in FOR_EVER:
        raise Misconfigured(f"{origin}: {name} wird immer aufbewahrt; erlaubt ist nur `{ALWAYS}`.")
    if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= LONGEST:
        raise Misconfigured(f"{origin}: {name} braucht eine Zahl von Tagen (1 bis {LONGEST}) oder `{ALWAYS}`.")
    return days
