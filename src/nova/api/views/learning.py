"""What was learned in, the JSON shapes of `models.learning` out."""

from collections.abc import Mapping
from typing import Any

from nova.kpi.learn.control import LearningState


def state_view(found: LearningState) -> dict[str, Any]:
    """The plan, what is live, and a page of the ledger."""
    plan = plan_view(found.plan) | {"tried": found.plan.get("tried")}
    return plan | {"live": found.live, "job_id": found.job_id, "entries": found.entries, "total": found.total}


def plan_view(plan: Mapping[str, Any]) -> dict[str, Any]:
    """Whether learning runs by itself, and when."""
    return {"on": plan["on"], "hour": plan["hour"]}
