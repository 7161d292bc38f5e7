"""What people may keep: refused in words before the work, nothing half written, and no two that would both fit alone."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from nova.store.postgres.db import Database
from tests.api.house import Door, opened

MIB = 1024 * 1024


@pytest.fixture
def door(database: Database, tmp_path: Path) -> Iterator[Door]:
    limits = {"NOVA_QUOTA_DOCUMENTS": 3, "NOVA_QUOTA_METERS": 2, "NOVA_QUOTA_MB": 1, "NOVA_QUOTA_TOKENS": 2, "NOVA_QUOTA_JOBS": 50}
    with opened(database, tmp_path, NOVA_RATE_LIMITS="off", **limits) as found:
        yield found


def send(who: Any, text: str, name: str = "a.md", **form: Any) -> Any:
    return who("POST", "/api/v1/ingest/doc", files={"file": (name, text.encode())}, data={"wait": "30"} | form)


def deliver(who: Any, meters: list[str], value: float = 1.0, wait: int = 30) -> Any:
    rows = "".join(f"{meter},2025-07-01T00:00:00Z,{value}\n" for meter in meters)
    data = f"meter_id,ts,consumption_kw\n{rows}".encode()
    return who("POST", "/api/v1/data/import", files={"file": ("rows.csv", data)}, data={"wait": str(wait)})


def used(who: Any) -> dict[str, tuple[int, int | None]]:
    quotas = who("GET", "/api/v1/me/quota").json()["data"]["quotas"]
    return {one["quota"]: (one["used"], one["most"]) for one in quotas}


def stored(door: Door) -> tuple[int, int, int]:
    """Rows and files there are: nothing of what is refused may be among them."""
    with door.nova.db.transaction() as conn:
        row = conn.execute("SELECT (SELECT count(*) FROM items) + (SELECT count(*) FROM item_versions) AS n, count(*) AS jobs FROM jobs")
        found = row.fetchone() or {}
    return found["n"], found["jobs"], len(door.nova.objects.held)


def test_one_document_too_many_is_refused_and_leaves_nothing(door: Door) -> None:
    anna = door.person("q-anna")
    for number in range(3):
        assert send(anna, f"# Blatt {number}\n\nEin Satz.", f"{number}.md").status_code == 201
    before = stored(door)
    refused = send(anna, "# Blatt 4\n\nEin Satz.", "4.md")
    data = refused.json()["data"]
    assert (refused.status_code, data) == (409, {"code": "quota", "quota": "documents", "used": 3, "most": 3})
    assert refused.json()["message"].startswith("Sie haben 3 von 3 Dokumenten. Löschen Sie welche")
    assert stored(door) == before
    assert send(anna, "# Blatt 2 neu\n\nEin anderer Satz.", "2.md", replace="name").status_code == 201  # a version is no document more
    assert send(anna, "# Blatt 1\n\nEin Satz.", "1.md").json()["data"]["code"] == "duplicate"
    item = anna("GET", "/api/v1/items").json()["data"]["items"]
    own = next(one["item_id"] for one in item if one["title"] == "Blatt 0")
    assert anna("DELETE", f"/api/v1/items/{own}").status_code == 200
    assert send(anna, "# Blatt 4\n\nEin Satz.", "4.md").status_code == 201
    assert used(anna)["documents"] == (3, 3)


def test_the_operator_and_others_keep_what_they_like(door: Door) -> None:
    for number in range(5):
        assert door.upload(f"# Werk {number}\n\nEin Satz der Firma.", name=f"w{number}.md").status_code == 201
    assert send(door.person("q-ben"), "# Blatt von Ben\n\nEin Satz.").status_code == 201


def test_of_many_at_once_only_as_many_get_in_as_may(door: Door) -> None:
    anna = door.person("q-race")
    with ThreadPoolExecutor(12) as connections:
        found = list(connections.map(lambda number: send(anna, f"# R {number}\n\nSatz {number}.", f"r{number}.md", wait="0"), range(12)))
    assert sorted(one.status_code for one in found) == [202] * 3 + [409] * 9
    assert used(anna)["documents"] == (3, 3)


def test_bytes_are_counted_of_all_versions_and_deliveries(door: Door) -> None:
    anna = door.person("q-bytes")
    words = "Ein Satz über Wärme. " * 20_000
    assert send(anna, f"# Erstes\n\n{words}", "groß.md").status_code == 201
    assert send(anna, f"# Zweites\n\n{words}", "groß.md", replace="name").status_code == 201
    there = used(anna)["bytes"]
    assert there[0] > 0.8 * MIB and there[1] == MIB
    before = stored(door)
    refused = send(anna, f"# Drittes\n\n{words}", "anders.md")
    data = refused.json()["data"]
    assert (refused.status_code, data["quota"], data["most"]) == (409, "bytes", MIB)
    assert refused.json()["message"].startswith("Ihr Platz reicht dafür nicht: 0,9 MiB von 1,0 MiB sind belegt.")
    assert stored(door) == before
    assert door.admin("PUT", "/api/v1/data/meters/q-bytes-1/assignments", json=[{"customer": "q-bytes"}]).status_code == 200
    assert deliver(anna, ["q-bytes-1"]).status_code == 201
    assert there[0] < used(anna)["bytes"][0] < there[0] + 200


def test_nobody_is_given_more_meters_than_a_person_may_have(door: Door) -> None:
    anna, path = door.person("q-meters"), "/api/v1/data/meters/{}/assignments"
    for meter_id in ("qm-1", "qm-2"):
        assert door.admin("PUT", path.format(meter_id), json=[{"customer": "q-meters"}]).status_code == 200
    refused = door.admin("PUT", path.format("qm-3"), json=[{"customer": "q-meters"}])
    assert (refused.status_code, refused.json()["data"]) == (409, {"code": "quota", "quota": "meters", "used": 3, "most": 2})
    assert refused.json()["message"] == "Damit hätte diese Person 3 Zähler, erlaubt sind 2 (NOVA_QUOTA_METERS). Nichts wurde geändert."
    assert door.admin("GET", path.format("qm-3")).status_code == 404
    assert door.admin("PUT", path.format("qm-2"), json=[]).status_code == 200
    assert door.admin("PUT", path.format("qm-3"), json=[{"customer": "q-meters"}]).status_code == 200
    known = door.admin("PATCH", "/api/v1/data/meters/qm-2", json={"owner": "q-meters"})
    assert (known.status_code, known.json()["data"]["code"]) == (409, "quota")
    mine = anna("GET", "/api/v1/data/meters").json()["data"]["meters"]
    assert [one["meter_id"] for one in mine if one["mine"]] == ["qm-1", "qm-3"]
    assert used(anna)["meters"] == (2, 2)


def test_tokens_that_are_good_at_the_same_time_are_counted(door: Door) -> None:
    def issue() -> Any:
        return door.admin("POST", "/api/v1/admin/keys", json={"user": "q-tokens"})

    first = issue().json()["data"]
    assert issue().status_code == 201
    refused = issue()
    assert (refused.status_code, refused.json()["data"]["quota"]) == (409, "tokens")
    assert refused.json()["message"] == "Für diese Person gelten schon 2 von 2 Token. Ziehen Sie zuerst eines zurück."
    assert door.admin("DELETE", f"/api/v1/admin/keys/{first['token_id']}").status_code == 200
    with ThreadPoolExecutor(6) as connections:
        found = list(connections.map(lambda _: issue().status_code, range(6)))
    assert sorted(found) == [201] + [409] * 5


def test_jobs_that_wait_are_bounded_and_end_by_themselves(database: Database, tmp_path: Path) -> None:
    with opened(database, tmp_path, NOVA_RATE_LIMITS="off", NOVA_QUOTA_JOBS=2) as door:
        door.nova.worker.stop()
        anna = door.person("q-jobs")
        assert [send(anna, f"# J {number}\n\nSatz.", f"j{number}.md", wait="0").status_code for number in range(2)] == [202, 202]
        before = stored(door)
        for refused in (send(anna, "# J 3\n\nSatz.", "j3.md", wait="0"), deliver(anna, ["qj"], wait=0)):
            data = refused.json()["data"]
            assert (refused.status_code, data["code"], data["quota"], data["retry_after"]) == (429, "quota", "jobs", 10)
            assert refused.headers["retry-after"] == "10"
            assert refused.json()["message"] == "Von Ihnen warten schon 2 von 2 Aufträgen. In 10 s geht es weiter."
        assert stored(door) == before
        assert door.upload("# Vom Betrieb\n\nSatz.", wait="0").status_code == 202


def test_a_full_store_is_noticed_before_the_file_is_read(door: Door) -> None:
    anna = door.person("q-full")
    broken = b"--x\r\nthis is no form"
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    assert anna("POST", "/api/v1/ingest/doc", content=broken, headers=headers).status_code == 400
    words = "Ein Satz über Wärme. " * 22_000
    for number in range(2):
        assert send(anna, f"# F {number}\n\n{words}", f"f{number}.md").status_code == 201
    refused = anna("POST", "/api/v1/ingest/doc", content=broken + b" " * 200_000, headers=headers)
    assert (refused.status_code, refused.json()["data"]["quota"]) == (409, "bytes")


def test_both_sides_see_what_is_used(door: Door) -> None:
    anna = door.person("q-seen")
    assert send(anna, "# Gesehen\n\nEin Satz.").status_code == 201
    own = anna("GET", "/api/v1/me/quota").json()["data"]
    assert [one["quota"] for one in own["quotas"]] == ["documents", "meters", "bytes", "tokens", "jobs"]
    assert own["budget"] is None  # no limits in these tests
    assert all(one["text"] for one in own["quotas"])
    found = door.admin("GET", "/api/v1/admin/quotas", params={"user": "q-seen"}).json()["data"]
    assert [one["user"] for one in found["people"]] == ["q-seen"] and found["total"] == 1
    assert found["people"][0]["quotas"] == own["quotas"]
    assert found["people"][0]["share"] == pytest.approx(0.5)  # one of two tokens
    every = door.admin("GET", "/api/v1/admin/quotas", params={"limit": 500}).json()["data"]
    sizes = [next(quota["used"] for quota in one["quotas"] if quota["quota"] == "bytes") for one in every["people"]]
    assert sizes == sorted(sizes, reverse=True) and every["total"] == len(sizes)
    assert door.admin("GET", "/api/v1/admin/quotas", params={"user": "nobody"}).json()["data"] == {"people": [], "total": 0}
    assert door.admin("GET", "/api/v1/me/quota").status_code == 403
    assert anna("GET", "/api/v1/admin/quotas").status_code == 403


def test_without_limits_nothing_is_refused(database: Database, tmp_path: Path) -> None:
    none = dict.fromkeys(("NOVA_QUOTA_DOCUMENTS", "NOVA_QUOTA_METERS", "NOVA_QUOTA_MB", "NOVA_QUOTA_TOKENS", "NOVA_QUOTA_JOBS"), 0)
    with opened(database, tmp_path, NOVA_RATE_LIMITS="off", **none) as door:
        anna = door.person("q-free")
        assert [send(anna, f"# U {number}\n\nSatz.", f"u{number}.md").status_code for number in range(4)] == [201] * 4
        assert used(anna)["documents"] == (4, None)
