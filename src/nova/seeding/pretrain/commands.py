"""Two files in, a model judged and its predictions out: what an engineer does without a server."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl

from nova.seeding.pretrain.insights import insights
from nova.seeding.pretrain.model import Fitted, fit, kind_of, predict
from nova.seeding.pretrain.reading import ids, told_rows, typed
from nova.seeding.pretrain.stored import save
from nova.seeding.sources.files import read_records, write_records
from nova.seeding.sources.reading import told

_LOOKED_AT = 2000


def fit_file(kind: str, train: Path, test: Path, out: Path, *, model: Path | None = None, seed: int = 0) -> dict[str, Any]:
    """Learn from `train`, write what the model says of `test` (without target) to `out`; how good it is on rows that it has not seen.

    `model`: where it is kept. Raises InvalidInput for no such kind or missing columns, and what cannot be read.
    """
    known = kind_of(kind)
    read, asked = read_records(train), read_records(test)
    typed(known, asked.frame.head(0), target=False)  # before an hour of learning
    fitted = fit(kind, read.frame, seed=seed)
    said = predict(fitted.model, asked.frame)
    write_records(pl.DataFrame([ids(known, asked.frame), said]), out)
    if model is not None:
        model.write_bytes(save(fitted.model))
    learned = _insights(kind, fitted, read.frame) if known.text is None else []
    return {
        "kind": kind, **asdict(fitted.score), "trained": len(read.frame), "predicted": len(asked.frame), "insights": learned,
        "problems": [*map(told, read.problems), *map(told, asked.problems)],
    }  # fmt: skip


def _insights(kind: str, fitted: Fitted, frame: pl.DataFrame) -> list[str]:
    """Of the model that was judged last, on what it was judged by."""
    return insights(fitted.checked, told_rows(kind_of(kind), frame)[fitted.held[:_LOOKED_AT]])
