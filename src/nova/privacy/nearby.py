"""A text and the spans found in it in; out: the same numbers where they stand again, and customers' numbers right beside a name."""

import re
from collections.abc import Iterator, Sequence

from nova.privacy.recognise.dates import DATE, of_a_life
from nova.privacy.recognise.labels import labels
from nova.privacy.spans import Kind, Span

NUMBERS: frozenset[Kind] = frozenset({"customer_no", "contract_no", "meter", "malo", "phone", "id_card", "tax_id"})
RUN = re.compile(r"(?<![\w.,])(?:(?-i:[A-Z]{1,5})[-/. ]?)?\d(?:[/.-]?[0-9A-Z]| \d){4,24}(?![^\W_]|[.,]\d)", re.IGNORECASE)
BEHIND = re.compile(
    r"(?:,?\n| ?[,;|/(-] ?| )(?:(?:mit |unter )?(?:der |die |meine |ihre )?(?:nummer|nr\.?|no\.?):? )?"
    r"(?P<value>[1-9]\d{5,7}|[1-9]\d-\d{6,8}|(?-i:KD?|KN|VK?)-\d{4,10})(?=\)|[,;:|\n]|\.(?!\d)| ?[-/|] |\Z| [a-zäöü]{2}[a-zäöüß]+[ ,.])",
    re.IGNORECASE,
)
BEFORE = re.compile(r"(?:^|\n)(?:Anruf(?:er(?:in)?)? |Kd\.? )?(?P<value>[1-9]\d{5,7})(?:[,:;|/]| [-/|])? \Z")
SORTED = re.compile(
    r"auftrag|ticket|vorgang|rechnung|bestell|sendung|paket|mahnung|artikel|beleg|charge|z(?:ä|ae)hler|monteur|technik|kolleg|installateur|"
    r"mitarbeiter|az\b|aktenzeichen|angebot|iban|konto|blz|plz|stand|serien|projekt|station|tel\b|tel\."
    r"|fax|handy|mobil|durchwahl|hrb|police",
    re.IGNORECASE,
)
UNIT = re.compile(r"\)? ?(?:kwh|euro|eur|€|ct|m³|m3|uhr|watt|kw|liter|stück|punkte|mal)\b", re.IGNORECASE)
BORN, ENDS, LAST_BIRTH = re.compile(r",? ?[,;|/(] ?|  +"), re.compile(r" ?[,;|/)\n]|\.?\Z"), 2008
SIGNED = re.compile(r"(?:\bgez|\bi\. ?[av])\.? ?\Z|unterz\w*[ :]{1,2}\Z", re.IGNORECASE)
CUE_WINDOW, VALUE_WINDOW, LINE = 40, 40, re.compile(r"[^\n.!?]*\Z")


def echoes(text: str, found: Sequence[Span]) -> Iterator[Span]:
    """Every number of `found` where it stands once more, also in other groups."""
    known = {_bare(text[span.start : span.end]): span.kind for span in found if span.kind in NUMBERS}
    known.pop("", None)
    for run in RUN.finditer(text) if known else ():
        kind = known.get(_bare(run.group()))
        if kind:
            yield Span(run.start(), run.end(), kind)


def beside_names(text: str, found: Sequence[Span]) -> Iterator[Span]:
    """The customer's number that stands right behind a name, or before one at the beginning of a line, where no word calls it another's."""
    for span in found:
        if span.kind != "name" or _of_another_sort(text, span.start):
            continue
        born = BORN.match(text, span.end, min(len(text), span.end + VALUE_WINDOW))
        if (
            born
            and not SIGNED.search(text, max(0, span.start - VALUE_WINDOW), span.start)
            and (day := DATE.match(text, born.end()))
            and of_a_life(day, LAST_BIRTH)
            and ENDS.match(text, day.end())
        ):
            yield Span(*day.span(), "birth_date")
        before = BEFORE.search(text, max(0, span.start - VALUE_WINDOW), span.start)
        behind = BEHIND.match(text, span.end, min(len(text), span.end + VALUE_WINDOW))
        for match in (before, behind):
            if match and not DATE.match(text, match.start("value")) and not UNIT.match(text, match.end("value")):
                second = match is behind and before is not None and text[span.end : match.start("value")].strip() in ("|", ";")
                yield Span(
                    *match.span("value"),
                    "contract_no" if second or match["value"][0] == "V" or _of_contract(text, span.start) else "customer_no",
                )


def _of_another_sort(text: str, start: int) -> bool:
    """Whether words before a name speak of what has numbers of its own."""
    before = LINE.search(text, max(0, start - CUE_WINDOW), start)
    return before is not None and SORTED.search(before.group()) is not None


def _of_contract(text: str, start: int) -> bool:
    """Whether the word right before a name calls a contract ("Vertrag Frau Petersen ...")."""
    last = None
    for label in labels(text[max(0, start - CUE_WINDOW) : start]):
        last = label
    return last is not None and last.kind == "contract_no"


def _bare(value: str) -> str:
    """Letters and digits alone; "" for a short value or one that might be a day."""
    bare = "".join(char for char in value.upper() if char.isalnum())
    return bare if sum(map(str.isdigit, bare)) > 4 and not DATE.fullmatch(value) else ""
