"""Nova with a Tika server: documents of other kinds become answers; without it their jobs wait, and everything else goes on."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from nova.errors import UnsupportedFile
from tests.fakes import office
from tests.fakes.tika import TikaServer, serving
from tests.servers.inside import Running, running, until


@pytest.fixture(scope="module")
def server() -> Iterator[TikaServer]:
    with serving() as tika:
        yield tika


@pytest.fixture(scope="module")
def up(database_url: str, tmp_path_factory: pytest.TempPathFactory, server: TikaServer) -> Iterator[Running]:
    with running(database_url, tmp_path_factory.mktemp("nova"), {"NOVA_TIKA_URL": server.url}) as up:
        yield up


def test_an_open_document_becomes_an_answer(up: Running, tmp_path: Path) -> None:
    note = tmp_path / "anschluss.odt"
    note.write_bytes(office.odt())
    assert up.nova.jobs.wait(up.ingest(note), 30).state == "done"
    answer = up.ask("In wie vielen Tagen wird der Anschluss hergestellt?").json()["data"]
    assert "14 Tagen" in answer["answer"]
    assert "§ 1" in answer["citations"][0]["section"]
    health = up.health("tika")
    assert (health["status"], health["engine"]) == ("ok", "server")
    assert health["detail"].endswith(", Apache Tika 3.2.3 für weitere Arten")


def test_a_file_with_a_password_fails_with_its_reason(up: Running, server: TikaServer, tmp_path: Path) -> None:
    secret = tmp_path / "geheim.doc"
    secret.write_bytes(office.ole2("WordDocument"))
    server.mode = "422"
    with suppress(UnsupportedFile):  # its job may have ended before it is told of
        up.ingest(secret)
    ended = up.nova.jobs.wait(up.nova.jobs.list(kind="ingest", limit=1)[0].job_id, 30)
    server.mode = "good"
    assert (ended.state, ended.error_code) == ("failed", "unreadable_file")
    assert "Kennwort geschützt oder beschädigt" in (ended.error or "")


def test_while_the_server_is_away_its_documents_wait_and_the_others_go_on(up: Running, server: TikaServer, tmp_path: Path) -> None:
    server.stop()
    health = up.health("tika")
    assert health["status"] == "degraded"
    assert "nicht erreichbar. PDF, Word" in health["detail"]
    own = tmp_path / "kantine.odt"
    words = "<text:h>Kantine</text:h><text:p>Die Kantine öffnet um 11 Uhr 30.</text:p>"
    own.write_bytes(office.odf("text", f"<office:text>{words}</office:text>"))
    waiting = up.ingest(own)
    plain = tmp_path / "pforte.md"
    plain.write_text("# Pforte\n\n## § 1 Öffnung\n\nDie Pforte öffnet um 6 Uhr 15.\n", "utf-8")
    assert up.nova.jobs.wait(up.ingest(plain), 30).state == "done"
    until(lambda: "Tika" in (up.nova.jobs.get(waiting).error or ""))
    assert up.nova.jobs.get(waiting).state == "queued"
    server.start()
    assert up.nova.jobs.wait(waiting, 30).state == "done"
    assert "11 Uhr 30" in up.ask("Wann öffnet die Kantine?").json()["data"]["answer"]


def test_what_nobody_reads_is_refused_at_the_door(up: Running, tmp_path: Path) -> None:
    packed = tmp_path / "archiv.tar.gz"
    packed.write_bytes(b"\x1f\x8b\x08\x00")
    with pytest.raises(UnsupportedFile, match="Mit dem Tika-Server liest Nova außerdem"):
        up.ingest(packed)
