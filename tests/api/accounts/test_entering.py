"""Coming in and staying in: passwords, codes, sessions, tokens, leaving; and what those who guess gain by it."""

import re
import time
from collections.abc import Iterator

import pyotp
import pytest
from argon2 import PasswordHasher

from nova.governance.accounts import passwords, slowing
from nova.store.postgres.db import Database
from tests.api.accounts.house import OTHER_PASSWORD, PASSWORD, Browser, browser_of, invited, joined, noted, people
from tests.api.house import BASE, Door, opened

WRONG = "Falsch aber lang genug 9"


@pytest.fixture(scope="module")
def door(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with opened(database, tmp_path_factory.mktemp("nova"), NOVA_RATE_LIMITS="off") as found:
        yield found


def operator(door: Door, user: str) -> tuple[Browser, pyotp.TOTP, list[str]]:
    """A new operator: signed in, their app and their codes for paper."""
    browser = browser_of(door)
    factor = browser.post("/invitations/password", secret=invited(door, user, "admin"), password=PASSWORD).json()["data"]["factor"]
    app = pyotp.TOTP(factor["secret"])
    codes = browser.post("/invitations/code", step=factor["step"], code=app.at(time.time() - 30)).json()["data"]["codes"]
    return browser, app, codes


def test_an_operator_needs_both_factors_and_a_code_counts_once(door: Door) -> None:
    _, app, codes = operator(door, "monika")
    browser = browser_of(door, "192.0.2.20")
    begun = browser.enter("monika").json()["data"]
    assert begun["session"] is None and browser.who is None
    code = app.now()
    assert browser.post("/sign-in/code", step=begun["step"], code=code).json()["data"]["session"]["role"] == "admin"
    other = browser_of(door, "192.0.2.21")
    step = other.enter("monika").json()["data"]["step"]
    assert other.post("/sign-in/code", step=step, code=code).status_code == 401  # seen over the shoulder
    assert other.post("/sign-in/code", step=step, code=codes[0].upper()).status_code == 200
    third = browser_of(door, "192.0.2.22")
    assert third.post("/sign-in/code", step=third.enter("monika").json()["data"]["step"], code=codes[0]).status_code == 401
    assert third.post("/sign-in/code", step=begun["step"], code=codes[1]).status_code == 401  # that step is over


def test_a_password_alone_opens_nothing_of_an_operators(door: Door) -> None:
    operator(door, "paula")
    thief = browser_of(door, "192.0.2.30")
    step = thief.enter("paula").json()["data"]["step"]
    for path in ("/session", "/admin/people", "/me/account", "/rag/answers"):
        assert thief("GET", path).status_code == 401
    assert thief("GET", "/admin/people", headers={"Authorization": f"Bearer {step}"}).status_code == 401
    assert thief.post("/invitations/code", step=step, code="123456").status_code == 401  # a step is of one kind
    assert thief("PUT", "/me/account/factor", json={"step": step, "code": "123456"}).status_code == 401
    assert {thief.post("/sign-in/code", step=step, code=f"{n:06}").status_code for n in range(5)} <= {401, 429}
    assert thief.post("/sign-in/code", step=step, code="000000").status_code in (401, 429)


def test_who_signs_in_again_leaves_no_session_behind(door: Door) -> None:
    browser = joined(door, "wiebke")
    other = browser_of(door, "192.0.2.45")
    other.enter("wiebke")
    before = browser.client.cookies["nova_session"]
    for _ in range(2):
        assert browser.enter("wiebke").status_code == 200
    assert len(browser("GET", "/me/sessions").json()["data"]["sessions"]) == 2  # this browser's and the other's
    assert browser.who is not None and other.who is not None
    assert browser_of(door)("GET", "/session", headers={"Cookie": f"nova_session={before}"}).status_code == 401
    assert browser.enter("wiebke", WRONG).status_code == 401 and browser.who is not None  # a wrong try ends nothing
    joined(door, "wanja", address="192.0.2.46")
    assert browser.enter("wanja").status_code == 200
    assert len(other("GET", "/me/sessions").json()["data"]["sessions"]) == 1  # whoever was in here before, too


def test_a_session_is_listed_used_and_ended_by_its_owner(door: Door) -> None:
    first = joined(door, "sina")
    second = browser_of(door, "192.0.2.40")
    second.enter("sina")
    listed = first("GET", "/me/sessions").json()["data"]["sessions"]
    assert [(one["way"], one["device"], one["here"]) for one in listed] in (
        [("password", "Firefox auf Linux", False), ("password", "Firefox auf Linux", True)],
        [("password", "Firefox auf Linux", True), ("password", "Firefox auf Linux", False)],
    )
    there = next(one["session_id"] for one in listed if not one["here"])
    stranger = joined(door, "tom", address="192.0.2.41")
    assert stranger("DELETE", f"/me/sessions/{there}").status_code == 404
    assert first("DELETE", f"/me/sessions/{there}").json()["data"] == {"ended": 1}
    assert second.who is None and first.who is not None
    second.enter("sina")
    assert first("DELETE", "/me/sessions").json()["data"] == {"ended": 1}
    assert second.who is None and first.who is not None


def test_another_password_ends_the_other_sessions(door: Door) -> None:
    first = joined(door, "uwe")
    second = browser_of(door, "192.0.2.50")
    second.enter("uwe")
    assert first("PUT", "/me/account/password", json={"old": WRONG, "new": OTHER_PASSWORD}).status_code == 401
    assert first("PUT", "/me/account/password", json={"old": PASSWORD, "new": "zu kurz"}).status_code == 400
    assert first("PUT", "/me/account/password", json={"old": PASSWORD, "new": OTHER_PASSWORD}).json()["data"] == {"ended": 1}
    assert second.who is None and first.who is not None
    assert second.enter("uwe", PASSWORD).status_code == 401
    assert second.enter("uwe", OTHER_PASSWORD).status_code == 200


def test_ways_in_are_changed_only_by_who_came_in_a_short_while_ago(door: Door) -> None:
    browser = joined(door, "vera")
    with door.nova.db.transaction() as conn:
        conn.execute("UPDATE sessions SET proved_at = now() - interval '16 minutes' WHERE way = 'password'")
    browser("DELETE", "/me/sessions")  # nobody is remembered
    late = browser("PUT", "/me/account/password", json={"old": PASSWORD, "new": OTHER_PASSWORD})
    assert (late.status_code, late.json()["data"]["code"]) == (403, "fresh_sign_in")
    assert browser("POST", "/me/tokens", json={"label": "Skript", "scopes": ["use"]}).status_code == 403
    assert browser("GET", "/me/account").json()["data"]["fresh"] is False
    browser.enter("vera")
    assert browser("PUT", "/me/account/password", json={"old": PASSWORD, "new": OTHER_PASSWORD}).status_code == 200


def test_a_program_may_some_of_what_its_owner_may(door: Door) -> None:
    browser = joined(door, "emil", "engineer")
    assert browser("POST", "/me/tokens", json={"label": "Import", "scopes": ["people"]}).status_code == 403
    made = browser("POST", "/me/tokens", json={"label": "Import", "scopes": ["operate"], "days": 30}).json()["data"]
    program = browser_of(door, "192.0.2.60")
    bearer = {"Authorization": f"Bearer {made['token']}"}
    assert program("GET", "/admin/health", headers=bearer).status_code in (200, 503)
    refused = program("GET", "/admin/kpis", headers=bearer)
    assert (refused.status_code, refused.json()["message"]) == (403, "Dafür ist dieses Token nicht ausgestellt.")
    assert program("GET", "/session", headers=bearer).status_code == 403
    listed = browser("GET", "/me/tokens").json()["data"]["tokens"]
    assert [(one["label"], one["scopes"], one["seen_at"] is not None) for one in listed] == [("Import", ["operate"], True)]
    assert joined(door, "fritz")("DELETE", f"/me/tokens/{made['token_id']}").status_code == 404
    assert browser("DELETE", f"/me/tokens/{made['token_id']}").status_code == 200
    assert program("GET", "/admin/health", headers=bearer).status_code == 401


def test_a_leaver_is_out_at_once_and_may_come_back_by_invitation(door: Door) -> None:
    browser = joined(door, "gerd", "engineer")
    bearer = {"Authorization": f"Bearer {browser('POST', '/me/tokens', json={'label': 'x', 'scopes': ['use']}).json()['data']['token']}"}
    program = browser_of(door)
    assert program("GET", "/session", headers=bearer).status_code == 200
    user_id = people(door)["gerd"]["user_id"]
    assert door.admin("PATCH", f"/api/v1/admin/people/{user_id}", json={"left": True}).status_code == 200
    assert browser.who is None
    assert program("GET", "/session", headers=bearer).status_code == 401
    assert browser.enter("gerd").status_code == 401
    assert door.admin("POST", f"/api/v1/admin/people/{user_id}/invitation").status_code == 409
    refused = door.admin("POST", "/api/v1/admin/keys", json={"user": "gerd"})
    assert refused.status_code == 409
    assert door.admin("PATCH", f"/api/v1/admin/people/{user_id}", json={"left": False}).status_code == 200
    assert browser.enter("gerd").status_code == 401  # the old password does not count again
    link = door.admin("POST", f"/api/v1/admin/people/{user_id}/invitation").json()["data"]
    assert browser.post("/invitations/password", secret=link["path"].partition("#")[2], password=OTHER_PASSWORD).status_code == 200
    assert [entry["action"] for entry in noted(door, "account.left")] == ["account.left"]


def test_another_role_ends_what_was_open(door: Door) -> None:
    browser = joined(door, "heidi", "reviewer")
    user_id = people(door)["heidi"]["user_id"]
    refused = door.admin("PATCH", f"/api/v1/admin/people/{user_id}", json={"role": "admin"})
    assert refused.status_code == 409 and "zweiten Faktor" in refused.json()["message"]
    assert door.admin("PATCH", f"/api/v1/admin/people/{user_id}", json={"role": "auditor"}).status_code == 200
    assert browser.who is None
    browser.enter("heidi")
    assert browser.who is not None and browser.who["role"] == "auditor"
    begun = browser("POST", "/me/account/factor").json()["data"]
    app = pyotp.TOTP(begun["secret"])
    assert browser("PUT", "/me/account/factor", json={"step": begun["step"], "code": app.now()}).status_code == 200
    assert door.admin("PATCH", f"/api/v1/admin/people/{user_id}", json={"role": "admin"}).status_code == 200


def test_operators_decide_about_others_only(door: Door) -> None:
    browser, _, _ = operator(door, "ida")
    own = people(door)["ida"]["user_id"]
    assert browser("PATCH", f"/admin/people/{own}", json={"role": "employee"}).status_code == 409
    assert browser("PATCH", f"/admin/people/{own}", json={"left": True}).status_code == 409
    assert browser("DELETE", "/me/account/factor").status_code == 409


def test_each_use_of_the_key_is_told_to_the_operators(door: Door) -> None:
    browser, _, _ = operator(door, "jana")
    before = browser("GET", "/me/notices").json()["data"]["key_uses"]
    entered = browser_of(door, "198.51.100.7")("POST", "/session", json={"key": "nova_adm_0123456789abcdefghijklmnopqrstuv"})
    assert entered.status_code == 200
    program = browser_of(door, "198.51.100.8")
    for _ in range(3):
        assert program("GET", "/admin/people", headers={"X-Admin-Key": "nova_adm_0123456789abcdefghijklmnopqrstuv"}).status_code == 200
    door.admin("GET", "/api/v1/admin/audit")
    told = browser("GET", "/me/notices").json()["data"]["key_uses"]
    new = [(one["way"], one["address"]) for one in told if one not in before]
    assert sorted(new) == [("browser", "198.51.100.7"), ("program", "198.51.100.8")]
    left = browser("POST", "/me/notices", json={"seq": max(one["seq"] for one in told)}).json()["data"]["key_uses"]
    assert left == []


# What those who guess gain.


def test_unknown_names_and_wrong_passwords_look_the_same(door: Door) -> None:
    joined(door, "karl")
    user_id = people(door)["karl"]["user_id"]
    invited(door, "lore")
    answers = []
    for number, user in enumerate(("karl", "niemand", "lore", "k" * 200)):
        answer = browser_of(door, f"192.0.2.{70 + number}").enter(user, WRONG)
        body = answer.json()
        answers.append((answer.status_code, body["message"], body["data"], sorted(set(answer.headers) - {"x-trace-id"})))
    assert all(answer == answers[0] for answer in answers)
    assert user_id


def test_unknown_names_take_as_much_work_as_wrong_passwords(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    joined(door, "mona")
    invited(door, "nele")
    left = joined(door, "olaf")
    assert door.admin("PATCH", f"/api/v1/admin/people/{people(door)['olaf']['user_id']}", json={"left": True}).status_code == 200
    assert left.who is None
    work: list[tuple[str, int]] = []

    class Watched(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:
            work.append((str(hash).rpartition("p=")[0], len(password)))
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "_HASHER", Watched(time_cost=2, memory_cost=19_456, parallelism=1))
    for number, user in enumerate(("mona", "niemand", "nele", "olaf")):
        assert browser_of(door, f"198.18.7.{number}").enter(user, WRONG).status_code == 401
    assert len(work) == 4 and len(set(work)) == 1


def test_guessing_from_one_address_stops_and_others_come_in(door: Door) -> None:
    home = joined(door, "nora", address="203.0.113.1")
    thief = browser_of(door, "203.0.113.66")
    codes = [thief.enter("nora", f"{WRONG} {number}").status_code for number in range(12)]
    assert codes == [401] * slowing.TRIES + [429] * (12 - slowing.TRIES)
    refused = thief.enter("nora", PASSWORD)
    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) > 0  # not even the right one gets through from there
    assert browser_of(door, "203.0.113.2").enter("nora").status_code == 200  # a new browser elsewhere
    assert home.enter("nora").status_code == 200  # the known one, also from the thief's own network
    assert thief.enter("karl", PASSWORD).status_code in (200, 401)  # another name is another matter


def test_guessing_from_many_addresses_gains_little_and_locks_nobody_out(door: Door) -> None:
    home = joined(door, "olga", address="203.0.113.10")
    tried = 0
    for number in range(60):
        thief = browser_of(door, f"198.19.{number // 250}.{number % 250}")
        tried += sum(thief.enter("olga", f"{WRONG} {number} {again}").status_code == 401 for again in range(6))
    assert tried <= slowing.GUESSED_AT + slowing.TRIES + 60 * slowing.TRIES_GUESSED_AT
    assert browser_of(door, "203.0.113.11").enter("olga").status_code == 200  # at the first try, from an address that has not guessed
    home.client.base_url = BASE
    assert home.enter("olga").status_code == 200


def test_spraying_one_password_over_many_names_stops(door: Door) -> None:
    thief = browser_of(door, "203.0.113.90")
    codes = [thief.enter(f"name{number}", WRONG).status_code for number in range(slowing.SPRAYED + 5)]
    assert codes == [401] * slowing.SPRAYED + [429] * 5


def test_a_session_that_was_planted_is_not_taken(door: Door) -> None:
    joined(door, "petra")
    victim = browser_of(door, "203.0.113.20")
    victim.client.cookies.set("nova_session", "planted.0123456789abcdef0123456789abcdef", domain="127.0.0.1")
    answer = victim.enter("petra")
    given = re.findall(r"nova_session=([^;]+)", answer.headers["set-cookie"])
    assert answer.status_code == 200 and given and given[0] != "planted.0123456789abcdef0123456789abcdef"
    before = given[0]
    assert re.findall(r"nova_session=([^;]+)", victim.enter("petra").headers["set-cookie"])[0] != before
    assert "httponly" in answer.headers["set-cookie"].lower() and "samesite=strict" in answer.headers["set-cookie"].lower()


def test_a_browser_that_was_planted_is_not_known(door: Door) -> None:
    joined(door, "pia")
    thief = browser_of(door, "203.0.113.21")
    joined(door, "quentin", address="203.0.113.21")
    planted = re.findall(r"nova_browser=([^;]+)", thief.enter("quentin").headers["set-cookie"])[0]
    victim = browser_of(door, "203.0.113.22")
    victim.client.cookies.set("nova_browser", planted, domain="127.0.0.1", path="/api/v1")
    given = re.findall(r"nova_browser=([^;]+)", victim.enter("pia").headers["set-cookie"])
    assert given and given[0] != planted  # what quentin knows is not pia's
    victim.client.cookies.delete("nova_browser")
    victim.client.cookies.set("nova_browser", given[0], domain="127.0.0.1", path="/api/v1")
    assert re.findall(r"nova_browser=([^;]+)", victim.enter("pia").headers["set-cookie"]) == given  # her own stays


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://fremd.example"}, {"Origin": "null"}])
def test_no_page_of_another_house_signs_anybody_in(door: Door, headers: dict[str, str]) -> None:
    joined(door, f"q{len(str(headers))}")
    secret = invited(door, f"r{len(str(headers))}")
    victim = browser_of(door, "203.0.113.30")
    for path, body in (
        ("/sign-in/password", {"user": f"q{len(str(headers))}", "password": PASSWORD}),
        ("/session", {"key": "nova_adm_0123456789abcdefghijklmnopqrstuv"}),
        ("/invitations/password", {"secret": secret, "password": PASSWORD}),
    ):
        assert victim("POST", path, json=body, headers=headers).status_code == 403
    assert victim.who is None


def test_unsafe_requests_of_ones_own_account_need_the_page(door: Door) -> None:
    browser = joined(door, "susi")
    browser.csrf = "geraten"
    for method, path in (
        ("DELETE", "/me/sessions"),
        ("PUT", "/me/account/password"),
        ("POST", "/me/account/factor"),
        ("POST", "/me/tokens"),
    ):
        refused = browser(method, path, json={"old": PASSWORD, "new": OTHER_PASSWORD})
        assert (refused.status_code, refused.json()["data"]["code"]) == (403, "csrf")
