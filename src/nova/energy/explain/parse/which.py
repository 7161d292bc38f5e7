"""A folded question and the meters there are in, the meter meant out: by number, title, kind or because it is the only one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from nova.energy.explain.parse.lexis import ALL, COMPARE, EITHER, LEAST, MOST, OWN, RANKED, SPARE, TOGETHER
from nova.energy.explain.parse.places import Place, is_free, is_inside
from nova.energy.explain.parse.subject import is_subject
from nova.energy.source import Meter
from nova.energy.sums import USERS
from nova.language.fold import fold, tokens
from nova.language.spelling import edits
from nova.language.stems import is_stop

_KIND_WORDS = {
    "household": r"haushalt\w*|wohnung\w*|einfamilienhaus\w*|haus\b|hauses\b|privathaushalt\w*",
    "business": r"betrieb(?:e?s|en?)?|gewerbe\w*|firma|unternehmen\w*|fabrik\w*|werk\b|filiale\w*|buero\w*|halle\w*|laden\b|geschaeft\w*",
    "pv": r"pv|pv-anlage\w*|photovoltaik\w*|solaranlage\w*|solardach\w*",
    "battery": r"speicher\w*|batterie\w*|akku\w*",
    "ev": r"wallbox\w*|e-auto\w*|elektroauto\w*|ladesaeule\w*|ladepunkt\w*",
    "heat_pump": r"waermepumpe\w*",
    "grid": r"netzanschluss\w*|netzknoten\w*|umspannwerk\w*|trafo\w*",
}
_KINDS = {kind: re.compile(rf"(?<![\w-])(?:{words})(?![\w-])") for kind, words in _KIND_WORDS.items()}
_METER = r"(?:strom)?zaehlers?\b|messstelle\w*|zaehlpunkt\w*|anschluss\w*|anlage\w*|lastgang\w*"
_NUMBERED = re.compile(
    rf"\b(?:{_METER}|{'|'.join(_KIND_WORDS.values())})(?:\s+(?:nr\.?|nummer))?\s+[„\"']?(?P<id>[\w.:-]*\d[\w.:-]*|[a-z](?!\w))"
)
_ANY_METER = re.compile(rf"\b(?:{_METER})")
_JOINT = re.compile(r"[\s,&+]+(?:(?:und|plus|sowie|mit)\s+)?(?:(?:de[rmn]|die|das|im|in|bei|mein\w*|zaehlern?)\s+)*")
_LAST_WORD = re.compile(r"\w+$")
_PLACE_AHEAD = re.compile(r"\b(?:in|ganz)\s+$")  # "in Berlin" is no meter's name
_ONE_BY_ONE = "Bitte fragen Sie nach einem Zähler nach dem anderen."
_CODE = re.compile(r"[a-z]+\d+s?")
_LIKE_A_CODE = re.compile(  # "H7", "Z-12"; the long ones of meters, places where is metered ("DE000123...") and market locations
    r"(?<![\w-])(?<!kundennummer )(?<!vertragsnummer )(?<!rechnungsnummer )(?<!vertragskonto )"
    r"(?:(?!(?:kw|q|co|eeg|geg|nr|abs|e|l)[-_]?\d|m[23](?!\d))[a-z]{1,3}[-_]?\d{1,5}|\d?[a-z]{2,4}[-_]?\d{6}[a-z\d]*|\d{11})(?![\w-])"
)
_TELLING = 5  # letters, from which on a word may name a meter with a slip of the pen, or alone
_SHOWN = 5
MOST_METERS = 50  # that are summed or ranked
_PLANTS = ("pv", "battery")
_ANY = r"zaehlern?|messstellen?|anschluesse?n?|standorten?|gebaeuden?|objekten?|liegenschaften"


@dataclass(frozen=True, slots=True)
class Choice:
    """The meter meant, or None with the German sentence that says why; `spans` are its places in the text; `named` by the text itself.

    `several` are meters named one beside the other, or all of which one is asked for.
    """

    meter: Meter | None
    spans: tuple[Place, ...] = ()
    named: bool = False
    problem: str = ""
    several: tuple[Meter, ...] = ()

    @property
    def told(self) -> bool:
        """Whether the text itself says which."""
        return self.named or bool(self.several)

    @property
    def explicit(self) -> bool:
        """Whether the text names it, or all of a kind."""
        return self.told or self.summed

    @property
    def summed(self) -> bool:
        """Whether it is the sum of several."""
        return self.meter is not None and bool(self.meter.parts)


Mention = tuple[Meter, Place]


def choose(text: str, meters: Sequence[Meter], taken: Sequence[Place], produces: bool = False) -> Choice:
    """The meter of a folded question. `taken` are the places of periods, `produces` whether it asks for production."""
    found = _by_name(text, meters, taken)
    found += _near_name(text, meters, [*taken, *_places(found)])
    numbered = _numbered(text, meters, [*taken, *_places(found)])
    if numbered is not None and (numbered.meter is None or not found):
        return numbered
    strange = _strange(text, meters, [*taken, *_places(found)])
    if strange is not None:
        return strange
    if found:
        more = [] if numbered is None or numbered.meter is None else [(numbered.meter, numbered.spans[0])]
        return _beside_all(text, _named(text, [*found, *more]), meters, produces)
    return _by_word(text, meters, taken) or _everyone(text, meters, produces) or _by_kind(text, meters, taken, produces)


def _places(found: Sequence[Mention]) -> tuple[Place, ...]:
    return tuple(place for _, place in found)


def _beside_all(text: str, named: Choice, meters: Sequence[Meter], produces: bool) -> Choice:
    """A meter named, and the sum of all beside it where the text holds one against the other."""
    every = ALL.search(text)
    if every is None or named.meter is None or not COMPARE.search(text):
        return named
    total = _everyone(text, meters, produces)
    if total is None or total.meter is None or not total.meter.parts:
        return named
    both = (named.meter, total.meter) if named.spans[0] < every.span() else (total.meter, named.meter)
    return Choice(None, (*named.spans, *total.spans), True, _ONE_BY_ONE, both)


def _first_free(words: re.Pattern[str], text: str, taken: Sequence[Place], group: str | int = 0) -> re.Match[str] | None:
    return next((match for match in words.finditer(text) if is_free(match.span(group), taken)), None)


def _numbered(text: str, meters: Sequence[Meter], taken: Sequence[Place]) -> Choice | None:
    """By a number behind a word for a meter; a Choice without a meter for one that nobody has."""
    match = _first_free(_NUMBERED, text, taken, "id")
    if match is None:
        return None
    number, kind = _LAST_WORD.findall(match["id"].rstrip(".")), _kind(match.group())
    same = [meter for meter in meters if kind in (None, meter.kind) and _LAST_WORD.findall(fold(meter.name)) == number]
    return _one(same, (match.span(),)) if same else Choice(None, (match.span(),), True, _unknown(match["id"], meters))


def _strange(text: str, meters: Sequence[Meter], taken: Sequence[Place]) -> Choice | None:
    """A Choice without a meter for what looks like the number of one ("H7") and is none that may be seen, whatever stands beside it."""
    match = _first_free(_LIKE_A_CODE, text, taken)
    return None if match is None else Choice(None, (match.span(),), True, _unknown(match.group(), meters))


def _named(text: str, found: Sequence[Mention]) -> Choice:
    """One meter, several at places of their own, or their sum; two of one name are one too many."""
    spans, different = _places(found), tuple(dict.fromkeys(meter for meter, _ in found))
    if len(different) == 1 or len(set(spans)) < len(spans):
        return _one(different, spans)
    if TOGETHER.search(text):
        return replace(_sum(different, (*spans, *_between(text, spans))), named=True)
    ordered = tuple(dict.fromkeys(meter for meter, _ in sorted(found, key=lambda one: one[1])))
    return Choice(None, spans, True, _ONE_BY_ONE, ordered)


def _between(text: str, spans: Sequence[Place]) -> list[Place]:
    """What joins names into one: "H1 und H2"."""
    gaps = [(one[1], other[0]) for one, other in pairwise(sorted(spans))]
    return [(start, end) for start, end in gaps if _JOINT.fullmatch(text[start:end])]


def _everyone(text: str, meters: Sequence[Meter], produces: bool) -> Choice | None:
    """All meters of a kind, or all that use or make, summed or to be ranked; None where the text means one."""
    for expression in (ALL, RANKED):
        match, ranked = expression.search(text), expression is RANKED
        kind = None if match is None else _kind_of_all(match)
        if match is None or kind is None or (ranked and not _asks_for_order(text)):
            continue
        mine = own_of(meters) if re.search(r"\b(?:unser|mein)", match.group()) else []
        pool = _pool(mine or meters, kind)
        if not pool:
            return None
        spans = (match.span(), *_spans(OWN, text), *_spans(TOGETHER, text))
        total = _sum(pool, spans, produces)
        several = tuple(_fitting(pool, produces)) if ranked and total.meter is not None else ()
        return replace(total, named=False, several=several)
    return None


def _kind_of_all(match: re.Match[str]) -> str | None:
    """The kind of meter that "alle Haushalte" or "welcher Betrieb" speaks of, "" for any; None where it is no meter."""
    groups = match.groupdict()
    what = groups.get("what") or groups.get("many") or "zaehler"
    kind = next((kind for kind, words in _KINDS.items() if words.fullmatch(what)), None)
    return kind or ("" if re.fullmatch(_ANY, what) else None)


def _asks_for_order(text: str) -> bool:
    return any(order.search(text) for order in (MOST, LEAST, EITHER))


def _pool(meters: Sequence[Meter], kind: str) -> list[Meter]:
    """The meters of a kind, "" for any."""
    return [meter for meter in meters if kind in ("", meter.kind)]


def own_of(meters: Sequence[Meter]) -> list[Meter]:
    """Those that belong to who asks."""
    return [meter for meter in meters if meter.own]


def added(pool: Sequence[Meter], spans: tuple[Place, ...]) -> Choice:
    """Several meters as one, as they were named."""
    return replace(_sum(pool, spans), named=True)


def named_places(text: str, meters: Sequence[Meter]) -> list[Place]:
    """The places of meters' names in a folded text that might be read as something else: "H1" as half a year."""
    return [place for _, place in _by_name(text, meters, ()) if _CODE.fullmatch(text[place[0] : place[1]])]


_BESIDE_A_NAME = re.compile(r"(?:und|bei|beim|fuer|von|vom|in|im|an|am|auf|der|die|das|dem|den|nur|bitte|also|jetzt|mal|for|at|please)?")


def is_name_alone(text: str, meters: Sequence[Meter]) -> bool:
    """Whether a folded text names a meter by its code and says nothing else."""
    names = named_places(text, meters)
    words = (text[one.start : one.end] for one in tokens(text) if is_free((one.start, one.end), names))
    return bool(names) and all(_BESIDE_A_NAME.fullmatch(word) for word in words)


def _spans(words: re.Pattern[str], text: str) -> list[Place]:
    return [match.span() for match in words.finditer(text)]


def _fitting(pool: Sequence[Meter], produces: bool) -> list[Meter]:
    """Those that can be added up without counting a kWh twice."""
    if len({meter.kind for meter in pool}) == 1:
        return list(pool)
    wanted = ("pv",) if produces else USERS
    return [meter for meter in pool if meter.kind in wanted] or list(pool)


def _sum(pool: Sequence[Meter], spans: tuple[Place, ...], produces: bool = False) -> Choice:
    """Several meters as one."""
    fitting = _fitting(pool, produces)
    if len(fitting) == 1:
        return Choice(fitting[0], spans, True)
    if len(fitting) > MOST_METERS:
        return Choice(None, spans, True, f"Zusammen betrachten kann ich höchstens {MOST_METERS} Zähler, hier wären es {len(fitting)}.")
    names = [meter.name for meter in fitting]
    title = f"{', '.join(names[:-1])} und {names[-1]} zusammen" if len(names) <= 3 else f"allen {len(names)} Zählern zusammen"
    kinds = {meter.kind for meter in fitting}
    ids = tuple(meter.meter_id for meter in fitting)
    one = Meter(" + ".join(ids), title, fitting[0].kind if len(kinds) == 1 else "other", parts=ids, partial=len(fitting) < len(pool))
    return Choice(one, spans, True)


def _by_kind(text: str, meters: Sequence[Meter], taken: Sequence[Place], produces: bool) -> Choice:
    """By a word for its kind, else the own or only one; spans hold the words that mean it."""
    own = _spans(OWN, text)
    for kind, words in _KINDS.items():
        same = _pool(meters, kind)
        match = _first_free(words, text, taken) if same else None
        if match is not None:
            return _one(own_of(same) or same, (match.span(), *own))
    spans = (*own, *_spans(_ANY_METER, text))
    mine = own_of(meters)
    if own and len(mine) > 1 and TOGETHER.search(text):
        return replace(_sum(mine, spans, produces), named=False)
    pool = mine or meters
    fitting = [meter for meter in pool if (meter.kind in _PLANTS) == produces]
    return replace(_one(fitting if len(fitting) == 1 else pool, spans), named=False)


def _one(found: Sequence[Meter], spans: tuple[Place, ...]) -> Choice:
    different = list(dict.fromkeys(found))
    if len(different) == 1:
        return Choice(different[0], spans, True)
    if not different:
        return Choice(None, spans, True, "Es gibt noch keinen Zähler, den Sie sehen dürfen.")
    return Choice(None, spans, True, f"Welchen Zähler meinen Sie: {_names(different)}?")


def _by_name(text: str, meters: Sequence[Meter], taken: Sequence[Place]) -> list[Mention]:
    """Meters whose number or title stands in the text; a longer name hides a shorter one within it."""
    found = []
    for meter in meters:
        for name in {fold(meter.meter_id), " ".join(fold(meter.title).split())} - {""}:
            if name.split()[0] not in text:
                continue
            pattern = re.escape(name).replace(r"\ ", r"[\s-]+")
            found += [(meter, place) for place in _spans(re.compile(rf"(?<![\w-]){pattern}s?(?![\w-])"), text) if is_free(place, taken)]
    return [one for one in found if not any(is_inside(one[1], other[1]) for other in found)]


def _near_name(text: str, meters: Sequence[Meter], taken: Sequence[Place]) -> list[Mention]:
    """Meters whose title stands there with a slip of the pen in a word of five letters or more; numbers must be right."""
    words = [word for word in tokens(text) if is_free((word.start, word.end), taken)]
    found = []
    for meter in meters:
        title = [token.form for token in tokens(meter.title)]
        if not any(len(want) >= _TELLING for want in title):
            continue
        for at in range(len(words) - len(title) + 1):
            window = words[at : at + len(title)]
            if all(_slips(want, word.form) <= 1 for want, word in zip(title, window, strict=True)):
                found.append((meter, (window[0].start, window[-1].end)))
    return found


def _by_word(text: str, meters: Sequence[Meter], taken: Sequence[Place]) -> Choice | None:
    """By words that only one title holds and that say nothing else here: "die Baeckerei", "des Ferienhauses", "in Kiel" of one's own."""
    found: list[Mention] = []
    for word in tokens(text):
        owners, place = _titled(word.form, meters), (word.start, word.end)
        if len(owners) != 1 or not is_free(place, taken) or not _may_name(word.form):
            continue
        if owners[0].own or not _PLACE_AHEAD.search(text[: word.start]):
            found.append((owners[0], place))
    if not found:
        return None
    named = _named(text, found)
    return replace(named, spans=(*named.spans, *_spans(OWN, text)))


def _titled(word: str, meters: Sequence[Meter]) -> list[Meter]:
    """The meters whose title holds a word, perhaps in the genitive ("des Ferienhauses")."""
    forms = {word, word.removesuffix("s"), word.removesuffix("es")} if len(word) > _TELLING else {word}
    return [meter for meter in meters if any(token.form in forms for token in tokens(fold(meter.title)))]


def _may_name(word: str) -> bool:
    """Whether a word is long and rare enough to be a meter's name by itself."""
    if len(word) < _TELLING - 1 or word.isdigit() or is_stop(word):
        return False
    return not (SPARE.fullmatch(word) or is_subject(word))


def _slips(want: str, word: str) -> int:
    """How many letters differ; a number, a short word or one with another first letter differs wholly or not at all."""
    if want == word:
        return 0
    far = want[0] != word[0] or abs(len(want) - len(word)) > 1
    return 2 if far or len(want) < _TELLING or not (want.isalpha() and word.isalpha()) else edits(want, word, 1)


def _kind(text: str) -> str | None:
    return next((kind for kind, words in _KIND_WORDS.items() if re.match(rf"(?:{words})", text)), None)


def _unknown(name: str, meters: Sequence[Meter]) -> str:
    there = f" Es gibt: {_names(meters)}." if meters else " Es gibt noch keinen Zähler, den Sie sehen dürfen."
    shown = name.upper() if _LIKE_A_CODE.fullmatch(name) else name.rstrip(".")
    return f"Einen Zähler „{shown}“ kenne ich nicht.{there}"


def _names(meters: Sequence[Meter]) -> str:
    shown = [meter.name for meter in meters[:_SHOWN]]
    if len(meters) > _SHOWN:
        return f"{', '.join(shown)} oder einen anderen von {len(meters)}"
    return " oder ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else shown[0]
