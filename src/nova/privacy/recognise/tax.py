"""Folded text in, personal tax numbers (Steuer-Identifikationsnummer) out: eleven digits with their check digit, or named as one."""

from collections import Counter
from collections.abc import Iterator

from nova.privacy.recognise.eleven import elevens
from nova.privacy.spans import Span


def valid(digits: str) -> bool:
    """ISO 7064 mod 11,10 over ten digits of which one stands twice or thrice; the first is not 0."""
    repeated = sorted(Counter(digits[:10]).values())
    if digits[0] == "0" or repeated[-1] not in (2, 3) or repeated.count(repeated[-1]) != 1:
        return False
    product = 10
    for char in digits[:10]:
        product = 2 * ((int(char) + product) % 10 or 10) % 11
    return (11 - product) % 10 == int(digits[10])


def tax_ids(text: str) -> Iterator[Span]:
    """Every Steuer-ID; the words before decide where the check digit alone would mislead."""
    for number in elevens(text):
        if number.cue == "tax_id" or (number.cue in (None, "tax_no") and valid(number.digits)):
            yield Span(number.start, number.end, "tax_id")
