"""Texts -> unit vectors, from Ollama or from any OpenAI-compatible server.

Every vector is checked: one a text, all of an answer of one dimension, finite, with a direction. A server may change the model behind a
name at any time: which dimension holds is decided by what is stored, not here. A text that is too long for the model is shortened; one it
takes in no form has no vector. Questions have little time, all of it together; passages have much.
"""

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from nova.engines.models import embed_families
from nova.engines.models.model_server import OLLAMA, Declined, ModelServer, NoSuchPath, Place, ServerLimits, TooLong, names

ROLE = "Einbettungsmodell"
PROBE = "Netzanschluss"
SHORTEST = 80
Vector = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class EmbedderLimits:
    """Seconds a question may wait for its vector, a batch of passages for theirs, and to connect; how long the model stays loaded."""

    question_s: float = 0.3
    batch_s: float = 120.0
    connect_s: float = 5.0
    keep_alive: str = "2h"

    @property
    def asking(self) -> ServerLimits:
        """For questions: many at once, nobody waits."""
        soon = min(self.connect_s, self.question_s)
        return ServerLimits(concurrent=16, queue=16, queue_s=self.question_s, connect_s=soon, total_s=self.question_s)

    @property
    def filling(self) -> ServerLimits:
        """For passages."""
        return ServerLimits(concurrent=2, queue=8, queue_s=self.batch_s, connect_s=self.connect_s, total_s=self.batch_s)


class Wire(Protocol):
    """How one kind of server is asked."""

    @property
    def path(self) -> str:
        """Where vectors are asked for."""
        ...

    def body(self, model: str, texts: Sequence[str]) -> Mapping[str, Any]:
        """The request."""
        ...

    def vectors(self, answer: Mapping[str, Any]) -> list[Any] | None:
        """The answer's vectors in order of the texts; None when it holds none."""
        ...

    def known(self, server: ModelServer) -> set[str] | None:
        """The models the server says it has; None when it does not tell."""
        ...


class _Embedder:
    """What both kinds of server share."""

    def __init__(self, wire: Wire, place: Place, limits: EmbedderLimits) -> None:
        self.model = place.model
        self.note = embed_families.note(place.model)
        self._family = embed_families.family(place.model)
        self._wire = wire
        self._asking = ModelServer(place, limits.asking)
        self._filling = ModelServer(place, limits.filling)
        self._dimension = 0

    def passages(self, texts: Sequence[str]) -> list[Vector | None]:
        """One vector a text, in order; None for one that the model takes in no form. ServerAbsent or Busy."""
        try:
            return [*self._ask(self._filling, [self._family.passage + text for text in texts])] if texts else []
        except Declined:
            self._ask(self._filling, [PROBE])
            return self._apart(texts)

    def question(self, text: str, *, patient: bool = False) -> Vector | None:
        """The vector of a question, None for one that the model takes in no form; ServerAbsent or Busy, also when it takes too long."""
        server = self._filling if patient else self._asking
        until = time.monotonic() + server.limits.total_s
        vector = self._shortened(server, self._family.question, text, until)
        if vector is None:
            self._ask(server, [PROBE], until)
        return vector

    def health(self) -> Mapping[str, Any]:
        """Name, model, the last vectors' dimension (0 before any); ServerAbsent when the server is silent or lacks the model."""
        known = self._wire.known(self._filling)
        if known is None:
            self._ask(self._asking, [PROBE])
        elif self.model not in known and f"{self.model}:latest" not in known:
            raise self._filling.missing(sorted(known))
        return {"name": self._filling.place.name, "model": self.model, "dimension": self._dimension, "note": self.note}

    def close(self) -> None:
        """Let go of the connections."""
        self._asking.close()
        self._filling.close()

    def _apart(self, texts: Sequence[str]) -> list[Vector | None]:
        """The server is well but declines something in these texts: halves, down to single ones."""
        if len(texts) == 1:
            return [self._shortened(self._filling, self._family.passage, texts[0])]
        found: list[Vector | None] = []
        for part in (texts[: len(texts) // 2], texts[len(texts) // 2 :]):
            try:
                found += self._ask(self._filling, [self._family.passage + text for text in part])
            except Declined:
                found += self._apart(part)
        return found

    def _shortened(self, server: ModelServer, prefix: str, text: str, until: float = math.inf) -> Vector | None:
        """A single text, shorter and shorter while it is too long; None when that is not the reason or does not help."""
        while True:
            try:
                return self._ask(server, [prefix + text], until)[0]
            except TooLong:
                if len(text) <= SHORTEST:
                    return None
                text = text[: max(SHORTEST, len(text) * 2 // 3)]
            except Declined:
                return None

    def _ask(self, server: ModelServer, texts: Sequence[str], until: float = math.inf) -> list[Vector]:
        found = self._wire.vectors(server.post(self._wire.path, self._wire.body(self.model, texts), until))
        if found is None:
            raise server.absent("antwortet unverständlich")
        if len(found) != len(texts):
            raise server.absent(f"gab {len(found)} Vektoren für {len(texts)} Texte")
        vectors = [self._checked(server, values) for values in found]
        sizes = list(dict.fromkeys(len(vector) for vector in vectors))
        if len(sizes) > 1:
            raise server.absent(f"gab einen Vektor mit {sizes[1]} statt {sizes[0]} Zahlen")
        self._dimension = sizes[0]
        return vectors

    def _checked(self, server: ModelServer, values: object) -> Vector:
        if not isinstance(values, list) or not values:
            raise server.absent("antwortet unverständlich")
        if not all(isinstance(value, int | float) for value in values):  # NaN as JSON's null
            raise server.absent("gab einen Vektor ohne Zahlen", Declined)
        try:
            length = math.hypot(*values)
        except OverflowError:
            length = math.inf
        if not math.isfinite(length) or length == 0:
            raise server.absent("gab einen Vektor ohne Richtung", Declined)
        return tuple(value / length for value in values)


class OllamaEmbedder(_Embedder):
    """A model behind an Ollama server (`POST /api/embed`)."""

    def __init__(self, url: str, model: str, key: str = "", limits: EmbedderLimits | None = None) -> None:
        chosen = limits or EmbedderLimits()
        place = Place("Ollama", url or OLLAMA, model, key, ROLE, f" Holen Sie es mit `ollama pull {model}`.")
        super().__init__(_Ollama(chosen.keep_alive), place, chosen)


class OpenAIEmbedder(_Embedder):
    """A model behind any server that speaks OpenAI's embeddings (`POST {base}/embeddings`)."""

    def __init__(self, url: str, model: str, key: str = "", limits: EmbedderLimits | None = None) -> None:
        super().__init__(_OpenAI(), Place("Der Modell-Server", url, model, key, ROLE), limits or EmbedderLimits())


@dataclass(frozen=True)
class _Ollama:
    keep_alive: str
    path: str = "/api/embed"

    def body(self, model: str, texts: Sequence[str]) -> Mapping[str, Any]:
        return {"model": model, "input": list(texts), "truncate": True, "keep_alive": self.keep_alive}

    def vectors(self, answer: Mapping[str, Any]) -> list[Any] | None:
        found = answer.get("embeddings")
        return found if isinstance(found, list) else None

    def known(self, server: ModelServer) -> set[str] | None:
        entries = server.ask("/api/tags").get("models")
        return names(entries, "name") | names(entries, "model")


@dataclass(frozen=True)
class _OpenAI:
    path: str = "/embeddings"

    def body(self, model: str, texts: Sequence[str]) -> Mapping[str, Any]:
        return {"model": model, "input": list(texts), "encoding_format": "float"}

    def vectors(self, answer: Mapping[str, Any]) -> list[Any] | None:
        data = answer.get("data")
        if not isinstance(data, list) or not all(isinstance(entry, dict) for entry in data):
            return None
        places = [entry.get("index", at) for at, entry in enumerate(data)]
        if not all(isinstance(place, int) for place in places) or sorted(places) != list(range(len(data))):
            return None
        return [entry.get("embedding") for _, entry in sorted(zip(places, data, strict=True), key=lambda pair: pair[0])]

    def known(self, server: ModelServer) -> set[str] | None:
        try:
            return names(server.ask("/models").get("data"), "id") or None
        except NoSuchPath:
            return None
