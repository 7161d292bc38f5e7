"""A page's route in, what Luna says about it out: a title, a text, the steps and questions that belong to it."""

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from nova.records import Caller

_KEYS = frozenset({"titel", "text", "ironie", "schritte", "fragen"})


@dataclass(frozen=True, slots=True)
class Page:
    """Help for one page; `wit` is left out where the tone is `sachlich`."""

    route: str
    title: str
    text: str
    wit: str
    steps: tuple[str, ...]
    questions: tuple[str, ...]


def context(route: str, caller: Caller | None = None, tone: str = "luna") -> dict[str, Any]:
    """Help for a route: its own page, else the nearest above it, else the start page. `/admin/korpus` is `/korpus`.

    `caller` decides nothing yet: help holds no one's data.
    """
    del caller
    page = page_of(route)
    text = f"{page.text} {page.wit}" if page.wit and tone != "sachlich" else page.text
    return {"route": page.route, "title": page.title, "text": text, "steps": list(page.steps), "related_questions": list(page.questions)}


def page_of(route: str) -> Page:
    """The page for a route, by its longest known beginning."""
    parts = [part for part in route.partition("?")[0].partition("#")[0].split("/") if part]
    if parts and parts[0] == "admin":
        parts = parts[1:] or ["betrieb"]
    known = pages()
    for count in range(len(parts), 0, -1):
        if page := known.get("/" + "/".join(parts[:count]).lower()):
            return page
    return known["/"]


@lru_cache(maxsize=1)
def pages() -> dict[str, Page]:
    """All pages of the shipped file; ValueError names what is wrong in it."""
    data = yaml.safe_load(resources.files("nova.answers").joinpath("help.yaml").read_text("utf-8"))
    if set(data) != {"version", "seiten"}:
        raise ValueError("help.yaml: expected the keys version and seiten")
    return {route: _page(route, entry) for route, entry in data["seiten"].items()}


def _page(route: str, entry: dict[str, Any]) -> Page:
    if set(entry) != _KEYS:
        raise ValueError(f"help.yaml: {route} needs exactly {', '.join(sorted(_KEYS))}")
    text, wit = " ".join(entry["text"].split()), " ".join(entry["ironie"].split())
    return Page(route, entry["titel"], text, wit, tuple(entry["schritte"]), tuple(entry["fragen"]))
