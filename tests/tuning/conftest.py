"""The interpreter that tunes, where `make train-env` was run; and the bench of seeding."""

import pytest

from nova.engines.train.process import ProcessTuner
from tests.house.places import ROOT
from tests.rooms.seeding.conftest import bench as bench

PYTHON = ROOT / ".venv-train" / "bin" / "python"


@pytest.fixture(scope="session")
def tuner() -> ProcessTuner:
    """What tunes models here."""
    if not PYTHON.is_file():
        pytest.skip("make train-env was not run")
    found = ProcessTuner(str(PYTHON))
    assert found.missing() == ""
    return found
