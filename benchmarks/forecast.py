"""Rolling backtests on real series: a folder of data in; MAE, rMAE, coverage, bias and processor seconds of each out.

    python benchmarks/forecast.py FOLDER [--only WORD] [--threads N]

FOLDER holds `prices/`, `homes/` and `substations/` as CSV.gz. Every forecast uses only what was known when it was issued; lines that say
"perfect foresight" also use columns of the day itself and measure what better knowledge of weather and load would be worth.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nova.energy.forecast.table import TableColumns, read
from nova.energy.forecast.trial import Wish, report, try_out

PRICE, HOUR, HALF, QUARTER = "day_ahead_price_eur_mwh", 3600, 1800, 900
HINDSIGHT = ("net_load_mw_avg", "renewable_generation_mw_avg", "solar_mw_avg", "residual_load_mw_avg")


@dataclass(frozen=True)
class Case:
    """A name, the file, what is read from it and what is tried."""

    name: str
    file: Path
    wanted: TableColumns
    wish: Wish


def cases(folder: Path, threads: int) -> Iterator[Case]:
    """What is measured."""
    spot, homes = next((folder / "prices").glob("*.csv.gz")), next((folder / "homes").glob("*.csv.gz"))
    price = TableColumns(PRICE, HOUR)
    late, early = (date(2025, 1, 1), date(2025, 9, 30)), (date(2024, 7, 1), date(2024, 12, 31))
    yield Case("price Jan-Sep 2025", spot, price, Wish(24, *late, threads=threads))
    yield Case("price Jul-Dec 2024", spot, price, Wish(24, *early, threads=threads))
    yield Case("price perfect foresight", spot, TableColumns(PRICE, HOUR, HINDSIGHT), Wish(24, *late, threads=threads))
    for gap in (0, 1):
        yield Case(f"homes gap {gap}", homes, TableColumns("kwh", HALF), Wish(48, gap=gap, threads=threads))
    for file in sorted((folder / "substations").glob("*.csv.gz")):
        yield Case(file.name.split(".")[0], file, TableColumns("load", QUARTER), Wish(96, gap=1, country="NL", threads=threads))


def main() -> None:
    """Run them one after the other."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="a word of the names of the cases to run")
    parser.add_argument("--threads", type=int, default=1)
    asked = parser.parse_args()
    print(f"{'case':26}{'n':>8}{'MAE':>10}{'rMAE':>8}{'seasonal':>10}{'inside':>8}{'bias':>8}{'CPU s':>8}")
    for case in cases(asked.folder, asked.threads):
        if asked.only not in case.name:
            continue
        found = report(try_out(read(case.file, case.wanted), case.wish))
        for name, one in [*found["series"].items(), (case.name, found)]:
            base = one["baselines"]
            seasonal = base["seasonal_mae"] / base["naive_week_mae"]
            cpu = f"{found['cpu_seconds']:8.1f}" if one is found else ""
            figures = f"{one['mae']:10.4f}{one['rmae']:8.4f}{seasonal:10.3f}{one['coverage']:8.3f}{one['bias']:8.3f}"
            print(f"{name:26}{one['n']:8d}{figures}{cpu}", flush=True)


if __name__ == "__main__":
    main()
