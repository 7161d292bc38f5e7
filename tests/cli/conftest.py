"""A Nova on the other end of the wire, small enough to read: it keeps what was sent and answers in Nova's envelope."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from nova.cli.client import Client

Answer = Callable[[httpx.Request], httpx.Response]


def envelope(data: Any, *, status: int = 200, message: str = "", headers: dict[str, str] | None = None) -> httpx.Response:
    """An answer as the API writes it."""
    body = {"status": "ok" if status < 400 else "error", "message": message, "data": data, "trace_id": "t"}
    return httpx.Response(status, json=body, headers=headers)


@pytest.fixture
def client_to() -> Callable[[Answer], Client]:
    """Makes a client whose requests a function answers."""
    return lambda answer: Client("http://nova.test", "nova_adm_key", transport=httpx.MockTransport(answer))
