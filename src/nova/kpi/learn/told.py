"""Rows of the ledger of learning in, what may be told of them out: in German sentences, and not of fewer people than may be told of."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.crowd import TOO_FEW, enough
from nova.kpi.learn.ledger import Preference
from nova.language.analyser import Analyser, term_id
from nova.language.inert import inert_name
from nova.language.stems import stem
from nova.store.quality import learning as rows

DELETED = "(gelöscht)"
FORGOTTEN = "Seit einer Löschung oder einem Widerruf ohne Zahlen; dieser Stand wird nicht mehr aufbewahrt."
Places = Mapping[UUID, rows.PassagePlace]


def summaries(conn: Connection[Any], found: Sequence[Mapping[str, Any]], preference: Preference) -> list[dict[str, Any]]:
    """Rows, each with `what` it says and whether too `few` people are behind it."""
    places = places_of(conn, [UUID(part[0]) for row in found for part in _passages(row)])
    return [_bounded({**row, "what": _sentence(row, places, preference)}) for row in found]


def details(conn: Connection[Any], row: Mapping[str, Any], analyser: Analyser, preference: Preference) -> dict[str, Any]:
    """One row with its passages, words and measurements."""
    places = places_of(conn, [UUID(part[0]) for part in _passages(row)])
    summary = _bounded({**row, "what": _sentence(row, places, preference)})
    words = [] if summary["few"] else _words(analyser, [term for term, _ in row["facts"].get("terms", [])])
    passages = [] if summary["few"] else [_passage(part, places, preference) for part in _passages(row) if enough(part[3])]
    return summary | {"terms": words, "passages": passages} | {"effect": row["effect"], "reasons": row["reasons"]}


def _passages(row: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
    found: Sequence[Sequence[Any]] = row["facts"].get("passages", [])
    return found


def places_of(conn: Connection[Any], chunks: Sequence[UUID]) -> Places:
    """By passage the document with its title, and the provision, in words that cannot act."""
    found = rows.places_of(conn, list(dict.fromkeys(chunks)))
    return {chunk: replace(one, title=inert_name(one.title), section=inert_name(one.section)) for chunk, one in found.items()}


def _bounded(summary: dict[str, Any]) -> dict[str, Any]:
    """A row as it is told: of fewer people than may be told of neither words nor how many they are. The operator alone is nobody."""
    if not summary["subjects"] or enough(summary["subjects"]):
        return summary | {"few": False}
    return summary | {"what": f"Gelernt aus dem, was {TOO_FEW} taten.", "evidence": 0, "subjects": 0, "facts": {}, "few": True}


def _sentence(row: Mapping[str, Any], places: Places, preference: Preference) -> str:
    """A row in one German sentence."""
    facts = row["facts"]
    if facts.get("forgotten"):
        return FORGOTTEN
    if row["kind"] == "release":
        head = "Ein Thema zurückgenommen; es gelten" if facts.get("undo_of") else "Gewichte neu berechnet:"
        return f"{head} {facts.get('topics', 0)} Themen mit {facts.get('weights', 0)} Passagen."
    if row["kind"] == "term":
        return f"„{facts['lay']}“ steht für „{facts['term']}“."
    return _preferences(row, places, preference)


def _preferences(row: Mapping[str, Any], places: Places, preference: Preference) -> str:
    """Which documents a topic prefers and holds back."""
    judged = [(_named(places.get(UUID(chunk))), preference(up, down)) for chunk, up, down, _ in _passages(row)]
    preferred = dict.fromkeys(title for title, value in judged if value > 0)
    held_back = dict.fromkeys(title for title, value in judged if value < 0)
    parts = [f"{word}: {', '.join([*names][:3])}" for word, names in (("Bevorzugt", preferred), ("zurückgestellt", held_back)) if names]
    return f"{'; '.join(parts)}." if parts else "Noch nichts sicher genug."


def _named(place: rows.PassagePlace | None) -> str:
    """A passage as people name it: by its provision where it has one."""
    if place is None:
        return DELETED
    return f"{place.section} ({place.title})" if place.section else place.title


def _passage(part: Sequence[Any], places: Places, preference: Preference) -> dict[str, Any]:
    chunk, up, down, subjects = part
    place, value = places.get(UUID(chunk)), round(preference(up, down), 3)
    where = {
        "item_id": place.item_id if place else None,
        "title": place.title if place else DELETED,
        "section": place.section if place else "",
    }
    return {"chunk_id": chunk, **where, "up": up, "down": down, "subjects": subjects, "preference": value}


def _words(analyser: Analyser, wanted: Sequence[int]) -> list[str]:
    """The documents' shortest words behind ids of terms; those that no document has stay unsaid."""
    ids, best = set(wanted), dict[int, str]()
    for form in analyser.counts if ids else ():
        name = term_id("w", stem(form))
        if name in ids and (name not in best or (len(form), form) < (len(best[name]), best[name])):
            best[name] = form
    return [best[name] for name in wanted if name in best]
