"""A kind of engine -> how it learns, and a dataset's records as its columns."""

from collections.abc import Mapping

import polars as pl

from nova.seeding.delivery.kinds import ENGINES, EngineKind
from nova.seeding.delivery.learned import Hours, Learned, Pretrained, Rewards, Rising, Tiles, Usual, Worth
from nova.seeding.delivery.tables import KEYS, Table, Worths
from nova.seeding.pretrain.reading import amounts, moments, names

_OWN: Mapping[str, Learned] = {
    "SelfLearning": Rewards(),
    "Recommendations": Worths(),
    "TrendingHashtag": Rising(),
    "NavigationFramework": Tiles(),
    "ROI": Worth(),
    "Optimization": Hours(),
    "Analytics": Usual(),
    **{name: Table(name) for name in KEYS},
}


def maker_of(kind: EngineKind) -> Learned:
    """How a kind of engine learns."""
    return Pretrained(kind.fits, kind.renames) if kind.fits else _OWN[kind.name]


def typed(kind: EngineKind, frame: pl.DataFrame) -> pl.DataFrame:
    """The columns of an engine that a frame has, numbers and moments (seconds since 1970) as Float64, all else as text."""
    made = []
    for name, sort in kind.columns.items():
        if name in frame.columns:
            read = amounts if sort == "number" else moments if sort == "moment" else names
            made.append(read(frame[name]).alias(name))
    return pl.DataFrame(made) if made else pl.DataFrame()


def whole(kind: EngineKind, frame: pl.DataFrame) -> pl.DataFrame:
    """The rows of a typed frame that say all that the engine cannot do without; a table takes any."""
    return frame if not kind.learns else frame.drop_nulls()


def engines_for(frame: pl.DataFrame) -> list[str]:
    """The kinds of engines whose columns a frame has."""
    return [name for name, kind in ENGINES.items() if set(kind.columns) <= set(frame.columns)]
