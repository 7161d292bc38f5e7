"""Customers, contracts, meters, tickets, letters and posts of the Stadtwerke Kirchau, which do not exist; a seed always makes the same.

Planted, and told in `truth`: copies of records, twins that differ in one fact, wrong values, other writings. Beside them a place whose
people wait longer for an answer than others, people who withdrew, and, with `shift`, a year in which less is used than in the one before.
Numbers are drawn so that they look like those of a small municipal utility (about 2,900 kWh a household and year); they claim nothing about
anybody.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

import numpy as np
import polars as pl
import yaml

from nova.seeding.sample.faults import Truth, plant

FIRST_DAY = date(2025, 1, 1)
DAYS = 365
LATE = 2
"""How many times longer a ticket from the group that is treated worse stays open."""


@dataclass(frozen=True, slots=True)
class Sample:
    """`tables` by name, each with a column `id`; `truth` a row for each planted fault (`table, id, kind, of, column, before, after`)."""

    tables: dict[str, pl.DataFrame]
    truth: pl.DataFrame


def words() -> dict[str, Any]:
    """The names and sentences that the data is made of."""
    found: dict[str, Any] = yaml.safe_load(files("nova.seeding.sample").joinpath("words.yaml").read_text("utf-8"))
    return found


def make(customers: int = 20_000, seed: int = 1, *, shift: float = 0.0) -> Sample:
    """All tables for so many customers; `shift` is the share by which consumption is higher than usual (-0.2: a fifth lower)."""
    rng = np.random.default_rng(seed)
    said = words()
    people = _customers(rng, customers, said)
    contracts = _contracts(rng, people, said, 1 + shift)
    meters = _meters(rng, people)
    about = people.join(contracts.drop("id"), on="kundennummer").join(meters.drop("id"), on="kundennummer")
    tables = {
        "kunden": people,
        "vertraege": contracts,
        "zaehler": meters,
        "tickets": _tickets(rng, about, said),
        "briefe": _texts(rng, about, "brief", customers // 2, [("Brief", text) for text in said["letters"]]),
        "beitraege": _texts(rng, about, "post", max(12, customers // 100), [("Beitrag", text) for text in said["posts"]]),
    }
    truth = Truth()
    planted = {name: plant(rng, name, table, truth) for name, table in tables.items()}
    return Sample(planted, truth.table())


def _customers(rng: np.random.Generator, count: int, said: dict[str, Any]) -> pl.DataFrame:
    place = rng.integers(len(said["places"]), size=count)
    number = np.arange(count) + 100_000
    return pl.DataFrame(
        {
            "id": [f"K-{value}" for value in number],
            "kundennummer": number.astype(str),
            "name": _drawn(rng, said["first_names"], count) + " " + _drawn(rng, said["last_names"], count),
            "strasse": _drawn(rng, said["streets"], count) + " " + pl.Series(rng.integers(1, 120, count)).cast(pl.String),
            "plz": [said["places"][at][1] for at in place],
            "ort": [said["places"][at][0] for at in place],
            "kunde_seit": [(FIRST_DAY - timedelta(days=int(days))).isoformat() for days in rng.integers(30, 9000, count)],
            "einwilligung": np.where(rng.random(count) < 0.97, "training", "widerrufen"),
        }
    )


def _contracts(rng: np.random.Generator, people: pl.DataFrame, said: dict[str, Any], level: float) -> pl.DataFrame:
    count = len(people)
    names = list(said["products"])
    at = rng.choice(len(names), size=count, p=_weights(len(names)))
    kwh = np.round(level * rng.lognormal(np.log(2900), 0.45, count))
    base, price = (np.array([said["products"][name][part] for name in names])[at] for part in (0, 1))
    begin = pl.Series([FIRST_DAY - timedelta(days=int(days)) for days in rng.integers(0, 1500, count)])
    return pl.DataFrame(
        {
            "id": [f"V-{value + 700_000}" for value in range(count)],
            "kundennummer": people["kundennummer"],
            "produkt": [names[one] for one in at],
            "beginn": begin.dt.to_string("iso"),
            "ende": begin.dt.offset_by("730d").dt.to_string("iso"),
            "verbrauch_kwh": kwh.astype(int).astype(str),
            "grundpreis_eur": [f"{value:.2f}" for value in base],
            "arbeitspreis_ct": [f"{value:.1f}" for value in price],
            "betrag_eur": [f"{value:.2f}" for value in np.round(base + kwh * price / 100, 2)],
        }
    ).with_columns(vertrag="id")


def _meters(rng: np.random.Generator, people: pl.DataFrame) -> pl.DataFrame:
    count = len(people)
    reading = rng.integers(1_000, 90_000, count)
    return pl.DataFrame(
        {
            "id": [f"Z-{value + 300_000}" for value in range(count)],
            "kundennummer": people["kundennummer"],
            "zaehlernummer": [f"1ESY{value:010d}" for value in rng.permutation(10 * count)[:count] + 1_160_000_000],
            "malo": [malo(int(value)) for value in rng.permutation(10 * count)[:count] + 5_000_000_000],
            "stand_kwh": reading.astype(str),
            "gueltig_ab": people["kunde_seit"],
        }
    )


def malo(first_ten: int) -> str:
    """A market location's number of eleven digits: the last one is the check digit (odd places, twice the even places, to ten)."""
    digits = [int(sign) for sign in f"{first_ten:010d}"]
    return f"{first_ten:010d}{-(sum(digits[::2]) + 2 * sum(digits[1::2])) % 10}"


def _tickets(rng: np.random.Generator, about: pl.DataFrame, said: dict[str, Any]) -> pl.DataFrame:
    forms = [(topic, text) for topic, texts in said["tickets"].items() for text in texts]
    table = _texts(rng, about, "ticket", len(about), forms)
    slow = (table["ort"] == said["places"][-1][0]).to_numpy()
    days = np.round(rng.gamma(2.0, 2.0, len(table)) * np.where(slow, LATE, 1)).astype(int)
    return table.with_columns(tage_offen=pl.Series(days).cast(pl.String), rechtzeitig=pl.Series(np.where(days <= 5, "ja", "nein")))


def _texts(rng: np.random.Generator, about: pl.DataFrame, kind: str, count: int, forms: list[tuple[str, str]]) -> pl.DataFrame:
    who = about[rng.integers(len(about), size=count)]
    form = rng.integers(len(forms), size=count)
    day = [FIRST_DAY + timedelta(days=int(days)) for days in rng.integers(0, DAYS, count)]
    amount = rng.integers(2_000, 190_000, count) / 100
    house, hour = rng.integers(1, 120, count), rng.integers(10, 19, count)
    bill = rng.permutation(10 * count)[:count] + 4_000_000
    texts = []
    for at, row in enumerate(who.iter_rows(named=True)):
        facts = {
            "bill_no": f"RE-{bill[at]}", "day": f"{day[at]:%d.%m.%Y}", "amount": _german(amount[at]), "reading": row["stand_kwh"],
            "kwh": row["verbrauch_kwh"], "meter_no": row["zaehlernummer"], "contract_no": row["vertrag"],
            "street": row["strasse"].rsplit(" ", 1)[0], "house": house[at], "place": row["ort"], "product": row["produkt"],
            "customer_no": row["kundennummer"], "price": row["arbeitspreis_ct"].replace(".", ","), "hour": hour[at],
        }  # fmt: skip
        texts.append(forms[form[at]][1].format(**facts))
    return pl.DataFrame(
        {
            "id": [f"{kind[0].upper()}-{value + 900_000}" for value in range(count)],
            "kind": [kind] * count,
            "lang": ["de"] * count,
            "thema": [forms[one][0] for one in form],
            "text": texts,
            "kundennummer": who["kundennummer"],
            "ort": who["ort"],
            "datum": [one.isoformat() for one in day],
        }
    )


def _drawn(rng: np.random.Generator, names: list[str], count: int) -> pl.Series:
    return pl.Series([names[at] for at in rng.integers(len(names), size=count)])


def _weights(count: int) -> list[float]:
    weights = [1 / place for place in range(1, count + 1)]
    return [weight / sum(weights) for weight in weights]


def _german(value: float) -> str:
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
