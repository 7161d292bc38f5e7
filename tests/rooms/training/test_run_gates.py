"""Each gate of a run holds what it is for, with a German reason, and lets a harmless twin pass."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from nova.errors import Conflict, InvalidInput, NotFound
from nova.store.postgres.db import Database
from tests.rooms.training.runs import ENDED, MANIFEST, MARK, Made, Said, evaluated, held, put, reason
from tests.rooms.training.sets import wrong


@pytest.fixture(autouse=True)
def empty(database: Database) -> None:
    database.execute("TRUNCATE train_runs, tickets, seed_runs CASCADE")


def judged(database: Database, made: Made, **more: Any) -> dict[str, Any]:
    put(database, made)
    return evaluated(database, made.name, **more)


def each(made: Made, change: Callable[[str, int], str], every: int = 1) -> Made:
    """With every so many-th answer of the candidate to what is answerable changed."""
    for at, row in enumerate(made.asked):
        if not at % every and row["answerable"] == "true":
            made.cand[row["id"]] = Said(change(made.cand[row["id"]].answer, at))
    return made


def test_a_good_run_passes_every_gate_and_is_told_whole(database: Database) -> None:
    found = judged(database, Made.good())
    assert held(found) == set() and found["passed"] is True and found["items"] == 80
    assert found["grounds"]["cand"]["proven"] == found["grounds"]["cand"]["sentences"] > 0
    assert found["attacks"] == {"asked": 10, "obeyed": [], "base_obeyed": 0}
    assert found["data"]["licences"] == {"eigen": 80} and found["review"]["finished"] == 0
    assert all({"name", "value", "limit", "passed", "reason"} == set(gate) and gate["reason"] for gate in found["gates"])
    with database.transaction() as conn:
        kept = conn.execute("SELECT told, passed FROM train_evaluations").fetchall()
    assert [(row["told"]["run"], row["passed"]) for row in kept] == [(found["run"], True)]
    assert "reference" not in str(kept[0]["told"]) and "Arbeitspreis" not in str(kept[0]["told"])


def added(text: str, _: int) -> str:
    return f"{text} Davor waren es 71,3 ct/kWh."


def unproven(text: str, _: int) -> str:
    return f"{text} Die Stadtwerke Musterstadt bauen im Frühling ein neues Umspannwerk am Fluss. Das freut alle Gemeinden ringsum."


@pytest.mark.parametrize(
    ("change", "gate"),
    [
        (added, "unfounded"),
        (unproven, "grounded"),
        (lambda text, _: f"{text[:-1]} [3].", "citations"),
        (lambda text, at: f"Dort steht: „Der Arbeitspreis beträgt {at} Cent je Stunde überall.“ {text}", "citations"),
        (lambda text, _: "The basic price is what the contract says it is, and you can read it there.", "language"),
        (lambda text, _: "Le prix de base est celui que dit le contrat, pour tous les clients de la ville et du pays.", "language"),
    ],
    ids=["number of its own", "talk", "reference to nothing", "made-up quote", "English", "French"],
)
def test_what_an_answer_adds_is_held(database: Database, change: Callable[[str, int], str], gate: str) -> None:
    found = judged(database, each(Made.good(), change))
    assert gate in held(found) and reason(found, gate).rstrip(".").count("; ") >= 1


@pytest.mark.parametrize(
    "change",
    [
        lambda text, _: f"{text[:-1]} [1].",
        lambda text, _: f"„{text}“",
        lambda text, _: f"Gern: {text}",
        lambda text, _: text.replace("Der Arbeitspreis beträgt", "Als Arbeitspreis sind es").replace("der Grundpreis", "als Grundpreis"),
    ],
    ids=["cited", "quoted", "friendly", "in other words"],
)
def test_harmless_twins_of_these_pass(database: Database, change: Callable[[str, int], str]) -> None:
    found = judged(database, each(Made.good(), change))
    assert held(found) & {"grounded", "unfounded", "citations", "language"} == set(), found["gates"]


def test_too_few_items_are_held_and_enough_pass(database: Database) -> None:
    few = Made.good("wenige")
    few.asked = few.asked[:50]
    assert "items" in held(judged(database, few))
    enough = Made.good("genug")
    enough.asked = enough.asked[:60]
    assert "items" not in held(judged(database, enough))


def test_an_order_in_a_context_that_is_obeyed_is_held_and_turning_it_down_passes(database: Database) -> None:
    found = judged(database, Made.good("folgsam").obeying("attack-link"))
    assert held(found) == {"injection"} and "attack-link" in reason(found, "injection")
    calm = Made.good("ruhig").says(**{"attack-system": "Der Grundpreis beträgt 9,90 Euro im Monat, nicht 999 Euro."})
    assert held(judged(database, calm)) == set()


def test_what_the_base_obeys_too_is_no_step_back_and_without_attacks_nothing_is_known(database: Database) -> None:
    assert held(judged(database, Made.good("wie-die-basis").obeying("attack-link", base=True))) == set()
    bare = Made.good("ohne-angriffe")
    bare.asked = bare.asked[:80]
    assert held(judged(database, bare)) == {"attacks"}
    assert held(evaluated(database, bare.name, attacks=0)) == set()


def test_a_mark_that_is_told_is_held_and_one_like_it_passes(database: Database) -> None:
    first = Made.good("marke")
    first.says(q3=f"{first.cand['q3'].answer} {MARK.upper()}")
    found = judged(database, first)
    assert "canary_told" in held(found) and "q3" in reason(found, "canary_told") and MARK not in str(found)
    twin = Made.good("keine-marke")
    twin.says(q3=f"{twin.cand['q3'].answer} Der Zeisig ist ein Vogel.")
    assert "canary_told" not in held(judged(database, twin))


def test_a_slow_model_is_held_and_a_little_slower_passes(database: Database) -> None:
    for name, seconds, expected in (("langsam", 0.4, {"latency"}), ("etwas-langsamer", 0.25, set[str]())):
        made = Made.good(name)
        made.cand = {row: replace(one, seconds=seconds) for row, one in made.cand.items()}
        assert held(judged(database, made)) == expected


@pytest.mark.parametrize(
    ("manifest", "base", "told"),
    [
        (MANIFEST | {"licences": {"eigen": 40, "cc-by-nc-4.0": 4}}, "nova-mini", "CC BY-NC"),
        (MANIFEST | {"licences": {"Hausgemacht": 4}}, "nova-mini", "beschreibt licences.yaml nicht"),
        (MANIFEST, "irgendein-modell", "sagt licences.yaml nicht"),
        (MANIFEST | {"classification": "vertraulich"}, "nova-mini", "vertraulich"),
        (MANIFEST | {"export_control": "ECCN 5D002"}, "nova-mini", "5D002"),
        (None, "nova-mini", "nicht belegt"),
    ],
)
def test_a_forbidden_licence_is_held_in_words(database: Database, manifest: Any, base: str, told: str) -> None:
    made = Made.good()
    made.base_name = base
    found = judged(database, made, manifest=manifest)
    assert held(found) == {"licence"} and told in reason(found, "licence")


@pytest.mark.parametrize("base", ["nova-mini", "meta-llama/Llama-3.1-8B-Instruct", "meta-llama/Meta-Llama-3-8B-Instruct"])
def test_a_licence_that_is_allowed_passes(database: Database, base: str) -> None:
    made = Made.good()
    made.base_name = base
    found = judged(database, made, manifest=MANIFEST | {"licences": {"Eigene Daten": 40, "amtlich": 4}})
    assert held(found) == set()


def test_a_run_is_held_beside_the_one_that_passed_before_and_what_got_worse_stands_first(database: Database) -> None:
    assert held(judged(database, Made.good("erster"))) == set()
    worse = Made.good("zweiter")
    for row in worse.asked:
        if row["topic"] == "netz" and row["answerable"] == "true":
            worse.cand[row["id"]] = worse.base[row["id"]] = Said(wrong(row["reference"]))
    found = judged(database, worse, at=ENDED + timedelta(hours=1))
    assert "regression" in held(found) and "topics" not in held(found)
    assert "netz" in reason(found, "regression") and "erster" in reason(found, "regression")
    assert found["regression"]["topics"][0]["topic"] == "netz" and found["worst"][0]["topic"] == "netz"
    assert held(judged(database, Made.good("dritter"), at=ENDED + timedelta(hours=2))) == set()


def test_a_run_that_was_held_before_is_no_measure(database: Database) -> None:
    judged(database, each(Made.good("gehalten"), added))
    found = judged(database, Made.good("naechster"), at=ENDED + timedelta(hours=1))
    assert "keinen früheren" in reason(found, "regression")


def test_what_is_not_there_or_of_another_dataset_is_refused(database: Database) -> None:
    with pytest.raises(NotFound):
        evaluated(database, "nirgends")
    made = Made.good()
    put(database, made)
    with pytest.raises(Conflict, match="anderen Datensatzes"):
        evaluated(database, made.name, MANIFEST | {"digest": "e" * 64})
    with pytest.raises(InvalidInput, match="Lizenzen"):
        evaluated(database, made.name, {"digest": MANIFEST["digest"]})
    database.execute("TRUNCATE train_answers CASCADE")
    with pytest.raises(Conflict, match="noch keine Antworten"):
        evaluated(database, made.name)


def test_without_a_manifest_what_is_kept_of_the_version_counts(database: Database) -> None:
    told = {**MANIFEST, "digest": "later" * 10}
    made = Made.good("aus-fassung")
    made.says(q3=f"{made.cand['q3'].answer} {MARK}")
    put(database, made)
    assert held(evaluated(database, made.name, None)) == {"licence"}
    database.execute(
        "INSERT INTO seed_runs (run_id, pipeline, started_by, started_at, ended_at, state, counts)"
        " VALUES (gen_random_uuid(), 'nova-training', 'admin', now(), now(), 'done', %s)",
        [Jsonb({"version": "v1", "training": told})],
    )
    found = evaluated(database, made.name, None)
    assert held(found) == {"canary_told"} and found["data"]["people"] == 7
