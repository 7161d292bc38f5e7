"""A value that many ask for is read once, also where reading takes longer than the value is kept."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from nova.recent import Recent

KEPT_S, READING_S = 3.0, 4.0


class Source:
    """Something that is slow to read, on a clock of its own."""

    def __init__(self) -> None:
        self.now, self.reads = 0.0, 0
        self.asked, self.may = Event(), Event()

    def read(self) -> int:
        self.asked.set()
        assert self.may.wait(10)
        self.now += READING_S
        self.reads += 1
        return self.reads


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def recent(source: Source) -> Recent[int]:
    return Recent(source.read, KEPT_S, lambda: source.now)


def test_a_value_is_kept_from_the_moment_it_is_known(source: Source, recent: Recent[int]) -> None:
    source.may.set()
    seen = [recent(), recent()]
    source.now += KEPT_S - 0.1
    seen.append(recent())
    source.now += 0.1
    assert [*seen, recent()] == [1, 1, 1, 2]


def test_who_waited_for_a_slow_read_does_not_read_again(source: Source, recent: Recent[int]) -> None:
    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(recent) for _ in range(4)]
        assert source.asked.wait(10)
        source.may.set()
        assert {one.result(10) for one in asked} == {1}
    assert source.reads == 1


def test_what_could_not_be_read_is_read_by_the_next() -> None:
    answers = iter([OSError("away"), 7])

    def read() -> int:
        answer = next(answers)
        if isinstance(answer, OSError):
            raise answer
        return answer

    recent = Recent(read, KEPT_S)
    with pytest.raises(OSError, match="away"):
        recent()
    assert (recent(), recent()) == (7, 7)
