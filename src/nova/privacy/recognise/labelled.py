"""Folded text in, numbers that a label calls by their kind out: behind it, before it ("... ist meine Kundennummer"), or in the answer.

A label's number stands right behind it, behind words that lead to it, or, for a word that speaks of a number, later in the sentence as
long as no other label comes between.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import cast

from nova.privacy.lexicon import places
from nova.privacy.recognise.labels import Called, Label, labels
from nova.privacy.recognise.values import MOST, SIGNS, SPLIT, UNIT, digits, make, value_end
from nova.privacy.spans import Kind, Span

LEAD = re.compile(
    r"[^\w\n(]{0,16}\n{0,4}[^\w\n(]{0,8}(?:(?<=\n)\d{1,2}[.)] )?(?:\((?:[^()\n\d]|(?<!\d)\d{1,2}(?!\d)){1,40}\))?[^\w\n]{0,4}"
    r"(?:(?:ist|sind|is|lautet|lauten|heißt|die|der|das|dem|den|nr|no|nummern?|neu|neue|alt|alte|alter|alten|meine|meiner|meines|mein|ihre|"
    r"unsere|eure|hat|hier|wäre|währe|waere|müsste|war|also|dann|mit|von|vom|für|strom|gas|wasser|moment|äh|ähm|öhm|hm|ja|so|und zwar|ganz|"
    r"bei ihnen|bei euch|bei uns|bitte|notiert|angegeben|genannt|wie folgt|(?:laut|lt\.?|siehe|gemäß) [^\W\d_]{3,14}|oben|steht|es|"
    r"sie|komplett|vollständig|genau|sei|wird|glaub(?:e)? ich|n ?°)"
    r"(?![^\W_]|[-/_.]\d)[^\w\n]{0,8}\n?[^\w\n]{0,4}){0,6}",
    re.IGNORECASE,
)
CLOSE = re.compile(
    r"[^\w\n]{0,6}(?:\n[^\w\n]{0,4})?"
    r"(?:(?:alt|neu|\d{1,2}(?=: )|(?:laut|lt\.?|gemäß) [^\W\d_]{3,14}|bisher|mit der|hat die|ist die|die"
    r"|ist|lautet|heißt|is|bei ihnen|bei euch|bei uns)"
    r"(?![^\W_]|[-/_.]\d)[^\w\n]{0,4}){0,3}(?:n ?° ?)?"
    r"(?:(?:strom|gas|wasser|wärme)[ :]{1,2}(?=[A-Z]{1,5}[-/]\d|\d{7}))?",
    re.IGNORECASE,
)
OTHER_SPEAKER = re.compile(
    r"^(?:agent(?:in)?|(?:voice|chat)?bot|berater(?:in)?|mitarbeiter(?:in)?|service|"
    r"hotline|anrufer(?:in)?|"
    r"system|assistent(?:in)?|ma|sb|operator|"
    r"support|kolleg(?:e|in)|kundenservice|ki|nova|frage|technik(?:er)?(?:in)?|dispo|zentrale):",
    re.IGNORECASE | re.MULTILINE,
)
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
NEXT = re.compile(
    r"\),? (?:und )?[^\W\d_]{3,14} \(|"
    r" ?\((?:vormals|früher|ehemals|bisher|zuvor|vorher|alt|neu|jetzt|und|sowie|auch)[ :]{1,2}|"
    r" ?(?:\([^()\n]{1,24}\))?(?: ?(?:[,;/&+?>]|->|=>|→|\.\.\.?) ?| )"
    r"(?:(?:und|nee|nein|ne|doch|quatsch|korrektur|halt|sorry|sondern|mit|bitte|auf|zu|sowie|oder|bzw\.|statt|nicht|alte?|neue?|die|für|"
    r"bis|durch|jetzt|noch|dazu|gas|strom|in|vormals|früher|ehemals|bisher|zuvor)[ :,]{1,2}){0,3}",
    re.IGNORECASE,
)
LETTERED = re.compile(
    r"(?!(?:19|20)\d\d)\d{4,6}[-/][A-Z](?![^\W_])|[A-Z]{1,4}[-/](?!(?:19|20)\d\d(?!\w))\d|(?-i:[A-Z]{1,4})(?!(?:19|20)\d\d(?!\d))\d{4}",
    re.IGNORECASE,
)
COPULA = r"(?:ist|sind|war|wäre|waere|müsste|dürfte|sollte|lautet|heißt|als|gilt als)"
DETERMINER = r"(?:die|der|das|dem|den|meine?[mnrs]?|unsere?[mnrs]?|ihre?[mnrs]?|eure?[mnrs]?|seine?[mnrs]?)"
BEHIND = re.compile(
    rf"(?<![\w/.-])(?P<value>{SIGNS})(?: (?:an|hier|bitte|nochmal))?"
    rf"(?: ?\((?:{DETERMINER} )?|"
    rf"(?:[,.]| -)? ?(?:(?:das|dies|es|so) )?(?:{COPULA}|(?:steht|stand|finde ich|sehe ich)"
    r"(?: (?:es|da|dort|hier|oben|rechts|links|auch|nur|bei mir)){0,3} (?:als|bei|unter|neben|hinter)) "
    rf"(?:[^\d\n.!?;:,]{{1,32}} (?={DETERMINER} ))?(?:also |wohl )?(?:{DETERMINER} )?(?:alte |neue |richtige )?"
    rf"(?:(?:nummer|nr\.?) (?:(?:vom|(?:von |für |zu |aus )?{DETERMINER}) )(?:alten |neuen )?)?|, (?:die"
    rf"|meine|unsere) | = | (?:mein|unser|ihr|dein)e?s? )\Z",
    re.IGNORECASE,
)
ON_IT = re.compile(
    rf"(?<![\w/.-])(?P<value>{SIGNS}),? (?:steht|stand|klebt|prangt|lese ich|finde ich|sehe ich)(?: [^\W\d_]{{2,8}}){{0,3}} "
    rf"(?:am|vom|(?:auf|an) {DETERMINER}) \Z",
    re.IGNORECASE,
)
UNDER = re.compile(
    rf"\bunter (?:(?:der|dem|den) )?(?:(?:nummer|nr\.?|no\.?|aktenzeichen|az\.?"
    rf"|zeichen)[ :]{{1,2}})?(?P<value>{SIGNS}) [^\d\n.!?;,]{{0,40}}\Z",
    re.IGNORECASE,
)
ASKED_BACK = re.compile(
    rf"(?<![\w/.-])(?P<value>{SIGNS})[.,!? ]{{0,3}}\n(?:[^\W\d_][\w ]{{0,14}}: ?)?(?:(?:ah|ok|okay|gut|also|ja)[,.]? )?"
    rf"(?:(?:das )?(?:ist|war|wäre) (?:das |also )?)?(?:{DETERMINER} )?\Z",
    re.IGNORECASE,
)
OWN_NUMBER = re.compile(r"\.? ?(?:lautet|ist|war)? ?:? ?[A-Z]{0,4}-?\d", re.IGNORECASE)
SAYS, SHORT = re.compile(r":|=|lautet|ist "), re.compile(r"(?:\d{1,3}|[A-Z]{1,3})[-/]\d{1,4}(?:[-/][0-9A-Z]{1,3})?(?![-/.]?\w|,\d)")
CALLED_BY = re.compile(r"(?:(?<=unter )|(?<=tel )|(?<=tel\. )|(?<=erreichbar ))0[1-9]\d{1,4}[ /-]\d{3}|01[567]\d[ /-]?\d{3}", re.IGNORECASE)
TELEPHONE = re.compile(r"0[1-9](?:[ /.-]?\d){7,}\Z")
POSTCODE = re.compile(r"\d{5} (?P<town>[A-ZÄÖÜ][a-zäöüß]{2,})")
FOUR = re.compile(r"(?!(?:19|20)\d\d)\d{4}(?!\d|[.,:]\d)")
STAMP = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)")
NOUN = re.compile(r"(?<![^\W_])[A-ZÄÖÜ][a-zäöüß]+ \Z")
JOINED = re.compile(r"[.:]?-? ?(?:/|&|\+|,|\||-|und|sowie|bzw\.?|oder|u\.) ?(?:(?:die|meine|ihre|unsere) )?", re.IGNORECASE)
PARTS_LEAD = re.compile(r"\.? ?(?:lauten|sind|=|->)? ?[:=]? ?\(?", re.IGNORECASE)
PART = re.compile(r"(?:[A-Z]{1,5}[-.]?)?\d[0-9A-Z]*(?:[-. ][A-Z]{0,3}\d[0-9A-Z]*){0,4}(?![^\W_])", re.IGNORECASE)
PARTED = re.compile(r" ?(?:/|,|;|\||&|\+|-|und|sowie|bzw\.?) ?", re.IGNORECASE)
SAID_AT_LAST, DENIED = re.compile(r"(?<![^\W_])(?-i:[a-zäöüß])\w*: \Z"), re.compile(r"\b(?:nicht|kein\w*)\b", re.IGNORECASE)
BETWEEN_READINGS = re.compile(r" (?:auf|bis) ", re.IGNORECASE)
THREE = re.compile(r"\.? ?[:#=]? ?(?P<value>\d{3})(?!\w|[.,/-]\w| \d)")
OVER = re.compile(
    r" (?:(?:vom|von|für|zu[rm]?|in|ab|seit|über|der|des|meine[rs]|unsere[rs]) |\(|\"|(?-i:[A-ZÄÖÜ]))[^\n!?;:\ufffc]{1,48}?"
    r"(?:: ?| = | \(|,? (?:ist|lautet|hat|trägt) (?:die |den )?(?:nr\.? |nummer )?)"
    r"(?=(?-i:[A-Z]{1,3}[-/. ]?)?\d(?:[ -]?\d){6})",
    re.IGNORECASE,
)
PLACED = re.compile(
    r" (?:im|in (?:der|dem|meiner|unserer)|am|an (?:der|dem)|beim|bei (?:der|dem)|auf (?:der|dem)|oben"
    r"|unten|hinten|vorne?) (?:[^\W\d_]{2,14} ){0,2}",
    re.IGNORECASE,
)
WORN = re.compile(
    rf"(?P<lead>, (?:auf|an|unter|mit|bei) (?:dem|der|welche[mr]) [^\d\n.!?;\ufffc]{{0,60}}?)(?=\d|[A-Z]{{1,4}}[-/]?\d)(?:{SIGNS})"
    r" (?:drauf|geschrieben |aufgedruckt |eingraviert |gedruckt )?(?:steht|klebt|prangt|ist)\b",
    re.IGNORECASE,
)
PREFIXED = re.compile(r"[-_/.]?(?!(?:19|20)\d\d(?!\w|[-/.]\w))(?=(?:[A-Z]{1,3}[-/]?)?\d)")
LISTED = re.compile(r"\n *(?:[-*•] ?|\d{1,2}[.)] )?(?=[A-Z]{0,4}[-/]?\d[0-9A-Z/. -]*(?:\n|\Z))", re.IGNORECASE)
LIST_BEHIND = re.compile(r"[^\d\n.!?;:]{0,48}:\n *[-*•]? *(?=[A-Z]{0,4}[-/]?\d[0-9A-Z/. -]*(?:\n|\Z))", re.IGNORECASE)
SUM = re.compile(r"(?<![^\W_])(?:beides?|beiden|alles?|alle[nr]?|jeweils)(?: [^\W\d_]{2,9}){0,3} \Z", re.IGNORECASE)
SUMMED = re.compile(r"(?<![\w.,/-])(?:[A-Z]{1,4}[-/]?)?\d{6,12}(?:[-/]\d{1,3})?(?!\w|[.,/-]\d)", re.IGNORECASE)
SINCE = re.compile(r"\b(?:seit|am)\b", re.IGNORECASE)
SENTENCE = re.compile(r"[.!?\n](?=\s|\Z)|\n")
SHORT_ANSWER = re.compile(
    r"[^\w\n]{0,3}(?:bitte|denn|noch|genau)?[^\w\n]{0,3}\n[^\W\d_][\w ]{0,14}: ?[^\d\n.!?]{0,24}?(?=(?:[A-Z]{1,3}[-/]?)?\d)", re.IGNORECASE
)
GLUED = re.compile(r"\d{5}")
TIGHT = re.compile(r"[-_/]?(?=\d(?:[-/]?\d){4})|[-_/](?!(?:19|20)\d\d(?!\w|[-/]\w))(?=\d{4})")
FEWEST, FEWEST_FAR, FEWEST_LOOSE, MOST_IN_A_ROW, WINDOW, SHORTEST_PREFIX, LONG_WORD, SHORT_FORM = 4, 5, 7, 8, 72, 2, 6, 4


@dataclass(frozen=True, slots=True)
class _Read:
    """A text, where its labels begin, and how many digits a number may have."""

    text: str
    starts: frozenset[int]
    most: int

    def value(self, begin: int, fewest: int) -> int:
        """Where the number that begins here ends; 0 when there is none."""
        return value_end(self.text, begin, fewest, self.most)


def labelled(text: str, kinds: frozenset[Called], most: int = MOST) -> Iterator[Span]:
    """Every number that a label of one of `kinds` calls so, of at most `most` digits."""
    everything = list(labels(text))
    dialogue = OTHER_SPEAKER.search(text) is not None
    found = [label for label in everything if not (dialogue and _speaks(text, label))]
    read = _Read(text, frozenset(label.start for label in found), most)
    paired: set[int] = set()
    for span, place in _paired(text, found):
        paired.add(place)
        if span.kind in kinds:
            yield span
    for label, following in zip_longest(found, found[1:]):
        if label.kind not in kinds:
            continue
        until = following.start if following else len(text)
        bracketed = text[label.start - 1 : label.start] == "(" and text[label.end : label.end + 2].strip(".")[:1] == ")"
        if label.start in paired:
            continue
        own = OWN_NUMBER.match(text, label.end) is not None
        told = [] if own or label.strong else list(_before(read, label))
        spans = told or ([] if bracketed else list(_row(read, label, until)))
        yield from spans
        yield from _summed(read, label)
        if not spans and not own:
            yield from _before(read, label)


def _paired(text: str, found: list[Label]) -> Iterator[tuple[Span, int]]:
    """The numbers of labels in a row with as many values in a row behind them ("VK/KdNr: 20044719 / 551902"), each with its label."""
    at = 0
    while at < len(found):
        end = at + 1
        while end < len(found) and end - at < MOST_IN_A_ROW and JOINED.fullmatch(text, found[end - 1].end, found[end].start):
            end += 1
        group = found[at:end]
        values = _parts(text, group[-1].end, len(group)) if len(group) > 1 else []
        for label, (begin, stop) in zip(group, values, strict=False):
            yield Span(begin, stop, cast(Kind, label.kind)), label.start
        at = end


def _parts(text: str, begin: int, count: int) -> list[tuple[int, int]]:
    """Where `count` values stand one behind another; none when there are fewer."""
    found: list[tuple[int, int]] = []
    lead = PARTS_LEAD.match(text, begin)
    at = lead.end() if lead else begin
    while len(found) < count and (part := PART.match(text, at)):
        found.append(part.span())
        between = PARTED.match(text, part.end())
        at = between.end() if between else len(text)
    return found if len(found) == count and all(digits(text[one:other]) >= FEWEST for one, other in found) else []


def _speaks(text: str, label: Label) -> bool:
    """Whether "Kunde:" at the beginning of a line may be who speaks."""
    begins = label.start == 0 or text[label.start - 1] == "\n"
    return begins and not label.strong and label.kind == "customer_no" and text[label.end : label.end + 1] == ":"


def _row(read: _Read, label: Label, until: int) -> Iterator[Span]:
    """The value behind a label, and those in a row behind it."""
    begin, end = _first(read, label, until)
    text, kind = read.text, cast(Kind, label.kind)
    first = text[begin:end]
    for _ in range(MOST_IN_A_ROW):
        if not end:
            return
        yield Span(begin, end, kind)
        between = NEXT.match(text, end) or (LISTED.match(text, end) if text[:begin].rstrip(" -*•").endswith("\n") else None)
        if not between or any(place in read.starts for place in range(end, between.end() + 1)):
            return
        begin = between.end()
        end = read.value(begin, digits(first))
        if not end or make(text[begin:end]) != make(first):
            if BETWEEN_READINGS.match(between.group()) and digits(text[begin:end]) < digits(first):
                return
            end = read.value(begin, max(FEWEST_FAR, digits(first) - 2))


def _first(read: _Read, label: Label, until: int) -> tuple[int, int]:
    """Where the label's own number begins and ends; (0, 0) without one."""
    text = read.text
    if label.far and GLUED.match(text, label.end):
        return label.end, read.value(label.end, FEWEST_FAR)
    if tight := TIGHT.match(text, label.end):
        word = text[label.start : label.end]
        long = len(word) >= SHORTEST_PREFIX and (tight.group() or word.isupper() or len(word) < SHORT_FORM)
        start = tight.end() if tight.group() == "/" and word.islower() and len(word) > SHORT_FORM else label.start
        return (start, read.value(tight.end(), FEWEST if tight.group() else FEWEST_FAR)) if long else (0, 0)
    prefixed = PREFIXED.match(text, label.end)
    if prefixed and text[label.start : label.end].isupper() and label.end - label.start >= SHORTEST_PREFIX:
        end = read.value(prefixed.end(), FEWEST - 1)
        if end and (digits(text[prefixed.end() : end]) >= FEWEST or SPLIT.search(text[prefixed.end() : end])):
            return label.start, end
    begin, end = _near(read, label, until)
    if not label.strong and STAMP.match(text, begin):
        return 0, 0
    if not end and label.far and label.kind in ("customer_no", "contract_no") and (three := THREE.match(text, label.end)):
        return three.span("value") if not UNIT.match(text, three.end()) else (0, 0)
    if not end and (told := _further(read, label, until)) is not None and not _another_sort(text, told):
        answered = label.kind == "contract_no" and "\n" in text[label.end : told]
        begin, end = told, read.value(told, FEWEST_FAR if label.strong or answered or LETTERED.match(text, told) else FEWEST_LOOSE)
    return (0, 0) if not end or (not label.far and TELEPHONE.match(text[begin:end])) else (begin, end)


def _another_sort(text: str, begin: int) -> bool:
    """Whether a number some words away is by its looks a day, a telephone or a postcode."""
    return bool(STAMP.match(text, begin) or CALLED_BY.match(text, begin)) or _in_town(text, begin)


def _in_town(text: str, begin: int) -> bool:
    """Whether a postcode with its town begins here."""
    town = POSTCODE.match(text, begin)
    return town is not None and town["town"].lower() in places()


def _near(read: _Read, label: Label, until: int) -> tuple[int, int]:
    """The number right behind a label or behind words that lead to it; its end is 0 without one."""
    text = read.text
    lead = (LEAD if label.strong else CLOSE).match(text, label.end)
    begin = lead.end() if lead and lead.end() <= until else label.end
    if not label.strong and _in_town(text, begin):
        return begin, 0
    end = read.value(begin, FEWEST if label.strong or _marked(text, label, begin) else FEWEST_FAR)
    if not end and label.far and SAYS.search(text, label.end, begin) and (short := SHORT.match(text, begin)):
        end = short.end()
    return begin, end


def _marked(text: str, label: Label, begin: int) -> bool:
    """Whether four digits are enough behind a word that only names a thing: short forms, signs between, letters before; years are none."""
    signs = label.end - label.start <= SHORT_FORM or any(sign in text[label.end : begin] for sign in ":#=(")
    return LETTERED.match(text, begin) is not None or (signs and FOUR.match(text, begin) is not None)


def _further(read: _Read, label: Label, until: int) -> int | None:
    """Where a number begins that comes some words later, or in the answer to a question; None when other words or labels come between."""
    if not label.strong:
        loose = LOOSE.match(read.text, label.end) if label.kind != "customer_no" and label.end - label.start >= LONG_WORD else None
        noun = loose is not None and NOUN.search(read.text, label.end, loose.end()) is not None
        if loose and LETTERED.match(read.text, loose.end()) and not OTHER.search(read.text, label.end, loose.end()):
            return loose.end() if loose.end() <= until else None
        if loose and loose.end() <= until and (not noun or _placed(read, label, loose.end())):
            return loose.end()
        answer = SHORT_ANSWER.match(read.text, label.end) if label.kind != "customer_no" else None
        if answer and answer.end() <= until and not OTHER.search(read.text, label.end, answer.end()):
            return answer.end()
        listed = LIST_BEHIND.match(read.text, label.end)
        if listed and listed.end() <= until:
            return listed.end()
        worn = WORN.match(read.text, label.end)
        if worn and worn.end("lead") <= until:
            return worn.end("lead")
        over = OVER.match(read.text, label.end) if label.kind == "contract_no" else None
        return over.end() if over and over.end() <= until and not OTHER.search(SINCE.sub(" ", over.group())) else None
    if not label.far:
        return None
    answer = ANSWER.match(read.text, label.end)
    asked = answer is not None and any(place in read.starts for place in range(*answer.span("between")))
    if answer and not asked and _leads(read, answer.start("clause"), answer.end()):
        return answer.end()
    far = FAR.match(read.text, label.end)
    return far.end() if far and far.end() <= until and _leads(read, far.start(), far.end()) else None


def _placed(read: _Read, label: Label, end: int) -> bool:
    """Whether the words behind a label say only where the thing is ("im Keller")."""
    return PLACED.fullmatch(read.text, label.end, end) is not None and not OTHER.search(read.text, label.end, end)


def _leads(read: _Read, begin: int, end: int) -> bool:
    """Whether the words between lead to a number: neither a label nor a word for something else is among them."""
    between = any(place in read.starts for place in range(begin, end))
    words = ON_PAPER.sub(" ", read.text[begin:end])
    if SAID_AT_LAST.search(words):
        words = DENIED.sub(" ", words)
    return not between and not OTHER.search(words)


def _summed(read: _Read, label: Label) -> Iterator[Span]:
    """The numbers of a sentence that a label at its end speaks of together ("..., beides Vertragsnummern")."""
    told = SUM.search(read.text, max(0, label.start - WINDOW // 2), label.start)
    if label.kind not in ("contract_no", "customer_no", "meter") or not told:
        return
    floor = max(0, label.start - 2 * WINDOW)
    cuts = [cut.end() for cut in SENTENCE.finditer(read.text, floor, label.start)]
    begin = cuts[-1] if cuts else floor
    if any(place in read.starts for place in range(begin, label.start)):
        return
    for match in SUMMED.finditer(read.text, begin, label.start):
        if value_end(read.text, match.start(), FEWEST_FAR) == match.end() and not TELEPHONE.match(match.group()):
            yield Span(match.start(), match.end(), cast(Kind, label.kind))


def _before(read: _Read, label: Label) -> Iterator[Span]:
    """The number that a label behind it names."""
    text, floor = read.text, max(0, label.start - WINDOW)
    window = text[floor : label.start]
    least = FEWEST if label.strong else FEWEST_FAR
    for pattern, fewest in ((BEHIND, least), (ON_IT, FEWEST_LOOSE), (UNDER, FEWEST_FAR), (ASKED_BACK, FEWEST_FAR)):
        match = None if pattern is ASKED_BACK and not label.strong else pattern.search(window)
        if not match:
            continue
        begin, end = floor + match.start("value"), floor + match.end("value")
        between = any(place in read.starts for place in range(end, label.start))
        telephone = CALLED_BY.match(text, begin) or (pattern is UNDER and TELEPHONE.match(text[begin:end]))
        if not between and not telephone and value_end(text, begin, fewest) == end:
            yield Span(begin, end, cast(Kind, label.kind))
            return
