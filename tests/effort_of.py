"""How much work a call is, told so that a noisy machine and the memory of thousands of tests before it do not speak."""

import gc
import time
from collections.abc import Callable


def cpu_seconds(call: Callable[[], object]) -> float:
    """The least CPU seconds of three runs, without the collector: it walks over whatever all other tests left."""
    seconds = []
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        for _ in range(3):
            begun = time.process_time()
            call()
            seconds.append(time.process_time() - begun)
    finally:
        if was_enabled:
            gc.enable()
    return min(seconds)


def grows_linearly(work: Callable[[int], object], size: int) -> bool:
    """Whether sixteen times as much takes nearer to sixteen times as long than to the 256 times of what is quadratic."""
    return cpu_seconds(lambda: work(16 * size)) < 64 * max(cpu_seconds(lambda: work(size)), 0.001)
