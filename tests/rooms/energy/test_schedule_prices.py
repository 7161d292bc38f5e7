"""Price lists: what 001 names is read, what cannot be read is named."""

import numpy as np
import pytest

from nova.energy.schedule.prices import read
from nova.errors import InvalidInput


def test_a_list_is_sorted_and_its_step_is_found() -> None:
    found = read("market,product,ts,price_eur_mwh,volume\nE,D,2025-01-01T01:00:00+01:00,2.5,\nE,D,2025-01-01T00:00:00+01:00,-1,\n", "p.csv")
    assert found.product.seconds == 3600 and found.price.tolist() == [-1.0, 2.5] and np.diff(found.ts).tolist() == [3600]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n1,2\n", "Es fehlen die Spalten"),
        ("ts,price_eur_mwh\n2025-01-01T00:00:00,3\n", "Zeile 2: Der Zeit fehlt der Versatz"),
        ("ts,price_eur_mwh\n2025-01-01T00:00:00Z,drei\n", "Zeile 2: Zeit oder Preis"),
        ("ts,price_eur_mwh\n2025-01-01T00:00:00Z,inf\n", "keine Zahl"),
        ("ts,price_eur_mwh\n2025-01-01T00:00:00Z,1\n2025-01-01T01:00:00+01:00,2\n", "schon ein anderer Preis"),
        ("ts,price_eur_mwh\n2025-01-01T00:00:00Z,1\n2025-01-01T02:00:00Z,2\n", "nicht viertel-, halbstündlich oder stündlich"),
        ("ts,price_eur_mwh\n", "steht kein Preis"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        read(text, "p.csv")
