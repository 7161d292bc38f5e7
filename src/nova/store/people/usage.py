"""What a person keeps here and what they may keep: counts in and out of named queries, inside the caller's transaction.

Whoever adds something calls `require` in the transaction that adds it, before the work: it holds the person until the transaction ends, so
that of two that would both fit alone only one gets in. The operator, who is nobody in particular, keeps as much as there is room for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self
from uuid import UUID

from psycopg import Connection

from nova import german
from nova.errors import NovaError, QuotaExceeded, QuotaForNow
from nova.settings import Settings
from nova.store import queries

SQL = queries.load("usage")
Quota = Literal["documents", "meters", "bytes", "tokens", "jobs"]
IMPORT = "series-import"
MIB = 1024 * 1024
SOON_S = 10  # until some of the jobs that wait have had their turn
FULL: Mapping[Quota, str] = {
    "documents": "Sie haben {used} von {most} Dokumenten. Löschen Sie welche, die Sie nicht mehr brauchen; mehr erlaubt die "
    "Betriebsverwaltung.",
    "meters": "Damit hätte diese Person {used} Zähler, erlaubt sind {most} (NOVA_QUOTA_METERS). Nichts wurde geändert.",
    "bytes": "Ihr Platz reicht dafür nicht: {used} von {most} sind belegt. Löschen Sie Dokumente, die Sie nicht mehr brauchen; mehr "
    "erlaubt die Betriebsverwaltung.",
    "tokens": "Für diese Person gelten schon {used} von {most} Token. Ziehen Sie zuerst eines zurück.",
    "jobs": "Von Ihnen warten schon {used} von {most} Aufträgen. In {wait} s geht es weiter.",
}


@dataclass(frozen=True, slots=True)
class Amounts:
    """How much of each: what is used, what is to be added, or what may be (0: no limit)."""

    documents: int = 0
    meters: int = 0
    bytes: int = 0
    tokens: int = 0
    jobs: int = 0

    @classmethod
    def allowed(cls, settings: Settings) -> Self:
        """What a person may keep."""
        return cls(
            documents=settings.NOVA_QUOTA_DOCUMENTS,
            meters=settings.NOVA_QUOTA_METERS,
            bytes=settings.NOVA_QUOTA_MB * MIB,
            tokens=settings.NOVA_QUOTA_TOKENS,
            jobs=settings.NOVA_QUOTA_JOBS,
        )


QUOTAS: tuple[Quota, ...] = ("documents", "meters", "bytes", "tokens", "jobs")
NO_LIMIT = Amounts()


@dataclass(frozen=True, slots=True)
class Keeper:
    """A person who keeps something."""

    user_id: UUID
    user: str
    role: str
    used: Amounts


def used(conn: Connection[Any], owner: UUID) -> Amounts:
    """What a person keeps."""
    row = conn.execute(SQL["used"], {"owner": owner, "import": IMPORT}).fetchone() or {}
    return Amounts(**{name: int(row[name]) for name in QUOTAS})


def require(conn: Connection[Any], allowed: Amounts, owner: UUID | None, more: Amounts) -> None:
    """Hold the person and let `more` be added: QuotaExceeded where that would be too much, QuotaForNow for too many jobs that wait.

    Of what nothing is added there may be too much, since a setting was lowered. None is the operator.
    """
    if owner is None or allowed == NO_LIMIT:
        return
    conn.execute(SQL["hold"], {"owner": owner})
    check(allowed, used(conn, owner), more)


def require_meters(conn: Connection[Any], allowed: Amounts, owner: UUID) -> None:
    """Hold the person; QuotaExceeded where the meters they have by now, in this transaction, are more than they may have."""
    if not allowed.meters:
        return
    conn.execute(SQL["hold"], {"owner": owner})
    there = used(conn, owner).meters
    if there > allowed.meters:
        raise refusal("meters", there, allowed.meters)


def check(allowed: Amounts, now: Amounts, more: Amounts) -> None:
    """Nothing where `more` fits; raises as `require` does."""
    for name in QUOTAS:
        most, added, there = getattr(allowed, name), getattr(more, name), getattr(now, name)
        if most and added and there + added > most:
            raise refusal(name, there, most)


def refusal(name: Quota, there: int, most: int) -> NovaError:
    """What to tell whoever has `there` of `most`."""
    said = FULL[name].format(used=amount(name, there), most=amount(name, most), wait=SOON_S)
    data: dict[str, Any] = {"quota": name, "used": there, "most": most}
    return QuotaForNow(said, data=data | {"retry_after": SOON_S}) if name == "jobs" else QuotaExceeded(said, data=data)


def amount(name: Quota, number: int) -> str:
    """A number as people read it; bytes in MiB."""
    return f"{german.plain(number / MIB)} MiB" if name == "bytes" else str(number)


def keepers(conn: Connection[Any], limit: int, offset: int = 0) -> tuple[list[Keeper], int]:
    """A page of the people who keep something, those with the most bytes first; and how many there are."""
    rows = conn.execute(SQL["keepers"], {"limit": limit, "offset": offset, "import": IMPORT}).fetchall()
    found = [Keeper(row["user_id"], row["user"], row["role"], Amounts(**{name: int(row[name]) for name in QUOTAS})) for row in rows]
    return found, int(rows[0]["total"]) if rows else 0


def keeper(conn: Connection[Any], user: str) -> Keeper | None:
    """A person by the name they are known under elsewhere."""
    row = conn.execute(SQL["keeper"], {"user": user}).fetchone()
    return None if row is None else Keeper(row["user_id"], row["user"], row["role"], used(conn, row["user_id"]))


def note_bytes(conn: Connection[Any], batch_id: int, size: int) -> None:
    """How large the file of a delivery was."""
    conn.execute(SQL["set_bytes"], {"batch_id": batch_id, "bytes": size})
