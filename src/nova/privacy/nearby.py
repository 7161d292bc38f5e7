"""A text and the spans found in it in; out: the same numbers where they stand again, and customers' numbers right beside a name."""

import re
from collections.abc import Iterator, Sequence

from nova.privacy.recognise.dates import DATE, of_a_life
from nova.privacy.recognise.labels import last_label
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
        if span.kind == "name" and not _of_another_sort(text, span.start):
            yield from _born(text, span)
            yield from _numbers(text, span)


def _born(text: str, name: Span) -> Iterator[Span]:
    """The day of long ago in the cell behind a name."""
    sign = BORN.match(text, name.end, min(len(text), name.end + VALUE_WINDOW))
    if not sign or SIGNED.search(text, max(0, name.start - VALUE_WINDOW), name.start):
        return
    day = DATE.match(text, sign.end())
    if day and of_a_life(day, LAST_BIRTH) and ENDS.match(text, day.end()):
        yield Span(*day.span(), "birth_date")


def _numbers(text: str, name: Span) -> Iterator[Span]:
    """The numbers right before and behind a name; of two, the one in the cell behind is the contract's."""
    before = BEFORE.search(text, max(0, name.start - VALUE_WINDOW), name.start)
    behind = BEHIND.match(text, name.end, min(len(text), name.end + VALUE_WINDOW))
    second = before and behind and text[name.end : behind.start("value")].strip() in ("|", ";")
    for match in filter(None, (before, behind)):
        begin, end = match.span("value")
        if not DATE.match(text, begin) and not UNIT.match(text, end):
            contract = (second and match is behind) or text[begin] == "V" or _of_contract(text, name.start)
            yield Span(begin, end, "contract_no" if contract else "customer_no")


def _of_another_sort(text: str, start: int) -> bool:
    """Whether words before a name speak of what has numbers of its own."""
    before = LINE.search(text, max(0, start - CUE_WINDOW), start)
    return before is not None and SORTED.search(before.group()) is not None


def _of_contract(text: str, start: int) -> bool:
    """Whether the word right before a name calls a contract ("Vertrag Frau Petersen ...")."""
    last = last_label(text, start - CUE_WINDOW, start)
    return last is not None and last.kind == "contract_no"


def _bare(value: str) -> str:
    """Letters and digits alone; "" for a short value or one that might be a day."""
    bare = "".join(char for char in value.upper() if char.isalnum())
    return bare if sum(map(str.isdigit, bare)) > 4 and not DATE.fullmatch(value) else ""
