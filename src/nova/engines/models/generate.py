"""Messages -> a model's text piece by piece, from Ollama, from any OpenAI-compatible server, or from none.

Whatever goes wrong is raised by name, also in the middle of a stream: a reader never takes half an answer for a whole one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nova.engines.models.model_server import OLLAMA, ModelServer, Place, ServerLimits, names, words
from nova.errors import ServerAbsent
from nova.ports import ChatMessage

THOUGHT, THOUGHT_OUT = "<think>", "</think>"
CUT_OFF = "hat mitten in der Antwort aufgehört"
BLANK = 1000  # characters before the text that may be blank


@dataclass(frozen=True, slots=True)
class GeneratorLimits(ServerLimits):
    """Beside the server's limits: tokens of context asked for, how freely it writes, how long it stays loaded."""

    num_ctx: int = 8192
    temperature: float = 0.1
    keep_alive: str = "30m"


class NoGenerator:
    """No model: answers are composed from sentences of the sources."""

    model = ""

    def stream(self, messages: Sequence[ChatMessage], *, max_tokens: int) -> Iterator[str]:
        """Raises ServerAbsent: nobody should ask a model that is not there."""
        raise ServerAbsent("Es ist kein Sprachmodell eingerichtet.", data={"messages": len(messages), "max_tokens": max_tokens})

    def health(self) -> Mapping[str, Any]:
        """Always well."""
        return {"name": "none", "model": ""}

    def close(self) -> None:
        """Nothing is open."""


class OllamaGenerator:
    """A model behind an Ollama server (`POST /api/chat`, one JSON object a line)."""

    def __init__(self, url: str, model: str, limits: GeneratorLimits | None = None, key: str = "") -> None:
        hint = f" Holen Sie es mit `ollama pull {model}`."
        self.limits = limits or GeneratorLimits()
        self._server = ModelServer(Place("Ollama", url or OLLAMA, model, key, hint=hint, probe="/api/tags"), self.limits)
        self.model = model

    def stream(self, messages: Sequence[ChatMessage], *, max_tokens: int) -> Iterator[str]:
        """Pieces of text; ServerAbsent (also mid-stream and when the end is missing) or Busy. Close it to stop the model."""
        return ollama_chat(self._server, self.model, messages, max_tokens, self.limits)

    def health(self) -> Mapping[str, Any]:
        """Name, model and address; ServerAbsent when the server does not answer or lacks the model."""
        entries = self._server.ask("/api/tags").get("models")
        known = names(entries, "name") | names(entries, "model")
        if self.model not in known and f"{self.model}:latest" not in known:
            raise self._server.missing(sorted(known))
        return {"name": "ollama", "model": self.model, "models": sorted(known)}

    def close(self) -> None:
        """Let go of the connections."""
        self._server.close()


class OpenAIGenerator:
    """A model behind any server that speaks OpenAI's chat completions (`POST {base}/chat/completions`, server-sent events)."""

    def __init__(self, url: str, model: str, key: str = "", limits: GeneratorLimits | None = None) -> None:
        self.limits = limits or GeneratorLimits()
        self._server = ModelServer(Place("Der Modell-Server", url, model, key, probe="/models"), self.limits)
        self.model = model

    def stream(self, messages: Sequence[ChatMessage], *, max_tokens: int) -> Iterator[str]:
        """Pieces of text; ServerAbsent (also mid-stream and when the end is missing) or Busy. Close it to stop the model."""
        more = {"max_tokens": max_tokens, "temperature": self.limits.temperature}
        return openai_chat(self._server, "/chat/completions", self.model, messages, more)

    def health(self) -> Mapping[str, Any]:
        """Name, model and address; ServerAbsent when the server does not answer or lacks the model."""
        known = names(self._server.ask("/models").get("data"), "id")
        if self.model not in known:
            raise self._server.missing(sorted(known))
        return {"name": "openai", "model": self.model, "models": sorted(known)}

    def close(self) -> None:
        """Let go of the connections."""
        self._server.close()


def ollama_chat(
    server: ModelServer, model: str, messages: Sequence[ChatMessage], max_tokens: int, limits: GeneratorLimits
) -> Iterator[str]:
    """A model's answer from Ollama in pieces, without its thoughts; ServerAbsent, also mid-stream and when the end is missing."""
    body = {
        **_asked(model, messages),
        "think": False,
        "keep_alive": limits.keep_alive,
        "options": {"num_ctx": limits.num_ctx, "num_predict": max_tokens, "temperature": limits.temperature},
    }
    return without_thoughts(_ollama_pieces(server, body))


def openai_chat(server: ModelServer, path: str, model: str, messages: Sequence[ChatMessage], more: Mapping[str, Any]) -> Iterator[str]:
    """The same from a server of chat completions; `more` is what else the request says."""
    return without_thoughts(_openai_pieces(server, path, {**_asked(model, messages), **more}))


def _asked(model: str, messages: Sequence[ChatMessage]) -> dict[str, Any]:
    return {"model": model, "messages": [{"role": one.role, "content": one.content} for one in messages], "stream": True}


def _ollama_pieces(server: ModelServer, body: Mapping[str, Any]) -> Iterator[str]:
    for line in server.lines("/api/chat", body):
        if not line:
            continue
        part = server.parsed(line)
        yield from _words_of(part.get("message"))
        if part.get("done") is True:
            return
    raise server.absent(CUT_OFF)


def _openai_pieces(server: ModelServer, path: str, body: Mapping[str, Any]) -> Iterator[str]:
    finished = False
    for line in server.lines(path, body):
        field, _, data = line.partition(":")
        if field == "error":
            raise server.absent(f"meldet: {words(data)}")
        if field != "data":
            continue
        if data.strip() == "[DONE]":
            return
        for choice in _choices(server.parsed(data)):
            yield from _words_of(choice.get("delta"))
            finished = finished or bool(choice.get("finish_reason"))
    if not finished:
        raise server.absent(CUT_OFF)


def without_thoughts(pieces: Iterator[str]) -> Iterator[str]:
    """The pieces without a `<think>` block at their beginning, which some servers do not keep apart."""
    head = ""
    thinking: bool | None = None
    for piece in pieces:
        if thinking is False:
            yield piece
            continue
        head += piece
        start = head.lstrip()
        if thinking is None and (len(head) - len(start) > BLANK or not THOUGHT.startswith(start[: len(THOUGHT)])):
            thinking = False
            yield head
        elif thinking or start.startswith(THOUGHT):
            _, ended, rest = head.partition(THOUGHT_OUT)
            thinking = not ended
            head = head[-len(THOUGHT_OUT) :]
            yield from filter(None, [rest.lstrip()])
    if thinking is None and head:
        yield head


def _words_of(message: object) -> Iterator[str]:
    """What a message, or a piece of one, says."""
    if isinstance(message, dict) and isinstance(message.get("content"), str) and message["content"]:
        yield message["content"]


def _choices(chunk: Mapping[str, Any]) -> list[dict[str, Any]]:
    choices = chunk.get("choices")
    return [choice for choice in choices if isinstance(choice, dict)] if isinstance(choices, list) else []
