"""How an answer and a table look to a person."""

import pytest

from nova.cli import output
from nova.cli.answer import show

ANSWER = {
    "answer": "Zwei Wochen. [chunk x]",
    "status": "partial",
    "sentences": [
        {"text": "Die Frist beträgt zwei Wochen.", "citations": [1], "checked": True},
        {"text": "Das ist kurz.", "citations": [], "checked": False},
    ],
    "citations": [{"number": 1, "title": "StromGVV", "section": "§ 20 Kündigung", "page": 3, "quote": "mit einer Frist von\nzwei Wochen"}],
    "next_question": "In welcher Form?",
}


def test_sentences_carry_numbers_and_sources_follow(capsys: pytest.CaptureFixture[str]) -> None:
    show(ANSWER)
    told = capsys.readouterr().out
    assert "zwei Wochen. [1] Das ist kurz. (nicht belegt)" in told
    assert "[1] § 20 Kündigung, S. 3, StromGVV" in told
    assert "„mit einer Frist von zwei Wochen“" in told
    assert "In welcher Form?" in told
    assert "[chunk" not in told


def test_a_table_is_aligned_and_times_are_local(capsys: pytest.CaptureFixture[str]) -> None:
    output.table([{"a": "kurz", "b": "2026-01-02T03:04:05Z"}, {"a": None, "b": ["x", "y"]}], {"a": "Erste", "b": "Zweite"})
    rows = capsys.readouterr().out.splitlines()
    assert rows[0] == "Erste  Zweite"
    assert rows[1].startswith("kurz   02.01.2026 ")
    assert rows[2] == "       x, y"
