"""What a conversation is about, kept in memory for half an hour: ids, provisions and periods, no words of anybody.

A focus belongs to who asked: whoever goes on with somebody else's conversation begins anew. It needs no consent, because nothing is stored
and nothing that was said is in it.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from nova.turns import NO_FOCUS, DataFocus, TurnKind

KEPT_FOR_S = 1800.0
MOST = 10_000  # conversations; the one not spoken of for longest goes first
MOST_TOPICS = 6


@dataclass(frozen=True, slots=True)
class LawTopic:
    """What an answer from documents was about: topics and keys of the map of rules, and the provisions that it cited, best first."""

    topics: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    norms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Focus:
    """What was wanted last, what data were asked for, and what documents were (the newest first); `asked_back`: the last answer asked back.

    `help` is the help that was given last.
    """

    kind: TurnKind | None = None
    data: DataFocus = NO_FOCUS
    law: tuple[LawTopic, ...] = ()
    help: str = ""
    asked_back: bool = False

    def with_law(self, topic: LawTopic) -> tuple[LawTopic, ...]:
        """The topics of law with this one in front."""
        rest = (one for one in self.law if one.topics != topic.topics or one.norms != topic.norms)
        return (topic, *rest)[:MOST_TOPICS]


NOTHING = Focus()
Key = tuple[UUID, UUID | None]  # conversation, who asks


@dataclass
class FocusStore:
    """The focus of each conversation. Threads share it."""

    now: Callable[[], float] = time.monotonic
    _kept: OrderedDict[Key, tuple[float, Focus]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, conversation: UUID | None, owner: UUID | None) -> Focus:
        """What this conversation of this person is about; `NOTHING` where that is not known (any longer)."""
        if conversation is None:
            return NOTHING
        with self._lock:
            kept = self._kept.get((conversation, owner))
        return NOTHING if kept is None or self.now() - kept[0] > KEPT_FOR_S else kept[1]

    def keep(self, conversation: UUID | None, owner: UUID | None, focus: Focus) -> None:
        """Remember it until the next turn; what is too old or too much goes."""
        if conversation is None:
            return
        now = self.now()
        with self._lock:
            self._kept[(conversation, owner)] = (now, focus)
            self._kept.move_to_end((conversation, owner))
            while len(self._kept) > MOST or now - next(iter(self._kept.values()))[0] > KEPT_FOR_S:
                self._kept.popitem(last=False)

    def forget(self, owner: UUID) -> None:
        """Nothing of this person is remembered any longer."""
        with self._lock:
            for key in [key for key in self._kept if key[1] == owner]:
                del self._kept[key]
