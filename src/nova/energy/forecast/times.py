"""Cells of a column of times in, instants out: ISO, German, or seconds since 1970; local ones placed on the clock they were read from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from nova.energy.calendar import local_seconds
from nova.energy.forecast.grid import Clock
from nova.errors import InvalidInput
from nova.series import HOUR, Times

GERMAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$")
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:,? +(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
FIRST, LAST = 1990, 2100
YEARS = (631_152_000, 4_102_444_800)  # the same as seconds


@dataclass(frozen=True, slots=True, eq=False)
class Stamps:
    """Seconds since 1970: of the instants, or when `local` of what a clock showed, as if it showed UTC."""

    seconds: Times
    local: bool


def parse_times(cells: Sequence[str], *, numbers: bool = True) -> Stamps:
    """The times of a column; InvalidInput names the first that is none. Without `numbers` bare numbers are no times."""
    if numbers and (found := _counted(cells)) is not None:
        return Stamps(found, local=False)
    moments = [_moment(cell, row) for row, cell in enumerate(_unslashed(cells), start=2)]
    if not all(FIRST <= moment.year < LAST for moment in moments):
        raise InvalidInput(f"Zeiten müssen zwischen {FIRST} und {LAST} liegen.")
    aware = {moment.tzinfo is not None for moment in moments}
    if len(aware) > 1:
        raise InvalidInput("Manche Zeiten haben eine Angabe der Zeitzone und manche nicht.")
    if aware == {True}:
        return Stamps(np.array([int(moment.timestamp()) for moment in moments], np.int64), local=False)
    return Stamps(np.array(moments, "datetime64[s]").astype(np.int64), local=True)


def to_instants(stamps: Stamps) -> tuple[Times, Clock]:
    """The instants, and on which clock their days are."""
    if not stamps.local:
        return stamps.seconds, "berlin"
    winter = _as_berlin(stamps.seconds)
    return (stamps.seconds, "wall") if winter is None else (winter, "berlin")


def _as_berlin(shown: Times) -> Times | None:
    """The instants at which Berlin's clocks showed this; None when they never did. In autumn the second of two equal times is the later."""
    summer, winter = shown - 2 * HOUR, shown - HOUR
    fits_summer, fits_winter = local_seconds(summer) == shown, local_seconds(winter) == shown
    if not (fits_summer | fits_winter).all():
        return None
    _, first = np.unique(shown, return_index=True)
    again = np.ones(len(shown), bool)
    again[first] = False
    return np.where(fits_summer & ~(fits_winter & again), summer, winter)


def _counted(cells: Sequence[str]) -> Times | None:
    """Seconds or milliseconds since 1970; None when the cells are no such numbers."""
    try:
        found = np.array([float(cell) for cell in cells])
    except ValueError:
        return None
    for unit in (1.0, 1000.0):
        if len(found) and (found / unit >= YEARS[0]).all() and (found / unit < YEARS[1]).all():
            return (found / unit).astype(np.int64)
    return None


def _unslashed(cells: Sequence[str]) -> Sequence[str]:
    """Days with slashes as Germans write them; whether the month or the day stands first shows in the column. InvalidInput."""
    found = [SLASHED.fullmatch(cell) for cell in cells]
    if not all(found):
        return cells
    parts = [match.groups() for match in found if match is not None]
    days_first, months_first = (any(int(part[at]) > 12 for part in parts) for at in (0, 1))
    if days_first == months_first:
        raise InvalidInput(
            "Zeiten mit Schrägstrichen: ob der Tag oder der Monat vorn steht, ist nicht zu erkennen. Schreiben Sie JJJJ-MM-TT."
        )
    day, month = (0, 1) if days_first else (1, 0)
    return [f"{part[day]}.{part[month]}.{part[2]} {_clock(*part[3:])}" for part in parts]


def _clock(hour: str | None, minute: str | None, second: str | None) -> str:
    return f"{hour or 0}:{minute or '00'}:{second or '00'}"


def _moment(cell: str, row: int) -> datetime:
    german = GERMAN.match(cell)
    if german:
        day, month, year, hour, minute, second = (part or "0" for part in german.groups())
        cell = f"{year}-{month:>02}-{day:>02}T{hour:>02}:{minute:>02}:{second:>02}"
    try:
        return datetime.fromisoformat(cell)
    except ValueError as error:
        raise InvalidInput(f"Zeile {row}: „{cell[:40]}“ ist keine Zeit.") from error
