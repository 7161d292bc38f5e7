"""Questions of an hour in, the same hour lived through out: asked over HTTP, judged, telephoned about, set back in time, and evaluated.

Setting back is one named statement on the throw-away database of the stage; evaluating is what the job `alerts` does, told the time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from nova.cli.rehearsal.people import call
from nova.cli.rehearsal.stage import Stage, need
from nova.kpi.measure.estimate import Estimate
from nova.kpi.measure.figures import window
from nova.kpi.measure.registry import KPIS
from nova.store.queries import Queries
from nova.wiring.alarms import alarms_of

SQL = Queries("rehearsal")
HOUR = timedelta(hours=1)
JUDGED, CALLED = 2, 5  # every so many sessions
GOOD, WRONG = "answered", "falsch"


@dataclass(frozen=True, slots=True)
class SessionQuestion:
    """A question, and whether the documents can answer it now."""

    question: str
    answerable: bool = True


@dataclass(frozen=True, slots=True)
class Event:
    """A rule that changed at a simulated hour: warn, critical, eased, recovered or lost."""

    hour: int
    rule: str
    event: str


def live(stage: Stage, hour: int, sessions: Sequence[SessionQuestion]) -> list[Event]:
    """One hour: everybody asks, some judge, some telephone; at its end Nova evaluates. What rules said."""
    begin, moved = stage.clock, []
    for at, asked in enumerate(sessions):
        moment = begin + (at + 1) * HOUR / (len(sessions) + 2)
        moved.append((_session(stage, asked, moment), moment))
    _set_back(stage, moved)
    stage.clock = begin + HOUR
    outcome = alarms_of(stage.nova).evaluate(stage.clock)
    return [Event(hour, str(rule["rule"]), str(rule["event"])) for rule in outcome.rules if rule["event"]]


def share(stage: Stage, kpi: str, hours: int) -> Estimate:
    """A figure over the simulated hours that end now."""
    with stage.nova.db.transaction() as conn:
        return window(conn, KPIS[kpi], stage.clock - hours * HOUR, stage.clock)


def _session(stage: Stage, asked: SessionQuestion, moment: datetime) -> UUID:
    """Somebody's session: a question to Luna, for some a judgement, for some a call afterwards. The answer's id."""
    number, crowd = stage.sessions, stage.people
    person = crowd[(number * 7 + number // len(crowd)) % len(crowd)]
    stage.sessions += 1
    answer: dict[str, Any] = person.door.post("/rag/ask", {"question": asked.question, "conversation_id": str(uuid4())})
    helped = asked.answerable and answer["status"] == GOOD
    if number % JUDGED == 0 and answer["status"] == GOOD:
        judgement = {"question": asked.question, "answer": answer["answer"], "answer_id": answer["answer_id"], "useful": helped}
        person.door.post("/feedback/rag", judgement | ({} if helped else {"reason": WRONG}))
    if number % CALLED == 0:
        call(stage, person, moment + timedelta(minutes=2), asked.question, helped)
    return UUID(answer["answer_id"])


def _set_back(stage: Stage, moved: Sequence[tuple[UUID, datetime]]) -> None:
    values = {"answer_ids": [one for one, _ in moved], "times": [at for _, at in moved]}
    with stage.nova.db.transaction() as conn:
        done = conn.execute(SQL["set_back"].encode(), values).rowcount
    need(done == len(moved), f"Von {len(moved)} Antworten wurden {done} gespeichert.")
