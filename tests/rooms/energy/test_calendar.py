"""Local days of Europe/Berlin: their bounds, their quarter-hours, and what a clock shows at an instant."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.energy.calendar import (
    BERLIN,
    changes,
    day_bounds,
    day_start,
    local_date,
    local_days,
    local_hours,
    local_seconds,
    weekdays,
)

INSTANTS = st.integers(int(datetime(1996, 1, 1, tzinfo=UTC).timestamp()), int(datetime(2040, 1, 1, tzinfo=UTC).timestamp()))


@pytest.mark.parametrize(
    ("day", "quarters"),
    [(date(2025, 3, 30), 92), (date(2025, 10, 26), 100), (date(2025, 3, 29), 96), (date(2024, 10, 27), 100), (date(2024, 2, 29), 96)],
)
def test_days_have_their_quarter_hours(day: date, quarters: int) -> None:
    start, end = day_bounds(day)
    assert end - start == 900 * quarters


def test_a_day_begins_at_local_midnight() -> None:
    assert datetime.fromtimestamp(day_start(date(2025, 7, 1)), UTC) == datetime(2025, 6, 30, 22, tzinfo=UTC)
    assert datetime.fromtimestamp(day_start(date(2025, 1, 1)), UTC) == datetime(2024, 12, 31, 23, tzinfo=UTC)


@given(st.lists(INSTANTS, min_size=1, max_size=20))
def test_columns_say_what_a_clock_says(instants: list[int]) -> None:
    ts = np.array(instants, np.int64)
    clocks = [datetime.fromtimestamp(one, BERLIN) for one in instants]
    assert local_seconds(ts).tolist() == [int(clock.replace(tzinfo=UTC).timestamp()) for clock in clocks]
    assert [str(day) for day in local_days(ts)] == [clock.date().isoformat() for clock in clocks]
    assert weekdays(ts).tolist() == [clock.weekday() for clock in clocks]
    assert np.allclose(local_hours(ts), [clock.hour + clock.minute / 60 + clock.second / 3600 for clock in clocks])
    assert [local_date(one) for one in instants] == [clock.date() for clock in clocks]


@given(st.dates(date(1996, 1, 1), date(2039, 12, 30)))
def test_days_follow_each_other_without_a_gap(day: date) -> None:
    assert day_bounds(day)[1] == day_bounds(day + timedelta(days=1))[0]
    assert {str(one) for one in local_days(np.array([day_bounds(day)[0], day_bounds(day)[1] - 1]))} == {day.isoformat()}


def test_no_instants_are_no_days() -> None:
    assert len(local_seconds(np.array([], np.int64))) == 0


def test_the_clock_changes_twice_a_year() -> None:
    window = (int(datetime(2025, 1, 1, tzinfo=UTC).timestamp()), int(datetime(2026, 1, 1, tzinfo=UTC).timestamp()))
    assert [datetime.fromtimestamp(one, UTC) for one in changes(*window)] == [
        datetime(2025, 3, 30, 1, tzinfo=UTC),
        datetime(2025, 10, 26, 1, tzinfo=UTC),
    ]
    assert changes(window[0], window[0] + 86_400) == []
