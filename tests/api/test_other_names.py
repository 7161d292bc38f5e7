"""Routes that have several names: each is behind the same door as the first, counts against the same limits and answers the same."""

from typing import Any

import pytest

from nova.api.app import all_routers
from nova.api.doors import DoorRoute
from nova.roles import ROLES, those_who_may
from scripts import reference
from tests.api.bodies import MADE_UP, example
from tests.api.house import Door

ROUTES = [route for router in all_routers() for route in router.routes if isinstance(route, DoorRoute)]
SEVERAL = [names for names in reference._routes() if len(names) > 1]
PAIRS = [(names[0], other) for names in SEVERAL for other in names[1:]]
IDS = [f"{one.path} and {other.path}" for one, other in PAIRS]
NOT_KNOWN = ("nobody", "a wrong key", "a wrong token", "two keys")
SAME = ("needs", "methods", "status_code")


def test_every_route_has_a_door() -> None:
    """What is no route of ours (a mounted app, a plain route) would have none."""
    assert {type(route) for router in all_routers() for route in router.routes} == {DoorRoute}
    assert len(SEVERAL) >= 6


def test_no_two_functions_answer_under_one_name() -> None:
    named = [(route.path, method) for route in ROUTES for method in route.methods]
    assert len(named) == len(set(named))


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=IDS)
def test_another_name_has_the_same_door_and_the_same_limits(one: DoorRoute, other: DoorRoute) -> None:
    assert [getattr(one, name) for name in SAME] == [getattr(other, name) for name in SAME]
    assert one.endpoint is other.endpoint
    asked, asked_too = ([inner.call for inner in route.dependant.dependencies] for route in (one, other))
    assert asked == asked_too  # the door, and what counts against a limit


def ask(door: Door, route: DoorRoute, headers: dict[str, str], **more: Any) -> Any:
    (method,) = route.methods
    path = route.path.replace("{item_id}", MADE_UP)
    body = {"json": example(route.name)} if method == "POST" else {}
    query = {"meter_id": "gibtesnicht", "from": "2026-01-01", "to": "2026-01-02"} if "/data/smart" in path else {}
    return door.client.request(method, path, headers=headers, params=query, **(body | more))


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=IDS)
def test_everybody_gets_the_same_answer_under_both_names(door: Door, one: DoorRoute, other: DoorRoute) -> None:
    who = {
        "nobody": {},
        "a wrong key": {"X-Admin-Key": "falsch"},
        "a wrong token": {"Authorization": "Bearer falsch"},
        "two keys": {"X-Admin-Key": "falsch", "Authorization": "Bearer falsch"},
        "the operator": {"X-Admin-Key": door.nova.admin_key.value},
        **{role: door.person(f"als-{role}", role).headers for role in ROLES},
    }
    for name, headers in who.items():
        first, second = ask(door, one, headers), ask(door, other, headers)
        assert first.status_code == second.status_code, name
        if one.needs:
            assert (first.status_code == 401) == (name in NOT_KNOWN), name
            assert (first.status_code == 403) == (name in ROLES.keys() - those_who_may(*one.needs)), name
        assert code_of(first) == code_of(second), name


def code_of(answer: Any) -> Any:
    """The code of a refusal; None for an answer."""
    body = answer.json()
    told = body.get("data", body.get("error"))
    return told.get("code") if isinstance(told, dict) else None


def test_a_browser_without_its_token_is_refused_under_both_names(door: Door) -> None:
    signed = door.client.post("/api/v1/session", json={"key": door.nova.admin_key.value})
    cookie = {"Cookie": signed.headers["set-cookie"].split(";")[0]}
    door.client.cookies.clear()
    for one, other in PAIRS:
        if "GET" in one.methods or not one.needs:
            continue
        assert [ask(door, route, cookie).status_code for route in (one, other)] == [403, 403]


@pytest.mark.parametrize("page", ["endpoints.md"])
def test_the_reference_says_who_passes(page: str) -> None:
    rows = [line.split(" | ") for line in reference.pages()[page].splitlines() if line.startswith("| `")]
    said = {row[0].strip("| `"): row[1] for row in rows}
    assert said["GET /api/v1/admin/audit"] == "auditor, operator"
    assert said["GET /api/v1/admin/settings"] == "engineer, operator"
    assert said["GET /api/v1/admin/keys"] == "operator"
    assert said["POST /api/v1/service/reidentify"] == "service account"
    assert said["POST /api/v1/rag/ask"] == "every person, operator"
    assert said["POST /hook/sophia-session"] == "whoever signs with the hook's secret"
    assert set(reference.OPEN) <= {route.name for route in ROUTES if not route.needs}
