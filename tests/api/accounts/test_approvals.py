"""Four eyes: what the file names happens once a second person has said yes, and not before."""

from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest

from nova.answers.compose.prompt import text as luna_text
from nova.governance import approvals
from nova.kpi.rules.thresholds import builtin_text, version_of
from nova.store.postgres.db import Database
from tests.api.accounts.house import Browser, browser_of, invited, joined, noted, people
from tests.api.house import ADMIN_KEY, Door, opened

WANTED = "version: 1\nhandlungen:\n  prompt.promote: ja\n  thresholds.change: ja\n  person.operator: ja\n  person.erase: ja\n"


@pytest.fixture(scope="module")
def door(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with opened(database, tmp_path_factory.mktemp("nova"), NOVA_RATE_LIMITS="off") as found:
        yield found


@pytest.fixture(scope="module")
def operators(door: Door) -> tuple[Browser, Browser]:
    """Two operators, made before it took two to make one; from then on it does."""
    both = joined(door, "monika", "admin"), joined(door, "norbert", "admin", "192.0.2.2")
    path = door.nova.settings.four_eyes_path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(WANTED, "utf-8")
    return both


def waiting(browser: Browser) -> dict[str, dict[str, object]]:
    """What waits, by action."""
    found = browser("GET", "/admin/approvals", params={"state": "waiting"}).json()["data"]["approvals"]
    return {one["action"]: one for one in found}


def test_thresholds_change_when_the_second_says_yes(door: Door, operators: tuple[Browser, Browser]) -> None:
    first, second = operators
    text = builtin_text()
    version = first("GET", "/admin/thresholds").json()["data"]["version"]
    changed = text + "# geprüft\n"
    asked = first("PUT", "/admin/thresholds", json={"text": changed, "version": version})
    assert asked.status_code == 202
    assert first("GET", "/admin/thresholds").json()["data"]["version"] == version  # nothing has happened
    again = second("PUT", "/admin/thresholds", json={"text": changed, "version": version})
    assert again.status_code == 409
    one = waiting(first)["thresholds.change"]
    assert one["mine"] is True and waiting(second)["thresholds.change"]["mine"] is False
    path = f"/admin/approvals/{one['approval_id']}"
    assert first("POST", path, json={"approve": True}).status_code == 403
    done = second("POST", path, json={"approve": True}).json()["data"]
    assert done["state"] == "done" and done["asked_by"] != done["decided_by"]
    assert first("GET", "/admin/thresholds").json()["data"]["version"] == version_of(changed)
    assert second("POST", path, json={"approve": True}).status_code == 409
    assert noted(door, "approval.asked")[0]["actor"] != noted(door, "approval.given")[0]["actor"]


def test_the_key_is_nobody_and_no_second_person(door: Door, operators: tuple[Browser, Browser]) -> None:
    first, _ = operators
    key = {"X-Admin-Key": ADMIN_KEY}
    version = first("GET", "/admin/thresholds").json()["data"]["version"]
    body = {"text": builtin_text(), "version": version}
    assert browser_of(door)("PUT", "/admin/thresholds", json=body, headers=key).status_code == 403
    assert first("PUT", "/admin/thresholds", json=body).status_code == 202
    path = f"/admin/approvals/{waiting(first)['thresholds.change']['approval_id']}"
    assert browser_of(door)("POST", path, json={"approve": True}, headers=key).status_code == 403
    assert joined(door, "emil", "engineer", "192.0.2.3")("POST", path, json={"approve": True}).status_code == 403
    assert first("POST", path, json={"approve": False}).json()["data"]["state"] == "refused"  # one takes back what one asked for
    assert waiting(first) == {}


def test_what_no_longer_fits_fails_and_says_so(operators: tuple[Browser, Browser]) -> None:
    first, second = operators
    body = {"text": builtin_text() + "# x\n", "version": version_of("another text")}
    assert first("PUT", "/admin/thresholds", json=body).status_code == 202
    path = f"/admin/approvals/{waiting(first)['thresholds.change']['approval_id']}"
    refused = second("POST", path, json={"approve": True})
    assert refused.status_code == 409
    listed = first("GET", "/admin/approvals").json()["data"]["approvals"]
    failed = next(one for one in listed if path.endswith(one["approval_id"]))
    assert failed["state"] == "failed" and failed["told"] == refused.json()["message"]


def test_two_make_an_operator(door: Door, operators: tuple[Browser, Browser]) -> None:
    first, second = operators
    assert first("POST", "/admin/people", json={"user": "olga", "role": "admin"}).status_code == 409
    table = {"file": ("leute.csv", b"user,role\notto,admin\n", "text/csv")}
    assert first("POST", "/admin/people/import", params={"dry_run": "false"}, files=table).status_code == 409
    browser = joined(door, "olga", "employee", "192.0.2.4")
    begun = browser("POST", "/me/account/factor").json()["data"]
    browser("PUT", "/me/account/factor", json={"step": begun["step"], "code": pyotp.TOTP(begun["secret"]).now()})
    user_id = people(door)["olga"]["user_id"]
    assert first("PATCH", f"/admin/people/{user_id}", json={"role": "admin"}).status_code == 202
    assert people(door)["olga"]["role"] == "employee"
    one = waiting(second)["person.operator"]
    assert (one["asker"], one["person"], one["decider"]) == ("monika", "olga", None)
    path = f"/admin/approvals/{one['approval_id']}"
    assert second("POST", path, json={"approve": True}).json()["data"]["decider"] == "norbert"
    assert people(door)["olga"]["role"] == "admin" and browser.who is None


def test_two_erase_a_person(door: Door, operators: tuple[Browser, Browser]) -> None:
    first, second = operators
    door.person("kunde-9")
    assert first("POST", "/admin/erasures", json={"subject": "kunde-9"}).status_code == 202
    one = waiting(second)["person.erase"]
    assert "kunde-9" not in str(one)
    assert second("GET", "/admin/erasures").json()["data"]["total"] == 0
    assert second("POST", f"/admin/approvals/{one['approval_id']}", json={"approve": True}).json()["data"]["state"] == "done"
    assert second("GET", "/admin/erasures").json()["data"]["total"] == 1


def test_nobody_tries_a_prompt_on_nearly_all_by_themselves(door: Door, operators: tuple[Browser, Browser]) -> None:
    first, _ = operators
    text = luna_text().replace('version: "', 'version: "zwei-', 1)
    version = first("POST", "/admin/prompts", json={"yaml": text}).json()["data"]["version"]
    refused = first("POST", f"/admin/prompts/{version}/try", json={"share": 0.9})
    assert (refused.status_code, refused.json()["data"]["code"]) == (409, "conflict")
    assert first("POST", f"/admin/prompts/{version}/try", json={"share": 0.5}).status_code == 200
    assert first("POST", f"/admin/prompts/{version}/try", json={"share": 0}).status_code == 200


def test_where_one_thing_takes_two_one_makes_no_second(tmp_path: Path) -> None:
    path = tmp_path / "four_eyes.yaml"
    path.write_text("version: 1\nhandlungen:\n  thresholds.change: ja\n", "utf-8")
    assert approvals.load(path) == {"thresholds.change", "person.operator", "person.recover"}
    path.write_text("version: 1\nhandlungen: {}\n", "utf-8")
    assert approvals.load(path) == frozenset()


def test_one_alone_brings_no_operator_back(door: Door, operators: tuple[Browser, Browser]) -> None:
    first, second = operators
    joined(door, "vera")
    user_id = people(door)["vera"]["user_id"]
    with door.nova.db.transaction() as conn:  # as an operator from before it took two
        conn.execute("UPDATE users SET role = 'admin' WHERE user_id = %s", (user_id,))
    assert first("POST", "/admin/people/import?dry_run=false", files={"file": ("x.csv", b"user,state\nvera,weg\n")}).status_code == 200
    back = first("POST", "/admin/people/import?dry_run=false", files={"file": ("x.csv", b"user,state\nvera,da\n")})
    assert back.status_code == 409
    assert first("PATCH", f"/admin/people/{user_id}", json={"left": False}).status_code == 200
    assert first("POST", f"/admin/people/{user_id}/invitation").status_code == 202
    assert second("GET", "/admin/approvals").status_code == 200


def test_nobody_becomes_an_operator_before_they_came_in_themselves(door: Door, operators: tuple[Browser, Browser]) -> None:
    first, second = operators
    invited(door, "wanda")
    user_id = people(door)["wanda"]["user_id"]
    assert first("PATCH", f"/admin/people/{user_id}", json={"role": "admin"}).status_code == 202
    path = f"/admin/approvals/{waiting(second)['person.operator']['approval_id']}"
    assert second("POST", path, json={"approve": True}).status_code == 409
    assert people(door)["wanda"]["role"] == "employee"


def test_a_token_says_no_second_word(door: Door, operators: tuple[Browser, Browser]) -> None:
    first, second = operators
    text = builtin_text()
    version = first("GET", "/admin/thresholds").json()["data"]["version"]
    assert first("PUT", "/admin/thresholds", json={"text": f"{text}# anders\n", "version": version}).status_code == 202
    approval = waiting(first)["thresholds.change"]["approval_id"]
    token = second("POST", "/me/tokens", json={"label": "x", "scopes": ["use", "people", "configure"]}).json()["data"]["token"]
    program, bearer = browser_of(door, "192.0.2.77"), {"Authorization": f"Bearer {token}"}
    said = program("POST", f"/admin/approvals/{approval}", json={"approve": True}, headers=bearer)
    assert said.status_code == 403
    assert program("POST", "/admin/people", json={"user": "puppe", "role": "admin"}, headers=bearer).status_code == 403
    assert second("POST", f"/admin/approvals/{approval}", json={"approve": False}).status_code == 200


def test_what_nobody_decides_is_over_after_two_weeks(door: Door, operators: tuple[Browser, Browser]) -> None:
    first, _ = operators
    secret = invited(door, "paul")
    assert browser_of(door).post("/invitations/look", secret=secret).status_code == 200
    door.person("kunde-10")
    assert first("POST", "/admin/erasures", json={"subject": "kunde-10"}).status_code == 202
    with door.nova.db.transaction() as conn:
        conn.execute("UPDATE approvals SET expires_at = now() - interval '1 second' WHERE state = 'waiting'")
    assert waiting(first) == {}
    assert first("POST", "/admin/erasures", json={"subject": "kunde-10"}).status_code == 202


def test_a_wrong_file_stops_what_it_could_have_named(door: Door, operators: tuple[Browser, Browser]) -> None:
    first, _ = operators
    path = door.nova.settings.four_eyes_path
    for text in ("handlungen: [", "version: 2\nhandlungen: {}\n", "version: 1\nhandlungen:\n  person.erase: vielleicht\n"):
        path.write_text(text, "utf-8")
        assert first("POST", "/admin/erasures", json={"subject": "kunde-10"}).status_code >= 400
    path.write_text(WANTED, "utf-8")
    assert approvals.load(path) == {"prompt.promote", "person.recover", "thresholds.change", "person.operator", "person.erase"}
