"""Orders of programs at the door: signed, each once, for a pipeline that there is."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from nova.api.hooking import sign
from nova.flows.kinds import SEED
from nova.ports.jobs import OPEN
from tests.api.house import HOOK_SECRET, Door

HOOK = "/hook/seed-run"
NAME = "beispiel-vertraege"


def order(door: Door, *, nonce: str = "", path: str = HOOK, secret: str = HOOK_SECRET, late: float = 0.0, **body: Any) -> Any:
    """Send an order as a program does."""
    stamp, nonce = str(int(datetime.now(UTC).timestamp() - late)), nonce or uuid4().hex
    raw = json.dumps({"pipeline": NAME, "execution": "n8n-4711", **body}).encode()
    headers = {"X-Nova-Timestamp": stamp, "X-Nova-Nonce": nonce, "X-Nova-Signature": sign(secret, stamp, nonce, raw)}
    return door.client.post(path, content=raw, headers=headers | {"Content-Type": "application/json"})


def delivery(door: Door, engine: str, nonce: str = "", secret: str = HOOK_SECRET) -> Any:
    """Order a delivery as a program does."""
    stamp, nonce = str(int(datetime.now(UTC).timestamp())), nonce or uuid4().hex
    raw = json.dumps({"engine": engine, "execution": "n8n-4712"}).encode()
    headers = {"X-Nova-Timestamp": stamp, "X-Nova-Nonce": nonce, "X-Nova-Signature": sign(secret, stamp, nonce, raw)}
    return door.client.post("/hook/deliver", content=raw, headers=headers | {"Content-Type": "application/json"})


def test_a_delivery_is_ordered_once_for_an_engine_with_a_dataset(door: Door) -> None:
    nonce = uuid4().hex
    first, again = (delivery(door, "analytics", nonce).json()["data"] for _ in range(2))
    assert (first["new"], first["duplicate"], again["duplicate"], again["job_id"]) == (True, False, True, first["job_id"])
    assert [delivery(door, *how).status_code for how in (("keine",), ("churn",), ("analytics", "", "x" * 40))] == [404, 409, 401]
    entries = door.admin("GET", "/api/v1/admin/audit?action=engines.deliver").json()["data"]["entries"]
    assert (entries[0]["actor"], entries[0]["target"]) == ("service:hook", "engine:analytics")
    door.nova.jobs.cancel(first["job_id"])


def waiting(door: Door) -> list[Any]:
    """The runs that wait."""
    return [job for job in door.nova.jobs.list(states=OPEN, kind=SEED.name) if NAME in job.title]


@pytest.mark.parametrize("path", [HOOK, "/api/v1/hook/seed-run"])
def test_an_order_queues_one_run_however_often_it_comes(door: Door, path: str) -> None:
    nonce = uuid4().hex
    first = order(door, nonce=nonce, path=path, reason="Monatsende").json()["data"]
    again = order(door, nonce=nonce, path=path, reason="Monatsende").json()["data"]
    assert (first["new"], first["duplicate"], again["duplicate"], again["job_id"]) == (True, False, True, first["job_id"])
    other = order(door, path=path).json()["data"]
    assert (other["new"], other["job_id"]) == (False, first["job_id"])
    (job,) = waiting(door)
    entries = door.admin("GET", "/api/v1/admin/audit?action=seeding.order").json()["data"]["entries"]
    assert entries[0]["actor"] == "service:hook"
    door.nova.jobs.cancel(job.job_id)


def test_a_nonce_with_another_order_is_refused(door: Door) -> None:
    nonce = uuid4().hex
    job = order(door, nonce=nonce).json()["data"]["job_id"]
    assert order(door, nonce=nonce, execution="andere").status_code == 409
    door.nova.jobs.cancel(job)


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ({"secret": "x" * 40}, 401),
        ({"late": 3600}, 401),
        ({"pipeline": "keine"}, 404),
        ({"pipeline": "../x"}, 400),
        ({"execution": "mit Leerzeichen"}, 400),
        ({"more": 1}, 400),
    ],
)
def test_what_is_wrong_with_an_order_queues_nothing(door: Door, how: dict[str, Any], status: int) -> None:
    assert order(door, **how).status_code == status
    assert waiting(door) == []
