"""The numbers given in an emergency: the serving Nova's, since a second terminal need not have its settings, else the settings' own."""

import os
from collections.abc import Mapping

from nova.answers.emergency import Hotlines
from nova.cli.process.owner import owner
from nova.settings import Settings


def hotlines(settings: Settings) -> Hotlines:
    """Whom people are told to ring on this data folder."""
    served = serving(settings) or {}
    return Hotlines.of_divisions(**(served if any(served.values()) else settings.hotlines))


def serving(settings: Settings) -> Mapping[str, str] | None:
    """What the Nova that serves this folder has, by division; None while none serves."""
    folder = settings.NOVA_DATA
    there = owner(folder) if os.access(folder, os.R_OK | os.X_OK) else None
    return there.hotlines if there else None
