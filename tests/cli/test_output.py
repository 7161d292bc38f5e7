"""What people read in a column."""

import pytest

from nova.cli import output


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (51.08, "51,08"),
        (0.7, "0,7"),
        (0.000125, "0,000125"),
        (3.0, "3"),
        (0.0, "0"),
        (-2.5, "-2,5"),
        (1234.5, "1234,5"),
        (0.1 + 0.2, "0,3"),
    ],
)
def test_a_number_has_a_comma(value: float, said: str) -> None:
    assert output.cell(value) == said


def test_what_is_no_decimal_stays() -> None:
    assert [output.cell(one) for one in (7, True, None, "1.2.3", ["a", "b"])] == ["7", "ja", "", "1.2.3", "a, b"]
