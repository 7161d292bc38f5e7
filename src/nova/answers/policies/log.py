"""A log of recommendations as somebody kept it -> the choices that it tells, and what could not be used, by reason."""

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova.errors import InvalidInput

Numbers = NDArray[np.float64]
MOST_CANDIDATES, MOST_FEATURES = 1000, 200


@dataclass(frozen=True, slots=True)
class Choice:
    """One place of a list: who was shown which of the candidates (`shown` is its place among them), the chance it had, what came of it.

    `truth`: what each candidate would have brought, where a simulation tells.
    """

    list_id: str
    ts: str
    person: str
    position: int
    ids: tuple[str, ...]
    features: Numbers
    shown: int
    propensity: float
    reward: float
    truth: Numbers | None


@dataclass(frozen=True, slots=True)
class Log:
    """Choices in the order of their time, and how many rows were left out, by reason (German)."""

    choices: Sequence[Choice]
    left_out: Mapping[str, int]


class _Unusable(Exception):
    """Why a row is left out."""


def read_log(rows: Iterable[Mapping[str, Any]]) -> Log:
    """The choices of a log; InvalidInput where none can be used, or features have different sizes throughout."""
    found: list[Choice] = []
    left: Counter[str] = Counter()
    seen: set[tuple[str, int]] = set()
    for row in rows:
        try:
            one = _choice(row)
            if (one.list_id, one.position) in seen:
                raise _Unusable("Platz derselben Liste mehrfach")
        except _Unusable as error:
            left[str(error)] += 1
            continue
        seen.add((one.list_id, one.position))
        found.append(one)
    if not found:
        told = "; ".join(f"{why}: {n}" for why, n in left.most_common(3))
        raise InvalidInput(f"Das Protokoll enthält keine Zeile, die sich auswerten lässt. {told}".strip(), data={"left_out": dict(left)})
    kept = _of_one_size(found)
    if len(kept) < len(found):
        left["andere Zahl von Merkmalen"] += len(found) - len(kept)
    return Log(sorted(kept, key=lambda one: (one.ts, one.list_id, one.position)), dict(left))


def _of_one_size(found: Sequence[Choice]) -> list[Choice]:
    """Those with as many features as most have."""
    sizes = Counter(one.features.shape[1] for one in found)
    usual = min(sizes, key=lambda size: (-sizes[size], size))
    return [one for one in found if one.features.shape[1] == usual]


def _choice(row: Mapping[str, Any]) -> Choice:
    candidates = _parsed(row.get("candidates"), "Kandidaten fehlen oder sind nicht lesbar")
    ids, features = _candidates(candidates)
    shown = str(row.get("shown"))
    if shown not in ids:
        raise _Unusable("Gezeigtes steht nicht unter den Kandidaten")
    propensity = _number(row.get("propensity"), "Wahrscheinlichkeit fehlt oder ist keine Zahl")
    if not 0 < propensity <= 1:
        raise _Unusable("Wahrscheinlichkeit nicht größer als 0 und höchstens 1")
    position = _number(row.get("position") if row.get("position") is not None else 0, "Platz ist keine Zahl")
    list_id = row.get("list_id")
    if list_id is None or list_id == "":
        raise _Unusable("Liste ohne Kennung")
    return Choice(
        str(list_id), str(row.get("ts") or ""), str(row.get("person") or ""), int(position), ids, features, ids.index(shown), propensity,
        _number(row.get("reward"), "Ergebnis fehlt oder ist keine Zahl"), _truth(row.get("rewards"), ids),
    )  # fmt: skip


def _candidates(told: Any) -> tuple[tuple[str, ...], Numbers]:
    if not isinstance(told, list) or not 0 < len(told) <= MOST_CANDIDATES or not all(isinstance(one, dict) for one in told):
        raise _Unusable("Kandidaten fehlen oder sind nicht lesbar")
    ids = tuple(str(one.get("id")) for one in told)
    if len(set(ids)) < len(ids):
        raise _Unusable("Kandidat mehrfach in einer Liste")
    rows = [_features(one.get("x", [])) for one in told]
    if len({len(one) for one in rows}) > 1:
        raise _Unusable("Merkmale der Kandidaten einer Liste sind verschieden viele")
    return ids, np.array(rows, dtype=np.float64).reshape(len(ids), -1)


def _features(told: Any) -> list[float]:
    read = _parsed(told, "Merkmale fehlen oder sind nicht lesbar")
    if not isinstance(read, list) or len(read) > MOST_FEATURES:
        raise _Unusable("Merkmale fehlen oder sind nicht lesbar")
    return [_number(value, "Merkmal ist keine Zahl") for value in read]


def _truth(told: Any, ids: tuple[str, ...]) -> Numbers | None:
    if told is None or told == "":
        return None
    read = _parsed(told, "Wahre Ergebnisse sind nicht lesbar")
    if isinstance(read, dict):
        read = [read.get(one) for one in ids]
    if not isinstance(read, list) or len(read) != len(ids):
        raise _Unusable("Wahre Ergebnisse passen nicht zu den Kandidaten")
    return np.array([_number(one, "Wahres Ergebnis ist keine Zahl") for one in read])


def _parsed(value: Any, why: str) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError) as error:
        raise _Unusable(why) from error


def _number(value: Any, why: str) -> float:
    try:
        read = float(str(value).replace(",", ".")) if isinstance(value, str) else float(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise _Unusable(why) from error
    if not math.isfinite(read):
        raise _Unusable(why)
    return read
