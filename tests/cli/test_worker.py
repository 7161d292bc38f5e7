"""A worker process that comes before what it needs: it waits for servers, for Nova, and for the end of a restore."""

import threading
from types import SimpleNamespace
from typing import Any

import pytest

from nova.cli.operation import worker
from nova.errors import Busy, Misconfigured, NovaError, ServerAbsent
from nova.settings import Settings


class Shop:
    """A workshop that counts how often it was closed."""

    closed = 0

    def close(self) -> None:
        self.closed += 1


def test_it_waits_for_a_restore_and_for_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    shop, faults = Shop(), [ServerAbsent("weg"), Busy("Sicherung wird eingespielt")]

    def join(_: Settings) -> Any:
        if faults:
            raise faults.pop()
        return shop

    back = [ServerAbsent("Gelöschte sind wieder da.")]

    def none_back() -> None:
        if back:
            raise back.pop()

    monkeypatch.setattr("nova.wiring.join_nova", join)
    monkeypatch.setattr("nova.wiring.erasure.reapplication_of", lambda _: SimpleNamespace(require_none_back=none_back))
    monkeypatch.setattr(worker, "LOOK_SECONDS", 0.01)
    assert worker.joined(Settings(), threading.Event()) is shop
    assert shop.closed == 1


@pytest.mark.parametrize(("error", "patience"), [(Busy("noch immer"), 0.0), (Misconfigured("falsch"), 60.0)])
def test_it_does_not_wait_for_ever_nor_for_what_will_not_change(monkeypatch: pytest.MonkeyPatch, error: NovaError, patience: float) -> None:
    def join(_: Settings) -> Any:
        raise error

    monkeypatch.setattr("nova.wiring.join_nova", join)
    monkeypatch.setattr(worker, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(worker, "PATIENCE", patience)
    with pytest.raises(type(error)):
        worker.joined(Settings(), threading.Event())
