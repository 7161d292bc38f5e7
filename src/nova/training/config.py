"""`lora.yaml` and a profile in, what a run is told out; and the hashes by which a run, its data and its base are known again."""

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from nova.errors import InvalidInput, NotFound
from nova.strict import Strict, parsed, read_file

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,59}$")]
Method = Literal["sft", "dpo"]
WEIGHTS = ("*.safetensors", "*.json", "*.jinja", "*.model", "*.txt")
MINI = "nova-mini"
PIECE = 4 * 2**20
PROMPT = (
    "Antworten Sie mit einem Satz, nur aus den Fundstellen, mit Zahl und Einheit. Fügen Sie nichts hinzu. Fehlt die Angabe, sagen Sie das."
)


class Base(Strict):
    """The model that is tuned: the small one that ships with Nova, or a folder; `revision` is the hash that its files must have."""

    model: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    revision: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")] = ""
    licence: Annotated[str, StringConstraints(min_length=2, max_length=60)]


class Lora(Strict):
    """Low-rank matrices beside which weights, and how large (Hu et al. 2021)."""

    rank: int = Field(ge=1, le=512)
    alpha: float = Field(gt=0, le=2048)
    dropout: float = Field(ge=0, lt=1)
    targets: tuple[Annotated[str, StringConstraints(pattern=r"^[\w.]{1,80}$")], ...] = Field(min_length=1, max_length=40)


class Training(Strict):
    """The hyperparameters; `warmup` in steps, `length` in tokens, `beta` for DPO only."""

    epochs: int = Field(ge=1, le=100)
    batch: int = Field(ge=1, le=1024)
    accumulate: int = Field(default=1, ge=1, le=1024)
    rate: float = Field(gt=0, le=1)
    schedule: Literal["cosine", "linear", "constant"] = "cosine"
    warmup: int = Field(default=0, ge=0, le=100_000)
    decay: float = Field(default=0.0, ge=0, le=1)
    clip: float = Field(default=1.0, gt=0, le=100)
    length: int = Field(ge=16, le=131_072)
    beta: float = Field(default=0.1, gt=0, le=10)


class Seeds(Strict):
    """What begins chance: of the first weights, and of the order of rows."""

    init: int = Field(default=1, ge=0, lt=2**32)
    order: int = Field(default=1, ge=0, lt=2**32)


class Checkpoint(Strict):
    """After how many steps one is kept, and how many."""

    every: int = Field(ge=1, le=100_000)
    keep: int = Field(default=2, ge=1, le=100)


class Budget(Strict):
    """What a run may take at most."""

    hours: float = Field(gt=0)
    memory_mib: int = Field(gt=0)
    kwh: float = Field(gt=0)
    eur: float = Field(gt=0)


class Cures(Strict):
    """What the base tries beside the tuned model: a prompt, so many examples before a question, so many passages beside one without."""

    prompt: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)] = PROMPT
    examples: int = Field(default=3, ge=1, le=20)
    passages: int = Field(default=3, ge=1, le=20)


class Profile(Strict):
    """The machine: what it draws in W, what a kWh costs, and whether a run waits for the cheapest hours of the next day."""

    runs_on: Literal["cpu", "gpu"]
    precision: Literal["fp32", "bf16"]
    threads: int = Field(ge=1, le=1024)
    watts: float = Field(gt=0)
    eur_per_kwh: float = Field(ge=0)
    gradient_checkpointing: bool = False
    cheap_hours: bool = False


class LoraConfig(Strict):
    """All of `lora.yaml`; each key is explained in the file that ships with Nova."""

    name: Name
    base: Base
    method: Method
    system: Annotated[str, StringConstraints(max_length=4000)] = ""
    lora: Lora
    training: Training
    seeds: Seeds = Seeds()
    checkpoint: Checkpoint
    longest: int = Field(ge=1, le=8192)
    cures: Cures = Cures()
    budget: Budget
    report_to: tuple[Literal["mlflow", "wandb"], ...] = ()


class Recipe(Strict):
    """A configuration on a profile: what a run is told, and what is kept with it."""

    config: LoraConfig
    profile: Profile

    def told(self) -> dict[str, Any]:
        """As the process that tunes reads it (JSON values)."""
        return {**self.config.model_dump(mode="json"), "profile": self.profile.model_dump(mode="json")}

    def digest(self) -> str:
        """The hash of what decides the outcome: not the budget, the name, what the base tries, the price of a kWh, or where it reports."""
        told = self.told()
        for key in ("budget", "cures", "name", "report_to"):
            del told[key]
        told["profile"] = {key: told["profile"][key] for key in ("runs_on", "precision", "threads", "gradient_checkpointing")}
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def recipe(text: str, profile: str, where: str = "lora.yaml") -> Recipe:
    """From the text of a `lora.yaml` ("": the one that ships with Nova) and the name of a profile; InvalidInput, NotFound."""
    shipped = resources.files("nova.training").joinpath("finetune")
    text = text or shipped.joinpath("lora.yaml").read_text("utf-8")
    path = Path(f"{profile}.yaml")
    if path.name != str(path) or not (file := shipped.joinpath("profiles", path.name)).is_file():
        raise NotFound(f"Ein Profil „{profile}“ gibt es nicht; es gibt cpu und dgx.")
    return Recipe(config=parsed(LoraConfig, text, where), profile=parsed(Profile, file.read_text("utf-8"), path.name))


def recipe_file(path: Path | None, profile: str) -> Recipe:
    """As `recipe`, from a file; None: the one that ships with Nova."""
    return recipe(read_file(path), profile, path.name) if path else recipe("", profile)


def base_folder(model: str, data: Path) -> Path:
    """Where a base's files lie: with Nova, or below the data folder. NotFound, InvalidInput for one without safetensors."""
    if model == MINI:
        return Path(str(resources.files("nova.training").joinpath("mini")))
    folder = (data / model).resolve()
    if not folder.is_relative_to((data / "models" / "base").resolve()):
        raise InvalidInput("Die Basis muss unter models/base im Datenordner liegen.")
    if not folder.is_dir():
        raise NotFound(f"Den Ordner „{model}“ gibt es im Datenordner nicht.")
    if not list(folder.glob("*.safetensors")) or not (folder / "config.json").is_file():
        raise InvalidInput(f"In „{model}“ liegen keine Gewichte als safetensors mit config.json.")
    return folder


def folder_digest(folder: Path, patterns: tuple[str, ...] = WEIGHTS) -> str:
    """One hash of the files of a folder by their names and bytes."""
    return joined_digest({path.name: file_digest(path) for pattern in patterns for path in folder.glob(pattern) if path.is_file()})


def joined_digest(digests: Mapping[str, str]) -> str:
    """One hash of files, from the sha256 of each by its name."""
    return hashlib.sha256("".join(f"{name}\0{digests[name]}\n" for name in sorted(digests)).encode()).hexdigest()


def seen_digest(folder: Path) -> str:
    """The same, computed anew only where a file's name, size or time has changed: a base may be of many gigabytes."""
    files = sorted({path for pattern in WEIGHTS for path in folder.glob(pattern) if path.is_file()})
    return _digest_as_seen(folder, tuple((path.name, (told := path.stat()).st_size, told.st_mtime_ns) for path in files))


@lru_cache(maxsize=32)
def _digest_as_seen(folder: Path, _: tuple[tuple[str, int, int], ...]) -> str:
    return folder_digest(folder)


def file_digest(path: Path) -> str:
    """The sha256 of a file's bytes."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            found.update(piece)
    return found.hexdigest()


def geometry(recipe: Recipe, data: str, base: str) -> str:
    """What a checkpoint depends on: configuration, data and base, as hashes."""
    return hashlib.sha256(f"{recipe.digest()} {data} {base}".encode()).hexdigest()
