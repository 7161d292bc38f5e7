"""The chosen statements in, a short German answer out, without a model: every sentence is stored text in a frame that names its place."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from nova import german
from nova.answers.check.cite import Ledger, quotes
from nova.answers.check.verify import Source, judge
from nova.answers.passages.analyse import AnalysedSection, AnalysedStatement
from nova.answers.passages.name import place_name, places
from nova.answers.passages.starters import heading_question
from nova.answers.search.select import ScoredStatement, section_of
from nova.answers.understand.concepts import Question
from nova.language.analyser import Analyser
from nova.records import Passage, Sentence

LONGEST = 430
LONGEST_LIST = 600
MOST_ITEMS = 7
MOST_LEANING = 2
SHORT_TAIL = 120
CLOSE, ELSEWHERE, RELATED = 0.6, 0.35, 0.9
MOST_LED_BY = 3  # a statement, and those that it leans on
_ASIDES = re.compile(
    r"\s*\([^()]*\b(?:ABl|BGBl|BAnz)\b[^()]*\)|\bFundstelle(?: des Originaltextes)?: BGBl\. I+ \d{4}, \d+(?:\s*[-–]\s*\d+)?,?\s*",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"(?:Diese?[mnrs]?|Er|Sie|Es|Ihm|Ihr|Dabei|Dazu|Hier(?:zu|bei|für|von)|Dann|Danach|Daneben|Darüber hinaus|Davon|Insoweit|Insofern"
    r"|Andernfalls|Anderenfalls|Ausgenommen|Im Übrigen|Gleiches|Entsprechendes|Das (?:Gleiche )?gilt|Satz \d|Sätze? \d"
    r"|Abweichend (?:davon|hiervon|von Satz)|In (?:diesem|diesen|dem|den) F(?:all|ällen)|Soweit dies)\b"
)
_BOUND = re.compile(
    r"\b(?:mindestens|höchstens|wenigstens|nur|nicht mehr als|nicht unter|bis zu|übersteig\w*|beträg\w*|betragen|spätestens|frühestens)\b"
)
_PER_MWH = re.compile(r"(\d[\d.]*(?:,\d+)?) (?:Euro|EUR|€) (?:für eine|je|pro|/) ?(?:Megawattstunde|MWh)")
_TRAILING = re.compile(r"(?:[,;:]|\s+(?:und|oder|sowie))+\s*$")
_WORD = re.compile(r"\w+")
_HOLDS_BACK = re.compile(
    r"\b(?:nicht|kein\w*|weder|nie|ohne|außer|ausgenommen|es sei denn|sofern|soweit|nur|höchstens|mindestens)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Frames:
    """The words around what documents say, in one language."""

    law: str
    other: str
    more: str
    see: str


@dataclass(frozen=True, slots=True)
class Room:
    """How much is told: sentences, characters, and from which share on of how surely the best statement is meant another one is, too."""

    sentences: int
    characters: int
    also_meant: float


SHORT = Room(3, 850, 0.72)
FULLER = Room(4, 1150, 0.6)  # to what goes on with an answer and says little itself


GERMAN = Frames("Nach {place}: {body}", "Laut {place}: {body}", "Dazu {place}: {body}", "Siehe auch {places}.")
ENGLISH = Frames(
    "According to {place} (German text): {body}", "According to {place} (German text): {body}", "Also {place}: {body}", "See also {places}."
)


@dataclass(frozen=True, slots=True)
class Manner:
    """How documents are told: the words around what they say, and how much of it."""

    frames: Frames = GERMAN
    room: Room = SHORT


PLAIN = Manner()


def compose(
    question: Question,
    chosen: Sequence[ScoredStatement],
    readings: Sequence[AnalysedSection],
    ledger: Ledger,
    analyser: Analyser,
    manner: Manner = PLAIN,
) -> list[Sentence]:
    """Checked sentences, one to as many as there is room for, the best first, and a line that names further places worth reading."""
    frames, room = manner.frames, manner.room
    sentences: list[Sentence] = []
    used: list[AnalysedStatement] = []
    further: list[ScoredStatement] = []
    for one in _ordered(chosen, room):
        told = [said for said in _told(question, one, readings) if said not in used]
        if not told:
            continue
        text = _framed(told, used, frames)
        goes_on = not sentences or (_belongs(one, chosen[0], room) and _has_room(sentences, text, room))
        sentence = _checked(text, told, ledger, analyser) if goes_on else None
        if sentence:
            sentences.append(sentence)
            used += told
        else:
            further.append(one)
    return [*sentences, *_converted(sentences), *_see_also(further, used, ledger, analyser, frames)] if sentences else []


def _converted(sentences: Sequence[Sentence]) -> list[Sentence]:
    """A price per MWh as households know it: "20,50 Euro für eine Megawattstunde" are 2,05 ct/kWh."""
    for sentence in sentences:
        match = _PER_MWH.search(sentence.text)
        if match is not None:
            euros = float(match[1].replace(".", "").replace(",", "."))
            return [Sentence(f"Das sind {german.number(euros / 10, 2 if euros * 10 % 1 == 0 else 3)} ct/kWh.", sentence.citations, True)]
    return []


def _belongs(one: ScoredStatement, best: ScoredStatement, room: Room) -> bool:
    """Whether a statement is good enough beside the best one; in another section it has to be better.

    Where rules were found, they say it: what is not surely meant is told beside what is likelier.
    """
    if best.hinted:
        return one.hinted >= room.also_meant * best.hinted
    return best.score - one.score <= (CLOSE if section_of(one) == section_of(best) else ELSEWHERE)


def _has_room(sentences: Sequence[Sentence], text: str, room: Room) -> bool:
    return len(sentences) < room.sentences and len(text) <= room.characters - sum(len(said.text) for said in sentences)


def _see_also(
    further: Sequence[ScoredStatement], used: Sequence[AnalysedStatement], ledger: Ledger, analyser: Analyser, frames: Frames
) -> list[Sentence]:
    """ "Siehe auch § 14 Absatz 2 und 3 MessbG und § 3 StromStV." with a checked quote from each place."""
    known = {place_name(said.held, said.statement) for said in used}
    fresh = [one.said for one in sorted(further, key=lambda one: -one.score) if _holds(one.said, analyser)]
    numbers = dict.fromkeys(ledger.cite(said.held, place, span) for said in fresh for place, span in quotes(said))
    names = places([said for said in fresh if place_name(said.held, said.statement) not in known])
    return [Sentence(frames.see.format(places=names), tuple(numbers), True)] if names else []


def _ordered(chosen: Sequence[ScoredStatement], room: Room) -> list[ScoredStatement]:
    """The best statement, then what stands in the same section in reading order, then the rest; without what is far worse."""
    if not chosen:
        return []
    first = chosen[0]
    related = [one for one in chosen[1:] if one.score >= first.score - RELATED or (first.hinted and _belongs(one, first, room))]
    same = [one for one in related if section_of(one) == section_of(first)]
    rest = [one for one in related if section_of(one) != section_of(first)]
    return [first, *sorted(same, key=lambda one: one.said.statement.start), *rest]


def _checked(text: str, told: Sequence[AnalysedStatement], ledger: Ledger, analyser: Analyser) -> Sentence | None:
    """The sentence with its citations if what it takes from each statement passes the check that models' sentences pass."""
    if not all(_holds(said, analyser) for said in told):
        return None
    numbers = [ledger.cite(said.held, place, span) for said in told for place, span in quotes(said)]
    return Sentence(text, tuple(dict.fromkeys(numbers)), True) if numbers else None


def _holds(said: AnalysedStatement, analyser: Analyser) -> bool:
    """Whether a statement as it is shown rests on the statement as it is stored: the same words, or they pass the check."""
    if said.proven is None:
        shown = words(said)
        whole = _TRAILING.sub("", f"{said.lead} {said.body}")
        same = not said.tail and _WORD.findall(shown.casefold()) == _WORD.findall(whole.casefold())
        said.proven = same or judge(shown, [said], analyser).kind == "supported"
    return said.proven


def _told(question: Question, one: ScoredStatement, readings: Sequence[AnalysedSection]) -> list[AnalysedStatement]:
    """The statement, or the short list it belongs to where the question asks for more than one rule, or what it leans on and itself."""
    said = one.said
    reading = next(reading for reading in readings if said in reading.said)
    items = [other for other in reading.said if other.statement.continues(said.statement)]
    if items:
        return _fitting(said, items)
    if said.statement.item:
        return _of_its_list(question, one, reading)
    return _with_what_leans_on_it(_with_what_it_leans_on(said, reading), one.near, reading)


def _of_its_list(question: Question, one: ScoredStatement, reading: AnalysedSection) -> list[AnalysedStatement]:
    """The whole list an item belongs to where it is short and a list is asked for, else the item and those that answer as well."""
    said = one.said
    siblings = [other for other in reading.said if other.statement.item and other.statement.lead == said.statement.lead]
    together = _fitting(None, siblings)
    if question.kind in ("how", "other") and len(together) == len(siblings):
        return together
    wanted = _fitting(said, [other for other in one.near if other in siblings])
    return [other for other in siblings if other in wanted]


def _with_what_it_leans_on(said: AnalysedStatement, reading: AnalysedSection) -> list[AnalysedStatement]:
    """ "Diese ist anteilig zu berechnen" needs the sentence before it, and that perhaps another."""
    told, room = [said], LONGEST_LIST - len(said.body)
    at = reading.said.index(said)
    while at and len(told) < MOST_LED_BY and _LEANS.match(told[0].body):
        at -= 1
        before = reading.said[at]
        room -= len(before.body)
        if before.statement.item or before.statement.block != said.statement.block or room < 0:
            break
        told.insert(0, before)
    return told


def _with_what_leans_on_it(
    told: list[AnalysedStatement], near: Sequence[AnalysedStatement], reading: AnalysedSection
) -> list[AnalysedStatement]:
    """The next sentences too where they go on with what was asked ("Diese kann mit der Mahnung verbunden werden") or set it a
    limit in numbers ("Dabei muss der Zahlungsverzug mindestens 100 Euro betragen")."""
    room = LONGEST_LIST - sum(len(one.body) for one in told)
    for after in reading.said[reading.said.index(told[-1]) + 1 :][:MOST_LEANING]:
        room -= len(after.body)
        same = after.statement.block == told[-1].statement.block and not after.statement.item
        if room < 0 or not same or not _LEANS.match(after.body) or not (after in near or _limits(after)):
            break
        told = [*told, after]
    return told


def _limits(said: AnalysedStatement) -> bool:
    """Whether a statement sets a limit in numbers."""
    return any(figure.unit for figure in said.figures) and _BOUND.search(said.body) is not None


def _fitting(first: AnalysedStatement | None, items: Sequence[AnalysedStatement]) -> list[AnalysedStatement]:
    kept, room = ([first] if first else []), LONGEST_LIST - (len(first.body) if first else 0)
    for item in items[:MOST_ITEMS]:
        room -= len(item.body)
        if room < 0:
            break
        kept.append(item)
    return kept


def _framed(told: Sequence[AnalysedStatement], used: Sequence[AnalysedStatement], frames: Frames) -> str:
    """ "Nach § 37 Absatz 2 MsbG: ..." for the first, "Dazu § 38 MsbG: ..." for the next, no frame for the same place again."""
    said = told[0]
    body = listed(told) if any(other.statement.item for other in told) and len(told) > 1 else " ".join(words(other) for other in told)
    name = place_name(said.held, said.statement)
    if any(place_name(other.held, other.statement) == name for other in used):
        return body
    if not used:
        return (frames.law if name.startswith(("§", "Art", "An")) else frames.other).format(place=name, body=body)
    return frames.more.format(place=name, body=body)


def listed(told: Sequence[AnalysedStatement]) -> str:
    """A lead-in and its items in one sentence: "... hat: a; b; c."."""
    first = told[0]
    opens = not first.statement.item or any(other.statement.continues(first.statement) for other in told[1:])
    lead = _tidy(f"{first.lead} {first.body}".strip() if opens else first.lead)
    items = told[1:] if opens else told
    bodies = [_TRAILING.sub("", _tidy(item.body)).rstrip(".") for item in items]
    tail = next((_tail(item) for item in items if item.tail), "")
    lead = lead.rstrip(" :,") + ":" if lead else ""
    return _ended(f"{lead} {'; '.join(bodies)}{' – ' + tail if tail else ''}".strip())


def words(said: AnalysedStatement) -> str:
    """A statement as one sentence: lead-in, body, tail; long ones cut where nothing that limits them is lost."""
    lead = _tidy(said.lead)
    body = _TRAILING.sub("", _tidy(said.body))
    tail = f" … {_tail(said)}" if _tail(said) else ""
    return _ended(_capital(_shortened(f"{lead} {body}{tail}".strip())))


def _tail(said: AnalysedStatement) -> str:
    """The words behind a list that end its sentence; long ones only where they deny or limit something."""
    tail = _tidy(said.tail)
    return tail if len(tail) <= SHORT_TAIL or _HOLDS_BACK.search(tail) else ""


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", _ASIDES.sub("", text)).strip()


def _shortened(text: str) -> str:
    """Drops what stands behind a semicolon when a sentence is long and the rest neither denies nor limits anything."""
    if len(text) <= LONGEST:
        return text
    for match in re.finditer(r";\s", text):
        head, rest = text[: match.start()], text[match.end() :]
        if 60 <= len(head) <= LONGEST and not _HOLDS_BACK.search(rest):
            return head
    return text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:] if text[:1].islower() else text


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else text + "."


def next_question(asked: str, cited: Collection[UUID], ranked: Sequence[Passage]) -> str | None:
    """A question the sources can answer: the best section that the answer did not use. `cited` are the sections it used."""
    for passage in ranked:
        if passage.section_id not in cited:
            question = heading_question(passage.label, passage.section_title, passage.title, passage.norm)
            if question and question.casefold() != asked.casefold():
                return question
    return None


def sources_of(readings: Sequence[AnalysedSection]) -> list[Source]:
    """The passages of the read sections under short distinctive ids (a1, a2, b1): a letter a section, a number a passage."""
    sources = []
    for at, reading in enumerate(readings):
        base = reading.held.text.start
        for number, place in enumerate(reading.held.places, 1):
            inside = [said for said in reading.said if place.start < base + said.statement.end and base + said.statement.start < place.end]
            sources.append(Source(f"{_letter(at)}{number}", place.chunk_id, tuple(inside)))
    return sources


def _letter(at: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return letters[at] if at < 26 else letters[at // 26 - 1] + letters[at % 26]
