"""Messages -> a model's text piece by piece, from Ollama, from any OpenAI-compatible server, or from none.

Whatever goes wrong is raised by name, also in the middle of a stream: a reader never takes half an answer for a whole one.
"""

import json
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from nova.engines.tls import trusted
from nova.errors import Busy, Misconfigured, ServerAbsent
from nova.ports import ChatMessage

OLLAMA = "http://127.0.0.1:11434"
MAX_LINE = 1024**2
MAX_LIST = 4 * 1024**2


@dataclass(frozen=True, slots=True)
class GeneratorLimits:
    """Tokens of context asked for; answers at once and waiting; seconds to wait in line, to connect, for a piece and for all."""

    num_ctx: int = 8192
    temperature: float = 0.1
    keep_alive: str = "30m"
    concurrent: int = 2
    queue: int = 8
    queue_s: float = 30.0
    connect_s: float = 5.0
    piece_s: float = 120.0
    total_s: float = 300.0


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


class _Line:
    """Lets few answers be written at once and few wait; Busy for the rest."""

    def __init__(self, limits: GeneratorLimits) -> None:
        self._slots = threading.BoundedSemaphore(limits.concurrent)
        self._lock = threading.Lock()
        self._waiting = 0
        self._limits = limits

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One's turn, once it comes."""
        if not self._slots.acquire(blocking=False):
            self._wait()
        try:
            yield
        finally:
            self._slots.release()

    def _wait(self) -> None:
        with self._lock:
            if self._waiting >= self._limits.queue:
                raise _busy(self._limits.queue_s)
            self._waiting += 1
        try:
            if not self._slots.acquire(timeout=self._limits.queue_s):
                raise _busy(self._limits.queue_s)
        finally:
            with self._lock:
                self._waiting -= 1


def _busy(seconds: float) -> Busy:
    return Busy(
        "Das Sprachmodell ist ausgelastet. Bitte versuchen Sie es gleich noch einmal.", data={"retry_after": max(1, round(seconds))}
    )


class _Server:
    """What both kinds of server share: the connection, the line, and the names of what goes wrong."""

    def __init__(self, name: str, url: str, model: str, limits: GeneratorLimits, headers: Mapping[str, str]) -> None:
        if not url.startswith(("http://", "https://")):
            raise Misconfigured(f"Die Adresse des Sprachmodells „{url}“ beginnt nicht mit http:// oder https://.")
        self._name = name
        self._url = url.rstrip("/")
        self._model = model
        self.limits = limits
        self._line = _Line(limits)
        timeout = httpx.Timeout(limits.piece_s, connect=limits.connect_s)
        self._client = httpx.Client(
            timeout=timeout, headers=dict(headers), trust_env=False, verify=trusted() if url.startswith("https:") else False
        )

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def lines(self, path: str, body: Mapping[str, Any]) -> Iterator[str]:
        """Send a request in turn and give its answer's lines as they come; ends at `total_s`."""
        with self._line.turn(), self._faults(), self._client.stream("POST", self._url + path, json=dict(body)) as response:
            self._check(response)
            deadline = time.monotonic() + self.limits.total_s
            rest = b""
            for piece in response.iter_bytes():
                *whole, rest = (rest + piece).split(b"\n")
                yield from (line.decode("utf-8", "replace").strip() for line in whole)
                if len(rest) > MAX_LINE:
                    raise self.absent("sendet eine Antwort, die kein Ende hat")
                if time.monotonic() > deadline:
                    raise self.absent(f"brauchte länger als {self.limits.total_s:g} s für eine Antwort")
            if rest.strip():
                yield rest.decode("utf-8", "replace").strip()

    def ask(self, path: str) -> Mapping[str, Any]:
        """A short question about the server itself: the answer's JSON object."""
        timeout = httpx.Timeout(self.limits.connect_s)
        with self._faults(), self._client.stream("GET", self._url + path, timeout=timeout) as response:
            self._check(response)
            data = b""
            for piece in response.iter_bytes():
                data += piece
                if len(data) > MAX_LIST:
                    raise self.absent("sendet eine Antwort, die kein Ende hat")
        return self.parsed(data.decode("utf-8", "replace"))

    def parsed(self, text: str) -> Mapping[str, Any]:
        """A JSON object; an error it carries is raised, whatever status it came with."""
        try:
            value = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise self.absent("antwortet unverständlich") from error
        if not isinstance(value, dict):
            raise self.absent("antwortet unverständlich")
        if value.get("error"):
            raise self.absent(f"meldet: {_words(value['error'])}")
        return value

    def absent(self, what: str) -> ServerAbsent:
        """The error that names the server."""
        return ServerAbsent(f"{self._name} unter {_shown(self._url)} {what}.")

    def missing(self, known: Sequence[str]) -> ServerAbsent:
        """The error for a model the server does not have."""
        there = f" Vorhanden: {', '.join(sorted(known)[:10])}." if known else ""
        return ServerAbsent(f"{self._name} unter {_shown(self._url)} hat das Modell „{self._model}“ nicht.{there}")

    def _check(self, response: httpx.Response) -> None:
        if response.status_code == 200:
            return
        if response.status_code in (429, 503):
            seconds = response.headers.get("retry-after", "")
            raise _busy(float(seconds) if seconds.isdigit() and len(seconds) < 5 else self.limits.queue_s)
        if response.status_code in (401, 403):
            raise self.absent("lehnt den Schlüssel ab")
        said = _said(response)
        if response.status_code == 404 and "model" in said.lower():
            raise self.missing([])
        if response.has_redirect_location:
            raise self.absent("leitet weiter; bitte die endgültige Adresse einstellen")
        raise self.absent(f"lehnt ab (Antwort {response.status_code}){': ' + said if said else ''}")

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise self.absent("ist nicht erreichbar") from error
        except httpx.TimeoutException as error:
            raise self.absent("antwortet nicht rechtzeitig") from error
        except httpx.HTTPError as error:
            raise self.absent("hat die Verbindung abgebrochen") from error


class OllamaGenerator:
    """A model behind an Ollama server (`POST /api/chat`, one JSON object a line)."""

    def __init__(self, url: str, model: str, limits: GeneratorLimits | None = None, key: str = "") -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._server = _Server("Ollama", url or OLLAMA, model, limits or GeneratorLimits(), headers)
        self.model = model

    def stream(self, messages: Sequence[ChatMessage], *, max_tokens: int) -> Iterator[str]:
        """Pieces of text; ServerAbsent (also mid-stream and when the end is missing) or Busy. Close it to stop the model."""
        return without_thoughts(self._pieces(messages, max_tokens))

    def _pieces(self, messages: Sequence[ChatMessage], max_tokens: int) -> Iterator[str]:
        limits = self._server.limits
        body = {
            "model": self.model,
            "messages": [{"role": message.role, "content": message.content} for message in messages],
            "stream": True,
            "think": False,
            "keep_alive": limits.keep_alive,
            "options": {"num_ctx": limits.num_ctx, "num_predict": max_tokens, "temperature": limits.temperature},
        }
        for line in self._server.lines("/api/chat", body):
            if not line:
                continue
            part = self._server.parsed(line)
            message = part.get("message")
            if isinstance(message, dict) and isinstance(message.get("content"), str) and message["content"]:
                yield message["content"]
            if part.get("done") is True:
                return
        raise self._server.absent("hat mitten in der Antwort aufgehört")

    def health(self) -> Mapping[str, Any]:
        """Name, model and address; ServerAbsent when the server does not answer or lacks the model."""
        entries = self._server.ask("/api/tags").get("models")
        known = _names(entries, "name") | _names(entries, "model")
        if self.model not in known and f"{self.model}:latest" not in known:
            raise self._server.missing(sorted(known))
        return {"name": "ollama", "model": self.model, "models": sorted(known)}

    def close(self) -> None:
        """Let go of the connections."""
        self._server.close()


class OpenAIGenerator:
    """A model behind any server that speaks OpenAI's chat completions (`POST {base}/chat/completions`, server-sent events)."""

    def __init__(self, url: str, model: str, key: str = "", limits: GeneratorLimits | None = None) -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._server = _Server("Der Modell-Server", url, model, limits or GeneratorLimits(), headers)
        self.model = model

    def stream(self, messages: Sequence[ChatMessage], *, max_tokens: int) -> Iterator[str]:
        """Pieces of text; ServerAbsent (also mid-stream and when the end is missing) or Busy. Close it to stop the model."""
        return without_thoughts(self._pieces(messages, max_tokens))

    def _pieces(self, messages: Sequence[ChatMessage], max_tokens: int) -> Iterator[str]:
        body = {
            "model": self.model,
            "messages": [{"role": message.role, "content": message.content} for message in messages],
            "stream": True,
            "max_tokens": max_tokens,
            "temperature": self._server.limits.temperature,
        }
        finished = False
        for line in self._server.lines("/chat/completions", body):
            field, _, data = line.partition(":")
            if field == "error":
                raise self._server.absent(f"meldet: {_words(data)}")
            if field != "data":
                continue
            if data.strip() == "[DONE]":
                return
            for choice in _choices(self._server.parsed(data)):
                delta = choice.get("delta")
                if isinstance(delta, dict) and isinstance(delta.get("content"), str) and delta["content"]:
                    yield delta["content"]
                finished = finished or bool(choice.get("finish_reason"))
        if not finished:
            raise self._server.absent("hat mitten in der Antwort aufgehört")

    def health(self) -> Mapping[str, Any]:
        """Name, model and address; ServerAbsent when the server does not answer or lacks the model."""
        known = _names(self._server.ask("/models").get("data"), "id")
        if self.model not in known:
            raise self._server.missing(sorted(known))
        return {"name": "openai", "model": self.model, "models": sorted(known)}

    def close(self) -> None:
        """Let go of the connections."""
        self._server.close()


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
        if thinking is None and start and not "<think>".startswith(start[:7]):
            thinking = False
            yield head
        elif start.startswith("<think>"):
            thinking = True
            _, ended, rest = head.partition("</think>")
            if ended:
                thinking = False
                yield from filter(None, [rest.lstrip()])
    if thinking is None and head:
        yield head


def _choices(chunk: Mapping[str, Any]) -> list[dict[str, Any]]:
    choices = chunk.get("choices")
    return [choice for choice in choices if isinstance(choice, dict)] if isinstance(choices, list) else []


def _names(entries: object, key: str) -> set[str]:
    return {str(entry[key]) for entry in entries if isinstance(entry, dict) and key in entry} if isinstance(entries, list) else set()


def _said(response: httpx.Response) -> str:
    """What an error answer says, from its first bytes."""
    data = b""
    for piece in response.iter_bytes():
        data += piece
        if len(data) > 4096:
            break
    try:
        return _words(json.loads(data).get("error", ""))
    except (ValueError, AttributeError, RecursionError):
        return ""


def _words(error: object) -> str:
    """An error's words in one short line, whichever way the server wraps them."""
    if isinstance(error, dict):
        error = error.get("message") or error.get("error") or error.get("type") or "unbekannter Fehler"
    text = "".join(letter if letter.isprintable() else " " for letter in str(error))
    return " ".join(text.split())[:200].rstrip(".")


def _shown(url: str) -> str:
    """The address without user name, password or query."""
    parts = httpx.URL(url)
    return str(parts.copy_with(userinfo=b"", query=None))
