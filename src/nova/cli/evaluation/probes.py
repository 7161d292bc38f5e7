"""A folder of Markdown documents in; questions from their own headings, and the documents with those headings masked, out.

A masked heading keeps its number ("§ 29") and loses its words, so that only the section's text can answer.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nova.errors import InvalidInput

HEADING = re.compile(
    r"^(?P<marks>#{1,6}) +(?P<label>(?:§§? ?|Art\. ?|Artikel |Anlage )?\d+[a-z]?(?:\.\d+)*\.?) +(?P<words>\S.*?)\s*$", re.MULTILINE
)
FEWEST_WORDS, MOST_WORDS = 2, 20
GONE = re.compile(r"weggefallen|aufgehoben|^\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Probe:
    """A heading that becomes a question: where it stands and its words."""

    document: str
    label: str
    words: str
    start: int
    end: int


def probes(texts: dict[str, str]) -> list[Probe]:
    """Every numbered heading whose words are a question of their own: not too short, and nowhere else in the corpus."""
    found = [probe for document, text in sorted(texts.items()) for probe in _headings(document, text)]
    times = Counter(probe.words.casefold() for probe in found)
    labels = Counter((probe.document, probe.label) for probe in found)
    return [probe for probe in found if times[probe.words.casefold()] == 1 and labels[probe.document, probe.label] == 1]


def make(corpus: Path, target: Path, count: int, seed: int) -> int:
    """Write `questions.jsonl` and `corpus/` below `target`; gives the number of questions."""
    texts = {path.stem: path.read_text("utf-8") for path in sorted(corpus.glob("*.md"))}
    candidates = probes(texts)
    if not candidates:
        raise InvalidInput(f"In {corpus} stehen keine nummerierten Überschriften in Markdown-Dateien.")
    drawn = random.Random(seed).sample(candidates, min(count, len(candidates)))  # noqa: S311 - the same draw every time
    chosen = sorted(drawn, key=lambda one: (one.document, one.start))
    (target / "corpus").mkdir(parents=True, exist_ok=True)
    for document, text in texts.items():
        (target / "corpus" / f"{document}.md").write_text(masked(text, [one for one in chosen if one.document == document]), "utf-8")
    lines = [json.dumps(_question(number, probe), ensure_ascii=False) for number, probe in enumerate(chosen, 1)]
    (target / "questions.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return len(chosen)


def masked(text: str, chosen: list[Probe]) -> str:
    """The text without the words of these headings."""
    for probe in sorted(chosen, key=lambda one: -one.start):
        text = text[: probe.start].rstrip(" ") + text[probe.end :]
    return text


def _headings(document: str, text: str) -> Iterator[Probe]:
    for match in HEADING.finditer(text):
        words = match["words"]
        if FEWEST_WORDS <= len(words.split()) <= MOST_WORDS and not GONE.search(words):
            yield Probe(document, match["label"], words, *match.span("words"))


def _question(number: int, probe: Probe) -> dict[str, object]:
    return {
        "id": f"probe-{number:04d}",
        "question": probe.words,
        "law": probe.document,
        "section": probe.label,
        "also": [],
        "style": "heading",
    }
