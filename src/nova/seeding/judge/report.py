"""One verdict on a frame: what `nova seed judge` prints."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import polars as pl

from nova.errors import InvalidInput
from nova.seeding.judge.bias import GroupRate, Mitigation, bias, mitigation
from nova.seeding.judge.drift import Drift, drift
from nova.seeding.judge.policy import Gate, Policy, gate
from nova.seeding.judge.profile import Profile, fit
from nova.seeding.judge.quality import Kept, scored
from nova.seeding.judge.what_if import MEASURES, WhatIf, steps

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that was judged; `scored` is the frame with the columns `score` adds, `as_dict` what the command prints."""

    scored: pl.DataFrame
    consistency: list[Kept]
    bias: list[GroupRate]
    mitigation: list[Mitigation]
    drift: list[Drift]
    gate: Gate
    what_if: list[WhatIf]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON, the same for the same frame."""
        return {
            "rows": len(self.scored),
            **{name: _spread(self.scored[name]) for name in MEASURES},
            "consistency": [asdict(one) for one in self.consistency],
            "bias": [asdict(one) for one in self.bias],
            "mitigation": [asdict(one) for one in self.mitigation],
            "drift": [asdict(one) for one in self.drift],
            "gate": {
                "passed": self.gate.passed, "rows": self.gate.rows, "held": len(self.gate.held), "reasons": self.gate.reasons,
                "faults": list(self.gate.faults), "examples": self.gate.held.head(_SHOWN).to_dicts(),
            },
            "what_if": [asdict(one) for one in self.what_if],
        }  # fmt: skip


def _spread(values: pl.Series) -> dict[str, Any]:
    """A measure's mean, quantiles and histogram by tens."""
    if values.is_empty():
        return {"mean": None, "p05": None, "median": None, "p95": None, "histogram": [0] * 10}
    tens = (values / 10).floor().clip(0, 9).cast(pl.Int32).value_counts()
    counts = dict(tens.iter_rows())
    mean = round(float(values.mean() or 0.0), 2)  # type: ignore[arg-type]
    quantiles = {name: float(values.quantile(share, "nearest") or 0.0) for name, share in (("p05", 0.05), ("median", 0.5), ("p95", 0.95))}
    return {"mean": mean, **quantiles, "histogram": [counts.get(ten, 0) for ten in range(10)]}


def judge(
    frame: pl.DataFrame,
    *,
    policy: Policy,
    group: str | None = None,
    outcome: str | None = None,
    against: pl.DataFrame | None = None,
    today: date | None = None,
    profile: Profile | None = None,
) -> Verdict:
    """Judge a frame with a column `id`.

    `group` and `outcome` are columns to be looked at for bias, `against` an older frame for drift, `today` the day that nothing past may
    lie behind. Raises InvalidInput where a column named is not there.
    """
    if "id" not in frame.columns:
        raise InvalidInput("Die Daten haben keine Spalte „id“.")
    if (group is None) != (outcome is None):
        raise InvalidInput("Gruppe und Ergebnis gehören zusammen: Bitte beide Spalten nennen oder keine.")
    if profile is None:
        profile = fit(frame, today=today)
    judged, kept = scored(frame, profile)
    rates, shown = _by_group(frame, group, outcome)
    thresholds = {name: float(getattr(policy.minimum, name)) for name in MEASURES}
    moved = drift(frame, against) if against is not None else []
    return Verdict(judged, kept, rates, shown, moved, gate(judged, policy, today), steps(judged, thresholds))


def _by_group(frame: pl.DataFrame, group: str | None, outcome: str | None) -> tuple[list[GroupRate], list[Mitigation]]:
    """The rates of the groups and, where one of them stands out, what could be done; nothing where no groups are asked for."""
    if group is None or outcome is None:
        return [], []
    rates = bias(frame, group, outcome)
    if not any(one.flagged for one in rates):
        return rates, []
    return rates, [mitigation(frame, group, outcome, how) for how in ("weights", "resample")]
