"""Gaps, unanswered questions and steps about them in, the JSON shapes of `models.gaps` and `models.kpi` out."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from nova.api.models.quality import gaps as shapes
from nova.api.models.quality.kpi import GapQuestion
from nova.api.views.records import named
from nova.errors import InvalidInput
from nova.flows.gaps.places import NearSection
from nova.flows.gaps.steps import ASKS_AGAIN, AddedDocument, AddedWords, NamedPlace, Outside, Remedy, WrittenAnswer
from nova.flows.seeding.uses import GapNews
from nova.kpi.gaps.listing import GapDetail, GapView, Step
from nova.kpi.gaps.unanswered import UnansweredEntry
from nova.language.inert import inert_name

FACTS = ("phrases", "terms", "question", "answer", "source")


def gaps_view(found: Sequence[GapDetail], total: int, told: GapNews) -> dict[str, Any]:
    """A page of gaps."""
    return {"gaps": [_gap(one, told) for one in found], "total": total}


def gap_view(found: GapDetail, told: GapNews) -> dict[str, Any]:
    """One gap with its questions and all that was done about it."""
    asked = [{name: row[name] for name in GapQuestion.model_fields} for row in found.questions]
    return _gap(found, told) | {"asked": asked, "steps": [step_view(one) for one in found.steps]}


def _gap(found: GapDetail, news: GapNews) -> dict[str, Any]:
    gap = found.gap
    told = {name: value for name, value in asdict(gap).items() if not name.startswith("place_")}
    last = next((one for one in found.steps if one.undone_at is None and one.what != "place"), None)
    told |= _gap_place(gap) | {"last_step": step_view(last) if last else None}
    return told | {"rising": [term for term in gap.terms if term.casefold() in news.rising], "idea": _idea(news, gap.gap_id)}


def _gap_place(gap: GapView) -> dict[str, Any]:
    """The section that answers a gap, and who says so."""
    if not gap.place_item:
        return {"place": None, "place_source": None}
    place = {"item_id": gap.place_item, "title": inert_name(gap.place_title), "section": inert_name(gap.place_section)}
    return {"place": place, "place_source": gap.place_source}


def _idea(news: GapNews, gap_id: UUID) -> dict[str, str] | None:
    idea = news.ideas.get(str(gap_id))
    return None if idea is None else {"terms": idea.terms, "nearest": inert_name(idea.nearest)}


def step_view(step: Step) -> dict[str, Any]:
    """One step."""
    facts = {name: step.facts.get(name) for name in FACTS} | {name: step.facts.get(name) or [] for name in ("phrases", "terms")}
    title = inert_name(step.item_title) if step.item_title else None
    told = asdict(step) | facts | {"asks_again": step.what in ASKS_AGAIN, "place": _place(step), "item_title": title}
    return {name: told[name] for name in shapes.StepData.model_fields}


def _place(step: Step) -> dict[str, Any] | None:
    """The section that answers most, or the one that was named."""
    place = step.facts if step.what == "place" else step.place
    if not place:
        return None
    return {"item_id": place["item_id"], "title": inert_name(place["title"]), "section": inert_name(place["section"])}


def unanswered_view(found: Sequence[UnansweredEntry], total: int) -> dict[str, Any]:
    """A page of questions."""
    return {"questions": [question_view(one) for one in found], "total": total}


def question_view(found: UnansweredEntry) -> dict[str, Any]:
    """One question."""
    told = asdict(found.asked)
    return {name: told[name] for name in shapes.UnansweredData.model_fields if name != "steps"} | {
        "steps": [step_view(one) for one in found.steps]
    }


def sections_view(found: Sequence[NearSection]) -> dict[str, Any]:
    """Sections that may answer."""
    return {"sections": [named(asdict(one)) for one in found]}


def remedy_of(body: shapes.NewStep) -> Remedy:
    """What somebody wants to do; InvalidInput names what is missing for it."""
    match body.what:
        case "document":
            return AddedDocument(_given(body.item_id, "item_id", "Nennen Sie das Dokument."))
        case "words":
            return AddedWords(tuple(body.phrases), tuple(body.terms))
        case "answer":
            return WrittenAnswer(*(text or "" for text in (body.question, body.answer, body.source)))
        case "place":
            return NamedPlace(_given(body.section_id, "section_id", "Nennen Sie die Stelle."))
        case "outside":
            return Outside()


def _given(value: UUID | None, field: str, message: str) -> UUID:
    if value is None:
        raise InvalidInput(message, data={"fields": [{"field": field, "message": message}]})
    return value
