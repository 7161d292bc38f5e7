"""The chosen statements in, a short German answer out, without a model: every sentence is stored text in a frame that names its place."""

import re
from collections.abc import Sequence

from nova.answers.cite import Ledger, quotes
from nova.answers.concepts import Question
from nova.answers.name import place_name
from nova.answers.reading import Reading, Said
from nova.answers.select import Chosen
from nova.answers.verify import Source, Verdict, judge
from nova.language.analyser import Analyser
from nova.records import Sentence

LONGEST = 430
LONGEST_LIST = 700
MOST_ITEMS = 7
NEAR = 0.85
_ASIDES = re.compile(r"\s*\([^()]*\b(?:ABl|BGBl|BAnz)\b[^()]*\)")
_TRAILING = re.compile(r"(?:[,;:]|\s+(?:und|oder|sowie))+\s*$")
_HOLDS_BACK = re.compile(
    r"\b(?:nicht|kein\w*|weder|nie|ohne|außer|ausgenommen|es sei denn|sofern|soweit|nur|höchstens|mindestens)\b", re.IGNORECASE
)


def compose(
    question: Question, chosen: Sequence[Chosen], readings: Sequence[Reading], ledger: Ledger, analyser: Analyser
) -> list[Sentence]:
    """One to three checked sentences, the best first; statements of one list become one sentence."""
    sentences: list[Sentence] = []
    used: list[Said] = []
    for one in chosen:
        if one.said in used or (sentences and one.score < NEAR * chosen[0].score):
            continue
        told = _told(question, one.said, chosen, readings)
        text = _framed(told, used)
        sentence = _checked(text, told, ledger, analyser)
        if sentence:
            sentences.append(sentence)
            used += told
    return sentences


def _checked(text: str, told: Sequence[Said], ledger: Ledger, analyser: Analyser) -> Sentence | None:
    """The sentence with its citations if the same check that models' sentences pass finds it in its statements."""
    verdict = _judged(text, told, analyser)
    if verdict.kind != "supported":
        return None
    numbers = [ledger.cite(said.held, place, span) for said in told for place, span in quotes(said)]
    return Sentence(text, tuple(dict.fromkeys(numbers)), True) if numbers else None


def _judged(text: str, told: Sequence[Said], analyser: Analyser) -> Verdict:
    if len(told) == 1:
        return judge(text, told, analyser)
    parts = [judge(words(said), [said], analyser) for said in told]
    return next((verdict for verdict in parts if verdict.kind != "supported"), parts[0])


def _told(question: Question, said: Said, chosen: Sequence[Chosen], readings: Sequence[Reading]) -> list[Said]:
    """The statement, or the whole short list it belongs to where the question asks for more than one figure or rule."""
    reading = next(reading for reading in readings if said in reading.said)
    opens = [other for other in reading.said if other.statement.lead and other.statement.lead[-1] == _span(said)]
    if opens:
        return _fitting(said, opens)
    if not said.statement.item:
        return [said]
    siblings = [other for other in reading.said if other.statement.item and other.statement.lead == said.statement.lead]
    wanted = [one.said for one in chosen if one.said in siblings]
    together = _fitting(None, siblings)
    if (question.kind in ("how", "other") or len(wanted) > 1) and len(together) == len(siblings):
        return together
    return [other for other in siblings if other in wanted]


def _fitting(first: Said | None, items: Sequence[Said]) -> list[Said]:
    kept, room = ([first] if first else []), LONGEST_LIST - (len(first.body) if first else 0)
    for item in items[:MOST_ITEMS]:
        room -= len(item.body)
        if room < 0:
            break
        kept.append(item)
    return kept


def _span(said: Said) -> tuple[int, int]:
    return said.statement.start, said.statement.end


def _framed(told: Sequence[Said], used: Sequence[Said]) -> str:
    """"Nach § 37 Absatz 2 MsbG: ..." for the first, "Dazu § 38 MsbG: ..." for the next, no frame for the same place again."""
    said = told[0]
    body = words(said) if len(told) == 1 else listed(told)
    name = place_name(said.held, said.statement)
    if any(place_name(other.held, other.statement) == name for other in used):
        return body
    if not used:
        return f"Nach {name}: {body}" if name.startswith(("§", "Art", "An")) else f"Laut {name}: {body}"
    return f"Dazu {name}: {body}"


def listed(told: Sequence[Said]) -> str:
    """A lead-in and its items in one sentence: "... hat: a; b; c."."""
    first = told[0]
    opens = not first.statement.item or any(other.statement.lead and other.statement.lead[-1] == _span(first) for other in told[1:])
    lead = f"{first.lead} {first.body}".strip() if opens else first.lead
    items = told[1:] if opens else told
    bodies = [_TRAILING.sub("", _tidy(item.body)).rstrip(".") for item in items]
    tail = next((item.tail for item in items if item.tail), "")
    lead = lead.rstrip(" :") + ":" if lead else ""
    return _ended(f"{lead} {'; '.join(bodies)}{' – ' + tail if tail else ''}".strip())


def words(said: Said) -> str:
    """A statement as one sentence: lead-in, body, tail; long ones cut where nothing that limits them is lost."""
    lead = _tidy(said.lead)
    body = _TRAILING.sub("", _tidy(said.body))
    tail = f" … {said.tail}" if said.tail else ""
    return _ended(_capital(_shortened(f"{lead} {body}{tail}".strip())))


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


def next_question(question: Question, cited: Sequence[Said], readings: Sequence[Reading]) -> str | None:
    """A question the sources can answer: what a neighbouring provision or section says that the answer did not use."""
    from nova.answers.starters import heading_question

    used = {said.held.text.section_id for said in cited}
    for reading in readings:
        held = reading.held
        if held.text.section_id not in used and reading.said:
            asked = heading_question(held.text.label, held.text.title, held.document, held.text.norm)
            if asked and asked.casefold() != question.text.casefold():
                return asked
    return None


def sources_of(readings: Sequence[Reading]) -> list[Source]:
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
