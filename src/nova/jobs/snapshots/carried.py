"""Every file of a company's own that a snapshot carries; another one joins by a line here. They come back to where they lay."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

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
    OwnFile("config/governance/retention.yaml", lambda settings: settings.retention_path),
)
