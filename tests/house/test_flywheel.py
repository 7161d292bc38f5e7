"""The workflow that turns the flywheel from outside is what its program reads, runs commands that exist, and can do nothing else."""

import re
import shlex
from typing import Any

import click
import pytest
import yaml

from nova.cli.root import COMMANDS, nova
from tests.house.compose import BIN, run
from tests.house.places import ROOT

WORKFLOW = ROOT / ".github" / "workflows" / "flywheel.yml"
COMMAND = re.compile(r"python -m nova ([^>\n]+)")


@pytest.fixture(scope="module")
def flow() -> dict[str, object]:
    found: dict[str, object] = yaml.safe_load(WORKFLOW.read_text("utf-8"))
    return found


def test_it_follows_the_schema_of_workflows() -> None:
    done = run(BIN / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", ".github/workflows/flywheel.yml")
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_runs_on_a_runner_of_ones_own_by_the_clock_and_may_do_nothing_at_github(flow: dict[str, object]) -> None:
    triggers = flow[True]  # type: ignore[index]  # YAML reads the word `on` as true
    assert triggers["schedule"][0]["cron"].split()[1:] == ["*"] * 4
    for job in flow["jobs"].values():  # type: ignore[attr-defined]
        assert "self-hosted" in job["runs-on"] and flow["permissions"] == job["permissions"] == {}
        assert not any("checkout" in step.get("uses", "") for step in job["steps"])


def test_it_trains_only_where_somebody_switched_it_on_and_never_beside_itself(flow: dict[str, object]) -> None:
    job = flow["jobs"]["training"]  # type: ignore[index]
    assert job["needs"] == "alerts" and job["concurrency"] == {"group": "flywheel-training", "cancel-in-progress": False}
    assert "inputs.train || vars.NOVA_FLYWHEEL_TRAIN == 'on'" in job["if"] and "!inputs.dry_run" in job["if"]
    (command,) = [line for step in job["steps"] for line in COMMAND.findall(step.get("run", ""))]
    assert "--for-ticket" in command


def test_what_it_uploads_is_what_it_wrote(flow: dict[str, object]) -> None:
    for job in flow["jobs"].values():  # type: ignore[attr-defined]
        uploaded(job["steps"])


def uploaded(steps: list[dict[str, Any]]) -> None:
    """What the steps of a job write is what they keep."""
    written = {path.split("/")[0] for step in steps for path in re.findall(r">(\w+/\S+)", step.get("run", ""))}
    assert {step["with"]["path"] for step in steps if "with" in step} == written == {"report"}


def test_no_input_of_a_person_stands_in_a_script(flow: dict[str, object]) -> None:
    assert all("${{" not in step.get("run", "") for job in flow["jobs"].values() for step in job["steps"])  # type: ignore[attr-defined]


def test_its_commands_and_their_options_exist(flow: dict[str, object]) -> None:
    text = WORKFLOW.read_text("utf-8")
    lines = [shlex.split(line.replace("$DRY_RUN", "--dry-run")) for line in COMMAND.findall(text)]
    assert [words[0] for words in lines] == ["alerts", "tickets", "train"]
    for words in lines:
        assert words[0] in COMMANDS
        context = click.Context(nova)
        command: click.Command | None = nova.get_command(context, words.pop(0))
        if isinstance(command, click.Group):
            command = command.get_command(context, words.pop(0))
        assert command is not None
        options = {name for option in command.params for name in option.opts}
        assert set(words) <= options
