"""A folded German question and the present in, the periods that it names out, merged with its times of day.

`gestern`, `letzte Woche`, `vor drei Tagen`, `letzten Winter`, `seit Montag`, `Weihnachten`; the dated ones are read by `dates.py`. What one
expression has taken no other takes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from nova.energy.explain.parse import dates
from nova.energy.explain.parse.dates import LAST, YEAR, Maker, NamedPeriod, month_end, span, word
from nova.energy.explain.parse.places import Place, is_free
from nova.energy.explain.parse.steps import stepped_from
from nova.energy.feasts import easter
from nova.energy.period import ONE, Period, Unclear, of_days
from nova.german import BERLIN
from nova.language.fold import NUMBER_WORDS

_WEEKDAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_BESIDE = 12  # letters between a period and what is counted from it
_THIS = r"(?:diese[nmrs]?|aktuelle[nmrs]?|laufende[nmrs]?)"
_NEXT = r"(?:naechste[nmrs]?|kommende[nmrs]?)"
_COUNT = r"(?P<count>\d{1,3}|" + "|".join(NUMBER_WORDS) + "|einem|einer)"
_SEASONS = {"winter": 12, "fruehling": 3, "fruehjahr": 3, "sommer": 6, "herbst": 9}
_FIXED = {"heiligabend": (12, 24, 1), "silvester": (12, 31, 1), "neujahr": (1, 1, 1), "nikolaus": (12, 6, 1), "weihnacht": (12, 24, 3)}
_MOVING = {"karfreitag": (-2, -2), "ostermontag": (1, 1), "ostersonntag": (0, 0), "oster": (-2, 1), "pfingst": (49, 50)}


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A period and its place in the folded text."""

    period: Period
    start: int
    end: int


def find(text: str, now: datetime, names: Sequence[Place] = (), before: Period | None = None) -> list[PeriodMention]:
    """The periods of a folded text in the order of their places; Unclear for a day that does not exist or a range that cannot be told.

    `names` are the places of meters' names: "H1" is then no half of a year. `before` is the period spoken of before: a time of day alone is
    one of its, "am Tag davor" goes back from it.
    """
    return _merged(_mentions(text, now, names, before), before)


def spans(text: str, now: datetime, names: Sequence[Place] = (), before: Period | None = None) -> list[Place]:
    """The places of all words that name periods or times of day."""
    return [(one.start, one.end) for one in _mentions(text, now, names, before)]


_YEAR_AFTER = re.compile(r"/?\s?\d{2,4}\b")


def _mentions(text: str, now: datetime, names: Sequence[Place], before: Period | None) -> list[NamedPeriod]:
    local = now.astimezone(BERLIN)
    back = _hours_back(text, local)
    if back:
        return back
    stepped = [] if before is None else stepped_from(before, text)
    named = [place for place in names if not _is_half(text, place)]
    found = _named(text, local.date(), [(one.start, one.end) for one in stepped], named)
    shifted = _shifted(text, found, stepped)
    if shifted is not None:
        return [shifted]
    return sorted((*stepped, *found), key=lambda one: one.start)


def _is_half(text: str, place: Place) -> bool:
    """Whether what may be a meter's name is half a year: "im H1 2026", "H1/2026"."""
    return _YEAR_AFTER.match(text, place[1]) is not None and (text[: place[0]].endswith("im ") or text[place[1]] == "/")


def _shifted(text: str, found: Sequence[NamedPeriod], stepped: Sequence[NamedPeriod]) -> NamedPeriod | None:
    """A period that is named right before what is counted from it: "letzter Monat ein Jahr früher"; None where there is none."""
    for one in found:
        if one.period is not None and stepped and 0 <= stepped[0].start - one.end <= _BESIDE:
            return replace(stepped_from(one.period, text)[0], start=one.start)
    return None


def _named(text: str, today: date, held: Sequence[Place] = (), names: Sequence[Place] = ()) -> list[NamedPeriod]:
    taken: list[Place] = list(held)
    found = []
    for expression, make in _EXPRESSIONS:
        for match in expression.finditer(text):
            one = make(match, today) if is_free(match.span(), taken) else None
            if one is not None and is_free((one.start, one.end), names):
                taken.append((one.start, one.end))
                found.append(one)
    return sorted(found, key=lambda one: one.start)


def _merged(named: list[NamedPeriod], before: Period | None = None) -> list[PeriodMention]:
    """Times of day and kinds of days go with the nearest period, each with one; alone they are of the period before, else unclear."""
    whole, kinds, times = _sorted_out(named)
    if not whole and before is not None and named:
        whole = [PeriodMention(whole_days(before), named[0].start, named[0].end)]
    if not whole:
        _nothing_whole(times, kinds)
        return []
    if len(whole) == 1 and len({one.period.days for one in kinds}) == 2:  # "an Wochenenden im Mai mehr als an Werktagen"
        return [replace(one, period=replace(whole[0].period, days=one.period.days)) for one in kinds]
    found: dict[Period, PeriodMention] = {}
    for one in whole:
        period = _of_kind(_narrowed(one, whole, times), kinds)
        found.setdefault(period, replace(one, period=period))  # "KW 12 (vom 17. bis 23. März)" is one
    return list(found.values())


def _of_kind(period: Period, kinds: Sequence[PeriodMention]) -> Period:
    """A period with the kind of days that counts in it."""
    return replace(period, days=kinds[0].period.days) if kinds else period


def whole_days(period: Period) -> Period:
    """The days that a period lies in, all of them: what came before was perhaps an hour of one."""
    first, last = (datetime.fromtimestamp(at, BERLIN).date() for at in (period.start, max(period.start, period.end - 1)))
    return of_days(first, last)


TimeOfDay = tuple[int, tuple[int, int]]  # where it stands, and from and to in minutes


def _sorted_out(named: list[NamedPeriod]) -> tuple[list[PeriodMention], list[PeriodMention], list[TimeOfDay]]:
    """The periods with instants, the kinds of days, and the times of day."""
    dated = [PeriodMention(one.period, one.start, one.end) for one in named if one.period is not None]
    times = [(one.start, one.hours) for one in named if one.hours is not None]
    return [one for one in dated if one.period.end], [one for one in dated if not one.period.end], times


def _narrowed(one: PeriodMention, whole: Sequence[PeriodMention], times: Sequence[TimeOfDay]) -> Period:
    """A period with the times of day that stand nearest to it; of several, the shortest."""
    near = [hours for start, hours in times if min(whole, key=lambda other: abs(other.start - start)) is one]
    return _at(one.period, min(near, key=lambda hours: (hours[1] - hours[0]) % 1440)) if near else one.period


def _nothing_whole(times: Sequence[object], kinds: Sequence[object]) -> None:
    """Unclear where times of day or kinds of days stand alone."""
    if times:
        raise Unclear("An welchem Tag? Bitte nennen Sie den Zeitraum dazu, zum Beispiel „gestern“.")
    if kinds:
        raise Unclear("In welchem Zeitraum? Bitte nennen Sie zum Beispiel einen Monat.")


def _at(period: Period, hours: tuple[int, int]) -> Period:
    """These hours of a day as instants, of several days as hours of each."""
    if period.seconds > 90_000:
        return replace(period, hours=hours)
    day = datetime.fromtimestamp(period.start, BERLIN).replace(hour=0, minute=0)
    first, last = (day.replace(hour=minute // 60, minute=minute % 60) for minute in hours)
    if last <= first:
        last = (last.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=BERLIN)
    if first.timestamp() == last.timestamp():
        raise Unclear("Diese Stunde gibt es an dem Tag nicht, an dem die Uhren vorgestellt werden.")
    return Period(int(first.timestamp()), int(last.timestamp()))


def _hours_back(text: str, now: datetime) -> list[NamedPeriod]:
    match = word(rf"(?:{LAST} )?(?P<count>\d{{1,3}}) stunden").search(text)
    if match is None or not re.search(rf"{LAST} {match['count']}", text):
        return []
    end = int(now.timestamp()) // 900 * 900
    return [NamedPeriod(match.start(), match.end(), Period(end - 3600 * _count(match), end))]


def _relative(first: int, last: int) -> Maker:
    return lambda match, today: span(match, today + first * ONE, today + last * ONE)


def _last_night(match: re.Match[str], today: date) -> NamedPeriod:
    return NamedPeriod(match.start(), match.end(), _at(of_days(today - ONE, today - ONE), (1320, 360)))


def _weeks_back(back: int) -> Maker:
    def make(match: re.Match[str], today: date) -> NamedPeriod:
        monday = today - (today.weekday() + 7 * back) * ONE
        return span(match, monday, monday + 6 * ONE)

    return make


def _parts_back(months: int, back: int) -> Maker:
    """Months (1), quarters (3), halves (6) and years (12) counted back from the running one."""

    def make(match: re.Match[str], today: date) -> NamedPeriod:
        first = ((today.year * 12 + today.month - 1) // months - back) * months
        year, month = divmod(first, 12)
        return span(match, date(year, month + 1, 1), month_end(year, month + months))

    return make


def _last_days(match: re.Match[str], today: date) -> NamedPeriod:
    count = _count(match)
    if match["unit"].startswith("monat"):
        first, last = _parts_back(1, count)(match, today), _parts_back(1, 1)(match, today)
        if first.period is not None and last.period is not None:
            return NamedPeriod(match.start(), match.end(), Period(first.period.start, last.period.end))
    if match["unit"].startswith("jahr"):
        return span(match, date(today.year - count, 1, 1), date(today.year - 1, 12, 31))
    days = count * (7 if match["unit"].startswith("woche") else 1)
    return span(match, today - days * ONE, today - ONE)


def _next_days(match: re.Match[str], today: date) -> NamedPeriod:
    return span(match, today + ONE, today + _count(match) * ONE)


def _ago(match: re.Match[str], today: date) -> NamedPeriod:
    count, unit = _count(match), match["unit"]
    if unit.startswith("tag"):
        return _relative(-count, -count)(match, today)
    return (_weeks_back(count) if unit.startswith("woche") else _parts_back(1 if unit.startswith("monat") else 12, count))(match, today)


def _to_come(match: re.Match[str], today: date) -> NamedPeriod:
    count, unit = _count(match), match["unit"]
    if unit.startswith("tag"):
        return _relative(count, count)(match, today)
    return (_weeks_back(-count) if unit.startswith("woche") else _parts_back(1 if unit.startswith("monat") else 12, -count))(match, today)


def _count(match: re.Match[str]) -> int:
    found = {"einem": "1", "einer": "1"}.get(match["count"]) or NUMBER_WORDS.get(match["count"], match["count"])
    if not 1 <= int(found) <= 400:
        raise Unclear("Wie lang soll der Zeitraum sein?")
    return int(found)


def _weekday(match: re.Match[str], today: date) -> NamedPeriod:
    number = _WEEKDAYS.index("samstag" if match["weekday"] == "sonnabend" else match["weekday"])
    day = today - ((today.weekday() - number) % 7 or (7 if match["last"] or not _HEUTE.search(match.string) else 0)) * ONE
    return span(match, day, day)


def _night_of(match: re.Match[str], today: date) -> NamedPeriod:
    number = _WEEKDAYS.index("samstag" if match["weekday"] == "sonnabend" else match["weekday"])
    day = today - ((today.weekday() - number) % 7 or 7) * ONE
    return NamedPeriod(match.start(), match.end(), _at(of_days(day, day), (1320, 360)))


def _since(match: re.Match[str], today: date) -> NamedPeriod:
    """From a day or the beginning of a week, month or year until now; behind an event the day that it is told with ("also ab Mai")."""
    until = of_days(today, today).end
    if (begun := _BEGUN.match(match["what"])) is not None:
        return NamedPeriod(match.start(), match.start("what") + begun.end(), Period(of_days(_first_of(begun, today), today).start, until))
    begin = next((one for one in _named(match["what"], today) if one.period is not None and _is_said_with(match["what"], one)), None)
    if begin is not None and begin.period is not None:
        return NamedPeriod(match.start(), match.start("what") + begin.end, Period(begin.period.start, until))
    if (day := _DAY.match(match["what"])) is None:
        raise Unclear("Seit wann? Bitte nennen Sie einen Tag.")
    return NamedPeriod(match.start(), match.start("what") + day.end(), Period(of_days(_last_of(int(day[1]), today), today).start, until))


def _is_said_with(text: str, one: NamedPeriod) -> bool:
    """Whether a period is what "seit" is said with: at once, or behind an event."""
    return one.start <= 1 or _ALSO.search(text[: one.start]) is not None


def _first_of(begun: re.Match[str], today: date) -> date:
    """The first day of what has begun: of the running unit, or so many days, weeks, months or years ago."""
    unit = begun["since"] or begun["of"] or begun["unit"]
    count = _count(begun) if begun["unit"] else 0
    if unit.startswith(("woche", "tag")):
        days = count * (7 if unit.startswith("woche") else 1)
        return today - (days if begun["unit"] else today.weekday()) * ONE
    months = {"monat": 1, "quart": 3}.get(unit[:5], 12)
    if begun["unit"]:
        return _months_before(today, count * months)
    return date(today.year, (today.month - 1) // months * months + 1, 1)


def _last_of(number: int, today: date) -> date:
    """The last day of this number: "seit dem 6."."""
    months = (_months_before(today.replace(day=1), back) for back in range(3))
    return next(
        one.replace(day=number) for one in months if number <= month_end(one.year, one.month).day and one.replace(day=number) <= today
    )


def _months_before(day: date, count: int) -> date:
    """The same day so many months before, the last of its month where that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    return date(year, month + 1, min(day.day, month_end(year, month + 1).day))


def _weekend(match: re.Match[str], today: date) -> NamedPeriod:
    saturday = today - ((today.weekday() - 5) % 7) * ONE
    if match["last"] and today.weekday() >= 5:
        saturday -= 7 * ONE
    return span(match, saturday - (7 * ONE if match["before"] else 0 * ONE), saturday - (7 * ONE if match["before"] else 0 * ONE) + ONE)


def _weekdays_of(match: re.Match[str], _today: date) -> NamedPeriod:
    return NamedPeriod(match.start(), match.end(), Period(0, 0, days="weekday"))


def _weekends_of(match: re.Match[str], _today: date) -> NamedPeriod:
    return NamedPeriod(match.start(), match.end(), Period(0, 0, days="weekend"))


def _season(match: re.Match[str], today: date) -> NamedPeriod:
    month = _SEASONS[match["season"]]
    year = dates.full_year(match["year"]) or next(one for one in range(today.year, 0, -1) if date(one, month, 1) <= today)
    if match["last"] and not match["year"] and today <= _season_end(year, month):
        year -= 1
    return span(match, date(year, month, 1), _season_end(year, month))


def _season_end(year: int, month: int) -> date:
    return month_end(year + 1, 2) if month == 12 else month_end(year, month + 2)


def _feast(match: re.Match[str], today: date) -> NamedPeriod:
    year = dates.full_year(match["year"])
    possible = [_feast_days(match["feast"], one) for one in ([year] if year else [today.year, today.year - 1])]
    first, last = next((days for days in possible if days[0] <= today), possible[0])
    return span(match, first, last)


def _between_years(match: re.Match[str], today: date) -> NamedPeriod:
    """From 27 to 31 December, of the last that have begun."""
    year = dates.full_year(match["year"]) or (today.year if today >= date(today.year, 12, 27) else today.year - 1)
    return span(match, date(year, 12, 27), date(year, 12, 31))


def _feast_days(name: str, year: int) -> tuple[date, date]:
    for start, (month, day, length) in _FIXED.items():
        if name.startswith(start):
            return date(year, month, day), date(year, month, day) + (length - 1) * ONE
    first, last = next(found for start, found in _MOVING.items() if name.startswith(start))
    return easter(year) + first * ONE, easter(year) + last * ONE


_SO_FAR = r"(?:bisher|bislang|bis jetzt|bis heute|bis dato)"
_HEUTE = re.compile(r"\bheut\w*|\bdiese[nrms]? (?:\w+tag|mittwoch)|\bwird\b|\bwerden\b")
_UNIT = r"(?P<unit>tage?n?|wochen?|monate?n?|jahre?n?)"
_BEGUN = re.compile(
    r"(?:(?P<since>jahres|monats|wochen|quartals)(?:anfang|beginn)"
    rf"|(?:anfang|beginn) (?:de[rs]|diese[rs]?) (?P<of>woche|monat|quartal|jahr)e?s?|{_COUNT} {_UNIT})\b"
)
_DAY = re.compile(r"([1-9]|[12]\d|3[01])\.(?=\s|$|[,?!])")
_ALSO = re.compile(r"(?:\balso(?: (?:ab|seit|am))?|\bab|\bam|\()\s*(?:dem )?$")
_EXPRESSIONS: tuple[tuple[re.Pattern[str], Maker], ...] = (
    (word(r"seit (?:(?:ca\.?|circa|etwa|ungefaehr|rund) )?(?:dem |der |den )?(?P<what>(?!\d{1,2}(?::\d\d)? uhr).{2,60})"), _since),
    (word(rf"{LAST} nacht|heute nacht"), _last_night),
    (word(rf"nacht (?:von|vom) (?P<weekday>{'|'.join(_WEEKDAYS)}|sonnabend) (?:auf|zu[mr]?)(?: den)? (?:{'|'.join(_WEEKDAYS)}|sonnabend)"),
     _night_of),
    *dates.EXPRESSIONS,
    (word(rf"(?:in den |die |der )?{LAST} {_COUNT} {_UNIT}"), _last_days),
    (word(rf"vor {_COUNT} {_UNIT}"), _ago),
    (word(rf"in (?!eine[mr] ){_COUNT} {_UNIT}"), _to_come),
    (word("vorgestern"), _relative(-2, -2)),
    (word("gestern|gestrige[nrs]?(?: tage?s?)?"), _relative(-1, -1)),
    (word("heute|heutige[nrs]?(?: tage?s?)?"), _relative(0, 0)),
    (word("uebermorgen"), _relative(2, 2)),
    (word(r"morgen|morgige[nrs]?(?: tage?s?)?"), _relative(1, 1)),
    (word(rf"{_THIS} woche"), _weeks_back(0)),
    (word(rf"{LAST} woche|vorwoche"), _weeks_back(1)),
    (word(rf"{_NEXT} woche"), _weeks_back(-1)),
    (word(rf"{_NEXT} monate?s?"), _parts_back(1, -1)),
    (word(rf"{_NEXT} quartals?"), _parts_back(3, -1)),
    (word(rf"{_NEXT} jahre?s?"), _parts_back(12, -1)),
    (word(rf"(?:in den |die |der )?{_NEXT} {_COUNT} tagen?"), _next_days),
    (word("vorletzte[nr]? woche|vorvorwoche"), _weeks_back(2)),
    (word(r"(?:(?:diese|letzte|die|volle|ganze|abgeschlossene|woche) )*mo(?:ntags?)?\.?\s?(?:-|–|bis)\s?so(?:nntags?)?\.?"),
     _weeks_back(1)),
    (word(rf"woche {_SO_FAR}"), _weeks_back(0)),
    (word(rf"monat {_SO_FAR}"), _parts_back(1, 0)),
    (word(rf"quartal {_SO_FAR}"), _parts_back(3, 0)),
    (word(rf"jahr {_SO_FAR}"), _parts_back(12, 0)),
    (word(rf"{_THIS} monate?s?"), _parts_back(1, 0)),
    (word(rf"{LAST} monate?s?|vormonate?s?"), _parts_back(1, 1)),
    (word("vorletzte[nmrs]? monate?s?"), _parts_back(1, 2)),
    (word(rf"{_THIS} quartals?"), _parts_back(3, 0)),
    (word(rf"{LAST} quartals?|vorquartals?"), _parts_back(3, 1)),
    (word(rf"{LAST} halbjahre?s?"), _parts_back(6, 1)),
    (word(rf"{_THIS} jahre?s?|heuer"), _parts_back(12, 0)),
    (word(rf"{LAST} jahre?s?|vorjahre?s?"), _parts_back(12, 1)),
    (word("vorletzte[nmrs]? jahre?s?"), _parts_back(12, 2)),
    (word(r"wochenenden|samstags und sonntags|(?:(?<=welches )|(?<=welchem ))wochenende"), _weekends_of),
    (word(r"werktags|werktagen?|wochentagen?|wochentags|unter der woche|mo(?:\.|ntags?)?\s?(?:-|–|bis)\s?fr(?:\.|eitags?)?"),
     _weekdays_of),
    (word(rf"(?P<before>vorletzte[ns]? )?(?P<last>{LAST} )?(?:(?:am|dieses) )?wochenendes?(?! vom)"), _weekend),
    (word(rf"(?P<last>{LAST} )?(?P<weekday>{'|'.join(_WEEKDAYS)}|sonnabend)"), _weekday),
    (word(rf"(?P<last>{LAST} )?(?P<season>{'|'.join(_SEASONS)})s?(?:\s*(?P<year>{YEAR})(?:/\d\d(?:\d\d)?)?)?"), _season),
    (word(rf"(?:zwischen weihnachten und (?:neujahr|silvester)|zwischen den jahren)(?: (?P<year>{YEAR}))?"), _between_years),
    (word(rf"(?P<feast>(?:{'|'.join((*_FIXED, *_MOVING))})\w*)(?: (?P<year>{YEAR}))?"), _feast),
    dates.WHOLE_YEAR,
)  # fmt: skip
