"""Identifiers, names and addresses made anew, in the form of real ones and none of them."""

from collections.abc import Callable
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from nova.errors import InvalidInput
from nova.seeding.judge.reading import shapes
from nova.seeding.sample.make import malo, words
from nova.seeding.synthetic.columns import Sort

_ROUNDS, _MORE = 12, 1.3
_NOBODYS: Final = ("030 23125", "069 90009", "040 66969", "0221 4710", "089 99998")
"""Numbers that the Bundesnetzagentur keeps for films and radio: nobody is called by them."""
Texts = NDArray[np.str_]


def fresh(real: pl.Series, sort: Sort, rows: int, rng: np.random.Generator) -> pl.Series:
    """So many values of this sort, each once (telephone numbers aside), none of them among the real ones, in the column's type.

    InvalidInput where its form has no further values.
    """
    told = real.drop_nulls().cast(pl.String)
    if sort == "phone":
        chosen = rng.integers(len(_NOBODYS), size=rows)
        return pl.Series(
            real.name, [f"{_NOBODYS[at]} {number:03d}" for at, number in zip(chosen, rng.integers(1000, size=rows), strict=True)]
        )
    makers = _MAKERS.get(sort)
    ways = [makers] if makers else [_shaped(told, wide=wide, longer=longer) for wide, longer in ((False, 0), (True, 0), (True, 2))]
    made = next((found for way in ways if (found := _distinct(way, told, rows, rng)) is not None), None)
    if made is None:
        raise InvalidInput(f"Für die Spalte „{real.name}“ lassen sich keine weiteren Werte ihrer Form bilden.")
    return made.cast(real.dtype).alias(real.name)


def _distinct(
    make: Callable[[int, np.random.Generator], list[str]], real: pl.Series, rows: int, rng: np.random.Generator
) -> pl.Series | None:
    found = pl.Series([], dtype=pl.String)
    for _ in range(_ROUNDS):
        made = pl.Series(make(int(rows * _MORE) + 8, rng), dtype=pl.String)
        found = pl.concat([found, made.filter(~made.is_in(real.implode()))]).unique(maintain_order=True)
        if len(found) >= rows:
            return found.head(rows)
    return None


def _shaped(real: pl.Series, *, wide: bool, longer: int) -> Callable[[int, np.random.Generator], list[str]]:
    """Values of the most frequent form: a place where all have one sign keeps it, another draws a sign that was seen there (`wide`: any
    digit), and `longer` digits are added.
    """
    form = shapes(real, runs=False)
    mode = form.mode().sort()
    signs = np.array([list(value) for value in real.filter(form == mode[0]).to_list()]) if len(mode) else np.array([["9"] * 8])
    columns = [np.unique(signs[:, at]) for at in range(signs.shape[1])]
    if wide:
        digits = [str(digit) for digit in range(10)]
        columns = [np.array(digits[at == 0 :]) if len(seen) > 1 and seen[0].isdigit() else seen for at, seen in enumerate(columns)]
    columns += [np.array([str(digit) for digit in range(10)])] * longer

    def make(rows: int, rng: np.random.Generator) -> list[str]:
        drawn = [seen[rng.integers(len(seen), size=rows)] for seen in columns]
        return ["".join(row) for row in np.column_stack(drawn).tolist()]

    return make


def _malos(rows: int, rng: np.random.Generator) -> list[str]:
    return [malo(int(value)) for value in rng.integers(10**9, 10**10, size=rows)]


def _melos(rows: int, rng: np.random.Generator) -> list[str]:
    """A meter location: country, network operator (6), postcode (5), 20 signs (VDE-AR-N 4400); the operator 000000 does not exist."""
    return [
        f"DE000000{place:05d}{number:020d}"
        for place, number in zip(*rng.integers([[1000], [0]], [[99999], [10**15]], (2, rows)), strict=True)
    ]


def _ibans(rows: int, rng: np.random.Generator) -> list[str]:
    """German IBANs with right check digits (ISO 13616) of banks that do not exist: no bank's number begins with 9."""
    made = []
    for bank, account in zip(rng.integers(90_000_000, 10**8, size=rows), rng.integers(10**10, size=rows), strict=True):
        own = f"{bank:08d}{account:010d}"
        made.append(f"DE{98 - int(own + '131400') % 97:02d}{own}")
    return made


def _names(rows: int, rng: np.random.Generator) -> list[str]:
    """Double names, so that there are enough that nobody bears."""
    said = words()
    first, last = said["first_names"], said["last_names"]
    drawn = zip(rng.integers(len(first), size=rows), rng.integers(len(last), size=(rows, 2)), strict=True)
    return [f"{first[at]} {last[one]}-{last[other]}" for at, (one, other) in drawn if one != other]


def _streets(rows: int, rng: np.random.Generator) -> list[str]:
    streets = words()["streets"]
    return [
        f"{streets[at]} {house}"
        for at, house in zip(rng.integers(len(streets), size=rows), rng.integers(200, 10_000, size=rows), strict=True)
    ]


def _mails(rows: int, rng: np.random.Generator) -> list[str]:
    return [f"kunde{number}@example.org" for number in rng.integers(10**9, size=rows)]


_MAKERS: Final[dict[Sort, Callable[[int, np.random.Generator], list[str]]]] = {
    "malo": _malos, "melo": _melos, "iban": _ibans, "name": _names, "street": _streets, "email": _mails,
}  # fmt: skip
