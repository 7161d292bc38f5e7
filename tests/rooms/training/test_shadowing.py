"""An adapter writes in the shadow of what is shown: counts of both sides, one at a time, and what is shown waits for nothing."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nova.answers.ask import AskContext, Question, ask
from nova.answers.compose.learned_form import Form
from nova.errors import ServerAbsent
from nova.flows.training.shadowing import Shadows
from nova.ports import ChatMessage
from nova.ports.training import Adapter
from nova.store.training import shadows
from nova.store.training.shadows import Counts
from nova.wiring.serving import LOOK_S, in_use_of
from tests.rooms.answers.shelf import MemoryShelf, laws, with_model
from tests.rooms.seeding.seeds import Bench
from tests.rooms.training.test_promoting import Board
from tests.rooms.training.test_serving import Host
from tests.rooms.training.test_trials import tried

NOTICE = "Mit welcher Frist kann der Grundversorgungsvertrag gekündigt werden?"
PROVEN = "Der Grundversorgungsvertrag kann mit einer Frist von zwei Wochen gekündigt werden [chunk a1]. "
TUNED = PROVEN.replace("[chunk a1]", "[1]")  # as passages are named where a model learns
MADE_UP = "Die Kündigung kostet 250 Euro und ist nur an Ostern möglich. "


class Writing(Host):
    """A host whose words are given; `gate` is waited for before the first."""

    def __init__(self, *words: str) -> None:
        super().__init__()
        self.words, self.gate, self.asked, self.closed = words, threading.Event(), 0, 0
        self.breaks = ""
        self.gate.set()

    def stream(self, messages: Sequence[ChatMessage], *, adapter: Adapter | None, max_tokens: int) -> Iterator[str]:
        self.asked += 1
        self.gate.wait(20)
        if self.breaks:
            raise ServerAbsent(self.breaks)
        yield from self.words

    def close(self) -> None:
        self.closed += 1


class Room:
    """A board whose run may be in the shadow, and who asks."""

    def __init__(self, board: Board, host: Writing, shown: AskContext) -> None:
        self.board, self.host, self.busy, self.begun = board, host, False, 0
        data, form = board.house.folder, Form("", 2000, 200)
        self.shadows = Shadows(in_use_of(board.db), data, self.begin, board.db, lambda _: form, lambda: self.busy)
        self.context = replace(shown, shadow=self.shadows.offer)

    def begin(self) -> Writing:
        self.begun += 1
        return self.host

    def asks(self, times: int = 1) -> None:
        for _ in range(times):
            ask(self.context, Question(NOTICE))
            self.done()

    def done(self) -> None:
        """Wait until the shadow rests."""
        with self.shadows._one:
            pass

    def counts(self) -> dict[str, Counts]:
        with self.board.db.transaction() as conn:
            found = shadows.sums(conn, self.board.run.name, datetime.now(UTC) - timedelta(hours=1))
        return {side: replace(one, seconds=0.0, squares=0.0) for side, one in found.items()}


Make = Callable[..., Room]


@pytest.fixture
def make(bench: Bench, tmp_path: Path) -> Make:
    bench.db.execute("TRUNCATE train_shadow_hours")

    def made(*words: str, shown: AskContext | None = None, share: float = 0.0) -> Room:
        board = Board(bench, tmp_path)
        tried(board, share)
        return Room(board, Writing(*words), shown or with_model(laws(), PROVEN))

    return made


def test_both_sides_of_the_same_questions_are_counted_and_no_word_is_kept(make: Make) -> None:
    room = make(MADE_UP)
    room.asks(3)
    assert room.counts() == {"shadow": Counts(3, 3, 0, 3), "shown": Counts(3, 3, 3, 0)}
    assert isinstance(room.context.shelf, MemoryShelf) and room.context.shelf.kept[-1].retrieval["pen"] == "scripted"
    row = room.board.db.fetch_all("SELECT * FROM train_shadow_hours WHERE side = 'shadow'")[0]
    assert set(row) == {"run_id", "starts", "side", "asked", "written", "proven", "fell_back", "seconds", "squares"} and row["seconds"] > 0


def test_beside_the_composer(make: Make) -> None:
    room = make(TUNED, shown=laws())
    room.asks()
    assert room.counts() == {"shadow": Counts(1, 1, 1, 0), "shown": Counts(1, 0, 1, 0)}
    assert room.context.shelf.kept[-1].retrieval["pen"] == ""  # type: ignore[attr-defined]


def test_what_is_shown_waits_for_no_shadow_and_one_is_written_at_a_time(make: Make) -> None:
    room = make(TUNED)
    room.host.gate.clear()
    began = time.monotonic()
    for _ in range(8):
        assert "zwei Wochen" in ask(room.context, Question(NOTICE)).text
    assert time.monotonic() - began < 5 and room.counts()["shadow"].asked == 0
    room.host.gate.set()
    room.done()
    assert room.host.asked == 1 and room.counts()["shadow"].asked == 1


def test_a_busy_machine_writes_nothing_and_a_fault_harms_nobody(make: Make) -> None:
    room = make(TUNED)
    room.busy = True
    room.asks()
    room.busy, room.host.fault = False, "der Prozess begann nicht"
    room.asks()
    assert room.host.asked == 0 and room.counts()["shown"].asked == 0  # it was not even loaded
    room.host.fault = ""
    room.asks()
    room.host.breaks = "unterwegs verstummt"
    room.asks()
    assert room.counts() == {"shadow": Counts(2, 2, 1, 1), "shown": Counts(2, 2, 2, 0)}


@pytest.mark.parametrize("share", [0.1])
def test_without_a_shadow_nothing_is_written_again_and_its_host_is_let_go(make: Make, share: float) -> None:
    room = make(TUNED, share=share)
    room.asks()
    assert (room.host.asked, room.host.closed, room.host.loaded) == (0, 0, {})
    room.board.promotions.serve(room.board.emil, room.board.run.name, 0.0)
    time.sleep(LOOK_S)
    room.asks()
    assert room.host.asked == 1
    room.board.promotions.end(room.board.emil, "")
    time.sleep(LOOK_S)
    room.asks(2)
    assert (room.host.asked, room.host.closed, room.begun) == (1, 1, 1)
    room.board.promotions.serve(room.board.emil, room.board.run.name, 0.0)
    time.sleep(LOOK_S)
    room.asks()
    assert (room.host.asked, room.host.closed, room.begun) == (2, 1, 2)  # a connection that was closed is not asked again


def test_a_question_that_nobody_writes_to_has_no_shadow(make: Make) -> None:
    room = make(TUNED)
    ask(room.context, Question("Wie wird das Wetter am Wochenende in Kassel?"))
    ask(room.context, Question("Guten Tag!"))
    room.done()
    assert room.host.asked == 0
    assert all("pen" not in one.retrieval for one in room.context.shelf.kept[-2:])  # type: ignore[attr-defined]
