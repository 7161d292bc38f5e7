"""A client to an empty Nova, a corpus and questions in, a report out."""

import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nova.cli import output
from nova.cli.client import Client
from nova.cli.documents.intake import files, take_in
from nova.cli.evaluation.measures import Figures, QuestionResult, answering, by_style, latency, refusals, retrieval
from nova.cli.evaluation.questions import Question, Suite
from nova.errors import NovaError

Report = dict[str, Any]


def prepare(client: Client, suite: Suite, corpus: Path | None) -> dict[str, str]:
    """Take the corpus in; gives each item's document stem."""
    with tempfile.TemporaryDirectory(prefix="nova-eval-") as folder:
        for stem, text in suite.documents.items():
            (Path(folder) / f"{stem}.txt").write_text(text, "utf-8")
        sources: list[str | Path] = [*files([corpus] if corpus else []), *files([Path(folder)])]
        outcomes = take_in(client, sources, {"kind": "document"}, quiet=True)
    failed = [one for one in outcomes if one.status == "failed"]
    if failed:
        raise NovaError(f"{len(failed)} Dokumente wurden nicht aufgenommen, zuerst {failed[0].source}: {failed[0].message}")
    return {str(one.item_id): Path(one.source).stem for one in outcomes if one.status == "stored"}


def ask_all(client: Client, questions: Sequence[Question], stems: Mapping[str, str], depth: int) -> list[QuestionResult]:
    """Ask every question once."""
    asked = []
    for number, question in enumerate(questions, 1):
        asked.append(_ask(client, question, stems, depth))
        output.progress(f"  {number}/{len(questions)} Fragen gestellt", final=number == len(questions))
    return asked


def report(answerable: Sequence[QuestionResult], unanswerable: Sequence[QuestionResult], depth: int) -> Report:
    """All figures; unanswerable ones by kind."""

    def both(asked: Sequence[QuestionResult]) -> Figures:
        return retrieval(asked, depth) | answering(asked)

    made: Report = {"all": both(answerable), "styles": by_style(answerable, both), "latency": latency(answerable)}
    if unanswerable:
        made["unanswerable"] = {"all": refusals(unanswerable), **by_style(unanswerable, refusals)}
    return made


def table(made: Report) -> None:
    """Print a report for people."""
    rows = [{"style": "alle", **made["all"]}, *({"style": style, **figures} for style, figures in made["styles"].items())]
    output.table(rows, {"style": "", **{name: name for name in made["all"]}})
    output.line(f"Antwortzeit: Median {made['latency']['p50_ms']} ms, 95 % unter {made['latency']['p95_ms']} ms")
    for kind, figures in made.get("unanswerable", {}).items():
        output.line(f"Nicht beantwortbar ({kind}): {figures['refused']} % von {figures['questions']} abgelehnt")


def missed(made: Report, gates: Mapping[str, float]) -> list[str]:
    """The gates that the figures do not reach."""
    unknown = sorted(set(gates) - set(made["all"]))
    if unknown:
        raise NovaError(f"Unbekannte Kennzahl: {', '.join(unknown)}. Es gibt: {', '.join(made['all'])}.")
    return [f"{name}: {made['all'][name]} statt mindestens {least}" for name, least in gates.items() if made["all"][name] < least]


def _ask(client: Client, question: Question, stems: Mapping[str, str], depth: int) -> QuestionResult:
    begun = time.perf_counter()
    events = dict(client.events({"question": question.text, "top_k": depth}))
    spent = 1000 * (time.perf_counter() - begun)
    if "final" not in events:
        raise NovaError(f"Die Frage {question.id} blieb ohne Antwort: {events.get('error', {}).get('message', 'der Strom brach ab')}")

    def place(one: Mapping[str, Any]) -> tuple[str, str]:
        return stems.get(one["item_id"], ""), one["section"]

    final = events["final"]
    return QuestionResult(
        question,
        ranked=tuple(place(one) for one in events.get("passages", {}).get("passages", [])),
        status=final["status"],
        cited=tuple(place(one) for one in final["citations"]),
        quotes=tuple(one["quote"] for one in final["citations"]),
        passages=tuple(one["payload"]["text"] for one in final["citations"]),
        milliseconds=spent,
    )
