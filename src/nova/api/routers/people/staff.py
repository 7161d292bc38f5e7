"""Who has an account: invited, changed, helped back and seen off by operators; and the table of roles."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Query, UploadFile
from starlette.responses import Response

from nova.api.approving import WANTED, twice
from nova.api.doors import DoorRoute, ForPeople, InHouse, SignedIn
from nova.api.entering import Recent
from nova.api.models.people import accounts as shapes
from nova.api.protocol.envelope import Envelope, ok
from nova.api.views.accounts import link_view, person_view, role_table_view, rows_view
from nova.governance.accounts.enter import TWO_FACTORS
from nova.governance.accounts.staff import MOST_BYTES, AccountQuery, NewPerson, PersonChange

router = APIRouter(prefix="/api/v1", tags=["Personen"], route_class=DoorRoute)


@router.get("/roles", response_model=Envelope[shapes.RoleTable], summary="Wer was darf")
def list_roles(_caller: SignedIn) -> Response:
    """Roles, and what each may."""
    return ok(role_table_view())


@router.get("/admin/people", response_model=Envelope[shapes.PeopleList], summary="Personen mit Konto")
def list_people(house: InHouse, _caller: ForPeople, filters: Annotated[shapes.PeopleFilters, Query()]) -> Response:
    """By name, with what they come in by."""
    query = AccountQuery(filters.text, tuple(filters.state), tuple(filters.role), filters.limit, filters.offset)
    people, total = house.cases.people.staff.page(query)
    return ok({"people": [person_view(one) for one in people], "total": total})


@router.post("/admin/people", response_model=Envelope[shapes.InvitationLink], status_code=201, summary="Person einladen")
def invite_person(house: InHouse, caller: ForPeople, _: Recent, body: shapes.NewPersonData) -> Response:
    """A link that counts once, shown once; 409 where there is an account of this name."""
    user_id, made = house.cases.people.staff.invite(caller, NewPerson(body.user, body.name, body.role))
    return ok(link_view(user_id, made), status=201)


@router.post("/admin/people/import", response_model=Envelope[shapes.RowResults], summary="Zugänge und Abgänge aus einer Tabelle")
def import_people(
    house: InHouse, caller: ForPeople, _: Recent, file: Annotated[UploadFile, File()], dry_run: Annotated[bool, Query()] = True
) -> Response:
    """CSV `user,name,role,state` (`da` or `weg`): all of it or nothing. With `dry_run` nothing stays."""
    rows = house.cases.people.staff.import_rows(caller, file.file.read(MOST_BYTES + 1), dry_run=dry_run)
    house.identities.forget()
    return ok(rows_view(rows, dry_run=dry_run))


@router.patch("/admin/people/{user_id}", response_model=Envelope[shapes.Changed], responses=WANTED, summary="Name, Rolle oder Ausscheiden")
def change_person(house: InHouse, caller: ForPeople, _: Recent, user_id: UUID, body: shapes.PersonPatch) -> Response:
    """Another role, or leaving, ends sessions and tokens at once."""

    def change() -> Response:
        house.cases.people.staff.change(caller, user_id, PersonChange(body.name, body.role, body.left))
        house.identities.forget()
        return ok({"changed": True})

    if body.role is None or body.role not in TWO_FACTORS:
        return change()
    return twice(house, caller, "person.operator", str(user_id), {"user_id": str(user_id)}, change)


@router.post(
    "/admin/people/{user_id}/invitation",
    response_model=Envelope[shapes.InvitationLink],
    status_code=201,
    responses=WANTED,
    summary="Neuer Link",
)
def invite_person_again(house: InHouse, caller: ForPeople, _: Recent, user_id: UUID) -> Response:
    """For who has not come in yet, or cannot any more; the link before counts no more."""
    staff = house.cases.people.staff

    def invite() -> Response:
        return ok(link_view(user_id, staff.invite_again(caller, user_id)), status=201)

    if not staff.is_operator(user_id):
        return invite()
    return twice(house, caller, "person.recover", str(user_id), {"user_id": str(user_id)}, invite)


@router.delete("/admin/people/{user_id}/sessions", response_model=Envelope[shapes.Ended], summary="Person überall abmelden")
def end_sessions_of(house: InHouse, caller: ForPeople, user_id: UUID) -> Response:
    """At once."""
    ended = house.cases.people.staff.end_sessions(caller, user_id)
    house.identities.forget()
    return ok({"ended": ended})
