"""Every file of a company's own that a snapshot carries; another one joins by a line here. They come back to where they lay."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from nova.effective import effective
from nova.flows.snapshots.contents import SETTINGS
from nova.settings import Settings


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file that the company wrote, if it did. `member` is its name in the archive, and below a data folder."""

    member: str
    path: Callable[[Settings], Path | None]


OWN_FILES: tuple[OwnFile, ...] = (
    OwnFile("config/wortschatz.yaml", lambda settings: settings.vocabulary_path),
    OwnFile("config/luna.yml", lambda settings: settings.NOVA_PROMPTS),
    OwnFile("config/kpi/thresholds.yaml", lambda settings: settings.thresholds_path),
    OwnFile("config/kpi/second.yaml", lambda settings: settings.NOVA_DATA / "config/kpi/second.yaml"),
    OwnFile("config/governance/retention.yaml", lambda settings: settings.retention_path),
    OwnFile("config/governance/four_eyes.yaml", lambda settings: settings.four_eyes_path),
    OwnFile("config/seeding/engines.yaml", lambda settings: settings.engines_path),
    OwnFile("config/seeding/policies.yaml", lambda settings: settings.policies_path),
    OwnFile("config/training/corpora.yaml", lambda settings: settings.corpora_path),
    OwnFile("config/training/dataset.yaml", lambda settings: settings.training_dataset_path),
)


PIPELINES = "config/seeding/pipelines/"
OWN_FOLDER = re.compile(re.escape(PIPELINES) + r"[a-z0-9][a-z0-9._-]{0,80}\.yaml")
"""Files of the folder that the company's pipelines lie in, by their names in the archive."""
TRAINED = re.compile(
    r"models/finetune/[a-z][a-z0-9._-]{0,99}/adapter/(?:adapter_config\.json|adapter_model\.safetensors|README\.md)"
    r"|orchestration_journal/models/[a-z][a-z0-9._-]{0,99}/(?:run\.json|card\.md)"
)
"""Weights, records and cards of runs; who makes a snapshot checks the former, and so does who restores it."""


def own_members(settings: Settings) -> Iterator[tuple[str, bytes]]:
    """Settings without secrets, and what the company wrote itself, by the name in the archive."""
    views = [asdict(view) for view in effective(settings)]
    yield SETTINGS, json.dumps(views, ensure_ascii=False, indent=1).encode()
    for one in OWN_FILES:
        path = one.path(settings)
        if path is not None and path.is_file():
            yield one.member, path.read_bytes()
    for file in sorted(settings.pipelines_path.glob("*.yaml")):
        if OWN_FOLDER.fullmatch(name := PIPELINES + file.name):
            yield name, file.read_bytes()
