"""The signs of a question in, how likely it is about each topic of the map of rules out: a linear model.

Nearness to lines (`match`) counts every rare sign alike; this model knows which of them tell topics apart ("Jahresrechnung" does, "wie
lange noch" does not). `scripts/topic_weights.py` learns it; its file holds weights as bytes, to be multiplied by one scale.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

FILE = "topics.npz"
MOST_SIGNS = 1 << 16
Floats = NDArray[np.float32]
Lines = tuple[csr_matrix, NDArray[np.int32]]  # lines x signs, and the number of the rule that each line belongs to


@dataclass(frozen=True)
class TopicModel:
    """`rows` are weights (signs x topics) at `places`, `bias` those of every question; `rarities` what each sign counts."""

    topics: tuple[str, ...]
    places: Mapping[str, int]
    rarities: Floats
    rows: csr_matrix
    bias: Floats

    def chances(self, found: Mapping[str, float]) -> Mapping[str, float]:
        """The likelihood of each topic for these signs with their weights."""
        at = [(self.places[sign], weight) for sign, weight in found.items() if sign in self.places]
        if not at:
            return {}
        values = np.array([weight * self.rarities[place] for place, weight in at], np.float32)
        values /= float(np.sqrt((values * values).sum())) or 1.0
        sums = values @ self.rows[[place for place, _ in at]] + self.bias
        powers = np.exp(sums - sums.max())
        return dict(zip(self.topics, (powers / powers.sum()).tolist(), strict=True))


@dataclass(frozen=True)
class Learned:
    """What was made of the shipped rules beforehand: the model, and their lines (`rows`: lines x signs) with whose they are."""

    model: TopicModel
    lines: csr_matrix
    owners: NDArray[np.int32]


def packed(topics: Sequence[str], signs: Sequence[str], rarities: Floats, weights: Floats, bias: Floats, lines: Lines) -> bytes:
    """Model and lines as a file; weights are signs x topics, what is too small for a byte is left out. ValueError: too many signs."""
    if len(signs) > MOST_SIGNS:
        raise ValueError(f"{len(signs)} signs are more than two bytes can number")
    scale = float(np.abs(weights).max()) / 127
    small = csr_matrix(np.rint(weights / scale).astype(np.int8))
    rows, owners = lines
    most = float(rows.data.max())
    file = io.BytesIO()
    arrays: dict[str, Any] = {
        "topics": _text(topics),
        "signs": _text(signs),
        "rarities": rarities.astype(np.float32),
        "bias": bias.astype(np.float32),
        "scale": np.array([scale, most / 255], np.float32),
        "owners": owners.astype(np.uint16),
    }
    arrays |= _parts("model", small, small.data) | _parts("lines", rows, np.rint(rows.data * 255 / most).astype(np.uint8))
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def _parts(name: str, matrix: csr_matrix, data: NDArray[Any]) -> dict[str, NDArray[Any]]:
    return {f"{name}_data": data, f"{name}_at": matrix.indices.astype(np.uint16), f"{name}_rows": matrix.indptr.astype(np.uint32)}


def _matrix(file: Mapping[str, NDArray[Any]], name: str, scale: float, shape: tuple[int, int]) -> csr_matrix:
    values = file[f"{name}_data"].astype(np.float32) * np.float32(scale)
    return csr_matrix((values, file[f"{name}_at"].astype(np.int32), file[f"{name}_rows"].astype(np.int32)), shape=shape)


def _text(words: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def unpacked(data: bytes) -> Learned:
    """The model and lines of a file."""
    with np.load(io.BytesIO(data)) as file:
        topics, signs = (bytes(file[name]).decode().split("\n") for name in ("topics", "signs"))
        scale, most = file["scale"].tolist()
        places = {sign: at for at, sign in enumerate(signs)}
        rows = _matrix(file, "model", scale, (len(signs), len(topics)))
        owners = file["owners"].astype(np.int32)
        lines = _matrix(file, "lines", most, (len(owners), len(signs)))
        return Learned(TopicModel(tuple(topics), places, file["rarities"], rows, file["bias"]), lines, owners)


@lru_cache(maxsize=1)
def shipped_learned() -> Learned:
    """What comes with Nova."""
    return unpacked(resources.files("nova.answers.rules").joinpath(FILE).read_bytes())
