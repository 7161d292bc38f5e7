"""What the health report says of brokers: topics that are missing and readers that are refused take part of it away, by name."""

from collections.abc import Mapping
from typing import Any

import pytest

from nova.flows.health.services import stream
from tests.fakes.stream import MemoryStream


class Brokers(MemoryStream):
    """Brokers that know more of themselves."""

    def health(self) -> Mapping[str, Any]:
        self.answer()
        return {
            "name": "Kafka",
            "brokers": 3,
            "missing": list(self.lacking),
            "refused": ["Broker: Topic authorization failed"][: self.largest],
        }


@pytest.mark.parametrize(
    ("brokers", "status", "word"),
    [
        (Brokers(largest=0), "ok", "3 Broker"),
        (Brokers(largest=0, lacking=("nova.jobs",)), "degraded", "nova.jobs"),
        (Brokers(largest=1), "degraded", "authorization"),
        (Brokers(absent=True), "degraded", "antwortet nicht"),
    ],
    ids=["well", "missing", "refused", "absent"],
)
def test_health_names_what_brokers_lack(brokers: Brokers, status: str, word: str) -> None:
    service = stream(brokers)
    assert service.status == status
    assert word in service.detail
