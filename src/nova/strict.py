"""A file of YAML in, what it says in a strict shape out; what is wrong is named with the file and the key."""

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from nova.errors import InvalidInput, NotFound
from nova.findings import message


class Strict(BaseModel):
    """Only what is described, nothing else."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Shape = TypeVar("Shape", bound=BaseModel)


def parsed(shape: type[Shape], text: str, where: str, largest: int = 64 * 1024) -> Shape:
    """From a text of at most so many characters; InvalidInput."""
    if len(text) > largest:
        raise InvalidInput(f"{where} ist zu lang.")
    try:
        return shape.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise InvalidInput(f"{where} ist kein YAML: {getattr(error, 'problem', None) or 'unlesbar'}.") from None
    except ValidationError as error:
        first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")  # a key with a slip also leaves its right one missing
        place = ".".join(str(part) for part in first["loc"]) or "Datei"
        reason = "Diese Angabe gibt es nicht" if first["type"] == "extra_forbidden" else message(first).rstrip(".")
        raise InvalidInput(f"{where}: {place}: {reason}.") from None


def read_file(path: Path) -> str:
    """The text of a file; NotFound, InvalidInput."""
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise NotFound(f"Die Datei „{path.name}“ lässt sich nicht lesen.") from error
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{path.name} ist nicht in UTF-8 geschrieben.") from error
