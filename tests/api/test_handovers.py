"""Conversations that go on with a person: who sees what, until when a complaint has to be answered, and the draft of a letter."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import docx
import pytest

from nova.german import BERLIN
from nova.store.postgres.db import Database
from tests.api.house import QUESTION, Door, Person, opened


@pytest.fixture(scope="module")
def door(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with opened(database, tmp_path_factory.mktemp("nova"), NOVA_RATE_LIMITS="off", NOVA_COMPANY="Stadtwerke Musterstadt") as found:
        assert found.upload().status_code in (200, 201, 202)
        found.nova.jobs.wait(found.nova.jobs.list(limit=1)[0].job_id, 30)
        yield found


def asked(person: Person) -> dict[str, Any]:
    """An answer that somebody got."""
    answer = person("POST", "/api/v1/rag/ask", json={"question": QUESTION}).json()["data"]
    assert answer["status"] == "answered"
    return dict(answer)


def handed(person: Person, answer_id: str, **more: Any) -> Any:
    return person("POST", "/api/v1/handovers", json={"answer_id": answer_id, "agreed": True, **more})


def listed(person: Person, box: str = "in") -> list[dict[str, Any]]:
    found = person("GET", "/api/v1/handovers", params={"box": box}).json()["data"]["handovers"]
    return list(found)


def test_a_conversation_goes_to_service_and_is_done(door: Door) -> None:
    anna, emma, ben = door.person("anna"), door.person("emma", "employee"), door.person("ben")
    answer = asked(anna)
    made = handed(anna, answer["answer_id"], note="Bitte rufen Sie mich an.")
    assert made.status_code == 201
    path = f"/api/v1/handovers/{made.json()['data']['handover_id']}"
    assert listed(ben) == [] and ben("GET", path).status_code == 404
    assert [(one["sender"], one["recipient"], one["state"], one["note"]) for one in listed(emma)] == [
        ("anna", None, "open", "Bitte rufen Sie mich an.")
    ]
    detail = emma("GET", path).json()["data"]
    assert "alle drei Jahre" in detail["turns"][0]["citations"][0]["quote"]
    assert emma("PATCH", path, json={"state": "taken"}).json()["data"]["taken_by"] == "emma"
    other = door.person("erik", "employee")
    assert other("PATCH", path, json={"state": "taken"}).status_code in (403, 409)
    assert emma("PATCH", path, json={"state": "done"}).json()["data"]["state"] == "done"
    assert listed(anna, "out")[0]["state"] == "done"


def test_what_goes_to_a_colleague_nobody_else_sees(door: Door) -> None:
    rita, emma, emil = door.person("rita", "reviewer"), door.person("emma", "employee"), door.person("emil", "engineer")
    made = handed(rita, asked(rita)["answer_id"], to="emma").json()["data"]["handover_id"]
    path = f"/api/v1/handovers/{made}"
    assert emil("GET", path).status_code == 404
    assert door.person("alma", "auditor")("GET", path).status_code == 404
    assert emma("GET", path).status_code == 200
    assert emma("PATCH", path, json={"state": "withdrawn"}).status_code == 403
    assert rita("PATCH", path, json={"state": "done"}).status_code == 403
    assert rita("PATCH", path, json={"state": "withdrawn"}).json()["data"]["note"] == ""
    assert emma("GET", path).status_code == 404
    for name in ("ben", "niemand"):
        assert handed(rita, asked(rita)["answer_id"], to=name).status_code == 404


def test_nobody_hands_over_what_is_not_theirs(door: Door) -> None:
    anna, ben = door.person("anna"), door.person("ben")
    answer = asked(anna)
    assert handed(ben, answer["answer_id"]).status_code == 404
    assert handed(anna, answer["answer_id"], agreed=False).status_code == 400
    assert anna("POST", "/api/v1/handovers", json={"agreed": True}).status_code == 400
    assert door.admin("POST", "/api/v1/handovers", json={"answer_id": answer["answer_id"], "agreed": True}).status_code == 403


def test_a_customer_tries_no_names_of_who_works_here(door: Door) -> None:
    anna = door.person("anna")
    door.person("emma", "employee")
    refused = [handed(anna, asked(anna)["answer_id"], to=name) for name in ("emma", "niemand")]
    assert [(one.status_code, one.json()["message"]) for one in refused] == [(403, refused[0].json()["message"])] * 2


def test_a_note_holds_no_names_and_numbers_of_persons(door: Door) -> None:
    anna, emma = door.person("anna"), door.person("emma", "employee")
    made = handed(anna, asked(anna)["answer_id"], note="Ich bin Petra Lindemann, bitte unter 0171 2345678 zurückrufen.").json()["data"]
    note = emma("GET", f"/api/v1/handovers/{made['handover_id']}").json()["data"]["note"]
    assert "zurückrufen" in note and "Lindemann" not in note and "2345678" not in note


def test_a_complaint_has_four_weeks_from_when_it_came_in(door: Door) -> None:
    anna, emma = door.person("anna"), door.person("emma", "employee")
    today = datetime.now(UTC).astimezone(BERLIN).date()
    came = today - timedelta(days=30)
    late = handed(anna, asked(anna)["answer_id"], kind="complaint", received_on=came.isoformat()).json()["data"]["handover_id"]
    soon = handed(anna, asked(anna)["answer_id"], kind="complaint").json()["data"]["handover_id"]
    found = {one["handover_id"]: one for one in listed(emma)}
    assert (found[late]["due_on"], found[late]["days_left"]) == ((came + timedelta(days=28)).isoformat(), -2)
    assert (found[soon]["due_on"], found[soon]["days_left"]) == ((today + timedelta(days=28)).isoformat(), 28)
    assert [one["handover_id"] for one in listed(emma) if one["due_on"]][:2] == [late, soon]
    for day in (today + timedelta(days=1), today - timedelta(days=400)):
        assert handed(anna, asked(anna)["answer_id"], kind="complaint", received_on=day.isoformat()).status_code == 400


def test_a_letter_is_drafted_with_the_words_that_the_answer_rests_on(door: Door) -> None:
    anna, emma = door.person("anna"), door.person("emma", "employee")
    answer = asked(anna)
    path = f"/api/v1/rag/answers/{answer['answer_id']}/letter"
    assert anna("GET", path).status_code == 403  # customers write no letters for the company
    assert emma("GET", path).status_code == 404
    handed(anna, answer["answer_id"])
    draft = emma("GET", path)
    assert draft.status_code == 200 and draft.headers["content-disposition"].endswith(".docx")
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(draft.content)).paragraphs)
    assert "Stadtwerke Musterstadt" in text and QUESTION in text and "Worauf sich diese Antwort stützt" in text
    assert answer["citations"][0]["quote"].split(".")[0] in text
    assert "[chunk" not in text and "[Name]" in text


def test_what_was_handed_over_goes_with_its_person(door: Door) -> None:
    gast, emma = door.person("gast"), door.person("emma", "employee")
    made = handed(gast, asked(gast)["answer_id"], note="Bitte nach dem Abschlag sehen.").json()["data"]["handover_id"]
    exported = gast("GET", "/api/v1/me/data").text
    assert "Bitte nach dem Abschlag sehen." in exported
    with door.nova.db.transaction() as conn:
        conn.execute("DELETE FROM users WHERE external_id = 'gast'")
    assert emma("GET", f"/api/v1/handovers/{made}").status_code == 404


def test_what_lies_with_who_leaves_goes_back(door: Door) -> None:
    anna, emma, rita = door.person("erna", "employee"), door.person("emma", "employee"), door.person("rita", "reviewer")
    gone = door.admin("POST", "/api/v1/admin/people", json={"user": "gustav"}).json()["data"]["user_id"]
    door.admin("PATCH", f"/api/v1/admin/people/{gone}", json={"role": "reviewer"})
    gustav = door.person("gustav")
    to_him = handed(anna, asked(anna)["answer_id"], to="gustav", kind="complaint").json()["data"]["handover_id"]
    to_all = handed(anna, asked(anna)["answer_id"]).json()["data"]["handover_id"]
    assert gustav("PATCH", f"/api/v1/handovers/{to_all}", json={"state": "taken"}).status_code == 200
    assert emma("PATCH", f"/api/v1/handovers/{to_all}", json={"state": "done"}).status_code == 403
    assert door.admin("PATCH", f"/api/v1/admin/people/{gone}", json={"left": True}).status_code == 200
    states = {one["handover_id"]: one["state"] for one in listed(anna, "out")}
    assert (states[to_him], states[to_all]) == ("returned", "open")
    assert {one["handover_id"] for one in listed(rita)} & {to_him, to_all} == {to_all}


def test_who_serves_no_more_sees_and_takes_nothing(door: Door) -> None:
    anna, emma = door.person("erna", "employee"), door.person("wechsel", "employee")
    made = handed(anna, asked(anna)["answer_id"], to="wechsel").json()["data"]["handover_id"]
    assert emma("GET", f"/api/v1/handovers/{made}").status_code == 200
    customer = door.person("wechsel", "customer")
    assert customer("GET", f"/api/v1/handovers/{made}").status_code == 404
    assert listed(customer) == []


def test_who_handed_it_over_takes_it_back_also_when_it_is_done(door: Door) -> None:
    anna, emma = door.person("anna"), door.person("emma", "employee")
    path = f"/api/v1/handovers/{handed(anna, asked(anna)['answer_id']).json()['data']['handover_id']}"
    assert emma("PATCH", path, json={"state": "done"}).status_code == 200
    assert emma("GET", path).status_code == 200
    assert anna("PATCH", path, json={"state": "withdrawn"}).status_code == 200
    assert emma("GET", path).status_code == 404


def test_a_note_goes_with_the_consent_to_keep_words(door: Door) -> None:
    anna, emma = door.person("annegret"), door.person("emma", "employee")
    path = f"/api/v1/handovers/{handed(anna, asked(anna)['answer_id'], note='Bitte bald.').json()['data']['handover_id']}"
    assert emma("GET", path).json()["data"]["note"] == "Bitte bald."
    version = anna("GET", "/api/v1/me/consent").json()["data"]["text"]["version"]
    assert anna("PUT", "/api/v1/me/consent", json={"purposes": {"service": False}, "version": version}).status_code == 200
    assert emma("GET", path).json()["data"]["note"] == ""
    read = door.admin("GET", "/api/v1/admin/audit", params={"action": "handover.read"}).json()["data"]["entries"]
    assert path.endswith(read[0]["target"])


def test_a_customer_learns_no_name_of_who_took_it(door: Door) -> None:
    anna, emma = door.person("anna"), door.person("emma", "employee")
    path = f"/api/v1/handovers/{handed(anna, asked(anna)['answer_id']).json()['data']['handover_id']}"
    assert emma("PATCH", path, json={"state": "taken"}).json()["data"]["taken_by"] == "emma"
    seen = anna("GET", path).json()["data"]
    assert (seen["state"], seen["taken_by"]) == ("taken", None)
