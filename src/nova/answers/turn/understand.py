"""A message and what the conversation is about in, what is wanted out, before anything is searched: law, data, help, talk, and how sure.

The learned likelihoods (`wanted`) are weighed with what the message is near to: rules of law that people ask for alike, topics of help.
What goes on with the turn before takes its subject from there. Nothing falls through to the law because a word matched.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from nova.answers.rules.map import Hit, RuleMap
from nova.answers.turn.about import names_only_contract, rules_for
from nova.answers.turn.focus import Focus, LawTopic
from nova.answers.turn.helping import HelpBook, HelpTopic
from nova.answers.turn.talk import only_thanks, talk
from nova.answers.turn.translate import in_german
from nova.answers.turn.wanted import Wanted, wanted
from nova.language.english import is_english
from nova.language.norms import find_norms
from nova.turns import TurnKind

GOES_ON = 0.5  # likelihood from which on a message goes on with what was said before
MAY_GO_ON = 0.1  # the same where the nearest rule is of what the conversation is about
LAW_WORTH, HELP_WORTH = 1.5, 1.0  # what a near rule speaks for law, and a near topic of help for help (learned on utterances)
ENGLISH_WORTH = 6.0  # what it speaks for help that a topic is nearer to an English question than what wants no help
NEARER, AFTER_HELP = 0.1, 0.25  # how much nearer it counts (English was mostly learned as law and data), and more behind help
NAMED_WORTH = 3.0  # what a provision named ("§ 14a") speaks for law
SURELY = 0.75  # likelihood from which on a message that goes on with an answer of law wants something else
SOME_RULE = 0.3  # nearness of a rule below which what goes on with help wants no law
SURELY_RULE = 0.55  # nearness of a rule from which on a message wants the law,
HARDLY = (0.06, 0.2)  # unless that is this unlikely (where it was taken for a question about Nova: the second)
SAYS_SOMETHING = 0.3  # nearness from which on a message of a word or two goes on with the law ("hä?" does not)
HARDLY_TALK, NO_TALK = 0.1, 1.5  # share of its letters below which a message is rarely small talk, and what that speaks against it
HELP_NOT_TALK, LITTLE_TALK = 0.6, 0.3  # nearness from which on help is meant where no more than this share of its letters is small talk
LONG, SHORT = 25, 4  # words of a message that tells a story, and of a question in it
ALL_TALK = 0.72  # share of its letters from which on a message is small talk whatever its words are like
_SENTENCE = re.compile(r"(?<=[.?!])\s+|\n+")
_SOFT = r"(?:\s+(?:bitte|mal|doch|kurz|einfach|nochmal|noch|vielleicht))*"
_MAY_YOU = rf"(?:könn(?:en|ten)\s+sie|(?:kannst|könntest)\s+du)\s+(?:mir|uns){_SOFT}"
_TELL = r"(?:sagen|nennen|verraten|erklären|erläutern|mitteilen)"
_TELL_ME = tuple(
    re.compile(rf"^(?:(?:ach|also|bitte|hallo|ok|und|ja)[,!.\s]+)?{form}\W*$", re.IGNORECASE)
    for form in (
        rf"(?:sag|nenn|erklär|erläuter|verrat|zeig)(?:en\s+sie|e|)\s+(?:mir|uns){_SOFT}[,:]?\s+(?!bescheid\b)(?P<what>\w+\s+\w.*?)",
        rf"teil(?:en\s+sie|e|)\s+(?:mir|uns){_SOFT}[,:]?\s+(?P<what>\w+\s+\w.*?)\s+mit",
        rf"{_MAY_YOU}\s+{_TELL}[,:]?\s+(?P<what>\w+\s+\w.*?)",
        rf"{_MAY_YOU}\s+(?P<what>\w+\s+\w.*?)\s+{_TELL}",
    )
)
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
    in_words = in_german(text) if english else text
    told = _wanted(text, focus)
    follows = focus.kind is not None and (told.follows >= GOES_ON or (focus.kind == "law" and names_only_contract(text)))
    hits = rules_for(in_words, focus, rules, follows=follows)
    topic, nearness, worth = _help(text, focus, helps, english=english)
    chances = _weighed(told, *_speaking(focus.kind if follows else None, _nearest(hits), worth), text)
    kind = _kind_of(text, chances, focus, hits, nearness, follows=follows)
    kind, follows = _settled(kind, text, focus, hits, follows=follows or (told.follows >= MAY_GO_ON and _stays(kind, hits, focus)))
    about = _about(kind, focus) if follows else None
    return Turn(text, kind, chances[kind], chances, follows, english, hits, topic, nearness, in_words, about)


def _help(text: str, focus: Focus, helps: HelpBook, *, english: bool) -> tuple[HelpTopic, float, float]:
    """The nearest help to a message, or to the question of a long one, how near it is, and what that speaks for help."""
    near = partial(_english_help if english else _german_help, helps, focus.help if focus.kind == "help" else "")
    return max(map(near, dict.fromkeys((text, question_of(text)))), key=lambda found: found[1])


def _german_help(helps: HelpBook, after: str, text: str) -> tuple[HelpTopic, float, float]:
    topic, nearness = helps.near(text, after)
    return topic, nearness, HELP_WORTH * nearness


def _english_help(helps: HelpBook, after: str, text: str) -> tuple[HelpTopic, float, float]:
    topic, nearness, lead = helps.near_english(text, after)
    return topic, nearness, ENGLISH_WORTH * (lead + NEARER + (AFTER_HELP if after else 0.0))


def _wanted(text: str, focus: Focus) -> Wanted:
    """What a message wants by its words, the question of a long one counting most.

    Who asks to be told something wants that, and not that somebody acts: "Sagen Sie mir bitte die Kündigungsfrist im Tarif Alma".
    """
    told, question = wanted(text, focus.kind), question_of(text)
    if question != text:
        told = told.with_part(wanted(question, focus.kind))
    asked = next((match["what"] for form in _TELL_ME if (match := form.match(text))), None)
    return told if asked is None else told.with_part(wanted(asked, focus.kind)).without("action")


def question_of(text: str) -> str:
    """The last question of a long message, which a story stands before; the message itself where it is short or asks none."""
    if len(text.split()) < LONG:
        return text
    asked = [one for one in _SENTENCE.split(text) if one.rstrip().endswith("?") and len(one.split()) >= SHORT]
    return asked[-1] if asked else text


def _speaking(goes_on_with: TurnKind | None, rule: float, help_: float) -> tuple[float, float]:
    """How far a near rule speaks for law, and a near topic for help: what goes on with numbers or law asks for no help."""
    if goes_on_with in ("data", "mixed"):
        return (rule if rule >= SURELY_RULE else 0.0), 0.0
    return rule, 0.0 if goes_on_with == "law" else help_


def _about(kind: TurnKind, focus: Focus) -> LawTopic | None:
    """The law that a message of this kind goes on with."""
    return focus.law[0] if focus.law and kind in ("law", "mixed", "action") else None


def _stays(kind: TurnKind, hits: Sequence[Hit], focus: Focus) -> bool:
    """Whether the nearest rule of a question of law, though not near by itself, is of what the conversation is about."""
    return bool(kind == "law" and focus.law and hits and hits[0].score < SURELY_RULE and hits[0].rule.topic in focus.law[0].topics)


def _likeliest(chances: Mapping[TurnKind, float], focus: Focus, rule: float, *, follows: bool) -> TurnKind:
    """The likeliest kind; what goes on with an answer of law is law, too, unless it surely wants something else.

    What goes on with help asks no law that no `rule` is near to.
    """
    kind = max(chances, key=lambda one: chances[one])
    if follows and focus.kind == "help" and kind == "law" and rule < SOME_RULE:
        return "help"
    stays = follows and focus.kind == "law" and kind in _TAKEN_FOR
    return "law" if stays and chances[kind] < SURELY else kind


def _kind_of(
    text: str, chances: Mapping[TurnKind, float], focus: Focus, hits: Sequence[Hit], nearness: float, *, follows: bool
) -> TurnKind:
    """The likeliest kind, unless a rule of law or a topic of help is so near that it is meant."""
    kind = _likeliest(chances, focus, _nearest(hits), follows=follows)
    if _is_rather_law(kind, chances, focus, hits, follows=follows):
        return "law"
    return "help" if kind == "talk" and _is_rather_help(text, chances["talk"], nearness) else kind


def _is_rather_law(kind: TurnKind, chances: Mapping[TurnKind, float], focus: Focus, hits: Sequence[Hit], *, follows: bool) -> bool:
    """Whether a rule is so near that the message wants the law, though its words look like something else."""
    if kind not in _TAKEN_FOR or not hits or (follows and focus.kind in ("data", "mixed", "help")):
        return False
    return hits[0].score >= SURELY_RULE and chances["law"] >= HARDLY[kind == "help"]


def _is_rather_help(text: str, talks: float, nearness: float) -> bool:
    """Whether a topic of help is so near that what looks like small talk wants it: "Ich will mit einem Menschen reden"."""
    return nearness >= HELP_NOT_TALK and talks < SURELY and talk().share(text) < LITTLE_TALK


def _settled(kind: TurnKind, text: str, focus: Focus, hits: Sequence[Hit], *, follows: bool) -> tuple[TurnKind, bool]:
    """The kind, and whether the message goes on: all small talk is that, and what says too little goes on with what was."""
    if talk().share(text) >= ALL_TALK or only_thanks(text):
        return "talk", False
    if kind != "unclear" or focus.kind is None or focus.kind in ("unclear", "talk", "outside"):
        return kind, follows
    says_something = focus.kind != "law" or _nearest(hits) >= SAYS_SOMETHING
    return (focus.kind, True) if says_something else (kind, follows)


def _nearest(hits: Sequence[Hit]) -> float:
    return hits[0].score if hits else 0.0


def names_law(text: str) -> bool:
    """Whether a message names a provision."""
    return any(ref.norm.number for ref in find_norms(text))


def _weighed(told: Wanted, rule: float, worth: float, text: str) -> dict[TurnKind, float]:
    """The learned likelihoods with what the message is near to: a rule, and help that speaks so much for itself."""
    chances = dict(told.chances)
    chances["law"] *= math.exp(LAW_WORTH * rule + (NAMED_WORTH if names_law(text) else 0.0))
    chances["help"] *= math.exp(worth)
    chances["talk"] *= math.exp(-NO_TALK if talk().share(text) < HARDLY_TALK else 0.0)
    total = sum(chances.values())
    return {kind: chance / total for kind, chance in chances.items()}
