"""vLLM, `transformers serve`, llama.cpp's server and Ollama on loopback, as far as adapters go; from their sources and documentation.

vLLM: docs/features/lora.md and vllm/entrypoints/openai/models/serving.py (of 2026). transformers: transformers/cli/serving (5.24).
llama.cpp: tools/server/README.md (`/lora-adapters`, `lora` of a request; an empty list there means the scales it began with).
Ollama: docs/api.md and server/create.go; from 0.34.1 on it declines `adapters`, and a `from` that it lacks it would fetch.
Whoever is asked says in pieces who answers: `voice(key)`.
"""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.fakes.http import Quiet, Server

BASE = "basis"


def voice(who: str) -> str:
    """What one says that is called so ("": the base)."""
    return f"Es antwortet {who or BASE}, und sonst niemand."


class AdapterServer(Server):
    """`mode` says how it answers questions (good, cut, endless, long), `files` are llama.cpp's adapters, `seen` what it was asked to do."""

    def __init__(self, kind: str, port: int = 0, files: tuple[Path, ...] = ()) -> None:
        super().__init__(_Handler, port)
        self.kind, self.mode, self.said = kind, "good", ""
        self.runtime = self.takes_adapters = True
        self.files, self.scales = files, dict.fromkeys(range(len(files)), 1.0)
        self.loaded: dict[str, Path] = {}
        self.models: dict[str, dict[str, str]] = {BASE: {}}
        self.blobs: dict[str, bytes] = {}
        self.seen: list[tuple[str, str, Any]] = []
        self.keys: set[str | None] = set()
        self.hung_up = threading.Event()

    def asked(self, path: str) -> list[Any]:
        """The bodies of what was asked there."""
        return [body for _, at, body in self.seen if at == path]


class _Handler(Quiet):
    server: AdapterServer
    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        """A connection for each request, so that who is stopped is gone."""
        self.send_header("Connection", "close")
        super().end_headers()

    def do_GET(self) -> None:
        self._noted(None)
        server = self.server
        match server.kind, self.path:
            case "vllm", "/v1/models":
                found = [{"id": BASE, "root": "/models/basis", "parent": None}]
                found += [{"id": name, "root": str(path), "parent": BASE} for name, path in server.loaded.items()]
                self._json({"object": "list", "data": found})
            case "transformers", "/v1/models":
                status = {"status": {"value": "loaded"}}
                self._json({"object": "list", "data": [{"id": str(path), **status} for path in server.loaded.values()]})
            case "llamacpp", "/v1/models":
                self._json({"object": "list", "data": [{"id": BASE}]})
            case "llamacpp", "/lora-adapters":
                self._json([{"id": at, "path": str(path), "scale": server.scales[at]} for at, path in enumerate(server.files)])
            case "ollama", "/api/tags":
                self._json({"models": [{"name": f"{name}:latest"} for name in server.models]})
            case _:
                self._json({"detail": "Not Found"}, 404)

    def do_HEAD(self) -> None:
        self._noted(None)
        self.send_response(200 if self.path.rpartition("/")[2] in self.server.blobs else 404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_DELETE(self) -> None:
        body = self._body()
        self._json({}, 200 if self.server.models.pop(body["model"], None) is not None else 404)

    def do_POST(self) -> None:
        if self.path.startswith("/api/blobs/"):
            self._blob()
            return
        body = self._body()
        try:
            {"vllm": self._vllm, "transformers": self._transformers, "llamacpp": self._llamacpp, "ollama": self._ollama}[self.server.kind](
                body
            )
        except OSError:
            self.server.hung_up.set()

    def _vllm(self, body: dict[str, Any]) -> None:
        server = self.server
        if self.path == "/v1/load_lora_adapter" and server.runtime:
            name, path = body["lora_name"], Path(body["lora_path"])
            if name in server.loaded:
                self._error(f"The lora adapter '{name}' has already been loaded.", 400)
            elif not path.is_dir():
                self._error(f"Loading lora {name} failed: No adapter found for {path}", 404)
            else:
                server.loaded[name] = path
                self._text(f"Success: LoRA adapter '{name}' added successfully.")
        elif self.path == "/v1/unload_lora_adapter" and server.runtime:
            server.loaded.pop(body["lora_name"])
            self._text("Success")
        elif self.path == "/v1/chat/completions":
            known = body["model"] == BASE or body["model"] in server.loaded
            self._answer(body["model"]) if known else self._error(f"The model `{body['model']}` does not exist.", 404)
        else:
            self._json({"detail": "Not Found"}, 404)

    def _transformers(self, body: dict[str, Any]) -> None:
        path = Path(body["model"])
        whole = path.is_dir() and (path / "config.json").is_file() and (path / "model.safetensors").is_file()
        if self.path == "/load_model":
            lines = [{"status": "loading", "model": str(path), "stage": "processor"}]
            lines.append({"status": "ready", "model": str(path)} if whole else {"status": "error", "message": f"no config in {path}"})
            self._stream([f"data: {json.dumps(line)}\n\n" for line in lines])
        elif not whole:
            self._error("no such folder", 500)
        if whole:
            self.server.loaded[path.name] = path
        if whole and self.path == "/v1/chat/completions":
            self._answer(path.name if (path / "adapter_config.json").is_file() else BASE)

    def _llamacpp(self, body: Any) -> None:
        server = self.server
        if self.path == "/lora-adapters":
            server.scales = dict.fromkeys(server.scales, 0.0) | {one["id"]: one["scale"] for one in body}
            self._json({"success": True})
            return
        scales = {one["id"]: one["scale"] for one in body["lora"]} if body.get("lora") else server.scales
        self._answer("+".join(path.stem for at, path in enumerate(server.files) if scales.get(at)) or BASE)

    def _ollama(self, body: dict[str, Any]) -> None:
        server = self.server
        if self.path == "/api/chat":
            known = body["model"].removesuffix(":latest") in server.models
            self._answer(body["model"]) if known else self._json({"error": f"model '{body['model']}' not found"}, 404)
            return
        files = {**body.get("adapters", {}), **body.get("files", {})}
        if body.get("adapters") and not server.takes_adapters:
            self._json({"error": "LoRA adapters are no longer supported"}, 400)
        elif any(digest not in server.blobs for digest in files.values()):
            self._json({"error": "blob not found"}, 400)
        else:
            server.models[body["model"]] = files
            self._stream([json.dumps({"status": word}) + "\n" for word in ("creating adapter layer", "writing manifest", "success")])

    def _blob(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        digest = self.path.rpartition("/")[2]
        self._noted(len(data))
        good = digest == f"sha256:{hashlib.sha256(data).hexdigest()}"
        if good:
            self.server.blobs[digest] = data
        self._json({}, 201 if good else 400)

    def _answer(self, who: str) -> None:
        text = self.server.said or voice("" if who == BASE else who)
        pieces = [self._piece(text[at : at + 6]) for at in range(0, len(text), 6)]
        if self.server.mode == "long":
            self._json({"error": {"message": "the request exceeds the available context size", "code": 400}}, 400)
        elif self.server.mode == "good":
            self._stream([*pieces, self._end()])
        elif self.server.mode == "cut":
            self._stream(pieces[:2], cut=True)
        else:
            self._stream(self._endless(pieces))

    def _endless(self, pieces: list[str]) -> Iterator[str]:
        while True:
            yield from pieces

    def _piece(self, text: str) -> str:
        if self.server.kind == "ollama":
            return json.dumps({"message": {"role": "assistant", "content": text}, "done": False}) + "\n"
        return f"data: {json.dumps({'choices': [{'index': 0, 'delta': {'content': text}, 'finish_reason': None}]})}\n\n"

    def _end(self) -> str:
        if self.server.kind == "ollama":
            return json.dumps({"message": {"role": "assistant", "content": ""}, "done": True}) + "\n"
        return f"data: {json.dumps({'choices': [{'index': 0, 'delta': {}, 'finish_reason': 'stop'}]})}\n\n"

    def _stream(self, parts: Any, *, cut: bool = False) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for part in parts:
            data = part.encode()
            self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        if cut:
            self.close_connection = True
            return
        self.wfile.write(b"0\r\n\r\n")

    def _body(self) -> Any:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._noted(body)
        return body

    def _noted(self, body: Any) -> None:
        self.server.seen.append((self.command, self.path, body))
        self.server.keys.add(self.headers["Authorization"])

    def _error(self, words: str, status: int) -> None:
        self._json({"error": {"message": words, "type": "NotFoundError", "code": status}}, status)

    def _json(self, value: Any, status: int = 200) -> None:
        self.send(status, json.dumps(value).encode(), {"Content-Type": "application/json"})

    def _text(self, words: str) -> None:
        self.send(200, words.encode(), {"Content-Type": "text/plain"})


@contextmanager
def serving(kind: str, port: int = 0, files: tuple[Path, ...] = ()) -> Iterator[AdapterServer]:
    """One that answers until the block ends."""
    server = AdapterServer(kind, port, files)
    server.start()
    try:
        yield server
    finally:
        server.stop()
