"""The cycle collector that waits for a calm moment: what it leaves alone, what it collects, and that all is as before afterwards."""

import gc
import threading
import time
import weakref

import pytest
import structlog

from nova.cli.process import collector
from nova.cli.process.collector import TOO_LATE, collecting_when_calm
from nova.cli.process.serving import working
from nova.settings import Settings
from tests.folders import short_folder


class Knot:
    """An object that only the collector can free."""

    def __init__(self) -> None:
        self.me = self


def old_knot() -> "weakref.ref[Knot]":
    """A knot in the oldest generation that nobody holds any more."""
    knot = Knot()
    gc.collect(1)
    gc.collect(1)
    return weakref.ref(knot)


def gone(knot: "weakref.ref[Knot]", seconds: float) -> bool:
    until = time.monotonic() + seconds
    while knot() is not None and time.monotonic() < until:
        time.sleep(0.01)
    return knot() is None


def test_full_collections_wait_for_calm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collector, "LOOK_S", 0.05)
    monkeypatch.setattr(collector, "DUE", 2)
    monkeypatch.setattr(collector, "CALM", -1.0)  # nothing is ever that calm
    with collecting_when_calm():
        knot = old_knot()
        assert not gone(knot, 0.3)
        monkeypatch.setattr(collector, "CALM", 100.0)
        gc.collect(1)
        gc.collect(1)
        assert gone(knot, 5.0)


def test_few_young_collections_are_no_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collector, "LOOK_S", 0.05)
    monkeypatch.setattr(collector, "CALM", 100.0)
    with collecting_when_calm():
        assert not gone(old_knot(), 0.3)


def test_afterwards_all_is_as_before() -> None:
    before, frozen, threads = gc.get_threshold(), gc.get_freeze_count(), threading.active_count()
    with collecting_when_calm():
        assert gc.get_threshold() == (*before[:2], TOO_LATE)
        assert gc.get_freeze_count() > frozen
    assert (gc.get_threshold(), threading.active_count()) == (before, threads)
    assert gc.get_freeze_count() <= frozen


def test_who_serves_collects_when_calm(database_url: str) -> None:
    before = gc.get_threshold()
    try:
        with short_folder() as folder, working(Settings(NOVA_DATA=folder / "data", NOVA_DATABASE_URL=database_url), log_level="error"):
            assert gc.get_threshold()[2] == TOO_LATE
    finally:
        structlog.reset_defaults()
    assert gc.get_threshold() == before
