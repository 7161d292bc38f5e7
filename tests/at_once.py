"""Calls in, what each returned out: all begun at the same moment, in threads of their own."""

import threading
from collections.abc import Callable
from typing import Any


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
