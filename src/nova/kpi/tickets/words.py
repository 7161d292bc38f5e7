"""Cures in, German out: what a ticket says of itself."""

from collections.abc import Mapping
from typing import Literal

from nova import german
from nova.kpi.tickets.triage import Cure, Gain
from nova.store.quality.tickets import TicketRow

# Why what a ticket's gap asks for was not answered, as far as that is known.
Cause = Literal["missing", "nearly", "there", "outside"]
CAUSES: Mapping[Cause, str] = {
    "missing": "Dokument fehlt.",
    "nearly": "Das Dokument ist vermutlich da, wurde aber nicht gefunden: {place}. Sehen Sie nach; stimmt es, ergänzen Sie zuerst Wörter.",
    "there": "Das Dokument ist da, wurde aber nicht gefunden: {place}. Ergänzen Sie zuerst Wörter.",
    "outside": "Gehört nicht hierher.",
}
OWNER_NAMES = {"chronos": "Chronos", "lumina": "Lumina", "orion": "Orion", "aura": "Aura"}


def gain(found: Gain | None) -> str:
    """What a cure should bring."""
    if found is None:
        return "nicht abschätzbar"
    return f"{_share(found.share)} der {found.of} [{_share(found.low)} bis {_share(found.high)}] (n = {found.n})"


def cause(row: TicketRow) -> Cause | None:
    """Why the questions of a ticket's gap were not answered; None without a gap that may be told of, and before search looked."""
    if row.gap_id is None or not row.gap_questions:
        return None
    if row.gap_state == "outside":
        return "outside"
    if row.place_item is not None:
        return "there" if row.place_source == "editor" else "nearly"
    return "missing" if row.looked_at is not None else None


def cause_text(row: TicketRow) -> str:
    """The same in German; "" for none."""
    found = cause(row)
    return CAUSES[found].format(place=place_name(row.place_section or "", row.place_title or "")) if found else ""


def place_name(section: str, title: str) -> str:
    """How a section is called: "§ 19 StromGVV", "„Preisblatt“, „Führungen“" or "„Preisblatt“"."""
    if section.startswith(("§", "Art")):
        return f"{section} {title}"
    return f"„{title}“" if section in ("", title) else f"„{title}“, „{section}“"


def cure(found: Cure) -> str:
    """What a ticket says: why this, what it should bring, and what else was looked at."""
    others = [f"- {one.why}" for one in found.considered if not one.fits]
    lines = [found.why, f"Erwartet: {gain(found.gain)}."]
    return "\n".join([*lines, *(["Geprüft und verworfen:", *others] if others else [])])


def _share(value: float) -> str:
    return german.percent(value)
