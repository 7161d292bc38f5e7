"""Cures in, German out: what a ticket says of itself."""

from nova import german
from nova.kpi.tickets.triage import Cure, Gain

OWNER_NAMES = {"chronos": "Chronos", "lumina": "Lumina", "orion": "Orion", "aura": "Aura"}


def gain(found: Gain | None) -> str:
    """What a cure should bring."""
    if found is None:
        return "nicht abschätzbar"
    return f"{_share(found.share)} der {found.of} [{_share(found.low)} bis {_share(found.high)}] (n = {found.n})"


def cure(found: Cure) -> str:
    """What a ticket says: why this, what it should bring, and what else was looked at."""
    others = [f"- {one.why}" for one in found.considered if not one.fits]
    lines = [found.why, f"Erwartet: {gain(found.gain)}."]
    return "\n".join([*lines, *(["Geprüft und verworfen:", *others] if others else [])])


def _share(value: float) -> str:
    return german.percent(value)
