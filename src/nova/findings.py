"""Pydantic's findings in, German sentences by field out."""

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any

MOST_FIELDS = 50
Context = Mapping[str, Any]
_MESSAGES: dict[str, Callable[[Context], str]] = {
    "missing": lambda _: "Diese Angabe fehlt.",
    "extra_forbidden": lambda _: "Diese Angabe ist hier nicht vorgesehen.",
    "json_invalid": lambda _: "Das ist kein gültiges JSON.",
    "string_type": lambda _: "Hier wird Text erwartet.",
    "string_too_short": lambda c: "Hier fehlt der Text." if c["min_length"] == 1 else f"Mindestens {c['min_length']} Zeichen.",
    "string_too_long": lambda c: f"Höchstens {c['max_length']} Zeichen.",
    "string_pattern_mismatch": lambda _: "Der Text enthält Zeichen, die hier nicht erlaubt sind.",
    "too_short": lambda c: f"Mindestens {c['min_length']} Einträge.",
    "too_long": lambda c: f"Höchstens {c['max_length']} Einträge.",
    "int_type": lambda _: "Hier wird eine ganze Zahl erwartet.",
    "int_parsing": lambda _: "Hier wird eine ganze Zahl erwartet.",
    "int_from_float": lambda _: "Hier wird eine ganze Zahl erwartet.",
    "float_parsing": lambda _: "Hier wird eine Zahl erwartet.",
    "bool_type": lambda _: "Hier wird true oder false erwartet.",
    "bool_parsing": lambda _: "Hier wird true oder false erwartet.",
    "greater_than_equal": lambda c: f"Mindestens {c['ge']}.",
    "less_than_equal": lambda c: f"Höchstens {c['le']}.",
    "uuid_parsing": lambda _: "Das ist keine gültige Kennung (UUID).",
    "uuid_type": lambda _: "Das ist keine gültige Kennung (UUID).",
    "literal_error": lambda c: "Erlaubt sind: " + str(c["expected"]).replace("'", "").replace(" or ", ", ") + ".",
    "enum": lambda c: "Erlaubt sind: " + str(c["expected"]).replace("'", "").replace(" or ", ", ") + ".",
    "list_type": lambda _: "Hier wird eine Liste erwartet.",
    "dict_type": lambda _: "Hier wird ein Objekt erwartet.",
    "model_attributes_type": lambda _: "Hier wird ein Objekt erwartet.",
    "model_type": lambda _: "Hier wird ein Objekt erwartet.",
    "value_error": lambda c: str(c.get("error", "Dieser Wert ist ungültig.")),
}
_TIMES = ("date", "time", "timezone")


def problems(found: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """One entry a field, in the order they were found; the first of them when there are very many."""
    by_field: dict[str, str] = {}
    for one in islice(found, MOST_FIELDS):
        by_field.setdefault(_field(one["loc"]), message(one))
    return [{"field": field, "message": message} for field, message in by_field.items()]


def _field(location: Iterable[Any]) -> str:
    parts = [str(part) for part in location]
    inside = parts[1:] if parts and parts[0] in {"body", "query", "path", "header", "cookie"} else parts
    named = [part for part in inside if part not in {"datetime", "date"} and not part.startswith("function-")]
    return ".".join(named) or "body"


def message(one: Mapping[str, Any]) -> str:
    """What is wrong with one value, as a sentence."""
    kind = str(one["type"])
    if kind in _MESSAGES:
        return _MESSAGES[kind](one.get("ctx") or {})
    if kind.startswith(_TIMES):
        return "Hier wird ein Datum oder Zeitpunkt erwartet (2026-11-21 oder 2026-11-21T10:00:00Z)."
    return "Dieser Wert ist ungültig."
