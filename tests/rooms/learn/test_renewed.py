"""What is looked up again now and then: once by one thread, loaded only when it changed, and by nobody used before it was looked up."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from nova.wiring.renewed import Mark, Renewed


class Source:
    """Something that changes, and how often it was looked at and loaded."""

    def __init__(self) -> None:
        self.now, self.looked, self.loaded = 0.0, 0, 0
        self.value, self.may = "eins", threading.Event()
        self.may.set()

    def look(self) -> tuple[Mark, object]:
        self.looked += 1
        self.may.wait(10)
        return (self.value,), self.load

    def load(self) -> str:
        self.loaded += 1
        return self.value

    def opened(self) -> Renewed[str]:
        return Renewed("", self.look, 1.0, lambda: self.now)  # type: ignore[arg-type]


def test_it_is_looked_at_every_so_often_and_loaded_when_it_changed() -> None:
    source = Source()
    known = source.opened()
    seen = [known(), known()]
    source.now += 2
    seen.append(known())
    source.value = "zwei"
    source.now += 0.5
    seen.append(known())
    source.now += 2
    assert [*seen, known()] == ["eins"] * 4 + ["zwei"]
    assert (source.looked, source.loaded) == (3, 2)


def test_before_the_first_look_nobody_goes_without() -> None:
    source = Source()
    source.may.clear()
    known = source.opened()
    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(known) for _ in range(4)]
        threading.Timer(0.2, source.may.set).start()
        assert {one.result(10) for one in asked} == {"eins"}
    assert (source.looked, source.loaded) == (1, 1)


def test_what_cannot_be_looked_up_is_tried_again() -> None:
    source = Source()
    known = source.opened()

    def fails() -> tuple[Mark, object]:
        raise OSError

    known._look = fails  # type: ignore[assignment]
    with pytest.raises(OSError):
        known()
    known._look = source.look  # type: ignore[assignment]
    assert known() == "eins"
