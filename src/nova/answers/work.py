"""One answer from documents in the making: which sentences are said, by the model or composed, with which citations."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from nova.answers.check.cite import Ledger
from nova.answers.check.verify import Source, check
from nova.answers.check.withhold import WITHHELD, Personal, names_somebody_new
from nova.answers.compose import prompt as prompts
from nova.answers.compose.compose import FULLER, PLAIN, Manner, compose, sources_of
from nova.answers.compose.generate import drafts
from nova.answers.compose.learned_form import Form
from nova.answers.compose.learned_form import messages as as_it_learned
from nova.answers.passages.analyse import AnalysedSection, AnalysedStatement
from nova.answers.search.retrieve import Clock, Retrieval
from nova.answers.search.select import ScoredStatement
from nova.errors import NovaError
from nova.language.analyser import Analyser
from nova.language.figures import figures
from nova.language.fold import words
from nova.language.stems import is_stop, stem
from nova.ports import ChatMessage, Generator
from nova.records import Citation, Passage, Sentence

SILENT = "Das Sprachmodell antwortet gerade nicht; diese Antwort ist unmittelbar aus den Fundstellen zusammengestellt."
BROKE_OFF = "Das Sprachmodell ist unterwegs verstummt; das Folgende stammt unmittelbar aus den Fundstellen."
MOST = 0.7  # of the telling words of a statement
NAMED_BY_A_RULE = 0.2  # likelihood from which on what a rule names is told beside what a model says
UNPROVEN = "Was das Sprachmodell schrieb, ließ sich nicht belegen; diese Antwort stammt unmittelbar aus den Fundstellen."


@dataclass(frozen=True, slots=True)
class Pen:
    """Who writes: the model with its prompt and limits, the finder of personal data that looks over its words, and what it is `asked`.

    That is the question in full, where it goes on with what was said; "" for what documents are searched for. A tuned model has the `form`
    that it learned in, and needs no prompt.
    """

    generator: Generator
    prompt: prompts.Prompt
    personal: Personal
    num_ctx: int
    tone: Literal["luna", "sachlich"]
    asked: str = ""
    form: Form | None = None


class Work:
    """One answer in the making: which sentences are said, by whom, with which citations."""

    def __init__(
        self,
        pen: Pen,
        found: Retrieval,
        chosen: Sequence[ScoredStatement],
        ledger: Ledger,
        analyser: Analyser,
        clock: Clock,
        manner: Manner = PLAIN,
    ) -> None:
        self.pen, self.found, self.chosen, self.ledger = pen, found, chosen, ledger
        self.analyser, self.clock = analyser, clock
        self.readings: tuple[AnalysedSection, ...] = tuple(reading for reading, _ in found.readings)
        self.model = pen.generator.model
        self.prompt_version = "" if pen.form else pen.prompt.version
        self._ranked = {passage.chunk_id: passage for passage in found.ranked}
        self.emitted = 0
        self.declined = False
        self.manner, self.asked = manner, pen.asked or found.question.text
        self.withheld = self.unproven = 0
        self.wrote = self.fell_back = False
        self._waited = 0.0

    def by(self, generator: Generator, form: Form) -> "Work":
        """The same answer in the making, by another model that learned in a form."""
        pen = replace(self.pen, generator=generator, form=form)
        return Work(pen, self.found, self.chosen, self.ledger.anew(), self.analyser, Clock(), self.manner)

    @property
    def proven(self) -> bool:
        """Whether all that was written carries its evidence, and something was."""
        return bool(self.ledger.citations) and not (self.unproven or self.withheld or self.fell_back)

    @property
    def seconds(self) -> float:
        """How long writing took: the wait for a model, and composing."""
        return self._waited + self.clock.spent.get("write", 0.0) / 1000

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
        self.wrote = True
        if not self.model:
            yield from self.composed()
            return
        said: list[Sentence] = []
        note = UNPROVEN
        try:
            for sentence in self._generated():
                said.append(sentence)
                self.unproven += not sentence.checked
                yield sentence
        except NovaError:
            note = BROKE_OFF if said else SILENT
        if self.withheld:
            yield Sentence(WITHHELD, (), True)
        if not self._suffices(said, note):
            yield from self._instead(said, note)
        elif not self.declined:
            yield from self._left_out(said)

    def _suffices(self, said: Sequence[Sentence], note: str) -> bool:
        """Whether the model has answered: it found nothing to say, or came to its end and proved something."""
        return self.declined or (note == UNPROVEN and any(sentence.citations for sentence in said))

    def _instead(self, said: Sequence[Sentence], note: str) -> Iterator[Sentence]:
        """What the documents say, behind a note why the model does not; that is not told where all it said was withheld."""
        self.model, self.fell_back = self.model if said else "", True
        if said or note != UNPROVEN or not self.withheld:
            yield Sentence(note, (), True)
        yield from (sentence for sentence in self.composed() if not _said_before(sentence, said))

    def _left_out(self, said: Sequence[Sentence]) -> Iterator[Sentence]:
        """The statements that a model leaves out: all where it leaves out what a rule names surely, or goes on with an answer."""
        missing = [one for one in self.chosen if not any(_tells(other.text, one.said) for other in said)]
        named = self.chosen[0] in missing[:1] and self.chosen[0].hinted >= NAMED_BY_A_RULE
        if missing and (named or self.manner.room is FULLER):
            yield from self.composed(missing)

    def composed(self, chosen: Sequence[ScoredStatement] | None = None) -> Iterator[Sentence]:
        """The best statements of the documents, or these, each cited."""
        told = self.chosen if chosen is None else chosen
        with self.clock.stage("write"):
            sentences = compose(self.found.question, told, self.readings, self.ledger, self.analyser, self.manner)
        yield from sentences

    def _generated(self) -> Iterator[Sentence]:
        messages, used, longest = self._put()
        pieces = self._timed(self.pen.generator.stream(messages, max_tokens=longest))
        for draft in drafts(pieces, [source.token for source in used]):
            if draft.text.startswith(prompts.REFUSAL.rstrip(".")):
                self.declined = not self.ledger.citations
                return
            with self.clock.stage("check"):
                sentence = self._looked_at(check(draft, used, self.ledger, self.analyser))
            if sentence:
                yield sentence

    def _timed(self, pieces: Iterator[str]) -> Iterator[str]:
        while True:
            start = time.perf_counter()
            try:
                piece = next(pieces, None)
            finally:
                self._waited += time.perf_counter() - start
            if piece is None:
                return
            yield piece

    def _put(self) -> tuple[list[ChatMessage], list[Source], int]:
        """What the model is asked, the passages in it, and how many tokens it may answer with."""
        pen, sources = self.pen, sources_of(self.readings)
        if pen.form:
            ledger = self.ledger.anew()
            compose(self.found.question, self.chosen, self.readings, ledger, self.analyser, self.manner)
            cited = map(self.passage, ledger.citations)
            return *as_it_learned(pen.form, self.asked, cited, sources), pen.form.answer
        told = prompts.messages(pen.prompt, self.asked, self.readings, sources, num_ctx=pen.num_ctx, tone=pen.tone)
        return *told, prompts.ANSWER_TOKENS

    def _looked_at(self, sentence: Sentence | None) -> Sentence | None:
        """The sentence, or None and counted where it names a person whom neither the question nor its own citations name."""
        if sentence is None:
            return None
        cited = [self.passage(self.ledger.citations[number - 1]) for number in sentence.citations]
        known = (" ".join((one.title, *one.path, one.label, one.section_title, one.text)) for one in cited)
        if not names_somebody_new(sentence.text, (self.asked, self.found.question.text, *known), self.pen.personal):
            return sentence
        self.withheld += 1
        self.ledger.take_back(self.emitted)
        return None


def _tells(text: str, said: AnalysedStatement) -> bool:
    """Whether a text says what a statement does: its numbers, and most of the rest in whatever words."""
    body = f"{said.lead} {said.body}"
    wanted = {stem(word) for word in words(body) if not is_stop(word)}
    numbers = {one.value for one in figures(body)} <= {one.value for one in figures(text)}
    return numbers and len(wanted & {stem(word) for word in words(text)}) >= MOST * len(wanted)


def _said_before(sentence: Sentence, said: Sequence[Sentence]) -> bool:
    return bool(sentence.citations) and any(set(sentence.citations) <= set(other.citations) for other in said)


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
