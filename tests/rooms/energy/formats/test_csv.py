import json

import numpy as np
import pytest

from nova.energy.formats import child
from nova.energy.formats.parsed import unpack
from nova.energy.formats.report import Report
from nova.energy.formats.sniff import sniff
from nova.errors import InvalidInput, UnsupportedFile
from nova.series import MEASURED, MISSING, SUBSTITUTE
from tests.rooms.energy.formats.samples_read import AUTUMN, SAMPLES, SPRING, parse, reasons, sample

HEAD = "meter_id,ts,consumption_kw,production_kw,voltage,quality\n"


def autumn_hours(mark: bool) -> str:
    """German quarter-hours of the night in which the clock goes back, from 01:45 to 03:00."""
    times = ["01:45", *[f"02:{q:02d}" for q in (0, 15, 30, 45)] * 2, "03:00"]
    marks = ["", *["A"] * 4, *["B"] * 4, ""] if mark else [""] * 10
    return "".join(f"27.10.2024 {time}{sign};{row},5\n" for row, (time, sign) in enumerate(zip(times, marks, strict=True)))


def test_001s_readings_are_read_as_they_are() -> None:
    parsed = sample("readings_001.csv")
    assert (parsed.report.accepted, parsed.report.corrected, parsed.report.refused) == (192, 0, 0)
    first, second = parsed.readings
    assert (first.meter_id[-1], second.meter_id[-1], first.seconds, len(first)) == ("1", "2", 900, 96)
    assert first.ts[0] == 1705273200 and first.consumption[0] == 0.3 and first.voltage[0] == 230.5
    assert first.quality[12] == SUBSTITUTE and first.quality[0] == MEASURED


def test_001s_prices_are_read_as_they_are() -> None:
    (prices,) = sample("prices_001.csv").prices
    assert (prices.product.market, prices.product.product, prices.product.zone, prices.product.seconds) == (
        "EPEX",
        "DAY_AHEAD",
        "DE-LU",
        3600,
    )
    assert len(prices) == 24 and prices.price.min() < 0 and prices.volume[3] == 1203


def test_every_line_is_accounted_for_with_its_number_and_column() -> None:
    rows = [
        "m1,2024-01-01T00:00:00Z,1,,,",
        "m1,2024-01-01T00:15:00Z,x,,,",
        "m1,2024-01-01 00:30,1,,,",
        "m1,gestern,1,,,",
        "m 1,2024-01-01T00:45:00Z,1,,,",
    ]
    rows += [
        "m1,2024-01-01T01:00:00Z,1,,,gut?",
        "m1,2024-01-01T01:15:00Z",
        "m1,2024-01-01T01:30:00Z,1,,,measured",
        "m1,1924-01-01T01:30:00Z,1,,,",
        "",
    ]
    parsed = parse(HEAD + "\n".join(rows))
    assert parsed.report.accepted == 2 and parsed.report.refused == 7
    places = {reason.text.split(":")[0]: reason.places[0] for reason in parsed.report.reasons}
    assert places["keine Zahl"] == "Zeile 3, Spalte consumption_kw: „x“"
    assert places["Zeit ohne Zeitzone"].startswith("Zeile 4")
    assert places["keine Zeit"] == "Zeile 5, Spalte ts: „gestern“"
    assert places["keine Zählernummer"].startswith("Zeile 6")
    assert places["unbekannte Qualität"].startswith("Zeile 7")
    assert places["2 statt 6 Spalten"].startswith("Zeile 8")
    assert "Zeit liegt nicht in den Jahren 2000 bis 2049" in reasons(parsed)


def test_offsets_z_seconds_and_a_clock_from_outside() -> None:
    times = [
        "2024-07-01T12:00:00Z",
        "2024-07-01T14:15+02:00",
        "2024-07-01 12:30:00.000+0000",
        "2024-07-01T12:45:00UTC",
        "2024-07-01T08:00:00-05",
    ]
    parsed = parse(HEAD + "".join(f"m,{time},1,,,\n" for time in times))
    assert list(np.diff(parsed.readings[0].ts)) == [900] * 4
    naive = parse(HEAD + "m,2024-07-01T14:00,1,,,\nm,2024-07-01T14:15,1,,,\n", clock="Europe/Berlin")
    assert naive.readings[0].ts[0] == parsed.readings[0].ts[0]
    with pytest.raises(InvalidInput):
        parse(HEAD + "m,2024-07-01T14:00,1,,,\n", clock="Mars/Olympus")


def test_a_column_that_says_utc_and_one_that_says_local() -> None:
    utc = parse("meter_id,datetime_utc,kwh\nm,2024-07-01 12:00:00,1.5\nm,2024-07-01 12:30:00,1.5\n")
    assert utc.readings[0].ts[0] == 1719835200 and utc.readings[0].consumption[0] == 3.0
    local = "meter_id,ts_local,kwh\n" + "".join(f"m,2024-10-27 {time},1\n" for time in ("02:00:00", "02:30:00", "02:00:00", "02:30:00"))
    assert parse(local).report.refused == 4
    assert list(np.diff(parse(local, clock="Europe/Berlin").readings[0].ts)) == [1800] * 3


def test_a_blank_row_is_missing_and_said_so() -> None:
    parsed = parse(HEAD + "m,2024-07-01T12:00Z,1,,,\nm,2024-07-01T12:15Z,,,,\nm,2024-07-01T12:30Z,,,,measured\n")
    assert list(parsed.readings[0].quality) == [MEASURED, MISSING, MEASURED]
    assert (parsed.report.accepted, parsed.report.corrected) == (2, 1)


def test_a_time_given_twice_counts_once_and_is_told() -> None:
    parsed = parse(HEAD + "m,2024-07-01T12:00Z,1,,,\nm,2024-07-01T12:15Z,2,,,\nm,2024-07-01T12:00Z,3,,,\nm,2024-07-01T12:15Z,2,,,\n")
    assert list(parsed.readings[0].consumption) == [3.0, 2.0]
    assert reasons(parsed) == {"doppelt: die spätere Zeile gilt": 1, "doppelt mit gleichem Inhalt": 1}


def test_a_meter_that_changes_from_hours_to_quarters_keeps_both() -> None:
    hours = [f"m,2024-01-01T{hour:02d}:00Z,4,,," for hour in range(12)]
    quarters = [f"m,2024-01-01T{hour:02d}:{quarter:02d}Z,1,,," for hour in range(12, 24) for quarter in (0, 15, 30, 45)]
    parsed = parse(HEAD + "\n".join(hours + quarters))
    assert sorted((one.seconds, len(one)) for one in parsed.readings) == [(900, 48), (3600, 12)]


def test_times_without_a_common_measure_are_refused() -> None:
    parsed = parse(HEAD + "".join(f"m,2024-01-01T00:00:{second:02d}Z,1,,,\n" for second in (0, 7, 20, 41)))
    assert parsed.report.accepted == 0 and parsed.report.refused == 4


@pytest.mark.parametrize("mark", [False, True])
def test_the_doubled_hour_by_order_and_by_marks(mark: bool) -> None:
    parsed = parse("Zeit;Verbrauch [kWh]\n" + autumn_hours(mark), meter="DE1")
    (readings,) = parsed.readings
    assert list(np.diff(readings.ts)) == [900] * 9
    assert list(readings.consumption) == [4 * (row + 0.5) for row in range(10)]
    assert parsed.report.accepted == 10


def test_the_doubled_hour_of_many_meters_mixed_and_backwards() -> None:
    lines = autumn_hours(False).splitlines()
    mixed = "".join(f"{meter};{line}\n" for line in lines for meter in ("a", "b"))
    backwards = "".join(f"a;{line}\n" for line in reversed(lines))
    for text in (mixed, backwards):
        for readings in parse("Zähler;Zeit;Verbrauch [kW]\n" + text).readings:
            assert list(np.diff(readings.ts)) == [900] * 9 and list(readings.consumption) == [row + 0.5 for row in range(10)]


def test_a_doubled_hour_that_came_once_is_summer_time_and_noted() -> None:
    parsed = parse("Zeit;Verbrauch [kW]\n27.10.2024 01:00;1,0\n27.10.2024 02:00;1,0\n27.10.2024 03:00;1,0\n", meter="m")
    assert list(np.diff(parsed.readings[0].ts)) == [3600, 7200]
    assert reasons(parsed, "note")["doppelte Stunde nur einmal vorhanden: als Sommerzeit gelesen"] == 1


def test_the_hour_that_spring_leaves_out_is_refused_unless_the_clock_never_changes() -> None:
    text = "Zeit;Verbrauch [kW]\n31.03.2024 01:00;1,0\n31.03.2024 02:00;2,0\n31.03.2024 03:00;3,0\n"
    parsed = parse(text, meter="m")
    assert parsed.report.refused == 1 and list(parsed.readings[0].ts - SPRING) == [3600, 7200]
    assert list(parse(text, meter="m", clock="+01:00").readings[0].ts - SPRING) == [3600, 7200, 10800]


@pytest.mark.parametrize(
    ("column", "clock", "words"),
    [
        ("Zeit", "", "Ortszeit in Deutschland"),
        ("Zeit", "Europe/Berlin", "Ortszeit in Deutschland"),
        ("Zeit", "MEZ", "Winterzeit (MEZ) das ganze Jahr über"),
        ("Zeit UTC", "", "UTC"),
    ],
)
def test_the_report_says_by_which_clock_times_were_read(column: str, clock: str, words: str) -> None:
    parsed = parse(f"{column};Verbrauch [kW]\n31.01.2024 01:00;1,0\n31.01.2024 02:00;2,0\n", meter="m", clock=clock)
    assert f"Zeiten ohne Zeitzone als {words} gelesen" in reasons(parsed, "note")


@pytest.mark.parametrize("column", ["Zeit", "Zeit UTC"])
def test_the_report_names_no_clock_where_every_time_has_an_offset(column: str) -> None:
    rows = "2024-01-31T01:00:00+01:00;1,0\n2024-01-31T01:15:00+01:00;2,0\n"
    said = parse(f"{column};Verbrauch [kW]\n{rows}", meter="m")
    assert said.report.taken() == 2 and not any("ohne Zeitzone" in text for text in reasons(said, "note"))
    mixed = parse(f"{column};Verbrauch [kW]\n{rows}31.01.2024 01:30;1,0\n", meter="m")
    assert [count for text, count in reasons(mixed, "note").items() if "ohne Zeitzone" in text] == [1]


def test_a_german_day_of_100_quarters_with_windows_umlauts() -> None:
    parsed = sample("lastgang_de.csv", meter="DE-1")
    (readings,) = parsed.readings
    assert len(readings) == 100 and readings.ts[0] == AUTUMN and list(np.unique(np.diff(readings.ts))) == [900]
    assert readings.consumption[0] == 1000.0 and readings.quality[0] == SUBSTITUTE


def test_a_wide_table_with_marks_quotes_and_feed_in() -> None:
    parsed = sample("lastgang_breit.csv")
    north, grid = parsed.readings
    assert (north.meter_id, grid.meter_id) == ("Buero-Nord", "Uebergabe_2")
    assert len(north) == len(grid) == 100 and grid.production[1] == 0.25 and grid.consumption[1] == 0.0
    assert parsed.report.accepted == 200


def test_thousands_decimal_commas_and_numbers_in_the_wrong_shape() -> None:
    values = ["1.234,5", "1234,5", "12.345.678", "1.23,4", "1,2,3", ",5", "1e3", "-", "0,5-"]
    parsed = parse("Zeit;Last [kW]\n" + "".join(f"01.01.2024 {hour:02d}:00;{value}\n" for hour, value in enumerate(values)), meter="m")
    assert parsed.report.refused == 3
    assert list(parsed.readings[0].consumption[:3]) == [1234.5, 1234.5, 12345678.0]


def test_points_alone_part_thousands_only_where_they_can() -> None:
    rows = "01.01.2024 00:00;{}\n01.01.2024 00:15;{}\n"
    assert list(parse("Zeit;Last [kW]\n" + rows.format("0.123", "1.234"), meter="m").readings[0].consumption) == [0.123, 1.234]
    assert list(parse("Zeit;Last [kW]\n" + rows.format("1.123", "12.234"), meter="m").readings[0].consumption) == [1123.0, 12234.0]


def test_times_that_mark_the_end_of_an_interval() -> None:
    quarters = [f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(15, 24 * 60 + 1, 15)]
    parsed = parse("Datum;Uhrzeit;Last [kW]\n" + "".join(f"15.01.2024;{quarter};1,0\n" for quarter in quarters), meter="m")
    assert parsed.readings[0].ts[0] == 1705273200 and len(parsed.readings[0]) == 96


def test_a_minute_24_is_no_end_of_a_day() -> None:
    parsed = parse(HEAD + "m,2024-01-01T22:24:00Z,1,,,\nm,2024-01-01T22:25:00Z,1,,,\n")
    assert parsed.readings[0].ts[0] == 1704147840


def test_years_far_away_are_refused_and_cost_nothing() -> None:
    days = ("01.01.0001", "31.12.9999", "01.01.2024")
    parsed = parse("Zeit;Last [kW]\n" + "".join(f"{day} 00:00;1,0\n" for day in days), meter="m")
    assert (parsed.report.accepted, parsed.report.refused) == (1, 2)


def test_units_come_from_columns_or_the_sender_and_are_required() -> None:
    text = "Zeit;Wert{}\n01.01.2024 00:00;1,5\n01.01.2024 00:15;1,5\n"
    assert parse(text.format(" [MW]"), meter="m").readings[0].consumption[0] == 1500.0
    assert parse(text.format(""), meter="m", unit="kWh").readings[0].consumption[0] == 6.0
    with pytest.raises(InvalidInput, match="Einheit"):
        parse(text.format(""), meter="m")
    with pytest.raises(InvalidInput, match="Zähler"):
        parse(text.format(" [kW]"))
    by_row = "Zähler;Zeit;Wert;Einheit\nm;01.01.2024 00:00;1500;Wh\nm;01.01.2024 00:15;1500;Wh\nm;01.01.2024 00:30;1;kW\n"
    parsed = parse(by_row)
    assert list(parsed.readings[0].consumption) == [6.0, 6.0] and parsed.report.refused == 1


def test_quotes_that_hide_separators_and_utf_16() -> None:
    text = HEAD + '"m","2024-01-01T00:00Z","1,5",,,\nm,2024-01-01T00:15Z,"1",,,\n"m,2024-01-01T00:30Z,1,,,\n'
    parsed = parse(text)
    assert parsed.report.accepted == 1 and parsed.report.refused == 2
    assert len(parse((HEAD + "m,2024-01-01T00:00Z,1,,,\n").encode("utf-16")).readings[0]) == 1


@pytest.mark.parametrize("data", [b"", b"   \n", b"\x00\x01\x02\x03", b"nur Text\nohne Tabelle\n", b"<html></html>", b"a;b;c\n1;2;3\n"])
def test_what_is_no_table_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(UnsupportedFile):
        parse(data)


def test_a_table_in_parts_gives_what_it_gives_in_one() -> None:
    """Cut anywhere between lines, also inside the doubled hour."""
    lines = (SAMPLES / "lastgang_breit.csv").read_bytes().split(b"\n")
    whole = sample("lastgang_breit.csv")
    for cut in (3, 10, 12, 13, 14, 15, 17, 60):
        parts = [b"\n".join(lines[:cut]) + b"\n", b"\n".join(lines[cut:])]
        state: dict[str, object] = {}
        report, rows = Report(), []
        for part in parts:
            value, body = child.parse({"format": "csv", "options": {"name": ""}, "state": state}, part)
            value = json.loads(json.dumps(value))
            state, parsed = value["state"], unpack(value, body)
            report.add(parsed.report)
            rows += parsed.readings
        for meter in whole.readings:
            found = np.concatenate([one.ts for one in rows if one.meter_id == meter.meter_id])
            assert np.array_equal(found, meter.ts), cut
        assert report.accepted == whole.report.accepted and report.meters == whole.report.meters


def test_a_single_value_of_energy_without_a_length_is_refused() -> None:
    parsed = parse("ts,consumption_kwh\n2024-05-01T00:00:00Z,1.5\n", meter="M")
    assert (parsed.report.taken(), parsed.report.refused) == (0, 1)
    assert "seconds" in next(iter(reasons(parsed)))
    said = parse("ts,consumption_kwh,seconds\n2024-05-01T00:00:00Z,1.5,3600\n", meter="M")
    assert said.readings[0].consumption.tolist() == [1.5]
    power = parse("ts,consumption_kw\n2024-05-01T00:00:00Z,1.5\n", meter="M")
    assert power.readings[0].seconds == 900 and "Intervall nicht erkennbar: eine Viertelstunde angenommen" in reasons(power, "note")


def test_a_single_price_is_of_an_hour_or_since_october_2025_of_a_quarter_hour() -> None:
    for day, seconds in (("2025-09-30", 3600), ("2025-10-01", 900)):
        parsed = parse(f"ts,price_eur_mwh\n{day}T00:00:00+02:00,50\n")
        assert parsed.prices[0].product.seconds == seconds
        assert any("Intervall nicht erkennbar" in text for text in reasons(parsed, "note"))


@pytest.mark.parametrize(
    ("head", "says"),
    [
        (b"PK\x03\x04\x14\x00", "Excel- oder ZIP-Datei"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "ältere Excel-Datei"),
        (b"%PDF-1.7\n1 0 obj", "ein PDF"),
    ],
)
def test_files_of_other_programs_say_what_to_do(head: bytes, says: str) -> None:
    with pytest.raises(UnsupportedFile, match=f"{says}.*CSV"):
        sniff(head)
