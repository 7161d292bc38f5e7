"""Somebody's pseudonym in, every kept release computed anew without them out: ranking is then as if they had never been here."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.kpi.learn import stored
from nova.kpi.learn.ledger import aged, complete, rewritten
from nova.kpi.learn.read import WINDOW, Evidence, left_out, read
from nova.language.analyser import Analyser
from nova.ports.jobs import JobContext
from nova.ports.learning import Lessons
from nova.store.documents import outbox
from nova.store.postgres.db import Database
from nova.store.quality import learning as rows


def forget(conn: Connection[Any], subject_id: UUID) -> Mapping[str, int]:
    """Take a person out of everything learned; before or after their rows went. Counts for the receipt: releases looked at, and changed.

    In the caller's transaction; a computation that runs meanwhile is not kept.
    """
    rows.lock(conn)
    rows.count_forget(conn)
    subject = str(subject_id)
    for user_id in rows.users_of(conn, [subject]).values():
        rows.forget_labels(conn, user_id)
    return relearn(conn, frozenset({subject}))


def relearn_now(db: Database, ctx: JobContext) -> dict[str, int]:
    """Compute anew what was learned from what may still be used, in a transaction of its own; counts as `relearn` gives them."""
    with db.transaction() as conn:
        rows.lock(conn)
        rows.count_forget(conn)
        told = dict(relearn(conn))
        ctx.guard(conn)
    return told


def relearn(conn: Connection[Any], without: frozenset[str] = frozenset()) -> Mapping[str, int]:
    """Compute every kept release anew from what still stands (also after a consent was withdrawn); the caller holds the lock.

    Of releases that are not kept any more the ledger says no numbers from then on.
    """
    rows.forget_unwilling(conn)
    kept, changed = rows.kept(conn), 0
    if kept:
        latest, earliest = max(one.cutoff for one in kept), min(one.cutoff for one in kept)
        evidence = read(conn, latest, without, since=earliest - WINDOW)
        analyser = _analyser(conn)
        changed = sum(_rewrite(conn, one, evidence, analyser) for one in kept)
    newest = next(iter(rows.kept(conn)), None)
    aged(conn, stored.from_json(newest.artefact) if newest and newest.artefact else Lessons())
    return {"releases": len(kept), "changed": changed}


def _rewrite(conn: Connection[Any], one: rows.LearnedState, evidence: Evidence, analyser: Analyser) -> bool:
    lessons = replace(evidence, left_out=left_out(one)).lessons(analyser, one.cutoff, one.blocks)
    digest = stored.digest(lessons)
    if digest == one.digest:
        return False
    rows.rewrite(conn, one.release_id, stored.to_json(lessons), digest, (lessons.evidence, lessons.subjects))
    rewritten(conn, one.release_id, lessons)
    if one.state == "live":
        complete(conn, one, lessons.topics)
    return True


def _analyser(conn: Connection[Any]) -> Analyser:
    found = outbox.live_analyser(conn)
    return Analyser.builtin() if found is None else Analyser.from_json(json.dumps(found[1]))
