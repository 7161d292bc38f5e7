"""The nouns of this room: a span of personal data, the label of its kind, and the token that takes its place."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal[
    "email", "phone", "iban", "tax_id", "malo", "melo", "meter",
    "name", "address", "customer_no", "contract_no", "birth_date", "id_card", "plate", "ip",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)

LABELS: Mapping[Kind, str] = {
    "email": "E-MAIL",
    "phone": "TELEFON",
    "iban": "IBAN",
    "tax_id": "STEUER-ID",
    "malo": "MALO",
    "melo": "MELO",
    "meter": "ZÄHLER",
    "name": "NAME",
    "address": "ADRESSE",
    "customer_no": "KUNDENNUMMER",
    "contract_no": "VERTRAGSNUMMER",
    "birth_date": "GEBURTSDATUM",
    "id_card": "AUSWEIS",
    "plate": "KENNZEICHEN",
    "ip": "IP",
}
TYPES: Mapping[Kind, str] = {kind: "STEUER_ID" if kind == "tax_id" else kind.upper() for kind in KINDS}
"""The names of kinds in files for and from other programs."""


def kind_named(told: str) -> Kind:
    """The kind of this name; what no kind is called so counts as a name."""
    return next((one for one in KINDS if one == told), "name")


PLACEHOLDERS: Mapping[Kind, str] = {kind: f"[{label}]" for kind, label in LABELS.items()}
TOKEN = re.compile(rf"\[(?:{'|'.join(LABELS.values())})(?:_[0-9A-HJKMNP-TV-Z]{{6}})?\]")
"""What stands for a value already: `[NAME]`, or `[NAME_7KQ2MX]` with six characters of Crockford's base 32."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of a text are a value of this kind."""

    start: int
    end: int
    kind: Kind


Recogniser = Callable[[str], Iterator[Span]]
"""Takes folded text (see `fold`), gives the spans it is sure of, in time linear in the text."""

Token = Callable[[str, str], str]
"""Takes a kind and a value as it stands in the text, gives the token that stands for it (it must match `TOKEN`)."""

Finder = Callable[[str], Iterator[Span]]
"""Takes folded text, gives spans of values known by name, such as a company's master data or the fields of a session."""
