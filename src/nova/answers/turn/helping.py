"""A question about Nova itself in, the topic of help that answers it out: what to say, and the page it leads to."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from nova.answers.rules.match import SMALL, Nearest, signs
from nova.answers.rules.topics import Learned, unpacked
from nova.answers.turn.helping_english import NEXT_AGAIN as ENGLISH_AGAIN
from nova.answers.turn.helping_english import NEXT_PAGE as ENGLISH_PAGE
from nova.answers.turn.helping_english import EnglishHelp, english_help

_KEYS = frozenset({"id", "route", "page", "roles", "text", "ask", "then"})
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
AGAIN = 0.3  # how near the topic before, or one of its page, is at least: "und wo finde ich das?"
LEARNED, ASKED = "help.npz", "help_asked.jsonl"
HALF = np.float32(0.5)
# What counts beside nearness for what is asked right after a topic: a softmax over 960 such questions (`scripts/help_next.py`)
NEXT_LIKELY, NEXT_PAGE, NEXT_AGAIN, NEXT_SHARE = 1.68, 0.8, 0.59, 1.02
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class HelpTopic:
    """What is said about one thing of Nova, and where in the web app it is (`route` "" for nowhere)."""

    topic_id: str
    route: str
    page: str
    roles: tuple[str, ...]
    text: str
    ask: tuple[str, ...]
    then: tuple[str, ...]
    english: str = ""


@dataclass(frozen=True)
class HelpBook:
    """All topics."""

    topics: tuple[HelpTopic, ...]
    learned: Callable[[], Learned | None] = lambda: None
    english: EnglishHelp | None = None

    @cached_property
    def _alone(self) -> Nearest:
        learned = self.learned()
        if learned is not None:
            count = sum(len(one.ask) for one in self.topics)
            return Nearest(
                learned.lines[:count], learned.model.places, learned.model.rarities, learned.owners[:count].astype(np.int32), _no_meanings
            )
        return Nearest.of([(at, text) for at, one in enumerate(self.topics) for text in one.ask], _no_meanings)

    @cached_property
    def _going_on(self) -> Nearest:
        return Nearest.of([(at, text) for at, one in enumerate(self.topics) for text in (*one.then, *one.ask)], _no_meanings)

    def near(self, text: str, after: str = "") -> tuple[HelpTopic, float]:
        """The nearest topic, and how near it is: by its lines, and by the share of the words that it speaks of. `after` was told before."""
        found = signs(text, _no_meanings)
        before = self._by_id.get(after)
        near, likely, shares = self.by_lines(found, goes_on=bool(after)), self.likely(found), self.shares(found)
        ranked = near + likely if before is None else self._next(before, near, likely, shares)
        best = int(np.argmax(ranked))
        nearness = float(np.sqrt(max(0.0, float((near + likely)[best] * HALF)) * float(shares[best])))
        topic = self.topics[best]
        return topic, max(AGAIN, nearness) if _of_page(topic, before) else nearness

    def near_english(self, text: str, after: str = "") -> tuple[HelpTopic, float, float]:
        """The topic nearest to an English question, how near it is, and how much nearer than to what wants no help."""
        if self.english is None:
            topic, nearness = self.near(text, after)
            return topic, nearness, nearness
        before = self._by_id.get(after)
        again = [
            ENGLISH_PAGE * _of_page(one, before) + ENGLISH_AGAIN * (one is before)
            for one in map(self._by_id.__getitem__, self.english.said)
        ]
        found, nearness, lead = self.english.near(text, again)
        topic = self._by_id[found]
        return topic, max(AGAIN, nearness) if _of_page(topic, before) else nearness, lead

    def _next(self, before: HelpTopic, near: Floats, likely: Floats, shares: Floats) -> Floats:
        """For each topic how likely it answers what is asked behind another one, which often tells of it itself, or is of its page."""
        page = np.array([bool(one.page) and one.page == before.page for one in self.topics], np.float32)
        again = np.array([one is before for one in self.topics], np.float32)
        ranked: Floats = near + NEXT_LIKELY * likely + NEXT_PAGE * page + NEXT_AGAIN * again + NEXT_SHARE * shares
        return ranked

    def by_lines(self, found: Mapping[str, float], *, goes_on: bool) -> Floats:
        """How near each topic is by its nearest line."""
        lines = self._going_on if goes_on else self._alone
        near = np.zeros(len(self.topics), np.float32)
        np.maximum.at(near, lines.owners, lines.near_to(found))
        return near

    def likely(self, found: Mapping[str, float]) -> Floats:
        """How likely each topic is by what was learned; nearness alone decides where nothing was."""
        learned = self.learned()
        if learned is None:
            return np.zeros(len(self.topics), np.float32)
        chances = learned.model.chances(found)
        return np.array([chances.get(one.topic_id, 0.0) for one in self.topics], np.float32)

    def shares(self, found: Mapping[str, float]) -> Floats:
        """For each topic the share of a text's words of content that it speaks of: in questions, or in what is said."""
        lines, held = self._spoken
        return lines.shares({sign: weight for sign, weight in found.items() if weight > SMALL}, held)

    @cached_property
    def _spoken(self) -> tuple[Nearest, csr_matrix]:
        learned = self.learned()
        if learned is None:
            lines = self._going_on
        else:
            owners = learned.owners.astype(np.int32)
            lines = Nearest(learned.lines, learned.model.places, learned.model.rarities, owners, _no_meanings)
        return lines, lines.spoken_by(lines.owners, len(self.topics))

    @cached_property
    def _by_id(self) -> Mapping[str, HelpTopic]:
        return {one.topic_id: one for one in self.topics}


@lru_cache(maxsize=1)
def help_book() -> HelpBook:
    """The shipped topics; ValueError names what is wrong in the file."""
    entries = yaml.load(resources.files("nova.answers.turn").joinpath("help_topics.yaml").read_text("utf-8"), _LOADER)  # noqa: S506 - safe
    more = resources.files("nova.answers.turn").joinpath(ASKED).read_text("utf-8").splitlines()
    asked = {row["id"]: row for row in map(json.loads, filter(str.strip, more))}
    if strange := asked.keys() - {entry["id"] for entry in entries}:
        raise ValueError(f"{ASKED}: there is no topic {', '.join(sorted(strange))}")
    english = english_help()
    if strange := {entry["id"] for entry in entries} ^ english.said.keys():
        raise ValueError(f"help_topics.yaml and its English do not agree on {', '.join(sorted(strange))}")
    topics = (_asked_more(_topic(entry), asked.get(entry["id"], {})) for entry in entries)
    return HelpBook(tuple(replace(one, english=english.said[one.topic_id]) for one in topics), shipped_learned, english)


def _of_page(topic: HelpTopic, before: HelpTopic | None) -> bool:
    """Whether a topic was told before, or is of the page of the one that was."""
    return before is not None and (topic is before or (bool(before.page) and topic.page == before.page))


def _asked_more(topic: HelpTopic, more: Mapping[str, Any]) -> HelpTopic:
    """A topic with the ways in which a second author asks for it."""
    ask, then = dict.fromkeys((*topic.ask, *more.get("ask", ()))), dict.fromkeys((*topic.then, *more.get("then", ())))
    return replace(topic, ask=tuple(ask), then=tuple(then))


@lru_cache(maxsize=1)
def shipped_learned() -> Learned:
    """What was learned of the shipped topics."""
    return unpacked(resources.files("nova.answers.turn").joinpath(LEARNED).read_bytes())


def _topic(entry: Mapping[str, Any]) -> HelpTopic:
    if set(entry) != _KEYS:
        raise ValueError(f"help_topics.yaml: {entry.get('id')} needs exactly {', '.join(sorted(_KEYS))}")
    return HelpTopic(
        entry["id"], entry["route"] or "", entry["page"] or "", tuple(entry["roles"]), " ".join(entry["text"].split()),
        tuple(map(str, entry["ask"])), tuple(map(str, entry["then"])),
    )  # fmt: skip


def _no_meanings(_: str) -> tuple[tuple[str, float], ...]:
    return ()
