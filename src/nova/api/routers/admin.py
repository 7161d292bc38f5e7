"""The operator's routes: documents, index, keys, the audit log, settings and vocabulary."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from nova.api import quotas
from nova.api.doors import DoorRoute, ForConfiguration, ForLibrary, ForPeople, InHouse, for_configuration, for_operation, for_people
from nova.api.entering import Recent
from nova.api.models.common import MOST_INT, StartedJob
from nova.api.models.items import BulkDone, BulkRequest, ChunkList, DeletedItem, ItemChange, ItemDetail, ItemList, ReindexRequest
from nova.api.models.quota import KeeperFilters, KeeperList
from nova.api.models.system import Health, IssuedKey, KeyList, NewKey, NewVocabulary, RevokedKey, SettingList, Vocabulary
from nova.api.models.weigh import WeighRequest
from nova.api.protocol.envelope import Envelope, ok
from nova.api.protocol.queries import ItemFilters
from nova.api.views.records import chunks_view, item_page_view, item_view, vocabulary_view
from nova.api.views.watching import health_view
from nova.effective import effective
from nova.governance.tokens import TokenRequest
from nova.knowledge import items

router = APIRouter(prefix="/api/v1/admin", tags=["Betrieb"], route_class=DoorRoute)
CONFIGURATION, OPERATION, PEOPLE = [Depends(for_configuration)], [Depends(for_operation)], [Depends(for_people)]
Page = Annotated[int, Query(ge=1, le=500)]


@router.get("/items", response_model=Envelope[ItemList], summary="Alle Dokumente")
def list_all_items(house: InHouse, who: ForLibrary, filters: Annotated[ItemFilters, Query()]) -> Response:
    """Filtered, ordered, a page at a time."""
    return ok(item_page_view(house.cases.documents.shelf.page(who, filters.query_for())))


@router.post("/items/bulk", response_model=Envelope[BulkDone], summary="Dasselbe mit mehreren Dokumenten")
def change_items(house: InHouse, who: ForLibrary, body: BulkRequest) -> Response:
    """Those that fail are named, the others are done."""
    return ok(house.cases.documents.shelf.bulk(who, items.Bulk(body.action, tuple(body.item_ids), body.tag)))


@router.get("/items/{item_id}", response_model=Envelope[ItemDetail], summary="Ein Dokument mit seinen Fassungen")
def get_any_item(house: InHouse, who: ForLibrary, item_id: UUID) -> Response:
    """Versions newest first."""
    return ok(item_view(house.cases.documents.shelf.one(who, item_id)))


@router.get("/items/{item_id}/chunks", response_model=Envelope[ChunkList], summary="Die Passagen einer Fassung")
def list_chunks(
    house: InHouse,
    who: ForLibrary,
    item_id: UUID,
    version: Annotated[int | None, Query(ge=1, le=MOST_INT)] = None,
    limit: Page = 50,
    offset: Annotated[int, Query(ge=0, le=MOST_INT)] = 0,
) -> Response:
    """In reading order; without `version` those of the current one."""
    return ok(chunks_view(house.cases.documents.shelf.chunks(who, item_id, version, limit, offset)))


@router.patch("/items/{item_id}", response_model=Envelope[ItemDetail], summary="Titel, Schlagworte oder Art ändern")
def change_item(house: InHouse, who: ForLibrary, item_id: UUID, body: ItemChange) -> Response:
    """A field left out stays as it is."""
    patch = items.ItemPatch(body.title, None if body.tags is None else tuple(body.tags), body.kind)
    return ok(item_view(house.cases.documents.shelf.change(who, item_id, patch)))


@router.delete("/item/{item_id}", response_model=Envelope[DeletedItem], summary="Dokument löschen")
@router.delete("/items/{item_id}", response_model=Envelope[DeletedItem], summary="Dokument löschen", name="delete_any_item")
def delete_item(house: InHouse, who: ForLibrary, item_id: UUID) -> Response:
    """Removes rows, file and points."""
    return ok({"deleted": True, "chunks": house.cases.documents.shelf.delete(who, item_id)})


@router.post("/reindex", response_model=Envelope[StartedJob], summary="Index neu aufbauen")
def reindex(house: InHouse, who: ForLibrary, body: ReindexRequest) -> Response:
    """Nothing given: everything; `relearn` makes a new version of the analyser."""
    chosen = body.filter
    kind, tag = (chosen.kind, chosen.tag) if chosen else (None, None)
    return ok({"job_id": house.cases.documents.shelf.request_reindex(who, body.item_ids, kind=kind, tag=tag, relearn=body.relearn)})


@router.post("/weigh", response_model=Envelope[StartedJob], summary="Einbettungsmodell messen")
def weigh_model(house: InHouse, who: ForConfiguration, body: WeighRequest) -> Response:
    """Measures on the documents' own headings, and on the questions given, how much the model's word should count; 409 without one."""
    return ok({"job_id": house.cases.operation.model_weighing.request(who, body.model_dump(mode="json")["questions"])})


@router.get(
    "/health",
    response_model=Envelope[Health],
    responses={503: {"model": Envelope[Health]}},
    summary="Zustand aller Dienste",
    dependencies=OPERATION,
)
def get_health(house: InHouse) -> Response:
    """200 also when degraded, 503 when something failed."""
    health = house.cases.operation.health.report()
    return ok(health_view(health), status=503 if health.status == "failed" else 200)


@router.get("/keys", response_model=Envelope[KeyList], summary="Ausgegebene Token", dependencies=PEOPLE)
def list_keys(house: InHouse) -> Response:
    """Newest first."""
    return ok({"tokens": house.cases.people.tokens.all()})


@router.post("/keys", response_model=Envelope[IssuedKey], status_code=201, summary="Token ausgeben")
def issue_key(house: InHouse, who: ForPeople, _: Recent, body: NewKey) -> Response:
    """The token is shown once. With another role than the person had, their older tokens are withdrawn and they are signed out."""
    issued = house.cases.people.tokens.issue(who, body.user, TokenRequest(body.label, body.days, body.role))
    house.identities.forget()
    return ok(issued, status=201)


@router.delete("/keys/{token_id}", response_model=Envelope[RevokedKey], summary="Token zurückziehen")
def revoke_key(house: InHouse, who: ForPeople, token_id: UUID) -> Response:
    """It is refused from now on, and whoever signed in with it is signed out."""
    house.cases.people.tokens.revoke(who, token_id)
    house.identities.forget()
    return ok({"revoked": True})


@router.get("/quotas", response_model=Envelope[KeeperList], summary="Was Personen belegen und belegen dürfen", dependencies=PEOPLE)
def list_quotas(house: InHouse, asked: Annotated[KeeperFilters, Query()]) -> Response:
    """Everybody who keeps something, those with the most bytes first; or the person that tokens are given out for by this name."""
    return ok(quotas.keepers_view(*house.cases.people.quota_overview.keepers(asked.user, asked.limit, asked.offset)))


@router.get("/settings", response_model=Envelope[SettingList], summary="Einstellungen in Kraft", dependencies=OPERATION)
def list_settings(house: InHouse) -> Response:
    """Secrets are masked."""
    return ok({"settings": effective(house.nova.settings)})


@router.get("/vocabulary", response_model=Envelope[Vocabulary], summary="Eigener Wortschatz", dependencies=CONFIGURATION)
def get_vocabulary(house: InHouse) -> Response:
    """The installation's own file; it adds to the shipped one."""
    return ok(vocabulary_view(house.cases.answers.own_vocabulary.read()))


@router.put("/vocabulary", response_model=Envelope[Vocabulary], summary="Eigenen Wortschatz ersetzen")
def put_vocabulary(house: InHouse, who: ForConfiguration, body: NewVocabulary) -> Response:
    """Checked first; an unknown key is an error and nothing changes. 409 when it was changed since `version`."""
    return ok(vocabulary_view(house.cases.answers.own_vocabulary.save(who, body.text, body.version)))
