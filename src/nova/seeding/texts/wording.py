"""What may differ between two writings of one text: greetings, signatures and fillers come and go, and a word may be a typo of the other.

Two real words are never typos of each other ("Nord", "Süd"; "Anmeldung", "Abmeldung"), nor are two names ("Meier", "Meyer").
"""

import re
from functools import lru_cache
from importlib import resources

from rapidfuzz import process
from rapidfuzz.distance import OSA

from nova.language.analyser import Analyser
from nova.seeding.texts.spellings import is_scanned

_PHRASES = (
    r"sehr (?:geehrte|geehrten) damen und herren|(?:einen )?(?:schoenen )?guten (?:tag|morgen|abend)|"
    r"hallo(?: (?:zusammen|(?:liebes|liebe|ihr lieben)(?: (?:team|alle|kollegen|stadtwerke))?))?|moin(?: moin)?|lg|vg|bg|mfg|mvg|"
    r"im voraus|"
    r"(?:und|and|en)(?= (?:(?:mit )?freundliche|viele gruesse|vielen dank|(?:liebe|beste|schoene|herzliche) gruesse|lg|vg|mfg|gruss|"
    r"gruesse|danke|kind regards|best regards|best wishes|regards|thanks|thank you|groet|alvast|vriendelijke))|"
    r"(?:sehr )?(?:geehrtes|geehrte|liebes|liebe) (?:team|serviceteam|kundenservice|stadtwerke|kundendienst)|"
    r"servus|gruess gott|liebes team|"
    r"(?:mit )?(?:freundlichen|freundliche|vielen|viele|besten|beste|herzlichen|herzliche|schoenen|schoene|"
    r"liebe) (?:gruessen|gruesse|gruss)|hochachtungsvoll|gruss|gruesse|"
    r"(?:herzlichen|vielen|besten|schoenen) dank(?: im voraus)?|danke(?: schoen| im voraus| sehr)?|bitte|"
    r"(?:ihr|ihre|euer|das) (?:kundenservice|kundendienst|serviceteam|team|stadtwerke|stadtwerke team|kundenservice team|service team)|"
    r"(?:von|aus) meinem (?:iphone|handy|smartphone|mobiltelefon|ipad) gesendet|gesendet von meinem (?:iphone|handy|smartphone|ipad)|"
    r"(?:diese|dies) (?:ist eine automatisch erstellte|e mail wurde automatisch erstellt|"
    r"nachricht wurde automatisch erstellt)(?: nachricht)?|"
    r"dear (?:sir or madam|sir madam|sirs|team|customer service|all)|good (?:morning|afternoon|evening|day)|"
    r"hello(?: there)?|hi(?: there| all| team)?|"
    r"(?:with )?(?:kind|best|warm|kindest) (?:regards|wishes)|yours (?:sincerely|faithfully)|regards|"
    r"(?:many )?thanks(?: in advance| a lot)?|"
    r"thank you(?: very much| in advance)?|cheers|please|sent from my (?:iphone|phone|mobile|ipad|android phone)|"
    r"your (?:customer service|service|support) team|"
    r"customer service|geachte (?:heer mevrouw|mevrouw heer|heer of mevrouw|klantenservice)|goedemorgen|goedemiddag|"
    r"goedeavond|goedendag|beste (?:team|klantenservice)|"
    r"(?:met )?vriendelijke (?:groet|groeten)|groet|groeten|groetjes|alvast bedankt|hartelijk dank|bedankt|dank u(?: wel)?|alstublieft|aub|"
    r"uw klantenservice|verzonden vanaf mijn (?:iphone|telefoon)|(?:der|die|das|den|dem|the|het|een) ?"
)
_LIGHT = re.compile(rf"\b(?:(?:{_PHRASES})(?: |$))+")
LIGHT_WORDS = frozenset(re.findall(r"[a-z]+", _PHRASES.replace("?:", "")))
_LONG_LIGHT = sorted(word for word in LIGHT_WORDS if len(word) > 4)

_PREFIX = re.compile(r"un|in|an|ab|auf|aus|ein|ver|ent|be|miss|vor|nach|ueber|unter|dis|non|on|re|k|n")
_OPPOSITE = re.compile(
    r"an|ab|auf|aus|ein|zu|um|ver|ent|er|be|ge|vor|nach|ueber|unter|ober|nieder|innen|aussen|hin|her|mit|in|on|af|op|uit"
)
_SHORT, _SLIPS, _LONG = 4, 6, 8
_KEYS = ("qwertzuiop", "qwertyuiop", "asdfghjkl", "yxcvbnm", "zxcvbnm")
OFTEN, _OFTEN_NAMED, CHANCE = 20, 100, 5
_STREET = re.compile(r"(?:strasse|weg|allee|platz|gasse|ring|damm|ufer|steig|pfad|straat|laan|plein|street|road)$")
_INFLECTION = re.compile(r"(?:e|en|em|es)$")
_TWICE = re.compile(r"(.)\1")
_UMLAUT = re.compile(r"ae|oe|(?<![aeq])ue")


def light_spans(text: str) -> list[tuple[int, int]]:
    """Where greetings, closings, thanks, fillers and articles stand in folded words parted by one space: from word, to word."""
    spans = []
    for match in _LIGHT.finditer(text):
        first = text.count(" ", 0, match.start())
        spans.append((first, first + len(match[0].split())))
    return spans


@lru_cache(maxsize=200_000)
def light_word(word: str) -> str | None:
    """The word of a greeting or closing that a word is, or is one slip away from; None where it is neither."""
    if word in LIGHT_WORDS:
        return word
    if len(word) <= _SHORT or _is_listed(word):
        return None
    near = process.extractOne(word, _LONG_LIGHT, scorer=OSA.distance, score_cutoff=1)
    return near[0] if near else None


@lru_cache(maxsize=200_000)
def is_known(word: str) -> bool:
    """Whether a folded word is a real one: of the shipped vocabulary, or a compound of its words."""
    return _is_listed(word) or bool(Analyser.builtin().splitter.split(word))


def _is_listed(word: str) -> bool:
    return word in LIGHT_WORDS or word in Analyser.builtin().counts or word in _words()


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    """English and Dutch words of letters, bills and tickets, and those of any language that turn a meaning."""
    shelf = resources.files("nova.seeding").joinpath("words")
    return frozenset(word for name in ("en.txt", "nl.txt", "sure.txt") for word in shelf.joinpath(name).read_text("utf-8").split())


def is_typo(left: str, right: str, left_count: int = 1, right_count: int = 1, *, named: bool = False) -> bool:
    """Whether one of two different folded words is the other, mistyped; the counts are how often each occurs in the records.

    A word twenty times as frequent as another speaks for a typo, as does a known word beside an unknown one; without either only
    swapped neighbours are taken for a slip, since names differ in one letter; of a name (`named`) more evidence is asked.
    """
    if left == right:
        return True
    if min(len(left), len(right)) < 3 or _has_digit(left + right):
        return False
    if _flattened(left) == _flattened(right):
        return not is_known(min(left, right, key=len))
    if is_scanned(left, right):
        return not named and is_known(left) != is_known(right)
    distance = _distance(left, right)
    return distance is not None and _is_likely(left, right, (left_count, right_count), distance, named=named)


def _is_likely(left: str, right: str, counts: tuple[int, int], distance: int, *, named: bool) -> bool:
    """Whether two words that are few letters apart are one, by how often they occur and which of them is known."""
    left_count, right_count = counts
    rare, often = (left, right) if (left_count, left) <= (right_count, right) else (right, left)
    least = min(left_count, right_count)
    ratio = max(left_count, right_count) / max(1, least)
    if least > CHANCE and ratio < OFTEN:
        return False
    return (not named and _inflected(left, right)) or _is_evident(rare, often, distance, ratio, named=named)


def _distance(left: str, right: str) -> int | None:
    """How many letters two words are apart; None where that is too far, or they are opposites by their prefix."""
    flat, flat_right = _flattened(left), _flattened(right)
    distance = min(OSA.distance(left, right, score_cutoff=3), OSA.distance(flat, flat_right, score_cutoff=3))
    far = distance > (2 if min(len(left), len(right)) >= _LONG else 1)
    return None if far or _differs_by_prefix(left, right) else distance


def _inflected(left: str, right: str) -> bool:
    """Whether two words, one of them known, differ in the ending of an adjective alone ("erste", "ersten").

    "-er" makes other words ("Miete", "Mieter").
    """
    if not (_is_listed(left) or _is_listed(right)):
        return False
    base, other = _INFLECTION.sub("", left), _INFLECTION.sub("", right)
    return base == other and len(base) >= _SHORT and base not in (left, right)


def _is_evident(rare: str, often: str, distance: int, ratio: float, *, named: bool) -> bool:
    if _is_listed(rare) and _is_listed(often):
        return False
    street = bool(_STREET.search(rare) and _STREET.search(often))
    if ratio >= (_OFTEN_NAMED if named or street else OFTEN):
        return _is_rarer(rare, often)
    if distance == 1 and _is_transposed(rare, often):
        return True
    return not named and _is_plain_slip(rare, often, distance, street=street)


def _is_rarer(rare: str, often: str) -> bool:
    """Whether a word that hardly occurs may be a slip of one that occurs much more."""
    return not _is_listed(rare) and (_is_swapped(rare, often) or _begins_alike(rare, often))


def _is_transposed(rare: str, often: str) -> bool:
    """Whether two letters of a word that is long enough are swapped."""
    return len(rare) > _SHORT and _is_swapped(rare, often) and not _both_known(rare, often)


def _is_swapped(left: str, right: str) -> bool:
    return sorted(left) == sorted(right)


def _both_known(left: str, right: str) -> bool:
    return is_known(left) and is_known(right)


def _begins_alike(left: str, right: str) -> bool:
    return left[0] == right[0] and min(len(left), len(right)) >= _SHORT


def _is_plain_slip(rare: str, often: str, distance: int, *, street: bool) -> bool:
    """Whether a word that is no name is mistyped, however often either occurs."""
    if _only_ending(rare, often) or _only_ending(often, rare):
        return True
    if street:
        return _doubled(rare, often)
    return _begins_alike(rare, often) and is_known(rare) != is_known(often) and _is_slip(rare, often, distance)


def _is_slip(left: str, right: str, distance: int) -> bool:
    """Whether one edit looks like a finger's: a letter twice, one left out within a longer word, or the key beside it."""
    if _doubled(left, right):
        return True
    if distance > 1 or min(len(left), len(right)) < _SLIPS or left[-1] != right[-1]:
        return False
    flat, flat_right = _flattened(left), _flattened(right)
    if len(flat) != len(flat_right):
        return True
    pair = next((a + b for a, b in zip(flat, flat_right, strict=True) if a != b), "")
    return any(pair in keys or pair[::-1] in keys for keys in _KEYS)


def _only_ending(left: str, right: str) -> bool:
    """Whether two names of streets differ only in how "strasse" or "weg" is spelled."""
    ending = _STREET.search(right)
    return ending is not None and _STREET.search(left) is None and ending.start() > 2 and left.startswith(right[: ending.start()])


def _doubled(left: str, right: str) -> bool:
    """Whether the two differ in a letter written twice."""
    return left != right and _TWICE.sub(r"\1", left) == _TWICE.sub(r"\1", right)


def _has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))


def _differs_by_prefix(left: str, right: str) -> bool:
    short, long = sorted((left, right), key=len)
    first, second = _OPPOSITE.match(left), _OPPOSITE.match(right)
    if first and second and first[0] != second[0] and left[first.end() :] == right[second.end() :]:
        return True
    return long.endswith(short) and _PREFIX.fullmatch(long[: len(long) - len(short)]) is not None


def _flattened(word: str) -> str:
    """A word with umlauts as their plain vowels ("mueller", "muller"); "bauer" has none."""
    return _UMLAUT.sub(lambda match: match[0][0], word)
