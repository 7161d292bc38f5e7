"""What editors stand for in, documents that Luna may cite out; and one taken out again."""

import re
from io import BytesIO
from typing import Any

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
    name = f"antwort-{one.curated_id}.md"
    try:
        item_id = receive_file(intake, ADMIN, BytesIO(note_of(one).encode()), name, Labels("note", "api", (TAG,)), "name").item_id
    except Duplicate as same:
        item_id = same.data["item_id"]
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


def note_of(one: UnpublishedAnswer) -> str:
    """The answer as a document: the question as its title, who stands for it, and which it is, so that two never are one document."""
    day, number = one.created_at.astimezone(BERLIN), one.curated_id.hex[-8:].upper()
    question, answer = " ".join(one.question.split()), MARKS.sub("", one.answer).strip()
    return f"# {question}\n\n{answer}\n\nFreigegeben von der Redaktion ({editor_of(one.approver)}) am {day:%d.%m.%Y}, Nr. {number}.\n"


def editor_of(approver: str) -> str:
    """A short name that a reader can give back to the operator: no person's name stands in a document."""
    return "Verwaltung" if approver.partition(":")[0] == "admin" else f"R-{approver.rpartition(':')[2][:8].upper()}"
