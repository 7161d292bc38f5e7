"""Clicks of made-up people through Nova's pages: a seeded Markov process for each role, and the rhythm of their day.

Numbers are chosen so that they look like an office's and a household's use of a portal; they claim nothing about anybody.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from nova.errors import InvalidInput
from nova.german import BERLIN
from nova.seeding.marks import GENERATOR, marked
from nova.seeding.step import ID

MOST: Final = 1_000_000
FIRST_DAY: Final = date(2025, 1, 1)
LEAVES: Final = 0.22
"""How likely a session ends after a page: four to five pages in the mean."""
LONGEST: Final = 40
_DAILY: Final = {"/": 3.0, "/fragen": 5.0, "/energie": 4.0, "/markt": 2.0, "/empfehlungen": 2.0}
_OWN: Final = {"/dokumente": 1.5, "/meine-daten": 0.6, "/hilfe": 0.8, "/einstellungen": 0.6}
ROUTES: Final[dict[str, dict[str, float]]] = {
    "customer": {**_DAILY, **_OWN},
    "employee": {**_DAILY, **_OWN, "/uebergaben": 4.0, "/kundendienst": 3.0},
    "reviewer": {**_DAILY, **_OWN, "/uebergaben": 2.0, "/kundendienst": 1.0, "/admin/feinabstimmung": 1.0, "/admin/gespraeche": 7.0},
    "engineer": {
        **_DAILY, **_OWN, "/uebergaben": 0.5, "/kundendienst": 0.5,
        "/admin/daten": 6.0, "/admin/modelle": 5.0, "/admin/feinabstimmung": 2.0, "/admin/kpis": 3.0, "/admin/lernen": 2.0,
        "/admin/betrieb": 5.0,
    },
    "auditor": {**_DAILY, **_OWN, "/admin/modelle": 3.0, "/admin/feinabstimmung": 1.0, "/admin/lernen": 7.0},
    "admin": {
        **_DAILY, "/uebergaben": 1.0, "/kundendienst": 1.0,
        "/admin/korpus": 3.0, "/admin/daten": 3.0, "/admin/modelle": 3.0, "/admin/feinabstimmung": 1.0, "/admin/gespraeche": 2.0,
        "/admin/kpis": 4.0, "/admin/lernen": 2.0, "/admin/betrieb": 4.0, "/admin/personen": 3.0, "/admin/einstellungen": 2.0,
        "/meine-daten": 0.3,
    },
}  # fmt: skip
"""The pages of each role's menu, and how often each is opened beside the others."""
SHARES: Final = {"customer": 0.70, "employee": 0.14, "reviewer": 0.03, "engineer": 0.06, "auditor": 0.02, "admin": 0.05}
_FOLLOWS: Final = {
    ("/", "/energie"): 2.5, ("/energie", "/empfehlungen"): 3.0, ("/energie", "/markt"): 2.0, ("/markt", "/empfehlungen"): 2.0,
    ("/fragen", "/dokumente"): 2.5, ("/hilfe", "/fragen"): 3.0, ("/uebergaben", "/fragen"): 2.0, ("/admin/daten", "/admin/modelle"): 3.0,
    ("/admin/modelle", "/admin/daten"): 2.0, ("/admin/kpis", "/admin/gespraeche"): 2.5, ("/admin/betrieb", "/admin/kpis"): 2.0,
    ("/admin/modelle", "/admin/lernen"): 2.5, ("/admin/gespraeche", "/admin/lernen"): 2.0, ("/einstellungen", "/meine-daten"): 3.0,
}  # fmt: skip
"""How many times likelier a page is behind another one than by itself."""
_HOME: Final = (1, 0.4, 0.2, 0.1, 0.2, 1, 3, 5, 5, 4, 4, 4, 5, 4, 4, 4, 5, 7, 9, 10, 10, 8, 5, 2)
_OFFICE: Final = (0, 0, 0, 0, 0, 0, 0.5, 4, 8, 10, 10, 9, 5, 7, 9, 8, 6, 2, 0.5, 0.2, 0.1, 0, 0, 0)
_WEEKEND: Final = {"customer": 0.9}
_WEEKEND_OFFICE: Final = 0.06
_SECONDS: Final = 35.0
"""Half of all pages are looked at for less."""


@dataclass(frozen=True, slots=True)
class Period:
    """When the sessions begin: `days` from the `first` one on, by the clock of Berlin."""

    first: date = FIRST_DAY
    days: int = 28


def sessions(rows: int, seed: int = 1, period: Period | None = None) -> pl.DataFrame:
    """So many clicks by their time: `id, session, ts (UTC), route, role`, marked; the last session may break off.

    InvalidInput for a number of clicks outside of 1 to 1,000,000, a period without a day, or a negative seed.
    """
    when = period or Period()
    if not 1 <= rows <= MOST or when.days < 1 or seed < 0:
        raise InvalidInput(f"Sitzungen: 1 bis {MOST} Klicks, mindestens ein Tag und ein Startwert ab 0.")
    rng = np.random.default_rng([seed, 11])
    count = rows  # every session has a click, so that these are enough
    roles = np.array(list(SHARES))[rng.choice(len(SHARES), size=count, p=list(SHARES.values()))]
    lengths = np.minimum(rng.geometric(LEAVES, size=count), LONGEST)
    used = int(np.searchsorted(np.cumsum(lengths), rows)) + 1
    roles, lengths = roles[:used], lengths[:used]
    found = [_of_role(role, np.flatnonzero(roles == role), lengths, when, rng) for role in SHARES]
    told = pl.concat(found).sort("number", "step").head(rows).sort("ts", "number", "step")
    named = told.select(
        pl.format(f"klick-{seed}-{{}}", pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(7)).alias(ID),
        pl.format(f"sitzung-{seed}-{{}}", pl.col("number").cast(pl.String).str.zfill(7)).alias("session"),
        "ts",
        "route",
        "role",
    )
    return marked(named, f"{GENERATOR}sessions/{seed}")


def transitions(role: str) -> NDArray[np.float64]:
    """How likely each page of a role follows each other one; a page does not follow itself."""
    pages = ROUTES[role]
    table = np.array(
        [[0.0 if here == there else weight * _FOLLOWS.get((here, there), 1) for there, weight in pages.items()] for here in pages]
    )
    likely: NDArray[np.float64] = table / table.sum(axis=1, keepdims=True)
    return likely


def _of_role(role: str, numbers: NDArray[np.int64], lengths: NDArray[np.int64], when: Period, rng: np.random.Generator) -> pl.DataFrame:
    """The clicks of the sessions of one role, one step of all of them after the other."""
    pages, size = list(ROUTES[role]), lengths[numbers]
    begin = np.cumsum([10.0 if page == "/" else weight for page, weight in ROUTES[role].items()])
    onward = np.cumsum(transitions(role), axis=1)[:, :-1]
    at = np.searchsorted(begin / begin[-1], rng.random(len(numbers)))
    moment = _starts(role, len(numbers), when, rng)
    parts = []
    for step in range(int(size.max(initial=0))):
        there = size > step
        routes = pl.Series(pages, dtype=pl.String).gather(at[there])
        parts.append(pl.DataFrame({"number": numbers[there], "step": np.full(there.sum(), step), "ms": moment[there], "route": routes}))
        at = (rng.random(len(numbers))[:, None] > onward[at]).sum(axis=1)
        moment = moment + (1000 * rng.lognormal(np.log(_SECONDS), 0.9, len(numbers))).astype(np.int64)
    empty = pl.DataFrame(schema={"number": pl.Int64, "step": pl.Int64, "ms": pl.Int64, "route": pl.String})
    told = pl.concat([empty, *parts])
    return told.with_columns(pl.col("ms").cast(pl.Datetime("ms", "UTC")).alias("ts"), pl.lit(role).alias("role")).drop("ms")


def _starts(role: str, count: int, when: Period, rng: np.random.Generator) -> NDArray[np.int64]:
    """When sessions begin, in milliseconds since 1970; an hour that the clock skips in spring is the one after it."""
    days = pl.date_range(when.first, pl.lit(when.first).dt.offset_by(f"{when.days - 1}d"), eager=True)
    quiet = _WEEKEND.get(role, _WEEKEND_OFFICE)
    weights = np.where(days.dt.weekday().to_numpy() >= 6, quiet, 1.0)
    hours = np.array(_HOME if role == "customer" else _OFFICE)
    day = rng.choice(when.days, size=count, p=weights / weights.sum())
    second = rng.choice(24, size=count, p=hours / hours.sum()) * 3600 + rng.integers(3600, size=count)
    naive = days.gather(day).cast(pl.Datetime("ms")) + pl.Series(second * 1000).cast(pl.Duration("ms"))
    zone = str(BERLIN)
    local = pl.DataFrame({"t": naive}).select(
        pl.coalesce(
            pl.col("t").dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null"),
            pl.col("t").dt.offset_by("1h").dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null"),
        )
    )
    told: NDArray[np.int64] = local.to_series().dt.convert_time_zone("UTC").dt.epoch("ms").to_numpy()
    return told
