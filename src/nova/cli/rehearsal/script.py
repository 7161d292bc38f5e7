"""`texts.yaml` in, what the rehearsal says and asks out."""

from dataclasses import dataclass
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Topic:
    """A place that answers questions: those that people ask, and others that only measure."""

    document: str
    section: str
    asked: tuple[str, ...]
    held_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """All texts. `pages` are documents by name; `planted` is the topic whose wrong page stands first."""

    everyday: tuple[str, ...]
    gap_word: str
    gap_questions: tuple[str, ...]
    gap_page: str
    pages: dict[str, str]
    planted: Topic
    others: tuple[Topic, ...]


def script() -> Script:
    """What is shipped."""
    whole = yaml.safe_load(resources.files(__package__).joinpath("texts.yaml").read_text("utf-8"))
    gap, ranking = whole["gap"], whole["ranking"]
    return Script(
        everyday=tuple(whole["everyday"]),
        gap_word=gap["word"],
        gap_questions=tuple(gap["questions"]),
        gap_page=gap["document"],
        pages=dict(ranking["documents"]),
        planted=_topic({**ranking, "document": ranking["right"], "section": ""}),
        others=tuple(map(_topic, ranking["others"])),
    )


def _topic(row: dict[str, Any]) -> Topic:
    return Topic(row["document"], row["section"], tuple(row["asked"]), tuple(row["held_out"]))
