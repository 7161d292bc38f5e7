"""Callers in, what they may use and how much of it they do out; for the operator of everybody."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from starlette.concurrency import run_in_threadpool

from nova.api.doors import House, key_of
from nova.api.models.quota import KeeperFilters
from nova.api.shares import Spender
from nova.errors import NotAllowed
from nova.records import Caller
from nova.store import usage
from nova.store.usage import Amounts, Quota

TEXTS: dict[Quota, str] = {
    "documents": "Platz schafft, wer Dokumente löscht.",
    "meters": "Zähler ordnet Ihnen die Betriebsverwaltung zu.",
    "bytes": "Alle Fassungen der Dokumente und die gelieferten Dateien. Platz schafft, wer Dokumente löscht.",
    "tokens": "Ein Token weniger gilt, sobald es zurückgezogen wird oder abläuft.",
    "jobs": "Wartende Aufträge enden von selbst.",
}
NOBODY = "Der Betreiberschlüssel gehört zu keiner Person. Was Personen belegen, zeigt `nova quota`."


async def own(house: House, caller: Caller) -> dict[str, Any]:
    """A person's budget and quotas; NotAllowed for the operator, who is none."""
    if caller.user_id is None:
        raise NotAllowed(NOBODY)
    budget = await house.shares.budget(Spender(house.shares, caller, key_of(caller), "get_own_quota"))
    used = await run_in_threadpool(_used, house, caller.user_id)
    return {"budget": None if budget is None else asdict(budget), "quotas": _told(house.allowed, used)}


def _used(house: House, owner: UUID) -> Amounts:
    with house.nova.db.single() as conn:
        return usage.used(conn, owner)


def keepers(house: House, asked: KeeperFilters) -> dict[str, Any]:
    """A page of the people who keep something, or the one of this name, if there is one."""
    with house.nova.db.single() as conn:
        if asked.user is None:
            found, total = usage.keepers(conn, asked.limit, asked.offset)
        else:
            known = usage.keeper(conn, asked.user)
            found, total = ([known], 1) if known else ([], 0)
    return {"people": [_keeper(house.allowed, one) for one in found], "total": total}


def _keeper(allowed: Amounts, one: usage.Keeper) -> dict[str, Any]:
    quotas = _told(allowed, one.used)
    share = max((quota["used"] / quota["most"] for quota in quotas if quota["most"]), default=0.0)
    return {"user_id": one.user_id, "user": one.user, "role": one.role, "share": share, "quotas": quotas}


def _told(allowed: Amounts, now: Amounts) -> list[dict[str, Any]]:
    return [
        {"quota": name, "used": getattr(now, name), "most": getattr(allowed, name) or None, "text": TEXTS[name]} for name in usage.QUOTAS
    ]
