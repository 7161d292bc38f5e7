"""Query strings in, typed questions to the rooms out."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from nova.api.models.common import NO_NUL, ItemStatus, Kind
from nova.knowledge.items import ItemQuery

Search = Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL), AfterValidator(str.strip)]


class ItemFilters(BaseModel):
    """Filters, order and page of a list of documents."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    query: Annotated[Search | None, Field(description="Anywhere in title, file name or address.")] = None
    tag: Search | None = None
    kind: Kind | None = None
    status: ItemStatus | None = None
    sort: Literal["created_at", "title", "chunks", "status"] = "created_at"
    order: Literal["asc", "desc"] = "desc"
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0

    def query_for(self) -> ItemQuery:
        """What the room understands; empty texts are no filters."""
        return ItemQuery(
            self.query or None, self.tag or None, self.kind, self.status, self.sort, self.order == "desc", self.limit, self.offset
        )


class Span(BaseModel):
    """Characters `start` to `end` (excluded) of a text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    start: Annotated[int, Field(ge=0)] = 0
    end: Annotated[int | None, Field(ge=0)] = None

    @property
    def bounds(self) -> tuple[int, int]:
        """Both ends; without `end` one character."""
        return self.start, self.start + 1 if self.end is None else self.end
