"""Who owns a data folder: one at a time, and a leftover state file counts for nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nova.cli.process.owner import Serving, announce, held, owner, owning, state_file
from nova.errors import Busy


def test_a_folder_has_one_owner_at_a_time(tmp_path: Path) -> None:
    assert not held(tmp_path)
    with owning(tmp_path):
        assert held(tmp_path)
        with pytest.raises(Busy), owning(tmp_path):
            pass
        assert held(tmp_path)
    assert not held(tmp_path)


def test_a_new_folder_is_its_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "data"
    with owning(folder):
        assert [place.stat().st_mode & 0o777 for place in (folder, folder / "run")] == [0o700, 0o700]


def test_the_owner_says_where_it_serves(tmp_path: Path) -> None:
    serving = Serving("127.0.0.1", 8000, 4711)
    with owning(tmp_path):
        assert owner(tmp_path) is None
        announce(tmp_path, serving)
        assert owner(tmp_path) == serving
        assert state_file(tmp_path).stat().st_mode & 0o077 == 0
    assert owner(tmp_path) is None
    assert not state_file(tmp_path).exists()


def test_a_killed_owner_leaves_nothing_that_counts(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib, os\n"
        "from nova.cli.process.owner import Serving, announce, owning\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "with owning(folder):\n    announce(folder, Serving('127.0.0.1', 1, os.getpid()))\n    os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False)
    assert state_file(tmp_path).exists()
    assert owner(tmp_path) is None
    with owning(tmp_path):
        assert not state_file(tmp_path).exists()


def test_a_damaged_state_file_names_no_owner(tmp_path: Path) -> None:
    with owning(tmp_path):
        state_file(tmp_path).write_text("{", "utf-8")
        assert owner(tmp_path) is None


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("0.0.0.0", "http://127.0.0.1:80"),
        ("::1", "http://[::1]:80"),
        ("nova.example", "http://nova.example:80"),
    ],
)
def test_an_address_can_be_called_from_this_machine(host: str, address: str) -> None:
    assert Serving(host, 80, os.getpid()).address == address
