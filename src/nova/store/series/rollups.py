"""Days on which readings changed in, their rollups renewed out; and buckets of any length, from rollups where these are up to date.

Functions run inside the caller's transaction. Instants are whole seconds since 1970.
"""

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg import Connection
from psycopg.rows import tuple_row

from nova.courtesy import make_way
from nova.errors import InvalidInput
from nova.series import DAY, HOUR, MEASURED, QUALITIES, QUARTER
from nova.store import queries
from nova.store.series import buckets as folding
from nova.store.series import copy_rows, meters
from nova.store.series import put as series_put
from nova.store.series.buckets import COLUMNS, Buckets
from nova.store.series.copy_rows import Field
from nova.store.series.local_days import midnight, midnights
from nova.store.series.reading_rows import KIND, between
from nova.visibility import Visible

SQL = queries.load("rollups")
LEVELS = (QUARTER, HOUR, DAY)
AT_ONCE = 64  # days read at a time: some 90,000 rows at a minute each
COPY = (
    "COPY reading_rollups (meter_id, bucket, ts, seconds, consumption_s, production_s, consumption_kwh, consumption_min, consumption_max,"
    " consumption_max_at, production_kwh, production_min, production_max, qualities) FROM STDIN (FORMAT binary)"
)
INTEGERS = ("longest", "consumption_s", "production_s")
POWERS = ("consumption_kwh", "consumption_min", "consumption_max", "production_kwh", "production_min", "production_max")


@dataclass(frozen=True, slots=True)
class Range:
    """Whole local days of a meter, one after the other."""

    meter_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """The rollups of one length of a range, as they are stored and as its readings make them."""

    range: Range
    old: Buckets
    new: Buckets


def buckets(conn: Connection[Any], meter_id: str, start: int, end: int, seconds: int, seen: Visible | None = None) -> Buckets:
    """The buckets of `seconds` that overlap [start, end), whole, those without intervals left out; NotFound.

    They are longer where the meter's intervals are: `Buckets.seconds` says how long. Where the caller may see only some of the time,
    they hold what begins in it. InvalidInput for lengths over a day that are not days.
    """
    spans = meters.spans(conn, meter_id, seen)
    if seconds < 1 or (seconds > DAY and seconds % DAY):
        raise InvalidInput("Die Länge der Abschnitte ist keine Zahl von Sekunden bis zu einem Tag oder von ganzen Tagen.")
    start, end = folding.span(start, end, seconds)
    if seen is not None and not seen.everyone and meters.within(spans, start, end) != [(start, end)]:
        return _clipped(conn, meter_id, meters.within(spans, start, end), seconds)
    days = midnights(start, end - 1)
    stale = _stale(conn, meter_id, days)
    longest = _longest(conn, meter_id, int(days[0]), int(days[-1]), stale)
    if longest > seconds:
        seconds = longest
        start, end = folding.span(start, end, seconds)
        stale = _stale(conn, meter_id, midnights(start, end - 1))
    level = _level(seconds, longest)
    if level is None:
        return folding.fold(folding.of_rows(between(conn, meter_id, start, end)), seconds)
    return folding.fold(_fresh(conn, Range(meter_id, start, end), level, stale), seconds)


def _level(seconds: int, longest: int) -> int | None:
    """The longest rollups that buckets of `seconds` can be folded from; None for rows."""
    return next((level for level in reversed(LEVELS) if seconds % level == 0 and level >= longest), None)


def _clipped(conn: Connection[Any], meter_id: str, pieces: Sequence[meters.Span], seconds: int) -> Buckets:
    """Buckets of some parts of a meter's time: whole local days from their rollups, what is left at the edges from rows."""
    whole: list[Range] = []
    edges: list[meters.Span] = []
    for start, end in pieces:
        inside = [int(at) for at in midnights(start, end) if start <= at <= end]
        if len(inside) > 1:
            whole.append(Range(meter_id, inside[0], inside[-1]))
        edges += [(start, inside[0]), (inside[-1], end)] if inside else [(start, end)]
    rows = [folding.of_rows(between(conn, meter_id, start, end)) for start, end in edges if start < end]
    stale = [_stale(conn, meter_id, midnights(one.start, one.end - 1)) for one in whole]
    lengths = [_longest(conn, meter_id, one.start, one.end, days) for one, days in zip(whole, stale, strict=True)]
    longest = max([*lengths, *(int(part.longest.max()) for part in rows if len(part))], default=0)
    seconds = max(seconds, longest)
    level = _level(seconds, longest)
    if level is None:
        found = [*rows, *(folding.of_rows(between(conn, meter_id, one.start, one.end)) for one in whole)]
    else:
        found = [folding.fold(part, level) for part in rows]
        found += [_fresh(conn, one, level, days) for one, days in zip(whole, stale, strict=True)]
    nothing = folding.of_rows(between(conn, meter_id, 0, 0))
    return folding.fold(functools.reduce(folding.joined, found, nothing), seconds)


def refresh(conn: Connection[Any], most: int = 500) -> int:
    """Renew the rollups of up to `most` days on which readings changed; how many it were.

    Rows that are stored meanwhile make their day wait again: whoever stores them waits until this transaction ends, or was passed over.
    """
    taken = [(row["meter_id"], row["day"]) for row in conn.execute(SQL["take"], {"most": most}).fetchall()]
    for group in _groups(_ranges(taken)):
        make_way()
        keys = [((one.meter_id,), 0) for one in group]
        rows = series_put.between(conn, KIND, keys, [one.start for one in group], [one.end for one in group])
        folded = [levels(folding.of_rows(held)) for held in rows]
        anew = [parts[level] for level in LEVELS for parts in folded]
        wanted = [(one, level) for level in LEVELS for one in group]
        _renew(conn, [Change(one, *parts) for (one, _), *parts in zip(wanted, _stored(conn, wanted), anew, strict=True)])
    return len(taken)


def levels(intervals: Buckets) -> dict[int, Buckets]:
    """Intervals as rollups of each length; those that are longer than a bucket are left out of it."""
    return {level: folding.fold(intervals.take(intervals.longest <= level), level) for level in LEVELS}


def missing(conn: Connection[Any], ends: Mapping[str, int], seconds: int, seen: Visible | None = None) -> dict[str, int]:
    """For how many seconds nothing is known of each of these meters, in the so many up to its end, from its first interval there on.

    Known is a time with a consumption, of a meter that has none with a production (as `nova.energy.figure` has it).

    They begin with a full hour, and not before the caller may see the meter; those without intervals there are left out.
    """
    spans = meters.spans_of(conn, list(ends), seen)
    since = {name: next((start for start, until in spans.get(name, ()) if start < end <= until), end) for name, end in ends.items()}
    starts = [-(-max(end - seconds, since[name]) // HOUR) * HOUR for name, end in ends.items()]
    rows = conn.execute(SQL["known"], {"meters": list(ends), "starts": starts, "ends": list(ends.values())}, prepare=False).fetchall()
    return {row["meter_id"]: max(0, ends[row["meter_id"]] - row["first"] - (row["used"] or row["made"])) for row in rows}


def renew_all(conn: Connection[Any], meter_id: str) -> None:
    """Let every day of a meter wait for `refresh`."""
    conn.execute(SQL["mark_all"], {"meter_id": meter_id})


def waiting(conn: Connection[Any]) -> int:
    """How many days wait for `refresh`."""
    row = conn.execute(SQL["count_waiting"]).fetchone()
    return int(row["n"]) if row else 0


def stored(conn: Connection[Any], meter_id: str, level: int, start: int, end: int) -> Buckets:
    """The rollups of one length (900, 3600, 86400) that begin in [start, end), as they were last renewed."""
    return _stored(conn, [(Range(meter_id, start, end), level)])[0]


def _stored(conn: Connection[Any], wanted: Sequence[tuple[Range, int]]) -> list[Buckets]:
    values = {"meters": [one.meter_id for one, _ in wanted], "buckets": [level for _, level in wanted]}
    values |= {"starts": [one.start for one, _ in wanted], "ends": [one.end for one, _ in wanted]}
    with conn.cursor(row_factory=tuple_row, binary=True) as cursor:
        rows = cursor.execute(SQL["rollups"], values).fetchall()
    return [_received(level, row) for (_, level), row in zip(wanted, rows, strict=True)]


def _received(level: int, row: Sequence[bytes | None]) -> Buckets:
    sent = dict(zip(COLUMNS[:-1], row, strict=False))
    columns: dict[str, Any] = {name: copy_rows.instants(sent[name]) for name in ("ts", "consumption_max_at")}
    columns |= {name: copy_rows.array(sent[name], ">i4").astype(np.int64) for name in INTEGERS}
    for name in POWERS:
        known = columns[f"{name.split('_')[0]}_s"] > 0
        columns[name] = np.full(len(known), np.nan)
        columns[name][known] = copy_rows.array(sent[name], ">f8")
    measured, mixed, counts = row[len(COLUMNS) - 1 :]
    qualities = np.zeros((len(columns["ts"]), len(QUALITIES)), np.int64)
    qualities[:, MEASURED] = copy_rows.array(measured, ">i4")
    at = np.searchsorted(columns["ts"], copy_rows.instants(mixed))
    qualities[at] = copy_rows.array(counts, ">i4").reshape(len(at), len(QUALITIES))
    return Buckets(seconds=level, qualities=qualities, **columns)


def _fresh(conn: Connection[Any], wanted: Range, level: int, stale: NDArray[np.int64]) -> Buckets:
    """The rollups of a range; days that are older than their readings come from these."""
    found = stored(conn, wanted.meter_id, level, wanted.start, wanted.end)
    if not len(stale):
        return found
    start, end = max(wanted.start, int(stale[0])), min(wanted.end, int(midnights(int(stale[-1]), int(stale[-1]))[1]))
    anew = folding.fold(folding.of_rows(between(conn, wanted.meter_id, start, end)), level)
    return folding.joined(found.take(~_in_days(found, stale)), anew.take(_in_days(anew, stale)))


def _in_days(parts: Buckets, days: NDArray[np.int64]) -> NDArray[np.bool_]:
    return np.isin(folding.begin(parts.ts, DAY), days) if len(parts) else np.zeros(0, np.bool_)


def _stale(conn: Connection[Any], meter_id: str, days: NDArray[np.int64]) -> NDArray[np.int64]:
    """The midnights of those days whose rollups are older than their readings."""
    rows = conn.execute(SQL["stale"], {"meter_id": meter_id, "first": int(days[0]), "last": int(days[-1])}).fetchall()
    return np.array([midnight(row["day"]) for row in rows], np.int64)


def _longest(conn: Connection[Any], meter_id: str, start: int, end: int, stale: NDArray[np.int64]) -> int:
    """The longest interval of a meter in a range."""
    values = {"meter_id": meter_id, "start": start, "end": end, "stale": stale.tolist()}
    rows = conn.execute(SQL["longest"], values).fetchall()
    if len(stale):
        rows += conn.execute(SQL["longest_of_stale"], values, prepare=False).fetchall()
    return max(int(row["seconds"]) for row in rows)


def _ranges(days: Iterable[tuple[str, date]]) -> list[Range]:
    """Days, in any order, as ranges of at most AT_ONCE days."""
    found: list[Range] = []
    count = 0
    for meter_id, day in sorted(days):
        start, end = midnight(day), midnight(day + timedelta(days=1))
        if found and found[-1].meter_id == meter_id and found[-1].end == start and count < AT_ONCE:
            found[-1], count = Range(meter_id, found[-1].start, end), count + 1
        else:
            found.append(Range(meter_id, start, end))
            count = 1
    return found


def _groups(ranges: Sequence[Range]) -> Iterable[list[Range]]:
    """Ranges of about AT_ONCE days together."""
    group: list[Range] = []
    for one in ranges:
        group.append(one)
        if sum(part.end - part.start for part in group) >= AT_ONCE * DAY:
            yield group
            group = []
    if group:
        yield group


def _renew(conn: Connection[Any], changes: Sequence[Change]) -> None:
    """Write what differs from the rollups that are there."""
    gone: list[tuple[str, int, int]] = []
    fresh: list[tuple[str, Buckets]] = []
    for change in changes:
        same = _same(change.old, change.new)
        name, old, new = change.range.meter_id, change.old, change.new.take(~np.isin(change.new.ts, same))
        gone += [(name, old.seconds, ts) for ts in old.ts[~np.isin(old.ts, same)].tolist()]
        fresh += [(name, new)] if len(new) else []
    if gone:
        names, lengths, instants = (list(column) for column in zip(*gone, strict=True))
        conn.execute(SQL["remove"], {"meters": names, "buckets": lengths, "ts": instants})
    if fresh:
        with conn.cursor() as cursor, cursor.copy(COPY) as copy:
            copy.write(copy_rows.HEADER)
            for name, parts in fresh:
                copy.write(copy_rows.encode(_columns(name, parts)))
            copy.write(copy_rows.TRAILER)


def _same(old: Buckets, new: Buckets) -> NDArray[np.int64]:
    """The begins of those buckets that are equal in both."""
    _, at, also = np.intersect1d(old.ts, new.ts, assume_unique=True, return_indices=True)
    old, new = old.take(at), new.take(also)
    equal: NDArray[np.bool_] = (old.qualities == new.qualities).all(axis=1)
    for name in COLUMNS[:-1]:
        a, b = getattr(old, name), getattr(new, name)
        equal &= (a == b) | (np.isnan(a) & np.isnan(b))
    begins: NDArray[np.int64] = old.ts[equal]
    return begins


def _columns(meter_id: str, parts: Buckets) -> list[copy_rows.Column]:
    """In the order of COPY."""
    rows = len(parts)
    columns: list[copy_rows.Column] = [copy_rows.text(meter_id, rows), copy_rows.integer(parts.seconds, rows, 4)]
    for name in COLUMNS[:-1]:
        column = getattr(parts, name)
        if name in ("ts", "consumption_max_at"):
            columns.append(copy_rows.times(column))
        else:
            columns.append(Field(column.astype(">i4")) if name in INTEGERS else copy_rows.numbers(column))
    return [*columns, copy_rows.integers(parts.qualities)]
