"""The job `learn`: judgements and use in, a candidate measured against what is live out; live only if it is worse nowhere.

It is measured on the documents' own headings, on the operator's questions, and on what people found useful whom it has not learned from.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from nova.answers.replay import orders, sections
from nova.answers.search.retrieve import Memory, Sources
from nova.answers.search.weigh import ndcg
from nova.answers.understand.learned import Learned, preference
from nova.answers.understand.vocabulary import Vocabulary
from nova.courtesy import make_way
from nova.errors import Busy
from nova.german import BERLIN
from nova.jobs.kind import JobKind
from nova.jobs.probing import Probe, curated, headings
from nova.kpi.kinds import LEARN
from nova.kpi.learn import ledger, steer, stored
from nova.kpi.learn.evidence import OPERATOR, Signal, split
from nova.kpi.learn.gate import Case, Verdict, verdict
from nova.kpi.learn.read import Evidence, left_out, read
from nova.language.analyser import Analyser
from nova.language.topics import Topic, likeness, topic
from nova.ports import Index
from nova.ports.jobs import JobContext, JobHandler
from nova.ports.learning import Lessons
from nova.store import learning as rows
from nova.store.answers import StoredAnswers
from nova.store.db import Database
from nova.store.ids import uuid7
from nova.wiring import Workshop, documents_of

EVERY = timedelta(hours=1)  # it looks whether its hour has come
OTHERS, LATER = "Andere Personen", "Spätere Fragen"
TRIES = 4  # measurements of a candidate, each without the topics that were worse before
HELD_OUT = 3  # one person in so many
LATE = 0.2  # the newest share of the signals
MOST_LOGGED = 150
ABOUT = 0.4  # how like a topic a question must be to count as its own


@dataclass(frozen=True, slots=True)
class Bench:
    """What learning needs: the tables, the index, and how questions are read."""

    db: Database
    index: Index
    analyser: Callable[[], Analyser]
    vocabulary: Callable[[], Vocabulary]


def handler(bench: Bench) -> JobHandler:
    """Arguments: `by` (who asked for it; without, the clock did, and the job looks whether its hour has come)."""

    def run(ctx: JobContext) -> None:
        now, by = datetime.now(UTC), str(ctx.args.get("by") or "")
        if not by and not due(bench.db, now, ctx.job_id):
            ctx.finish({"due": False})
            return
        ctx.finish(learn(bench, now, by or "clock", ctx))

    return run


def plan(db: Database) -> dict[str, Any]:
    """Whether learning runs by itself (`on`), and at which `hour` (Europe/Berlin)."""
    with db.transaction() as conn:
        return steer.plan(conn)


def due(db: Database, now: datetime, job_id: UUID | None = None) -> bool:
    """Whether the hour has come and nothing was tried in it yet; or whether this job began and was cut off."""
    when = plan(db)
    if when["on"] and job_id is not None and when.get("job") == str(job_id):
        return True
    if not when["on"] or now.astimezone(BERLIN).hour != when["hour"]:
        return False
    tried = when.get("tried")
    return tried is None or now - datetime.fromisoformat(tried) > EVERY


def learn(bench: Bench, now: datetime, by: str, ctx: JobContext) -> dict[str, Any]:
    """Compute, measure, keep; what came of it. Busy when somebody was forgotten meanwhile. Rewards are kept in any case."""
    ctx.progress("lesen")
    with bench.db.transaction() as conn:
        forgets, live = rows.forgets(conn), rows.live(conn)
        rows.set_plan(conn, {"tried": now.isoformat(), "job": str(ctx.job_id)})
        evidence = read(conn, now)
    ctx.progress("rechnen")
    told = _learned(bench, evidence, (live, forgets), by, ctx)
    _labels(bench.db, evidence, forgets)
    return told


def _learned(bench: Bench, evidence: Evidence, known: tuple[rows.Release | None, int], by: str, ctx: JobContext) -> dict[str, Any]:
    """The candidate against what is live, `known` with how many were forgotten until then; what came of it."""
    (live, forgets), now, analyser = known, evidence.cutoff, bench.analyser()
    lessons = evidence.lessons(analyser)
    if live is None and not lessons.topics and not lessons.terms:
        return {"changed": False, "live": None, "evidence": lessons.evidence, "reason": "Es liegen noch nicht genug Rückmeldungen vor."}
    before = stored.from_json(live.artefact) if live and live.artefact else Lessons()
    if live is not None and ledger.same(before, lessons, preference):
        return _nothing_new(live, lessons)
    evidence, lessons, found = _measured(bench, evidence, live, before, ctx)
    if live is not None and found.good and ledger.same(before, lessons, preference):
        return _nothing_new(live, lessons)
    release = rows.Release(
        uuid7(), now, analyser.version, "live" if found.good else "rejected", stored.digest(lessons),
        stored.to_json(lessons) if found.good else None,
        lessons.evidence, lessons.subjects, by, now, found.effect, found.reasons, live.release_id if live else None,
        tuple(block.entry_id for block in evidence.blocks), [list(one.items()) for one in evidence.left_out],
    )  # fmt: skip
    _keep(bench.db, release, before, lessons, forgets)
    return _told(release, lessons, found)


def _measured(
    bench: Bench, evidence: Evidence, live: rows.Release | None, before: Lessons, ctx: JobContext
) -> tuple[Evidence, Lessons, Verdict]:
    """The candidate and the verdict on it; topics that measure worse are left out, a few times over, before the whole is given up."""
    analyser = bench.analyser()
    for _ in range(TRIES):
        lessons = evidence.lessons(analyser)
        cases, topics = _cases(bench, evidence, live, (before, lessons), ctx)
        found = verdict(cases)
        gone = [topics[key] for key in found.worse]
        if found.good or not gone:
            break
        tried, evidence = evidence, replace(evidence, left_out=[*evidence.left_out, *gone])
    else:
        evidence = tried
    return evidence, lessons, found


def _nothing_new(live: rows.Release, lessons: Lessons) -> dict[str, Any]:
    return {"changed": False, "live": str(live.release_id), "evidence": lessons.evidence, "reason": "Es kam nichts Neues hinzu."}


def _told(release: rows.Release, lessons: Lessons, found: Verdict) -> dict[str, Any]:
    counts = {"topics": len(lessons.topics), "terms": len(lessons.terms), "evidence": lessons.evidence, "subjects": lessons.subjects}
    counts["left_out"] = len(release.left_out)
    return {
        "changed": found.good, "release_id": str(release.release_id), "state": release.state, **counts, "effect": found.effect,
        "reasons": list(found.reasons),
    }  # fmt: skip


def _keep(db: Database, release: rows.Release, before: Lessons, lessons: Lessons, forgets: int) -> None:
    """Keep the release with its rows in the ledger; a good one becomes live."""
    with db.transaction() as conn:
        rows.lock(conn)
        live = rows.pointer(conn)
        if rows.forgets(conn) != forgets or (live[0] if live else None) != release.before:
            raise Busy("Inzwischen wurde etwas vergessen oder zurückgenommen; das Lernen beginnt neu.", data={"retry_after": 30})
        known, decided = rows.waiting_terms(conn), rows.decided_terms(conn)
        new = [one for one in lessons.terms if ledger.term_key(one) not in known and (one.lay, one.term) not in decided]
        if release.state == "live":
            steer.go_live(conn, release, before, lessons, preference)
        else:
            rows.insert(conn, release)
            rows.enter(conn, ledger.entries(release, (), ledger.counts(lessons)))
        rows.enter(conn, ledger.term_entries(release, new))


def _cases(
    bench: Bench, evidence: Evidence, live: rows.Release | None, states: tuple[Lessons, Lessons], ctx: JobContext
) -> tuple[list[Case], dict[str, Topic]]:
    """Every question asked before and with the candidate; and the topics by key, also those that only a part of the evidence makes."""
    shelf, analyser = StoredAnswers(bench.db), bench.analyser()
    sources = Sources(shelf, bench.index, analyser, bench.vocabulary(), Memory())
    probes, masked = headings(bench.db, shelf)
    both = (_as_learned(states[0]), _as_learned(states[1]))
    asked = curated(bench.db)
    total = len(probes) + len(asked) + 2 * MOST_LOGGED
    cases: list[Case] = []
    topics: dict[str, Topic] = {one.key: dict(one.terms) for one in states[1].topics}
    for some, where in ((probes, replace(sources, shelf=masked)), (asked, sources)):
        for probe in some:
            _next(ctx, len(cases), total)
            cases.append(_probe_case(probe, where, both, states[1], analyser))
    for group, train, test in _held_out(evidence):
        own = (_live_without(train, live, evidence, analyser), replace(evidence, signals=train).lessons(analyser))
        topics |= {one.key: dict(one.terms) for one in own[1].topics}
        for case in _logged(group, test, sources, own):
            _next(ctx, len(cases), total)
            cases.append(case)
    return cases, topics


def _next(ctx: JobContext, done: int, total: int) -> None:
    ctx.progress("messen", min(done, total), total)
    make_way()


def _as_learned(lessons: Lessons) -> Learned:
    return Learned("", lessons.topics)


def _live_without(train: Sequence[Signal], live: rows.Release | None, evidence: Evidence, analyser: Analyser) -> Lessons:
    """What would be live had it not learned from those held out either."""
    if live is None:
        return Lessons()
    return replace(evidence, signals=train, left_out=left_out(live)).lessons(analyser, live.cutoff, live.blocks)


def _probe_case(probe: Probe, sources: Sources, states: tuple[Learned, Learned], lessons: Lessons, analyser: Analyser) -> Case:
    before, after = (ndcg(sections(order), probe.right) for order in orders(probe.text, sources, states))
    return Case(probe.group, _topic_of(probe.text, lessons, analyser), before, after)


def _topic_of(text: str, lessons: Lessons, analyser: Analyser) -> str:
    """The key of the topic that a question is most like; "" for none."""
    asked = topic(text, analyser)
    best = max(((likeness(asked, dict(one.terms)), one.key) for one in lessons.topics), default=(0.0, ""))
    return best[1] if best[0] >= ABOUT else ""


def _held_out(evidence: Evidence) -> list[tuple[str, list[Signal], list[Signal]]]:
    """Two ways to hold out: one person in three, and the newest part; each as what is learned from and what is asked."""
    people = {signal.subject for signal in evidence.signals} - {OPERATOR}
    chosen = frozenset(one for one in people if _lot(f"{one} {evidence.cutoff:%Y-%m-%d}") % HELD_OUT == 0)
    train, test = split(evidence.signals, chosen)
    at = int(len(evidence.signals) * (1 - LATE))
    return [(OTHERS, train, test), (LATER, list(evidence.signals[:at]), list(evidence.signals[at:]))]


def _lot(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def _logged(group: str, test: Sequence[Signal], sources: Sources, states: tuple[Lessons, Lessons]) -> list[Case]:
    """What people found useful, asked again: right is every section that their own signals speak for."""
    liked: dict[tuple[str, str], dict[UUID, float]] = defaultdict(lambda: defaultdict(float))
    for signal in test:
        liked[signal.subject, signal.question][signal.chunk_id] += signal.up - signal.down
    asked = [(question, [chunk for chunk, value in found.items() if value > 0]) for (_, question), found in sorted(liked.items())]
    asked = sorted((one for one in asked if one[1]), key=lambda one: _lot(one[0]))[:MOST_LOGGED]
    both = (_as_learned(states[0]), _as_learned(states[1]))
    cases = []
    for question, chunks in asked:
        make_way()
        found = orders(question, sources, both)
        place = {passage.chunk_id: passage.section_id for order in found for passage in order}
        right = tuple(dict.fromkeys(frozenset({place[chunk]}) for chunk in chunks if chunk in place))
        if right:
            before, after = (ndcg(sections(order), right) for order in found)
            cases.append(Case(group, _topic_of(question, states[1], sources.analyser), before, after))
    return cases


def _labels(db: Database, evidence: Evidence, forgets: int) -> None:
    """Rewards of documents by person, from -1 to 1, for recommendations; none where somebody was forgotten since the evidence was read."""
    with db.transaction() as conn:
        rows.lock(conn)
        if rows.forgets(conn) != forgets:
            return
        items = rows.items_of(conn, list({signal.chunk_id for signal in evidence.signals}))
        users = rows.users_of(conn, sorted({signal.subject for signal in evidence.signals} - {OPERATOR}))
        sums: dict[tuple[UUID, UUID], list[float]] = defaultdict(lambda: [0.0, 0.0])
        for signal in evidence.signals:
            if signal.subject in users and signal.chunk_id in items:
                pair = sums[users[signal.subject], items[signal.chunk_id][0]]
                pair[0] += signal.up
                pair[1] += signal.down
        rewards = [(user, item, round((up - down) / (up + down + 1), 4)) for (user, item), (up, down) in sorted(sums.items())]
        rows.put_labels(conn, rewards, evidence.cutoff)
        rows.forget_unwilling(conn)  # who withdrew since then, and whose relearning still waits


def _opened(shop: Workshop) -> JobHandler:
    return handler(Bench(shop.db, documents_of(shop.index), shop.analysers.current, shop.vocabulary))


JOBS = (JobKind(LEARN, _opened, EVERY),)
