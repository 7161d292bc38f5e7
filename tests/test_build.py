"""The revision that runs: an image's, else the checkout's, whatever form git keeps it in."""

import subprocess
from pathlib import Path

import pytest

from nova.build import _checked_out, revision
from tests.places import ROOT

SHA, OTHER = "a" * 40, "b" * 40


def test_an_image_says_its_own() -> None:
    assert revision(SHA) == SHA


def test_a_checkout_says_its_commit() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("this is no checkout")
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    assert revision("") == head


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({".git/HEAD": f"{SHA}\n"}, SHA),
        ({".git/HEAD": "ref: refs/heads/main\n", ".git/refs/heads/main": f"{SHA}\n"}, SHA),
        (
            {".git/HEAD": "ref: refs/heads/main\n", ".git/packed-refs": f"# packed\n{OTHER} refs/heads/x\n{SHA} refs/heads/main\n"},
            SHA,
        ),
        ({".git/HEAD": "ref: refs/heads/main\n", ".git/packed-refs": f"{OTHER} refs/heads/other\n"}, ""),
        ({".git/HEAD": "ref: refs/heads/main\n"}, ""),
        (
            {
                ".git": "gitdir: .g/w\n",
                ".g/w/HEAD": "ref: refs/heads/w\n",
                ".g/w/commondir": "..\n",
                ".g/refs/heads/w": SHA,
            },
            SHA,
        ),
        ({}, ""),
    ],
    ids=["detached", "branch", "packed", "unknown", "empty", "worktree", "none"],
)
def test_git_may_keep_it_anywhere(tmp_path: Path, files: dict[str, str], found: str) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    assert _checked_out(tmp_path) == found
