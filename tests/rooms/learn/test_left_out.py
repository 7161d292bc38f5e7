"""Topics that measure worse are left out of a candidate, wherever they were found."""

from datetime import UTC, datetime
from typing import Any

import pytest

from nova.flows.learning import run
from nova.kpi.learn.gate import Case
from nova.kpi.learn.read import read
from nova.ports.learning import Lessons
from tests.fakes.running import Context
from tests.rooms.learn.planted import Site


def test_a_topic_that_only_a_part_of_the_people_makes_is_left_out_as_well(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    def cases(_bench: Any, evidence: Any, *_rest: Any) -> tuple[list[Case], dict[str, Any]]:
        seen.append(list(evidence.left_out))
        return [Case("Andere Personen", "teil", 1.0, 1.0 if evidence.left_out else 0.5)] * 3, {"teil": {7: 1.0}}

    monkeypatch.setattr(run, "cases_of", cases)
    with site.house.database.transaction() as conn:
        evidence = read(conn, datetime.now(UTC))
    measured, _, found = run.measured(site.learning, evidence, None, Lessons(), Context())
    assert found.good
    assert seen == [[], [{7: 1.0}]]
    assert measured.left_out == [{7: 1.0}]
