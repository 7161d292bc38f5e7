"""What a company wrote itself is part of a snapshot, and has a place when it is unpacked."""

from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from nova.jobs.snapshots import make as snapshot
from nova.jobs.snapshots import unpack
from nova.settings import Settings


def test_own_thresholds_rules_of_retention_and_vocabulary_travel(tmp_path: Path) -> None:
    names = ("config/wortschatz.yaml", "config/kpi/thresholds.yaml", "config/governance/retention.yaml")
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"# {name}\n", "utf-8")
    packed: dict[str, bytes] = {}

    def add(name: str, blocks: Iterable[bytes]) -> None:
        packed[name] = b"".join(blocks)

    scene: Any = SimpleNamespace(nova=SimpleNamespace(settings=Settings(NOVA_DATA=tmp_path)), writer=SimpleNamespace(add_blocks=add))
    snapshot._own_files(scene)
    assert {name: packed[name].decode() for name in names} == {name: f"# {name}\n" for name in names}
    assert {unpack._place(name) for name in names} == set(names)
