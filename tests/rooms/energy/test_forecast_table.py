"""CSV files of any kind in, series out; what is wrong with one is said in German."""

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from nova.energy.forecast.table import TableColumns, read
from nova.energy.forecast.trial import seconds_of, steps_of
from nova.errors import InvalidInput

START = datetime(2025, 3, 29, tzinfo=UTC)


def wanted(target: str = "kw", seconds: int = 3600, **more: str) -> TableColumns:
    """What these tests ask for."""
    return TableColumns(target, seconds, **more)  # type: ignore[arg-type]


def written(folder: Path, lines: list[str], name: str = "werte.csv") -> Path:
    """A file of these lines."""
    file = folder / name
    data = "\n".join(lines).encode()
    file.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return file


def hours(count: int, form: str = "%Y-%m-%dT%H:%M:%S+00:00") -> list[str]:
    """So many hours from START on."""
    return [(START + timedelta(hours=hour)).strftime(form) for hour in range(count)]


@pytest.mark.parametrize("name", ["werte.csv", "werte.csv.gz"])
def test_iso_times_with_an_offset(tmp_path: Path, name: str) -> None:
    found = read(written(tmp_path, ["ts,kw", *(f"{ts},{at}" for at, ts in enumerate(hours(30)))], name), wanted())
    assert list(found) == [""]
    assert found[""].clock == "berlin"
    assert found[""].ts[0] == int(START.timestamp())
    assert found[""].values.tolist() == list(range(30))


def test_german_cells_and_a_finer_interval(tmp_path: Path) -> None:
    lines = ["Zeit;kw", "01.02.2025 00:00;1,5", "01.02.2025 00:30;2,5", "01.02.2025 01:00;1.000,0", "01.02.2025 01:30;"]
    found = read(written(tmp_path, lines), wanted())[""]
    assert found.values.tolist() == [2.0, 1000.0]
    assert found.ts[0] == int(datetime(2025, 1, 31, 23, tzinfo=UTC).timestamp())


def test_seconds_since_1970_and_a_gap(tmp_path: Path) -> None:
    begin = int(START.timestamp())
    lines = ["timestamp_unix,kw", *(f"{begin + hour * 3600},1" for hour in (0, 1, 2, 5))]
    assert np.isnan(read(written(tmp_path, lines), wanted())[""].values).tolist() == [False, False, False, True, True, False]


def test_local_times_that_berlin_shows_are_berlins(tmp_path: Path) -> None:
    autumn = ["2025-10-26 01:00", "2025-10-26 02:00", "2025-10-26 02:00", "2025-10-26 03:00"]
    found = read(written(tmp_path, ["ts,kw", *(f"{ts},{at}" for at, ts in enumerate(autumn))]), wanted())[""]
    assert found.clock == "berlin"
    assert found.values.tolist() == [0, 1, 2, 3]


def test_local_times_that_berlin_skips_are_those_of_elsewhere(tmp_path: Path) -> None:
    spring = [f"2025-03-30 0{hour}:00" for hour in (0, 1, 2, 3, 4)]
    found = read(written(tmp_path, ["ts_local,kw", *(f"{ts},1" for ts in spring)]), wanted())[""]
    assert found.clock == "wall"
    assert len(found) == 5


def test_days_are_those_of_the_local_clock(tmp_path: Path) -> None:
    lines = ["Datum;kw", *(f"{day:02}.03.2025;{day}" for day in range(25, 32))]
    found = read(written(tmp_path, lines), wanted(seconds=86_400))[""]
    assert found.values.tolist() == list(range(25, 32))
    assert str(found.ts[0].astype("datetime64[s]")) == "2025-03-25T00:00:00"


def test_each_meter_is_a_series(tmp_path: Path) -> None:
    lines = ["meter_id,ts,kw", *(f"{meter},{ts},{meter}" for meter in (1, 2) for ts in hours(3))]
    found = read(written(tmp_path, lines), wanted())
    assert {name: one.values.tolist() for name, one in found.items()} == {"1": [1, 1, 1], "2": [2, 2, 2]}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["ts,mw", "2025-01-01T00:00:00Z,1", "2025-01-01T01:00:00Z,1"], "Die Spalte „kw“ gibt es nicht. Vorhanden sind: ts, mw."),
        (["a,kw", "x,1", "y,2"], "Keine Spalte enthält Zeiten"),
        (["ts,kw"], "keine Zeilen"),
        ([""], "keine Zeilen"),
        (["ts,kw", "2025-01-01T00:00:00Z,1", "gestern,1"], "Zeile 3: „gestern“ ist keine Zeit"),
        (["ts,kw", "2025-01-01T00:00:00Z,viel", "2025-01-01T01:00:00Z,1"], "keine Zahl"),
        (["ts,kw", "2025-01-01T00:00:00Z,1"], "nur einen Zeitpunkt"),
        (["ts,kw", "2025-01-01T00:00:00Z,1", "9025-01-01T01:00:00Z,1"], "zwischen 1990 und 2100"),
        (["ts,kw", *(f"{year}-01-01T0{hour}:00:00Z,1" for year in (1995, 2095) for hour in (0, 1, 2))], "97 %"),
        (["ts,kw", *(f"2025-01-01T{hour:02}:{minute:02}:00Z,1" for hour, minute in ((0, 0), (1, 7), (2, 3), (2, 58)))], "unregelmäßig"),
        (["ts,kw", *(f"2025-01-0{day}T00:00:00Z,1" for day in (1, 2, 3))], "feiner als das kann --freq nicht sein"),
        (["ts,kw", "2025-01-01T00:00:00Z,1", "2025-01-01T01:00:00,1"], "Zeitzone"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, lines: list[str], said: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(written(tmp_path, lines), wanted())
    assert said in refused.value.message


def test_a_file_that_only_looks_packed_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv.gz").write_bytes(b"\x1f\x8b\x08broken")
    with pytest.raises(InvalidInput):
        read(tmp_path / "x.csv.gz", wanted())


def test_durations() -> None:
    assert [seconds_of(text) for text in ("15min", "1h", "H", "PT30M", "1d", "30 min")] == [900, 3600, 3600, 1800, 86400, 1800]
    assert [steps_of(text, 1800) for text in ("48", "24h", "1d")] == [48, 48, 48]
    for wrong in ("", "7min", "2d", "1s", "h1"):
        with pytest.raises(InvalidInput):
            seconds_of(wrong)
    with pytest.raises(InvalidInput):
        steps_of("10min", 900)


def test_a_day_and_an_hour_in_two_columns(tmp_path: Path) -> None:
    lines = ["Datum;Uhrzeit;kw", "01.02.2025;00:00;1,5", "01.02.2025;01:00;2,5", "01.02.2025;02:00;1.000,0", "01.02.2025;03:00;1.001"]
    found = read(written(tmp_path, lines), wanted())[""]
    assert found.values.tolist() == [1.5, 2.5, 1000.0, 1001.0]
    assert found.ts[0] == int(datetime(2025, 1, 31, 23, tzinfo=UTC).timestamp())


def test_seconds_under_any_name_and_decimal_commas_behind_tabs(tmp_path: Path) -> None:
    begin = int(START.timestamp())
    found = read(written(tmp_path, ["wann\tkw", *(f"{begin + 3600 * hour}\t{hour},5" for hour in range(3))]), wanted())[""]
    assert (found.ts[0], found.values.tolist()) == (begin, [0.5, 1.5, 2.5])
    quoted = read(written(tmp_path, ["ts,kw", *(f'{begin + 3600 * hour},"1,00{hour}.5"' for hour in range(3))]), wanted())[""]
    assert quoted.values.tolist() == [1000.5, 1001.5, 1002.5]


def test_days_with_slashes_are_told_by_the_column(tmp_path: Path) -> None:
    for form in ("%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M"):
        shown = datetime.fromtimestamp(
            int(read(written(tmp_path, ["ts,kw", *(f"{ts},1" for ts in hours(26, form))]), wanted())[""].ts[0]), UTC
        )
        assert shown.date() in (START.date(), START.date() - timedelta(days=1))
    with pytest.raises(InvalidInput, match="Schrägstrichen"):
        read(written(tmp_path, ["ts,kw", "03/01/2025 00:00,1", "03/01/2025 01:00,1"]), wanted())


def test_text_in_utf_16_is_read_and_no_text_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes("\n".join(["ts\tkw", *(f"{ts}\t1" for ts in hours(3))]).encode("utf-16"))
    assert read(file, wanted())[""].values.tolist() == [1.0, 1.0, 1.0]
    file.write_bytes(bytes(range(256)) * 20)
    with pytest.raises(InvalidInput, match="kein Text"):
        read(file, wanted())


def test_a_cell_that_is_no_number_is_shown_with_its_row(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="Zeile 3, Spalte „kw“: „abc“ ist keine Zahl"):
        read(written(tmp_path, ["ts,kw", *(f"{ts},{word}" for ts, word in zip(hours(3), ("n/a", "abc", "1"), strict=True))]), wanted())
