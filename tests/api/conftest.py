"""One app for each test module, with the sample law in it; on request also behind a real socket."""

import io
import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
import uvicorn

from nova.api.protocol.wire import config
from nova.logs import configure_logs
from nova.privacy import redact
from nova.store.postgres.db import Database
from tests.api.house import Door, opened


@pytest.fixture(scope="module", autouse=True)
def quiet() -> Iterator[None]:
    """Log lines go nowhere; what they hold is tested apart."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    yield
    structlog.reset_defaults()


@pytest.fixture
def written(quiet: None) -> Iterator[io.StringIO]:
    """Everything that is logged from here on, at the most talkative level."""
    root, out = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    configure_logs(level="debug", text=False, scrub=lambda text: redact(text).text, stream=out)
    for client in ("httpx", "httpx2", "httpcore"):  # the tests' own clients, which log what they ask for
        logging.getLogger(client).setLevel(logging.WARNING)
    yield out
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


@pytest.fixture(scope="module")
def door(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """An app without rate limits, and one document."""
    folder: Path = tmp_path_factory.mktemp("nova")
    with opened(database, folder, NOVA_RATE_LIMITS="off", NOVA_UPLOAD_MB=1) as found:
        answer = found.upload()
        assert answer.status_code == 201, answer.text
        yield found


@pytest.fixture(scope="module")
def address(door: Door) -> Iterator[str]:
    """The same app on a port of this machine."""
    server = uvicorn.Server(config(door.client.app, host="127.0.0.1", port=0, lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()
