"""The list of snapshots says what was tried: the very file, or one made in the same way."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from nova.cli.snapshot import _proven
from nova.jobs.kept import Proof, Proved


@pytest.mark.parametrize(
    ("what", "ok", "says"),
    [
        ("file", True, "bestanden"),
        ("like", True, "gleich angelegte bestanden"),
        ("file", False, "misslungen"),
        ("like", False, "misslungen"),
    ],
)
def test_a_trial_of_another_file_is_told_apart(what: Proved, ok: bool, says: str) -> None:
    told = _proven(Proof(datetime(2026, 11, 21, tzinfo=UTC), uuid4(), ok, what, 3.0))
    assert told.startswith(f"{says} 2")
    assert _proven(None) == ""
