"""Commands that open Nova for themselves, in a folder that nobody else uses."""

import json
from pathlib import Path

import pytest

from tests.flow.conftest import read, run

pytestmark = pytest.mark.slow

LAW = """# Verordnung über Musterlampen (MusterV)

## § 1 Anwendungsbereich

Diese Verordnung gilt für alle Musterlampen im Netzgebiet.

## § 2 Prüfung der Lampen

Musterlampen sind alle drei Jahre zu prüfen. Die Prüfung dauert höchstens zwei Stunden.

## § 3 Kosten der Prüfung

Die Kosten der Prüfung trägt der Betreiber der Lampe. Er darf sie nicht auf die Nachbarn umlegen.
"""


def test_a_folder_is_ingested_reindexed_and_answers_the_same(tmp_path: Path) -> None:
    laws, data = tmp_path / "laws", tmp_path / "data"
    laws.mkdir()
    (laws / "musterv.md").write_text(LAW, "utf-8")
    assert read(data, "ingest", str(laws), "--kind", "regulation")["stored"] == 1
    before = read(data, "ask", "Wie oft sind Musterlampen zu prüfen?")
    assert "drei Jahre" in before["answer"]
    assert read(data, "reindex")["chunks"] == 3
    after = read(data, "ask", "Wie oft sind Musterlampen zu prüfen?")
    assert [one["chunk_id"] for one in after["citations"]] == [one["chunk_id"] for one in before["citations"]]


def test_an_evaluation_reports_figures_and_misses_its_gate(tmp_path: Path) -> None:
    laws = tmp_path / "laws"
    laws.mkdir()
    (laws / "musterv.md").write_text(LAW, "utf-8")
    rows = [
        {
            "id": "1",
            "question": "Wie oft sind Musterlampen zu prüfen?",
            "law": "musterv",
            "section": "§ 2",
            "evidence": "alle drei Jahre",
            "style": "x",
        },
        {
            "id": "2",
            "question": "Wer trägt die Kosten der Prüfung?",
            "law": "musterv",
            "section": "§ 3",
            "evidence": "der Betreiber",
            "style": "x",
        },
    ]
    questions = tmp_path / "questions.jsonl"
    questions.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    done = run(tmp_path / "data", "eval", "retrieval", str(questions), "--corpus", str(laws), "--json", "--gate", "ndcg@10=101")
    made = json.loads(done.stdout)
    assert made["all"]["questions"] == 2
    assert made["all"]["hit@5"] == 100.0
    assert made["all"]["evidence_in_quotes"] == 100.0
    assert made["latency"]["p50_ms"] > 0
    assert done.returncode == 5
    assert not (tmp_path / "data").exists()
