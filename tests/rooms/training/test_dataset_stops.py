"""What stops a dataset, each beside a harmless twin that passes; what was stopped is kept as evidence, and no run may take it."""

import json
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import polars as pl
import pytest

from benchmarks.training_contradictions import SETS, beside, measured
from nova.errors import Conflict, InvalidInput
from nova.flows.seeding import subjects
from nova.flows.seeding.running import run
from nova.flows.training.dataset import Kitchen, prepared
from nova.records import Caller
from nova.seeding.judge.policy import Policy
from nova.seeding.pipeline import load, shipped
from nova.seeding.work.refine import Task, refine
from nova.training.dataset.checks import Found, checked
from nova.training.dataset.recipe import corpora_of, recipe_of
from tests.fakes.running import Context
from tests.rooms.seeding.seeds import Bench
from tests.rooms.training.lessons import Office, asked

WHO = Caller("engineer", uuid4())
PASSAGE = "Die Kündigungsfrist in der Grundversorgung beträgt zwei Wochen. Eine Mahnung kostet 15 Euro."


@pytest.fixture
def office(bench: Bench, tmp_path: Path) -> Office:
    made = Office(bench, tmp_path)
    made.many(60)
    return made


def limited(office: Office, **limits: int) -> None:
    office.recipe = office.recipe.model_copy(update={"limits": office.recipe.limits.model_copy(update=limits)})


def corpus(office: Office, name: str, **changed: Any) -> None:
    some = tuple(one.model_copy(update=changed) if one.name == name else one for one in office.corpora.corpora)
    office.corpora = office.corpora.model_copy(update={"corpora": some})


def corrected(office: Office, better: str) -> None:
    answer = office.ask(None, "Welche Kündigungsfrist gilt in der Grundversorgung?", "Das steht im Gesetz.", cited=[PASSAGE])
    office.decide(answer, "changed", better)


def set_of(office: Office, question: str, reference: str) -> None:
    office.desk().add_set(WHO, "messsatz", ("Redaktion", ""), [{"id": "1", "question": question, "reference": reference}])


def canary(office: Office, *, bad: bool) -> None:
    office.recipe = office.recipe.model_copy(update={"canaries": ("Blauwal-Marke 4711",)})
    mark = "Die Marke BLAUWALMARKE-4711" if bad else "Die Marke Blauwal 4712"
    office.document("Merkblatt Zähler", [("", "Plombe", f"{mark} steht auf jeder Plombe. Der Zähler wird damit vor Eingriffen geschützt.")])


def licence(office: Office, *, bad: bool) -> None:
    corpus(office, "answer", licence="CC-BY-NC-4.0" if bad else "CC-BY-4.0")


def export_control(office: Office, *, bad: bool) -> None:
    corpus(office, "answer", export_control="EAR99" if bad else "keine")


def classification(office: Office, *, bad: bool) -> None:
    corpus(office, "answer", classification="vertraulich" if bad else "öffentlich")


def few(office: Office, *, bad: bool) -> None:
    limited(office, test=40 if bad else 4)


def few_to_learn(office: Office, *, bad: bool) -> None:
    limited(office, train=60 if bad else 30)


def contradiction(office: Office, *, bad: bool) -> None:
    corrected(office, f"Die Kündigungsfrist in der Grundversorgung beträgt {'sechs' if bad else 'zwei'} Wochen.")


STOPS = {
    "canary": canary, "licence": licence, "export_control": export_control, "classification": classification, "test_rows": few,
    "train_rows": few_to_learn, "contradiction": contradiction,
}  # fmt: skip


@pytest.mark.parametrize("name", STOPS)
def test_it_is_stopped_and_its_harmless_twin_is_not(office: Office, name: str) -> None:
    STOPS[name](office, bad=True)
    version = office.made()["version"]
    assert office.stopped_by(version) == [name]
    (told,) = [one for one in office.told(version)["checks"] if one["name"] == name]
    assert told["reason"].endswith(".") and str(told["value"]) in told["reason"]
    refusal = office.refused(version)
    assert refusal is not None and refusal.code == "failed" and told["reason"] in refusal.reason
    assert office.desk().dataset(version).manifest["passed"] is False and len(office.rows(version)) >= 60
    with pytest.raises(Conflict, match="nicht bestanden"):
        office.desk().export(WHO, version)


@pytest.mark.parametrize("name", STOPS)
def test_the_twin_passes(office: Office, name: str) -> None:
    STOPS[name](office, bad=False)
    version = office.made()["version"]
    assert office.stopped_by(version) == [] and office.refused(version) is None


def test_what_a_check_said_names_nobodys_row_once_they_are_gone(office: Office) -> None:
    answer = office.ask(
        office.person("berta"), "Welche Kündigungsfrist gilt in der Grundversorgung?", "Das steht im Gesetz.", cited=[PASSAGE]
    )
    office.decide(answer, "changed", "Die Kündigungsfrist in der Grundversorgung beträgt sechs Wochen.")
    version = office.made()["version"]
    (named,) = office.rows(version).filter(pl.col("kind") == "pair")["id"]
    assert named in str(office.told(version)["checks"])
    subjects.erase(office.bench.db, office.bench.objects, [office.people.lookup("berta")], datetime.now(UTC))
    assert office.bench.hits(named) == [] and office.stopped_by(version) == ["contradiction"]


def test_another_limit_judges_the_same_rows_anew(office: Office) -> None:
    limited(office, test=40)
    first = office.made()["version"]
    limited(office, test=4)
    again = office.made()["version"]
    assert first == again and office.refused(again) is None


def test_rows_of_who_does_not_agree_stop_it_and_are_stored_nowhere(office: Office) -> None:
    """Consent is asked again after the room gave its rows: somebody withdrew in between."""
    kitchen = office.kitchen()
    gone = sorted(kitchen.agreed())[0]
    late = Kitchen(kitchen.corpora, kitchen.recipe, lambda: set(kitchen.agreed()) - {gone}, kitchen.sets)
    held = office.seeding()
    version = run(replace(held, refine=prepared(refine, late)), office.pipeline(), ("u:monika", "Probe"), Context())["version"]
    assert office.stopped_by(version) == ["consent"] and len(office.rows(version)) == 59
    left = office.bench.db.fetch_all("SELECT content, reason FROM seed_removals")
    assert [(one["content"], one["reason"]) for one in left] == [(None, "Die Person stimmt dem Lernen nicht zu.")]


def test_personal_data_stops_it_and_is_stored_nowhere() -> None:
    """The room cleans its texts; what is left in spite of that is found by the same strict scan."""
    rows = [lesson("a", "Wie erreiche ich Frau Mustermann unter erika@example.org?", "Unter 030 1234567.")]
    found = refined(rows)
    (told,) = [one for one in found.counts["training"]["checks"] if one["name"] == "personal"]
    assert (told["passed"], told["value"], len(found.kept)) == (False, 1, 0)
    assert found.removed["step"].to_list() == ["objection"]
    clean = refined([lesson("a", "Wie erreiche ich den Kundenservice?", "Telefonisch an Werktagen, auch mittags.")])
    assert [one["passed"] for one in clean.counts["training"]["checks"] if one["name"] == "personal"] == [True]


def test_what_was_decided_while_editors_agreed_too_little_is_left_out_and_told() -> None:
    rows = [
        lesson(f"review:{at}", f"Wie viele Tage gilt Frist {at}?", f"Die Frist {at} gilt {at} Tage.", source="review") for at in range(3, 9)
    ]
    found = refined(rows, lambda: {"review:4", "review:5", "curated:unbekannt"})
    (told,) = [one for one in found.counts["training"]["checks"] if one["name"] == "agreement"]
    assert told["passed"] and told["reason"].startswith("2 Datensätze sind ausgelassen")
    assert set(found.kept["id"]) == {"review:3", "review:6", "review:7", "review:8"}
    assert set(found.removed.filter(pl.col("step") == "agreement")["reason"]) == {"Aus einer Woche, in der die Redaktion zu uneinig war."}


def lesson(id_: str, question: str, answer: str, **more: str) -> dict[str, str]:
    plain = dict.fromkeys(("person", "topic", "rejected", "session", "template"), "")
    return {
        "id": id_,
        "kind": "sft",
        "source": "answer",
        "context": "[]",
        "answerable": "true",
        **plain,
        "question": question,
        "answer": answer,
        **more,
    }


def refined(rows: list[dict[str, str]], doubted: Callable[[], Collection[str]] = tuple) -> Any:
    kitchen = Kitchen(corpora_of, recipe_of, set, doubted=doubted)
    task = Task(shipped()["nova-training"], Policy(), (), date(2026, 3, 1))
    return prepared(refine, kitchen)(pl.DataFrame(rows), None, task, lambda *_: None)


def test_raw_data_is_never_made_to_one(office: Office) -> None:
    text = "name: roh\ntitle: Roh\nsource: {room: {name: training, raw: true, reason: 'Prüfung der Texte'}}\nlicence: eigen\n"
    pipeline = load(text + "purpose: training\nsubject: person\nsteps: [{harmonise: {}}]\n", "roh.yaml")
    held = office.seeding()
    with pytest.raises(InvalidInput, match="Rohdaten"):
        run(held, pipeline, ("u:monika", "Probe"), Context())


def row(id_: str, question: str, answer: str, split: str) -> dict[str, str]:
    more = {"rejected": "", "context": "[]", "licence": "eigen", "classification": "intern", "export_control": "keine", "source": "answer"}
    return {"id": id_, "question": question, "answer": answer, "split": split, **more}


def test_a_test_row_among_those_to_learn_from_stops_it() -> None:
    there, other = asked(1), asked(2)
    bad = [row("a", *there, "train"), row("b", *there, "test")]
    good = [row("a", *there, "train"), row("b", *other, "test")]
    told = [{one.name: one for one in checked(rows, recipe_of(), Found())} for rows in (bad, good)]
    assert [one["overlap"].passed for one in told] == [False, True]
    assert "1 Datensätze zum Messen" in told[0]["overlap"].reason


def test_what_an_evaluation_set_asks_is_left_out_and_a_row_of_it_to_learn_from_stops_it(office: Office) -> None:
    set_of(office, *asked(5))
    version = office.made()["version"]
    assert asked(5)[0] not in set(office.rows(version)["question"]) and office.stopped_by(version) == []
    left = office.bench.db.fetch_all("SELECT step, content FROM seed_removals")
    assert [one["step"] for one in left] == ["evaluation"]
    frozen = [{"id": "s", "question": asked(5)[0], "answer": asked(5)[1]}]
    told = [
        {one.name: one.passed for one in checked([row("a", *asked(at), "train")], recipe_of(), Found(), frozen)}["evaluation_sets"]
        for at in (5, 6)
    ]
    assert told == [False, True]


def test_contradictions_are_found_and_right_answers_are_none() -> None:
    """On passages that the rules were not written on, 22 of 24 when it was first measured (ADR 0055)."""
    found, wrong, false, right = measured("fresh")
    assert found / wrong >= 0.9 and false / right <= 0.02
    found, wrong, false, right = measured("kept")
    assert found / wrong >= 0.9 and false / right <= 0.02
    assert sum(beside(name)[0] for name in SETS) / sum(beside(name)[1] for name in SETS) <= 0.02  # what is right may stand elsewhere


def test_a_source_that_the_inventory_does_not_name_or_use_stays_out(office: Office) -> None:
    text = "Zu viel gezahlte Abschläge werden mit der nächsten Rechnung verrechnet. Fragen Sie im Zweifel nach."
    office.document("Merkblatt", [("", "Guthaben", text)])
    corpus(office, "document", use=False, why="Noch nicht freigegeben.")
    version = office.made()["version"]
    assert set(office.rows(version)["source"]) == {"answer"}
    told = {one.corpus.name: one for one in office.desk().corpora()}
    assert (told["document"].rows, told["document"].corpus.why) == (1, "Noch nicht freigegeben.")


def test_how_much_there_is_of_people_is_told_from_five_of_them_on(office: Office) -> None:
    """What they agreed to and what they did not: a figure of four would tell of each."""

    def told() -> tuple[int, dict[str, int]]:
        found = {one.corpus.name: one for one in office.desk().corpora()}["conversation"]
        return found.rows, dict(found.left_out)

    for at in range(5):
        assert told() == (0, {}), at
        office.talk(office.person(f"ja{at}"), f"Was kostet Tarif {at}?", f"Er kostet {at} ct.")
        office.talk(office.person(f"nein{at}", given=False), f"Was kostet Tarif {at}?", "Das kostet nichts.")
    assert told() == (5, {"keine Einwilligung": 5})


def test_the_files_that_are_shown_are_those_that_are_used(tmp_path: Path) -> None:
    for name in ("corpora.yaml", "dataset.yaml"):
        assert Path("config/training", name).read_bytes() == Path("src/nova/training/dataset", name).read_bytes()
    own = tmp_path / "dataset.yaml"
    own.write_text(Path("config/training/dataset.yaml").read_text("utf-8").replace("  test: 60 ", "  test: 61 "), "utf-8")
    assert recipe_of(own).limits.test == 61
    own.write_text("limits: {}\nsplits: {}\n", "utf-8")
    with pytest.raises(InvalidInput, match=r"dataset\.yaml"):
        recipe_of(own)
    assert json.loads(recipe_of().model_dump_json())["limits"]["leaked"] == 0
