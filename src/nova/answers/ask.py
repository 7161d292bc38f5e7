"""A person's question in, a checked and cited German answer out, whole or sentence by sentence as each is checked; the answer is kept."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

import structlog

from nova.answers.check.abstain import Refusal, decide
from nova.answers.check.cite import Ledger
from nova.answers.check.knew import knew
from nova.answers.check.verify import check
from nova.answers.check.withhold import WITHHELD, Personal, names_somebody_new
from nova.answers.compose import prompt as prompts
from nova.answers.compose.compose import compose, next_question, sources_of
from nova.answers.compose.data import BESIDE, DataReply, ask_data
from nova.answers.compose.generate import drafts
from nova.answers.compose.text import text_of
from nova.answers.passages.analyse import AnalysedSection
from nova.answers.passages.shelf import AnswerRecord, Shelf, evidence
from nova.answers.search.dense import Meaning
from nova.answers.search.retrieve import Clock, Memory, Retrieval, Sources, retrieve
from nova.answers.search.select import ScoredStatement, choose
from nova.answers.understand.learned import RankingRelease
from nova.answers.understand.vocabulary import Vocabulary
from nova.errors import DiskFull, InvalidInput, NovaError
from nova.language.analyser import Analyser
from nova.ports import DataTool, Generator, Index
from nova.records import Answer, Citation, DataFact, Passage, Scope, Sentence
from nova.store.ids import uuid7

LONGEST_QUESTION = 2000
MOST_PASSAGES = 50
STATEMENTS = 5
NOT_KEPT = "(nicht gespeichert)"
NOBODYS = ("analytics", "service")  # what the operator asks is nobody's, and is looked at
SILENT = "Das Sprachmodell antwortet gerade nicht; diese Antwort ist unmittelbar aus den Fundstellen zusammengestellt."
BROKE_OFF = "Das Sprachmodell ist unterwegs verstummt; das Folgende stammt unmittelbar aus den Fundstellen."
UNPROVEN = "Was das Sprachmodell schrieb, ließ sich nicht belegen; diese Antwort stammt unmittelbar aus den Fundstellen."
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Question:
    """What a person asks: 1 to 2000 characters, `top_k` passages (1 to 50) inside `scope`."""

    text: str
    top_k: int = 6
    scope: Scope = field(default_factory=Scope)
    user_id: UUID | None = None
    trace_id: UUID | None = None
    conversation_id: UUID | None = None


Keeper = Callable[[AnswerRecord, str], None]
"""Keeps an answer to a person and the question as it was asked, as far as they agree to it. It never raises."""


@dataclass(frozen=True)
class AskContext:
    """What answering needs, as ports. `analyser`, `vocabulary`, `prompt` and `learned` are asked anew for each question.

    `redact` may raise; `personal` finds what a model says of people. `trial` takes whose question it is ("" for nobody's) and gives the
    prompt on trial where they take part in one. `keeper` keeps what people are told; None: the shelf keeps all alike.
    """

    shelf: Shelf
    index: Index
    generator: Generator
    analyser: Callable[[], Analyser]
    vocabulary: Callable[[], Vocabulary]
    prompt: Callable[[], prompts.Prompt]
    redact: Callable[[str], str]
    personal: Personal
    num_ctx: int = 8192
    tone: Literal["luna", "sachlich"] = "luna"
    memory: Memory = field(default_factory=Memory)
    meaning: Meaning | None = None
    tools: Sequence[DataTool] = ()
    keeper: Keeper | None = None
    learned: Callable[[], RankingRelease] = RankingRelease
    trial: Callable[[str], prompts.Prompt | None] = lambda _: None

    def prompt_for(self, question: Question) -> prompts.Prompt:
        """The prompt on trial where who asks takes part, else the one in use."""
        return self.trial(str(question.user_id or question.conversation_id or "")) or self.prompt()


@dataclass(frozen=True, slots=True)
class Status:
    """Where the work stands."""

    stage: Literal["searching", "reading", "writing"]


@dataclass(frozen=True, slots=True)
class Passages:
    """What was found, best first."""

    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class SentenceReady:
    """One checked sentence, the citations it uses first with their passages, and the facts it uses first."""

    sentence: Sentence
    new_citations: tuple[Citation, ...]
    passages: tuple[Passage, ...] = ()
    new_facts: tuple[DataFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Final:
    """The whole answer."""

    answer: Answer


Event = Status | Passages | SentenceReady | Final


def ask(context: AskContext, question: Question) -> Answer:
    """Answer a question; InvalidInput names the field that is wrong. A silent model is no error: the answer is then composed."""
    for event in ask_stream(context, question):
        if isinstance(event, Final):
            return event.answer
    raise AssertionError("a stream ends with Final")


def ask_stream(context: AskContext, question: Question) -> Iterator[Event]:
    """The same, step by step: status, passages, then each sentence once it is checked, then the whole."""
    _validate(question)
    yield Status("searching")
    clock, analyser = Clock(), context.analyser()
    with clock.stage("total"), clock.stage("data"):
        said = ask_data(context.tools, question.text, question.scope, datetime.now(UTC))
    with clock.stage("total"):
        learned = context.learned()
        vocabulary = learned.widened(context.vocabulary())
        sources = Sources(context.shelf, context.index, analyser, vocabulary, context.memory, context.meaning, learned)
        found = retrieve(said.look_up(question.text), question.scope, sources, clock)
    yield Passages(found.ranked[: question.top_k])
    yield Status("reading")
    with clock.stage("total"), clock.stage("choose"):
        chosen = choose(found.question, found.readings, BESIDE if said.answers else STATEMENTS)
        refusal = said.refusal or decide(found, chosen, analyser)
    ledger = Ledger({passage.chunk_id: passage.score for passage in found.ranked})
    work = _Work(context, found, chosen, ledger, analyser, clock, context.prompt_for(question))
    if refusal is None or said.answers:
        yield Status("writing")
    sentences: list[Sentence] = []
    for sentence in _sentences(said, refusal, work):
        new = work.take_new()
        yield SentenceReady(sentence, new, tuple(map(work.passage, new)), said.used_first(sentence, sentences))
        sentences.append(sentence)
    answer = _answer(question, work, sentences, refusal, said)
    with clock.stage("keep"):
        keep(context, question, _record(context, question, answer, work, learned.release))
    yield Final(replace(answer, timings_ms=dict(clock.spent)))


def _sentences(said: DataReply, refusal: Refusal | None, work: "_Work") -> Iterator[Sentence]:
    """What the data say comes first, then what documents say to it; a refusal of the documents is not said where the data answer."""
    yield from said.sentences
    if refusal is not None:
        yield from [] if said.answers else [Sentence(refusal.text, (), True)]
    elif said.answers:
        yield from work.composed()
    else:
        yield from work.write()


def keep(context: AskContext, question: Question, record: AnswerRecord) -> None:
    """Keep the answer; without room for it, it is given all the same."""
    if context.keeper is not None and question.user_id is not None:
        context.keeper(record, question.text)
        return
    try:
        context.shelf.keep(record)
    except DiskFull as error:
        log.warning("answer_not_kept", error=error.code)


def _validate(question: Question) -> None:
    if not re.search(r"\w", question.text) or len(question.text) > LONGEST_QUESTION:
        message = f"Bitte stellen Sie eine Frage mit 1 bis {LONGEST_QUESTION} Zeichen."
        raise InvalidInput(message, data={"fields": [{"field": "question", "message": message}]})
    if not 1 <= question.top_k <= MOST_PASSAGES:
        message = f"Die Zahl der Fundstellen muss zwischen 1 und {MOST_PASSAGES} liegen."
        raise InvalidInput(message, data={"fields": [{"field": "top_k", "message": message}]})


class _Work:
    """One answer in the making: which sentences are said, by whom, with which citations."""

    def __init__(
        self,
        context: AskContext,
        found: Retrieval,
        chosen: Sequence[ScoredStatement],
        ledger: Ledger,
        analyser: Analyser,
        clock: Clock,
        prompt: prompts.Prompt,
    ) -> None:
        self.context, self.found, self.chosen, self.ledger, self.prompt = context, found, chosen, ledger, prompt
        self.analyser, self.clock = analyser, clock
        self.readings: tuple[AnalysedSection, ...] = tuple(reading for reading, _ in found.readings)
        self.model = context.generator.model
        self.prompt_version = prompt.version
        self._ranked = {passage.chunk_id: passage for passage in found.ranked}
        self.emitted = 0
        self.declined = False
        self.withheld = 0

    def take_new(self) -> tuple[Citation, ...]:
        """The citations that came since the last call."""
        new = tuple(self.ledger.citations[self.emitted :])
        self.emitted = len(self.ledger.citations)
        return new

    def passage(self, citation: Citation) -> Passage:
        """The passage behind a citation."""
        return self._ranked.get(citation.chunk_id) or _passage(self.readings, citation)

    def write(self) -> Iterator[Sentence]:
        """The model's checked sentences, or the composed ones where there is no model or it fails."""
        if not self.model:
            yield from self.composed()
            return
        said: list[Sentence] = []
        note = UNPROVEN
        try:
            for sentence in self._generated():
                said.append(sentence)
                yield sentence
        except NovaError:
            note = BROKE_OFF if said else SILENT
        if self.withheld:
            yield Sentence(WITHHELD, (), True)
        if not self._suffices(said, note):
            yield from self._instead(said, note)

    def _suffices(self, said: Sequence[Sentence], note: str) -> bool:
        """Whether the model has answered: it found nothing to say, or came to its end and proved something."""
        return self.declined or (note == UNPROVEN and any(sentence.citations for sentence in said))

    def _instead(self, said: Sequence[Sentence], note: str) -> Iterator[Sentence]:
        """What the documents say, behind a note why the model does not; that is not told where all it said was withheld."""
        self.model = self.model if said else ""
        if said or note != UNPROVEN or not self.withheld:
            yield Sentence(note, (), True)
        yield from (sentence for sentence in self.composed() if not _said_before(sentence, said))

    def composed(self) -> Iterator[Sentence]:
        """The best statements of the documents, each cited."""
        with self.clock.stage("write"):
            sentences = compose(self.found.question, self.chosen, self.readings, self.ledger, self.analyser)
        yield from sentences

    def _generated(self) -> Iterator[Sentence]:
        sources = sources_of(self.readings)
        messages, used = prompts.messages(
            self.prompt, self.found.question.text, self.readings, sources, num_ctx=self.context.num_ctx, tone=self.context.tone
        )
        pieces = self.context.generator.stream(messages, max_tokens=prompts.ANSWER_TOKENS)
        for draft in drafts(pieces, [source.token for source in used]):
            if draft.text.startswith(prompts.REFUSAL.rstrip(".")):
                self.declined = not self.ledger.citations
                return
            with self.clock.stage("check"):
                sentence = self._looked_at(check(draft, used, self.ledger, self.analyser))
            if sentence:
                yield sentence

    def _looked_at(self, sentence: Sentence | None) -> Sentence | None:
        """The sentence, or None and counted where it names a person whom neither the question nor its own citations name."""
        if sentence is None:
            return None
        cited = [self.passage(self.ledger.citations[number - 1]) for number in sentence.citations]
        known = (" ".join((one.title, *one.path, one.label, one.section_title, one.text)) for one in cited)
        if not names_somebody_new(sentence.text, (self.found.question.text, *known), self.context.personal):
            return sentence
        self.withheld += 1
        self.ledger.take_back(self.emitted)
        return None


def _said_before(sentence: Sentence, said: Sequence[Sentence]) -> bool:
    return bool(sentence.citations) and any(set(sentence.citations) <= set(other.citations) for other in said)


def _answer(question: Question, work: _Work, sentences: Sequence[Sentence], refusal: Refusal | None, said: DataReply) -> Answer:
    if refusal is None and not said.answers and not work.ledger.citations:
        refusal = Refusal(prompts.REFUSAL, None)
        sentences = [Sentence(refusal.text, (), True)]
    following = _following(question, work, refusal, said)
    return Answer(
        answer_id=uuid7(),
        status=_status(sentences, refused=refusal is not None and not said.answers),
        text=text_of(sentences, work.ledger.citations, following),
        sentences=tuple(sentences),
        citations=tuple(work.ledger.citations),
        passages=_passages(work, question.top_k),
        next_question=following,
        model="" if said.answers or (refusal and not work.declined) else work.model,
        prompt_version=work.prompt_version,
        facts=said.used(sentences),
        conversation_id=question.conversation_id,
    )


def _status(sentences: Sequence[Sentence], *, refused: bool) -> Literal["refused", "partial", "answered"]:
    if refused:
        return "refused"
    return "answered" if all(sentence.checked for sentence in sentences) else "partial"


def _following(question: Question, work: _Work, refusal: Refusal | None, said: DataReply) -> str | None:
    if said.answers and said.told and said.told.next_question:
        return said.told.next_question
    return refusal.next_question if refusal else next_question(question.text, _cited(work), work.found.ranked)


def _cited(work: _Work) -> set[UUID]:
    """The sections the answer used."""
    cited = {citation.chunk_id for citation in work.ledger.citations}
    return {reading.held.text.section_id for reading in work.readings if any(place.chunk_id in cited for place in reading.held.places)}


def _passages(work: _Work, top_k: int) -> tuple[Passage, ...]:
    """The first `top_k`, and every cited passage that is not among them."""
    top = list(work.found.ranked[:top_k])
    there = {passage.chunk_id for passage in top}
    for citation in work.ledger.citations:
        if citation.chunk_id not in there:
            there.add(citation.chunk_id)
            top.append(work.passage(citation))
    return tuple(top)


def _passage(readings: Sequence[AnalysedSection], citation: Citation) -> Passage:
    for reading in readings:
        held, text = reading.held, reading.held.text
        for place in held.places:
            if place.chunk_id == citation.chunk_id:
                words = text.text[max(0, place.start - text.start) : place.end - text.start]
                return Passage(
                    place.chunk_id, text.item_id, text.version, held.document, held.kind, text.path, text.label, text.section_id,
                    text.title, words, place.start, place.end, place.page, text.norm, citation.score, held.tags,
                )  # fmt: skip
    raise AssertionError("a citation comes from a reading")


def _record(context: AskContext, question: Question, answer: Answer, work: _Work, learned: str) -> AnswerRecord:
    return replace(
        row(context, question, answer),
        analyser=work.analyser.version,
        as_of=question.scope.as_of,
        passages=[evidence(passage) for passage in answer.passages],
        citations=[{**asdict(one), "chunk_id": str(one.chunk_id), "item_id": str(one.item_id)} for one in answer.citations],
        timings_ms=dict(work.clock.spent),
        facts=answer.facts,
        retrieval=knew(work.found, work.chosen, work.analyser, answer) | ({"withheld": work.withheld} if work.withheld else {}),
        learned=learned,
    )


def row(context: AskContext, question: Question, answer: Answer) -> AnswerRecord:
    """What is kept of every answer, whatever it rests on. A question that could not be looked through is not kept."""
    try:
        kept = context.redact(question.text)
    except NovaError:
        kept = NOT_KEPT
    return AnswerRecord(
        answer_id=answer.answer_id,
        user_id=question.user_id,
        question=kept,
        answer=answer.text,
        status=answer.status,
        model=answer.model,
        prompt_version=answer.prompt_version,
        timings_ms=dict(answer.timings_ms),
        trace_id=question.trace_id,
        conversation_id=question.conversation_id,
        purposes=NOBODYS if question.user_id is None and kept != NOT_KEPT else (),
    )
