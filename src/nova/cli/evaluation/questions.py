"""A file or folder of questions in, one shape of question out: rows with law and section, BEIR folders, SQuAD files."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nova.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Place:
    """What counts as right: a document (its file's stem) and a section's label, or "" for the whole document."""

    document: str
    section: str = ""

    def holds(self, document: str, section: str) -> bool:
        """Whether a passage of this document and section lies here."""
        wanted, given = " ".join(self.section.split()), " ".join(section.split())
        return document == self.document and (not wanted or given == wanted or given.startswith(f"{wanted} "))


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the places that answer it (none for an unanswerable one) and the words that prove it."""

    id: str
    text: str
    right: tuple[Place, ...]
    style: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Suite:
    """Questions, and the documents to write (stem to text) when the questions bring their own."""

    questions: tuple[Question, ...]
    documents: Mapping[str, str]


def read(path: Path) -> Suite:
    """Any of the three forms."""
    if path.is_dir():
        return beir(path)
    if path.suffix == ".jsonl":
        return Suite(tuple(_row(row, path) for row in rows(path)), {})
    if path.suffix == ".json":
        return squad(path)
    raise InvalidInput(f"{path} ist weder eine JSONL-Datei noch eine SQuAD-Datei (.json) noch ein BEIR-Ordner.")


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file; InvalidInput names the line that is none."""
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise InvalidInput(f"{path} ist nicht lesbar ({error.strerror}).") from error
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                yield dict(json.loads(line))
            except (ValueError, TypeError):
                raise InvalidInput(f"{path}, Zeile {number}: kein JSON-Objekt.") from None


def beir(folder: Path) -> Suite:
    """`corpus.jsonl`, `queries.jsonl` and `qrels/test.tsv`; documents are numbered, so that any id is a safe file name."""
    texts = {str(row["_id"]): f"{row.get('title') or ''}\n\n{row['text']}".strip() for row in rows(folder / "corpus.jsonl")}
    stems = {document: f"d{number:06d}" for number, document in enumerate(texts)}
    right: dict[str, list[Place]] = {}
    for line in (folder / "qrels" / "test.tsv").read_text("utf-8").splitlines()[1:]:
        query, document, score = line.split("\t")
        if int(score) > 0 and document in stems:
            right.setdefault(query, []).append(Place(stems[document]))
    questions = [Question(str(row["_id"]), row["text"], tuple(right.get(str(row["_id"]), ()))) for row in rows(folder / "queries.jsonl")]
    return Suite(tuple(one for one in questions if one.right), {stems[document]: text for document, text in texts.items()})


def squad(path: Path) -> Suite:
    """Every paragraph is a document and answers its own questions."""
    paragraphs = [paragraph for article in json.loads(path.read_text("utf-8"))["data"] for paragraph in article["paragraphs"]]
    documents = {f"p{number:05d}": paragraph["context"] for number, paragraph in enumerate(paragraphs)}
    questions = [
        Question(str(qa["id"]), qa["question"], (Place(stem),), evidence=qa["answers"][0]["text"] if qa.get("answers") else "")
        for stem, paragraph in zip(documents, paragraphs, strict=True)
        for qa in paragraph["qas"]
    ]
    return Suite(tuple(questions), documents)


def _row(row: Mapping[str, Any], path: Path) -> Question:
    if missing := [name for name in ("id", "question") if not str(row.get(name) or "").strip()]:
        raise InvalidInput(f"{path}: Einer Frage fehlt „{missing[0]}“: {json.dumps(row, ensure_ascii=False)[:80]}")
    pairs = [row, *(row.get("also") or [])]
    right = tuple(Place(pair["law"], pair.get("section") or "") for pair in pairs if pair.get("law"))
    return Question(str(row["id"]), row["question"], right, str(row.get("kind") or row.get("style") or ""), row.get("evidence") or "")
