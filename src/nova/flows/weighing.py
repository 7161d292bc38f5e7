"""An embedding model's worth, measured on this installation's own documents and kept; a model counts by that alone.

What was measured says on how many `passages`, whether the questions were enough for a verdict (`settled`), and whether people had `given`
any of them.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from nova.answers.passages.shelf import Shelf
from nova.answers.search.retrieve import Memory, Sources
from nova.answers.search.weigh import FEWEST, EvaluationQuestion, Outcome, choose, outcomes
from nova.answers.understand.vocabulary import Vocabulary
from nova.errors import Conflict
from nova.flows.learning.probes import MaskedShelf, sections_at
from nova.knowledge.dense import DenseRoom, fill, state
from nova.knowledge.kinds import INGEST, WEIGH
from nova.knowledge.masked import Corpus, read
from nova.knowledge.masked import fill as fill_masked
from nova.ports import Index
from nova.ports.jobs import JobContext, Jobs
from nova.store.documents import embeddings
from nova.store.documents.embeddings import EmbeddingModel
from nova.store.postgres.holder import MEASURING, alone
from nova.store.talk.answers import StoredAnswers

AFTER_FAILURE = timedelta(days=1)
HEADINGS, QUESTIONS = "Überschriften", "Fragen"


@dataclass(frozen=True, slots=True)
class Bench:
    """What measuring needs; `scratch` opens an empty index in a folder below `folder`, with room for vectors of a size."""

    dense: DenseRoom
    vocabulary: Callable[[], Vocabulary]
    scratch: Callable[[Path, int], Index]
    folder: Path


def weigh(bench: Bench, ctx: JobContext) -> None:
    """Measure the model and keep what that gave, in the transaction that ends the job. Conflict without vectors; JobWaits."""
    fill(bench.dense, ctx)
    with alone(bench.dense.index.db, MEASURING) as right:
        model, result = _measured(bench, ctx)
        right.confirm()
        with bench.dense.index.db.transaction() as conn:
            embeddings.set_weight(conn, model, result["weight"], result)
            ctx.finish(result, connection=conn)


def _measured(bench: Bench, ctx: JobContext) -> tuple[EmbeddingModel, Mapping[str, Any]]:
    model, passages = _live(bench.dense)
    with _own_folder(bench.folder) as folder:
        seen = list(_measure(replace(bench, folder=folder), model, ctx))
    return model, choose(seen) | {
        "model": model.model,
        "dimension": model.dimension,
        "note": bench.dense.embedder.note,
        "passages": passages,
        "settled": len(seen) >= FEWEST,
        "given": any(one.group == QUESTIONS for one in seen),
    }


def start_weighing(jobs: Jobs) -> UUID | None:
    """Start the job unless one waits or runs, one has failed lately, or documents are still on their way."""
    if jobs.list(states=("queued", "running"), kind=INGEST.name, limit=1):
        return None
    for last in jobs.list(kind=WEIGH.name, limit=1):
        if last.state in ("failed", "cancelled") and datetime.now(UTC) - last.created_at < AFTER_FAILURE:
            return None
    started = jobs.start_once(WEIGH)
    return started.job_id if started.new else None


@contextmanager
def _own_folder(folder: Path) -> Iterator[Path]:
    """A new folder below this one; what killed measurements left there goes first, as far as it can be removed."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in folder.iterdir():
        shutil.rmtree(left, ignore_errors=True)
    with TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as own:
        yield Path(own)


def _live(room: DenseRoom) -> tuple[EmbeddingModel, int]:
    """The model, and how many passages there are."""
    model, count = state(room.index, room.embedder.model)
    if model is None or model.state != "live":
        raise Conflict("Die Passagen haben noch keine Vektoren dieses Modells.")
    return model, count.total


def _measure(bench: Bench, model: EmbeddingModel, ctx: JobContext) -> Iterator[Outcome]:
    corpus = read(bench.dense)
    shelf = StoredAnswers(bench.dense.index.db)
    probes = [EvaluationQuestion(HEADINGS, probe.words, (frozenset({probe.section_id}),)) for probe in corpus.probes]
    asked = [EvaluationQuestion(QUESTIONS, text, right) for text, right in _questions(ctx.args, corpus) if right]
    with _masked_index(bench, model, corpus, ctx) as index:
        yield from _counted(probes, _sources(bench, index, MaskedShelf(shelf, corpus)), bench, ctx)
    yield from _counted(asked, _sources(bench, bench.dense.index.index, shelf), bench, ctx)


def _counted(asked: Sequence[EvaluationQuestion], sources: Sources, bench: Bench, ctx: JobContext) -> Iterator[Outcome]:
    for number, outcome in enumerate(outcomes(asked, sources, bench.dense.embedder), 1):
        ctx.progress("fragen", number, len(asked))
        yield outcome


def _sources(bench: Bench, index: Index, shelf: Shelf) -> Sources:
    return Sources(shelf, index, bench.dense.index.analysers.current(), bench.vocabulary(), Memory())


@contextmanager
def _masked_index(bench: Bench, model: EmbeddingModel, corpus: Corpus, ctx: JobContext) -> Iterator[Index]:
    with closing(bench.scratch(bench.folder / "index", model.dimension)) as index:
        fill_masked(index, bench.dense, model.model, corpus, ctx)
        yield index


def _questions(args: Mapping[str, Any], corpus: Corpus) -> Iterator[tuple[str, tuple[frozenset[UUID], ...]]]:
    """Each question with its places as sections; places that nothing here answers to are left out."""
    for row in args.get("questions") or ():
        places = [sections_at(corpus.sections, place) for place in row["places"]]
        yield row["question"], tuple(place for place in places if place)
