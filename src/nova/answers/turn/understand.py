"""A message and what the conversation is about in, what is wanted out, before anything is searched: law, data, help, talk, and how sure.

The learned likelihoods (`wanted`) are weighed with what the message is near to: rules of law that people ask for alike, topics of help.
What goes on with the turn before takes its subject from there. Nothing falls through to the law because a word matched.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from nova.answers.rules.map import Hit, RuleMap
from nova.answers.turn.focus import Focus, LawTopic
from nova.answers.turn.helping import HelpBook, HelpTopic
from nova.answers.turn.talk import talk
from nova.answers.turn.translate import in_german
from nova.answers.turn.wanted import Wanted, wanted
from nova.language.english import is_english
from nova.language.fold import words
from nova.language.norms import find_norms
from nova.language.stems import is_stop
from nova.records import TurnKind

GOES_ON = 0.5  # likelihood from which on a message goes on with what was said before
LAW_WORTH, HELP_WORTH = 1.5, 1.0  # what a near rule speaks for law, and a near topic of help for help (learned on utterances)
NAMED_WORTH = 3.0  # what a provision named ("§ 14a") speaks for law
SAME_TOPIC, SAME_RULE = 0.12, 0.1  # what a rule gains where the conversation is about its topic, and where it was told last
STRANGE = 0.2  # what a rule of another topic loses there
NEW_TOPIC = 0.5  # nearness from which on a rule of another topic is heard although the message goes on
SURELY = 0.75  # likelihood from which on a message that goes on with an answer of law wants something else
SURELY_RULE = 0.55  # nearness of a rule from which on a message wants the law,
HARDLY = (0.06, 0.2)  # unless that is this unlikely (where it was taken for a question about Nova: the second)
ALL_TALK = 0.72  # share of its letters from which on a message is small talk whatever its words are like
AGAIN = 0.9  # how near the rules told last are where the same is asked of another energy
_SECTORS = frozenset({"gas", "erdgas", "strom", "gasvertrag", "stromvertrag", "gasanschluss", "stromanschluss", "waerme", "fernwaerme"})
_EMPTY = frozenset({"genauso", "gleich", "auch", "gilt", "selbe", "dasselbe", "anders", "for", "and", "the", "same", "about", "what"})
_TAKEN_FOR: frozenset[TurnKind] = frozenset({"help", "unclear", "advice", "outside", "data"})


@dataclass(frozen=True, slots=True)
class Turn:
    """What a message wants.

    `in_words` are the German words to look for; `hits` the rules that may answer it, best first; `topic` the nearest help, and how near it
    is; `about` what it goes on with.
    """

    text: str
    kind: TurnKind
    sure: float
    chances: Mapping[TurnKind, float]
    follows: bool
    english: bool
    hits: tuple[Hit, ...]
    topic: HelpTopic
    nearness: float
    in_words: str
    about: LawTopic | None = None

    @property
    def for_data(self) -> bool:
        """Whether data are asked for, perhaps beside the law."""
        return self.kind in ("data", "mixed")

    @property
    def best(self) -> float:
        """How near the best rule is."""
        return self.hits[0].score if self.hits else 0.0


def understand(text: str, focus: Focus, rules: RuleMap, helps: HelpBook) -> Turn:
    """What a message wants."""
    english = is_english(text)
    told = wanted(text, focus.kind)
    in_words = in_german(text) if english else text
    follows = focus.kind is not None and told.follows >= GOES_ON
    about = focus.law[0] if focus.law and follows else None
    hits = _hits(in_words, focus, rules, follows)
    topic, nearness = helps.near(text, focus.help if focus.kind == "help" else "")
    goes_on = follows and focus.kind in ("data", "mixed", "law")
    chances = _weighed(told, hits[0].score if hits else 0.0, 0.0 if goes_on else nearness, names_law(text))
    kind = max(chances, key=lambda one: chances[one])
    if goes_on and focus.kind == "law" and kind in _TAKEN_FOR and chances[kind] < SURELY:
        kind = "law"
    elsewhere = follows and focus.kind in ("data", "mixed", "help")
    if kind in _TAKEN_FOR and not elsewhere and hits and hits[0].score >= SURELY_RULE and chances["law"] >= HARDLY[kind == "help"]:
        kind = "law"
    if kind != "talk" and talk().share(text) >= ALL_TALK:
        kind, follows = "talk", False
    if kind == "unclear" and focus.kind is not None and focus.kind not in ("unclear", "talk", "outside"):
        kind, follows = focus.kind, True
    return Turn(text, kind, chances[kind], chances, follows, english, hits, topic, nearness, in_words, about)


def names_law(text: str) -> bool:
    """Whether a message names a provision."""
    return any(ref.norm.number for ref in find_norms(text))


def _weighed(told: Wanted, rule: float, nearness: float, named: bool) -> dict[TurnKind, float]:
    """The learned likelihoods with what the message is near to."""
    chances = dict(told.chances)
    chances["law"] *= math.exp(LAW_WORTH * rule + (NAMED_WORTH if named else 0.0))
    chances["help"] *= math.exp(HELP_WORTH * nearness)
    total = sum(chances.values())
    return {kind: chance / total for kind, chance in chances.items()}


def _hits(text: str, focus: Focus, rules: RuleMap, follows: bool) -> tuple[Hit, ...]:
    """The rules that may answer, best first: of a message that goes on those of what the conversation is about lead."""
    alone = rules.near(text)
    if not focus.law:
        return tuple(alone)
    last = focus.law[0]
    near = _gaining(rules.within(text, last.topics, last.norms), last)
    if follows and _asks_other_sector(text):
        return tuple(Hit(rule, AGAIN - 0.05 * at) for at, rule in enumerate(rules.named(last.rules)))
    if follows:
        others = [hit for hit in alone if hit.score >= NEW_TOPIC]
        return _joined(near, [replace(hit, score=hit.score - STRANGE) for hit in others])
    return _joined(alone, [hit for hit in near if hit.rule.topic in last.topics])


def _asks_other_sector(text: str) -> bool:
    """Whether a message only names another energy: "Und für Gas?"."""
    left = [word for word in words(text) if not is_stop(word) and word not in _EMPTY]
    return bool(left) and all(word in _SECTORS for word in left)


def _gaining(hits: Sequence[Hit], last: LawTopic) -> list[Hit]:
    return [
        replace(
            hit,
            score=hit.score + (SAME_TOPIC if hit.rule.topic in last.topics else 0.0) + (SAME_RULE if hit.rule.key in last.rules else 0.0),
        )
        for hit in hits
    ]


def _joined(one: Sequence[Hit], other: Sequence[Hit]) -> tuple[Hit, ...]:
    """Both, each rule once by its better score, best first."""
    best: dict[str, Hit] = {}
    for hit in (*one, *other):
        if hit.rule.key not in best or best[hit.rule.key].score < hit.score:
            best[hit.rule.key] = hit
    return tuple(sorted(best.values(), key=lambda hit: -hit.score))
