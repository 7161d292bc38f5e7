"""Passages and questions in, sparse vectors out: all lexical views of a text in one vector.

The dot product of question and passage, with IDF applied by the index, is BM25 summed over the views by weight.

A view is a way to read a text. Four share their terms, so that a question asks for each word once: `w` stems, `p` compound parts, `h` the
section's heading, `b` the rest of the heading path. Three have terms of their own: `g` character 5-grams, `a` adjacent stems, `n` norms.
Terms are 32-bit hashes. Document values hold BM25's saturated frequency with mean lengths frozen in the artefact, times the view's weight;
query values are 1, less for a compound's parts, light words and expansions. Adding a document never changes another document's vector.
"""

import gzip
import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from importlib import resources
from itertools import chain, pairwise

from nova.language.compounds import Splitter
from nova.language.fold import form, raw_words
from nova.language.norms import LawNames, find_norms, keys_of
from nova.language.stems import LIGHT_SHARE, is_light, is_stop, stem
from nova.records import SparseVector

# Rises with every change of how texts are read (stems, splits, terms): vectors of another one do not compare.
FORMAT = 2
K1 = 1.2
B = 0.75
PART = 0.5
VIEW_WEIGHTS = {"w": 0.8, "p": 0.6, "h": 0.2, "b": 0.1, "g": 0.2, "a": 0.5, "n": 40.0}
MEAN_LENGTHS = {"w": 60.0, "p": 75.0, "g": 420.0, "h": 6.0, "b": 14.0, "a": 60.0}
_CACHE_LIMIT = 200_000


def term_id(view: str, term: str) -> int:
    """The 32-bit id of a term in its view."""
    return int.from_bytes(blake2b(f"{view}:{term}".encode(), digest_size=4).digest(), "big")


@dataclass(frozen=True, slots=True)
class Word:
    """What the analyser knows of one written word; `stem` is "" for a stop word, `roots` are the stem and its parts."""

    form: str
    stem: str
    parts: tuple[str, ...]
    roots: tuple[str, ...]
    light: bool


@dataclass(frozen=True, slots=True)
class Terms:
    """The ids of a word's terms: its stem, its parts, its stem and parts together, its character 5-grams."""

    stem: int
    parts: tuple[int, ...]
    roots: tuple[int, ...]
    grams: tuple[int, ...]


_STOP = Word("", "", (), (), False)


class _Derived:
    """What follows from an artefact, made when first needed."""

    def __init__(self) -> None:
        self.version = ""
        self.rarities: dict[str, float] = {}
        self._splitter: Splitter | None = None
        self._stems: Counter[str] | None = None

    def splitter(self, counts: Mapping[str, int]) -> Splitter:
        """The compound splitter over these words."""
        if self._splitter is None:
            self._splitter = Splitter(counts)
        return self._splitter

    def stem_counts(self, counts: Mapping[str, int]) -> Mapping[str, int]:
        """How many passages hold each stem (words of one stem added up)."""
        if self._stems is None:
            summed: Counter[str] = Counter()
            for word, count in counts.items():
                summed[stem(word)] += count
            self._stems = summed
        return self._stems


@dataclass(frozen=True)
class Analyser:
    """A frozen artefact: the same texts give the same vectors for ever under the same `version`. `part` is what a compound's part counts.

    `counts` maps folded words to the number of passages that held them when it was learned from `passages` passages.
    """

    counts: Mapping[str, int]
    passages: int
    mean_lengths: Mapping[str, float] = field(default_factory=lambda: dict(MEAN_LENGTHS))
    weights: Mapping[str, float] = field(default_factory=lambda: dict(VIEW_WEIGHTS))
    k1: float = K1
    b: float = B
    part: float = PART
    _words: dict[str, Word] = field(default_factory=dict, compare=False, repr=False)
    _terms: dict[str, Terms] = field(default_factory=dict, compare=False, repr=False)
    _derived: "_Derived" = field(default_factory=lambda: _Derived(), compare=False, repr=False)

    @property
    def version(self) -> str:
        """A short hash of everything that decides a vector."""
        if not self._derived.version:
            self._derived.version = blake2b(self.to_json().encode(), digest_size=6).hexdigest()
        return self._derived.version

    @property
    def splitter(self) -> Splitter:
        """The compound splitter over this artefact's words."""
        return self._derived.splitter(self.counts)

    @classmethod
    def builtin(cls) -> "Analyser":
        """The artefact shipped with the package, learned from German energy law and everyday words."""
        return _builtin()

    @classmethod
    def learn(cls, texts: Iterable[str], base: "Analyser | None" = None) -> "Analyser":
        """A new artefact from passages' texts, added to what `base` (the shipped one unless told) knows."""
        base = base or cls.builtin()
        counts: Counter[str] = Counter()
        lengths: Counter[str] = Counter()
        total = 0
        for text in texts:
            total += 1
            forms = [form(raw) for raw in raw_words(text)]
            counts.update(set(forms))
            lengths.update(_lengths([base.word(raw) for raw in raw_words(text)]))
        known = Counter({word: count for word, count in counts.items() if count > 1})
        known.update(base.counts)
        means = {**base.mean_lengths, **{view: round(value / total, 1) for view, value in lengths.items()}}
        return cls(dict(sorted(known.items())), base.passages + total, means, dict(base.weights), base.k1, base.b, base.part)

    def to_json(self) -> str:
        """The artefact as JSON text (UTF-8 safe, keys in a fixed order)."""
        return json.dumps(
            {
                "format": FORMAT, "k1": self.k1, "b": self.b, "part": self.part, "passages": self.passages,
                "mean_lengths": dict(sorted(self.mean_lengths.items())), "weights": dict(sorted(self.weights.items())),
                "counts": dict(sorted(self.counts.items())),
            },
            ensure_ascii=False, separators=(",", ":"),
        )  # fmt: skip

    @classmethod
    def from_json(cls, text: str) -> "Analyser":
        """The artefact `to_json` wrote; ValueError when its format is another."""
        data = json.loads(text)
        if data.get("format") != FORMAT:
            raise ValueError(f"analyser format {data.get('format')!r} is not {FORMAT}")
        return cls(data["counts"], data["passages"], data["mean_lengths"], data["weights"], data["k1"], data["b"], data["part"])

    def word(self, raw: str) -> Word:
        """One written word analysed (cached)."""
        found = self._words.get(raw)
        if found is None:
            if len(self._words) > _CACHE_LIMIT:
                self._words.clear()
            found = self._words[raw] = self._analyse(form(raw))
        return found

    def _analyse(self, word: str) -> Word:
        if is_stop(word):
            return _STOP
        root = stem(word)
        parts = tuple(dict.fromkeys(stem(part) for part in self.splitter.split(word) if not is_stop(part))) or (root,)
        return Word(word, root, parts, tuple(dict.fromkeys((root, *parts))), is_light(word))

    def _terms_of(self, word: Word) -> Terms:
        """The ids of a word's terms (cached); only vectors need them."""
        found = self._terms.get(word.form)
        if found is None:
            if len(self._terms) > _CACHE_LIMIT:
                self._terms.clear()
            found = self._terms[word.form] = Terms(
                term_id("w", word.stem),
                tuple(term_id("w", part) for part in word.parts),
                tuple(term_id("w", root) for root in word.roots),
                tuple(term_id("g", gram) for gram in _grams(word.form)),
            )
        return found

    def words(self, text: str) -> list[Word]:
        """The content words of a text, in order."""
        known = self._words
        return [word for raw in raw_words(text) if (word := known.get(raw) or self.word(raw)).stem]

    def idf(self, root: str) -> float:
        """How telling a stem is (BM25's inverse document frequency over the learned passages; the highest for unknown ones)."""
        known = self._derived.rarities
        found = known.get(root)
        if found is None:
            if len(known) > _CACHE_LIMIT:
                known.clear()
            count = min(self._stem_counts().get(root, 0), self.passages)
            found = known[root] = math.log(1 + (self.passages - count + 0.5) / (count + 0.5))
        return found

    def knows(self, root: str) -> bool:
        """Whether the learned passages held this stem."""
        return root in self._stem_counts()

    def _stem_counts(self) -> Mapping[str, int]:
        return self._derived.stem_counts(self.counts)

    def document(self, title: str, path: Sequence[str], text: str, norms: Sequence[str] = ()) -> SparseVector:
        """A passage's vector. `path` runs from the title to the section's heading; `norms` are its keys ("enwg:14a")."""
        kept = self.words(text)
        terms = [self._terms_of(word) for word in kept]
        values: dict[int, float] = {}
        self._fill(values, "w", Counter(term.stem for term in terms))
        self._fill(values, "p", Counter(chain.from_iterable(term.parts for term in terms)))
        self._fill(values, "h", self._roots(path[-1:]))
        self._fill(values, "b", self._roots(dict.fromkeys((title, *path[:-1]))))
        self._fill(values, "g", Counter(chain.from_iterable(term.grams for term in terms)))
        self._fill(values, "a", Counter(_pair_id(left.stem, right.stem) for left, right in pairwise(kept)))
        for key in norms:
            values[term_id("n", key)] = 1.0
            values[term_id("n", ":" + key.rpartition(":")[2])] = 1.0
        return _vector(values)

    def _roots(self, names: Iterable[str]) -> Counter[int]:
        """How often headings hold each stem and part."""
        return Counter(chain.from_iterable(self._terms_of(word).roots for name in names for word in self.words(name)))

    def _fill(self, values: dict[int, float], view: str, counts: Counter[int]) -> None:
        """Add one view: BM25's saturated frequency times the view's weight."""
        share = self.weights.get(view, 0.0)
        if not share:
            return
        norm = self.k1 * (1 - self.b + self.b * counts.total() / self.mean_lengths[view])
        top = share * (self.k1 + 1)
        for term, count in counts.items():
            values[term] = round(values.get(term, 0.0) + count * top / (count + norm), 4)

    def query(self, text: str, expansions: Iterable[tuple[str, float]] = (), laws: LawNames | None = None) -> SparseVector:
        """A question's vector: its own words, each (phrase, weight) of the vocabulary, and the norms it names among `laws`."""
        values: dict[int, float] = {}
        self._ask(values, self.words(text), 1.0, grams=True)
        for phrase, weight in expansions:
            self._ask(values, self.words(phrase), weight)
        for key in keys_of(find_norms(text, laws)):
            weight = self.weights.get("n", 0.0)
            values[term_id("n", key)] = weight if not key.startswith(":") else weight / 8
        return _vector(values)

    def _ask(self, values: dict[int, float], words: Sequence[Word], weight: float, grams: bool = False) -> None:
        """Add words and their pairs to a query; a term that is there already keeps the greater value."""
        for word in words:
            own = weight * (LIGHT_SHARE if word.light else 1.0)
            terms = self._terms_of(word)
            _raise(values, (terms.stem,), own)
            _raise(values, terms.parts, own * self.part)
            if grams and not word.light:
                _raise(values, terms.grams, own)
        _raise(values, [_pair_id(left.stem, right.stem) for left, right in pairwise(words)], weight)


def _lengths(words: Sequence[Word]) -> dict[str, int]:
    """How long a passage of these words is in each view that has a mean length of its own."""
    content = sum(1 for word in words if word.stem)
    parts = sum(len(word.parts) for word in words)
    return {"w": content, "a": content, "p": parts, "g": sum(len(_grams(word.form)) for word in words)}


def _raise(values: dict[int, float], terms: Iterable[int], value: float) -> None:
    for term in terms:
        if values.get(term, 0.0) < value:
            values[term] = value


def _grams(word: str) -> tuple[str, ...]:
    if len(word) < 4 or not word.isalpha():
        return ()
    padded = f"_{word}_"
    return tuple(padded[at : at + 5] for at in range(len(padded) - 4))


@lru_cache(maxsize=262144)
def _pair_id(left: str, right: str) -> int:
    return term_id("a", f"{left} {right}")


def _vector(values: Mapping[int, float]) -> SparseVector:
    ordered = sorted(values.items())
    return SparseVector(tuple(term for term, _ in ordered), tuple(value for _, value in ordered))


@lru_cache(maxsize=1)
def _builtin() -> Analyser:
    packed = resources.files("nova.language").joinpath("lexicon/analyser.json.gz").read_bytes()
    return Analyser.from_json(gzip.decompress(packed).decode("utf-8"))
