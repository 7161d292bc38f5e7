"""Which revision of the code runs."""

from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


def revision(configured: str) -> str:
    """What an image was built from (NOVA_GIT_SHA), else the commit of the checkout that this package lies in, else ""."""
    return configured or _checked_out(ROOT)


@lru_cache(maxsize=4)
def _checked_out(root: Path) -> str:
    """Read once: the code that runs is the one that was there when it was imported."""
    folder = root / ".git"
    try:
        if folder.is_file():  # a worktree names its folder, which names the repository's
            folder = root / folder.read_text("utf-8").removeprefix("gitdir:").strip()
        head = (folder / "HEAD").read_text("utf-8").strip()
        if not head.startswith("ref:"):
            return head
        common = folder / "commondir"
        shared = folder / common.read_text("utf-8").strip() if common.exists() else folder
        return _named(shared, head.removeprefix("ref:").strip())
    except OSError:
        return ""


def _named(repository: Path, ref: str) -> str:
    """The commit that a branch is at: in a file of its own, or among the packed ones."""
    loose = repository / ref
    if loose.exists():
        return loose.read_text("utf-8").strip()
    packed = (line.split(" ") for line in (repository / "packed-refs").read_text("utf-8").splitlines())
    return next((parts[0] for parts in packed if parts[-1] == ref), "")
