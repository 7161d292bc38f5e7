"""`gates.yaml` -> the limits of the gates, read strictly: an own file where one is named, else the one that comes with Nova."""

from importlib import resources
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nova.errors import InvalidInput, NotFound
from nova.findings import message

LARGEST = 64 * 1024


class Limits(BaseModel):
    """What a candidate must reach; each is explained in the shipped file."""

    model_config = ConfigDict(extra="forbid", frozen=True)
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


def load(text: str, where: str) -> Limits:
    """From YAML; InvalidInput, which names the file and the key."""
    if len(text) > LARGEST:
        raise InvalidInput(f"{where} ist zu lang.")
    try:
        return Limits.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise InvalidInput(f"{where} ist kein YAML: {getattr(error, 'problem', None) or 'unlesbar'}.") from None
    except ValidationError as error:
        first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
        place = ".".join(str(part) for part in first["loc"]) or "Datei"
        reason = "Diese Angabe gibt es nicht" if first["type"] == "extra_forbidden" else message(first).rstrip(".")
        raise InvalidInput(f"{where}: {place}: {reason}.") from None


def limits_of(path: Path | None = None) -> Limits:
    """Of a file, else those that come with Nova; NotFound, InvalidInput."""
    if path is None:
        return load(resources.files("nova.training").joinpath("gates.yaml").read_text("utf-8"), "gates.yaml")
    try:
        return load(path.read_text("utf-8"), path.name)
    except OSError as error:
        raise NotFound(f"Die Datei „{path.name}“ lässt sich nicht lesen.") from error
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{path.name} ist nicht in UTF-8 geschrieben.") from error
