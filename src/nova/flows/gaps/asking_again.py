"""Steps about unanswered questions in, each measured out: what editors wrote becomes a document, and the questions are asked again.

They are asked as people would ask them: with the prompt, the model and the vocabulary of this moment, as customers or as who works for the
company; nothing of it is kept but how it went and which section answers. It is also here that search says where a gap's answer may stand.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import structlog

from nova.answers.again import NearSection, ask_again, nearest
from nova.answers.ask import NOT_KEPT, AskContext
from nova.answers.passages.name import short_title
from nova.courtesy import make_way
from nova.errors import InvalidInput, JobCancelled, JobLost, JobWaits, NotFound, NovaError
from nova.flows.publishing import Note, take_in, withdraw
from nova.knowledge.intake import Intake
from nova.knowledge.items import Shelf
from nova.kpi.gaps.closing import ENOUGH
from nova.kpi.gaps.find import close
from nova.kpi.measure.hour import POINTS_AT_A_GAP, is_weak
from nova.ports.jobs import JobContext
from nova.records import Answer
from nova.store.postgres.db import Database
from nova.store.quality import gap_steps as store
from nova.store.quality import gaps
from nova.store.quality.gap_steps import After, Place, Step, ToAsk

MOST_ASKED, MOST_STEPS, MOST_GAPS = 10, 10, 10
LOOKED_AT = 5  # questions of a gap that search is asked for its place with
AGREE = 0.5  # share of them that have to come near the same section
SOON_S, FILE_S = 2, 3  # until a document that is being read is looked for again; until a changed vocabulary is read everywhere
STILL_READ = "Das Dokument wird noch gelesen."
log = structlog.get_logger(__name__)


class AskingAgain:
    """Measures steps. `context` is what people are answered with."""

    def __init__(self, db: Database, intake: Intake, shelf: Shelf, context: AskContext) -> None:
        self._db, self._intake, self._shelf, self._context = db, intake, shelf, context

    def one(self, step_id: UUID, ctx: JobContext) -> dict[str, Any]:
        """Measure a step; JobWaits while its document is being read. One that was taken back, or is gone, asks nothing."""
        try:
            with self._db.transaction() as conn:
                step = store.get(conn, step_id)
        except NotFound:
            return {"asked": 0, "answered": 0}
        if step.undone_at is not None:
            return {"asked": 0, "answered": 0}
        unpublished = step.item_id is None and step.measured_at is None  # one that was measured and is gone was deleted: it stays so
        if step.what == "answer" and unpublished and not self._publish(step):
            return {"asked": 0, "answered": 0}
        self._wait_for(step)
        return self._measure(step, ctx)

    def due(self, ctx: JobContext) -> dict[str, Any]:
        """Measure steps that may help more by now, and look for the places of open gaps; some at a time."""
        with self._db.transaction() as conn:
            steps, looked = store.due(conn, MOST_STEPS), store.to_look_for(conn, MOST_GAPS)
        for number, step_id in enumerate(steps):
            ctx.progress("fragen", number, len(steps) + len(looked))
            try:
                self.one(step_id, ctx)
            except (JobCancelled, JobLost):
                raise
            except NovaError as error:  # its document is being read, or cannot be: the others are asked all the same
                log.warning("gap_step_not_measured", step_id=str(step_id), error=error.code)
        for number, gap_id in enumerate(looked):
            ctx.progress("suchen", len(steps) + number, len(steps) + len(looked))
            self._look(gap_id)
        return {"steps": len(steps), "gaps": len(looked)}

    def _publish(self, step: Step) -> bool:
        """Take in what an editor wrote; False where they took it back meanwhile."""
        note = Note(step.step_id, step.facts["question"], step.facts["answer"], step.made_by, step.made_at, step.facts["source"])
        item_id = take_in(self._intake, note)
        with self._db.transaction() as conn:
            stands = store.became(conn, step.step_id, item_id)
        if not stands:
            withdraw(self._shelf, item_id)
        return stands

    def _wait_for(self, step: Step) -> None:
        with self._db.transaction() as conn:
            if store.item_waits(conn, step.step_id):
                raise JobWaits(STILL_READ, data={"retry_after": SOON_S})
        age = (datetime.now(UTC) - step.made_at).total_seconds()
        if step.what == "words" and age < FILE_S:
            raise JobWaits("Der Wortschatz wird neu gelesen.", data={"retry_after": SOON_S})

    def _measure(self, step: Step, ctx: JobContext) -> dict[str, Any]:
        with self._db.transaction() as conn:
            asked = store.to_ask(conn, step.step_id, NOT_KEPT, POINTS_AT_A_GAP, MOST_ASKED)
        answered = 0
        for number, one in enumerate(asked):
            ctx.progress("fragen", number, len(asked))
            after, place = self._ask(one)
            answered += after == "answered"
            with self._db.transaction() as conn:
                store.note_asked(conn, step.step_id, one, after, place)
        self._conclude(step)
        return {"asked": len(asked), "answered": answered}

    def _conclude(self, step: Step) -> None:
        """Close the gap where enough is answered and the step still stands; what was asked meanwhile may be gone, or taken back."""
        with self._db.transaction() as conn:
            try:
                found = store.get(conn, step.step_id, lock=True)
            except NotFound:
                return
            store.measured(conn, step.step_id)
            enough = found.undone_at is None and found.asked > 0 and found.answered / found.asked >= ENOUGH
            if found.gap_id is not None and enough:
                close(conn, found.gap_id, datetime.now(UTC))

    def _ask(self, one: ToAsk) -> tuple[After, Place | None]:
        make_way()
        try:
            found = ask_again(self._context, one.question, staff=one.staff)
        except InvalidInput:  # nothing is left of it that could be asked
            return "refused", None
        answer = found.answer
        if answer.outcome == "asked_back":
            return "asked_back", None
        if answer.status == "refused":
            return "refused", None
        weak = is_weak(answer.status, found.known) or _is_as_before(answer, one)
        return "weak" if weak else "answered", _cited(answer)

    def _look(self, gap_id: UUID) -> None:
        """Say where search suspects what a gap asks for: a section that most of its refused questions came near to."""
        with self._db.transaction() as conn:
            asked = [row for row in gaps.questions(conn, gap_id, LOOKED_AT * 4) if row["status"] == "refused"]
        texts = list(dict.fromkeys(row["question"] for row in asked))[:LOOKED_AT]
        place = suspected([self._near(text) for text in texts])
        with self._db.transaction() as conn:
            store.put_place(conn, gap_id, place, "search")

    def _near(self, text: str) -> Sequence[NearSection]:
        make_way()
        return nearest(self._context, text)


def suspected(found: Sequence[Sequence[NearSection]]) -> Place | None:
    """The section that most questions came near to, each given by the sections read for it; None where too few agree."""
    near = [one for sections in found for one in sections[:1] if one.nearly]
    counted = Counter(one.section_id for one in near)
    if not counted:
        return None
    best, count = min(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    if count < 2 or count < AGREE * len(found):
        return None
    one = next(one for one in near if one.section_id == best)
    return Place(one.item_id, one.title, one.section)


def _is_as_before(answer: Answer, one: ToAsk) -> bool:
    """Whether it rests on no more than the answer that was judged wrong: that it is found well again helps nobody."""
    return one.cited is not None and {str(cited.chunk_id) for cited in answer.citations} <= set(one.cited)


def _cited(answer: Answer) -> Place | None:
    """The section that an answer rests on first."""
    return next((Place(one.item_id, short_title(one.title), one.section) for one in answer.citations), None)
