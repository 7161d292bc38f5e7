"""An app of the tests and modules of commands in, commands that reach this app instead of a server out."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import httpx
import pytest

from nova.cli.client import Client
from tests.api.house import ADMIN_KEY, BASE, Door


def reach(door: Door, monkeypatch: pytest.MonkeyPatch, *modules: ModuleType) -> None:
    """The commands of `modules` speak to `door` as the operator."""

    def forward(request: httpx.Request) -> httpx.Response:
        answer = door.client.request(request.method, str(request.url), content=request.content, headers=dict(request.headers))
        return httpx.Response(answer.status_code, content=answer.content, headers={"Content-Type": "application/json"})

    @contextmanager
    def session(_: Any) -> Iterator[Client]:
        yield Client(BASE, ADMIN_KEY, transport=httpx.MockTransport(forward))

    for module in modules:
        monkeypatch.setattr(module, "session", session)
