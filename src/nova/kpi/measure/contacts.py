"""What people said in, which questions repeat the one before and which contacts come back with the same concern out. Pure.

A rephrasing follows its predecessor in the same thread, or by the same person, within ten minutes and speaks of the same, or says that it
was meant otherwise. A contact is what somebody says with no pause of half an hour; its first utterance that tells a concern, in one word or
more, decides whether it comes back. Greetings and thanks are no concern.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from nova.language.analyser import Analyser
from nova.language.fold import fold, raw_words
from nova.language.topics import Topic, likeness, topic
from nova.store.quality.kpi_evidence import Utterance

SOON = timedelta(minutes=10)
PAUSE = timedelta(minutes=30)
AGAIN = timedelta(days=7)
SAME_QUESTION, SAME_CONCERN = 0.55, 0.5
LEAST_WORDS = 2  # by which two utterances can be held against each other; with fewer, how they are worded decides
SAME_WORDING = 0.5
_MEANT = re.compile(
    r"\bich mein(?:te|e)\b|\bnoch ?mals?\b|\bnoch einmal\b|\banders (?:gefragt|formuliert|gesagt)\b|\bgemeint (?:war|ist|habe ich)\b"
    r"|\bnicht (?:meine|die) frage\b|\bmeine frage (?:war|lautete)\b|\b(?:wollte|habe) ich nicht (?:wissen|gefragt)\b"
    r"|\bwie (?:schon )?gesagt\b",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"\b(?:(?:hallo|hi|hey|moin|servus|guten (?:tag|morgen|abend)|grüß (?:gott|dich|sie))(?: (?:luna|sophia|zusammen|liebes team|ihr))?"
    r"|(?:vielen |herzlichen |besten |lieben |schönen )?danke?(?: (?:schön|sehr))?(?: für (?:die|ihre) (?:hilfe|auskunft|antwort|mühe))?"
    r"|tschüss|tschüß|ciao|auf wiedersehen|schönen (?:tag|abend)(?: noch)?|(?:mit )?(?:freundliche[nr]?|viele|liebe|beste) grüße[n]?"
    r"|ok(?:ay)?|alles klar|super|prima|perfekt|test|mein name ist|ich heiße|hier (?:ist|spricht)"
    r"|(?:können|könnten) sie mir(?: bitte)?(?: weiter)? ?helfen|(?:bitte )?helfen sie mir(?: bitte)?|ich (?:brauche|bräuchte) hilfe)\b",
    re.IGNORECASE,
)
_MORE = re.compile(r"^\s*(?:und|sowie|außerdem|ausserdem|dann|noch eine(?: andere)? frage)\b|\b(?:danke|dank)\b", re.IGNORECASE)


class Reader:
    """Texts to topics, each read once."""

    def __init__(self, analyser: Analyser) -> None:
        self.analyser = analyser
        self._known: dict[str, Topic] = {}

    def concern(self, text: str) -> Topic:
        """What somebody wants who says this; empty for a greeting or a word of thanks."""
        return self.topic(_COURTESY.sub(" ", text))

    def topic(self, text: str) -> Topic:
        """What a text speaks of."""
        found = self._known.get(text)
        if found is None:
            if len(self._known) > 20_000:
                self._known.clear()
            found = self._known[text] = topic(text, self.analyser)
        return found


def rephrased(said: Sequence[Utterance], frm: datetime, reader: Reader) -> dict[Utterance, bool]:
    """For each utterance from `frm` on (in order of time), whether it repeats the one before it in its thread or by its person."""
    last: dict[str | UUID, Utterance] = {}
    found: dict[Utterance, bool] = {}
    for one in said:
        places = [place for place in (one.thread, one.subject_id) if place]
        if one.ts >= frm:
            before = {last[place].text for place in places if place in last and one.ts - last[place].ts <= SOON}
            found[one] = any(_repeats(text, one.text, reader) for text in before)
        last.update(dict.fromkeys(places, one))
    return found


def _repeats(before: str, text: str, reader: Reader) -> bool:
    if _MORE.search(text):
        return False
    if _MEANT.search(text):
        return True
    here, there = reader.concern(text), reader.concern(before)
    few = min(len(here), len(there)) < LEAST_WORDS
    return likeness(here, there) >= SAME_QUESTION and (not few or _alike_worded(before, text))


def _alike_worded(left: str, right: str) -> bool:
    """Whether two texts share half of their words, the small ones too: "Wann kommt die Rechnung?" is not "Was ist die Rechnung?"."""
    mine, theirs = (frozenset(fold(word) for word in raw_words(text)) for text in (left, right))
    return len(mine & theirs) >= SAME_WORDING * len(mine | theirs)


def returning(said: Iterable[Utterance], frm: datetime, reader: Reader) -> list[tuple[Utterance, bool]]:
    """The contacts that tell their concern from `frm` on, by the utterance that does, and whether they come back within seven days.

    `said` reaches back seven days before `frm` and is in order of time.
    """
    people: dict[UUID, list[Utterance]] = defaultdict(list)
    for one in said:
        if one.subject_id is not None:
            people[one.subject_id].append(one)
    return [found for mine in people.values() for found in _of_one(mine, frm, reader)]


def _of_one(mine: Sequence[Utterance], frm: datetime, reader: Reader) -> list[tuple[Utterance, bool]]:
    found: list[tuple[Utterance, bool]] = []
    earlier: list[tuple[datetime, Topic]] = []
    current: list[tuple[datetime, Topic]] = []
    last: datetime | None = None
    for one in mine:
        if last is None or one.ts - last > PAUSE:
            earlier, current = earlier + current, []
        last, about = one.ts, reader.concern(one.text)
        if not about:
            continue
        if not current and one.ts >= frm:
            known = (there for at, there in earlier if one.ts - at <= AGAIN)
            found.append((one, any(likeness(about, there) >= SAME_CONCERN for there in known)))
        current.append((one.ts, about))
    return found
