"""What is looked up again now and then: once by one thread, loaded only when it changed, and by nobody used before it was looked up."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from nova.answers.understand.vocabulary import Vocabulary
from nova.wiring.renewed import Mark, Renewed, of_file, read_at_once


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

    def opened(self, **how: object) -> Renewed[str]:
        return Renewed(self.look, 1.0, lambda: self.now, **how)  # type: ignore[arg-type]


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


@pytest.mark.parametrize(("stale", "seen"), [(False, "zwei"), (True, "eins")])
def test_while_one_looks_again_the_others_wait_or_use_what_they_have(stale: bool, seen: str) -> None:
    source = Source()
    known = source.opened(stale=stale)
    assert known() == "eins"
    source.value = "zwei"
    source.now += 2
    source.may.clear()
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(known)
        while source.looked < 2:
            time.sleep(0.01)
        second = threads.submit(known)
        if not stale:
            threading.Timer(0.2, source.may.set).start()
        assert second.result(10) == seen
        source.may.set()
        assert first.result(10) == "zwei"
    assert source.looked == 2


def test_what_cannot_be_loaded_is_raised_and_tried_at_every_call() -> None:
    source = Source()
    known = source.opened()
    known()
    source.value, source.load = "zwei", failing  # type: ignore[method-assign]
    source.now += 2
    for _ in range(2):
        with pytest.raises(OSError):
            known()


def test_what_rests_serves_its_last_value_until_it_can_be_loaded_when_it_is_due() -> None:
    source = Source()
    load = source.load
    known = source.opened(rests=(OSError,))
    known()
    source.value, source.load = "zwei", failing  # type: ignore[method-assign]
    source.now += 2
    assert (known(), known(), source.looked) == ("eins", "eins", 2)
    source.load = load  # type: ignore[method-assign]
    assert known() == "eins"
    source.now += 2
    assert known() == "zwei"


def test_what_rests_is_raised_before_there_is_a_value_and_where_it_is_something_else() -> None:
    source = Source()
    source.load = failing  # type: ignore[method-assign]
    with pytest.raises(OSError):
        source.opened(rests=(OSError,))()
    with pytest.raises(OSError):
        source.opened(rests=(ValueError,))()


def failing() -> str:
    raise OSError


def test_a_file_is_read_again_when_it_comes_changes_or_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nova.wiring.renewed.FILE_S", -1.0)
    path, reads = tmp_path / "datei", []

    def load() -> str | None:
        reads.append(path.exists())
        return path.read_text("utf-8") if path.exists() else None

    known = of_file(path, load)
    seen = [known(), known()]
    path.write_text("eins", "utf-8")
    seen += [known(), known()]
    path.write_text("zwei!", "utf-8")
    seen.append(known())
    path.unlink()
    assert [*seen, known()] == [None, None, "eins", "eins", "zwei!", None]
    assert reads == [False, True, True, False]


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


def test_a_mark_that_says_nothing_is_loaded_once_too() -> None:
    loads: list[int] = []
    value = Renewed(lambda: ((), lambda: loads.append(1) or "nothing learned"), 2.0)
    assert (value(), value(), loads) == ("nothing learned", "nothing learned", [1])


def test_a_file_that_is_broken_later_leaves_what_was_read_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nova.wiring.renewed.FILE_S", -1.0)
    path = tmp_path / "wortschatz.yml"
    path.write_text("version: 1\nfelder: []\n", "utf-8")
    known = read_at_once(path, Vocabulary.load)
    before = known()
    for broken in (b"[", b"\xff\xfe"):
        path.write_bytes(broken)
        assert known() is before
    path.unlink()
    assert known() is not before
