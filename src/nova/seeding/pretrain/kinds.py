"""The kinds of models that are trained beforehand: which columns each reads, what it tells, and what it has to beat."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Sort = Literal["category", "number", "moment", "group", "text"]
Task = Literal["share", "rate", "chance", "count", "class", "segments"]
"""A number between 0 and 1; one of `trials`; the chance of a yes; a count; one of several names; a group that nobody named before."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of model.

    `columns` are read in this order. `target` is what is learned (for a rate, out of `trials`);
    `groups` whose rows never stand on both sides of a validation; `when` the column of the time by which it goes forward; `crosses` are
    columns that may only matter together; `waves` numbers whose last days count, too; `before` a column whose former value in the same
    group counts. `baseline` names what has to be beaten, `metric` by what; `better` which way is good.
    """

    name: str
    title: str
    task: Task
    columns: Mapping[str, Sort]
    target: str
    metric: str
    better: Literal["up", "down"]
    baseline: str
    when: str | None = None
    groups: str | None = None
    trials: str | None = None
    id: str = "id"
    crosses: tuple[tuple[str, ...], ...] = ()
    waves: tuple[str, ...] = ()
    before: str | None = None
    purpose: str | None = None

    @property
    def text(self) -> str | None:
        """The column of text, where it reads one."""
        return next((name for name, sort in self.columns.items() if sort == "text"), None)

    @property
    def learned(self) -> tuple[str, ...]:
        """The columns that only records to learn from have."""
        return () if self.task == "segments" else tuple(one for one in (self.target, self.trials) if one)

    def named(self, *sorts: Sort) -> list[str]:
        """The columns of these sorts, in their order."""
        return [name for name, sort in self.columns.items() if sort in sorts]


def _kind(name: str, title: str, task: Task, columns: str, **more: object) -> Kind:
    """`columns`: "name:sort name:sort ..."."""
    read = dict(one.split(":") for one in columns.split())
    return Kind(name, title, task, read, **more)  # type: ignore[arg-type]


_ALL = (
    _kind(
        "content_performance", "Wirkung von Inhalten", "share",
        "ts:moment kind:category topic:category words:number age_days:number dwell_s:number",
        target="useful_share", metric="rmse", better="down", baseline="Mittel je Art und Thema", when="ts", crosses=(("kind", "topic"),),
    ),
    _kind(
        "hashtag_effectiveness", "Wirkung von Schlagworten", "rate",
        "ts:moment tag:category channel:category hour:number topic:category",
        target="clicks", trials="impressions", metric="log_loss", better="down", baseline="Rate je Kanal und Wochentag", when="ts",
        crosses=(("channel", "tag"), ("channel", "topic"), ("tag", "topic"), ("channel", "hour"), ("tag", "hour")),
    ),
    _kind(
        "engagement_prediction", "Angenommene Empfehlungen", "chance",
        "ts:moment person:group rule:category eur:number meter_kind:category taken_before:number",
        target="taken", metric="log_loss", better="down", baseline="Rate je Regel", when="ts", groups="person",
        crosses=(("rule", "meter_kind"), ("rule", "taken_before"), ("rule", "eur")),
    ),
    _kind(
        "cross_platform", "Kontakte je Thema und Kanal", "count",
        "day:moment channel:category topic:category outages:number bills:number posts:number",
        target="contacts", metric="mae", better="down", baseline="gleicher Wochentag je Kanal und Thema", when="day",
        crosses=(("channel", "topic"),), waves=("outages", "bills", "posts"),
    ),
    _kind(
        "sentiment_analysis", "Ton von Texten", "class", "text:text",
        target="label", metric="macro_f1", better="up", baseline="Wortliste",
    ),
    _kind(
        "churn", "Abwanderung", "chance",
        "cutoff:moment tariff:category months_left:number price_change:number kwh:number contacts_90d:number tone:number",
        target="left_90d", metric="average_precision", better="up", baseline="Restlaufzeit", when="cutoff", id="customer_no",
        crosses=(("tariff", "price_change"), ("tariff", "months_left"), ("months_left", "price_change"), ("contacts_90d", "tone")),
        purpose="profiling",
    ),
    _kind(
        "next_page", "Nächste Seite", "class", "session:group ts:moment route:category role:category",
        target="next", metric="hit@3", better="up", baseline="meistbesuchte Seiten", when="ts", groups="session", before="route",
        crosses=(("route", "role"), ("route", "before_route"), ("role", "hour_of_day"), ("route", "hour_of_day")), purpose="profiling",
    ),
    _kind(
        "topic", "Thema von Texten", "class", "text:text", target="topic", metric="macro_f1", better="up", baseline="Name des Themas",
    ),
    _kind(
        "segments", "Gruppen von Kundschaft", "segments", "kwh:number night_share:number peak_kw:number pv:number ev:number",
        target="segment", metric="log_likelihood", better="up", baseline="jede Spalte für sich", purpose="profiling",
    ),
)  # fmt: skip

KINDS: Mapping[str, Kind] = MappingProxyType({one.name: one for one in _ALL})
