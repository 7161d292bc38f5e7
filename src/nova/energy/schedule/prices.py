"""The text of a price list in, `Prices` out: CSV with the columns `ts` (ISO 8601 with offset) and `price_eur_mwh`, as 001 names them."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime

import numpy as np

from nova.errors import InvalidInput
from nova.series import Prices, Product, Times, prices

TIMES, VALUES = ("ts", "datetime_utc", "time", "zeit"), ("price_eur_mwh", "day_ahead_price_eur_mwh", "price", "preis")
LONGEST = 3600


def read(text: str, name: str) -> Prices:
    """The prices of a list, in order of time; InvalidInput names the line that cannot be read, or what is missing."""
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    time_head, value_head = (_head(rows.fieldnames or [], names) for names in (TIMES, VALUES))
    if time_head is None or value_head is None:
        raise InvalidInput(f"{name}: Es fehlen die Spalten `ts` und `price_eur_mwh` (durch Kommas getrennt).")
    found: dict[int, float] = {}
    for row in rows:
        if not (row.get(value_head) or "").strip():
            continue
        at, price = _row(row[time_head], row[value_head], f"{name}, Zeile {rows.line_num}")
        if found.setdefault(at, price) != price:
            raise InvalidInput(f"{name}, Zeile {rows.line_num}: Für diesen Zeitpunkt steht schon ein anderer Preis in der Datei.")
    if not found:
        raise InvalidInput(f"{name}: In der Datei steht kein Preis.")
    ts = np.array(sorted(found), np.int64)
    return prices(Product("", "", seconds=_step(ts, name)), ts, np.array([found[int(one)] for one in ts]))


def _head(heads: Sequence[str], names: Sequence[str]) -> str | None:
    """The column that has the first of these names."""
    known = {(head or "").strip().lower(): head for head in heads}
    return next((known[one] for one in names if one in known), None)


def _row(when: str | None, price: str, where: str) -> tuple[int, float]:
    try:
        moment, value = datetime.fromisoformat((when or "").strip()), float(price)
    except ValueError as error:
        raise InvalidInput(f"{where}: Zeit oder Preis ist nicht zu lesen.") from error
    if moment.tzinfo is None:
        raise InvalidInput(f"{where}: Der Zeit fehlt der Versatz zu UTC (etwa `Z` oder `+01:00`); ohne ihn ist sie im Herbst zweideutig.")
    if not np.isfinite(value) or moment.timestamp() % 900:
        raise InvalidInput(f"{where}: Der Preis ist keine Zahl oder die Zeit keine ganze Viertelstunde.")
    return int(moment.timestamp()), value


def _step(ts: Times, name: str) -> int:
    """The shortest distance of two times: quarter-hours or hours."""
    step = int(np.diff(ts).min()) if len(ts) > 1 else LONGEST
    if step not in (900, 1800, LONGEST):
        raise InvalidInput(f"{name}: Die Preise stehen nicht viertel-, halbstündlich oder stündlich da.")
    return step
