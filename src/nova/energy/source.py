"""What answers from data read: meters, readings, prices and signals of a window, from wherever they are kept."""

from dataclasses import dataclass
from typing import Literal, Protocol

from nova.energy.tariff import NO_TERMS, Terms
from nova.series import Prices, Readings, Signal
from nova.store.series.forecasts import Forecast

MeterKind = Literal["household", "business", "pv", "battery", "ev", "heat_pump", "grid", "other"]


@dataclass(frozen=True, slots=True)
class Meter:
    """A meter as people know it. `own`: it belongs to who asks; `place`: whose weather it has.

    `terms` is what is paid. A sum of several names them in `parts`; `partial` where others that
    could have been meant are left out of it.
    """

    meter_id: str
    title: str
    kind: MeterKind
    own: bool = False
    terms: Terms = NO_TERMS
    place: str = ""
    parts: tuple[str, ...] = ()
    partial: bool = False

    @property
    def name(self) -> str:
        """How sentences call it."""
        return self.title or self.meter_id


class Source(Protocol):
    """Columns of a window from `start` to `end` (instants, end excluded); only what who asks may see."""

    def meters(self) -> tuple[Meter, ...]:
        """All visible meters, by title."""

    def readings(self, meter_id: str, start: int, end: int) -> Readings:
        """The current readings of a visible meter that begin then, by time, as rows of one length; empty where there are none."""

    def prices(self, start: int, end: int) -> Prices | None:
        """Day-ahead prices, or None where no product is kept."""

    def signal(self, name: str, place: str, start: int, end: int) -> Signal | None:
        """A signal of a place's weather such as "temperature_c" ("": of the only place there is), or None where it is not kept."""

    def forecast(self, meter_id: str | None, start: int, end: int) -> Forecast | None:
        """What was forecast last of a visible meter's consumption in kW, or of day-ahead prices (None); None where nothing was."""
