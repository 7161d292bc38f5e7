"""Shapes of the key figures of meters and of prices. Instants are whole seconds since 1970 (UTC)."""

from typing import Annotated

from pydantic import BaseModel, Field

from nova.api.models.data import Gap, MarketRange, MeterId, Named, Range
from nova.energy.cheapest import USUAL_HOURS
from nova.energy.key_figures import MOST_METERS, FiguresAsked
from nova.energy.market import DAY_AHEAD
from nova.energy.tariff import Terms
from nova.series import Product


class FigureRange(Range):
    """Meters, a range and what their owners pay (in the end amount), which counts where no tariff is kept with a meter."""

    meter_id: Annotated[list[MeterId], Field(min_length=1, max_length=MOST_METERS, description="Repeat for the sum of several.")]
    market: Named | None = None
    zone: Named = "DE-LU"
    fixed_ct_kwh: Annotated[float | None, Field(ge=-1000, le=1000)] = None
    surcharge_ct_kwh: Annotated[float | None, Field(ge=-1000, le=1000)] = None
    feed_in_ct_kwh: Annotated[float | None, Field(ge=-1000, le=1000)] = None
    vat_percent: Annotated[float, Field(ge=0, le=100)] = 0.0
    base_eur_year: Annotated[float, Field(ge=0, le=1e6)] = 0.0
    co2_g_kwh: Annotated[float | None, Field(ge=0, le=5000)] = None
    expected: Annotated[bool, Field(description="With what was to be expected, of 35 days at most.")] = False

    @property
    def wanted(self) -> FiguresAsked:
        """The same as the room takes it."""
        terms = Terms(self.fixed_ct_kwh, self.surcharge_ct_kwh, self.feed_in_ct_kwh, self.vat_percent, self.base_eur_year)
        product = Product(self.market or "", DAY_AHEAD, self.zone)
        return FiguresAsked(tuple(dict.fromkeys(self.meter_id)), self.window, product, terms, self.co2_g_kwh, self.expected)


class PriceFigureRange(MarketRange):
    """A product's prices in a range (without a name day-ahead), and how many hours at a stretch are looked for."""

    hours: Annotated[float, Field(gt=0, le=200, description="Hours at a stretch.")] = USUAL_HOURS


class FigureData(BaseModel):
    """A figure, or the reason that there is none. `covered` is the share of the range that it rests on.

    `basis` says in German which window it is of, what is in it and what is missing.
    """

    name: str
    value: float | None
    unit: str
    meaning: str
    reason: str
    at: int | None
    covered: float
    rows: int
    basis: str
    text: Annotated[str, Field(description="The value with its unit, as it is written everywhere.")]


class FigureList(BaseModel):
    """Figures of a meter, or of the sum of several, from `start` to `end`: the last full quarter-hour of a range that is not over.

    `agreed`: costs are by tariffs that are kept with the meters; `holds` says what is in them. `gaps` are those of one meter.
    """

    meter_id: str
    meter_ids: list[str]
    start: int
    end: int
    said: str
    agreed: bool
    holds: str
    figures: list[FigureData]
    gaps: list[Gap]


class StretchData(BaseModel):
    """Hours at a stretch, the end excluded, and their mean price; when they are and what they cost in words."""

    start: int
    end: int
    mean: float
    text: str
    price: str


class PriceFigureData(BaseModel):
    """What prices of a range say, in EUR/MWh: now, BASE and PEAK, the cheapest and dearest `hours` of what is left of the range.

    `whole`: all of it has prices. `spread`: dearest less cheapest single hour of all the range.
    """

    market: str
    zone: str
    start: int
    end: int
    said: str
    hours: float
    now: float | None
    whole: bool
    base: float | None
    peak: float | None
    cheapest: StretchData | None
    dearest: StretchData | None
    cheapest_hour: StretchData | None
    dearest_hour: StretchData | None
    spread: float | None
    negative_h: float
    known_h: float
    texts: Annotated[dict[str, str], Field(description="Of `now`, `base`, `peak` and `spread`, as they are written everywhere.")]
