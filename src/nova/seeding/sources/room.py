"""What Nova holds itself as a source: of people only who agree to training, by pseudonym, texts without what is personal in them."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from nova.ports.sources import Batch, Cursor, Rooms, Sample
from nova.seeding.personal import clean_text
from nova.seeding.sources.lessons import LAW, lesson

PAGE, SHOWN = 5_000, 10
TEXTS: Mapping[str, Sequence[str]] = {
    "questions": ("question", "answer"),
    "feedback": ("question", "answer"),
    "tickets": ("title", "text"),
    "documents": ("title", "text"),
}
METER, LESSONS = "meter", "training"
Row = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class RoomSource:
    """One of Nova's rooms; a record in whose texts something personal might be left is not given. `raw` gives texts as they are stored.

    About 150 texts a second are looked at. Laws are given as they are.
    """

    room: str
    rooms: Rooms
    licence: str | None = None
    raw: bool = False

    @property
    def name(self) -> str:
        """What it is called in reports."""
        return f"nova/{self.room}"

    def lookup(self, person: str) -> bytes:
        """By what erasures know the person behind a pseudonym."""
        return self.rooms.lookup(person)

    def batches(self, cursor: Cursor) -> Iterator[Batch]:
        """All of it, page by page, as it is at one moment; there is nothing to go on from, since people withdraw what they agreed to."""
        for number, page in enumerate(self.rooms.pages(self.room, PAGE), 1):
            batch = self._batch(page, number)
            if batch is not None:
                yield batch

    def preview(self) -> Sample:
        """The first ten."""
        with closing(iter(self.rooms.pages(self.room, SHOWN))) as pages:  # type: ignore[type-var]
            batch = self._batch(next(pages, ()), 1)
        return (
            Sample(batch.columns, {}, batch.problems)
            if batch
            else Sample({}, {}, ("In diesem Bereich gibt es nichts, was man lernen darf.",))
        )

    def _batch(self, page: Sequence[Row], number: int) -> Batch | None:
        rows = [row for one in page if (row := self._given(one)) is not None]
        if not rows:
            return None
        left = len(page) - len(rows)
        problems = (f"Text nicht sicher frei von personenbezogenen Angaben, Datensatz fehlt: {left}x",) if left else ()
        digest = hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        return Batch(columns, {"page": number}, self.name, digest, datetime.now(UTC), problems)

    def _given(self, row: Row) -> dict[str, str | None] | None:
        """A record as it leaves the room; None where its texts could not be checked."""
        if self.room == LESSONS:
            return lesson(row, (lambda text: text) if self.raw else _clean)
        made = dict(row)
        if made.get(METER):
            hidden = self.rooms.hide(str(made[METER]))
            made |= {"id": str(made["id"]).replace(str(made[METER]), hidden, 1), METER: hidden}
        if self.raw or made.get("kind") == LAW:
            return made
        for name in TEXTS.get(self.room, ()):
            clean = _clean(made[name] or "")
            if clean is None:
                return None
            made[name] = clean
        return made


@lru_cache(maxsize=20_000)
def _clean(text: str) -> str | None:
    found = clean_text(text)
    return None if found is None else found[0]
