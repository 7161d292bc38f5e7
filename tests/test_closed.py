"""A data folder with other people's habits is closed at the start; what cannot be closed is named in the log and by `nova doctor`."""

import os
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from nova.cli.checks.files import data_folder, secrets
from nova.settings import Settings
from nova.wiring import closed


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Made by somebody whose files everybody reads."""
    folder = tmp_path / "nova"
    for place in (folder, folder / "secrets", folder / "snapshots", folder / "postgres", folder / "objects"):
        place.mkdir()
        place.chmod(0o755)
    for name in ("secrets/admin.key", "secrets/vault.key", "postgres/password", "thresholds.yaml"):
        (folder / name).write_text("x")
        (folder / name).chmod(0o664)
    return folder


def lines(data: Path) -> dict[str, tuple[str, str]]:
    settings = Settings(NOVA_DATA=data)
    return {line.id: (line.status, line.detail) for check in (data_folder, secrets) for line in check(settings)}


def test_everything_that_was_open_is_closed_and_the_log_says_what(data: Path) -> None:
    assert {name: status for name, (status, _) in lines(data).items()} == {"data_folder": "warn", "secrets": "fail"}
    with capture_logs() as said:
        assert closed.close(data) == ()
    assert {path.relative_to(data).as_posix(): mode(path) for path in sorted(data.rglob("*"))} == {
        "objects": 0o700, "postgres": 0o700, "postgres/password": 0o600, "secrets": 0o700, "secrets/admin.key": 0o600,
        "secrets/vault.key": 0o600, "snapshots": 0o700, "thresholds.yaml": 0o600,
    }  # fmt: skip
    assert mode(data) == 0o700
    assert [(one["event"], one["count"]) for one in said] == [("data_closed", 9)]
    assert {status for status, _ in lines(data).values()} == {"ok"}
    with capture_logs() as said:
        closed.close(data)
    assert said == []


def test_what_cannot_be_closed_is_named(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A volume of somebody else's, or a file system that says yes and does nothing."""
    monkeypatch.setattr(closed.os, "fchmod", lambda *_: None)
    with capture_logs() as said:
        left = closed.close(data)
    named = {one["path"] for one in said if one["event"] == "data_open_to_others"}
    assert named == {str(one.path) for one in left}
    assert {str(data), str(data / "secrets" / "admin.key"), str(data / "postgres" / "password")} <= named
    found = lines(data)
    assert str(data / "secrets" / "vault.key") in found["secrets"][1]
    assert f"{data} (0755)" in found["data_folder"][1]


def test_an_open_file_in_a_closed_folder_is_no_news_unless_it_is_secret(data: Path) -> None:
    closed.close(data)
    (data / "thresholds.yaml").chmod(0o644)
    assert closed.reached(data) == ()
    (data / "secrets" / "admin.key").chmod(0o640)
    assert [one.shown for one in closed.reached(data)] == [f"{data}/secrets/admin.key (0640)"]


def test_links_lead_nowhere(data: Path, tmp_path: Path) -> None:
    outside = tmp_path / "draußen"
    outside.mkdir(mode=0o755)
    outside.chmod(0o755)
    (data / "link").symlink_to(outside)
    (data / "secrets" / "link").symlink_to(outside)
    os.mkfifo(data / "pipe")
    closed.close(data)
    assert mode(outside) == 0o755


def test_a_folder_that_is_not_there_has_nothing_to_close(tmp_path: Path) -> None:
    assert closed.close(tmp_path / "fehlt") == ()
