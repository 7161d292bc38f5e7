"""A value of the master data in, the ways in which it is written out, each with what must stand around it to be meant.

A customer's surname is found alone in any case of letters. Where it is a word besides, it needs a capital or somebody's being called so.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from nova.language.fold import WRITTEN_OUT
from nova.privacy import lexicon
from nova.privacy.fold import fold
from nova.privacy.lexicon import words
from nova.privacy.names.cues import SALUTATIONS, SAYS
from nova.privacy.places.house import HOUSE
from nova.privacy.tokens import known
from nova.remembered import remembered

STREET, OWN = "street", "own"
NAME, CAPITAL, QUALITY, CUED = "name", "capital", "quality", "cued"
"""A name in any case; one with a capital; an ordinary adjective with a capital within a sentence; an ordinary word behind a cue only."""
KEPT = (OWN, NAME, STREET, CAPITAL, QUALITY, CUED)
"""Of two forms that agree the earlier sort stands, before all of these but the own one whatever is a number or an address."""

WORD = re.compile(r"[^\W_]+")
SHORTEST_NUMBER, SHORTEST_NAME, SHORTEST_CUED, SHORTEST_STREET = 5, 4, 2, 5
COMPANY = re.compile(
    r"(?<![\w.])(?:g?gmbh|mbh|ag|kg|kgaa|ohg|gbr|eg|ug|se|e\. ?v|e\. ?k|ltd|inc|stiftung|gemeinde|stadt)(?!\w)", re.IGNORECASE
)
COUPLE = re.compile(r"(?<! von) (?:und|u\.?|oder) (?!zu )| ?[&+/] ?", re.IGNORECASE)
PREPOSED = re.compile(r"(?:am|an|auf|im|in|zum|zur|bei|beim|unter|hinter|vor|über|ob)(?: (?:der|dem|den))? (?=\w)", re.IGNORECASE)
SHORT_STREET = re.compile(r"str\.?\Z", re.IGNORECASE)
LONG_STREET = re.compile(r"stra(?:ß|ss)e\Z", re.IGNORECASE)
ENDINGS = ("", "e", "em", "en", "er", "es")
WITH_OWN_S = ("s", "ß", "x", "z")

WINDOW = 40
SALUTED = re.compile(
    rf"(?<![^\W_])(?:{'|'.join(sorted(SALUTATIONS, key=len, reverse=True))}|dr|prof)\.? {{1,2}}(?:(?:dr|prof)\.? )*\Z|"
    r"(?<![^\W_])(?:(?:nach|familien|geburts|mädchen|kunden)?namen?(?: ist| lautet| war|:)|namens|hei(?:ß|ss)en?|geborene[rn]?) {0,2}\Z",
    re.IGNORECASE,
)
INITIALS = re.compile(r"(?<![\w.])(?:[A-ZÄÖÜ]\. ?-?){1,3}\Z")
OTHER_HALF_BEFORE, OTHER_HALF_BEHIND = re.compile(r"(?<![\w-])([^\W\d_]{3,24})-\Z"), re.compile(r"-([^\W\d_]{3,24})(?![\w-])")
BEFORE_AT = re.compile(r"[\w.+-]*(?:@[\w-]+\.\w| ?[\[({] ?(?:at|ät) ?[\])}])", re.IGNORECASE)
BEHIND_AT, DOMAIN = re.compile(r"[\w+-]@[\w.-]*\Z"), re.compile(r"[\w-]*\.\w")
POSTED = re.compile(r"(?<!\d)\d{5} \Z")
PLACED = re.compile(r"(?<![^\W_])(?:in|aus|nach|\d{5}) \Z", re.IGNORECASE)
HERE = re.compile(r"(?<![^\W_])hier \Z", re.IGNORECASE)
WORD_BEFORE = re.compile(r"([^\W_]+)(?: |: |, )\Z")
WITHIN = re.compile(r"[^\W_],? \Z")
NO_NAME_BEHIND = re.compile(r" [A-ZÄÖÜ]|-[^\W_]")
DETERMINED = words("names/determined")
HIMSELF = re.compile(
    r" (?:rief|ruft|bat|bittet|fragte?|sagte?|meinte?|meldete?|schrieb|schreibt|kündigte?|zahlte?|wohnte?|zieht|zog|möchte|wünscht|hier|"
    r"hat (?:[^\W_]+ ){0,4}(?:angerufen|geschrieben|gekündigt|bezahlt|gezahlt|gemeldet|gefragt|gebeten|reklamiert))(?![^\W_])"
)


def forms(value: str, kind: str) -> Iterator[tuple[str, str]]:
    """How a value of this kind is written, and the sort of each form (a kind of personal data, or one of those above)."""
    value = fold(value).text.strip()
    if kind == "name":
        yield from _names(value)
    elif kind == STREET:
        yield from _streets(value)
    elif kind == "address":
        yield value, kind
        yield from _streets(value) if HOUSE.search(value) else ()
    elif kind == OWN or sum(map(str.isalnum, value)) >= SHORTEST_NUMBER:
        yield value, kind


def is_meant(sort: str, text: str, start: int, end: int, small: bool) -> bool:
    """Whether a surname that is a word besides stands for a person at this place; `small`: the whole text is in small letters."""
    capital, before = text[start].isupper(), text[max(0, start - WINDOW) : start]
    if sort == NAME:
        return not POSTED.search(before) and (capital or not _is_phrase(text[start:end]))
    if sort == CAPITAL and (capital or small):
        return not PLACED.search(before)
    if sort not in (CAPITAL, QUALITY, CUED):
        return True
    if SALUTED.search(before):
        return capital or text[start:end].lower() not in words("does") | words("no_name")
    return capital and (_led(before) or (sort == QUALITY and _stands_for_a_noun(text, start, end, before)))


def _led(before: str) -> bool:
    """Whether a role, or words that lead to somebody's name, stand right before."""
    return _word_before(before) in words("roles") or _said(before)


def _stands_for_a_noun(text: str, start: int, end: int, before: str) -> bool:
    """Whether an adjective with a capital is somebody: by what is done behind it, or where no word before makes it a noun."""
    if text[start:end].isupper() or NO_NAME_BEHIND.match(text, end):
        return False
    return bool(HIMSELF.match(text, end)) or (bool(WITHIN.search(before)) and _word_before(before) not in DETERMINED)


def _word_before(before: str) -> str:
    """The word right before a place, in small letters; "" without one."""
    last = WORD_BEFORE.search(before)
    return last[1].lower() if last else ""


def _is_phrase(run: str) -> bool:
    """Whether several ordinary words only run together to a name ("an der", "war das")."""
    parts = run.lower().split(" ")
    return len(parts) > 1 and all(len(part) > 1 and part in lexicon.ordinary() for part in parts)


def in_mail(text: str, start: int, end: int) -> bool:
    """Whether a name is a part of a mail's address, which is a value of its own."""
    host = BEHIND_AT.search(text, max(0, start - WINDOW), start)
    return bool(BEFORE_AT.match(text, end, end + WINDOW) or (host and DOMAIN.match(text, end, end + WINDOW)))


def whole_name(text: str, start: int, end: int) -> tuple[int, int]:
    """The place of a surname with the initials before it, and with the other half of a double name on either side."""
    before = OTHER_HALF_BEFORE.search(text, max(0, start - WINDOW), start)
    behind = OTHER_HALF_BEHIND.match(text, end, end + WINDOW)
    start = before.start() if before and (before[1][0].isupper() or _half(before[1])) else start
    end = behind.end() if behind and _half(behind[1]) else end
    initials = INITIALS.search(text, max(0, start - WINDOW), start)
    return initials.start() if initials else start, end


def _half(half: str) -> bool:
    """Whether a word may be half of a double name, and not a thing as in "Petersen-Vertrag"."""
    word = known(half)
    return word.may_name or not (word.ordinary or word.compound)


def _said(before: str) -> bool:
    """Whether the words right before lead to somebody's name."""
    return bool(HERE.search(before)) or any(match.end() == len(before) for match in SAYS.finditer(before))


def _names(value: str) -> Iterator[tuple[str, str]]:
    """A person's name, also turned round, and the surname alone; each of a couple's names; a company's name as it stands."""
    if COMPANY.search(value):
        yield value, NAME
        return
    family, comma, given = value.partition(",")
    for first, last in _people(f"{given} {family}" if comma else value):
        if first:
            yield f"{first} {last}", NAME
            yield f"{last} {first}", NAME
            if " " in first:
                yield f"{first.split(' ')[0]} {last}", NAME
        yield from _surnames(last)


def _people(value: str) -> list[tuple[str, str]]:
    """The first names and the surname of each person of a couple; who has none shares the last one's."""
    parts = [untitled for part in COUPLE.split(value) if (untitled := _untitled(part.split()))]
    if not parts:
        return []
    *_, shared = _parted(parts[-1])
    return [(part, shared) if " " not in part and index < len(parts) - 1 else _parted(part) for index, part in enumerate(parts)]


def _untitled(parts: list[str]) -> str:
    """A name without the salutation and titles before it; who is called like one ("Sabine Herr") keeps it."""
    at = 0
    while at < len(parts) - 1 and parts[at].lower().strip(".") in SALUTATIONS | words("titles"):
        at += 1
    return " ".join(parts[at:])


def _parted(name: str) -> tuple[str, str]:
    """The first names and the surname, with the small words that belong to it ("von der Osten")."""
    parts = name.split()
    at = len(parts) - 1
    while at > 1 and parts[at - 1].lower() in words("particles"):
        at -= 1
    return " ".join(parts[:at]), " ".join(parts[at:])


def _surnames(last: str) -> Iterator[tuple[str, str]]:
    """A surname alone, its parts but a first one that is a word besides, and each in the genitive where that is no other word."""
    parts = [part for part in WORD.findall(last) if part.lower() not in words("particles")]
    if len(parts) > 1 or " " in last:
        yield last, NAME
    shortest = SHORTEST_CUED if len(parts) == 1 else SHORTEST_NAME
    for part in parts:
        if len(part) >= shortest and (part == parts[-1] or part.lower() not in words("wordnames")):
            yield from _alone(part)


def _alone(surname: str) -> Iterator[tuple[str, str]]:
    """A surname, and its genitive where both are as sure."""
    sort = _sort(surname)
    yield surname, sort
    if sort in (NAME, CAPITAL) and not surname.lower().endswith(WITH_OWN_S) and _sort(f"{surname}s") == sort:
        yield f"{surname}s", sort


def _sort(surname: str) -> str:
    """What must stand around a surname: nothing, a capital, or a cue, by whether it is a word besides, however its umlauts are written."""
    low = surname.lower()
    plain = low.translate(WRITTEN_OUT)
    ordinary, besides = _known()
    if plain in ordinary:
        return QUALITY if _is_adjective(plain) and len(low) >= SHORTEST_NAME else CUED
    if len(low) < SHORTEST_NAME:
        return CUED
    inflected = plain.endswith("s") and plain[:-1] in ordinary
    return CAPITAL if plain in besides or inflected or _is_adjective(plain) or _is_a_thing(surname) else NAME


def _is_a_thing(surname: str) -> bool:
    """Whether a surname is a place, an ordinary word or made of one."""
    word = known(surname)
    return word.place or word.ordinary or word.compound


@remembered(4096)
def _is_adjective(plain: str) -> bool:
    """Whether a word is declined as only adjectives are ("starkem")."""
    ordinary, besides = _known()
    stems = [plain[: len(plain) - len(end)] for end in ENDINGS if plain.endswith(end)]
    return any(f"{stem}em" in ordinary or f"{stem}em" in besides or f"{stem}em" in _wordnames() for stem in stems if len(stem) > 2)


@lru_cache(maxsize=1)
def _known() -> tuple[frozenset[str], frozenset[str]]:
    """The ordinary words, and everyday words and brands that somebody in a list is called too, all without umlauts."""
    return _written_out(lexicon.ordinary()), _written_out(words("everyday") | words("brands"))


@lru_cache(maxsize=1)
def _wordnames() -> frozenset[str]:
    return _written_out(words("wordnames"))


def _written_out(told: frozenset[str]) -> frozenset[str]:
    return frozenset(word.translate(WRITTEN_OUT) for word in told)


def _streets(value: str) -> Iterator[tuple[str, str]]:
    """A street's name without a house number, with its ending long and short, and without its preposition."""
    house = HOUSE.search(value)
    street = (value[: house.start()] if house else value).strip(" ,")
    bare = PREPOSED.sub("", street, count=1) if PREPOSED.match(street) else street
    for name in dict.fromkeys((street, bare)):
        if name == bare != street and (len(name) < SHORTEST_STREET or name.lower() in lexicon.ordinary()):
            continue
        if name:
            yield name, STREET
        if SHORT_STREET.search(name):
            yield SHORT_STREET.sub("straße", name), STREET
        elif LONG_STREET.search(name):
            yield LONG_STREET.sub("str", name), STREET
