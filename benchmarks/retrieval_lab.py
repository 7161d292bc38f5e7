"""Corpus and questions in, retrieval figures out, without a database: chunks, an in-process index that scores like the search engine, rank, metrics.

    python benchmarks/retrieval_lab.py CORPUS QUESTIONS.jsonl [--unanswerable FILE] [--ablate] [--probes N] [--squad FILE] [--rebuild-artefact]
"""

import argparse
import gzip
import json
import math
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

import numpy as np

from nova.answers.vocabulary import parse
from nova.engines.extract.markdown import normalise, parse_markdown
from nova.knowledge.chunk import chunks
from nova.knowledge.structure import sections, title_of
from nova.language.analyser import MEAN_LENGTHS, VIEW_WEIGHTS, Analyser
from nova.language.fold import form, raw_words
from nova.language.norms import norm_keys
from nova.language.stems import is_stop, stem
from nova.records import Chunk, Passage, Section, SparseVector

EVERYDAY = Path(__file__).parent.parent / "src/nova/language/lexicon/everyday.txt"
VOCABULARY = Path(__file__).parent.parent / "src/nova/answers/wortschatz.yaml"
ARTEFACT = Path(__file__).parent.parent / "src/nova/language/lexicon/analyser.json.gz"


class Index:
    """Scores as the engine does: the dot product of query and document with ln(1 + (N - n + .5) / (n + .5)) for each term."""

    def __init__(self, vectors: Sequence[SparseVector]) -> None:
        self.size = len(vectors)
        ids = np.concatenate([np.asarray(v.indices, dtype=np.uint32) for v in vectors])
        docs = np.repeat(np.arange(self.size, dtype=np.int32), [len(v.indices) for v in vectors])
        values = np.concatenate([np.asarray(v.values, dtype=np.float32) for v in vectors])
        order = np.argsort(ids, kind="stable")
        self.docs, self.values = docs[order], values[order]
        terms, starts = np.unique(ids[order], return_index=True)
        ends = np.append(starts[1:], len(ids))
        self.where = {int(t): (int(a), int(b)) for t, a, b in zip(terms, starts, ends, strict=True)}

    def scores(self, query: SparseVector) -> np.ndarray:
        """One score for each document."""
        total = np.zeros(self.size, dtype=np.float32)
        for term, value in zip(query.indices, query.values, strict=True):
            if span := self.where.get(term):
                count = span[1] - span[0]
                idf = math.log(1 + (self.size - count + 0.5) / (count + 0.5))
                total[self.docs[span[0] : span[1]]] += np.float32(value * idf) * self.values[span[0] : span[1]]
        return total

    def search(self, query: SparseVector, limit: int) -> list[tuple[int, float]]:
        """The best documents and their scores."""
        total = self.scores(query)
        best = np.argpartition(-total, min(limit, self.size - 1))[:limit]
        return [(int(i), float(total[i])) for i in sorted(best, key=lambda i: -total[i]) if total[i] > 0]


@dataclass
class Entry:
    """A chunk with where it comes from."""

    law: str
    title: str
    section: Section
    chunk: Chunk
    passage: Passage = field(init=False)

    def __post_init__(self) -> None:
        number = hash((self.law, self.chunk.ordinal)) & ((1 << 128) - 1)
        self.passage = Passage(
            UUID(int=number), UUID(int=hash(self.law) & ((1 << 128) - 1)), 1, self.title, "regulation", self.chunk.path, self.section.label,
            UUID(int=hash((self.law, "s", self.section.ordinal)) & ((1 << 128) - 1)), self.section.title, self.chunk.text, self.chunk.start,
            self.chunk.end, None, self.section.norm, 0.0,
        )  # fmt: skip


def load(folder: Path) -> list[Entry]:
    """All chunks of the Markdown files in a folder."""
    entries = []
    for file in sorted(folder.glob("*.md")):
        document = parse_markdown(normalise(file.read_text("utf-8")))
        found = sections(document)
        entries += [Entry(file.stem, title_of(document), found[chunk.section], chunk) for chunk in chunks(document, found)]
    return entries


def vector(analyser: Analyser, entry: Entry, masked: bool = False) -> SparseVector:
    """An entry's document vector; masked leaves its heading out."""
    path = (*entry.chunk.path[:-1], entry.section.label) if masked else entry.chunk.path
    norm = entry.section.norm
    keys = norm_keys(norm.partition(":")[0], entry.section.label) if norm else []
    return analyser.document(entry.title, path, entry.chunk.text, keys)


def build_artefact(folder: Path) -> Analyser:
    """Learn the shipped artefact anew: the corpus's words (in at least 2 passages) and the everyday words."""
    everyday = EVERYDAY.read_text("utf-8").split()
    spoken = parse(VOCABULARY.read_text("utf-8"), VOCABULARY.name)
    everyday += [raw for entry in spoken for phrase in (entry.phrase, *entry.terms) for raw in raw_words(phrase) if len(raw) > 3]
    seed = Analyser({}, 0, dict(MEAN_LENGTHS), dict(VIEW_WEIGHTS))
    texts = [entry.chunk.text + "\n" + entry.chunk.path[-1] for entry in load(folder)]
    first = Analyser.learn(texts, base=seed)
    counts = dict(first.counts)
    for word in map(form, everyday):
        if word.isalpha():
            counts.setdefault(word, 1)
    second = Analyser.learn(texts, base=replace(seed, counts=dict(sorted(counts.items())), _words={}, _derived={}))
    final = Analyser(dict(sorted(counts.items())), len(texts), second.mean_lengths, dict(VIEW_WEIGHTS))
    ARTEFACT.write_bytes(gzip.compress(final.to_json().encode(), 9, mtime=0))
    return final


def accepted(question: dict) -> set[tuple[str, str]]:
    """The (law, section) pairs that answer."""
    pairs = [question, *question["also"]]
    return {(pair["law"], pair["section"]) for pair in pairs}


def ndcg(gains: Sequence[int], ideal: int, k: int = 10) -> float:
    """Binary nDCG@k with `ideal` relevant documents."""
    best = sum(1 / math.log2(rank + 2) for rank in range(min(ideal, k)))
    return sum(gain / math.log2(rank + 2) for rank, gain in enumerate(gains[:k])) / best if best else 0.0


def judge(questions: list[dict], ranked: Callable[[str], list[Entry]], show: bool = False) -> dict:
    """Hit@1/5/10, nDCG@10 over distinct sections, MRR, found within 100; overall and by style."""
    rows = defaultdict(list)
    for question in questions:
        right = accepted(question)
        order = list(dict.fromkeys((entry.law, entry.section.label) for entry in ranked(question["question"])))
        gains = [int(pair in right) for pair in order]
        first = gains.index(1) + 1 if 1 in gains else 999
        passages_gain = ndcg([1 if g else 0 for g in gains], len(right))
        row = (first <= 1, first <= 5, first <= 10, passages_gain, 1 / first if first < 999 else 0, first < 999, 1 / math.log2(first + 1) if first <= 10 else 0)
        rows["all"].append(row)
        rows[question["style"]].append(row)
        if show and first > 5:
            print(f"{first:4d} {question['id']} {question['law']} {question['section']} | {question['question']}\n       got {order[:4]}")
    return {style: np.mean(np.array(values, dtype=float), axis=0) for style, values in rows.items()}


def table(result: dict) -> str:
    """The figures by style as text."""
    lines = ["style        hit@1 hit@5 hit@10 nDCG  MRR  in100 nDCG1st"]
    for style, row in sorted(result.items(), key=lambda pair: pair[0] != "all"):
        lines.append(f"{style:12s} " + " ".join(f"{100 * value:5.1f}" for value in row))
    return "\n".join(lines)
