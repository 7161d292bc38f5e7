"""Mitigation of bias as a step: weights, or a sample in which the groups have one rate of an outcome (Kamiran and Calders 2012)."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

import polars as pl

from nova import german
from nova.errors import InvalidInput
from nova.seeding.judge.bias import bias, outcome_of, resampled, reweighed, unmended, wanted_copies
from nova.seeding.marks import FROM, MADE, REPEATED
from nova.seeding.step import ID, REMOVED, Done, changes, removals

WEIGHT = "weight"


@dataclass(frozen=True, slots=True)
class Mitigate:
    """Makes the rate of `outcome` (0 and 1 as `outcome_of` reads it) the same in every `group`.

    `reweigh` adds a column `weight`; `resample` leaves records out and, with `repeat`, repeats others as `id~2` (`_from` names the record).
    `seed` chooses among equals. Groups of fewer than five records, or of one outcome only, stay as they are (`shown` says which).
    """

    group: str
    outcome: str
    how: Literal["reweigh", "resample"] = "reweigh"
    seed: int = 1
    repeat: bool = True
    name: str = "mitigate"

    def __post_init__(self) -> None:
        if self.how not in ("reweigh", "resample"):
            raise InvalidInput("Ein Ausgleich ist „reweigh“ (Gewichte) oder „resample“ (Auswahl).")
        if self.seed < 0:
            raise InvalidInput("Der Startwert eines Ausgleichs ist nicht negativ.")

    def __call__(self, frame: pl.DataFrame) -> Done:
        """Records with weights, or the sample. InvalidInput for a missing column, or a column `weight` that is there already."""
        told = self._mendable(frame)
        if self.how == "reweigh":
            if WEIGHT in frame.columns:
                raise InvalidInput("Die Daten haben schon eine Spalte „weight“; ein Ausgleich durch Gewichte würde sie ersetzen.")
            return Done(frame.with_columns(reweighed(told, self.group, self.outcome).alias(WEIGHT)), removals(), changes())
        copies = self._copies(told)
        return Done(self._repeated(frame, copies), self._removed(told, copies), changes())

    def _mendable(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Id, group and outcome; the group is null where nothing can be mended."""
        beyond = unmended(frame, self.group, self.outcome)
        group = frame[self.group].cast(pl.String)
        told = pl.DataFrame({ID: frame[ID], "group": group, "outcome": outcome_of(frame[self.outcome])})
        return told.select(
            ID,
            pl.when(~pl.col("group").is_in(list(beyond))).then("group").alias(self.group),
            pl.col("outcome").alias(self.outcome),
        )

    def _copies(self, told: pl.DataFrame) -> pl.Series:
        if self.repeat:
            return wanted_copies(told, self.group, self.outcome, self.seed)
        return resampled(told, self.group, self.outcome).cast(pl.Int64)

    def _removed(self, told: pl.DataFrame, copies: pl.Series) -> pl.DataFrame:
        """Removals say the record's group and outcome; they can be taken back like any other."""
        outcome = pl.when(pl.col(self.outcome) == 1).then(pl.lit("mit")).otherwise(pl.lit("ohne"))
        reason = pl.format(
            "Ausgleich: In der Gruppe „{}“ sind Datensätze {} dem Ergebnis „{}“ zu häufig.", self.group, outcome, pl.lit(self.outcome)
        )
        return told.filter(copies == 0).select(
            ID, step=pl.lit(self.name), kept_id=pl.lit(None, pl.String), score=pl.lit(None, pl.Float64), differs=pl.lit(self.group),
            reason=reason,
        ).cast(REMOVED)  # fmt: skip

    def _repeated(self, frame: pl.DataFrame, copies: pl.Series) -> pl.DataFrame:
        """Kept records in their order, then the repetitions, numbered on from those that an earlier step made."""
        kept, more = frame.filter(copies > 0), frame.with_columns((copies - 1).alias("copies")).filter(copies > 1)
        if more.is_empty():
            return kept
        before = frame.group_by(pl.col(FROM).alias(ID)).len("before") if FROM in frame.columns else pl.DataFrame(
            schema={ID: pl.String, "before": pl.UInt32}
        )  # fmt: skip
        numbered = (
            more.join(before, on=ID, how="left", maintain_order="left")
            .with_columns(pl.int_ranges(2, pl.col("copies") + 2).alias("number"))
            .explode("number", empty_as_null=True, keep_nulls=True)
        )
        number = pl.col("number") + pl.col("before").fill_null(0)
        made = pl.coalesce(pl.col(MADE), pl.lit(REPEATED)) if MADE in frame.columns else pl.lit(REPEATED)
        twice = numbered.with_columns(pl.col(ID).alias(FROM), pl.format("{}~{}", ID, number).alias(ID), made.alias(MADE))
        told = pl.concat([kept, twice.drop("copies", "number", "before")], how="diagonal_relaxed")
        if told[ID].n_unique() < len(told):
            raise InvalidInput("Wiederholte Datensätze trügen die Kennung eines anderen; nennen Sie Kennungen ohne „~“ und Zahl am Ende.")
        return told


def shown(frame: pl.DataFrame, spec: Mitigate) -> dict[str, Any]:
    """What the step would do, for the preview: the rates of the groups before and after, and what it costs.

    `before` and `after` are lists of `GroupRate`, `smallest_weight` and `largest_weight` 1 without weights; `unmended` tells the groups
    that stay as they are, and why. Raises as the step.
    """
    done = spec(frame)
    beyond = unmended(frame, spec.group, spec.outcome)
    coded = outcome_of(frame[spec.outcome])
    before = frame.select(ID, spec.group, coded.alias(spec.outcome))
    after = _after(before, done.kept)
    weights = done.kept[WEIGHT] if spec.how == "reweigh" else None
    bounds = (1.0, 1.0) if weights is None or weights.is_empty() else tuple(weights.sort()[[0, -1]].to_list())
    sizes = dict(frame.group_by(pl.col(spec.group).cast(pl.String)).len().iter_rows())
    return {
        "how": spec.how,
        "before": [asdict(one) for one in bias(before, spec.group, spec.outcome)],
        "after": [asdict(one) for one in bias(after, spec.group, spec.outcome, weights)],
        "left_out": len(done.removed),
        "repeated": len(done.kept) + len(done.removed) - len(frame),
        "smallest_weight": bounds[0],
        "largest_weight": bounds[1],
        "unmended": [
            {"group": name, "n": sizes[name], "reason": f"Gruppe „{name}“ ({german.number(sizes[name], 0)}) bleibt, wie sie ist: {why}."}
            for name, why in beyond.items()
        ],
    }


def _after(before: pl.DataFrame, kept: pl.DataFrame) -> pl.DataFrame:
    """The outcome as it was read before, for records and their repetitions: what is most frequent may be another afterwards."""
    own = pl.coalesce(pl.when(pl.col(MADE) == REPEATED).then(pl.col(FROM)), ID) if MADE in kept.columns else pl.col(ID)
    return kept.select(own.alias(ID)).join(before, on=ID, how="left", maintain_order="left")
