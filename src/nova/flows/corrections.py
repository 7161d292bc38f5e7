"""What people really said or asked, in place of what was written down. Corrections are redacted as everything is."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from nova.errors import InvalidInput, NotAllowed
from nova.governance import rights
from nova.governance.people import KnownPeople
from nova.knowledge.kinds import APPLY
from nova.ports import Audit
from nova.ports.jobs import Jobs
from nova.ports.people import Redactor
from nova.records import Caller
from nova.store.postgres.db import Database

CORRECTED = "Berichtigtes aus dem Suchindex nehmen"


@dataclass(frozen=True, slots=True)
class TurnText:
    """What a person really said in a conversation."""

    conversation_id: UUID
    seq: int
    text: str


@dataclass(frozen=True, slots=True)
class QuestionText:
    """What a person really asked."""

    answer_id: UUID
    question: str


class Corrections:
    """The right to rectification, of one's own words."""

    def __init__(self, db: Database, jobs: Jobs, audit: Audit, people: KnownPeople, redact: Redactor) -> None:
        self._db, self._jobs, self._audit, self._people, self._redact = db, jobs, audit, people, redact

    def correct(self, caller: Caller, turn: TurnText | None, answer: QuestionText | None) -> int:
        """Replace what the caller said by what they meant; how many texts.

        NotAllowed without consent to keep words, InvalidInput when nothing is to be corrected, NotFound.
        """
        user_id, done = rights.user_of(caller), 0
        with self._db.transaction() as conn:
            who = rights.of_user(conn, self._people, user_id)
            if "service" not in self._people.agreed(conn, who.subject_id):
                raise NotAllowed("Ohne Ihre Einwilligung in die Aufbewahrung speichert Nova keinen Wortlaut, auch keinen berichtigten.")
            token, known = self._people.tokens(conn, who.subject_id), self._people.known(conn, who.subject_id, datetime.now(UTC), {})
            if turn is not None:
                rights.correct_turn(conn, who, turn.conversation_id, turn.seq, self._redact(turn.text, token, known))
                done += 1
            if answer is not None:
                rights.correct_question(conn, who, answer.answer_id, self._redact(answer.question, token, known))
                done += 1
            if not done:
                raise InvalidInput("Nennen Sie, was berichtigt werden soll: `turn` oder `answer`.")
            self._jobs.start(APPLY, {}, title=CORRECTED, connection=conn)
            self._audit.record(caller, "data.corrected", str(who.subject_id), {"texts": done}, connection=conn)
        return done
