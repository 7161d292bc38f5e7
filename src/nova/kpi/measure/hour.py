"""The rows of one hour in, what it adds to every figure out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from psycopg import Connection

from nova.kpi.measure.contacts import AGAIN, SOON, Reader, rephrased, returning
from nova.kpi.measure.groundedness import Groundedness, Grounds, grounded
from nova.kpi.measure.tally import LATENCY, Tally
from nova.kpi.tone.sentiment import Tone, tone
from nova.language.analyser import Analyser
from nova.store.postgres.db import Row
from nova.store.quality import kpi_evidence
from nova.store.quality.kpi import HourRow

HOUR = timedelta(hours=1)
WEAK_MARGIN = 1.15  # benchmarks/weak.py
CHARS_A_TOKEN = 3.5
LONGEST_READ_S = 1800.0
TRAINED = ("train_facts", "train_win", "train_bleu", "train_rouge_l")
LOST = ("taken_back", "refused", "unreachable")
COMPOSER = "composer"  # who writes where no model does
POINTS_AT_A_GAP = ("falsch", "unvollstaendig", "quelle")


@dataclass(frozen=True, slots=True)
class Prices:
    """What computing costs: EUR for a million tokens of a language model, and for an hour of answering time."""

    tokens: float = 0.0
    cpu: float = 0.0

    def of(self, row: Row) -> float:
        """What one answer cost, estimated: a model reads what was found and the question, and writes the answer."""
        tokens = (row["chars"] + row["retrieval"].get("read", 0)) / CHARS_A_TOKEN if row["model"] else 0.0
        return tokens / 1e6 * self.tokens + (row["ms"] or 0.0) / 3.6e6 * self.cpu


@dataclass(frozen=True)
class Gauge:
    """How figures are read off rows. The same gauge gives the same figures for the same rows."""

    prices: Prices = field(default_factory=Prices)
    tone: Callable[[str], Tone] = tone
    analyser: Analyser = field(default_factory=Analyser.builtin)

    @cached_property
    def grounds(self) -> Grounds:
        """What sections say."""
        return Grounds(self.analyser)

    @cached_property
    def reader(self) -> Reader:
        """What texts speak of."""
        return Reader(self.analyser)


def hour_rows(conn: Connection[Any], starts: datetime, gauge: Gauge) -> list[HourRow]:
    """What the hour that begins at `starts` adds to every figure."""
    tally, to = Tally(), starts + HOUR
    _answers(conn, starts, to, gauge, tally)
    _judgements(conn, starts, to, tally)
    _delivered(conn, starts, to, tally)
    _people(conn, starts, to, gauge, tally)
    _events(conn, starts, to, tally)
    _engines(conn, starts, to, tally)
    _training(conn, starts, to, tally)
    _editors(conn, starts, to, tally)
    return tally.rows(starts)


def is_weak(status: str, retrieval: Mapping[str, Any]) -> bool:
    """Whether retrieval found little for a question: it was refused, or answered with hardly more than an answer needs."""
    if status == "refused":
        return True
    return not retrieval.get("direct", False) and retrieval.get("margin", WEAK_MARGIN) < WEAK_MARGIN


def weakness(status: str, retrieval: Mapping[str, Any]) -> float:
    """How weak, from 0 (not at all) to 1 (refused)."""
    if status == "refused":
        return 1.0
    return round(min(0.9, max(0.3, 2.0 - retrieval.get("margin", 1.0) * 1.5)), 4) if is_weak(status, retrieval) else 0.0


def _answers(conn: Connection[Any], frm: datetime, to: datetime, gauge: Gauge, tally: Tally) -> None:
    rows = kpi_evidence.answers(conn, frm, to)
    for row, found in zip(rows, grounded(conn, rows, gauge.grounds), strict=True):
        tally.of(row["who"])
        _answer(row, found, gauge.prices, tally)


def _answer(row: Row, found: Groundedness, prices: Prices, tally: Tally) -> None:
    segments, weak = _segments(row, found.kind), is_weak(row["status"], row["retrieval"]) and not row["outside"]
    tally.add("answers", 1, segments)
    tally.add("refused_share", row["status"] == "refused", segments)
    if row["ms"] is not None:
        tally.wait(row["ms"], segments)
    if found.sentences:
        tally.add("cited_share", found.cited, segments, n=found.sentences)
    if found.citations:
        tally.add("valid_citations", found.valid, segments, n=found.citations)
    for score in found.scores:
        tally.add("groundedness", score, segments)
    if row["status"] == "refused" or "margin" in row["retrieval"]:
        tally.add("weak_share", weak, segments)
    if weak:
        tally.add("gap_questions", 1, segments)
    tally.add("cost_eur", prices.of(row), segments)
    _model(row["retrieval"], segments, tally)


def _model(retrieval: Mapping[str, Any], segments: list[str], tally: Tally) -> None:
    """What became of what a model wrote."""
    if retrieval.get("pen"):
        tally.add("fell_back_share", retrieval.get("fell_back", 0), segments)
    if withheld := retrieval.get("withheld", 0):
        tally.add("withheld", withheld, segments, n=withheld)


def _segments(row: Row, kind: str) -> list[str]:
    """By which an answer can be told apart: kind of document, model and who was to write, prompt, what was learned, where it was asked."""
    named = {"kind": kind, "model": row["model"] or "", "prompt": row["prompt_version"], "learned": row["learned"]}
    named |= {"source": row["source"], "channel": row["channel"], "pen": _pen(row["retrieval"] or {})}
    return [f"{name}:{value}" for name, value in named.items() if value]


def _pen(retrieval: Mapping[str, Any]) -> str:
    """Who was to write an answer; "" where nobody was asked to."""
    return (retrieval["pen"] or COMPOSER) if "pen" in retrieval else ""


def _judgements(conn: Connection[Any], frm: datetime, to: datetime, tally: Tally) -> None:
    for row in kpi_evidence.judgements(conn, frm, to):
        tally.of(row["who"])
        segments = _segments(row, "") if row["status"] else []
        tally.add("useful_share", row["useful"], segments)
        if row["dwell_ms"] is not None:
            tally.add("dwell_s", min(row["dwell_ms"] / 1000, LONGEST_READ_S))
        if _lacked(row):
            tally.add("gap_questions", 1, segments)


def _lacked(row: Row) -> bool:
    """Whether a judgement points at a gap that the answer itself did not show."""
    doubted = not row["useful"] and row["reason"] in POINTS_AT_A_GAP and "emergency" not in (row["retrieval"] or {})
    return bool(doubted and row["status"] and not row["outside"] and not is_weak(row["status"], row["retrieval"]))


def _delivered(conn: Connection[Any], frm: datetime, to: datetime, tally: Tally) -> None:
    """Answers that others gave, as far as they measured them. How long they took and what they cost are other things than Luna's: apart."""
    for row in kpi_evidence.delivered(conn, frm, to):
        tally.of(row["who"])
        segments = _where(row["source"], row["channel"])
        if row["answers"]:
            tally.add("answers", 1, segments)
        for kpi, name in (("refused_share", "refused"), ("useful_share", "useful"), ("rephrased_share", "rephrased")):
            if row[name] is not None:
                tally.add(kpi, row[name], segments)
        if row["refused"] and not row["outside"]:
            tally.add("gap_questions", 1, segments)
        if row["dwell_ms"] is not None:
            tally.add("dwell_s", min(row["dwell_ms"] / 1000, LONGEST_READ_S), segments)
        for kpi, name in ((LATENCY, "latency_ms"), ("cost_eur", "cost_eur")):
            if row[name] is not None:
                tally.apart(kpi, row[name], segments)


def _people(conn: Connection[Any], frm: datetime, to: datetime, gauge: Gauge, tally: Tally) -> None:
    lately = kpi_evidence.utterances(conn, frm - SOON, to)
    for one, again in rephrased(lately, frm, gauge.reader).items():
        tally.of(one.subject_id)
        if not one.told:
            tally.add("rephrased_share", again, _where(one.source, one.channel))
        wrote = [] if one.pen is None else [f"pen:{one.pen or COMPOSER}"]
        _tone(gauge.tone(one.text), [*_where(one.source, one.channel), *wrote], tally)
    subjects = sorted({one.subject_id for one in lately if one.ts >= frm and one.subject_id is not None})
    if subjects:
        said = kpi_evidence.utterances(conn, frm - AGAIN, to, subjects)
        for one, back in returning(said, frm, gauge.reader):
            tally.of(one.subject_id)
            tally.add("repeat_contact", back, _where(one.source, one.channel))


def _tone(heard: Tone, segments: list[str], tally: Tally) -> None:
    tally.add("unknown_share", heard.score is None, segments)
    if heard.score is not None:
        tally.add("sentiment", heard.score, segments)
        tally.add("negative_share", heard.label == "negative", segments)


def _where(source: str | None, channel: str | None) -> list[str]:
    return [f"{name}:{value}" for name, value in (("source", source), ("channel", channel)) if value]


def _events(conn: Connection[Any], frm: datetime, to: datetime, tally: Tally) -> None:
    for row in kpi_evidence.events(conn, frm, to):
        tally.of(*(row["people"] or ()))
        tally.add("events", row["n"], [f"type:{row['type']}"], n=row["n"])
        if row["read"]:
            tally.of(*(row["readers"] or ()))
            tally.sums("dwell_s", row["read"], row["seconds"], row["squares"])
    tally.of()  # nobody knows whose it was
    for row in kpi_evidence.refusals(conn, frm, to):
        tally.add("intake_refused", row["n"], [f"reason:{row['reason']}", f"source:{row['source']}"], n=row["n"])


def _engines(conn: Connection[Any], frm: datetime, to: datetime, tally: Tally) -> None:
    tally.of()
    for row in kpi_evidence.engine_hours(conn, frm, to):
        segments = [f"engine:{row['engine']}"]
        tally.add("engines_reached", row["reached"], segments, n=row["reached"] + row["missed"])
        if row["reached"]:
            tally.sums("engine_s", row["reached"], row["seconds"], row["seconds"] ** 2 / row["reached"], segments)
    for row in kpi_evidence.engine_deliveries(conn, frm, to):
        if row["state"] in LOST:
            tally.add("deliveries_lost", row["n"], [f"engine:{row['engine']}", f"state:{row['state']}"], n=row["n"])


def _training(conn: Connection[Any], frm: datetime, to: datetime, tally: Tally) -> None:
    tally.of()
    for row in kpi_evidence.train_evaluations(conn, frm, to):
        for kpi in TRAINED:
            if row[kpi] is not None:
                tally.add(kpi, row[kpi])
    for row in kpi_evidence.train_runs(conn, frm, to):
        tally.add("train_hours", row["hours"])
        if row["over"]:
            tally.add("train_over_budget", 1)
    for row in kpi_evidence.training_watch(conn, frm, to):
        tally.add(row["figure"], row["value"])


def _editors(conn: Connection[Any], frm: datetime, to: datetime, tally: Tally) -> None:
    tally.of()
    for kappa in kpi_evidence.editors_kappa(conn, frm, to):
        tally.add("review_kappa", kappa)
    waiting, overdue = kpi_evidence.second_opinions(conn, frm, to)
    if waiting:
        tally.add("second_overdue", overdue)
