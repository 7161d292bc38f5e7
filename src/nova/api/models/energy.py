"""Shapes of forecasts, recommendations, schedules, plants and facts. Instants in columns are whole seconds since 1970 (UTC)."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from nova.api.models.answers import FactData
from nova.api.models.common import NO_NUL, WHOLE, Day, Flag, Moment, Request
from nova.api.models.data import MeterId, Named
from nova.api.models.plants import PlantData
from nova.energy.forecast.served import ForecastRequest
from nova.energy.recommend.recommendations import Decision
from nova.energy.schedule.schedules import DaysToPlan

State = Literal["open", "taken", "later", "declined", "past"]
TARGET = r"^(meter|price)/[A-Za-z0-9][A-Za-z0-9 ._/:+-]{0,255}$"


class ForecastRange(BaseModel):
    """Whose forecast, and from when to when (excluded); without both yesterday to tomorrow. One of `target`, `meter_id` and `market`."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    target: Annotated[str, StringConstraints(pattern=TARGET)] | None = None
    meter_id: MeterId | None = None
    market: Named | None = None
    zone: Named = "DE-LU"
    since: Annotated[Moment | None, Field(alias="from", description="Begin (ISO 8601); a time without offset is UTC.")] = None
    to: Annotated[Moment | None, Field(description="End, excluded.")] = None

    @property
    def wanted(self) -> ForecastRequest:
        """The same as the room takes it."""
        return ForecastRequest(self.target, self.meter_id, self.market, self.zone, self.since, self.to)


class ForecastColumns(BaseModel):
    """What was said of each interval: the mean (whose sums are right), the median, the 90 % band, both baselines, and what came."""

    ts: list[int]
    mean: list[float | None]
    median: list[float | None]
    low: list[float | None]
    high: list[float | None]
    naive: Annotated[list[float | None], Field(description="The same time a week before.")]
    seasonal: Annotated[list[float | None], Field(description="The mean of the last four weeks' days of the same kind.")]
    actual: list[float | None]


class ForecastScores(BaseModel):
    """How the last 30 days went: mean absolute errors in `unit`, `rmae` over the week before, shares 0 to 1. Null: no day is known."""

    days: int
    mae: float | None
    naive: float | None
    seasonal: float | None
    rmae: float | None
    seasonal_rmae: float | None
    inside: Annotated[float | None, Field(description="Share of values inside the 90 % band.")]
    bias: Annotated[float | None, Field(description="How far the mean lay above what came, as a share of it.")]


class ForecastDay(BaseModel):
    """How a day went; `origin` says whether it was served or is from the backtest that goes with every training."""

    day: date
    origin: Literal["backtest", "served"]
    mae: float
    naive: float | None
    seasonal: float | None
    inside: float


class ForecastModelData(BaseModel):
    """The model that serves a target."""

    trained_to: datetime
    created_at: datetime
    features: list[str]


class ForecastTarget(BaseModel):
    """What is forecast: a meter's consumption (kW) or a day-ahead price (EUR/MWh)."""

    target: str
    kind: Literal["meter", "price"]
    title: str
    meter_id: str | None
    market: str | None
    product: str | None
    zone: str | None
    unit: str
    scores: ForecastScores


class ForecastListed(ForecastTarget):
    """A target with a model."""

    trained_to: datetime
    created_at: datetime


class ForecastList(BaseModel):
    """Targets with a model, by name."""

    targets: list[ForecastListed]


class ForecastData(ForecastTarget):
    """The forecast of a range, issued at 10 o'clock of the day before. `reason` says in German why there is none."""

    resolution: int
    issued_at: Annotated[datetime | None, Field(description="Of the newest interval.")]
    model: ForecastModelData | None
    columns: ForecastColumns
    days: list[ForecastDay]
    reason: str
    stale: Annotated[bool, Field(description="It rests on values that were taken back; it is being computed anew.")]


class EvidenceFact(BaseModel):
    """A number or word of a recommendation: how it is said, and over which window and how many rows it was found (0: none)."""

    name: str
    value: float | str
    unit: str
    said: str
    label: str
    start: int
    end: int
    rows: int


class RecommendationData(BaseModel):
    """What is recommended for a local day, from `valid_from` to `valid_to`. `norms` are named in its text, `terms` find passages.

    Its numbers rest on readings of so many `days`, a `year_share` from 0 to 1; null where that was not noted. `eur_measured` is what such
    recommendations brought where it was measured; null where nobody knows.
    """

    recommendation_id: UUID
    rule: str
    meter_id: str
    meter_title: str
    day: date
    valid_from: int
    valid_to: int
    title: str
    text: str
    eur: float | None
    eur_measured: float | None
    kwh: float | None
    facts: list[EvidenceFact]
    norms: list[str]
    terms: list[str]
    days: float | None
    year_share: float | None
    state: State
    reason: str | None
    created_at: datetime
    decided_at: datetime | None
    may_decide: bool


class RecommendationList(BaseModel):
    """The most EUR first."""

    recommendations: list[RecommendationData]
    total: int


class RecommendationFilters(BaseModel):
    """Filters and page of a list of recommendations."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    state: Annotated[tuple[State, ...], Field(description="Only these states; repeat for several.")] = ("open",)
    meter_id: MeterId | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 3
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0


class DecisionRequest(Request):
    """What a person says to a recommendation; with `passt_nicht` why."""

    decision: Decision
    reason: Annotated[str, StringConstraints(max_length=500, pattern=NO_NUL)] = ""

    @model_validator(mode="after")
    def _with_reason(self) -> Self:
        if self.decision == "passt_nicht" and not self.reason.strip():
            raise ValueError("Bitte sagen Sie, warum die Empfehlung nicht passt.")
        return self


class GivenPrices(Request):
    """Prices from the first local midnight on, EUR/MWh, one for each interval of so many seconds."""

    seconds: Literal[900, 3600] = 3600
    eur_mwh: Annotated[
        list[Annotated[float, Field(strict=True, ge=-10_000, le=10_000)]],
        Field(min_length=1, max_length=300),
    ]


class ScheduleRequest(Request):
    """A day to plan: a meter (its plant, tariff and usual load) or a plant, and the market's prices or given ones.

    What the plant says goes before what is known of the meter. Without a day it is tomorrow, or today where no prices reach further.
    """

    meter_id: MeterId | None = None
    plant: PlantData | None = None
    day: Annotated[Day | None, Field(description="The first local day.")] = None
    days: Annotated[int, Field(ge=1, le=3), WHOLE] = 1
    market: Named | None = None
    zone: Named = "DE-LU"
    prices: GivenPrices | None = None
    title: Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL)] = ""
    keep: Annotated[Flag, Field(description="Keep it in the list.")] = False

    @model_validator(mode="after")
    def _of_something(self) -> Self:
        if self.meter_id is None and self.plant is None:
            raise ValueError("Nennen Sie einen Zähler oder eine Anlage.")
        return self

    @property
    def wanted(self) -> DaysToPlan:
        """The same as the room takes it."""
        return DaysToPlan(
            meter_id=self.meter_id,
            plant={} if self.plant is None else self.plant.model_dump(exclude_none=True),
            day=self.day,
            days=self.days,
            market=self.market or "",
            zone=self.zone,
            prices=None if self.prices is None else (self.prices.seconds, self.prices.eur_mwh),
            title=self.title,
            keep=self.keep,
        )


class ScheduleColumns(BaseModel):
    """Each quarter-hour: prices as paid and received, loads, battery (charging positive), and the grid with and without the schedule."""

    ts: list[int]
    buy_eur_kwh: list[float]
    sell_eur_kwh: list[float]
    base_kw: list[float]
    pv_kw: list[float]
    battery_kw: list[float]
    stored_kwh: list[float]
    curtailed_kw: list[float]
    grid_kw: list[float]
    idle_grid_kw: list[float]


class ScheduleReason(BaseModel):
    """A wish that could not be met: by how many kWh, at what penalty, and why in German."""

    kind: str
    name: str
    kwh: float
    penalty_eur: float
    text: str


class ScheduleSources(BaseModel):
    """Where prices, base load and PV of a schedule come from."""

    prices: Literal["market", "forecast", "given", "fixed", "usual"]
    base: Literal["plant", "forecast", "usual", "none"]
    pv: Literal["plant", "usual", "none"]


class ScheduleResult(BaseModel):
    """A schedule. EUR of the days: `cost_eur` with it, `idle_eur` without (null: cannot be told), `saves_eur` the difference.

    `gap`: how far it may be from the best one at most, as a share.
    """

    meter_id: str | None
    title: str
    day: date
    days: int
    seconds: int
    sources: ScheduleSources
    columns: ScheduleColumns
    loads_kw: dict[str, list[float]]
    cost_eur: float
    idle_eur: float | None
    saves_eur: float | None
    energy_eur: float
    feed_in_eur: float
    cycle_eur: float
    peak_eur: float
    peak_kw: float
    idle_peak_kw: float
    penalty_eur: float
    gap: float
    cpu_seconds: float
    reasons: list[ScheduleReason]


class ScheduleData(ScheduleResult):
    """The same; `schedule_id` where it is kept."""

    schedule_id: UUID | None
    created_at: datetime | None
    plant: dict[str, Any]


class ScheduleListed(BaseModel):
    """A kept schedule in a list."""

    schedule_id: UUID
    meter_id: str | None
    title: str
    created_at: datetime
    cost_eur: float | None
    idle_eur: float | None
    mine: bool


class ScheduleList(BaseModel):
    """The newest first."""

    schedules: list[ScheduleListed]


class ScheduleFilters(BaseModel):
    """Filters and page of a list of schedules."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    meter_id: MeterId | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0


class FactDetail(FactData):
    """A number that an answer said: what was asked (`query`), over which window and rows, and what came out."""

    answer_id: UUID | None
    created_at: datetime
    meter_id: str | None
    since: Annotated[int | None, Field(description="Begin of the window.")]
    until: Annotated[int | None, Field(description="Its end, excluded.")]
    renewed: Annotated[dict[str, Any] | None, Field(description="What is stored says since something was taken back, if it differs.")]


class Recomputed(BaseModel):
    """A fact's number then and now. `reason` says in German why there is none now."""

    fact_id: UUID
    equal: bool
    value: float | None
    unit: str
    text: str
    value_now: float | None
    unit_now: str
    text_now: str
    rows: int
    rows_now: int
    chart: dict[str, Any] | None
    computed_at: datetime
    reason: str
