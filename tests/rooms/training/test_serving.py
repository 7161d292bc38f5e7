"""Which adapter writes an answer: the pointer, a host by hand, and eight clients that ask while it is turned."""

import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from nova.errors import Conflict, ServerAbsent
from nova.flows.training.hosting import serves, state
from nova.flows.training.serving import ServingAdapters, verify
from nova.flows.training.trials import FAMILY
from nova.ports import ChatMessage
from nova.ports.training import Adapter
from nova.store import releases
from nova.training.config import base_folder
from nova.wiring.serving import LOOK_S, in_use_of
from tests.rooms.seeding.seeds import Bench
from tests.rooms.training.adapters import tuned
from tests.rooms.training.test_promoting import Board, serving


class Host:
    """Keeps what it was told to load; the words it gives are the adapter's name."""

    name = "hand"

    def __init__(self) -> None:
        self.loaded: dict[str, str] = {}
        self.fault = ""
        self.tries = 0

    def ready(self, adapter: Adapter) -> bool:
        return self.loaded.get(adapter.name) == adapter.sha256

    def prepare(self, adapter: Adapter) -> None:
        self.tries += 1
        if self.fault:
            raise ServerAbsent(self.fault)
        verify(adapter)
        self.loaded[adapter.name] = adapter.sha256

    def stream(self, messages: Sequence[ChatMessage], *, adapter: Adapter | None, max_tokens: int) -> Iterator[str]:
        if adapter is not None and not self.ready(adapter):
            raise ServerAbsent("nicht geladen")
        yield adapter.name if adapter else "Basis"

    def health(self) -> Mapping[str, Any]:
        return {"name": self.name, "model": "", "adapters": list(self.loaded)}

    def close(self) -> None:
        self.loaded.clear()


@pytest.fixture
def board(bench: Bench, tmp_path: Path) -> Board:
    return Board(bench, tmp_path)


@pytest.fixture
def host() -> Host:
    return Host()


@pytest.fixture
def adapters(board: Board, host: Host) -> ServingAdapters:
    return ServingAdapters(in_use_of(board.db), board.house.folder, host)


def said(adapters: ServingAdapters, asker: str = "anna") -> str:
    """Who answers; "" for the base or nobody."""
    writer = adapters.writer(asker)
    return "" if writer is None else "".join(writer.stream([], max_tokens=5))


def until(adapters: ServingAdapters, name: str) -> float:
    """The seconds until this one answers."""
    began = time.monotonic()
    while said(adapters) != name:
        assert time.monotonic() - began < 20
        time.sleep(0.01)
    return time.monotonic() - began


def test_an_adapter_answers_once_it_lies_ready_and_until_then_nobody_waits(board: Board, host: Host, adapters: ServingAdapters) -> None:
    assert said(adapters) == ""
    host.fault = "der Prozess begann nicht"
    serving(board)
    time.sleep(LOOK_S)
    assert [said(adapters) for _ in range(50)] == [""] * 50
    for _ in range(100):  # loading is tried beside the questions, and not at each
        if host.tries:
            break
        time.sleep(0.02)
    assert host.tries == 1
    host.fault, adapters._tried = "", {}
    until(adapters, board.run.name)
    assert adapters.writer("anna").model == board.run.name  # type: ignore[union-attr]


def test_who_watches_is_told_what_serves_and_what_does_not_lie_ready(board: Board, host: Host, adapters: ServingAdapters) -> None:
    assert (state("hand", adapters).status, serves(adapters)) == ("ok", "") and (state("", None).status, serves(None)) == ("absent", "")
    host.fault = "der Prozess begann nicht"
    serving(board)
    time.sleep(LOOK_S)
    fresh = state("hand", adapters)
    assert fresh.status == "ok" and fresh.detail == f"hand: {board.run.name} wird mit der nächsten Frage geladen"
    said(adapters)
    for _ in range(100):
        if "der Prozess begann nicht" in state("hand", adapters).detail:
            break
        time.sleep(0.02)
    away = state("hand", adapters)
    assert away.status == "degraded" and "liegt nicht bereit. der Prozess begann nicht" in away.detail and serves(adapters) == ""
    host.fault, adapters._tried = "", {}
    until(adapters, board.run.name)
    assert state("hand", adapters).detail == f"hand: {board.run.name} dient" and serves(adapters) == board.run.name


def test_weights_that_are_others_are_not_loaded(board: Board, host: Host, adapters: ServingAdapters) -> None:
    serving(board)
    there = board.house.folder / "models" / "finetune" / board.run.name / "adapter"
    tuned(there, base_folder("nova-mini", board.house.folder), board.run.config["lora"], seed=2)
    adapter = Adapter(board.run.name, there, str(board.run.adapter_sha256))
    with pytest.raises(Conflict, match="andere als die, die beurteilt wurden"):
        verify(adapter)
    (there / "adapter_model.bin").write_bytes(b"\x80\x04")
    with pytest.raises(Conflict, match=r"adapter_model\.bin"):
        verify(adapter, "nova-mini", board.house.folder)
    with pytest.raises(Conflict, match="nicht der des Laufs"):
        verify(replace(adapter, name="../../tmp"))
    time.sleep(LOOK_S)
    assert said(adapters) == ""
    time.sleep(0.2)
    assert host.loaded == {} and said(adapters) == ""


def test_under_eight_clients_the_step_back_takes_less_than_a_second_and_no_question_fails(
    board: Board, host: Host, adapters: ServingAdapters
) -> None:
    serving(board)
    until(adapters, board.run.name)
    second = board.trained()
    serving(board, second)
    until(adapters, second.name)
    over, heard = threading.Event(), Counter[str]()
    lasts: list[float] = []

    def client(number: int) -> None:
        last = 0.0
        while not over.is_set():
            name = said(adapters, f"kunde-{number}")
            heard[name] += 1
            if name == second.name:
                last = time.monotonic()
            time.sleep(0.01)  # what is said is read
        lasts.append(last)

    with ThreadPoolExecutor(8) as clients:
        done = [clients.submit(client, number) for number in range(8)]
        time.sleep(0.5)
        began = time.monotonic()
        board.promotions.back(board.emil, "")
        until(adapters, board.run.name)
        time.sleep(1)
        over.set()
    for one in done:
        one.result()
    assert max(lasts) - began < 1.0
    assert set(heard) == {board.run.name, second.name}  # nobody was without a model meanwhile


def test_a_trial_has_its_share_of_those_who_ask_and_each_keeps_their_side(board: Board, adapters: ServingAdapters) -> None:
    serving(board)
    until(adapters, board.run.name)
    second = board.trained()
    with board.db.transaction() as conn:
        releases.add(conn, FAMILY, second.name, "engineer:1", datetime.now(UTC), digest=second.adapter_sha256)
        assert releases.try_out(conn, FAMILY, second.name, 0.25, "engineer:1", datetime.now(UTC))
    time.sleep(LOOK_S)
    people = [f"kunde-{at}" for at in range(400)]
    for who in people[:40]:
        said(adapters, who)
    time.sleep(0.3)
    sides = {who: said(adapters, who) for who in people}
    found = Counter(sides.values())
    assert 70 <= found[second.name] <= 130 and found[second.name] + found[board.run.name] == 400
    assert {who: said(adapters, who) for who in people} == sides
