"""What people keep in every room, beside what they may keep."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from nova.errors import NotAllowed
from nova.records import Caller
from nova.store.people import usage
from nova.store.people.usage import Amounts, Quota
from nova.store.postgres.db import Database

TEXTS: dict[Quota, str] = {
    "documents": "Platz schafft, wer Dokumente löscht.",
    "meters": "Zähler ordnet Ihnen die Betriebsverwaltung zu.",
    "bytes": "Alle Fassungen der Dokumente und die gelieferten Dateien. Platz schafft, wer Dokumente löscht.",
    "tokens": "Ein Token weniger gilt, sobald es zurückgezogen wird oder abläuft.",
    "jobs": "Wartende Aufträge enden von selbst.",
}
NOBODY = "Der Betreiberschlüssel gehört zu keiner Person. Was Personen belegen, zeigt `nova quota`."


@dataclass(frozen=True, slots=True)
class QuotaUse:
    """How much of a quota is used, of how much (None: no limit); `text` says in German what makes room."""

    quota: Quota
    used: int
    most: int | None
    text: str


@dataclass(frozen=True, slots=True)
class KeeperUse:
    """A person who keeps something; `share` is how full the fullest of their quotas is, 0 to 1."""

    user_id: UUID
    user: str
    role: str
    share: float
    quotas: Sequence[QuotaUse]


class QuotaOverview:
    """`allowed` is what a person may keep."""

    def __init__(self, db: Database, allowed: Amounts) -> None:
        self._db, self._allowed = db, allowed

    def own(self, caller: Caller) -> list[QuotaUse]:
        """A person's quotas; NotAllowed for the operator, who is none."""
        with self._db.single() as conn:
            return self._uses(usage.used(conn, person(caller)))

    def keepers(self, user: str | None, limit: int, offset: int) -> tuple[list[KeeperUse], int]:
        """A page of the people who keep something, those with the most bytes first, or the one of this name; and how many there are."""
        with self._db.single() as conn:
            if user is None:
                found, total = usage.keepers(conn, limit, offset)
            else:
                known = usage.keeper(conn, user)
                found, total = ([known], 1) if known else ([], 0)
        return [self._keeper(one) for one in found], total

    def _keeper(self, one: usage.Keeper) -> KeeperUse:
        quotas = self._uses(one.used)
        share = max((quota.used / quota.most for quota in quotas if quota.most), default=0.0)
        return KeeperUse(one.user_id, one.user, one.role, share, quotas)

    def _uses(self, now: Amounts) -> list[QuotaUse]:
        return [QuotaUse(name, getattr(now, name), getattr(self._allowed, name) or None, TEXTS[name]) for name in usage.QUOTAS]


def person(caller: Caller) -> UUID:
    """Whose quotas a caller's are; NotAllowed for the operator."""
    if caller.user_id is None:
        raise NotAllowed(NOBODY)
    return caller.user_id
