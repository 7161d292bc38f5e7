"""Features and values in, LightGBM models of median, band and mean out; each is stored as LightGBM's own text, never as a pickle.

One model of a kind serves all slots of a day. The same rows give the same model on every machine: one fixed seed, deterministic histograms.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from nova.series import Values

if TYPE_CHECKING:
    import lightgbm

LOW, MIDDLE, HIGH, MEAN = "low", "middle", "high", "mean"
OBJECTIVES: Mapping[str, Mapping[str, Any]] = {
    LOW: {"objective": "quantile", "alpha": 0.05},
    MIDDLE: {"objective": "quantile", "alpha": 0.5},
    HIGH: {"objective": "quantile", "alpha": 0.95},
    MEAN: {"objective": "regression"},
}
ROUNDS = {LOW: 50, MIDDLE: 80, HIGH: 50, MEAN: 60}
SETTINGS: Mapping[str, Any] = {
    "learning_rate": 0.1,
    "num_leaves": 31,
    "min_data_in_leaf": 100,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "max_bin": 127,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbosity": -1,
}
MOST = 200_000  # rows; of more, the latest


@dataclass(frozen=True, slots=True, eq=False)
class Boosters:
    """The four models of one target."""

    models: Mapping[str, "lightgbm.Booster"]

    def predict(self, inputs: Values, threads: int) -> dict[str, Values]:
        """(rows, features) to one value a row for each of the four."""
        return {
            kind: np.asarray(model.predict(inputs, num_threads=threads), np.float64) if len(inputs) else np.empty(0)
            for kind, model in self.models.items()
        }

    def texts(self) -> dict[str, str]:
        """LightGBM's text of each model."""
        return {kind: model.model_to_string() for kind, model in self.models.items()}


def train(inputs: Values, values: Values, threads: int) -> Boosters:
    """Models of these rows (rows, features) and values (rows); rows of unknown value are left out."""
    import lightgbm

    known = np.flatnonzero(np.isfinite(values))[-MOST:]
    data = lightgbm.Dataset(inputs[known], values[known], params={**SETTINGS, "num_threads": threads}, free_raw_data=False)
    return Boosters(
        {
            kind: lightgbm.train({**SETTINGS, **objective, "num_threads": threads}, data, ROUNDS[kind])
            for kind, objective in OBJECTIVES.items()
        }
    )


def load(texts: Mapping[str, str]) -> Boosters:
    """The models of these texts; KeyError when one of the four is missing."""
    import lightgbm

    return Boosters({kind: lightgbm.Booster(model_str=texts[kind]) for kind in OBJECTIVES})
