"""A file of rules in, what is kept how long out, and rows past it counted or removed. An unknown key in the file is an error."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from nova import german, journal
from nova.errors import Misconfigured
from nova.ports import Audit
from nova.ports.jobs import JobContext, Jobs, Kind
from nova.records import Caller
from nova.store.people import retention as rows
from nova.store.postgres.db import Database

RETAIN = Kind("retention-rows", "Aufbewahrung")
PAGE, DATA = "governance/retention_report.md", "governance/retention_report.json"
FILE = "retention.yaml"
VERSION, KEYS = 1, {"version", "tage"}
ALWAYS = "immer"
LONGEST = 36_500
TITLES: Mapping[str, str] = {
    "gespraeche": "Gespräche",
    "antworten": "Fragen und Antworten",
    "uebergaben": "Übergaben",
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


class Retention:
    """The rules of an installation, whose own file is `path`: looked at, and carried out when somebody wants it."""

    def __init__(self, db: Database, jobs: Jobs, audit: Audit, path: Path) -> None:
        self._db, self._jobs, self._audit, self.path = db, jobs, audit, path

    def standing(self) -> tuple[Policy, dict[str, int]]:
        """The rules in force, and how many rows are past each. Misconfigured for a file that cannot be read."""
        policy = load(self.path)
        return policy, due(self._db, policy, datetime.now(UTC))

    def start(self, caller: Caller) -> tuple[dict[str, int], UUID]:
        """Start the job that removes what is past the rules; how many rows that are now, and the job."""
        _, found = self.standing()
        with self._db.transaction() as conn:
            job_id = self._jobs.start(RETAIN, {}, connection=conn)
            self._audit.record(caller, "retention.started", str(job_id), connection=conn)
        return found, job_id


class RetentionRun:
    """Removes what is past the rules of the file `path`. `level` lets the index catch up; pages go into the journal below `data`."""

    def __init__(self, db: Database, path: Path, data: Path, level: Callable[[], object]) -> None:
        self._db, self._path, self._data, self._level = db, path, data, level

    def run(self, ctx: JobContext) -> dict[str, int]:
        """How many rows went, by rule. It may be stopped between two transactions."""
        now, policy = datetime.now(UTC), load(self._path)
        removed = apply(self._db, policy, now, lambda title, done: ctx.progress(title, done))
        ctx.progress("indexieren")
        self._level()
        report(self._data, policy, removed, now)
        return removed


def report(data: Path, policy: Policy, removed: Mapping[str, int], now: datetime) -> None:
    """Write both pages: numbers only."""
    rows_told = [[rule.title, "immer" if rule.days is None else str(rule.days), str(removed.get(rule.name, 0))] for rule in policy.rules]
    table = journal.table(("Was", "Tage", "Entfernt"), rows_told)
    journal.write(data, PAGE, f"# Aufbewahrung\n\nLauf vom {german.moment(now)}.\n\n{table}")
    facts: dict[str, Any] = {"at": now.isoformat(), "removed": dict(removed), "days": {rule.name: rule.days for rule in policy.rules}}
    journal.write(data, DATA, json.dumps(facts, ensure_ascii=False, indent=1) + "\n")


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
