"""What meter gateways say: their forms, whatever bytes come, and that the energy of samples is that of the intervals."""

import json
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nova.engines.feeds.gateway import COLUMNS, Sample, follow, forget, read
from nova.errors import InvalidInput

NOW = datetime(2026, 3, 12, 12, 30, tzinfo=UTC)
AUTUMN = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 2:30 in Germany for the second time


def said(value: Any, field: str = "", now: datetime = NOW) -> Any:
    return read(json.dumps(value).encode(), "m", field, now)


@pytest.mark.parametrize(
    ("message", "power", "counted"),
    [
        ({"Time": "2026-03-12T13:00:00", "SML": {"Total_in": 1234.5, "Total_out": 1.0, "Power_curr": 350}}, 0.35, 1234.5),
        ({"Time": "2026-03-12T13:00:00+01:00", "MT175": {"E_in": 10, "Power": -4200}}, -4.2, 10.0),
        ({"Time": "2026-03-12T13:00:00", "ENERGY": {"Total": 3.185, "Power": 12, "Voltage": 231}}, 0.012, 3.185),
        ({"power": 350.5, "energy": 7, "voltage": 230, "last_seen": "2026-03-12T12:00:00Z"}, 0.3505, 7.0),
        ({"apower": 100, "ts": 1773316800}, 0.1, None),
        ({"act_power": 100, "timestamp": 1773316800000}, 0.1, None),
    ],
)
def test_the_forms_of_common_gateways_are_read(message: dict[str, Any], power: float, counted: float | None) -> None:
    found = said(message)
    assert isinstance(found, Sample)
    assert (found.at, found.power, found.counted_in) == (1773316800.0, pytest.approx(power), counted)


def test_a_plain_number_is_what_its_topic_says() -> None:
    assert said(420).power == 0.42
    assert said(420, "power").at == NOW.timestamp()
    assert said(12.5, "energy").counted_in == 12.5


def test_the_papers_own_columns_pass_through() -> None:
    lines = said([{"ts": "2026-03-12T12:00:00Z", "consumption_kw": 1.5}, {"meter_id": "z,1", "ts": "x", "consumption_kw": None}])
    assert lines == ["m,2026-03-12T12:00:00Z,1.5,,,measured,", "z 1,x,,,,measured,"]
    assert len(lines[0].split(",")) == len(COLUMNS.split(","))


def test_a_local_time_in_the_doubled_hour_is_the_nearer_one() -> None:
    message = {"Time": "2026-10-25T02:30:00", "SML": {"Power": 1}}
    assert said(message, now=AUTUMN).at == AUTUMN.timestamp()
    assert said(message, now=AUTUMN.replace(hour=0)).at == AUTUMN.timestamp() - 3600


@pytest.mark.parametrize("message", [None, [], {}, "offline", True, {"Time": "x", "power": 1}, {"power": "350"}, {"power": 1, "ts": 4e9}])
def test_what_is_no_measurement_is_refused_with_a_reason(message: Any) -> None:
    with pytest.raises(InvalidInput):
        said(message)


@given(
    st.binary(max_size=200)
    | st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists).map(lambda v: json.dumps(v).encode())
)
def test_no_bytes_do_more_than_be_refused(payload: bytes) -> None:
    try:
        read(payload, "m", "", NOW)
    except InvalidInput:
        return


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(1, 400), st.floats(0, 20)), min_size=3, max_size=80))
def test_counters_give_the_energy_that_they_counted(steps: list[tuple[int, float]]) -> None:
    """Over intervals that were whole: what the counter shows at their end less what it showed at their begin."""
    state: dict[str, Any] = {}
    at, counter, lines = 1773316800.0, 100.0, []
    known = [(at, counter)]
    for seconds, kilowatts in steps:
        before = dict(state)
        state, cells = follow(state, Sample(at, None, counter), 900)
        assert follow(state, Sample(at, None, counter), 900) == (state, [])
        assert json.loads(json.dumps(state)) == state or before is not None
        lines += cells
        at, counter = at + seconds, counter + kilowatts * seconds / 3600
        known.append((at, counter))
    for line in lines:
        stamp, power, made, _, quality, length = line.split(",")
        begin = datetime.fromisoformat(stamp).timestamp()
        if quality == "measured" and begin >= known[0][0]:
            assert float(power) * 0.25 == pytest.approx(counted(known, begin + 900) - counted(known, begin), rel=0.02, abs=1e-3)
        assert (made, length) == ("0.000000", "900")


def counted(known: list[tuple[float, float]], at: float) -> float:
    """The counter at a moment, straight between samples."""
    for (begin, low), (end, high) in pairwise(known):
        if begin <= at <= end:
            return low + (high - low) * (at - begin) / (end - begin)
    return known[-1][1]


def test_feeding_in_is_production_and_a_silence_is_no_measurement() -> None:
    state: dict[str, Any] = {}
    lines = []
    begin = 1773316800
    for second in [*range(0, 900, 30), *range(900, 1000, 30), *range(4500, 5500, 30)]:
        state, cells = follow(state, Sample(begin + second, -2.0), 900)
        lines += cells
    assert lines[0].split(",")[1:5] == ["0.000000", "2.000000", "", "measured"]
    assert [line.split(",")[0] for line in lines] == ["2026-03-12T12:00:00Z", "2026-03-12T13:15:00Z"]


def test_a_meter_whose_old_messages_come_now_is_not_forgotten_between_them() -> None:
    """What waited at the broker for weeks comes in parts; the energy between two parts counts."""
    state: dict[str, Any] = {}
    lines: list[str] = []
    begin = NOW.timestamp() - 21 * 86_400
    for number in range(120):
        known, last = forget({"m": {**state, "seen": NOW.timestamp()}} if state else {}, NOW, 900)
        state, cells = follow(known.get("m", {}), Sample(begin + 30 * number, 2.0), 900)
        lines += [*last, *cells]
    assert [line.split(",")[1] for line in lines] == ["2.000000"] * 3
    assert forget({"m": state}, NOW, 900)[0] == {}
