"""The sources that a pipeline may name, as people write them: under `source`, exactly one of these keys."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from nova.seeding.synthetic.spec import SyntheticSpec
from nova.strict import Strict

Address = Annotated[str, StringConstraints(pattern=r"^https?://\S{3,1990}$")]
Dotted = Annotated[str, StringConstraints(pattern=r"^[^\s.]+(?:\.[^\s.]+){0,9}$", max_length=200)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=120)]


class SampleSource(Strict):
    """The example data of a Stadtwerk: one of its tables."""

    table: Literal["kunden", "vertraege", "zaehler", "tickets", "briefe", "beitraege"]
    customers: int = Field(default=20_000, ge=10, le=200_000)
    seed: int = 1


class FolderSource(Strict):
    """Files below a folder of the server, taken once each."""

    path: Path
    pattern: str = "*"


class TableSource(Strict):
    """A table or view of the PostgreSQL that NOVA_SEED_DATABASE_URL names, read in the order of its key."""

    table: Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][\w.]{0,120}$")]
    key: Annotated[str, StringConstraints(pattern=r"^[A-Za-z_]\w{0,62}$")]


class RestSource(Strict):
    """JSON behind an address; `token` names the setting that holds its bearer token. Seconds of `pause` between two requests."""

    url: Address
    paging: Literal["none", "page", "cursor", "link"] = "none"
    parameter: Word = "page"
    cursor_at: Dotted = "next"
    records_at: Dotted | None = None
    id: Word | None = None
    token: Literal["NOVA_SEED_REST_TOKEN"] | None = None
    pause: float = Field(default=1.0, ge=0, le=120)


class PagesSource(Strict):
    """Web pages by their addresses, as robots.txt of their hosts lets Nova."""

    urls: tuple[Address, ...] = Field(min_length=1, max_length=1_000)
    pause: float = Field(default=1.0, ge=0, le=120)


class BucketSource(Strict):
    """Files below a prefix of the bucket that NOVA_SEED_BUCKET_URL names, taken once each."""

    prefix: Annotated[str, StringConstraints(max_length=500)] = ""
    pattern: str = "*"


class RoomSource(Strict):
    """What Nova itself holds and may learn from: of people only who agreed, texts without what is personal in them.

    `raw` leaves texts as they are stored; it needs a `reason`, which is noted with each run.
    """

    name: Literal[
        "questions", "feedback", "readings", "prices", "tickets", "documents", "figures", "visits", "rewards", "uses", "advice", "terms",
        "training",
    ]  # fmt: skip
    raw: bool = False
    reason: Annotated[str, StringConstraints(min_length=10, max_length=500)] | None = None

    @model_validator(mode="after")
    def _reasoned(self) -> Self:
        if self.raw and self.reason is None:
            raise ValueError("raw: true braucht einen Anlass (reason)")
        return self

    @property
    def of_people(self) -> bool:
        """Whether its records are somebody's."""
        return self.name in ("questions", "feedback", "readings", "visits", "rewards", "advice", "training")


class BenchmarkSource(Strict):
    """Sets of questions below a folder of the data folder: JSON as SQuAD has it, or JSON lines. They measure; nothing learns from them."""

    path: Path
    pattern: str = "*"


SourceSpec = (
    SampleSource | FolderSource | TableSource | RestSource | PagesSource | BucketSource | RoomSource | BenchmarkSource | SyntheticSpec
)


class SourceChoice(Strict):
    """One of the kinds of source."""

    sample: SampleSource | None = None
    folder: FolderSource | None = None
    table: TableSource | None = None
    rest: RestSource | None = None
    pages: PagesSource | None = None
    bucket: BucketSource | None = None
    room: RoomSource | None = None
    benchmark: BenchmarkSource | None = None
    synthetic: SyntheticSpec | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if len(self._named()) != 1:
            raise ValueError(f"eine Pipeline hat genau eine Quelle: {', '.join(type(self).model_fields)}")
        return self

    def chosen(self) -> SourceSpec:
        """The one that is named."""
        return self._named()[0]

    def _named(self) -> list[SourceSpec]:
        return [one for name in type(self).model_fields if (one := getattr(self, name)) is not None]
