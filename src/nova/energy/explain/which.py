"""A folded question and the meters there are in, the meter meant out: by number, title, kind or because it is the only one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nova.energy.explain.source import Meter
from nova.language.fold import fold, tokens
from nova.language.spelling import edits

OWN = re.compile(r"\b(?:mein|unser|eigen)(?:e[nrsm]?)?\b|\b(?:wir|ich|uns|mir)\b")
_KINDS = {
    "household": r"haushalt\w*|wohnung\w*|einfamilienhaus\w*|haus\b|hauses\b|privathaushalt\w*",
    "business": r"betrieb\w*|gewerbe\w*|firma|unternehmen\w*|fabrik\w*|werk\b|filiale\w*|buero\w*|halle\w*|laden\b|geschaeft\w*",
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


@dataclass(frozen=True, slots=True)
class Choice:
    """The meter meant, or None with the German sentence that says why; `spans` are its places in the text; `named` by the text itself."""

    meter: Meter | None
    spans: tuple[tuple[int, int], ...] = ()
    named: bool = False
    problem: str = ""


def choose(text: str, meters: Sequence[Meter], taken: Sequence[tuple[int, int]], produces: bool = False) -> Choice:
    """The meter of a folded question. `taken` are the places of periods, `produces` whether it asks for production."""
    for find in (_by_name, _near_name):
        found = find(text, meters, taken)
        if found:
            return _one([meter for meter, _ in found], tuple(place for _, place in found))
    numbered = next((match for match in _NUMBERED.finditer(text) if _free(match.span("id"), taken)), None)
    if numbered is not None:
        same = [meter for meter in meters if re.findall(r"\w+$", fold(meter.name)) == re.findall(r"\w+$", numbered["id"].rstrip("."))]
        same = [meter for meter in same if meter.kind == _kind(numbered.group())] or (same if _kind(numbered.group()) is None else [])
        return _one(same, (numbered.span(),)) if same else Choice(None, (numbered.span(),), True, _unknown(numbered["id"], meters))
    return _by_kind(text, meters, taken, produces)


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
