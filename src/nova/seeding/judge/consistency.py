"""What the columns of one record say of each other: relations that nearly all records of a kind keep, and the records that do not.

Found are orders (from <= to), formulas (amount = kWh x price + base), usual differences, values that decide others (postcode, town) and
values that the text repeats. Nothing is told beforehand; a relation counts where shuffled columns would not keep it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, permutations, product
from typing import Any, Final

import numpy as np
import polars as pl

from nova.seeding.judge.formulas import formulas

_LEAST: Final = 40
_MOST_COLUMNS: Final = 8


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation: `broken` and `reason` are expressions over a frame of readings; `kept` is the share of the sample that keeps it."""

    columns: tuple[str, ...]
    told: str
    kept: float
    broken: pl.Expr
    reason: pl.Expr


Relations = tuple[Relation, ...]


def learn_relations(read: pl.DataFrame, sorts: Mapping[str, str]) -> Relations:
    """The relations of one kind: `read` holds numbers and days as Float64 and all else as text; `sorts` says which column is what."""
    if len(read) < _LEAST:
        return ()
    numeric = [name for name in read.columns if sorts[name] == "zahl" and read[name].n_unique() > 1][:_MOST_COLUMNS]
    dated = [name for name in read.columns if sorts[name] == "tag"][:_MOST_COLUMNS]
    found = [*_orders(read, dated, day=True), *_formulas(read, numeric), *_orders(read, numeric, day=False)]
    found += _unexplained(_ratios(read, numeric), found)
    return (*found, *_decided(read, sorts), *_present(read, sorts), *_mentioned(read, sorts))


def _unexplained(ratios: Iterable[Relation], found: Iterable[Relation]) -> list[Relation]:
    """The ratios of columns that no formula holds together already."""
    explained = [set(one.columns) for one in found if " = " in one.told]
    return [one for one in ratios if not any(set(one.columns) <= columns for columns in explained)]


def _shown(name: str, *, day: bool) -> pl.Expr:
    if day:
        return pl.col(name).cast(pl.Int32, strict=False).cast(pl.Date).dt.strftime("%d.%m.%Y")
    number = pl.col(name).round(4)
    return (
        pl.when(number == number.floor())
        .then(number.cast(pl.Int64, strict=False).cast(pl.String))
        .otherwise(number.cast(pl.String))
        .str.replace(".", ",", literal=True)
    )


def _orders(read: pl.DataFrame, names: list[str], *, day: bool) -> Iterator[Relation]:
    for left, right in permutations(names, 2):
        pair = read.select(left, right).drop_nulls()
        if len(pair) < _LEAST:
            continue
        a, b = pair[left].to_numpy(), pair[right].to_numpy()
        kept = float(np.mean(a <= b))
        if kept < 0.97 or float(np.mean(a == b)) > 0.9 or float(np.mean(a <= np.roll(b, len(b) // 2))) > (0.95 if day else 0.9):
            continue
        reason = pl.format(
            "{} ({}) liegt nach {} ({})" if day else "{} ({}) ist größer als {} ({})",
            pl.lit(left),
            _shown(left, day=day),
            pl.lit(right),
            _shown(right, day=day),
        )
        yield Relation((left, right), f"{left} <= {right}", kept, pl.col(left) > pl.col(right), reason)
        if day:
            yield from _spans(left, right, b - a)


def _spans(left: str, right: str, apart: np.ndarray[Any, Any]) -> Iterator[Relation]:
    low, middle, high = (float(np.quantile(apart, share)) for share in (0.03, 0.5, 0.97))
    if high - low > 0.5 * max(1.0, middle):
        return
    low, high = low - 0.1 * middle - 3, high + 0.1 * middle + 3
    gap = pl.col(right) - pl.col(left)
    broken = ((gap < low) | (gap > high)) & (gap >= 0)
    kept = float(np.mean((apart >= low) & (apart <= high)))
    yield Relation(
        (left, right),
        f"{right} - {left}",
        kept,
        broken,
        pl.format("{} bis {}: {} Tage statt etwa {}", pl.lit(left), pl.lit(right), gap.cast(pl.Int64, strict=False), pl.lit(int(middle))),
    )


def _formulas(read: pl.DataFrame, names: list[str]) -> Iterator[Relation]:
    if len(names) < 2:
        return
    for one in formulas({name: read[name].to_numpy() for name in names}):
        value = one.value()
        reason = pl.format(
            "{} ({}) passt nicht zu {} ({})",
            pl.lit(one.target),
            _shown(one.target, day=False),
            pl.lit(one.told),
            value.round(2).cast(pl.String).str.replace(".", ",", literal=True),
        )
        broken = (pl.col(one.target) - value).abs() > one.rounding + one.width * pl.col(one.target).abs()
        yield Relation((one.target, *one.columns), f"{one.target} = {one.told}", one.kept, broken, reason)


def _ratios(read: pl.DataFrame, names: list[str]) -> Iterator[Relation]:
    """Numbers above zero that go together, so that their ratio varies much less than either of them."""
    for left, right in combinations(names, 2):
        pair = read.select(left, right).filter((pl.col(left) > 0) & (pl.col(right) > 0))
        if len(pair) < _LEAST:
            continue
        a, b = np.log(pair[left].to_numpy()), np.log(pair[right].to_numpy())
        spread, low, high = min(_width(a), _width(b)), *(float(bound) for bound in np.quantile(a - b, (0.03, 0.97)))
        if spread == 0 or high - low > 0.6 * spread:
            continue
        reach = 0.75 * (high - low) + 0.05
        ratio = (pl.col(left) / pl.col(right)).log()
        broken = pl.when((pl.col(left) > 0) & (pl.col(right) > 0)).then((ratio < low - reach) | (ratio > high + reach))
        kept = float(np.mean((a - b >= low - reach) & (a - b <= high + reach)))
        shown = (_shown(left, day=False), _shown(right, day=False))
        reason = pl.format("{} ({}) steht in keinem üblichen Verhältnis zu {} ({})", pl.lit(left), shown[0], pl.lit(right), shown[1])
        yield Relation((left, right), f"{left} / {right}", kept, broken, reason)


def _width(logs: np.ndarray[Any, Any]) -> float:
    low, high = np.quantile(logs, (0.03, 0.97))
    return float(high - low)


def _present(read: pl.DataFrame, sorts: Mapping[str, str]) -> Iterator[Relation]:
    """Columns that only records with certain values of another hold, such as an end that only ended contracts have."""
    optional = [name for name in read.columns if sorts[name] != "leer" and 0.03 <= read[name].null_count() / len(read) <= 0.97]
    keys = [name for name in read.columns if sorts[name] == "auswahl"]
    for key, name in product(keys, optional):
        if name != key:
            yield from _present_by(read, key, name)


def _present_by(read: pl.DataFrame, key: str, name: str) -> Iterator[Relation]:
    groups = _clear_groups(read, key, name)
    if groups["n"].sum() < 0.3 * len(read) or groups.select((pl.col("share") > 0.5).n_unique()).item() < 2:
        return
    asked = pl.col(key).replace_strict(groups[key], groups["share"] > 0.5, default=None, return_dtype=pl.Boolean)
    kept = groups.select((pl.max_horizontal("share", 1 - pl.col("share")) * pl.col("n")).sum() / pl.col("n").sum()).item()
    told = pl.when(asked).then(pl.lit("fehlt")).otherwise(pl.lit("ist angegeben"))
    reason = pl.format("{} {}, obwohl {} „{}“ ist", pl.lit(name), told, pl.lit(key), pl.col(key))
    yield Relation((key, name), f"{key} -> {name} angegeben", float(kept), asked != pl.col(name).is_not_null(), reason)


def _clear_groups(read: pl.DataFrame, key: str, name: str) -> pl.DataFrame:
    """The values of `key`, in how many records they are (`n`) and which `share` of these holds `name`, where that is all or none."""
    filled = pl.col(name).is_not_null().mean().alias("share")
    groups = read.filter(pl.col(key).is_not_null()).group_by(key).agg(filled, pl.len().alias("n")).sort(key)
    return groups.filter((pl.col("n") >= 20) & ((pl.col("share") <= 0.05) | (pl.col("share") >= 0.95)))


def _decided(read: pl.DataFrame, sorts: Mapping[str, str]) -> Iterator[Relation]:
    """Columns whose value decides that of another, such as a postcode its town."""
    repeated = _repeated(read, sorts)
    for key, value in permutations(list(repeated)[:12], 2):
        if repeated[value] <= repeated[key] * 1.5:
            yield from _decided_by(read, key, value)


def _repeated(read: pl.DataFrame, sorts: Mapping[str, str]) -> dict[str, int]:
    """The columns whose values come again and again, and how many different ones they have."""
    names = [name for name in read.columns if sorts[name] in ("auswahl", "code", "name", "zahl") and name != "lang"]
    counts = {name: read[name].drop_nulls().n_unique() for name in names}
    return {name: count for name, count in counts.items() if 2 <= count <= len(read) / 5}


def _decided_by(read: pl.DataFrame, key: str, value: str) -> Iterator[Relation]:
    pair = read.select(pl.col(key).cast(pl.String).alias("k"), pl.col(value).cast(pl.String).alias("v")).drop_nulls()
    if len(pair) < _LEAST or pair["v"].value_counts(sort=True)["count"][0] > 0.8 * len(pair):
        return
    groups = _most_frequent(pair)
    rows, agreed = int(groups["all"].sum()), int(groups["most"].sum())
    if rows < 0.5 * len(pair) or agreed < 0.9 * rows or groups["v"].n_unique() < 2:
        return
    groups = groups.filter(pl.col("most") >= 0.7 * pl.col("all")).sort("k")
    usual = pl.col(key).cast(pl.String).replace_strict(groups["k"], groups["v"], default=None, return_dtype=pl.String)
    told = pl.col(value).cast(pl.String)
    reason = pl.format("{} „{}“ passt nicht zu {} „{}“ (sonst „{}“)", pl.lit(value), told, pl.lit(key), pl.col(key).cast(pl.String), usual)
    yield Relation((key, value), f"{key} -> {value}", agreed / rows, told != usual, reason)


def _most_frequent(pair: pl.DataFrame) -> pl.DataFrame:
    """Of every `k` with at least four records its most frequent `v`, in how many of them it is (`most`), and how many there are (`all`)."""
    groups = (
        pair.group_by("k", "v")
        .len()
        .sort("len", "v", descending=[True, False])
        .group_by("k", maintain_order=True)
        .agg(pl.col("v").first(), pl.col("len").first().alias("most"), pl.col("len").sum().alias("all"))
    )
    return groups.filter(pl.col("all") >= 4)


def forms(name: str, sort: str) -> list[pl.Expr]:
    """The ways in which a text may write a value."""
    if sort == "tag":
        day = pl.col(name).cast(pl.Int32, strict=False).cast(pl.Date)
        return [day.dt.strftime("%Y-%m-%d"), day.dt.strftime("%d.%m.%Y"), day.dt.strftime("%-d.%-m.%Y"), day.dt.strftime("%d/%m/%Y")]
    if sort != "zahl":
        return [pl.col(name)]
    whole = pl.col(name).cast(pl.Int64, strict=False).cast(pl.String)
    plain = pl.when(pl.col(name) == pl.col(name).floor()).then(whole).otherwise(pl.col(name).round(4).cast(pl.String))
    cents = ((pl.col(name) - pl.col(name).floor()) * 100).round().cast(pl.Int64, strict=False).cast(pl.String).str.zfill(2)
    grouped = whole.str.replace(r"(\d)(\d{3})$", "${1}.${2}")
    return [
        plain,
        plain.str.replace(".", ",", literal=True),
        pl.format("{},{}", whole, cents),
        pl.format("{},{}", grouped, cents),
        grouped,
        grouped.str.replace(".", ",", literal=True),
    ]


def _mentioned(read: pl.DataFrame, sorts: Mapping[str, str]) -> Iterator[Relation]:
    if "text" not in read.columns or read["text"].null_count() > 0.5 * len(read):
        return
    some = read.filter(pl.col("text").is_not_null()).head(300)
    for name in read.columns:
        if name in ("text", "lang") or sorts[name] in ("leer", "text") or some[name].n_unique() < 4:
            continue
        kept = _says(some, name, sorts[name])
        if kept >= 0.8 and _says(some.with_columns(pl.col("text").shift(len(some) // 2).fill_null("")), name, sorts[name]) < 0.35:
            shown = _shown(name, day=sorts[name] == "tag") if sorts[name] in ("tag", "zahl") else pl.col(name)
            yield Relation(
                (name, "text"),
                f"text nennt {name}",
                kept,
                ~_said(name, sorts[name]),
                pl.format("Text nennt {} ({}) nicht", pl.lit(name), shown),
            )


def _said(name: str, sort: str) -> pl.Expr:
    return pl.any_horizontal([pl.col("text").str.contains(form, literal=True) for form in forms(name, sort)])


def _says(some: pl.DataFrame, name: str, sort: str) -> float:
    return float(some.filter(pl.col(name).is_not_null()).select(_said(name, sort).fill_null(False).mean()).item() or 0)
