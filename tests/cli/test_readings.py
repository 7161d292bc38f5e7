"""`nova readings`: files go in with what the sender says of them, reports come out; stored rows come out as a file or not at all."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner, Result

from nova.cli.client import Client
from nova.cli.energy import readings
from nova.cli.root import nova
from nova.errors import InvalidInput
from tests.cli.conftest import Answer, envelope

Make = Callable[[Answer], Client]
REPORT: dict[str, Any] = {
    "format": "csv_de",
    "accepted": 95,
    "corrected": 1,
    "refused": 2,
    "reasons": [{"kind": "refused", "text": "keine Zahl", "count": 2, "places": ["Zeile 7, Spalte Bezug: „x“"]}],
    "start": 1729980000,
    "end": 1730070000,
    "meters": ["DE-1"],
    "meter_count": 1,
    "others": [],
    "state": "done",
    "stored": {"new": 96},
}


class Nova:
    """Takes files and gives reports, at once or after a job."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.queries: list[list[tuple[str, str]]] = []
        self.broken = self.nothing = False

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/api/v1")
        if path == "/data/import":
            self.bodies.append(request.read())
            if b"zu gross" in self.bodies[-1]:
                return envelope({"code": "too_large"}, status=413, message="Zu groß.")
            late = b"spaet" in self.bodies[-1]
            return envelope({"job_id": "j", "report": None if late else REPORT}, status=202 if late else 201)
        if path == "/jobs/j":
            done = {"state": "done", "stage": "", "progress": 1, "total": 1, "result": {**REPORT, "state": "refused"}}
            return envelope(done)
        self.queries.append(request.url.params.multi_items())
        if self.broken:
            return envelope({"code": "not_found"}, status=404, message="Diesen Zähler gibt es nicht.")
        return httpx.Response(200, content=b"" if self.nothing else b"meter_id,ts\nm,1\n")


@pytest.fixture
def there() -> Nova:
    return Nova()


@pytest.fixture
def run(there: Nova, client_to: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    @contextmanager
    def fake(_ctx: object) -> Iterator[Client]:
        yield client_to(there)

    monkeypatch.setattr(readings, "session", fake)
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(nova, ["readings", *words])


def test_a_file_is_sent_with_what_is_said_of_it_and_its_report_shown(run: Callable[..., Result], there: Nova, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x")
    result = run("import", "a.csv", "--meter", "DE-1", "--clock", "MEZ", "--unit", "kWh", "--format", "csv")
    assert result.exit_code == 0, result.output
    for word in (b'name="meter"\r\n\r\nDE-1', b'name="clock"\r\n\r\nMEZ', b'name="unit"\r\n\r\nkWh', b'name="format"\r\n\r\ncsv'):
        assert word in there.bodies[0]
    assert "✓ a.csv  csv_de: 95 übernommen, 1 geändert, 2 abgelehnt" in result.output
    assert "abgelehnt 2: keine Zahl" in result.output and "Zeile 7, Spalte Bezug" in result.output and "DE-1" in result.output


def test_every_file_has_a_report_and_a_refused_one_ends_with_1(run: Callable[..., Result], tmp_path: Path) -> None:
    for name in ("gut.csv", "spaet.csv", "zu gross.csv"):
        (tmp_path / name).write_text(name)
    result = run("import", ".", "--json")
    told = {Path(one["file"]).name: one["state"] for one in json.loads(result.stdout)["files"]}
    assert told == {"gut.csv": "done", "spaet.csv": "refused", "zu gross.csv": "failed"} and result.exit_code == 1


def test_readings_come_out_of_local_days(run: Callable[..., Result], there: Nova, tmp_path: Path) -> None:
    result = run("export", "m1", "m2", "--from", "2024-10-27", "--to", "2024-10-28", "--format", "csv_de", "-o", "out.csv")
    assert result.exit_code == 0 and (tmp_path / "out.csv").read_bytes() == b"meter_id,ts\nm,1\n"
    assert there.queries[0][:2] == [("from", "2024-10-26T22:00:00+00:00"), ("to", "2024-10-27T23:00:00+00:00")]
    assert ("meter_id", "m1") in there.queries[0] and ("meter_id", "m2") in there.queries[0]
    assert run("export", "--price", "--from", "2024-10-27", "--to", "2024-10-28").stdout == "meter_id,ts\nm,1\n"


def test_an_export_that_fails_leaves_no_file(run: Callable[..., Result], there: Nova, tmp_path: Path) -> None:
    there.broken = True
    result = run("export", "m1", "--from", "2024-10-27", "--to", "2024-10-28", "-o", "out.csv")
    assert "Diesen Zähler gibt es nicht" in str(result.exception) and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [("--from", "gestern", "--to", "2024-10-28", "m"), ("--from", "2024-10-27", "--to", "2024-10-28")])
def test_words_that_make_no_sense_are_usage_errors(run: Callable[..., Result], words: tuple[str, ...]) -> None:
    assert isinstance(run("export", *words).exception, InvalidInput)


def test_a_place_that_cannot_be_written_is_named(run: Callable[..., Result]) -> None:
    result = run("export", "m", "--from", "2024-01-01", "--to", "2024-01-02", "-o", "no/such/x.csv")
    assert isinstance(result.exception, InvalidInput)
    assert "lässt sich nicht schreiben" in result.exception.message


def test_an_export_without_rows_says_so(run: Callable[..., Result], there: Nova, tmp_path: Path) -> None:
    there.nothing = True
    assert "keine Werte" in run("export", "m", "--from", "2024-01-01", "--to", "2024-01-02").stderr
    assert "keine Werte" in run("export", "m", "--from", "2024-01-01", "--to", "2024-01-02", "-o", "x.csv").stderr
