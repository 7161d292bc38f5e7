"""A message in, the signs out by which learned models tell what is wanted: pieces of words, words, pairs of words, and what is named."""

import re
from collections.abc import Iterator

from nova.language.fold import fold

SHORTEST, LONGEST = 3, 5  # letters of a piece of a word
MOST_WORDS = 60  # what is longer tells a story; its beginning and end say what is wanted
_WORD = re.compile(r"[a-z]+|\d+(?:[.,]\d+)*|[§%€?!]")
_NAMED = (
    ("<code>", re.compile(r"\b[a-z]{1,3}[-_]?\d{1,6}\b")),
    ("<paragraph>", re.compile(r"§|\bparagra\w+|\bart(?:ikel|\.)? \d")),
    ("<clock>", re.compile(r"\b\d{1,2}(?::\d\d)? ?uhr\b|\bum \d{1,2}\b")),
    ("<date>", re.compile(r"\b\d{1,2}\.\s?\d{1,2}\.|\b20\d\d\b|\bkw ?\d")),
    ("<day>", re.compile(r"\b(?:heute?|gestern|vorgestern|morgen|uebermorgen|wochenende\w*|"
                         r"(?:mon|diens|donners|frei|sams|sonn)tags?|mittwochs?)\b")),
    ("<past>", re.compile(r"\b(?:letzte[nrms]?|vorige[nrms]?|vergangene[nrms]?) \w+|\bseit \w+|\bbisher\b")),
    ("<month>", re.compile(r"\b(?:januar|februar|maerz|april|mai|juni|juli|august|september|oktober|november|dezember)\b")),
    ("<amount>", re.compile(r"\d ?(?:kwh|kw|mwh|kwp|kva)\b")),
    ("<money>", re.compile(r"\d ?(?:euro|eur|€|cent|ct)")),
    ("<own>", re.compile(r"\b(?:ich|mein\w*|wir|unser\w*|mir|mich|uns)\b")),
    ("<begins-und>", re.compile(r"^(?:und|oder|aber|also|ok(?:ay)?|ach|ne+|nein|doch|dann)\b")),
    ("<that>", re.compile(r"\b(?:das|die|der|den|dem|dies\w*|da|dafuer|dabei|davon|dagegen|es|sie|ihn)\b")),
)  # fmt: skip


def signs(text: str) -> Iterator[str]:
    """The signs of a message; some come more than once."""
    folded = " ".join(fold(text).split())
    words = _WORD.findall(folded)
    if len(words) > MOST_WORDS:
        words = words[: MOST_WORDS // 2] + words[-MOST_WORDS // 2 :]
    for name, expression in _NAMED:
        if expression.search(folded):
            yield name
    yield f"<{min(len(words), 12) // 3 * 3}-words>"
    if words:
        yield f"^{words[0]}"
        yield f"^{' '.join(words[:2])}"
        yield f"{words[-1]}$"
    for at, word in enumerate(words):
        yield word
        if at:
            yield f"{words[at - 1]} {word}"
        yield from _pieces(word)


def _pieces(word: str) -> Iterator[str]:
    """The pieces of a word within its bounds, which stand as dots."""
    if not word.isalpha() or len(word) < SHORTEST:
        return
    whole = f".{word[:30]}."
    for length in range(SHORTEST, LONGEST + 1):
        for start in range(len(whole) - length + 1):
            yield whole[start : start + length]
