"""Shapes of meters, series, files of them, feeds and the simulator. Instants in columns are whole seconds since 1970 (UTC)."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from fastapi import UploadFile
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from nova.api.models.common import NO_NUL, WHOLE, Flag, Moment, Request
from nova.api.models.plants import Given, PlantData, TariffData
from nova.energy.charts.serve import Window
from nova.energy.meters.meters import MeterFilter
from nova.series import Product

METER = r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$"
NAMED = r"^[A-Za-z0-9][A-Za-z0-9 ._/:+-]{0,63}$"
MeterId = Annotated[str, StringConstraints(pattern=METER)]
Named = Annotated[str, StringConstraints(pattern=NAMED)]
MeterKind = Literal["household", "business", "pv", "battery", "ev", "heat_pump", "grid", "other"]
WEEK = timedelta(days=7)


class Range(BaseModel):
    """From a moment or day to another (excluded); without `to` up to now, without `from` a week."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    since: Annotated[Moment | None, Field(alias="from", description="Begin (ISO 8601); a time without offset is UTC.")] = None
    to: Annotated[Moment | None, Field(description="End, excluded.")] = None

    @property
    def window(self) -> Window:
        """The same in whole seconds since 1970."""
        end = self.to or datetime.now(UTC)
        return Window(int((self.since or end - WEEK).timestamp()), int(end.timestamp()))


class MeterRange(Range):
    """A meter and a range."""

    meter_id: MeterId
    voltage: Annotated[bool, Field(description="The voltage too, of a range of 31 days at most.")] = False


class MarketRange(Range):
    """A product and a range; without a market the first that trades it, without a product day-ahead."""

    market: Named | None = None
    product: Named | None = None
    zone: Named = "DE-LU"

    @property
    def wanted(self) -> Product:
        """The product, "" where nothing is said."""
        return Product(self.market or "", self.product or "", self.zone)


class SignalRange(Range):
    """A signal of a zone or place and a range."""

    signal: Named
    zone: Named = "DE-LU"


class ExportRange(Range):
    """What to write into a file: a meter's readings or a market's prices."""

    what: Literal["readings", "prices"] = "readings"
    meter_id: Annotated[list[MeterId], Field(max_length=100, default_factory=list, description="Repeat for several; with `readings`.")]
    market: Named | None = None
    zone: Named = "DE-LU"
    format: Literal["csv", "csv_de", "json", "parquet"] = "csv"


class Values(BaseModel):
    """Least, mean and greatest value of each bucket; null where nothing is known."""

    min: list[float | None]
    mean: list[float | None]
    max: list[float | None]


class Columns(Values):
    """The same with the beginnings of the buckets."""

    ts: list[int]


class Peak(BaseModel):
    """The greatest value and when its interval began."""

    value: float
    ts: int


class Series(BaseModel):
    """At most 2,000 buckets of `resolution` seconds; `quality` counts the intervals in them."""

    unit: str
    resolution: int
    columns: Columns
    quality: dict[str, int]


class MeterSeries(Series):
    """Consumption of a meter, and its production where it has any."""

    meter_id: str
    production: Values | None
    peak: Peak | None
    voltage: Annotated[Values | None, Field(description="In V, of the same buckets; null where it was not asked for.")]


class PriceSeries(Series):
    """Prices of a product."""

    market: str
    product: str
    zone: str
    volume: Annotated[list[float | None], Field(description="MWh that were traded in each bucket; null where nobody says.")]


class ProductData(BaseModel):
    """A product that can be asked for, the lengths of its intervals in seconds, and from when to when (excluded) prices are known.

    `derived`: nobody delivers it, it is made from day-ahead.
    """

    market: str
    product: str
    zone: str
    seconds: list[int]
    since: int
    until: int
    derived: bool


class ProductList(BaseModel):
    """Products of real markets first, of each market day-ahead first."""

    products: list[ProductData]


class SignalSeries(Series):
    """Values of a signal."""

    signal: str
    zone: str


class LastReading(BaseModel):
    """A meter's newest reading."""

    ts: int
    consumption_kw: float | None
    production_kw: float | None
    quality: str


class MeterData(BaseModel):
    """A meter. `mine`: the caller has it now; `customer`, who has it now, is told to the operator.

    `missing_s`: seconds of the last seven days, up to the newest reading, of which nothing is known.
    """

    meter_id: str
    title: str
    kind: MeterKind
    seconds: int
    simulated: bool
    shared: bool
    mine: bool
    in_sum: Annotated[bool, Field(description="It counts in the sum of all meters, as it lies behind no other.")]
    customer: str | None
    keep_days: int | None
    facts: dict[str, Any]
    last: LastReading | None
    missing_s: int | None


class MeterList(BaseModel):
    """Meters in the order of their ids."""

    meters: list[MeterData]
    total: int


class Gap(BaseModel):
    """A time of which nothing is known."""

    start: int
    end: int


class MeterDetail(MeterData):
    """A meter with the gaps of the last seven days."""

    first: int | None
    gaps: list[Gap]


class MeterFilters(BaseModel):
    """Filters and page of a list of meters."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: MeterKind | None = None
    simulated: bool | None = None
    assigned: Annotated[bool | None, Field(description="Whether somebody has it now; false: the company's.")] = None
    limit: Annotated[int, Field(ge=1, le=200)] = 100
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0

    @property
    def wanted(self) -> MeterFilter:
        """The filters alone."""
        return MeterFilter(self.kind, self.simulated, self.assigned)


class MeterChange(Request):
    """What to change of a meter; what is not named stays. `owner` is who has it from now on (who first gets a meter has all its past), null
    the company; times are given by assignments. `shared`: while it is the company's, everybody who signs in reads it.

    From `tariff` on these are the meter's facts, which costs, recommendations, schedules and explanations reckon with; null removes one.
    """

    title: Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL)] | None = None
    kind: MeterKind | None = None
    keep_days: Annotated[int, Field(ge=1, le=36500), WHOLE] | None = None
    owner: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]+$")] | None = None
    shared: Flag | None = None
    tariff: TariffData | None = None
    plant: PlantData | None = None
    region: Annotated[Named | None, Field(description="The place whose weather the meter has.")] = None
    peak_eur_kw: Annotated[Given | None, Field(description="Price of the year's highest quarter-hour.")] = None
    pv_kwp: Annotated[Given | None, Field(description="Peak power of the PV.")] = None
    grid_fee_ct: Annotated[Given | None, Field(description="The grid's price of a kWh in ct.")] = None
    module_1_eur: Annotated[Given | None, Field(description="What module 1 of § 14a EnWG takes off in a year.")] = None
    controllable_kwh: Annotated[Given | None, Field(description="What the controllable device uses in a year.")] = None
    controllable_kw: Annotated[Given | None, Field(description="Its power.")] = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("Nennen Sie, was sich ändern soll.")
        return self

    @property
    def given(self) -> dict[str, Any]:
        """What is named, as plain values."""
        named = {name: getattr(self, name) for name in self.model_fields_set}
        return {name: value.model_dump(exclude_none=True) if isinstance(value, BaseModel) else value for name, value in named.items()}


class ImportForm(Request):
    """A file of readings, prices or signals, and what its sender says of it where the file does not."""

    file: Annotated[UploadFile, Field(description="CSV, SMARD (CSV, JSON), ENTSO-E (XML), MSCONS, Parquet or JSON that Nova wrote.")]
    format: Annotated[
        Literal["", "csv", "smard", "smard_json", "json", "parquet", "entsoe", "mscons"], Field(description="Empty: the content tells.")
    ] = ""
    meter: Annotated[str, StringConstraints(pattern=r"^([A-Za-z0-9][A-Za-z0-9._:-]{0,63})?$")] = ""
    zone: Annotated[str, StringConstraints(pattern=r"^([A-Za-z0-9][A-Za-z0-9 ._/:+-]{0,63})?$")] = ""
    clock: Annotated[Literal["", "UTC", "Europe/Berlin", "MEZ"], Field(description="Of times without offset.")] = ""
    unit: Annotated[Literal["", "kW", "kWh"], Field(description="Of values where the file says none.")] = ""
    wait: Annotated[int, Field(ge=0, le=60, description="Seconds to wait for the report.")] = 30


class Imported(BaseModel):
    """A file that is being stored; `report` is null while it is (202)."""

    job_id: UUID
    report: dict[str, Any] | None


class Pushed(BaseModel):
    """What became of rows that were sent: stored, or known from before."""

    report: dict[str, Any]


class FeedData(BaseModel):
    """Where rows come from by themselves. `configured`: the settings name it; `enabled`: it is to run."""

    name: str
    kind: str
    configured: bool
    enabled: bool
    settings: dict[str, Any]
    rows: int
    last_at: datetime | None
    last_error: str | None
    error_at: datetime | None


class FeedList(BaseModel):
    """Feeds in the order of their names."""

    feeds: list[FeedData]


class FeedRequest(Request):
    """Start or stop a feed."""

    action: Literal["start", "stop"]


class SimRequest(Request):
    """Start or stop the simulator. With `start` what is not named stays as it was (at first: ten meters, two weeks back, seed 1)."""

    action: Literal["start", "stop"]
    seed: Annotated[int, Field(ge=0, le=2**31 - 1), WHOLE] | None = None
    meters: Annotated[int, Field(ge=1, le=200), WHOLE] | None = None
    days: Annotated[int, Field(ge=0, le=800, description="How far back the readings begin."), WHOLE] | None = None
    faults: Annotated[Flag, Field(description="Put faults into the readings: gaps, frozen values, spikes, wrong units.")] | None = None

    @property
    def given(self) -> dict[str, Any]:
        """What is named of the simulation."""
        return self.model_dump(exclude={"action"}, exclude_none=True)


class SimData(BaseModel):
    """The simulator: whether it is to run, what it simulates, how often, and how far it has come."""

    running: bool
    seed: int
    meters: int
    days: int
    faults: bool
    smartmeter_interval_sec: int
    market_interval_sec: int
    markets: list[str]
    products: list[str]
    rows: int
    until: int | None
    last_at: datetime | None
    last_error: str | None
