"""Folded German text and today in, dated periods and times of day out: `24.12.2025`, `1. bis 15. Juni`, `KW 12`, `März`, `17 bis 20 Uhr`.

A maker gets a match of its expression and the local day of today; `EXPRESSIONS` are tried in order.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from nova.energy.period import ONE, Period, Unclear, of_days

MONTH = (
    r"(?:januar|jan|jaenner|februar|feb|maerz|mrz|april|apr|mai|juni|jun|juli|jul|august|aug|september|sept|sep|oktober|okt|november|nov|"
    r"dezember|dez)\b\.?"
)
YEAR = r"(?:19|20)\d\d"
LAST = r"(?:letzte[nmrs]?|vergangene[nmrs]?|vorige[nmrs]?)"
_STARTS = ("ja", "f", r"m(?:ae)?rz", "ap", "mai", "jun", "jul", "au", "s", "o", "n", "d")
_SHORT_YEAR = rf"(?:\s?{YEAR}|\d\d(?![\d.:]))"
_TO = r"\s*(?:bis(?: zum| einschliesslich| inklusive)?|-|–)\s*"
_AND = r"\s*und(?: dem)?\s*"
_HOURS = {
    "frueh": (360, 600), "morgen": (360, 600), "vormittag": (480, 720), "mittag": (660, 840), "nachmittag": (720, 1080),
    "abend": (1020, 1320), "nacht": (1320, 360),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """A period, a time of day (`hours`, in minutes) or a kind of days (a period without instants), at `text[start:end]`."""

    start: int
    end: int
    period: Period | None = None
    hours: tuple[int, int] | None = None


Maker = Callable[[re.Match[str], date], NamedPeriod]


def span(match: re.Match[str], first: date, last: date) -> NamedPeriod:
    """The local days from `first` to `last`, both included."""
    return NamedPeriod(match.start(), match.end(), of_days(first, last))


def word(expression: str) -> re.Pattern[str]:
    """The expression between the bounds of words."""
    return re.compile(rf"(?<![\w.,])(?:{expression})(?!\w)")


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - ONE


def full_year(text: str | None) -> int | None:
    """2025 of `2025` and `25`."""
    plain = (text or "").strip()
    return None if not plain else int(plain) if len(plain) == 4 else 2000 + int(plain)


def _month_of(name: str) -> int:
    if name[:1].isdigit():
        number = int(name.strip(". "))
        if not 1 <= number <= 12:
            raise Unclear(f"Einen Monat {number} gibt es nicht.")
        return number
    return next(at for at, start in enumerate(_STARTS, 1) if re.match(start, name))


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Unclear(f"Den Tag {day:02d}.{month:02d}.{year} gibt es nicht.") from None


def _past_day(month: int, day: int, year: int | None, today: date) -> date:
    """That day of that year, else the last one that has begun."""
    if year is not None:
        return _day(year, month, day)
    if not 1 <= day <= (29 if month == 2 else month_end(2000, month).day):
        raise Unclear(f"Den Tag {day:02d}.{month:02d}. gibt es nicht.")
    possible = (one for one in range(today.year, today.year - 9, -1) if day <= month_end(one, month).day)
    return next(found for one in possible if (found := date(one, month, day)) <= today)


def _past_year(month: int, today: date) -> int:
    return today.year if month <= today.month else today.year - 1


def _range(match: re.Match[str], today: date) -> NamedPeriod:
    if not match["m2"]:
        raise Unclear("In welchem Monat liegt dieser Zeitraum?")
    month = _month_of(match["m2"])
    last = _past_day(month, int(match["d2"]), full_year(match["y2"]), today)
    first_month = _month_of(match["m1"]) if match["m1"] else month
    year = full_year(match["y1"]) or last.year - (first_month > last.month)
    first = _day(year, first_month, int(match["d1"]))
    if first > last:
        raise Unclear("Der Zeitraum endet, bevor er beginnt.")
    return span(match, first, last)


def _one_day(match: re.Match[str], today: date) -> NamedPeriod:
    day = _past_day(_month_of(match["month"]), int(match["day"]), full_year(match["year"]), today)
    return span(match, day, day)


def _iso_day(match: re.Match[str], _today: date) -> NamedPeriod:
    day = _day(int(match["year"]), int(match["month"]), int(match["day"]))
    return span(match, day, day)


def _month_range(match: re.Match[str], today: date) -> NamedPeriod:
    first, last = _month_of(match["m1"] or match["m3"]), _month_of(match["m2"])
    year = full_year(match["year"]) or _past_year(last, today)
    return span(match, date(year if first <= last else year - 1, first, 1), month_end(year, last))


def _month(match: re.Match[str], today: date) -> NamedPeriod:
    month = _month_of(match["month"])
    year = full_year(match["year"] or match["later"]) or _past_year(month, today)
    if match["gone"] or match["back"]:
        year = today.year - 1
    elif match["last"] and not match["year"] and month == today.month:
        year -= 1
    length = month_end(year, month).day
    first, last = {"anfang": (1, 10), "mitte": (11, 20), "ende": (21, length)}.get(match["part"] or "", (1, length))
    return span(match, date(year, month, first), date(year, month, last))


def _number_month(match: re.Match[str], _today: date) -> NamedPeriod:
    year, month = int(match["y1"] or match["y2"]), int(match["n1"] or match["n2"])
    return span(match, date(year, month, 1), month_end(year, month))


def _week(match: re.Match[str], today: date) -> NamedPeriod:
    number = int(match["w1"] or match["w2"])
    year = full_year(match["year"])
    for one in range(today.year + 1, today.year - 7, -1) if year is None else (year,):
        try:
            monday = date.fromisocalendar(one, number, 1)
        except ValueError:
            continue
        if year is not None or monday <= today:
            return span(match, monday, monday + 6 * ONE)
    raise Unclear(f"Eine Kalenderwoche {number}{f' im Jahr {year}' if year else ''} gibt es nicht.")


def _part_of_year(months: int) -> Maker:
    """Quarters (3) and halves (6) of a year by their number."""
    words = {"erste": 1, "zweite": 2, "dritte": 3, "vierte": 4}

    def make(match: re.Match[str], today: date) -> NamedPeriod:
        number = int(match["q1"] or match["q2"]) if match["q1"] or match["q2"] else words[match["word"].rstrip("nsmr")]
        if not 1 <= number <= 12 // months:
            raise Unclear("Diesen Teil des Jahres gibt es nicht.")
        first = months * (number - 1) + 1
        year = full_year(match["year"]) or _past_year(first, today)
        return span(match, date(year, first, 1), month_end(year, first + months - 1))

    return make


def _year(match: re.Match[str], _today: date) -> NamedPeriod:
    return span(match, date(int(match["year"]), 1, 1), date(int(match["year"]), 12, 31))


def _minute(hour: str, minute: str | None) -> int:
    value = int(hour) * 60 + int(minute or 0)
    if value > 1440:
        raise Unclear(f"Eine Uhrzeit {hour}:{minute or '00'} gibt es nicht.")
    return value


def _hours(match: re.Match[str], _today: date) -> NamedPeriod:
    first, last = (_minute(match[f"h{at}"], match[f"n{at}"]) % 1440 for at in (1, 2))
    if first == last:
        raise Unclear("Von wann bis wann?")
    return NamedPeriod(match.start(), match.end(), None, (first, last))


def _hour(match: re.Match[str], _today: date) -> NamedPeriod:
    at = _minute(match["h"], match["n"]) % 1440
    how = match["how"] or ""
    if how in ("ab", "nach", "seit"):
        return NamedPeriod(match.start(), match.end(), None, (at, 0))
    return NamedPeriod(match.start(), match.end(), None, (0, at) if how in ("bis", "vor") and at else (at, (at + 60) % 1440))


def _part_of_day(match: re.Match[str], _today: date) -> NamedPeriod:
    return NamedPeriod(match.start(), match.end(), None, (0, 360) if match["part"] == "nachts" else _HOURS[match["part"].removesuffix("s")])


def _days(first: str, last: str, to: str) -> str:
    one = rf"(?P<d1>\d{{1,2}})\.\s?(?:(?P<m1>{MONTH}|[01]?\d\.)(?P<y1>{_SHORT_YEAR})?)?"
    two = rf"(?P<d2>\d{{1,2}})(?:\.\s?(?P<m2>{MONTH}|[01]?\d\.)(?P<y2>{_SHORT_YEAR})?|\.)"
    return rf"{first}{one}{to}{last}{two}"


_CLOCK1, _CLOCK2 = (rf"(?P<h{at}>\d{{1,2}})(?:[:.](?P<n{at}>[0-5]\d))?" for at in (1, 2))
_HALF = rf"h(?P<q1>[12])(?:(?<=\bim h1|\bim h2)|(?=\s?(?:/|in |von |im jahr )?\s?{YEAR}))"  # alone "H1" is a meter
_IN_YEAR = rf"(?:\s*(?:/|im jahr|in|von|des jahres)?\s*(?P<year>{YEAR}))?"
_GONE = r"(?:(?:letzte[sn]|vorige[sn]|vergangene[sn]) jahr(?:es)?|vorjahr(?:es)?)"
_LATER = rf"(?=(?:(?:\s*,|\s+(?:und|oder|mit|als|gegen))\s*(?:de[mrn] |im )*{MONTH}){{1,3}} (?P<later>{YEAR}))"  # "März und April 2025"
_ORDINAL = r"(?P<word>(?:erste|zweite|dritte|vierte)[nsmr]?)"
EXPRESSIONS: tuple[tuple[re.Pattern[str], Maker], ...] = (
    (word(rf"(?:zwischen |von )?{_CLOCK1}(?: uhr)?\s*(?:bis|und|-|–)\s*{_CLOCK2}\s*uhr"), _hours),
    (word(r"(?:(?P<how>um|gegen|ab|nach|bis|vor|seit) )?(?P<h>\d{1,2})(?:[:.](?P<n>[0-5]\d))?\s*uhr"), _hour),
    (word(r"(?P<how>um|gegen) (?P<h>[01]?\d|2[0-4])(?:[:.](?P<n>[0-5]\d))?"
          r"(?! ?(?:%|prozent|kwh?|ct|cent|euro|eur|mwh|grad|[.,]\d))"), _hour),
    (word(r"(?P<part>(?:vormittag|mittag|nachmittag|abend|nacht)s?|morgens|"
             r"(?:(?<=heute )|(?<=gestern )|(?<=morgen )|(?<=[nsi]tag )|(?<=mittwoch ))(?:frueh|morgen))"),
     _part_of_day),
    (word(_days("(?:vom |von )?(?:dem )?", "", _TO)), _range),
    (word(_days("zwischen (?:dem )?", "", _AND)), _range),
    (word(rf"(?P<year>{YEAR})-(?P<month>[01]\d)-(?P<day>[0-3]\d)"), _iso_day),
    (word(rf"(?P<day>\d{{1,2}})\.\s?(?P<month>{MONTH}|[01]?\d\.)(?P<year>{_SHORT_YEAR})?"), _one_day),
    (word(rf"(?:(?:von |zwischen )?(?P<m1>{MONTH})\s*(?:bis|-|–)|zwischen (?P<m3>{MONTH})\s*und)\s*(?P<m2>{MONTH})(?: (?P<year>{YEAR}))?"),
     _month_range),
    (word(rf"(?:(?:kw|kalenderwoche)\s*(?P<w1>\d{{1,2}})|(?P<w2>\d{{1,2}})\.\s?(?:kw|kalenderwoche)){_IN_YEAR}"), _week),
    (word(rf"(?P<gone>{_GONE} (?:im )?)?(?:(?P<part>anfang|mitte|ende) )?(?P<last>{LAST} )?(?P<month>{MONTH})"
          rf"(?:\s*(?:(?:des jahres )?(?P<year>{YEAR})|(?P<back>(?:des |im )?{_GONE}))|{_LATER})?"), _month),
    (word(rf"(?P<n1>0?[1-9]|1[0-2])/(?P<y1>{YEAR})|(?P<y2>{YEAR})-(?P<n2>0[1-9]|1[0-2])"), _number_month),
    (word(rf"(?:q(?P<q1>[1-4])|(?P<q2>\d)\. ?quartals?|{_ORDINAL} quartals?){_IN_YEAR}"), _part_of_year(3)),
    (word(rf"(?:{_HALF}|(?P<q2>\d)\. ?halbjahre?s?|{_ORDINAL} halbjahre?s?){_IN_YEAR}"), _part_of_year(6)),
)  # fmt: skip
WHOLE_YEAR = (word(rf"(?:jahr )?(?P<year>{YEAR})"), _year)
