"""A text in, its facts out: amounts with their units, days, times, provisions and names, each comparable with another writing of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import Literal

from nova.language.analyser import Analyser
from nova.language.figures import Figure, figures_of_long
from nova.language.fold import fold
from nova.language.norms import Norm, compact, find_norms, known_laws
from nova.privacy import lexicon
from nova.training.written import written

Kind = Literal["amount", "date", "time", "provision", "law", "name", "code", "person"]
TOLERANCE, SHARE_TOLERANCE = 1e-6, 0.012
LONGEST, MOST = 8000, 120
_SCALES: dict[str, tuple[str, float]] = {
    "cent": ("euro", 0.01), "euro": ("euro", 1.0),
    "watt": ("kilowatt", 0.001), "kilowatt": ("kilowatt", 1.0), "megawatt": ("kilowatt", 1e3), "gigawatt": ("kilowatt", 1e6),
    "kilowattstunde": ("kilowattstunde", 1.0), "megawattstunde": ("kilowattstunde", 1e3), "gigawattstunde": ("kilowattstunde", 1e6),
    "terawattstunde": ("kilowattstunde", 1e9), "wattstunde": ("kilowattstunde", 0.001),
    "volt": ("volt", 1.0), "kilovolt": ("volt", 1e3), "meter": ("meter", 1.0), "kilometer": ("meter", 1e3),
    "kilogramm": ("kilogramm", 1.0), "tonne": ("kilogramm", 1e3), "gramm": ("kilogramm", 0.001),
    "tag": ("minute", 1440.0), "kalendertag": ("minute", 1440.0), "woche": ("minute", 10080.0),
    "monat": ("monat", 1.0), "quartal": ("monat", 3.0),
    "jahr": ("monat", 12.0), "sekunde": ("minute", 1 / 60), "minute": ("minute", 1.0), "stunde": ("minute", 60.0),
    "voltampere": ("voltampere", 1.0), "kilovoltampere": ("voltampere", 1e3), "kubikmeter": ("kubikmeter", 1.0),
    "liter": ("kubikmeter", 0.001),
}  # fmt: skip
_UNITS = {
    "kva": "kilovoltampere", "va": "voltampere", "voltampere": "voltampere", "kilovoltampere": "kilovoltampere", "m3": "kubikmeter",
    "kubikmeter": "kubikmeter", "kubikmetern": "kubikmeter", "cbm": "kubikmeter", "wh": "wattstunde", "wattstunden": "wattstunde",
    "g": "gramm", "gramm": "gramm", "kwh": "kilowattstunde", "mwh": "megawattstunde", "kilowattstunde": "kilowattstunde",
    "megawattstunde": "megawattstunde", "kw": "kilowatt", "kwp": "kilowatt", "kilowatt": "kilowatt", "jahr": "jahr", "a": "jahr",
    "monat": "monat", "tag": "tag", "woche": "woche", "quartal": "quartal", "stunde": "stunde", "m2": "quadratmeter", "qm": "quadratmeter",
    "quadratmeter": "quadratmeter", "tonne": "tonne", "t": "tonne", "liter": "liter", "jaehrlich": "jahr", "monatlich": "monat",
    "taeglich": "tag", "woechentlich": "woche", "kilogramm": "kilogramm", "kg": "kilogramm", "kubikmetergas": "kubikmeter",
}  # fmt: skip
_OFTEN = "jährlich|monatlich|täglich|wöchentlich"
_AFTER = re.compile(
    r"[\s-]*(?P<unit>m³|m²|m3|m2|[^\W\d_]+|[€%])?(?:(?:\s+(?:[A-ZÄÖÜ][\w-]+|brutto|netto))?"
    r"\s*(?P<slash>/|je|pro|im|per|in der|in jedem)\s*(?P<per>m³|m²|m3|m2|[^\W\d_]+)"
    rf"|\s*(?P<often>{_OFTEN})\w{{0,2}}\b|\s*(?P<pa>p\.\s?a\.))?"
)
_BEFORE = re.compile(rf"\b(?P<often>{_OFTEN})\w{{0,2}}\s+(?:\w+\s+){{0,2}}$|\bJahres\w+\s+(?:\w+\s+){{0,2}}$")
_SIDE = re.compile(
    r"\W*(?:[^\W\d_]+|[€%])?\s+(?:(?P<up>über|mehr|höher|teurer|oberhalb|länger|größer)|(?P<down>unter|weniger|niedriger|billiger|unterhalb|kürzer|kleiner))\b"
)
_TERM = re.compile(r"\b(?:(?P<late>spätestens)|(?P<early>frühestens))\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_DAY = re.compile(r"\b(?:(?P<late>vor|bis|spätestens)|(?P<early>nach|ab|seit|frühestens))\s+(?:(?:zum|dem|zu|am)\s+){0,2}$", re.IGNORECASE)
_DENIED = re.compile(r"[^.;:!?]{0,80}\b(?:nicht|kein\w*)\b")
_RANGE = re.compile(r"\s*(?:bis(?: zu)?|-|–|und|oder|/)\s*")
_OPPOSITE = {"min": "max", "max": "min", "up": "down", "down": "up", "late": "early", "early": "late"}
_MONTH = re.compile(
    r"\b(?P<month>Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\s+(?P<year>(?:19|20)\d\d)\b"
)
_MONTHS = ("januar", "februar", "maerz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember")
_DAY_BEFORE = re.compile(r"\d\.\s*$")
_PERSON = re.compile(r"\b(?:Frau|Herrn?|Dr\.|Prof\.)\s+(?:(?:Dr|Prof)\.\s+)*(?P<name>[A-ZÄÖÜ][\w-]+(?:\s[A-ZÄÖÜ][\w-]+)?)")
_CODE = re.compile(r"\b(?=[\w-]*\d)(?=[\w-]*[A-Za-zÄÖÜ])[A-Z][A-Za-zÄÖÜäöü]*-?\d[\w-]*\b|\b[A-Z]{2,}-\d[\w-]*|\bDE\d{9,}\w*")
_PHONE = re.compile(r"(?<![\d.,])0\d{2,4}[\s/-]*\d{2,}(?:[\s/-]\d{2,})*\b|\+49[\s\d/-]{6,}\d")
_FIRM = re.compile(r"\b(?P<name>(?:[A-ZÄÖÜ][\w&-]+\s){1,3})(?:GmbH|AG|SE|eG|KG|mbH)\b|\b(?P<town>Stadtwerke\s[A-ZÄÖÜ][\w-]+)")
_STANDARD = re.compile(r"\b(?P<name>(?:DIN|VDE|EN|ISO|IEC|DVGW)(?:[ /-](?:VDE|EN|ISO|IEC|AR|N|G|W))*[ -]*\d{2,6}(?:-\d+)*)")
_CAPITAL = re.compile(r"(?<![.!?:„\"(]\s)(?<!^)\b[A-ZÄÖÜ][a-zäöüß]{3,}\b")
_ORDINARY = re.compile(r"(?:ung|heit|keit|schaft|tion|tät|ismus|ling|nis|tum|erei|chen)(?:en|e|s)?$")


@dataclass(frozen=True, slots=True)
class Fact:
    """What a text says at `start`: an amount's `value` is in `unit` (its family's smallest common one), `per` another; else `name` tells.

    `plain` is the number as it was written. `firm`: whether another value there would be wrong; else it may only be missing.
    """

    kind: Kind
    start: int
    end: int
    name: str = ""
    value: float = 0.0
    plain: float = 0.0
    unit: str = ""
    per: str = ""
    rate: float = 1.0
    bound: str = ""
    norm: Norm | None = None
    firm: bool = True


@lru_cache(maxsize=32768)
def facts_of(text: str) -> tuple[Fact, ...]:
    """The facts of a text in its `written` form, in order; of one that is longer than answers are, those of its beginning."""
    text = written(text)[:LONGEST]
    taken = bytearray(len(text))
    found = [*_provisions(text, taken), *_named(text, taken), *_months(text, taken)]
    found += _ranges(text, [fact for figure in figures_of_long(text) if (fact := _figure(text, figure, taken))])
    found += _laws(text, taken)
    return tuple(sorted(found, key=lambda fact: fact.start)[:MOST])


def _free(taken: bytearray, start: int, end: int) -> bool:
    """Whether nothing of a span is taken; then it is."""
    if any(taken[start:end]):
        return False
    taken[start:end] = b"\x01" * (end - start)
    return True


def _provisions(text: str, taken: bytearray) -> Iterator[Fact]:
    for ref in find_norms(text):
        taken[ref.start : ref.end] = b"\x01" * (ref.end - ref.start)
        yield Fact("provision", ref.start, ref.end, ref.norm.number, norm=ref.norm)


_SHAPES: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (_STANDARD, "code"), (_PERSON, "person"), (_FIRM, "person"), (_PHONE, "code"), (_CODE, "code"),
)  # fmt: skip
_LEADING = re.compile(r"^(?:Die|Der|Das|Bei|Von|Ihre)\s")


def _named(text: str, taken: bytearray) -> Iterator[Fact]:
    """People, firms, standards, codes, numbers of telephones, and names that are listed or that nobody knows."""
    for expression, kind in _SHAPES:
        for match in expression.finditer(text):
            if _free(taken, *match.span()):
                words = _LEADING.sub("", (match[match.lastgroup] if match.lastgroup else match.group()).strip())
                yield Fact(kind, *match.span(), name=_digits(words) if expression is _STANDARD else compact(words).removesuffix("s"))
    yield from (Fact("name", start, end, name=name) for start, end, name in _listed(text) if _free(taken, start, end))
    yield from (
        Fact("name", *match.span(), name=compact(match.group()).removesuffix("s"), firm=False)
        for match in filter(_is_strange, _CAPITAL.finditer(text))
        if _free(taken, *match.span())
    )


def _digits(text: str) -> str:
    """A standard is known by its number: "DIN EN 50160" is "EN 50160"."""
    return re.sub(r"\D", "", text)


def _listed(text: str) -> Iterator[tuple[int, int, str]]:
    """Listed names where they stand, the longest first."""
    names = _names()
    spans = [match.span() for match in re.finditer(r"[^\W_]+(?:-[^\W_]+)*", text)]
    for at, (start, _) in enumerate(spans):
        for end in (end for _, end in reversed(spans[at : at + 5])):
            plain = compact(text[start:end])
            name = names.get(plain) or names.get(plain.removesuffix("s"))
            if name and _is_written_so(text[start:end]):
                yield start, end, name
                break


def _is_written_so(written_name: str) -> bool:
    """Whether it is no small word that happens to read like an abbreviation ("din", "vde")."""
    return len(written_name) > 4 or sum(char.isupper() for char in written_name) > 1 or written_name == "dena"


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    lines = resources.files("nova.training").joinpath("names.txt").read_text("utf-8").splitlines()
    listed = [[compact(name) for name in line.split(";")] for line in lines if line.strip() and not line.startswith("#")]
    return {name: first for first, *others in listed for name in (first, *others)}


def _is_strange(match: re.Match[str]) -> bool:
    return _is_name(match.group())


@lru_cache(maxsize=65536)
def _is_name(word: str) -> bool:
    """Whether a capitalised word is none that texts about energy, or anybody's, are made of: most likely a name."""
    analyser, plain = Analyser.builtin(), fold(word)
    if plain in _UNITS or plain in analyser.counts or _ORDINARY.search(word):
        return False
    if analyser.knows(analyser.word(word).stem) or analyser.splitter.split(plain):
        return False
    if word.lower() in lexicon.words("brands"):
        return True
    return not lexicon.english(word.lower()) and not any(
        word.lower().removesuffix(ending) in lexicon.ordinary() for ending in ("", "n", "en", "s", "es", "e")
    )


def _months(text: str, taken: bytearray) -> Iterator[Fact]:
    for match in _MONTH.finditer(text):
        if not _DAY_BEFORE.search(text[: match.start()][-4:]) and _free(taken, *match.span()):
            yield Fact("date", *match.span(), name=f"{match['year']}-{_MONTHS.index(fold(match['month'])) + 1:02d}")


def _laws(text: str, taken: bytearray) -> Iterator[Fact]:
    for key, start, end in known_laws().find(text):
        if _free(taken, start, end):
            yield Fact("law", start, end, name=key)


def _ranges(text: str, found: list[Fact]) -> list[Fact]:
    """`110 bis 190 Euro`: what has no unit before one that has counts in the same."""
    for at in range(len(found) - 2, -1, -1):
        one, after = found[at], found[at + 1]
        if one.kind == "amount" == after.kind and not one.unit and after.unit and _RANGE.fullmatch(text, one.end, after.start):
            scale = after.value / after.plain if after.plain else 1.0
            found[at] = replace(one, value=one.plain * scale, unit=after.unit, per=after.per, rate=after.rate)
    return found


def _figure(text: str, figure: Figure, taken: bytearray) -> Fact | None:
    if figure.kind == "ref" or any(taken[figure.start : figure.end]):
        return None
    if figure.kind in ("date", "time"):
        return Fact(figure.kind, figure.start, figure.end, name=figure.value, bound=_side_of_day(text, figure.start, figure.end))
    return _amount(text, figure)


def _amount(text: str, figure: Figure) -> Fact | None:
    after = _AFTER.match(text, figure.end)
    raw = text[figure.start : figure.end]
    unit = figure.unit or _unit(after)
    if not unit and raw[0].isalpha() and not _counts_things(text, figure.end, raw):
        return None
    if not unit and re.fullmatch(r"(?:19|20)\d\d", raw):
        return Fact("date", figure.start, figure.end, name=raw, bound=_side_of_day(text, figure.start, figure.end))
    value = float(figure.value)
    family, scale = _SCALES.get(unit, (unit, 1.0))
    per = _per(text, figure, after)
    held, rate = _SCALES.get(per, (per, 1.0))
    if held == family:
        held, rate = "", 1.0
    return Fact("amount", figure.start, figure.end, "", value * scale, value, family, held, rate, _bound(text, figure))


def _unit(after: re.Match[str] | None) -> str:
    """A unit that the room knows besides those of figures; "a" behind a number is none, but may be a letter."""
    word = after["unit"] if after else None
    return _UNITS.get(fold(word), "") if word and word not in ("a", "A") else ""


def _bound(text: str, figure: Figure) -> str:
    """`min`, `max` (as `Figure` has it), `up`, `down` ("12 % über"), `late`, `early` ("spätestens"), or none."""
    if side := _SIDE.match(text, figure.end):
        return side.lastgroup or ""
    if term := _TERM.search(text, max(0, figure.start - 40), figure.start):
        return term.lastgroup or ""
    return "" if _is_denied(text, figure.end) else figure.bound


def _side_of_day(text: str, start: int, end: int) -> str:
    """`late` for what goes up to a day, `early` for what begins with it; none where that is denied."""
    side = _DAY.search(text, max(0, start - 30), start)
    return "" if side is None or _is_denied(text, end) else side.lastgroup or ""


def _is_denied(text: str, end: int) -> bool:
    """Whether the clause goes on with "nicht": "auf weniger als 4,2 kW darf sie nicht sinken" is a lower bound."""
    return _DENIED.match(text, end) is not None


def against(left: str, right: str) -> bool:
    """Whether two bounds are each other's opposite."""
    return bool(left) and _OPPOSITE[left] == right


def _per(text: str, figure: Figure, after: re.Match[str] | None) -> str:
    """For each of what an amount is: "je kWh", "im Jahr", "monatlich" behind it or before it."""
    if after and after["pa"]:
        return "jahr"
    if after and after["per"]:
        return _each(after["slash"], fold(after["per"]))
    often = after["often"] if after else None
    if not often:
        before = _BEFORE.search(text, max(0, figure.start - 50), figure.start)
        often = before["often"] if before else None
    return _UNITS[fold(often)] if often else ""


def _each(sign: str, word: str) -> str:
    """The unit behind "je", "/" or "im"; "im" means each only with times ("im Jahr")."""
    endings = ("", "en", "n", "s")
    found = next((_UNITS[one] for one in (word.removesuffix(ending) for ending in endings) if one in _UNITS), "")
    return found if not sign.startswith(("im", "in")) or found in ("jahr", "monat", "tag", "woche", "quartal") else ""


def _counts_things(text: str, end: int, raw: str) -> bool:
    """Whether a number word counts things ("zwei Raten"); "der zweite", "einmal", "acht auf" do not."""
    ordinal = re.search(r"(?:t|st)e[nrsm]?$", raw) is not None
    return not ordinal and re.match(r"\s+(?:[a-zäöüß]+(?:en|e|er)\s+)?[A-ZÄÖÜ][a-zäöüß]+", text[end:]) is not None
