"""The noun of this room: a span of personal data, and the label that takes its place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["email", "phone", "iban", "tax_id", "malo", "melo", "meter"]

PLACEHOLDERS: dict[Kind, str] = {
    "email": "[E-MAIL]",
    "phone": "[TELEFON]",
    "iban": "[IBAN]",
    "tax_id": "[STEUER-ID]",
    "malo": "[MALO]",
    "melo": "[MELO]",
    "meter": "[ZÄHLER]",
}


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of a text are a value of this kind."""

    start: int
    end: int
    kind: Kind


Recogniser = Callable[[str], Iterator[Span]]
"""Takes folded text (see `fold`), gives the spans it is sure of, in time linear in the text."""
