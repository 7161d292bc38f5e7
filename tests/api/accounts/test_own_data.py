"""A person with an account asks for their data, and for its end."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from nova.flows.erasure.rows import erase_rows
from nova.store.ids import uuid7
from nova.store.people.rights import Erasure
from tests.api.accounts.house import PASSWORD, invited, joined, people
from tests.api.house import Door

TABLES = ("accounts", "account_links", "invitations", "passkeys", "recovery_codes", "sign_in_steps", "known_browsers", "sessions")
OPENS = ("$argon2", "totp", "browser_hash", "session_hash", "csrf", "code_hash", "invitation_hash", PASSWORD)


def test_the_export_tells_of_the_account_and_holds_nothing_that_opens_it(door: Door) -> None:
    told = joined(door, "olga", role="admin")("GET", "/me/data")
    assert told.status_code == 200, told.text
    (account,) = told.json()["tables"]["accounts"]
    assert (account["state"], account["made_by"]) == ("active", "admin")
    assert len(told.json()["tables"]["known_browsers"]) == 1
    assert [word for word in OPENS if word in told.text] == []


def test_an_erasure_leaves_no_account_and_no_way_in(door: Door) -> None:
    erna = joined(door, "erna")
    invited(door, "edda")
    nova: Any = door.nova
    user_id = UUID(people(door)["erna"]["user_id"])
    door.admin("POST", f"/api/v1/admin/people/{user_id}/invitation")
    receipt: dict[str, Any] = {}
    with nova.db.transaction() as conn:
        subject = nova.people.subject_of_user(conn, user_id)
        erase_rows(conn, Erasure(uuid7(), subject, user_id, None, datetime.now(UTC)), receipt)
        left = {name: conn.execute(f"SELECT count(*) AS n FROM {name} WHERE user_id = %s", [user_id]).fetchone()["n"] for name in TABLES}  # type: ignore[index]
    assert left == dict.fromkeys(TABLES, 0)
    assert {name for name in TABLES if receipt["rows"].get(name)} == {"accounts", "invitations", "known_browsers", "sessions"}
    nova_forgets(door)
    assert erna.who is None and erna.enter("erna").status_code == 401
    assert "edda" in people(door) and "erna" not in people(door)


def nova_forgets(door: Door) -> None:
    """What this process remembers of who is signed in is over, as it is a moment later by itself."""
    door.client.app.state.house.identities.forget()  # type: ignore[attr-defined]
