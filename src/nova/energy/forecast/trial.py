"""What a person asks of a file in, a backtest of each of its series and the report of them all out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

import numpy as np

from nova.energy.forecast.backtest import LEAST_DAYS, Outcome, Plan, backtest
from nova.energy.forecast.grid import Series, clock_seconds
from nova.energy.forecast.scores import ComparedForecast, Score, pooled, score
from nova.errors import InvalidInput
from nova.series import DAY
from nova.unseen import cell

UNITS = {"s": 1, "sec": 1, "min": 60, "m": 60, "t": 60, "h": 3600, "std": 3600, "d": DAY, "tag": DAY, "tage": DAY}
DURATION = re.compile(r"(?:PT?)?(\d*)\s*([a-z]+)$", re.IGNORECASE)
FINEST = 300  # seconds
LONGEST = 7 * DAY
FORESIGHT = "perfect foresight"


@dataclass(frozen=True, slots=True)
class Wish:
    """Days to try (None: the second half, at most a year), the horizon in intervals, and the plan's other numbers."""

    horizon: int
    first: date | None = None
    last: date | None = None
    gap: int = 0
    country: str = "DE"
    threads: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """What each series' backtest said; `foresight` when columns of the day itself were used; `walls` have times of a clock, not of UTC."""

    outcomes: Mapping[str, Outcome]
    foresight: bool
    walls: frozenset[str] = frozenset()

    def said(self) -> dict[str, Score]:
        """The score of each series that has one."""
        scores = {name: score(forecasted(outcome)) for name, outcome in self.outcomes.items()}
        return {name: one for name, one in scores.items() if one is not None}


def seconds_of(text: str) -> int:
    """The length of an interval ("15min", "1h", "H", "PT30M", "1d"); InvalidInput unless it divides a day and is five minutes or more."""
    found = DURATION.match(text.strip())
    unit = UNITS.get(found[2].casefold()) if found else None
    if found is None or unit is None:
        raise InvalidInput(f"„{text}“ ist keine Dauer. Schreiben Sie etwa 15min, 1h oder 1d.")
    seconds = int(found[1] or 1) * unit
    if not FINEST <= seconds <= DAY or DAY % seconds:
        raise InvalidInput(f"Der Abstand „{text}“ muss einen Tag ohne Rest teilen und zwischen 5 Minuten und einem Tag liegen.")
    return seconds


def steps_of(text: str, seconds: int) -> int:
    """A horizon in intervals: a bare number counts intervals, anything else is a duration."""
    if text.strip().isdecimal():
        return _horizon(int(text), seconds)
    found = DURATION.match(text.strip())
    unit = UNITS.get(found[2].casefold()) if found else None
    if found is None or unit is None or int(found[1] or 1) * unit % seconds:
        raise InvalidInput(f"Der Horizont „{text}“ ist weder eine Zahl von Intervallen noch eine Dauer aus ganzen Intervallen.")
    return _horizon(int(found[1] or 1) * unit // seconds, seconds)


def _horizon(steps: int, seconds: int) -> int:
    if not 1 <= steps <= LONGEST // seconds:
        raise InvalidInput("Der Horizont ist mindestens ein Intervall und höchstens sieben Tage lang.")
    return steps


def try_out(series: Mapping[str, Series], wish: Wish) -> Trial:
    """Backtest every series; InvalidInput names the one that is too short."""
    outcomes = {}
    for name, one in series.items():
        try:
            outcomes[name] = backtest(one, plan_of(one, wish))
        except InvalidInput as error:
            raise InvalidInput(f"{name}: {error.message}" if name else error.message) from error
    walls = frozenset(name for name, one in series.items() if one.clock == "wall")
    return Trial(outcomes, any(one.extras for one in series.values()), walls)


def plan_of(series: Series, wish: Wish) -> Plan:
    """The plan for a series: of the days asked for those it has."""
    days = clock_seconds(series.ts[np.isfinite(series.values)], series.clock) // DAY
    if not len(days):
        raise InvalidInput("Die Spalte enthält keine einzige Zahl.")
    opens, ends = int(days[0]), int(days[-1])
    least = opens + LEAST_DAYS + wish.gap + max(1, -(-wish.horizon * series.seconds // DAY))
    if ends < least:
        raise InvalidInput(
            f"Die Zeitreihe ist zu kurz: sie umfasst {ends - opens + 1} Tage, gebraucht werden mindestens {least - opens + 1}."
        )
    first = max(_number(wish.first), least) if wish.first else max(least, (opens + ends + 1) // 2, ends - 364)
    last = min(_number(wish.last), ends) if wish.last else ends
    return Plan(_day(first), _day(last), wish.horizon, wish.gap, country=wish.country, threads=wish.threads)


def report(trial: Trial) -> dict[str, Any]:
    """Plain values: the pooled errors, those of each series, and the processor time. Shares, not percentages."""
    scores = trial.said()
    total = pooled(scores.values())
    if total is None:
        raise InvalidInput("Für keinen Zeitpunkt des Zeitraums gibt es einen Wert, mit dem sich vergleichen ließe.")
    return {
        "label": FORESIGHT if trial.foresight else "lags and calendar",
        "served": not trial.foresight,
        "from": min(_iso(int(one.ts[0]), name in trial.walls) for name, one in trial.outcomes.items()),
        "to": max(_iso(int(one.ts[-1]), name in trial.walls) for name, one in trial.outcomes.items()),
        **figures(total),
        "cpu_seconds": round(sum(one.cpu_seconds for one in trial.outcomes.values()), 3),
        "series": {name: figures(one) for name, one in scores.items()} if len(scores) > 1 else {},
    }


def figures(one: Score) -> dict[str, Any]:
    """A score as plain values, with the baselines' errors and how the models' compare."""
    values = asdict(one)
    return {
        "n": one.n,
        "mae": one.mae,
        "rmae": one.rmae,
        "coverage": one.inside,
        "bias": one.relative_bias,
        "bias_value": one.bias,
        "level": one.level,
        "mean_mae": values["mean_mae"],
        "baselines": {"naive_week_mae": one.naive, "seasonal_mae": one.seasonal},
    }


def lines(trial: Trial) -> Iterator[list[str]]:
    """The forecasts as rows of a CSV, with a head."""
    yield ["series", "ts", "known_until", "actual", "low", "middle", "high", "mean", "naive", "seasonal"]
    for name, one in trial.outcomes.items():
        columns = (one.actual, one.low, one.middle, one.high, one.mean, one.naive, one.seasonal)
        for at in range(len(one.ts)):
            cells = ("" if np.isnan(column[at]) else repr(float(column[at])) for column in columns)
            yield [cell(name), *(_iso(int(moment[at]), name in trial.walls) for moment in (one.ts, one.issued)), *cells]


def forecasted(outcome: Outcome) -> ComparedForecast:
    """The columns of an outcome that a score looks at."""
    return ComparedForecast(**{name: getattr(outcome, name) for name in ComparedForecast.__slots__})


def _number(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def _day(number: int) -> np.datetime64:
    return np.datetime64(number, "D")


def _iso(instant: int, wall: bool) -> str:
    """An instant in UTC, or what a clock showed, then without an offset."""
    moment = datetime.fromtimestamp(instant, UTC)
    return (moment.replace(tzinfo=None) if wall else moment).isoformat()
