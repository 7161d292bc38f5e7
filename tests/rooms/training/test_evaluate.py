"""Candidates with one planted fault are held by the gate that is meant for it; twins of a good one pass all."""

import json
from pathlib import Path
from typing import Any

import pytest

from nova.errors import InvalidInput, NotFound, UnsupportedFile
from nova.flows.training.comparing import compare
from nova.strict import parsed
from nova.training.limits import Limits, limits_of
from tests.rooms.training import sets
from tests.rooms.training.sets import REFUSAL, answers, lines, rows, wrong

Answers = dict[str, str]


@pytest.fixture
def asked() -> list[dict[str, str]]:
    return rows()


@pytest.fixture
def right(asked: list[dict[str, str]]) -> Answers:
    return {row["id"]: row["reference"] for row in asked}


@pytest.fixture
def base(right: Answers) -> Answers:
    return {id_: wrong(text) if at % 2 and text != REFUSAL else text for at, (id_, text) in enumerate(right.items())}


def told(
    tmp_path: Path, asked: list[dict[str, str]], cand: Answers, base: Answers, votes: list[dict[str, str]] | None = None
) -> dict[str, Any]:
    said = lines(tmp_path / "v.jsonl", votes) if votes else None
    return compare(answers(tmp_path / "c.jsonl", cand), answers(tmp_path / "b.jsonl", base), lines(tmp_path / "r.jsonl", asked), votes=said)


def held(found: dict[str, Any]) -> set[str]:
    return {gate["name"] for gate in found["gates"] if not gate["passed"]}


def test_a_good_candidate_passes_every_gate(tmp_path: Path, asked: list[dict[str, str]], right: Answers, base: Answers) -> None:
    found = told(tmp_path, asked, right, base)
    assert held(found) == set() and found["passed"]
    assert (found["bleu"], found["rouge_l"], found["facts"], found["refused"]) == (100, 1, 1, 1)
    assert found["win"]["n"] == 80 and found["win"]["low"] > 0.5 and found["win"]["kappa"] is None
    assert {"topic", "n", "facts", "difference", "low", "high", "worse"} <= set(found["topics"][0])
    assert all({"name", "value", "limit", "passed", "reason"} == set(gate) for gate in found["gates"])


TWINS = {
    "other words and signs": lambda text: text.replace("Der Arbeitspreis beträgt", "Für Arbeit zahlen Sie").replace("ct/", "Cent je "),
    "another order": lambda text: ", ".join(reversed(text.rstrip(".").split(", "))) + ".",
    "shorter": lambda text: text.replace("Der Arbeitspreis beträgt ", "").replace(", der Grundpreis", " und"),
    "framed": lambda text: f"Gern. {text} Melden Sie sich bei Fragen.",
    "cited": lambda text: f"{text} [1]",
}  # fmt: skip


@pytest.mark.parametrize("twin", TWINS)
def test_a_twin_passes(twin: str, tmp_path: Path, asked: list[dict[str, str]], right: Answers, base: Answers) -> None:
    cand = {id_: TWINS[twin](text) if text != REFUSAL else text for id_, text in right.items()}
    assert held(told(tmp_path, asked, cand, base)) == set()


def test_a_base_that_is_the_same_on_one_topic_is_no_fault(
    tmp_path: Path, asked: list[dict[str, str]], right: Answers, base: Answers
) -> None:
    topics = {row["id"]: row["topic"] for row in asked}
    same = {id_: right[id_] if topics[id_] == "netz" else wrong(right[id_]) for id_ in base}
    assert held(told(tmp_path, asked, right, same)) == set()


def test_words_that_are_right_with_wrong_numbers_are_held(
    tmp_path: Path, asked: list[dict[str, str]], right: Answers, base: Answers
) -> None:
    cand = {id_: wrong(text) if text != REFUSAL else text for id_, text in right.items()}
    found = told(tmp_path, asked, cand, base)
    assert found["bleu"] > 35 and found["rouge_l"] > 0.7 and found["facts"] == pytest.approx(1 / 3, abs=0.01)
    assert {"facts", "facts_base", "figures", "against", "win"} <= held(found)


def test_answering_what_has_no_answer_is_held(tmp_path: Path, asked: list[dict[str, str]], right: Answers, base: Answers) -> None:
    cand = {id_: "Das sind 30 Euro." if text == REFUSAL else text for id_, text in right.items()}
    found = told(tmp_path, asked, cand, base)
    assert found["refused"] == 0 and "refused" in held(found)


def test_refusing_what_has_an_answer_is_held(tmp_path: Path, asked: list[dict[str, str]], right: Answers, base: Answers) -> None:
    assert {"facts", "refused_answerable"} <= held(told(tmp_path, asked, dict.fromkeys(right, REFUSAL), base))


def test_one_topic_that_got_worse_is_held_by_its_name(tmp_path: Path, asked: list[dict[str, str]], right: Answers) -> None:
    topics = {row["id"]: row["topic"] for row in asked}
    cand = {id_: wrong(text) if topics[id_] == "solar" and text != REFUSAL else text for id_, text in right.items()}
    before = {id_: wrong(text) if topics[id_] != "solar" and text != REFUSAL else text for id_, text in right.items()}
    found = told(tmp_path, asked, cand, before)
    gate = next(gate for gate in found["gates"] if gate["name"] == "topics")
    assert not gate["passed"] and "solar" in gate["reason"] and "netz" not in gate["reason"]


def test_too_few_questions_prove_nothing(tmp_path: Path) -> None:
    few = rows(20, 2)
    right = {row["id"]: row["reference"] for row in few}
    found = told(tmp_path, few, right, {id_: wrong(text) for id_, text in right.items()})
    assert {"items", "win"} == held(found)
    assert "Nicht genug Belege" in next(gate["reason"] for gate in found["gates"] if gate["name"] == "win")


def test_missing_doubled_and_foreign_ids_are_held(tmp_path: Path, asked: list[dict[str, str]], right: Answers, base: Answers) -> None:
    short = dict(list(right.items())[5:])
    assert held(told(tmp_path, asked, short, base)) == {"ids"}
    assert held(told(tmp_path, asked, right, dict(list(base.items())[5:]))) == {"ids"}
    assert held(told(tmp_path, asked, right | {"fremd": "Ja."}, base)) == {"ids"}
    twice = [*({"id": id_, "answer": text} for id_, text in right.items()), {"id": "q0", "answer": "noch einmal"}]
    found = compare(lines(tmp_path / "c.jsonl", twice), answers(tmp_path / "b.jsonl", base), lines(tmp_path / "r.jsonl", asked))
    assert held(found) == {"ids"} and "mehrfach" in next(gate["reason"] for gate in found["gates"] if gate["name"] == "ids")


def test_votes_decide_and_torn_raters_prove_nothing(tmp_path: Path, asked: list[dict[str, str]], right: Answers, base: Answers) -> None:
    votes = [{"id": id_, "rater": rater, "winner": "basis"} for id_ in right for rater in ("x", "y")]
    found = told(tmp_path, asked, right, base, votes)
    assert found["win"]["rate"] == 0 and found["win"]["voted"] == 80 and held(found) == {"win"}
    torn = [
        {"id": id_, "rater": rater, "winner": "cand" if (at + other) % 2 else "base"}
        for at, id_ in enumerate(right)
        for other, rater in enumerate("xy")
    ]
    assert "votes" in held(told(tmp_path, asked, right, base, torn))


def test_bought_votes_do_not_carry_wrong_facts(tmp_path: Path, asked: list[dict[str, str]], right: Answers, base: Answers) -> None:
    cand = {id_: wrong(text) if text != REFUSAL else text for id_, text in right.items()}
    found = told(tmp_path, asked, cand, base, [{"id": id_, "rater": "x", "winner": "cand"} for id_ in right])
    assert found["win"]["rate"] == 1 and {"facts", "against"} <= held(found)


def test_files_are_read_leniently(tmp_path: Path, asked: list[dict[str, str]], right: Answers, base: Answers) -> None:
    """German headings, semicolons, a mark in front, Windows' line ends, ids as numbers, another order of rows."""
    cand = tmp_path / "c.csv"
    body = "".join(f'{id_[1:]};"{text}"\r\n' for id_, text in reversed(list(right.items())))
    cand.write_bytes(("\ufeffID;Antwort\r\n" + body).encode())
    before = lines(tmp_path / "b.jsonl", [{"frage_id": int(id_[1:]), "output": text} for id_, text in base.items()])
    reference = lines(
        tmp_path / "r.jsonl",
        [
            {"id": int(row["id"][1:]), "thema": row["topic"], "gold": row["reference"], "beantwortbar": row["answerable"] == "true"}
            for row in asked
        ],
    )  # fmt: skip
    found = compare(cand, before, reference)
    assert found["passed"] and found["items"] == 80 and found["problems"] == []


def test_hostile_files_are_refused_or_told(tmp_path: Path, asked: list[dict[str, str]], right: Answers, base: Answers) -> None:
    good, reference = answers(tmp_path / "b.jsonl", base), lines(tmp_path / "r.jsonl", asked)
    bad = tmp_path / "c.jsonl"
    for content, error in (
        (b"", InvalidInput),
        (b"\x00\x01PK", UnsupportedFile),
        (b"id;text2\n1;x\n", InvalidInput),
        (b"[1, 2", InvalidInput),
    ):
        bad.write_bytes(content)
        with pytest.raises(error):
            compare(bad, good, reference)
    with pytest.raises(NotFound):
        compare(tmp_path / "weg.jsonl", good, reference)
    odd = [{"id": id_, "answer": text} for id_, text in right.items()]
    odd[0]["answer"] = {"text": ["a"]}  # type: ignore[assignment]
    odd[1]["answer"] = "§ 1 EnWG 5 kWh " * 20_000
    bad.write_text(
        "".join(json.dumps(row) + "\n" for row in odd) + "kein json\n" + '{"id": "", "answer": "x"}\n' + "[" * 5000 + "\n", "utf-8"
    )
    found = compare(bad, good, reference)
    assert len(found["problems"]) == 4 and found["items"] == 80


def test_the_shipped_limits_are_those_shown_and_a_wrong_key_is_named(tmp_path: Path) -> None:
    shown = Path("config/training/gates.yaml")
    assert limits_of(shown) == limits_of()
    assert shown.read_text("utf-8") == Path("src/nova/training/gates.yaml").read_text("utf-8")
    with pytest.raises(InvalidInput, match="neu: Diese Angabe gibt es nicht"):
        parsed(Limits, shown.read_text("utf-8") + "neu: 1\n", "g.yaml")
    with pytest.raises(InvalidInput, match="win_rate"):
        parsed(Limits, shown.read_text("utf-8").replace("win_rate: 0.65", "win_rate: 65"), "g.yaml")
    with pytest.raises(InvalidInput, match="kein YAML"):
        parsed(Limits, "a: [", "g.yaml")
    with pytest.raises(NotFound):
        limits_of(tmp_path / "weg.yaml")


def test_the_limits_of_the_paper_stand_in_the_file() -> None:
    limits = limits_of()
    assert (limits.bleu, limits.rouge_l, limits.win_rate) == (35, 0.4, 0.65)


def test_references_without_a_fact_prove_nothing(tmp_path: Path) -> None:
    plain = [{"id": str(at), "topic": "t", "question": "?", "reference": "Das geht im Portal.", "answerable": "true"} for at in range(70)]
    said = {row["id"]: row["reference"] for row in plain}
    assert "facts" in held(told(tmp_path, plain, said, dict.fromkeys(said, "Nein.")))


def test_the_sets_are_as_large_as_the_decision_says() -> None:
    assert [len(sets.written(name)) for name in ("tuned", "kept")] == [12, 10]
