"""A label in, where its number begins that stands some words further on out: in the clause, in a list, on the thing, in an answer."""

import re
from dataclasses import dataclass

from nova.privacy.recognise.labels import Label
from nova.privacy.recognise.values import SIGNS, value_end

ANSWER = re.compile(
    r"[^\d\n]{0,60}(?P<between>(?:\n[^\W\d_][\w ]{0,14}:[^\d\n]{0,48}){0,3})(?:\n"
    r"|\? )(?:\[?\d\d:\d\d(?::\d\d)?\]? )?[^\W\d_][\w ]{0,14}:(?:(?:[^\d\n.!?]"
    r"|(?<!\d)\d{1,3}(?!\d)){0,60}[.!?]+){0,3}"
    r"(?P<clause>) ?[^\d\n.!?]{0,40}?(?=(?:[A-Z]{1,3}[-/]?)?\d)"
)
ON_PAPER = re.compile(r"\b(?:auf|in|laut|lt\.?|gemäß) (?:(?:der|dem|(?:mein|ihr|eur|euer|unser)e[rm]) )?[^\W\d_]+", re.IGNORECASE)
FAR = re.compile(
    r"\.?(?:(?:(?<=mit )|(?<=auf ))\d{1,4}(?=[ ,](?!\d))|[^\d\n.!?\ufffc]){0,64}?(?<![^\W_])"
    r"(?!(?:(?<=mit )|(?<=auf ))\d{1,4}[ ,](?!\d))(?=(?:[A-Z]{1,3}[-/.]?|(?-i:[A-Z]{1,3} ))?\d)",
    re.IGNORECASE,
)
LOOSE = re.compile(
    r"(?:(?!zeigt|zähler\w* steht|steh\w* (?:auf|bei)|stand|meld|abgelesen|ablesung|nicht|kein|seit|preis|betrag|tel|fax|mobil|anruf|"
    r"rückruf)[^\d\n.!?;\ufffc]){1,36}?"
    r"(?<![^\W_])(?=(?-i:[A-Z]{1,3}[-/. ]?)?\d)",
    re.IGNORECASE,
)
OTHER = re.compile(
    r"bestell|artikel|sendung|pass\b|nicht\b|kein|fehlt|liter|euro|preis|betrag|abschlag|konto\b|rechnung|vorgang|auftrag|ticket|plz|"
    r"postleit|geb|datum|uhr|am\b|seit|stand|mail|punkte|person",
    re.IGNORECASE,
)
LETTERED = re.compile(
    r"(?!(?:19|20)\d\d)\d{4,6}[-/][A-Z](?![^\W_])|[A-Z]{1,4}[-/](?!(?:19|20)\d\d(?!\w))\d|(?-i:[A-Z]{1,4})(?!(?:19|20)\d\d(?!\d))\d{4}",
    re.IGNORECASE,
)
NOUN = re.compile(r"(?<![^\W_])[A-ZÄÖÜ][a-zäöüß]+ \Z")
PLACED = re.compile(
    r" (?:im|in (?:der|dem|meiner|unserer)|am|an (?:der|dem)|beim|bei (?:der|dem)|auf (?:der|dem)|oben"
    r"|unten|hinten|vorne?) (?:[^\W\d_]{2,14} ){0,2}",
    re.IGNORECASE,
)
OVER = re.compile(
    r" (?:(?:vom|von|für|zu[rm]?|in|ab|seit|über|der|des|meine[rs]|unsere[rs]) |\(|\"|(?-i:[A-ZÄÖÜ]))[^\n!?;:\ufffc]{1,48}?"
    r"(?:: ?| = | \(|,? (?:ist|lautet|hat|trägt) (?:die |den )?(?:nr\.? |nummer )?)"
    r"(?=(?-i:[A-Z]{1,3}[-/. ]?)?\d(?:[ -]?\d){6})",
    re.IGNORECASE,
)
WORN = re.compile(
    rf"(?P<lead>, (?:auf|an|unter|mit|bei) (?:dem|der|welche[mr]) [^\d\n.!?;\ufffc]{{0,60}}?)(?=\d|[A-Z]{{1,4}}[-/]?\d)(?:{SIGNS})"
    r" (?:drauf|geschrieben |aufgedruckt |eingraviert |gedruckt )?(?:steht|klebt|prangt|ist)\b",
    re.IGNORECASE,
)
LIST_BEHIND = re.compile(r"[^\d\n.!?;:]{0,48}:\n *[-*•]? *(?=[A-Z]{0,4}[-/]?\d[0-9A-Z/. -]*(?:\n|\Z))", re.IGNORECASE)
SINCE = re.compile(r"\b(?:seit|am)\b", re.IGNORECASE)
SHORT_ANSWER = re.compile(
    r"[^\w\n]{0,3}(?:bitte|denn|noch|genau)?[^\w\n]{0,3}\n[^\W\d_][\w ]{0,14}: ?[^\d\n.!?]{0,24}?(?=(?:[A-Z]{1,3}[-/]?)?\d)", re.IGNORECASE
)
SAID_AT_LAST, DENIED = re.compile(r"(?<![^\W_])(?-i:[a-zäöüß])\w*: \Z"), re.compile(r"\b(?:nicht|kein\w*)\b", re.IGNORECASE)
LONG_WORD = 6


@dataclass(frozen=True, slots=True)
class Reader:
    """A text, where its labels begin, and how many digits a number may have."""

    text: str
    starts: frozenset[int]
    most: int

    def value(self, begin: int, fewest: int) -> int:
        """Where the number that begins here ends; 0 when there is none."""
        return value_end(self.text, begin, fewest, self.most)

    def labelled(self, begin: int, end: int) -> bool:
        """Whether a label begins between two places."""
        return any(place in self.starts for place in range(begin, end))


def further(read: Reader, label: Label, until: int) -> int | None:
    """Where a number begins that comes some words later, or in the answer to a question; None when other words or labels come between."""
    if label.strong:
        return _far(read, label, until) if label.far else None
    loose = _loose(read, label)
    if loose is not None and LETTERED.match(read.text, loose) and not OTHER.search(read.text, label.end, loose):
        return loose if loose <= until else None
    if loose is not None and loose <= until and (not NOUN.search(read.text, label.end, loose) or _placed(read, label, loose)):
        return loose
    ends = (reader(read, label) for reader in AWAY)
    return next((end for end in ends if end is not None and end <= until), None)


def _far(read: Reader, label: Label, until: int) -> int | None:
    """Where the number begins that a question asks for, or that stands later in the sentence."""
    answer = ANSWER.match(read.text, label.end)
    if answer and not read.labelled(*answer.span("between")) and _leads(read, answer.start("clause"), answer.end()):
        return answer.end()
    far = FAR.match(read.text, label.end)
    return far.end() if far and far.end() <= until and _leads(read, far.start(), far.end()) else None


def _loose(read: Reader, label: Label) -> int | None:
    """The first number of the clause behind a long word for a thing; a customer is too much else for it."""
    if label.kind == "customer_no" or label.end - label.start < LONG_WORD:
        return None
    loose = LOOSE.match(read.text, label.end)
    return loose.end() if loose else None


def _answered(read: Reader, label: Label) -> int | None:
    """The number of a short answer in the next line."""
    answer = SHORT_ANSWER.match(read.text, label.end) if label.kind != "customer_no" else None
    return answer.end() if answer and not OTHER.search(read.text, label.end, answer.end()) else None


def _listed(read: Reader, label: Label) -> int | None:
    """The first number of a list behind a colon."""
    listed = LIST_BEHIND.match(read.text, label.end)
    return listed.end() if listed else None


def _worn(read: Reader, label: Label) -> int | None:
    """The number that stands on the thing ("der Zähler, auf dem ... steht")."""
    worn = WORN.match(read.text, label.end)
    return worn.end("lead") if worn else None


def _over(read: Reader, label: Label) -> int | None:
    """The number of a contract behind the words that say what it is about ("Vertrag vom ...: ...")."""
    over = OVER.match(read.text, label.end) if label.kind == "contract_no" else None
    return over.end() if over and not OTHER.search(SINCE.sub(" ", over.group())) else None


AWAY = (_answered, _listed, _worn, _over)
"""Where else the number of a thing may stand, looked for in this order."""


def _placed(read: Reader, label: Label, end: int) -> bool:
    """Whether the words behind a label say only where the thing is ("im Keller")."""
    return PLACED.fullmatch(read.text, label.end, end) is not None and not OTHER.search(read.text, label.end, end)


def _leads(read: Reader, begin: int, end: int) -> bool:
    """Whether the words between lead to a number: neither a label nor a word for something else is among them."""
    words = ON_PAPER.sub(" ", read.text[begin:end])
    if SAID_AT_LAST.search(words):
        words = DENIED.sub(" ", words)
    return not read.labelled(begin, end) and not OTHER.search(words)
