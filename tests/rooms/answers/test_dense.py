"""Likeness joins the ranking with its measured weight, and a model that is silent, slow or worth nothing leaves everything as it was."""

from dataclasses import replace
from uuid import uuid4

import pytest

from nova.answers.ask import AskContext, Question, ask
from nova.answers.search.dense import JOIN, NEAREST, REST_S, Likeness, ModelMeaning, likeness
from nova.answers.search.retrieve import Clock, Memory, Retrieval, Sources, retrieve
from nova.records import IndexHit, Scope
from tests.fakes.embedder import WordEmbedder
from tests.fakes.embeddings import POISON
from tests.fakes.memory import MemoryIndex
from tests.rooms.answers.shelf import house

OUTAGE = "# Regeln der Netze\n\n## § 1 Haftung\n\n" + "Bei einer Versorgungsunterbrechung zahlt der Betreiber dem Kunden zehn Euro."
CARS = "# Fuhrpark\n\n## § 1 Nutzung\n\n" + "Die Fahrzeuge stehen allen Mitarbeitern offen, der Schlüssel liegt beim Empfang."
CANTEEN = "# Kantine\n\n## § 1 Essen\n\n" + "Das Essen kostet fünf Euro, bezahlt wird mit der Karte des Hauses."
ASKED = "Wer zahlt dem Kunden bei Quibbel?"


class Time:
    """A clock that is set by hand."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def context() -> AskContext:
    """Three documents whose passages have vectors; no question word stands in the one that answers."""
    made = house(("netz", OUTAGE), ("autos", CARS), ("kantine", CANTEEN))
    index = made.index
    assert isinstance(index, MemoryIndex)
    embedder = WordEmbedder()
    index.make_room(embedder.dimension)
    held = made.shelf.held  # type: ignore[attr-defined]
    index.upsert([replace(point, dense=embedder._one(held[key].text)) for key, point in index.points.items()])
    return made


def found(context: AskContext, text: str, meaning: ModelMeaning | None) -> tuple[Retrieval, Clock]:
    clock = Clock()
    sources = Sources(context.shelf, context.index, context.analyser(), context.vocabulary(), Memory(), meaning)
    return retrieve(text, Scope(), sources, clock), clock


def test_a_passage_without_a_common_word_is_found_by_its_meaning(context: AskContext) -> None:
    plain, _ = found(context, "Quibbel", None)
    assert plain.ranked == ()
    near, clock = found(context, "Quibbel", ModelMeaning(WordEmbedder(), lambda: 0.5))
    assert near.ranked[0].title == "Regeln der Netze"
    assert "embed" in clock.spent


@pytest.mark.parametrize("weight", [0.0, -1.0])
def test_without_weight_nobody_is_asked_and_nothing_changes(context: AskContext, weight: float) -> None:
    embedder = WordEmbedder()
    plain, without = found(context, ASKED, None)
    same, clock = found(context, ASKED, ModelMeaning(embedder, lambda: weight))
    assert same.ranked == plain.ranked
    assert embedder.asked == []
    assert set(clock.spent) == set(without.spent)


def test_a_silent_model_costs_no_answer_and_is_left_alone_for_a_while(context: AskContext) -> None:
    embedder, time = WordEmbedder(), Time()
    meaning = ModelMeaning(embedder, lambda: 0.5, time)
    embedder.absent = True
    plain, _ = found(context, ASKED, None)
    silent, clock = found(context, ASKED, meaning)
    assert silent.ranked == plain.ranked
    assert "embed_missed" in clock.spent
    embedder.absent = False
    _, clock = found(context, ASKED, meaning)
    assert "embed" not in clock.spent and "embed_missed" not in clock.spent
    time.now += REST_S
    _, clock = found(context, ASKED, meaning)
    assert "embed" in clock.spent


def test_a_question_the_model_declines_silences_it_for_nobody_else(context: AskContext) -> None:
    meaning = ModelMeaning(WordEmbedder(), lambda: 0.5, Time())
    _, clock = found(context, f"{ASKED} {POISON}", meaning)
    assert "embed_missed" in clock.spent
    _, clock = found(context, ASKED, meaning)
    assert "embed" in clock.spent and "embed_missed" not in clock.spent


def test_the_answer_says_that_the_model_was_missing(context: AskContext) -> None:
    embedder = WordEmbedder()
    embedder.absent = True
    answer = ask(replace(context, meaning=ModelMeaning(embedder, lambda: 0.5)), Question("Was zahlt der Betreiber dem Kunden?"))
    assert answer.status == "answered"
    assert "embed_missed" in answer.timings_ms


def test_the_weight_is_asked_for_every_few_seconds_only() -> None:
    asked: list[float] = []
    time = Time()

    def weight() -> float:
        asked.append(time.now)
        return 0.4

    meaning = ModelMeaning(WordEmbedder(), weight, time)
    assert [meaning.weight() for _ in range(3)] == [0.4] * 3
    time.now += 6
    meaning.weight()
    assert asked == [100.0, 106.0]


def test_an_index_without_vectors_gives_no_likeness(context: AskContext) -> None:
    context.index.make_room(7)
    plain, _ = found(context, ASKED, None)
    other, _ = found(context, ASKED, ModelMeaning(WordEmbedder(), lambda: 0.5))
    assert other.ranked == plain.ranked


def test_likeness_runs_from_the_nearest_to_the_last_that_counts() -> None:
    hits = [IndexHit(uuid4(), 0.9 - at / 100) for at in range(NEAREST)]
    like = likeness(0.5, hits)
    assert like is not None
    assert (like.values[hits[0].chunk_id], like.values[hits[-1].chunk_id]) == (1.0, 0.0)
    assert like.joining == tuple(hit.chunk_id for hit in hits[:JOIN])
    assert likeness(0.5, []) is None
    single = likeness(0.5, hits[:1])
    assert single is not None and single.values == {hits[0].chunk_id: 1.0}


def test_the_weight_decides_how_much_likeness_counts(context: AskContext) -> None:
    sources = Sources(context.shelf, context.index, context.analyser(), context.vocabulary(), Memory())
    passages = [*context.shelf.held.values()]  # type: ignore[attr-defined]
    question, _ = found(context, "Kosten in Euro", None)
    ranker = sources.memory.ranker(sources.analyser)
    car = next(passage for passage in passages if passage.title == "Fuhrpark")

    def score(like: Likeness | None) -> float:
        judged = ranker.judge(question.question, passages, like)
        return next(one.score for one in judged if one.passage.chunk_id == car.chunk_id)

    assert score(Likeness(0.5, {car.chunk_id: 1.0})) - score(None) == pytest.approx(0.5)
    assert score(Likeness(0.0, {car.chunk_id: 1.0})) == score(None)
