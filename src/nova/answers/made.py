"""Sentences and what they rest on in, the whole answer out, what is kept of it, and what the conversation is about from now on."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from nova.answers.check.abstain import Refusal
from nova.answers.check.knew import knew
from nova.answers.compose import prompt as prompts
from nova.answers.compose.compose import next_question
from nova.answers.compose.text import text_of
from nova.answers.heard import Heard
from nova.answers.passages.shelf import AnswerRecord, evidence
from nova.answers.rules.map import RuleMap
from nova.answers.search.retrieve import Clock
from nova.answers.search.select import hinted
from nova.answers.suggest import Answered, following, instead, law_of
from nova.answers.turn.focus import Focus, LawTopic
from nova.answers.work import Work
from nova.language.analyser import Analyser
from nova.records import Answer, Passage, Sentence
from nova.store.ids import uuid7
from nova.turns import DataTurn, Outcome, Understood

Status = Literal["answered", "partial", "refused"]
PERHAPS = 0.08  # likelihood from which on a rule may be what a question meant that got no answer of it
_STATUS: Mapping[Outcome, Status] = {"asked_back": "refused", "refused": "refused", "partial": "partial"}


@dataclass(frozen=True, slots=True)
class Made:
    """An answer, the time it took, the numbers that retrieval `known`, and the versions of what made it."""

    answer: Answer
    clock: Clock
    known: Mapping[str, Any] = field(default_factory=dict)
    analyser: str = ""
    learned: str = ""


def answer_at_once(heard: Heard, sentences: Sequence[Sentence], prompt_version: str, conversation_id: UUID | None) -> Answer:
    """An answer that rests on no document."""
    outcome = _outcome_at_once(heard)
    following = heard.spoken.next_question if heard.spoken else heard.said.told.next_question if heard.said.told else None
    return Answer(
        answer_id=uuid7(),
        status=_STATUS.get(outcome, "answered"),
        text=text_of(sentences, (), following),
        sentences=tuple(sentences),
        citations=(),
        passages=(),
        next_question=following,
        model="",
        prompt_version=prompt_version,
        facts=heard.said.used(sentences),
        conversation_id=conversation_id,
        outcome=outcome,
        understood=_understood(heard),
        route=heard.spoken.route if heard.spoken else "",
    )


def _outcome_at_once(heard: Heard) -> Outcome:
    if heard.spoken is not None:
        return heard.spoken.outcome
    if heard.said.answers:
        return "answered"
    return "asked_back" if heard.said.told is not None and heard.said.told.asks_back else "refused"


def answer_of(
    heard: Heard, work: Work, sentences: Sequence[Sentence], refusal: Refusal | None, top_k: int, conversation_id: UUID | None
) -> Answer:
    """An answer from documents, or from them and the data."""
    alone = not (heard.beside or heard.prelude)
    if alone and refusal is None and not work.ledger.citations:
        refusal = Refusal(prompts.REFUSAL, None)
        sentences = [Sentence(refusal.text, (), True)]
    status = _status(sentences, refused=alone and refusal is not None)
    following = _following(heard, work, refusal)
    return Answer(
        answer_id=uuid7(),
        status=status,
        text=text_of(sentences, work.ledger.citations, following),
        sentences=tuple(sentences),
        citations=tuple(work.ledger.citations),
        passages=_passages(work, top_k),
        next_question=following,
        model="" if heard.beside or (refusal and not work.declined) else work.model,
        prompt_version=work.prompt_version,
        facts=heard.said.used(sentences),
        conversation_id=conversation_id,
        outcome=status,
        understood=_understood(heard, work),
    )


def _status(sentences: Sequence[Sentence], *, refused: bool) -> Status:
    if refused:
        return "refused"
    return "answered" if all(sentence.checked for sentence in sentences) else "partial"


def _following(heard: Heard, work: Work, refusal: Refusal | None) -> str | None:
    if heard.beside and heard.said.told and heard.said.told.next_question:
        return heard.said.told.next_question
    asked, laws = heard.turn.text, {law_of(passage.norm) for passage in work.found.ranked if passage.norm}
    if refusal:
        return instead(heard.hits, laws, heard.focus.law) or refusal.next_question
    quotes = [citation.quote for citation in work.ledger.citations]
    said = following(Answered(asked, _norms(work), quotes, laws), heard.hits, heard.focus.law)
    return said or next_question(asked, _cited(work), work.found.ranked)


def _cited(work: Work) -> set[UUID]:
    """The sections the answer used."""
    cited = {citation.chunk_id for citation in work.ledger.citations}
    return {reading.held.text.section_id for reading in work.readings if any(place.chunk_id in cited for place in reading.held.places)}


def _norms(work: Work) -> tuple[str, ...]:
    """The provisions the answer cites, in the order of its citations."""
    places = {place.chunk_id: reading.held.text.norm for reading in work.readings for place in reading.held.places}
    return tuple(dict.fromkeys(norm for citation in work.ledger.citations if (norm := places.get(citation.chunk_id))))


def _passages(work: Work, top_k: int) -> tuple[Passage, ...]:
    """The first `top_k`, and every cited passage that is not among them."""
    top = list(work.found.ranked[:top_k])
    there = {passage.chunk_id for passage in top}
    for citation in work.ledger.citations:
        if citation.chunk_id not in there:
            there.add(citation.chunk_id)
            top.append(work.passage(citation))
    return tuple(top)


def _understood(heard: Heard, work: Work | None = None) -> Understood:
    """How the message was understood, as who asked may see and change it."""
    turn, told = heard.turn, heard.said.told
    plain = Understood(heard.kind, round(turn.sure, 3), turn.text)
    if told is not None and told.turn is not None:
        return _of_data(plain, told.turn, follows=turn.follows)
    return plain if work is None else _of_law(plain, heard, work)


def _of_data(plain: Understood, one: DataTurn, *, follows: bool) -> Understood:
    full = plain.question if plain.kind == "mixed" else one.question
    restated = follows and full != plain.question
    return replace(plain, question=full, restated=restated, meter_id=one.meter_id, start=one.start, end=one.end, unit=one.unit)


def _of_law(plain: Understood, heard: Heard, work: Work) -> Understood:
    """With the topic and provision of the answer; a question that goes on is told with the title of its rule."""
    topic, follows = _topic(heard, work), heard.turn.follows
    title = next((hit.rule.title for hit in heard.hits if hit.rule.topic == topic), "") if follows else ""
    return replace(
        plain,
        kind="mixed" if plain.kind == "mixed" else "law",
        question=f"{title}: {plain.question}" if title else plain.question,
        restated=bool(title),
        topic=topic,
        norm=next(iter(_norms(work)), None),
    )


def _topic(heard: Heard, work: Work) -> str | None:
    """The topic of the best rule whose provision the answer cites."""
    norms = frozenset(_norms(work))
    return next((hit.rule.topic for hit in heard.hits if not norms.isdisjoint(hit.rule.norms)), None)


def retrieval_of(heard: Heard, work: Work, answer: Answer, analyser: Analyser) -> dict[str, Any]:
    """The numbers that tell how well the answer is founded, and which model was to write it ("": none), where one was asked."""
    founded = knew(work.found, work.chosen, analyser, answer, follows=heard.turn.follows, doubt=heard.doubt)
    known = founded | {"outcome": answer.outcome}
    if work.chosen and (rule := hinted(work.chosen[0].said, work.found.hints)):
        known["rule"] = round(rule, 3)
    if work.wrote:
        known |= {"pen": work.pen.generator.model} | ({"fell_back": 1} if work.fell_back else {})
    return known | ({"withheld": work.withheld} if work.withheld else {})


def record_of(plain: AnswerRecord, made: Made, as_of: datetime | None) -> AnswerRecord:
    """What is kept of the answer."""
    answer = made.answer
    return replace(
        plain,
        analyser=made.analyser,
        as_of=as_of,
        passages=[evidence(passage) for passage in answer.passages],
        citations=[{**asdict(one), "chunk_id": str(one.chunk_id), "item_id": str(one.item_id)} for one in answer.citations],
        timings_ms=dict(made.clock.spent),
        facts=answer.facts,
        retrieval=made.known,
        learned=made.learned,
    )


def focus_after(heard: Heard, answer: Answer, rules: RuleMap) -> Focus:
    """What the conversation is about now: what this answer was about comes first, what was before stays behind it."""
    focus, turn = heard.focus, heard.turn
    told = heard.said.told
    kind = "law" if answer.citations and heard.kind not in ("mixed", "data") else heard.kind
    aside = turn.kind in ("talk", "outside", "unclear") and not answer.citations
    return replace(
        focus,
        kind=focus.kind if aside and focus.kind is not None else kind,
        data=told.focus if told is not None else focus.data,
        law=focus.with_law(topic) if (topic := _spoken_of(heard, answer, rules)) else focus.law,
        help=heard.spoken.topic if heard.spoken and heard.spoken.topic else focus.help,
        asked_back=answer.outcome == "asked_back",
    )


def _spoken_of(heard: Heard, answer: Answer, rules: RuleMap) -> LawTopic | None:
    """The law that a conversation is about after an answer; a question of law that was not answered is spoken of all the same."""
    if answer.citations:
        return _law_topic(heard, answer, rules)
    asks_anew = heard.searches and heard.turn.kind in ("law", "mixed", "action") and heard.turn.about is None
    meant = tuple(dict.fromkeys(hit.rule.topic for hit in heard.hits[:3] if hit.score >= PERHAPS))
    return LawTopic(meant) if asks_anew and meant else None


def _law_topic(heard: Heard, answer: Answer, rules: RuleMap) -> LawTopic:
    """The provisions that were cited, and the rules in them that the question was nearest to."""
    places = {passage.chunk_id: passage.norm for passage in answer.passages}
    norms = tuple(dict.fromkeys(norm for one in answer.citations if (norm := places.get(one.chunk_id))))
    fitting = [hit.rule for hit in heard.hits[:3] if not frozenset(norms).isdisjoint(hit.rule.norms)]
    topics = tuple(dict.fromkeys(rule.topic for rule in fitting)) or rules.topics_of(norms[:1])
    return LawTopic(topics, tuple(rule.key for rule in fitting[:2]), norms)
