"""Called by path in a child process, which alone holds LightGBM: a series and models as bytes in, a model or a day's forecast out."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

import numpy as np

from nova.energy.forecast.grid import Series
from nova.energy.forecast.scores import Score
from nova.energy.forecast.serve import COLUMNS, TrainedModel, issue, load, rehearse, train
from nova.errors import InvalidInput

HERE = "nova.energy.forecast.child"


def train_task(args: Mapping[str, Any], body: bytes) -> tuple[Any, bytes]:
    """A new model and its scores by day; `old` are those of the model that serves, on the days since it was trained (None without one).

    `args`: `count`, `seconds`, `gap`, `threads`; `body`: the series, then the model that serves. InvalidInput for a series too short.
    """
    series, model = unpack(args, body)
    trained = train(series, args["gap"], args["threads"])
    live = _fitting(model, series.seconds)
    old = None
    if live is not None:
        days = min((trained.known_to - live.known_to).days, len(trained.scores))
        old = plain(rehearse(live, series, days, args["threads"]))
    return {"known_to": trained.known_to.isoformat(), "scores": plain(trained.scores), "old": old}, trained.dump()


def issue_task(args: Mapping[str, Any], body: bytes) -> tuple[Any, bytes]:
    """Whether the model fits the series, and the columns of its forecast of the local day `day`, one after the other, 8 bytes a value."""
    series, model = unpack(args, body)
    live = _fitting(model, series.seconds)
    if live is None:
        return {"issued": False}, b""
    said = issue(live, series, date.fromisoformat(args["day"]), args["threads"])
    return {"issued": True}, b"".join(getattr(said, name).tobytes() for name in COLUMNS)


def pack(series: Series, model: bytes | None) -> tuple[dict[str, Any], bytes]:
    """A series and a model as the tasks take them."""
    values = np.asarray(series.values, np.float64)
    return {"count": len(series), "seconds": series.seconds}, series.ts.astype(np.int64).tobytes() + values.tobytes() + (model or b"")


def unpack(args: Mapping[str, Any], body: bytes) -> tuple[Series, bytes]:
    """What `pack` packed; b"" for no model."""
    count = args["count"]
    ts = np.frombuffer(body, np.int64, count)
    return Series(ts, np.frombuffer(body, np.float64, count, 8 * count), args["seconds"]), body[16 * count :]


def plain(scores: Mapping[date, Score]) -> dict[str, Any]:
    """Scores as JSON."""
    return {day.isoformat(): asdict(one) for day, one in scores.items()}


def _fitting(model: bytes, seconds: int) -> TrainedModel | None:
    try:
        found = load(model) if model else None
    except InvalidInput:
        return None
    return found if found is not None and found.seconds == seconds else None
