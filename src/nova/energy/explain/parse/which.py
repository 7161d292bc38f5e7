"""A folded question and the meters there are in, the meter meant out: by number, title, kind or because it is the only one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nova.energy.explain.parse.lexis import ALL, COMPARE, EITHER, LEAST, MOST, RANKED, SPARE, SUBJECTS, TOGETHER
from nova.energy.explain.source import Meter
from nova.language.fold import fold, tokens
from nova.language.spelling import edits
from nova.language.stems import is_stop

OWN = re.compile(r"\b(?:mein|unser|eigen)(?:e[nrsm]?)?\b|\b(?:wir|ich|uns|mir)\b")
_KINDS = {
    "household": r"haushalt\w*|wohnung\w*|einfamilienhaus\w*|haus\b|hauses\b|privathaushalt\w*",
    "business": r"betrieb(?:e?s|en?)?|gewerbe\w*|firma|unternehmen\w*|fabrik\w*|werk\b|filiale\w*|buero\w*|halle\w*|laden\b|geschaeft\w*",
    "pv": r"pv|pv-anlage\w*|photovoltaik\w*|solaranlage\w*|solardach\w*",
    "battery": r"speicher\w*|batterie\w*|akku\w*",
    "ev": r"wallbox\w*|e-auto\w*|elektroauto\w*|ladesaeule\w*|ladepunkt\w*",
    "heat_pump": r"waermepumpe\w*",
    "grid": r"netzanschluss\w*|netzknoten\w*|umspannwerk\w*|trafo\w*",
}
_METER = r"(?:strom)?zaehlers?\b|messstelle\w*|zaehlpunkt\w*|anschluss\w*|anlage\w*|lastgang\w*"
_NUMBERED = re.compile(
    rf"\b(?:{_METER}|{'|'.join(_KINDS.values())})(?:\s+(?:nr\.?|nummer))?\s+[„\"']?(?P<id>[\w.:-]*\d[\w.:-]*|[a-z](?!\w))"
)
_SHOWN = 5
MOST_METERS = 50  # that are summed or ranked
_USERS = ("household", "business", "other")  # a plant, a wallbox or a heat pump may already be measured in one of these
_ANY = r"zaehlern?|messstellen?|anschluesse?n?|standorten?|gebaeuden?|objekten?|liegenschaften"


@dataclass(frozen=True, slots=True)
class Choice:
    """The meter meant, or None with the German sentence that says why; `spans` are its places in the text; `named` by the text itself.

    `several` are meters named one beside the other, or all of which one is asked for.
    """

    meter: Meter | None
    spans: tuple[tuple[int, int], ...] = ()
    named: bool = False
    problem: str = ""
    several: tuple[Meter, ...] = ()


def choose(text: str, meters: Sequence[Meter], taken: Sequence[tuple[int, int]], produces: bool = False) -> Choice:
    """The meter of a folded question. `taken` are the places of periods, `produces` whether it asks for production."""
    exact = _by_name(text, meters, taken)
    found = exact + _near_name(text, meters, [*taken, *(span for _, span in exact)])
    spans = tuple(span for _, span in found)
    unknown = _numbered(text, meters, [*taken, *spans])
    if found and (unknown is None or unknown.meter is not None):
        more = [] if unknown is None or unknown.meter is None else [(unknown.meter, unknown.spans[0])]
        return _beside_all(text, _named(text, [*found, *more]), meters, produces)
    if unknown is not None:
        return unknown
    part = _by_word(text, meters, taken)
    if part is not None:
        return part
    everyone = _everyone(text, meters, produces)
    if everyone is not None:
        return everyone
    return _by_kind(text, meters, taken, produces)


def _beside_all(text: str, named: Choice, meters: Sequence[Meter], produces: bool) -> Choice:
    """A meter named, and the sum of all beside it where the text holds one against the other."""
    every = ALL.search(text)
    total = _everyone(text, meters, produces) if every is not None and named.meter is not None and COMPARE.search(text) else None
    if every is None or named.meter is None or total is None or total.meter is None or not total.meter.parts:
        return named
    both = (named.meter, total.meter) if named.spans[0] < every.span() else (total.meter, named.meter)
    return Choice(None, (*named.spans, *total.spans), True, "Bitte fragen Sie nach einem Zähler nach dem anderen.", both)


def _numbered(text: str, meters: Sequence[Meter], taken: Sequence[tuple[int, int]]) -> Choice | None:
    """By a number behind a word for a meter; a Choice without a meter for one that nobody has."""
    match = next((match for match in _NUMBERED.finditer(text) if _free(match.span("id"), taken)), None)
    if match is None:
        return None
    same = [meter for meter in meters if re.findall(r"\w+$", fold(meter.name)) == re.findall(r"\w+$", match["id"].rstrip("."))]
    same = [meter for meter in same if meter.kind == _kind(match.group())] or (same if _kind(match.group()) is None else [])
    return _one(same, (match.span(),)) if same else Choice(None, (match.span(),), True, _unknown(match["id"], meters))


def _named(text: str, found: Sequence[tuple[Meter, tuple[int, int]]]) -> Choice:
    """One meter, several at places of their own, or their sum; two of one name are one too many."""
    spans, different = tuple(span for _, span in found), tuple(dict.fromkeys(meter for meter, _ in found))
    by_place = {span: [meter for meter, place in found if place == span] for span in spans}
    if len(different) == 1 or any(len(meters) > 1 for meters in by_place.values()):
        return _one(different, spans)
    if TOGETHER.search(text):
        return replace(_sum(different, spans), named=True)
    ordered = tuple(dict.fromkeys(meter for meter, _ in sorted(found, key=lambda one: one[1])))
    return Choice(None, spans, True, "Bitte fragen Sie nach einem Zähler nach dem anderen.", ordered)


def _everyone(text: str, meters: Sequence[Meter], produces: bool) -> Choice | None:
    """All meters of a kind, or all that use or make, summed or to be ranked; None where the text means one."""
    for expression in (ALL, RANKED):
        match = expression.search(text)
        groups = match.groupdict() if match else {}
        what = groups.get("what") or groups.get("many") or "zaehler"
        kind = next((kind for kind, words in _KINDS.items() if re.fullmatch(words, what)), None)
        if match is None or not (kind or re.fullmatch(_ANY, what)):
            continue
        if expression is RANKED and not any(order.search(text) for order in (MOST, LEAST, EITHER)):
            continue
        own = [meter for meter in meters if meter.own] if re.search(r"\b(?:unser|mein)", match.group()) else []
        pool = [meter for meter in own or meters if kind is None or meter.kind == kind]
        if not pool:
            return None
        spans = (match.span(), *(one.span() for one in OWN.finditer(text)), *(one.span() for one in TOGETHER.finditer(text)))
        total = _sum(pool, spans, produces)
        several = tuple(_fitting(pool, produces)) if expression is RANKED and total.meter is not None else ()
        return replace(total, named=False, several=several)
    return None


def _fitting(pool: Sequence[Meter], produces: bool) -> list[Meter]:
    """Those that can be added up without counting a kWh twice."""
    if len({meter.kind for meter in pool}) == 1:
        return list(pool)
    wanted = ("pv",) if produces else _USERS
    return [meter for meter in pool if meter.kind in wanted] or list(pool)


def _sum(pool: Sequence[Meter], spans: tuple[tuple[int, int], ...], produces: bool = False) -> Choice:
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
    one = Meter(" + ".join(ids), title, fitting[0].kind if len(kinds) == 1 else "other", False, None, "", ids, len(fitting) < len(pool))
    return Choice(one, spans, True)


def _by_kind(text: str, meters: Sequence[Meter], taken: Sequence[tuple[int, int]], produces: bool) -> Choice:
    """By a word for its kind, else the own or only one; spans hold the words that mean it."""
    own = [match.span() for match in OWN.finditer(text)]
    for kind, words in _KINDS.items():
        match = next((match for match in re.finditer(rf"(?<![\w-])(?:{words})(?![\w-])", text) if _free(match.span(), taken)), None)
        same = [meter for meter in meters if meter.kind == kind]
        if match is not None and same:
            return _one([meter for meter in same if meter.own] or same, (match.span(), *own))
    spans = (*own, *(match.span() for match in re.finditer(rf"\b(?:{_METER})", text)))
    pool = [meter for meter in meters if meter.own] or list(meters)
    fitting = [meter for meter in pool if (meter.kind in ("pv", "battery")) == produces]
    if len(pool) > 1 and own and TOGETHER.search(text) and all(meter.own for meter in pool):
        return replace(_sum(pool, spans, produces), named=False)
    found = pool if len(pool) == 1 else fitting if len(fitting) == 1 else pool
    choice = _one(found, spans)
    return Choice(choice.meter, spans, False, choice.problem)


def _one(found: Sequence[Meter], spans: tuple[tuple[int, int], ...]) -> Choice:
    different = list(dict.fromkeys(found))
    if len(different) == 1:
        return Choice(different[0], spans, True)
    if not different:
        return Choice(None, spans, True, "Es gibt noch keinen Zähler, den Sie sehen dürfen.")
    return Choice(None, spans, True, f"Welchen Zähler meinen Sie: {_names(different)}?")


def _by_name(text: str, meters: Sequence[Meter], taken: Sequence[tuple[int, int]]) -> list[tuple[Meter, tuple[int, int]]]:
    """Meters whose number or title stands in the text; a longer name hides a shorter one within it."""
    found = []
    for meter in meters:
        for name in {fold(meter.meter_id), " ".join(fold(meter.title).split())} - {""}:
            if name.split()[0] not in text:
                continue
            pattern = re.escape(name).replace(r"\ ", r"[\s-]+")
            found += [
                (meter, match.span()) for match in re.finditer(rf"(?<![\w-]){pattern}s?(?![\w-])", text) if _free(match.span(), taken)
            ]
    return [one for one in found if not any(_inside(one[1], other[1]) for other in found)]


def _near_name(text: str, meters: Sequence[Meter], taken: Sequence[tuple[int, int]]) -> list[tuple[Meter, tuple[int, int]]]:
    """Meters whose title stands there with a slip of the pen in a word of five letters or more; numbers must be right."""
    words = [word for word in tokens(text) if _free((word.start, word.end), taken)]
    found = []
    for meter in meters:
        title = [token.form for token in tokens(meter.title)]
        for at in range(len(words) - len(title) + 1 if title else 0):
            window = words[at : at + len(title)]
            slips = [_slips(want, word.form) for want, word in zip(title, window, strict=True)]
            if max(slips) <= 1 and any(len(want) >= 5 for want in title):
                found.append((meter, (window[0].start, window[-1].end)))
    return found


def _by_word(text: str, meters: Sequence[Meter], taken: Sequence[tuple[int, int]]) -> Choice | None:
    """By a word of five letters or more that only one title holds and that says nothing else here: "die Baeckerei"."""
    held: dict[str, set[Meter]] = {}
    for meter in meters:
        for token in tokens(fold(meter.title)):
            held.setdefault(token.form, set()).add(meter)
    for word in tokens(text):
        owners = held.get(word.form, set())
        plain = len(word.form) < 5 or word.form.isdigit() or is_stop(word.form) or SPARE.fullmatch(word.form) or _kind(word.form)
        place = re.search(r"\b(?:in|ganz)\s+$", text[: word.start]) is not None  # "in Berlin" is no meter's name
        if len(owners) == 1 and not plain and not place and _free((word.start, word.end), taken):
            subject = any(re.fullmatch(words, word.form) for _, words in SUBJECTS)
            if not subject:
                return Choice(next(iter(owners)), ((word.start, word.end), *(one.span() for one in OWN.finditer(text))), True)
    return None


def _slips(want: str, word: str) -> int:
    """How many letters differ; a number, a short word or one with another first letter differs wholly or not at all."""
    if want == word:
        return 0
    far = want[0] != word[0] or abs(len(want) - len(word)) > 1
    return 2 if far or len(want) < 5 or not (want.isalpha() and word.isalpha()) else edits(want, word, 1)


def _kind(text: str) -> str | None:
    return next((kind for kind, words in _KINDS.items() if re.match(rf"(?:{words})", text)), None)


def _unknown(name: str, meters: Sequence[Meter]) -> str:
    there = f" Es gibt: {_names(meters)}." if meters else " Es gibt noch keinen Zähler, den Sie sehen dürfen."
    return f"Einen Zähler „{name.rstrip('.')}“ kenne ich nicht.{there}"


def _names(meters: Sequence[Meter]) -> str:
    shown = [meter.name for meter in meters[:_SHOWN]]
    if len(meters) > _SHOWN:
        return f"{', '.join(shown)} oder einen anderen von {len(meters)}"
    return " oder ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else shown[0]


def _free(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return all(span[1] <= left or span[0] >= right for left, right in taken)


def _inside(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one != other and other[0] <= one[0] and one[1] <= other[1]
