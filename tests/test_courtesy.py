"""Long work makes way for those who wait for an answer: it waits for their end, but neither for ever nor for the slow ones."""

import asyncio
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from nova import courtesy
from nova.api.protocol.metrics import Metrics
from nova.api.protocol.middleware import Traced
from nova.courtesy import in_pieces, make_way, politely, standing_aside, waiting
from nova.engines.vectors.index import EdgeIndex
from nova.records import Point, SparseVector


@pytest.fixture(autouse=True)
def long_share(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever makes way here would do so for long; no test takes that long when it passes."""
    monkeypatch.setattr(courtesy, "SHARE", 1e6)
    monkeypatch.setattr(courtesy, "LONGEST_S", 20.0)
    monkeypatch.setattr(courtesy, "FIRST_S", 20.0)


@pytest.fixture
def worker() -> Iterator[threading.Thread]:
    """A thread that does a piece of work and then makes way."""

    def work() -> None:
        make_way()
        time.sleep(0.01)
        make_way()

    thread = threading.Thread(target=work)
    yield thread
    thread.join()


def test_nobody_waits_so_nobody_makes_way(worker: threading.Thread) -> None:
    with waiting():
        pass
    worker.start()
    worker.join(10)
    assert not worker.is_alive()


def test_nobody_makes_way_for_who_stands_in_line_or_works_long(worker: threading.Thread) -> None:
    with waiting():
        with standing_aside(), standing_aside():
            worker.start()
            worker.join(10)
            assert not worker.is_alive() and not courtesy._waiting
        assert len(courtesy._waiting) == 1
    assert not courtesy._waiting
    with standing_aside():
        assert not courtesy._waiting


def test_what_an_answer_needs_itself_waits_for_nobody() -> None:
    with waiting():
        make_way()
        began = time.monotonic()
        with waiting():
            make_way()
        make_way()
        assert time.monotonic() - began < 10


def test_a_request_that_takes_long_makes_way_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courtesy, "FIRST_S", 0.2)
    with waiting():
        make_way()
        time.sleep(0.25)
        other = threading.Thread(target=_asks)
        other.start()
        while len(courtesy._waiting) < 2:
            time.sleep(0.001)
        make_way()
        assert len(courtesy._waiting) == 1 or time.monotonic() >= max(courtesy._waiting.values()) + courtesy.FIRST_S
        other.join(10)


def _asks() -> None:
    with waiting():
        time.sleep(0.1)


def test_afterwards_a_request_counts_again(worker: threading.Thread) -> None:
    with waiting():
        with standing_aside():
            pass
        worker.start()
        worker.join(0.2)
        assert worker.is_alive()
    worker.join(10)
    assert not worker.is_alive()


def test_work_waits_for_the_end_of_the_last_request(worker: threading.Thread) -> None:
    with waiting():
        with waiting():
            worker.start()
            worker.join(0.2)
            assert worker.is_alive()
        worker.join(0.1)
        assert worker.is_alive()
    worker.join(10)
    assert not worker.is_alive()


def test_a_request_that_fails_waits_no_more(worker: threading.Thread) -> None:
    with pytest.raises(RuntimeError), waiting():
        raise RuntimeError
    worker.start()
    worker.join(10)
    assert not worker.is_alive()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("SHARE", 4.0, id="a small piece waits a few times its own length only"),
        pytest.param("LONGEST_S", 0.05, id="a long piece is no reason to wait for long"),
        pytest.param("FIRST_S", 0.05, id="a request counts at first only"),
    ],
)
def test_work_goes_on_though_somebody_waits(worker: threading.Thread, monkeypatch: pytest.MonkeyPatch, name: str, value: float) -> None:
    monkeypatch.setattr(courtesy, name, value)
    with waiting():
        worker.start()
        worker.join(10)
        assert not worker.is_alive()


def test_the_youngest_request_counts(worker: threading.Thread, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courtesy, "FIRST_S", 1.0)
    with waiting():
        time.sleep(1.1)
        with waiting():
            worker.start()
            worker.join(0.2)
            assert worker.is_alive()


def test_rows_come_whole_and_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(courtesy, "make_way", lambda: made.append(1))
    assert list(politely(iter(range(7)), 3)) == list(range(7))
    assert len(made) == 3
    assert [list(part) for part in in_pieces(range(7), 3)] == [[0, 1, 2], [3, 4, 5], [6]]
    assert len(made) == 6
    assert list(politely([], 3)) == list(in_pieces([], 3)) == []


def test_every_request_counts_until_its_end() -> None:
    seen = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(len(courtesy._waiting))

    asyncio.run(Traced(app, Metrics())({"type": "http", "method": "GET", "path": "/"}, None, None))  # type: ignore[arg-type]  # nobody talks
    assert seen == [1]
    assert courtesy._waiting == {}


def test_points_are_stored_in_pieces_that_make_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    monkeypatch.setattr(courtesy, "make_way", lambda: made.append(1))
    points = [Point(UUID(int=n), UUID(int=0), SparseVector((1,), (1.0,)), "document", (), None, 1, None) for n in range(1, 41)]
    with EdgeIndex(tmp_path / "index") as index:
        index.upsert(points)
        assert index.count() == 40
    assert len(made) == 5
