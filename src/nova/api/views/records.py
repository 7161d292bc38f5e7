"""Records in, the JSON shapes of `models` out."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from pydantic import BaseModel

from nova.answers.kept import AnswerDetail
from nova.answers.understand.own_vocabulary import VocabularyText
from nova.api.models.answers import EventRequest, FeedbackRequest
from nova.api.models.items import ItemData, ItemDetail, VersionData
from nova.knowledge.items import ItemPage
from nova.language.inert import inert_name
from nova.records import Answer, Caller, Citation, DataFact, JobView, Passage, Sentence
from nova.roles import CAPABILITIES, ROLES
from nova.telemetry.events import Event
from nova.telemetry.feedback import Feedback
from nova.turns import Understood

NAMES = ("title", "filename", "section", "label")
JOB_FIELDS = (
    "job_id",
    "kind",
    "state",
    "stage",
    "progress",
    "total",
    "title",
    "error",
    "error_code",
    "result",
    "item_id",
    "attempts",
    "cancel_requested",
    "created_at",
    "started_at",
    "ended_at",
)


def named(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with titles, headings, file names, paths and tags that cannot act, whoever shows them."""
    shown = {name: inert_name(row[name]) for name in NAMES if isinstance(row.get(name), str)}
    lists = {name: [inert_name(one) for one in row[name]] for name in ("path", "tags") if row.get(name)}
    return {**row, **shown, **lists}


def vocabulary_view(found: VocabularyText) -> dict[str, Any]:
    """The installation's own vocabulary file."""
    return asdict(found) | {"path": str(found.path)}


def kept_answer_view(kept: AnswerDetail) -> dict[str, Any]:
    """An answer as it was, with its evidence."""
    evidence = {name: [named(one) for one in kept.row[name]] for name in ("passages", "citations")}
    told = None if kept.emergency is None else asdict(kept.emergency)
    read = {
        "sentences": [sentence_view(sentence) for sentence in kept.sentences],
        "next_question": kept.next_question,
        "outcome": kept.outcome,
    }
    shown = {name: value for name, value in kept.row.items() if name != "said"}
    return {**shown, **evidence, **read, "facts": [fact_view(fact) for fact in kept.facts], "emergency": told}


def job_view(job: JobView) -> dict[str, Any]:
    """A job without its owner."""
    return named({name: getattr(job, name) for name in JOB_FIELDS})


def session_view(caller: Caller, csrf: str) -> dict[str, Any]:
    """Who is signed in."""
    may = [name for name in CAPABILITIES if caller.may(name)]
    return {"role": caller.role, "title": ROLES[caller.role].title, "user": caller.external_id, "may": may, "csrf": csrf}


def only(model: type[BaseModel], row: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a row that a model names."""
    return {name: row[name] for name in model.model_fields if name in row}


def item_page_view(page: ItemPage) -> dict[str, Any]:
    """One page of documents."""
    facets = {name: {inert_name(value): count for value, count in counts.items()} for name, counts in page.facets.items()}
    return {"items": [named(only(ItemData, item)) for item in page.items], "total": page.total, "facets": facets}


def item_view(item: Mapping[str, Any]) -> dict[str, Any]:
    """A document with its versions."""
    return named(only(ItemDetail, item)) | {"versions": [named(only(VersionData, version)) for version in item["versions"]]}


def chunks_view(page: Mapping[str, Any]) -> dict[str, Any]:
    """A page of passages; their texts as they are stored."""
    return {**page, "chunks": [named(one) for one in page["chunks"]]}


def text_view(text: Mapping[str, Any]) -> dict[str, Any]:
    """A slice of a document's text as it is stored, with its headings."""
    return named(text) | {"sections": [named(one) for one in text["sections"]]}


def to_event(body: EventRequest) -> Event:
    """A request as the room understands it."""
    given = body.model_dump(exclude={"user_id"})
    return Event(user=body.user_id, **given)


def to_feedback(body: FeedbackRequest) -> Feedback:
    """A request as the room understands it."""
    given = body.model_dump(exclude={"user_id"})
    return Feedback(user=body.user_id, **given)


def passage_view(passage: Passage) -> dict[str, Any]:
    """A passage Luna read."""
    told = {
        "chunk_id": passage.chunk_id,
        "item_id": passage.item_id,
        "title": passage.title,
        "section": passage.label or passage.section_title,
        "page": passage.page,
        "score": passage.score,
        "text": passage.text,
    }
    return named(told)


def sentence_view(sentence: Sentence) -> dict[str, Any]:
    """A sentence with its citations and facts."""
    return {"text": sentence.text, "citations": sentence.citations, "facts": sentence.facts, "checked": sentence.checked}


def fact_view(fact: DataFact) -> dict[str, Any]:
    """A number from data, and how it was found."""
    return asdict(fact)


def citation_view(citation: Citation, passages: Mapping[Any, Passage]) -> dict[str, Any]:
    """A citation with the passage behind it."""
    passage = passages.get(citation.chunk_id)
    payload = {
        "title": citation.title,
        "kind": passage.kind if passage else "document",
        "tags": passage.tags if passage else (),
        "path": passage.path if passage else (),
        "text": passage.text if passage else citation.quote,
    }
    told = {
        "number": citation.number,
        "chunk_id": citation.chunk_id,
        "item_id": citation.item_id,
        "version": citation.version,
        "title": citation.title,
        "section": citation.section,
        "page": citation.page,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "score": citation.score,
        "payload": named(payload),
    }
    return named(told)


def by_chunk(passages: Iterable[Passage]) -> dict[Any, Passage]:
    """Passages by their chunk."""
    return {passage.chunk_id: passage for passage in passages}


def understood_view(one: Understood) -> dict[str, Any]:
    """How a message was understood."""
    told = asdict(one)
    return {"from": told.pop("start"), "to": told.pop("end"), **told}


def answer_view(answer: Answer) -> dict[str, Any]:
    """An answer with `[chunk <ID>]` tokens in its text."""
    passages = by_chunk(answer.passages)
    return {
        "answer_id": answer.answer_id,
        "answer": answer.text,
        "status": answer.status,
        "sentences": [sentence_view(sentence) for sentence in answer.sentences],
        "chunks_used": list(dict.fromkeys(citation.chunk_id for citation in answer.citations)),
        "citations": [citation_view(citation, passages) for citation in answer.citations],
        "facts": [fact_view(fact) for fact in answer.facts],
        "next_question": answer.next_question,
        "model": answer.model,
        "prompt_version": answer.prompt_version,
        "timings_ms": answer.timings_ms,
        "conversation_id": answer.conversation_id,
        "emergency": answer.emergency and asdict(answer.emergency),
        "outcome": answer.outcome,
        "understood": answer.understood and understood_view(answer.understood),
        "route": answer.route,
    }
