"""The monitor and the reports over HTTP: who may read them, what they say, and what they leave out."""

import socket
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from nova import journal
from nova.errors import ServerAbsent
from nova.flows import monitor as room
from nova.flows.health.report import HealthReport
from nova.ports.jobs import Kind
from nova.ports.watching import Service
from nova.store.quality import kpi
from nova.telemetry.machine import Machine
from nova.wiring.watching import health_of
from tests.api.house import Door
from tests.rooms.kpi.house import MANY

API = "/api/v1/admin"
GB = 10**9


def data(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()["data"]


def machine(**values: Any) -> Machine:
    known = {
        "cores": 2,
        "cpu": 0.5,
        "load": 1.0,
        "memory_total": 8 * GB,
        "memory_available": 4 * GB,
        "disk_total": 100 * GB,
        "disk_free": 50 * GB,
        "processes": (),
        "gpus": None,
    }
    return Machine(**known | values)


def test_the_monitor_tells_of_services_jobs_and_the_machine(door: Door) -> None:
    journal.write(door.nova.settings.NOVA_DATA, "progress_report.md", "# x")
    found = data(door.admin("GET", f"{API}/monitor"))
    assert {one["name"] for one in found["services"]} >= {"api", "db", "jobs"}
    assert found["jobs"]["failed_24h"] == 0
    assert found["machine"]["own_memory"] > 10**6
    assert found["machine"]["disk_free"] > 0
    assert "progress_report.md" in [page["place"] for page in found["pages"]]
    assert (found["status"] == "ok") == (found["problems"] == [])


def test_a_job_is_watched_without_its_title(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    job_id = door.nova.jobs.start(Kind("apply"), {}, title="Vertrag Otto Geheim.pdf")
    found = door.nova.jobs.get(job_id)
    lists = {("running",): [found]}
    monkeypatch.setattr(door.nova.jobs, "list", lambda states=(), **_: lists.get(tuple(states), []))
    answer = door.admin("GET", f"{API}/monitor")
    assert [job["kind"] for job in data(answer)["jobs"]["running"]] == ["apply"]
    assert "Geheim" not in answer.text


def test_jobs_are_counted_beyond_a_thousand(door: Door) -> None:
    before = data(door.admin("GET", f"{API}/monitor"))["jobs"]
    put = """INSERT INTO jobs (job_id, kind, state, title, ended_at)
             SELECT gen_random_uuid(), 'nobody-does-this', %s::text, 'x', now() - make_interval(hours => %s)
             FROM generate_series(1, %s)"""
    for state, hours, number in (("queued", None, 1203), ("failed", 1, 1101), ("failed", 25, 7)):
        door.nova.db.execute(put, (state, hours, number))
    try:
        now = data(door.admin("GET", f"{API}/monitor"))["jobs"]
        assert (now["queued"] - before["queued"], now["failed_24h"] - before["failed_24h"]) == (1203, 1101)
        gauge = f'nova_jobs{{state="queued"}} {now["queued"]}'
        assert gauge in door.admin("GET", "/metrics").text.replace(".0\n", "\n")
        door.nova.db.execute("UPDATE jobs SET kind = 'ingest' WHERE kind = 'nobody-does-this' AND state = 'failed'")
        assert data(door.admin("GET", "/api/v1/metrics/ingest"))["failed"] == 1108
    finally:
        door.nova.db.execute("DELETE FROM jobs WHERE kind IN ('nobody-does-this', 'ingest') AND title = 'x'")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        ({"memory_total": None, "memory_available": None}, []),
        ({"disk_free": GB // 2}, [("failed", "Der Datenträger ist fast voll: 0,5 GB frei.")]),
        ({"memory_available": 8 * GB // 16}, [("degraded", "Der Arbeitsspeicher ist knapp: 6 % verfügbar.")]),
        ({"memory_available": 8 * GB // 100}, [("failed", "Der Arbeitsspeicher ist knapp: 1 % verfügbar.")]),
    ],
)
def test_a_machine_at_its_end_is_a_problem_in_words(values: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert [(one.status, one.text) for one in room.machine_problems(machine(**values))] == expected


def test_without_the_database_the_monitor_still_answers(door: Door) -> None:
    def away(*_: Any, **__: Any) -> Any:
        raise ServerAbsent("Die Datenbank antwortet nicht.")

    health = SimpleNamespace(report=lambda: HealthReport({"db": Service("failed", "Die Datenbank antwortet nicht.")}, []))
    monitor = room.Monitor(health, SimpleNamespace(list=away), away, door.nova.settings.NOVA_DATA)  # type: ignore[arg-type]
    found = monitor.report()
    assert (found.status, found.jobs) == ("failed", None)
    assert found.problems[0].text == "db: Die Datenbank antwortet nicht."


def test_workers_apart_on_this_machine_count_as_novas_own(door: Door) -> None:
    names = (f"{socket.gethostname()}:4711:ab", "elsewhere:4712:cd", "odd")
    asked: list[Any] = []
    nova = door.nova

    def look(_: Path, roots: Collection[int]) -> Machine:
        asked.append(roots)
        return machine()

    listed = [SimpleNamespace(worker=name) for name in names]
    health = health_of(nova)  # type: ignore[arg-type]
    room.Monitor(health, nova.jobs, lambda: listed, nova.settings.NOVA_DATA, look).report()  # type: ignore[arg-type,return-value]
    assert asked == [[4711]]


def test_the_report_counts_by_week_and_comes_as_a_page(door: Door) -> None:
    hour = (datetime.now(UTC) - timedelta(days=7)).replace(minute=0, second=0, microsecond=0)
    with door.nova.db.transaction() as conn:
        kpi.put_hours(conn, hour, hour + timedelta(hours=1), [kpi.HourRow("cited_share", "", hour, 10, 9.0, 9.0, people=MANY)])
    found = data(door.admin("GET", f"{API}/reports/progress", params={"weeks": 3}))
    assert [week["complete"] for week in found["weeks"]] == [False, True, True]
    share = next(one for one in found["weeks"][1]["kpis"] if one["kpi"] == "cited_share")
    assert (share["value"], share["n"], share["trend"]) == (0.9, 10, "unknown")
    assert found["standing"]["documents"] == 1
    assert found["weeks"][0]["counts"]["documents"] == 1
    assert found["markdown"].startswith("# Fortschritt\n")
    assert "90,0 % (10)" in found["markdown"]


def test_the_summary_ends_with_the_next_step(door: Door) -> None:
    found = data(door.admin("GET", f"{API}/reports/summary"))
    assert found["lines"][-1].startswith("Nächstes")
    assert {one["kpi"] for one in found["kpis"]} >= {"cited_share", "cost_eur"}


@pytest.mark.parametrize("query", [{"weeks": 0}, {"weeks": 53}, {"week": 2}])
def test_a_wrong_number_of_weeks_is_refused(door: Door, query: dict[str, int]) -> None:
    assert door.admin("GET", f"{API}/reports/progress", params=query).status_code == 400


@pytest.mark.parametrize("path", ["monitor", "reports/progress", "reports/summary"])
def test_customers_read_none_of_it(door: Door, path: str) -> None:
    assert door.person("anna")("GET", f"{API}/{path}").status_code == 403
    assert door.person("emil", "engineer")("GET", f"{API}/{path}").status_code == 200
    assert door.client.get(f"{API}/{path}").status_code == 401
