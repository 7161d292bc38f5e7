"""The jobs around an embedding model: when they start, that a model that helps gets a weight, and that one that does not gets none."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from nova.answers.search.dense import ModelMeaning
from nova.answers.search.retrieve import Clock, Memory, Sources, retrieve
from nova.answers.search.weigh import FEWEST
from nova.answers.understand.vocabulary import Vocabulary
from nova.errors import Conflict, JobWaits, ServerAbsent
from nova.flows import weighing
from nova.governance.people import KnownPeople
from nova.governance.vault_keys import VaultKeys
from nova.jobs import desk
from nova.jobs.desk import OWN_AT_ONCE, handlers
from nova.jobs.kind import SERVING, WORKER, JobKind
from nova.jobs.kinds import consent_log, embed, retention, weigh
from nova.knowledge.dense import DenseRoom, behind, state, unweighed
from nova.knowledge.kinds import EMBED
from nova.ports.jobs import JobContext, JobHandler, Kind
from nova.records import JobView, Scope
from nova.settings import Settings
from nova.store.documents.embeddings import EmbeddingModel, EmbeddingProgress
from nova.store.postgres.holder import FILLING, MEASURING, Hold, alone, hold
from nova.store.talk.answers import StoredAnswers
from nova.wiring import Nova, Workshop
from tests.fakes.embedder import WordEmbedder
from tests.fakes.memory import MemoryIndex
from tests.rooms.knowledge.house import LAW, House

pytestmark = pytest.mark.slow

VOCABULARY = Vocabulary.load(None)
FILLER = (
    "Dieser Absatz gilt für alle Anlagen und Kunden im Gebiet, und zwar ohne Ausnahme und auf Dauer, soweit nichts anderes bestimmt ist. "
)


def corpus(heading: Callable[[int], str], body: Callable[[int], str], count: int = 50) -> str:
    parts = [f"## § {number} {heading(number)}\n\n(1) {body(number)} {FILLER * 4}" for number in range(1, count + 1)]
    return "# Handbuch der Werke\n\n" + "\n\n".join(parts)


def run(house: House, handler: JobHandler, kind: str, args: Mapping[str, Any] | None = None) -> JobView:
    """One job to its end."""
    job_id = house.jobs.start(Kind(kind), args or {}, title=kind)
    job = house.jobs.claim("test", [kind])
    assert job is not None
    handler(job)
    job.done()
    return house.jobs.get(job_id)


def scratch(house: House) -> Callable[[Path, int], MemoryIndex]:
    """Leaves something where it is told to, as a killed measurement does."""

    def opened(folder: Path, size: int) -> MemoryIndex:
        assert not folder.exists() and folder.is_relative_to(house.folder)
        folder.mkdir()
        return MemoryIndex(size)

    return opened


def measured(house: House, questions: list[dict[str, Any]] | None = None) -> Mapping[str, Any]:
    bench = weighing.Bench(DenseRoom(house.room, WordEmbedder()), lambda: VOCABULARY, scratch(house), house.folder / "weigh")
    return run(house, weigh.handler(bench), "weigh", {"questions": questions or []}).result


def test_a_model_that_knows_the_other_words_gets_a_weight_and_is_used(house: House) -> None:
    house.add(corpus(lambda n: f"Was fremd{n:04} betrifft", lambda n: f"Hier steht heim{n:04} und noch einmal heim{n:04}."))
    made = measured(house)
    assert made["weight"] > 0, made["reason"]
    assert made["questions"] == {"Überschriften": 50}
    known, _ = state(house.room, "sinn")
    assert known is not None and (known.weight, known.measured["weight"]) == (made["weight"], made["weight"])
    meaning = ModelMeaning(WordEmbedder(), lambda: known.weight)
    shelf, analyser = StoredAnswers(house.database), house.room.analysers.current()
    sources = Sources(shelf, house.index, analyser, VOCABULARY, Memory(), meaning)
    found = retrieve("Welche Regel gilt bei fremd0007?", Scope(), sources, Clock())
    assert found.ranked[0].label == "§ 7"


def test_a_model_that_adds_nothing_gets_none(house: House) -> None:
    house.add(corpus(lambda n: f"Was sache{n:04} betrifft", lambda n: f"Hier steht sache{n:04} und noch einmal sache{n:04}."))
    made = measured(house)
    assert (made["weight"], made["halves"][0]["chosen"]) == (0.0, 0.0)
    assert made["reason"]


def test_questions_given_are_asked_of_the_documents_as_they_are(house: House) -> None:
    item_id = house.add(corpus(lambda n: f"Was sache{n:04} betrifft", lambda n: f"Hier steht sache{n:04}."))
    asked = [{"question": f"Was gilt für sache{n:04}?", "places": [{"item_id": str(item_id), "section": f"§ {n}"}]} for n in range(1, 6)]
    lost = {"question": "Und das?", "places": [{"item_id": str(item_id), "section": "§ 999"}]}
    made = measured(house, [*asked, lost])
    assert made["questions"] == {"Überschriften": 50, "Fragen": 5}
    assert next(row for row in made["rows"] if row["group"] == "Fragen" and row["weight"] == 0)["hit@5"] == 100.0


def test_without_a_model_there_is_nothing_to_weigh_or_embed(house: House) -> None:
    assert run(house, embed.handler(None, lambda: None), "embed").state == "done"
    job_id = house.jobs.start(Kind("weigh"), {}, title="weigh")
    job = house.jobs.claim("test", ["weigh"])
    assert job is not None and job.job_id == job_id
    with pytest.raises(Conflict, match="EMBED_MODEL"):
        weigh.handler(None)(job)


def test_too_few_questions_are_no_verdict_and_more_passages_are_measured_again(house: House) -> None:
    def article(number: int) -> str:
        return corpus(lambda n: f"Was sache{number}x{n:03} betrifft", lambda n: f"Hier steht sache{number}x{n:03}.", 25)

    room, jobs = DenseRoom(house.room, WordEmbedder()), house.jobs
    embedding = embed.handler(room, partial(weighing.start_weighing, jobs))
    asked: list[tuple[bool, int]] = []
    for number in range(4):
        house.add(article(number), f"{number}.md")
        weighed = run(house, embedding, "embed").result["unweighed"]
        assert weighed is behind(room)
        asked.append((weighed, 25 * (number + 1)))
        for job in jobs.list(states=("queued",), kind="weigh"):
            jobs.cancel(job.job_id)
        if len(asked) == 2:
            assert measured(house)["settled"] and FEWEST <= 50
    assert [count for weighed, count in asked if weighed] == [50, 100]


def test_a_verdict_on_peoples_questions_stays_until_they_ask_again(house: House) -> None:
    known = EmbeddingModel("sinn", 48, "live", 0.0, {"settled": True, "given": True, "passages": 50}, None)
    assert not unweighed(known, EmbeddingProgress(5000, 0, 5000))
    assert unweighed(replace(known, measured={"settled": False, "given": True, "passages": 50}), EmbeddingProgress(5000, 0, 5000))
    assert unweighed(replace(known, measured={"settled": True, "given": False, "passages": 50}), EmbeddingProgress(100, 0, 100))
    assert not unweighed(replace(known, measured={}), EmbeddingProgress(0, 0, 0))


def test_what_a_killed_measurement_left_goes_and_nothing_stays(house: House) -> None:
    house.add(corpus(lambda n: f"Was sache{n:04} betrifft", lambda n: f"Hier steht sache{n:04}.", 5))
    (house.folder / "weigh" / "index").mkdir(parents=True)
    made = measured(house)
    assert (made["settled"], made["passages"]) == (False, 5)
    assert list((house.folder / "weigh").iterdir()) == []


def test_what_cannot_be_removed_stops_no_measurement(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.add(corpus(lambda n: f"Was sache{n:04} betrifft", lambda n: f"Hier steht sache{n:04}.", 5))
    (house.folder / "weigh" / "index").mkdir(parents=True)
    monkeypatch.setattr("shutil.rmtree", lambda *_, **__: None)
    assert measured(house)["passages"] == 5


def test_who_lost_the_right_to_measure_notes_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nova.store.postgres.holder.PATIENCE", 0.0)
    house.add(corpus(lambda n: f"Was sache{n:04} betrifft", lambda n: f"Hier steht sache{n:04}.", 5))
    others: list[Hold | None] = []

    def taken_over(folder: Path, size: int) -> MemoryIndex:
        house.database.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s", (MEASURING,)
        )
        others.append(hold(house.database, MEASURING, 0.0))
        return MemoryIndex(size)

    bench = weighing.Bench(DenseRoom(house.room, WordEmbedder()), lambda: VOCABULARY, taken_over, house.folder / "weigh")
    with pytest.raises(ServerAbsent, match="anderes Nova"):
        run(house, weigh.handler(bench), "weigh")
    known, _ = state(house.room, "sinn")
    assert known is not None and known.measured == {}
    (other,) = others
    assert other is not None
    other.close()


def test_a_measurement_waits_for_another_in_the_queue(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nova.store.postgres.holder.MOMENT", 0.0)
    house.add(LAW)
    for number in (FILLING, MEASURING):
        with alone(house.database, number), pytest.raises(JobWaits):
            measured(house)


def test_after_a_failure_nobody_measures_again_by_themselves(house: House) -> None:
    job_id = house.jobs.start(Kind("weigh"), {}, title="weigh")
    house.jobs.cancel(job_id)
    assert weighing.start_weighing(house.jobs) is None
    house.database.execute("UPDATE jobs SET created_at = created_at - interval '2 days' WHERE job_id = %s", (job_id,))
    assert weighing.start_weighing(house.jobs) is not None


def test_after_a_document_the_model_is_asked_and_once_complete_it_is_weighed(house: House) -> None:
    house.receive(corpus(lambda n: f"Was sache{n:04} betrifft", lambda n: f"Hier steht sache{n:04}."))
    room = DenseRoom(house.room, WordEmbedder())
    assert behind(room)

    def ingest(ctx: JobContext) -> None:
        house.handlers["ingest"](ctx)

    job = house.jobs.claim("test", ["ingest"])
    assert job is not None
    house.jobs.schedule(EMBED, timedelta(hours=1), {})
    embed.after(ingest, house.jobs)(job)
    job.done()
    embed.start_once(house.jobs)
    assert [one.kind for one in house.jobs.list(states=("queued",))] == ["embed"]
    job = house.jobs.claim("test", ["embed"])
    assert job is not None
    embed.handler(room, partial(weighing.start_weighing, house.jobs))(job)
    job.done()
    assert [one.kind for one in house.jobs.list(states=("queued",))] == ["weigh"]
    assert weighing.start_weighing(house.jobs) is None


def test_where_nobody_embeds_a_document_asks_for_nothing(house: House) -> None:
    house.jobs.unschedule("embed")
    house.receive(LAW)
    job = house.jobs.claim("test", ["ingest"])
    assert job is not None
    embed.after(house.handlers["ingest"], house.jobs)(job)
    assert house.jobs.list(states=("queued",)) == []


@pytest.mark.parametrize("model", [True, False])
def test_a_worker_without_the_model_leaves_embedding_to_the_nova_that_serves(house: House, tmp_path: Path, model: bool) -> None:
    dense = DenseRoom(house.room, WordEmbedder()) if model else None
    parts = {
        "settings": Settings(),
        "embedded": True,
        "audit": None,
        "jobs": house.jobs,
        "reading": house.reading,
        "db": house.database,
        "children": house.room.children,
        "people": KnownPeople(VaultKeys(tmp_path)),
        "generator": None,
        "answers": None,
        "adapters": None,
        "intake": house.intake,
        "shelf": house.shelf,
        "index": house.index,
        "index_room": house.room,
        "analysers": house.room.analysers,
        "objects": house.objects,
        "vocabulary": lambda: VOCABULARY,
    }
    nova, worker = (kind.__new__(kind) for kind in (Nova, Workshop))
    vars(nova).update(parts, dense=dense)
    vars(worker).update(parts, dense=None)
    kinds = {"embed", "weigh"}
    own, both = set(handlers(nova, [SERVING])), set(handlers(nova, [SERVING, WORKER]))
    assert set(handlers(worker, [WORKER])) & kinds == set()
    assert own >= kinds and len(own) > OWN_AT_ONCE > len(kinds)
    assert both == set(handlers(worker, [WORKER])) | own
    pages = {consent_log.LOG.name, retention.RETAIN.name}  # by the rules of the folder in which they lie
    assert own >= pages and set(handlers(worker, [WORKER])) & pages == set()
    vars(worker).update(dense=dense)
    assert (set(handlers(worker, [WORKER])) >= kinds) is model


def test_nothing_is_weighed_while_documents_are_on_their_way(house: House) -> None:
    house.receive(LAW)
    assert weighing.start_weighing(house.jobs) is None


def test_work_with_a_label_is_done_by_workers_that_have_it(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def draw(_: JobContext) -> None:
        """Nothing to do."""

    kinds = (JobKind(Kind("trains"), lambda _: draw, runs_on=("gpu",)), JobKind(Kind("serves"), lambda _: draw, runs_on=(SERVING,)))
    monkeypatch.setattr(desk, "JOBS", (*kinds, JobKind(Kind("reads"), lambda _: draw), JobKind(Kind("cannot"), lambda _: None)))
    shop = Workshop.__new__(Workshop)
    vars(shop).update(settings=Settings(), jobs=house.jobs, embedded=False)
    plain, gpu, wrong = (desk.open_worker(shop, labels=labels) for labels in ((), ("gpu",), (SERVING,)))
    assert [sorted(one._handlers) for one in (plain, gpu, wrong)] == [["reads"], ["reads", "trains"], ["reads"]]
