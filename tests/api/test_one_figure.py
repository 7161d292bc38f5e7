"""One definition each: of 50 drawn meters and windows every place says the same to the last digit shown; what differs is found."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from nova.cli.energy import figures as figures_command
from nova.cli.energy import prices as prices_command
from nova.energy import costs, figures, key_figures, tariff
from nova.energy.calendar import day_bounds, yesterday
from nova.energy.explain import tools
from nova.energy.explain.tool import DataAnswers
from nova.energy.recommend.facts import Situation, facts
from nova.energy.said import amount
from nova.energy.stored import StoredSource
from nova.energy.tariff import terms_of
from nova.records import Scope
from nova.store.postgres.db import Database
from tests.api.commands import reach
from tests.api.house import Door
from tests.api.one_figure import DST, TARIFFS, Case, cheapest_by_file, drawn, fleet, iso, of_chart, of_command, of_file, of_luna, of_tile
from tests.owning import STAFF

pytestmark = pytest.mark.slow

SEED, WINDOWS = 2407, 50
EVERY = ("energy", "cost", "missing")
API = "/api/v1"


@pytest.fixture(scope="module")
def names(door: Door) -> list[str]:
    return fleet(door.nova.db, SEED)


@pytest.fixture(autouse=True)
def commands(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    reach(door, monkeypatch, figures_command, prices_command)


def places(door: Door, case: Case) -> dict[str, dict[str, str]]:
    """What each place says of a case, by figure."""
    terms = TARIFFS[(int(case.meter_id[2:]) - 1) % len(TARIFFS)]
    found = {"tile": of_tile(door, case), "command": of_command(case), "Luna": of_luna(door.nova.db, case)}
    found |= {"chart": of_chart(door, case), "file": of_file(door, case, terms)}
    if terms is None:  # what is bought at the exchange is what it costs where nothing else is agreed
        luna = found["Luna"]
        found["Luna"] = luna | ({"cost": luna["cost_market"]} if "cost_market" in luna else {})
    return found


def differences(told: dict[str, dict[str, str]]) -> list[str]:
    """Figures that two places say differently."""
    wrong = []
    for name in sorted({name for said in told.values() for name in said}):
        said = {place: one[name] for place, one in told.items() if name in one}
        if len(set(said.values())) > 1:
            wrong.append(f"{name}: {said}")
    return wrong


def test_fifty_windows_are_told_alike_everywhere(door: Door, names: list[str]) -> None:
    compared: Counter[str] = Counter()
    wrong: list[str] = []
    for case in drawn(names, SEED, WINDOWS):
        told = places(door, case)
        wrong += [f"{case.meter_id} {case.when}: {one}" for one in differences(told)]
        for place, said in told.items():
            compared.update(f"{place} {name}" for name in said if place != "tile" and name in told["tile"])
    print("\n".join(f"{count:3} {what}" for what, count in sorted(compared.items())))
    assert wrong == []
    for place, least in (("command", WINDOWS * 0.8), ("Luna", WINDOWS * 0.8), ("file", WINDOWS * 0.7), ("chart", WINDOWS * 0.5)):
        assert compared[f"{place} energy"] >= least
    assert min(compared[f"{place} cost"] for place in ("command", "Luna", "file")) >= WINDOWS * 0.6
    assert min(compared[f"{place} expected"] for place in ("command", "Luna")) >= WINDOWS * 0.5
    assert min(compared[f"{place} self_consumption"] for place in ("command", "Luna", "file")) >= 8
    assert min(compared[f"{place} missing"] for place in ("command", "Luna", "file")) >= 8


def test_the_cheapest_hours_of_fifty_days_are_the_same_everywhere(door: Door, names: list[str]) -> None:
    some = np.random.default_rng(SEED + 1)
    told = 0
    for at in range(WINDOWS):
        day = date(2025, 7, 2) + timedelta(days=int(some.integers(290))) if at % 10 else DST[at // 10 % 2]
        start, end = day_bounds(day)
        asked = {"from": iso(start), "to": iso(end)}
        tile = door.admin("GET", f"{API}/data/prices", params=asked).json()["data"]["cheapest"]
        by_file = cheapest_by_file(door, day, 3)
        assert (tile is None) == (by_file is None), day
        if tile is None or by_file is None:
            continue
        told += 1
        assert (tile["start"], amount(tile["mean"], "EUR/MWh")) == (by_file[0], amount(by_file[1], "EUR/MWh")), day
        luna = asked_luna(door.nova.db, f"Wann war der Strom am {day:%d.%m.%Y} am günstigsten?")
        assert (luna["window_start"].value, luna["window_end"].value, luna["window_price"].text) == (
            tile["start"],
            tile["end"],
            tile["price"],
        )
        shown = printed("prices", "--from", iso(start), "--to", iso(end))
        assert f"Am günstigsten: {tile['text']}, im Mittel {tile['price']}" in shown
        advice = advised(door.nova.db, names[1], day)
        assert [advice[name] for name in ("cheap_from", "cheap_to")] == [tile["start"], tile["end"]]
        paid = tariff.dynamic(terms_of(TARIFFS[1]), np.array([tile["mean"]]))[0] * 100
        assert amount(advice["cheap_ct"], "ct/kWh") == amount(paid, "ct/kWh")
    assert told >= 40


def test_the_price_in_force_and_yesterday_are_the_same_everywhere(door: Door, names: list[str]) -> None:
    now = datetime.now(UTC)
    start, end = yesterday(int(now.timestamp()))
    for name, terms in zip(names[:6], TARIFFS, strict=True):
        case = Case(name, start, end)
        tile, shown = of_tile(door, case), of_command(case)
        assert tile["price_in_force"] == shown["price_in_force"]
        if terms and "fixed_ct_kwh" not in terms:
            luna = asked_luna(door.nova.db, f"Mit welchem Tarif rechnest du bei {name}?")
            assert luna["price_in_force"].text == tile["price_in_force"]
        elif terms:
            assert asked_luna(door.nova.db, f"Mit welchem Tarif rechnest du bei {name}?")["tariff"].text == tile["price_in_force"]
    prices = door.admin("GET", f"{API}/data/prices", params={"from": iso(start), "to": iso(end)}).json()["data"]
    luna = asked_luna(door.nova.db, "Wie hoch ist der Börsenpreis jetzt?")
    assert luna["price_now"].text == prices["texts"]["now"]
    spoken = asked_luna(door.nova.db, f"Wie hoch war der Verbrauch von {names[0]} gestern?")["energy"].query
    assert (spoken["from"], spoken["to"]) == (iso(start), iso(end))
    printed_at = printed("figures", names[0], "--json")
    assert f'"start": {start}' in printed_at and f'"end": {end}' in printed_at


def test_advice_reckons_with_the_same_four_weeks(door: Door, names: list[str]) -> None:
    day = date(2026, 4, 20)
    compared = 0
    for number, name in enumerate(names):
        said = advised(door.nova.db, name, day)
        today = day - timedelta(days=1)
        start, end = day_bounds(today - timedelta(days=28))[0], day_bounds(today)[0]
        tile = of_tile(door, Case(name, start, end))
        terms = TARIFFS[number % len(TARIFFS)] or {}
        for fact, figure, unit in (("fixed_eur", "cost_fixed", "EUR"), ("spot_eur", "cost_spot", "EUR"), ("month_kwh", "energy", "kWh"),
                                   ("fed_in_kwh", "feed_in", "kWh"), ("self_percent", "self_consumption", "%")):  # fmt: skip
            if fact in said:
                compared += 1
                assert amount(said[fact], unit) == tile[figure], (name, fact, terms)
    assert compared >= 4


def test_the_sum_of_meters_is_the_same_everywhere(door: Door, names: list[str]) -> None:
    compared = 0
    for at, case in enumerate(drawn(names[:5], SEED + 2, 12)):
        pair = [case.meter_id, names[:5][(int(case.meter_id[2:]) + at) % 5]]
        if pair[0] == pair[1]:
            continue
        asked = {"meter_id": pair, "from": iso(case.start), "to": iso(case.end)}
        told = door.admin("GET", f"{API}/data/figures", params=asked).json()["data"]
        tile = {one["name"]: one["text"] for one in told["figures"] if one["value"] is not None}
        shown = printed("figures", *pair, "--from", iso(case.start), "--to", iso(case.end))
        for question, tool, figure, label in (
            ("Wie viel haben {} und {} zusammen {} verbraucht?", "energy", "energy", "Verbrauch"),
            ("Wie hoch waren die Stromkosten von {} und {} zusammen {}?", "cost_paid", "cost", "Kosten"),
        ):
            facts_of = asked_luna(door.nova.db, question.format(*pair, case.when))
            if figure in tile:
                compared += 1
                assert facts_of[tool].text == tile[figure], (pair, case.when)
                assert f"{label}: {tile[figure]} (" in shown
    assert compared >= 12


PLACES: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "Luna's cost": lambda patch: patch.setitem(tools.TOOLS, "cost_paid", tools.TOOLS["cost_fixed"]),  # without the base fee
    "Luna's energy": lambda patch: patch.setitem(tools.TOOLS, "energy", lambda source, query: tools.TOOLS["mean"](source, query)),
    "the command": lambda patch: patch.setitem(figures_command.NAMES, "bought", "Verbrauch"),
    "the tile": lambda patch: patch.setattr(key_figures, "figures", lambda seen, *_: figures.figures(seen)),
    "self-use": lambda patch: patch.setitem(tools.TOOLS, "self_use", tools.TOOLS["autarky"]),
    "expectation": lambda patch: patch.setitem(tools.TOOLS, "expected", tools.TOOLS["expected_low"]),
    "gaps": lambda patch: patch.setitem(tools.TOOLS, "unknown", tools.TOOLS["unknown_share"]),
    "the tariff": lambda patch: patch.setattr(costs, "base_fee", lambda *_: 0.0),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_place_that_reckons_otherwise_is_found(door: Door, names: list[str], monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    PLACES[place](monkeypatch)
    assert any(differences(places(door, case)) for case in drawn(names, SEED, 24))


def asked_luna(database: Database, question: str) -> dict[str, Any]:
    """The facts of Luna's answer by tool."""
    answer = DataAnswers(database).answer(question, Scope(staff=True), datetime.now(UTC), sure=True)
    assert answer is not None, question
    return {str(fact.query["tool"]): fact for fact in answer.facts if fact.query.get("column", "consumption") == "consumption"}


def printed(*words: str) -> str:
    """What a command prints."""
    from click.testing import CliRunner

    from nova.cli.root import nova

    told = CliRunner().invoke(nova, words)
    assert told.exit_code == 0, told.output
    return told.stdout


def advised(database: Database, name: str, day: date) -> dict[str, Any]:
    """The facts of advice for a day, made at noon of the day before."""
    now = day_bounds(day)[0] - 12 * 3600
    with database.transaction() as conn:
        source = StoredSource(conn, STAFF)
        terms = next(one.terms for one in source.meters() if one.meter_id == name)
        rows = [source.readings(name, now - 70 * 86_400, now)]
        market = source.prices(now - 40 * 86_400, day_bounds(day)[1])
    seen = Situation(name, name, "household", now, day, rows, market, terms)
    return {fact: one.value for fact, one in facts(seen).items()}
