"""What a company wrote itself is part of a snapshot, and has a place when it is unpacked."""

from pathlib import Path

from nova.jobs.snapshots import unpack
from nova.settings import Settings
from nova.wiring.carried import own_members


def test_own_thresholds_rules_of_retention_and_vocabulary_travel(tmp_path: Path) -> None:
    names = ("config/wortschatz.yaml", "config/kpi/thresholds.yaml", "config/governance/retention.yaml")
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"# {name}\n", "utf-8")
    packed = dict(own_members(Settings(NOVA_DATA=tmp_path)))
    assert {name: packed[name].decode() for name in names} == {name: f"# {name}\n" for name in names}
    assert {unpack._place(name) for name in names} == set(names)
