"""What is held and what was answered in, questions out that somebody may ask to begin with or next: as people ask, never by a heading.

They come from the map of rules, so that the documents are sure to answer them, and nothing is searched for them.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from nova.answers.rules.book import Rule, shipped
from nova.answers.rules.hints import LEAST, squeezed
from nova.answers.rules.map import Hit, shipped_map
from nova.answers.rules.phrases import PRIVATE, by_topic, is_of_staff, question_of
from nova.answers.turn.focus import LawTopic

FIRST_PRIVATE = (
    "abschlag",
    "wallbox",
    "lieferantenwechsel",
    "kuendigung-grundversorgung",
    "rechnung-frist",
    "dynamischer-tarif",
    "preiserhoehung",
    "ladesaeule-oeffentlich",
    "smartmeter-begriff",
    "heizkosten-verteilung",
    "fernwaerme-vertrag",
    "pv-anschluss",
    "oelheizung",
    "bhkw-zuschlag",
    "beschwerde",
)
"""The topics with which somebody who is supplied may begin, each of another law or matter; all others come after them."""
FIRST_OF_STAFF = (
    "abrechnungsfehler",
    "beschwerde",
    "lieferantenwechsel-netz",
    "stromsperre",
    "konzessionsabgabe",
    "energieaudit",
    "stromsteuer",
    "hausanschluss",
    "bilanzkreis",
    "entflechtung",
    "redispatch",
    "ladesaeule-oeffentlich",
)
"""The same for those who work for the company."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What was asked, the provisions that the answer rests on, its words in them, and the laws that are held."""

    asked: str
    cited: Sequence[str]
    quotes: Sequence[str]
    laws: Collection[str]


def meter_question(count: int, *, staff: bool) -> list[str]:
    """A question for yesterday's readings of as many meters; none where there are no meters."""
    if count > 1:
        return ["Welcher Zähler hat gestern am meisten verbraucht?"]
    return [f"Wie viel Strom {'haben wir' if staff else 'habe ich'} gestern verbraucht?"] if count else []


def first_questions(norms: Collection[str], count: int, *, staff: bool) -> list[str]:
    """Up to `count` questions to begin with, each of another topic, whose provisions are among `norms`."""
    topics = dict.fromkeys((*(FIRST_OF_STAFF if staff else FIRST_PRIVATE), *by_topic()))
    found: dict[str, None] = {}
    for topic in topics:
        said = next(_askable(by_topic().get(topic, ()), norms, staff=staff), None)
        if said is not None:
            found[said] = None
        if len(found) == count:
            break
    return list(found)


def _askable(rules: Iterable[Rule], norms: Collection[str], *, staff: bool) -> Iterator[str]:
    for rule in rules:
        fits = (staff or rule.who in PRIVATE) and not frozenset(rule.norms).isdisjoint(norms)
        if fits and (said := question_of(rule)) is not None:
            yield said


def following(answered: Answered, hits: Sequence[Hit], told: Sequence[LawTopic]) -> str | None:
    """A question about something else of the same topic, or of what is near to it; None where the map has none.

    `told` is what the conversation was about before.
    """
    said_now = " ".join(map(squeezed, answered.quotes))
    about = _answered(hits, answered.cited, said_now)
    if about is None:
        return None
    known = {about.key, *(key for topic in told for key in topic.rules)}
    suiting = (rule for rule in _around(about, hits) if rule.key not in known and _suits(rule, about, answered.laws))
    questions = filter(None, (question_of(rule) for rule in suiting if not _is_told(rule, said_now)))
    return _first_for(answered.asked, questions)


def _first_for(asked: str, questions: Iterable[str]) -> str | None:
    """The first that is another question, and asked by the same people."""
    others = (said for said in questions if said.casefold() != asked.casefold())
    return next((said for said in others if is_of_staff(asked) or not is_of_staff(said)), None)


def _answered(hits: Sequence[Hit], cited: Sequence[str], said_now: str) -> Rule | None:
    """The rule that the answer told; else the nearest one of the provisions that it cites, or any of the first of them."""
    of_cited = [hit.rule for hit in hits if not frozenset(hit.rule.norms).isdisjoint(cited)]
    told = next((rule for rule in of_cited if _is_told(rule, said_now)), None)
    first = next(iter(cited), "")
    return told or next(iter(of_cited), None) or next((rule for rule in shipped() if first in rule.norms), None)


def _around(about: Rule, hits: Sequence[Hit]) -> Iterator[Rule]:
    """Rules of the same topic, the nearest first, then others that are near to what was asked, then those of topics beside it."""
    yield from (hit.rule for hit in hits if hit.rule.topic == about.topic)
    yield from by_topic().get(about.topic, ())
    yield from (hit.rule for hit in hits if hit.score >= LEAST)
    beside = shipped_map().beside.get(about.topic, frozenset())
    yield from (rule for topic, rules in by_topic().items() if topic in beside for rule in rules)


def _suits(rule: Rule, about: Rule, laws: Collection[str]) -> bool:
    """Whether who asked for `about` may ask for the rule, too, and its law is held."""
    return (rule.who in PRIVATE or about.who not in PRIVATE) and _is_held(rule, laws)


def _is_held(rule: Rule, laws: Collection[str]) -> bool:
    return any(law_of(norm) in laws for norm in rule.norms)


def _is_told(rule: Rule, said: str) -> bool:
    return any(squeezed(place.quote) in said for place in rule.places)


def instead(hits: Sequence[Hit], laws: Collection[str], told: Sequence[LawTopic]) -> str | None:
    """The question of the nearest rule that was not spoken of before, where what was asked found no answer but is near to one."""
    known = {key for topic in told for key in topic.rules}
    near = (hit.rule for hit in hits if hit.score >= LEAST and hit.rule.key not in known and _is_held(hit.rule, laws))
    return next((said for rule in near if (said := question_of(rule)) is not None), None)


def law_of(norm: str) -> str:
    """The law of a provision's key: "enwg" of "enwg:41"."""
    return norm.partition(":")[0]
