"""A question's request in, Luna's answer or its stream out; at most so many at once, the rest waits in line. Emergencies do not."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from time import perf_counter
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from nova.answers.ask import Final, Passages, Question, SentenceReady, Status, ask, ask_stream
from nova.api.doors import Asker, House, key_of
from nova.api.models.answers import AskRequest, Filters
from nova.api.protocol.envelope import trace_id
from nova.api.protocol.metrics import Metrics
from nova.api.protocol.sse import Event, EventStream, Failed, ahead, error_events, pulled
from nova.api.urgent import AskedText, as_parts, kept_later, noticed
from nova.api.views.records import answer_view, by_chunk, citation_view, fact_view, passage_view, sentence_view
from nova.german import BERLIN
from nova.records import Answer, Caller, Passage, Scope
from nova.telemetry.conversations import new_conversation

Part = Status | Passages | SentenceReady | Final
Tell = Callable[[Iterator[Part]], Iterator[Event]]
Show = Callable[[Answer], Response]


def to_question(caller: Caller, body: AskRequest) -> Question:
    """The request as the room understands it."""
    scope, conversation = scope_of(caller, body.filters, body.as_of), body.conversation_id or new_conversation()
    return Question(body.question, body.top_k, scope, caller.user_id, UUID(trace_id()), conversation)


def scope_of(caller: Caller, filters: Filters, as_of: datetime | date | None) -> Scope:
    """Which passages the caller may see and wants: the company's and their own."""
    return Scope(
        owner=caller.user_id,
        kinds=(filters.kind,) if filters.kind else (),
        tags=(filters.tag,) if filters.tag else (),
        items=(filters.item_id,) if filters.item_id else (),
        as_of=moment(as_of),
        staff=caller.may("company"),
    )


def moment(as_of: datetime | date | None) -> datetime | None:
    """A day means its end in Europe/Berlin, a time itself (already in UTC)."""
    if as_of is None or isinstance(as_of, datetime):
        return as_of
    return datetime.combine(as_of, time.max, BERLIN).astimezone(UTC)


async def answered(house: House, who: Asker, asked: AskedText, show: Show) -> Response:
    """The whole answer as `show` makes it; TooManyRequests, Busy when the line is full."""
    began = perf_counter()
    answer = await noticed(house, asked)
    task = None if answer is None else kept_later(house, who, asked, answer)
    if answer is None:
        whose = key_of(who.let_in(house))
        question = asked.question()
        async with house.rooms.asking.place(whose):
            answer = await run_in_threadpool(ask, house.nova.answers, question)
    count(house.metrics, answer, perf_counter() - began)
    house.words.add(who.caller, answer)
    response = show(answer)
    response.background = task
    return response


async def streamed(house: House, who: Asker, asked: AskedText, tell: Tell | None = None, failed: Failed = error_events) -> EventStream:
    """The answer as it grows; the slot is free again when it is made, however slowly it is read, or when the reader leaves."""
    answer = await noticed(house, asked)
    if answer is not None:
        parts = _counted(house, who.caller, as_parts(answer))
        return EventStream(pulled((tell or told)(parts), failed), None, failed, kept_later(house, who, asked, answer))
    whose = key_of(who.let_in(house))
    question = asked.question()
    await house.rooms.asking.enter(whose)
    leave = _once(lambda: house.rooms.asking.leave(whose))
    parts = _counted(house, who.caller, ask_stream(house.nova.answers, question))
    return EventStream(ahead(pulled((tell or told)(parts), failed), leave), leave, failed)


def _once(work: Callable[[], None]) -> Callable[[], None]:
    left = [work]
    return lambda: left.pop()() if left else None


def told(parts: Iterator[Part]) -> Iterator[Event]:
    """Parts of an answer as events."""
    read: dict[object, Passage] = {}
    for part in parts:
        if isinstance(part, Status):
            yield Event("status", {"stage": part.stage})
        elif isinstance(part, Passages):
            read = by_chunk(part.passages)
            yield Event("passages", {"passages": [passage_view(passage) for passage in part.passages]})
        elif isinstance(part, SentenceReady):
            read |= by_chunk(part.passages)
            new = [citation_view(citation, read) for citation in part.new_citations]
            facts = [fact_view(fact) for fact in part.new_facts]
            yield Event("sentence", sentence_view(part.sentence) | {"new_citations": new, "new_facts": facts})
        else:
            yield Event("final", answer_view(part.answer))


def count(metrics: Metrics, answer: Answer, seconds: float) -> None:
    """Note an answer and how long it took."""
    metrics.asks.labels(answer.status).inc()
    metrics.ask_seconds.observe(seconds)


def _counted(house: House, caller: Caller, parts: Iterator[Part]) -> Iterator[Part]:
    began = perf_counter()
    for part in parts:
        if isinstance(part, Final):
            count(house.metrics, part.answer, perf_counter() - began)
            house.words.add(caller, part.answer)
        yield part
