"""Where files are that several tests read: the samples in the repository, and the development data beside a checkout."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "docs" / "samples"
_SHARED = (ROOT / "shared", ROOT.parent / "shared")


def beside(name: str) -> Path | None:
    """A file of the development data, `data/homes/homes5.csv.gz`; None where there is none: it is not part of the package."""
    return next((folder / name for folder in _SHARED if (folder / name).exists()), None)
