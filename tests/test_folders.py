"""Private folders: everything that is made on the way is closed, what was there stays as it was."""

from pathlib import Path

from nova.folders import private


def test_a_folder_and_what_is_missing_above_it_are_closed(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir(mode=0o755)
    for _ in range(2):
        private(there / "a" / "b")
        assert [one.stat().st_mode & 0o777 for one in (there, there / "a", there / "a" / "b")] == [0o755, 0o700, 0o700]
