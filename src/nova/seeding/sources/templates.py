"""Exports of SAP IS-U, Schleupen, platforms and web analytics, recognised by their headers."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import polars as pl
import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from nova.seeding.sources.posts import in_schema
from nova.seeding.sources.reading import Problem
from nova.seeding.step import ID
from nova.seeding.steps.schema import Schema, folded
from nova.seeding.values import date_of

FILE = Path(__file__).with_name("templates.yaml")
VALIDITY = ("valid_from", "valid_to")
OPEN_END = "9999-12-31"


class Template(BaseModel):
    """A known export: the targets it must have, and what its headers may be called; `channel` where it is one of posts or visits."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    system: str
    title: str
    needs: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    channel: str | None = None

    def mapping(self, headers: Sequence[str]) -> dict[str, str]:
        """Header -> target, for those that it knows; the earlier name of a target wins."""
        known = {folded(header): header for header in reversed(headers)}
        found: dict[str, str] = {}
        for target, names in self.columns.items():
            header = next((known[folded(name)] for name in names if folded(name) in known), None)
            if header is not None:
                found.setdefault(header, target)
        return found


@cache
def templates() -> tuple[Template, ...]:
    """All of them, as `templates.yaml` lists them."""
    return tuple(TypeAdapter(list[Template]).validate_python(yaml.safe_load(FILE.read_text(encoding="utf-8"))))


def recognise(headers: Sequence[str]) -> Template | None:
    """The template that these headers are of; None where none fits, or two fit as well as each other."""
    rated = [(len(found), one) for one in templates() if set(one.needs) <= set((found := one.mapping(headers)).values())]
    most = max((count for count, _ in rated), default=0)
    best = [one for count, one in rated if count == most]
    return best[0] if len(best) == 1 else None


def mapped(frame: pl.DataFrame, template: Template, *, author: bool = False) -> pl.DataFrame:
    """The frame under the template's names; columns it does not know stay, moved aside as `name_quelle` where a name is taken.

    Of posts and visits only the one schema stays, and who wrote them only with `author`.
    """
    mapping = template.mapping([name for name in frame.columns if name != ID])
    if template.channel is not None:
        return in_schema(frame, mapping, template.channel, author=author)
    aside = {name: f"{name}_quelle" for name in frame.columns if name in mapping.values() and name not in mapping}
    return Schema({**aside, **mapping})(frame).kept


def validity(frame: pl.DataFrame) -> list[Problem]:
    """Records whose validity ends before it begins."""
    if not set(VALIDITY) <= set(frame.columns):
        return []
    begin, end = (_days(frame[name]) for name in VALIDITY)
    wrong = frame[ID].filter((begin > end.fill_null(OPEN_END)).fill_null(False))
    return [Problem("Gültigkeit endet vor ihrem Beginn", len(wrong), tuple(wrong.head(5)))] if len(wrong) else []


def _days(column: pl.Series) -> pl.Series:
    days = {text: date_of(text) for text in column.drop_nulls().unique().to_list()}
    return column.replace_strict(days, return_dtype=pl.String)
