"""An invitation becomes an account: with a password, with a second factor for operators, once, until it is over."""

from collections.abc import Iterator

import pyotp
import pytest

from nova.store.postgres.db import Database
from tests.api.accounts.house import OTHER_PASSWORD, PASSWORD, browser_of, invited, joined, noted, people
from tests.api.house import Door, opened


@pytest.fixture(scope="module")
def door(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with opened(database, tmp_path_factory.mktemp("nova"), NOVA_RATE_LIMITS="off", NOVA_COMPANY="Stadtwerke Musterstadt") as found:
        yield found


def test_an_employee_follows_the_link_and_asks(door: Door) -> None:
    secret = invited(door, "erika.beispiel", name="Erika Beispiel")
    browser = browser_of(door)
    told = browser.post("/invitations/look", secret=secret).json()["data"]
    assert (told["user"], told["name"], told["role_title"], told["purpose"]) == ("erika.beispiel", "Erika Beispiel", "Mitarbeit", "join")
    assert told["two_factors"] is False
    session = browser.post("/invitations/password", secret=secret, password=PASSWORD).json()["data"]["session"]
    assert (session["user"], session["role"], session["title"]) == ("erika.beispiel", "employee", "Mitarbeit")
    assert browser.post("/rag/ask", question="Was ist ein Zähler?").status_code == 200
    again = browser_of(door, "192.0.2.9")
    assert again.enter("ERIKA.beispiel").status_code == 200  # nobody minds how a name is written
    assert again.who is not None and again.who["user"] == "erika.beispiel"
    assert people(door)["erika.beispiel"]["state"] == "active"
    assert noted(door, "account.joined")


def test_a_link_counts_once_and_a_later_one_replaces_it(door: Door) -> None:
    first = invited(door, "otto")
    user_id = people(door)["otto"]["user_id"]
    made = door.admin("POST", f"/api/v1/admin/people/{user_id}/invitation").json()["data"]
    assert made["purpose"] == "join"
    later = made["path"].partition("#")[2]
    browser = browser_of(door)
    gone = browser.post("/invitations/password", secret=first, password=PASSWORD)
    assert (gone.status_code, gone.json()["message"][:29]) == (404, "Dieser Link gilt nicht mehr: ")
    assert browser.post("/invitations/password", secret=later, password=PASSWORD).status_code == 200
    for path, body in (("look", {}), ("password", {"password": PASSWORD}), ("passkey/options", {})):
        assert browser_of(door, base="http://localhost:8000").post(f"/invitations/{path}", secret=later, **body).status_code == 404


def test_a_link_that_is_over_does_not_count(door: Door) -> None:
    secret = invited(door, "spaet")
    with door.nova.db.transaction() as conn:
        conn.execute("UPDATE invitations SET expires_at = now() - interval '1 second'")
    assert browser_of(door).post("/invitations/look", secret=secret).status_code == 404


@pytest.mark.parametrize("password", ["kurz", "passwort12345", "stadtwerke2026", "max.muster2026!", "aaaaaaaaaaaaaaaa", "x" * 200])
def test_a_bad_password_is_refused_and_the_link_stays(door: Door, password: str) -> None:
    secret = invited(door, f"max.muster-{len(password)}")
    browser = browser_of(door)
    refused = browser.post("/invitations/password", secret=secret, password=password)
    assert refused.status_code == 400 and refused.json()["data"]["field"] == "password"
    assert browser.post("/invitations/password", secret=secret, password=PASSWORD).status_code == 200


def test_an_operator_makes_a_second_factor_before_they_are_in(door: Door) -> None:
    secret = invited(door, "monika", "admin", "Monika Muster")
    browser = browser_of(door)
    answer = browser.post("/invitations/password", secret=secret, password=PASSWORD).json()["data"]
    assert answer["session"] is None and browser.who is None
    factor = answer["factor"]
    assert "Stadtwerke%20Musterstadt" in factor["address"] and len(factor["code"]) == len(factor["code"][0])
    assert browser_of(door).enter("monika").status_code == 401  # not an account yet
    wrong = browser.post("/invitations/code", step=factor["step"], code="000000")
    assert wrong.status_code == 400
    done = browser.post("/invitations/code", step=factor["step"], code=pyotp.TOTP(factor["secret"]).now()).json()["data"]
    assert done["session"]["role"] == "admin" and len(done["codes"]) == 10
    assert browser("GET", "/admin/people").status_code == 200
    assert people(door)["monika"]["factor"] is True


def test_the_step_of_a_second_factor_bears_five_tries(door: Door) -> None:
    secret = invited(door, "rater", "admin")
    browser = browser_of(door)
    factor = browser.post("/invitations/password", secret=secret, password=PASSWORD).json()["data"]["factor"]
    assert {browser.post("/invitations/code", step=factor["step"], code="000000").status_code for _ in range(5)} == {400}
    late = browser.post("/invitations/code", step=factor["step"], code=pyotp.TOTP(factor["secret"]).now())
    assert late.status_code == 401
    assert browser.post("/invitations/look", secret=secret).status_code == 200  # it may be begun anew


def test_help_back_in_takes_the_former_ways_away(door: Door) -> None:
    before = joined(door, "vergessen")
    user_id = people(door)["vergessen"]["user_id"]
    made = door.admin("POST", f"/api/v1/admin/people/{user_id}/invitation").json()["data"]
    assert made["purpose"] == "recover"
    assert before.who is not None  # a link that nobody follows changes nothing
    browser = browser_of(door, "192.0.2.2")
    answer = browser.post("/invitations/password", secret=made["path"].partition("#")[2], password=OTHER_PASSWORD)
    assert answer.status_code == 200
    assert before.who is None
    assert browser_of(door, "192.0.2.3").enter("vergessen", PASSWORD).status_code == 401
    assert browser_of(door, "192.0.2.4").enter("vergessen", OTHER_PASSWORD).status_code == 200
    assert noted(door, "account.recovered")


def test_a_name_is_given_once_and_a_program_gets_no_account(door: Door) -> None:
    invited(door, "doppelt")
    again = door.admin("POST", "/api/v1/admin/people", json={"user": "Doppelt"})
    assert again.status_code == 409 and again.json()["data"]["user_id"] == people(door)["doppelt"]["user_id"]
    door.nova.token("svc-import", "service")
    assert door.admin("POST", "/api/v1/admin/people", json={"user": "svc-import"}).status_code == 409
    assert door.admin("POST", "/api/v1/admin/people", json={"user": "zwei wörter"}).status_code == 400


def test_who_had_a_token_before_gets_an_account_of_the_same_name(door: Door) -> None:
    person = door.person("kunde-7")
    browser = browser_of(door)
    assert browser.post("/invitations/password", secret=invited(door, "kunde-7", "customer"), password=PASSWORD).status_code == 200
    assert person("GET", "/api/v1/session").json()["data"]["user"] == "kunde-7"  # the same person, and the same role: it goes on
