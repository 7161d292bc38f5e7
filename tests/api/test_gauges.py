"""What Prometheus reads of the workers: none are listed where the database is built in, so there is no number that could alarm."""

from types import SimpleNamespace

import pytest

from nova.ports.watching import Sample
from nova.wiring.watching import gauges_of


@pytest.mark.parametrize(("embedded", "read"), [(True, []), (False, [Sample((), 0)])])
def test_only_listed_workers_are_counted(embedded: bool, read: list[Sample]) -> None:
    nova = SimpleNamespace(embedded=embedded, jobs=SimpleNamespace(workers=list))
    (workers,) = (one for one in gauges_of(nova) if one.name == "nova_workers")  # type: ignore[arg-type]
    assert list(workers.read()) == read
