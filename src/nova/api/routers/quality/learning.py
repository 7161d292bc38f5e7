"""What was learned from judgements and use: the ledger, running it, starting, stopping, taking back."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from nova.api.approving import WANTED, twice
from nova.api.doors import Costly, DoorRoute, ForAudit, ForLearned, ForLearning, ForMeasures, InHouse
from nova.api.models import learning as shapes
from nova.api.models.common import MOST_INT, StartedJob
from nova.api.protocol.envelope import Envelope, ok
from nova.api.views import learning

router = APIRouter(prefix="/api/v1/admin/learning", tags=["Lernen"], route_class=DoorRoute)


@router.get("", response_model=Envelope[shapes.LearningState], summary="Lernprotokoll")
def get_learning(
    house: InHouse,
    _: ForLearned,
    kind: shapes.EntryKind | None = None,
    state: shapes.EntryState | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=MOST_INT)] = 0,
) -> Response:
    """What was learned, from how many pseudonyms, with which effect; newest first."""
    return ok(learning.state_view(house.cases.kpi.learning_control.state(kind, state, limit, offset)))


@router.post("/run", response_model=Envelope[StartedJob], summary="Jetzt lernen")
def run_learning(house: InHouse, who: ForLearning) -> Response:
    """Computes a candidate, measures it, and makes it live if it is worse nowhere. One that waits or runs is given instead of another."""
    return ok({"job_id": house.cases.kpi.learning_control.run(who)})


@router.post("/start", response_model=Envelope[shapes.LearningPlan], summary="Lernen einschalten")
def start_learning(house: InHouse, who: ForLearning, body: shapes.LearningSwitch) -> Response:
    """Every night at the hour (Europe/Berlin)."""
    return ok(learning.plan_view(house.cases.kpi.learning_control.switch(who, on=True, hour=body.hour)))


@router.post("/stop", response_model=Envelope[shapes.LearningPlan], summary="Lernen anhalten")
def stop_learning(house: InHouse, who: ForLearning) -> Response:
    """What is live stays live."""
    return ok(learning.plan_view(house.cases.kpi.learning_control.switch(who, on=False)))


@router.get("/questions", response_model=Envelope[shapes.StoredQuestions], summary="Eigene Fragen zum Messen")
def get_learning_questions(house: InHouse, _: ForMeasures) -> Response:
    """What a candidate is measured on beside the documents' headings and logged judgements."""
    return ok({"questions": house.cases.kpi.measuring_questions.all()})


@router.put("/questions", response_model=Envelope[shapes.StoredQuestions], summary="Eigene Fragen zum Messen ersetzen")
def put_learning_questions(house: InHouse, who: ForLearning, body: shapes.LearningQuestions) -> Response:
    """Each with the places that answer it."""
    given = body.model_dump(mode="json")["questions"]
    return ok({"questions": house.cases.kpi.measuring_questions.replace(who, given)})


@router.get("/{entry_id}", response_model=Envelope[shapes.LearnedEntry], summary="Ein Eintrag des Lernprotokolls")
def get_learned(house: InHouse, _: ForLearned, entry_id: UUID) -> Response:
    """With its passages, their counts, and what was measured."""
    return ok(house.cases.kpi.learning_control.entry(entry_id))


@router.get("/{entry_id}/people", response_model=Envelope[shapes.LearnedPeople], summary="Von wem gelernt wurde")
async def get_learned_people(house: InHouse, who: ForAudit, by: Costly, entry_id: UUID) -> Response:
    """By pseudonym, with the passages that their judgements were of; looking it up is noted in the audit log."""
    return await by.run(lambda: ok(house.cases.kpi.learning_control.people(who, entry_id)))


@router.post("/{entry_id}/undo", response_model=Envelope[shapes.LearnedEntry], summary="Gelerntes zurücknehmen")
def undo_learned(house: InHouse, who: ForLearning, entry_id: UUID) -> Response:
    """A release gives way to the one before it, and learning stops; a topic or pair of words no longer counts. 409 if not in force."""
    return ok(house.cases.kpi.learning_control.undo(who, entry_id))


@router.post("/{entry_id}/decide", response_model=Envelope[shapes.LearnedEntry], responses=WANTED, summary="Über ein Wortpaar entscheiden")
def decide_learned(house: InHouse, who: ForLearning, entry_id: UUID, body: shapes.TermDecision) -> Response:
    """An approved pair widens questions as the vocabulary does, while enough people bear it out."""
    args = {"entry_id": str(entry_id), "approved": body.approved}
    decide = house.cases.kpi.learning_control.decide
    return twice(house, who, "learning.decide", str(entry_id), args, lambda: ok(decide(who, entry_id, approved=body.approved)))
