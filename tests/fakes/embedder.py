"""An embedding model in this process, which fails when it is told to."""

from collections.abc import Mapping, Sequence
from typing import Any

from nova.errors import ServerAbsent
from tests.fakes.embeddings import DIMENSION, POISON, vector


class WordEmbedder:
    """`asked` keeps every text; `absent` makes it silent; `dies_after` texts it falls silent by itself."""

    note = ""

    def __init__(self, model: str = "sinn", dimension: int = DIMENSION) -> None:
        self.model, self.dimension = model, dimension
        self.asked: list[str] = []
        self.absent = False
        self.dies_after = 10**9

    def _one(self, text: str) -> tuple[float, ...]:
        if self.absent or len(self.asked) >= self.dies_after:
            raise ServerAbsent("Das Modell schweigt.")
        self.asked.append(text)
        return tuple(vector(text, self.dimension))

    def passages(self, texts: Sequence[str]) -> list[tuple[float, ...] | None]:
        return [None if POISON in text else self._one(text) for text in texts]

    def question(self, text: str, *, patient: bool = False) -> tuple[float, ...] | None:
        return None if POISON in text else self._one(text)

    def health(self) -> Mapping[str, Any]:
        if self.absent:
            raise ServerAbsent("Das Modell schweigt.")
        return {"name": "words", "model": self.model, "dimension": self.dimension, "note": self.note}

    def close(self) -> None:
        return None
