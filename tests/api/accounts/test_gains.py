"""Ways to gain more than one has: by a token's session, by tokens and links for others, by being quick while one is seen off."""

import threading
from collections.abc import Iterator
from uuid import UUID, uuid4

import pyotp
import pytest

from nova.api.app import all_routers
from nova.api.doors import DoorRoute
from nova.api.entering import back_to
from nova.errors import NotSignedIn
from nova.governance.accounts.enter import Entered
from nova.records import Caller
from nova.store.postgres.db import Database
from nova.wiring.cases import cases_of
from tests.api.accounts.house import OTHER_PASSWORD, PASSWORD, Browser, browser_of, invited, joined, people
from tests.api.house import ADMIN_KEY, Door, opened


@pytest.fixture(scope="module")
def door(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with opened(database, tmp_path_factory.mktemp("nova"), NOVA_RATE_LIMITS="off") as found:
        yield found


def test_a_tokens_session_changes_no_way_in(door: Door) -> None:
    owner = joined(door, "anna", "admin")
    token = owner("POST", "/me/tokens", json={"label": "Skript", "scopes": ["use"]}).json()["data"]["token"]
    thief = browser_of(door, "192.0.2.2")
    opened = thief("POST", "/session", json={"key": token})
    thief.csrf = opened.json()["data"]["csrf"]
    assert opened.status_code == 200 and opened.json()["data"]["may"] == ["use"]
    for method, path, body in (
        ("POST", "/me/account/passkeys/options", None),
        ("POST", "/me/account/factor", None),
        ("PUT", "/me/account/password", {"old": PASSWORD, "new": OTHER_PASSWORD}),
        ("POST", "/me/tokens", {"label": "länger", "scopes": ["use"], "days": 365}),
    ):
        refused = thief(method, path, json=body)
        assert (refused.status_code, refused.json()["data"]["code"]) == (403, "fresh_sign_in"), path
    assert thief("GET", "/admin/people").status_code == 403


def test_nobody_gets_an_operators_token_for_another_or_makes_one_by_a_token(door: Door) -> None:
    anna, _ = joined(door, "berta", "admin"), joined(door, "carl", "admin", "192.0.2.3")
    joined(door, "emil", "engineer", "192.0.2.4")
    assert anna("POST", "/admin/keys", json={"user": "carl"}).status_code == 403
    assert anna("POST", "/admin/keys", json={"user": "puppe", "role": "admin"}).status_code == 403
    assert door.admin("POST", "/api/v1/admin/keys", json={"user": "puppe", "role": "admin"}).status_code == 403
    for role in ("service", "auditor"):
        assert anna("POST", "/admin/keys", json={"user": "emil", "role": role}).status_code == 409
    assert "puppe" not in people(door) and people(door)["emil"]["role"] == "engineer"


def test_nobody_helps_themselves_back_in_or_acts_by_a_screen_left_open(door: Door) -> None:
    dora, other = joined(door, "dora", "admin"), joined(door, "egon", "admin", "192.0.2.3")
    known = people(door)
    assert dora("POST", f"/admin/people/{known['dora']['user_id']}/invitation").status_code == 409
    assert dora("POST", f"/admin/people/{known['egon']['user_id']}/invitation").status_code == 201
    with door.nova.db.transaction() as conn:
        conn.execute("UPDATE sessions SET proved_at = now() - interval '16 minutes'")
    other("DELETE", "/me/sessions")  # nobody is remembered
    for method, path, body in (
        ("POST", f"/admin/people/{known['egon']['user_id']}/invitation", None),
        ("POST", "/admin/people", {"user": "neu"}),
        ("PATCH", f"/admin/people/{known['egon']['user_id']}", {"left": True}),
        ("POST", "/admin/keys", {"user": "kunde-1"}),
    ):
        refused = dora(method, path, json=body)
        assert (refused.status_code, refused.json()["data"]["code"]) == (403, "fresh_sign_in"), path
    table = {"file": ("x.csv", b"user,role\nneu,admin\n")}
    assert dora("POST", "/admin/people/import?dry_run=false", files=table).json()["data"]["code"] == "fresh_sign_in"
    subject = door.admin("POST", "/api/v1/admin/subjects/find", json={"subject": "egon"}).json()["data"]["subject_id"]
    renamed = dora("PATCH", f"/admin/subjects/{subject}", json={"external_id": "egon2"})
    assert renamed.json()["data"]["code"] == "fresh_sign_in"
    assert browser_of(door)("POST", "/admin/people", json={"user": "neu"}, headers={"X-Admin-Key": ADMIN_KEY}).status_code == 201


def quick(door: Door, user: str, password: str) -> tuple[list[Browser], threading.Event, list[threading.Thread]]:
    """Browsers that sign somebody in again and again until told to stop."""
    browsers, over = (
        [browser_of(door, f"198.51.100.{number}") for number in range(3)],
        threading.Event(),
    )  # of the four that are looked at at once

    def go(browser: Browser) -> None:
        while not over.is_set():
            browser.enter(user, password)

    threads = [threading.Thread(target=go, args=(one,)) for one in browsers]
    for one in threads:
        one.start()
    return browsers, over, threads


@pytest.mark.parametrize("how", ["left", "password"])
def test_nobody_stays_in_by_being_quick(door: Door, how: str) -> None:
    owner = joined(door, f"flink-{how}")
    user_id = people(door)[f"flink-{how}"]["user_id"]
    browsers, over, threads = quick(door, f"flink-{how}", PASSWORD)
    if how == "left":
        assert door.admin("PATCH", f"/api/v1/admin/people/{user_id}", json={"left": True}).status_code == 200
    else:
        assert owner("PUT", "/me/account/password", json={"old": PASSWORD, "new": OTHER_PASSWORD}).status_code == 200
    over.set()
    for one in threads:
        one.join()
    assert [one.who for one in browsers] == [None] * len(browsers)
    with door.nova.db.transaction() as conn:
        left = conn.execute("SELECT count(*) AS n FROM sessions WHERE user_id = %s", (user_id,)).fetchone()
    assert left is not None and left["n"] == (0 if how == "left" else 1)


def test_a_code_asked_for_by_an_old_password_is_over(door: Door) -> None:
    owner = joined(door, "gustav", "admin")
    thief = browser_of(door, "192.0.2.9")
    step = thief.enter("gustav").json()["data"]["step"]
    assert owner("PUT", "/me/account/password", json={"old": PASSWORD, "new": OTHER_PASSWORD}).status_code == 200
    assert thief.post("/sign-in/code", step=step, code="123456").status_code == 401
    assert thief.post("/sign-in/code", step=step, code="123456").json()["message"].startswith("Die Anmeldung hat zu lange")


def test_an_invitation_is_of_the_role_of_its_moment(door: Door) -> None:
    secret = invited(door, "heinz", "employee")
    user_id = people(door)["heinz"]["user_id"]
    assert door.admin("PATCH", f"/api/v1/admin/people/{user_id}", json={"role": "admin"}).status_code == 200
    answer = browser_of(door).post("/invitations/password", secret=secret, password=PASSWORD).json()["data"]
    assert answer["session"] is None and answer["factor"] is not None


def test_a_link_counts_no_more_when_its_maker_is_gone(door: Door) -> None:
    maker = joined(door, "ilse", "admin")
    made = maker("POST", "/admin/people", json={"user": "jens", "role": "employee"}).json()["data"]
    secret = made["path"].partition("#")[2]
    assert browser_of(door).post("/invitations/look", secret=secret).status_code == 200
    ilse = people(door)["ilse"]["user_id"]
    assert door.admin("PATCH", f"/api/v1/admin/people/{ilse}", json={"role": "employee"}).status_code == 200
    assert browser_of(door).post("/invitations/look", secret=secret).status_code == 404
    assert browser_of(door).post("/invitations/password", secret=secret, password=PASSWORD).status_code == 404


def test_a_link_of_before_makes_nobody_an_operator(door: Door) -> None:
    maria = joined(door, "maria")
    user_id = people(door)["maria"]["user_id"]
    link = door.admin("POST", f"/api/v1/admin/people/{user_id}/invitation").json()["data"]["path"].partition("#")[2]
    begun = maria("POST", "/me/account/factor").json()["data"]
    assert maria("PUT", "/me/account/factor", json={"step": begun["step"], "code": pyotp.TOTP(begun["secret"]).now()}).status_code < 300
    assert door.admin("PATCH", f"/api/v1/admin/people/{user_id}", json={"role": "admin"}).status_code == 200
    assert browser_of(door).post("/invitations/look", secret=link).status_code == 404


def test_nobody_gets_an_operators_token_by_being_quick(door: Door) -> None:
    owner = joined(door, "karl", "engineer")
    begun = owner("POST", "/me/account/factor").json()["data"]
    owner("PUT", "/me/account/factor", json={"step": begun["step"], "code": pyotp.TOTP(begun["secret"]).now()})
    user_id, over = people(door)["karl"]["user_id"], threading.Event()

    def go() -> None:
        browser = browser_of(door, "198.51.100.9")
        while not over.is_set():
            browser("POST", "/admin/keys", json={"user": "karl"}, headers={"X-Admin-Key": ADMIN_KEY})

    threads = [threading.Thread(target=go) for _ in range(3)]
    for one in threads:
        one.start()
    assert door.admin("PATCH", f"/api/v1/admin/people/{user_id}", json={"role": "admin"}).status_code == 200
    over.set()
    for one in threads:
        one.join()
    with door.nova.db.transaction() as conn:
        left = conn.execute(
            "SELECT count(*) AS n FROM access_tokens WHERE user_id = %s AND revoked_at IS NULL AND scopes IS NULL", (user_id,)
        ).fetchone()
    assert left is not None and left["n"] == 0


def test_notices_are_seen_up_to_the_last_there_is(door: Door) -> None:
    lena = joined(door, "lena", "admin")
    assert lena("POST", "/me/notices", json={"seq": 2**62}).json()["data"]["key_uses"] == []
    browser_of(door, "198.51.100.77")("GET", "/admin/people", headers={"X-Admin-Key": ADMIN_KEY})
    door.admin("GET", "/api/v1/admin/audit")  # numbers what came in
    told = lena("GET", "/me/notices").json()["data"]["key_uses"]
    assert [one["address"] for one in told] == ["198.51.100.77"]


@pytest.mark.parametrize("to", ["//[", "https://[::1", "/\\x"])
def test_where_to_go_afterwards_is_ours(to: str) -> None:
    assert back_to(to) == "/"


def test_a_field_without_end_is_refused_in_words(door: Door) -> None:
    found = door.admin("POST", "/api/v1/admin/people/import", files={"file": ("x.csv", b"user,name\nx," + b"a" * 200_000 + b"\n")})
    assert (found.status_code, found.json()["data"]["code"]) == (400, "validation")


def test_guesses_wait_in_a_line_of_their_own() -> None:
    ways = {route.name: route.way for router in all_routers() for route in router.routes if isinstance(route, DoorRoute)}
    assert {name for name, way in ways.items() if way == "guess"} == {
        "sign_in_by_password",
        "sign_in_by_code",
        "join_by_password",
        "change_own_password",
    }


def test_a_session_is_opened_by_what_still_counts(door: Door) -> None:
    joined(door, "nina")
    user_id = UUID(people(door)["nina"]["user_id"])
    caller, entrance = Caller("employee", user_id, "nina"), cases_of(door.nova).people.entrance
    for entered in (Entered(caller, "passkey", passkey_id=uuid4()), Entered(caller, "password", password="another")):
        with pytest.raises(NotSignedIn), door.nova.db.transaction() as conn:
            entrance.still(entered)(conn)


def test_a_code_for_the_app_counts_once(door: Door) -> None:
    owner = joined(door, "otmar")
    begun = owner("POST", "/me/account/factor").json()["data"]
    with door.nova.db.transaction() as conn:
        kept = conn.execute("SELECT facts::text AS facts FROM sign_in_steps WHERE kind = 'enrol'").fetchall()
    assert kept and all(begun["secret"] not in row["facts"] for row in kept)
    said = {"step": begun["step"], "code": pyotp.TOTP(begun["secret"]).now()}
    assert owner("PUT", "/me/account/factor", json=said).status_code == 200
    assert owner("PUT", "/me/account/factor", json=said).status_code == 401
