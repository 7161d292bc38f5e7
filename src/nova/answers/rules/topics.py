"""The signs of a question in, how likely it is about each topic of the map of rules out: a linear model.

Nearness to lines (`match`) counts every rare sign alike; this model knows which of them tell topics apart ("Jahresrechnung" does, "wie
lange noch" does not). `scripts/topic_weights.py` learns it; its file holds weights as bytes, to be multiplied by one scale.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

FILE = "topics.npz"
Floats = NDArray[np.float32]


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


def packed(topics: Sequence[str], signs: Sequence[str], rarities: Floats, weights: Floats, bias: Floats) -> bytes:
    """A model as a file; weights are signs x topics, and what is too small for a byte is left out."""
    scale = float(np.abs(weights).max()) / 127
    small = csr_matrix(np.rint(weights / scale).astype(np.int8))
    file = io.BytesIO()
    np.savez_compressed(
        file, topics=_text(topics), signs=_text(signs), rarities=rarities.astype(np.float16), data=small.data,
        indices=small.indices.astype(np.uint16),
        indptr=small.indptr.astype(np.uint32), bias=bias.astype(np.float32), scale=np.float32(scale),
    )  # fmt: skip
    return file.getvalue()


def _text(words: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def unpacked(data: bytes) -> TopicModel:
    """The model of a file."""
    with np.load(io.BytesIO(data)) as file:
        topics, signs = (bytes(file[name]).decode().split("\n") for name in ("topics", "signs"))
        values = file["data"].astype(np.float32) * file["scale"]
        rows = csr_matrix((values, file["indices"].astype(np.int32), file["indptr"].astype(np.int32)), shape=(len(signs), len(topics)))
        return TopicModel(
            tuple(topics), {sign: at for at, sign in enumerate(signs)}, file["rarities"].astype(np.float32), rows, file["bias"]
        )


@lru_cache(maxsize=1)
def shipped_model() -> TopicModel:
    """The model that comes with Nova."""
    return unpacked(resources.files("nova.answers.rules").joinpath(FILE).read_bytes())
