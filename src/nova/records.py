"""The nouns that cross rooms: frozen, without behaviour beyond what their fields imply.

Offsets are characters (Python code points) into an item version's stored text. Times are aware UTC datetimes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from nova.roles import Capability, Role, may
from nova.turns import NO_FOCUS, DataFocus, DataTurn, Emergency, Outcome, Understood

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ItemKind = Literal["document", "regulation", "note"]
CONVERSATION = "conversation"  # the kind of item that holds a conversation's passages
CONVERSATIONS_OWNER = UUID("00000000-0000-4000-8000-00000000c0de")  # whose they are: no one's, so that nobody's answers come from them
ItemSource = Literal["upload", "crawler", "api"]
BlockKind = Literal["heading", "paragraph", "list", "table", "code", "meta"]


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a document's structure: `text[start:end]`. A heading has level 1-6 and spans its words only, without markup."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page's number (from 1) and its span in the text."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file turned into text: what an extractor gives and the chunker takes. Blocks are in order and do not overlap."""

    text: str
    media_type: str
    title: str | None = None
    blocks: tuple[Block, ...] = ()
    pages: tuple[Page, ...] = ()
    meta: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the heading tree that holds text of its own; the parent that answers for its chunks.

    `label` is the norm or number ("§ 14a", "Anlage 2", "3.1") or "". `path` runs from the document's title to the heading.
    `norm` is the canonical key ("enwg:14a") or None.
    """

    ordinal: int
    label: str
    title: str
    path: tuple[str, ...]
    start: int
    end: int
    norm: str | None = None


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage of 120-150 words (a child of one section) as the chunker cuts it; `text` is `document.text[start:end]`."""

    ordinal: int
    section: int
    text: str
    path: tuple[str, ...]
    start: int
    end: int
    page_from: int | None = None
    page_to: int | None = None


@dataclass(frozen=True, slots=True)
class SparseVector:
    """Term ids (32 bit, unique, ascending) and their weights; lexical search is its dot product with IDF applied by the index."""

    indices: tuple[int, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """What the index holds for a chunk. Times are whole milliseconds since 1970; `valid_to` None means current.

    `dense` is the embedding model's unit vector, None where there is no model or it has not answered yet.
    """

    chunk_id: UUID
    item_id: UUID
    lexical: SparseVector
    kind: str
    tags: tuple[str, ...]
    owner: UUID | None
    valid_from: int
    valid_to: int | None
    dense: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Which chunks a question may see. `owner` sees the company's (owner NULL) and their own; `as_of` None means current ones.

    `staff` works for the company and sees its meters, too.
    """

    owner: UUID | None = None
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    items: tuple[UUID, ...] = ()
    as_of: datetime | None = None
    staff: bool = False

    @property
    def narrows(self) -> bool:
        """Whether it asks for less than all that is current and visible."""
        return bool(self.kinds or self.tags or self.items or self.as_of)

    @property
    def as_of_ms(self) -> int | None:
        """`as_of` as points keep times: whole milliseconds since 1970."""
        return None if self.as_of is None else milliseconds(self.as_of)


def milliseconds(moment: datetime) -> int:
    """Whole milliseconds since 1970."""
    return (moment - EPOCH) // timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class IndexHit:
    """A chunk the index found and its raw score."""

    chunk_id: UUID
    score: float


@dataclass(frozen=True, slots=True)
class Passage:
    """A stored chunk with all that an answer needs of it: where it stands, in which version, and its parent section."""

    chunk_id: UUID
    item_id: UUID
    version: int
    title: str
    kind: str
    path: tuple[str, ...]
    label: str
    section_id: UUID
    section_title: str
    text: str
    start: int
    end: int
    page: int | None = None
    norm: str | None = None
    score: float = 0.0
    tags: tuple[str, ...] = ()

    def scored(self, score: float) -> "Passage":
        """The same with this score; written out because `replace` takes ten times as long and there are a hundred."""
        return Passage(
            self.chunk_id, self.item_id, self.version, self.title, self.kind, self.path, self.label, self.section_id, self.section_title,
            self.text, self.start, self.end, self.page, self.norm, score, self.tags,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SectionText:
    """A parent section's full text; `start` is its offset in the item version's stored text."""

    section_id: UUID
    item_id: UUID
    version: int
    label: str
    title: str
    path: tuple[str, ...]
    text: str
    start: int
    norm: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Evidence for one sentence of an answer: the quote is the stored text from `start` to `end`, checked by code."""

    number: int
    chunk_id: UUID
    item_id: UUID
    version: int
    title: str
    section: str
    page: int | None
    start: int
    end: int
    quote: str
    score: float


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer with the numbers of its citations and the ids of its facts; `checked` is False when nothing supports it."""

    text: str
    citations: tuple[int, ...]
    checked: bool
    facts: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class DataFact:
    """A number from a query over time series, cited as `[data <fact_id>]`.

    `text` is the number as it may be said ("1.234,5 kWh"). `query` holds the tool's name, its arguments and the window (`from`, `to`, ISO
    UTC), enough to compute it again. `chart` holds columns to draw, or None. `stale_at`: since when a value it may rest on is taken back.
    """

    fact_id: UUID
    label: str
    value: float | None
    unit: str
    text: str
    query: Mapping[str, Any]
    rows: int
    chart: Mapping[str, Any] | None = None
    stale_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DataSentence:
    """A German sentence whose numbers all come from these facts."""

    text: str
    facts: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class DataAnswer:
    """What the data say. `terms` are German words for what documents should say more about; `refused` with a sentence that says why.

    `asks_back`: the sentence asks who asked for what is missing. `focus` is for the next question of the conversation.
    """

    status: Literal["answered", "refused"]
    sentences: tuple[DataSentence, ...]
    facts: tuple[DataFact, ...]
    terms: tuple[str, ...] = ()
    next_question: str | None = None
    asks_back: bool = False
    focus: DataFocus = NO_FOCUS
    turn: DataTurn | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What Luna says. `status`: answered, partial (marked sentences) or refused (the sources do not answer).

    With an `emergency` its sentences say what to do; they rest on no source, and nothing was searched. `route` is the page of the web app
    that an answer about Nova leads to.
    """

    answer_id: UUID
    status: Literal["answered", "partial", "refused"]
    text: str
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    passages: tuple[Passage, ...]
    next_question: str | None
    model: str
    prompt_version: str
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    facts: tuple[DataFact, ...] = ()
    conversation_id: UUID | None = None
    emergency: Emergency | None = None
    outcome: Outcome = "answered"
    understood: Understood | None = None
    route: str = ""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is asking. `user_id` is None for the operator's key, which is nobody; operators with a name are persons with the same role.

    Everybody but a service account, which is a program, is a person with things of their own. `scopes` are those of the token somebody came
    with; None: all that their role may.
    """

    role: Role
    user_id: UUID | None = None
    external_id: str | None = None
    scopes: frozenset[Capability] | None = None

    def may(self, capability: Capability) -> bool:
        """Whether they are allowed something, here and now."""
        return may(self.role, capability) and (self.scopes is None or capability in self.scopes)

    @property
    def token(self) -> str:
        """How the audit log and what people decided name them: `admin` (the key), `user:<user_id>` for customers, or `<role>:<user_id>`.

        A door of programs that has no account is `service:<its name>`.
        """
        if self.role == "admin" and self.user_id is None:
            return "admin"
        return f"{'user' if self.role == 'customer' else self.role}:{self.user_id or self.external_id}"

    @property
    def person(self) -> str:
        """The same person whatever their role: their id; `admin` for the operator's key."""
        return self.token.rpartition(":")[2]


JobState = Literal["queued", "running", "done", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as people see it. `progress` and `total` count what `stage` works on."""

    job_id: UUID
    kind: str
    state: JobState
    stage: str
    progress: int
    total: int
    title: str
    error: str | None
    error_code: str | None
    result: Mapping[str, Any]
    item_id: UUID | None
    owner: UUID | None
    attempts: int
    cancel_requested: bool
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


ReviewReason = Literal["thumbs_down", "ungrounded", "weak", "rare", "sample"]
ReviewState = Literal["open", "accepted", "rejected", "changed"]
ErasureState = Literal["queued", "running", "done", "failed", "cancelled", "stopped"]


@dataclass(frozen=True, slots=True)
class Person:
    """Who somebody is: their pseudonym, who they are among the users, and the HMAC of what another system calls them.

    `before`: under that HMAC only who came here until then; None means everybody.
    """

    subject_id: UUID
    user_id: UUID | None = None
    external_id: str | None = None
    lookup: bytes | None = None
    before: datetime | None = None

    @property
    def names(self) -> list[str]:
        """Under what they may stand in arguments of jobs and in messages."""
        return [str(one) for one in (self.subject_id, self.user_id, self.external_id) if one is not None]


@dataclass(frozen=True, slots=True)
class Erasure:
    """An entry of the ledger. `lookup` is an HMAC; `receipt` holds counts, times and tokens. `done_at` None: not yet done."""

    erasure_id: UUID
    subject_id: UUID
    user_id: UUID | None
    lookup: bytes | None
    asked_at: datetime
    done_at: datetime | None = None
    receipt: Mapping[str, Any] = field(default_factory=dict)

    @property
    def person(self) -> Person:
        """Whom it is about."""
        return Person(self.subject_id, self.user_id, None, self.lookup, self.asked_at)


@dataclass(frozen=True, slots=True)
class ErasureStanding:
    """An entry and what its job has come to. `stopped`: it is in nobody's hands; `error` is the job's, in German."""

    erasure: Erasure
    state: ErasureState
    job_id: UUID | None = None
    error: str | None = None
