"""Sections in, analysed statements out; the ones asked for lately are remembered."""

import re
import threading
from collections import OrderedDict, defaultdict
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from nova.answers.passages.shelf import HeldSection
from nova.answers.passages.statements import Span, Statement, plain, read
from nova.language.analyser import Analyser, Word
from nova.language.figures import Figure, figures

PART = 0.8
TERM = 60
OPENING = 600


@dataclass(frozen=True)
class Features:
    """What a text is compared by: its stems, and compound parts together with the stems."""

    stems: frozenset[str]
    parts: frozenset[str]

    @staticmethod
    def of(words: list[Word]) -> "Features":
        """The features of analysed words."""
        stems = frozenset(word.stem for word in words)
        return Features(stems, stems.union(*(word.parts for word in words)))

    def share(self, word: Word) -> float:
        """How well a word is met here, 0 to 1: as the same stem, or by its parts."""
        if word.stem in self.stems:
            return 1.0
        met = sum(1 for part in word.parts if part in self.parts)
        return PART * met / len(word.parts) if met else 0.0


_NONE = Features(frozenset(), frozenset())


_REFERS = re.compile(r"\b(?:unberührt|entsprechend anzuwenden|gelten entsprechend|gilt entsprechend|sinngemäß)\b")
_RULES = re.compile(
    r"\b(?:darf|dürfen|kann|können|muss|müssen|hat|haben|ist|sind|gilt|gelten|bedarf|verpflichtet|berechtigt|zulässig|unzulässig)\b",
    re.IGNORECASE,
)
_TERM_IS = re.compile(
    r"^[^.:;]{2,90}:\s|\bim Sinne (?:dieses|dieser|des|der)\b|\bbedeute[tn]\b"
    r"|\b(?:ist|sind|gilt|gelten) (?:jede|ein|eine|der|die|das|als)\b"
)


class AnalysedStatement:
    """A statement of a section with its words as an answer would show them."""

    def __init__(self, held: HeldSection, statement: Statement, analyser: Analyser, block: "Block | None" = None) -> None:
        self.held = held
        self.statement = statement
        self._analyser = analyser
        self._block = block or Block()
        self._block.said.append(self)
        self.proven: bool | None = None  # what checking it as it is shown gave, once that was done

    @cached_property
    def body(self) -> str:
        """The statement's own words as shown."""
        return plain(self._slice((self.statement.start, self.statement.end)))

    @cached_property
    def lead(self) -> str:
        """The words it continues as shown, or ""."""
        return " ".join(plain(self._slice(span)) for span in self.statement.lead)

    @cached_property
    def tail(self) -> str:
        """The words that end its sentence behind the list, or ""."""
        return plain(self._slice(self.statement.tail)) if self.statement.tail else ""

    @cached_property
    def words(self) -> list[Word]:
        """Its own content words in order."""
        return self._analyser.words(f"{self.body} {self.tail}")

    @cached_property
    def term(self) -> list[Word]:
        """The content words of a short entry it stands under ("Minutenreserve"), else none."""
        if not self.statement.lead or self.statement.tail:
            return []
        above = self._slice(self.statement.lead[-1])
        return self._analyser.words(above) if len(above) < TERM else []

    @cached_property
    def features(self) -> Features:
        """Of the statement's own words."""
        return Features.of(self.words)

    @cached_property
    def lead_features(self) -> Features:
        """Of the words it continues."""
        return Features.of(self._analyser.words(self.lead)) if self.lead else _NONE

    @cached_property
    def around(self) -> Features:
        """Of the words it continues and of the statements that begin in its Absatz's first 600 characters."""
        block, lead = self._block.features, self.lead_features
        if lead.parts <= block.parts and lead.stems <= block.stems:
            return block
        return Features(block.stems | lead.stems, block.parts | lead.parts)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Its numbers, dates and times."""
        return figures(f"{self.body} {self.tail}")

    @cached_property
    def refers(self) -> bool:
        """Whether it only sends the reader to another provision ("§ 14 gilt entsprechend")."""
        return bool(_REFERS.search(self.body))

    @cached_property
    def rules(self) -> bool:
        """Whether it says what may, must or is."""
        return bool(_RULES.search(f"{self.lead} {self.body} {self.tail}"))

    @cached_property
    def explains(self) -> bool:
        """Whether it says what a term means."""
        return bool(_TERM_IS.search(self.body))

    def _slice(self, span: Span) -> str:
        return self.held.text.text[span[0] : span[1]]


class Block:
    """The statements of one Absatz; `features` are those of the ones that begin in its first 600 characters."""

    def __init__(self) -> None:
        self.said: list[AnalysedStatement] = []

    @cached_property
    def features(self) -> Features:
        """What the Absatz speaks of at its beginning."""
        near = [one.features for one in self.said if one.statement.start < one.statement.block[0] + OPENING]
        return Features(frozenset().union(*(one.stems for one in near)), frozenset().union(*(one.parts for one in near)))


@dataclass(frozen=True)
class AnalysedSection:
    """A section, its heading's features and its statements in order."""

    held: HeldSection
    heading: Features
    said: tuple[AnalysedStatement, ...]


class SectionAnalyser:
    """Reads sections; keeps the last `limit` readings (a section's words never change under one id)."""

    def __init__(self, limit: int = 1500) -> None:
        self._limit = limit
        self._kept: OrderedDict[UUID, tuple[Analyser, AnalysedSection]] = OrderedDict()
        self._lock = threading.Lock()

    def known(self, section_id: UUID, offset: int, analyser: Analyser) -> AnalysedSection | None:
        """The remembered reading of a section if it was made with this analyser and holds the offset."""
        with self._lock:
            kept = self._kept.get(section_id)
            if kept is None or kept[0] is not analyser:
                return None
            text = kept[1].held.text
            if not text.start <= offset < text.start + len(text.text):
                return None
            self._kept.move_to_end(section_id)
            return kept[1]

    def forget(self) -> None:
        """Remember nothing (after an erasure)."""
        with self._lock:
            self._kept.clear()

    def read(self, held: HeldSection, analyser: Analyser) -> AnalysedSection:
        """The statements of a section."""
        text = held.text
        heading = Features.of(analyser.words(" ".join((*text.path[-2:], held.document))))
        blocks: dict[Span, Block] = defaultdict(Block)
        said = tuple(AnalysedStatement(held, statement, analyser, blocks[statement.block]) for statement in read(text.text, held.heading))
        reading = AnalysedSection(held, heading, said)
        with self._lock:
            self._kept[text.section_id] = (analyser, reading)
            self._kept.move_to_end(text.section_id)
            while len(self._kept) > self._limit:
                self._kept.popitem(last=False)
        return reading
