"""A stream in memory: what was not committed comes again; `absent` makes it an absent server, `lacking` are topics it has not got."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from nova.errors import ServerAbsent, TooLarge
from nova.ports import Message


@dataclass
class MemoryBatch:
    """Messages of one topic; `commit` moves the reader on."""

    stream: "MemoryStream"
    topic: str
    messages: Sequence[Message]

    def commit(self) -> None:
        self.stream.answer()
        self.stream.read[self.topic] = self.stream.read.get(self.topic, 0) + len(self.messages)


@dataclass
class MemoryStream:
    """One reader, one partition."""

    held: dict[str, list[Message]] = field(default_factory=dict)
    read: dict[str, int] = field(default_factory=dict)
    absent: bool = False
    lacking: tuple[str, ...] = ()
    largest: int = 1_000_000

    def publish(self, topic: str, messages: Sequence[Message]) -> None:
        self.answer()
        if topic in self.lacking:
            raise ServerAbsent(f"Das Thema {topic} gibt es nicht.")
        if any(len(message.value) > self.largest for message in messages):
            raise TooLarge("Die Nachricht ist zu groß.")
        line = self.held.setdefault(topic, [])
        line += [replace(message, position=f"0:{len(line) + number}:0") for number, message in enumerate(messages)]

    def take(self, topic: str, group: str, limit: int, timeout: float) -> MemoryBatch:
        self.answer()
        at = self.read.get(topic, 0)
        return MemoryBatch(self, topic, self.held.get(topic, [])[at : at + limit])

    def again(self, topic: str) -> None:
        """Give everything once more."""
        self.read[topic] = 0

    def health(self) -> Mapping[str, Any]:
        self.answer()
        return {"name": "memory"}

    def close(self) -> None:
        """Nothing to let go."""

    def answer(self) -> None:
        if self.absent:
            raise ServerAbsent("Der Strom antwortet nicht.")
