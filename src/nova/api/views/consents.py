"""Consents as the rooms know them in, shapes of the answers out."""

from dataclasses import asdict
from typing import Any

from nova.flows.consent_management import Overview, PersonConsents
from nova.governance import consent


def own_view(shown: PersonConsents) -> dict[str, Any]:
    """What holds for the caller, and the text of now."""
    return _shown(shown) | {"text": asdict(consent.shipped())}


def person_view(shown: PersonConsents) -> dict[str, Any]:
    """What one person said."""
    return {"subject_id": shown.subject_id, **_shown(shown)}


def changed_view(shown: PersonConsents) -> dict[str, Any]:
    """The same once the operator has written something down for them."""
    return person_view(shown) | {"known": shown.known}


def overview(found: Overview) -> dict[str, Any]:
    """A page of people, and what was not stored lately."""
    refused = [asdict(row) | {"day": row.day.isoformat()} for row in found.refusals]
    return {"people": [asdict(row) for row in found.people], "total": found.total, "refusals": refused}


def _shown(shown: PersonConsents) -> dict[str, Any]:
    states = [asdict(row) | {"title": consent.TITLES[row.purpose], "meaning": consent.MEANINGS[row.purpose]} for row in shown.standing]
    return {"purposes": states, "history": [asdict(row) for row in shown.history]}
