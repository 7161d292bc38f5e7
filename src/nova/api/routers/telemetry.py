"""Events, judgements and figures."""

from fastapi import APIRouter, Depends
from starlette.responses import Response

from nova.api.doors import Costly, DoorRoute, ForOperation, InHouse, SignedIn, signed_in
from nova.api.models.answers import EventBatch, EventRequest, FeedbackRequest, SavedEvents
from nova.api.models.common import Saved
from nova.api.models.items import IngestMetrics, Overview
from nova.api.protocol.envelope import Envelope, ok
from nova.api.views.figures import ingest_view, overview_view
from nova.api.views.records import to_event, to_feedback

MEMBER = [Depends(signed_in)]
router = APIRouter(prefix="/api/v1", route_class=DoorRoute)


@router.post("/events", response_model=Envelope[Saved], tags=["Ereignisse"], summary="Ein Ereignis speichern")
def save_event(house: InHouse, who: SignedIn, body: EventRequest) -> Response:
    """`user_id` is the caller's own. The same `event_id` again changes nothing."""
    house.metrics.events.inc(house.cases.answers.reactions.save_events(who, [to_event(body)]).saved)
    return ok({"saved": True})


@router.post("/events/batch", response_model=Envelope[SavedEvents], tags=["Ereignisse"], summary="Bis zu 500 Ereignisse speichern")
async def save_event_batch(house: InHouse, by: Costly, body: EventBatch) -> Response:
    """All or none; what was delivered before counts as a duplicate."""
    saved = await by.run(lambda: house.cases.answers.reactions.save_events(by.caller, list(map(to_event, body.events))))
    house.metrics.events.inc(saved.saved)
    return ok(saved)


@router.post("/feedback/rag", response_model=Envelope[Saved], tags=["Fragen"], summary="Eine Antwort beurteilen")
def save_answer_feedback(house: InHouse, who: SignedIn, body: FeedbackRequest) -> Response:
    """Texts are stored without personal data. A second judgement of the same answer replaces the first."""
    house.cases.answers.reactions.judge(who, to_feedback(body))
    house.metrics.feedback.labels(str(body.useful).lower()).inc()
    return ok({"saved": True})


@router.get("/metrics/overview", response_model=Envelope[Overview], tags=["Kennzahlen"], summary="Kennzahlen", dependencies=MEMBER)
def get_overview(house: InHouse) -> Response:
    """Documents, questions, events and judgements."""
    return ok(overview_view(house.cases.people.installation_figures.overview()))


@router.get("/metrics/ingest", response_model=Envelope[IngestMetrics], tags=["Kennzahlen"], summary="Aufnahme")
def get_ingest_metrics(house: InHouse, caller: ForOperation) -> Response:
    """Jobs, sizes and the last days."""
    return ok(ingest_view(house.cases.people.installation_figures.ingest(caller)))
