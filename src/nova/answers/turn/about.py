"""A message and what the conversation is about in, the rules of law that may answer it out: alone, or going on with what was said."""

import re
from collections.abc import Sequence
from dataclasses import replace

from nova.answers.rules.aspects import LONGEST, told
from nova.answers.rules.map import Hit, RuleMap
from nova.answers.turn.focus import Focus, LawTopic
from nova.language.fold import fold, words
from nova.language.stems import is_stop

SAME_TOPIC, SAME_RULE = 0.2, 0.05  # what a rule gains where the conversation is about its topic, and where it was told last
NEW_TOPIC = 0.5  # nearness from which on a rule of another topic is heard although the message goes on
STRANGE = 0.2  # what a rule of another topic loses there
# What a rule of what the conversation is about loses where the message seems to begin anew: more where a rule clearly fits it alone.
CLEARLY, ANEW, PERHAPS_ANEW = 0.4, 0.4, 0.15
MOST_OF_CONTRACT = 3
MOST_BESIDE = 2  # words of content of a message that only names a contract, its name among them
AGAIN = 0.9  # how near the rules told last are where the same is asked of another energy
_SECTORS = frozenset({"gas", "erdgas", "strom", "gasvertrag", "stromvertrag", "gasanschluss", "stromanschluss", "waerme", "fernwaerme"})
# Who is supplied by which contract: what is said of it, and the laws that hold for it.
_BASIC, _OTHER = frozenset({"stromgvv", "gasgvv"}), frozenset({"enwg"})
_IS_BASIC = re.compile(r"\bgrundversorg|\bgrundtarif|basic suppl")
_IS_OTHER = re.compile(
    r"\bsonder(?:vertrag|tarif|kund)"
    r"|\b(?:nicht|net|ned|nimmer|kein\w*|raus|ausserhalb|not)\b(?: \w+){0,3} (?:grundversorg|grundtarif|basic suppl)"
)
_ASKS = re.compile(r"^(?:und )?(?:was|wer|wie|wo|welch\w*|warum|wieso|kann|darf|muss|what|who|how)\b")
_EMPTY = frozenset({"genauso", "gleich", "auch", "gilt", "selbe", "dasselbe", "anders", "for", "and", "the", "same", "about", "what"})


def rules_for(text: str, focus: Focus, rules: RuleMap, *, follows: bool) -> tuple[Hit, ...]:
    """The rules that may answer, best first: of a message that goes on those of what the conversation is about lead."""
    alone = rules.near(text)
    if not focus.law:
        return tuple(alone)
    last = focus.law[0]
    if follows and (same := _same_of_another(text, last, rules)):
        return same
    near = [_gaining(hit, last, told(text, hit.rule)) for hit in rules.within(text, last.topics, last.norms)]
    if follows:
        return _joined(near, _strange(alone))
    return _joined(alone, _perhaps([hit for hit in near if hit.rule.topic in last.topics], alone))


def _same_of_another(text: str, last: LawTopic, rules: RuleMap) -> tuple[Hit, ...]:
    """The rules for what a message names and asks nothing else of: another energy, another contract."""
    if _asks_other_sector(text):
        return tuple(Hit(rule, AGAIN - 0.05 * at) for at, rule in enumerate(rules.named(last.rules)))
    return _of_other_contract(text, last, rules)


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


def _of_other_contract(text: str, last: LawTopic, rules: RuleMap) -> tuple[Hit, ...]:
    """What holds for the other contract, where a short message only names it: "Und wenn ich nicht in der Grundversorgung bin?"."""
    laws, now = _named_contract(text), _law(last.norms)
    if not laws or now in laws or now not in _BASIC | _OTHER:
        return ()
    beside = (near for topic in last.topics for near in rules.beside.get(topic, ()))
    found = [hit.rule for hit in rules.within(f"{_title(last, rules)} {text}", {*last.topics, *beside}, ()) if _law(hit.rule.norms) in laws]
    subjects = {topic.partition("-")[0] for topic in last.topics}
    found.sort(key=lambda rule: rule.topic.partition("-")[0] not in subjects)
    return tuple(Hit(rule, AGAIN - 0.05 * at) for at, rule in enumerate(found[:MOST_OF_CONTRACT]))


def _law(norms: Sequence[str]) -> str:
    """The law of the first of some provisions."""
    return norms[0].partition(":")[0] if norms else ""


def _title(last: LawTopic, rules: RuleMap) -> str:
    """What the rule that was told last is called, or the topic that was spoken of."""
    told = next((rule.title for rule in rules.named(last.rules[:1])), "")
    return told or (rules.title_of(last.topics[0]) if last.topics else "")


def names_only_contract(text: str) -> bool:
    """Whether a message says nothing but which contract it is about: "Ich bin aber nicht in der Grundversorgung"."""
    left = [word for word in words(text) if not is_stop(word) and word not in _EMPTY]
    return len(left) <= MOST_BESIDE and bool(_named_contract(text)) and not _ASKS.search(fold(text))


def _named_contract(text: str) -> frozenset[str]:
    """The laws of the contract that a short message names, none where it names none."""
    folded = fold(text)
    if len(text) > LONGEST:
        return frozenset()
    if _IS_OTHER.search(folded):
        return _OTHER
    return _BASIC if _IS_BASIC.search(folded) else frozenset()


def _joined(one: Sequence[Hit], other: Sequence[Hit]) -> tuple[Hit, ...]:
    """Both, each rule once by its better score, best first."""
    best: dict[str, Hit] = {}
    for hit in (*one, *other):
        if hit.rule.key not in best or best[hit.rule.key].score < hit.score:
            best[hit.rule.key] = hit
    return tuple(sorted(best.values(), key=lambda hit: -hit.score))
