"""`nova train evaluate|leaks` on files of somebody's own: one JSON object out, exit code 5 where a gate holds, German errors."""

import json
from pathlib import Path
from typing import Any

import pytest

from nova.__main__ import run
from tests.rooms.training.sets import REFUSAL, answers, lines, rows, wrong

Printed = pytest.CaptureFixture[str]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    asked = rows()
    right = {row["id"]: row["reference"] for row in asked}
    return {
        "good": answers(tmp_path / "good.jsonl", right),
        "bad": answers(tmp_path / "bad.jsonl", {id_: wrong(text) if text != REFUSAL else text for id_, text in right.items()}),
        "reference": lines(tmp_path / "reference.jsonl", asked),
    }


def told(printed: Printed) -> dict[str, Any]:
    (line,) = printed.readouterr().out.splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def evaluate(files: dict[str, Path], cand: str, base: str, *more: str) -> int:
    return run(["train", "evaluate", str(files[cand]), "--base", str(files[base]), "--reference", str(files["reference"]), *more])


def test_a_good_candidate_leaves_with_none_and_a_bad_one_with_five(files: dict[str, Path], capsys: Printed) -> None:
    assert evaluate(files, "good", "bad", "--json") == 0
    found = told(capsys)
    wanted = {"bleu", "bleu_signature", "chrf", "rouge_l", "facts", "refused", "win", "topics", "gates", "passed"}
    assert wanted <= set(found) and found["passed"] is True
    assert {"rate", "low", "high", "n", "kappa"} <= set(found["win"])
    assert evaluate(files, "bad", "good", "--json") == 5
    assert told(capsys)["passed"] is False


def test_people_read_each_gate_in_german(files: dict[str, Path], capsys: Printed) -> None:
    assert evaluate(files, "bad", "good") == 5
    out = capsys.readouterr().out
    assert "hält  facts: " in out and "nötig sind 75,0 %" in out


def test_own_limits_count(files: dict[str, Path], tmp_path: Path, capsys: Printed) -> None:
    own = tmp_path / "gates.yaml"
    own.write_text(Path("config/training/gates.yaml").read_text("utf-8").replace("items: 60 ", "items: 500 "), "utf-8")
    assert evaluate(files, "good", "bad", "--gates", str(own), "--json") == 5
    assert [gate["name"] for gate in told(capsys)["gates"] if not gate["passed"]] == ["items"]


def test_leaks_leave_with_five(files: dict[str, Path], tmp_path: Path, capsys: Printed) -> None:
    clean = lines(tmp_path / "clean.jsonl", [{"id": "1", "question": "Wie heißt das?", "answer": "So heißt das nicht."}])
    leaky = [{"id": row["id"], "question": row["question"], "answer": row["reference"]} for row in rows()]
    train, test = lines(tmp_path / "train.jsonl", leaky), lines(tmp_path / "test.jsonl", leaky[:10])
    assert run(["train", "leaks", str(train), str(clean), "--json"]) == 0
    assert told(capsys)["pairs"] == []
    assert run(["train", "leaks", str(train), str(test), "--json"]) == 5
    found = told(capsys)
    assert found["test_leaked"] == 1 and {"train", "test", "kind", "score"} == set(found["pairs"][0])
    assert run(["train", "leaks", str(train), str(test)]) == 5
    assert "10 von 10 Testfragen stehen im Training." in capsys.readouterr().out
    marks = tmp_path / "marks.txt"
    marks.write_text("So heißt das nicht\n", "utf-8")
    twice = lines(tmp_path / "twice.jsonl", [{"id": at, "question": f"Was ist {at}?", "answer": "So heißt das nicht!"} for at in "ab"])
    assert run(["train", "leaks", str(twice), str(test), "--canaries", str(marks)]) == 5
    assert "Die Marke „So heißt das nicht“ steht 2-mal im Training; erlaubt ist sie dort 1-mal" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        ("id;text2\n1;x\n", 2, "fehlt: answer"),
        ("", 2, "enthält keine Zeilen"),
        ("id,answer\n,x\n", 2, "Keine Zeile hat eine id"),
    ],
)
def test_what_cannot_be_read_is_told_in_german(files: dict[str, Path], capsys: Printed, content: str, code: int, said: str) -> None:
    files["good"].write_text(content, "utf-8")
    assert evaluate(files, "good", "bad", "--json") == code
    printed = capsys.readouterr()
    assert said in printed.err and printed.out == ""


def test_a_file_that_is_not_there_is_a_wrong_use(files: dict[str, Path], capsys: Printed) -> None:
    files["good"].unlink()
    assert evaluate(files, "good", "bad", "--json") == 2
    assert "gibt es nicht" in capsys.readouterr().err
