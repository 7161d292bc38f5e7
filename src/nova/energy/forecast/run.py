"""Prices and readings in; at 10 o'clock the next day's forecast, once a week a model tried, and how past days went out.

A run does what is due, so that a Nova that slept through the morning catches up, and still looks at nothing that was not known at 10.
Models are trained and asked in a child process.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import numpy as np
import structlog

from nova.courtesy import make_way
from nova.energy.calendar import day_bounds
from nova.energy.forecast import model_process
from nova.energy.forecast.grid import Series
from nova.energy.forecast.model_process import ModelProcess, NewModel
from nova.energy.forecast.scores import ComparedForecast, Score, pooled, score
from nova.energy.forecast.serve import LONGEST, until
from nova.energy.forecast.target import STALE_DAYS, Target, targets
from nova.errors import InvalidInput, NotFound, UnreadableFile
from nova.german import BERLIN
from nova.ports import Children, Objects
from nova.ports.jobs import JobContext
from nova.store.ids import uuid7
from nova.store.postgres.db import Database
from nova.store.series import forecasts, meters, prices, rollups
from nova.store.series.forecasts import DayScore, Model

RETRAIN = timedelta(days=7)
AT = time(10)
SCORED_DAYS = 35
OBJECTS = "forecasts/"
ABANDONED = timedelta(days=1)
FEATURES = ("lags", "rolling", "weekday", "holiday", "hour", "daylight")
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ForecastRun:
    """One run of the job: where series and models lie, where models are trained, how many threads that may take, and the time."""

    db: Database
    objects: Objects
    children: Children
    now: datetime
    threads: int = 1

    @property
    def child(self) -> ModelProcess:
        """Where models are trained and asked."""
        return ModelProcess(self.children, self.threads)

    @property
    def today(self) -> date:
        """The local day."""
        return self.now.astimezone(BERLIN).date()

    @property
    def issue(self) -> datetime:
        """10 o'clock of the local day."""
        return datetime.combine(self.today, AT, BERLIN)


def forecast_all(run: ForecastRun, ctx: JobContext) -> dict[str, Any]:
    """Do what is due for every target; counts of days scored, models tried and replaced, forecasts issued, targets too short or failed."""
    done = {"targets": 0, "scored": 0, "trained": 0, "replaced": 0, "issued": 0, "short": 0, "failed": 0}
    found = targets(run.db, run.now)
    for number, target in enumerate(found):
        ctx.progress("vorhersagen", number, len(found))
        make_way()
        done["targets"] += 1
        try:
            for name, count in _attend(run, target).items():
                done[name] += count
        except InvalidInput:
            done["short"] += 1
        except NotFound:
            done["targets"] -= 1  # the meter was deleted meanwhile
        except UnreadableFile as error:  # its child crashed or ran into a limit
            done["failed"] += 1
            log.warning("forecast_failed", target=target.name, error=error.message)
    _sweep(run)
    return done


def _sweep(run: ForecastRun) -> None:
    """Remove the objects of models that no row names any more, as of a meter that went with its owner; young ones may get theirs yet."""
    with run.db.transaction() as conn:
        known = forecasts.object_keys(conn)
    for key in [key for key in run.objects.keys(OBJECTS) if key not in known]:
        if run.now - _made_at(key) > ABANDONED:
            run.objects.delete(key)


def _made_at(key: str) -> datetime:
    """When a model's id was made, which its object is named by; long ago for another name."""
    try:
        return datetime.fromtimestamp((UUID(key.removeprefix(OBJECTS).removesuffix(".json")).int >> 80) / 1000, UTC)
    except (ValueError, OverflowError):
        return datetime.min.replace(tzinfo=UTC)


def _hold(conn: Any, target: Target) -> None:
    """A target's meter stays, and with whom it is, until what is written of it stands; NotFound when it is gone or another's."""
    if target.meter_id:
        meters.hold(conn, target.meter_id, change=True)
        if meters.get(conn, target.meter_id).holder != target.holder:
            raise NotFound("Diesen Zähler hat jetzt jemand anders.")


@dataclass(frozen=True, slots=True)
class _Tasks:
    """What a target waits for: days to score, a new model, tomorrow's forecast, and days whose forecast rests on other values now."""

    waiting: list[date]
    outdated: bool
    due: bool
    stale: Mapping[date, int]

    @property
    def any(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.waiting or self.outdated or self.due or self.stale)


def _attend(run: ForecastRun, target: Target) -> Mapping[str, int]:
    """Score what has become known, train when it is time, issue when it is 10 o'clock."""
    day = run.today + timedelta(days=1)
    known = day - timedelta(days=target.gap)
    tasks = _tasks(run, target, day)
    if not tasks.any:
        return {}
    everything = _series(run.db, target, day)
    done = {"scored": _score(run, target, everything, tasks.waiting)}
    series = until(everything, known)
    if not len(series) or _last_day(series) < known - timedelta(days=1 + STALE_DAYS):
        return done
    if tasks.outdated:
        done |= {"trained": 1, "replaced": _train(run, target, series)}
    again = {one: at for one, at in tasks.stale.items() if one != day or not tasks.due}
    issued = sum(_issue(run, target, until(everything, one - timedelta(days=target.gap)), one, at) for one, at in again.items())
    return done | {"issued": issued + (_issue(run, target, series, day, _seconds(run.issue)) if tasks.due else 0)}


def _tasks(run: ForecastRun, target: Target, day: date) -> _Tasks:
    with run.db.transaction() as conn:
        tried = forecasts.trained_at(conn, target.name)
        return _Tasks(
            waiting=_unscored(conn, run, target),
            outdated=tried is None or run.now - tried >= RETRAIN,
            due=run.now >= run.issue and not forecasts.is_issued(conn, target.name, _seconds(run.issue), *day_bounds(day)),
            stale=forecasts.stale_days(conn, target.name, day_bounds(run.today)[0]),
        )


def _train(run: ForecastRun, target: Target, series: Series) -> int:
    """Train a model, and let it serve unless the one that does was better on the days since it was trained; whether it does."""
    trained = model_process.train(run.child, target.name, series, target.gap, _live(run, target))
    new, old = _compare(trained)
    better = old is None or (new is not None and new.mae <= old.mae)
    model_id = uuid7()
    model = Model(
        model_id=model_id,
        target=target.name,
        state="live" if better else "rejected",
        features=FEATURES,
        trained_to=datetime.combine(trained.known_to + timedelta(days=1), time(), BERLIN),
        scores={"new": _plain(new), "old": _plain(old), "days": len(trained.scores)},
        object_key=f"{OBJECTS}{model_id}.json",
    )
    run.objects.put(model.object_key, trained.model)
    with run.db.transaction() as conn:
        _hold(conn, target)
        gone = forecasts.put_model(conn, model)
        forecasts.put_scores(conn, target.name, [_day_score(day, "backtest", one) for day, one in trained.scores.items()])
    for key in gone:
        run.objects.delete(key)
    return int(better)


def _compare(trained: NewModel) -> tuple[Score | None, Score | None]:
    """The new way's and the live model's errors on days that neither had seen; None for a live model that is not there or broken."""
    old = trained.old
    if old is None:
        return pooled(trained.scores.values()), None
    both = [day for day in old if day in trained.scores]
    return pooled(trained.scores[day] for day in both), pooled(old[day] for day in both)


def _live(run: ForecastRun, target: Target) -> bytes | None:
    """The model that serves; None without one, and where it rests on what was taken back."""
    with run.db.transaction() as conn:
        model = forecasts.live(conn, target.name)
    if model is None or model.stale_at is not None:
        return None
    try:
        return run.objects.get(model.object_key)
    except NotFound:
        return None


def _issue(run: ForecastRun, target: Target, series: Series, day: date, at: int) -> int:
    """Forecast a day as of an instant; 1, or 0 without a model that fits."""
    live = _live(run, target)
    said = None if live is None else model_process.issue(run.child, target.name, series, live, day)
    if said is None:
        return 0
    columns = {name: getattr(said, name) for name in forecasts.FIELDS}
    issued = np.full(len(said.ts), at, np.int64)
    with run.db.transaction() as conn:
        _hold(conn, target)
        model = forecasts.live(conn, target.name)
        kept = forecasts.Forecast(target.name, series.seconds, said.ts, issued, **columns)
        forecasts.put(conn, kept, model.model_id if model else None)
    return 1


def _unscored(conn: Any, run: ForecastRun, target: Target) -> list[date]:
    """Days that are over, and for prices those that the auction has settled."""
    end = run.today + timedelta(days=2 if target.product else 0)
    return forecasts.unscored(conn, target.name, day_bounds(run.today - timedelta(days=SCORED_DAYS))[0], day_bounds(end)[0])


def _score(run: ForecastRun, target: Target, series: Series, days: list[date]) -> int:
    """Look at the days that are known in full; how many."""
    found = [one for day in days if (one := _score_day(run, target, series, day)) is not None]
    with run.db.transaction() as conn:
        _hold(conn, target)
        forecasts.put_scores(conn, target.name, found)
    return len(found)


def _score_day(run: ForecastRun, target: Target, series: Series, day: date) -> DayScore | None:
    with run.db.transaction() as conn:
        said = forecasts.get(conn, target.name, *day_bounds(day))
    known = np.isin(said.ts, series.ts)
    if not known.all():
        return None
    actual = series.values[np.searchsorted(series.ts, said.ts)]
    one = score(ComparedForecast(actual, **{name: getattr(said, name) for name in forecasts.FIELDS}))
    return _day_score(day, "served", one) if one else None


def _series(db: Database, target: Target, day: date) -> Series:
    """All that is stored of a target, up to the end of a day; what a meter has lately sent is included."""
    start, end = day_bounds(day - timedelta(days=LONGEST))[0], day_bounds(day)[1]
    with db.transaction() as conn:
        if target.product:
            traded = prices.get(conn, target.product, start, end)
            return _known(Series(traded.ts, traded.price, target.seconds))
        found = rollups.buckets(conn, target.meter_id, start, end, target.seconds, target.holder)
    return _known(Series(found.ts, found.consumption_mean, found.seconds))


def _known(series: Series) -> Series:
    """Only intervals whose value is known."""
    which = np.isfinite(series.values)
    return replace(series, ts=series.ts[which], values=series.values[which])


def _last_day(series: Series) -> date:
    return datetime.fromtimestamp(int(series.ts[-1]), BERLIN).date()


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _day_score(day: date, origin: forecasts.Origin, one: Score) -> DayScore:
    return DayScore(day, origin, one.n, one.mae, one.naive, one.seasonal, one.bias, one.level, one.inside)


def _plain(one: Score | None) -> dict[str, Any]:
    return {} if one is None else {"n": one.n, "mae": one.mae, "rmae": one.rmae, "inside": one.inside, "bias": one.relative_bias}
