"""Questions to several services in, their answers out, all asked at once: one that is silent costs its own time, not the sum of all."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

T = TypeVar("T")


def at_once(questions: Mapping[str, Callable[[], T]], seconds: float, late: T) -> dict[str, T]:
    """Each question's answer, or `late` when it did not come within `seconds`; what a question raises is raised here."""
    pool = ThreadPoolExecutor(len(questions), thread_name_prefix="nova-probe")
    try:
        asked = {name: pool.submit(question) for name, question in questions.items()}
        done, _ = wait(asked.values(), seconds)
        return {name: future.result() if future in done else late for name, future in asked.items()}
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
