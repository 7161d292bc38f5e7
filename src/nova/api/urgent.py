"""A message in, what is said of an emergency out before anybody stands in line, is counted or searches; its row is written afterwards."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.background import BackgroundTask

from nova.answers.ask import LONGEST_QUESTION, Final, Question, SentenceReady
from nova.answers.emergency import urgent
from nova.answers.urgent import keep_notice
from nova.api.doors import Asker, House
from nova.api.protocol.envelope import trace_id
from nova.errors import NovaError
from nova.logs import get_logger
from nova.records import Answer
from nova.telemetry.conversations import new_conversation

MOST_JUDGED = 2  # at once: threads of their own, which nothing else holds up
MOST_KEPT = 2
MOST_WAITING = 500
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class AskedText:
    """What somebody said, in which conversation (None for a new one), and the question it is where it tells of no emergency.

    `calm`: they said that it does not.
    """

    text: str
    conversation_id: UUID | None
    question: Callable[[], Question]
    calm: bool = False


def watch_room() -> CapacityLimiter:
    """Threads that look for emergencies."""
    return CapacityLimiter(MOST_JUDGED)


def keeping_room() -> CapacityLimiter:
    """Threads that write down what was said of them."""
    return CapacityLimiter(MOST_KEPT)


async def noticed(house: House, asked: AskedText) -> Answer | None:
    """What is said of the emergency that a message tells of; None for any other."""
    if asked.calm:
        return None
    conversation_id = asked.conversation_id or new_conversation()
    answer = await run_sync(urgent, asked.text, house.nova.hotlines, conversation_id, limiter=house.watch)
    if answer is not None and answer.emergency is not None:
        house.metrics.emergencies.labels(answer.emergency.kind).inc()
    return answer


def as_parts(answer: Answer) -> Iterator[SentenceReady | Final]:
    """It as a stream tells it."""
    for sentence in answer.sentences:
        yield SentenceReady(sentence, ())
    yield Final(answer)


def kept_later(house: House, who: Asker, asked: AskedText, answer: Answer) -> BackgroundTask | None:
    """What writes it down once it is said; nothing where nobody knows who asked."""
    if who.fault is not None:
        return None
    text, user = asked.text[:LONGEST_QUESTION], who.caller.user_id
    question = Question(text, user_id=user, trace_id=UUID(trace_id()), conversation_id=answer.conversation_id)
    return BackgroundTask(_keep, house, question, answer)


async def _keep(house: House, question: Question, answer: Answer) -> None:
    if house.keeping.statistics().tasks_waiting >= MOST_WAITING:
        log.warning("emergency_not_kept", error="busy")
        return
    try:
        await run_sync(keep_notice, house.nova.answers, question, answer, limiter=house.keeping)
    except NovaError as error:
        log.warning("emergency_not_kept", error=error.code)
