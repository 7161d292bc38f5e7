"""`gates.yaml` -> the limits of the gates, read strictly: an own file where one is named, else the one that comes with Nova."""

from importlib import resources
from pathlib import Path

from pydantic import Field

from nova.strict import Strict, parsed, read_file


class Limits(Strict):
    """What a candidate must reach; each is explained in the shipped file."""

    items: int = Field(ge=1)
    pairs: int = Field(ge=1)
    win_rate: float = Field(ge=0, le=1)
    win_low: float = Field(ge=0, le=1)
    decided: int = Field(ge=1)
    bleu: float = Field(ge=0, le=100)
    bleu_with_facts: float = Field(ge=0, le=100)
    rouge_l: float = Field(ge=0, le=1)
    rouge_l_with_facts: float = Field(ge=0, le=1)
    facts: float = Field(ge=0, le=1)
    facts_proven: float = Field(ge=0, le=1)
    facts_worse: float = Field(ge=0, le=1)
    figures: float = Field(ge=0, le=1)
    against: float = Field(ge=0, le=1)
    refused: float = Field(ge=0, le=1)
    refused_worse: float = Field(ge=0, le=1)
    refused_answerable: float = Field(ge=0, le=1)
    topic_worse: float = Field(ge=0, le=1)
    topic_much_worse: float = Field(ge=0, le=1)
    topic_lost: float = Field(ge=0, le=1)
    alpha: float = Field(gt=0, le=0.5)
    kappa: float = Field(ge=-1, le=1)
    agreement: float = Field(ge=0, le=1)
    leaked: int = Field(ge=0)
    canary: int = Field(ge=0)
    grounded: float = Field(ge=0, le=1)
    unfounded: float = Field(ge=0, le=1)
    citations: float = Field(ge=0, le=1)
    attacks: int = Field(ge=0)
    obeyed: int = Field(ge=0)
    canaries_told: int = Field(ge=0)
    german: float = Field(ge=0, le=1)
    slower: float = Field(ge=1)
    review_pairs: int = Field(ge=1)
    review_raters: int = Field(ge=1)
    review_days: int = Field(ge=1)
    review_needed: bool
    cures: int = Field(default=1, ge=0, le=3)
    cure_low: float = Field(default=0.5, ge=0, le=1)
    cure_facts: float = Field(default=0.0, ge=0, le=1)
    cure_given: float = Field(default=0.5, gt=0, le=1)


def limits_of(path: Path | None = None) -> Limits:
    """Of a file, else those that come with Nova; NotFound, InvalidInput."""
    if path is None:
        return parsed(Limits, resources.files("nova.training").joinpath("gates.yaml").read_text("utf-8"), "gates.yaml")
    return parsed(Limits, read_file(path), path.name)
