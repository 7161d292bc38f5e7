import numpy as np
import pytest

from nova.energy.formats import entsoe, mscons
from nova.energy.formats.parsed import Options
from nova.errors import InvalidInput, UnsupportedFile
from nova.series import PRELIMINARY, SUBSTITUTE
from tests.rooms.energy.formats.samples_read import AUTUMN, SAMPLES, SPRING, parse, reasons, sample


def test_smard_prices_of_the_day_with_25_hours() -> None:
    parsed = sample("smard_preise.csv")
    prices = {one.product.zone: one for one in parsed.prices}
    assert set(prices) == {"DE-LU", "BE", "DK1", "IT-NORTH"}
    german = prices["DE-LU"]
    assert len(german) == 25 and german.ts[0] == AUTUMN and german.product.seconds == 3600 and german.price[1] == 75.0
    assert len(prices["DK1"]) == 24 and prices["IT-NORTH"].price[0] == 1100.0
    assert reasons(parsed) == {"Spalte, deren Bedeutung nicht bekannt ist": 25, "kein Wert": 1}


def test_smard_generation_of_the_day_with_23_hours_in_megawatts() -> None:
    parsed = sample("smard_erzeugung.csv")
    signals = {one.signal: one for one in parsed.signals}
    assert len(signals) == 11 and "nuclear_mw" not in signals
    assert len(signals["biomass_mw"]) == 92 and signals["biomass_mw"].value[0] == 4247.0 and signals["biomass_mw"].ts[0] == SPRING
    assert signals["lignite_mw"].zone == "DE-LU" and signals["lignite_mw"].seconds == 900


def test_smards_grid_load_is_no_generation_and_forecasts_are_told_by_their_columns() -> None:
    head = "Datum von;Datum bis;{}\n01.01.2024 00:00;01.01.2024 00:15;1.000,5\n01.01.2024 00:15;01.01.2024 00:30;-\n"
    assert parse(head.format("Gesamt (Netzlast) [MWh] Originalauflösungen")).signals[0].signal == "load_mw"
    assert parse(head.format("Residuallast [MWh] Berechnete Auflösungen")).signals[0].value[0] == 4002.0
    rows = "01.01.2024 00:00;01.01.2024 01:00;1;2\n01.01.2024 01:00;01.01.2024 02:00;1;2\n"
    parsed = parse("Datum von;Datum bis;Photovoltaik [MWh] Originalauflösungen;Photovoltaik und Wind [MWh] Originalauflösungen\n" + rows)
    assert [one.signal for one in parsed.signals] == ["solar_forecast_mw", "wind_solar_forecast_mw"]


def test_older_and_english_smard_files() -> None:
    old = "Datum;Anfang;Ende;Biomasse [MWh] Originalauflösungen\n01.01.2019;00:00;00:15;1.061,75\n01.01.2019;00:15;00:30;1.060\n"
    assert parse(old).signals[0].value[1] == 4240.0
    english = "Start date;End date;Photovoltaics [MWh] Original resolutions\nJan 1, 2024 12:00 AM;Jan 1, 2024 12:15 AM;1,000.5\n"
    parsed = parse(english + "Jan 1, 2024 12:15 AM;Jan 1, 2024 12:30 AM;2.5\n")
    assert list(parsed.signals[0].value) == [4002.0, 10.0] and parsed.report.accepted == 2


def test_smards_json_is_named_by_its_file() -> None:
    parsed = sample("410_DE_quarterhour_1711839600000.json")
    (load,) = parsed.signals
    assert (load.signal, load.zone, load.seconds, len(load)) == ("load_mw", "DE-LU", 900, 90)
    assert load.value[0] == 4 * 11000.25 and parsed.report.refused == 2
    price = b'{"meta_data":{},"series":[[1711839600000, -3.5],[1711843200000, "x"],[1711846800000, true],[7, 1]]}'
    parsed = parse(price, name="4169_DE-LU_hour_1711839600000.json")
    assert parsed.prices[0].product.zone == "DE-LU" and parsed.prices[0].price[0] == -3.5 and parsed.report.refused == 3
    with pytest.raises(InvalidInput):
        parse(price, name="preise.json")


def test_entsoe_prices_hold_until_the_next_in_a03_and_are_missing_in_a01() -> None:
    parsed = sample("entsoe_preise_a44.xml")
    german, french = parsed.prices
    assert (german.product.zone, german.product.seconds, len(german)) == ("DE-LU", 900, 96)
    assert list(german.price[:6]) == [51.2, 50.1, 50.1, 50.1, -0.01, 0.0] and german.price[48] == 0.0 and german.price[49] == -12.5
    assert german.price[-1] == 133.7
    assert (french.product.zone, french.product.seconds, len(french)) == ("FR", 3600, 23)
    assert reasons(parsed, "note")["Positionen fehlen im Zeitraum"] == 1


def test_entsoe_load_and_generation() -> None:
    (load,) = sample("entsoe_last_a65.xml").signals
    assert (load.signal, load.zone, load.seconds, len(load), load.ts[0], load.value[0]) == ("load_mw", "DE-LU", 900, 100, AUTUMN, 45010.0)
    signals = {one.signal: one for one in sample("entsoe_erzeugung_a75.xml").signals}
    assert set(signals) == {"solar_mw", "pumped_storage_mw", "pumping_mw"} and signals["pumping_mw"].value[0] == 700.0


def test_entsoe_says_why_there_is_nothing() -> None:
    with pytest.raises(InvalidInput, match="No matching data found"):
        sample("entsoe_keine_daten.xml")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("PT15M", "P1Y"),
        ("<position>5</position>", "<position>500</position>"),
        (">133.7<", ">viel<"),
        ("2025-10-05T22:00Z</end></timeInterval><resolution>PT15M", "2025-10-01T22:00Z</end></timeInterval><resolution>PT15M"),
        ("<currency_Unit.name>EUR", "<currency_Unit.name>GBP"),
        ("<type>A44", "<type>A61"),
        ("10Y1001A1001A82H", "irgendwo"),
    ],
)
def test_entsoe_points_that_cannot_be_are_refused(old: str, new: str) -> None:
    text = (SAMPLES / "entsoe_preise_a44.xml").read_text()
    parsed = entsoe.parse(text.replace(old, new, 2).encode(), Options())
    assert parsed.report.refused >= 1 and reasons(parsed)


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]><Publication_MarketDocument/>',
        '<?xml version="1.0" encoding="klingon"?><Publication_MarketDocument/>',
        "<Publication_MarketDocument>",
        "<Publication_MarketDocument>" + "<a>" * 100,
    ],
)
def test_xml_with_document_types_or_without_end_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        entsoe.parse(text.encode(), Options())


def test_an_mscons_interchange_of_two_meters_and_both_directions() -> None:
    parsed = sample("mscons_lastgang.edi")
    first, second = parsed.readings
    assert (first.meter_id, second.meter_id) == ("DE0012345678900000000000000012345", "51238696781")
    assert len(first) == len(second) == 100 and first.ts[0] == AUTUMN and first.seconds == 900
    assert first.consumption[0] == 50.0 and first.production[0] == 100.0 and np.isnan(second.production).all()
    assert list(np.flatnonzero(first.quality == SUBSTITUTE)) == [10, 11] and first.quality[99] == PRELIMINARY
    assert parsed.report.accepted == 300


def test_meter_stands_are_no_load_profile() -> None:
    parsed = sample("mscons_zaehlerstand.edi")
    assert not parsed.readings and reasons(parsed) == {"Zählerstand (OBIS x.8.x), kein Lastgang": 1}


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("QTY+67", "QTY+20", "nicht verwendbarer Wert (QTY+20)"),
        ("QTY+67", "QTY+187", "Prognosewert (QTY+187)"),
        ("QTY+67", "QTY+ZZZ", "unbekannte Art der Menge (QTY)"),
        ("1-1?:2.29.0", "7-20?:99.33.17", "Menge ohne OBIS-Kennzahl für Strom (PIA+5)"),
        ("1-1?:2.29.0", "1-1?:5.29.0", "OBIS-Kennzahl ist kein Lastgang der Wirkarbeit (1.29.0 oder 2.29.0)"),
        ("LOC+172", "LOC+237", "Menge ohne Markt- oder Messlokation (LOC+172)"),
        ("12.500'", "-12.500'", "keine Menge von mindestens 0"),
        ("12.500'", "12.500:KWT'", "Einheit der Menge ist nicht kWh"),
        ("?+00:303", ":203", "Zeit nicht im Format 303 mit Abstand zu UTC (DTM)"),
        ("MSCONS:D:04B", "UTILMD:D:11A", "Nachricht ist keine MSCONS"),
        ("000001+9", "000001+1", "Nachricht storniert eine frühere; deren Werte bleiben, bis berichtigte kommen"),
    ],
)
def test_quantities_that_are_no_load_profile_are_refused_with_the_reason(old: str, new: str, why: str) -> None:
    text = (SAMPLES / "mscons_lastgang.edi").read_text()
    assert old in text
    parsed = mscons.parse(text.replace(old, new).encode(), Options())
    assert why in reasons(parsed)
    assert parsed.report.taken() + parsed.report.refused == 300


def test_offsets_of_summer_and_winter_are_the_same_instants() -> None:
    text = (SAMPLES / "mscons_lastgang.edi").read_text().replace("DTM+163:202410262200?+00:303", "DTM+163:202410270000?+02:303")
    assert mscons.parse(text.encode(), Options()).readings[0].ts[0] == AUTUMN
    assert mscons.instant("202503300000+01", "303") == 1743289200
    assert mscons.instant("202503300000", "203") is None and mscons.instant("202513300000+01", "303") is None


def test_a_decimal_comma_and_other_signs_are_said_by_una() -> None:
    text = (SAMPLES / "mscons_lastgang.edi").read_text()
    comma = text.replace("UNA:+.? '", "UNA:+,? '").replace("12.500", "12,500")
    parsed = mscons.parse(comma.encode(), Options())
    assert parsed.readings[0].consumption[0] == 50.0


def test_a_cut_interchange_is_refused_as_a_whole() -> None:
    data = (SAMPLES / "mscons_lastgang.edi").read_bytes()
    with pytest.raises(InvalidInput, match="abgeschnitten"):
        mscons.parse(data[:5000], Options())
    with pytest.raises(UnsupportedFile):
        mscons.parse(b"UNB+UNOC:3+a+b+c'", Options())


def test_a_cancellation_names_the_message_whose_values_stay() -> None:
    text = (
        "UNA:+.? 'UNB+UNOC:3+9900259000002:500+9900080000007:500+241029:0615+MSC241029A1++VL'UNH+1+MSCONS:D:04B:UN:2.4d'BGM+7+MSC2000001+1'"
        "DTM+137:202410290615?+00:303'RFF+ACW:MSC1000001'RFF+Z13:13006'NAD+MS+9900259000002::293'NAD+MR+9900080000007::293'UNS+D'NAD+DP'"
        "LOC+172'UNT+11+1'UNZ+1+MSC241029A1'"
    )
    parsed = mscons.parse(text.encode(), Options())
    assert not parsed.rows()
    assert [(one.kind, one.text, one.places) for one in parsed.report.reasons] == [
        ("note", "Nachricht storniert eine frühere; deren Werte bleiben, bis berichtigte kommen", ["Segment 3: „MSC1000001“"])
    ]
    unnamed = mscons.parse(text.replace("RFF+ACW:MSC1000001'", "").encode(), Options())
    assert unnamed.report.reasons[0].places == ["Segment 3"]
