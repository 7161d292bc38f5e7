"""The web app's files, the API's own pages, safe headers, and what Prometheus reads."""

import re
from pathlib import Path

import pytest

from nova.api.protocol.middleware import CSP
from nova.api.protocol.web import WebApp
from tests.api.house import Door


@pytest.fixture
def built(door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Door:
    """The app with a built web app in it."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>Nova</title>")
    (tmp_path / "assets" / "app-1a2b.js").write_text("1")
    (tmp_path / "favicon.svg").write_text("<svg/>")
    monkeypatch.setattr(door.client.app.router, "default", WebApp(tmp_path))  # type: ignore[attr-defined]
    return door


def test_pages_are_the_apps_own_and_never_kept(built: Door) -> None:
    for path in ("/", "/fragen", "/korpus?tag=x", "/admin/betrieb", "/index.html"):
        answer = built.client.get(path)
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache"), path
        assert "<title>Nova</title>" in answer.text
    assert built.client.head("/fragen").status_code == 200


def test_hashed_assets_are_kept_for_ever(built: Door) -> None:
    answer = built.client.get("/assets/app-1a2b.js")
    assert "immutable" in answer.headers["cache-control"]
    assert built.client.get("/assets/app-1a2b.js", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
    assert built.client.get("/favicon.svg").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/assets/gone.js", "/robots.txt", "/../settings.py", "/%2e%2e/settings.py", "/assets/..%2f..%2fsettings.py"]
)
def test_what_is_no_page_is_not_found(built: Door, path: str) -> None:
    answer = built.client.get(path)
    assert answer.status_code == 404
    assert answer.json()["data"]["code"] == "not_found"


def test_without_a_built_app_a_plain_page_says_so(door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door.client.app.router, "default", WebApp(tmp_path))  # type: ignore[attr-defined]
    answer = door.client.get("/fragen")
    assert answer.status_code == 200
    assert "Weboberfläche" in answer.text


def test_every_answer_has_safe_headers(door: Door) -> None:
    for answer in (
        door.client.get("/"),
        door.client.get("/api/v1/system/info"),
        door.client.get("/api/v1/nope"),
        door.client.get("/api/v1/docs"),
    ):
        assert answer.headers["content-security-policy"] == CSP
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["permissions-policy"]
    assert "frame-ancestors 'none'" in CSP
    assert "unsafe-inline" not in CSP.replace("style-src-attr 'unsafe-inline'", "")


def test_data_is_never_kept_by_browsers(door: Door) -> None:
    assert door.client.get("/api/v1/system/info").headers["cache-control"] == "no-store"
    assert door.client.get("/api/v1/nope").headers["cache-control"] == "no-store"


def test_the_api_describes_itself_without_foreign_hosts(door: Door) -> None:
    page = door.client.get("/api/v1/docs").text
    for link in re.findall(r'(?:src|href)="([^"]+)"', page):
        assert link.startswith("/api/v1/docs/")
        assert door.client.get(link).status_code == 200
    assert "<script>" not in page
    assert door.client.get("/api/v1/docs/../../settings.py").status_code == 404
    assert door.client.get("/api/v1/docs/LICENSE").status_code == 400
    assert door.client.get("/api/v1/openapi.json").json()["info"]["title"] == "Nova"


def test_prometheus_reads_routes_jobs_and_documents(door: Door) -> None:
    door.admin("GET", "/api/v1/jobs/not-a-uuid")
    door.client.get("/wp-login.php")
    text = door.client.get("/metrics").text
    assert 'nova_http_requests_total{method="GET",route="/api/v1/jobs/{job_id}",status="400"}' in text
    assert "not-a-uuid" not in text
    assert "wp-login" not in text
    assert "nova_documents 1.0" in text
    assert 'nova_jobs{state="queued"} 0.0' in text
    assert "nova_outbox 0.0" in text


def test_trace_ids_differ(door: Door) -> None:
    ids = {door.client.get("/healthz").headers["x-trace-id"] for _ in range(5)}
    assert len(ids) == 5
