"""Jobs of others: who sees the operation sees that there are some and how they stand, and nothing of what they are about."""

from typing import Any

import pytest

from tests.api.house import Door, Person

API, NAME = "/api/v1", "kuendigung-anna.md"


@pytest.fixture(scope="module")
def annas(door: Door) -> str:
    """The job that read a document of a customer."""
    made = door.person("anna")("POST", f"{API}/ingest/doc", files={"file": (NAME, b"# Anna\n\nDer Brief von Anna.\n")})
    return str(made.json()["data"]["job_id"])


@pytest.fixture(scope="module")
def emil(door: Door) -> Person:
    return door.person("emil", "engineer")


def job_in(answer: Any, job_id: str) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    data = answer.json()["data"]
    return dict(next(one for one in data.get("jobs", data.get("last", [data])) if one["job_id"] == job_id))


@pytest.mark.parametrize("path", ["/jobs", "/jobs/{job_id}", "/metrics/ingest"])
def test_an_engineer_sees_of_a_customers_job_what_kind_it_is_and_how_it_stands(door: Door, emil: Person, annas: str, path: str) -> None:
    shown = job_in(emil("GET", API + path.format(job_id=annas)), annas)
    assert (shown["title"], shown["kind"], shown["state"]) == ("Dokument einlesen", "ingest", "done")
    assert (shown["error"], shown["result"], shown["item_id"]) == (None, {}, None)
    for knows in (door.admin, door.person("olga", "admin")):
        told = job_in(knows("GET", API + path.format(job_id=annas)), annas)
        assert (told["title"], told["item_id"] is not None) == (NAME, True)


def test_only_its_owner_and_operators_steer_a_customers_job(door: Door, emil: Person, annas: str) -> None:
    for action in ("cancel", "retry"):
        refused = emil("POST", f"{API}/jobs/{annas}/{action}")
        assert (refused.status_code, refused.json()["data"]["code"]) == (403, "not_allowed")
    assert door.person("olga", "admin")("POST", f"{API}/jobs/{annas}/cancel").status_code == 200


def test_an_engineer_steers_what_engineers_start_and_no_other_job_of_the_company(door: Door, emil: Person) -> None:
    made = emil("POST", f"{API}/data/forecasts/run").json()["data"]["job_id"]
    assert emil("POST", f"{API}/jobs/{made}/cancel").json()["data"]["state"] == "cancelled"
    assert emil("POST", f"{API}/jobs/{made}/retry").json()["data"]["state"] == "queued"
    learning = door.admin("POST", f"{API}/admin/learning/run").json()["data"]["job_id"]
    assert emil("GET", f"{API}/jobs/{learning}").json()["data"]["title"] == "Lernen aus Rückmeldungen (von Hand)"
    assert emil("POST", f"{API}/jobs/{learning}/cancel").status_code == 403


def test_an_operator_who_deletes_a_customers_document_tells_nobody_what_it_was_called(door: Door, emil: Person) -> None:
    made = door.person("ben")("POST", f"{API}/ingest/doc", files={"file": ("bens-brief.md", b"# Ben\n\nDer Brief von Ben.\n")}).json()
    assert door.admin("DELETE", f"{API}/admin/items/{made['data']['item_id']}").status_code == 200
    assert "bens-brief" not in emil("GET", f"{API}/jobs", params={"limit": 200}).text
    assert any(one["title"] == "Suchindex nachführen" for one in emil("GET", f"{API}/jobs").json()["data"]["jobs"])


def test_a_token_for_less_sees_less(door: Door, annas: str) -> None:
    """A named operator's program that was given the capability to ask and no other."""
    from nova.governance.tokens import TokenRequest, issue_token
    from nova.records import Caller

    nova = door.nova
    door.person("olga", "admin")
    wanted = TokenRequest(label="Programm", scopes=("use",))
    token = issue_token(nova.db, nova.token_key, nova.audit, Caller("admin"), "olga", wanted).token
    program = Person(door.client, {"Authorization": f"Bearer {token}"})
    assert program("GET", f"{API}/jobs/{annas}").status_code == 404
    assert annas not in program("GET", f"{API}/jobs", params={"limit": 200}).text
