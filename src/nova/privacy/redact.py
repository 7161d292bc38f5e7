"""Text in, the text with every personal value replaced by its token out. Fail-closed: all of it was looked at, or no result."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from nova.errors import PrivacyError
from nova.privacy.columns import in_columns
from nova.privacy.dictionary import MasterData
from nova.privacy.fold import View, fold, hidden
from nova.privacy.known import known_values
from nova.privacy.nearby import beside_names, echoes
from nova.privacy.own import own
from nova.privacy.recognise import ALL, STRICT
from nova.privacy.rows import by_columns
from nova.privacy.spans import PLACEHOLDERS, TOKEN, Finder, Recogniser, Span, Token
from nova.privacy.spoken import spell_out
from nova.privacy.worn import put_right

MOST_ROUNDS = 8
DEEPEST = 64
SHORTEST_NUMBER = 5
UUID = re.compile(r"(?<![0-9a-z-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-z-])", re.IGNORECASE)
REFUSED = "Der Text konnte nicht vollständig auf personenbezogene Angaben geprüft werden; es wurde nichts gespeichert."


@dataclass(frozen=True, slots=True)
class Redacted:
    """What may be stored, how many values of each kind were taken out, and the values themselves (kind, as written) for a vault.

    `values` are personal data: they never go where the text goes.
    """

    text: str
    counts: Mapping[str, int]
    values: tuple[tuple[str, str], ...] = field(default=(), repr=False)


def find(text: str, dictionary: Finder | None = None) -> list[Span]:
    """The spans of personal values in `text`, in order, without overlap. `dictionary` knows more values by name (see `dictionary`)."""
    return _find(text, () if dictionary is None else (dictionary,), ALL)


def strict_scan(text: str) -> list[Span]:
    """What `find` finds and what might be personal besides, in already redacted text: for exports and for what a model wrote.

    It takes weaker evidence (a lone surname, any long number, residue around a token); better a value too many than one that leaves.
    """
    return _find(text, (), (*ALL, *STRICT))


def redact(text: str, token: Token | None = None, known: Mapping[str, str] | None = None, dictionary: Finder | None = None) -> Redacted:
    """Replace every value that is found by its token, by its kind without `token`. Doing it twice changes nothing.

    `known` holds values that are surely personal and their kinds; they go in any case, spacing and with German endings, names also in part.
    PrivacyError means: store nothing.
    """
    if not isinstance(text, str):
        raise PrivacyError("Der Text konnte nicht auf personenbezogene Angaben geprüft werden; es wurde nichts gespeichert.")
    named = tuple(finder for finder in (known_values(known) if known else None, dictionary) if finder is not None)
    values: list[tuple[str, str]] = []
    for _ in range(MOST_ROUNDS):
        spans = _find(text, named, ALL)
        if not spans:
            counts = Counter(kind for kind, _ in values)
            return Redacted(text, MappingProxyType(dict(counts)), tuple(values))
        values.extend((span.kind, text[span.start : span.end]) for span in spans)
        text = _replaced(text, spans, token)
    raise PrivacyError(REFUSED)


def knows(dictionary: Finder, text: str) -> bool:
    """Whether the dictionary knows a value in `text`, by itself."""
    return bool(_find(text, (dictionary,), ()))


def redact_json(value: Any, key: str = "", dictionary: Finder | None = None) -> Any:
    """A JSON value with all its texts, keys and long numbers redacted; a key ("phone") counts as the words before its value."""
    return _redact_json(value, key, 0, dictionary)


def _redact_json(value: Any, key: str, depth: int, dictionary: Finder | None) -> Any:
    if depth > DEEPEST:
        raise PrivacyError("Die Angaben sind zu tief verschachtelt, um geprüft zu werden; es wurde nichts gespeichert.")
    if isinstance(value, Mapping):
        return {
            redact(str(name), dictionary=dictionary).text: _redact_json(inner, str(name), depth + 1, dictionary)
            for name, inner in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [_redact_json(inner, key, depth + 1, dictionary) for inner in value]
    if isinstance(value, str):
        return _under_key(key, redact(value, dictionary=dictionary).text, dictionary)
    if value is None or isinstance(value, (bool, float)):
        return value
    if isinstance(value, int):
        return _redact_number(value, key, dictionary)
    raise PrivacyError("Diese Angaben konnten nicht geprüft werden; es wurde nichts gespeichert.")


def _redact_number(value: int, key: str, dictionary: Finder | None) -> int | str:
    """A whole number as it is; as text where it is long and what `key` calls it is personal."""
    text = str(value)
    told = _under_key(key, text, dictionary) if len(text.lstrip("-")) >= SHORTEST_NUMBER else text
    return value if told == text else told


def _under_key(key: str, text: str, dictionary: Finder | None) -> str:
    """The text redacted once more as what `key` calls it."""
    lead = f"{redact(key.replace('_', ' '), dictionary=dictionary).text}: "
    return redact(lead + text, dictionary=dictionary).text.removeprefix(lead) if key else text


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way in which a text is read, the views that lead back from it to the original, and what was found in it."""

    text: str
    views: tuple[View, ...]
    found: list[Span] = field(default_factory=list)

    def find(self, finder: Finder) -> Iterator[Span]:
        """What a finder finds in it, in the original; it is remembered."""
        for span in finder(self.text):
            self.found.append(span)
            yield from self.original((span,))

    def original(self, spans: Iterable[Span]) -> Iterator[Span]:
        """Spans of this reading, in the original."""
        for view in self.views:
            spans = _in_original(view, spans)
        return iter(spans)


def _find(text: str, named: Sequence[Finder], recognisers: Iterable[Recogniser]) -> list[Span]:
    folded = hidden(fold(text), TOKEN)
    spoken, worn, table = spell_out(folded.text), put_right(folded.text), by_columns(folded.text)
    finders = (*named, *recognisers)
    readings = [_Reading(folded.text, (folded,))]
    if spoken:
        readings.insert(0, _Reading(spoken.text, (spoken, folded)))
    misread = [_Reading(worn, (folded,))] if worn else []
    found: list[Span] = []
    if table:
        found.extend(span for finder in finders for span in _in_original(folded, table.in_cells(finder(table.view.text))))
    for finder in finders:
        for reading in (*readings, *misread):
            found.extend(reading.find(finder))
    for nearby in (echoes, beside_names, in_columns):
        for reading in readings:
            found.extend(reading.original(nearby(reading.text, reading.found)))
    return _without_overlap(_not_torn(found, text), len(text), _free(folded, spoken, named))


def _free(folded: View, spoken: View | None, named: Sequence[Finder]) -> Iterator[tuple[int, int]]:
    """Where in the original the supplier's own data stands, also dictated."""
    for place in _own(folded.text, named):
        yield folded.original(*place)
    if spoken:
        yield from (folded.original(*spoken.original(*place)) for place in own(spoken.text))


def _own(text: str, named: Sequence[Finder]) -> Iterator[tuple[int, int]]:
    """Where the supplier's own data stands, by its looks and by the master data."""
    yield from own(text)
    for finder in named:
        if isinstance(finder, MasterData):
            yield from finder.own(text)


def _in_original(view: View, spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        yield Span(*view.original(span.start, span.end), span.kind)


def _not_torn(found: list[Span], text: str) -> list[Span]:
    """The spans but those that are a part of a machine's id: eight of its digits only look like a telephone number."""
    ids = [one.span() for one in UUID.finditer(text)]
    starts = [start for start, _ in ids]

    def torn(span: Span) -> bool:
        start, end = ids[max(0, bisect_right(starts, span.start) - 1)]
        return start <= span.start and span.end <= end and span.end - span.start < end - start

    return [span for span in found if not torn(span)] if ids else found


def _without_overlap(spans: list[Span], length: int, free: Iterable[tuple[int, int]]) -> list[Span]:
    """The spans in text order; of two that overlap the earlier one in the list stands, and none that touches a free place."""
    taken = bytearray(length)
    for start, end in free:
        taken[start:end] = b"\x01" * (end - start)
    kept: list[Span] = []
    for span in spans:
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


def _replaced(text: str, spans: list[Span], token: Token | None) -> str:
    pieces: list[str] = []
    at = 0
    for span in spans:
        pieces += (text[at : span.start], _token(span, text[span.start : span.end], token))
        at = span.end
    return "".join([*pieces, text[at:]])


def _token(span: Span, value: str, token: Token | None) -> str:
    made = PLACEHOLDERS[span.kind] if token is None else token(span.kind, value)
    if not TOKEN.fullmatch(made):
        raise PrivacyError(REFUSED)
    return made
