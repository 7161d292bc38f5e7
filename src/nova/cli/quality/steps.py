"""Steps about unanswered questions in, German lines out: what was done, and what came of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from nova.german import BERLIN
from nova.kpi.tickets.words import place_name

WHAT = {
    "document": "Dokument ergänzt",
    "words": "Wörter ergänzt",
    "answer": "Antwort geschrieben",
    "outside": "gehört nicht hierher",
    "place": "richtige Stelle genannt",
}
BEFORE = {"refused": "nichts gefunden", "asked_back": "nachgefragt", "weak": "schwach beantwortet"}
AFTER = {"refused": "noch immer nicht", "asked_back": "es wird nachgefragt", "weak": "noch schwach"}


def outcome(step: Mapping[str, Any]) -> str:
    """What came of a step: how its questions went before, and how they go now."""
    if step["undone_at"]:
        return "zurückgenommen"
    if not step["asks_again"]:
        return _place(step["place"]) if step["place"] else ""
    before = f"vorher: {BEFORE[step['before']]}" if step["before"] else "vorher: –"
    return f"{before} → jetzt: {_now(step)}"


def _now(step: Mapping[str, Any]) -> str:
    if step["measured_at"] is None:
        return "wird noch gefragt"
    if not step["asked"]:
        return "nichts mehr zu fragen"
    day = datetime.fromisoformat(step["measured_at"]).astimezone(BERLIN)
    if not step["answered"]:
        return f"{AFTER.get(step['after'], AFTER['refused'])}, {day:%d.%m.}"
    share = "" if step["answered"] == step["asked"] else f" {step['answered']} von {step['asked']}"
    place = f" aus {_place(step['place'])}" if step["place"] else ""
    return f"beantwortet{share}{place}, {day:%d.%m.}"


def standing(gap: Mapping[str, Any]) -> str:
    """Where a gap stands, in a few words."""
    if gap["last_step"]:
        told = outcome(gap["last_step"])
        return f"{WHAT[gap['last_step']['what']]}{f'; {told}' if told else ''}"
    if gap["place"]:
        sure = "da" if gap["place_source"] == "editor" else "vermutlich da"
        return f"Dokument {sure}, nicht gefunden: {_place(gap['place'])}"
    return "Dokument fehlt" if gap["looked_at"] else "noch nicht nachgesehen"


def _place(place: Mapping[str, Any]) -> str:
    return place_name(place["section"], place["title"])
