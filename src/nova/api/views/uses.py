"""What places show that engines tell, as the API says it."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from nova.api.models import uses as shapes
from nova.flows.seeding.uses import Navigation, Proposal, Unusual, Visit
from nova.kpi.measure.registry import KPIS
from nova.language.inert import inert_name


def visits_of(body: shapes.NavigationRequest) -> list[Visit]:
    """What somebody opened, oldest first."""
    return [Visit(one.ts.isoformat(), one.route) for one in body.visits]


def navigation_view(found: Navigation) -> dict[str, Any]:
    """Where somebody may want to go."""
    return asdict(found)


def unusual_view(found: Sequence[Unusual]) -> dict[str, Any]:
    """Hours of figures that there are."""
    known = [(one, KPIS[one.kpi]) for one in found if one.kpi in KPIS]
    return {"hours": [asdict(one) | {"title": kpi.title, "kind": kpi.kind, "unit": kpi.unit, "digits": kpi.digits} for one, kpi in known]}


def proposals_view(found: Sequence[Proposal], limit: int, offset: int) -> dict[str, Any]:
    """A page of them."""
    shown = [asdict(one) | {"source": inert_name(one.source), "day": one.day or None} for one in found[offset : offset + limit]]
    return {"proposals": shown, "total": len(found)}
