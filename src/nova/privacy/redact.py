"""Text in, the text with every fixed-shape personal value replaced by its label out. Fail-closed: all of it was looked at, or no result."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from nova.errors import PrivacyError
from nova.privacy.fold import View, fold
from nova.privacy.recognise import ALL
from nova.privacy.spans import PLACEHOLDERS, Recogniser, Span
from nova.privacy.spoken import spell_out

MOST_ROUNDS = 8
DEEPEST = 64
SHORTEST_NUMBER = 5


@dataclass(frozen=True, slots=True)
class Redacted:
    """What may be stored, and how many values of each kind were taken out."""

    text: str
    counts: Mapping[str, int]


def find(text: str, recognisers: Iterable[Recogniser] = ALL) -> list[Span]:
    """The spans of personal values in `text`, in order, without overlap."""
    folded = fold(text)
    spoken = spell_out(folded.text)
    found: list[Span] = []
    for recogniser in recognisers:
        found.extend(_in_original(folded, recogniser(folded.text)))
        if spoken:
            found.extend(_in_original(folded, _in_original(spoken, recogniser(spoken.text))))
    return _without_overlap(found, len(text))


def redact(text: str) -> Redacted:
    """Replace every value `find` is sure of. Doing it twice changes nothing. PrivacyError means: store nothing."""
    if not isinstance(text, str):
        raise PrivacyError("Der Text konnte nicht auf personenbezogene Angaben geprüft werden; es wurde nichts gespeichert.")
    counts: Counter[str] = Counter()
    for _ in range(MOST_ROUNDS):
        spans = find(text)
        if not spans:
            return Redacted(text, MappingProxyType(dict(counts)))
        counts.update(span.kind for span in spans)
        text = _replaced(text, spans)
    raise PrivacyError("Der Text konnte nicht vollständig auf personenbezogene Angaben geprüft werden; es wurde nichts gespeichert.")


def redact_json(value: Any, key: str = "") -> Any:
    """A JSON value with all its texts, keys and long numbers redacted; a key ("phone") counts as the words before its value."""
    return _redact_json(value, key, 0)


def _redact_json(value: Any, key: str, depth: int) -> Any:
    if depth > DEEPEST:
        raise PrivacyError("Die Angaben sind zu tief verschachtelt, um geprüft zu werden; es wurde nichts gespeichert.")
    if isinstance(value, Mapping):
        return {redact(str(name)).text: _redact_json(inner, str(name), depth + 1) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_redact_json(inner, key, depth + 1) for inner in value]
    if isinstance(value, str):
        return _under_key(key, redact(value).text)
    if isinstance(value, int) and len(str(abs(value))) >= SHORTEST_NUMBER:
        text = _under_key(key, str(value))
        return value if text == str(value) else text
    if value is None or isinstance(value, (bool, int, float)):
        return value
    raise PrivacyError("Diese Angaben konnten nicht geprüft werden; es wurde nichts gespeichert.")


def _under_key(key: str, text: str) -> str:
    """The text redacted once more as what `key` calls it."""
    lead = f"{redact(key.replace('_', ' ')).text}: "
    return redact(lead + text).text.removeprefix(lead) if key else text


def _in_original(view: View, spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        yield Span(*view.original(span.start, span.end), span.kind)


def _without_overlap(spans: list[Span], length: int) -> list[Span]:
    """The spans in text order; of two that overlap the earlier one in the list stands."""
    taken = bytearray(length)
    kept: list[Span] = []
    for span in spans:
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


def _replaced(text: str, spans: list[Span]) -> str:
    pieces: list[str] = []
    at = 0
    for span in spans:
        pieces += (text[at : span.start], PLACEHOLDERS[span.kind])
        at = span.end
    return "".join([*pieces, text[at:]])
