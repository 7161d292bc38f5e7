"""Somebody asks, judges and uses for a month and is erased by the job: figures, gaps and rankings are as where they never came."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from nova.answers.understand.learned import RankingRelease
from nova.knowledge.intake import Labels, receive_file
from nova.kpi.gaps.find import find_gaps
from nova.kpi.measure.figures import measure_hours
from nova.records import Caller
from nova.settings import Settings
from nova.store.people import rights
from nova.store.quality import learning
from nova.store.talk import suggestions
from nova.wiring import Nova
from nova.wiring.erasure import erasures_of
from nova.wiring.learning import StoredLearning
from tests.flow.test_erasure import settle, working
from tests.folders import short_folder
from tests.rooms.kpi.house import answer
from tests.rooms.learn.planted import NOW, PLANTED_HELD_OUT, Site

ADMIN = Caller("admin")
OTHERS, QUESTION = 8, PLANTED_HELD_OUT[0]
UNANSWERED = ("Gibt es einen Zuschuss für eine Wallbox?", "Zuschuss Wallbox beantragen", "Wer zahlt den Zuschuss zur Wallbox?")


def site_of(nova: Nova) -> Site:
    """The planted site on a whole Nova."""

    def add(text: str, name: str) -> UUID:
        item = receive_file(nova.intake, ADMIN, BytesIO(text.encode()), name, Labels()).item_id
        settle(nova)
        return item

    return Site(SimpleNamespace(database=nova.db, index=nova.index, room=nova.index_room, jobs=nova.jobs, add=add))  # type: ignore[arg-type]


def live(site: Site, user: UUID, now: datetime, since: timedelta = timedelta(days=2)) -> None:
    """A month of somebody who agreed to everything: what the planted site knows, and questions that nothing answers."""
    site.live_through([user], NOW - timedelta(days=30, minutes=len(site.people)))
    subject, db = site.subjects[user], site.house.database
    for number, text in enumerate(UNANSWERED):
        answer(db, now - since - timedelta(hours=number), text, status="refused", user_id=user, subject_id=subject)
    for chunk in db.fetch_all("SELECT chunk_id FROM item_chunks ORDER BY text LIMIT 3"):
        site.use(user, "like", chunk["chunk_id"], now - timedelta(days=1))
    db.execute(
        "UPDATE answers SET subject_id = %s, purposes = '{service,analytics,training}' WHERE user_id = %s AND status <> 'refused'",
        [subject, user],
    )
    db.execute(
        "INSERT INTO consents (consent_id, subject_id, purpose, given, version, text_sha256, source, at)"
        " SELECT gen_random_uuid(), subject_id, 'analytics', true, version, text_sha256, source, at FROM consents"
        " WHERE subject_id = %s AND purpose = 'training'",
        [subject],
    )


def derive(nova: Nova, site: Site, now: datetime) -> None:
    """Compute everything anew that comes of rows."""
    nova.db.execute("TRUNCATE kpi_hours, kpi_measured, knowledge_gaps, gap_answers, learning_releases, learning_entries, releases CASCADE")
    rows = nova.db.fetch_all(
        "SELECT DISTINCT date_trunc('hour', ts, 'UTC') AS hour FROM"
        " (SELECT ts FROM answers UNION ALL SELECT ts FROM rag_feedback UNION ALL SELECT ts FROM events) AS every"
    )
    measure_hours(nova.db, [row["hour"] for row in rows])
    find_gaps(nova.db, now, analyser=nova.analysers.current())
    assert site.learn()["changed"]


def derived(nova: Nova, site: Site, now: datetime) -> Mapping[str, Any]:
    """What is left of people in figures, gaps, releases and rankings, without the ids of computations."""
    learned: RankingRelease = StoredLearning(nova.db)()
    with nova.db.transaction() as conn:
        release, popular = learning.live(conn), suggestions.popular(conn, now)
    assert release is not None
    return {
        "hours": nova.db.fetch_all("SELECT * FROM kpi_hours ORDER BY kpi, segment, starts"),
        "gaps": nova.db.fetch_all(
            "SELECT terms, first_at, last_at, array_agg(answer_id ORDER BY answer_id) AS ids,"
            " array_agg(weakness ORDER BY answer_id) AS how"
            " FROM knowledge_gaps JOIN gap_answers USING (gap_id) GROUP BY gap_id ORDER BY last_at, terms"
        ),
        "release": (release.digest, release.artefact, release.evidence, release.subjects, release.left_out),
        "entries": nova.db.fetch_all(
            "SELECT kind, key, state, evidence, subjects, facts -> 'passages' AS p FROM learning_entries ORDER BY 1, 2"
        ),
        "order": site.order(QUESTION, learned),
        "preferences": dict(learned.preferences(QUESTION, nova.analysers.current())),
        "popular": popular,
    }


@pytest.mark.bars
def test_who_was_erased_has_never_been_here() -> None:
    with short_folder() as folder, working(Settings(NOVA_DATA=folder / "data", NOVA_SNAPSHOT_EVERY=0)) as nova:
        now, site = datetime.now(UTC), site_of(nova)
        for number in range(OTHERS):
            live(site, site.join(f"person-{number}"), now)
        derive(nova, site, now)
        never = derived(nova, site, now)
        assert never["gaps"] and never["preferences"] and never["popular"] and never["hours"]
        gone = site.join("person-gone")
        live(site, gone, now, timedelta(days=5))
        derive(nova, site, now)
        here = derived(nova, site, now)
        assert {name for name in never if never[name] == here[name]} <= {"order"}
        with nova.db.transaction() as conn:
            person = rights.find(conn, str(site.subjects[gone]))
        assert isinstance(person, rights.Person)
        job = nova.jobs.wait(erasures_of(nova).ask(ADMIN, person, now).job_id, 120)
        assert job.state == "done", job.error
        after = derived(nova, site, now)
        for name, value in never.items():
            assert after[name] == value, name
