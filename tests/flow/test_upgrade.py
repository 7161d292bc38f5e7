"""A past release's data folder opens with today's code: nothing is lost, the same questions are answered from the same places."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from nova.store.postgres import embedded
from nova.store.postgres.migrate import pending, shipped
from tests.flow.conftest import Up, read, run, start
from tests.flow.releases import archives, released, unpack, version
from tests.folders import short_folder

# Questions that later releases answer from other places on purpose: since the map of rules (0047) the neighbouring rules stand beside.
MOVED = frozenset(
    {
        "Mit welcher Frist kann ich als Haushaltskunde die Grundversorgung mit Strom kündigen?",
        "Ab welcher Ladeleistung gilt ein Ladepunkt als Schnellladepunkt?",
        "Wann darf der Grundversorger die Versorgung unterbrechen?",
    }
)


@pytest.fixture(scope="module", params=archives(), ids=version)
def upgraded(request: pytest.FixtureRequest) -> Iterator[tuple[Up, dict[str, Any]]]:
    with short_folder() as folder:
        data, expected = unpack(request.param, folder)
        up = start(data, "--no-seed")
        yield up, expected
        if up.process.poll() is None:
            assert up.stop() == 0
        with embedded.start(data) as server:
            assert pending(server.dsn) == []
            with psycopg.connect(server.dsn) as connection:
                applied = connection.execute("SELECT count(*) FROM nova_migrations").fetchone()
            assert applied == (len(shipped()),)


def admin(up: Up) -> httpx.Client:
    key = (up.folder / "secrets" / "admin.key").read_text("ascii").strip()
    return httpx.Client(base_url=f"{up.address}/api/v1", headers={"X-Admin-Key": key}, timeout=60, trust_env=False)


def data_of(answer: httpx.Response) -> Any:
    assert answer.is_success, answer.text
    return answer.json()["data"]


def test_there_is_an_archive_of_every_release_in_the_changelog() -> None:
    assert released()
    assert {version(path) for path in archives()} >= released()
    assert all(path.stat().st_size <= 4_000_000 for path in archives())


def test_the_same_questions_are_answered_from_the_same_places(upgraded: tuple[Up, dict[str, Any]]) -> None:
    up, expected = upgraded
    with admin(up) as http:
        for before in expected["answers"]:
            now = data_of(http.post("/rag/ask", json={"question": before["question"]}))
            assert now["status"] == before["status"]
            if before["question"] not in MOVED:
                assert [[one[key] for key in ("item_id", "version", "start", "end", "quote")] for one in now["citations"]] == before[
                    "citations"
                ]
            for one in now["citations"]:
                text = data_of(
                    http.get(f"/items/{one['item_id']}/versions/{one['version']}/text", params={"start": one["start"], "end": one["end"]})
                )
                assert text["text"] == one["quote"]


def test_no_document_answer_judgement_or_event_is_lost(upgraded: tuple[Up, dict[str, Any]]) -> None:
    up, expected = upgraded
    with admin(up) as http:
        listed = data_of(http.get("/admin/items"))
        assert listed["total"] == expected["counts"]["items"]
        assert sum(item["chunks"] for item in listed["items"]) == expected["counts"]["chunks"]
        assert {item["status"] for item in listed["items"]} == {"ready"}
        for item in listed["items"]:
            for version in range(1, item["version"] + 1):
                assert http.get(f"/items/{item['item_id']}/versions/{version}/file").is_success
    with embedded.start(up.folder) as server, psycopg.connect(server.dsn) as connection:
        for table, least in expected["rows"].items():
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] >= least, table  # type: ignore[index]


def test_a_token_of_before_still_opens_the_door_to_the_customers_own(upgraded: tuple[Up, dict[str, Any]]) -> None:
    up, expected = upgraded
    headers = {"Authorization": f"Bearer {expected['token']}"}
    with httpx.Client(base_url=f"{up.address}/api/v1", headers=headers, timeout=60, trust_env=False) as http:
        answer = data_of(http.post("/rag/ask", json={"question": "Wo liegt der Ersatzschlüssel?"}))
        assert "Pförtner" in answer["answer"]
        assert http.get("/admin/items").status_code == 403


def test_it_takes_in_new_documents_and_is_well(upgraded: tuple[Up, dict[str, Any]], tmp_path: Path) -> None:
    up, _ = upgraded
    own = tmp_path / "parken.md"
    own.write_text("# Parkordnung\n\n## § 1 Plätze\n\nBesucher parken auf der Fläche Nord.\n", "utf-8")
    assert read(up.folder, "ingest", str(own))["stored"] == 1
    assert "Fläche Nord" in read(up.folder, "ask", "Wo parken Besucher?")["answer"]
    assert run(up.folder, "doctor").returncode == 0
