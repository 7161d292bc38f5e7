"""A candidate's answers judged by the training room, with the eye for a turned sense that answers are checked with."""

from pathlib import Path
from typing import Any

from nova.answers.check.polarity import contradicts
from nova.training.commands import evaluate_files


def compare(cand: Path, base: Path, reference: Path, *, votes: Path | None = None, gates: Path | None = None) -> dict[str, Any]:
    """What a candidate is worth beside a base, and which gates hold it; errors as of `evaluate_files`."""
    return evaluate_files(cand, base, reference, votes, gates, contradicts)
