"""What is wanted in, what Luna says to it without searching anything out: talk, help with Nova, what she cannot do, what is not hers."""

from dataclasses import dataclass
from datetime import datetime

from nova.answers.turn.helping import HelpTopic
from nova.answers.turn.talk import talk
from nova.answers.turn.understand import Turn
from nova.turns import Outcome

# How near a topic of help has to be to be told, by how likely help is wanted at all.
NEEDED = ((0.95, 0.22), (0.7, 0.35), (0.0, 0.55))
NO_HELP = "Dazu finde ich weder im Handbuch noch in Ihren Unterlagen etwas. Auf jeder Seite öffnet das Fragezeichen ihre Hilfe."
NO_HELP_ENGLISH = "I find nothing about that in the manual or in your documents. The question mark on each page opens its help."
STAFF_ONLY = "Das richtet bei Ihnen die Verwaltung ein."
STAFF_ONLY_ENGLISH = "At your company the administration sets that up."
PAGE, PAGE_ENGLISH = "Das finden Sie auf der Seite „{}“.", "You find that on the page „{}“."


@dataclass(frozen=True, slots=True)
class Spoken:
    """Sentences that rest on no document, how they are to be counted, and what could be asked or opened next."""

    sentences: tuple[str, ...]
    outcome: Outcome
    next_question: str | None = None
    route: str = ""
    topic: str = ""


def spoken(turn: Turn, now: datetime, *, asked_back: bool, staff: bool) -> Spoken | None:
    """What is said; None where documents or data have to answer. `asked_back`: the answer before asked back already."""
    if turn.kind == "talk":
        return Spoken((talk().answer(turn.text).told(now, english=turn.english),), "talk")
    if turn.kind == "help":
        return _help(turn, staff)
    if turn.kind == "outside":
        return Spoken((_other("fremd", turn, now),), "refused", talk().next_question)
    if turn.kind == "unclear":
        return back(turn, now, asked_back=asked_back)
    return None


def back(turn: Turn, now: datetime, *, asked_back: bool) -> Spoken:
    """Asking back, never twice running."""
    if asked_back:
        return Spoken((_other("fremd", turn, now),), "refused", talk().next_question)
    return Spoken((_other("unklar", turn, now),), "asked_back", talk().next_question)


def cannot_do(turn: Turn, now: datetime) -> str:
    """Why Luna does nothing herself, and who does."""
    return _other("aufgabe", turn, now)


def _other(name: str, turn: Turn, now: datetime) -> str:
    return talk().other[name].told(now, english=turn.english)


def _help(turn: Turn, staff: bool) -> Spoken:
    topic = turn.topic
    if turn.nearness < next(needed for sure, needed in NEEDED if turn.sure >= sure):
        return Spoken((NO_HELP_ENGLISH if turn.english else NO_HELP,), "refused")
    in_english = turn.english and topic.english
    told = (topic.english, PAGE_ENGLISH, STAFF_ONLY_ENGLISH) if in_english else (topic.text, PAGE, STAFF_ONLY)
    return Spoken(_framed(topic, told, staff), "help", route=topic.route, topic=topic.topic_id)


def _framed(topic: HelpTopic, told: tuple[str, str, str], staff: bool) -> tuple[str, ...]:
    """What a topic says, the page where it is done, and who does it; of each only what is needed."""
    text, page, staff_only = told
    where = page.format(topic.page) if topic.page and topic.page not in text else ""
    return tuple(filter(None, (text, where, "" if staff or "customer" in topic.roles else staff_only)))
