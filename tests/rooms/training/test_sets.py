"""Curated evaluation sets: frozen in versions, with the facts of their references, without anything personal."""

from pathlib import Path
from uuid import uuid4

import pytest
from psycopg.errors import RaiseException

from nova.errors import InvalidInput, NotFound
from nova.records import Caller
from nova.training.dataset.sets import set_rows
from tests.rooms.seeding.seeds import Bench
from tests.rooms.training.lessons import Office
from tests.rooms.training.sets import REFUSAL, lines

WHO = Caller("engineer", uuid4())
PRICE = {
    "id": "1",
    "topic": "preis",
    "question": "Was kostet der Tarif?",
    "reference": "Der Preis beträgt 31,5 ct/kWh nach § 41 EnWG.",
}
UNKNOWN = {"id": "2", "kind": "edge", "question": "Wer wohnt nebenan?", "reference": REFUSAL}


@pytest.fixture
def office(bench: Bench, tmp_path: Path) -> Office:
    return Office(bench, tmp_path)


def test_a_version_is_frozen_with_the_facts_that_matter(office: Office) -> None:
    desk = office.desk()
    first = desk.add_set(WHO, "tarife", ("Redaktion", "zum Start"), [UNKNOWN, PRICE])
    assert (first.version, first.keeper, first.questions, first.made_by) == (1, "Redaktion", 2, WHO.token)
    price, unknown = first.rows
    assert any(fact["said"].startswith("31,5") for fact in price["facts"])
    assert {fact["kind"] for fact in price["facts"]} >= {"amount", "provision"}
    assert (price["kind"], price["answerable"]) == ("question", True)
    assert (unknown["kind"], unknown["answerable"], unknown["facts"]) == ("edge", False, [])
    with pytest.raises(RaiseException, match="never changes"):
        office.bench.db.execute("UPDATE train_sets SET keeper = 'jemand'")


def test_the_same_rows_are_the_same_version_and_others_the_next(office: Office) -> None:
    desk = office.desk()
    desk.add_set(WHO, "tarife", ("Redaktion", ""), [PRICE])
    assert desk.add_set(WHO, "tarife", ("Redaktion", ""), [dict(PRICE)]).version == 1
    assert desk.add_set(WHO, "tarife", ("Redaktion", ""), [PRICE, UNKNOWN]).version == 2
    assert [(one.version, one.questions) for one in desk.sets()] == [(2, 2), (1, 1)]
    assert desk.set("tarife", None).version == 2 and desk.set("tarife", 1).questions == 1
    with pytest.raises(NotFound):
        desk.set("tarife", 3)
    assert office.audit.noted == [("training.set", "set:tarife")] * 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"question": "Was zahlt Frau Mustermann, erika@example.org?"}, "Personenbezogenes"),
        ({"reference": " "}, "nicht leer"),
        ({"kind": "rätsel"}, "kind ist"),
        ({"answerable": "true", "reference": REFUSAL}, "answerable"),
        ({"id": "2"}, "mehrmals"),
    ],
)
def test_what_makes_no_set_is_named(office: Office, changed: dict[str, str], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        office.desk().add_set(WHO, "tarife", ("Redaktion", ""), [{**PRICE, **changed}, UNKNOWN])
    assert office.desk().sets() == []


def test_a_file_is_read_as_the_other_commands_read_theirs(tmp_path: Path) -> None:
    file = lines(tmp_path / "satz.jsonl", [{"nr": "1", "frage": "Was?", "referenz": "Das.", "thema": "preis"}])
    assert set_rows(file) == [{"id": "1", "question": "Was?", "reference": "Das.", "topic": "preis"}]
