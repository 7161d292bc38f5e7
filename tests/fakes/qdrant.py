"""A Qdrant server on loopback, as its OpenAPI document describes it (1.19): routes, envelope, errors, and the ways it fails.

Requests are checked with the models that qdrant-client generates from that document, so one that the real server would refuse is refused
here. Answers: `{"result": ..., "status": "ok", "time": ...}`; errors: `{"status": {"error": "..."}, "time": ...}` with 400 (wrong
input), 401 and 403 (plain text), 404 (no such collection), 409 (there already), 422 (validation), 429 (with Retry-After), 500, 503, 507.
With `wait=false` a change is acknowledged and applied later. `mode` makes it fail, `lose` empties it, `stop` and `start` keep its port.
"""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pydantic import TypeAdapter, ValidationError
from qdrant_client.http import models

from tests.fakes.http import Quiet, Restarting, Server, running
from tests.fakes.qdrant_state import Answer, Body, Collection

OPEN_PATHS = ("/", "/healthz", "/livez", "/readyz")  # the real server lets these through without a key
ERRORS = {
    "400": "Wrong input: this is not what was expected",
    "408": "Timeout: The operation timed out",
    "429": "Rate limiting exceeded: Write rate limit exceeded, retry later",
    "500": "Service internal error: task 17 panicked",
    "503": "Shard temporarily unavailable: 1 of 1 read operations failed",
    "507": "Insufficient storage: No space left on device: WAL buffer size exceeds available disk space",
}
POINTS: TypeAdapter[Any] = TypeAdapter(models.PointInsertOperations)
SELECTOR: TypeAdapter[Any] = TypeAdapter(models.PointsSelector)


class QdrantServer(Restarting):
    """The state outlives connections and `stop`. `seen` keeps method, path and body of each request.

    `broken_once` connections end before the request counts; the next request with a method in `mute` is applied and its answer lost.
    """

    def __init__(self, key: str = "", version: str = "1.19.1") -> None:
        super().__init__()
        self.key, self.version = key, version
        self.mode = "good"
        self.broken_once = 0
        self.mute: set[str] = set()
        self.collections: dict[str, Collection] = {}
        self.seen: list[tuple[str, str, Body]] = []
        self.lock = threading.RLock()
        self.later: list[Callable[[], None]] = []

    def listen(self) -> Server:
        return _Http(self)

    def lose(self) -> None:
        """A volume that did not come back."""
        with self.lock:
            self.collections.clear()

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: Any) -> Any:
        """The result of a request; Answer for what is refused."""
        for wanted, pattern, handle in ROUTES:
            found = re.fullmatch(pattern, path)
            if wanted == method and found:
                with self.lock:
                    return handle(self, body, query, *found.groups())
        raise Answer(404, "")

    def collection(self, name: str) -> Collection:
        if name not in self.collections:
            raise Answer(404, f"Not found: Collection `{name}` doesn't exist!")
        return self.collections[name]

    def changed(self, collection: Collection, query: dict[str, list[str]], change: Callable[[], None]) -> Body:
        """Do it now with `wait=true`, else after the answer."""
        collection.operations += 1
        waiting, self.later = self.later, []
        for one in waiting:
            one()
        if query.get("wait", ["false"])[0] == "true":
            change()
            return {"operation_id": collection.operations, "status": "completed"}
        self.later.append(change)
        return {"operation_id": collection.operations, "status": "acknowledged"}


def _create(server: QdrantServer, body: Any, query: Any, name: str) -> bool:
    wanted = models.CreateCollection.model_validate(body)
    if name in server.collections:
        raise Answer(409, f"Wrong input: Collection `{name}` already exists!")
    server.collections[name] = Collection(wanted)
    return True


def _drop(server: QdrantServer, body: Any, query: Any, name: str) -> bool:
    return server.collections.pop(name, None) is not None


def _patch(server: QdrantServer, body: Any, query: Any, name: str) -> bool:
    return server.collection(name).patch(models.UpdateCollection.model_validate(body))


def _index(server: QdrantServer, body: Any, query: Any, name: str) -> Body:
    collection, wanted = server.collection(name), models.CreateFieldIndex.model_validate(body)
    return server.changed(collection, query, lambda: collection.fields.update({wanted.field_name: wanted.field_schema}))


def _upsert(server: QdrantServer, body: Any, query: Any, name: str) -> Body:
    collection, wanted = server.collection(name), POINTS.validate_python(body)
    return server.changed(collection, query, lambda: collection.upsert(wanted.points))


def _delete(server: QdrantServer, body: Any, query: Any, name: str) -> Body:
    collection, wanted = server.collection(name), SELECTOR.validate_python(body)
    return server.changed(collection, query, lambda: collection.remove(wanted))


def _make_vectors(server: QdrantServer, body: Any, query: Any, name: str, vector: str) -> Body:
    collection, wanted = server.collection(name), models.DenseVectorNameConfig.model_validate(body)
    return server.changed(collection, query, lambda: collection.make_vectors(vector, wanted.dense))


def _drop_vectors(server: QdrantServer, body: Any, query: Any, name: str, vector: str) -> Body:
    collection = server.collection(name)
    return server.changed(collection, query, lambda: collection.drop_vectors(vector))


ROUTES: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("GET", "/collections", lambda s, b, q: {"collections": [{"name": name} for name in s.collections]}),
    ("PUT", "/collections/([^/]+)", _create),
    ("DELETE", "/collections/([^/]+)", _drop),
    ("PATCH", "/collections/([^/]+)", _patch),
    ("GET", "/collections/([^/]+)", lambda s, b, q, name: s.collection(name).info()),
    ("GET", "/collections/([^/]+)/exists", lambda s, b, q, name: {"exists": name in s.collections}),
    ("PUT", "/collections/([^/]+)/index", _index),
    ("PUT", "/collections/([^/]+)/vectors/([^/]+)", _make_vectors),
    ("DELETE", "/collections/([^/]+)/vectors/([^/]+)", _drop_vectors),
    ("PUT", "/collections/([^/]+)/points", _upsert),
    ("POST", "/collections/([^/]+)/points/delete", _delete),
    ("POST", "/collections/([^/]+)/points/count", lambda s, b, q, name: s.collection(name).count(models.CountRequest.model_validate(b))),
    ("POST", "/collections/([^/]+)/points/scroll", lambda s, b, q, name: s.collection(name).scroll(models.ScrollRequest.model_validate(b))),
    ("POST", "/collections/([^/]+)/points/query", lambda s, b, q, name: s.collection(name).query(models.QueryRequest.model_validate(b))),
)


class _Http(Server):
    def __init__(self, qdrant: QdrantServer) -> None:
        super().__init__(_Handler, qdrant.port)
        self.qdrant = qdrant
        self._open: set[Any] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def stop(self) -> None:
        """Listen no more and cut every connection, as the end of a process does."""
        super().stop()
        for request in self._open:
            try:
                request.shutdown(2)
            except OSError:
                continue


class _Handler(Quiet):
    server: _Http
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._serve()

    do_PUT = do_POST = do_PATCH = do_DELETE = do_GET

    def _serve(self) -> None:
        qdrant, parts = self.server.qdrant, urlsplit(self.path)
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = json.loads(raw) if raw else {}
        with qdrant.lock:
            qdrant.seen.append((self.command, parts.path, body))
            once, qdrant.broken_once = qdrant.broken_once, max(0, qdrant.broken_once - 1)
        if once:
            self.close_connection = True
            return
        if qdrant.mode != "good" and parts.path != "/healthz" and self._fail(qdrant.mode):
            return
        if parts.path == "/":
            self._send(200, {"title": "qdrant - vector search engine", "version": qdrant.version, "commit": "0000000"})
        elif qdrant.key and parts.path not in OPEN_PATHS and not self._known(qdrant.key):
            return
        else:
            self._answer(qdrant, parts.path, parse_qs(parts.query), body)

    def _answer(self, qdrant: QdrantServer, path: str, query: dict[str, list[str]], body: Any) -> None:
        began = time.perf_counter()
        try:
            result = qdrant.answer(self.command, path, query, body)
        except Answer as no:
            self._error(no.status, no.error) if no.error else self._plain(no.status, b"")
        except ValidationError as error:
            self._error(400, f"Format error in JSON body: {error.errors()[0]['msg']}")
        else:
            if self.command in qdrant.mute:
                qdrant.mute.remove(self.command)
                self.close_connection = True
                return
            self._send(200, {"result": result, "status": "ok", "time": time.perf_counter() - began, "usage": None})

    def _known(self, key: str) -> bool:
        given = self.headers.get("api-key") or (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        if given == key:
            return True
        if given:
            self._plain(403, b"Invalid API key or JWT")
        else:
            self._plain(401, b"Must provide an API key or an Authorization bearer token")
        return False

    def _fail(self, mode: str) -> bool:
        """Answer wrongly; False when the mode is only slow."""
        if mode in ERRORS:
            self._error(int(mode), ERRORS[mode], {"Retry-After": "7"} if mode == "429" else {})
        elif mode == "301":
            self._plain(301, b"", {"Location": "/elsewhere"})
        elif mode == "silent":
            time.sleep(3)
            self.close_connection = True
        elif mode == "reset":
            self.close_connection = True
        elif mode == "html":
            self._plain(200, b"<html>a proxy's page</html>", {"Content-Type": "text/html"})
        elif mode == "null":
            self._plain(200, b'{"result": null, "status": "ok", "time": 0.1}')
        elif mode == "deep":
            self._plain(200, b"[" * 100_000)
        elif mode == "other":
            self._plain(200, b'{"result": {"points": [{"id": 7, "score": "high"}], "count": "many"}, "title": 3}')
        elif mode == "packed":
            self._plain(200, b"\x1f\x8b\x08\x00", {"Content-Encoding": "gzip"})
        elif mode in ("cut", "drip", "flood"):
            self.send_endless(mode)
        return True

    def _error(self, status: int, words: str, headers: dict[str, str] | None = None) -> None:
        self._plain(status, json.dumps({"status": {"error": words}, "time": 0.00001}).encode(), headers)

    def _send(self, status: int, value: Any) -> None:
        self._plain(status, json.dumps(value).encode())

    def _plain(self, status: int, data: bytes, headers: dict[str, str] | None = None) -> None:
        self.send(status, data, {"Content-Type": "application/json", **(headers or {})})


@contextmanager
def serving(key: str = "", version: str = "1.19.1") -> Iterator[QdrantServer]:
    with running(QdrantServer(key, version)) as server:
        yield server
