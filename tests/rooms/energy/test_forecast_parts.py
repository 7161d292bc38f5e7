"""The parts of a forecast: calendar columns, baselines, calibration, scores, models as text, and the command."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from nova.cli.root import nova
from nova.energy.forecast import calibrate, models, scores
from nova.energy.forecast.baselines import naive, seasonal
from nova.energy.forecast.calibrate import Raw
from nova.energy.forecast.days import calendar_columns, daylight
from nova.energy.forecast.features import View, quantile, usual, windows
from nova.energy.forecast.grid import Series, lay_out
from nova.energy.forecast.scores import ComparedForecast, pooled, score
from nova.errors import InvalidInput


def test_a_holiday_counts_as_sunday_and_its_neighbours_know() -> None:
    days = calendar_columns(np.array(["2025-04-30", "2025-05-01", "2025-05-02"], "datetime64[D]"), "DE")
    assert days[:, 0].tolist() == [2, 6, 4]
    assert days[:, 1].tolist() == [0, 1, 0]
    assert days[0, 3] == 6 and days[2, 2] == 6
    assert calendar_columns(np.array(["2025-05-01"], "datetime64[D]"), "")[0, 0] == 3
    with pytest.raises(InvalidInput):
        calendar_columns(np.array(["2025-05-01"], "datetime64[D]"), "Atlantis")


def test_daylight_in_the_middle_of_germany() -> None:
    hours = daylight(np.array(["2025-06-21", "2025-12-21", "2025-03-20"], "datetime64[D]"))
    assert hours == pytest.approx([16.4, 7.9, 12.0], abs=0.3)


def test_baselines_know_the_week_before_and_the_kind_of_day() -> None:
    days = np.arange(40)
    ts = int(datetime(2025, 1, 5, 23, tzinfo=UTC).timestamp()) + np.arange(40 * 24) * 3600
    values = np.repeat(np.where(days % 7 >= 5, 10.0, 1.0), 24)  # Monday 2025-01-06 on
    grid = lay_out(Series(ts, values, 3600))
    view = View(1, 24)
    assert np.isnan(naive(grid, view)[:7]).all()
    assert (naive(grid, view)[7:] == grid.values[:-7]).all()
    assert (seasonal(grid, view)[14:] == grid.values[14:]).all()
    assert (naive(grid, View(8, 24))[14:] == grid.values[:-14]).all()


def test_windows_end_with_the_last_known_day() -> None:
    values = np.arange(10.0)[:, None]
    assert windows(values, 2, 3)[6, 0].tolist() == [2, 3, 4]
    assert usual(values, 1, days=3, beside=0)[6, 0] == 4
    assert np.isnan(windows(values, 2, 3)[1, 0]).all()
    assert quantile(np.array([[3.0, np.nan, 1.0, 2.0]]), 0.5).tolist() == [2.0]
    assert np.isnan(quantile(np.array([[np.nan]]), 0.5)).all()


def flat(value: float, days: int = 40) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The same for every hour of so many days."""
    return np.full((days, 24), value)


def test_calibration_widens_a_band_that_is_too_narrow_and_lifts_the_mean() -> None:
    actual = 10 + np.random.default_rng(5).normal(0, 2, (40, 24))
    raw = Raw(flat(9.5), flat(10.0), flat(10.5), flat(8.0), flat(10.0), flat(10.0))
    found = calibrate.learn(raw, actual)
    band = calibrate.apply(raw, found)
    assert 0.88 < ((actual >= band.low) & (actual <= band.high)).mean() < 0.92
    assert band.mean.mean() == pytest.approx(actual.mean(), rel=0.01)
    assert (calibrate.apply(raw, found, floor=9.0).low >= 9.0).all()


def test_the_better_model_gets_the_weight_and_too_few_days_teach_nothing() -> None:
    actual = flat(10.0)
    raw = Raw(flat(9.0), flat(14.0), flat(16.0), flat(10.0), flat(10.0), flat(3.0))
    assert calibrate.learn(raw, actual).linear == 1.0
    assert calibrate.learn(raw.take(slice(0, 2)), actual[:2]) == calibrate.Calibration()


def test_scores_pool_by_their_intervals() -> None:
    def of(actual: list[float], middle: float) -> scores.Score:
        n = len(actual)
        said = np.full(n, middle)
        found = score(ComparedForecast(np.array(actual), said - 1, said, said + 1, said, np.full(n, 2.0), np.full(n, np.nan)))
        assert found is not None
        return found

    one, two = of([1.0, np.nan, 1.0], 1.5), of([1.0], 4.0)
    both = pooled([one, two])
    assert both is not None
    assert (one.n, one.rmae, one.seasonal) == (2, 0.5, None)
    assert both.mae == pytest.approx((0.5 * 2 + 3.0) / 3)
    assert both.inside == pytest.approx(2 / 3)
    assert both.relative_bias == pytest.approx(4 / 3)
    assert pooled([]) is None


def test_models_are_text_and_come_back_the_same() -> None:
    rng = np.random.default_rng(1)
    inputs = rng.normal(size=(600, 3))
    trained = models.train(inputs, inputs[:, 0] + rng.normal(0, 0.1, 600), 1)
    again = models.load(json.loads(json.dumps(trained.texts())))
    one, two = trained.predict(inputs, 1), again.predict(inputs, 1)
    assert {kind: part.tobytes() for kind, part in one.items()} == {kind: part.tobytes() for kind, part in two.items()}
    assert set(one) == {"low", "middle", "high", "mean"}


def test_the_command_reports_and_writes_its_forecasts(tmp_path: Path) -> None:
    start = datetime(2025, 1, 5, 23, tzinfo=UTC)
    rows = [f"{(start + timedelta(hours=at)).isoformat()},{1 + at % 24 / 10 + at % 7 / 50}" for at in range(60 * 24)]
    file = tmp_path / "last.csv"
    file.write_text("\n".join(["ts,kw", *rows]))
    asked = ["forecast", "backtest", str(file), "--target", "kw", "--freq", "1h", "--horizon", "24h", "--from", "2025-02-25"]
    told = CliRunner().invoke(nova, [*asked, "--json", "--out", str(tmp_path / "out.csv")])
    assert told.exit_code == 0, told.output
    found = json.loads(told.stdout)
    assert {"mae", "rmae", "coverage", "bias", "cpu_seconds", "baselines"} <= set(found)
    assert found["label"] == "lags and calendar" and found["from"].startswith(str(date(2025, 2, 24)))
    assert len((tmp_path / "out.csv").read_text().splitlines()) == found["n"] + 1
    assert "rMAE" in CliRunner().invoke(nova, asked).stdout
