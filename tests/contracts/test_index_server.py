"""What only the index on a server has: a server that is away, refuses, lies, forgets or is shared; and whether the fake is like it."""

import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import UUID, uuid4

import httpx
import pytest
from qdrant_client.http import models

from nova.engines.vectors.rest import RestLimits
from nova.engines.vectors.server import QdrantIndex
from nova.errors import Busy, Misconfigured, ServerAbsent
from nova.records import Point, Scope, SparseVector
from tests.fakes.qdrant import QdrantServer, serving

QUICK = RestLimits(connect_s=1, read_s=1, write_s=1, max_bytes=8 * 1024**2)
WORD = SparseVector((7,), (1.0,))


def point(*terms: int) -> Point:
    vector = SparseVector(terms or (7,), (1.0,) * (len(terms) or 1))
    return Point(uuid4(), UUID(int=1), vector, "document", ("a",), None, 100, None)


@pytest.fixture
def server() -> Iterator[QdrantServer]:
    with serving() as running:
        yield running


@pytest.fixture
def index(server: QdrantServer) -> Iterator[QdrantIndex]:
    opened = QdrantIndex(server.url, "nova", limits=QUICK)
    yield opened
    opened.close()


def opened(server: QdrantServer, **more: object) -> QdrantIndex:
    return QdrantIndex(server.url, "nova", limits=QUICK, **more)  # type: ignore[arg-type]


FAULTS = [
    ("500", r"lehnt ab \(Antwort 500\): Service internal error: task 17 panicked\.$"),
    ("503", r"Antwort 503.*Shard temporarily unavailable"),
    ("400", r"Antwort 400.*Wrong input"),
    ("408", "Antwort 408"),
    ("507", "keinen Platz mehr"),
    ("301", "leitet weiter"),
    ("silent", "antwortet nicht rechtzeitig"),
    ("drip", "antwortet nicht rechtzeitig"),
    ("reset", "Verbindung abgebrochen"),
    ("cut", "Verbindung abgebrochen"),
    ("flood", "kein Ende"),
    ("packed", "Verbindung abgebrochen"),
    ("html", "antwortet unverständlich"),
    ("null", "antwortet unverständlich"),
    ("other", "antwortet unverständlich"),
    ("deep", "antwortet unverständlich"),
]


@pytest.mark.parametrize(("mode", "words"), FAULTS)
def test_whatever_goes_wrong_has_a_name_and_passes(server: QdrantServer, index: QdrantIndex, mode: str, words: str) -> None:
    index.upsert([point()])
    server.mode = mode
    began = time.monotonic()
    with pytest.raises(ServerAbsent, match=words) as raised:
        index.search(WORD, Scope(), 5)
    assert raised.value.message.startswith(f"Der Suchindex antwortet nicht: Qdrant unter {server.url} ")
    assert time.monotonic() - began < 2.5
    server.mode = "good"
    assert len(index.search(WORD, Scope(), 5)) == 1


@pytest.mark.parametrize("mode", ["503", "reset", "html", "null", "other"])
def test_every_call_names_its_fault(server: QdrantServer, index: QdrantIndex, mode: str) -> None:
    server.mode = mode
    calls = (
        lambda: index.upsert([point()]),
        lambda: index.delete([uuid4()]),
        lambda: index.delete_items([uuid4()]),
        lambda: list(index.ids()),
        index.count,
        index.clear,
        index.rebuilt,
        index.health,
        lambda: index.rebuild_needed,
    )
    for call in calls:
        with pytest.raises(ServerAbsent):
            call()


def test_a_busy_server_says_when_to_come_back(server: QdrantServer, index: QdrantIndex) -> None:
    server.mode = "429"
    with pytest.raises(Busy) as raised:
        index.upsert([point()])
    assert raised.value.data["retry_after"] == 7


def test_what_a_broken_connection_interrupted_is_sent_again_once(server: QdrantServer, index: QdrantIndex) -> None:
    server.broken_once = 1
    index.upsert([point()])
    server.broken_once = 1
    assert index.count() == 1
    server.broken_once = 2
    with pytest.raises(ServerAbsent, match="abgebrochen"):
        index.count()


def test_a_change_of_room_whose_answer_was_lost_is_not_an_error(server: QdrantServer, index: QdrantIndex) -> None:
    server.mute = {"PUT"}
    index.make_room(4)
    assert index.dense_size == 4
    server.mute = {"DELETE"}
    index.make_room(0)
    assert index.dense_size == 0
    server.mute = {"DELETE", "PUT"}
    index.make_room(4)
    index.make_room(3)
    assert (index.dense_size, server.mute) == (3, set())


def test_it_opens_while_the_server_is_away_and_works_once_it_is_there(server: QdrantServer) -> None:
    server.stop()
    index = opened(server)
    for call in (index.count, index.health, lambda: index.rebuild_needed, lambda: index.search(WORD, Scope(), 5)):
        with pytest.raises(ServerAbsent, match="nicht erreichbar"):
            call()
    server.start()
    assert index.rebuild_needed
    index.upsert([point()])
    server.stop()
    with pytest.raises(ServerAbsent):
        index.count()
    server.start()
    assert index.count() == 1
    index.close()


def test_a_server_that_lost_everything_gets_a_new_collection(server: QdrantServer, index: QdrantIndex) -> None:
    index.upsert([point()])
    index.rebuilt()
    server.lose()
    assert index.search(WORD, Scope(), 5) == []
    assert index.rebuild_needed
    index.upsert([point()])
    assert index.count() == 1
    assert set(server.collections["nova"].fields) == {"owner", "kind", "tags", "item_id", "valid_from", "valid_to"}


def test_a_collection_that_vanished_is_never_marked_whole(server: QdrantServer, index: QdrantIndex) -> None:
    index.upsert([point()])
    server.lose()
    for _ in range(2):
        with pytest.raises(ServerAbsent, match=r"Sammlung|verschwunden"):
            index.rebuilt()
    assert index.rebuild_needed
    index.rebuilt()
    assert not index.rebuild_needed


def test_the_key_is_sent_and_a_wrong_one_is_a_wrong_setting() -> None:
    with serving(key="geheim") as server:
        index = opened(server, key="geheim")
        index.upsert([point()])
        for wrong in ("", "falsch"):
            with pytest.raises(Misconfigured, match="lehnt den Schlüssel ab") as refused:
                opened(server, key=wrong)
            assert "falsch" not in refused.value.message
        server.key = "neu"
        with pytest.raises(ServerAbsent, match="NOVA_QDRANT_KEY"):
            index.count()
        server.key = "geheim"
        assert index.count() == 1


def test_servers_that_cannot_serve_are_refused_at_the_start() -> None:
    with serving(version="1.18.2") as old, pytest.raises(Misconfigured, match=r"1\.18\.2 .* zu alt; Nova braucht 1\.19"):
        opened(old)
    with serving(version="v3 beta") as other, pytest.raises(Misconfigured, match="etwas anderes als Qdrant"):
        opened(other)
    for address in ("http://127.0.0.1:9:9", "http://"):
        with pytest.raises(Misconfigured):
            QdrantIndex(address, "nova", limits=QUICK)


def test_somebody_elses_collection_is_left_alone(server: QdrantServer) -> None:
    httpx.put(f"{server.url}/collections/nova", json={"vectors": {"size": 4, "distance": "Dot"}})
    with pytest.raises(Misconfigured, match="gehört nicht dieser Nova-Installation"):
        opened(server)
    assert server.collections["nova"].dense[""].size == 4


def test_two_installations_do_not_share_a_collection(server: QdrantServer) -> None:
    ours = opened(server, owner="eins")
    ours.upsert([point()])
    with pytest.raises(Misconfigured, match="gehört nicht dieser Nova-Installation"):
        opened(server, owner="zwei")
    again = opened(server, owner="eins")
    assert again.count() == 1
    server.collections["nova"].metadata["nova_installation"] = "zwei"
    with pytest.raises(ServerAbsent, match="NOVA_QDRANT_COLLECTION"):
        again.health()


def test_another_layout_makes_a_new_collection_and_whoever_used_the_old_one_is_told(server: QdrantServer, index: QdrantIndex) -> None:
    index.upsert([point()])
    index.rebuilt()
    server.collections["nova"].metadata["nova_layout"] = 1
    for ask in (index.health, lambda: index.rebuild_needed):
        with pytest.raises(ServerAbsent, match=r"andere Form.*dieselbe Version"):
            ask()
    newer = opened(server)
    assert (newer.count(), newer.rebuild_needed) == (0, True)
    newer.upsert([point()])
    assert newer.count() == 1
    newer.close()


def test_a_process_learns_of_room_that_another_has_made(server: QdrantServer, index: QdrantIndex) -> None:
    other, one = opened(server, dense_size=4), replace(point(), dense=(0.0, 1.0))
    index.upsert([one])
    index.make_room(2)
    assert other.near((0.0, 1.0), Scope(), 5) == []
    other.upsert([one])
    assert [hit.chunk_id for hit in index.near((0.0, 1.0), Scope(), 5)] == [one.chunk_id]
    index.make_room(3)
    assert other.near((0.0, 1.0), Scope(), 5) == []
    other.upsert([one, replace(one, dense=(0.0, 1.0, 0.0))])
    assert len(other.near((0.0, 1.0, 0.0), Scope(), 5)) == 1
    other.close()


def test_many_processes_may_open_it_at_once(server: QdrantServer) -> None:
    start = threading.Barrier(8)

    def open_and_write() -> QdrantIndex:
        start.wait()
        index = opened(server)
        index.upsert([point()])
        return index

    with ThreadPoolExecutor(8) as pool:
        indexes = [task.result() for task in [pool.submit(open_and_write) for _ in range(8)]]
    assert {index.count() for index in indexes} == {8}
    indexes[0].rebuilt()
    assert not any(index.rebuild_needed for index in indexes)
    for index in indexes:
        index.close()


def test_removed_points_do_not_count_in_scores(server: QdrantServer, index: QdrantIndex) -> None:
    kept, gone = [point(7, 9), point(7)], [point(9) for _ in range(30)]
    index.upsert(kept)
    wanted = [(hit.chunk_id, hit.score) for hit in index.search(SparseVector((7, 9), (1.0, 1.0)), Scope(), 5)]
    index.upsert(gone)
    index.delete([one.chunk_id for one in gone])
    assert [(hit.chunk_id, hit.score) for hit in index.search(SparseVector((7, 9), (1.0, 1.0)), Scope(), 5)] == wanted
    plain = {"query": {"indices": [7, 9], "values": [1, 1]}, "using": "lexical", "limit": 5}
    scores = [one["score"] for one in httpx.post(f"{server.url}/collections/nova/points/query", json=plain).json()["result"]["points"]]
    assert scores != pytest.approx([score for _, score in wanted], rel=0.1)


def test_a_missing_package_is_named_with_the_command_that_mends_it(server: QdrantServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "nova.engines.vectors.rest", raising=False)
    monkeypatch.setitem(sys.modules, "qdrant_client", None)
    with pytest.raises(Misconfigured, match=r"pip install 'nova-luna\[qdrant\]'"):
        opened(server)


@pytest.mark.parametrize("crooked", [((7, 7), (1.0, 1.0)), ((7,), (1.0, 2.0)), ((7,), (float("nan"),))])
def test_a_crooked_vector_never_leaves(
    server: QdrantServer, index: QdrantIndex, crooked: tuple[tuple[int, ...], tuple[float, ...]]
) -> None:
    bad = Point(uuid4(), UUID(int=1), SparseVector(*crooked), "document", (), None, 1, None)
    before = len(server.seen)
    with pytest.raises(ValueError, match="unique ids"):
        index.upsert([point(), bad])
    with pytest.raises(ValueError, match="unique ids"):
        index.search(bad.lexical, Scope(), 5)
    assert len(server.seen) == before


ONE = {"id": str(UUID(int=5)), "vector": {"lexical": {"indices": [1, 2], "values": [0.5, 1.0]}}, "payload": {"kind": "note"}}


def test_the_fakes_answers_are_the_documents(server: QdrantServer, index: QdrantIndex) -> None:
    def result(method: str, path: str, body: object = None) -> object:
        answer = httpx.request(method, server.url + path, json=body)
        assert answer.status_code == 200, answer.text
        assert answer.json()["status"] == "ok"
        return answer.json()["result"]

    models.VersionInfo.model_validate(httpx.get(server.url).json())
    models.CollectionsResponse.model_validate(result("GET", "/collections"))
    info = models.CollectionInfo.model_validate(result("GET", "/collections/nova"))
    assert info.config.params.sparse_vectors and info.config.params.sparse_vectors["lexical"].modifier == models.Modifier.IDF
    assert info.config.params.shard_number == 1
    assert info.payload_schema["valid_to"].data_type == models.PayloadSchemaType.INTEGER
    done = models.UpdateResult.model_validate(result("PUT", "/collections/nova/points?wait=true", {"points": [ONE]}))
    assert done.status == models.UpdateStatus.COMPLETED
    later = models.UpdateResult.model_validate(result("PUT", "/collections/nova/points", {"points": [{**ONE, "id": 9}]}))
    assert later.status == models.UpdateStatus.ACKNOWLEDGED
    assert models.CountResult.model_validate(result("POST", "/collections/nova/points/count", {"exact": True})).count == 1
    page = models.ScrollResult.model_validate(result("POST", "/collections/nova/points/scroll", {"limit": 1, "with_payload": True}))
    assert page.points[0].payload == {"kind": "note"}
    asked = {"query": {"nearest": {"indices": [1], "values": [1.0]}}, "using": "lexical"}
    models.QueryResponse.model_validate(result("POST", "/collections/nova/points/query", asked))


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "words"),
    [
        ("GET", "/collections/none", None, 404, "Not found: Collection `none` doesn't exist!"),
        ("PUT", "/collections/nova", {"vectors": {}}, 409, "already exists"),
        ("PUT", "/collections/new", {"vectors": {"size": 3}}, 400, "Format error in JSON body"),
        ("PUT", "/collections/nova/points", {"points": [{**ONE, "id": "x"}]}, 400, "not a valid point ID"),
        (
            "PUT",
            "/collections/nova/points",
            {"points": [{**ONE, "vector": {"dense": [1.0]}}]},
            400,
            "Not existing vector name error: dense",
        ),
        (
            "PUT",
            "/collections/nova/points",
            {"points": [{**ONE, "vector": {"lexical": {"indices": [1, 1], "values": [1, 2]}}}]},
            422,
            "must be unique",
        ),
        ("POST", "/collections/nova/points/query", {"query": [1.0], "using": "lexical"}, 400, "vector name"),
    ],
)
def test_the_fakes_refusals_are_the_servers(
    server: QdrantServer, index: QdrantIndex, method: str, path: str, body: object, status: int, words: str
) -> None:
    answer = httpx.request(method, server.url + path + "?wait=true", json=body)
    assert answer.status_code == status
    assert words in answer.json()["status"]["error"]


def test_the_fake_checks_dimensions_and_keys() -> None:
    with serving(key="geheim") as server:
        assert httpx.get(server.url).status_code == 200
        assert httpx.get(f"{server.url}/collections").status_code == 401
        assert httpx.get(f"{server.url}/collections", headers={"api-key": "falsch"}).status_code == 403
        index = opened(server, key="geheim", dense_size=3)
        wrong = {"points": [{**ONE, "vector": {"dense": [1.0, 2.0]}}]}
        answer = httpx.put(f"{server.url}/collections/nova/points?wait=true", json=wrong, headers={"api-key": "geheim"})
        assert (answer.status_code, answer.json()["status"]["error"]) == (
            400,
            "Wrong input: Vector dimension error: expected dim: 3, got 2",
        )
        index.close()
