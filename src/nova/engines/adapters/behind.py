"""A server's door in, a host out: what all servers have in common that answer with a base and its adapters by name.

Which adapters such a server holds is looked up when one is prepared; in between `ready` goes by what it held then. A server that was begun
anew, or lost an adapter, says so at the next question: that one is answered without the adapter, which is then prepared again.
"""

import contextlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from nova.engines.models.model_server import ModelServer, TooLong
from nova.errors import ServerAbsent
from nova.ports import ChatMessage
from nova.ports.training import Adapter

KEPT = 3
LOAD_S = 600.0


@dataclass(frozen=True, slots=True)
class Held:
    """What a server calls its base, and the keys of the adapters that it could answer with."""

    base: str
    keys: frozenset[str]


class Door(Protocol):
    """How one kind of server is spoken to. A key names an adapter and its weights ("": the base alone)."""

    name: str

    @property
    def servers(self) -> Sequence[ModelServer]:
        """The connections to it."""

    def held(self) -> Held:
        """What the server holds now; ServerAbsent."""

    def load(self, adapter: Adapter, key: str) -> None:
        """Have it hold one more; ServerAbsent, Conflict with what people have to do first."""

    def drop(self, key: str) -> None:
        """Have it hold one less, where it can; ServerAbsent."""

    def pieces(self, messages: Sequence[ChatMessage], key: str, most: int) -> Iterator[str]:
        """Greedy words as they come; ServerAbsent, also mid-stream."""


class ServerHost:
    """`verify` raises where an adapter may not serve; it is asked before anything of it is sent."""

    def __init__(self, door: Door, verify: Callable[[Adapter], None]) -> None:
        self._door, self._verify = door, verify
        self._lock = threading.Lock()
        self._ready: OrderedDict[str, None] = OrderedDict()

    @property
    def name(self) -> str:
        """Which kind of server it is."""
        return self._door.name

    def ready(self, adapter: Adapter) -> bool:
        """As the port says."""
        return adapter.key in self._ready

    def prepare(self, adapter: Adapter) -> None:
        """As the port says."""
        key = adapter.key
        if self._used(key):  # without the lock: nobody waits for the adapter that somebody else has loaded
            return
        with self._lock:
            if self._used(key):
                return
            self._verify(adapter)
            if key not in self._door.held().keys:
                self._load(adapter, key)
            self._ready[key] = None
            while len(self._ready) > KEPT:
                oldest, _ = self._ready.popitem(last=False)
                with contextlib.suppress(ServerAbsent):
                    self._door.drop(oldest)

    def _load(self, adapter: Adapter, key: str) -> None:
        try:
            self._door.load(adapter, key)
        except OSError as error:
            raise ServerAbsent(f"Die Dateien von {adapter.name} lassen sich für {self.name} nicht schreiben: {error.strerror}.") from error

    def stream(self, messages: Sequence[ChatMessage], *, adapter: Adapter | None, max_tokens: int) -> Iterator[str]:
        """As the port says."""
        key = ""
        if adapter is not None:
            self.prepare(adapter)
            key = adapter.key
        try:
            yield from self._door.pieces(messages, key, max_tokens)
        except TooLong:
            raise
        except ServerAbsent:
            self._ready.pop(key, None)
            raise

    def _used(self, key: str) -> bool:
        """Whether it lies ready; it is the last that goes then."""
        try:
            self._ready.move_to_end(key)
        except KeyError:
            return False
        return True

    def drop(self, adapter: Adapter) -> None:
        """As the port says."""
        self._ready.pop(adapter.key, None)
        self._door.drop(adapter.key)

    def health(self) -> Mapping[str, Any]:
        """Name, base, and which adapters lie ready; ServerAbsent."""
        held = self._door.held()
        return {"name": self.name, "model": held.base, "adapters": sorted(held.keys)}

    def close(self) -> None:
        """Let go of the connections."""
        for server in self._door.servers:
            server.close()
