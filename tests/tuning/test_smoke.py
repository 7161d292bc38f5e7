"""`nova smoke --training`: the wheel of training at the doors that people use, without anybody at it."""

import json
import subprocess
import sys

import pytest

from nova.engines.train.process import ProcessTuner
from tests.house.places import ROOT

pytestmark = pytest.mark.bars
MOST_S = 480.0
STEPS = ["Einwilligung", "Fragen", "Lernen", "Freigabe", "Dienst", "Rückfall", "Löschung", "Neu gelernt", "Protokoll"]


def test_the_wheel_of_training_turns_in_one_command(tuner: ProcessTuner) -> None:
    done = subprocess.run([sys.executable, "-m", "nova", "smoke", "--training", "--json"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    steps = {one["step"]: one for one in found["steps"]}
    assert [*steps] == STEPS and found["seconds"] <= MOST_S
    assert steps["Neu gelernt"]["people"] == steps["Lernen"]["people"] - 1 and steps["Neu gelernt"]["run"] != steps["Lernen"]["run"]
    assert min(steps[name][what] for name in ("Dienst", "Neu gelernt") for what in ("own", "right")) >= 6
