"""Corpus and questions in, retrieval figures out, without a database: chunks, an index that scores like the engine, rank, metrics.

python benchmarks/retrieval_lab.py CORPUS QUESTIONS.jsonl [--ablate] [--probes N [--seeds N ...]] [--squad FILE] [--learn]
"""

import argparse
import gzip
import json
import math
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID, uuid5

import numpy as np
import numpy.typing as npt
import Stemmer

from nova.answers.search.rank import WEIGHTS, Ranker
from nova.answers.understand.concepts import Question, understand
from nova.answers.understand.vocabulary import Vocabulary, parse
from nova.cli.evaluation.probes import make
from nova.engines.extract.markdown import normalise, parse_markdown
from nova.knowledge.chunk import chunks
from nova.knowledge.structure import sections, title_of
from nova.language.analyser import MEAN_LENGTHS, VIEW_WEIGHTS, Analyser, term_id
from nova.language.fold import form, raw_words
from nova.language.norms import norm_keys
from nova.language.spelling import Speller
from nova.language.stems import is_stop, word_list
from nova.records import Block, Chunk, Document, Passage, Section, SparseVector

LANGUAGE = Path(__file__).parent.parent / "src/nova/language"
VOCABULARY = Path(__file__).parent.parent / "src/nova/answers/understand/wortschatz.yaml"
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


def vector(analyser: Analyser, entry: Entry) -> SparseVector:
    """An entry's document vector."""
    norm = entry.section.norm
    keys = norm_keys(norm.partition(":")[0], entry.section.label) if norm else []
    return analyser.document(entry.title, entry.chunk.path, entry.chunk.text, keys)


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
    second = Analyser.learn(texts, base=Analyser(dict(sorted(counts.items())), 0, seed.mean_lengths, seed.weights))
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

    def __init__(self, entries: Sequence[Entry], analyser: Analyser, weights: Mapping[str, float] = WEIGHTS) -> None:
        self.entries = list(entries)
        self.analyser = analyser
        self.vocabulary = Vocabulary.load()
        self.speller = Speller.of(analyser.counts.items())
        self.ranker = Ranker(analyser, weights)
        self.index = Index([vector(analyser, entry) for entry in entries])
        self.by_id = {entry.passage.chunk_id: entry for entry in entries}

    def candidates(self, text: str) -> tuple[Question, list[Passage]]:
        """The analysed question and the best passages of the index."""
        question = understand(text, self.analyser, self.vocabulary, self.speller)
        return question, [replace(self.entries[at].passage, score=score) for at, score in self.index.search(question.vector, CANDIDATES)]

    def ranked(self, text: str) -> list[Entry]:
        """The entries in their final order."""
        question, found = self.candidates(text)
        return [self.by_id[passage.chunk_id] for passage in self.ranker.rank(question, found)]


def stemmed_bm25(entries: Sequence[Entry], heading: bool = False) -> Callable[[str], list[Entry]]:
    """The baseline: BM25 (k1 1.2, b 0.75) over the Snowball stems of a passage's own text without stop words; `heading` adds its path."""
    stemmer = Stemmer.Stemmer("german")

    def read(text: str) -> Counter[int]:
        forms = [word for word in map(form, raw_words(text)) if not is_stop(word)]
        return Counter(term_id("w", root) for root in stemmer.stemWords(forms))

    texts = [read(" ".join((*entry.chunk.path[1:], entry.chunk.text)) if heading else entry.chunk.text) for entry in entries]
    mean = sum(counts.total() for counts in texts) / max(len(texts), 1)
    vectors = []
    for counts in texts:
        norm = 1.2 * (0.25 + 0.75 * counts.total() / mean)
        vectors.append(SparseVector(tuple(counts), tuple(2.2 * count / (count + norm) for count in counts.values())))
    index = Index(vectors)

    def ranked(text: str) -> list[Entry]:
        asked = tuple(read(text))
        return [entries[at] for at, _ in index.search(SparseVector(asked, (1.0,) * len(asked)), CANDIDATES)]

    return ranked


def masked_headings(corpus: Path, count: int, seeds: Sequence[int]) -> str:
    """`nova eval make`'s probes for each seed: Nova beside both baselines over the same masked corpus and the same questions."""
    lines = ["masked headings    Nova hit@5 nDCG   BM25 hit@5 nDCG   BM25 with headings hit@5 nDCG"]
    for seed in seeds:
        with TemporaryDirectory(prefix="nova-lab-") as folder:
            target = Path(folder)
            make(corpus, target, count, seed)
            entries, questions = load(target / "corpus"), rows_of(target / "questions.jsonl")
        ways = (Lab(entries, Analyser.builtin()).ranked, stemmed_bm25(entries), stemmed_bm25(entries, heading=True))
        rows = [judge(questions, way)["all"] for way in ways]
        lines.append(f"seed {seed:<13d}" + "   ".join(f"{100 * row[1]:10.1f} {100 * row[3]:5.1f}" for row in rows))
    return "\n".join(lines)


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
        line(f"without view {view}", Lab(entries, replace(analyser, weights={**analyser.weights, view: 0.0})))
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
    parser.add_argument("--squad", type=Path)
    parser.add_argument("--probes", type=int, default=0, help="how many masked headings to ask for")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
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
    print("stemmed BM25\n" + table(judge(questions, stemmed_bm25(entries))))
    print("Nova\n" + table(judge(questions, lab.ranked, show=args.misses)))
    if args.probes:
        print(masked_headings(args.corpus, args.probes, args.seeds))
    if args.squad:
        paragraphs, rows = squad(args.squad)
        print("SQuAD\n" + table(judge(rows, Lab(paragraphs, analyser).ranked)))
    if args.ablate:
        print(ablation(entries, analyser, questions))


if __name__ == "__main__":
    main()
