"""What people see of an embedding model: its state, its name, its measurement; nothing of it without one."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from nova.knowledge.dense import DenseRoom
from nova.store.documents import embeddings
from tests.api.house import Door
from tests.fakes.embedder import WordEmbedder


@pytest.fixture
def embedder(door: Door) -> Iterator[WordEmbedder]:
    made = WordEmbedder()
    door.nova.dense = DenseRoom(door.nova.index_room, made)
    yield made
    door.nova.dense = None
    door.nova.db.execute("DELETE FROM embedding_models")


def service(door: Door) -> dict[str, str]:
    return dict(door.admin("GET", "/api/v1/admin/health").json()["data"]["services"].get("embed", {}))


def test_without_a_model_nothing_is_said_of_one(door: Door) -> None:
    assert service(door) == {}
    assert door.admin("GET", "/api/v1/system/info").json()["data"]["models"]["embed"] is None
    refused = door.admin("POST", "/api/v1/admin/weigh", json={})
    assert (refused.status_code, refused.json()["data"]["code"]) == (409, "conflict")


def test_the_model_is_named_with_how_far_it_is_and_what_it_is_worth(door: Door, embedder: WordEmbedder) -> None:
    assert door.admin("GET", "/api/v1/system/info").json()["data"]["models"]["embed"] == "sinn"
    assert "Passagen eingebettet" in service(door)["detail"]
    with door.nova.db.transaction() as conn:
        model = embeddings.register(conn, "sinn", 48)
        embeddings.set_loading(conn, "sinn")
        embeddings.set_live(conn, "sinn")
    assert "noch nicht gemessen" in service(door)["detail"]
    with door.nova.db.transaction() as conn:
        embeddings.set_weight(conn, model, 0.3, {"weight": 0.3})
    assert service(door)["status"] == "ok"
    assert "Gewicht 0,3" in service(door)["detail"]
    embedder.note = "Versteht kein Deutsch."
    assert "Versteht kein Deutsch." in service(door)["detail"]


def test_a_silent_model_only_degrades(door: Door, embedder: WordEmbedder) -> None:
    embedder.absent = True
    assert service(door)["status"] == "degraded"
    assert "Das Modell schweigt. Die Suche geht solange ohne Einbettungen." in service(door)["detail"]


def test_a_measurement_is_a_job_with_the_questions_given(door: Door, embedder: WordEmbedder) -> None:
    item = str(uuid4())
    asked = {"questions": [{"question": "Wer haftet?", "places": [{"item_id": item, "section": "§ 1"}]}]}
    job_id = door.admin("POST", "/api/v1/admin/weigh", json=asked).json()["data"]["job_id"]
    row = door.nova.db.fetch_one("SELECT kind, args FROM jobs WHERE job_id = %s", (job_id,))
    assert row == {"kind": "weigh", "args": asked}
    for wrong in ({"questions": [{"question": "", "places": []}]}, {"questions": [{"question": "a"}]}, {"frage": "a"}):
        assert door.admin("POST", "/api/v1/admin/weigh", json=wrong).status_code == 400
