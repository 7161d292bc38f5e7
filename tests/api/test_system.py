"""System information, health, settings, vocabulary, audit, help, and the description of the API."""

import runpy
from pathlib import Path
from typing import Any

import pytest

from nova import __version__
from nova.errors import ServerAbsent
from tests.api.house import ADMIN_KEY, DESCRIPTION, Door, NoModel

ROOT = Path(__file__).parents[2]


def test_information_is_open_and_complete(door: Door) -> None:
    data = door.client.get("/api/v1/system/info").json()["data"]
    assert (data["name"], data["version"], data["environment"], data["tone"]) == ("Nova", __version__, "prod", "luna")
    assert data["models"] == {"generate": "", "adapter": "", "embed": None}
    assert data["limits"] == {"upload_bytes": 1024 * 1024, "question_chars": 2000, "top_k": 50}
    assert data["first_run"] is False
    assert data["prompt_version"]
    assert data["analyser"]


def test_health_names_every_service(door: Door) -> None:
    health = door.admin("GET", "/api/v1/admin/health").json()["data"]
    assert set(health["services"]) == {"api", "db", "qdrant", "ollama", "adapters", "tika", "minio", "jobs", "stream", "clamav"}
    assert health["status"] == "ok"
    assert health["services"]["ollama"]["status"] == "absent"
    assert health["versions"]["nova"] == __version__


def test_health_says_when_the_index_is_not_level_with_the_database(door: Door) -> None:
    def level() -> dict[str, str]:
        checks = door.admin("GET", "/api/v1/admin/health").json()["data"]["checks"]
        found: dict[str, str] = next(check for check in checks if check["name"] == "index")
        return found

    assert level()["status"] == "ok"
    lost = sorted(door.nova.index.ids())[:1]
    kept = [door.nova.index.points[chunk_id] for chunk_id in lost]
    door.nova.index.delete(lost)
    try:
        assert (level()["status"], level()["detail"].split()[0]) == ("degraded", "1")
    finally:
        door.nova.index.upsert(kept)
    assert level()["status"] == "ok"


def test_a_silent_model_only_degrades(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door.nova, "generator", NoModel("llama3.1:8b-instruct"))
    answer = door.admin("GET", "/api/v1/admin/health")
    assert (answer.status_code, answer.json()["data"]["status"]) == (200, "degraded")
    assert "Fundstellen" in answer.json()["data"]["services"]["ollama"]["detail"]


def test_a_failed_index_fails(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent() -> Any:
        raise ServerAbsent("Der Index antwortet nicht.")

    monkeypatch.setattr(door.nova.index, "health", absent)
    answer = door.admin("GET", "/api/v1/admin/health")
    assert (answer.status_code, answer.json()["data"]["status"]) == (503, "failed")
    assert answer.json()["data"]["services"]["qdrant"]["detail"] == "Der Index antwortet nicht."


def test_settings_show_no_secret(door: Door) -> None:
    answer = door.admin("GET", "/api/v1/admin/settings")
    rows = {row["name"]: row for row in answer.json()["data"]["settings"]}
    assert (rows["NOVA_UPLOAD_MB"]["value"], rows["ADMIN_API_KEY"]["secret"]) == ("1", True)
    assert ADMIN_KEY not in answer.text
    assert all(row["description"] for row in rows.values())


def test_the_vocabulary_is_checked_before_it_is_kept(door: Door) -> None:
    before = door.admin("GET", "/api/v1/admin/vocabulary").json()["data"]
    assert before["entries"] > 100
    own = "version: 1\nfelder:\n  - name: Eigenes\n    eintraege:\n      Funzel: [Musterlampe]\n"
    after = door.admin("PUT", "/api/v1/admin/vocabulary", json={"text": own, "version": before["version"]}).json()["data"]
    assert (after["entries"], after["text"]) == (before["entries"] + 1, own)
    for wrong in ("version: 1\nfeld: []\n", "version: 2\nfelder: []\n", "a: [", ""):
        answer = door.admin("PUT", "/api/v1/admin/vocabulary", json={"text": wrong, "version": after["version"]})
        assert (answer.status_code, answer.json()["data"]["code"]) == (400, "validation"), wrong
    assert door.admin("GET", "/api/v1/admin/vocabulary").json()["data"] == after
    [newest] = door.admin("GET", "/api/v1/admin/audit", params={"limit": 1}).json()["data"]["entries"]
    assert (newest["action"], newest["facts"]) == ("vocabulary.changed", {"entries": after["entries"]})


def test_the_vocabulary_of_somebody_quicker_is_not_overwritten(door: Door) -> None:
    seen = door.admin("GET", "/api/v1/admin/vocabulary").json()["data"]
    theirs = f"{seen['text']}# Anna war schneller.\r\n"
    quicker = door.admin("PUT", "/api/v1/admin/vocabulary", json={"text": theirs, "version": seen["version"]})
    assert quicker.status_code == 200 and quicker.json()["data"]["version"] != seen["version"]
    late = door.admin("PUT", "/api/v1/admin/vocabulary", json={"text": seen["text"], "version": seen["version"]})
    now = door.admin("GET", "/api/v1/admin/vocabulary").json()["data"]
    assert late.status_code == 409 and "inzwischen geändert" in late.json()["message"]
    assert late.json()["data"] == {"code": "conflict", "version": now["version"]}
    assert now == quicker.json()["data"] and now["text"].endswith("# Anna war schneller.\n")


def test_the_audit_log_pages_backwards(door: Door) -> None:
    door.admin("POST", "/api/v1/admin/keys", json={"user": "audit"})
    first = door.admin("GET", "/api/v1/admin/audit", params={"limit": 1}).json()["data"]["entries"]
    assert first[0]["action"] == "token.issued"
    second = door.admin("GET", "/api/v1/admin/audit", params={"limit": 1, "before": first[0]["seq"]}).json()["data"]["entries"]
    assert second[0]["seq"] < first[0]["seq"]


@pytest.mark.parametrize("route", ["/", "/fragen", "/korpus", "/admin/betrieb", "/gibt/es/nicht"])
def test_every_page_has_help(door: Door, route: str) -> None:
    help_text = door.person("anna")("GET", "/api/v1/help/context", params={"route": route}).json()["data"]
    assert help_text["title"]
    assert help_text["text"]


def test_a_rebuild_is_a_job(door: Door) -> None:
    job_id = door.admin("POST", "/api/v1/admin/reindex", json={}).json()["data"]["job_id"]
    job = door.nova.jobs.wait(job_id, 20)
    assert job.state == "done"
    filtered = door.admin("POST", "/api/v1/admin/reindex", json={"filter": {"kind": "note"}}).json()["data"]["job_id"]
    assert door.nova.jobs.wait(filtered, 20).result["chunks"] == 0


def test_the_committed_description_is_the_apps_own() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "openapi.py"))
    assert script["TARGET"].read_text("utf-8") == script["description"](), "run `make openapi` and commit docs/openapi.json"


def test_every_operation_has_a_name_a_summary_and_its_errors() -> None:
    names = [operation["operationId"] for methods in DESCRIPTION["paths"].values() for operation in methods.values()]
    assert len(names) == len(set(names))
    for path, methods in DESCRIPTION["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], (method, path)
            assert "422" not in operation["responses"], (method, path)
            if not path.startswith("/v1/"):
                assert {"400", "403", "429", "500", "503"} <= set(operation["responses"]), (method, path)
            for status, answer in operation["responses"].items():
                shared = answer.get("$ref", "").removeprefix("#/components/responses/")
                assert status[0] not in "45" or "content" in answer or shared in DESCRIPTION["components"]["responses"], (method, path)
    assert "HTTPValidationError" not in DESCRIPTION["components"]["schemas"]
