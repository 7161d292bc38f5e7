"""Which pages people want: the start tiles of a role, the pages that come next, and the page that a question is about."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from nova.seeding.delivery.learned import part
from nova.seeding.pretrain import Model, chances
from nova.seeding.pretrain.insights import likeliest

NEXT = 3
SURE = 0.6
_END = "(Ende)"


@dataclass(frozen=True, slots=True)
class Visit:
    """A page that somebody opened, and when (ISO 8601)."""

    ts: str
    route: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and how sure that is (0 to 1)."""

    route: str
    chance: float


def tiles(state: bytes, role: str) -> list[str]:
    """The pages that a role opens most, at most five; nothing for a role that is not known."""
    return [str(route) for route in part(state, "tiles").get(role, ())]


def next_pages(model: Model, visits: Sequence[Visit], role: str) -> list[str]:
    """The three pages that most likely come after what somebody opened, the likeliest first; nothing where nothing was opened."""
    if not visits:
        return []
    frame = pl.DataFrame({
        "session": ["§"] * len(visits), "ts": [one.ts for one in visits], "route": [one.route for one in visits],
        "role": [role] * len(visits),
    })  # fmt: skip
    found = likeliest(model, frame, NEXT + 2)[-1]
    return [route for route in found if route not in (_END, visits[-1].route)][:NEXT]


def page_of(model: Model, question: str) -> Page | None:
    """The page that a question is about, where that is sure enough."""
    said = chances(model, pl.DataFrame({"text": [question]}))[0]
    best = int(said.argmax())
    return Page(model.names[best], round(float(said[best]), 4)) if said[best] >= SURE else None
