"""A file of questions with references in, the rows of a curated evaluation set out, each with the facts that its reference holds."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, get_args

from nova.errors import InvalidInput
from nova.training.facts import facts_of
from nova.training.refusals import sounds_refusing
from nova.training.rows import read_table
from nova.training.sides import NO_TOPIC
from nova.training.written import written

Kind = Literal["question", "edge", "dialogue"]
"""An ordinary question; an edge case; a scenario that is a dialogue, its turns in the question, a line each."""
KINDS: tuple[str, ...] = get_args(Kind)
MOST, LONGEST = 5_000, 8_000
YES, NO = ("true", "1", "ja", "wahr"), ("false", "0", "nein", "falsch")
Row = Mapping[str, str]


def set_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a file (JSONL or CSV: `id, question, reference`, and `kind, topic, answerable`) as they are; raises as `read_table`."""
    return read_table(path, ("id", "question", "reference"), ("kind", "topic", "answerable")).rows


def frozen(rows: Sequence[Row], is_personal: Callable[[str], bool]) -> list[dict[str, Any]]:
    """Rows as a version keeps them, in the order of their ids.

    InvalidInput for an id that comes twice, a row without a question, a reference or a known kind, one that says whether it can be answered
    and whose reference says otherwise, and one in which something personal may stand.
    """
    if not 0 < len(rows) <= MOST:
        raise InvalidInput(f"Ein Messsatz hat mindestens eine und höchstens {MOST} Fragen.")
    if len({row["id"] for row in rows}) < len(rows):
        raise InvalidInput("In einem Messsatz kommt eine Kennung mehrmals vor.")
    return [_frozen(row, is_personal) for row in sorted(rows, key=lambda one: one["id"])]


def _frozen(row: Row, is_personal: Callable[[str], bool]) -> dict[str, Any]:
    question, reference = row["question"].strip(), row["reference"].strip()
    kind = row.get("kind") or "question"
    fault = _fault(question, reference, kind)
    if not fault and any(map(is_personal, (question, reference))):
        fault = "Im Text steht womöglich etwas Personenbezogenes; ein Messsatz kommt ohne aus."
    if fault:
        raise InvalidInput(f"Frage „{row['id']}“: {fault}")
    answerable = _answerable(row, reference)
    return {
        "id": row["id"], "kind": kind, "topic": row.get("topic") or NO_TOPIC, "question": question, "reference": reference,
        "answerable": answerable, "facts": facts_told(reference) if answerable else [],
    }  # fmt: skip


def _fault(question: str, reference: str, kind: str) -> str:
    if not question or not reference or max(len(question), len(reference)) > LONGEST:
        return f"Frage und Referenz dürfen nicht leer und höchstens {LONGEST} Zeichen lang sein."
    return "" if kind in KINDS else f"kind ist eines von {', '.join(KINDS)}."


def _answerable(row: Row, reference: str) -> bool:
    refuses, told = sounds_refusing(reference), (row.get("answerable") or "").strip().casefold()
    if told not in ("", *YES, *NO) or (told in YES and refuses):
        raise InvalidInput(f"Frage „{row['id']}“: answerable passt nicht zur Referenz.")
    return told in YES or (told == "" and not refuses)


def facts_told(reference: str) -> list[dict[str, str]]:
    """What an answer has to get right: of each fact its kind and how the reference says it."""
    text = written(reference)
    return [{"kind": one.kind, "said": text[one.start : one.end].strip()} for one in facts_of(reference)]


def digest_of(rows: Sequence[Mapping[str, Any]]) -> str:
    """The sha256 of frozen rows."""
    return hashlib.sha256(json.dumps(list(rows), sort_keys=True, ensure_ascii=False).encode()).hexdigest()
