"""A meter gateway's JSON in, readings of whole intervals out: what a meter is counting and drawing now becomes mean powers.

Understood are 001's own columns (`{"meter_id", "ts", "consumption_kw", ...}`, readings already), Tasmota's `SENSOR` telegrams
(`{"Time": ..., "SML": {"Total_in": kWh, "Total_out": kWh, "Power_curr": W}}`, whatever the group is called; `ENERGY` of a plug) and flat
objects or plain numbers as Home Assistant, zigbee2mqtt and Shelly send them (`power` in W, `energy` in kWh, `voltage`).

Between two samples: the mean of both powers while they are at most a minute apart, else what the counters say, else the first power for at
most five minutes, else nothing is known. An interval with 90 % of its time known is measured, with half of it a substitute.
"""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeGuard

from nova.errors import InvalidInput
from nova.german import BERLIN

DENSE_S, HELD_S = 60.0, 300.0
WHOLE, HALF = 0.9, 0.5
SILENT_S = 7 * 86_400  # so long a silence has no shape
LATEST = timedelta(minutes=10)  # a clock that is further ahead is wrong
# Names that gateways give: the register 1.8.0 or 2.8.0 (kWh), the power now (W), the voltage (V).
COUNTED_IN = ("total_in", "e_in", "energy_in", "total", "energy", "1_8_0", "1.8.0", "consumption_total", "import")
COUNTED_OUT = ("total_out", "e_out", "energy_out", "2_8_0", "2.8.0", "produced_energy", "export")
POWER = ("power_curr", "power", "apower", "16_7_0", "16.7.0", "active_power", "act_power", "total_act_power", "watt")
VOLTAGE = ("voltage", "voltage_l1", "volt_p1")
CLOCK = ("Time", "ts", "time", "timestamp", "last_seen")
Row = tuple[str, str, str, str, str, str]
COLUMNS = "meter_id,ts,consumption_kw,production_kw,voltage,quality,seconds"


@dataclass(frozen=True, slots=True)
class Sample:
    """What a meter showed at a moment (seconds since 1970): power in kW (fed in: below 0), counters in kWh, voltage in V."""

    at: float
    power: float | None = None
    counted_in: float | None = None
    counted_out: float | None = None
    voltage: float | None = None


def read(payload: bytes, meter: str, field: str, arrived: datetime) -> list[str] | Sample:
    """Lines of 001's columns, or a sample. `field` names what a plain number is. InvalidInput says what is wrong."""
    try:
        said = json.loads(payload)
    except ValueError as error:
        raise InvalidInput("Die Nachricht ist kein JSON.") from error
    if _is_number(said):
        said = {field or "power": said}
    rows = said if isinstance(said, list) else [said]
    if rows and all(map(_is_reading, rows)):
        return [_line(row, meter) for row in rows]
    if not isinstance(said, dict):
        raise InvalidInput("Die Nachricht enthält keinen Messwert.")
    return _sample(said, arrived)


def _line(row: Mapping[str, Any], meter: str) -> str:
    """001's columns as a line; the importer judges the values."""
    cells = {"meter_id": meter, "quality": "measured"} | {name: value for name, value in row.items() if value is not None}
    return ",".join(str(cells.get(name, "")).replace(",", " ").replace("\n", " ") for name in COLUMNS.split(","))


def _sample(said: Mapping[str, Any], arrived: datetime) -> Sample:
    groups = [value for value in said.values() if isinstance(value, dict)]
    values = {name.lower(): value for group in [*groups, said] for name, value in group.items()}
    power = _number(values, POWER)
    sample = Sample(
        _moment(said, arrived).timestamp(),
        None if power is None else power / 1000,
        _number(values, COUNTED_IN),
        _number(values, COUNTED_OUT),
        _number(values, VOLTAGE),
    )
    if sample.power is None and sample.counted_in is None:
        raise InvalidInput("Die Nachricht enthält weder Leistung noch Zählerstand.")
    return sample


def _number(values: Mapping[str, Any], names: tuple[str, ...]) -> float | None:
    for name in names:
        value = values.get(name)
        if _is_number(value) and math.isfinite(value):
            return float(value)
    return None


def _is_number(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_reading(row: Any) -> bool:
    """Whether it is in 001's own columns."""
    return isinstance(row, dict) and "consumption_kw" in row


def _moment(said: Mapping[str, Any], arrived: datetime) -> datetime:
    """When it was measured: as the message says (without a zone: Germany's time, in the doubled hour the nearer one), else as it came."""
    value = next((said[name] for name in CLOCK if name in said), None)
    try:
        if isinstance(value, int | float):
            moment = datetime.fromtimestamp(value / 1000 if value > 1e11 else value, UTC)
        elif isinstance(value, str):
            moment = _zoned(datetime.fromisoformat(value), arrived)
        else:
            return arrived
    except (ValueError, OverflowError, OSError) as error:
        raise InvalidInput("Die Nachricht hat keine lesbare Zeit.") from error
    if moment > arrived + LATEST:
        raise InvalidInput("Die Nachricht kommt aus der Zukunft; die Uhr des Zählers geht falsch.")
    return moment


def _zoned(moment: datetime, arrived: datetime) -> datetime:
    if moment.tzinfo:
        return moment.astimezone(UTC)
    both = [moment.replace(tzinfo=BERLIN, fold=fold).astimezone(UTC) for fold in (0, 1)]
    return min(both, key=lambda one: abs(arrived - one))


def follow(state: Mapping[str, Any], sample: Sample, seconds: int) -> tuple[dict[str, Any], list[str]]:
    """A sample after what is known of its meter ({} at first): what is known then, and the intervals that ended, as cells after the id.

    The state is JSON. A sample that is not later than the last one changes nothing, so messages may come twice.
    """
    if sample.at <= state.get("at", -math.inf):
        return dict(state), []
    now = {"at": sample.at, "p": sample.power, "in": sample.counted_in, "out": sample.counted_out, "v": sample.voltage}
    begun: dict[str, Any] = {**state.get("open", {})}
    ended: list[str] = []
    if state:
        for start, part, kwh, guess in _pieces(state, sample, seconds):
            if begun.get("start") != start:
                ended += _closed(begun, seconds)
                begun = {"start": start, "known": 0.0, "guess": 0.0, "in": 0.0, "out": 0.0}
            if kwh is not None:
                begun["known"] += part
                begun["guess"] += part if guess else 0.0
                begun["in"] += kwh[0]
                begun["out"] += kwh[1]
            begun["v"] = sample.voltage
    current = math.floor(sample.at / seconds) * seconds
    if begun and begun["start"] < current:
        ended += _closed(begun, seconds)
        begun = {}
    return {**now, "open": begun}, ended


def forget(meters: Mapping[str, Mapping[str, Any]], now: datetime, seconds: int) -> tuple[dict[str, Any], list[str]]:
    """Meters without those that have been silent for so long that nothing follows from what is known of them, and their last intervals.

    A silence is counted from when a message came (`seen`): what waited at the broker may be older.
    """
    before = now.timestamp() - SILENT_S
    silent = {name: None for name, state in meters.items() if state.get("seen", state.get("at", 0.0)) < before}
    last = [f"{name},{cells}" for name in silent for cells in _closed(meters[name].get("open") or {}, seconds)]
    return {name: state for name, state in meters.items() if name not in silent}, last


def _pieces(state: Mapping[str, Any], sample: Sample, seconds: int) -> Iterator[tuple[int, float, tuple[float, float] | None, bool]]:
    """The time since the last sample, cut where intervals begin: the beginning, seconds, kWh in and out, whether it is a guess."""
    length = sample.at - state["at"]
    total = _energy(state, sample, length)
    at = state["at"]
    if length > SILENT_S:
        total, at = None, math.floor(sample.at / seconds) * seconds
    while at < sample.at:
        start = math.floor(at / seconds) * seconds
        end = min(start + seconds, sample.at)
        share = (end - at) / length
        yield start, end - at, None if total is None else (total[0] * share, total[1] * share), length > seconds
        at = end


def _energy(state: Mapping[str, Any], sample: Sample, length: float) -> tuple[float, float] | None:
    """kWh in and out between two samples; None when nobody knows."""
    before, hours = state.get("p"), length / 3600
    if length <= DENSE_S and before is not None and sample.power is not None:
        return _in_and_out((before + sample.power) / 2, hours)
    taken = _counted(state.get("in"), sample.counted_in)
    if taken is not None and taken >= 0:
        return taken, max(_counted(state.get("out"), sample.counted_out) or 0.0, 0.0)
    if before is not None and length <= HELD_S:
        return _in_and_out(before, hours)
    return None


def _in_and_out(power: float, hours: float) -> tuple[float, float]:
    return max(power, 0.0) * hours, max(-power, 0.0) * hours


def _counted(before: float | None, now: float | None) -> float | None:
    """What a register counted between two samples; None where one of them does not show it."""
    return None if before is None or now is None else now - before


def _closed(begun: Mapping[str, Any], seconds: int) -> list[str]:
    """The cells of an interval that has ended, when enough of it is known."""
    known = begun.get("known", 0.0)
    if known < HALF * seconds:
        return []
    hours = known / 3600
    quality = "measured" if known >= WHOLE * seconds and begun["guess"] < HALF * seconds else "substitute"
    stamp = datetime.fromtimestamp(begun["start"], UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    voltage = "" if begun.get("v") is None else f"{begun['v']:.1f}"
    return [f"{stamp},{begun['in'] / hours:.6f},{begun['out'] / hours:.6f},{voltage},{quality},{seconds}"]
