"""The thresholds' text: read, checked and replaced, and held against the past."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nova.errors import Conflict, InvalidInput, Misconfigured, NotFound
from nova.kpi.rules import thresholds
from nova.kpi.rules.backtest import Replay, backtest
from nova.kpi.rules.thresholds import Rule, Thresholds
from nova.language.text_version import version_of
from nova.ports import Audit
from nova.records import Caller
from nova.store.postgres.db import Database
from nova.store.quality import alerts as store


@dataclass(frozen=True, slots=True)
class ThresholdText:
    """A text of rules, the one in force or a saved one, and who saved which.

    `own`: the installation has a text of its own. `found`: its rules, None where it was edited by hand and is wrong; then `problem` says
    how. `missing` are shipped rules that it has not got.
    """

    text: str
    version: str
    own: bool
    path: Path
    history: Sequence[dict[str, Any]]
    found: Thresholds | None
    missing: Sequence[str]
    problem: str | None


@dataclass(frozen=True, slots=True)
class Backtest:
    """What rules would have done in [since, until)."""

    since: datetime
    until: datetime
    rules: Sequence[Replay]


class ThresholdTexts:
    """The installation's thresholds. Whoever may come here is for the door to say."""

    def __init__(self, db: Database, path: Path, audit: Audit) -> None:
        self._db, self._path, self._audit = db, path, audit

    def read(self, version: str | None = None) -> ThresholdText:
        """The text in force, or a saved one (NotFound)."""
        text, own = thresholds.text_in_force(self._path)
        with self._db.transaction() as conn:
            if version is not None and version != version_of(text):
                text = store.version(conn, version)["text"]
            history = store.versions(conn)
        found, missing, problem = _contents(text)
        return ThresholdText(text, version_of(text), own, self._path, history, found, missing, problem)

    def save(self, caller: Caller, text: str, version: str) -> ThresholdText:
        """Check and replace the text. InvalidInput names the line; Conflict when it was changed since `version`."""
        now, text = datetime.now(UTC), text.replace("\r\n", "\n").replace("\r", "\n")  # as it is read back
        found = _parsed(text)
        with self._db.transaction() as conn:
            store.lock(conn)
            before, _ = thresholds.text_in_force(self._path)
            if version_of(before) != version:
                message = "Die Schwellen wurden inzwischen geändert. Laden Sie sie neu, und tragen Sie Ihre Änderung noch einmal ein."
                raise Conflict(message, data={"version": version_of(before)})
            if not store.versions(conn, 1):
                store.put_version(conn, version, before, "nova", now - timedelta(seconds=1))
            store.put_version(conn, found.version, text, caller.token, now)
            facts = {"before": version, "rules": len(found.rules)}
            self._audit.record(caller, "thresholds.saved", found.version, facts, connection=conn)
            thresholds.replace_text(self._path, text)
        return self.read()

    def backtest(self, text: str | None, rule: str | None, days: int) -> Backtest:
        """What a text's rules (None: all of them) would have done in the past days; None for the text means the one in force.

        InvalidInput names the line; NotFound for a rule that the text has not got.
        """
        rules = _chosen(_parsed(text if text is not None else thresholds.text_in_force(self._path)[0]), rule)
        until = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
        since = until - timedelta(days=days)
        with self._db.transaction() as conn:
            store.read_only(conn)
            return Backtest(since, until, [backtest(conn, one, since, until) for one in rules])


def _contents(text: str) -> tuple[Thresholds | None, Sequence[str], str | None]:
    """A text's rules, those it lacks, and what is wrong with it."""
    try:
        found = thresholds.parse(text)
    except Misconfigured as error:
        return None, (), error.message
    return found, [rule.name for rule in thresholds.builtin().rules if found.rule(rule.name) is None], None


def _parsed(text: str) -> Thresholds:
    try:
        return thresholds.parse(text)
    except Misconfigured as error:
        raise InvalidInput(error.message, data=error.data) from None


def _chosen(found: Thresholds, name: str | None) -> list[Rule]:
    if name is None:
        return list(found.rules)
    rule = found.rule(name)
    if rule is None:
        raise NotFound("Diese Regel steht nicht in den Schwellen.", data={"rule": name})
    return [rule]
