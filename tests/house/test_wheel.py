"""The wheel holds what a user without the checkout needs: code, SQL, vocabulary, prompts, the web app and the samples."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.places import PACKAGE, ROOT

NEEDED = (
    "nova/__main__.py",
    "nova/py.typed",
    "nova/samples/sample.pdf",
    "nova/samples/stromgvv.md",
    "nova/webui/index.html",
    "nova/answers/compose/luna.yml",
    "nova/answers/understand/wortschatz.yaml",
    "nova/kpi/rules/thresholds.yaml",
)


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(target)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = target.glob("nova_luna-*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


@pytest.mark.parametrize("name", NEEDED)
def test_the_wheel_holds_what_nova_needs(names: set[str], name: str) -> None:
    assert name in names


def test_the_wheel_holds_every_data_file_of_the_package(names: set[str]) -> None:
    wanted = {Path("nova") / path.relative_to(PACKAGE) for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert {path.as_posix() for path in wanted if not path.name.endswith(".pyc")} - names == set()
