"""Files and addresses become items: one for each place, read again when they come again."""

import contextlib
import threading
from collections.abc import Callable
from typing import Any

import pytest

from nova.knowledge.intake import Labels, receive_url
from nova.ports import Fetched
from nova.store import items
from tests.rooms.knowledge.house import ADMIN, LAW, House


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Run all at the same moment; gives what each returned."""
    gate, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(position: int) -> None:
        gate.wait()
        results[position] = acts[position]()

    threads = [threading.Thread(target=run, args=(position,)) for position in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


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
    receipts = together(*[lambda: receive_url(house.intake, ADMIN, "https://example.org/neu.md", Labels())] * 2)
    assert len({receipt.item_id for receipt in receipts}) == 1
    assert sorted(receipt.version for receipt in receipts) == [1, 2]
