"""Conversations as passages in the real index: beside the documents, over a restart, and back after a restore, however it was saved."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from nova.flows.index_level import catch_up
from nova.flows.snapshots.making import Wish
from nova.jobs.snapshots.restore import restore
from nova.knowledge.index import missing
from nova.knowledge.passages import ingest, search
from nova.settings import Settings
from nova.store.documents.passages import TalkFilter
from nova.wiring import Nova, archive, open_nova
from nova.wiring.snapshots import maker_of
from nova.wiring.upkeep import talk_room_of
from tests.folders import short_folder
from tests.rooms.knowledge.test_dense import Context

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def silent(stage: str, done: int, total: int) -> None:
    """Nobody watches."""


def talk(nova: Nova, *texts: str) -> Any:
    """A conversation of the operator's own, as the intake leaves it."""
    made = uuid4()
    with nova.db.transaction() as conn:
        conn.execute(
            "INSERT INTO conversations (conversation_id, source, session_key, purposes, started_at, last_at, turns, digest)"
            " VALUES (%s, 'nova', %s, '{service,analytics}', %s, %s, %s, %s)",
            (made, str(made), NOW, NOW, len(texts), made.hex),
        )
        for seq, text in enumerate(texts):
            insert = "INSERT INTO turns (conversation_id, seq, role, ts, text, digest) VALUES (%s, %s, 'user', %s, %s, '')"
            conn.execute(insert, (made, seq, NOW, text))
    return made


def found(nova: Nova) -> list[Any]:
    return [one.conversation_id for one in search(nova.index_room, "Abschlag", TalkFilter(), 5)]


@pytest.mark.parametrize("index", [False, True], ids=["without the index", "with the index"])
def test_they_are_there_again_after_a_restart_and_a_restore(index: bool) -> None:
    with short_folder() as folder:
        settings = Settings(NOVA_DATA=folder / "data", NOVA_SNAPSHOT_EVERY=0)
        beside = settings.NOVA_DATA / "index-conversations"
        with open_nova(settings) as nova:
            catch_up(nova.index_room, nova.jobs)
            assert not beside.exists()  # nobody spoke yet
            first = talk(nova, "Warum ist mein Abschlag so hoch?")
            assert ingest(talk_room_of(nova), Context()).new == 1
            assert found(nova) == [first] and beside.exists()
        with open_nova(settings) as nova:
            assert catch_up(nova.index_room, nova.jobs) is None and found(nova) == [first]
            made = maker_of(nova).take(Wish(index=index), silent)
            assert (made.counts["items"], made.documents) == (1, 0)  # a conversation is no document
            second = talk(nova, "Mein Abschlag steigt.")
            assert ingest(talk_room_of(nova), Context()).new == 1
        restored = Settings(NOVA_DATA=folder / "else", NOVA_SNAPSHOT_EVERY=0)
        came = restore(Path(settings.NOVA_DATA, "snapshots", made.file), archive.Key(), restored, silent)
        assert came.manifest["documents"] == 0 and came.findings.problems == ()
        with open_nova(restored) as nova:
            assert found(nova) == [first] and missing(nova.index_room, still=True) == 0
            assert nova.index.health()["conversations"] == 1 and second not in found(nova)
