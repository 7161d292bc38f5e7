"""Passkeys: made by invitation or by their owner, used to come in, and refused where anything about them is not as it should be."""

from collections.abc import Iterator

import pytest

from nova.store.postgres.db import Database
from tests.api.accounts.house import PASSWORD, Browser, browser_of, invited, people
from tests.api.house import Door, opened
from tests.fakes.authenticator import Authenticator

HERE = "http://localhost:8000"


@pytest.fixture(scope="module")
def door(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with opened(database, tmp_path_factory.mktemp("nova"), NOVA_RATE_LIMITS="off") as found:
        yield found


def joined(door: Door, user: str, role: str = "employee") -> tuple[Browser, Authenticator]:
    """Somebody new who has followed their link with a passkey."""
    browser, key, secret = browser_of(door, base=HERE), Authenticator(HERE), invited(door, user, role)
    begun = browser.post("/invitations/passkey/options", secret=secret).json()["data"]
    done = browser.post("/invitations/passkey", step=begun["step"], credential=key.make(begun["options"]), name="Telefon")
    assert done.status_code == 200, done.text
    return browser, key


def enter(browser: Browser, key: Authenticator) -> int:
    """Sign in by a passkey; the status."""
    begun = browser.post("/sign-in/passkey/options").json()["data"]
    return int(browser.post("/sign-in/passkey", step=begun["step"], credential=key.prove(begun["options"])).status_code)


def test_an_operator_comes_in_by_passkey_alone(door: Door) -> None:
    first, key = joined(door, "monika", "admin")
    assert first.who is not None and first.who["role"] == "admin"
    browser = browser_of(door, base=HERE)
    assert enter(browser, key) == 200
    assert browser.who is not None and browser.who["user"] == "monika"
    own = browser("GET", "/me/account").json()["data"]
    assert own["password"] is False and [one["name"] for one in own["passkeys"]] == ["Telefon"] and own["passkeys"][0]["used_at"]
    assert browser("GET", "/me/sessions").json()["data"]["sessions"][0]["way"] == "passkey"
    assert people(door)["monika"]["passkeys"] == 1


def test_passkeys_are_offered_only_where_browsers_have_them(door: Door) -> None:
    for base, offered in ((HERE, True), ("https://nova.example.org", True), ("http://127.0.0.1:8000", False), ("http://[::1]:8000", False)):
        answer = browser_of(door, base=base)("GET", "/sign-in")
        if answer.status_code == 200:  # other names are not served here
            assert answer.json()["data"]["passkeys"] is offered, base
    secret = invited(door, "ohne")
    refused = browser_of(door, base="http://127.0.0.1:8000").post("/invitations/passkey/options", secret=secret)
    assert refused.status_code == 403 and "localhost" in refused.json()["message"]


def test_a_passkey_of_another_site_or_not_unlocked_is_refused(door: Door) -> None:
    _, key = joined(door, "erika")
    phished = Authenticator(
        "https://nova-anmeldung.example", key=key.key, credential_id=key.credential_id, user=key.user, counter=key.counter
    )
    assert enter(browser_of(door, base=HERE), phished) == 401
    locked = Authenticator(HERE, verified=False, key=key.key, credential_id=key.credential_id, user=key.user, counter=key.counter)
    assert enter(browser_of(door, base=HERE), locked) == 401
    other = Authenticator(HERE, credential_id=key.credential_id, user=key.user)
    assert enter(browser_of(door, base=HERE), other) == 401
    assert enter(browser_of(door, base=HERE), Authenticator(HERE)) == 401
    key.counter += 5
    assert enter(browser_of(door, base=HERE), key) == 200
    key.counter = 1  # a copy that has counted less
    assert enter(browser_of(door, base=HERE), key) == 401


def test_an_answer_counts_once_and_to_its_own_challenge(door: Door) -> None:
    _, key = joined(door, "fritz")
    browser = browser_of(door, base=HERE)
    begun = browser.post("/sign-in/passkey/options").json()["data"]
    proof = key.prove(begun["options"])
    assert browser.post("/sign-in/passkey", step=begun["step"], credential=proof).status_code == 200
    thief = browser_of(door, "192.0.2.9", base=HERE)
    assert thief.post("/sign-in/passkey", step=begun["step"], credential=proof).status_code == 401
    later = thief.post("/sign-in/passkey/options").json()["data"]
    assert thief.post("/sign-in/passkey", step=later["step"], credential=proof).status_code == 401
    assert thief.who is None


@pytest.mark.parametrize("broken", [{}, {"id": 7}, {"id": "####"}, {"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": "x"}])
def test_what_is_no_answer_is_refused(door: Door, broken: dict[str, object]) -> None:
    browser = browser_of(door, base=HERE)
    begun = browser.post("/sign-in/passkey/options").json()["data"]
    assert browser.post("/sign-in/passkey", step=begun["step"], credential=broken).status_code == 401
    secret = invited(door, f"kaputt{len(str(broken))}")
    begun = browser.post("/invitations/passkey/options", secret=secret).json()["data"]
    assert browser.post("/invitations/passkey", step=begun["step"], credential=broken).status_code == 400
    assert browser.post("/invitations/look", secret=secret).status_code == 200


def test_a_person_adds_and_drops_passkeys_but_not_the_last_way(door: Door) -> None:
    browser, first = joined(door, "gerda")
    second = Authenticator(HERE)
    begun = browser.post("/me/account/passkeys/options").json()["data"]
    assert begun["options"]["excludeCredentials"][0]["id"]
    made = browser.post("/me/account/passkeys", step=begun["step"], credential=second.make(begun["options"]), name="Laptop")
    assert made.status_code == 201
    begun = browser.post("/me/account/passkeys/options").json()["data"]
    assert browser.post("/me/account/passkeys", step=begun["step"], credential=second.make(begun["options"])).status_code == 409
    listed = {one["name"]: one["passkey_id"] for one in browser("GET", "/me/account").json()["data"]["passkeys"]}
    assert browser("DELETE", f"/me/account/passkeys/{listed['Telefon']}").status_code == 200
    assert enter(browser_of(door, base=HERE), first) == 401
    assert enter(browser_of(door, base=HERE), second) == 200
    assert browser("DELETE", f"/me/account/passkeys/{listed['Laptop']}").status_code == 409
    assert browser("PUT", "/me/account/password", json={"new": PASSWORD}).status_code == 200
    assert browser("DELETE", f"/me/account/passkeys/{listed['Laptop']}").status_code == 200


def test_one_persons_step_makes_nobody_elses_passkey(door: Door) -> None:
    victim, _ = joined(door, "heidi")
    thief, _ = joined(door, "ingo")
    begun = victim.post("/me/account/passkeys/options").json()["data"]
    key = Authenticator(HERE)
    assert thief.post("/me/account/passkeys", step=begun["step"], credential=key.make(begun["options"])).status_code == 401
    assert len(victim("GET", "/me/account").json()["data"]["passkeys"]) == 1


def test_who_has_left_comes_in_by_no_passkey(door: Door) -> None:
    _, key = joined(door, "jan")
    user_id = people(door)["jan"]["user_id"]
    assert door.admin("PATCH", f"/api/v1/admin/people/{user_id}", json={"left": True}).status_code == 200
    assert enter(browser_of(door, base=HERE), key) == 401


def test_no_passkey_lets_in_beside_the_company(door: Door) -> None:
    _, key = joined(door, "ludwig")
    browser = browser_of(door, base=HERE)
    assert enter(browser, key) == 200
    with door.nova.db.transaction() as conn:  # as one that was made before the company's sign-in knew them
        conn.execute(
            "INSERT INTO account_links (issuer, subject, user_id) SELECT 'https://haus.example', 'ludwig', user_id FROM users"
            " WHERE external_id = 'ludwig'"
        )
    assert enter(browser_of(door, base=HERE), key) == 401
