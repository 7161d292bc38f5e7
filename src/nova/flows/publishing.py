"""What editors stand for in, documents that Luna may cite out; and one taken out again."""

import re
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from nova.errors import Duplicate, NotFound
from nova.german import BERLIN
from nova.governance.identity import ADMIN
from nova.knowledge.intake import Intake, Labels, receive_file
from nova.knowledge.items import Shelf
from nova.ports.jobs import JobContext
from nova.store.quality import review
from nova.store.quality.review import UnpublishedAnswer

TAG = "redaktion"
MARKS = re.compile(r" ?\[(?:chunk|data) [0-9a-f-]{36}\]")


@dataclass(frozen=True, slots=True)
class Note:
    """What an editor stands for and wrote to a question; `source` says where it comes from, "" where Luna's own answer was corrected."""

    note_id: UUID
    question: str
    answer: str
    approver: str
    made_at: datetime
    source: str = ""

    @staticmethod
    def of(one: UnpublishedAnswer) -> "Note":
        """What becomes of a curated answer."""
        return Note(one.curated_id, one.question, one.answer, one.approver, one.created_at)


def publish_waiting(intake: Intake, shelf: Shelf, ctx: JobContext) -> int:
    """Publish everything that waits, how many; what a run that was cut off left behind goes."""
    with intake.db.transaction() as conn:
        waiting, left = review.unpublished(conn), review.orphans(conn, TAG)
    for item_id in left:
        withdraw(shelf, item_id)
    done = 0
    for number, one in enumerate(waiting):
        ctx.progress("veröffentlichen", number, len(waiting))
        done += publish(intake, shelf, one)
    return done


def publish(intake: Intake, shelf: Shelf, one: UnpublishedAnswer) -> bool:
    """Take a curated answer in as a note; whether it stands. One that was taken back meanwhile goes again."""
    item_id = take_in(intake, Note.of(one))
    with intake.db.transaction() as conn:
        stands = review.published(conn, one.curated_id, item_id)
    if not stands:
        withdraw(shelf, item_id)
    return stands


def withdraw(shelf: Shelf, item_id: Any) -> None:
    """Take a published answer out of what Luna may cite; one that is gone already is fine."""
    try:
        shelf.delete(ADMIN, item_id)
    except NotFound:
        return


def take_in(intake: Intake, note: Note) -> UUID:
    """Take a note in; the document it is. Done again after a kill, it is the same document."""
    name = f"antwort-{note.note_id}.md"
    try:
        return receive_file(intake, ADMIN, BytesIO(note_of(note).encode()), name, Labels("note", "api", (TAG,)), "name").item_id
    except Duplicate as same:
        return UUID(str(same.data["item_id"]))


def note_of(one: Note) -> str:
    """The answer as a document: the question as its title, its source, who stands for it, and which it is: two never are one document."""
    day, number = one.made_at.astimezone(BERLIN), one.note_id.hex[-8:].upper()
    question, answer = " ".join(one.question.split()), MARKS.sub("", one.answer).strip()
    source = f"Quelle: {' '.join(one.source.split())}\n\n" if one.source else ""
    return (
        f"# {question}\n\n{answer}\n\n{source}Freigegeben von der Redaktion ({editor_of(one.approver)}) am {day:%d.%m.%Y}, Nr. {number}.\n"
    )


def editor_of(approver: str) -> str:
    """A short name that a reader can give back to the operator: no person's name stands in a document."""
    return "Verwaltung" if approver.partition(":")[0] == "admin" else f"R-{approver.rpartition(':')[2][:8].upper()}"
