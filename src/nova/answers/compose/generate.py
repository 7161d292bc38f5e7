"""A model's stream of text in, whole draft sentences with their references out, as soon as each is complete."""

import re
from collections.abc import Iterable, Iterator

from nova.answers.check.verify import LONGEST_SENTENCE, Draft, split_references
from nova.errors import NovaError
from nova.language.sentences import sentences

_HIDDEN = re.compile(r"!?\[[^\[\]]{0,200}\](?:\([^()\n]{0,500}\))?|<[^<>\n]{0,500}>")
_LEADING = re.compile(r"(?:\s*\[[^\[\]]{0,200}\])+[\s.;,]*")
_UNFINISHED = re.compile(r"\S*|\[[^\]]*")
_END = re.compile(r"[.!?:…][\"“”»)\]]*\s|\n")
LONGEST_ANSWER = 12_000


def drafts(pieces: Iterable[str], known: Iterable[str]) -> Iterator[Draft]:
    """Cut a stream into drafts. References before or behind the full stop belong to the sentence they follow."""
    names = tuple(known)
    for text in _sentences(pieces):
        draft = split_references(text, names)
        if draft.text:
            yield draft


def _sentences(pieces: Iterable[str]) -> Iterator[str]:
    """Whole sentences with their marks; when the stream breaks, those that were complete come before the error."""
    rest, total, waiting = "", 0, False
    try:
        for piece in pieces:
            total += len(piece)
            rest += piece
            waiting = waiting or bool(_END.search(rest[-len(piece) - 4 :]))
            if waiting or len(rest) > LONGEST_SENTENCE:
                whole, rest = _whole(rest)
                waiting = not whole
                yield from whole
            if total > LONGEST_ANSWER:
                break
    except NovaError:
        yield from _cut(rest)[0]
        raise
    last, rest = _cut(rest + "\n")
    yield from last
    yield rest


def _whole(text: str) -> tuple[list[str], str]:
    """The sentences that are surely complete, and the rest: the last one may still get its references."""
    if len(text) > LONGEST_SENTENCE and not _END.search(text):
        return [text[:LONGEST_SENTENCE]], text[LONGEST_SENTENCE:]
    found, rest = _cut(text)
    return found, rest


def _cut(text: str) -> tuple[list[str], str]:
    """Sentences of a text with their marks; the last stays as the rest, untouched."""
    hidden = _HIDDEN.sub(lambda match: "\u2060" * len(match.group()), text)
    pieces: list[tuple[int, str]] = []
    for start, end in sentences(hidden):
        marks = _LEADING.match(text, start, end)
        if pieces and marks:
            pieces[-1] = (pieces[-1][0], f"{pieces[-1][1]} {marks.group()}")
            start = marks.end()
        if start < end:
            pieces.append((start, text[start:end]))
    kept = 2 if len(pieces) > 1 and _UNFINISHED.fullmatch(text, pieces[-1][0]) else 1
    return ([words for _, words in pieces[:-kept]], text[pieces[-kept][0] :]) if pieces else ([], text)
