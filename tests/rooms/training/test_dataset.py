"""A dataset for training on a real database: what goes in, what stays out, what stops it, and who leaves it."""

import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from nova.engines.queue.postgres import PostgresJobs
from nova.errors import Conflict
from nova.flows import consents
from nova.flows.seeding import subjects
from nova.flows.seeding.running import undo
from nova.governance.consent import Statement, shipped
from nova.records import Caller
from nova.store.seeding import subjects as left_out
from nova.training.dataset import folder
from tests.fakes.running import Context
from tests.rooms.seeding.seeds import Bench
from tests.rooms.training.lessons import Office, asked, lines

WHO = Caller("engineer", uuid4())
PASSAGE = "Die Kündigungsfrist in der Grundversorgung beträgt zwei Wochen. Eine Gebühr von 15 Euro fällt bei einer Mahnung an."


@pytest.fixture
def office(bench: Bench, tmp_path: Path) -> Office:
    return Office(bench, tmp_path)


def test_only_who_agreed_then_and_agrees_now_is_in_it(office: Office) -> None:
    office.many(60)
    never, later, then = office.person("nie", given=False), office.person("spaeter"), office.person("damals")
    office.ask(never, "Frage von Nie?", "Eine Antwort, die niemand lernen darf.")
    office.ask(later, "Frage von Später?", "Eine Antwort, die niemand lernen darf.", agreed=False)
    office.ask(then, "Frage von Damals?", "Eine Antwort, die niemand lernen darf.")
    office.says(then, given=False)
    office.ask(None, "Frage des Hauses?", "Das Haus darf aus seinen eigenen Fragen lernen, so oft es will.")
    name = office.made()["version"]
    found = set(office.rows(name)["question"])
    assert "Frage des Hauses?" in found and len(found) == 61
    assert not found & {"Frage von Nie?", "Frage von Später?", "Frage von Damals?"}
    assert office.stopped_by(name) == [] and office.refused(name) is None
    assert office.told(name)["counts"]["people"] == 60


def test_no_column_says_whose_a_row_is(office: Office) -> None:
    people = office.many(60)
    name = office.made()["version"]
    files, manifest = folder.unpacked(office.desk().export(WHO, name))
    everything = b"".join(files.values()).decode() + json.dumps(manifest)
    assert not any(str(one) in everything for one in people) and "person" not in office.rows(name).columns
    assert office.audit.noted == [("training.export", "dataset:nova-training")]


def test_what_editors_decided_goes_in_and_what_they_doubt_stays_out(office: Office) -> None:
    anna = office.person("anna")
    office.many(50, first=100)
    accepted, open_, rejected, changed = (office.ask(anna, *asked(at)) for at in range(4))
    for answer, state in ((accepted, "accepted"), (open_, "open"), (rejected, "rejected")):
        office.decide(answer, state)
    office.decide(changed, "changed", "Richtig ist: Der Vorgang 1003 kostet 99 Euro und dauert 12 Tage, sagt die Redaktion.")
    rows = office.rows(office.made()["version"])
    by_question = {
        question: rows.filter(rows["question"] == question)["source"].to_list() for question in (asked(at)[0] for at in range(4))
    }
    assert [sorted(found) for found in by_question.values()] == [["review"], [], [], ["curated", "preference"]]
    (pair,) = rows.filter(rows["kind"] == "pair").to_dicts()
    assert pair["rejected"] == asked(3)[1] and pair["answer"].startswith("Richtig ist")
    assert rows.filter(rows["question"] == asked(3)[0])["group"].n_unique() == 1


def test_an_answer_that_somebody_found_useless_stays_out(office: Office) -> None:
    office.many(50, first=100)
    answer = office.ask(office.person("anna"), *asked(0))
    office.bench.db.execute(
        "INSERT INTO rag_feedback (feedback_id, answer_id, question, answer, useful) VALUES (%s, %s, 'F', 'A', false)", [uuid4(), answer]
    )
    assert asked(0)[0] not in set(office.rows(office.made()["version"])["question"])


def test_a_section_is_asked_by_its_heading_and_answered_by_its_own_words(office: Office) -> None:
    office.many(50)
    law = "(1) Der Grundversorgungsvertrag kann mit einer Frist von zwei Wochen gekündigt werden. Die Kündigung bedarf der Textform."
    office.document("Stromgrundversorgungsverordnung (StromGVV)", [("§ 20", "Kündigung", law)], "regulation")
    own = "Zu viel gezahlte Abschläge werden spätestens mit der nächsten Rechnung verrechnet. Fragen Sie den Kundenservice."
    office.document("Merkblatt Abschläge", [("", "Guthaben", own), ("", "Inhaltsverzeichnis", own * 2)])
    rows = office.rows(office.made()["version"])
    found = {row["question"]: row for row in rows.filter(rows["source"].is_in(["document", "regulation"])).to_dicts()}
    assert set(found) == {"Was regelt § 20 StromGVV zu „Kündigung“?", "Was steht in „Merkblatt Abschläge“ zu „Guthaben“?"}
    for row in found.values():
        (passage,) = json.loads(row["context"])
        assert row["answer"] in passage and row["answer"] in (law, own, law.removeprefix("(1) "))
    licences = {row["source"]: (row["licence"], row["classification"]) for row in found.values()}
    assert licences == {"regulation": ("gemeinfrei", "öffentlich"), "document": ("eigen", "intern")}


def test_copies_go_before_it_is_split_and_no_group_is_on_two_sides(office: Office) -> None:
    people = office.many(40, 2)
    other = office.person("andere")
    for at in range(20):
        question, answer = asked(at)
        office.ask(other, question.upper(), answer)
    told = office.made()
    rows = office.rows(told["version"])
    assert len(rows) == 80 and len(people) == 40
    assert rows.select("group", "split").unique().height == rows["group"].n_unique()
    assert office.stopped_by(told["version"]) == []
    counts = office.bench.db.fetch_all("SELECT counts FROM seed_runs")[0]["counts"]
    assert counts["steps"]["exact"] == 20 and counts["removed"] == 20


def test_the_same_rows_and_seed_give_the_same_files(office: Office, tmp_path: Path) -> None:
    office.many(60)
    first, again = office.made()["version"], office.made()["version"]
    assert first == again
    one, other = (folder.unpacked(office.desk().export(WHO, first)) for _ in range(2))
    assert one == other and one[1]["digest"] == folder.digest_of(one[0]) == office.told(first)["digest"]
    folder.write(tmp_path / "ordner", *one)
    assert sorted(path.name for path in (tmp_path / "ordner").iterdir()) == [
        "manifest.json",
        "test.jsonl",
        "train.jsonl",
        "validation.jsonl",
    ]
    with pytest.raises(Conflict):
        folder.write(tmp_path / "ordner", *one)
    office.recipe = office.recipe.model_copy(update={"seeds": office.recipe.seeds.model_copy(update={"split": "anders"})})
    assert office.made()["version"] != first
    counts = one[1]["counts"]
    assert counts["train"] + counts["validation"] + counts["test"] == 60 == sum(one[1]["sources"].values())
    assert {"id", "kind", "source", "topic", "question", "context", "answer", "answerable", "group"} == set(lines(one[0]["test.jsonl"])[0])


def test_whoever_withdraws_is_asked_about_again_and_leaves(office: Office) -> None:
    people = office.many(60)
    name = office.made()["version"]
    digest = office.told(name)["digest"]
    office.says(people[7], given=False)
    refusal = office.refused(name)
    assert refusal is not None and refusal.code == "consent" and "1" in refusal.reason
    with pytest.raises(Conflict, match="nicht mehr zustimmen"):
        office.desk().export(WHO, name)
    with office.bench.db.transaction() as conn:
        assert left_out.object_to_learning(conn, people[7], datetime.now(UTC))
    subjects.leave_objected(office.bench.db, office.bench.objects, Context())
    assert asked(7)[0] not in set(office.rows(name)["question"]) and len(office.rows(name)) == 59
    assert office.refused(name) is None
    before = office.refused(name, digest)
    assert before is not None and before.code == "left"
    _, manifest = folder.unpacked(office.desk().export(WHO, name))
    assert manifest["counts"]["people"] == 59 and manifest["digest"] != digest


def test_whoever_is_erased_leaves_and_the_receipt_names_what_learned_from_them(office: Office) -> None:
    office.many(60)
    name = office.made()["version"]
    given = [uuid4(), "sophia-finetune-2026-03-01", "sft", "nova-training", name, "a" * 64, "b" * 64, "klein", "c" * 64, "engineer:1"]
    office.bench.db.execute(
        "INSERT INTO train_runs (run_id, name, method, dataset, version, digest, config, config_sha256, base, base_sha256, started_by,"
        " created_at) VALUES (%s, %s, %s, %s, %s, %s, '{}', %s, %s, %s, %s, now())",
        given,
    )
    (learned,) = office.desk().learned_from(WHO, "kunde-3")
    assert (learned.version, learned.rows, learned.runs[0]["run"]) == (name, 1, "sophia-finetune-2026-03-01")
    left = subjects.erase(office.bench.db, office.bench.objects, [office.people.lookup("kunde-3")], datetime.now(UTC))
    assert (left.rows, left.adapters) == (1, ("sophia-finetune-2026-03-01",))
    assert asked(3)[0] not in set(office.rows(name)["question"])
    assert office.desk().learned_from(WHO, "kunde-3") == []
    assert office.bench.hits(asked(3)[0]) == []


def test_when_too_many_leave_nobody_takes_it(office: Office) -> None:
    office.many(60)
    name = office.made()["version"]
    least = len(office.rows(name).filter(office.rows(name)["split"] == "train"))
    office.recipe = office.recipe.model_copy(update={"limits": office.recipe.limits.model_copy(update={"train": least})})
    name = office.made()["version"]
    assert office.refused(name) is None
    lookups = [office.people.lookup(f"kunde-{at}") for at in range(30)]
    subjects.erase(office.bench.db, office.bench.objects, lookups, datetime.now(UTC))
    with pytest.raises(Conflict, match="zu wenige Zeilen"):
        office.desk().export(WHO, name)


def test_delivered_conversations_go_in_where_the_inventory_says_so_and_their_person_agreed(office: Office) -> None:
    office.many(50)
    anna, berta = office.person("anna"), office.person("berta", given=False)
    for at, who in enumerate((anna, berta)):
        office.talk(who, f"Wie melde ich den Zähler {at} ab?", f"Den Zähler {at} melden Sie im Portal bis zum {10 + at}. Mai ab.")
    assert "conversation" not in set(office.rows(office.made()["version"])["source"])
    used = tuple(one.model_copy(update={"use": True}) for one in office.corpora.corpora)
    office.corpora = office.corpora.model_copy(update={"corpora": used})
    rows = office.rows(office.made()["version"])
    assert rows.filter(rows["source"] == "conversation")["question"].to_list() == ["Wie melde ich den Zähler 0 ab?"]
    told = {one.corpus.name: one for one in office.desk().corpora()}["conversation"]
    assert (told.rows, told.left_out) == (0, {})  # one person each: nothing is told of fewer than five


def test_a_withdrawal_as_people_make_it_takes_their_rows_out(office: Office) -> None:
    """Through the flow of consents and the job that it starts."""
    people = office.many(60)
    answer = office.ask(people[5], "Was gilt beim Bonus?", "Der Bonus gilt ein Jahr lang.", cited=[PASSAGE])
    office.decide(answer, "changed", "Der Bonus wird nach zwölf Monaten verrechnet, das steht in den Bedingungen.")
    name = office.made()["version"]
    assert office.desk().dataset(name).manifest["counts"]["pairs"] == 1
    text, now, jobs = shipped(), datetime.now(UTC), PostgresJobs(office.bench.db)
    with office.bench.db.transaction() as conn:
        consents.note(conn, jobs, people[5], Statement({"training": False}, text.version, text.sha256, now, "web"), now)
    jobs.close()
    assert office.refused(name) is not None
    subjects.leave_objected(office.bench.db, office.bench.objects, Context())
    rows = office.rows(name)
    assert office.refused(name) is None and len(rows) == 59 and "pair" not in set(rows["kind"])
    again = office.rows(office.made()["version"])
    assert "Was gilt beim Bonus?" not in set(again["question"]) and "pair" not in set(again["kind"])


def test_a_copy_that_somebody_takes_back_stays(office: Office) -> None:
    office.many(50)
    question, answer = asked(7)
    office.ask(office.person("andere"), question.upper(), answer)
    told = office.made()
    (left,) = office.bench.db.fetch_all("SELECT row_id, kept_id, step FROM seed_removals")
    assert left["step"] == "exact" and len(office.rows(told["version"])) == 50
    assert undo(office.seeding(), UUID(told["run_id"]), "u:monika", ids=[left["row_id"]]) == 1
    rows = office.rows(office.made()["version"])
    both = rows.filter(rows["id"].is_in([left["row_id"], left["kept_id"]]))
    assert len(rows) == 51 and both["group"].n_unique() == 1 and both["split"].n_unique() == 1
