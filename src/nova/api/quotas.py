"""Callers in, what they may use and how much of it they do out; for the operator of everybody."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from starlette.concurrency import run_in_threadpool

from nova.api.doors import House, key_of
from nova.api.limits.shares import Spender
from nova.flows.quotas import KeeperUse, person
from nova.records import Caller


async def own(house: House, caller: Caller) -> dict[str, Any]:
    """A person's budget and quotas; NotAllowed for the operator, who is none."""
    person(caller)
    budget = await house.shares.budget(Spender(house.shares, caller, key_of(caller), "get_own_quota"))
    used = await run_in_threadpool(house.cases.people.quota_overview.own, caller)
    return {"budget": None if budget is None else asdict(budget), "quotas": [asdict(one) for one in used]}


def keepers_view(found: Sequence[KeeperUse], total: int) -> dict[str, Any]:
    """A page of the people who keep something."""
    return {"people": [asdict(one) for one in found], "total": total}
