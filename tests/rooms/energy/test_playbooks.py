"""Rules: each fires where it applies and only there, every number of a text is a fact, and a file that is wrong is refused by name."""

import re
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from nova.energy.calendar import day_bounds, local_hours
from nova.energy.recommend.facts import NAMES, Fact, Situation, facts
from nova.energy.recommend.playbooks import Recommendation, builtin, fire, parse, ranked, recommend
from nova.energy.schedule import plant as plants
from nova.energy.tariff import Terms
from nova.errors import Misconfigured
from nova.series import Prices, Product, Readings, prices, readings

DAY = date(2025, 6, 18)
NOW = day_bounds(DAY)[0] - 8 * 3600  # 16 o'clock the day before
RULES = {rule.name: rule for rule in builtin()}


def series(days: int, power: float = 0.3, evening: float = 2.0, made: bool = False, until: int = NOW) -> Readings:
    start = day_bounds(DAY - timedelta(days=days))[0]
    ts = np.arange(start, until, 900, dtype=np.int64)
    hour = local_hours(ts)
    used = np.where((hour >= 18) & (hour < 22), evening, power)
    return readings("M1", 900, ts, used, np.where((hour >= 9) & (hour < 17), 3.0, 0.0) if made else None)


def spot(days: int = 60, noon: float = -20.0, evening: float = 220.0) -> Prices:
    start, end = day_bounds(DAY - timedelta(days=days))[0], day_bounds(DAY)[1]
    ts = np.arange(start, end, 3600, dtype=np.int64)
    hour = local_hours(ts)
    price = np.where((hour >= 11) & (hour < 15), noon, np.where((hour >= 18) & (hour < 21), evening, 90.0))
    return prices(Product("EPEX", "DAY_AHEAD", seconds=3600), ts, price)


def situation(*pieces: Readings, **more: object) -> Situation:
    return replace(Situation("M1", "Haus", "household", NOW, DAY, pieces), **more)  # type: ignore[arg-type]


DYNAMIC, FIXED = Terms(surcharge_ct_kwh=15.0, vat_percent=19), Terms(fixed_ct_kwh=35.0, surcharge_ct_kwh=15.0, feed_in_ct_kwh=8.0)
BATTERY = plants.parse(
    {"battery": {"capacity_kwh": 10, "charge_kw": 5, "discharge_kw": 5, "soc_start": 0.5, "soc_end": 0.5}, "base": {"kw": 0.5}}
)
CAR = plants.parse({"loads": [{"name": "Wallbox", "energy_kwh": 11, "max_kw": 11}]})


def risen() -> Readings:
    day = series(80)
    night = local_hours(day.ts) < 6
    late = day.ts >= day_bounds(DAY - timedelta(days=16))[0]
    return replace(day, consumption=np.where(night & late, 0.5, day.consumption))


def peaky() -> Readings:
    year = series(367, evening=5.0)
    year.consumption[1000] = 12.0
    return year


def steady(hours: float, power: float) -> Readings:
    """A year at `power` but for one peak so that hours of use are what is asked."""
    year = series(367, power, power)
    year.consumption[20_000] = power * 8760 / hours
    return year


FIRES = {
    "guenstige_stunden": situation(series(40), prices=spot(), terms=DYNAMIC),
    "negative_preise": situation(series(40), prices=spot(), terms=DYNAMIC),
    "spitzenkappung": situation(peaky(), given={"peak_eur_kw": 120.0}),
    "grundlast_gestiegen": situation(risen()),
    "batterie_fahrplan": situation(series(40), prices=spot(), plant=BATTERY),
    "ladefenster": situation(series(40), prices=spot(), plant=CAR),
    "pv_ueberschuss": situation(series(40, made=True), terms=FIXED),
    "dynamischer_tarif_lohnt": situation(series(40), prices=spot(evening=60.0), terms=FIXED),
    "dynamischer_tarif_lohnt_nicht": situation(series(40), prices=spot(evening=600.0), terms=FIXED),
    "modul_14a": situation(given={"controllable_kw": 11.0, "controllable_kwh": 3000.0, "grid_fee_ct": 9.0, "module_1_eur": 130.0}),
    "zaehler_meldet_nicht": situation(series(40, until=NOW - 40 * 3600)),
    "benutzungsstunden_2500": situation(steady(2500, 30.0)),
    "benutzungsstunden_7000": situation(steady(6500, 2000.0)),
}
RESTS = {
    "guenstige_stunden": situation(series(40), prices=spot(noon=85.0, evening=95.0), terms=DYNAMIC),
    "negative_preise": situation(series(40), prices=spot(noon=0.0), terms=DYNAMIC),
    "spitzenkappung": situation(series(367), given={"peak_eur_kw": 120.0}),
    "grundlast_gestiegen": situation(series(80)),
    "batterie_fahrplan": situation(series(40), prices=spot(noon=90.0, evening=90.0), plant=BATTERY),
    "ladefenster": situation(series(40), prices=spot(noon=90.0, evening=90.0), plant=CAR),
    "pv_ueberschuss": situation(series(40), terms=FIXED),
    "dynamischer_tarif_lohnt": situation(series(40), prices=spot(evening=600.0), terms=FIXED),
    "dynamischer_tarif_lohnt_nicht": situation(series(40), prices=spot(evening=60.0), terms=FIXED),
    "modul_14a": situation(given={"controllable_kw": 11.0, "controllable_kwh": 300.0, "grid_fee_ct": 9.0, "module_1_eur": 130.0}),
    "zaehler_meldet_nicht": situation(series(40)),
    "benutzungsstunden_2500": situation(steady(4000, 30.0)),
    "benutzungsstunden_7000": situation(steady(5000, 2000.0)),
}


def test_every_rule_is_tried_both_ways() -> None:
    assert set(FIRES) == set(RESTS) == set(RULES)


@pytest.mark.parametrize("name", FIRES)
def test_a_rule_fires_where_it_applies_and_says_facts_only(name: str) -> None:
    found = fire(RULES[name], facts(FIRES[name]), FIRES[name])
    assert found is not None
    said = [one.said for one in found.facts]
    for number in re.findall(r"\d+(?:[.,:]\d+)*", re.sub(r"§ \d+a?(?: Abs\. \d)?|Modul [12]", "", found.text)):
        assert any(number in one for one in said), (number, found.text)
    assert "{" not in found.text and found.terms
    assert RULES[name].worth == "keiner" or found.eur is not None or found.kwh is not None


@pytest.mark.parametrize("name", RESTS)
def test_a_rule_rests_where_it_does_not_apply(name: str) -> None:
    assert fire(RULES[name], facts(RESTS[name]), RESTS[name]) is None


def test_amounts_are_what_the_series_say() -> None:
    found = {one.rule: one for one in recommend(FIRES["guenstige_stunden"])}
    cheap = found["guenstige_stunden"]
    assert cheap.kwh == pytest.approx(3 * (2.0 - 0.3))
    assert cheap.eur == pytest.approx(3 * 1.7 * 0.24 * 1.19)
    assert "von 18:00 bis 21:00 Uhr" in cheap.text and cheap.day == "2025-06-18"
    peak = fire(RULES["spitzenkappung"], facts(FIRES["spitzenkappung"]), FIRES["spitzenkappung"])
    assert peak is not None and peak.eur == pytest.approx(7.0 * 120) and peak.kwh == pytest.approx(7.0 / 4)


def test_everything_known_of_a_busy_meter_has_a_name() -> None:
    seen = situation(peaky(), prices=spot(400), terms=FIXED, plant=BATTERY, given={"peak_eur_kw": 100.0})
    assert set(facts(seen)) <= NAMES
    assert set(facts(situation(series(40, made=True), prices=spot(), terms=DYNAMIC, plant=CAR))) <= NAMES


def test_the_most_euros_come_first_and_none_last() -> None:
    def one(rule: str, eur: float | None) -> Recommendation:
        return Recommendation(rule, "M", "2025-01-01", "", "", eur, None, (), ())

    assert [each.rule for each in ranked([one("b", None), one("c", 1.0), one("a", 5.0)])] == ["a", "c", "b"]


def test_silenced_rules_and_empty_meters_recommend_nothing() -> None:
    assert all(one.rule != "negative_preise" for one in recommend(FIRES["negative_preise"], silenced={"negative_preise"}))
    assert recommend(situation()) == []


def test_a_habit_is_of_the_same_local_hours_across_a_change_of_the_clock() -> None:
    day = date(2025, 11, 3)  # a week after the change
    start = day_bounds(day - timedelta(days=40))[0]
    ts = np.arange(start, day_bounds(day)[0], 900, dtype=np.int64)
    used = np.where(local_hours(ts) == 20.0, 5.0, 0.2)
    ends = np.arange(*day_bounds(day), 3600, dtype=np.int64)
    price = np.where((local_hours(ends) >= 19) & (local_hours(ends) < 22), 300.0, 50.0)
    seen = Situation(
        "M", "", "household", int(ts[-1]) + 900, day, [readings("M", 900, ts, used)], prices(Product("E", "D", seconds=3600), ends, price)
    )
    assert facts(seen)["movable_kwh"].value == pytest.approx(4.8 / 4)


GOOD = """
version: "1"
regeln:
  - {name: a, titel: T, wenn: [{spread_ct: ">= 5"}], wert: keiner, text: "Es sind {spread_ct} (§ 14a EnWG).",
     begriffe: [x], ruhe: 1, spaeter: 1}
"""


def test_a_rule_of_ones_own_is_read() -> None:
    (rule,) = parse(GOOD, "r.yaml")
    known = {"spread_ct": Fact("spread_ct", 7.0, "ct/kWh", "7,0", "Abstand")}
    found = fire(rule, known, situation())
    assert found is not None and found.text == "Es sind 7,0 (§ 14a EnWG)."
    assert found.evidence()["facts"][0]["said"] == "7,0"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("titel: T", "titel: T, farbe: rot", "farbe"),
        ("ruhe: 1, ", "", "ruhe"),
        ("wert: keiner", "wert: raten", "'raten' gibt es nicht"),
        (">= 5", "gleich 5", "Eine Bedingung hat die Form"),
        ("{spread_ct} (", "7 (", "eine Zahl, die keine Tatsache ist"),
        ("{spread_ct} (", "{geheim} (", "'geheim' gibt es nicht"),
        ("{spread_ct} (", "{spread_ct!r} (", "allein der Name"),
        ("{spread_ct} (", "{spread_ct.value} (", "gibt es nicht"),
        ("{spread_ct} (", "{spread_ct (", "Klammern"),
        ("wenn: [{spread_ct", "wenn: [{geheim", "'geheim' gibt es nicht"),
        ("begriffe: [x]", "begriffe: []", "Liste von Suchwörtern"),
        ("ruhe: 1", "ruhe: -1", "Zahl von Tagen"),
        ('version: "1"', "versionen: 1", "genau `version`"),
        ("name: a", "name: A b", "Kleinbuchstaben"),
        ("regeln:", "regeln: [", "kein gültiges YAML"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(old: str, new: str, words: str) -> None:
    with pytest.raises(Misconfigured, match=words):
        parse(GOOD.replace(old, new, 1), "r.yaml")


def test_a_meter_read_every_minute_has_the_peaks_of_its_quarter_hours() -> None:
    """Minutes of a kettle are no peaks: what is recommended is what the same quarter-hours say."""
    coarse = peaky()
    shape = np.tile(np.r_[3.0, np.full(14, 12 / 14)], len(coarse))
    minutes = np.repeat(coarse.ts, 15) + np.tile(60 * np.arange(15), len(coarse))
    fine = readings("M1", 60, minutes, np.repeat(coarse.consumption, 15) * shape)
    told = [facts(situation(one, given={"peak_eur_kw": 120.0})) for one in (coarse, fine)]
    for name in ("peak_kw", "usual_peak_kw", "excess_kw", "excess_kwh"):
        assert told[1][name].value == pytest.approx(told[0][name].value), name
