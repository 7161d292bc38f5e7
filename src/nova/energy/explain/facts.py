"""A tool's name and its arguments in, a number out: what may be said of data. The same query gives the same number again.

Queries hold `tool`, mostly `meter` (or `meters`, for their sum), and the window: `from`, `to` (ISO, UTC) and where they narrow it `hours`
(local minutes of the day) and `days` ("weekday", "weekend"); `sign` -1 turns a difference round, `cents` gives prices in ct/kWh, `told_in`
powers or energies in a unit of `SCALES`. All tools are in `tools.TOOLS`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

from nova.energy.explain.answer_source import AnswerSource
from nova.energy.explain.measures import ToolResult
from nova.energy.explain.tools import TOOLS
from nova.energy.explain.words import text_of
from nova.energy.period import Period, iso
from nova.energy.source import Source
from nova.errors import InvalidInput
from nova.records import DataFact

CLOSE = 1e-9
SCALES: Mapping[tuple[str, str], float] = {("kW", "W"): 1000.0, ("kWh", "Wh"): 1000.0, ("kWh", "MWh"): 0.001}


@dataclass(slots=True)
class Ledger:
    """The facts of one answer, each computed when it is first asked for."""

    source: AnswerSource
    new_id: Callable[[], UUID] = uuid4
    kept: list[DataFact] = field(default_factory=list)
    said: set[UUID] = field(default_factory=set)

    def fact(self, tool: str, label: str, period: Period, **args: Any) -> DataFact:
        """The number that a tool computes; the same query is one fact."""
        query = {"tool": tool, **args, **window(period)}
        same = next((one for one in self.kept if one.query == query), None)
        if same is not None:
            return same
        found = compute(self.source, query)
        value = found.value
        made = DataFact(self.new_id(), label, value, found.unit, text_of(value, found.unit), query, found.rows, found.chart)
        self.kept.append(made)
        return made


def window(period: Period) -> dict[str, Any]:
    """A period as queries keep it."""
    narrow: dict[str, Any] = {"hours": list(period.hours)} if period.hours is not None else {}
    if period.days:
        narrow["days"] = period.days
    return {"from": iso(period.start), "to": iso(period.end), **narrow}


def compute(source: AnswerSource, query: Mapping[str, Any]) -> ToolResult:
    """The number of a query; InvalidInput for a tool that does not exist."""
    tool = TOOLS.get(str(query.get("tool", "")))
    if tool is None:
        raise InvalidInput("Diese Abfrage gibt es nicht.", data={"tool": query.get("tool")})
    found = in_cents(tool(source, query)) if query.get("cents") else tool(source, query)
    found = in_unit(found, str(query.get("told_in", "")))
    return found if query.get("sign", 1) > 0 or found.value is None else replace(found, value=-found.value)


def in_cents(found: ToolResult) -> ToolResult:
    """A price as households know it: ct/kWh, a tenth of EUR/MWh; what is no price stays as it is."""
    if found.unit != "EUR/MWh":
        return found
    return replace(found, value=None if found.value is None else found.value / 10, unit="ct/kWh")


def in_unit(found: ToolResult, unit: str) -> ToolResult:
    """A power or an energy in the unit that it is told in; what has no such unit stays as it is."""
    scale = SCALES.get((found.unit, unit))
    return found if scale is None else replace(found, value=None if found.value is None else scale * found.value, unit=unit)


def recompute(source: Source, fact: DataFact) -> ToolResult:
    """The fact's number from what the source holds now."""
    return compute(AnswerSource(source), fact.query)


def holds(source: Source, fact: DataFact) -> bool:
    """Whether the data still give this number."""
    return same(fact, recompute(source, fact))


def same(fact: DataFact, again: ToolResult) -> bool:
    """Whether what was measured again is the fact's number."""
    if again.value is None or fact.value is None:
        return again.value is fact.value
    return again.unit == fact.unit and abs(again.value - fact.value) <= CLOSE * max(1.0, abs(fact.value))
