"""What is cheaper than tuning: what the base is asked with, whose rows these are, what fits, and when the gate holds."""

import json
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from nova.cli.training import judging
from nova.engines.train import child
from nova.flows.training import running
from nova.flows.training.carding import ModelCards
from nova.governance.audit import AuditLog
from nova.ports.training import Look, Task
from nova.store.postgres.db import Database
from nova.training.config import Cures
from nova.training.cures import Nearest, asked_with
from tests.rooms.seeding.seeds import Bench
from tests.rooms.training.runs import MANIFEST, Made, Said, evaluated, held, how, put, reason
from tests.rooms.training.test_runs import WHO, House
from tests.rooms.training.test_runs import house as house

CURES = Cures()


def row(id_: str, topic: str, question: str, answer: str = "Ja.", context: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"id": id_, "topic": topic, "question": question, "answer": answer, "context": list(context)}


TRAIN = [
    row("t1", "preis", "Was kostet der Tarif Lindau im Jahr?", "80 Euro.", ("Der Tarif Lindau kostet 80 Euro.",)),
    row("t2", "preis", "Wann kommt die Rechnung?"),
    row("t3", "netz", "Was kostet der Tarif Konstanz im Jahr?", "90 Euro."),
    row("t4", "preis", "Wie hoch ist der Preis der Ladesäule?"),
]
TEST = [
    row("q1", "preis", "Was kostet der Tarif Bregenz?", "70 Euro."),
    row("q2", "solar", "Was kostet der Speicher?", "5 Euro.", ("Der Speicher kostet 5 Euro.",)),
]
ROWS: Mapping[str, list[dict[str, Any]]] = {"train": TRAIN, "validation": [], "test": TEST}


def test_examples_are_rows_to_learn_from_of_the_same_topic_the_most_like_first() -> None:
    first, second = asked_with("examples", CURES, "", ROWS)
    assert first["offered"][0]["id"] == "t1" and {one["id"] for one in first["offered"]} == {"t1", "t2", "t4"}
    assert set(first["offered"][0]) == {"id", "question", "context", "answer"} and first["most"] == 3
    assert second["offered"] == []  # nothing to learn from is of its topic
    assert asked_with("examples", CURES, "", ROWS) == [first, second]


def test_a_prompt_comes_after_what_the_run_says_anyway() -> None:
    asked = asked_with("prompt", Cures(prompt="In einem Satz."), "Du bist Luna.", ROWS)
    assert [one["system"] for one in asked] == ["Du bist Luna.\nIn einem Satz."] * 2


def test_passages_go_to_questions_without_one_and_never_with_an_answer() -> None:
    (asked,) = asked_with("document", CURES, "", ROWS)
    assert asked["id"] == "q1" and asked["offered"][0] == {"id": "t1", "context": ["Der Tarif Lindau kostet 80 Euro."]}
    assert all(set(one) == {"id", "context"} for one in asked["offered"])
    assert asked_with("document", CURES, "", {**ROWS, "test": TEST[1:]}) == []


def test_rare_words_decide_and_inflection_does_not() -> None:
    near = Nearest({"a": "Die Wallboxen am Haus", "b": "Der Strom am Haus", "c": "Der Strom im Haus"})
    assert near.to("Eine Wallbox am Haus?", 2)[0] == "a" and near.to("Der Strom", 3) == ["b", "c"] and near.to("xyz", 3) == []


class Tokens(list[list[int]]):
    """As much of a tensor as is looked at."""

    @property
    def shape(self) -> tuple[int, int]:
        return 1, len(self[0])

    def to(self, _: str) -> "Tokens":
        return self


class Words:
    """A tokenizer: one token a word."""

    def apply_chat_template(self, said: list[dict[str, str]], **_: Any) -> Tokens:
        self.said = said
        return Tokens([[0] * sum(len(one["content"].split()) for one in said)])


def fitting(asked: Mapping[str, Any], room: int) -> tuple[list[str] | None, list[str]]:
    """What is said to a model with so much room, and the rows that it is given."""
    words, job = Words(), {"device": "cpu", "system": "", "longest": 10, "training": {"length": 1}}
    model = SimpleNamespace(config=SimpleNamespace(max_position_embeddings=room + 10))
    found, used = child.fitting(job, model, words, dict(asked))
    return None if found is None else [one["content"] for one in words.said], used


def test_as_much_is_given_as_fits_and_what_does_not_is_told() -> None:
    asked = asked_with("examples", CURES, "", ROWS)[0]
    said, used = fitting(asked, 100)
    assert used[0] == "t1" and len(used) == 3 and said is not None and said[-1].startswith("Was kostet der Tarif Bregenz")
    assert said[-2] == "80 Euro." and said[-3].endswith("[1] Der Tarif Lindau kostet 80 Euro.")
    assert fitting(asked, 13)[1] in (["t2"], ["t4"])  # the best is too long, one after it is not
    assert fitting(asked, 6) == (None, [])
    document = asked_with("document", CURES, "", ROWS)[0]
    beside = "Was kostet der Tarif Bregenz?\n[1] Der Tarif Lindau kostet 80 Euro."
    assert fitting(document, 12) == ([beside], ["t1"]) and fitting(document, 100)[0] == [f"{beside}\n[2] Der Speicher kostet 5 Euro."]
    prompt = asked_with("prompt", Cures(prompt="Nur ein Satz."), "", ROWS)[0]
    assert fitting(prompt, 8)[0] == ["Nur ein Satz.", TEST[0]["question"]] and fitting(prompt, 7)[0] is None
    assert fitting(TEST[0], 1)[0] == [TEST[0]["question"]]  # the model alone is asked as it always was


@pytest.fixture
def empty(database: Database) -> Database:
    database.execute("TRUNCATE train_runs, tickets, seed_runs CASCADE")
    return database


def judged(database: Database, made: Made, **changed: Any) -> dict[str, Any]:
    put(database, made)
    return evaluated(database, made.name, **changed)


def cure(found: Mapping[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in found["cures"] if one["name"] == name)


@pytest.mark.parametrize(
    ("name", "told"),
    [("prompt", "Ein besserer Prompt hilft ebenso"), ("examples", "Beispiele vor der Frage helfen ebenso")],
)
def test_what_is_as_good_and_cheaper_holds_the_model_by_its_name(empty: Database, name: str, told: str) -> None:
    made = Made.good()
    made.cures = {**(made.cures or {}), name: dict(made.cand)}
    found = judged(empty, made)
    assert held(found) == {"cheaper"} and reason(found, "cheaper").startswith(told) and "nehmen Sie" in reason(found, "cheaper")
    assert cure(found, name)["win"] == {"rate": 0.5, "low": pytest.approx(0.393, abs=0.01), "high": pytest.approx(0.607, abs=0.01), "n": 80}
    assert cure(found, name)["facts"] == cure(found, name)["cand_facts"] == 1.0


def test_it_is_told_in_lines_and_on_the_card(empty: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = Made.good()
    found = judged(empty, made)
    judging.tell(found)
    printed = capsys.readouterr().out
    assert "ok    cheaper: Besser als Prompt" in printed and "Statt Training" in printed
    assert "nicht versucht: jede Frage hat ihre Fundstellen schon bei sich" not in printed.split("Statt Training")[0]
    text = ModelCards(empty, AuditLog(), tmp_path, how).make(WHO, made.name, MANIFEST)["text"]
    section = text.split("## Billigeres zum Vergleich")[1].split("##")[0]
    assert "| Prompt |" in section and " % bis " in section.replace("(", "").replace(")", "")
    empty.execute("UPDATE train_evaluations SET told = told - 'cures'")
    old = ModelCards(empty, AuditLog(), tmp_path, how).make(WHO, made.name, MANIFEST)["text"]
    assert old.count("noch nicht versucht") == 3
    judging.tell({"gates": []})
    assert "Statt Training" not in capsys.readouterr().out


def test_what_helps_a_little_does_not_hold_it(empty: Database) -> None:
    made = Made.good()
    made.cures = {"prompt": {**made.base, **{f"q{at}": made.cand[f"q{at}"] for at in range(30)}}}
    found = judged(empty, made)
    assert held(found) == set() and "Besser als Prompt" in reason(found, "cheaper") and cure(found, "prompt")["win"]["low"] > 0.5
    assert "Beispiele: nur bei 0 von 80 Fragen möglich." in reason(found, "cheaper")


def test_documents_are_tried_where_questions_lack_them(empty: Database) -> None:
    made = Made.good()
    made.contexts = {id_: text for id_, text in made.contexts.items() if id_.startswith("attack")}
    made.cures = {"document": {f"q{at}": made.cand[f"q{at}"] for at in range(80)}}
    found = judged(empty, made)
    assert cure(found, "document")["of"] == 80 and "pflegen Sie die" in reason(found, "cheaper")


def test_a_run_from_before_counts_as_not_tried_and_is_held_unless_the_limits_say_otherwise(empty: Database) -> None:
    made = Made.good()
    made.cures = None
    found = judged(empty, made)
    assert held(found) == {"cheaper"} and "Prompt: noch nicht versucht." in reason(found, "cheaper")
    assert [one["tried"] for one in found["cures"]] == [False] * 3
    assert held(evaluated(empty, made.name, cures=0)) == set()


def test_what_fits_few_questions_is_not_tried_and_says_so(empty: Database) -> None:
    made = Made.good()
    made.cures = {"prompt": {f"q{at}": Said("Nein.") for at in range(39)}}
    found = judged(empty, made)
    assert held(found) == {"cheaper"} and "nur bei 39 von 80 Fragen" in cure(found, "prompt")["why"]
    assert cure(found, "prompt")["win"] is None


def test_where_a_cure_was_not_possible_the_base_counts_as_it_is(empty: Database) -> None:
    made = Made.good()
    made.cures = {"prompt": {f"q{at}": made.cand[f"q{at}"] for at in range(40)}}
    found = judged(empty, made)
    assert cure(found, "prompt")["given"] == 40 and cure(found, "prompt")["win"]["n"] == 80


def owners(bench: Bench, side: str) -> list[list[bytes]]:
    found = bench.db.fetch_all("SELECT lookups FROM train_answers WHERE side = %s ORDER BY row_id", [side])
    return [[bytes(one) for one in each["lookups"]] for each in found]


def test_an_answer_is_of_all_whose_rows_the_base_was_given(house: House) -> None:
    house.work(house.start())
    learned = {row["id"] for row in map(json.loads, house.tuner.data["train.jsonl"].splitlines())}
    for asked in house.tuner.asked["examples"]:
        assert {one["id"] for one in asked["offered"]} <= learned and len(asked["offered"]) >= 3
    assert {len(some) for some in owners(house.bench, "base")} == {0, 1} and {len(some) for some in owners(house.bench, "examples")} == {4}


def test_whoever_was_an_example_takes_the_answer_along(house: House) -> None:
    house.work(house.start())
    asked = house.tuner.asked["examples"]
    used = {one["id"] for each in asked for one in each["offered"][:3]} - {each["id"] for each in asked}
    lookup = house.bench.db.fetch_all("SELECT l.lookup FROM seed_lineage l WHERE l.row_id = %s", [min(used)])[0]["lookup"]
    (leaver,) = house.bench.db.fetch_all("SELECT subject_id FROM subjects WHERE lookup = %s", [lookup])
    tests = len(asked)
    gone = sum(bytes(lookup) in some for some in owners(house.bench, "examples"))
    assert gone
    house.leaves(leaver["subject_id"])
    assert len(owners(house.bench, "examples")) == tests - gone and not any(
        bytes(lookup) in some for some in owners(house.bench, "examples")
    )


def test_of_several_people_any_takes_the_answer_along(house: House) -> None:
    run = house.start()
    row_id = house.bench.db.fetch_all("SELECT row_id FROM seed_lineage LIMIT 1")[0]["row_id"]
    house.work(run)
    tested = house.tuner.asked["prompt"][0]["id"]
    second = next(one for one in house.everybody)
    house.bench.db.execute(
        "INSERT INTO seed_lineage SELECT version_id, %s, batch_id, 'zweite', (SELECT lookup FROM subjects WHERE subject_id = %s)"
        " FROM seed_lineage WHERE row_id = %s",
        [tested, second, row_id],
    )
    house.bench.db.execute("TRUNCATE train_answers CASCADE")
    with house.bench.db.transaction() as conn:
        of = {
            "row_id": tested,
            "topic": "",
            "question": "?",
            "context": "",
            "reference": "",
            "answerable": True,
            "answer": "",
            "seconds": 0,
        }
        running.rows.put_answers(conn, run.run_id, "base", [of | {"of": [tested]}])
    assert len(owners(house.bench, "base")[0]) == 2
    house.leaves(second)
    assert house.answers() == 0


@pytest.mark.parametrize("side", ["prompt", "examples", "document"])
def test_it_pauses_while_a_cure_is_tried_and_goes_on(house: House, side: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run, answer = house.start(), house.tuner._answer

    def paused(task: Task, look: Look) -> Mapping[str, Any] | None:
        if task.side == side:
            house.runs.pause(WHO, run.name)
            return None if look([]) != "run" else {}
        return answer(task, look)

    monkeypatch.setattr(running, "LOOK_S", 0.0)
    monkeypatch.setattr(house.tuner, "_answer", paused)
    assert house.work(run).state == "paused"
    house.runs.resume(WHO, run.name)
    monkeypatch.setattr(house.tuner, "_answer", answer)
    done = house.work(run)
    assert done.state == "done" and done.measured["cures"] == ["prompt", "examples", "document"]


def test_who_leaves_before_answers_are_kept_is_in_none(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    run, answer = house.start(), house.tuner._answer

    def left(task: Task, look: Look) -> Mapping[str, Any] | None:
        found = answer(task, look)
        if task.side == "examples":
            house.leaves(house.everybody[3])
        return found

    monkeypatch.setattr(house.tuner, "_answer", left)
    found = house.work(run)
    assert found.state == "failed" and "verlassen" in found.reason and owners(house.bench, "examples") == []


def test_what_does_not_fit_is_not_kept(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = house.tuner._answer

    def half(task: Task, look: Look) -> Mapping[str, Any] | None:
        found = answer(task, look)
        if task.side == "prompt":
            path = task.folder / "answers-prompt.jsonl"
            lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
            path.write_text("".join(json.dumps(one | {"answer": None}) + "\n" for one in lines), "utf-8")
        return found

    monkeypatch.setattr(house.tuner, "_answer", half)
    assert house.work(house.start()).state == "done" and owners(house.bench, "prompt") == [] != owners(house.bench, "examples")


def test_what_the_base_tries_does_not_change_what_is_tuned() -> None:
    from nova.training.config import recipe

    shown = recipe("", "cpu")
    other = replace_cures(shown, Cures(prompt="Anders."))
    assert shown.digest() == other.digest() and shown.told() != other.told()


def replace_cures(shown: Any, cures: Cures) -> Any:
    return shown.model_copy(update={"config": shown.config.model_copy(update={"cures": cures})})
