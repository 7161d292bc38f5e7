"""The vocabulary file in, expansions of a question out: lay words to the trade's and the law's terms, each with a weight."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from nova.errors import Misconfigured
from nova.language.analyser import Analyser
from nova.language.fold import fold, words
from nova.language.stems import is_stop, small_words, stem

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LONGEST_PHRASE = 5
PART_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Entry:
    """What one lay phrase means: `terms` of the law, `weight` between 0 and 1, `phrase` as the file writes it."""

    phrase: str
    terms: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Expansion:
    """A term to search for as well, and the stems of the question it stands for; `share` is less than 1 for a part of a compound."""

    term: str
    weight: float
    stems: tuple[str, ...]
    share: float = 1.0


@dataclass(frozen=True)
class Vocabulary:
    """All entries by the stems of their phrase."""

    entries: Mapping[tuple[str, ...], Entry] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path | None = None) -> "Vocabulary":
        """The shipped vocabulary, and over it the user's file when `path` exists. Misconfigured names what is wrong in a file."""
        entries = dict(_builtin())
        if path is not None and path.exists():
            entries.update(_index(parse(path.read_text("utf-8"), str(path))))
        return cls(entries)

    @classmethod
    def of(cls, phrase: str, terms: Sequence[str]) -> "Vocabulary":
        """A vocabulary of one phrase; empty where it says nothing."""
        return cls(_index([Entry(phrase, tuple(terms), 1.0)]))

    def meaning(self, phrase: str) -> Entry | None:
        """What a phrase as a whole stands for."""
        return next((self.entries[stems] for stems in Vocabulary.of(phrase, ()).entries if stems in self.entries), None)

    def knows(self, form: str) -> bool:
        """Whether a folded word is part of any lay phrase."""
        return stem(form) in self._stems

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(root for stems in self.entries for root in stems)

    def words(self) -> Iterable[str]:
        """The folded words of all phrases and terms, for spelling."""
        return (form for entry in self.entries.values() for phrase in (entry.phrase, *entry.terms) for form in words(phrase))

    def expand(self, question: str, analyser: Analyser) -> tuple[Expansion, ...]:
        """The terms a question's words stand for; the longest phrase wins, a compound's parts count a little less than whole words."""
        slack = small_words()
        forms = [form for form in words(question) if form not in slack]
        roots = [stem(form) for form in forms]
        found: list[Expansion] = []
        at = 0
        while at < len(roots):
            phrase = self._phrase_at(roots, at)
            if phrase:
                found += _expansions(self.entries[phrase], phrase, 1.0)
            elif forms[at].isalpha() and not is_stop(forms[at]):
                found += self._of_parts(analyser.splitter.split(forms[at]), roots[at])
            at += len(phrase) or 1
        return _strongest(found)

    def at(self, roots: Sequence[str], place: int) -> tuple[Entry | None, int]:
        """The entry of the longest phrase that begins at a place of some stems, and how many stems it takes; None and 0 for none."""
        phrase = self._phrase_at(roots, place)
        return (self.entries[phrase], len(phrase)) if phrase else (None, 0)

    def _phrase_at(self, roots: Sequence[str], at: int) -> tuple[str, ...]:
        """The longest phrase that begins here; () for none."""
        phrases = (tuple(roots[at : at + count]) for count in range(min(_LONGEST_PHRASE, len(roots) - at), 0, -1))
        return next((phrase for phrase in phrases if phrase in self.entries), ())

    def _of_parts(self, parts: Iterable[str], root: str) -> Iterable[Expansion]:
        """What the parts of a compound stand for."""
        for part in parts:
            if entry := self.entries.get((stem(part),)):
                yield from _expansions(entry, (root,), PART_SHARE)


def _expansions(entry: Entry, stems: tuple[str, ...], share: float) -> list[Expansion]:
    """An entry's terms share its weight: many or long ones must not drown the question's other words."""
    if not entry.terms:
        return []
    each = 1.5 * entry.weight * share / math.sqrt(len(entry.terms))
    return [Expansion(term, min(1.0, each / math.sqrt(len(term.split()))), stems, share) for term in entry.terms]


def _strongest(found: Iterable[Expansion]) -> tuple[Expansion, ...]:
    best: dict[tuple[str, tuple[str, ...]], Expansion] = {}
    for expansion in found:
        key = (expansion.term, expansion.stems)
        if key not in best or best[key].weight < expansion.weight:
            best[key] = expansion
    return tuple(best.values())


def parse(text: str, name: str) -> list[Entry]:
    """The entries of a vocabulary file; Misconfigured for YAML errors, unknown keys and wrong types, naming `name`."""
    try:
        data = yaml.load(text, _LOADER)  # noqa: S506 - the safe loader, in C where it is there
    except yaml.YAMLError as error:
        raise Misconfigured(f"Der Wortschatz {name} ist kein gültiges YAML: {error}") from error
    _only(data, {"version", "felder"}, name, "oberste Ebene")
    if data.get("version") != 1 or not isinstance(data.get("felder"), list):
        raise Misconfigured(f"Der Wortschatz {name} braucht `version: 1` und eine Liste `felder`.")
    return [entry for area in data["felder"] for entry in _area(area, name)]


def _area(area: Any, name: str) -> list[Entry]:
    _only(area, {"name", "gewicht", "eintraege"}, name, "ein Feld")
    title, weight, items = area.get("name"), area.get("gewicht", 0.6), area.get("eintraege")
    if not isinstance(title, str) or not isinstance(items, dict):
        raise Misconfigured(f"Im Wortschatz {name} braucht jedes Feld einen `name` und `eintraege` (linkes Wort: Liste).")
    if not _is_share(weight):
        raise Misconfigured(f"Im Wortschatz {name}, Feld „{title}“: `gewicht` muss zwischen 0 und 1 liegen.")
    entries = []
    for left, right in items.items():
        if not isinstance(left, str) or not _are_words(right):
            raise Misconfigured(f"Im Wortschatz {name}, Feld „{title}“: „{left}“ braucht rechts eine Liste von Wörtern.")
        entries += [Entry(phrase.strip(), tuple(right), float(weight)) for phrase in left.split("|") if phrase.strip()]
    return entries


def _is_share(weight: Any) -> bool:
    return isinstance(weight, int | float) and not isinstance(weight, bool) and 0 <= weight <= 1


def _are_words(terms: Any) -> bool:
    return isinstance(terms, list) and all(isinstance(term, str) for term in terms)


def _only(data: Any, allowed: set[str], name: str, where: str) -> None:
    if not isinstance(data, dict):
        raise Misconfigured(f"Im Wortschatz {name} muss {where} aus Schlüsseln und Werten bestehen.")
    if unknown := sorted(str(key) for key in data if key not in allowed):
        raise Misconfigured(f"Im Wortschatz {name} ist der Schlüssel „{unknown[0]}“ unbekannt (erlaubt: {', '.join(sorted(allowed))}).")


def _index(entries: Sequence[Entry]) -> dict[tuple[str, ...], Entry]:
    index: dict[tuple[str, ...], Entry] = {}
    slack = small_words()
    for entry in entries:
        forms = [form for form in words(entry.phrase) if form not in slack] or [fold(entry.phrase)]
        if len(forms) == 1 and is_stop(forms[0]):
            continue
        stems = tuple(stem(form) for form in forms)
        known = index.get(stems)
        index[stems] = Entry(known.phrase, tuple(dict.fromkeys((*known.terms, *entry.terms))), known.weight) if known else entry
    return index


@lru_cache(maxsize=1)
def _builtin() -> Mapping[tuple[str, ...], Entry]:
    text = resources.files("nova.answers.understand").joinpath("wortschatz.yaml").read_text("utf-8")
    return _index(parse(text, "wortschatz.yaml"))
