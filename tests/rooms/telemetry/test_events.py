"""Events: exactly once, only one's own, references that exist and may be seen, and no personal data."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from nova.errors import InvalidInput, NotAllowed, NotFound, PrivacyError
from nova.governance.users import customer, ensure_user
from nova.privacy.dictionary import Entry, build
from nova.records import Caller
from nova.store.postgres.db import Database
from nova.telemetry.events import Event, EventCounts, save_events
from nova.telemetry.upkeep import keep_ready
from tests.rooms.telemetry.documents import document

ADMIN = Caller("admin")


@pytest.fixture
def erika(database: Database) -> Caller:
    """Somebody whose use of pages may be looked at."""
    return agree(database, customer(ensure_user(database, f"erika-{uuid4().hex[:8]}")), purpose="profiling")


def stored(database: Database, who: Caller) -> list[dict[str, Any]]:
    return database.fetch_all("SELECT * FROM events WHERE user_id = %s ORDER BY ts", [who.user_id])


def own(who: Caller, **more: Any) -> Event:
    return Event(user=str(who.external_id), type="view", **more)


def test_an_event_is_stored_as_it_happened(database: Database, erika: Caller) -> None:
    then = datetime(2026, 3, 1, 12, tzinfo=UTC)
    item_id, chunk_id = document(database)
    assert save_events(
        database, erika, [own(erika, ts=then, item_id=item_id, chunk_id=chunk_id, dwell_ms=1200, meta={"rank": 1})]
    ) == EventCounts(1, 0)
    row = stored(database, erika)[0]
    assert (row["ts"], row["item_id"], row["chunk_id"], row["dwell_ms"], row["meta"]) == (then, item_id, chunk_id, 1200, {"rank": 1})


def test_the_same_event_again_changes_nothing(database: Database, erika: Caller) -> None:
    event = own(erika, event_id=uuid4())
    assert save_events(database, erika, [event, replace(event)]) == EventCounts(1, 1)
    assert save_events(database, erika, [replace(event, ts=datetime(2026, 1, 1, tzinfo=UTC))]) == EventCounts(0, 1)
    assert len(stored(database, erika)) == 1


def test_deliveries_at_once_store_each_event_once(database: Database, erika: Caller) -> None:
    events = [own(erika, event_id=uuid4()) for _ in range(50)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda turn: save_events(database, erika, events[turn % 5 :] + events[: turn % 5]), range(8)))
    assert sum(answer.saved for answer in answers) == 50
    assert sum(answer.duplicates for answer in answers) == 7 * 50
    assert len(stored(database, erika)) == 50


def test_one_wrong_event_stores_none(database: Database, erika: Caller) -> None:
    with pytest.raises(InvalidInput):
        save_events(database, erika, [own(erika), own(erika, ts=datetime.now(UTC) + timedelta(hours=1))])
    assert stored(database, erika) == []


@pytest.mark.parametrize("ts", [datetime(1999, 12, 31, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)])
def test_times_outside_life_are_refused(database: Database, erika: Caller, ts: datetime) -> None:
    with pytest.raises(InvalidInput, match="Zeitpunkt"):
        save_events(database, erika, [own(erika, ts=ts)])


def test_a_person_may_use_either_of_their_names_but_no_other(database: Database, erika: Caller) -> None:
    assert save_events(database, erika, [own(erika), replace(own(erika), user=str(erika.user_id))]) == EventCounts(2, 0)
    other = ensure_user(database, "otto")
    for name in ("otto", str(other.user_id), "niemand", ""):
        with pytest.raises(NotAllowed):
            save_events(database, erika, [own(erika), Event(user=name, type="view")])


def test_the_operator_speaks_for_anyone_known(database: Database, erika: Caller) -> None:
    assert save_events(database, ADMIN, [own(erika), Event(user=str(ensure_user(database, "otto").user_id), type="like")]).saved == 2
    with pytest.raises(NotFound):
        save_events(database, ADMIN, [Event(user="niemand", type="view")])


def test_references_that_are_gone_or_foreign_become_null(database: Database, erika: Caller) -> None:
    otto = ensure_user(database, "otto")
    foreign, foreign_chunk = document(database, otto.user_id)
    mine, mine_chunk = document(database, erika.user_id)
    events = [
        own(erika, item_id=foreign, chunk_id=foreign_chunk, ts=datetime(2026, 1, 1, tzinfo=UTC)),
        own(erika, item_id=uuid4(), chunk_id=uuid4(), ts=datetime(2026, 1, 2, tzinfo=UTC)),
        own(erika, item_id=mine, chunk_id=mine_chunk, ts=datetime(2026, 1, 3, tzinfo=UTC)),
    ]
    save_events(database, erika, events)
    found = [(row["item_id"], row["chunk_id"]) for row in stored(database, erika)]
    assert found == [(None, None), (None, None), (mine, mine_chunk)]


def test_deleting_a_document_keeps_its_events(database: Database, erika: Caller) -> None:
    item_id, _ = document(database)
    save_events(database, erika, [own(erika, item_id=item_id)])
    database.execute("DELETE FROM items WHERE item_id = %s", [item_id])
    assert [row["item_id"] for row in stored(database, erika)] == [None]


def agree(database: Database, who: Caller, given: bool = True, purpose: str = "service") -> Caller:
    """They say whether words of theirs may be kept, or to what else they agree."""
    database.execute("INSERT INTO subjects (subject_id, user_id) VALUES (%s, %s) ON CONFLICT DO NOTHING", [uuid4(), who.user_id])
    database.execute(
        "INSERT INTO consents (consent_id, subject_id, purpose, given, version, text_sha256, source, at)"
        " SELECT %s, subject_id, %s, %s, 'v2', '', 'test', clock_timestamp() FROM subjects WHERE user_id = %s",
        [uuid4(), purpose, given, who.user_id],
    )
    return who


def test_without_profiling_an_event_says_neither_who_nor_what(database: Database, erika: Caller) -> None:
    item_id, chunk_id = document(database)
    then, before = datetime(2026, 3, 1, 12, 34, 56, tzinfo=UTC), count(database)
    agree(database, erika, False, "profiling")
    told = {"ts": then, "item_id": item_id, "chunk_id": chunk_id, "dwell_ms": 1200, "meta": {"rank": 1}}
    assert save_events(database, erika, [own(erika, event_id=uuid4(), **told), replace(own(erika, **told), type="like")]) == EventCounts(
        2, 0
    )
    (like,) = stored(database, erika)
    assert (like["type"], like["chunk_id"], like["dwell_ms"]) == ("like", chunk_id, None)
    view = database.fetch_one("SELECT * FROM events WHERE user_id IS NULL AND dwell_ms = 1200") or {}
    assert count(database) == before + 2
    assert (view["ts"], view["dwell_ms"]) == (datetime(2026, 3, 1, 12, tzinfo=UTC), 1200)
    assert (view["item_id"], view["chunk_id"], view["meta"]) == (None, None, {})


def count(database: Database) -> int:
    return len(database.fetch_all("SELECT 1 FROM events"))


def test_without_consent_an_event_keeps_measures_and_no_word(database: Database, erika: Caller) -> None:
    known = str(uuid4())
    meta = {"answer_id": known, "rank": 3, "useful": True, "page": "Wort", "score": "Wort", "Wort": 1, "deep": {"rank": "Wort"}}
    for given in (None, False):
        if given is not None:
            agree(database, erika, given)
        save_events(database, erika, [own(erika, meta=meta)])
    assert [row["meta"] for row in stored(database, erika)] == [{"answer_id": known, "rank": 3, "useful": True}] * 2
    agree(database, erika)
    save_events(database, erika, [own(erika, meta=meta)])
    assert stored(database, erika)[-1]["meta"] == meta


def test_personal_data_in_meta_is_gone_before_it_is_stored(database: Database, erika: Caller) -> None:
    agree(database, erika)
    save_events(
        database,
        erika,
        [own(erika, meta={"q": "Schreiben Sie an max.muster@example.org", "deep": [{"iban": "DE89 3704 0044 0532 0130 00"}]})],
    )
    meta = str(stored(database, erika)[0]["meta"])
    assert "max.muster" not in meta
    assert "3704" not in meta
    assert "Schreiben" in meta


def test_what_the_master_data_knows_is_gone_from_meta_too(database: Database, erika: Caller) -> None:
    agree(database, erika)
    said = {"suche": "Quarzonweiler", "Quarzonweiler": "x", "deep": [{"wort": "Quarzonweiler dann"}], "n": 7740193, "seite": "Start"}
    for name, value in said.items():  # alone, each is looked at once and remembered as harmless
        save_events(database, erika, [own(erika, meta={name: value})])
    assert [row["meta"] for row in stored(database, erika)] == [{name: value} for name, value in said.items()]
    master = build([Entry("Quarzonweiler", "name"), Entry("7740193", "customer_no")], bytes(range(16)))
    for name, value in said.items():
        save_events(database, erika, [own(erika, meta={name: value})], lambda: master)
    save_events(database, erika, [own(erika, meta=said)], lambda: master)
    kept = [row["meta"] for row in stored(database, erika)[len(said) :]]
    assert "Quarzonweiler" not in str(kept) and "7740193" not in str(kept)
    assert kept[4] == {"seite": "Start"} and kept[5]["deep"][0]["wort"] == "[NAME] dann" and kept[5]["seite"] == "Start"


def test_master_data_that_cannot_be_read_stop_events_with_words_alone(database: Database, erika: Caller) -> None:
    def broken() -> None:
        raise PrivacyError("Das Wörterbuch der Stammdaten ist nicht lesbar.")

    assert save_events(database, erika, [own(erika)], broken) == EventCounts(1, 0)
    with pytest.raises(PrivacyError):
        save_events(database, erika, [own(erika), own(erika, meta={"q": "x"})], broken)
    assert len(stored(database, erika)) == 1


def test_meta_that_cannot_be_checked_stores_nothing(database: Database, erika: Caller) -> None:
    deep: Any = "x"
    for _ in range(100):
        deep = [deep]
    with pytest.raises(PrivacyError):
        save_events(database, erika, [own(erika), own(erika, meta={"deep": deep})])
    assert stored(database, erika) == []


def test_upkeep_makes_this_and_next_months_partitions_once_and_counts_days(database: Database, erika: Caller) -> None:
    save_events(database, erika, [own(erika)])
    now = datetime(2026, 11, 21, tzinfo=UTC)
    assert keep_ready(database, now) == ["events_2026_11", "events_2026_12"]
    assert keep_ready(database, now) == []
    assert save_events(database, erika, [own(erika)]) == EventCounts(1, 0)
    rows = database.fetch_all("SELECT sum(cnt)::int AS n FROM mv_events_daily")
    assert rows[0]["n"] >= 1
