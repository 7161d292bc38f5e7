"""Who does not agree teaches nothing, and who is forgotten has never been here: releases and rankings are the same, bit for bit."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from nova.answers.understand.learned import RankingRelease
from nova.errors import Busy
from nova.flows.learning.run import learn
from nova.kpi.learn.forget import forget, relearn
from nova.kpi.learn.keeping import put_rewards
from nova.kpi.learn.read import read
from nova.store.quality import learning as rows
from nova.store.quality.learning import LearnedState
from nova.wiring.learning import StoredLearning
from tests.fakes.running import Context
from tests.rooms.learn.planted import NOW, PLANTED, PLANTED_HELD_OUT, Site

pytestmark = pytest.mark.slow

TABLES = ("rag_feedback", "events", "answers")


def live(site: Site) -> LearnedState:
    with site.house.database.transaction() as conn:
        found = rows.live(conn)
    assert found is not None
    return found


def remove(site: Site, user: UUID) -> None:
    """Erase a person's rows as the rights room does."""
    for table in TABLES:
        site.house.database.execute(f"DELETE FROM {table} WHERE user_id = %(user)s", {"user": user})  # type: ignore[arg-type]
    site.house.database.execute("DELETE FROM subjects WHERE user_id = %(user)s", {"user": user})
    site.house.database.execute("DELETE FROM users WHERE user_id = %(user)s", {"user": user})


def clear(site: Site) -> None:
    site.house.database.execute("TRUNCATE learning_releases, releases, learning_blocks, installation CASCADE")


@pytest.mark.parametrize("rows_go_first", [True, False])
def test_forgetting_is_never_having_been_here(site: Site, rows_go_first: bool) -> None:
    site.live_through()
    gone = site.people[4]
    subject = site.subjects[gone]
    site.learn()
    with_them = live(site).digest
    if rows_go_first:
        remove(site, gone)
    with site.house.database.transaction() as conn:
        receipt = forget(conn, subject)
    if not rows_go_first:
        remove(site, gone)
    forgotten = live(site)
    assert receipt == {"releases": 1, "changed": 1}
    assert forgotten.digest != with_them
    assert forgotten.subjects == len(site.people) - 1
    order = site.order(PLANTED_HELD_OUT[0], StoredLearning(site.house.database)())
    clear(site)
    site.learn()  # the same rows, and the person was never here
    never = live(site)
    assert (never.digest, never.artefact, never.evidence, never.subjects) == (
        forgotten.digest, forgotten.artefact, forgotten.evidence, forgotten.subjects,
    )  # fmt: skip
    assert site.order(PLANTED_HELD_OUT[0], StoredLearning(site.house.database)()) == order


def test_older_releases_forget_too(site: Site) -> None:
    site.live_through(site.people[:6], NOW - timedelta(days=60))
    site.learn(NOW - timedelta(days=40))
    first = live(site)
    site.live_through(site.people[6:])
    site.learn()
    assert live(site).before == first.release_id
    with site.house.database.transaction() as conn:
        assert forget(conn, site.subjects[site.people[0]])["releases"] == 2
        older = rows.release(conn, first.release_id)
    assert older is not None
    assert older.subjects == 5
    assert older.digest != first.digest


def test_who_is_forgotten_while_learning_runs_is_not_learned_from(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.live_through()

    def forgetful(stage: str) -> None:
        if stage == "rechnen":
            with site.house.database.transaction() as conn:
                forget(conn, site.subjects[site.people[0]])

    with pytest.raises(Busy):
        learn(site.learning, NOW, "admin", Context(hear=forgetful))
    with site.house.database.transaction() as conn:
        assert rows.live(conn) is None


def test_without_consent_nothing_is_learned(site: Site) -> None:
    for subject in site.subjects.values():
        site.consent(subject, False, NOW - timedelta(days=99))
    site.live_through()
    done = site.learn()
    assert (done["changed"], done["evidence"]) == (False, 0)
    assert StoredLearning(site.house.database)() == RankingRelease()
    assert site.house.database.fetch_all("SELECT 1 FROM labels WHERE source = 'learned'") == []


def test_a_withdrawal_counts_for_what_was_before_it(site: Site) -> None:
    site.live_through()
    for subject in list(site.subjects.values())[1:]:
        site.consent(subject, False, NOW - timedelta(hours=1))
    assert site.learn()["evidence"] < 40
    assert StoredLearning(site.house.database)().topics == ()  # one person alone teaches nothing


def test_a_withdrawal_takes_what_was_learned_of_a_person_at_once(site: Site) -> None:
    site.live_through()
    site.learn()
    held = "SELECT DISTINCT user_id FROM labels WHERE source = 'learned'"
    assert {row["user_id"] for row in site.house.database.fetch_all(held)} == set(site.people)
    gone = site.people[0]
    site.consent(site.subjects[gone], False, NOW - timedelta(hours=1))
    with site.house.database.transaction() as conn:
        assert relearn(conn)["changed"] == 1
    assert {row["user_id"] for row in site.house.database.fetch_all(held)} == set(site.people[1:])
    assert live(site).subjects == len(site.people) - 1


def held(site: Site) -> set[UUID]:
    return {row["user_id"] for row in site.house.database.fetch_all("SELECT DISTINCT user_id FROM labels WHERE source = 'learned'")}


def test_rewards_are_kept_though_too_few_speak_for_a_release(site: Site) -> None:
    site.live_through(site.people[:1])
    assert site.learn()["changed"] is False
    assert held(site) == {site.people[0]}


def test_who_is_forgotten_or_withdraws_while_rewards_are_computed_has_none(site: Site) -> None:
    site.live_through()
    with site.house.database.transaction() as conn:
        forgets, evidence = rows.forgets(conn), read(conn, NOW)
        forget(conn, site.subjects[site.people[0]])
    put_rewards(site.house.database, evidence, forgets)
    assert held(site) == set()
    site.consent(site.subjects[site.people[1]], False, NOW - timedelta(hours=1))
    put_rewards(site.house.database, evidence, forgets + 1)
    assert held(site) == set(site.people) - {site.people[1]}


def test_one_person_cannot_swamp(site: Site) -> None:
    answer, shown = site.ask(site.people[0], PLANTED[0], NOW - timedelta(days=2))
    for number in range(200):
        site.use(site.people[0], "solve", shown[-1][0], NOW - timedelta(days=1, minutes=number % 20))
    site.judge(site.people[0], answer, False, NOW - timedelta(days=1))
    assert site.learn()["changed"] is False


def test_the_operator_teaches_alone(site: Site) -> None:
    for text in PLANTED:
        answer_id, _ = site.ask(site.people[0], text, NOW - timedelta(days=2))
        site.house.database.execute("UPDATE answers SET user_id = NULL WHERE answer_id = %(a)s", {"a": answer_id})
        site.judge(None, answer_id, False, NOW - timedelta(days=1), "falsch")
    done = site.learn()
    assert done["state"] == "live", done
    analyser = site.house.room.analysers.current()
    leading = site.said[PLANTED[0]][1][0][0]
    assert StoredLearning(site.house.database)().preferences(PLANTED_HELD_OUT[0], analyser)[leading] < -0.2


def test_the_operators_judgement_of_somebodys_answer_needs_their_consent(site: Site) -> None:
    for text in PLANTED:
        answer_id, _ = site.ask(site.people[0], text, NOW - timedelta(days=2))
        site.judge(None, answer_id, False, NOW - timedelta(days=1), "falsch")
    assert site.learn()["evidence"] == 0
    site.house.database.execute("UPDATE answers SET purposes = '{analytics,service,training}'")
    assert site.learn()["evidence"] > 0


def test_nothing_learned_holds_words_of_people(site: Site) -> None:
    site.live_through()
    marker = f"Xylograph{uuid4().hex[:6]}"
    for user in site.people[:2]:
        answer_id, _ = site.ask(user, f"{PLANTED[0]} {marker}", NOW - timedelta(days=1))
        site.judge(user, answer_id, False, NOW - timedelta(hours=20), "quelle")
    site.learn()
    for table in ("learned_states", "release_steps", "learning_entries", "learning_terms", "labels"):
        text = str(site.house.database.fetch_all(f"SELECT * FROM {table}")).lower()  # type: ignore[arg-type]
        assert marker.lower() not in text
        assert "abschlag" not in text
