"""Files and addresses become items: one for each place, read again when they come again."""

import contextlib
import hashlib
import tempfile
import threading
import tracemalloc
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from nova.errors import Duplicate, TooLarge
from nova.knowledge.inspection import FileInspection
from nova.knowledge.intake import Labels, receive_url
from nova.ports import Fetched
from nova.store.documents import items
from tests.at_once import together
from tests.rooms.knowledge.house import ADMIN, LAW, House


def inspecting(max_bytes: int) -> FileInspection:
    """Files of every kind are text here."""
    return FileInspection(SimpleNamespace(sniff=lambda *_: "text/plain"), max_bytes)  # type: ignore[arg-type]


@pytest.fixture
def unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks for a predecessor and finds none lets the other look too before it goes on, if the other can."""
    gate = threading.Barrier(2)

    def slow(look: Callable[..., Any]) -> Callable[..., Any]:
        def looking(*args: Any) -> Any:
            found = look(*args)
            if found is None:
                with contextlib.suppress(threading.BrokenBarrierError):
                    gate.wait(0.5)
            return found

        return looking

    for name in ("by_url", "by_filename"):
        monkeypatch.setattr(items, name, slow(getattr(items, name)))


@pytest.mark.usefixtures("unseen")
def test_a_new_name_sent_twice_at_once_is_one_item(house: House) -> None:
    receipts = together(*[lambda more=more: house.receive(LAW + more, "neu.md", replace="name") for more in ("\n", "\n\n")])
    assert len({receipt.item_id for receipt in receipts}) == 1
    assert sorted(receipt.version for receipt in receipts) == [1, 2]


@pytest.mark.usefixtures("unseen")
def test_a_new_address_sent_twice_at_once_is_one_item(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = iter([LAW + "\n", LAW + "\n\n"])
    monkeypatch.setattr(house.fetcher, "fetch", lambda url: Fetched(url, next(pages).encode(), "text/markdown", "neu.md"))
    receipts = together(*[lambda: receive_url(house.intake, house.fetcher, ADMIN, "https://example.org/neu.md", Labels())] * 2)
    assert len({receipt.item_id for receipt in receipts}) == 1
    assert sorted(receipt.version for receipt in receipts) == [1, 2]


def test_an_upload_is_held_in_memory_once() -> None:
    with tempfile.SpooledTemporaryFile(max_size=1024) as upload:
        upload.write(LAW.encode() * (8 * 1024**2 // len(LAW.encode())))
        size = upload.tell()
        upload.seek(0)
        tracemalloc.start()
        try:
            data = inspecting(16 * 1024**2).read(upload)
            sha256 = inspecting(16 * 1024**2).identify(data, "groß.txt").sha256
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert len(data) == size and sha256 == hashlib.sha256(data).hexdigest()
        assert peak < 1.1 * size
        with pytest.raises(TooLarge):
            inspecting(size - 1).read(upload)


def test_a_file_that_failed_gets_the_title_it_would_have_had_at_first(house: House) -> None:
    first = house.receive(LAW, "brief.pdf")
    house.database.execute("UPDATE item_versions SET media_type = 'application/pdf'")
    assert house.work() == ["unreadable_file"]
    house.receive(LAW, "brief 2.md")
    assert house.shelf.one(ADMIN, first.item_id)["title"] == "brief 2"
    assert house.work() == ["done"]
    assert house.shelf.one(ADMIN, first.item_id)["title"] == "Verordnung über Musterlampen (MusterV)"


def test_a_file_that_failed_comes_again_as_what_it_is_taken_for_now(house: House) -> None:
    """The bytes say little: without an ending they may be e-mail, with one they are text."""
    first = house.receive(LAW, "brief.pdf")
    house.database.execute("UPDATE item_versions SET media_type = 'application/pdf'")
    assert house.work() == ["unreadable_file"]
    again = house.receive(LAW, "brief.md")
    item = house.shelf.one(ADMIN, first.item_id)
    assert (again.item_id, again.version, again.status) == (first.item_id, 1, "queued")
    assert (item["status"], item["error"], item["filename"], item["media_type"]) == ("queued", None, "brief.md", "text/markdown")
    assert house.work() == ["done"]
    assert house.shelf.one(ADMIN, first.item_id)["status"] == "ready"


def test_a_new_version_of_a_failed_item_waits_and_is_no_second_try_of_the_first(house: House) -> None:
    broken = b"%PDF-1.4\nkaputt"
    first = house.receive(broken, "muster.md")
    assert house.work() == ["unreadable_file"]
    assert house.receive(LAW, "muster.md", replace="name").status == "queued"
    assert house.shelf.one(ADMIN, first.item_id)["status"] == "queued"
    with pytest.raises(Duplicate):
        house.receive(LAW, "muster.md", replace="name")
    assert [row["state"] for row in house.shelf.one(ADMIN, first.item_id)["versions"]] == ["queued", "failed"]


def test_a_version_that_a_later_one_overtook_holds_nobody_up(house: House) -> None:
    first = house.receive(LAW, "muster.md")
    house.receive(LAW.replace("drei", "vier"), "muster.md", replace="name")
    house.database.execute("UPDATE item_versions SET state = 'failed' WHERE version = 1")
    late = house.jobs.claim("test", ["ingest"])
    assert late is not None and house.work() == ["done"]
    house.database.execute("UPDATE item_versions SET state = 'queued' WHERE version = 1")
    house.handlers["ingest"](late)
    late.done()
    house.receive(LAW.replace("drei", "sechs"), "muster.md", replace="name")
    assert house.work() == ["done"]
    assert house.shelf.one(ADMIN, first.item_id)["version"] == 3
