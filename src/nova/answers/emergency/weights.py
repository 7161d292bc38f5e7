"""The signs of a window in, how likely it tells of an emergency and of which kind out.

Three small networks (a hidden layer of rectified units, then a softmax over the kinds and none) whose likelihoods are averaged: what a sign
says depends on what stands beside it. `scripts/emergency_weights.py` learns them. In their file each sign has a row of bytes for the hidden
units of all three, to be multiplied by the units' scales.
"""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from nova.turns import EMERGENCIES, EmergencyKind

NONE = "none"
ALL = (*EMERGENCIES, NONE)
FILE = "weights.npz"
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Networks:
    """`rows` of signs at `places` (signs x units), `scales` and `bias` of the units, `out` (networks x units x kinds) and its `last`."""

    places: Mapping[str, int]
    rows: NDArray[np.int8]
    scales: Floats
    bias: Floats
    out: Floats
    last: Floats

    def hidden(self, told: list[int]) -> Floats:
        """The hidden units of each network for the signs at these places (networks x units)."""
        sums = self.rows[told].sum(axis=0, dtype=np.int32) * self.scales + self.bias
        found: Floats = np.maximum(sums, 0).reshape(len(self.out), -1)
        return found

    def chances(self, hidden: Floats) -> Floats:
        """The likelihood of every kind, and of none, by the mean of the networks."""
        sums = np.einsum("nh,nhk->nk", hidden, self.out) + self.last
        powers = np.exp(sums - sums.max(axis=1, keepdims=True))
        found: Floats = (powers / powers.sum(axis=1, keepdims=True)).mean(axis=0)
        return found


def packed(places: Mapping[str, int], rows: Floats, bias: Floats, out: Floats, last: Floats) -> bytes:
    """Networks as a file: the signs in the order of their rows."""
    scales = np.maximum(np.abs(rows).max(axis=0), 1e-9).astype(np.float32) / 127
    names = "\n".join(sorted(places, key=places.__getitem__)).encode()
    file = io.BytesIO()
    small = np.rint(rows / scales).astype(np.int8)
    np.savez_compressed(file, signs=np.frombuffer(names, np.uint8), rows=small, scales=scales, bias=bias, out=out, last=last)
    return file.getvalue()


@lru_cache(maxsize=1)
def networks() -> Networks:
    """The networks that ship."""
    with np.load(io.BytesIO(resources.files("nova.answers.emergency").joinpath(FILE).read_bytes()), allow_pickle=False) as file:
        names = file["signs"].tobytes().decode().split("\n")
        places = {name: place for place, name in enumerate(names)}
        return Networks(places, file["rows"], file["scales"], file["bias"], file["out"], file["last"])


def likely(signs: Iterable[str]) -> tuple[EmergencyKind, float]:
    """The likeliest kind, and how likely it is any of them."""
    nets = networks()
    chances = nets.chances(nets.hidden([nets.places[sign] for sign in signs if sign in nets.places]))
    return EMERGENCIES[int(chances[:-1].argmax())], float(1.0 - chances[-1])


def reasons(signs: Iterable[str], kind: EmergencyKind, most: int = 8) -> list[tuple[str, float]]:
    """The signs that matter most for or against a window's being of `kind`: how much its likelihood falls without each."""
    nets, at = networks(), ALL.index(kind)
    known = sorted(sign for sign in signs if sign in nets.places)
    told = [nets.places[sign] for sign in known]
    whole = nets.chances(nets.hidden(told))[at]
    found = [(sign, float(whole - nets.chances(nets.hidden(told[:place] + told[place + 1 :]))[at])) for place, sign in enumerate(known)]
    return sorted(found, key=lambda one: -abs(one[1]))[:most]
