"""German words for periods, read at one moment, and the names that periods get."""

from datetime import UTC, date, datetime

import holidays as library
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.energy import feasts
from nova.energy.calendar import day_start
from nova.energy.explain.parse.periods import find
from nova.energy.period import Period, Unclear, describe, instant_of, iso, of_days
from nova.german import BERLIN
from nova.language.fold import fold

NOW = datetime(2026, 11, 21, 14, 22, tzinfo=UTC)  # a Saturday, 15:22 in Berlin

READ = {
    "gestern": "am 20.11.2026",
    "vorgestern Abend": "am 19.11.2026 von 17:00 bis 22:00 Uhr",
    "letzte Woche": "in KW 46/2026 (09.11.2026 bis 15.11.2026)",
    "im März": "im März 2026",
    "im März 2025": "im März 2025",
    "im Dezember": "im Dezember 2025",
    "im vergangenen November": "im November 2025",
    "im März letzten Jahres": "im März 2025",
    "letztes Jahr im März": "im März 2025",
    "Anfang März": "vom 01.03.2026 bis 10.03.2026",
    "KW 12": "in KW 12/2026 (16.03.2026 bis 22.03.2026)",
    "KW 12 2025": "in KW 12/2025 (17.03.2025 bis 23.03.2025)",
    "KW 53": "in KW 53/2020 (28.12.2020 bis 03.01.2021)",
    "in der 12. Kalenderwoche": "in KW 12/2026 (16.03.2026 bis 22.03.2026)",
    "am 24.12.": "am 24.12.2025",
    "am 24.12.25": "am 24.12.2025",
    "am 3. Februar 2024": "am 03.02.2024",
    "2025-03-04": "am 04.03.2025",
    "am 29.2.": "am 29.02.2024",
    "von 1. bis 15. Juni 2025": "vom 01.06.2025 bis 15.06.2025",
    "vom 1.6. bis 15.6.2025": "vom 01.06.2025 bis 15.06.2025",
    "vom 28. Dezember bis 3. Januar": "vom 28.12.2025 bis 03.01.2026",
    "zwischen dem 1. und 15. Juni": "vom 01.06.2026 bis 15.06.2026",
    "Januar bis März 2025": "vom 01.01.2025 bis 31.03.2025",
    "gestern zwischen 17 und 20 Uhr": "am 20.11.2026 von 17:00 bis 20:00 Uhr",
    "gestern Abend um 18 Uhr": "am 20.11.2026 von 18:00 bis 19:00 Uhr",
    "gestern ab 22 Uhr": "am 20.11.2026 von 22:00 bis 24:00 Uhr",
    "im März zwischen 17:30 und 20 Uhr": "im März 2026 zwischen 17:30 und 20:00 Uhr",
    "nachts im Mai": "im Mai 2026 zwischen 00:00 und 06:00 Uhr",
    "letzte Nacht": "vom 20.11.2026, 22:00 Uhr, bis 21.11.2026, 06:00 Uhr",
    "am Wochenende": "am Wochenende vom 21.11.2026 bis 22.11.2026",
    "letztes Wochenende": "am Wochenende vom 14.11.2026 bis 15.11.2026",
    "an Wochenenden im Oktober": "im Oktober 2026 an Wochenenden",
    "werktags im September": "im September 2026 von Montag bis Freitag",
    "dieses Jahr": "im Jahr 2026",
    "2025": "im Jahr 2025",
    "letzten Winter": "vom 01.12.2025 bis 28.02.2026",
    "im Winter 2024/25": "vom 01.12.2024 bis 28.02.2025",
    "letzten Sommer": "vom 01.06.2026 bis 31.08.2026",
    "die letzten 7 Tage": "vom 14.11.2026 bis 20.11.2026",
    "in den letzten drei Monaten": "vom 01.08.2026 bis 31.10.2026",
    "vor zwei Wochen": "in KW 45/2026 (02.11.2026 bis 08.11.2026)",
    "vor drei Tagen": "am 18.11.2026",
    "seit Montag": "vom 16.11.2026 bis 21.11.2026",
    "seit dem 1. Juni": "vom 01.06.2026 bis 21.11.2026",
    "am Montag": "am 16.11.2026",
    "letzten Samstag": "am 14.11.2026",
    "an Weihnachten": "vom 24.12.2025 bis 26.12.2025",
    "an Ostern 2025": "vom 18.04.2025 bis 21.04.2025",
    "heute früh": "am 21.11.2026 von 06:00 bis 10:00 Uhr",
    "im dritten Quartal 2025": "vom 01.07.2025 bis 30.09.2025",
    "Q3": "vom 01.07.2026 bis 30.09.2026",
    "im ersten Halbjahr": "vom 01.01.2026 bis 30.06.2026",
    "03/2025": "im März 2025",
    "die letzten 24 Stunden": "vom 20.11.2026, 15:15 Uhr, bis 21.11.2026, 15:15 Uhr",
    "morgen": "am 22.11.2026",
    "im letzten Monat": "im Oktober 2026",
}
UNCLEAR = {
    "zwischen 17 und 20 Uhr": "An welchem Tag?",
    "am 31.2.": "gibt es nicht",
    "am 31.4.2025": "gibt es nicht",
    "KW 60": "gibt es nicht",
    "vom 1. bis 15.": "In welchem Monat",
    "vom 15. bis 1. Juni 2025": "endet, bevor er beginnt",
    "an Wochenenden": "In welchem Zeitraum?",
    "am 30. März 2025 um 2 Uhr": "Uhren vorgestellt",
}


@pytest.mark.parametrize(("words", "name"), READ.items())
def test_words_name_a_period(words: str, name: str) -> None:
    assert [describe(one.period) for one in find(fold(words), NOW)] == [name]


@pytest.mark.parametrize(("words", "why"), UNCLEAR.items())
def test_what_cannot_be_told_is_said_to_be_unclear(words: str, why: str) -> None:
    with pytest.raises(Unclear, match=why.replace("?", r"\?")):
        find(fold(words), NOW)


def test_two_periods_stay_two() -> None:
    assert [describe(one.period) for one in find(fold("im März mehr als im Februar"), NOW)] == ["im März 2026", "im Februar 2026"]


def test_days_of_23_and_25_hours() -> None:
    (spring,), (autumn,) = (find(words, NOW) for words in ("am 29.03.2026", "am 25.10.2026"))
    assert (spring.period.seconds, autumn.period.seconds) == (23 * 3600, 25 * 3600)
    (night,) = find("am 25.10.2026 zwischen 1 und 4 uhr", NOW)
    assert night.period.seconds == 4 * 3600


def test_hours_and_kinds_of_days_choose_intervals() -> None:
    (one,) = find("im maerz 2026 an wochenenden zwischen 22 und 2 uhr", NOW)
    ts = np.arange(one.period.start, one.period.end, 900)
    local = [datetime.fromtimestamp(int(at), BERLIN) for at in ts[one.period.within(ts)]]
    assert {at.hour for at in local} == {22, 23, 0, 1}
    assert {at.weekday() for at in local} == {5, 6}


def test_before_keeps_months_and_years_whole() -> None:
    march = of_days(date(2026, 3, 1), date(2026, 3, 31))
    assert describe(march.before()) == "im Februar 2026"
    assert describe(march.shifted(years=-1)) == "im März 2025"
    assert describe(of_days(date(2025, 1, 1), date(2025, 12, 31)).before()) == "im Jahr 2024"
    assert describe(of_days(date(2026, 11, 9), date(2026, 11, 15)).before()) == "in KW 45/2026 (02.11.2026 bis 08.11.2026)"


@given(st.dates(date(2020, 1, 1), date(2026, 11, 20)), st.integers(0, 400))
def test_a_period_is_read_from_its_own_name(first: date, days: int) -> None:
    last = min(date.fromordinal(first.toordinal() + days), date(2026, 11, 20))
    period = of_days(first, last)
    assert [one.period for one in find(fold(describe(period)), NOW)] == [period]


@given(st.integers(0, 2_000_000_000))
def test_instants_keep_through_iso(instant: int) -> None:
    assert instant_of(iso(instant)) == instant


@given(st.text("0123456789.:- abcdeimnorstuvwz", max_size=60))
def test_any_text_is_read_or_unclear(text: str) -> None:
    try:
        found = find(fold(text), NOW)
    except Unclear:
        return
    assert all(one.period.start < one.period.end for one in found)


def test_what_has_passed_is_cut_at_the_last_quarter_hour() -> None:
    whole = of_days(date(2026, 11, 21), date(2026, 11, 21))
    assert describe(whole.until(int(NOW.timestamp()))) == "am 21.11.2026 von 00:00 bis 15:15 Uhr"
    assert Period(0, day_start(date(2020, 1, 1))).until(int(NOW.timestamp())).end == day_start(date(2020, 1, 1))


@pytest.mark.parametrize("year", [2019, 2024, 2025, 2026, 2038])
def test_holidays_are_those_of_all_of_germany(year: int) -> None:
    assert feasts.holidays(year) == set(library.country_holidays("DE", years=year))
