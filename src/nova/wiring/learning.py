"""A database in, what was learned and the prompts people try out, as answering asks for them: looked up at most once a second."""

import hashlib
import hmac
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from nova.answers import prompt as prompts
from nova.answers.learned import Learned
from nova.answers.prompt import Prompt
from nova.kpi.learn import stored
from nova.store import learning as rows
from nova.store import prompts as prompt_rows
from nova.store.db import Database

LOOK_AGAIN_S = 1.0
NOTHING = Learned()
SLICES = 10_000


class StoredLearning:
    """The live release; a change is seen within a second, in whichever process it was made."""

    def __init__(self, db: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._db, self._clock = db, clock
        self._lock = threading.Lock()
        self._looked = float("-inf")
        self._mark: tuple[object, ...] = ()
        self._value = NOTHING

    def __call__(self) -> Learned:
        """What was learned; while one thread looks, the others use what they have."""
        if self._clock() - self._looked > LOOK_AGAIN_S and self._lock.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._lock.release()
        return self._value

    def _look(self) -> None:
        with self._db.transaction() as conn:
            found = rows.pointer(conn)
            decided = rows.decided_terms(conn) if found else {}
            mark = (found, tuple(sorted(decided.items())))
            if mark != self._mark:
                self._value = self._load(conn, found[0], decided) if found else NOTHING
                self._mark = mark
        self._looked = self._clock()

    def _load(self, conn: object, release_id: UUID, decided: dict[tuple[str, str], bool]) -> Learned:
        release = rows.release(conn, release_id)  # type: ignore[arg-type]
        if release is None or release.artefact is None:
            return NOTHING
        lessons = stored.from_json(release.artefact)
        approved = tuple(one for one in lessons.terms if decided.get((one.lay, one.term)))
        return Learned(str(release_id), lessons.topics, approved)


@dataclass(frozen=True, slots=True)
class _Prompts:
    """The live version (None: the file's) and the one on trial with its share."""

    live: Prompt | None
    trial: Prompt | None
    share: float


class StoredPrompts:
    """Versions of the prompt beside the file."""

    def __init__(self, db: Database, base: Callable[[], Prompt], clock: Callable[[], float] = time.monotonic) -> None:
        self._db, self._base, self._clock = db, base, clock
        self._lock = threading.Lock()
        self._looked = float("-inf")
        self._mark: tuple[object, ...] = ()
        self._value = _Prompts(None, None, 0.0)

    def current(self) -> Prompt:
        """The live version, else the file's."""
        return self._known().live or self._base()

    def trial(self, whose: str) -> Prompt | None:
        """The version on trial for those who take part in it: the same person or conversation always does, or never. Nobody's never."""
        known = self._known()
        return known.trial if known.trial and whose and takes_part(whose, known.trial.version, known.share) else None

    def _known(self) -> _Prompts:
        if self._clock() - self._looked > LOOK_AGAIN_S and self._lock.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._lock.release()
        return self._value

    def _look(self) -> None:
        with self._db.transaction() as conn:
            found = prompt_rows.in_use(conn)
        mark = tuple((row.version, row.state, row.share) for row in found)
        if mark != self._mark:
            by_state = {row.state: row for row in found}
            live, trial = (by_state.get("live"), by_state.get("trial"))
            self._value = _Prompts(
                prompts.parse(live.yaml, live.version) if live else None,
                prompts.parse(trial.yaml, trial.version) if trial else None,
                trial.share if trial else 0.0,
            )
            self._mark = mark
        self._looked = self._clock()


def takes_part(whose: str, version: str, share: float) -> bool:
    """Whether somebody is in a trial: an HMAC of who they are under the version's name, so that trials draw apart from each other."""
    drawn = hmac.new(version.encode(), whose.encode(), hashlib.sha256).digest()
    return int.from_bytes(drawn[:8], "big") % SLICES < share * SLICES
