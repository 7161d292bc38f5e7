"""Corpus and questions in, retrieval figures out, without a database: chunks, an index that scores like the engine, rank, metrics.

python benchmarks/retrieval_lab.py CORPUS QUESTIONS.jsonl [--unanswerable FILE] [--ablate] [--probes N] [--squad FILE] [--learn]
"""

import argparse
import gzip
import json
import math
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import numpy as np
import numpy.typing as npt

from nova.answers.concepts import Question, understand
from nova.answers.rank import ENOUGH, WEIGHTS, Ranker
from nova.answers.vocabulary import Vocabulary, parse
from nova.engines.extract.markdown import normalise, parse_markdown
from nova.knowledge.chunk import chunks
from nova.knowledge.structure import sections, title_of
from nova.language.analyser import MEAN_LENGTHS, VIEW_WEIGHTS, Analyser
from nova.language.fold import form, raw_words
from nova.language.norms import norm_keys
from nova.language.spelling import Speller
from nova.language.stems import word_list
from nova.records import Block, Chunk, Document, Passage, Section, SparseVector

LANGUAGE = Path(__file__).parent.parent / "src/nova/language"
VOCABULARY = Path(__file__).parent.parent / "src/nova/answers/wortschatz.yaml"
ARTEFACT = LANGUAGE / "lexicon/analyser.json.gz"
SPACE = UUID(int=0)
CANDIDATES = 100


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

    def scores(self, query: SparseVector) -> npt.NDArray[np.float32]:
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
        item = uuid5(SPACE, self.law)
        section = uuid5(item, f"section {self.section.ordinal}")
        self.passage = Passage(
            uuid5(item, f"chunk {self.chunk.ordinal}"), item, 1, self.title, "regulation", self.chunk.path, self.section.label,
            section, self.section.title, self.chunk.text, self.chunk.start, self.chunk.end, norm=self.section.norm,
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
    everyday = list(word_list("everyday.txt"))
    spoken = parse(VOCABULARY.read_text("utf-8"), VOCABULARY.name)
    everyday += [raw for entry in spoken for phrase in (entry.phrase, *entry.terms) for raw in raw_words(phrase) if len(raw) > 3]
    seed = Analyser({}, 0, dict(MEAN_LENGTHS), dict(VIEW_WEIGHTS))
    texts = [entry.chunk.text + "\n" + entry.chunk.path[-1] for entry in load(folder)]
    first = Analyser.learn(texts, base=seed)
    counts = dict(first.counts)
    for word in map(form, everyday):
        if word.isalpha():
            counts.setdefault(word, 1)
    second = Analyser.learn(texts, base=replace(seed, counts=dict(sorted(counts.items())), _words={}))
    final = Analyser(dict(sorted(counts.items())), len(texts), second.mean_lengths, dict(VIEW_WEIGHTS))
    ARTEFACT.write_bytes(gzip.compress(final.to_json().encode(), 9, mtime=0))
    return final


def accepted(question: Mapping[str, Any]) -> set[tuple[str, str]]:
    """The (law, section) pairs that answer."""
    pairs = [question, *question["also"]]
    return {(pair["law"], pair["section"]) for pair in pairs}


def ndcg(gains: Sequence[int], ideal: int, k: int = 10) -> float:
    """Binary nDCG@k with `ideal` relevant documents."""
    best = sum(1 / math.log2(rank + 2) for rank in range(min(ideal, k)))
    return sum(gain / math.log2(rank + 2) for rank, gain in enumerate(gains[:k])) / best if best else 0.0


def judge(
    questions: Sequence[Mapping[str, Any]], ranked: Callable[[str], list[Entry]], show: bool = False
) -> dict[str, npt.NDArray[np.float64]]:
    """Hit@1/5/10, nDCG@10 over distinct sections, MRR, found within 100; overall and by style."""
    rows: dict[str, list[tuple[float, ...]]] = defaultdict(list)
    for question in questions:
        right = accepted(question)
        order = list(dict.fromkeys((entry.law, entry.section.label) for entry in ranked(question["question"])))
        gains = [int(pair in right) for pair in order]
        first = gains.index(1) + 1 if 1 in gains else 999
        passages_gain = ndcg([1 if g else 0 for g in gains], len(right))
        early = 1 / math.log2(first + 1) if first <= 10 else 0
        row = (first <= 1, first <= 5, first <= 10, passages_gain, 1 / first if first < 999 else 0, first < 999, early)
        rows["all"].append(row)
        rows[question["style"]].append(row)
        if show and first > 5:
            print(f"{first:4d} {question['id']} {question['law']} {question['section']} | {question['question']}\n       got {order[:4]}")
    return {style: np.mean(np.array(values, dtype=float), axis=0) for style, values in rows.items()}


def table(result: Mapping[str, npt.NDArray[np.float64]]) -> str:
    """The figures by style as text."""
    lines = ["style        hit@1 hit@5 hit@10 nDCG  MRR  in100 nDCG1st"]
    for style, row in sorted(result.items(), key=lambda pair: pair[0] != "all"):
        lines.append(f"{style:12s} " + " ".join(f"{100 * value:5.1f}" for value in row))
    return "\n".join(lines)


class Lab:
    """A corpus indexed in memory."""

    def __init__(self, entries: Sequence[Entry], analyser: Analyser, weights: Mapping[str, float] = WEIGHTS, masked: bool = False) -> None:
        self.entries = list(entries)
        self.analyser = analyser
        self.masked = masked
        self.vocabulary = Vocabulary.load()
        self.speller = Speller.of(analyser.counts.items())
        self.ranker = Ranker(analyser, weights)
        self.index = Index([vector(analyser, entry, masked) for entry in entries])
        self.by_id = {entry.passage.chunk_id: entry for entry in entries}

    def candidates(self, text: str) -> tuple[Question, list[Passage]]:
        """The analysed question and the best passages of the index."""
        question = understand(text, self.analyser, self.vocabulary, self.speller)
        return question, [replace(self._passage(at), score=score) for at, score in self.index.search(question.vector, CANDIDATES)]

    def _passage(self, at: int) -> Passage:
        passage = self.entries[at].passage
        return replace(passage, path=(*passage.path[:-1], passage.label), section_title=passage.label) if self.masked else passage

    def ranked(self, text: str) -> list[Entry]:
        """The entries in their final order."""
        question, found = self.candidates(text)
        return [self.by_id[passage.chunk_id] for passage in self.ranker.rank(question, found)]

    def strength(self, text: str) -> float:
        """How strong the evidence for a question is."""
        question, found = self.candidates(text)
        return self.ranker.strength(question, self.ranker.rank(question, found))


def stemmed_bm25(entries: Sequence[Entry], analyser: Analyser) -> Callable[[str], list[Entry]]:
    """The plain baseline: stems of the passage's own text."""
    plain = replace(analyser, weights={"w": 1.0}, _words={})
    index = Index([plain.document("", (), entry.chunk.text) for entry in entries])
    return lambda text: [entries[at] for at, _ in index.search(plain.query(text), CANDIDATES)]


def heading_probes(entries: Sequence[Entry], count: int) -> list[dict[str, Any]]:
    """Headings of provisions as questions: at least two words and said once in the corpus; rows as in a file of questions."""
    titles = {(entry.law, entry.section.label): re.sub(r"^\W*§+\s*\S+\s*", "", entry.section.title) for entry in entries}
    often = Counter(titles.values())
    routine = re.compile(r"begriffsb|anwendungsb|übergang|inkraft|weggefallen|bußgeld|ordnungswidrig|verordnungserm", re.IGNORECASE)
    rows = [
        {"id": f"{law} {label}", "question": title, "law": law, "section": label, "also": [], "style": "heading"}
        for (law, label), title in titles.items()
        if label.startswith("§") and len(title.split()) > 1 and often[title] == 1 and not routine.search(title)
    ]
    return random.Random(7).sample(rows, min(count, len(rows)))


def squad(file: Path) -> tuple[list[Entry], list[dict[str, Any]]]:
    """Every paragraph of a SQuAD file as a document, and its questions."""
    entries: list[Entry] = []
    rows = []
    paragraphs = [paragraph for article in json.loads(file.read_text("utf-8"))["data"] for paragraph in article["paragraphs"]]
    for at, paragraph in enumerate(paragraphs):
        name, text = f"p{at}", paragraph["context"]
        document = Document(text, "text/plain", name, (Block("paragraph", 0, len(text)),))
        found = sections(document)
        entries += [Entry(name, name, found[chunk.section], chunk) for chunk in chunks(document, found)]
        rows += [
            {"id": "", "question": qa["question"], "law": name, "section": "", "also": [], "style": "squad"} for qa in paragraph["qas"]
        ]
    return entries, rows


def ablation(entries: Sequence[Entry], analyser: Analyser, questions: Sequence[Mapping[str, Any]]) -> str:
    """Each mechanism off, one at a time: views of the index, the vocabulary, features of the ranking."""
    lines = []

    def line(name: str, lab: Lab) -> None:
        row = judge(questions, lab.ranked)["all"]
        lines.append(f"{name:24s} hit@5 {100 * row[1]:5.1f}  nDCG@10 {100 * row[3]:5.1f}  in100 {100 * row[5]:5.1f}")

    line("everything", Lab(entries, analyser))
    for view in "wpghba":
        line(f"without view {view}", Lab(entries, replace(analyser, weights={**analyser.weights, view: 0.0}, _words={})))
    bare = Lab(entries, analyser)
    bare.vocabulary = Vocabulary()
    line("without vocabulary", bare)
    unspelt = Lab(entries, analyser)
    unspelt.speller = Speller({})
    line("without spelling", unspelt)
    line("without ranking", Lab(entries, analyser, {"index": 1.0}))
    for name in WEIGHTS:
        line(f"without feature {name}", Lab(entries, analyser, {**WEIGHTS, name: 0.0}))
    return "\n".join(lines)


def rows_of(file: Path) -> list[dict[str, Any]]:
    """The rows of a JSON Lines file."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--unanswerable", type=Path)
    parser.add_argument("--squad", type=Path)
    parser.add_argument("--probes", type=int, default=0)
    parser.add_argument("--ablate", action="store_true")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--learn", action="store_true", help="learn the shipped artefact anew from the corpus")
    args = parser.parse_args()
    start = time.process_time()
    entries = load(args.corpus)
    analyser = build_artefact(args.corpus) if args.learn else Analyser.builtin()
    lab = Lab(entries, analyser)
    print(f"{len(entries)} passages, analyser {analyser.version}, {time.process_time() - start:.1f} s of CPU")
    questions = rows_of(args.questions)
    print("stemmed BM25\n" + table(judge(questions, stemmed_bm25(entries, analyser))))
    print("Nova\n" + table(judge(questions, lab.ranked, show=args.misses)))
    if args.unanswerable:
        refusals(lab, questions, rows_of(args.unanswerable))
    if args.probes:
        probes = heading_probes(entries, args.probes)
        print("headings, stemmed BM25\n" + table(judge(probes, stemmed_bm25(entries, analyser))))
        print("headings masked, Nova\n" + table(judge(probes, Lab(entries, analyser, masked=True).ranked)))
    if args.squad:
        paragraphs, rows = squad(args.squad)
        print("SQuAD\n" + table(judge(rows, Lab(paragraphs, analyser).ranked)))
    if args.ablate:
        print(ablation(entries, analyser, questions))


def refusals(lab: Lab, questions: Sequence[Mapping[str, Any]], others: Sequence[Mapping[str, Any]]) -> None:
    """Print how many right and wrong refusals the strength alone would give."""
    hits = []
    for question in questions:
        order = list(dict.fromkeys((entry.law, entry.section.label) for entry in lab.ranked(question["question"])))[:5]
        if accepted(question) & set(order):
            hits.append(lab.strength(question["question"]) < ENOUGH)
    print(f"refused among {len(hits)} with the section in the top 5: {100 * np.mean(hits):.1f} %")
    for kind in sorted({other["kind"] for other in others}):
        refused = [lab.strength(other["question"]) < ENOUGH for other in others if other["kind"] == kind]
        print(f"refused among {len(refused)} of kind {kind}: {100 * np.mean(refused):.1f} %")


if __name__ == "__main__":
    main()
