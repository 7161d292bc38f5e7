"""The line in front of costly work: bounded, and by turns between callers."""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from nova import courtesy
from nova.api.limits.rates import LONGEST_S, MOST_HELD, Pace
from nova.api.limits.turns import OPERATOR, Line, Room
from nova.errors import Busy, TooManyRequests


def line(slots: int, queue: int, each: int | None = None, queue_each: int = 1000) -> Line:
    return Line(Room(slots, queue, each or slots, queue_each, "Fragen beantwortet"))


def played(scene: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(scene)


async def calm() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_the_line_holds_so_many_and_the_next_is_busy_at_once() -> None:
    async def scene() -> None:
        one = line(1, 1)
        await one.enter("a")
        second = asyncio.create_task(one.enter("a"))
        await calm()
        with pytest.raises(Busy) as refused:
            await one.enter("b")
        assert refused.value.data["retry_after"] > 0
        assert "Fragen beantwortet" in refused.value.message and "in 5 s" in refused.value.message
        one.leave("a")
        await second
        one.leave("a")
        assert one.inside == 0
        async with one.place("a"):
            assert (one.served, one.waiting) == (1, 0)

    played(scene())


def test_who_gives_up_waiting_leaves_the_line() -> None:
    async def scene() -> None:
        one = line(1, 5)
        await one.enter("a")
        waiting = asyncio.create_task(one.enter("b"))
        await calm()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert one.inside == 1
        one.leave("a")
        await asyncio.wait_for(one.enter("b"), 1)

    played(scene())


def test_who_is_called_in_the_moment_they_leave_gives_the_place_on() -> None:
    async def scene() -> None:
        one = line(1, 5)
        await one.enter("a")
        leaving, next_one = asyncio.create_task(one.enter("b")), asyncio.create_task(one.enter("c"))
        await calm()
        one.leave("a")
        leaving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leaving
        await asyncio.wait_for(next_one, 1)
        one.leave("c")
        assert one.inside == 0

    played(scene())


def test_who_waits_too_long_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nova.api.limits.turns.LONGEST_WAIT", 0.01)

    async def scene() -> None:
        one = line(1, 5)
        await one.enter("a")
        with pytest.raises(Busy):
            await one.enter("b")
        patient = asyncio.create_task(one.enter("b", patient=True))
        await asyncio.sleep(0.05)
        assert not patient.done()
        one.leave("a")
        await patient
        one.leave("b")
        assert one.inside == 0

    played(scene())


def test_a_hundred_of_one_do_not_keep_another_waiting() -> None:
    served: list[str] = []

    async def ask(one: Line, whose: str) -> None:
        async with one.place(whose):
            served.append(whose)
            await asyncio.sleep(0)

    async def scene() -> None:
        one = line(1, 1000)
        await one.enter("first")
        tasks = [asyncio.create_task(ask(one, "greedy")) for _ in range(100)]
        await calm()
        tasks += [asyncio.create_task(ask(one, whose)) for whose in ("b", "c", "b")]
        await calm()
        one.leave("first")
        await asyncio.gather(*tasks)
        assert one.inside == 0

    played(scene())
    assert served[:5] == ["greedy", "b", "c", "greedy", "b"]
    assert len(served) == 103


def test_one_caller_gets_all_places_but_one_and_the_operator_all() -> None:
    async def scene() -> None:
        one = line(3, 10, each=2)
        for _ in range(2):
            await one.enter("a")
        third = asyncio.create_task(one.enter("a"))
        await calm()
        assert not third.done() and not one.free("a") and one.free("b")
        await one.enter("b")
        one.leave("b")
        await calm()
        assert not third.done()
        one.leave("a")
        await third
        for _ in range(2):
            one.leave("a")
        for _ in range(3):
            await asyncio.wait_for(one.enter(OPERATOR), 1)

    played(scene())


def test_of_one_caller_only_so_many_wait() -> None:
    async def scene() -> None:
        one = line(1, 10, queue_each=2)
        await one.enter("a")
        waiting = [asyncio.create_task(one.enter("a")) for _ in range(2)]
        await calm()
        with pytest.raises(TooManyRequests) as refused:
            await one.enter("a")
        assert refused.value.status == 429 and refused.value.data["retry_after"] > 0 and "warten schon 2" in refused.value.message
        other = asyncio.create_task(one.enter("b"))
        await calm()
        assert one.waiting == 3
        for task in (*waiting, other):
            task.cancel()

    played(scene())


@given(some.lists(some.tuples(some.sampled_from("abcd"), some.booleans()), max_size=60), some.integers(1, 3), some.integers(1, 3))
def test_nobody_is_forgotten_and_no_place_is_lost(steps: list[tuple[str, bool]], slots: int, each: int) -> None:
    async def scene() -> None:
        one, inside, waiting = line(slots, 1000, each=min(each, slots)), [], []
        for whose, leaves in steps:
            if leaves and inside:
                one.leave(inside.pop(0))
            else:
                waiting.append((whose, asyncio.create_task(one.enter(whose))))
            await calm()
            inside += [known for known, task in waiting if task.done()]
            waiting = [(known, task) for known, task in waiting if not task.done()]
            assert one.served == len(inside) <= slots
            assert all(inside.count(known) <= each for known in "abcd")
            free = slots - one.served
            assert not free or all(inside.count(known) >= min(each, slots) for known, _ in waiting)
        while inside:
            one.leave(inside.pop(0))
            await calm()
            inside += [known for known, task in waiting if task.done()]
            waiting = [(known, task) for known, task in waiting if not task.done()]
        assert (one.served, one.waiting, waiting) == (0, 0, [])

    played(scene())


def test_work_of_a_line_has_threads_of_its_own() -> None:
    import threading
    import time

    names: set[str] = set()

    def work() -> int:
        names.add(threading.current_thread().name)
        time.sleep(0.01)
        return 7

    async def scene() -> list[int]:
        one = line(2, 100)
        return list(await asyncio.gather(*(one.run("a", work) for _ in range(10))))

    assert played(scene()) == [7] * 10
    assert len(names) <= 2


def test_the_first_come_at_once_and_then_at_a_pace() -> None:
    now = 1000.0
    pace = Pace(20, 0.05, clock=lambda: now)
    found = [pace.due("a") for _ in range(24)]
    assert found[:20] == [0.0] * 20
    assert found[21:] == pytest.approx([0.05, 0.1, 0.15])
    assert pace.due("b") == 0.0
    for _ in range(1000):
        pace.due("a")
    assert pace.due("a") == LONGEST_S
    now += 1000.0
    assert pace.due("a") == 0.0


def test_for_who_has_to_wait_nobody_makes_way_and_of_too_many_none_waits() -> None:
    async def scene() -> list[bool]:
        pace = Pace(1, 0.01, clock=lambda: 1000.0)
        with courtesy.waiting():
            assert await pace.hold("a") and await pace.hold("a") and courtesy._waiting
            assert await pace.hold("a") and not courtesy._waiting
            return list(await asyncio.gather(*(pace.hold("a") for _ in range(MOST_HELD + 5))))

    assert Counter(played(scene()))[False] == 5


def test_whoever_asks_without_end_gets_twenty_refusals_a_second() -> None:
    async def scene() -> int:
        brake, refused = Pace.of_refusals(), 0

        async def ask() -> None:
            nonlocal refused
            while True:
                await brake.hold("a")
                refused += 1
                await asyncio.sleep(0)

        tasks = [asyncio.create_task(ask()) for _ in range(40)]
        await asyncio.sleep(0.5)
        for task in tasks:
            task.cancel()
        return refused

    assert played(scene()) <= 20 + 0.5 / 0.05 + 15
