"""Days and times as people type them in."""

import pytest

from nova.cli.energy.moments import moment
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
