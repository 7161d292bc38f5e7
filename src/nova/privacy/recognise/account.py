"""Folded text in, customer and contract numbers out: what a label calls so, in any grouping, also several in a row, and others alike."""

import re
from collections.abc import Iterator

from nova.privacy.recognise.alike import OTHER, alike
from nova.privacy.recognise.groups import words_before
from nova.privacy.recognise.labelled import labelled
from nova.privacy.recognise.labels import Called
from nova.privacy.recognise.values import UNIT, value_end
from nova.privacy.spans import Span

KINDS: frozenset[Called] = frozenset({"customer_no", "contract_no"})
WITH_NUMBER = r"(?:der |dem |meiner |die )?(?:nummer |nr\.? )"
LED = re.compile(
    rf"(?<![^\W_])(?:kund(?:e|in)\b[^\d\n.]{{0,30}}\b(?:unter (?:der )?|{WITH_NUMBER})|"
    r"(?:bei (?:ihnen|euch)|(?:führen|führt|kennen|kennt|finden|findet) (?:sie |ihr )?(?:mich|uns)|laufe ich|laufen wir)\b"
    rf"(?: (?:als|bei euch|bei ihnen|noch|auch|kunde|kundin|gespeichert|registriert|geführt|gemeldet|bekannt)){{0,3}} "
    rf"(?:unter (?:der |dem )?|(?:unter|mit) {WITH_NUMBER}))(?:nummer |nr\.? )?(?=[A-Z]{{0,3}}-?\d)|"
    r"\bich bin d(?:ie|er) (?=\d{6,8}(?![\w-]|[.,]\d))|"
    r"meine? (?:nummer|nr\.?) bei (?:euch|ihnen)[^\w\n]{0,4}(?:(?:ist|lautet|die)[^\w\n]{1,3}){0,2}",
    re.IGNORECASE,
)
LED_AS = re.compile(
    r"\bunter (?:der |dem )?(?:nummer |nr\.? )?(?P<value>[A-Z]{0,3}-?\d[\d /.-]{3,16}\d) "
    r"(?:(?:als )?kund(?:e|in)\b|bei (?:ihnen|euch) (?:geführt|gespeichert|gemeldet|registriert|bekannt|gelistet|kund))",
    re.IGNORECASE,
)
LETTERED = re.compile(r"\b(?i:nummer|nr\.?|no\.?)[ :]{1,2}(?=(?:(?P<contract_no>V[KNT]?|VTR)|(?P<customer_no>K|KD|KN|KNR|GP))(?:[ -]?\d))")
SUBJECT = re.compile(
    r"(?<![^\W_])(?:(?:kündigung|kuendigung|widerruf|preisanpassung|preiserhöhung)[a-z]{0,12}|(?:kündige"
    r"|widerrufe|kündigen|widerrufen)(?: (?:ich|wir))?)(?:[.,:]? (?:die )?(?:nummer|nr\.?)(?: ist"
    r"| lautet)?)?"
    r"(?: (?:hiermit|strom|gas|zu|für|von|des|der|den|zum|fristgerecht|fristgemäß|bitte)){0,3}[,:]? (?:(?:nr|no)\.? )?"
    r"(?=(?!(?:19|20)\d\d(?:0[1-9]|1[0-2])(?!\w?-))[1-9]\d{6}|(?!(?:R[EG]|AZ|TK|AN|AB|BE|AU|PO|GS|EUR|TEL"
    r"|FAX|PLZ)\b)(?-i:[A-Z]{1,5})[-/]\d|\d{4}-\d{4,6}-?[A-Z]?(?!\w))",
    re.IGNORECASE,
)
OF_CUSTOMERS = re.compile(
    r"(?<![^\W_])kund(?:en|innen)\b[^\d\n.:]{0,40}:\n?[ *•-]{0,3}(?P<of_customers>[1-9]\d{5,9})(?![\w/-]|[.,]\d)",
    re.IGNORECASE,
)
IN_SHAPE = re.compile(
    r"(?<![\w/.-])(?:STR[-/]\d{5,8}|(?:STROM|GAS|WASSER|SV|VTR|LV|GV|KTR|VN|ELV|SLV|GLV|STV"
    r"|WLV)(?:[-/]\d{5,8}|[-/](?!(?:19|20)\d\d[-/]0?\d[-/])\d{4}[-/][0-9A-Z]{1,6})"
    r"|V(?:\d{7,10}|[-/](?!(?:19|20)\d\d)\d{4}[-/][0-9A-Z]{1,4}|[-/](?:19|20)\d\d[-/]\d{4,8}|[-/]\d{6,10}))(?![\w/-])"
)
OF_CONTRACTS = re.compile(
    r"vertr|k(?:ü|ue)ndig|abschlag|tarif|widerruf|lieferung|belieferung|sperr|lastschrift|umzug|rechnung", re.IGNORECASE
)
NOUN = re.compile(r"(?<![^\W_])[A-ZÄÖÜ][a-zäöüß]{2,}:? \Z")
TELEPHONE = re.compile(r"0[1-9]\d")
FEWEST, LONGEST_NOUN = 5, 32


def accounts(text: str) -> Iterator[Span]:
    """Every customer number and contract number that is called so, and others of the same make in the same text."""
    found = list(_called(text))
    yield from found
    yield from alike(text, found)


def _called(text: str) -> Iterator[Span]:
    yield from labelled(text, KINDS)
    for match in LED.finditer(text):
        if not TELEPHONE.match(text, match.end()) and (end := value_end(text, match.end(), FEWEST)):
            yield Span(match.end(), end, "customer_no")
    for match in LED_AS.finditer(text):
        yield Span(*match.span("value"), "customer_no")
    yield from _by_shape(text)


def _by_shape(text: str) -> Iterator[Span]:
    """Numbers that no word calls so, but their letters ("Nummer V 88 04 117") or a contract's shape."""
    for match in LETTERED.finditer(text):
        end = value_end(text, match.end(), FEWEST)
        if end and not OTHER.search(words_before(text, match.start())):
            yield Span(match.end(), end, "contract_no" if match["contract_no"] else "customer_no")
    for match in SUBJECT.finditer(text):
        end = value_end(text, match.end(), FEWEST)
        if end and not UNIT.match(text, end):
            yield Span(match.end(), end, "contract_no")
    for match in OF_CUSTOMERS.finditer(text):
        if not UNIT.match(text, match.end()):
            yield Span(*match.span("of_customers"), "customer_no")
    if OF_CONTRACTS.search(text):
        yield from _in_shape(text)


def _in_shape(text: str) -> Iterator[Span]:
    """Numbers of a contract's shape, but behind a noun that speaks of something else."""
    for match in IN_SHAPE.finditer(text):
        noun = NOUN.search(text, max(0, match.start() - LONGEST_NOUN), match.start())
        if not noun or OF_CONTRACTS.search(noun.group()):
            yield Span(match.start(), match.end(), "contract_no")
