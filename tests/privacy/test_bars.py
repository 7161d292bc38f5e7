"""The bars on the handwritten lines: recall and precision over all classes together. `benchmarks/privacy.py` tells the time."""

import importlib.util
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
SOFT = ("NAME", "ADDRESS")
RECALL_SHAPES, RECALL_SOFT, PRECISION = 0.97, 0.90, 0.95


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_privacy", HERE.parents[1] / "benchmarks/privacy.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("lines", ["first", "more", pytest.param("held", marks=pytest.mark.bars)])
def test_recall_and_precision_hold(bench: ModuleType, lines: str) -> None:
    rows = bench.rows([HERE / f"lines-{lines}.jsonl"])
    counts = bench.measure(rows)
    shapes, soft, whole = Counter[str](), Counter[str](), Counter[str]()
    for name, one in counts.items():
        (soft if name in SOFT else shapes).update(one)
        whole.update(one)
    assert shapes["found"] >= RECALL_SHAPES * shapes["marked"]
    assert all(counts[name]["found"] >= RECALL_SOFT * counts[name]["marked"] for name in SOFT)
    assert whole["right"] >= PRECISION * whole["predicted"]
