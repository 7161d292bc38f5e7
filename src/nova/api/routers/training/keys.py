"""Tuned models that serve: two people's keys, what is tried, what serves, and the step back."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from nova.api.doors import DoorRoute, ForLearned, ForPromotion, InHouse
from nova.api.models.training import keys as shapes
from nova.api.protocol.envelope import Envelope, ok
from nova.api.routers.training.runs import RunName
from nova.flows.training.hosting import HOSTS
from nova.flows.training.promoting import Serving

router = APIRouter(prefix="/api/v1/training", tags=["Feinabstimmung"], route_class=DoorRoute)


def _view(found: Serving) -> dict[str, Any]:
    return {
        "live": found.live,
        "note": found.note,
        "trial": asdict(found.trial) if found.trial else None,
        "releases": [asdict(one) for one in found.releases],
        "steps": [asdict(one) for one in found.steps],
    }


@router.get("/runs/{train_run}/keys", response_model=Envelope[shapes.StandingData], summary="Freigabe eines Laufs")
def get_keys(house: InHouse, _: ForLearned, train_run: RunName) -> Response:
    """Whose keys are turned for its newest evaluation, and what holds it."""
    return ok(asdict(house.cases.operation.training.promotions.standing(train_run)))


@router.post("/runs/{train_run}/keys", response_model=Envelope[shapes.StandingData], summary="Einen Lauf freigeben oder ablehnen")
def turn_key(house: InHouse, who: ForPromotion, train_run: RunName, body: shapes.KeyTurned) -> Response:
    """With the second yes its adapter serves, or is tried first (`share`). 403 for who came without a name; 409 with what holds it."""
    seen, turn = str(body.evaluation_id), house.cases.operation.training.promotions.turn
    return ok(asdict(turn(who, train_run, seen, body.says, body.reason, body.share)))


@router.get("/serving", response_model=Envelope[shapes.ServingData], summary="Welcher Adapter dient")
def get_serving(house: InHouse, _: ForLearned) -> Response:
    """With what served before, and who did what when."""
    return ok(_view(house.cases.operation.training.promotions.serving()))


@router.get("/hosts", response_model=Envelope[shapes.HostsData], summary="Wer Adapter antworten lässt")
def get_adapter_hosts(house: InHouse, _: ForLearned) -> Response:
    """Which hosts there are, the one that is set up, whether it can be reached, its base, and which adapters lie ready there."""
    return ok({**asdict(house.cases.operation.training.hosts.look()), "hosts": HOSTS})


@router.post("/serving/trial", response_model=Envelope[shapes.ServingData], summary="Einen Adapter erproben")
def try_adapter(house: InHouse, who: ForPromotion, body: shapes.TrialWanted) -> Response:
    """A run whose keys are turned answers a share of the people, or writes in the shadow (0); 409 where something holds it, or is tried."""
    return ok(_view(house.cases.operation.training.promotions.serve(who, body.run, body.share, body.reason)))


@router.post("/serving/trial/end", response_model=Envelope[shapes.ServingData], summary="Den Versuch beenden")
def end_adapter_trial(house: InHouse, who: ForPromotion, body: shapes.BackWanted) -> Response:
    """What is tried is tried no more; 409 where nothing is."""
    return ok(_view(house.cases.operation.training.promotions.end(who, body.reason)))


@router.post("/serving/champion", response_model=Envelope[shapes.ServingData], summary="Für alle in Dienst nehmen")
def make_champion(house: InHouse, who: ForPromotion, body: shapes.ChampionWanted) -> Response:
    """A run whose keys are turned answers everybody; 409 where something holds it, as a figure of its trial that is surely worse."""
    return ok(_view(house.cases.operation.training.promotions.serve(who, body.run, 1.0, body.reason)))


@router.post("/serving/runbook", response_model=Envelope[shapes.RunbookData], summary="Das Runbook neu schreiben")
def write_runbook(house: InHouse, _: ForLearned) -> Response:
    """The page for who is called at night, as of now, and what is unsound of what serves."""
    return ok(house.cases.operation.training.runbooks.make())


@router.post("/serving/back", response_model=Envelope[shapes.ServingData], summary="Einen Schritt zurück")
def take_adapter_back(house: InHouse, who: ForPromotion, body: shapes.BackWanted) -> Response:
    """The adapter that serves gives way to the one before, or to the base; 409 where none serves."""
    return ok(_view(house.cases.operation.training.promotions.back(who, body.reason)))
