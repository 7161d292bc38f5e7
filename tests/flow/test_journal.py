"""Pages of the journal are written whole, below the data folder, and nowhere else."""

import errno
import os
import threading
from pathlib import Path

import pytest

from nova import journal
from nova.errors import DiskFull, InvalidInput, Misconfigured

PLACE = "data/vector_ingest_report.md"


def test_a_page_is_written_listed_and_replaced(tmp_path: Path) -> None:
    path = journal.write(tmp_path, PLACE, "# Eins")
    assert path == tmp_path / "orchestration_journal" / "data" / "vector_ingest_report.md"
    assert path.stat().st_mode & 0o777 == 0o600
    journal.write(tmp_path, PLACE, "# Zwei\n")
    journal.write(tmp_path, "progress_report.md", "x")
    assert journal.read(tmp_path, PLACE) == "# Zwei\n"
    assert [page.place for page in journal.pages(tmp_path)] == [PLACE, "progress_report.md"]
    assert journal.pages(tmp_path)[0].size == 7


def test_nothing_is_there_before_the_first_page(tmp_path: Path) -> None:
    assert journal.pages(tmp_path) == []
    assert journal.read(tmp_path, PLACE) is None


@pytest.mark.parametrize(
    "place", ["", "../x.md", "/etc/x.md", "a/../../x.md", "x.py", ".hidden.md", "A.md", "a//b.md", "a/b/c/d/e.md", "x.md\n"]
)
def test_a_place_outside_the_journal_is_refused(tmp_path: Path, place: str) -> None:
    with pytest.raises(InvalidInput):
        journal.write(tmp_path, place, "x")
    assert list(tmp_path.rglob("*.md")) == []


def test_a_link_that_leads_outside_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    journal.journal(tmp_path).mkdir()
    (journal.journal(tmp_path) / "data").symlink_to(outside)
    with pytest.raises(InvalidInput):
        journal.write(tmp_path, PLACE, "x")
    assert list(outside.iterdir()) == []


def test_a_reader_never_sees_half_a_page(tmp_path: Path) -> None:
    texts = {letter * 200_000 + "\n" for letter in "ab"}
    journal.write(tmp_path, PLACE, min(texts))
    writers = [threading.Thread(target=lambda text=text: [journal.write(tmp_path, PLACE, text) for _ in range(20)]) for text in texts]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        assert journal.read(tmp_path, PLACE) in texts
    assert [path.name for path in (journal.journal(tmp_path) / "data").iterdir()] == ["vector_ingest_report.md"]


def test_what_the_file_system_refuses_is_said_in_words_and_leaves_the_page_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal.write(tmp_path, PLACE, "vorher")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        journal.write(tmp_path, PLACE, "nachher")
    assert journal.read(tmp_path, PLACE) == "vorher\n"
    assert len(list((journal.journal(tmp_path) / "data").iterdir())) == 1


def test_a_file_in_the_way_is_said_in_words(tmp_path: Path) -> None:
    journal.journal(tmp_path).write_text("")
    with pytest.raises(Misconfigured, match="lässt sich nicht schreiben"):
        journal.write(tmp_path, PLACE, "x")


def test_a_cell_does_not_break_its_table() -> None:
    assert journal.table(["a", "b"], [["x|y", "1\n2"]]) == "| a | b |\n| --- | --- |\n| x\\|y | 1 2 |\n"
