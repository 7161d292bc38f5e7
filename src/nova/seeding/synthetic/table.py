"""A real table in, made-up records of the same columns, types, distributions and dependences out, none of which is a copy of a person's.

Learned is from one half of the people; the other half is what the distances of the records are compared with. A record is drawn again that
is nearer to a real one than nineteen in twenty real ones are to each other, or that has what singles out fewer than `k` people. What is
kept is how columns hang together two by two; sums and other formulas over several columns hold only nearly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from nova.errors import InvalidInput
from nova.seeding.marks import VERSION, is_synthetic, marked
from nova.seeding.step import ID
from nova.seeding.synthetic.columns import FRESH, MOST_ROWS, Sort, Values, sorts_of, values_of
from nova.seeding.synthetic.fresh import fresh
from nova.seeding.synthetic.likeness import associations, marginals
from nova.seeding.synthetic.model import Model, fit
from nova.seeding.synthetic.nearest import Mixed, auroc, closest, mixed, nearer_share

Floats = NDArray[np.float64]
LEAST = 50
_ROUNDS, _MORE, _ASKED, _NEAR = 6, 1.25, 2_000, 0.05


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many records, from which `seed`, and `origin`, the name of the version they are made of.

    `subject` is the column of people (none: each record is one's), `quasi` the columns that together may single somebody out (none: all
    that are modelled), `sorts` the sort of a column where its values do not tell, `k` how many people a value must have.
    """

    rows: int
    seed: int = 1
    origin: str = "ohne Namen"
    subject: str | None = None
    quasi: tuple[str, ...] = ()
    sorts: Mapping[str, str] = field(default_factory=dict)
    k: int = 5

    def __post_init__(self) -> None:
        if not 1 <= self.rows <= MOST_ROWS or self.k < 2 or self.seed < 0:
            raise InvalidInput(f"Künstliche Datensätze: 1 bis {MOST_ROWS} Stück, ein Startwert ab 0 und mindestens 2 Personen je Wert.")


@dataclass(frozen=True, slots=True)
class Report:
    """What came of it: how columns were treated and which were left out (free texts), values merged, records drawn again and left out.

    `nearest_share` is the share of records nearer to the half learned from (about .5), `closest` the 5 % point and the median of the
    distances to the closest real record, `closest_real` the same between real ones, `membership` the AUROC of telling the halves apart by
    the distance to the closest made-up record (about .5). `marginals` (KS or TV) and `association_error` (mean and largest difference) are
    against all real records; the same of one real half against the other, in `by_chance`, is what is left over in any case.
    """

    rows: int
    sorts: Mapping[str, Sort]
    left_out_columns: tuple[str, ...]
    merged: int
    redrawn: int
    missing: int
    nearest_share: float
    closest: tuple[float, float]
    closest_real: tuple[float, float]
    membership: float
    marginals: Mapping[str, float]
    association_error: tuple[float, float]
    by_chance: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class _Halves:
    """Real records as distances see them, all and the two halves (equal in size)."""

    every: Mixed
    learned: NDArray[np.int64]
    held: NDArray[np.int64]


def bootstrap(frame: pl.DataFrame, wanted: Wanted, known: pl.DataFrame | None = None) -> tuple[pl.DataFrame, Report]:
    """The made-up records, marked, and what is to be known of them; the same frame in any order and the same seed give the same bits.

    `known` are more records whose identifiers no made-up one gets, where the frame is a part of them.

    InvalidInput for fewer than 50 real records, a missing column, or where nothing in it can be modelled.
    """
    real = _real(frame, wanted)
    sorts = sorts_of(real, wanted.sorts)
    who = real[wanted.subject] if wanted.subject else real[ID]
    columns = [values_of(real[name], sort, wanted.k, who) for name, sort in sorts.items() if sort not in FRESH and sort != "text"]
    if not columns:
        raise InvalidInput("In dieser Tabelle ist keine Spalte, aus der sich künstliche Datensätze bilden ließen: nur Kennungen und Texte.")
    rng = np.random.default_rng([wanted.seed, 7])
    halves = _halves(who, columns, rng)
    model = fit([_part(column, halves.learned) for column in columns], wanted.k)
    between = _between(halves.every, rng)
    drawn, redrawn = _drawn(model, columns, halves.every, wanted, (float(np.quantile(between, _NEAR)), rng))
    made = _frame(real, frame if known is None else known, (sorts, columns, drawn), rng)
    told = made.with_columns(pl.Series(ID, [f"synth-{wanted.seed}-{at:06d}" for at in range(1, len(made) + 1)], dtype=pl.String))
    report = _report(wanted, sorts, columns, halves, (drawn, between, redrawn))
    return marked(told, VERSION + wanted.origin), report


def _real(frame: pl.DataFrame, wanted: Wanted) -> pl.DataFrame:
    for name in (ID, *([wanted.subject] if wanted.subject else []), *wanted.quasi):
        if name not in frame.columns:
            raise InvalidInput(f"Die Spalte „{name}“ gibt es in der Tabelle nicht, aus der künstliche Datensätze werden sollen.")
    real = frame.filter(~is_synthetic(frame)).sort(ID)
    if len(real) < LEAST:
        raise InvalidInput(f"Aus {len(real)} Datensätzen werden keine künstlichen: Es müssen mindestens {LEAST} echte sein.")
    return real


def _halves(who: pl.Series, columns: Sequence[Values], rng: np.random.Generator) -> _Halves:
    """Whoever is in one half is not in the other."""
    people = who.cast(pl.String).fill_null("").unique().sort()
    chosen = people.gather(rng.permutation(len(people))[: len(people) // 2]).implode()
    inside = who.cast(pl.String).fill_null("").is_in(chosen).to_numpy()
    learned, held = np.flatnonzero(inside), np.flatnonzero(~inside)
    size = min(len(learned), len(held))
    learned, held = (np.sort(rng.permutation(half)[:size]) for half in (learned, held))
    return _Halves(mixed(columns, [column.read for column in columns]), learned, held)


def _part(column: Values, at: NDArray[np.int64]) -> Values:
    return Values(column.name, column.sort, column.dtype, column.read[at], column.labels, column.decimals, column.rare)


def _between(every: Mixed, rng: np.random.Generator) -> Floats:
    """How far real records are from the closest other one."""
    asked = np.sort(rng.permutation(len(every))[:_ASKED])
    return closest(every.rows(asked), every, asked)


def _drawn(
    model: Model, columns: Sequence[Values], every: Mixed, wanted: Wanted, how: tuple[float, np.random.Generator]
) -> tuple[list[Floats], int]:
    """Records that are nobody's, and how many were drawn in vain."""
    least, rng = how
    single = _singled(columns, wanted)
    kept: list[Floats] = [np.zeros(0) for _ in columns]
    vain = 0
    for _ in range(_ROUNDS):
        missing = wanted.rows - len(kept[0])
        if missing <= 0:
            break
        drawn = [_rounded(column, values) for column, values in zip(columns, model.draw(int(missing * _MORE) + 100, rng), strict=True)]
        good = closest(mixed(columns, drawn), every) >= least
        good &= ~_is_single(columns, drawn, single, wanted.quasi)
        vain += int((~good).sum())
        kept = [np.concatenate([had, new[good]]) for had, new in zip(kept, drawn, strict=True)]
    return [values[: wanted.rows] for values in kept], vain


def _rounded(column: Values, values: Floats) -> Floats:
    return values if column.is_category else np.round(values, column.decimals)


def _quasi(columns: Sequence[Values], read: Sequence[Floats], names: Sequence[str]) -> pl.DataFrame:
    """The columns of these names (none: all), by their place."""
    told = [
        pl.Series(str(at), np.round(values, column.decimals))
        for at, (column, values) in enumerate(zip(columns, read, strict=True))
        if not names or column.name in names
    ]
    return pl.DataFrame(told).fill_nan(None)


def _singled(columns: Sequence[Values], wanted: Wanted) -> pl.DataFrame:
    """The values of the quasi-identifiers that fewer than `k` real records have."""
    told = _quasi(columns, [column.read for column in columns], wanted.quasi)
    return told.group_by(told.columns).len("n").filter(pl.col("n") < wanted.k).drop("n") if told.width else told


def _is_single(columns: Sequence[Values], drawn: Sequence[Floats], single: pl.DataFrame, names: Sequence[str]) -> NDArray[np.bool_]:
    found = np.zeros(len(drawn[0]), dtype=np.bool_)
    if not single.is_empty():
        told = _quasi(columns, drawn, names).with_row_index("at")
        found[told.join(single, on=single.columns, how="semi", nulls_equal=True)["at"].to_numpy()] = True
    return found


def _frame(
    real: pl.DataFrame,
    known: pl.DataFrame,
    model: tuple[Mapping[str, Sort], Sequence[Values], Sequence[Floats]],
    rng: np.random.Generator,
) -> pl.DataFrame:
    """Columns in their order, those of free text left out; what is made anew is null as often as in the real table, and none of known."""
    sorts, columns, drawn = model
    of_name = {column.name: column.written(values) for column, values in zip(columns, drawn, strict=True)}
    rows, made = len(drawn[0]), list[pl.Series]()
    for name, sort in sorts.items():
        if name in of_name:
            made.append(of_name[name])
        elif sort in FRESH and name != ID:
            given = known[name] if name in known.columns else real[name]
            told = fresh(given.cast(real.schema[name], strict=False), sort, rows, rng)
            gone = np.flatnonzero(rng.random(rows) < real[name].null_count() / len(real))
            made.append(told.scatter(gone, None) if len(gone) else told)
        elif name == ID:
            made.append(pl.Series(ID, [""] * rows, dtype=pl.String))
    return pl.DataFrame(made)


def _report(
    wanted: Wanted, sorts: Mapping[str, Sort], columns: Sequence[Values], halves: _Halves, made: tuple[list[Floats], Floats, int]
) -> Report:
    drawn, between, redrawn = made
    read = [column.read for column in columns]
    records, learned, held = mixed(columns, drawn), halves.every.rows(halves.learned), halves.every.rows(halves.held)
    some = records.rows(np.arange(min(len(records), _ASKED)))
    to_learned, to_held = closest(some, learned), closest(some, held)
    seen = slice(0, _ASKED)
    inside, outside = (closest(halves.every.rows(half[seen]), records) for half in (halves.learned, halves.held))
    parts = [[values[half] for values in read] for half in (halves.learned, halves.held)]
    apart = marginals(columns, parts[0], parts[1])
    return Report(
        rows=len(records), sorts=sorts, left_out_columns=tuple(name for name, sort in sorts.items() if sort == "text"),
        merged=sum(column.rare for column in columns), redrawn=redrawn, missing=wanted.rows - len(records),
        nearest_share=nearer_share(to_learned, to_held), closest=_points(np.minimum(to_learned, to_held)), closest_real=_points(between),
        membership=auroc(inside, outside), marginals=marginals(columns, drawn, read), association_error=_error(columns, drawn, read),
        by_chance=(max(apart.values()), *_error(columns, parts[0], parts[1])),
    )  # fmt: skip


def _points(distances: Floats) -> tuple[float, float]:
    return (float(np.quantile(distances, _NEAR)), float(np.median(distances))) if len(distances) else (0.0, 0.0)


def _error(columns: Sequence[Values], one: Sequence[Floats], other: Sequence[Floats]) -> tuple[float, float]:
    """Mean and largest difference of what two columns have to do with each other."""
    mine, theirs = associations(columns, one), associations(columns, other)
    apart = [abs(mine[pair] - theirs[pair]) for pair in mine] or [0.0]
    return float(np.mean(apart)), float(max(apart))
