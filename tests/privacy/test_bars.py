"""The bars on the handwritten lines: recall and precision over all classes together, and time a text."""

import importlib.util
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent
SOFT = ("NAME", "ADDRESS")
RECALL_SHAPES, RECALL_SOFT, PRECISION, MS_A_TEXT = 0.97, 0.90, 0.95, 2.0


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_privacy", HERE.parents[1] / "benchmarks/privacy.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("lines", ["first", "more", pytest.param("held", marks=pytest.mark.bars)])
def test_recall_precision_and_time_hold(bench: ModuleType, lines: str) -> None:
    rows = bench.rows([HERE / f"lines-{lines}.jsonl"])
    counts = bench.measure(rows)
    shapes, soft, whole = Counter[str](), Counter[str](), Counter[str]()
    for name, one in counts.items():
        (soft if name in SOFT else shapes).update(one)
        whole.update(one)
    assert shapes["found"] >= RECALL_SHAPES * shapes["marked"]
    assert all(counts[name]["found"] >= RECALL_SOFT * counts[name]["marked"] for name in SOFT)
    assert whole["right"] >= PRECISION * whole["predicted"]
    assert bench.speed([row["text"] for row in rows]) <= MS_A_TEXT
