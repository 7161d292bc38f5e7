"""Sources go in one by one; each ends as stored, duplicate or failed, and the person hears of it."""

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from nova.cli.client import Client
from nova.cli.documents.intake import files, take_in
from nova.errors import NotFound
from tests.cli.conftest import Answer, envelope

Make = Callable[[Answer], Client]


class Desk:
    """Takes uploads; a job ends at the second look, unless its name says otherwise."""

    def __init__(self) -> None:
        self.looks: dict[str, int] = {}
        self.bodies: list[bytes] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.startswith("/api/v1/jobs/"):
            return self._job(request.url.path.rsplit("/", 1)[1])
        body = request.read()
        self.bodies.append(body)
        if b"known" in body:
            return envelope({"code": "duplicate", "item_id": "old"}, status=409, message="Schon vorhanden.")
        if b"huge" in body:
            return envelope({"code": "too_large"}, status=413, message="Zu groß.")
        job = "broken" if b"broken" in body else f"job{len(self.bodies)}"
        return envelope({"item_id": f"item-{job}", "job_id": job, "chunks": None}, status=202)

    def _job(self, job: str) -> httpx.Response:
        self.looks[job] = self.looks.get(job, 0) + 1
        if self.looks[job] < 2:
            return envelope({"state": "running", "stage": "Lesen", "progress": 1, "total": 2})
        if job == "broken":
            return envelope({"state": "failed", "stage": "", "progress": 0, "total": 0, "error": "Kein Text."})
        return envelope({"state": "done", "stage": "", "progress": 2, "total": 2, "result": {"chunks": 7}})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.md", "a.md", "known.md", "broken.pdf", "huge.pdf", ".hidden", "sub/c.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name, "utf-8")
    return tmp_path


def test_every_source_ends_and_is_told(client_to: Make, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = Desk()
    outcomes = take_in(
        client_to(desk), [*files([folder]), "https://example.org/x"], {"kind": "note", "tags": ["a", "b"], "replace": "none"}
    )
    assert sorted((one.source, one.status) for one in outcomes) == [
        ("a.md", "stored"),
        ("b.md", "stored"),
        ("broken.pdf", "failed"),
        ("c.md", "stored"),
        ("https://example.org/x", "stored"),
        ("huge.pdf", "failed"),
        ("known.md", "duplicate"),
    ]
    assert {one.source: one.chunks for one in outcomes}["a.md"] == 7
    told = capsys.readouterr()
    assert told.out == ""
    assert "Kein Text." in told.err
    assert "7/7" in told.err
    assert desk.bodies[0].count(b'name="tags"') == 2


def test_quiet_tells_of_failures_only(client_to: Make, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    take_in(client_to(Desk()), [folder / "a.md", folder / "broken.pdf"], {}, quiet=True)
    told = capsys.readouterr().err
    assert "a.md" not in told
    assert "broken.pdf" in told


def test_hidden_files_are_left_out_and_missing_ones_named(folder: Path) -> None:
    assert [path.name for path in files([folder / "sub", folder / "a.md"])] == ["c.md", "a.md"]
    assert ".hidden" not in [path.name for path in files([folder])]
    with pytest.raises(NotFound, match="nowhere"):
        list(files([folder / "nowhere"]))
