"""Plants from YAML: what is known is read, what is not known is an error that names it."""

import pytest

from nova.energy.schedule import plant
from nova.errors import InvalidInput

WHOLE = """
name: Haus am Hang
battery: {capacity_kwh: 10, charge_kw: 5, discharge_kw: 5, charge_efficiency: 0.95, discharge_efficiency: 0.95, soc_start: 0.2,
          soc_end: 0.2, soc_min: 0.1, soc_max: 1.0, cycle_eur_kwh: 0.02, end_penalty_eur_kwh: 2}
loads:
  - {name: Wallbox, window: 18:00-06:00, energy_kwh: 12, max_kw: 11, min_kw: 1.4, min_run_minutes: 30, penalty_eur_kwh: 1}
  - {name: Spülmaschine, window: "08:00-24:00", profile_kw: [2.0, 0.1, 0.1, 1.5]}
  - {name: Trockner, energy_kwh: 1.7, max_kw: 2, interruptible: false}
base: {kw: 0.4}
pv: {kw: 0, curtailable: true}
grid: {import_limit_kw: 30, export_limit_kw: 10}
tariff: {surcharge_ct_kwh: 15, vat_percent: 19, feed_in_ct_kwh: 8, peak_eur_kw: 0, peak_so_far_kw: 3}
"""


def test_a_whole_plant_is_read() -> None:
    found = plant.read(WHOLE)
    assert found.battery is not None and found.battery.soc_min == 0.1
    wallbox, dishes, dryer = found.loads
    assert (wallbox.start, wallbox.end, wallbox.min_run_minutes) == (1080, 360, 30)
    assert dishes.end == 1440 and not dishes.interruptible
    assert dryer.profile_kw == pytest.approx((2.0, 2.0, 2.0, 0.8))
    assert found.pv.curtailable and found.grid.export_limit_kw == 10 and found.tariff.peak_so_far_kw == 3


def test_json_is_read_and_everything_may_be_left_out() -> None:
    assert plant.read('{"name": "Leer"}') == plant.Plant(name="Leer")
    assert plant.parse({"base": {"kw": [1] * 96}}).base.kw == (1.0,) * 96


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("batery: {}", "Den Schlüssel 'batery' gibt es nicht; bekannt sind name, battery"),
        ("battery: {capacity_kwh: 5}", "Es fehlt `charge_kw`"),
        ("battery: {capacity_kwh: 5, charge_kw: 1, discharge_kw: 1, kapazitaet: 3}", "'kapazitaet' gibt es nicht"),
        ("battery: {capacity_kwh: 5, charge_kw: 1, discharge_kw: 1, charge_efficiency: 95}", "ist 95; erlaubt ist 0.05 bis 1"),
        ("battery: {capacity_kwh: 5, charge_kw: 1, discharge_kw: 1, soc_min: 0.6}", "`soc_start`.*liegt nicht zwischen"),
        ("battery: {capacity_kwh: 5, charge_kw: 1, discharge_kw: 1, soc_min: 0.6, soc_max: 0.4}", "`soc_min` liegt über"),
        ("battery: {capacity_kwh: .nan, charge_kw: 1, discharge_kw: 1}", "ist keine Zahl"),
        ("battery: {capacity_kwh: true, charge_kw: 1, discharge_kw: 1}", "ist keine Zahl"),
        ("loads: {name: a}", "`loads` ist eine Liste"),
        ("loads: [{name: a}]", "entweder `profile_kw` oder `energy_kwh`"),
        ("loads: [{name: a, energy_kwh: 1}]", "gehört `max_kw`"),
        ("loads: [{name: a, energy_kwh: 1, max_kw: 1, window: abends}]", "hat die Form"),
        ("loads: [{name: a, energy_kwh: 1, max_kw: 1, window: '18:10-20:00'}]", "hat die Form"),
        ("loads: [{name: a, energy_kwh: 1, max_kw: 1, min_run_minutes: 20}]", "Vielfaches von 15"),
        ("loads: [{name: a, energy_kwh: 1, max_kw: 1, min_run_minutes: 30}]", "braucht `min_kw`"),
        ("loads: [{name: a, energy_kwh: 100, max_kw: 1, interruptible: false}]", "länger als ein Tag"),
        ("loads: [{name: a, profile_kw: [1], max_kw: 3}]", "passt nicht zu `profile_kw`"),
        ("loads: [{name: a, profile_kw: [1]}, {name: a, profile_kw: [1]}]", "Zwei Verbraucher heißen"),
        ("base: {kw: [1, 2]}", "hier sind es 2"),
        ("base: {kw: 1, curtailable: true}", "'curtailable' gibt es nicht"),
        ("pv: {kw: 1, curtailable: 3}", "ist true oder false"),
        ("tariff: {mwst: 19}", "'mwst' gibt es nicht"),
        ("- 1", "Schlüssel und Werte"),
        ("a: [", "kein lesbares YAML"),
        ("name: 3", "`name` ist ein Text"),
    ],
)
def test_what_is_wrong_is_named(text: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        plant.read(text)
