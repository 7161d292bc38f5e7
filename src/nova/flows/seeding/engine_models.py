"""What engines that learn have learned: how good that is, what was predicted beside what then was, in words; and which columns reach them.

What rests on the behaviour of staff is told only of roles in which at least five people are.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from nova.crowd import FEWEST
from nova.errors import InvalidInput, NotFound
from nova.flows.seeding import publishing
from nova.flows.seeding.engine_states import family
from nova.flows.seeding.engines import Engines, checked
from nova.seeding import pretrain, versions
from nova.seeding.delivery.learned import Pretrained
from nova.seeding.delivery.makers import maker_of
from nova.seeding.delivery.registry import EngineSpec
from nova.seeding.files import engine_key
from nova.seeding.pretrain import KINDS, Model, Score
from nova.seeding.pretrain.insights import Bucket, feedback, insights
from nova.store import releases
from nova.store.seeding import engines as rows
from nova.store.seeding import versions as version_rows
from nova.store.seeding.engines import EngineState

if TYPE_CHECKING:
    import polars as pl

ROLE, PERSON = "role", "person"
Learned = tuple[Sequence[Bucket], Sequence[str], bool]
"""What was predicted and what then was, what a model goes by, and whether of some records nothing is told."""


@dataclass(frozen=True, slots=True)
class ModelView:
    """A model that an engine reads. `buckets`: what was predicted and what then was, of records that it has not seen, the lowest first;
    `few`: too few people are behind these to tell of them.
    """

    engine: str
    kind: str
    title: str
    baseline: str
    metric: str
    version: str
    made_at: datetime
    rows: int
    score: Score | None
    buckets: Sequence[Bucket]
    insights: Sequence[str]
    few: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of the columns that the listed engines need how many their datasets have, and by engine which are missing."""

    needed: int
    delivered: int
    missing: Mapping[str, Sequence[str]]


class EngineModels:
    """Looked at, not changed."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines
        self._learned: dict[str, tuple[tuple[str, str], Learned]] = {}

    def one(self, engine: str) -> ModelView:
        """An engine's model; NotFound where it is not listed, learns no model or has none yet, InvalidInput where that is damaged."""
        spec = self._engines.registry().one(engine)
        if spec.of.fits is None:
            raise NotFound("Diese Engine lernt kein Modell, sondern liest eine Tabelle.")
        with self._engines.db.transaction() as conn:
            release = releases.live(conn, family(engine))
            state = rows.state(conn, engine, release.name) if release else None
        if state is None:
            raise NotFound("Diese Engine hat noch kein Modell.")
        return self._view(spec, state)

    def coverage(self) -> Coverage:
        """Of all engines of the list; one without a dataset gets nothing."""
        needed = delivered = 0
        missing: dict[str, list[str]] = {}
        with self._engines.db.transaction() as conn:
            for spec in self._engines.registry().engines:
                version = publishing.live(conn, spec.dataset) if spec.dataset else None
                has = {str(one["name"]) for one in version.manifest["schema"]} if version else set()
                lacks = [name for name in spec.of.columns if name not in has]
                needed, delivered = needed + len(spec.of.columns), delivered + len(spec.of.columns) - len(lacks)
                missing |= {spec.name: lacks} if lacks else {}
        return Coverage(needed, delivered, missing)

    def _view(self, spec: EngineSpec, state: EngineState) -> ModelView:
        maker, data = maker_of(spec.of), checked(self._engines.objects, state)
        if not isinstance(maker, Pretrained):
            raise InvalidInput("Diese Engine lernt kein Modell.")
        model, kind = pretrain.load(data), KINDS[maker.kind]
        if model.kind != kind.name:
            raise InvalidInput("Dieser Stand gehört zu einer Engine anderer Art.")
        buckets, words, few = self._once(spec, state, maker, model)
        return ModelView(
            spec.name, kind.name, kind.title, kind.baseline, spec.of.metric, state.digest, state.made_at, state.rows,
            model.score, buckets, words, few,
        )  # fmt: skip

    def _once(self, spec: EngineSpec, state: EngineState, maker: Pretrained, model: Model) -> Learned:
        """Reckoned once for what an engine reads now; no record is kept for it."""
        names = state.state_sha256, state.anchor_sha256
        known = self._learned.get(spec.name)
        if known is None or known[0] != names:
            frame, few = self._told(spec, state)
            told = maker.records(frame)
            found = (_predicted(model, told), tuple(insights(model, told)), few) if len(frame) else ((), (), few)
            known = self._learned[spec.name] = (names, found)
        return known[1]

    def _told(self, spec: EngineSpec, state: EngineState) -> "tuple[pl.DataFrame, bool]":
        """The records that a model is told by, and whether some were left out since few people are behind them."""
        import polars as pl

        anchor = pl.read_parquet(io.BytesIO(self._engines.objects.get(engine_key(state.anchor_sha256))))
        if ROLE not in spec.of.columns:
            return anchor, False
        kept = anchor.filter(pl.col(ROLE).is_in(self._roles(state)))
        return kept, len(kept) < len(anchor)

    def _roles(self, state: EngineState) -> list[str]:
        """Roles of which at least five people are in the records; none where the records do not tell whose they are."""
        import polars as pl

        with self._engines.db.transaction() as conn:
            version = version_rows.get(conn, state.version_id)
        if version is None or version.digest != state.digest:
            return []
        frame = versions.read(self._engines.objects, version)
        if not {ROLE, PERSON} <= set(frame.columns):
            return []
        people = frame.group_by(ROLE).agg(pl.col(PERSON).n_unique().alias("n")).filter(pl.col("n") >= FEWEST)
        return [str(one) for one in people[ROLE].to_list()]


def _predicted(model: Model, frame: "pl.DataFrame") -> Sequence[Bucket]:
    """Of names how sure a model was and how often it was right; of groups nothing."""
    import polars as pl

    kind = KINDS[model.kind]
    if kind.task == "segments":
        return ()
    if kind.task == "class":
        sure = pretrain.chances(model, frame)
        right = pl.Series([model.names[at] for at in sure.argmax(axis=1)]) == frame[kind.target].cast(pl.String)
        return tuple(feedback(pl.Series(sure.max(axis=1)), right.cast(pl.Float64)))
    actual = frame[kind.target] / frame[kind.trials] if kind.trials else frame[kind.target]
    return tuple(feedback(pretrain.predict(model, frame), actual))
