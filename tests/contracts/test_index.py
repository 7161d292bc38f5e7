"""The contract of `nova.ports.Index`: on Edge, on the server engine over a fake of Qdrant, and on a reference in plain Python."""

import math
import random
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nova.engines.vectors.apart import ApartIndex
from nova.engines.vectors.index import EdgeIndex
from nova.engines.vectors.server import QdrantIndex
from nova.ports import Index
from nova.records import Point, Scope, SparseVector
from tests.fakes.memory import MemoryIndex
from tests.fakes.qdrant import serving

MEMORY_DISK = Path("/dev/shm")  # these tests are about results, not about the disk


@contextmanager
def opened(engine: str, dense_size: int = 0) -> Iterator[Index]:
    """An engine on an empty place of its own."""
    if engine == "memory":
        yield MemoryIndex(dense_size)
    elif engine == "apart":
        yield ApartIndex(MemoryIndex(dense_size), MemoryIndex, there=True, dense_size=dense_size)
    elif engine == "edge":
        place = tempfile.TemporaryDirectory(dir=MEMORY_DISK if MEMORY_DISK.is_dir() else None)
        with place as folder, EdgeIndex(Path(folder) / "index", dense_size=dense_size) as index:
            yield index
    else:
        with serving() as server:
            index = QdrantIndex(server.url, "nova", dense_size=dense_size)
            yield index
            index.close()


ENGINES = ("memory", "apart", "edge", "server")


@pytest.fixture(params=ENGINES)
def index(request: pytest.FixtureRequest) -> Iterator[Index]:
    with opened(request.param) as index:
        yield index


@pytest.fixture(params=ENGINES)
def dense_index(request: pytest.FixtureRequest) -> Iterator[Index]:
    with opened(request.param, 3) as index:
        yield index


ITEM, OTHER_ITEM, ANNA, BERND = (UUID(int=number) for number in (1, 2, 11, 12))


def point(terms: dict[int, float], **fields: Any) -> Point:
    base = Point(uuid4(), ITEM, vector(terms), kind="document", tags=(), owner=None, valid_from=100, valid_to=None)
    return replace(base, **fields)


def vector(terms: dict[int, float]) -> SparseVector:
    return SparseVector(tuple(sorted(terms)), tuple(terms[term] for term in sorted(terms)))


def at(millisecond: float) -> datetime:
    return datetime.fromtimestamp(millisecond / 1000, UTC)


def found(index: Index, scope: Scope, terms: dict[int, float] | None = None) -> set[UUID]:
    return {hit.chunk_id for hit in index.search(vector(terms or {7: 1.0}), scope, 50)}


def test_the_rare_word_counts_more(index: Index) -> None:
    often, rare = point({7: 1.0}), point({9: 1.0})
    index.upsert([often, rare, point({7: 1.0}), point({7: 1.0})])
    hits = index.search(vector({7: 1.0, 9: 1.0}), Scope(), 2)
    assert hits[0].chunk_id == rare.chunk_id
    assert hits[0].score == pytest.approx(math.log(3.5 / 1.5 + 1), rel=1e-6)
    assert len(hits) == 2


def test_nothing_is_found_for_nothing(index: Index) -> None:
    assert index.search(vector({7: 1.0}), Scope(), 5) == []
    index.upsert([])
    index.upsert([point({7: 1.0})])
    assert index.search(SparseVector((), ()), Scope(), 5) == []
    assert index.search(vector({8: 1.0}), Scope(), 5) == []
    assert index.search(vector({7: 1.0}), Scope(), 0) == []


def test_term_ids_use_all_32_bits(index: Index) -> None:
    high = point({4294967295: 1.0, 0: 1.0})
    index.upsert([high])
    assert found(index, Scope(), {4294967295: 1.0}) == {high.chunk_id}
    assert found(index, Scope(), {0: 1.0}) == {high.chunk_id}


def test_owners_see_the_companys_and_their_own(index: Index) -> None:
    company, annas, bernds = (point({7: 1.0}, owner=owner) for owner in (None, ANNA, BERND))
    index.upsert([company, annas, bernds])
    assert found(index, Scope()) == {company.chunk_id}
    assert found(index, Scope(owner=ANNA)) == {company.chunk_id, annas.chunk_id}


def test_kinds_tags_and_items_narrow_the_search(index: Index) -> None:
    law = point({7: 1.0}, kind="regulation", tags=("enwg", "netz"))
    note = point({7: 1.0}, kind="note", tags=("netz",), item_id=OTHER_ITEM)
    plain = point({7: 1.0})
    index.upsert([law, note, plain])
    assert found(index, Scope(kinds=("regulation", "note"))) == {law.chunk_id, note.chunk_id}
    assert found(index, Scope(tags=("enwg", "gas"))) == {law.chunk_id}
    assert found(index, Scope(tags=("netz",), items=(OTHER_ITEM,))) == {note.chunk_id}
    assert found(index, Scope(items=(ITEM, OTHER_ITEM))) == {law.chunk_id, note.chunk_id, plain.chunk_id}


def test_filters_are_part_of_the_query_not_applied_afterwards(index: Index) -> None:
    wanted = point({7: 0.1}, kind="note")
    index.upsert([point({7: 5.0}) for _ in range(300)] + [wanted])
    assert [hit.chunk_id for hit in index.search(vector({7: 1.0}), Scope(kinds=("note",)), 1)] == [wanted.chunk_id]


def test_a_private_passage_that_joins_public_ones_stays_private(index: Index) -> None:
    company, annas = point({7: 1.0}), point({7: 1.0}, owner=ANNA)
    index.upsert([company])
    assert found(index, Scope()) == {company.chunk_id}
    index.upsert([annas])
    assert found(index, Scope(owner=BERND)) == {company.chunk_id}
    index.delete([annas.chunk_id])
    assert found(index, Scope(owner=BERND)) == {company.chunk_id}


def test_as_of_takes_what_was_valid_then(index: Index) -> None:
    old, new = point({7: 1.0}, valid_from=100, valid_to=200), point({7: 1.0}, valid_from=200)
    index.upsert([old, new])
    assert found(index, Scope()) == {new.chunk_id}
    assert found(index, Scope(as_of=at(99.9))) == set()
    assert found(index, Scope(as_of=at(100))) == {old.chunk_id}
    assert found(index, Scope(as_of=at(199.9))) == {old.chunk_id}
    assert found(index, Scope(as_of=at(200))) == {new.chunk_id}
    assert found(index, Scope(as_of=at(4_000_000_000))) == {new.chunk_id}


def test_upsert_replaces_by_id(index: Index) -> None:
    first = point({7: 1.0})
    index.upsert([first, point({7: 1.0})])
    index.upsert([replace(first, lexical=vector({8: 1.0}), kind="note")])
    assert index.count() == 2
    assert first.chunk_id not in found(index, Scope())
    assert found(index, Scope(kinds=("note",)), {8: 1.0}) == {first.chunk_id}


def test_delete_by_chunk_and_by_item(index: Index) -> None:
    points = [point({7: 1.0}), point({7: 1.0}), point({7: 1.0}, item_id=OTHER_ITEM)]
    index.upsert(points)
    index.delete([points[0].chunk_id, uuid4()])
    assert set(index.ids()) == {points[1].chunk_id, points[2].chunk_id}
    index.delete_items([ITEM, uuid4()])
    assert list(index.ids()) == [points[2].chunk_id]
    index.delete([])
    index.delete_items([])
    assert index.count() == 1


def test_ids_are_all_ids_over_many_pages(index: Index) -> None:
    points = [point({number: 1.0}) for number in range(9000)]
    index.upsert(points)
    assert sorted(index.ids()) == sorted(one.chunk_id for one in points)
    assert index.count() == 9000
    index.clear()
    assert (index.count(), list(index.ids())) == (0, [])
    assert index.search(vector({7: 1.0}), Scope(), 5) == []


def test_health_names_the_engine(index: Index) -> None:
    index.upsert([point({7: 1.0})])
    assert index.health()["points"] == 1
    assert index.health()["name"]


def test_it_wants_to_be_rebuilt_until_it_was(index: Index) -> None:
    assert index.rebuild_needed
    index.upsert([point({7: 1.0})])
    assert index.rebuild_needed
    index.rebuilt()
    assert not index.rebuild_needed
    index.clear()
    assert index.rebuild_needed
    index.rebuilt()
    assert (index.rebuild_needed, index.count()) == (False, 0)


NORTH, EAST, UP = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)


def near(index: Index, vector: tuple[float, ...], scope: Scope, limit: int = 10) -> list[UUID]:
    return [hit.chunk_id for hit in index.near(vector, scope, limit)]


def test_near_goes_by_direction_not_by_length(dense_index: Index) -> None:
    north, between, east = (point({7: 1.0}, dense=vector) for vector in (NORTH, (3.0, 4.0, 0.0), EAST))
    dense_index.upsert([north, between, east, point({7: 1.0})])
    hits = dense_index.near((2.0, 0.0, 0.0), Scope(), 10)
    assert [hit.chunk_id for hit in hits] == [north.chunk_id, between.chunk_id, east.chunk_id]
    assert [hit.score for hit in hits] == pytest.approx([1.0, 0.6, 0.0], abs=1e-6)
    assert near(dense_index, NORTH, Scope(), 1) == [north.chunk_id]
    assert near(dense_index, NORTH, Scope(), 0) == []


def test_near_keeps_to_the_scope(dense_index: Index) -> None:
    company, annas = point({7: 1.0}, dense=EAST), point({7: 1.0}, dense=NORTH, owner=ANNA)
    past = point({7: 1.0}, dense=NORTH, valid_to=200)
    note = point({7: 1.0}, dense=UP, kind="note", tags=("netz",), item_id=OTHER_ITEM)
    dense_index.upsert([company, annas, past, note])
    assert set(near(dense_index, NORTH, Scope())) == {company.chunk_id, note.chunk_id}
    assert near(dense_index, NORTH, Scope(owner=ANNA), 1) == [annas.chunk_id]
    assert near(dense_index, NORTH, Scope(as_of=at(150)), 1) == [past.chunk_id]
    assert near(dense_index, NORTH, Scope(kinds=("note",), tags=("netz",), items=(OTHER_ITEM,))) == [note.chunk_id]


def test_a_dense_vector_that_does_not_fit_is_left_out(dense_index: Index, index: Index) -> None:
    fitting, longer = point({7: 1.0}, dense=NORTH), point({7: 1.0}, dense=(1.0, 0.0, 0.0, 0.0))
    dense_index.upsert([fitting, longer])
    assert near(dense_index, NORTH, Scope()) == [fitting.chunk_id]
    assert near(dense_index, (1.0, 0.0), Scope()) == []
    assert found(dense_index, Scope()) == {fitting.chunk_id, longer.chunk_id}
    index.upsert([fitting])
    assert near(index, NORTH, Scope()) == []
    assert found(index, Scope()) == {fitting.chunk_id}


def test_replacing_a_point_takes_its_dense_vector_away(dense_index: Index) -> None:
    first = point({7: 1.0}, dense=NORTH)
    dense_index.upsert([first])
    dense_index.upsert([replace(first, dense=None)])
    assert near(dense_index, NORTH, Scope()) == []
    assert found(dense_index, Scope()) == {first.chunk_id}


def test_room_is_made_in_place(index: Index) -> None:
    first, second = point({7: 1.0}, dense=NORTH), point({7: 1.0, 8: 1.0}, dense=(0.0, 1.0))
    index.upsert([first, second])
    before = index.search(vector({7: 1.0}), Scope(), 10)
    for size, direction, there in ((3, NORTH, first), (2, (0.0, 1.0), second), (3, NORTH, first)):
        index.make_room(size)
        assert index.dense_size == size
        assert near(index, direction, Scope()) == []
        index.upsert([first, second])
        assert near(index, direction, Scope()) == [there.chunk_id]
    index.make_room(3)
    assert near(index, NORTH, Scope()) == []
    index.make_room(0)
    assert (index.dense_size, index.count()) == (0, 2)
    assert [hit.chunk_id for hit in index.search(vector({7: 1.0}), Scope(), 10)] == [hit.chunk_id for hit in before]


def test_searches_go_on_while_one_writes(index: Index) -> None:
    index.upsert([point({7: 1.0}) for _ in range(50)])
    done = threading.Event()

    def read() -> int:
        least = 10
        while not done.is_set():
            least = min(least, len(index.search(vector({7: 1.0}), Scope(), 10)))
        return least

    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read) for _ in range(4)]
        try:
            for number in range(20):
                index.upsert([point({7: 1.0, 100 + number: 1.0}) for _ in range(20)])
                index.delete(list(index.ids())[:5])
            index.settle()
        finally:
            done.set()
        assert [reader.result() for reader in readers] == [10, 10, 10, 10]
    assert index.count() == 50 + 20 * 20 - 20 * 5


TERMS = st.dictionaries(st.integers(1, 12), st.integers(1, 40).map(lambda n: n / 8), min_size=1, max_size=6)
KINDS = st.sampled_from(["document", "regulation", "note"])
TAGS = st.lists(st.sampled_from(["a", "b", "c"]), max_size=2, unique=True).map(tuple)
POINTS = st.builds(
    Point,
    chunk_id=st.integers(1, 25).map(lambda number: UUID(int=number)),
    item_id=st.sampled_from([ITEM, OTHER_ITEM]),
    lexical=TERMS.map(vector),
    kind=KINDS,
    tags=TAGS,
    owner=st.sampled_from([None, None, ANNA, BERND]),
    valid_from=st.integers(0, 10),
    valid_to=st.one_of(st.none(), st.integers(11, 20)),
)
SCOPES = st.builds(
    Scope,
    owner=st.sampled_from([None, ANNA]),
    kinds=st.lists(KINDS, max_size=2, unique=True).map(tuple),
    tags=TAGS,
    items=st.lists(st.sampled_from([ITEM, OTHER_ITEM]), max_size=1).map(tuple),
    as_of=st.one_of(st.none(), st.integers(0, 22).map(at)),
)
CHANGES = st.one_of(
    st.tuples(st.just("upsert"), st.lists(POINTS, min_size=1, max_size=12, unique_by=lambda one: one.chunk_id)),
    st.tuples(st.just("delete"), st.lists(st.integers(1, 25).map(lambda number: UUID(int=number)), max_size=6, unique=True)),
    st.tuples(st.just("delete_items"), st.just([OTHER_ITEM])),
    st.tuples(st.just("pack"), st.none()),
)


@pytest.fixture(scope="module")
def engines() -> Iterator[dict[str, Index]]:
    with ExitStack() as stack:
        yield {name: stack.enter_context(opened(name, 2)) for name in ("edge", "server")}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(CHANGES, min_size=1, max_size=8), questions=st.lists(st.tuples(TERMS, SCOPES), min_size=1, max_size=4))
def test_ranking_and_scores_equal_the_reference(engines: dict[str, Index], changes: list[Any], questions: list[Any]) -> None:
    reference = MemoryIndex()
    for index in engines.values():
        index.delete(list(index.ids()))
    for name, argument in changes:
        for index in (reference, *engines.values()):
            if name != "pack":
                getattr(index, name)(argument)
            elif isinstance(index, EdgeIndex):
                index.pack()
    for index in engines.values():
        assert set(index.ids()) == set(reference.ids())
        for terms, scope in questions:
            _same(index, reference, vector(terms), scope)


def _same(index: Index, reference: MemoryIndex, asked: SparseVector, scope: Scope) -> None:
    theirs = reference.search(asked, scope, 50)
    assert {hit.chunk_id: hit.score for hit in index.search(asked, scope, 50)} == {
        hit.chunk_id: pytest.approx(hit.score, rel=1e-5) for hit in theirs
    }
    scores = [hit.score for hit in index.search(asked, scope, 5)]
    assert scores == pytest.approx([hit.score for hit in theirs[:5]], rel=1e-5)


def test_edge_and_server_give_the_same_order(engines: dict[str, Index]) -> None:
    dice = random.Random(3)
    made = [
        point({dice.randrange(200): dice.uniform(0.1, 3) for _ in range(20)}, dense=(dice.uniform(-1, 1), dice.uniform(-1, 1)))
        for _ in range(300)
    ]
    for index in engines.values():
        index.delete(list(index.ids()))
        index.upsert(made)
        index.upsert(made[:100])
        index.delete([one.chunk_id for one in made[250:]])
    for _ in range(20):
        asked = vector({dice.randrange(200): dice.uniform(0.1, 3) for _ in range(10)})
        direction = (dice.uniform(-1, 1), dice.uniform(-1, 1))
        edge, server = (index.search(asked, Scope(), 60) for index in engines.values())
        assert [hit.chunk_id for hit in edge] == [hit.chunk_id for hit in server]
        assert [hit.score for hit in edge] == pytest.approx([hit.score for hit in server], rel=1e-5)
        edge, server = (index.near(direction, Scope(), 20) for index in engines.values())
        assert [hit.chunk_id for hit in edge] == [hit.chunk_id for hit in server]
