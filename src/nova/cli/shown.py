"""Values as programs have them in, how people read them out."""

from collections.abc import Mapping, Sequence
from typing import Any

from nova import german

Words = Mapping[str, Mapping[str, str]]


def amount(value: float | None, kpi: Mapping[str, Any]) -> str:
    """With the unit; shares, and means that are shares, in per cent with a comma; "" for nothing."""
    if value is None:
        return ""
    number, digits = (value * 100, 1) if kpi["unit"] == "%" else (value, int(kpi["digits"]))
    unit = kpi["unit"] if kpi["kind"] != "count" or kpi["unit"] == "EUR" else ""
    return f"{german.number(number, digits)} {unit}".strip()


def worded(row: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """A row whose codes are words; `words` says by field which code is which. What it does not know stays."""
    return {**row, **{field: _word(row[field], known) for field, known in words.items() if field in row}}


def _word(value: Any, known: Mapping[str, str]) -> Any:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [known.get(str(one), one) for one in value]
    return known.get(str(value), value)
