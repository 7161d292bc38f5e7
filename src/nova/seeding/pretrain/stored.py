"""A model as bytes and back: JSON for what is plain, skops for scikit-learn's parts, LightGBM's own text for trees; never pickle.

The same model gives the same bytes: skops names parts by their places in memory, which are counted anew here, and a ZIP's dates are fixed.
Loading asks skops for the few types that models here are made of and refuses every other.
"""

import io
import json
import re
import zipfile
from dataclasses import asdict
from typing import Any, Final

import numpy as np

from nova.errors import InvalidInput
from nova.seeding.pretrain.baselines import Baseline
from nova.seeding.pretrain.design import Design
from nova.seeding.pretrain.kinds import KINDS
from nova.seeding.pretrain.learners import Linear, Trees, Words
from nova.seeding.pretrain.model import Model, Settings
from nova.seeding.pretrain.segments import Mixture
from nova.seeding.pretrain.validation import Score

FORMAT: Final = 1
MOST_BYTES: Final = 256 * 1024**2
TRUSTED: Final = frozenset(
    [
        "sklearn.linear_model._logistic.LogisticRegression",
        "sklearn.linear_model._ridge.Ridge",
        "numpy.dtype",
    ]
)
"""The types that a model may be made of beside numbers, texts and arrays."""
_DATE = (2000, 1, 1, 0, 0, 0)
BROKEN = "Diese Datei ist kein Modell von Nova, oder sie ist beschädigt."


def save(model: Model) -> bytes:
    """All of a model, as a ZIP."""
    told: dict[str, Any] = {
        "format": FORMAT, "kind": model.kind, "names": model.names, "settings": asdict(model.settings),
        "baseline": model.baseline and model.baseline.told(), "design": model.design and model.design.told(),
        "score": model.score and asdict(model.score),
    }  # fmt: skip
    parts: dict[str, bytes] = {}
    line = model.words.linear if model.words else model.linear
    if line is not None:
        told["linear"] = {"task": line.task, "names": line.names}
        parts["linear.skops"] = _dumped(line.learner)
    if model.words is not None:
        parts["words.npz"] = _arrays(kept=model.words.kept, weights=model.words.weights)
    if model.trees is not None:
        parts["trees.txt"] = model.trees.text.encode()
    if model.mixture is not None:
        told["mixture"] = model.mixture.told()
    parts["model.json"] = json.dumps(told, ensure_ascii=False).encode()  # in the order of the matrices
    return _zipped(parts)


def load(data: bytes) -> Model:
    """A model of the bytes that `save` gave; InvalidInput for what is none, or holds a type that no model is made of."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(one.file_size for one in archive.infolist()) > MOST_BYTES:
                raise InvalidInput("Dieses Modell ist zu groß.")
            parts = {name: archive.read(name) for name in archive.namelist()}
        told = json.loads(parts["model.json"])
        if told["format"] != FORMAT or told["kind"] not in KINDS:
            raise InvalidInput("Dieses Modell ist aus einer anderen Fassung von Nova.")
        return _model(told, parts)
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise InvalidInput(BROKEN) from error


def _model(told: dict[str, Any], parts: dict[str, bytes]) -> Model:
    line = told.get("linear")
    linear = Linear(line["task"], _loaded(parts["linear.skops"]), line["names"]) if line else None
    words = None
    if linear is not None and "words.npz" in parts:
        with np.load(io.BytesIO(parts["words.npz"]), allow_pickle=False) as arrays:
            words = Words(arrays["kept"], arrays["weights"], linear)
    mixture = Mixture.read(told["mixture"]) if "mixture" in told else None
    return Model(
        told["kind"], Baseline(**told["baseline"]) if told["baseline"] else None, tuple(told["names"]),
        Design.read(told["design"]) if told["design"] else None, None if words else linear,
        Trees(parts["trees.txt"].decode()) if "trees.txt" in parts else None, words, mixture, Settings(**told["settings"]),
        Score(**told["score"]) if told["score"] else None,
    )  # fmt: skip


def _arrays(**arrays: "np.ndarray[Any, Any]") -> bytes:
    held = io.BytesIO()
    np.savez(held, **arrays)  # type: ignore[arg-type]  # numpy's stubs name allow_pickle only
    with zipfile.ZipFile(held) as archive:
        return _zipped({name: archive.read(name) for name in archive.namelist()})


def _dumped(learner: Any) -> bytes:
    from skops import io as skops

    with zipfile.ZipFile(io.BytesIO(skops.dumps(learner))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    schema = parts.pop("schema.json").decode()
    numbers: dict[str, str] = {}
    for place in re.findall(r'"__id__": (\d+)', schema):
        numbers.setdefault(place, str(len(numbers) + 1))
    names = {name: f"{numbers.get(name.split('.')[0], name.split('.')[0])}.{name.rpartition('.')[2]}" for name in parts}
    counted = re.sub(r'"__id__": (\d+)', lambda found: f'"__id__": {numbers[found[1]]}', schema)
    for name, new in names.items():
        counted = counted.replace(f'"{name}"', f'"{new}"')
    return _zipped({"schema.json": counted.encode(), **{names[name]: data for name, data in parts.items()}})


def _loaded(data: bytes) -> Any:
    from skops import io as skops
    from skops.io.exceptions import UntrustedTypesFoundException

    try:
        return skops.loads(data, trusted=sorted(TRUSTED & set(skops.get_untrusted_types(data=data))))
    except UntrustedTypesFoundException as error:
        raise InvalidInput("Dieses Modell enthält Teile, die Nova nicht lädt.") from error


def _zipped(parts: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(parts.items()):
            archive.writestr(zipfile.ZipInfo(name, _DATE), data, zipfile.ZIP_DEFLATED)
    return held.getvalue()
