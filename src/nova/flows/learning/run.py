"""Judgements and use in, a candidate measured against what is live out; live only if it is worse nowhere."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from nova.answers.understand.learned import preference
from nova.flows.learning.cases import Learning, cases_of
from nova.kpi.learn import ledger, stored
from nova.kpi.learn.gate import Verdict, verdict
from nova.kpi.learn.keeping import keep, put_rewards
from nova.kpi.learn.read import Evidence, read
from nova.ports.jobs import JobContext
from nova.ports.learning import Lessons
from nova.store.ids import uuid7
from nova.store.quality import learning as rows

TRIES = 4  # measurements of a candidate, each without the topics that were worse before


def learn(learning: Learning, now: datetime, by: str, ctx: JobContext) -> dict[str, Any]:
    """Compute, measure, keep; what came of it. Busy when somebody was forgotten meanwhile. Rewards are kept in any case."""
    ctx.progress("lesen")
    with learning.db.transaction() as conn:
        forgets, live = rows.forgets(conn), rows.live(conn)
        rows.set_plan(conn, {"tried": now.isoformat(), "job": str(ctx.job_id)})
        evidence = read(conn, now)
    ctx.progress("rechnen")
    told = _learned(learning, evidence, (live, forgets), by, ctx)
    put_rewards(learning.db, evidence, forgets)
    return told


def _learned(
    learning: Learning, evidence: Evidence, known: tuple[rows.LearnedState | None, int], by: str, ctx: JobContext
) -> dict[str, Any]:
    """The candidate against what is live, `known` with how many were forgotten until then; what came of it."""
    (live, forgets), now, analyser = known, evidence.cutoff, learning.analyser()
    lessons = evidence.lessons(analyser)
    if live is None and not lessons.topics and not lessons.terms:
        return {"changed": False, "live": None, "evidence": lessons.evidence, "reason": "Es liegen noch nicht genug Rückmeldungen vor."}
    before = stored.from_json(live.artefact) if live and live.artefact else Lessons()
    if live is not None and ledger.same(before, lessons, preference):
        return _nothing_new(live, lessons)
    evidence, lessons, found = measured(learning, evidence, live, before, ctx)
    if live is not None and found.good and ledger.same(before, lessons, preference):
        return _nothing_new(live, lessons)
    release = rows.LearnedState(
        uuid7(), now, analyser.version, "live" if found.good else "rejected", stored.digest(lessons),
        stored.to_json(lessons) if found.good else None,
        lessons.evidence, lessons.subjects, by, now, found.effect, found.reasons, live.release_id if live else None,
        tuple(block.entry_id for block in evidence.blocks), [list(one.items()) for one in evidence.left_out],
    )  # fmt: skip
    keep(learning.db, release, (before, lessons), forgets, preference)
    return _told(release, lessons, found)


def measured(
    learning: Learning, evidence: Evidence, live: rows.LearnedState | None, before: Lessons, ctx: JobContext
) -> tuple[Evidence, Lessons, Verdict]:
    """The candidate and the verdict on it; topics that measure worse are left out, a few times over, before the whole is given up."""
    analyser = learning.analyser()
    for _ in range(TRIES):
        lessons = evidence.lessons(analyser)
        cases, topics = cases_of(learning, evidence, live, (before, lessons), ctx)
        found = verdict(cases)
        gone = [topics[key] for key in found.worse]
        if found.good or not gone:
            break
        tried, evidence = evidence, replace(evidence, left_out=[*evidence.left_out, *gone])
    else:
        evidence = tried
    return evidence, lessons, found


def _nothing_new(live: rows.LearnedState, lessons: Lessons) -> dict[str, Any]:
    return {"changed": False, "live": str(live.release_id), "evidence": lessons.evidence, "reason": "Es kam nichts Neues hinzu."}


def _told(release: rows.LearnedState, lessons: Lessons, found: Verdict) -> dict[str, Any]:
    counts = {"topics": len(lessons.topics), "terms": len(lessons.terms), "evidence": lessons.evidence, "subjects": lessons.subjects}
    counts["left_out"] = len(release.left_out)
    return {
        "changed": found.good, "release_id": str(release.release_id), "state": release.state, **counts, "effect": found.effect,
        "reasons": list(found.reasons),
    }  # fmt: skip
