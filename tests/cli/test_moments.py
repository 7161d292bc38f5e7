"""Days and times as people type them in."""

import pytest

from nova.cli.energy.moments import moment, window
from nova.cli.people import audit
from nova.errors import InvalidInput


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-07-01", "2026-06-30T22:00:00+00:00"),
        ("2026-11-21", "2026-11-20T23:00:00+00:00"),
        ("2026-07-01T12:30:00Z", "2026-07-01T12:30:00+00:00"),
        ("2026-07-01T12:30", "2026-07-01T10:30:00+00:00"),
    ],
)
def test_a_day_begins_in_germany(typed: str, meant: str) -> None:
    assert moment(typed) == meant
    assert audit._asked({"actor": None, "since": typed, "until": None}) == {"actor": None, "from": meant, "to": None}


@pytest.mark.parametrize("typed", ["", "gestern", "2026-13-01", "21.11.2026"])
def test_what_is_no_moment_is_refused_with_the_word(typed: str) -> None:
    with pytest.raises(InvalidInput, match="ist kein Tag"):
        moment(typed)


def test_what_is_left_out_of_a_window_is_the_usual_end_or_that_of_the_day_on_which_it_begins() -> None:
    usual = ("2026-03-28T23:00:00+00:00", "2026-03-29T22:00:00+00:00")  # a day of 23 hours
    assert window(None, None, usual) == {"from": usual[0], "to": usual[1]}
    assert window("2026-03-27", None, usual) == {"from": "2026-03-26T23:00:00+00:00", "to": usual[1]}
    assert window("2026-03-30", None, usual) == {"from": usual[1], "to": "2026-03-30T22:00:00+00:00"}
    assert window("2026-03-30T10:00", None, usual) == {"from": "2026-03-30T08:00:00+00:00", "to": "2026-03-30T22:00:00+00:00"}
    assert window("2026-03-27", "2026-03-28", usual) == {"from": "2026-03-26T23:00:00+00:00", "to": "2026-03-27T23:00:00+00:00"}
