"""Questions are read from three forms; the figures are right by hand; probes hide their own heading only."""

import json
import math
from pathlib import Path

import pytest

from nova.cli.evaluation import probes
from nova.cli.evaluation.measures import QuestionResult, answering, latency, ndcg, recall, refusals, retrieval
from nova.cli.evaluation.questions import Place, Question, read
from nova.cli.evaluation.run import missed, report
from nova.errors import InvalidInput, NovaError


def seen(
    *ranked: tuple[str, str], right: tuple[Place, ...] = (Place("messbg", "§ 29"),), status: str = "answered", **more: object
) -> QuestionResult:
    question = Question("q", "?", right, "layperson", "bis zum Jahr 2032")
    values: dict[str, object] = {"cited": ranked[:1], "quotes": (), "passages": (), "milliseconds": 10.0, **more}
    return QuestionResult(question, ranked, status, **values)  # type: ignore[arg-type]


def test_a_section_matches_by_its_label_and_not_by_its_beginning() -> None:
    place = Place("messbg", "§ 2")
    assert place.holds("messbg", "§ 2 Begriffe")
    assert place.holds("messbg", "§\u00a02")
    assert not place.holds("messbg", "§ 29 Ausstattung")
    assert not place.holds("nav", "§ 2 Begriffe")
    assert Place("p1").holds("p1", "anything")


def test_figures_by_hand() -> None:
    first = seen(("messbg", "§ 29 A"))
    third = seen(("nav", "§ 1"), ("nav", "§ 2"), ("messbg", "§ 29 A"))
    never = seen(("nav", "§ 1"))
    figures = retrieval([first, third, never])
    assert figures["hit@1"] == pytest.approx(33.3)
    assert figures["hit@5"] == pytest.approx(66.7)
    assert figures["mrr"] == pytest.approx(44.4)
    assert ndcg(third, 10) == pytest.approx(1 / math.log2(4))
    assert figures["ndcg@10"] == pytest.approx(100 * (1 + 0.5 + 0) / 3, abs=0.06)


def test_a_right_section_counts_once_and_its_second_passage_takes_no_rank() -> None:
    two = (Place("a", "§ 1"), Place("b", "§ 2"))
    ranked = seen(("a", "§ 1"), ("a", "§ 1"), ("b", "§ 2"), right=two)
    assert ndcg(ranked, 10) == pytest.approx(1.0)
    assert recall(ranked, 2) == 0.5
    assert recall(ranked, 3) == 1.0


def test_answers_are_judged_by_their_citations() -> None:
    proven = seen(("messbg", "§ 29 A"), quotes=("hat bis  zum\nJahr 2032 zu",), passages=("… bis zum Jahr 2032 …",))
    unproven = seen(("messbg", "§ 29 A"), cited=(("nav", "§ 1"),), quotes=("anderes",))
    refused = seen(("messbg", "§ 29 A"), status="refused", cited=())
    figures = answering([proven, unproven, refused])
    assert figures["evidence_in_quotes"] == pytest.approx(33.3)
    assert figures["answered_from_wrong_section"] == 50.0
    assert figures["refused_though_found"] == pytest.approx(33.3)
    assert refusals([refused, proven])["refused"] == 50.0
    assert latency([proven, refused]) == {"p50_ms": 10.0, "p95_ms": 10.0}


def test_gates_name_what_they_miss() -> None:
    made = report([seen(("nav", "§ 1"))], [], 10)
    assert missed(made, {"hit@5": 0}) == []
    assert missed(made, {"hit@5": 65})
    with pytest.raises(NovaError, match="Unbekannte Kennzahl"):
        missed(made, {"hits": 1})


def test_rows_beir_and_squad_are_read(tmp_path: Path) -> None:
    row = {"id": 1, "question": "Wann?", "law": "messbg", "section": "§ 29", "also": [{"law": "enwg", "section": "§ 5"}], "style": "x"}
    (tmp_path / "q.jsonl").write_text(json.dumps(row) + "\n\n", "utf-8")
    assert read(tmp_path / "q.jsonl").questions[0].right == (Place("messbg", "§ 29"), Place("enwg", "§ 5"))

    (tmp_path / "qrels").mkdir()
    (tmp_path / "corpus.jsonl").write_text('{"_id": "x/1", "title": "T", "text": "Text"}\n', "utf-8")
    (tmp_path / "queries.jsonl").write_text('{"_id": "a", "text": "?"}\n{"_id": "b", "text": "ohne"}\n', "utf-8")
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\na\tx/1\t1\nb\tx/1\t0\n", "utf-8")
    suite = read(tmp_path)
    assert [one.id for one in suite.questions] == ["a"]
    assert dict(suite.documents) == {"d000000": "T\n\nText"}

    squad = {"data": [{"paragraphs": [{"context": "Absatz.", "qas": [{"id": "s", "question": "?", "answers": [{"text": "Ab"}]}]}]}]}
    (tmp_path / "s.json").write_text(json.dumps(squad), "utf-8")
    assert read(tmp_path / "s.json").questions[0] == Question("s", "?", (Place("p00000"),), evidence="Ab")


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('{"id": 1, "question": "?"}\nkein json\n', "utf-8")
    with pytest.raises(InvalidInput, match="Zeile 2"):
        read(tmp_path / "q.jsonl")
    (tmp_path / "q.jsonl").write_text("[1]\n", "utf-8")
    with pytest.raises(InvalidInput, match="Zeile 1"):
        read(tmp_path / "q.jsonl")
    (tmp_path / "q.jsonl").write_text('{"question": "?"}\n', "utf-8")
    with pytest.raises(InvalidInput, match="„id“"):
        read(tmp_path / "q.jsonl")


def test_a_probe_hides_its_own_heading_and_nothing_else(tmp_path: Path) -> None:
    corpus = tmp_path / "laws"
    corpus.mkdir()
    kept = "# Gesetz\n\n## § 1 Anwendungsbereich der Regeln\n\nText eins.\n\n"
    text = f"{kept}## § 2 (weggefallen)\n\n## § 3 Kündigung durch Kunden\n\nText drei.\n"
    (corpus / "a.md").write_text(text, "utf-8")
    (corpus / "b.md").write_text("# Anderes\n\n## § 1 Anwendungsbereich der Regeln\n\nText.\n", "utf-8")
    assert probes.make(corpus, tmp_path / "out", 10, 1) == 1
    question = json.loads((tmp_path / "out" / "questions.jsonl").read_text("utf-8"))
    assert (question["question"], question["law"], question["section"]) == ("Kündigung durch Kunden", "a", "§ 3")
    hidden = (tmp_path / "out" / "corpus" / "a.md").read_text("utf-8")
    assert hidden == text.replace("## § 3 Kündigung durch Kunden", "## § 3")


def test_a_corpus_without_headings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="Überschriften"):
        probes.make(tmp_path, tmp_path / "out", 10, 1)
