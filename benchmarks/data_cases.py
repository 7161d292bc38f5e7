"""The truth, the present and dice in, a question with what its answer has to say out, or one with another that goes on with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from random import Random

from data_expected import expected
from data_periods import MONTHS, ONE, Calendar, Period, german
from data_truth import BERLIN, DAY, Truth, Window, days, local
from data_wordings import SUBJECTS, SUMS, WORDINGS, Subject, spoiled

SHARES = {  # how often each kind is drawn
    "consumption": 20, "cost": 16, "peak": 6, "best_day": 5, "worst_day": 3, "best_hour": 4, "per_day": 5, "base": 4, "mean": 3,
    "compare": 8, "usual": 5, "gaps": 4, "count": 3, "production": 4, "feed_in": 4, "self_use": 3, "autarky": 3, "sum": 6, "sum_cost": 4,
    "price_now": 2, "price_at": 6, "price_mean": 5, "cheapest": 4, "dearest": 3, "window": 4, "negative": 3,
    "too_early": 2, "no_plant": 2, "strange": 2, "to_come": 2,
}  # fmt: skip
SPANS = {
    "peak": ("day", "day", "week", "month", "running", "long"), "best_day": ("week", "month", "range"),
    "worst_day": ("week", "month", "range"), "best_hour": ("day", "day", "week"), "per_day": ("week", "month", "range", "long"),
    "base": ("day", "week", "month", "range"), "mean": ("day", "hours", "week", "month"), "usual": ("day", "day", "week", "month"),
    "gaps": ("day", "week", "month", "running"), "count": ("day", "day", "week", "month"),
    "price_mean": ("day", "day", "hours", "week", "month"), "negative": ("day", "week", "month", "long"),
}  # fmt: skip
FOLLOWING = {
    "consumption": ("period", "cost", "compare", "usual", "per_day", "best_day", "other"),
    "cost": ("period", "consumption", "other", "usual"),
    "peak": ("peak_time", "period"),
}  # fmt: skip
ANY = ("day", "day", "day", "hours", "week", "week", "month", "month", "range", "long", "running", "days")
SUN = ("day", "day", "week", "month", "range", "running", "long")


@dataclass(frozen=True)
class Want:
    """What an answer has to say: all values with their units, one of the marks of its period, and all of these words."""

    values: tuple[tuple[float, str], ...] = ()
    marks: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Turn:
    """A question of a kind, and what an answer may say; nothing of it where there is nothing to say (`wants` empty)."""

    kind: str
    ask: str
    wants: tuple[Want, ...]


@dataclass(frozen=True)
class Case:
    """What somebody asks, one question or two."""

    who: str
    turns: tuple[Turn, ...]


Wants = tuple[Want, ...]


def moment(ts: float) -> str:
    """As answers write a time."""
    return f"{local(ts):%d.%m.%Y, %H:%M} Uhr"


def as_noun(said: str) -> str:
    """The words for a period as they follow a preposition: "März", "den 5. November"."""
    if said.endswith("Wochenende"):
        return "das Wochenende"
    return said.removeprefix("im ") if said.startswith("im ") else f"den {said[3:]}" if said.startswith("am ") else said.removeprefix("in ")


def _value(value: float | None, unit: str, period: Period) -> Wants:
    return () if value is None else (Want(((value, unit),), period.marks),)


class Cases:
    """Draws cases."""

    def __init__(self, truth: Truth, now: datetime, dice: Random) -> None:
        self.truth, self.now, self.dice = truth, now, dice
        self.calendar = Calendar(now, dice)

    def one(self, kind: str | None = None) -> Case:
        """One question."""
        chosen = kind or self.dice.choices(list(SHARES), list(SHARES.values()))[0]
        if chosen in WORDINGS["market"]:
            return self._market(chosen)
        if chosen in WORDINGS["honest"]:
            return self._honest(chosen)
        return self._metered(chosen)[0]

    def two(self) -> Case:
        """A question and one that goes on with it."""
        if self.dice.random() < 0.15:
            return self._market_going_on()
        kind = self.dice.choice(("consumption", "consumption", "consumption", "cost", "cost", "peak", "feed_in"))
        case, subject, period = self._metered(kind)
        options = [one for one in FOLLOWING.get(kind, ("period",)) if self._fits(one, subject, period)]
        after = self._going_on(self.dice.choice(options), kind, subject, period)
        return replace(case, turns=(*case.turns, after))

    # ------------------------------------------------------------ meters

    def _subject(self, kind: str) -> Subject:
        if kind in ("sum", "sum_cost"):
            return self.dice.choice(SUMS)
        if kind in ("production", "feed_in", "self_use", "autarky"):
            return SUBJECTS[2]
        if kind == "gaps" and self.dice.random() < 0.5:
            return SUBJECTS[4]
        return self.dice.choice(SUBJECTS)

    def _metered(self, kind: str) -> tuple[Case, Subject, Period]:
        subject = self._subject(kind)
        spans = SUN if kind in ("production", "feed_in", "self_use", "autarky") else SPANS.get(kind, ANY)
        period = self.calendar.some(*spans)
        if kind == "compare":
            return self._compared(subject)
        words = WORDINGS["meter"][{"sum": "consumption", "sum_cost": "cost"}.get(kind, kind)]
        if not subject.n:
            words = [one for one in words if "{n}" not in one]
        if subject.me and kind in WORDINGS["me"] and self.dice.random() < 0.7:
            words = WORDINGS["me"][kind]
        ask = self._filled(self.dice.choice(words), subject, p=period.said)
        return Case(subject.who, (Turn(kind, ask, self.wanted(kind, subject, period)),)), subject, period

    def _filled(self, words: str, subject: Subject, **more: str) -> str:
        n = self.dice.choice(subject.n) if subject.n else ""
        text = words.format(n=n, bei=self.dice.choice(subject.bei), von=self.dice.choice(subject.von), **more)
        return self._typed(text, (*subject.n, *subject.bei, *subject.von, *MONTHS))

    def _typed(self, text: str, names: Sequence[str] = ()) -> str:
        text = text[0].upper() + text[1:] if self.dice.random() < 0.5 else text
        return spoiled(text, tuple(names), self.dice)

    def wanted(self, kind: str, subject: Subject, period: Period) -> Wants:
        """What an answer to a question for a meter has to say."""
        truth, seen, first = self.truth, period.window, subject.meters[0]
        plain: dict[str, Callable[[], tuple[float | None, str]]] = {
            "consumption": lambda: (truth.kwh(subject.meters, seen), "kWh"),
            "sum": lambda: (truth.kwh(subject.meters, seen), "kWh"),
            "cost": lambda: (truth.costs(subject.meters, seen), "EUR"),
            "sum_cost": lambda: (truth.costs(subject.meters, seen), "EUR"),
            "base": lambda: (truth.base(subject.meters, seen), "kW"),
            "mean": lambda: (truth.mean(subject.meters, seen), "kW"),
            "production": lambda: (truth.kwh(subject.meters, seen, "production"), "kWh"),
            "feed_in": lambda: (truth.feed_in(first, seen), "kWh"),
            "self_use": lambda: (truth.shares(first, seen)[0], "%"),
            "autarky": lambda: (truth.shares(first, seen)[1], "%"),
        }
        if kind in plain:
            return _value(*plain[kind](), period)
        special = {"peak": self._peak, "best_day": self._best, "worst_day": self._worst, "best_hour": self._hour, "per_day": self._per_day,
                   "usual": self._usual, "gaps": self._gaps, "count": self._count}  # fmt: skip
        return special[kind](subject, period)

    def _peak(self, subject: Subject, period: Period) -> Wants:
        found = self.truth.peak(subject.meters, period.window)
        return () if found is None else (Want(((found[0], "kW"),), (moment(found[1]),)),)

    def _best(self, subject: Subject, period: Period) -> Wants:
        return self._ranked(subject, period, "day", least=False)

    def _worst(self, subject: Subject, period: Period) -> Wants:
        return self._ranked(subject, period, "day", least=True)

    def _hour(self, subject: Subject, period: Period) -> Wants:
        return self._ranked(subject, period, "hour", least=False)

    def _ranked(self, subject: Subject, period: Period, unit: str, least: bool) -> Wants:
        found = self.truth.ranked(subject.meters, period.window, unit, least)
        if not found:
            return ()
        at, value = found[0]
        return (Want(((value, "kWh"),), (german(local(at).date()) if unit == "day" else moment(at),)),)

    def _per_day(self, subject: Subject, period: Period) -> Wants:
        energy = self.truth.kwh(subject.meters, period.window)
        lengths = {period.window.seconds / DAY, float(round(period.window.seconds / DAY))} - {0.0}
        return () if energy is None else tuple(Want(((energy / length, "kWh"),), period.marks) for length in lengths)

    def _usual(self, subject: Subject, period: Period) -> Wants:
        energy, due = self.truth.kwh(subject.meters, period.window), expected(self.truth.meters[subject.meters[0]], period.window)
        if energy is None:
            return ()
        if due is None:
            return (Want(((energy, "kWh"),), period.marks, ("reichen die Messwerte",)),)
        rests = "über dem" if energy > due[2] + 0.05 else "unter dem" if energy < due[1] - 0.05 else "im"
        return (Want(((energy, "kWh"), (due[0], "kWh")), period.marks, (f"{rests} üblichen Rahmen",)),)

    def _gaps(self, subject: Subject, period: Period) -> Wants:
        hours = self.truth.missing(subject.meters[0], period.window)
        if hours < 1e-6:
            return (Want((), period.marks, ("lückenlos",)),)
        return (Want(((hours, "h"),), period.marks),)

    def _count(self, subject: Subject, period: Period) -> Wants:
        return (Want(((float(self.truth.count(subject.meters[0], period.window)), ""),), period.marks),)

    def _compared(self, subject: Subject) -> tuple[Case, Subject, Period]:
        (one, noun), (other, other_noun) = self._pair()
        words = self.dice.choice(WORDINGS["meter"]["compare"])
        ask = self._filled(words, subject, p=one.said, q=other.said, P=noun, Q=other_noun)
        return Case(subject.who, (Turn("compare", ask, self._held(subject, one, other)),)), subject, one

    def _pair(self) -> tuple[tuple[Period, str], tuple[Period, str]]:
        """Two periods of a kind, each with the noun for it."""
        today, pick = self.calendar.today, self.dice.randrange(4)
        monday, month = today - today.weekday() * ONE, today.replace(day=1) - ONE
        before = month.replace(day=1) - ONE
        week, last, first = (
            (said, noun, monday - 7 * back * ONE, monday - (7 * back - 6) * ONE)
            for said, noun, back in (
                ("diese Woche", "dieser Woche", 0), ("letzte Woche", "letzter Woche", 1), ("vorletzte Woche", "vorletzter Woche", 2)
            )
        )  # fmt: skip
        days_back = [(one, one, today - back * ONE, today - back * ONE) for back, one in ((1, "gestern"), (2, "vorgestern"))]
        months = [(f"im {MONTHS[one.month - 1]}", MONTHS[one.month - 1], one.replace(day=1), one) for one in (month, before)]
        one, other = (days_back, (last, first), (week, last), months)[pick]
        return self._named(*one), self._named(*other)

    def _named(self, said: str, noun: str, first: date, last: date) -> tuple[Period, str]:
        """A period as far as it is over."""
        window, now = days(first, last), int(self.now.timestamp()) // 900 * 900
        marks = (german(first), f"{MONTHS[first.month - 1]} {first.year}")
        return Period(said, replace(window, end=min(window.end, now)), marks, "pair", window.end > now), noun

    def _held(self, subject: Subject, one: Period, other: Period) -> Wants:
        """The difference, also against as much of the other period as has passed of this one."""
        wants = []
        length = one.window.end - one.window.start
        for window in (other.window, replace(other.window, end=min(other.window.end, other.window.start + length))):
            a, b = self.truth.kwh(subject.meters, one.window), self.truth.kwh(subject.meters, window)
            if a is None or b is None:
                return ()
            wants.append(Want(((abs(a - b), "kWh"),), (), ("mehr" if a > b else "weniger",)))
            wants.append(Want(((abs(a - b), "kWh"), (a, "kWh"), (b, "kWh")), ()))
        return tuple(wants)

    # ------------------------------------------------------------ going on

    def _fits(self, after: str, subject: Subject, period: Period) -> bool:
        if after == "other":
            return subject.meters[0] in WORDINGS["others"]
        if after in ("per_day", "best_day"):
            return period.kind in ("week", "month", "range")
        if after in ("usual", "compare"):
            return period.kind in ("day", "week", "month") and (after == "usual" or period.length < 8)
        return True

    def _going_on(self, after: str, kind: str, subject: Subject, period: Period) -> Turn:
        if after == "other":
            ask = self.dice.choice(WORDINGS["others"][subject.meters[0]])
            there = next(one for one in SUBJECTS if one.who == subject.who and one.meters != subject.meters)
            return Turn("then_other", ask, self.wanted(kind, there, period))
        words = self.dice.choice(WORDINGS["going_on"][after])
        if after in ("period", "compare"):
            other = self._another(period)
            ask = spoiled(words.format(q=other.said, Q=as_noun(other.said)), MONTHS, self.dice)
            wants = self._held(subject, period, other) if after == "compare" else self.wanted(kind, subject, other)
            return Turn(f"then_{after}", ask, wants)
        wants = self._peak(subject, period) if after == "peak_time" else self.wanted(after, subject, period)
        if after == "peak_time":
            wants = tuple(replace(one, values=()) for one in wants)
        return Turn(f"then_{after}", spoiled(words, (), self.dice), wants)

    def _another(self, period: Period) -> Period:
        for _ in range(50):
            other = self.calendar.some(
                "day" if period.kind in ("day", "hours") else period.kind if period.kind in ("week", "month") else "month"
            )
            if other.window != period.window and (other.kind != "day" or abs(other.window.start - self.now.timestamp()) < 8 * DAY):
                return other
        return self.calendar.month()

    # ------------------------------------------------------------ prices

    def _market(self, kind: str) -> Case:
        who = self.dice.choice(("kunde-1", "kunde-2", "mitarbeiterin-1"))
        words = self.dice.choice(WORDINGS["market"][kind])
        if kind == "price_now":
            now = int(self.now.timestamp())
            return Case(who, (Turn(kind, self._typed(words), (Want(((self._spot(now), "EUR/MWh"),)),)),))
        if kind in ("price_mean", "negative"):
            period = self.calendar.some(*SPANS[kind])
            return Case(
                who, (Turn(kind, self._typed(words.format(p=period.said), MONTHS), self._market_wants(kind, period.window, period.marks)),)
            )
        said, day = self.calendar.ahead()
        window = days(day, day)
        if kind == "price_at":
            hour = self.dice.randrange(24)
            at = int(datetime.combine(day, datetime.min.time(), BERLIN).replace(hour=hour).timestamp())
            ask = self._typed(words.format(d=said, h=hour))
            return Case(who, (Turn(kind, ask, (Want(((self._spot(at), "EUR/MWh"),), (german(day),)),)),))
        ask = self._typed(words.format(d=said))
        return Case(who, (Turn(kind, ask, self._market_wants(kind, window, (german(day),))),))

    def _spot(self, at: int) -> float:
        return self.truth.price(Window(at, at + 1)) or float("nan")

    def _market_wants(self, kind: str, window: Window, marks: tuple[str, ...]) -> Wants:
        """What an answer about prices has to say; of today also of what is left of it."""
        now, wants = int(self.now.timestamp()), []
        left = replace(window, start=now // 900 * 900) if window.start < now < window.end else window
        for seen in {window, left}:
            if kind == "price_mean":
                mean = self.truth.price(seen)
                wants += [] if mean is None else [Want(((mean, "EUR/MWh"),), marks)]
            elif kind == "negative":
                found = self.truth.negative(seen)
                said = () if not found or not found[0] else ((found[0], "h"),)
                wants += [] if found is None else [Want(said, marks, () if said else ("nie negativ",))]
            elif kind == "window":
                stretch = self.truth.stretch(seen, 3)
                wants += [] if stretch is None else [Want(((stretch[0], "EUR/MWh"),), (moment(stretch[1]),))]
            else:
                extreme = self.truth.extreme(seen, kind == "dearest")
                wants += [] if extreme is None else [Want(((extreme[0], "EUR/MWh"),), (moment(extreme[1]),))]
        return tuple(wants)

    def _market_going_on(self) -> Case:
        who, period = self.dice.choice(("kunde-1", "mitarbeiterin-1")), self.calendar.day()
        words = self.dice.choice(WORDINGS["market"]["price_mean"]).format(p=period.said)
        first = Turn("price_mean", self._typed(words, MONTHS), self._market_wants("price_mean", period.window, period.marks))
        after = self.dice.choice(("cheapest", "dearest", "period"))
        other = self.calendar.day() if after == "period" else period
        ask = spoiled(self.dice.choice(WORDINGS["going_on"][after]).format(q=other.said, Q=as_noun(other.said)), MONTHS, self.dice)
        wants = self._market_wants("price_mean" if after == "period" else after, other.window, other.marks)
        return Case(who, (first, Turn(f"then_{after}", ask, wants)))

    # ------------------------------------------------------------ nothing to say

    def _honest(self, kind: str) -> Case:
        subject = self.dice.choice([one for one in SUBJECTS if not (kind == "no_plant" and one.meters == ("S1",))])
        year = self.calendar.today.year
        early = (f"im März {year - 3}", f"im Jahr {year - 5}", f"am 5. Mai {year - 2}", f"im Januar {year - 2}")
        late = ("nächsten Monat", "nächste Woche", "in zwei Wochen", f"im März {year + 1}", "nächstes Jahr")
        said = {"too_early": self.dice.choice(early), "to_come": self.dice.choice(late)}.get(kind) or self.calendar.some(
            "day", "week", "month"
        ).said
        strange = self.dice.choice(("H7", "Z12", "K9", "W3"))
        words = self.dice.choice(WORDINGS["honest"][kind])
        return Case(subject.who, (Turn(kind, self._filled(words, subject, p=said, x=strange), ()),))
