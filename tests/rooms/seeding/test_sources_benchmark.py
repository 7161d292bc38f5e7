"""Sets that measure: read in their own forms, and for the test alone, whatever a pipeline says of its split."""

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from nova.ports.sources import Source
from nova.seeding.pipeline import load
from nova.seeding.sources.files import read_records
from nova.seeding.split import Split, split
from nova.settings import Settings
from nova.wiring.seeding import source_of

PIPELINE = """
name: messen
title: Fragen zum Messen
licence: CC-BY
purpose: benchmark
steps: [{harmonise: {}}]
source: {benchmark: {path: sets}}
"""
SQUAD = {
    "version": "1.1",
    "data": [
        {
            "title": "Netz",
            "paragraphs": [
                {
                    "context": "Das Netz hat 50 Hertz.",
                    "qas": [
                        {"id": "q1", "question": "Wie viel Hertz?", "answers": [{"text": "50", "answer_start": 13}, {"text": "50 Hertz"}]},
                        {"id": "q2", "question": "Wie viel Volt?", "answers": [], "is_impossible": True},
                    ],
                }
            ],
        }
    ],
}
LINES = '{"id": "j1", "question": "Bis wann?", "evidence": "Bis 2032.", "answer": "2032", "law": "messbg"}\n'


@pytest.fixture
def source(tmp_path: Path) -> Source:
    (tmp_path / "sets").mkdir()
    (tmp_path / "sets" / "a.json").write_text(json.dumps(SQUAD))
    (tmp_path / "sets" / "b.jsonl").write_text(LINES)
    (tmp_path / "sets" / "c.csv").write_text("id;text\n1;keine Frage\n")
    return source_of(load(PIPELINE, "messen.yaml"), Settings(NOVA_DATA=tmp_path))


def test_sets_are_read_in_their_own_forms_and_marked(source: Source) -> None:
    squad, lines, other = source.batches({})
    wanted = ("id", "question", "context", "answer", "_set")
    assert [tuple(squad.columns[name][at] for name in wanted) for at in (0, 1)] == [
        ("q1", "Wie viel Hertz?", "Das Netz hat 50 Hertz.", "50", "benchmark"),
        ("q2", "Wie viel Volt?", "Das Netz hat 50 Hertz.", None, "benchmark"),
    ]
    assert tuple(lines.columns[name][0] for name in wanted) == ("j1", "Bis wann?", "Bis 2032.", "2032", "benchmark")
    assert list(lines.columns["law"]) == ["messbg"]
    assert other.columns == {} and "question" in other.problems[0]
    assert list(source.preview().columns["_set"]) == ["benchmark"] * 2


def test_nothing_of_them_is_for_training_whatever_the_pipeline_says() -> None:
    frame = pl.DataFrame({"id": [f"q{at}" for at in range(300)], "_set": ["benchmark"] * 300})
    for more in ("", "split: {train: 90, validation: 10}\n"):
        how = load(PIPELINE + more, "messen.yaml").parted()
        assert how is not None and set(split(frame, how)["split"]) == {"test"}


def test_beside_others_they_take_their_group_along_and_leave_the_rest_as_it_was() -> None:
    rows = 400
    frame = pl.DataFrame(
        {
            "id": [str(at) for at in range(rows)],
            "g": [f"g{at // 4}" for at in range(rows)],
            "_set": ["benchmark" if at in (0, 40) else None for at in range(rows)],
            "synthetic": ["true" if at == 41 else None for at in range(rows)],
        }
    )
    told = split(frame, Split("g"))
    plain = split(frame.drop("_set"), Split("g"))
    assert told["split"][:4].to_list() == ["test"] * 4
    assert told["split"][40:44].to_list() == ["test", "validation", "test", "test"]
    others = [at for at in range(rows) if at // 4 not in (0, 10)]
    assert told["split"].gather(others).equals(plain["split"].gather(others))


def test_the_set_beside_the_checkout_is_read_whole(shared: Callable[[str], Path]) -> None:
    path = shared("eval/xquad-de/xquad.de.json")
    frame = read_records(path).frame
    asked = [
        one for article in json.loads(path.read_text("utf-8"))["data"] for paragraph in article["paragraphs"] for one in paragraph["qas"]
    ]
    assert frame["id"].to_list() == [one["id"] for one in asked]
    assert frame["answer"].to_list() == [one["answers"][0]["text"] for one in asked]
