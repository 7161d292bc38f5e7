"""What Prometheus reads: no number of workers where the database is built in and lists none, and all else while a disk is away."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from nova.ports.watching import Sample
from nova.wiring.watching import gauges_of


@pytest.mark.parametrize(("embedded", "read"), [(True, []), (False, [Sample((), 0)])])
def test_only_listed_workers_are_counted(embedded: bool, read: list[Sample]) -> None:
    nova = SimpleNamespace(embedded=embedded, jobs=SimpleNamespace(workers=list))
    (workers,) = (one for one in gauges_of(nova) if one.name == "nova_workers")  # type: ignore[arg-type]
    assert list(workers.read()) == read


def test_a_data_folder_that_is_gone_leaves_the_other_gauges(tmp_path: Path) -> None:
    nova = SimpleNamespace(embedded=False, jobs=SimpleNamespace(workers=list), settings=SimpleNamespace(NOVA_DATA=tmp_path / "gone"))
    known = {one.name: one for one in gauges_of(nova)}  # type: ignore[arg-type]
    assert list(known["nova_disk_free_bytes"].read()) == []
    assert list(known["nova_workers"].read()) == [Sample((), 0)]
