"""A token with scopes opens and shows what they name, also where its owner may everything."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from nova.governance.users import ensure_user
from nova.ports.jobs import Kind
from nova.store.postgres.db import Database
from tests.api.accounts.house import Browser, browser_of, joined
from tests.api.house import Door, opened

RANGE = {"from": "2026-03-01T00:00:00Z", "to": "2026-03-02T00:00:00Z"}


@pytest.fixture(scope="module")
def door(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with opened(database, tmp_path_factory.mktemp("nova"), NOVA_RATE_LIMITS="off") as found:
        yield found


@pytest.fixture(scope="module")
def owner(door: Door) -> Browser:
    return joined(door, "olga", "admin")


def program(door: Door, owner: Browser, *scopes: str) -> Any:
    """Asks by a token of the operator's with these scopes alone."""
    token = owner("POST", "/me/tokens", json={"label": "x", "scopes": list(scopes)}).json()["data"]["token"]
    browser, bearer = browser_of(door, "192.0.2.80"), {"Authorization": f"Bearer {token}"}
    return lambda method, path, **more: browser(method, path, headers=bearer, **more)


@pytest.fixture(scope="module")
def meters(door: Door) -> tuple[str, str]:
    """One of the company's and one of a customer's, with readings."""
    ours, hers = f"m-{uuid4()}", f"m-{uuid4()}"
    given = [{"customer": "anna", "from": None, "to": None}]
    assert door.admin("PUT", f"/api/v1/data/meters/{hers}/assignments", json=given).status_code == 200
    for meter in (ours, hers):
        file = ("werte.csv", f"meter_id,ts,consumption_kw\n{meter},2026-03-01T00:00:00Z,1\n".encode())
        assert door.admin("POST", "/api/v1/data/import", files={"file": file}).status_code == 201
    return ours, hers


def seen(program: Any) -> set[str]:
    return {one["meter_id"] for one in program("GET", "/data/meters").json()["data"]["meters"]}


def test_meters_are_seen_by_who_may_see_the_companys(door: Door, owner: Browser, meters: tuple[str, str]) -> None:
    assert seen(program(door, owner, "use")) == set()
    assert seen(program(door, owner, "use", "company")) >= set(meters)
    for meter in meters:
        asked = {"params": RANGE | {"meter_id": meter}}
        assert program(door, owner, "use")("GET", "/data/smartmeter", **asked).status_code == 404
        assert program(door, owner, "use", "company")("GET", "/data/smartmeter", **asked).status_code == 200


def test_readings_for_the_company_take_the_scope(door: Door, owner: Browser, meters: tuple[str, str]) -> None:
    def sent(by: Any, meter: str) -> int:
        file = ("werte.csv", f"meter_id,ts,consumption_kw\n{meter},2026-03-01T01:00:00Z,1\n".encode())
        return int(by("POST", "/data/import", files={"file": file}).status_code)

    for meter in meters:
        assert sent(program(door, owner, "use", "company"), meter) == 403
        assert sent(program(door, owner, "use", "data", "company"), meter) == 201


def test_jobs_are_seen_and_steered_by_who_sees_the_operation(door: Door, owner: Browser) -> None:
    job_id = door.nova.jobs.start(Kind("nobody-does-this"), {}, title="Auftrag", owner=ensure_user(door.nova.db, "anna").user_id)
    for scopes, listed, one in ((("use",), False, 404), (("use", "operate"), True, 200)):
        by = program(door, owner, *scopes)
        assert (str(job_id) in by("GET", "/jobs", params={"limit": 200}).text) is listed
        assert by("GET", f"/jobs/{job_id}").status_code == one
    assert program(door, owner, "use")("POST", f"/jobs/{job_id}/cancel").status_code == 404
    assert program(door, owner, "use", "operate")("POST", f"/jobs/{job_id}/cancel").status_code == 200


def test_documents_conversations_and_figures_take_their_scopes(door: Door, owner: Browser) -> None:
    by = program(door, owner, "use")
    for method, path in (
        ("GET", "/admin/items"),
        ("GET", "/admin/conversations"),
        ("GET", "/admin/audit"),
        ("GET", "/admin/people"),
        ("GET", "/admin/kpis"),
        ("GET", "/admin/settings"),
        ("POST", "/admin/snapshots"),
        ("GET", "/metrics"),
    ):
        assert by(method, path).status_code in (403, 404), path
    assert by("GET", "/items").status_code == 200


def test_a_token_lives_as_long_as_it_says(door: Door, owner: Browser) -> None:
    made = owner("POST", "/me/tokens", json={"label": "kurz", "scopes": ["use"], "days": 1}).json()["data"]
    ends = datetime.fromisoformat(made["expires_at"])
    assert timedelta(hours=23) < ends - datetime.now(UTC) <= timedelta(days=1)
