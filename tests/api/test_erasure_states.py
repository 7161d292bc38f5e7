"""How an erasure stands is told as it is, to the person and in the operator's pages; one that failed or was cancelled is run again."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from nova.store.ids import uuid7
from nova.store.people import rights
from nova.store.people.rights import Erasure
from nova.wiring.erasure import erasures_of
from tests.api.house import Door
from tests.api.test_rights import own

LEDGER = "/api/v1/admin/erasures"
ENDED = "UPDATE jobs SET state = %s, error = %s, worker = NULL, lease_until = NULL, ended_at = clock_timestamp() WHERE job_id = %s"


def begun(door: Door, name: str) -> tuple[Any, str, UUID]:
    """Somebody who wants to be erased; what sends for them, the erasure and its job, which waits."""
    send, subject = own(door, name)
    started = door.admin("POST", LEDGER, json={"subject": str(subject)}).json()["data"]
    return send, started["erasure_id"], UUID(started["job_id"])


def told(door: Door, erasure_id: str) -> tuple[str, str]:
    """State and word, the same in the list and in the receipt."""
    one = door.admin("GET", f"{LEDGER}/{erasure_id}").json()["data"]
    assert one in door.admin("GET", LEDGER, params={"limit": 500}).json()["data"]["erasures"]
    return one["state"], one["state_text"]


@pytest.mark.parametrize(("state", "word"), [("failed", "gescheitert"), ("cancelled", "abgebrochen")])
def test_an_erasure_that_ended_badly_says_so_and_is_run_again(door: Door, state: str, word: str) -> None:
    nova: Any = door.nova
    send, erasure_id, job_id = begun(door, f"endet-{state}")
    assert told(door, erasure_id) == ("queued", "wartet")
    assert door.admin("POST", f"{LEDGER}/{erasure_id}/retry").status_code == 409  # it waits already
    nova.db.execute(ENDED, (state, "Der Datenträger ist voll.", job_id))
    assert told(door, erasure_id) == (state, word)
    shown = door.admin("GET", f"{LEDGER}/{erasure_id}").json()["data"]
    assert (shown["job_id"], shown["error"]) == (str(job_id), "Der Datenträger ist voll.")
    mine = send("GET", "/api/v1/me/erasure").json()["data"]
    assert (mine["erasure_id"], mine["state"], mine["state_text"]) == (erasure_id, state, word)
    again = door.admin("POST", f"{LEDGER}/{erasure_id}/retry")
    assert again.status_code == 200 and again.json()["data"]["state"] == "queued" and again.json()["data"]["error"] is None
    assert again.json()["data"]["job_id"] != str(job_id)
    assert send("GET", "/api/v1/me/erasure").json()["data"]["state_text"] == "wartet"
    [noted] = nova.db.fetch_all("SELECT actor FROM audit_log WHERE action = 'erasure.retried' AND target = %s", (erasure_id,))
    assert noted["actor"] == "admin"


def test_a_person_starts_their_own_failed_erasure_again(door: Door) -> None:
    send, erasure_id, job_id = begun(door, "noch-einmal")
    door.nova.db.execute(ENDED, ("failed", "x", job_id))
    confirm = send("DELETE", "/api/v1/me").json()["data"]["confirm"]
    started = send("DELETE", "/api/v1/me", params={"confirm": confirm}).json()["data"]
    assert started["erasure_id"] == erasure_id and started["job_id"] != str(job_id)
    assert send("GET", "/api/v1/me/erasure").json()["data"]["state"] == "queued"


def test_an_erasure_in_nobodys_hands_is_interrupted_until_it_is_run_again(door: Door) -> None:
    _, erasure_id, job_id = begun(door, "liegt")
    door.nova.db.execute("DELETE FROM jobs WHERE job_id = %s", (job_id,))
    assert told(door, erasure_id) == ("stopped", "unterbrochen")
    assert door.admin("POST", f"{LEDGER}/{erasure_id}/retry").json()["data"]["state"] == "queued"


def test_a_job_that_runs_counts_before_one_that_ended_later(door: Door) -> None:
    nova: Any = door.nova
    _, erasure_id, first = begun(door, "zwei-auftraege")
    second = erasures_of(nova).start(UUID(erasure_id))
    nova.db.execute(ENDED, ("failed", "x", second))
    assert told(door, erasure_id) == ("queued", "wartet")
    nova.db.execute(ENDED, ("cancelled", None, first))
    assert told(door, erasure_id) == ("failed", "gescheitert")


def test_what_is_done_is_not_run_again_and_what_is_not_there_neither(door: Door) -> None:
    send, subject = own(door, "fertig")
    assert send("GET", "/api/v1/me/erasure").json()["data"] == {"erasure_id": None, "asked_at": None, "state": None, "state_text": None}
    now = datetime.now(UTC)
    entry = Erasure(uuid7(), subject, None, None, now)
    with door.nova.db.transaction() as conn:
        rights.ask(conn, entry)
        rights.note(conn, entry.erasure_id, {"rows": {}}, now)
    assert told(door, str(entry.erasure_id)) == ("done", "gelöscht")
    assert door.admin("POST", f"{LEDGER}/{entry.erasure_id}/retry").status_code == 409
    assert door.admin("POST", f"{LEDGER}/{uuid4()}/retry").status_code == 404
    assert send("POST", f"{LEDGER}/{entry.erasure_id}/retry").status_code == 403


def test_the_ledger_comes_in_pages_also_beyond_a_thousand(door: Door) -> None:
    before = door.admin("GET", LEDGER).json()["data"]["total"]
    start, person = datetime(2020, 1, 1, tzinfo=UTC), uuid4()
    made = [Erasure(uuid7(), person, None, None, start + timedelta(minutes=number)) for number in range(1001)]
    with door.nova.db.transaction() as conn:
        for one in made:
            rights.ask(conn, one)
    try:
        assert door.admin("GET", LEDGER).json()["data"]["total"] == before + 1001
        seen: list[str] = []
        for offset in range(0, 1500, 500):
            asked = {"subject": str(person), "limit": 500, "offset": offset}
            page = door.admin("GET", LEDGER, params=asked).json()["data"]
            assert page["total"] == 1001
            seen += [one["erasure_id"] for one in page["erasures"]]
        assert seen == [str(one.erasure_id) for one in reversed(made)]
        assert door.admin("GET", LEDGER, params={"limit": 501}).status_code == 400
    finally:
        door.nova.db.execute("DELETE FROM erasures WHERE subject_id = %s", (person,))
