"""A database in, what was learned and the prompts people try out, as answering asks for them: looked up at most once a second."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.answers.compose import prompt as prompts
from nova.answers.compose.prompt import Prompt
from nova.answers.understand.learned import RankingRelease
from nova.kpi.learn import stored
from nova.store.postgres.db import Database
from nova.store.quality import learning as rows
from nova.store.quality import prompts as prompt_rows
from nova.store.releases import takes_part
from nova.wiring.renewed import Mark, Renewed

Worths = Callable[[Connection[Any]], tuple[str, Callable[[], Mapping[UUID, float]]]]
LOOK_AGAIN_S = 1.0
NOTHING = RankingRelease()


class StoredLearning:
    """The live release; a change is seen within a second, in whichever process it was made.

    `worths` says which state tells what passages are worth ("": none), and how that is loaded.
    """

    def __init__(self, db: Database, clock: Callable[[], float] = time.monotonic, worths: Worths = lambda _: ("", dict)) -> None:
        self._db, self._worths = db, worths
        self._known = Renewed(self._look, LOOK_AGAIN_S, clock, stale=True)

    def __call__(self) -> RankingRelease:
        """What was learned."""
        return self._known()

    def _look(self) -> tuple[Mark, Callable[[], RankingRelease]]:
        with self._db.transaction() as conn:
            found = rows.pointer(conn)
            decided = rows.decided_terms(conn) if found else {}
            told_by, worths = self._worths(conn)

        def load() -> RankingRelease:
            learned = self._load(found[0], decided) if found else NOTHING
            return replace(learned, worths=worths()) if told_by else learned

        return (found, told_by, *sorted(decided.items())), load

    def _load(self, release_id: UUID, decided: Mapping[tuple[str, str], bool]) -> RankingRelease:
        with self._db.transaction() as conn:
            release = rows.release(conn, release_id)
        if release is None or release.artefact is None:
            return NOTHING
        lessons = stored.from_json(release.artefact)
        approved = tuple(one for one in lessons.terms if decided.get((one.lay, one.term)))
        return RankingRelease(str(release_id), lessons.topics, approved)


@dataclass(frozen=True, slots=True)
class _Prompts:
    """The live version (None: the file's) and the one on trial with its share."""

    live: Prompt | None
    trial: Prompt | None
    share: float


class StoredPrompts:
    """Versions of the prompt beside the file."""

    def __init__(self, db: Database, base: Callable[[], Prompt], clock: Callable[[], float] = time.monotonic) -> None:
        self._db, self._base = db, base
        self._known = Renewed(self._look, LOOK_AGAIN_S, clock, stale=True)

    def current(self) -> Prompt:
        """The live version, else the file's."""
        return self._known().live or self._base()

    def trial(self, whose: str) -> Prompt | None:
        """The version on trial for those who take part in it: the same person or conversation always does, or never. Nobody's never."""
        known = self._known()
        return known.trial if known.trial and takes_part(whose, known.trial.version, known.share) else None

    def _look(self) -> tuple[Mark, Callable[[], _Prompts]]:
        with self._db.transaction() as conn:
            found = {row.state: row for row in prompt_rows.in_use(conn)}
        live, trial = found.get("live"), found.get("trial")
        mark = tuple((row.version, row.state, row.share) for row in found.values())
        return mark, lambda: _Prompts(
            prompts.parse(live.yaml, live.version) if live else None,
            prompts.parse(trial.yaml, trial.version) if trial else None,
            trial.share if trial else 0.0,
        )
