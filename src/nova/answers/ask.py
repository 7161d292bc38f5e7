"""A person's question in, a checked and cited German answer out, whole or sentence by sentence as each is checked; the answer is kept.

First it is understood (`turn.understand`): what is wanted, and what it goes on with. Then the data are asked, or documents are searched, or
both, or neither: talk, help and what nobody here knows are said at once.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

import structlog

from nova.answers.check.abstain import decide
from nova.answers.check.cite import Ledger
from nova.answers.check.withhold import Personal
from nova.answers.compose import prompt as prompts
from nova.answers.compose.compose import ENGLISH, FULLER, GERMAN, SHORT, Manner
from nova.answers.compose.data import BESIDE
from nova.answers.heard import Heard, listen
from nova.answers.made import Made, answer_at_once, answer_of, focus_after, record_of, retrieval_of
from nova.answers.passages.shelf import AnswerRecord, Shelf
from nova.answers.rules.map import RuleMap, shipped_map
from nova.answers.search.dense import Meaning
from nova.answers.search.retrieve import Clock, Memory, Sources, retrieve
from nova.answers.search.select import choose
from nova.answers.turn.focus import NOTHING, FocusStore
from nova.answers.turn.helping import HelpBook, help_book
from nova.answers.understand.learned import RankingRelease
from nova.answers.understand.vocabulary import Vocabulary
from nova.answers.work import Pen, Work
from nova.errors import DiskFull, InvalidInput, NovaError
from nova.language.analyser import Analyser
from nova.ports import DataTool, Generator, Index
from nova.records import Answer, Citation, DataFact, Passage, Scope, Sentence

LONGEST_QUESTION = 2000
MOST_PASSAGES = 50
STATEMENTS = 5
NOT_KEPT = "(nicht gespeichert)"
NOBODYS = ("analytics", "service")  # what the operator asks is nobody's, and is looked at
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Question:
    """What a person asks: 1 to 2000 characters, `top_k` passages (1 to 50) inside `scope`.

    `talk` names the conversation for the focus alone, where it is not the one that may be kept; `begins`: nothing was said before.
    """

    text: str
    top_k: int = 6
    scope: Scope = field(default_factory=Scope)
    user_id: UUID | None = None
    trace_id: UUID | None = None
    conversation_id: UUID | None = None
    talk: UUID | None = None
    begins: bool = False

    @property
    def goes_on_with(self) -> UUID | None:
        """What its focus is remembered under."""
        return self.talk or self.conversation_id


Keeper = Callable[[AnswerRecord, str], None]
"""Keeps an answer to a person and the question as it was asked, as far as they agree to it. It never raises."""


@dataclass(frozen=True)
class AskContext:
    """What answering needs, as ports. `analyser`, `vocabulary`, `prompt` and `learned` are asked anew for each question.

    `redact` may raise; `personal` finds what a model says of people. `trial` takes whose question it is ("" for nobody's) and gives the
    prompt on trial where they take part in one. `keeper` keeps what people are told; None: the shelf keeps all alike. `focus`
    remembers for a while what conversations are about. `tuned` gives the tuned model that writes for somebody; `shadow` is given what was
    written, so that another may write it again where nobody reads it: it neither waits nor raises.
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
    focus: FocusStore = field(default_factory=FocusStore)
    rules: Callable[[], RuleMap] = shipped_map
    helps: Callable[[], HelpBook] = help_book
    trial: Callable[[str], prompts.Prompt | None] = lambda _: None
    tuned: Callable[[str], Generator | None] = lambda _: None
    shadow: Callable[[Work], None] = lambda _: None

    def prompt_for(self, question: Question) -> prompts.Prompt:
        """The prompt on trial where who asks takes part, else the one in use."""
        return self.trial(_asker(question)) or self.prompt()

    def pen_for(self, question: Question) -> Pen:
        """Who writes the answer to a question."""
        return Pen(self.tuned(_asker(question)) or self.generator, self.prompt_for(question), self.personal, self.num_ctx, self.tone)


def _asker(question: Question) -> str:
    """Who asks, as far as trials tell people apart."""
    return str(question.user_id or question.conversation_id or "")


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
    clock = Clock()
    with clock.stage("total"):
        heard = _listen(context, question, clock)
    yield from (_from_documents if heard.searches else _at_once)(context, question, heard, clock)


def _listen(context: AskContext, question: Question, clock: Clock) -> Heard:
    focus = NOTHING if question.begins else context.focus.of(question.goes_on_with, question.user_id)
    with clock.stage("understand"):
        return listen(question.text, focus, context.rules(), context.helps(), context.tools, question.scope, datetime.now(UTC))


def _at_once(context: AskContext, question: Question, heard: Heard, clock: Clock) -> Iterator[Event]:
    """What needs no document."""
    yield Passages(())
    yield from _said(context, question, heard, clock)


def _said(context: AskContext, question: Question, heard: Heard, clock: Clock) -> Iterator[Event]:
    """Numbers of the data, talk, help, or why there is no answer."""
    yield Status("writing")
    sentences = heard.sentences()
    for number, sentence in enumerate(sentences):
        yield SentenceReady(sentence, (), (), heard.said.used_first(sentence, sentences[:number]))
    answer = answer_at_once(heard, sentences, context.prompt_for(question).version, question.conversation_id)
    known = {"outcome": answer.outcome} | ({} if heard.searches else {"unsearched": True})
    yield from _ended(context, question, heard, Made(answer, clock, known))


def _from_documents(context: AskContext, question: Question, heard: Heard, clock: Clock) -> Iterator[Event]:
    """What documents say, behind what the data say where they were asked, too."""
    with clock.stage("total"):
        analyser, learned = context.analyser(), context.learned()
        vocabulary = learned.widened(context.vocabulary())
        sources = Sources(context.shelf, context.index, analyser, vocabulary, context.memory, context.meaning, learned)
        found = retrieve(heard.look_up, question.scope, sources, clock, rules=heard.hits, about=heard.about)
    yield Passages(found.ranked[: question.top_k])
    yield Status("reading")
    with clock.stage("total"), clock.stage("choose"):
        chosen = choose(found.question, found.readings, BESIDE if heard.beside else STATEMENTS, found.hints)
        refusal = decide(found, chosen, analyser, follows=heard.turn.follows, doubt=heard.doubt)
    if refusal is not None and heard.has_words:
        yield from _said(context, question, heard, clock)
        return
    ledger = Ledger({passage.chunk_id: passage.score for passage in found.ranked})
    pen = replace(context.pen_for(question), asked=heard.in_full)
    work = Work(pen, found, chosen, ledger, analyser, clock, _manner(heard))
    if refusal is None or heard.beside:
        yield Status("writing")
    sentences: list[Sentence] = []
    for sentence in heard.told(refusal, work):
        new = work.take_new()
        yield SentenceReady(sentence, new, tuple(map(work.passage, new)), heard.said.used_first(sentence, sentences))
        sentences.append(sentence)
    answer = answer_of(heard, work, sentences, refusal, question.top_k, question.conversation_id)
    known = retrieval_of(heard, work, answer, analyser)
    if work.wrote:
        context.shadow(work)
    yield from _ended(context, question, heard, Made(answer, clock, known, analyser.version, learned.release))


def _manner(heard: Heard) -> Manner:
    return Manner(ENGLISH if heard.turn.english else GERMAN, FULLER if heard.turn.follows else SHORT)


def _ended(context: AskContext, question: Question, heard: Heard, made: Made) -> Iterator[Event]:
    """The answer is remembered and kept, and given whole."""
    context.focus.keep(question.goes_on_with, question.user_id, focus_after(heard, made.answer, context.rules()))
    with made.clock.stage("keep"):
        keep(context, question, record_of(row(context, question, made.answer), made, question.scope.as_of))
    yield Final(replace(made.answer, timings_ms=dict(made.clock.spent)))


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
