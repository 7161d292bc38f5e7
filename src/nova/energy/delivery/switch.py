"""Feeds as the operator sees them: what there is, what is set up, what runs, and how to start and stop it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from nova.errors import Conflict, NotFound
from nova.ports import Audit
from nova.records import Caller
from nova.store.postgres.db import Database
from nova.store.series import batches

PUSH = "push"
Prepare = Callable[[Connection[Any], Mapping[str, Any]], Mapping[str, Any]]
"""A feed's settings in, those that it starts with out, in the caller's transaction."""


@dataclass(frozen=True, slots=True)
class FeedState:
    """A feed, whether the settings name it, and its row once there is one."""

    name: str
    kind: str
    configured: bool
    row: batches.Feed | None


class Feeds:
    """`kinds` are the kinds of all feeds by name, `configured` those that the settings name, `prepare` what some do when they start."""

    def __init__(
        self, db: Database, audit: Audit, kinds: Mapping[str, str], configured: Collection[str], prepare: Mapping[str, Prepare]
    ) -> None:
        self._db, self._audit, self._kinds, self._configured, self._prepare = db, audit, kinds, configured, prepare

    def all(self) -> list[FeedState]:
        """Every feed that the settings name or that has been, by name."""
        with self._db.transaction() as conn:
            known = {one.name: one for one in batches.feeds(conn)}
        return [self._state(name, known.get(name)) for name in sorted({*known, *self._configured})]

    def _state(self, name: str, row: batches.Feed | None) -> FeedState:
        kind = self._kinds.get(name, "") if row is None else row.kind
        return FeedState(name, kind, name in self._configured, row)

    def switch(self, caller: Caller, name: str, *, on: bool) -> FeedState:
        """Start or stop a feed; NotFound, or Conflict for one that nothing is set up for, or that needs no start."""
        if name not in self._kinds:
            raise NotFound("Diese Datenquelle gibt es nicht.", data={"name": name})
        if name == PUSH or (on and name not in self._configured):
            raise Conflict("Diese Datenquelle ist nicht eingerichtet." if name != PUSH else "Gesendete Werte kommen ohne Start an.")
        with self._db.transaction() as conn:
            chosen = settings_of(conn, name)
            if on and name in self._prepare:
                chosen = self._prepare[name](conn, chosen)
            batches.save_feed(conn, name, self._kinds[name], chosen, enabled=on)
            row = batches.feed(conn, name)
            self._audit.record(caller, "feed.started" if on else "feed.stopped", name, connection=conn)
        return self._state(name, row)


def settings_of(conn: Connection[Any], name: str) -> Mapping[str, Any]:
    """A feed's settings, its row locked; {} for one that has no row yet."""
    try:
        return batches.feed(conn, name, lock=True).settings
    except NotFound:
        return {}
