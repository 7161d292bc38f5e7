"""Versions of the prompt in, the JSON shapes of `models.learning` out."""

from dataclasses import asdict
from typing import Any

from nova.flows.prompts import PromptComparison, PromptVersion


def detail_view(version: PromptVersion, comparison: PromptComparison | None) -> dict[str, Any]:
    """One version and how it compares."""
    return asdict(version) | {"comparison": asdict(comparison) if comparison else None}
