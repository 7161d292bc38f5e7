"""A figure's value in, how people read it out."""

from collections.abc import Mapping
from typing import Any


def amount(value: float | None, kpi: Mapping[str, Any]) -> str:
    """With the unit; shares, and means that are shares, in per cent with a comma; "" for nothing."""
    if value is None:
        return ""
    number, digits = (value * 100, 1) if kpi["unit"] == "%" else (value, int(kpi["digits"]))
    text = f"{number:,.{digits}f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    unit = kpi["unit"] if kpi["kind"] != "count" or kpi["unit"] == "EUR" else ""
    return f"{text} {unit}".strip()
