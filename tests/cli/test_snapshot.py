"""Making a snapshot outlives moments without an answer, and the list says what was tried: the very file, or one made in the same way."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from nova.cli.operation import snapshot as cli
from nova.cli.operation.snapshot import _proven
from nova.errors import Busy, NotSignedIn, ServerAbsent, TooManyRequests
from nova.flows.snapshots.kept import Proof, Proved


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


class Jobs:
    """The door to a Nova that makes a snapshot; each look at the job is answered by the next of `looks`."""

    def __init__(self, *looks: Any) -> None:
        self._looks, self.posted = list(looks), list[str]()

    def post(self, path: str, _body: Any = None) -> Any:
        self.posted.append(path)
        return {"job_id": "1"}

    def get(self, _path: str) -> Any:
        look = self._looks.pop(0) if len(self._looks) > 1 else self._looks[0]
        if isinstance(look, BaseException):
            raise look
        return {"stage": "", "progress": 0, "total": 0, "error": "", "result": {"snapshot_id": "7"}, "state": look}


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "LOOK_SECONDS", 0.001)


@pytest.mark.usefixtures("hasty")
def test_a_moment_without_an_answer_ends_no_snapshot() -> None:
    jobs = Jobs("running", ServerAbsent("weg"), "running", Busy("voll"), TooManyRequests("viel"), "running", "done")
    assert cli._made(jobs, {}) == {"snapshot_id": "7"}  # type: ignore[arg-type]
    assert jobs.posted == ["/admin/snapshots"]


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("end", [KeyboardInterrupt(), NotSignedIn("nein"), ServerAbsent("weg")])
def test_whoever_stops_waiting_cancels_it(end: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "LOOK_PATIENCE", 0.01)
    jobs = Jobs("running", end)
    with pytest.raises(type(end)):
        cli._made(jobs, {})  # type: ignore[arg-type]
    assert jobs.posted == ["/admin/snapshots", "/jobs/1/cancel"]
