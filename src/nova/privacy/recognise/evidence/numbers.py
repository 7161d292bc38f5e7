"""Folded text in, numbers out that no rule knows but whose words and looks together speak of a customer, a contract, a meter or a card."""

import re
from collections.abc import Iterator

from nova.privacy.recognise.dates import DATE
from nova.privacy.recognise.evidence.runs import Run, runs
from nova.privacy.recognise.evidence.signs import AMOUNT, signs
from nova.privacy.recognise.evidence.weights import NUMBERS
from nova.privacy.recognise.groups import words_before
from nova.privacy.recognise.labels import called
from nova.privacy.recognise.values import UNIT, digits
from nova.privacy.spans import Span

CERTAIN, SURE, PERHAPS = 0.98, 0.6, 0.25
FEWEST, FEWEST_DIGITS, VETO_WINDOW, PREFIX_WINDOW, AROUND = 6, 4, 28, 6, 200
OTHER = re.compile(
    r"bestell|artikel|\bart\.|sendung|paket|rechnung|rg\b|\bre\b|vorgang|auftrag|ticket|beleg|charge|aktenz|serien|stand\b|stände|iban|\bplz|"
    r"\btel\b|\bfax|handy|mobil|mahn|antrag|angebot|formular|station|projekt|mandat|gutschein|kampagne|\btyp\b|modell|plombe|version|"
    r"(?:unser|mein|ihr)e? zeichen|\bdoc|\bean\b|\b(?:ht|nt)\b|muster|beispiel|trafo|gerät\b|verordnung|richtlinie|position"
)
OF_A_YEAR = re.compile(r"\d{1,4}/(?:19|20)\d\d\Z")
IN_ONE_PIECE = re.compile(r"(?<![^\W_])(?=[A-Z]{0,9}\d)(?=\d{0,9}[A-Z])[0-9A-Z]{9,11}(?![^\W_])", re.IGNORECASE)
PREFIX = re.compile(r"(?<![\w/.-])[A-Z]{1,4} \Z")


def certain_cards(text: str) -> Iterator[Span]:
    """Every number in one piece that is almost surely a card's, whatever the rules call it."""
    if IN_ONE_PIECE.search(text):
        yield from (one for one in _decided(text, CERTAIN) if one.kind == "id_card" and IN_ONE_PIECE.fullmatch(text, one.start, one.end))


def numbers(text: str) -> Iterator[Span]:
    """Every such number that is likely enough."""
    return _decided(text, SURE)


def perhaps_numbers(text: str) -> Iterator[Span]:
    """Every number that may be one."""
    return _decided(text, PERHAPS)


def possible(text: str, run: Run) -> bool:
    """Whether a run is no quantity, date, name of a file or short number, and no word before it calls it something else."""
    return not (
        sum(map(str.isalnum, text[_begin(text, run.start) : run.end])) < FEWEST
        or "_" in text[run.start : run.end + 1]
        or AMOUNT.match(run.value)
        or OF_A_YEAR.match(run.value)
        or DATE.match(text, run.start)
        or DATE.match(run.value)
        or UNIT.match(text, run.end)
        or OTHER.search(words_before(text, run.start)[-VETO_WINDOW:])
    )


def _decided(text: str, threshold: float) -> Iterator[Span]:
    found = list(runs(text))
    able = [possible(text, run) for run in found]
    for run, told, may in zip(found, signs(text, found), able, strict=True) if any(able) else ():
        if not may:
            continue
        kind, likelihood = NUMBERS.likely(told)
        if likelihood >= threshold and (kind == "id_card" or digits(run.value) >= FEWEST_DIGITS):
            yield Span(_begin(text, run.start), run.end, kind)


def _begin(text: str, start: int) -> int:
    """Where a number begins whose first letters stand before a blank ("V 4471 0088"); a label in capitals is none."""
    letters = PREFIX.search(text, max(0, start - PREFIX_WINDOW), start)
    if not letters or not any(map(str.islower, text[max(0, start - AROUND) : start + AROUND])) or called(letters.group().strip().lower()):
        return start
    return letters.start()
