"""Text in, its numbers, dates, times and references out in one spelling, so that an answer's figures can be held against its sources'.

`6 000`, `6.000` and `6000` are one number, `60.000` is another; `drei Monate` is `3 Monate`; `30. April` meets `30.04.2022`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from nova.language.fold import fold

FigureKind = Literal["number", "date", "time", "ref"]
Bound = Literal["min", "max", ""]

_UNIT_NAMES = """
prozent: % prozent | prozentpunkt: prozentpunkt | euro: € eur euro | cent: ct cent | kilovolt: kv kilovolt | volt: v volt
ampere: a ampere | watt: w watt | kilowatt: kw kwp kilowatt | megawatt: mw mwp megawatt | gigawatt: gw gigawatt | bar: bar | grad: grad
gigajoule: gj gigajoule | hertz: hz hertz | quadratmeter: m² qm quadratmeter
kilowattstunde: kwh kilowattstunde | megawattstunde: mwh megawattstunde
gigawattstunde: gwh gigawattstunde | terawattstunde: twh terawattstunde | kilometer: km kilometer | meter: m meter
kilogramm: kg kilogramm | tonne: t tonne | liter: l liter | tag: tag | woche: woche | monat: monat kalendermonat
jahr: jahr kalenderjahr | quartal: quartal | stunde: h std stunde | minute: min minute | sekunde: sekunde
werktag: werktag | arbeitstag: arbeitstag | kalendertag: kalendertag
"""
_UNITS = {
    fold(name): unit.strip()
    for entry in re.split(r"[|\n]", _UNIT_NAMES)
    if ":" in entry
    for unit, names in [entry.split(":")]
    for name in names.split()
} | {"vom hundert": "prozent"}
_ONES = {"ein": 1, "eins": 1, "zwei": 2, "drei": 3, "vier": 4, "fuenf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9}
_TEENS = {
    "zehn": 10, "elf": 11, "zwoelf": 12, "dreizehn": 13, "vierzehn": 14, "fuenfzehn": 15, "sechzehn": 16, "siebzehn": 17, "achtzehn": 18,
    "neunzehn": 19,
}  # fmt: skip
_TENS = {"zwanzig": 20, "dreissig": 30, "vierzig": 40, "fuenfzig": 50, "sechzig": 60, "siebzig": 70, "achtzig": 80, "neunzig": 90}
_MONTHS = ("januar", "februar", "maerz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember")
_PLAIN_NUMBERS = {**_ONES, **_TEENS, **_TENS}
_SCALES = {"tausend": 3, "tsd": 3, "million": 6, "millionen": 6, "mio": 6, "milliarde": 9, "milliarden": 9, "mrd": 9}

_MONTH = r"(?P<month>Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)"
_CODE = re.compile(r"\b[A-Za-zÄÖÜäöüß]{1,6}\d+[A-Za-z]*(?:-\d+)*\b|\b[A-Z]{2,}-\d[\w-]*")
_DATE_WORDS = re.compile(rf"\b(?P<day>[0-3]?\d)\.\s*{_MONTH}(?:\s+(?P<year>(?:19|20)\d\d))?", re.IGNORECASE)
_DATE_DIGITS = re.compile(r"\b(?P<day>[0-3]?\d)\.\s?(?P<month>[01]?\d)\.(?:\s?(?P<year>(?:19|20)\d\d))?(?!\d)")
_DATE_ISO = re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)\b")
_TIME = re.compile(r"\b(?P<hour>[0-2]?\d)(?:[.:](?P<minute>[0-5]\d))?\s*Uhr\b")
_REF = re.compile(r"(?P<sign>§§?|Paragra(?:ph|f)(?:en)?|Art(?:ikel)?\.?|Anlage|Anhang)\s*(?P<number>\d+[a-z]{0,2}\b)", re.IGNORECASE)
_REFS = re.compile(r"§§\s*\d+[a-z]{0,2}\b(?:\s*(?:,|und|oder|bis|sowie|[-–])\s*\d+[a-z]{0,2}\b)+")
_REF_NUMBER = re.compile(r"\d+[a-z]{0,2}\b")
_DETAIL = re.compile(r"\b(?P<sign>Abs(?:atz|\.)|Satz|N(?:umme)?r\.?|Buchstabe)\s*(?P<number>\d+[a-z]?|[a-z])\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w,])(?P<digits>\d{1,3}(?:[.\s\u00a0\u202f'’]\d{3})+(?![\d])|\d+)(?P<decimals>,\d+)?(?=[a-z]{1,2}\b|\b|[€%-])")
_WORD = re.compile(r"[^\W\d_]+")
_AFTER = re.compile(
    r"[\s\u00a0-]*(?:(?P<scale>Tausend|Tsd\.?|Million(?:en)?|Mio\.?|Milliarden?|Mrd\.?)[\s\u00a0-]*)?(?P<unit>vom Hundert|[^\W\d_]+|[€%])?"
)
_UPPER = re.compile(
    r"(?:höchstens|längstens|maximal|bis zu|bis einschließlich|nicht mehr als|weniger als|unter|unterhalb von|binnen"
    r"|innerhalb(?: einer Frist)?(?: von)?|max\.)\s*(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_LOWER = re.compile(
    r"(?:mindestens|wenigstens|nicht weniger als|mehr als|größer als|oberhalb von|minimal|über|min\.)\s*(?:\w+\s+){0,2}$", re.IGNORECASE
)
_NO_UPPER = re.compile(r"nicht\s+(?:unter|weniger als)\s*(?:\w+\s+){0,2}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit, a date (`2027-12-31`, `--04-30` without a year), a time or a reference (`§ 14a`), at `text[start:end]`."""

    kind: FigureKind
    value: str
    unit: str
    bound: Bound
    start: int
    end: int


@lru_cache(maxsize=16384)
def figures(text: str) -> tuple[Figure, ...]:
    """All figures of a text in order. Codes such as `BK6-20-160` or `CO2` are none."""
    taken: list[tuple[int, int]] = [match.span() for match in _CODE.finditer(text)]
    found: list[Figure] = []
    for listed in _REFS.finditer(text):
        found += [_listed(match) for match in _REF_NUMBER.finditer(text, *listed.span())]
        taken.append(listed.span())
    for expression, make in _MAKERS:
        made = _apart(taken, [make(match) for match in expression.finditer(text)])
        found += made
        taken += [(figure.start, figure.end) for figure in made]
    found += _apart(taken, (*_digits(text), *_words(text)))
    return tuple(sorted(found, key=lambda figure: figure.start))


def missing(claim: str, source: str) -> list[Figure]:
    """The figures of a claim that its source does not hold (other value, other unit, or the opposite bound)."""
    return lacking(claim, figures(source))


def lacking(claim: str, held: Sequence[Figure]) -> list[Figure]:
    """The figures of a claim that are none of these."""
    return [figure for figure in figures(claim) if not any(_meets(figure, other) for other in held)]


def figures_of_long(text: str) -> tuple[Figure, ...]:
    """As `figures`, of a text too long to be remembered."""
    return figures.__wrapped__(text)


def _meets(claim: Figure, held: Figure) -> bool:
    if claim.kind != held.kind:
        return claim.kind == "number" and held.kind == "date" and claim.value == held.value[:4]
    if claim.kind == "date":
        return _dates_meet(claim.value, held.value)
    return claim.value == held.value and _agree(claim.bound, held.bound) and _agree(claim.unit, held.unit)


def _agree(claim: str, held: str) -> bool:
    """Whether two bounds or units go together: what one side leaves open, the other may say."""
    return not claim or not held or claim == held


def _dates_meet(claim: str, held: str) -> bool:
    return claim == held or (claim.startswith("--") and held[4:] == claim[1:])


def _apart(taken: Sequence[tuple[int, int]], made: Iterable[Figure]) -> list[Figure]:
    """The figures that touch nothing of what is taken."""
    return [figure for figure in made if all(figure.end <= left or figure.start >= right for left, right in taken)]


def _date(match: re.Match[str]) -> Figure:
    month = match["month"] if match["month"].isdigit() else str(_MONTHS.index(fold(match["month"])) + 1)
    year = match["year"] or "-"
    value = f"{year}-{int(month):02d}-{int(match['day']):02d}"
    return Figure("date", value, "", "", match.start(), match.end())


def _time(match: re.Match[str]) -> Figure:
    return Figure("time", f"{int(match['hour']):02d}:{match['minute'] or '00'}", "", "", match.start(), match.end())


def _ref(match: re.Match[str]) -> Figure:
    sign = fold(match["sign"])[0]
    names = {"§": "§", "p": "§", "a": fold(match["sign"])[:3], "s": "satz", "n": "nr", "b": "buchst"}
    return Figure("ref", f"{names[sign]} {match['number'].lower()}", "", "", match.start(), match.end())


def _listed(match: re.Match[str]) -> Figure:
    return Figure("ref", f"§ {match.group().lower()}", "", "", match.start(), match.end())


_MAKERS = ((_DATE_WORDS, _date), (_DATE_ISO, _date), (_DATE_DIGITS, _date), (_TIME, _time), (_REF, _ref), (_DETAIL, _ref))


def _digits(text: str) -> list[Figure]:
    found = []
    for match in _NUMBER.finditer(text):
        value = re.sub(r"\D", "", match["digits"]) + (match["decimals"] or "").replace(",", ".")
        found.append(_number(text, value, match.start(), match.end()))
    return found


def _words(text: str) -> list[Figure]:
    found = []
    for match in _WORD.finditer(text):
        folded = fold(match.group())
        if folded in _ARTICLES:
            figure = _number(text, "1", match.start(), match.end())
            if figure.unit in _TIMES:
                found.append(figure)
        elif (value := number_word(folded)) is not None:
            found.append(_number(text, value, match.start(), match.end()))
    return found


def _number(text: str, value: str, start: int, end: int) -> Figure:
    after = _AFTER.match(text, end)
    unit = ""
    if after and after["scale"]:
        value = _scaled(value, _SCALES[fold(after["scale"]).rstrip(".")])
        end = after.end("scale")
    if after and after["unit"]:
        unit = _unit(after["unit"])
    if not unit and (joined := _JOINED.match(fold(text[start:end]))):
        unit = joined.lastgroup or ""
    return Figure("number", _without_idle_zeros(value), unit, _bound(text, start, after.end() if after else end), start, end)


def _without_idle_zeros(value: str) -> str:
    """A number without the zeros that change nothing: `007` is `7`, `1.50` is `1.5`, `0.5` stays."""
    if not value.startswith("0."):
        value = value.lstrip("0")
    if "." in value:
        value = value.rstrip("0").rstrip(".")
    return value or "0"


@lru_cache(maxsize=4096)
def _unit(word: str) -> str:
    folded = fold(word)
    if folded in _UNITS:
        return _UNITS[folded]
    for ending in ("en", "n", "es", "s", "e"):
        if folded.endswith(ending) and folded[: -len(ending)] in _UNITS:
            return _UNITS[folded[: -len(ending)]]
    return ""


def _scaled(value: str, zeros: int) -> str:
    whole, _, decimals = value.partition(".")
    return whole + decimals.ljust(zeros, "0")[:zeros] + (f".{decimals[zeros:]}" if len(decimals) > zeros else "")


def _bound(text: str, start: int, end: int) -> Bound:
    before = text[max(0, start - 45) : start]
    if _NO_UPPER.search(before):
        return "min"
    if _UPPER.search(before):
        return "max"
    if _LOWER.search(before):
        return "min"
    after = text[end : end + 40]
    if re.match(r"\s*(?:\w+\s+)?(?:nicht\s+(?:über|unter)schrei\w+)", after):
        return "max" if "über" in after else "min"
    return "min" if re.match(r"\s*(?:übersteig\w+|überschreit\w+|überschritt\w+)", after) else ""


_ARTICLES = frozenset({"ein", "eine", "einem", "einen", "einer"})
_TIMES = frozenset({"tag", "woche", "monat", "jahr", "stunde", "minute", "werktag", "arbeitstag", "kalendertag", "quartal"})
_JOINED = re.compile(
    r"^\w+?(?:(?P<jahr>jaehr)|(?P<monat>monat)|(?P<woche>woech)|(?P<tag>taeg)|(?P<stunde>stuend)|(?P<minute>minuet))ig\w{0,2}$"
)


@lru_cache(maxsize=8192)
def number_word(folded: str) -> str | None:
    """The value of a German number word up to 999 999 (`fuenfundzwanzig`, `zehnten`, `dreissigjaehrig`, `eineinhalb`), or None."""
    if folded in ("eineinhalb", "anderthalb"):
        return "1.5"
    plain = re.sub(r"(?:jaehrig|monatig|woechig|taegig|stuendig|minuetig|fach|mal)\w{0,2}$", "", folded)
    for candidate in (plain, re.sub(r"st?(?:e[nrsm]?)$", "", plain), re.sub(r"te[nrsm]?$", "", plain)):
        value = _cardinal(candidate)
        if value is not None and (value > 1 or candidate == "eins"):
            return str(value)
    return None


def _cardinal(word: str) -> int | None:
    if word in _PLAIN_NUMBERS:
        return _PLAIN_NUMBERS[word]
    for name, scale in (("tausend", 1000), ("hundert", 100)):
        head, found, tail = word.partition(name)
        if found:
            return _multiple(head, scale, tail)
    one, _, ten = word.partition("und")
    return _ONES[one] + _TENS[ten] if one in _ONES and ten in _TENS else None


def _multiple(head: str, scale: int, tail: str) -> int | None:
    """`zwei` times a hundred and `fuenfzig`; a missing head is one, a missing tail nothing."""
    first = _cardinal(head) if head else 1
    rest = _cardinal(tail.removeprefix("und")) if tail else 0
    return None if first is None or rest is None or rest >= scale else first * scale + rest
