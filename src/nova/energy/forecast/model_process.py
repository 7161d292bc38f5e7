"""A series in, a trained model or a day's forecast out, worked out in a child process: LightGBM, scipy and their memory end with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from nova.energy.forecast.child import HERE, pack
from nova.energy.forecast.grid import Series
from nova.energy.forecast.scores import Score
from nova.energy.forecast.serve import COLUMNS, Issue
from nova.ports import Children


@dataclass(frozen=True, slots=True)
class ModelProcess:
    """Where it is worked out, and how many threads training may take there."""

    children: Children
    threads: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class NewModel:
    """A trained model as bytes, up to which day it knows, its scores by day; `old`: those of the model that serves, None without one."""

    model: bytes
    known_to: date
    scores: Mapping[date, Score]
    old: Mapping[date, Score] | None


def train(process: ModelProcess, name: str, series: Series, gap: int, live: bytes | None) -> NewModel:
    """A model of the whole series, and how the one that serves did since it was trained; InvalidInput when the series is too short."""
    head, body = pack(series, live)
    args = {**head, "gap": gap, "threads": process.threads}
    value, model = process.children.run(f"{HERE}:train_task", args, body, name=_name(name), patient=True)
    old = None if value["old"] is None else _scores(value["old"])
    return NewModel(model, date.fromisoformat(value["known_to"]), _scores(value["scores"]), old)


def issue(process: ModelProcess, name: str, series: Series, model: bytes, day: date) -> Issue | None:
    """The forecast of a local day from a series that ends before it; None for a model of another form or other intervals."""
    head, body = pack(series, model)
    args = {**head, "day": day.isoformat(), "threads": process.threads}
    value, columns = process.children.run(f"{HERE}:issue_task", args, body, name=_name(name), patient=True)
    if not value["issued"]:
        return None
    rows = np.frombuffer(columns, np.float64).reshape(len(COLUMNS), -1)
    return Issue(rows[0].view(np.int64), *rows[1:])


def _name(target: str) -> str:
    return f"Vorhersage für {target}"


def _scores(given: Mapping[str, Any]) -> dict[date, Score]:
    return {date.fromisoformat(day): Score(**one) for day, one in given.items()}
