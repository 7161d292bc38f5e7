"""The jobs of the editorial queue: answers in, entries to look at out; and what editors stand for in, documents that Luna may cite out."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from nova.answers.ask import NOT_KEPT
from nova.errors import Duplicate, NotFound
from nova.german import BERLIN
from nova.governance.identity import ADMIN
from nova.jobs.kind import SERVING, JobKind
from nova.knowledge import items
from nova.knowledge.intake import Intake, Labels, receive_file
from nova.knowledge.items import Shelf
from nova.kpi.kinds import FILL, PUBLISH
from nova.kpi.review.sampling import draw, queued
from nova.language.analyser import Analyser
from nova.ports.jobs import JobContext, JobHandler
from nova.store import review
from nova.store.db import Database
from nova.store.ids import uuid7
from nova.store.review import Unpublished

BACK = timedelta(days=30)
WAITING = 100  # more waiting entries than editors look through in a week help nobody
MOST_CANDIDATES = 5000
TAG = "redaktion"
MARKS = re.compile(r" ?\[(?:chunk|data) [0-9a-f-]{36}\]")


def fill_handler(db: Database, analyser: Callable[[], Analyser]) -> JobHandler:
    """No arguments."""

    def run(ctx: JobContext) -> None:
        ctx.progress("auswählen")
        ctx.finish(fill(db, analyser(), datetime.now(UTC)))

    return run


def fill(db: Database, analyser: Analyser, now: datetime) -> dict[str, Any]:
    """Fill the queue up to its size with the answers of 30 days that are most worth a look."""
    with db.transaction() as conn:
        waiting = review.counts(conn).open
        found = review.candidates(conn, now - BACK, now, NOT_KEPT, MOST_CANDIDATES) if waiting < WAITING else []
        queue = review.waiting(conn) if found else []
    drawn = draw(found, WAITING - waiting, lambda question: _stems(analyser, question), queue)
    with db.transaction() as conn:
        added = review.put(conn, queued(drawn, uuid7)) if drawn else 0
    return {"candidates": len(found), "added": added, "open": waiting + added}


def _stems(analyser: Analyser, question: str) -> Iterable[str]:
    return (word.stem for word in analyser.words(question) if word.stem)


def publish_handler(intake: Intake, shelf: Shelf) -> JobHandler:
    """No arguments: everything that waits to be published; what a run that was cut off left behind goes."""

    def run(ctx: JobContext) -> None:
        with intake.db.transaction() as conn:
            waiting, left = review.unpublished(conn), review.orphans(conn, TAG)
        for item_id in left:
            withdraw(shelf, item_id)
        done = 0
        for number, one in enumerate(waiting):
            ctx.progress("veröffentlichen", number, len(waiting))
            done += publish(intake, shelf, one)
        ctx.finish({"published": done})

    return run


def publish(intake: Intake, shelf: Shelf, one: Unpublished) -> bool:
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
        items.delete_item(shelf, ADMIN, item_id)
    except NotFound:
        return


def note_of(one: Unpublished) -> str:
    """The answer as a document: the question as its title, who stands for it, and which it is, so that two never are one document."""
    day, number = one.created_at.astimezone(BERLIN), one.curated_id.hex[-8:].upper()
    question, answer = " ".join(one.question.split()), MARKS.sub("", one.answer).strip()
    return f"# {question}\n\n{answer}\n\nFreigegeben von der Redaktion ({editor_of(one.approver)}) am {day:%d.%m.%Y}, Nr. {number}.\n"


def editor_of(approver: str) -> str:
    """A short name that a reader can give back to the operator: no person's name stands in a document."""
    return "Verwaltung" if approver == "admin" else f"R-{approver.rpartition(':')[2][:8].upper()}"


JOBS = (
    JobKind(FILL, lambda shop: fill_handler(shop.db, shop.analysers.current), timedelta(hours=1)),
    JobKind(PUBLISH, lambda nova: publish_handler(nova.intake, nova.shelf), runs_on=(SERVING,)),
)
