"""Versions of Luna's prompt: drafts, trials on a share of the people, promotion by what was measured, and the way back."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from nova.api.approving import WANTED, require_part, twice
from nova.api.doors import DoorRoute, ForLearned, ForLearning, InHouse
from nova.api.models import learning as shapes
from nova.api.protocol.envelope import Envelope, ok
from nova.api.views import prompts as prompting

router = APIRouter(prefix="/api/v1/admin/prompts", tags=["Lernen"], route_class=DoorRoute)
Name = Annotated[str, Path(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]


@router.get("", response_model=Envelope[shapes.PromptList], summary="Prompt-Versionen")
def list_prompts(house: InHouse, _: ForLearned) -> Response:
    """Newest first; the file's version, the base of all, comes last."""
    versions = house.cases.answers.prompt_versions
    return ok({"prompts": [asdict(one) for one in versions.all()], "note": versions.note})


@router.post("", response_model=Envelope[shapes.PromptDetail], status_code=201, summary="Prompt-Version anlegen")
def add_prompt(house: InHouse, who: ForLearning, body: shapes.NewPrompt) -> Response:
    """A draft; nobody is told by it before a trial. 409 when the name in it is taken."""
    return ok(prompting.detail_view(*house.cases.answers.prompt_versions.add(who, body.yaml, body.note)), status=201)


@router.get("/{prompt}", response_model=Envelope[shapes.PromptDetail], summary="Eine Prompt-Version")
def get_prompt(house: InHouse, _: ForLearned, prompt: Name) -> Response:
    """Its text, and how it compares while it is on trial."""
    return ok(prompting.detail_view(*house.cases.answers.prompt_versions.one(prompt)))


@router.post("/{prompt}/try", response_model=Envelope[shapes.PromptDetail], summary="Prompt-Version erproben")
def try_prompt(house: InHouse, who: ForLearning, prompt: Name, body: shapes.PromptTrial) -> Response:
    """The same people or conversations take part throughout; one trial at a time. 409 for more than half where going live takes two."""
    require_part(house, "prompt.promote", body.share)
    return ok(prompting.detail_view(*house.cases.answers.prompt_versions.try_out(who, prompt, body.share)))


@router.post("/{prompt}/promote", response_model=Envelope[shapes.Promotion], responses=WANTED, summary="Prompt-Version für alle")
def promote_prompt(house: InHouse, who: ForLearning, prompt: Name, body: shapes.PromptPromotion) -> Response:
    """First without `seal`: what was measured. Then with the seal that came back: live. 409 when the figures have changed meanwhile."""

    def promote() -> Response:
        promoted, comparison = house.cases.answers.prompt_versions.promote(who, prompt, body.seal)
        return ok({"promoted": promoted, "comparison": asdict(comparison)})

    if not body.seal:
        return promote()
    return twice(house, who, "prompt.promote", prompt, {"prompt": prompt, "seal": body.seal}, promote)


@router.post("/{prompt}/rollback", response_model=Envelope[shapes.RolledBack], summary="Prompt-Version zurücknehmen")
def roll_back_prompt(house: InHouse, who: ForLearning, prompt: Name) -> Response:
    """At once: the live version gives way to the one it replaced, one on trial to none."""
    return ok({"version": house.cases.answers.prompt_versions.roll_back(who, prompt)})
