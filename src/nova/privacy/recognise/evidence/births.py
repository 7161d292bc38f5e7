"""Folded text in, dates of birth out that no rule knows but whose year, words and people around speak of one.

The signs of a day are those of the words around it (see `signs`), and besides:

    era=y50-89 form=9.9.9     the year, in figures or short, and how the day is written
    cb=CG ca=cO|gap           the words right before and behind: capital or not, a first name, a surname, an ordinary word
    person days=2 beside=new  whether somebody may be named beside it, how many days the text has, whether another is of late
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from nova.privacy.recognise.dates import DATE, DAY_WORDS, MONTH_WORDS, SPOKEN_YEAR
from nova.privacy.recognise.evidence.runs import Run
from nova.privacy.recognise.evidence.signs import surroundings
from nova.privacy.recognise.evidence.weights import BIRTHS
from nova.privacy.spans import Span
from nova.privacy.tokens import Word, known

CERTAIN, SURE, PERHAPS = 0.9, 0.5, 0.25
YEAR, SHORT_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)"), re.compile(r"\d\d\Z")
ERAS = ((1920, "y<20"), (1950, "y20-49"), (1990, "y50-89"), (2000, "y90-99"), (2010, "y00-09"), (2020, "y10-19"))
SHORT_ERAS = ((20, "s<20"), (30, "s20-29"), (100, "s30+"))
LATE, WRITTEN = "y20+", "word"
OF_A_LIFE = frozenset({"y20-49", "y50-89", "y90-99", "y00-09"})
MONTH_NAME, FIGURES = re.compile(r"[^\W\d_]{3,}"), re.compile(r"\d+")
WORD = re.compile(r"[^\W_][\w'’-]*")
COUNTED = re.compile(rf"(?:(?:{DAY_WORDS}|{MONTH_WORDS}|{SPOKEN_YEAR})[ ,]{{0,2}}){{3,}}", re.IGNORECASE)
WINDOW, NEAREST, LONGEST_FORM, MOST_DAYS, VIEWS = 60, 3, 12, 4, 4
NAMED = frozenset({"CG", "CS"})


def certain_births(text: str) -> Iterator[Span]:
    """Every day that is almost surely one of birth, whatever the rules call it."""
    return _decided(text, CERTAIN)


def births(text: str) -> Iterator[Span]:
    """Every day that is likely enough one of birth."""
    return _decided(text, SURE)


def perhaps_births(text: str) -> Iterator[Span]:
    """Every day that may be one of birth."""
    return _decided(text, PERHAPS)


def _decided(text: str, threshold: float) -> Iterator[Span]:
    return (span for span, likelihood in _weighed(text) if likelihood >= threshold)


@lru_cache(maxsize=VIEWS)
def _weighed(text: str) -> tuple[tuple[Span, float], ...]:
    """Every day of a text, and how likely it is one of birth; kept for the views of one text, since more than one recogniser asks."""
    found = days(text)
    told = [BIRTHS.likely(own) for own in signs(text, found)] if found else []
    return tuple((Span(day.start, day.end, kind), likelihood) for day, (kind, likelihood) in zip(found, told, strict=True))


def days(text: str) -> list[Run]:
    """Every day in a text; three plain numbers in words are none."""
    return [Run(match.start(), match.end(), match.group()) for match in DATE.finditer(text) if not COUNTED.fullmatch(match.group())]


def signs(text: str, found: Sequence[Run]) -> list[list[str]]:
    """The signs of each of `found`, which are days of `text` in order."""
    eras = [era(day.value) for day in found]
    told: list[list[str]] = []
    for index, (day, around) in enumerate(zip(found, surroundings(text, found, [one[0] for one in eras]), strict=True)):
        own = ["always", *around, *_looks(day, eras[index]), *_neighbours(text, day, eras[index])]
        others = {one in OF_A_LIFE for at, one in enumerate(eras) if at != index}
        own += [f"beside={'old' if old else 'new'}" for old in sorted(others)]
        own.append(f"days={min(MOST_DAYS, len(found))}")
        told.append(own)
    return told


def era(value: str) -> str:
    """When a day was, as far as its year says."""
    year = _year(value)
    if year:
        return next((name for before, name in ERAS if int(year) < before), LATE)
    short = SHORT_YEAR.search(value)
    return next(name for before, name in SHORT_ERAS if int(short.group()) < before) if short else WRITTEN


def _year(value: str) -> str:
    """The year of a day in four figures, also of one written without signs ("01011970"); "" without one."""
    if len(value) == len("01011970") and value.isdigit() and not YEAR.search(value):
        return value[4:] if value[4:6] in ("19", "20") else value[:4]
    years = YEAR.findall(value)
    return years[-1] if years else ""


def _looks(day: Run, when: str) -> list[str]:
    form = FIGURES.sub("9", MONTH_NAME.sub("M", day.value))[:LONGEST_FORM].replace("\n", "N")
    return [f"era={when}", f"form={form}", f"era={when}|{form}"]


def _neighbours(text: str, day: Run, when: str) -> list[str]:
    """What the words right before and behind a day are, and what parts them from it."""
    before = [*WORD.finditer(text, max(0, day.start - WINDOW), day.start)][-NEAREST:][::-1]
    behind = [*WORD.finditer(text, day.end, day.end + WINDOW)][:NEAREST]
    left = _gap(text[before[0].end() : day.start]) if before else "^"
    right = _gap(text[day.end : behind[0].start()]) if behind else "$"
    up = [*(_class(match.group()) for match in before), "^", "^"]
    down = [*(_class(match.group()) for match in behind), "$", "$"]
    own = [
        f"cb={up[0]}", f"cb2={up[1]}{up[0]}", f"ca={down[0]}", f"ca2={down[0]}{down[1]}", f"cb={up[0]}|{left}", f"ca={down[0]}|{right}",
        f"gaps={left}|{right}", f"era={when}|cb={up[0]}", f"era={when}|ca={down[0]}", f"era={when}|{left}",
        f"cb2={up[1]}{up[0]}|{left}|{when[0]}",
    ]  # fmt: skip
    return [*own, "person", f"person|{when}"] if NAMED & {*up[:2], *down[:2]} else own


def _gap(between: str) -> str:
    """The marks between a day and a word; "N" is a line's end."""
    marks = "".join(between.split())[:3]
    return f"N{marks[:1]}" if "\n" in between else marks or "_"


def _class(word: str) -> str:
    """How a word is written, and what the lists say of it."""
    told = known(word)
    if told.initial or not told.letters:
        return "I" if told.initial else "9"
    return f"{'C' if told.capital else 'c'}{next((sign for sign, holds in CLASSES if holds(told)), 'U')}"


CLASSES: tuple[tuple[str, Callable[[Word], bool]], ...] = (
    ("G", lambda word: word.given and not word.weak),
    ("g", lambda word: word.given),
    ("O", lambda word: word.ordinary),
    ("P", lambda word: word.place),
    ("S", lambda word: word.surname),
    ("M", lambda word: word.compound),
)
"""What a word is, the surest first."""
