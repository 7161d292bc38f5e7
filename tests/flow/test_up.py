"""First start, work beside it, stop, second start: with real processes, on the samples, over the command line and HTTP."""

import json
import re
import signal
from pathlib import Path

import httpx
import pytest

from nova.cli.documents import samples
from tests.flow.conftest import Up, processes_of, read, run, start

DOCUMENTS = len([path for path in samples.folder().iterdir() if path.is_file()])


def test_the_first_start_shows_key_progress_a_cited_answer_and_the_address(up: Up) -> None:
    told, noted = up.out, up.err
    assert len(re.findall(r"nova_adm_\S{20,}", told)) == 1
    assert f"{DOCUMENTS}/{DOCUMENTS}" in noted
    assert samples.QUESTION in told
    assert re.search(r"zwei Wochen.*\[1\]", told, re.DOTALL)
    assert re.search(r"\[1\] .*§ 20", told)
    assert up.address.startswith("http://127.0.0.1:")


def test_the_page_and_the_door_answer(up: Up) -> None:
    assert httpx.get(f"{up.address}/healthz").status_code == 200
    assert "<html" in httpx.get(up.address).text
    refused = httpx.get(f"{up.address}/api/v1/admin/items")
    assert refused.status_code == 401
    assert refused.json()["data"]["code"] == "not_signed_in"


def test_commands_beside_it_use_the_running_one(up: Up) -> None:
    answer = read(up.folder, "ask", "Wie lange ist die Kündigungsfrist in der Grundversorgung?")
    assert answer["status"] == "answered"
    assert "§ 20" in answer["citations"][0]["section"]
    assert read(up.folder, "items", "list")["total"] == DOCUMENTS
    assert {job["state"] for job in read(up.folder, "jobs", "list")["jobs"]} == {"done"}
    assert [check for check in read(up.folder, "doctor")["checks"] if check["status"] == "fail"] == []


def test_the_same_document_is_not_taken_twice_and_a_new_one_is(up: Up, tmp_path: Path) -> None:
    again = read(up.folder, "ingest", str(samples.sample("sample.md")))
    assert (again["stored"], again["duplicate"], again["failed"]) == (0, 1, 0)
    own = tmp_path / "kantine.md"
    own.write_text("# Kantinenordnung\n\n## § 1 Öffnung\n\nDie Kantine öffnet werktags um 11 Uhr 30.\n", "utf-8")
    new = read(up.folder, "ingest", str(own), "--tag", "haus")
    item_id = new["sources"][0]["item_id"]
    assert new["stored"] == 1
    answer = read(up.folder, "ask", "Wann öffnet die Kantine?", "--tag", "haus")
    assert "11 Uhr 30" in answer["answer"]
    assert run(up.folder, "items", "delete", item_id, "--yes").returncode == 0
    assert run(up.folder, "items", "show", item_id).returncode == 3


def test_a_broken_file_fails_alone_and_with_exit_code_1(up: Up, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing of a PDF")
    done = run(up.folder, "ingest", str(broken), "--json")
    assert done.returncode == 1
    made = json.loads(done.stdout)
    assert made["failed"] == 1
    for source in made["sources"]:
        if source["item_id"]:
            assert run(up.folder, "items", "delete", source["item_id"], "--yes").returncode == 0


def test_a_token_opens_the_door_until_it_is_revoked(up: Up) -> None:
    made = read(up.folder, "keys", "token", "frau.muster", "--label", "Test")
    headers = {"Authorization": f"Bearer {made['token']}"}
    assert httpx.get(f"{up.address}/api/v1/items", headers=headers).status_code == 200
    assert httpx.get(f"{up.address}/api/v1/admin/items", headers=headers).status_code == 403
    assert made["token_id"] in [one["token_id"] for one in read(up.folder, "keys", "list")["tokens"]]
    assert run(up.folder, "keys", "revoke", made["token_id"]).returncode == 0
    assert httpx.get(f"{up.address}/api/v1/items", headers=headers).status_code == 401


def test_the_operators_key_is_kept_and_personal_values_are_not(up: Up) -> None:
    key = run(up.folder, "keys", "admin").stdout.strip()
    headers = {"X-Admin-Key": key}
    asked = httpx.post(
        f"{up.address}/api/v1/rag/ask", headers=headers, json={"question": "Gilt § 20 StromGVV für 0171 3920041?"}, timeout=30
    )
    assert asked.status_code == 200
    history = httpx.get(f"{up.address}/api/v1/rag/answers", headers=headers).json()["data"]["answers"]
    assert history[0]["question"] == "Gilt § 20 StromGVV für [TELEFON]?"


def test_a_second_up_is_refused_with_the_address_of_the_first(up: Up) -> None:
    done = run(up.folder, "up", "--port", "0")
    assert done.returncode == 1
    assert up.address in done.stderr


@pytest.mark.slow
def test_down_ends_everything_and_the_second_start_is_quick_and_loads_nothing(up: Up) -> None:
    assert run(up.folder, "down").returncode == 0
    assert up.process.wait(10) == 0
    assert processes_of(up.folder) == []

    alone = read(up.folder, "ask", "Wie lange ist die Kündigungsfrist in der Grundversorgung?")
    assert alone["status"] == "answered"
    assert processes_of(up.folder) == []

    again = start(up.folder)
    assert again.seconds < up.seconds
    assert "Beispieldokumente" not in again.err
    assert "nova_adm_" not in again.out
    assert read(up.folder, "items", "list")["total"] == DOCUMENTS
    assert again.stop(signal.SIGINT) == 0
    assert processes_of(up.folder) == []
