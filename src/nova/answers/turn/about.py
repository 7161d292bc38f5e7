"""A message and what the conversation is about in, the rules of law that may answer it out: alone, or going on with what was said."""

from collections.abc import Sequence
from dataclasses import replace

from nova.answers.rules.aspects import told
from nova.answers.rules.map import Hit, RuleMap
from nova.answers.turn.focus import Focus, LawTopic
from nova.language.fold import words
from nova.language.stems import is_stop

SAME_TOPIC, SAME_RULE = 0.2, 0.05  # what a rule gains where the conversation is about its topic, and where it was told last
NEW_TOPIC = 0.5  # nearness from which on a rule of another topic is heard although the message goes on
STRANGE = 0.2  # what a rule of another topic loses there
# What a rule of what the conversation is about loses where the message seems to begin anew: more where a rule clearly fits it alone.
CLEARLY, ANEW, PERHAPS_ANEW = 0.4, 0.4, 0.15
AGAIN = 0.9  # how near the rules told last are where the same is asked of another energy
_SECTORS = frozenset({"gas", "erdgas", "strom", "gasvertrag", "stromvertrag", "gasanschluss", "stromanschluss", "waerme", "fernwaerme"})
_EMPTY = frozenset({"genauso", "gleich", "auch", "gilt", "selbe", "dasselbe", "anders", "for", "and", "the", "same", "about", "what"})


def rules_for(text: str, focus: Focus, rules: RuleMap, *, follows: bool) -> tuple[Hit, ...]:
    """The rules that may answer, best first: of a message that goes on those of what the conversation is about lead."""
    alone = rules.near(text)
    if not focus.law:
        return tuple(alone)
    last = focus.law[0]
    if follows and _asks_other_sector(text):
        return tuple(Hit(rule, AGAIN - 0.05 * at) for at, rule in enumerate(rules.named(last.rules)))
    near = [_gaining(hit, last, told(text, hit.rule)) for hit in rules.within(text, last.topics, last.norms)]
    if follows:
        return _joined(near, _strange(alone))
    return _joined(alone, _perhaps([hit for hit in near if hit.rule.topic in last.topics], alone))


def _perhaps(near: Sequence[Hit], alone: Sequence[Hit]) -> list[Hit]:
    """Rules of what the conversation is about, as far as a message that seems to begin anew may mean them."""
    loss = ANEW if alone and alone[0].score >= CLEARLY else PERHAPS_ANEW
    return [replace(hit, score=hit.score - loss) for hit in near]


def _strange(hits: Sequence[Hit]) -> list[Hit]:
    """Rules of any topic as far as a message that goes on may mean them."""
    return [replace(hit, score=hit.score - STRANGE) for hit in hits if hit.score >= NEW_TOPIC]


def _gaining(hit: Hit, last: LawTopic, aspect: float) -> Hit:
    """A hit with what it gains from what was told last, and from telling what is asked of it."""
    topic = SAME_TOPIC if hit.rule.topic in last.topics else 0.0
    return replace(hit, score=hit.score + topic + aspect + (SAME_RULE if hit.rule.key in last.rules else 0.0))


def _asks_other_sector(text: str) -> bool:
    """Whether a message only names another energy: "Und für Gas?"."""
    left = [word for word in words(text) if not is_stop(word) and word not in _EMPTY]
    return bool(left) and all(word in _SECTORS for word in left)


def _joined(one: Sequence[Hit], other: Sequence[Hit]) -> tuple[Hit, ...]:
    """Both, each rule once by its better score, best first."""
    best: dict[str, Hit] = {}
    for hit in (*one, *other):
        if hit.rule.key not in best or best[hit.rule.key].score < hit.score:
            best[hit.rule.key] = hit
    return tuple(sorted(best.values(), key=lambda hit: -hit.score))
