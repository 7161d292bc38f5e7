"""Which tuned model writes an answer: the pointer in, the adapter that lies ready out, chosen anew for each question.

An adapter answers once its host has loaded it; until then the base, or the composer without a model, goes on. So neither a promotion nor a
step back makes a question wait or fail: whoever served last still lies ready.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nova.errors import Conflict, NovaError
from nova.flows.training.running import PLACE
from nova.ports import ChatMessage
from nova.ports.training import Adapter, AdapterHost
from nova.store.releases import Release, takes_part
from nova.training.config import folder_digest

LOG = logging.getLogger(__name__)
AGAIN_S = 30.0  # between two tries to load


@dataclass(frozen=True, slots=True)
class TunedGenerator:
    """A model with one adapter, for one question. Implements `nova.ports.Generator`."""

    adapter: Adapter
    host: AdapterHost

    @property
    def model(self) -> str:
        """The run's name."""
        return self.adapter.name

    def stream(self, messages: Sequence[ChatMessage], *, max_tokens: int) -> Iterator[str]:
        """As the port says."""
        return self.host.stream(messages, adapter=self.adapter, max_tokens=max_tokens)

    def health(self) -> Mapping[str, Any]:
        """As the port says."""
        return self.host.health()


def verify(adapter: Adapter) -> None:
    """Conflict where an adapter's files are not those that were judged."""
    if not adapter.folder.is_dir() or folder_digest(adapter.folder) != adapter.sha256:
        raise Conflict(f"Die Gewichte von {adapter.name} sind andere als die, die beurteilt wurden.")


def adapter_of(release: Release, data: Path) -> Adapter | None:
    """A release as a host knows it; None for one without weights."""
    return None if release.digest is None else Adapter(release.name, data / PLACE / release.name / "adapter", release.digest)


class ServingAdapters:
    """`writer` is asked at each question, by many at once; `in_use` gives the live release and the one on trial, as of a moment ago."""

    def __init__(self, in_use: Callable[[], Sequence[Release]], data: Path, host: AdapterHost) -> None:
        self._in_use, self._data, self._host = in_use, data, host
        self._lock = threading.Lock()
        self._tried: dict[Adapter, float] = {}

    def writer(self, asker: str) -> TunedGenerator | None:
        """Who writes for somebody (a person or a conversation); None: the base, or nobody."""
        for found in self._chosen(asker):
            if (adapter := adapter_of(found, self._data)) is None:
                continue
            if self._host.ready(adapter):
                return TunedGenerator(adapter, self._host)
            self._prepare_later(adapter)
        return None

    def _chosen(self, asker: str) -> Iterator[Release]:
        """The release on trial for its share of those who ask, then the live one."""
        in_use = self._in_use()
        yield from (one for one in in_use if one.state == "trial" and takes_part(asker, one.name, one.share))
        yield from (one for one in in_use if one.state == "live")

    def _prepare_later(self, adapter: Adapter) -> None:
        """Load it beside what answers now, at most every `AGAIN_S`."""
        with self._lock:
            now = time.monotonic()
            if now - self._tried.get(adapter, -AGAIN_S) < AGAIN_S:
                return
            self._tried[adapter] = now
        threading.Thread(target=self._prepare, args=(adapter,), daemon=True, name="adapter").start()

    def _prepare(self, adapter: Adapter) -> None:
        try:
            self._host.prepare(adapter)
        except NovaError as error:
            LOG.warning("an adapter could not be loaded", extra={"adapter": adapter.name, "reason": error.message})
