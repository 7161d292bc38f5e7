"""Documents in memory for the answers room: a shelf, an index and models that say what they are told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from uuid import UUID, uuid5

from nova.answers.ask import AskContext
from nova.answers.compose import prompt
from nova.answers.passages.analyse import AnalysedSection, SectionAnalyser
from nova.answers.passages.shelf import AnswerRecord, HeldSection, Place, heading_length
from nova.answers.search.retrieve import Clock, Retrieval, Sources, retrieve
from nova.answers.search.select import ScoredStatement, choose
from nova.answers.understand.vocabulary import Vocabulary
from nova.engines.extract.markdown import normalise, parse_markdown
from nova.knowledge.chunk import chunks
from nova.knowledge.structure import law_of, sections, title_of
from nova.language.analyser import Analyser
from nova.language.norms import known_laws
from nova.ports import ChatMessage
from nova.privacy import strict_scan
from nova.records import Passage, Point, Scope, SectionText
from tests.fakes.memory import MemoryIndex
from tests.places import SAMPLES

SPACE = UUID("6ba7b812-9dad-11d1-80b4-00c04fd430c8")
ANALYSER = Analyser.builtin()


class MemoryShelf:
    """What Postgres would hold; every document is the company's and current."""

    def __init__(self) -> None:
        self.held: dict[UUID, Passage] = {}
        self.texts: dict[UUID, str] = {}
        self.parts: dict[UUID, HeldSection] = {}
        self.names: dict[str, str] = {}
        self.kept: list[AnswerRecord] = []

    def passages(self, chunk_ids: Sequence[UUID], scope: Scope) -> list[Passage]:
        return [self.held[one] for one in chunk_ids if one in self.held]

    def sections(self, around: Mapping[UUID, int], scope: Scope) -> list[HeldSection]:
        return [self.parts[one] for one in around if one in self.parts]

    def provisions(self, norms: Sequence[str], scope: Scope, limit: int) -> list[Passage]:
        return [passage for passage in self.held.values() if passage.norm in norms][:limit]

    def laws(self) -> Mapping[str, str]:
        return self.names

    def keep(self, record: AnswerRecord) -> None:
        self.kept.append(record)


def add(shelf: MemoryShelf, index: MemoryIndex, name: str, text: str, kind: str = "document") -> UUID:
    """Put a Markdown document on the shelf and into the index."""
    document = parse_markdown(normalise(text))
    item, title, found = uuid5(SPACE, name), title_of(document), sections(document)
    shelf.texts[item] = document.text
    law = law_of(document)
    shelf.names |= {alias: key for alias, key in known_laws().names.items() if key == law}
    places: dict[UUID, list[Place]] = {}
    for chunk in chunks(document, found):
        part = found[chunk.section]
        section_id, chunk_id = uuid5(item, f"s{part.ordinal}"), uuid5(item, f"c{chunk.ordinal}")
        shelf.held[chunk_id] = Passage(
            chunk_id, item, 1, title, kind, part.path, part.label, section_id, part.title, chunk.text, chunk.start, chunk.end, None,
            part.norm,
        )  # fmt: skip
        places.setdefault(section_id, []).append(Place(chunk_id, chunk.start, chunk.end))
        vector = ANALYSER.document(title, part.path, chunk.text, (part.norm,) if part.norm else ())
        index.upsert([Point(chunk_id, item, vector, kind, (), None, 0, None)])
    for part in found:
        section_id = uuid5(item, f"s{part.ordinal}")
        words = document.text[part.start : part.end]
        held = SectionText(section_id, item, 1, part.label, part.title, part.path, words, part.start, part.norm)
        shelf.parts[section_id] = HeldSection(held, title, kind, tuple(places.get(section_id, ())), heading_length(words, part.title))
    return item


@dataclass
class Scripted:
    """A model that streams a script in small pieces; an exception in the script is raised when it is reached."""

    script: Sequence[str | Exception]
    name: str = "scripted"
    asked: list[Sequence[ChatMessage]] = field(default_factory=list)

    @property
    def model(self) -> str:
        return self.name

    def stream(self, messages: Sequence[ChatMessage], *, max_tokens: int) -> Iterator[str]:
        self.asked.append(messages)
        for part in self.script:
            if isinstance(part, Exception):
                raise part
            yield from (part[at : at + 7] for at in range(0, len(part), 7))

    def health(self) -> Mapping[str, str]:
        return {"name": self.name}


def house(*documents: tuple[str, str], model: Scripted | None = None) -> AskContext:
    """An asking context over some documents."""
    shelf, index = MemoryShelf(), MemoryIndex()
    for name, text in documents:
        add(shelf, index, name, text)
    vocabulary = Vocabulary.load()
    return AskContext(
        shelf=shelf,
        index=index,
        generator=model or Scripted((), name=""),
        analyser=lambda: ANALYSER,
        vocabulary=lambda: vocabulary,
        prompt=prompt.builtin,
        redact=lambda text: text.replace("0171 2345678", "[TELEFON]"),
        personal=lambda text: [text[span.start : span.end] for span in strict_scan(text)],
    )


@lru_cache(maxsize=1)
def laws() -> AskContext:
    """The sample laws on basic supply and grid connection."""
    return house(*((name, (SAMPLES / f"{name}.md").read_text("utf-8")) for name in ("stromgvv", "nav")))


def with_model(context: AskContext, *script: str | Exception) -> AskContext:
    """The same house with a model that says this."""
    return replace(context, generator=Scripted(script))


def reading_of(
    text: str, *, title: str = "Handbuch", label: str = "", heading: str = "Handbuch", norm: str | None = None
) -> AnalysedSection:
    """A section read as answers read it; the whole text is one passage."""
    item, section_id = uuid5(SPACE, text), uuid5(SPACE, text + "s")
    held = SectionText(section_id, item, 1, label, heading, (title, heading), text, 0, norm)
    place = Place(uuid5(section_id, "c"), 0, len(text))
    return SectionAnalyser().read(HeldSection(held, title, "document", (place,), 0), ANALYSER)


def found_for(context: AskContext, text: str) -> tuple[Retrieval, list[ScoredStatement]]:
    """What a house finds for a question, and the statements that answer it best."""
    sources = Sources(context.shelf, context.index, context.analyser(), context.vocabulary(), context.memory)
    found = retrieve(text, Scope(), sources, Clock(), rules=context.rules().near(text))
    return found, choose(found.question, found.readings, hints=found.hints)
