"""Answers and their references in, how like the words are out: BLEU, chrF and ROUGE-L as they were published.

BLEU (Papineni et al. 2002) with the tokens of mteval-v13a and exponential smoothing (Post 2018): `signature` says so in sacreBLEU's words.
chrF2 (Popović 2015) over characters up to six, without spaces. ROUGE-L (Lin 2004) over Unicode words, since the usual tokens drop umlauts:
the mean over answers of the harmonic mean of precision and recall of the longest common subsequence.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

from nova import __version__

SIGNATURE = f"nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:nova-{__version__}"
ORDER, CHARACTERS, BETA = 4, 6, 2.0
_ENTITIES = (("&quot;", '"'), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"))
_13A = (
    (re.compile(r"([\{-\~\[-\` -\&\(-\+\:-\@\/])"), r" \1 "),
    (re.compile(r"([^0-9])([\.,])"), r"\1 \2 "),
    (re.compile(r"([\.,])([^0-9])"), r" \1 \2"),
    (re.compile(r"([0-9])(-)"), r"\1 \2 "),
)
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")


def tokens_13a(line: str) -> list[str]:
    """The tokens of mteval-v13a, as sacreBLEU makes them."""
    line = line.rstrip().replace("<skipped>", "").replace("-\n", "").replace("\n", " ")
    if "&" in line:
        for name, sign in _ENTITIES:
            line = line.replace(name, sign)
    line = f" {line} "
    for expression, instead in _13A:
        line = expression.sub(instead, line)
    return line.split()


def bleu(said: Sequence[str], references: Sequence[str]) -> float:
    """Of a whole set, 0 to 100; 0 for none."""
    matched, counted = [0] * ORDER, [0] * ORDER
    length = wanted = 0
    for one, other in zip(said, references, strict=True):
        own, held = tokens_13a(one), tokens_13a(other)
        length, wanted = length + len(own), wanted + len(held)
        for n in range(1, ORDER + 1):
            mine = Counter(tuple(own[at : at + n]) for at in range(len(own) - n + 1))
            theirs = Counter(tuple(held[at : at + n]) for at in range(len(held) - n + 1))
            matched[n - 1] += (mine & theirs).total()
            counted[n - 1] += mine.total()
    return _precise(matched, counted) * (1.0 if length >= wanted else math.exp(1 - wanted / length) if length else 0.0)


def _precise(matched: Sequence[int], counted: Sequence[int]) -> float:
    """The geometric mean of the precisions; each that is nothing counts half of the last such one."""
    if not any(matched) or not all(counted):
        return 0.0
    smooth, logs = 1.0, 0.0
    for hits, all_of_them in zip(matched, counted, strict=True):
        if not hits:
            smooth *= 2
        logs += math.log(100.0 * hits / all_of_them if hits else 100.0 / (smooth * all_of_them))
    return math.exp(logs / ORDER)


def chrf(said: Sequence[str], references: Sequence[str]) -> float:
    """chrF2 of a whole set, 0 to 100."""
    sums = [[0, 0, 0] for _ in range(CHARACTERS)]  # of each length: in both, in answers, in references
    for one, other in zip(said, references, strict=True):
        for n, counts in enumerate(sums, 1):
            first, second = _grams("".join(one.split()), n), _grams("".join(other.split()), n)
            counts[0] += (first & second).total()
            # As sacreBLEU has it, what a reference is too short for is not counted against an answer.
            counts[1] += first.total() if second else 0
            counts[2] += second.total()
    told = [counts for counts in sums if counts[1] and counts[2]]
    precision, recall = (sum(counts[0] / counts[at] for counts in told) / max(1, len(told)) for at in (1, 2))
    return _balanced(precision, recall)


def _balanced(precision: float, recall: float) -> float:
    below = BETA**2 * precision + recall
    return 100 * (1 + BETA**2) * precision * recall / below if below else 0.0


def _grams(text: str, n: int) -> Counter[str]:
    return Counter(text[at : at + n] for at in range(len(text) - n + 1))


def words_of(text: str) -> list[str]:
    """Lower-case words and numbers of any script; `1.234,5` is one, umlauts stay."""
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


def rouge_l(said: str, reference: str) -> float:
    """Of one answer, 0 to 1."""
    own, held = words_of(said), words_of(reference)
    common = LCSseq.similarity(own, held)
    return 2 * common / (len(own) + len(held)) if common else 0.0
