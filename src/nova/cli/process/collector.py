"""Python's cycle collector, taught to wait for a calm moment.

A collection of the oldest generation walks every object of the process and holds up all threads meanwhile: 30 to 90 ms with a long
document in memory, half a dozen times while that document is stored, to find next to nothing. So what is loaded at the start is set
aside, and the oldest generation is collected when the process has little to do. The young generations are collected as ever.
"""

import gc
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

LOOK_S = 1.0
CALM = 0.1  # of one processor
DUE = 100  # collections of the middle generation since the last of the oldest; Python itself begins to think of one after 10
TOO_LATE = 1000  # the same, after which Python collects whatever is going on


@contextmanager
def collecting_when_calm() -> Iterator[None]:
    """Inside the block full collections wait for calm; afterwards all is as before."""
    before, ended = gc.get_threshold(), threading.Event()
    thread = threading.Thread(target=_run, args=(ended,), name="nova-collector", daemon=True)
    gc.freeze()
    gc.set_threshold(before[0], before[1], TOO_LATE)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        gc.set_threshold(*before)
        gc.unfreeze()


def _run(ended: threading.Event) -> None:
    used = time.process_time()
    while not ended.wait(LOOK_S):
        before, used = used, time.process_time()
        if gc.get_count()[2] >= DUE and used - before < CALM * LOOK_S:
            gc.collect()
