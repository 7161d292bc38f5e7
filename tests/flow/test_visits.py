"""What an erasure visits: each place once, the rows first and the snapshots last, each by a German title."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from nova.flows.erasure.rows import ROWS
from nova.settings import Settings
from nova.wiring.visits import VISITS, visits_of


def test_each_place_is_visited_once_and_in_order(tmp_path: Path) -> None:
    absent = dict.fromkeys(("db", "objects", "index_room", "audit", "jobs", "adapters"))
    nova: Any = SimpleNamespace(settings=Settings(NOVA_DATA=tmp_path), embedded=True, **absent)
    visits = visits_of(nova)
    names = [one.name for one in visits]
    assert len(visits) == len(VISITS) == len(set(names)) == len({one.title for one in visits})
    assert names[0] == ROWS and names[-1] == "snapshots"
    assert names == ["rows", "files", "seeds", "adapters", "learned", "index", "storage", "snapshots"]  # as receipts have them in `steps`
