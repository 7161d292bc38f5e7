"""Recommended passages: like what was used, what others use and what is new, of several documents, with the chance each had."""

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from nova.answers.search.features import FEATURES, MOST_OF_AN_ITEM, Chooser
from nova.answers.search.recommend import EXPLORE, POOL, Suggestion, Tastes, recommend
from nova.records import Scope
from nova.store.ids import uuid7
from nova.store.postgres.db import Database
from nova.store.talk import suggestions
from nova.store.talk.suggestions import PERSON_MOST, PassageUse
from tests.rooms.answers.shelf import ANALYSER, MemoryShelf, laws
from tests.rooms.kpi.house import document, wipe

pytestmark = pytest.mark.slow

NOW = datetime(2026, 3, 1, tzinfo=UTC)


class NoLot(random.Random):
    """Dice that never draw by lot."""

    def random(self) -> float:
        return 1.0


def chunks(label: str) -> list[UUID]:
    shelf = laws().shelf
    assert isinstance(shelf, MemoryShelf)
    return [one.chunk_id for one in shelf.held.values() if one.norm == f"stromgvv:{label}"]


def suggested(tastes: Tastes, top_k: int = 8, dice: random.Random | None = None, chooser: Chooser | None = None) -> list[Suggestion]:
    context = laws()
    return recommend(tastes, Scope(), (context.shelf, context.index, ANALYSER), NOW, top_k, dice or NoLot(), chooser)


def listed(tastes: Tastes, top_k: int = 8, dice: random.Random | None = None) -> list[tuple[UUID, float, str | None]]:
    return [(one.passage.chunk_id, one.propensity, one.passage.norm) for one in suggested(tastes, top_k, dice)]


def test_what_is_like_what_was_used_comes_first_and_not_what_was_just_read() -> None:
    used = [PassageUse(chunk, 1.5, NOW - timedelta(days=2)) for chunk in chunks("19")[:2]]
    found = listed(Tastes(used))
    assert not {chunk for chunk, _, _ in found} & {one.chunk_id for one in used}
    assert found[0][2] == "nav:24"  # on cutting somebody off, too


def test_older_use_counts_less() -> None:
    old = [PassageUse(chunk, 1.0, NOW - timedelta(days=300)) for chunk in chunks("19")]
    new = [PassageUse(chunk, 1.0, NOW - timedelta(days=20)) for chunk in chunks("13")]
    found = [norm for _, _, norm in listed(Tastes([*old, *new]))]
    assert found[0] == "stromgvv:13"


def test_a_cold_start_is_what_is_popular_and_new() -> None:
    popular, fresh = chunks("20")[0], chunks("5")[0]
    found = listed(Tastes((), {popular: 4.0}, {fresh: NOW - timedelta(days=1), popular: NOW - timedelta(days=400)}))
    assert [chunk for chunk, _, _ in found] == [popular, fresh]
    assert listed(Tastes()) == []


def test_no_document_fills_the_list_and_the_same_dice_give_the_same_list() -> None:
    used = [PassageUse(chunk, 1.0, NOW - timedelta(days=30)) for chunk in chunks("19")]
    shelf = laws().shelf
    assert isinstance(shelf, MemoryShelf)
    found = listed(Tastes(used), 20, random.Random(4))
    items = [shelf.held[chunk].item_id for chunk, _, _ in found]
    assert max(items.count(one) for one in items) <= MOST_OF_AN_ITEM
    assert found == listed(Tastes(used), 20, random.Random(4))


def test_every_place_has_its_chance() -> None:
    used = [PassageUse(chunk, 1.0, NOW - timedelta(days=30)) for chunk in chunks("19")]
    best = listed(Tastes(used), 1)[0]
    assert best[1] >= 1 - EXPLORE
    drawn = [listed(Tastes(used), 1, random.Random(seed))[0] for seed in range(300)]
    share = sum(chunk == best[0] for chunk, _, _ in drawn) / len(drawn)
    assert abs(share - best[1]) < 0.08
    assert all(chance >= EXPLORE / POOL for _, chance, _ in drawn)


def test_every_place_tells_what_it_was_chosen_from_in_numbers_from_0_to_1() -> None:
    used = [PassageUse(chunk, 1.0, NOW - timedelta(days=30)) for chunk in chunks("19")]
    item = laws().shelf.held[used[0].chunk_id].item_id  # type: ignore[attr-defined]
    found = suggested(Tastes(used, {used[0].chunk_id: 2.0}, {used[1].chunk_id: NOW}, {item: -0.5}), 6, random.Random(4))
    left: set[UUID] = set()
    for one in found:
        ids = [chunk for chunk, _ in one.pool]
        assert one.passage.chunk_id in ids and len(set(ids)) == len(ids) <= POOL and not left & set(ids)
        assert all(len(x) == len(FEATURES) and all(0 <= value <= 1 for value in x) for _, x in one.pool)
        left.add(one.passage.chunk_id)
    told = {chunk: dict(zip(FEATURES, x, strict=True)) for chunk, x in found[0].pool}
    assert told[used[0].chunk_id]["popular"] == told[used[1].chunk_id]["fresh"] == 1
    assert told[used[0].chunk_id]["reward"] == 0.25 and told[used[0].chunk_id]["law"] == 1
    assert {dict(zip(FEATURES, x, strict=True))["taken"] for _, x in found[0].pool} == {0}
    assert any(dict(zip(FEATURES, x, strict=True))["taken"] > 0 for _, x in found[-1].pool)


def test_what_one_person_does_over_and_over_is_no_more_popular(database: Database) -> None:
    wipe(database)
    one, other = document(database).chunk_id, document(database, "Der Umzug ist zu melden.").chunk_id
    for number in range(6):
        user, subject = uuid4(), uuid4()
        database.execute("INSERT INTO users (user_id, external_id) VALUES (%s, %s)", [user, user.hex])
        database.execute("INSERT INTO subjects (subject_id, user_id) VALUES (%s, %s)", [subject, user])
        database.execute(
            "INSERT INTO consents (consent_id, subject_id, purpose, given, version, text_sha256, source, at)"
            " VALUES (%s, %s, 'analytics', true, '1', 'x', 'test', %s)",
            [uuid4(), subject, NOW - timedelta(days=99)],
        )
        times = {one: 500 if number == 0 else number != 5, other: 2}
        for chunk, count in times.items():
            for at in range(count):
                values = [uuid7(), user, NOW - timedelta(seconds=at + 1), chunk]
                database.execute("INSERT INTO events (event_id, user_id, ts, type, chunk_id) VALUES (%s, %s, %s, 'solve', %s)", values)
    with database.transaction() as conn:
        popular = suggestions.popular(conn, NOW)
    assert popular[one] <= PERSON_MOST + 4 * 1.5 and popular[other] > 1.6 * popular[one]
