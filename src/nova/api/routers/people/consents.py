"""What people agreed to, by pseudonym, and the keys of their vaults."""

from dataclasses import asdict
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from nova.api.doors import DoorRoute, ForRights, InHouse, for_audit
from nova.api.models.people import consents as shapes
from nova.api.protocol.envelope import Envelope, ok
from nova.api.views.consents import changed_view, overview, person_view
from nova.flows.consent_management import OthersStatement
from nova.governance import consent_log

AUDIT = [Depends(for_audit)]
router = APIRouter(prefix="/api/v1/admin", tags=["Einwilligungen"], route_class=DoorRoute)


@router.get("/consents", response_model=Envelope[shapes.ConsentPeople], summary="Wer worin einwilligt", dependencies=AUDIT)
def list_consents(house: InHouse, filters: Annotated[shapes.ConsentFilters, Query()]) -> Response:
    """People by pseudonym, the latest first, and what was not stored in the last thirty days."""
    return ok(overview(house.cases.people.consents.overview(filters.subject_id, filters.purpose, filters.limit, filters.offset)))


@router.post("/consents", response_model=Envelope[shapes.PersonConsent], summary="Eine Einwilligung oder einen Widerruf eintragen")
def record_consent(house: InHouse, who: ForRights, body: shapes.OthersConsent) -> Response:
    """For what a person said on paper or at the telephone. It holds at once."""
    said = OthersStatement(body.user, body.purposes.said, body.version, body.text_sha256, body.at, body.source)
    return ok(changed_view(house.cases.people.consents.change_others(who, said)))


@router.get("/consents/log", response_model=Envelope[shapes.ConsentLog], summary="Verlauf aller Einwilligungen", dependencies=AUDIT)
def list_consent_log(house: InHouse, filters: Annotated[shapes.LogFilters, Query()]) -> Response:
    """In the order in which it came, newest first."""
    entries, next_before = house.cases.people.consents.log(filters.limit, filters.before)
    return ok({"entries": [asdict(row) for row in entries], "next_before": next_before})


@router.post("/consents/log", response_model=Envelope[shapes.WrittenPage], summary="Die Seite consent_log.md schreiben", dependencies=AUDIT)
def write_consent_log(house: InHouse) -> Response:
    """Below the journal, with pseudonyms only; it is written every hour besides."""
    return ok({"page": consent_log.PLACE, "entries": house.cases.people.consent_log.write()})


@router.get(
    "/consents/{subject_id}", response_model=Envelope[shapes.PersonConsent], summary="Die Einwilligungen einer Person", dependencies=AUDIT
)
def get_consent(house: InHouse, subject_id: UUID) -> Response:
    """What holds, and all that was said."""
    return ok(person_view(house.cases.people.consents.one(subject_id)))


@router.post("/vault/rotate", response_model=Envelope[shapes.Rotated], summary="Den Tresorschlüssel wechseln")
def rotate_vault(house: InHouse, who: ForRights, body: shapes.Rotation) -> Response:
    """People's keys are wrapped anew; the texts stay as they are."""
    return ok(asdict(house.cases.people.key_rotation.rotate(who, forget=body.forget)))
