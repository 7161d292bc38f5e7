"""A text and the numbers found in it in, other numbers of the same make out: same length, same groups, same beginning."""

import re
from collections.abc import Iterator, Sequence

from nova.privacy.recognise.groups import words_before
from nova.privacy.recognise.values import digits, make
from nova.privacy.spans import Span

NUMBER = re.compile(
    r"(?<![\w.,+-])(?:[A-Z]{1,4}[-/]?|(?-i:[A-Z]{1,4} ))?\d[0-9A-Z]{0,24}"
    r"(?:[-/ ][A-Z]{0,4}\d[0-9A-Z]{0,12}|-[A-Z]{1,2}(?=-\d)){0,4}(?![\w-]|[.,]\d)",
    re.IGNORECASE,
)
OTHER = re.compile(
    r"bestell|artikel|sendung|rechnung|vorgang|auftrag|ticket|beleg|tel|fax|handy|mobil|plz|charge|aktenzeichen|serien|stand|iban|konto\b|"
    r"vertr|kund|z(?:ä|ae)hler|malo|melo|zeichen"
)
SAME, FEWEST, SAME_OF_FEW, ENOUGH = 2, 5, 3, 6
UNIT = re.compile(r"\s?(?:[kMG]?Wh?|m³|m3|EUR|€|ct|Cent|Euro|Uhr|%)(?!\w)|,\d")


def alike(text: str, found: Sequence[Span]) -> Iterator[Span]:
    """Every other number whose digits and letters stand as in one of `found`, with the same first signs, and that nothing else names."""
    kinds = {_make(text[span.start : span.end]): span.kind for span in found if digits(text[span.start : span.end]) >= FEWEST}
    if not kinds:
        return
    taken = {place for span in found for place in range(span.start, span.end)}
    for match in NUMBER.finditer(text):
        kind = kinds.get(_make(match.group()))
        if kind and taken.isdisjoint((match.start(), match.end() - 1)) and not _named_otherwise(text, match):
            yield Span(match.start(), match.end(), kind)


def _named_otherwise(text: str, match: re.Match[str]) -> bool:
    """Whether the words before call a number something else, or a unit follows it."""
    return bool(OTHER.search(words_before(text, match.start())) or UNIT.match(text, match.end()))


def _make(value: str) -> tuple[str, str]:
    """The first signs (more of a short number), and where digits, letters and signs stand."""
    return value[: SAME if digits(value) >= ENOUGH else SAME_OF_FEW].upper(), make(value)
