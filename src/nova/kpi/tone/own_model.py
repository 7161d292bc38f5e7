"""What reviewers say of turns in, who tells the tone out: from 200 labels on the site's own model, where the lexicon is not better."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.kpi.tone.child import LEAST_LABELS
from nova.kpi.tone.sentiment import LABELS, Label, Tone, tone
from nova.ports import Children
from nova.store.quality import kpi_labels

CHILD = "nova.kpi.tone.child:tones_task"


@dataclass(frozen=True, slots=True)
class Judge:
    """Who tells the tone, and how well by macro F1 on the labels (cross-validated for the model; None: too few labels)."""

    tone: Callable[[str], Tone]
    own: bool
    labels: int
    f1: float | None = None
    lexicon_f1: float | None = None

    def report(self) -> dict[str, Any]:
        """The numbers, for people."""
        return {"own": self.own, "labels": self.labels, "needed": LEAST_LABELS, "f1": self.f1, "lexicon_f1": self.lexicon_f1}


def judge(children: Children, labels: Sequence[tuple[str, str]], texts: Sequence[str]) -> Judge:
    """Who tells the tone of these texts, learned from these labels (text, label)."""
    if len({text for text, _ in labels}) < LEAST_LABELS:
        return Judge(tone, False, len(labels))
    wanted = sorted(set(texts))
    body = json.dumps({"labels": sorted(labels), "texts": wanted}).encode()
    report, tones = children.run(CHILD, {}, body, name="Tonfall", patient=True)
    f1, before = report["f1"], report["lexicon_f1"]
    if f1 is None or f1 < before:
        return Judge(tone, False, report["labels"], f1, before)
    known = {text: Tone(label, score) for text, (label, score) in zip(wanted, json.loads(tones), strict=True)}
    return Judge(lambda text: known[text] if text in known else tone(text), True, report["labels"], f1, before)


def label(conn: Connection[Any], conversation_id: UUID, seq: int, said: Label, user_id: UUID | None, now: datetime) -> bool:
    """Somebody (None: the operator) says what a turn sounds like; False when there is no such turn of a person that may be looked at."""
    if said not in LABELS:
        raise ValueError(said)
    return kpi_labels.put(conn, conversation_id, seq, said, user_id, now)
