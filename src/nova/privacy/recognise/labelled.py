"""Folded text in, numbers that a label calls by their kind out: behind it, before it ("... ist meine Kundennummer"), or in the answer.

A label's number stands right behind it, behind words that lead to it, or, for a word that speaks of a number, later in the sentence as
long as no other label comes between.
"""

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import cast

from nova.privacy.lexicon import places
from nova.privacy.recognise.further import LETTERED, Reader, further
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
NEXT = re.compile(
    r"\),? (?:und )?[^\W\d_]{3,14} \(|"
    r" ?\((?:vormals|früher|ehemals|bisher|zuvor|vorher|alt|neu|jetzt|und|sowie|auch)[ :]{1,2}|"
    r" ?(?:\([^()\n]{1,24}\))?(?: ?(?:[,;/&+?>]|->|=>|→|\.\.\.?) ?| )"
    r"(?:(?:und|nee|nein|ne|doch|quatsch|korrektur|halt|sorry|sondern|mit|bitte|auf|zu|sowie|oder|bzw\.|statt|nicht|alte?|neue?|die|für|"
    r"bis|durch|jetzt|noch|dazu|gas|strom|in|vormals|früher|ehemals|bisher|zuvor)[ :,]{1,2}){0,3}",
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
JOINED = re.compile(r"[.:]?-? ?(?:/|&|\+|,|\||-|und|sowie|bzw\.?|oder|u\.) ?(?:(?:die|meine|ihre|unsere) )?", re.IGNORECASE)
PARTS_LEAD = re.compile(r"\.? ?(?:lauten|sind|=|->)? ?[:=]? ?\(?", re.IGNORECASE)
PART = re.compile(r"(?:[A-Z]{1,5}[-.]?)?\d[0-9A-Z]*(?:[-. ][A-Z]{0,3}\d[0-9A-Z]*){0,4}(?![^\W_])", re.IGNORECASE)
PARTED = re.compile(r" ?(?:/|,|;|\||&|\+|-|und|sowie|bzw\.?) ?", re.IGNORECASE)
BETWEEN_READINGS = re.compile(r" (?:auf|bis) ", re.IGNORECASE)
THREE = re.compile(r"\.? ?[:#=]? ?(?P<value>\d{3})(?!\w|[.,/-]\w| \d)")
PREFIXED = re.compile(r"[-_/.]?(?!(?:19|20)\d\d(?!\w|[-/.]\w))(?=(?:[A-Z]{1,3}[-/]?)?\d)")
LISTED = re.compile(r"\n *(?:[-*•] ?|\d{1,2}[.)] )?(?=[A-Z]{0,4}[-/]?\d[0-9A-Z/. -]*(?:\n|\Z))", re.IGNORECASE)
SUM = re.compile(r"(?<![^\W_])(?:beides?|beiden|alles?|alle[nr]?|jeweils)(?: [^\W\d_]{2,9}){0,3} \Z", re.IGNORECASE)
SUMMED = re.compile(r"(?<![\w.,/-])(?:[A-Z]{1,4}[-/]?)?\d{6,12}(?:[-/]\d{1,3})?(?!\w|[.,/-]\d)", re.IGNORECASE)
SENTENCE = re.compile(r"[.!?\n](?=\s|\Z)|\n")
GLUED = re.compile(r"\d{5}")
TIGHT = re.compile(r"[-_/]?(?=\d(?:[-/]?\d){4})|[-_/](?!(?:19|20)\d\d(?!\w|[-/]\w))(?=\d{4})")
NOWHERE = (0, 0)
FEWEST, FEWEST_FAR, FEWEST_LOOSE, MOST_IN_A_ROW, WINDOW, SHORTEST_PREFIX, SHORT_FORM = 4, 5, 7, 8, 72, 2, 4


def labelled(text: str, kinds: frozenset[Called], most: int = MOST) -> Iterator[Span]:
    """Every number that a label of one of `kinds` calls so, of at most `most` digits."""
    dialogue = OTHER_SPEAKER.search(text) is not None
    found = [label for label in labels(text) if not (dialogue and _speaks(text, label))]
    read = Reader(text, frozenset(label.start for label in found), most)
    paired: set[int] = set()
    for span, place in _paired(text, found):
        paired.add(place)
        if span.kind in kinds:
            yield span
    for label, following in zip_longest(found, found[1:]):
        if label.kind in kinds and label.start not in paired:
            yield from _numbers(read, label, following.start if following else len(text))


def _numbers(read: Reader, label: Label, until: int) -> Iterator[Span]:
    """The numbers of one label, which are looked for up to `until`: before it, behind it in a row, and those it sums up."""
    own = OWN_NUMBER.match(read.text, label.end) is not None
    spans = [] if own or label.strong else list(_before(read, label))
    if not spans and not _bracketed(read.text, label):
        spans = list(_row(read, label, until))
    yield from spans
    yield from _summed(read, label)
    if not spans and not own:
        yield from _before(read, label)


def _bracketed(text: str, label: Label) -> bool:
    """Whether a label alone stands in brackets, so that its number stands before it."""
    return text[label.start - 1 : label.start] == "(" and text[label.end : label.end + 2].strip(".")[:1] == ")"


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


def _row(read: Reader, label: Label, until: int) -> Iterator[Span]:
    """The value behind a label, and those in a row behind it."""
    begin, end = _first(read, label, until)
    text, kind = read.text, cast(Kind, label.kind)
    first = text[begin:end]
    for _ in range(MOST_IN_A_ROW):
        if not end:
            return
        yield Span(begin, end, kind)
        between = _between(read, begin, end)
        if between is None:
            return
        begin = between.end()
        end = read.value(begin, digits(first))
        if not end or make(text[begin:end]) != make(first):
            if BETWEEN_READINGS.match(between.group()) and digits(text[begin:end]) < digits(first):
                return
            end = read.value(begin, max(FEWEST_FAR, digits(first) - 2))


def _between(read: Reader, begin: int, end: int) -> re.Match[str] | None:
    """What parts a value from the next one of its row, or of its list; None where nothing does, or another label stands there."""
    between = NEXT.match(read.text, end)
    if between is None and read.text[:begin].rstrip(" -*•").endswith("\n"):
        between = LISTED.match(read.text, end)
    return between if between and not read.labelled(end, between.end() + 1) else None


def _first(read: Reader, label: Label, until: int) -> tuple[int, int]:
    """Where the label's own number begins and ends; (0, 0) without one."""
    for joined in (_glued, _tight, _prefixed):
        if (found := joined(read, label)) is not None:
            return found
    begin, end = _near(read, label, until)
    if not label.strong and STAMP.match(read.text, begin):
        return NOWHERE
    if not end:
        three = THREE.match(read.text, label.end) if label.far and label.kind in ("customer_no", "contract_no") else None
        if three:
            return NOWHERE if UNIT.match(read.text, three.end()) else three.span("value")
        begin, end = _away(read, label, until)
    telephone = not label.far and TELEPHONE.match(read.text[begin:end])
    return (begin, end) if end and not telephone else NOWHERE


def _glued(read: Reader, label: Label) -> tuple[int, int] | None:
    """A number without anything between it and a word for a number ("Kundennummer12345"); None where none is glued to it."""
    return (label.end, read.value(label.end, FEWEST_FAR)) if label.far and GLUED.match(read.text, label.end) else None


def _tight(read: Reader, label: Label) -> tuple[int, int] | None:
    """A number that only a hyphen or a slash parts from the label, which is a part of it ("VK-447100"); None where it stands apart."""
    tight = TIGHT.match(read.text, label.end)
    if tight is None:
        return None
    word, sign = read.text[label.start : label.end], tight.group()
    if len(word) < SHORTEST_PREFIX or not (sign or word.isupper() or len(word) < SHORT_FORM):
        return NOWHERE
    apart = sign == "/" and word.islower() and len(word) > SHORT_FORM
    return (tight.end() if apart else label.start), read.value(tight.end(), FEWEST if sign else FEWEST_FAR)


def _prefixed(read: Reader, label: Label) -> tuple[int, int] | None:
    """A number that begins with a label in capitals ("KD-2024-17"); None where it does not."""
    text, prefixed = read.text, PREFIXED.match(read.text, label.end)
    if prefixed is None or not text[label.start : label.end].isupper() or label.end - label.start < SHORTEST_PREFIX:
        return None
    end = read.value(prefixed.end(), FEWEST - 1)
    value = text[prefixed.end() : end]
    return (label.start, end) if end and (digits(value) >= FEWEST or SPLIT.search(value)) else None


def _away(read: Reader, label: Label, until: int) -> tuple[int, int]:
    """The number that comes some words later, or in an answer, and that looks like nothing else; (0, 0) without one."""
    begin = further(read, label, until)
    if begin is None or _another_sort(read.text, begin):
        return NOWHERE
    answered = label.kind == "contract_no" and "\n" in read.text[label.end : begin]
    sure = label.strong or answered or LETTERED.match(read.text, begin)
    return begin, read.value(begin, FEWEST_FAR if sure else FEWEST_LOOSE)


def _another_sort(text: str, begin: int) -> bool:
    """Whether a number some words away is by its looks a day, a telephone or a postcode."""
    return bool(STAMP.match(text, begin) or CALLED_BY.match(text, begin)) or _in_town(text, begin)


def _in_town(text: str, begin: int) -> bool:
    """Whether a postcode with its town begins here."""
    town = POSTCODE.match(text, begin)
    return town is not None and town["town"].lower() in places()


def _near(read: Reader, label: Label, until: int) -> tuple[int, int]:
    """The number right behind a label or behind words that lead to it; its end is 0 without one."""
    text = read.text
    lead = (LEAD if label.strong else CLOSE).match(text, label.end)
    begin = lead.end() if lead and lead.end() <= until else label.end
    if label.strong:
        end = read.value(begin, FEWEST)
    elif _in_town(text, begin):
        return begin, 0
    else:
        end = read.value(begin, FEWEST if _marked(text, label, begin) else FEWEST_FAR)
    short = SHORT.match(text, begin) if not end and label.far and SAYS.search(text, label.end, begin) else None
    return begin, short.end() if short else end


def _marked(text: str, label: Label, begin: int) -> bool:
    """Whether four digits are enough behind a word that only names a thing: short forms, signs between, letters before; years are none."""
    signs = label.end - label.start <= SHORT_FORM or any(sign in text[label.end : begin] for sign in ":#=(")
    return LETTERED.match(text, begin) is not None or (signs and FOUR.match(text, begin) is not None)


def _summed(read: Reader, label: Label) -> Iterator[Span]:
    """The numbers of a sentence that a label at its end speaks of together ("..., beides Vertragsnummern")."""
    told = SUM.search(read.text, max(0, label.start - WINDOW // 2), label.start)
    if label.kind not in ("contract_no", "customer_no", "meter") or not told:
        return
    floor = max(0, label.start - 2 * WINDOW)
    cuts = [cut.end() for cut in SENTENCE.finditer(read.text, floor, label.start)]
    begin = cuts[-1] if cuts else floor
    if read.labelled(begin, label.start):
        return
    for match in SUMMED.finditer(read.text, begin, label.start):
        if value_end(read.text, match.start(), FEWEST_FAR) == match.end() and not TELEPHONE.match(match.group()):
            yield Span(match.start(), match.end(), cast(Kind, label.kind))


def _before(read: Reader, label: Label) -> Iterator[Span]:
    """The number that a label behind it names."""
    text, floor = read.text, max(0, label.start - WINDOW)
    window = text[floor : label.start]
    readings = [(BEHIND, FEWEST if label.strong else FEWEST_FAR), (ON_IT, FEWEST_LOOSE), (UNDER, FEWEST_FAR)]
    if label.strong:
        readings.append((ASKED_BACK, FEWEST_FAR))
    for pattern, fewest in readings:
        match = pattern.search(window)
        if match is None:
            continue
        begin, end = floor + match.start("value"), floor + match.end("value")
        telephone = CALLED_BY.match(text, begin) or (pattern is UNDER and TELEPHONE.match(text[begin:end]))
        if not telephone and not read.labelled(end, label.start) and value_end(text, begin, fewest) == end:
            yield Span(begin, end, cast(Kind, label.kind))
            return
