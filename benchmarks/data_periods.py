"""The present and dice in, a period out as people say it, with its window and the words by which an answer names it."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from data_truth import BERLIN, QUARTER, Window, days, midnight

MONTHS = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember")
WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
ONE = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """Words for a window; `marks`: one of them stands in an answer about it. `runs`: it is not over."""

    said: str
    window: Window
    marks: tuple[str, ...]
    kind: str
    runs: bool = False

    @property
    def length(self) -> float:
        """In days."""
        return (self.window.end - self.window.start) / 86400


def german(day: date) -> str:
    """`05.11.2026`."""
    return f"{day:%d.%m.%Y}"


class Calendar:
    """Draws periods relative to an instant."""

    def __init__(self, now: datetime, dice: Random) -> None:
        self.now, self.dice = int(now.timestamp()), dice
        self.today = now.astimezone(BERLIN).date()

    def some(self, *kinds: str) -> Period:
        """One of these kinds of periods."""
        made = {
            "day": self.day, "hours": self.hours, "week": self.week, "month": self.month, "range": self.range,
            "long": self.long, "running": self.running, "days": self.kind_of_days,
        }  # fmt: skip
        return made[self.dice.choice(kinds)]()

    def _of(self, said: Sequence[str], first: date, last: date, kind: str, more: Sequence[str] = ()) -> Period:
        whole = days(first, last)
        window = replace(whole, end=min(whole.end, self.now // QUARTER * QUARTER))
        marks = (german(first), *more) if first == last else (f"{german(first)} bis {german(last)}", f"vom {german(first)}", *more)
        return Period(self.dice.choice(said), window, marks, kind, whole.end > self.now)

    def day(self) -> Period:
        """One day that is over."""
        back = self.dice.choice((1, 1, 1, 2, 2, 3, 4, 5, 6, 9, 17, 33, 75, 160, 300))
        day = self.today - back * ONE
        weekday, month = WEEKDAYS[day.weekday()], MONTHS[day.month - 1]
        said = [f"am {german(day)}", f"am {day.day}. {month}{'' if back < 300 else f' {day.year}'}", f"am {day.day}.{day.month}."]
        said = said if back < 300 else [f"am {day.day}. {month} {day.year}", f"am {german(day)}"]
        if back <= 6:
            said += [
                f"letzten {weekday}",
                f"am {weekday}",
                f"am letzten {weekday}",
                f"vor {('', 'einem', 'zwei', 'drei', 'vier', 'fünf', 'sechs')[back]} Tag{'en' if back > 1 else ''}",
            ]
        if back <= 2:
            said = [("gestern", "vorgestern")[back - 1]] * 5 + said
        return self._of(said, day, day, "day")

    def hours(self) -> Period:
        """Some hours of a day that is over."""
        parts = {"früh": (6, 10), "Vormittag": (8, 12), "Mittag": (11, 14), "Nachmittag": (12, 18), "Abend": (17, 22)}
        name = self.dice.choice(list(parts))
        first, last = parts[name]
        back = self.dice.choice((1, 1, 1, 2, 3, 4, 5, 6))
        day = self.today - back * ONE
        word = WEEKDAYS[day.weekday()]
        which = self.dice.randrange(3)
        if which == 0:
            said = f"{('gestern', 'vorgestern')[back - 1]} {name}" if back <= 2 else f"am {word}{'' if name == 'früh' else name.lower()}"
            said = f"am {word} früh" if back > 2 and name == "früh" else said
        else:
            first = self.dice.randrange(0, 20)
            last = first + self.dice.randrange(1, 4)
            begin = ("gestern", "vorgestern")[back - 1] if back <= 2 else f"am {german(day)}"
            said = f"{begin} {self.dice.choice((f'zwischen {first} und {last} Uhr', f'von {first} bis {last} Uhr'))}"
        start = datetime.combine(day, datetime.min.time(), BERLIN)
        window = Window(int(start.replace(hour=first).timestamp()), int(start.replace(hour=last).timestamp()))
        return Period(said, window, (german(day),), "hours")

    def week(self) -> Period:
        """A week or a weekend that is over."""
        back = self.dice.choice((1, 1, 1, 2, 4, 12))
        monday = self.today - (self.today.weekday() + 7 * back) * ONE
        year, number, _ = monday.isocalendar()
        if self.dice.random() < 0.3 and self.today.weekday() < 5:
            saturday = self.today - (self.today.weekday() + 2) * ONE
            return self._of(["letztes Wochenende", "am letzten Wochenende", "am Wochenende"], saturday, saturday + ONE, "week")
        said = [f"in KW {number}", f"in der KW {number}", f"in Kalenderwoche {number}"]
        said = (["letzte Woche", "in der letzten Woche", "vorige Woche", "vergangene Woche"] if back == 1 else said) + said[:1]
        said = ["vorletzte Woche", *said] if back == 2 else said
        return self._of(said, monday, monday + 6 * ONE, "week", (f"KW {number}/{year}",))

    def month(self) -> Period:
        """A month that is over."""
        back = self.dice.choice((1, 1, 1, 2, 3, 5, 8, 11))
        year, month = divmod(self.today.year * 12 + self.today.month - 1 - back, 12)
        first = date(year, month + 1, 1)
        last = first.replace(day=calendar.monthrange(year, month + 1)[1])
        name = f"{MONTHS[month]} {year}"
        said = [f"im {MONTHS[month]}", f"im {name}"]
        said = said if back < 11 else [f"im {name}"]
        said += ["letzten Monat", "im letzten Monat", "vorigen Monat"] if back == 1 else []
        return self._of(said, first, last, "month", (name,))

    def range(self) -> Period:
        """Some days from one to another, or the last so many."""
        if self.dice.random() < 0.4:
            count = self.dice.choice((3, 5, 7, 10, 14, 30))
            words = {3: "drei", 5: "fünf", 7: "sieben", 10: "zehn", 14: "14", 30: "30"}
            said = [f"in den letzten {count} Tagen", f"die letzten {words[count]} Tage", f"in den vergangenen {count} Tagen"]
            return self._of(said, self.today - count * ONE, self.today - ONE, "range")
        last = self.today - self.dice.choice((1, 2, 5, 12, 20, 45, 90)) * ONE
        first = last - self.dice.choice((2, 3, 4, 6, 9)) * ONE
        one = f"{first.day}." if first.month == last.month else f"{first.day}. {MONTHS[first.month - 1]}"
        two = f"{last.day}. {MONTHS[last.month - 1]}"
        said = [
            f"vom {one} bis {two}",
            f"vom {one} bis zum {two}",
            f"zwischen dem {one} und dem {two}",
            f"vom {german(first)} bis {german(last)}",
        ]
        week = (f"KW {first.isocalendar()[1]}/{first.isocalendar()[0]}",) if (first.weekday(), (last - first).days) == (0, 6) else ()
        return self._of(said, first, last, "range", week)

    def long(self) -> Period:
        """A quarter, half or year."""
        number = (self.today.month - 1) // 3
        year, quarter = (self.today.year, number) if number else (self.today.year - 1, 4)
        if self.dice.random() < 0.5:
            first, last = date(year, 3 * quarter - 2, 1), date(year, 3 * quarter, calendar.monthrange(year, 3 * quarter)[1])
            words = ("ersten", "zweiten", "dritten", "vierten")
            said = [
                "letztes Quartal",
                "im letzten Quartal",
                f"im {quarter}. Quartal {year}",
                f"in Q{quarter} {year}",
                f"im {words[quarter - 1]} Quartal",
            ]
            return self._of(said, first, last, "long")
        if self.dice.random() < 0.4 and self.today.month > 6:
            said = ["im ersten Halbjahr", f"im 1. Halbjahr {self.today.year}"]
            return self._of(said, date(self.today.year, 1, 1), date(self.today.year, 6, 30), "long")
        year = self.today.year
        said = ["dieses Jahr", f"im Jahr {year}", f"{year}", "in diesem Jahr"]
        return self._of(said, date(year, 1, 1), date(year, 12, 31), "long", (f"01.01.{year}", f"im Jahr {year}"))

    def running(self) -> Period:
        """What is not over: today, this week, this month, since a day."""
        monday, first = self.today - self.today.weekday() * ONE, self.today.replace(day=1)
        since = self.today - self.dice.choice((3, 8, 15)) * ONE
        options = [
            (["heute", "heute bis jetzt", "bisher heute"], self.today, self.today),
            (["diese Woche", "in dieser Woche", "diese Woche bisher"], monday, monday + 6 * ONE),
            (
                ["diesen Monat", "in diesem Monat", "im laufenden Monat"],
                first,
                first.replace(day=calendar.monthrange(first.year, first.month)[1]),
            ),
            ([f"seit dem {since.day}. {MONTHS[since.month - 1]}", f"seit dem {since.day}.{since.month}."], since, self.today),
            ([f"seit {WEEKDAYS[since.weekday()]}"] if (self.today - since).days < 7 else [f"seit {german(since)}"], since, self.today),
        ]
        if self.now - midnight(self.today) < 2 * QUARTER:
            options = options[3:]
        said, begin, end = self.dice.choice(options)
        return self._of(said, begin, end, "running", (german(begin), f"{MONTHS[begin.month - 1]} {begin.year}"))

    def kind_of_days(self) -> Period:
        """The weekends or workdays of a month, or its nights."""
        month = self.month()
        kind = self.dice.choice(("weekend", "weekday", "nights"))
        words = {"weekend": ("an den Wochenenden",), "weekday": ("werktags", "an Werktagen"), "nights": ("nachts",)}[kind]
        narrow = replace(month.window, hours=(0, 360)) if kind == "nights" else replace(month.window, days=kind)
        return replace(month, said=f"{self.dice.choice(words)} {month.said}", window=narrow, kind="days")

    def ahead(self) -> tuple[str, date]:
        """A day to come, and how it is called."""
        return self.dice.choice((("morgen", self.today + ONE), ("heute", self.today)))
