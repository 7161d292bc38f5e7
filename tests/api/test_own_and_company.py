"""What engineers and operators with a name do: for the company what is its own, and nothing in the name of those it belongs to."""

from typing import Any
from uuid import uuid4

import pytest

from nova.flows.publishing import editor_of
from nova.governance.tokens import TokenRequest, issue_token
from nova.records import Caller
from nova.roles import Capability
from tests.api.house import QUESTION, Door, Person

API = "/api/v1"


@pytest.fixture(scope="module")
def emil(door: Door) -> Person:
    return door.person("emil", "engineer")


@pytest.fixture(scope="module")
def olga(door: Door) -> Person:
    return door.person("olga", "admin")


def rows(meter: str) -> dict[str, Any]:
    return {"file": (f"{meter}.csv", f"meter_id,ts,consumption_kw\n{meter},2026-03-01T00:00:00Z,1\n".encode())}


def meter_of(door: Door, *customers: str) -> str:
    """A meter with a reading, which these had one after the other, the last of them now."""
    meter = f"m-{uuid4()}"
    assert door.admin("POST", f"{API}/data/import", files=rows(meter)).status_code == 201
    if customers:
        given = [{"customer": one, "from": None, "to": None} for one in customers]
        assert door.admin("PUT", f"{API}/data/meters/{meter}/assignments", json=given).status_code == 200
    return meter


def program_of(door: Door, name: str, *scopes: Capability) -> Person:
    """A program of somebody's, which may so much."""
    nova = door.nova
    token = issue_token(nova.db, nova.token_key, nova.audit, Caller("admin"), name, TokenRequest(scopes=scopes)).token
    return Person(door.client, {"Authorization": f"Bearer {token}"})


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["data"].get("code", "")


def test_an_engineer_describes_the_companys_meters_and_nobody_elses(door: Door, emil: Person) -> None:
    ours, annas = meter_of(door), meter_of(door, "anna")
    assert emil("PATCH", f"{API}/data/meters/{ours}", json={"title": "Pumpwerk"}).json()["data"]["title"] == "Pumpwerk"
    before = door.admin("GET", f"{API}/data/meters/{annas}").json()["data"]
    assert code(emil("PATCH", f"{API}/data/meters/{annas}", json={"title": "Pumpwerk"})) == (404, "not_found")
    assert door.admin("GET", f"{API}/data/meters/{annas}").json()["data"] == before


@pytest.mark.parametrize("change", [{"owner": "emil"}, {"shared": True}, {"keep_days": 1}])
def test_an_engineer_gives_no_meter_away_and_sets_no_end_to_readings(door: Door, emil: Person, change: dict[str, Any]) -> None:
    ours = meter_of(door)
    assert code(emil("PATCH", f"{API}/data/meters/{ours}", json=change)) == (403, "not_allowed")
    assert door.person("olga", "admin")("PATCH", f"{API}/data/meters/{ours}", json=change).status_code == 200


def test_what_an_engineer_delivers_is_the_companys_and_each_takes_it_back(door: Door, emil: Person) -> None:
    ours = meter_of(door)
    sent = emil("POST", f"{API}/data/import", files=rows(f"m-{uuid4()}")).json()["data"]["report"]["batch_id"]
    (others,) = (
        one["batch_id"] for one in door.admin("GET", f"{API}/data/imports").json()["data"]["imports"] if one["name"] == f"{ours}.csv"
    )
    second = door.person("erik", "engineer")
    for batch in (sent, others):
        shown = second("GET", f"{API}/data/imports/{batch}").json()["data"]
        assert (shown["may_take_back"], shown["sent_by"]) == (True, None)
        taken = second("POST", f"{API}/data/imports/{batch}/take-back").json()["data"]["import"]
        assert (taken["state"], taken["report"]["taken_back"]["by"]) == ("taken_back", "admin"), "no person's id stands in a report"


def test_an_engineer_finds_no_customers_delivery(door: Door, emil: Person) -> None:
    annas = meter_of(door, "anna")
    sent = door.person("anna")("POST", f"{API}/data/import", files=rows(annas)).json()["data"]["report"]["batch_id"]
    assert code(emil("GET", f"{API}/data/imports/{sent}")) == (404, "not_found")
    assert code(emil("POST", f"{API}/data/imports/{sent}/take-back")) == (404, "not_found")


def test_a_token_that_keeps_no_data_delivers_nothing_for_the_company(door: Door, emil: Person) -> None:
    program = program_of(door, "emil", "use", "company")
    assert code(program("POST", f"{API}/data/import", files=rows(f"m-{uuid4()}"))) == (403, "not_allowed")
    assert code(program("PATCH", f"{API}/data/meters/{meter_of(door)}", json={"title": "Pumpwerk"})) == (403, "not_allowed")


def test_a_named_operators_documents_are_the_companys(door: Door, olga: Person) -> None:
    file = {"file": ("olga.md", f"# Aushang\n\nDer Aushang {uuid4()} gilt.\n".encode())}
    made = olga("POST", f"{API}/ingest/doc", files=file).json()["data"]["item_id"]
    assert door.person("anna")("GET", f"{API}/items/{made}").status_code == 200
    own = {"file": ("eigenes.md", f"# Notiz\n\nDie Notiz {uuid4()} gilt.\n".encode())}
    mine = program_of(door, "olga", "use")("POST", f"{API}/ingest/doc", files=own).json()["data"]["item_id"]
    assert door.person("anna")("GET", f"{API}/items/{mine}").status_code == 404


def test_a_named_operators_judgement_is_the_companys_and_their_question_their_own(door: Door, olga: Person) -> None:
    answer = olga("POST", f"{API}/rag/ask", json={"question": QUESTION}).json()["data"]["answer_id"]
    judged = {"question": QUESTION, "answer": "Alle drei Jahre.", "useful": True, "answer_id": answer}
    assert olga("POST", f"{API}/feedback/rag", json=judged).status_code == 200
    (kept,) = door.nova.db.fetch_all("SELECT user_id FROM rag_feedback WHERE answer_id = %s", [answer])
    assert kept["user_id"] is None
    (asked,) = door.nova.db.fetch_all("SELECT u.external_id FROM answers a JOIN users u USING (user_id) WHERE answer_id = %s", [answer])
    assert asked["external_id"] == "olga"
    assert door.person("ora", "admin")("GET", f"{API}/rag/answers/{answer}").status_code == 404


def test_no_document_names_the_operator_who_stands_for_it() -> None:
    assert editor_of("admin") == editor_of(f"admin:{uuid4()}") == "Verwaltung"
    assert editor_of("reviewer:0a1b2c3d-0000-4000-8000-000000000000") == "R-0A1B2C3D"
