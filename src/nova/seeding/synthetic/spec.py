"""A made-up source as a pipeline names it (strict: an unknown key is an error).

source: {synthetic: {kind: sessions, rows: 1000, seed: 1}}
source: {synthetic: {kind: table, of: {dataset: vertraege, version: 4f2a91}, rows: 5000, subject: kundennummer}}
source: {synthetic: {kind: variants, of: {dataset: tickets}, each: 2}}
"""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from nova.seeding.synthetic.columns import MOST_ROWS, SORTS
from nova.seeding.synthetic.variants import MOST as MOST_VARIANTS

Kind = Literal["table", "variants", "sessions", "messages"]
OF_A_VERSION: frozenset[Kind] = frozenset({"table", "variants"})
Word = Annotated[str, StringConstraints(min_length=1, max_length=120)]


class VersionSpec(BaseModel):
    """A version of a dataset: its name or the first signs of it; without one the live version."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    dataset: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{1,39}$")]
    version: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{4,64}$")] | None = None


class SyntheticSpec(BaseModel):
    """`rows` records (of variants: `each` for a text) from a `seed`. `of`, `subject`, `quasi`, `sorts` and `k` are a table's, see `Wanted`;
    `text` and `language` name the columns of texts that have variants.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: Kind
    rows: int = Field(default=1000, ge=1, le=MOST_ROWS)
    seed: int = Field(default=1, ge=0, lt=2**32)
    of: VersionSpec | None = None
    each: int = Field(default=2, ge=1, le=MOST_VARIANTS)
    text: Word = "text"
    language: Word = "lang"
    subject: Word | None = None
    quasi: tuple[Word, ...] = ()
    sorts: dict[Word, str] = Field(default_factory=dict)
    k: int = Field(default=5, ge=2, le=1000)

    @field_validator("sorts")
    @classmethod
    def _known(cls, sorts: dict[str, str]) -> dict[str, str]:
        if unknown := sorted(set(sorts.values()) - set(SORTS)):
            raise ValueError(f"sorts: {', '.join(unknown)} gibt es nicht; möglich sind {', '.join(SORTS)}")
        return sorts

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.kind in OF_A_VERSION) != (self.of is not None):
            raise ValueError("of: table und variants entstehen aus einer Version (of: {dataset: ...}), sessions und messages aus keiner")
        return self
