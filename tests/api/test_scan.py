"""Uploads behind a ClamAV daemon: what it finds is refused by name, and while it is away nothing is taken in and nothing half written."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from nova.engines.scan_clamav import ClamdScanner, ScanLimits
from tests.api.house import Door
from tests.fakes.clamd import EICAR, SIGNATURE, Clamd, clamd

QUICK = ScanLimits(connect_s=0.5, word_s=0.4, file_s=2.0)
ADDRESS = "https://example.org/anlage.md"


@pytest.fixture
def daemon(door: Door) -> Iterator[Clamd]:
    plain = door.nova.intake
    with clamd() as running:
        door.nova.intake = replace(plain, inspection=replace(plain.inspection, scanner=ClamdScanner(running.setting, QUICK)))
        yield running
    door.nova.intake = plain


def held(door: Door) -> tuple[object, ...]:
    """Everything that taking a file in could leave behind."""
    rows = door.nova.db.fetch_one(
        "SELECT (SELECT count(*) FROM items) AS items, (SELECT count(*) FROM item_versions) AS versions,"
        " (SELECT count(*) FROM jobs) AS jobs"
    )
    assert rows is not None
    return (tuple(rows.values()), sorted(door.nova.objects.held))


def health(door: Door) -> dict[str, str]:
    found: dict[str, str] = door.admin("GET", "/api/v1/admin/health").json()["data"]["services"]["clamav"]
    return found


def test_without_a_scanner_health_says_so(door: Door) -> None:
    assert health(door)["status"] == "absent"


def test_a_clean_file_is_taken_in_and_was_looked_at(door: Door, daemon: Clamd) -> None:
    assert door.upload("# Sauber\n\nDie Stichprobe im Lager Süd war ohne Befund.\n", "sauber.md").status_code == 201
    assert b"Lager S" in daemon.seen[-1]
    assert (health(door)["status"], health(door)["detail"]) == ("ok", "ClamAV 1.4.3, Signaturen 27700")


def test_what_is_found_is_refused_by_name_and_leaves_an_entry_and_nothing_else(door: Door, daemon: Clamd) -> None:
    before = held(door)
    answer = door.upload(EICAR.decode(), "rechnung.txt")
    assert (answer.status_code, answer.json()["data"]["code"]) == (400, "infected_file")
    assert "rechnung.txt" in answer.json()["message"]
    assert SIGNATURE in answer.json()["message"]
    assert held(door) == before
    entry = door.admin("GET", "/api/v1/admin/audit").json()["data"]["entries"][0]
    assert (entry["action"], entry["facts"]) == ("file.infected", {"finding": SIGNATURE, "bytes": len(EICAR)})
    assert 'nova_ingests_total{outcome="infected"} 1.0' in door.admin("GET", "/metrics").text


def test_an_address_is_looked_at_too(door: Door, daemon: Clamd) -> None:
    before = held(door)
    door.nova.fetcher.pages[ADDRESS] = b"# Anlage\n\n" + EICAR
    answer = door.admin("POST", "/api/v1/ingest/url", json={"url": ADDRESS})
    assert (answer.status_code, answer.json()["data"]["code"]) == (400, "infected_file")
    assert held(door) == before


@pytest.mark.parametrize("mode", ["silent", "closing", "mute", "lying", "broken", "cut"])
def test_a_scanner_that_fails_lets_nothing_in_until_it_is_back(door: Door, daemon: Clamd, mode: str) -> None:
    text = f"# Vermerk {mode}\n\nDie Pumpe im Haus {mode} läuft wieder.\n"
    before = held(door)
    daemon.mode, daemon.polite = mode, mode == "closing"
    refused = door.upload(text if mode != "closing" else text * 5000, "vermerk.md")
    assert (refused.status_code, refused.json()["data"]["code"]) == (503, "server_absent")
    assert "ClamAV" in refused.json()["message"]
    assert held(door) == before
    daemon.mode = "good"
    assert door.upload(text, "vermerk.md").status_code == 201


def test_health_fails_while_the_scanner_is_away_and_questions_go_on(door: Door, daemon: Clamd) -> None:
    daemon.mode, daemon.polite = "mute", False
    assert health(door)["status"] == "failed"
    answer = door.admin("POST", "/api/v1/rag/ask", json={"question": "Wie oft sind Musterlampen zu prüfen?"})
    assert answer.json()["data"]["status"] == "answered"


def test_a_file_that_the_scanner_does_not_take_is_too_large(door: Door, daemon: Clamd) -> None:
    daemon.limit = 1000
    answer = door.upload("Wort " * 1000, "lang.txt")
    assert (answer.status_code, answer.json()["data"]["code"]) == (413, "too_large")
