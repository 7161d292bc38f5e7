"""Shapes of what is behind a meter: tariff, battery, loads that can wait, PV and grid, with the names and units of a plant's file."""

from typing import Annotated

from pydantic import Field, StringConstraints

from nova.api.models.common import NO_NUL, WHOLE, Flag, Request

CLOCK = r"(([01][0-9]|2[0-3]):(00|15|30|45)|24:00)"
WINDOW = rf"^{CLOCK} ?- ?{CLOCK}$"
# Of bodies, whose numbers come as numbers: ct/kWh, kW or kWh, a share, and a fact of a meter.
Cent = Annotated[float, Field(strict=True, ge=-1000, le=1000)]
Power = Annotated[float, Field(strict=True, ge=0, le=1e6)]
Share = Annotated[float, Field(strict=True, ge=0, le=1)]
Given = Annotated[float, Field(strict=True, ge=0, le=1e9)]


class TariffData(Request):
    """What a meter's owner pays, in the end amount: ct/kWh fixed, or the spot price with VAT and a surcharge; EUR a year; and is paid."""

    fixed_ct_kwh: Cent | None = None
    surcharge_ct_kwh: Cent | None = None
    feed_in_ct_kwh: Cent | None = None
    vat_percent: Annotated[float, Field(strict=True, ge=0, le=100)] | None = None
    base_eur_year: Annotated[float, Field(strict=True, ge=0, le=1e6, description="Base fee of a year.")] | None = None


class BatteryData(Request):
    """A battery; efficiencies are one-way, states of charge shares 0 to 1, `cycle_eur_kwh` the wear of a discharged kWh.

    Without `soc_end` it ends as it began, so that what it held before is no gain.
    """

    capacity_kwh: Annotated[float, Field(strict=True, ge=0.001, le=1e7)]
    charge_kw: Power
    discharge_kw: Power
    charge_efficiency: Annotated[float, Field(strict=True, ge=0.05, le=1)] | None = None
    discharge_efficiency: Annotated[float, Field(strict=True, ge=0.05, le=1)] | None = None
    soc_start: Share | None = None
    soc_end: Share | None = None
    soc_min: Share | None = None
    soc_max: Share | None = None
    cycle_eur_kwh: Annotated[float, Field(strict=True, ge=0, le=100)] | None = None
    end_penalty_eur_kwh: Annotated[float, Field(strict=True, ge=0, le=10_000)] | None = None


class LoadData(Request):
    """A load that runs once a local day in its window: `profile_kw` (mean power of each quarter-hour), or `energy_kwh` with `max_kw`.

    With `penalty_eur_kwh` it may lack energy at that price; without it must run.
    """

    name: Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=NO_NUL)]
    window: Annotated[str, StringConstraints(pattern=WINDOW)] | None = None
    profile_kw: Annotated[list[Power], Field(min_length=1, max_length=100)] | None = None
    energy_kwh: Power | None = None
    max_kw: Power | None = None
    min_kw: Power | None = None
    interruptible: Flag | None = None
    min_run_minutes: Annotated[int, Field(ge=0, le=1440), WHOLE] | None = None
    penalty_eur_kwh: Annotated[float, Field(strict=True, ge=0, le=10_000)] | None = None


class BaseData(Request):
    """The load that cannot wait: one mean power, or 96, one for each quarter-hour of the local clock."""

    kw: Annotated[list[Power], Field(min_length=1, max_length=96)]


class PvData(BaseData):
    """What PV makes, in the same form; `curtailable`: it may be turned down."""

    curtailable: Flag | None = None


class GridData(Request):
    """The highest mean power of a quarter-hour in each direction."""

    import_limit_kw: Power | None = None
    export_limit_kw: Power | None = None


class PlantTariff(Request):
    """What a schedule reckons with: spot price (or `fixed_ct_kwh`) plus surcharge, VAT on both; `peak_eur_kw` above `peak_so_far_kw`."""

    fixed_ct_kwh: Cent | None = None
    surcharge_ct_kwh: Cent | None = None
    vat_percent: Annotated[float, Field(strict=True, ge=0, le=100)] | None = None
    feed_in_ct_kwh: Cent | None = None
    peak_eur_kw: Annotated[float, Field(strict=True, ge=0, le=10_000)] | None = None
    peak_so_far_kw: Power | None = None


class PlantData(Request):
    """Everything behind one grid connection, as a plant's file has it. What is left out is as in the file."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=NO_NUL)] | None = None
    battery: BatteryData | None = None
    loads: Annotated[list[LoadData], Field(max_length=16)] | None = None
    base: BaseData | None = None
    pv: PvData | None = None
    grid: GridData | None = None
    tariff: PlantTariff | None = None
