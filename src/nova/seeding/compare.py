"""Two texts compared as tokens: the same text in another writing, or another text."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from nova.seeding.texts.facts import Tokens, codes_of, fold, folded, tokens_of
from nova.seeding.texts.loosely import Side, loosely, may_meet
from nova.seeding.texts.spellings import SHORT_FORMS, word_form
from nova.seeding.texts.wording import CHANCE, LIGHT_WORDS, OFTEN, is_known, is_typo, light_spans, light_word

_TITLES = frozenset(
    [
        "herr",
        "frau",
        "familie",
        "fam",
        "mr",
        "mrs",
        "ms",
        "miss",
        "mister",
        "dr",
        "professor",
        "family",
        "mevrouw",
        "mevr",
        "mw",
        "meneer",
        "heer",
        "dhr",
        "name",
        "kunde",
        "kundin",
        "customer",
        "klant",
    ]
)
_OPTIONAL = (["am"], ["vom"], ["zum"], ["on"], ["op"], ["per"], ["uhr"])
"""Words that may be missing beside a day or time."""
_BETWEEN = re.compile(r"[,;|\n]")
_PIECE = re.compile(r"-?\d{4}-\d{2}-\d{2}|\d+(?:\.\d+)?|[^\W\d_]+")
_SPLIT = re.compile(r"\S+")
_MOVED, _RARE, _LONGEST = 3, 2, 12
Run = tuple[int, ...]


class Writings:
    """Tells of the rows of `tokens` whether two say the same in another writing."""

    def __init__(self, tokens: Tokens, texts: pl.Series, dotted: frozenset[str] | None = None) -> None:
        self._tokens = tokens
        self._texts = texts
        self._given_dotted = dotted
        self._words: list[str] = tokens.words.to_list()
        self._facts: list[bool] = tokens.is_fact.tolist()
        self._counts: list[int] = tokens.counts.tolist()
        self._telling: list[bool] = _telling(tokens).tolist()
        held = np.concatenate([np.zeros(1, np.int64), np.cumsum(tokens.is_fact[tokens.codes], dtype=np.int64)])
        sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(tokens.hashes[tokens.codes], dtype=np.uint64)])
        self._sums: list[int] = (sums[tokens.starts[1:]] - sums[tokens.starts[:-1]]).tolist()
        self._numbers: list[int] = (held[tokens.starts[1:]] - held[tokens.starts[:-1]]).tolist()
        self._rows: dict[int, list[int]] = {}
        self._typos: dict[tuple[int, int, bool], bool] = {}

    def row(self, row: int) -> list[int]:
        """The codes of a row without greetings and fillers (all where it has nothing else), kept for the next asking."""
        codes = self._rows.get(row)
        if codes is None:
            codes = self._rows[row] = self._bare(self._tokens.of(row))
        return codes

    def _bare(self, codes: list[int]) -> list[int]:
        telling = self._telling
        if False not in map(telling.__getitem__, codes):
            return codes
        spans = light_spans(" ".join(["#" if telling[code] else light_word(self._words[code]) or "#" for code in codes]))
        left = codes.copy()
        for first, end in reversed(spans):
            del left[first:end]
        return left or codes

    def same(self, left: int, right: int) -> bool:
        """Whether two rows have the same facts and words but for typos, moved sentences and words without content."""
        first, second = self.row(left), self.row(right)
        if self._numbers[left] != self._numbers[right]:
            first, second = self._regrouped(left, first, second), self._regrouped(right, second, first)
        if self.alike(first, second) or (self._sums[left] == self._sums[right] and self._same_parts(left, right)):
            return True
        return self._numbers[left] == self._numbers[right] and self._loosely(first, second)

    def _loosely(self, left: Sequence[int], right: Sequence[int]) -> bool:
        """Whether one was written anew, word by word."""
        first, second = set(left), set(right)
        only, other = first - second, second - first
        if 2 * len(first & second) < min(len(first), len(second)) or any(map(self._facts.__getitem__, only | other)):
            return False
        words = self._words
        if not may_meet([words[code] for code in only], [words[code] for code in other]):
            return False
        codes = {words[code]: code for code in first | second}
        return loosely(self._side(left), self._side(right), lambda a, b: self._typo(codes[a], codes[b], named=False), self._dotted)

    def _side(self, codes: Sequence[int]) -> Side:
        return Side([self._words[code] for code in codes], [self._facts[code] for code in codes])

    def bare(self, row: int) -> str:
        """A row's words and facts in one form, without greetings and fillers."""
        return " ".join(self._words[code] for code in self.row(row))

    def says(self, row: int, value: str) -> bool:
        """Whether a row's text holds all the words and facts of a column's value (numbers as `1234.5`, dates as ISO)."""
        held = {self._words[code].partition(" ")[0] for code in self._tokens.of(row)}
        pieces = _PIECE.findall(fold(value))
        return bool(pieces) and all(word_form(piece) in held for piece in pieces)

    def alike(self, left: Sequence[int], right: Sequence[int]) -> bool:
        """The same for two lists of codes."""
        if left == right:
            return True
        short, long = sorted((len(left), len(right)))
        if short == 0:
            return False
        if short == long and (quick := self._few(left, right)) is not None:
            return quick
        equal, blocks = _blocks(left, right)
        if equal * 2 < short:
            return False
        return self._only_slips(left, right, blocks, max(2, long // 4))

    def _only_slips(self, left: Sequence[int], right: Sequence[int], blocks: list[tuple[int, int, int, int]], most: int) -> bool:
        """Whether what differs are at most so many typos, and stretches that stand elsewhere in the other."""
        rest_left: list[Run] = []
        rest_right: list[Run] = []
        typos = 0
        for start, end, start_right, end_right in blocks:
            slips = self._block(left[start:end], right[start_right:end_right], self._named(left, start))
            if slips is None:
                return False
            first, second, count = slips
            typos += count
            rest_left += [first] if first else []
            rest_right += [second] if second else []
        return typos <= most and Counter(rest_left) == Counter(rest_right)

    def _regrouped(self, row: int, codes: list[int], model: list[int]) -> list[int]:
        """A row's codes in which numbers that follow each other are one where the model has that one: "334 901 72" and "33490172"."""
        words = self._words
        wanted = {code: words[code] for code in set(model).difference(codes) if words[code].isdigit()}
        if not wanted:
            return codes
        found: list[int] = []
        place = 0
        while place < len(codes):
            rest = [words[code] for code in codes[place : place + _LONGEST]]
            code, size = next(((code, size) for code, word in wanted.items() if (size := self._joins(row, rest, word))), (codes[place], 1))
            found.append(code)
            place += size
        return found

    def _joins(self, row: int, words: list[str], number: str) -> int:
        """How many of the first words together are a number; 0 where they are not."""
        joined = ""
        for size, word in enumerate(words, 1):
            joined += word
            if joined == number:
                return size if self._stand_together(row, words[:size]) else 0
            if not number.startswith(joined):
                break
        return 0

    def _same_parts(self, left: int, right: int) -> bool:
        """Whether two rows list the same parts in another order; what moves has a label, or a form that no other moved part has."""
        first, second = _parts(self._texts[left]), _parts(self._texts[right])
        if len(first) < _MOVED or sorted(first) != sorted(second):
            return False
        moved = [part for part, other in zip(first, second, strict=True) if part != other]
        forms = {re.sub(r"[^\W\d]+", "a", re.sub(r"\d+", "1", part)) for part in moved if ":" not in part}
        return all(len(part.split()) > 1 for part in moved) and len(forms) == sum(":" not in part for part in moved)

    def _stand_together(self, row: int, numbers: list[str]) -> bool:
        """Whether a row's text has numbers with nothing but a blank, dot, dash or stroke between them; "1, 2" are two."""
        return re.search(r"[ ./-]?".join(numbers), self._texts[row]) is not None

    def _few(self, left: Sequence[int], right: Sequence[int]) -> bool | None:
        """The answer where one or two words differ, each at its place; None where more do."""
        places = [place for place, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
        if len(places) > 2 or len(places) == len(left):
            return None
        return all(self._typo(left[place], right[place], self._named(left, place)) for place in places)

    def _named(self, codes: Sequence[int], place: int) -> bool:
        return place > 0 and self._words[codes[place - 1]] in _TITLES

    def _block(self, left: Sequence[int], right: Sequence[int], named: bool) -> tuple[Run, Run, int] | None:
        """What two stretches leave over as possibly moved, and how many typos they hold; None where they say something else."""
        first, second = [self._words[code] for code in left], [self._words[code] for code in right]
        if (slips := self._slips(left, right, named)) is not None:
            return (), (), slips
        joined = "".join(first) == "".join(second) and not any(map(self._facts.__getitem__, left))
        if joined or first + second in _OPTIONAL:
            return (), (), 0
        stays = bool(first and second) or max(len(first), len(second)) < _MOVED
        return None if stays else (tuple(left), tuple(right), 0)

    def _slips(self, left: Sequence[int], right: Sequence[int], named: bool) -> int | None:
        if len(left) != len(right):
            return None
        for place, (a, b) in enumerate(zip(left, right, strict=True)):
            if a != b and not self._typo(a, b, named and place == 0):
                return None
        return len(left)

    def _typo(self, left: int, right: int, named: bool) -> bool:
        key = (left, right, named)
        known = self._typos.get(key)
        if known is None:
            fact = self._facts[left] or self._facts[right]
            known = self._typos[key] = (
                _same_number(self._words[left], self._words[right])
                if fact
                else (
                    is_typo(self._words[left], self._words[right], self._counts[left], self._counts[right], named=named)
                    or self._is_short(*sorted((self._words[left], self._words[right]), key=len))
                )
            )
        return known

    def _is_short(self, short: str, long: str) -> bool:
        """Whether a word is a short form of a known one: a usual one, or its beginning with a full stop ("Kostenst.")."""
        if long in SHORT_FORMS.get(short, ()):
            return True
        begins = len(short) > 1 and len(short) + 1 < len(long) and long.startswith(short)
        return begins and is_known(long) and not is_known(short) and short in self._dotted

    @cached_property
    def _dotted(self) -> frozenset[str]:
        """The short words that stand somewhere with a full stop."""
        return dotted_words(self._texts) if self._given_dotted is None else self._given_dotted


def dotted_words(texts: pl.Series) -> frozenset[str]:
    """The short words, folded, that stand somewhere in texts with a full stop."""
    folded_texts = pl.DataFrame({"text": texts}).select(folded(pl.col("text").fill_null("")))["text"]
    return frozenset(folded_texts.str.extract_all(r"\p{L}{2,9}\.").explode().drop_nulls().str.strip_suffix(".").unique())


def _parts(text: str) -> list[str]:
    """What a list names between its signs, without full stops and with one blank for several."""
    parts = (" ".join(part.replace(".", "").split()) for part in _BETWEEN.split(text))
    return [part for part in parts if part]


def _same_number(left: str, right: str) -> bool:
    """Whether two whole numbers differ in the zeros in front of them alone."""
    return left.isdigit() and right.isdigit() and left.lstrip("0") == right.lstrip("0")


def differ_plainly(tokens: Tokens, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.bool_]:
    """For pairs of rows: true where one or two tokens differ in place, or three and each so, by a fact or by two frequent words.

    What it says of a pair `Writings.same` would say too, only slower.
    """
    lengths = np.diff(tokens.starts)
    plain = np.zeros(len(left), dtype=np.bool_)
    even = np.flatnonzero((lengths[left] == lengths[right]) & (lengths[left] > 2))
    if not len(even):
        return plain
    size = lengths[left[even]]
    begins = np.cumsum(size) - size
    steps = np.arange(int(size.sum())) - np.repeat(begins, size)
    first = tokens.codes[steps + np.repeat(tokens.starts[left[even]], size)]
    second = tokens.codes[steps + np.repeat(tokens.starts[right[even]], size)]
    places = np.flatnonzero(first != second)
    owner = np.repeat(np.arange(len(even)), size)[places]
    first, second = first[places], second[places]
    counts, telling = tokens.counts, _telling(tokens)
    least, most = np.minimum(counts[first], counts[second]), np.maximum(counts[first], counts[second])
    bare = codes_of(tokens.words.str.replace_all("([aou])e", "$1").str.replace(r"^0+(\d+)$", "$1"))
    real = (least > CHANCE) & (most < OFTEN * least) & (bare[first] != bare[second])
    fact = (tokens.is_fact[first] | tokens.is_fact[second]) & (bare[first] != bare[second])
    other = telling[first] & telling[second] & (fact | real)
    light = np.bincount(owner, weights=~(telling[first] & telling[second]), minlength=len(even))
    differing = np.bincount(owner, minlength=len(even))
    apart = np.bincount(owner, weights=other, minlength=len(even))
    plain[even] = (light == 0) & (((differing <= 2) & (apart > 0)) | ((differing == _MOVED) & (apart == _MOVED)))
    return plain


def _telling(tokens: Tokens) -> NDArray[np.bool_]:
    """Which tokens are surely no word of a greeting, nor a slip of one."""
    listed = [*LIGHT_WORDS, *SHORT_FORMS, *(word for words in SHORT_FORMS.values() for word in words)]
    maybe_light = tokens.words.is_in(listed).to_numpy() | (tokens.counts <= _RARE)
    telling: NDArray[np.bool_] = tokens.is_fact | ~maybe_light
    return telling


class Values:
    """Tells of short values of columns whether two are one but for their writing or a typo."""

    def __init__(self, values: Sequence[str]) -> None:
        self._rows = {value: row for row, value in enumerate(values)}
        texts = pl.Series(values, dtype=pl.String)
        self._writings = Writings(tokens_of(texts), texts)

    def same(self, left: str, right: str) -> bool:
        """Whether two of the values are one; never, where one of them is none of those that had to be compared."""
        return left in self._rows and right in self._rows and self._writings.same(self._rows[left], self._rows[right])


def differences(kept: str, removed: str) -> str:
    """What differs between two texts in their own words: `Straße/Strasse; nur hier: Mit freundlichen Grüßen`."""
    left, right = _SPLIT.findall(kept), _SPLIT.findall(removed)
    parts: list[str] = []
    for step in Levenshtein.opcodes(left, right):
        if step.tag == "equal":
            continue
        first, second = " ".join(left[step.src_start : step.src_end]), " ".join(right[step.dest_start : step.dest_end])
        if step.tag == "replace":
            parts.append(f"{first}/{second}")
        else:
            parts.append(f"nur im behaltenen: {first}" if first else f"nur im entfernten: {second}")
    return "; ".join(parts)


def _blocks(left: Sequence[int], right: Sequence[int]) -> tuple[int, list[tuple[int, int, int, int]]]:
    """How many tokens are equal, and the stretches between them: start and end in both."""
    equal = 0
    blocks: list[tuple[int, int, int, int]] = []
    open_block = False
    for step in Levenshtein.opcodes(left, right):
        if step.tag == "equal":
            equal += step.src_end - step.src_start
            open_block = False
        elif open_block:
            blocks[-1] = (blocks[-1][0], step.src_end, blocks[-1][2], step.dest_end)
        else:
            blocks.append((step.src_start, step.src_end, step.dest_start, step.dest_end))
            open_block = True
    return equal, blocks
