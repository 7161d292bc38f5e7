"""Small contracts for the world outside, for jobs and for the audit log. Engines fulfil them; only wiring chooses which."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO, Protocol
from uuid import UUID

from nova.records import Caller, DataAnswer, Document, IndexHit, Point, Scope, SparseVector
from nova.turns import NO_FOCUS, DataFocus


class Index(Protocol):
    """Search over chunks. Postgres is the truth; everything here can be rebuilt from it."""

    def upsert(self, points: Sequence[Point]) -> None:
        """Insert or replace points by chunk id; durable when it returns."""

    def delete(self, chunk_ids: Sequence[UUID]) -> None:
        """Remove points; unknown ids are ignored."""

    def delete_items(self, item_ids: Sequence[UUID]) -> None:
        """Remove every point of these items."""

    def search(self, query: SparseVector, scope: Scope, limit: int) -> list[IndexHit]:
        """The best `limit` chunks inside `scope`, best first; filters are part of the query, never applied afterwards."""

    def near(self, vector: Sequence[float], scope: Scope, limit: int) -> list[IndexHit]:
        """The `limit` chunks inside `scope` whose dense vectors have the largest cosine with `vector`; points without one are left out.

        An index without room for dense vectors, or of another dimension, gives none.
        """

    @property
    def dense_size(self) -> int:
        """How many dimensions the dense vectors have that points have room for; 0 for none."""

    def make_room(self, dense_size: int) -> None:
        """From now on points have room for a dense vector of this many dimensions (0: none).

        Dense vectors held so far are dropped, also those of the same size; everything else stays and goes on being found meanwhile.
        """

    def ids(self) -> Iterator[UUID]:
        """Every chunk id held (for comparison with the truth)."""

    def count(self) -> int:
        """How many points are held."""

    def clear(self) -> None:
        """Remove everything (before a rebuild); `rebuild_needed` holds from now until `rebuilt` is called."""

    @property
    def rebuild_needed(self) -> bool:
        """Whether the index is new, emptied or was damaged, so that it lacks what Postgres holds."""

    def rebuilt(self) -> None:
        """Everything Postgres holds is in the index again."""

    def settle(self) -> None:
        """Call it after some idle seconds: packs what is worth it, so that memory and disk are given back."""

    def health(self) -> Mapping[str, Any]:
        """`name`, `version` and `points`; raises ServerAbsent when it does not answer."""

    def close(self) -> None:
        """Flush and let go of the files or connections."""


class Children(Protocol):
    """Child processes for CPU-heavy or dangerous work, each call with its own limits."""

    def run(
        self, function: str, args: Mapping[str, Any], body: bytes = b"", *, name: str = "Datei", patient: bool = False, own: str = ""
    ) -> tuple[Any, bytes]:
        """Call `module:name` with `(args, body)` in a child; gives its JSON value and bytes. UnreadableFile for a crash or a limit.

        `patient`: work on Nova's own data that may take minutes, where a file's must end in seconds. `own` names a file that may take its
        reader over: a child that served a call with it serves none with another.
        """


class Objects(Protocol):
    """Whole files under keys such as `docs/raw/<sha256>`; a key never comes from a user."""

    def put(self, key: str, data: bytes | BinaryIO) -> None:
        """Store atomically; a reader sees the old object, the new one or none, never half."""

    def get(self, key: str) -> bytes:
        """The object's bytes; NotFound when absent."""

    def blocks(self, key: str) -> Iterator[bytes]:
        """The object's bytes in pieces of about a megabyte; NotFound when absent."""

    def part(self, key: str, start: int, length: int) -> bytes:
        """`length` bytes from `start`; both lie inside the object. NotFound when absent."""

    def exists(self, key: str) -> bool:
        """Whether the key holds an object."""

    def delete(self, key: str) -> None:
        """Remove the object; an absent one is fine."""

    def keys(self, prefix: str) -> Iterator[str]:
        """All keys below a prefix."""

    def health(self) -> Mapping[str, Any]:
        """Name and place; raises ServerAbsent."""


class Texts(Protocol):
    """Files to text with structure, pages and offsets."""

    def sniff(self, head: bytes, filename: str) -> str:
        """The media type by content (the name only breaks ties among text kinds); UnsupportedFile when none fits."""

    def extract(self, data: bytes, media_type: str, filename: str) -> Document:
        """The document's text; UnreadableFile with the reason, also for time and memory limits."""

    def page_image(self, data: bytes, number: int, width: int) -> bytes:
        """A PDF page (from 1) as PNG, `width` pixels wide."""

    def page_marks(self, data: bytes, number: int, quote: str) -> Mapping[str, Any]:
        """Where a quote stands on a PDF page: `width`, `height` and `boxes` of x, y, w, h as shares of the page."""

    def health(self) -> Mapping[str, Any]:
        """Name, and which optional parts (OCR) are there."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A downloaded page or file."""

    url: str
    data: bytes
    content_type: str
    filename: str


class Fetcher(Protocol):
    """The one way out: resolves once, checks every address, no redirects, caps size and time."""

    def fetch(self, url: str) -> Fetched:
        """Download; BlockedAddress, InvalidInput, TooLarge or ServerAbsent."""


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message to a model; role is system, user or assistant."""

    role: str
    content: str


class Generator(Protocol):
    """A language model behind a server, or none."""

    @property
    def model(self) -> str:
        """The model's name; "" when there is none and answers are composed from sentences."""

    def stream(self, messages: Sequence[ChatMessage], *, max_tokens: int) -> Iterator[str]:
        """Pieces of text as they come; ServerAbsent, Busy or UnreadableFile never mid-word silently: errors are raised."""

    def health(self) -> Mapping[str, Any]:
        """Name, model; raises ServerAbsent."""


class Embedder(Protocol):
    """An embedding model behind a server. Vectors have length 1, those of one call one dimension; the server may change it."""

    @property
    def model(self) -> str:
        """The model's name; what it is called on the server."""

    @property
    def note(self) -> str:
        """What people should know of this model before they rely on it, in German; "" when there is nothing."""

    def passages(self, texts: Sequence[str]) -> list[tuple[float, ...] | None]:
        """One vector a text, in order, with the model's own prefix for stored text; None for one that the model takes in no form.

        Raises ServerAbsent or Busy.
        """

    def question(self, text: str, *, patient: bool = False) -> tuple[float, ...] | None:
        """The vector of a question, with the model's own prefix for questions; None for one that the model takes in no form.

        ServerAbsent or Busy, also after a fraction of a second; `patient` waits as long as for passages.
        """

    def health(self) -> Mapping[str, Any]:
        """`name`, `model` and `dimension`; raises ServerAbsent."""


class Scanner(Protocol):
    """A virus scanner, or none."""

    def scan(self, data: bytes, name: str) -> str | None:
        """What was found in a file, or None; ServerAbsent when the scanner does not answer (the file is then refused), TooLarge."""

    def health(self) -> Mapping[str, Any]:
        """`name` and `version`; raises ServerAbsent."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a stream. Messages with the same key keep their order; `value` is JSON.

    `position` says where it stands: one of its kind in its topic, and the same each time the message is given. `take` sets it.
    """

    key: str
    value: bytes
    position: str = ""


class Batch(Protocol):
    """Messages taken from a stream; given again until they are committed."""

    @property
    def messages(self) -> Sequence[Message]:
        """In order for each key; may be empty."""

    def commit(self) -> None:
        """These are stored: do not give them again. Call it after the database's commit; ServerAbsent when they will come again."""


class Stream(Protocol):
    """A durable line of messages by topic. Delivery is at least once; whoever stores them makes it exactly once."""

    def publish(self, topic: str, messages: Sequence[Message]) -> None:
        """Durable when it returns; ServerAbsent."""

    def take(self, topic: str, group: str, limit: int, timeout: float) -> Batch:
        """Up to `limit` messages this group has not committed, waiting up to `timeout` seconds for the first; ServerAbsent.

        What two readers of a group hold is never the same. A reader holds one batch: taking again gives back what it did not commit.
        """

    def health(self) -> Mapping[str, Any]:
        """`name` and what is known of the brokers; raises ServerAbsent."""

    def close(self) -> None:
        """Let go of the connections."""


# The topics outside: what comes in, and what goes out.
EVENTS, REFUSED, JOBS, FEEDBACK = "nova.events", "nova.events.refused", "nova.jobs", "nova.feedback"
OUTGOING = (REFUSED, JOBS, FEEDBACK)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that the world outside is to hear: ids and tokens only, never text."""

    topic: str
    key: str
    value: Mapping[str, Any]


class Outbox(Protocol):
    """What the world outside is to hear, kept in the database until it has heard it."""

    def put(self, connection: Any, *facts: Fact) -> None:
        """Tell them once the caller's transaction is committed, in order for each key. A transaction that tells several does so at once."""


class Audit(Protocol):
    """Who did what to which thing: tokens and ids, never text."""

    def record(self, actor: Caller, action: str, target: str, facts: Mapping[str, Any] | None = None, *, connection: Any) -> None:
        """Append one entry in the caller's transaction: the change and its entry are both there, or neither.

        Call it last: whoever seals waits for it. What changes outside the database has a transaction of its own for its entry.
        """


REFUSED_PARCEL = "refused"


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file, pull or bundle of messages as it came. `format` is "" where the content tells; `cursor` says where to go on after it.

    Without `data` there is only the cursor. With the format REFUSED_PARCEL the data are a JSON list of what the connector itself could not
    read, each `{"where", "why"}`.
    """

    name: str
    data: bytes
    format: str = ""
    cursor: Mapping[str, Any] = field(default_factory=dict)


class Connector(Protocol):
    """A feed of readings, prices or signals. Delivery is at least once; storing the same again changes nothing."""

    @property
    def name(self) -> str:
        """What the feed is called in table `feeds`, such as "smard"."""

    def take(self, cursor: Mapping[str, Any], now: datetime) -> Iterator[Parcel]:
        """What there is after `cursor` ({}: from the start) and before `now`, oldest first.

        May wait a few seconds for the first. A parcel comes again until `stored` was called for it. ServerAbsent, Busy or InvalidInput.
        """

    def stored(self, parcel: Parcel, report: Mapping[str, Any]) -> None:
        """The parcel is committed, or refused for good; `report` says what became of its rows."""

    def health(self) -> Mapping[str, Any]:
        """`name` and `place`; raises ServerAbsent."""

    def close(self) -> None:
        """Let go of connections."""


class DataTool(Protocol):
    """Answers from time series: numbers come from queries, never from a model."""

    def answer(self, question: str, scope: Scope, now: datetime, before: DataFocus = NO_FOCUS, *, sure: bool = False) -> DataAnswer | None:
        """What the data say to a German question; None when it asks nothing of them. Only what `scope.owner` may see.

        `before` is the focus of the answer before, which the question may go on with; `sure`: it is known to be for data.
        """

    def advise(self, question: str, scope: Scope, now: datetime, before: DataFocus = NO_FOCUS) -> DataAnswer | None:
        """What one's own figures say to a wish for advice, with its assumptions; None where there is nothing to look at."""
