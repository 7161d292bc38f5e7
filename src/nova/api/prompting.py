"""Requests of the prompt routes in, what they answer with out: versions beside the file, trials, comparisons, the way back."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from psycopg import Connection

from nova.answers.compose import prompt
from nova.api.doors import House
from nova.errors import Conflict, InvalidInput, Misconfigured, NotFound
from nova.kpi.learn.variants import compare
from nova.records import Caller
from nova.store import prompts as rows
from nova.store.prompts import PromptRow

NO_EFFECT = "Zurzeit schreibt kein Sprachmodell die Antworten; Prompts wirken deshalb nicht, und ein Versuch misst nichts."
NOT_THERE = "Diese Prompt-Version gibt es nicht."
THE_FILE = "Die Version der Datei prompts/luna.yml ist die Grundlage; sie wird in der Datei geändert."


def listed(house: House) -> dict[str, Any]:
    """Every version, newest first, and last the file's."""
    with house.nova.db.transaction() as conn:
        found = rows.every(conn)
    return {"prompts": [*(_view(row, found) for row in found), _base(house, found)], "note": _note(house)}


def shown(house: House, version: str) -> dict[str, Any]:
    """One version and how it compares with the one it would replace; NotFound."""
    with house.nova.db.transaction() as conn:
        row, every = rows.get(conn, version), rows.every(conn)
        if row is None:
            base = _base(house, every)
            if base["version"] != version:
                raise NotFound(NOT_THERE)
            return base | {"comparison": None}
        return _view(row, every) | {"comparison": _compared(house, conn, row) if row.state in ("draft", "trial") and row.trial_at else None}


def add(house: House, caller: Caller, yaml: str, note: str) -> dict[str, Any]:
    """Keep a draft; its note is redacted. InvalidInput for a text that is no prompt, Conflict for a name that is taken."""
    try:
        version = prompt.parse(yaml, "prompt").version
    except Misconfigured as error:
        raise InvalidInput(error.message, data={"fields": [{"field": "yaml", "message": error.message}]}) from None
    if not _is_name(version):
        raise InvalidInput("Der Name der Version darf nur Buchstaben, Ziffern, Punkt, Strich und Unterstrich enthalten (bis 60 Zeichen).")
    with house.nova.db.transaction() as conn:
        taken = version == _base(house, rows.every(conn))["version"] or not rows.insert(
            conn, version, yaml, house.nova.answers.redact(note), caller.token, datetime.now(UTC)
        )
        if taken:
            raise Conflict(f"Die Version „{version}“ gibt es schon; geben Sie der neuen einen anderen Namen (version: ...).")
        house.nova.audit.record(caller, "prompt.added", version, connection=conn)
    return shown(house, version)


def try_out(house: House, caller: Caller, version: str, share: float) -> dict[str, Any]:
    """Put a version on trial; another one's trial ends. A share of 0 ends its own. NotFound, Conflict."""
    with house.nova.db.transaction() as conn:
        rows.lock(conn)
        row = _known(house, conn, version)
        if row.state == "live":
            raise Conflict("Diese Version gilt schon für alle.")
        if share or row.state == "trial":  # whoever ends what is no trial ends no other's
            rows.try_out(conn, version, share, datetime.now(UTC))
        house.nova.audit.record(caller, "prompt.trial", version, {"share": share}, connection=conn)
    return shown(house, version)


def promote(house: House, caller: Caller, version: str, seal: str) -> dict[str, Any]:
    """In two steps: the comparison with its seal, then, with that seal, live. NotFound, Conflict where the figures have changed since."""
    with house.nova.db.transaction() as conn:
        rows.lock(conn)
        row = _known(house, conn, version)
        if row.state == "live":
            raise Conflict("Diese Version gilt schon für alle.")
        compared = _compared(house, conn, row)
        if not seal:
            return {"promoted": False, "comparison": compared}
        if seal != compared["seal"]:
            raise Conflict("Die Urteile haben sich seit Ihrem Blick darauf geändert; sehen Sie sie bitte noch einmal an.")
        live = _live(conn)
        kept = {name: compared[name] for name in ("against", "rows", "chance", "verdict")}
        rows.promote(conn, version, live.version if live else None, kept, datetime.now(UTC))
        house.nova.audit.record(caller, "prompt.promoted", version, {"verdict": compared["verdict"]}, connection=conn)
    return {"promoted": True, "comparison": compared}


def roll_back(house: House, caller: Caller, version: str) -> dict[str, Any]:
    """The live version gives way at once to the one it replaced, or ends its trial. NotFound, Conflict where it is neither."""
    now = datetime.now(UTC)
    with house.nova.db.transaction() as conn:
        rows.lock(conn)
        row = _known(house, conn, version)
        if row.state == "trial":
            rows.try_out(conn, version, 0.0, now)
        elif row.state == "live":
            rows.go_back(conn, row.before if row.before and rows.get(conn, row.before) else None, now)
        else:
            raise Conflict("Diese Version gilt nicht und wird nicht erprobt.")
        live = _live(conn)
        answers = live.version if live else _base(house, rows.every(conn))["version"]
        house.nova.audit.record(caller, "prompt.rolled_back", version, {"live": answers}, connection=conn)
    return {"version": answers}


def _known(house: House, conn: Connection[Any], version: str) -> PromptRow:
    row = rows.get(conn, version)
    if row is None:
        if version == _base(house, rows.every(conn))["version"]:
            raise Conflict(THE_FILE)
        raise NotFound(NOT_THERE)
    return row


def _live(conn: Connection[Any]) -> PromptRow | None:
    return next((row for row in rows.in_use(conn) if row.state == "live"), None)


def _compared(house: House, conn: Connection[Any], row: PromptRow) -> dict[str, Any]:
    """Against the live version, since the trial began."""
    live = _live(conn)
    against = live.version if live else str(_base(house, rows.every(conn))["version"])
    since = row.trial_at or datetime.now(UTC)
    figures = rows.figures(conn, [row.version, against], since)
    found = compare(figures[row.version], figures[against])
    told = {"rows": list(found.rows), "chance": found.chance, "verdict": found.verdict, "note": _note(house) or found.note}
    return {"version": row.version, "against": against, "since": row.trial_at, "seal": found.seal(row.version), **told}


def _base(house: House, every: Sequence[PromptRow]) -> dict[str, Any]:
    """The file's version."""
    found = prompt.load(house.nova.settings.NOVA_PROMPTS)
    share = 0.0 if any(row.state == "live" for row in every) else _left(every)
    text = prompt.text(house.nova.settings.NOVA_PROMPTS)
    return {
        "version": found.version, "state": "base", "share": share, "note": "prompts/luna.yml", "created_by": "file",
        "created_at": None, "trial_at": None, "live_at": None, "retired_at": None, "before": None, "yaml": text,
    }  # fmt: skip


def _view(row: PromptRow, every: Sequence[PromptRow]) -> dict[str, Any]:
    """A version; `share` is that of the people who get it, also for the one that is live."""
    told = {name: getattr(row, name) for name in row.__dataclass_fields__ if name != "compared"}
    return told | ({"share": _left(every)} if row.state == "live" else {})


def _left(every: Sequence[PromptRow]) -> float:
    """The share of people whom no trial has."""
    return round(1.0 - sum(row.share for row in every if row.state == "trial"), 4)


def _note(house: House) -> str:
    return "" if house.nova.generator.model else NO_EFFECT


def _is_name(version: str) -> bool:
    return 0 < len(version) <= 60 and version[0].isalnum() and all(one.isascii() and (one.isalnum() or one in "._-") for one in version)
