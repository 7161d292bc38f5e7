"""Shapes of ingest, documents, versions, passages and the figures about them."""

from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from fastapi import UploadFile
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from nova.api.models.common import WHOLE, Flag, ItemStatus, JobData, Kind, Request, Source, Tag, Text

WEB = r"^\s*[hH][tT][tT][pP][sS]?://"
TITLE = r"^[^\x00]*[^\x00\s][^\x00]*$"


class Ingested(BaseModel):
    """A stored document; `chunks` is null while it is still being read (202)."""

    item_id: UUID
    chunks: int | None
    sha256: str
    job_id: UUID
    version: int
    status: ItemStatus


class IngestForm(Request):
    """A file and what its sender says of it."""

    file: Annotated[UploadFile, Field(description="PDF, DOCX, PPTX, XLSX, HTML, Markdown or text.")]
    kind: Kind = "document"
    source: Source = "upload"
    tags: Annotated[list[Text], Field(max_length=20, default_factory=list, description="Repeat the field or separate by commas.")]
    replace: Annotated[Literal["none", "name"], Field(description="`name`: a known file name means a new version.")] = "none"
    wait: Annotated[int, Field(ge=0, le=60, description="Seconds to wait for the passages.")] = 30


class IngestUrl(Request):
    """A page or file to load."""

    url: Annotated[str, StringConstraints(min_length=8, max_length=2000, pattern=WEB), AfterValidator(str.strip)]
    kind: Kind = "document"
    tags: Annotated[list[Tag], Field(fail_fast=True, max_length=20, default_factory=list)]
    wait: Annotated[int, Field(ge=0, le=60), WHOLE] = 30


class ItemData(BaseModel):
    """A document."""

    item_id: UUID
    title: str
    kind: Kind
    source: Source
    tags: list[str]
    status: ItemStatus
    error: str | None
    version: int
    chunks: int
    bytes: int | None
    url: str | None
    filename: str
    owner: str | None = Field(description="External id of the person whose document it is; null: the company's.")
    created_at: datetime
    updated_at: datetime
    job_id: UUID | None = Field(None, description="The newest job that works on it.")


class Facets(BaseModel):
    """How many documents each value would leave."""

    kinds: dict[str, int]
    tags: dict[str, int]
    statuses: dict[str, int]


class ItemList(BaseModel):
    """One page; `total` counts all that match."""

    items: list[ItemData]
    total: int
    facets: Facets


class VersionData(BaseModel):
    """A version; `valid_to` null: it stands today."""

    version: int
    valid_from: datetime
    valid_to: datetime | None
    chars: int | None
    pages: int | None
    media_type: str
    filename: str
    state: str
    bytes: int


class ItemDetail(ItemData):
    """A document with its versions, newest first."""

    versions: list[VersionData]


class ItemChange(Request):
    """What to change; a field left out stays as it is."""

    title: Annotated[str | None, StringConstraints(min_length=1, max_length=300, pattern=TITLE)] = None
    tags: Annotated[list[Tag], Field(fail_fast=True, max_length=20)] | None = None
    kind: Kind | None = None


class DeletedItem(BaseModel):
    """The document is gone, with so many passages."""

    deleted: Literal[True]
    chunks: int


class ChunkData(BaseModel):
    """A passage and where it stands."""

    chunk_id: UUID
    idx: int
    section: str
    path: list[str]
    page: int | None
    start: int
    end: int
    text: str


class ChunkList(BaseModel):
    """One page in reading order."""

    chunks: list[ChunkData]
    total: int


class BulkRequest(Request):
    """The same for several documents; `tag` belongs to the actions tag and untag."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"properties": {"action": {"enum": ["delete", "reindex"]}}},
                {"properties": {"tag": {"type": "string"}}, "required": ["tag"]},
            ]
        }
    )

    action: Literal["delete", "tag", "untag", "reindex"]
    item_ids: Annotated[list[UUID], Field(fail_fast=True, min_length=1, max_length=500)]
    tag: Tag | None = None

    @model_validator(mode="after")
    def _tag_given(self) -> Self:
        if self.action in {"tag", "untag"} and self.tag is None:
            raise ValueError("Für diese Aktion fehlt das Schlagwort (tag).")
        return self


class BulkFailure(BaseModel):
    """A document it did not work for."""

    item_id: UUID
    message: str


class BulkDone(BaseModel):
    """How many were done, and which were not."""

    done: int
    failed: list[BulkFailure]
    job_id: UUID | None = None


class ReindexFilter(Request):
    """Which documents to index again."""

    kind: Kind | None = None
    tag: Tag | None = None


class ReindexRequest(Request):
    """Nothing given: everything. `relearn` makes a new version of the analyser first."""

    item_ids: Annotated[list[UUID], Field(fail_fast=True, max_length=500)] | None = None
    filter: ReindexFilter | None = None
    relearn: Flag = False


class PageSpan(BaseModel):
    """A page's span in the text."""

    number: int
    start: int
    end: int


class SectionSpan(BaseModel):
    """A section's span in the text."""

    label: str
    title: str
    path: list[str]
    start: int
    end: int


class ItemText(BaseModel):
    """A slice of a version's text; offsets count characters of the whole."""

    item_id: UUID
    version: int
    title: str
    text: str
    start: int
    end: int
    total: int
    pages: list[PageSpan]
    sections: list[SectionSpan]


class MarkBox(BaseModel):
    """A rectangle on a page, in fractions of its width and height."""

    x: float
    y: float
    w: float
    h: float


class PageMarks(BaseModel):
    """Where a span of the text stands on a page; width and height in points."""

    width: float
    height: float
    boxes: list[MarkBox]


class DayType(BaseModel):
    """Events of a type on a day (Europe/Berlin)."""

    day: date
    type: str
    count: int


class FeedbackCounts(BaseModel):
    """Judgements of the last 30 days; null where fewer than five people judged."""

    useful: int | None
    not_useful: int | None


class Latency(BaseModel):
    """Milliseconds an answer took in the last seven days; null without questions."""

    p50: float | None
    p95: float | None


class Overview(BaseModel):
    """The figures of the first page: the company's own documents, and what people did, null where fewer than five did it."""

    items: int
    chunks: int
    sections: int
    questions_today: int | None
    questions_7d: int | None
    answered_share_7d: float | None
    events_per_day: list[DayType]
    feedback: FeedbackCounts
    latency_ms: Latency


class DayIngest(BaseModel):
    """Documents and passages that became ready on a day."""

    day: date
    items: int
    chunks: int


class IngestMetrics(BaseModel):
    """The figures of the ingest."""

    queued: int
    running: int
    failed: int
    done_24h: int
    chunks_total: int
    bytes_total: int
    pages_total: int
    outbox: int
    last: list[JobData]
    per_day: list[DayIngest]
