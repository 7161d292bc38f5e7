"""A document whose reader is busy or away waits; it is not shown as failed while it will be tried again."""

from collections.abc import Mapping
from typing import Any

import pytest

from nova.errors import Busy, NovaError, ServerAbsent, UnreadableFile
from nova.records import Document
from tests.rooms.knowledge.house import LAW, House


def state(house: House) -> Mapping[str, Any]:
    row = house.database.fetch_one("SELECT i.status, v.state FROM items i JOIN item_versions v USING (item_id)")
    assert row is not None
    return row


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (Busy("Der Tika-Server ist ausgelastet."), "running"),
        (ServerAbsent("Der Tika-Server antwortet nicht."), "running"),
        (UnreadableFile("Das ist beschädigt."), "failed"),
    ],
)
def test_only_what_will_not_be_tried_again_is_failed(house: House, monkeypatch: pytest.MonkeyPatch, error: NovaError, shown: str) -> None:
    def extract(data: bytes, media_type: str, filename: str) -> Document:
        raise error

    monkeypatch.setattr(house.texts, "extract", extract)
    house.receive(LAW)
    job = house.jobs.claim("test", ["ingest"])
    assert job
    with pytest.raises(type(error)):
        house.handlers["ingest"](job)
    assert state(house)["status"] == shown
    assert (state(house)["state"] == "failed") == (shown == "failed")
