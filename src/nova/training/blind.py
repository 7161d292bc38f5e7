"""Pairs of answers in, which of them a rater sees, in which order and on which side, out: drawn by a key, so that nobody can tell."""

import hmac
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Literal

from nova.training.wins import Winner

Choice = Literal["left", "right", "tie"]
Pair = tuple[str, str]
"""A candidate's answer and the base's."""


def sample(key: bytes, run: str, pairs: Mapping[str, Pair], most: int) -> list[str]:
    """The questions that every rater of a run judges: at most so many, of those whose answers differ."""
    apart = [row for row, (cand, base) in pairs.items() if cand.split() != base.split()]
    return _drawn(key, apart, run)[:most]


def order(key: bytes, run: str, rater: str, rows: Iterable[str]) -> list[str]:
    """The same questions in this rater's own order."""
    return _drawn(key, rows, run, rater)


def laid_out(key: bytes, run: str, rater: str, row: str, pair: Pair) -> Pair:
    """The two answers as this rater sees them, left and right."""
    return pair if _cand_is_left(key, run, rater, row) else (pair[1], pair[0])


def winner(key: bytes, run: str, rater: str, row: str, choice: Choice) -> Winner:
    """Which side a rater's choice means."""
    if choice == "tie":
        return "tie"
    return "cand" if (choice == "left") == _cand_is_left(key, run, rater, row) else "base"


def mark(seen: Pair) -> str:
    """What tells that somebody judges what they saw: answers that changed, or changed places, have another."""
    return sha256("\0".join(seen).encode()).hexdigest()[:32]


def _cand_is_left(key: bytes, run: str, rater: str, row: str) -> bool:
    return bool(_digest(key, run, rater, row, "side")[0] & 1)


def _drawn(key: bytes, rows: Iterable[str], *whose: str) -> list[str]:
    return sorted(rows, key=lambda row: (_digest(key, *whose, row, "order"), row))


def _digest(key: bytes, *parts: str) -> bytes:
    return hmac.digest(key, "\0".join(parts).encode(), "sha256")
