"""Versions of Luna's prompt beside the installation's file: drafts, trials, what was measured of them, promotion, and the way back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from psycopg import Connection

from nova.answers.compose import prompt
from nova.errors import Conflict, InvalidInput, Misconfigured, NotFound
from nova.kpi.learn.variants import Comparison, compare
from nova.ports import Audit
from nova.records import Caller
from nova.store import releases
from nova.store.postgres.db import Database
from nova.store.quality import prompts as rows
from nova.store.quality.prompts import FAMILY, PromptRow

NO_EFFECT = "Zurzeit schreibt kein Sprachmodell die Antworten; Prompts wirken deshalb nicht, und ein Versuch misst nichts."
NOT_THERE = "Diese Prompt-Version gibt es nicht."
THE_FILE = "Die Version der Datei prompts/luna.yml ist die Grundlage; sie wird in der Datei geändert."


@dataclass(frozen=True, slots=True)
class PromptVersion:
    """A version of the prompt; `state` "base" is the file's. `share` is that of the people who get it, also for the one that is live."""

    version: str
    yaml: str
    state: str
    share: float
    note: str
    created_by: str
    created_at: datetime | None = None
    trial_at: datetime | None = None
    live_at: datetime | None = None
    retired_at: datetime | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class PromptComparison:
    """A version against the one it would replace, since its trial began; promoting it takes the `seal`."""

    version: str
    against: str
    since: datetime | None
    seal: str
    rows: Sequence[dict[str, Any]]
    chance: float | None
    verdict: str
    note: str


class PromptVersions:
    """`own` is the installation's file, if it has one; `writes` says whether a model writes answers, so that prompts have an effect."""

    def __init__(self, db: Database, audit: Audit, own: Path | None, redact: Callable[[str], str], writes: Callable[[], bool]) -> None:
        self._db, self._audit, self._own, self._redact, self._writes = db, audit, own, redact, writes

    @property
    def note(self) -> str:
        """What people should know before they try prompts, in German; "" when there is nothing."""
        return "" if self._writes() else NO_EFFECT

    def all(self) -> list[PromptVersion]:
        """Every version, newest first, and last the file's."""
        with self._db.transaction() as conn:
            found = rows.every(conn)
        return [*(_version(row, found) for row in found), self._base(found)]

    def one(self, version: str) -> tuple[PromptVersion, PromptComparison | None]:
        """One version and, where it was tried, how it compares with the one it would replace; NotFound."""
        with self._db.transaction() as conn:
            row, every = rows.get(conn, version), rows.every(conn)
            if row is None:
                base = self._base(every)
                if base.version != version:
                    raise NotFound(NOT_THERE)
                return base, None
            tried = row.state in ("draft", "trial") and row.trial_at
            return _version(row, every), self._compared(conn, row) if tried else None

    def add(self, caller: Caller, yaml: str, note: str) -> tuple[PromptVersion, PromptComparison | None]:
        """Keep a draft; its note is redacted. InvalidInput for a text that is no prompt, Conflict for a name that is taken."""
        version = _name_in(yaml)
        with self._db.transaction() as conn:
            taken = version == self._base(rows.every(conn)).version or not rows.insert(
                conn, version, yaml, self._redact(note), caller.token, datetime.now(UTC)
            )
            if taken:
                raise Conflict(f"Die Version „{version}“ gibt es schon; geben Sie der neuen einen anderen Namen (version: ...).")
            self._audit.record(caller, "prompt.added", version, connection=conn)
        return self.one(version)

    def try_out(self, caller: Caller, version: str, share: float) -> tuple[PromptVersion, PromptComparison | None]:
        """Put a version on trial; another one's trial ends. A share of 0 ends its own. NotFound, Conflict."""
        with self._db.transaction() as conn:
            rows.lock(conn)
            row, now = self._known(conn, version), datetime.now(UTC)
            if row.state == "live":
                raise Conflict("Diese Version gilt schon für alle.")
            if share:
                releases.try_out(conn, FAMILY, version, share, caller.token, now)
            elif row.state == "trial":  # whoever ends what is no trial ends no other's
                releases.end_trial(conn, FAMILY, caller.token, now)
            self._audit.record(caller, "prompt.trial", version, {"share": share}, connection=conn)
        return self.one(version)

    def promote(self, caller: Caller, version: str, seal: str) -> tuple[bool, PromptComparison]:
        """In two steps: the comparison with its seal, then, with that seal, live (True).

        NotFound, Conflict where the figures have changed since.
        """
        with self._db.transaction() as conn:
            rows.lock(conn)
            row = self._known(conn, version)
            if row.state == "live":
                raise Conflict("Diese Version gilt schon für alle.")
            compared = self._compared(conn, row)
            if not seal:
                return False, compared
            if seal != compared.seal:
                raise Conflict("Die Urteile haben sich seit Ihrem Blick darauf geändert; sehen Sie sie bitte noch einmal an.")
            kept = {"against": compared.against, "rows": compared.rows, "chance": compared.chance, "verdict": compared.verdict}
            releases.go_live(conn, FAMILY, version, kept, caller.token, datetime.now(UTC))
            self._audit.record(caller, "prompt.promoted", version, {"verdict": compared.verdict}, connection=conn)
        return True, compared

    def roll_back(self, caller: Caller, version: str) -> str:
        """The live version gives way at once to the one it replaced, or ends its trial; which answers now.

        NotFound, Conflict where it is neither.
        """
        now = datetime.now(UTC)
        with self._db.transaction() as conn:
            rows.lock(conn)
            row = self._known(conn, version)
            if row.state == "trial":
                releases.end_trial(conn, FAMILY, caller.token, now)
            elif row.state == "live":
                releases.step_back(conn, FAMILY, caller.token, now)
            else:
                raise Conflict("Diese Version gilt nicht und wird nicht erprobt.")
            live = _live(conn)
            answers = live.version if live else self._base(rows.every(conn)).version
            self._audit.record(caller, "prompt.rolled_back", version, {"live": answers}, connection=conn)
        return answers

    def _known(self, conn: Connection[Any], version: str) -> PromptRow:
        row = rows.get(conn, version)
        if row is None:
            if version == self._base(rows.every(conn)).version:
                raise Conflict(THE_FILE)
            raise NotFound(NOT_THERE)
        return row

    def _compared(self, conn: Connection[Any], row: PromptRow) -> PromptComparison:
        """Against the live version, since the trial began."""
        live = _live(conn)
        against = live.version if live else self._base(rows.every(conn)).version
        figures = rows.figures(conn, [row.version, against], row.trial_at or datetime.now(UTC))
        found: Comparison = compare(figures[row.version], figures[against])
        measured = (list(found.rows), found.chance, found.verdict, self.note or found.note)
        return PromptComparison(row.version, against, row.trial_at, found.seal(row.version), *measured)

    def _base(self, every: Sequence[PromptRow]) -> PromptVersion:
        """The file's version."""
        share = 0.0 if any(row.state == "live" for row in every) else _left(every)
        found, text = prompt.load(self._own), prompt.text(self._own)
        return PromptVersion(found.version, text, "base", share, "prompts/luna.yml", "file")


def _live(conn: Connection[Any]) -> PromptRow | None:
    return next((row for row in rows.in_use(conn) if row.state == "live"), None)


def _version(row: PromptRow, every: Sequence[PromptRow]) -> PromptVersion:
    share = _left(every) if row.state == "live" else row.share
    when = (row.created_at, row.trial_at, row.live_at, row.retired_at, row.before)
    return PromptVersion(row.version, row.yaml, row.state, share, row.note, row.created_by, *when)


def _left(every: Sequence[PromptRow]) -> float:
    """The share of people whom no trial has."""
    return round(1.0 - sum(row.share for row in every if row.state == "trial"), 4)


def _name_in(yaml: str) -> str:
    """The name of the version in a prompt's text; InvalidInput."""
    try:
        version = prompt.parse(yaml, "prompt").version
    except Misconfigured as error:
        raise InvalidInput(error.message, data={"fields": [{"field": "yaml", "message": error.message}]}) from None
    if not _is_name(version):
        raise InvalidInput("Der Name der Version darf nur Buchstaben, Ziffern, Punkt, Strich und Unterstrich enthalten (bis 60 Zeichen).")
    return version


def _is_name(version: str) -> bool:
    return 0 < len(version) <= 60 and version[0].isalnum() and all(one.isascii() and (one.isalnum() or one in "._-") for one in version)
