"""Channels to engines keep one contract: deliver, ask for the figure, take back; each on a small server written from its description."""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from websockets.sync.server import ServerConnection, serve

from nova.engines.ml.folder import FolderChannel
from nova.engines.ml.rest import RestChannel
from nova.engines.ml.socket import SocketChannel
from nova.engines.ml.stream import StreamChannel
from nova.errors import InvalidInput, ServerAbsent
from nova.ports import Batch, Message
from nova.ports.engines import EngineChannel, Package

Look = Callable[[], dict[str, float]]
"""What an engine holds: a key and its share."""


class Engine:
    """What stands behind a channel: batches by key, and a figure."""

    def __init__(self) -> None:
        self.batches: dict[str, tuple[float, int]] = {}

    def put(self, told: dict[str, Any]) -> None:
        self.batches[told["key"]] = (told["share"], len(told["rows"]))

    def look(self) -> dict[str, float]:
        return {key: share for key, (share, _) in self.batches.items()}


def rest(engine: Engine) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path != "/api/batches" or not self.headers["Idempotency-Key"] or not told["rows"]:
                return self._told(400, {})
            engine.put(told)
            return self._told(200, {})

        def do_GET(self) -> None:
            self._told(200, {"value": len(engine.batches)})

        def do_DELETE(self) -> None:
            gone = engine.batches.pop(unquote(self.path.rpartition("/")[2]), None)
            self._told(404 if gone is None else 204, {})

        def _told(self, status: int, body: dict[str, Any]) -> None:
            data = b"" if status == 204 else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    return Handler


def answered(engine: Engine, connection: ServerConnection) -> None:
    for line in connection:
        told = json.loads(line)
        if told["op"] == "put" and not told["rows"]:
            connection.send(json.dumps({"error": "leer"}))
            continue
        if told["op"] == "put":
            engine.put(told)
        if told["op"] == "take_back":
            engine.batches.pop(told["key"], None)
        connection.send(json.dumps({"ok": True, "value": len(engine.batches)}))


class Topic:
    """A stream that remembers what was published."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def publish(self, topic: str, messages: Sequence[Message]) -> None:
        assert topic == "engines"
        for one in messages:
            if one.value:
                self.engine.put({"key": one.key, **json.loads(one.value)})
            else:
                self.engine.batches.pop(one.key, None)

    def take(self, topic: str, group: str, limit: int, timeout: float) -> Batch:
        raise NotImplementedError

    def health(self) -> dict[str, Any]:
        return {}

    def close(self) -> None:
        """Nothing is held."""


@pytest.fixture(params=["rest", "websocket", "folder", "stream"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[EngineChannel, Look]]:
    engine = Engine()
    if request.param == "rest":
        server = ThreadingHTTPServer(("127.0.0.1", 0), rest(engine))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield RestChannel(f"http://127.0.0.1:{server.server_port}/api", 5), engine.look
        server.shutdown()
        server.server_close()
    elif request.param == "websocket":
        with serve(lambda connection: answered(engine, connection), "127.0.0.1", 0) as served:
            threading.Thread(target=served.serve_forever, daemon=True).start()
            channel = SocketChannel(f"ws://127.0.0.1:{served.socket.getsockname()[1]}", 5)
            yield channel, engine.look
            channel.close()
            served.shutdown()
    elif request.param == "folder":

        def look() -> dict[str, float]:
            whole = tmp_path / "e" / "live.json"
            named = json.loads(whole.read_text()) if whole.exists() else []
            return {file.stem: 1.0 if file.stem in named else 0.5 for file in (tmp_path / "e").glob("*.jsonl")}

        yield FolderChannel.at(tmp_path, "e"), look
    else:
        yield StreamChannel(Topic(engine), "engines"), engine.look


def package(key: str, share: float = 1.0, rows: int = 2) -> Package:
    return Package(key, "e", {"a": "number"}, [{"a": at, "text": "Größe"} for at in range(rows)], share)


def test_a_part_then_all_of_it_and_the_same_again_is_one_delivery(opened: tuple[EngineChannel, Look]) -> None:
    channel, look = opened
    channel.put(package("v1", 0.5, 1))
    assert look() == {"v1": 0.5}
    for _ in range(2):
        channel.put(package("v1"))
    assert look() == {"v1": 1.0}


def test_what_is_taken_back_is_gone_and_the_rest_stays(opened: tuple[EngineChannel, Look]) -> None:
    channel, look = opened
    for key in ("v1", "v2"):
        channel.put(package(key))
    for _ in range(2):
        channel.take_back("v2")
    channel.take_back("nie dagewesen")
    assert look() == {"v1": 1.0}


def test_the_figure_is_a_number_or_none(opened: tuple[EngineChannel, Look]) -> None:
    channel, _ = opened
    before = channel.metric()
    channel.put(package("v1"))
    after = channel.metric()
    assert (before, after) in [(0.0, 1.0), (None, None)]


@pytest.mark.parametrize("channel", [RestChannel("http://127.0.0.1:9", 0.3), SocketChannel("ws://127.0.0.1:9", 0.3)])
def test_an_engine_that_is_not_there_is_told_as_absent(channel: EngineChannel) -> None:
    with pytest.raises(ServerAbsent):
        channel.put(package("v1"))
    with pytest.raises(ServerAbsent):
        channel.metric()
    channel.close()


def test_what_an_engine_does_not_take_is_told() -> None:
    engine = Engine()
    server = ThreadingHTTPServer(("127.0.0.1", 0), rest(engine))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with pytest.raises(InvalidInput):
        RestChannel(f"http://127.0.0.1:{server.server_port}/api", 5).put(package("v1", rows=0))
    with serve(lambda connection: answered(engine, connection), "127.0.0.1", 0) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        with pytest.raises(InvalidInput):
            SocketChannel(f"ws://127.0.0.1:{served.socket.getsockname()[1]}", 5).put(package("v1", rows=0))
        served.shutdown()
    server.shutdown()
    server.server_close()


def test_a_slow_engine_is_waited_for_as_long_as_it_may_take() -> None:
    stop = threading.Event()

    class Slow(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            stop.wait(5)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with pytest.raises(ServerAbsent, match="rechtzeitig"):
        RestChannel(f"http://127.0.0.1:{server.server_port}", 0.2).metric()
    stop.set()
    server.shutdown()
    server.server_close()


def test_a_folder_that_cannot_be_is_an_engine_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "datei").write_text("x")
    with pytest.raises(ServerAbsent):
        FolderChannel.at(tmp_path / "datei", "aussen")
    channel = FolderChannel.at(tmp_path / "ordner", "aussen")
    (tmp_path / "ordner").rmdir()
    (tmp_path / "ordner").write_text("x")
    for asked in (lambda: channel.take_back("k"), channel.metric, lambda: channel.put(package("k"))):
        with pytest.raises(ServerAbsent):
            asked()
