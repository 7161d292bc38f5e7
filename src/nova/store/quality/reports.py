"""A span of time in, what the wheel did in it out, as numbers; and how things stand now. Functions run inside the caller's transaction."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from psycopg import Connection

from nova.crowd import FEWEST, enough
from nova.german import BERLIN
from nova.store import queries

SQL = queries.load("reports")
MOST = 50
BEHIND = "_people"


def done(conn: Connection[Any], frm: datetime, to: datetime) -> dict[str, int]:
    """What the wheel did in [frm, to), counted by name; what fewer people did than may be told of is left out. What was refused is
    kept by local day: days that begin in the span count.
    """
    values = {"frm": frm, "to": to, "first_day": _day_from(frm), "end_day": _day_from(to)}
    return _numbers(conn, "done_between", values)


def standing(conn: Connection[Any]) -> dict[str, int]:
    """How things stand now, counted by name."""
    return _numbers(conn, "standing", {})


def open_tickets(conn: Connection[Any]) -> list[Mapping[str, Any]]:
    """Up to fifty tickets that wait, the oldest first, without words of people."""
    return list(conn.execute(SQL["open_tickets"], {"most": MOST}))


def open_alerts(conn: Connection[Any]) -> list[Mapping[str, Any]]:
    """Up to fifty alerts that have not ended, the worst first."""
    return list(conn.execute(SQL["open_alerts"], {"most": MOST}))


def releases(conn: Connection[Any], frm: datetime, to: datetime) -> list[Mapping[str, Any]]:
    """Up to fifty attempts to learn in [frm, to), the newest first."""
    return list(conn.execute(SQL["releases"], {"frm": frm, "to": to, "most": MOST, "fewest": FEWEST}))


def tuned(conn: Connection[Any], frm: datetime, to: datetime) -> list[Mapping[str, Any]]:
    """Up to fifty models that were judged or changed their service in [frm, to), the newest first."""
    return list(conn.execute(SQL["tuned"], {"frm": frm, "to": to, "most": MOST}))


def by_state(conn: Connection[Any]) -> dict[str, dict[str, int]]:
    """How many tickets ("ticket") and alerts ("alert") are open, by their state."""
    found: dict[str, dict[str, int]] = {"ticket": {}, "alert": {}}
    for row in conn.execute(SQL["by_state"]):
        found[row["what"]][row["label"]] = int(row["n"])
    return found


def _numbers(conn: Connection[Any], name: str, values: Mapping[str, Any]) -> dict[str, int]:
    """Counts by name; those of what too few people did are left out."""
    row = conn.execute(SQL[name], {**values, "fewest": FEWEST}).fetchone() or {}
    people = {key.removesuffix(BEHIND): value for key, value in row.items() if key.endswith(BEHIND)}
    counted = {key: int(value) for key, value in row.items() if not key.endswith(BEHIND)}
    return {key: value for key, value in counted.items() if not value or key not in people or enough(people[key])}


def _day_from(moment: datetime) -> date:
    """The first local day that begins at this moment or later."""
    local = moment.astimezone(BERLIN)
    begun = local.hour or local.minute or local.second or local.microsecond
    return date.fromordinal(local.date().toordinal() + (1 if begun else 0))
