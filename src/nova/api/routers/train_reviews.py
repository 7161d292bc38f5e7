"""Tuned models: people judge their answers blind, Nova evaluates them, and each has a card."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from nova.api.doors import DoorRoute, ForData, ForLearned, ForReview, InHouse
from nova.api.models import train_reviews as shapes
from nova.api.protocol.envelope import Envelope, ok
from nova.flows.training.review import Judgement

router = APIRouter(prefix="/api/v1/training/runs", tags=["Feinabstimmung"], route_class=DoorRoute)
TrainRun = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9._-]{0,99}$", description="Name oder Kennung.")]


@router.get("/{train_run}/review/next", response_model=Envelope[shapes.NextPair], summary="Das nächste Paar von Antworten")
def next_pair(house: InHouse, who: ForReview, train_run: TrainRun) -> Response:
    """Which side is which is not told; 409 for whoever was told which side won."""
    pair, done, of = house.cases.operation.training.reviews.next(who, train_run)
    return ok({"pair": None if pair is None else asdict(pair), "done": done, "of": of})


@router.post("/{train_run}/review", response_model=Envelope[shapes.JudgedData], summary="Ein Paar beurteilen")
def judge_pair(house: InHouse, who: ForReview, train_run: TrainRun, body: shapes.JudgementRequest) -> Response:
    """In the place of a former vote on it; 409 once all are judged, or where the answers are others than those shown."""
    said = Judgement(body.row_id, body.choice, body.mark, body.note)
    done, of = house.cases.operation.training.reviews.vote(who, train_run, said)
    return ok({"done": done, "of": of})


@router.get("/{train_run}/review", response_model=Envelope[shapes.PanelData], summary="Stand einer blinden Durchsicht")
def get_panel(house: InHouse, who: ForLearned, train_run: TrainRun) -> Response:
    """Which side won is told to raters who finished."""
    return ok(house.cases.operation.training.reviews.progress(who, train_run))


@router.get("/{train_run}/review/votes", response_model=Envelope[shapes.VoteList], summary="Die Stimmen einer Durchsicht")
def list_votes(house: InHouse, who: ForData, train_run: TrainRun) -> Response:
    """Whoever asks judges no more, which is noted; 409 for a rater who has not finished."""
    return ok({"votes": house.cases.operation.training.reviews.votes(who, train_run)})


@router.post("/{train_run}/evaluation", response_model=Envelope[shapes.EvaluationData], summary="Einen Lauf beurteilen")
def evaluate_run(house: InHouse, who: ForData, train_run: TrainRun, body: shapes.OfDataset) -> Response:
    """Kept each time; 409 where nothing was answered yet, or the manifest is that of other data."""
    found = house.cases.operation.training.evaluations.evaluate(who, train_run, body.manifest)
    own = ("run", "run_id", "passed", "gates", "worst", "regression", "tickets")
    return ok({name: found[name] for name in own} | {"told": found})


@router.post("/{train_run}/card", response_model=Envelope[shapes.CardData], summary="Die Modellkarte eines Laufs")
def make_card(house: InHouse, who: ForData, train_run: TrainRun, body: shapes.OfDataset) -> Response:
    """Written to the journal as well; refused in words where base and data may not be served together."""
    return ok(house.cases.operation.training.cards.make(who, train_run, body.manifest))
