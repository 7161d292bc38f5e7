"""A planted bad ranking is learned away, nothing else suffers, and undoing brings the old order back exactly."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

import pytest

from nova.answers.ask import Question, ask
from nova.answers.understand.learned import RankingRelease, preference
from nova.errors import Conflict
from nova.kpi.learn import steer
from nova.kpi.learn.forget import forget
from nova.store.quality import learning as rows
from nova.wiring.learning import StoredLearning
from tests.rooms.learn.planted import NOW, OTHERS_HELD_OUT, PLANTED, PLANTED_HELD_OUT, Site

pytestmark = pytest.mark.slow

BETTER, WORSE = 10.0, -1.0  # points of nDCG@10
RIGHT = "Teilbeträge"


def live(site: Site) -> RankingRelease:
    return StoredLearning(site.house.database)()


def orders(site: Site, learned: RankingRelease) -> Mapping[str, list[UUID]]:
    """The whole order of every held-out question."""
    asked = [*PLANTED_HELD_OUT, *(text for texts in OTHERS_HELD_OUT.values() for text in texts)]
    return {text: site.order(text, learned) for text in asked}


def undo(site: Site, entry_id: UUID) -> str:
    with site.house.database.transaction() as conn:
        return steer.undo(conn, entry_id, "admin", NOW + timedelta(hours=1), (site.house.room.analysers.current, preference))


def entries(site: Site, kind: str | None = None) -> list[dict[str, object]]:
    with site.house.database.transaction() as conn:
        return rows.entries(conn, kind=kind, state=None, limit=100, offset=0)[0]


def test_a_planted_bad_ranking_is_learned_away_and_undone(site: Site) -> None:
    before, old = site.ndcg(PLANTED_HELD_OUT, RIGHT, RankingRelease()), orders(site, RankingRelease())
    others = {place: site.ndcg(texts, place, RankingRelease()) for place, texts in OTHERS_HELD_OUT.items()}
    site.live_through()
    done = site.learn()
    assert done["state"] == "live", done
    learned = live(site)
    assert site.ndcg(PLANTED_HELD_OUT, RIGHT, learned) >= before + BETTER
    for place, texts in OTHERS_HELD_OUT.items():
        assert site.ndcg(texts, place, learned) >= others[place] + WORSE, place
    logged = {row["name"]: row for row in done["effect"]["groups"]}
    assert logged["Andere Personen"]["gain"] > 0  # measured on people it had not learned from
    whole = entries(site, "release")[0]
    assert whole["subjects"] == len(site.people)
    assert whole["started_by"] == "admin"
    assert undo(site, UUID(str(whole["entry_id"]))) == "release"
    assert live(site) == RankingRelease()
    assert orders(site, live(site)) == old
    with site.house.database.transaction() as conn:
        assert steer.plan(conn)["on"] is False  # or the next night would bring it back


def test_one_topic_is_taken_back_and_the_others_stay(site: Site) -> None:
    site.live_through()
    site.learn()
    first = live(site)
    about = [site.order(PLANTED_HELD_OUT[1], first), site.order(PLANTED_HELD_OUT[1], RankingRelease())]
    assert about[0] != about[1]
    for entry in entries(site, "topic"):
        if entry["state"] == "live" and site.order(PLANTED_HELD_OUT[1], live(site)) != about[1]:
            undo(site, UUID(str(entry["entry_id"])))
            break
    else:
        pytest.fail("no topic moves this question")
    second = live(site)
    assert second.release != first.release
    assert entry["key"] in {one.key for one in first.topics} - {one.key for one in second.topics}
    assert len(second.topics) < len(first.topics)  # one that shared a question with it may be called otherwise
    newest = entries(site, "release")[0]
    undo(site, UUID(str(newest["entry_id"])))  # taking back the taking back
    assert live(site).topics == first.topics
    with pytest.raises(Conflict):
        undo(site, UUID(str(newest["entry_id"])))


def in_force(site: Site) -> set[str]:
    """The topics whose rows say that they are in force."""
    return {str(entry["key"]) for entry in entries(site, "topic") if entry["state"] == "live"}


def test_topics_that_a_release_carries_on_are_in_force_and_can_be_taken_back(site: Site) -> None:
    site.live_through()
    site.learn()
    whole = in_force(site)
    assert whole == {one.key for one in live(site).topics}
    for _ in range(2):
        before = in_force(site)
        taken_back = next(entry for entry in entries(site, "topic") if entry["state"] == "live")
        undo(site, UUID(str(taken_back["entry_id"])))
        after = in_force(site)
        assert taken_back["key"] not in after == {one.key for one in live(site).topics}
        assert len(before - after) <= 2  # a neighbour that shared a question is called by its other terms now
    with site.house.database.transaction() as conn:
        forget(conn, site.subjects[site.people[0]])
    assert in_force(site) == {one.key for one in live(site).topics}
    for _ in range(2):  # the way back, step by step
        undo(site, _live_release(site))
        assert in_force(site) == {one.key for one in live(site).topics}


def test_a_night_with_news_of_one_topic_leaves_the_rows_of_the_others_in_force(site: Site) -> None:
    site.live_through()
    site.learn()
    begun = {str(entry["entry_id"]): str(entry["key"]) for entry in entries(site, "topic")}
    chunk_id = next(part.chunk_id for part in live(site).topics[0].passages)
    for user in site.people:
        answer_id, _ = site.ask(user, PLANTED[1], NOW + timedelta(hours=1))
        site.judge(user, answer_id, False, NOW + timedelta(hours=2), "quelle")
        site.use(user, "solve", chunk_id, NOW + timedelta(hours=2))
    assert site.learn(NOW + timedelta(hours=3))["changed"] is True
    assert in_force(site) == {one.key for one in live(site).topics}
    still = {str(entry["entry_id"]) for entry in entries(site, "topic") if entry["state"] == "live"}
    assert still & set(begun)  # carried on
    undo(site, _live_release(site))
    assert {str(entry["entry_id"]) for entry in entries(site, "topic") if entry["state"] == "live"} == set(begun)


def _live_release(site: Site) -> UUID:
    return next(UUID(str(entry["entry_id"])) for entry in entries(site, "release") if entry["state"] == "live")


def test_what_was_taken_back_is_still_known_after_somebody_was_forgotten(site: Site) -> None:
    site.live_through()
    site.learn()
    first = next(entry for entry in entries(site, "topic") if entry["state"] == "live")
    undo(site, UUID(str(first["entry_id"])))
    with site.house.database.transaction() as conn:
        assert forget(conn, site.subjects[site.people[0]])["changed"] >= 1
    newest = entries(site, "release")[0]
    assert newest["facts"]["undo_of"] == str(first["entry_id"])
    undo(site, UUID(str(newest["entry_id"])))
    with site.house.database.transaction() as conn:
        assert rows.blocks(conn) == []


def test_the_next_night_changes_nothing_without_news(site: Site) -> None:
    site.live_through()
    site.learn()
    again = site.learn(NOW + timedelta(days=1))
    assert again["changed"] is False
    assert len(entries(site, "release")) == 1


def test_an_answer_says_by_which_release_it_was_ranked(site: Site) -> None:
    site.live_through()
    done = site.learn()
    answer = ask(site.context(live(site)), Question(PLANTED_HELD_OUT[0], user_id=site.people[0]))
    row = site.house.database.fetch_one("SELECT learned FROM answers WHERE answer_id = %(id)s", {"id": answer.answer_id})
    assert row == {"learned": done["release_id"]}
