"""Passages get their vectors and the index takes them in, whatever is killed, absent or changed meanwhile."""

from contextlib import closing

import pytest

from nova.engines.models.embed import OllamaEmbedder
from nova.errors import Busy, JobCancelled, JobWaits, ServerAbsent
from nova.knowledge import masked
from nova.knowledge.dense import DenseRoom, fill, state, wording
from nova.knowledge.index import Rebuild, drain, rebuild
from nova.records import Scope
from nova.store.documents import embeddings
from nova.store.postgres.holder import FILLING, INDEX_OWNER, alone, hold
from tests.fakes import running
from tests.fakes.embedder import WordEmbedder
from tests.fakes.embeddings import POISON, vector
from tests.fakes.memory import MemoryIndex
from tests.fakes.models import serving
from tests.rooms.knowledge.house import LAW, House

pytestmark = pytest.mark.slow


class Context(running.Context):
    """A job that can be told to stop at a stage, when it comes to it for the so manieth time."""

    def __init__(self, stop_at: str = "", times: int = 1) -> None:
        super().__init__(hear=self._stop)
        self.stop_at, self.times = stop_at, times

    def _stop(self, stage: str) -> None:
        if stage == self.stop_at:
            self.times -= 1
            if self.times <= 0:
                raise JobCancelled("Schluss.")


def dense(house: House, embedder: WordEmbedder | None = None) -> DenseRoom:
    return DenseRoom(house.room, embedder or WordEmbedder())


def nearest(house: House, text: str, limit: int = 1) -> list[str]:
    """The words of the passages nearest to a text."""
    hits = house.index.near(vector(text, house.index.dense_size), Scope(), limit)
    rows = house.database.fetch_all("SELECT chunk_id, text FROM item_chunks")
    texts = {row["chunk_id"]: row["text"] for row in rows}
    return [texts[hit.chunk_id] for hit in hits]


def model_state(house: House, model: str = "sinn") -> str:
    known, _ = state(house.room, model)
    return known.state if known else "unknown"


def test_every_passage_gets_its_vector_and_can_be_found_by_it(house: House) -> None:
    house.add(LAW)
    result = fill(dense(house), Context())
    assert result == {"embedded": 2, "passages": 2, "without": 0, "unweighed": False}
    assert (model_state(house), house.index.dense_size) == ("live", 48)
    assert "Prüfung dauert" in nearest(house, "Prüfung dauert Stunden")[0]


def test_a_second_time_there_is_nothing_to_do(house: House) -> None:
    house.add(LAW)
    embedder = WordEmbedder()
    fill(dense(house, embedder), Context())
    before = len(embedder.asked)
    assert fill(dense(house, embedder), Context())["embedded"] == 0
    assert len(embedder.asked) == before + 1  # the word that asks for the dimension


def test_new_passages_join_and_deleted_ones_leave(house: House) -> None:
    first, embedder = house.add(LAW), WordEmbedder()
    fill(dense(house, embedder), Context())
    house.add(LAW.replace("Musterlampen", "Probelampen").replace("drei Jahre", "fünf Jahre"), "zwei.md")
    assert len(house.index.near(vector("Lampen"), Scope(), 9)) == 2
    assert fill(dense(house, embedder), Context())["embedded"] == 2
    assert "Probelampen" in nearest(house, "Probelampen im Netzgebiet")[0]
    house.database.execute("DELETE FROM items WHERE item_id = %s", (first,))
    assert house.database.fetch_one("SELECT count(*) AS n FROM chunk_embeddings") == {"n": 2}


def test_a_silent_model_leaves_what_is_done_and_the_lexical_search_alone(house: House) -> None:
    body = "Die Musterlampe Nummer {0} wird geprüft, und zwar von einem Sachverständigen, der sie seit {0} Jahren kennt. "
    house.add("# Handbuch\n\n" + "\n\n".join(f"## § {number} Lampe\n\n{body.format(number) * 8}" for number in range(1, 31)))
    embedder = WordEmbedder()
    embedder.dies_after = 20
    with pytest.raises(ServerAbsent):
        fill(dense(house, embedder), Context())
    _, done = state(house.room, "sinn")
    assert 0 < done.seen < done.total
    assert (model_state(house), house.index.dense_size, house.counts()["outbox"]) == ("filling", 0, 0)
    embedder.dies_after = 10**9
    fill(dense(house, embedder), Context())
    assert model_state(house) == "live"
    assert len(set(embedder.asked)) - 1 == done.total


@pytest.mark.parametrize(("stage", "times"), [("einbetten", 1), ("einbetten", 2), ("aufbauen", 1), ("aufbauen", 2)])
def test_a_stop_at_any_stage_is_made_good(house: House, stage: str, times: int) -> None:
    house.add(LAW)
    with pytest.raises(JobCancelled):
        fill(dense(house), Context(stage, times))
    assert house.index.count() == 2
    assert fill(dense(house), Context())["embedded"] in (0, 2)
    assert (model_state(house), len(house.index.near(vector("Prüfung"), Scope(), 9))) == ("live", 2)


def test_another_model_takes_over_once_it_is_complete(house: House) -> None:
    house.add(LAW)
    fill(dense(house), Context())
    other = WordEmbedder("sinn-gross", 24)
    other.dies_after = 1
    with pytest.raises(ServerAbsent):
        fill(dense(house, other), Context())
    assert (model_state(house), len(house.index.near(vector("Prüfung"), Scope(), 9))) == ("live", 2)
    other.dies_after = 10**9
    fill(dense(house, other), Context())
    assert (model_state(house), model_state(house, "sinn-gross"), house.index.dense_size) == ("filling", "live", 24)
    assert len(house.index.near(vector("Prüfung", 24), Scope(), 9)) == 2
    assert house.database.fetch_one("SELECT count(*) AS n FROM chunk_embeddings WHERE model = 'sinn'") == {"n": 0}


def test_vectors_of_two_models_of_one_size_never_meet(house: House) -> None:
    house.add(LAW)
    fill(dense(house), Context())
    with pytest.raises(JobCancelled):
        fill(dense(house, WordEmbedder("zweites")), Context("aufbauen", 1))
    with house.database.transaction() as conn:
        indexed = embeddings.indexed(conn)
    assert indexed is not None and (indexed.model, indexed.state) == ("zweites", "loading")
    assert house.index.near(vector("Prüfung"), Scope(), 9) == []
    fill(dense(house), Context())
    assert (model_state(house), model_state(house, "zweites")) == ("live", "filling")


def test_a_model_that_changes_while_nova_runs_is_made_good_without_a_restart(house: House) -> None:
    house.add(LAW)
    with serving("ollama") as server:
        embedder = OllamaEmbedder(server.url, "sinn")
        room = DenseRoom(house.room, embedder)
        fill(room, Context())
        server.dimension = 24
        assert fill(room, Context())["embedded"] == 2
        embedder.close()
    known, done = state(house.room, "sinn")
    assert known is not None and (known.dimension, known.state, done.seen) == (24, "live", 2)


def test_a_model_that_changes_under_its_name_begins_anew(house: House) -> None:
    house.add(LAW)
    fill(dense(house), Context())
    with house.database.transaction() as conn:
        small = embeddings.register(conn, "sinn", 48)
        embeddings.set_weight(conn, small, 0.3, {"weight": 0.3})
    fill(dense(house, WordEmbedder(dimension=24)), Context())
    with pytest.raises(Busy), house.database.transaction() as conn:
        embeddings.set_weight(conn, small, 0.5, {"weight": 0.5})
    known, done = state(house.room, "sinn")
    assert known is not None and (known.dimension, known.weight, known.measured, done.seen) == (24, 0.0, {}, 2)
    assert len(house.index.near(vector("Prüfung", 24), Scope(), 9)) == 2


def test_a_passage_the_model_takes_in_no_form_holds_nothing_up(house: House) -> None:
    house.add(LAW + f"\n## § 3 Stoffe\n\nDas Wort {POISON} steht hier.\n")
    result = fill(dense(house), Context())
    assert (result["without"], result["passages"]) == (1, 3)
    assert (len(house.index.near(vector("Prüfung"), Scope(), 9)), house.index.count()) == (2, 3)


def test_a_rebuild_keeps_the_vectors_without_asking_the_model(house: House) -> None:
    house.add(LAW)
    embedder = WordEmbedder()
    fill(dense(house, embedder), Context())
    before = len(embedder.asked)
    house.index.points, house.index.dense_size = {}, 0
    rebuild(house.room, Rebuild(), Context())
    assert (house.index.dense_size, len(house.index.near(vector("Prüfung"), Scope(), 9)), len(embedder.asked)) == (48, 2, before)


def test_points_are_the_same_without_a_model(house: House) -> None:
    house.add(LAW)
    assert all(point.dense is None for point in house.index.points.values())
    assert house.index.near(vector("Prüfung"), Scope(), 9) == []


def test_two_at_once_do_not_both_fill(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nova.store.postgres.holder.MOMENT", 0.0)
    house.add(LAW)
    with alone(house.database, FILLING), pytest.raises(JobWaits):
        fill(dense(house), Context())
    assert fill(dense(house), Context())["embedded"] == 2


def test_the_title_is_no_part_of_what_is_embedded() -> None:
    assert wording(("MusterV", "Teil 1", "§ 2 Prüfung"), "Alle drei Jahre.") == "Teil 1 – § 2 Prüfung\nAlle drei Jahre."
    assert wording(("MusterV",), "Alle drei Jahre.") == "Alle drei Jahre."


def test_the_owner_of_the_built_in_index_fills_too(house: House) -> None:
    house.add(LAW)
    owner = hold(house.database, INDEX_OWNER, 0)
    assert owner is not None
    with closing(owner):
        assert fill(dense(house), Context())["embedded"] == 2


def test_vectors_keep_their_values_in_postgres() -> None:
    values = (0.5, -0.25, 0.0, 1.0)
    assert embeddings.unpack(embeddings.pack(values)) == values


def test_masked_headings_are_hidden_from_their_own_passages_only(house: House) -> None:
    text = "# Handbuch\n\n" + "\n\n".join(
        f"## § {number} Regel über Gegenstand {number}\n\nDieser Absatz sagt, was gilt, und zwar Fall {number}." for number in range(1, 9)
    )
    house.add(text)
    room = dense(house)
    fill(room, Context())
    corpus = masked.read(room, most=3)
    assert len(corpus.probes) == 3
    index = MemoryIndex(48)
    masked.fill(index, room, "sinn", corpus, Context())
    assert index.count() == house.index.count()
    for chunk_id, point in index.points.items():
        same = point.lexical == house.index.points[chunk_id].lexical
        assert same is (chunk_id not in corpus.masks)
        assert (point.dense == house.index.points[chunk_id].dense) is same
    assert drain(house.room) == 0


def test_a_large_corpus_is_measured_on_some_of_it(house: House) -> None:
    house.add("# Handbuch\n\n" + "\n\n".join(f"## § {at} Regel über Gegenstand {at}\n\nDas ist Fall {at}." for at in range(1, 9)))
    room = dense(house)
    fill(room, Context())
    corpus = masked.read(room, most=3, beside=2)
    index = MemoryIndex(48)
    masked.fill(index, room, "sinn", corpus, Context())
    assert set(index.ids()) == corpus.passages
    assert (index.count(), len(corpus.passages - corpus.masks.keys())) == (5, 2)


def test_masked_passages_take_no_vectors_of_another_model(house: House) -> None:
    house.add("# Handbuch\n\n" + "\n\n".join(f"## § {at} Regel über Gegenstand {at}\n\nDas ist Fall {at}." for at in range(1, 4)))
    fill(dense(house), Context())
    other = dense(house, WordEmbedder(dimension=24))
    with pytest.raises(Busy, match="inzwischen ein anderes"):
        masked.fill(MemoryIndex(48), other, "sinn", masked.read(other), Context())


def test_repeated_short_and_repealed_headings_are_no_questions(house: House) -> None:
    headings = ("§ 1 Haftung", "§ 2 Rechte des Kunden", "§ 3 Rechte des Kunden", "§ 4 (weggefallen)")
    house.add("# Handbuch\n\n" + "\n\n".join(f"## {heading}\n\nText." for heading in headings))
    assert masked.read(dense(house)).probes == []
