"""Folders that nobody else may enter."""

from pathlib import Path


def private(folder: Path) -> None:
    """Make a folder and what is missing above it, closed to others; `mkdir` leaves open what it makes on the way."""
    for one in reversed([folder, *folder.parents]):
        if not one.exists():
            one.mkdir(mode=0o700, exist_ok=True)
