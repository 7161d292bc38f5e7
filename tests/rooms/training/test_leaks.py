"""Rows of the test set that stand in the training set are found in every way they may; what only looks alike is none."""

from pathlib import Path
from typing import Any

import pytest

from nova.training.commands import leak_files
from nova.training.leaks import Leaks, find_leaks
from nova.training.pairing import kind_of, texts_of
from tests.rooms.training import sets

Row = dict[str, str]
LONG = "Sie können die Grundversorgung jederzeit mit einer Frist von zwei Wochen kündigen (§ 20 StromGVV)."


def row(id_: str, question: str, answer: str, **more: str) -> Row:
    return {"id": id_, "question": question, "answer": answer, **more}


def kinds(found: Leaks) -> list[tuple[str | None, str | None, str]]:
    return [(one.train, one.test, one.kind) for one in found.pairs]


def between(case: dict[str, Any]) -> str:
    first, second = texts_of(*([{"question": case[side][0], "answer": case[side][1]}] for side in ("train", "test")))
    found = kind_of(second[0], first[0])
    return found[0] if found else "none"


@pytest.mark.parametrize("case", sets.leaks("tuned"), ids=lambda case: case["test"][0][:40])
def test_a_pair_is_told_as_what_it_is(case: dict[str, Any]) -> None:
    assert between(case) == case["kind"]


def test_of_what_was_kept_apart_as_much_is_told_as_the_decision_says() -> None:
    """9 of 11 when it was first measured, 10 since; no false one (ADR 0054)."""
    told = [(between(case) != "none", case["kind"] != "none") for case in sets.leaks("kept")]
    assert sum(found == planted for found, planted in told) >= 10
    assert (True, False) not in told


def test_people_sessions_and_templates_on_both_sides_are_leaks_and_nobody_is_not() -> None:
    train = [
        row("a", "Was?", "Ja.", person="P1", session="S1", template="V1"),
        row("b", "Wie?", "Nein.", person="unbekannt", session="", template="-"),
    ]
    test = [
        row("x", "Wo?", "Dort.", person=" p1 ", session="S1", template="V1"),
        row("y", "Wer?", "Sie.", person="Unbekannt", session="", template="-"),
    ]
    found = find_leaks(train, test)
    assert kinds(found) == [("a", "x", "person"), ("a", "x", "session"), ("a", "x", "template")]
    assert found.leaked == {"x"} and found.kinds == {"person": 1, "session": 1, "template": 1}


def test_a_common_answer_gives_nothing_away() -> None:
    long = "Bitte wenden Sie sich mit Ihrem Anliegen jederzeit telefonisch oder schriftlich an unseren freundlichen Kundenservice."
    things = ("der Rechnung", "dem Zähler", "meinem Umzug", "der Wallbox", "einer Störung", "dem Bonus", "der Kündigung")
    train = [row(str(at), f"Wen frage ich wegen {thing}?", long) for at, thing in enumerate(things)]
    assert find_leaks(train, [row("x", "Wo finde ich eine Filiale?", long)]).pairs == ()


def test_the_same_question_of_another_year_or_provision_is_another() -> None:
    train = [
        row(
            "a",
            "Wie hoch war der Preis im Jahr 2024?",
            "Der mittlere Preis im Jahr 2024 betrug 31,5 ct/kWh für Haushalte mit Grundversorgung.",
        )
    ]
    test = [
        row(
            "x",
            "Wie hoch war der Preis im Jahr 2023?",
            "Der mittlere Preis im Jahr 2023 betrug 37,5 ct/kWh für Haushalte mit Grundversorgung.",
        )
    ]
    assert find_leaks(train, test).pairs == ()


def test_a_slip_of_the_pen_is_near_and_another_word_is_not() -> None:
    train = [row("a", "Mit welcher Frist kann ich kündigen?", LONG)]
    assert kinds(find_leaks(train, [row("x", "Mit welhcer Frist kann ich kündigen?", LONG.replace("jederzeit", "jedrzeit"))])) == [
        ("a", "x", "near")
    ]
    assert (
        find_leaks(train, [row("x", "Mit welcher Frist kann ich widersprechen?", LONG.replace("zwei", "vier").replace("20", "21"))]).pairs
        == ()
    )


def test_a_mark_that_is_repeated_or_stands_on_both_sides_fails() -> None:
    mark = "NOVA-KANARIE-7f3a9c"
    once = find_leaks([row("a", f"{mark}?", "Ja.")], [row("x", "Wo?", "Hier.")], [mark])
    assert once.canaries == [{"canary": mark, "train": 1, "test": 0}] and not once.repeated(1)
    assert kinds(once) == [("a", None, "canary")] and once.leaked == set()
    twice = find_leaks([row("a", "nova kanarie 7F3A9C", "Ja."), row("b", "Wie?", mark)], [row("x", "Wo?", "Hier.")], [mark])
    assert twice.repeated(1)
    both = find_leaks([row("a", mark, "Ja.")], [row("x", "Wo?", mark)], [mark])
    assert both.repeated(1) and both.leaked == {"x"} and kinds(both) == [("a", "x", "canary")]


def test_files_say_how_many_leak(tmp_path: Path) -> None:
    train = sets.lines(
        tmp_path / "a.jsonl", [row("1", "Mit welcher Frist kann ich kündigen?", LONG), row("2", "Was kostet das?", "30 Euro im Monat.")]
    )
    test = tmp_path / "b.csv"
    test.write_bytes("\ufefffrage;antwort;person\r\nWie lange vorher kündige ich?;".encode() + LONG.encode() + b";\r\nWer?;Niemand.;\r\n")
    marks = tmp_path / "marks.txt"
    marks.write_text("ab\nNOVA-KANARIE-1\n", "utf-8")
    told = leak_files(train, test, marks, None)
    assert told["pairs"] == [{"train": "1", "test": "1", "kind": "paraphrase", "score": 1.0}]
    assert (told["test_leaked"], told["test_leaked_count"], told["passed"]) == (0.5, 1, False)
    assert told["canaries"] == [{"canary": "NOVA-KANARIE-1", "train": 0, "test": 0}] and len(told["problems"]) == 1
    assert leak_files(train, sets.lines(tmp_path / "c.jsonl", [row("9", "Wo?", "Dort.")]), None, None)["passed"]
