"""People judge what a run's model and its base answered, side by side, without knowing which is which; what comes of it.

Which questions, in which order and on which side is drawn by the installation's own key for each rater. A vote may be changed until a rater
has judged all; who was told which side won judges no more.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.errors import Conflict, NotFound
from nova.flows.training.contexts import contexts
from nova.flows.training.review_page import write_page
from nova.ports import Audit
from nova.records import Caller
from nova.store.postgres.db import Database
from nova.store.quality import train_reviews as store
from nova.store.quality.train_reviews import TestAnswer, TunedRun, VoteRow
from nova.training import attacks, blind
from nova.training.blind import Choice, Pair
from nova.training.limits import Limits
from nova.training.panel import Started, due, panel
from nova.training.run_gates import Panel
from nova.training.wins import Vote

STANDS = "Sie haben alle Paare beurteilt; Ihre Stimmen stehen fest."
TOLD = "Ihnen wurde schon gesagt, welche Seite gewann; beurteilen können Sie diesen Lauf nicht mehr."
BLIND = "Sie beurteilen diesen Lauf gerade; welche Seite gewann, erfahren Sie, wenn Sie fertig sind."


@dataclass(frozen=True, slots=True)
class Shown:
    """A pair as a rater sees it. `mark` comes back with their judgement."""

    row_id: str
    question: str
    context: Sequence[str]
    reference: str
    left: str
    right: str
    mark: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a rater says of a pair that they saw."""

    row_id: str
    choice: Choice
    mark: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """A run under review: its questions with both answers, those that are judged, and the votes so far."""

    run: TunedRun
    rows: Mapping[str, TestAnswer]
    pairs: Mapping[str, Pair]
    judged: Sequence[str]
    votes: Sequence[Vote]
    panel: Panel

    def open_of(self, rater: str) -> list[str]:
        """What a rater has yet to judge, in no order."""
        done = {vote.id for vote in self.votes if vote.rater == rater}
        return [row for row in self.judged if row not in done]


def scene(conn: Connection[Any], run: str, key: bytes, limits: Limits, now: datetime) -> Scene:
    """A run under review; NotFound."""
    found = store.run(conn, run)
    sides: dict[str, dict[str, TestAnswer]] = {}
    for one in store.answers(conn, found.run_id):
        sides.setdefault(one.row_id, {})[one.side] = one
    both = {row: one for row, one in sides.items() if one.keys() >= {"cand", "base"} and not attacks.is_attack(row)}
    pairs = {row: (one["cand"].answer, one["base"].answer) for row, one in both.items()}
    judged = blind.sample(key, str(found.run_id), pairs, limits.review_pairs)
    votes = [Vote(one.row_id, one.rater, one.winner) for one in store.votes(conn, found.run_id)]  # type: ignore[arg-type]
    stands = panel(votes, judged, started(found), now, limits)
    return Scene(found, {row: one["cand"] for row, one in both.items()}, pairs, judged, votes, stands)


def started(run: TunedRun) -> Started:
    """Who began a run, and from when its review counts."""
    return Started(run.started_by, run.ended_at or run.created_at)


class BlindReviews:
    """The use-cases of raters. `redact` takes personal data out of notes; `limits` reads what is enough."""

    def __init__(
        self, db: Database, audit: Audit, redact: Callable[[str], str], key: bytes, data: Path, limits: Callable[[], Limits]
    ) -> None:
        self._db, self._audit, self._redact, self._key, self._data, self._limits = db, audit, redact, key, data, limits

    def next(self, caller: Caller, run: str) -> tuple[Shown | None, int, int]:
        """The next pair (None: all are judged), how many the rater has judged, and of how many. NotFound, Conflict (was told)."""
        with self._db.transaction() as conn:
            found = self._scene(conn, run)
            self._require_blind(conn, found.run.run_id, caller)
        left = blind.order(self._key, str(found.run.run_id), caller.token, found.open_of(caller.token))
        shown = self._shown(found, caller, left[0]) if left else None
        return shown, len(found.judged) - len(left), len(found.judged)

    def vote(self, caller: Caller, run: str, said: Judgement) -> tuple[int, int]:
        """Write down a vote; how many the rater has judged, and of how many.

        NotFound: not of this review. Conflict: finished, was told, or the answers are others than those they saw.
        """
        with self._db.transaction() as conn:
            run_id = store.run(conn, run).run_id
            store.lock_review(conn, run_id)
            found = self._scene(conn, run)
            self._require_blind(conn, run_id, caller)
            if said.row_id not in found.judged:
                raise NotFound("Dieses Paar gehört nicht zur Durchsicht.")
            if not found.open_of(caller.token):
                raise Conflict(STANDS)
            if self._shown(found, caller, said.row_id).mark != said.mark:
                raise Conflict("Die Antworten sind inzwischen andere; lassen Sie sich das Paar noch einmal zeigen.")
            winner = blind.winner(self._key, str(run_id), caller.token, said.row_id, said.choice)
            store.put_vote(conn, run_id, VoteRow(said.row_id, caller.token, winner, datetime.now(UTC)), self._redact(said.note.strip()))
            after = self._scene(conn, run)
            self._audit.record(caller, "training.judged", str(run_id), {"row": said.row_id}, connection=conn)
        left = len(after.open_of(caller.token))
        if not left:
            self.write()
        return len(after.judged) - left, len(after.judged)

    def progress(self, caller: Caller, run: str) -> dict[str, Any]:
        """How a review stands. Which side won is told to raters who finished, and to those who were told it by `votes`. NotFound."""
        with self._db.transaction() as conn:
            found = self._scene(conn, run)
            knows = store.is_unblinded(conn, found.run.run_id, caller.token)
        own = next((one for one in found.panel.raters if one["rater"] == caller.token), None)
        tells = knows or bool(own and own["finished"])
        told = asdict(found.panel) | {"run": found.run.name, "due_at": due(started(found.run), self._limits()), "told": tells}
        return told | {"raters": [_rater(one, tells=tells) for one in found.panel.raters]}

    def votes(self, caller: Caller, run: str) -> list[dict[str, str]]:
        """Every vote of raters who finished (`id, rater, winner`); whoever is told them judges no more. NotFound, Conflict (judges now)."""
        now = datetime.now(UTC)
        with self._db.transaction() as conn:
            run_id = store.run(conn, run).run_id
            store.lock_review(conn, run_id)
            found = self._scene(conn, run)
            if any(vote.rater == caller.token for vote in found.votes) and found.open_of(caller.token):
                raise Conflict(BLIND)
            store.unblind(conn, run_id, caller.token, now)
            self._audit.record(caller, "training.votes_told", str(run_id), {"votes": len(found.votes)}, connection=conn)
        done = {one["rater"] for one in found.panel.raters if one["finished"]}
        return [{"id": one.id, "rater": one.rater, "winner": one.winner} for one in found.votes if one.rater in done]

    def write(self) -> int:
        """Write the page of the journal anew; how many runs it tells of."""
        now, limits = datetime.now(UTC), self._limits()
        with self._db.transaction() as conn:
            scenes = [scene(conn, str(run_id), self._key, limits, now) for run_id in store.reviewed(conn)]
        write_page(self._data, [(one.run.name, one.panel, due(started(one.run), limits)) for one in scenes], now)
        return len(scenes)

    def _scene(self, conn: Connection[Any], run: str) -> Scene:
        return scene(conn, run, self._key, self._limits(), datetime.now(UTC))

    def _shown(self, found: Scene, caller: Caller, row: str) -> Shown:
        seen = blind.laid_out(self._key, str(found.run.run_id), caller.token, row, found.pairs[row])
        one = found.rows[row]
        return Shown(row, one.question, contexts(one.context), one.reference, *seen, blind.mark(seen))

    def _require_blind(self, conn: Connection[Any], run_id: UUID, caller: Caller) -> None:
        if store.is_unblinded(conn, run_id, caller.token):
            raise Conflict(TOLD)


def _rater(one: Mapping[str, Any], *, tells: bool) -> dict[str, Any]:
    """A rater as others may see them: which side they preferred only once that is told, and of those who finished."""
    return {**one, "won": one["won"] if tells and one["finished"] else None}
