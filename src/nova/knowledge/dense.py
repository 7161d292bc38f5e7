"""Stored passages and an embedding model in, dense vectors in Postgres and in the index out. Nothing else waits for it.

First every passage gets its vector; only then does the index take in the model's vectors and let go of another's, so that likeness
counts for all passages or for none. Each step may be repeated after a kill.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nova.errors import ServerAbsent
from nova.knowledge.analysers import Superseded
from nova.knowledge.index import IndexRoom, drain, with_live
from nova.knowledge.prepare import ToVectorise, vectorise
from nova.ports import Embedder
from nova.ports.jobs import JobContext
from nova.store.documents import embeddings, outbox
from nova.store.documents.chunks import FIRST, ToIndex
from nova.store.documents.embeddings import EmbeddingModel
from nova.store.postgres.holder import FILLING, alone

BATCH = 16
PROBE = "Netzanschluss"
WORTH_MEASURING = 40  # passages; fewer have too few headings for a verdict


@dataclass(frozen=True, slots=True)
class DenseRoom:
    """What giving passages their vectors needs."""

    index: IndexRoom
    embedder: Embedder


def fill(room: DenseRoom, ctx: JobContext) -> Mapping[str, Any]:
    """Give every passage its vector and the index what it lacks of them; ServerAbsent and Busy leave what is done so far.

    Gives `embedded`, and `unweighed` when the model's worth is to be measured (see `unweighed`). JobWaits while another job does it.
    """
    with alone(room.index.db, FILLING):
        model = _known(room)
        embedded = _embed_missing(room, model, ctx)
        if model.state != "live" or room.index.index.dense_size != model.dimension:
            _load(room, model, ctx)
    with room.index.db.transaction() as conn:
        count = embeddings.filled(conn, model.model)
    return {"embedded": embedded, "passages": count.total, "without": count.without, "unweighed": unweighed(model, count)}


def state(room: IndexRoom, model: str) -> tuple[EmbeddingModel | None, embeddings.EmbeddingProgress]:
    """What is known of a model and how far its vectors are."""
    with room.db.transaction() as conn:
        return embeddings.get(conn, model), embeddings.filled(conn, model)


def behind(room: DenseRoom) -> bool:
    """Whether there is something to do: passages without a vector, an index without the model's, or no measurement yet."""
    model, count = state(room.index, room.embedder.model)
    return model is None or model.state != "live" or count.seen < count.total or unweighed(model, count)


def unweighed(model: EmbeddingModel, count: embeddings.EmbeddingProgress) -> bool:
    """Whether to measure what a model is worth: when nobody has, and again on twice as many passages; not after people's own questions."""
    last = model.measured
    if last.get("settled") and last.get("given"):
        return False
    return count.total >= max(WORTH_MEASURING, 2 * int(last.get("passages", 0)))


def wording(path: Sequence[str], text: str) -> str:
    """What of a passage the model reads: the headings below the title, then its words. The title may change without a new version."""
    return "\n".join([" – ".join(part for part in path[1:] if part), text]).strip()


def embed(embedder: Embedder, rows: Sequence[ToIndex], dimension: int) -> list[tuple[float, ...] | None]:
    """The vectors of passages, in order; Busy when they are of another size."""
    vectors = embedder.passages([wording(row.path, row.text) for row in rows])
    if any(vector is not None and len(vector) != dimension for vector in vectors):
        raise embeddings.other_model()
    return vectors


def _known(room: DenseRoom) -> EmbeddingModel:
    """The model, with the dimension of its first answer."""
    (vector,) = room.embedder.passages([PROBE])
    if vector is None:
        raise ServerAbsent(f"Das Einbettungsmodell „{room.embedder.model}“ nimmt keinen Text an.")
    with room.index.db.transaction() as conn:
        return embeddings.register(conn, room.embedder.model, len(vector))


def _embed_missing(room: DenseRoom, model: EmbeddingModel, ctx: JobContext) -> int:
    with room.index.db.transaction() as conn:
        count = embeddings.filled(conn, model.model)
    done, after, left = 0, FIRST, True
    while left:
        with room.index.db.transaction() as conn:
            rows = embeddings.without_vector(conn, model.model, after, BATCH)
        ctx.progress("einbetten", min(count.seen + done, count.total), count.total)
        if rows:
            _embed_batch(room, model, rows)
        left = bool(rows) or after != FIRST  # new passages may have come behind
        done, after = done + len(rows), rows[-1].chunk_id if rows else FIRST
    return done


def _embed_batch(room: DenseRoom, model: EmbeddingModel, rows: Sequence[ToIndex]) -> None:
    vectors = embed(room.embedder, rows, model.dimension)
    while not _store(room.index, model, rows, vectors):
        continue
    drain(room.index)


def _store(room: IndexRoom, model: EmbeddingModel, rows: Sequence[ToIndex], vectors: Sequence[tuple[float, ...] | None]) -> bool:
    """Keep the vectors and, where the index holds this model's, queue them; False when another analyser became live meanwhile."""
    version, file = room.analysers.file()
    inside = model.state == "live"
    lexical = vectorise(room.children, [ToVectorise(row.title, row.path, row.text, row.norm) for row in rows], file) if inside else []
    try:
        with room.db.transaction() as conn:
            if inside:
                room.analysers.hold(conn, version)
            embeddings.insert(conn, model.model, zip((row.chunk_id for row in rows), vectors, strict=True))
            outbox.add_upserts(conn, [(row.item_id, row.chunk_id, vector) for row, vector in zip(rows, lexical, strict=inside)], version)
    except Superseded:
        return False
    return True


def _load(room: DenseRoom, model: EmbeddingModel, ctx: JobContext) -> None:
    """Let the index take in the model's vectors; until that is done likeness does not count, everything else goes on."""
    with room.index.db.transaction() as conn:
        embeddings.set_loading(conn, model.model)
    room.index.index.make_room(model.dimension)
    with_live(room.index, None, ctx)
    with room.index.db.transaction() as conn:
        embeddings.set_live(conn, model.model)
