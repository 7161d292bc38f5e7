"""Mirrors of runs: name, parameters and curve, no text and nothing of the machine; one that is absent or away never holds a run up."""

import json
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nova.engines.train.mirrors import LAST_WORDS_S, Mirrors, Server, mirrored, parameters
from nova.ports.training import Task
from nova.settings import Settings
from nova.training.config import recipe
from nova.wiring.training import mirrors_of
from tests.house.places import ROOT

NAME, SECRET_PROMPT = "sophia-finetune-2026-11-26", "Du bist Luna und kennst Frau Zeisig."
LINES = [
    {"step": 1, "loss": 0.9, "rate": 0.001, "memory_mib": 500, "steps": 2, "seconds": 1.0},
    {"step": 2, "loss": 0.5, "rate": 0.002, "memory_mib": 510, "steps": 2, "seconds": 2.0},
    {"step": 2, "loss": 0.5, "held_loss": 0.6, "rate": 0.002, "memory_mib": 510, "steps": 2, "seconds": 2.0},
]


def python(folder: Path, *, libraries: bool = True) -> str:
    """An interpreter in which the fakes are installed, or nothing."""
    path = folder / "python"
    fakes = ROOT / "tests" / "fakes" / "mirrors" if libraries else folder
    path.write_text(f'#!/bin/sh\nshift\nPYTHONPATH="{fakes}" exec "{sys.executable}" -S "$@"\n', "utf-8")
    path.chmod(0o755)
    return str(path)


def task_of(folder: Path, *to: str, lines: list[dict[str, Any]] | None = None) -> Task:
    """A task that trains, and how far it is."""
    (folder / "run").mkdir(exist_ok=True)
    (folder / "run" / "progress.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines or LINES), "utf-8")
    chosen = recipe("", "cpu")
    config = {**chosen.told(), "report_to": to, "system": SECRET_PROMPT}
    return Task("train", NAME, folder / "run", folder / "data", folder / "base", "sft", config, "g" * 64)


def mirrors(folder: Path, **addresses: str) -> Mirrors:
    return Mirrors(folder / "mirror", {name: Server(address, "geheim") for name, address in addresses.items()})


def told(folder: Path, name: str) -> list[Any]:
    path = folder / "mirror" / name / "told.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def metrics(folder: Path, name: str) -> dict[tuple[str, int], float]:
    found = [tuple(one[-3:]) for one in told(folder, name) if one[0] == "metric"]
    assert len(found) == len({one[:2] for one in found}), "said twice"
    return {(key, step): value for key, step, value in found}


def wait_for(check: Any) -> None:
    until = time.monotonic() + 20
    while not check():
        assert time.monotonic() < until
        time.sleep(0.05)


def show(task: Task, to: Mirrors, interpreter: str, ended: str = "done") -> Mapping[str, str]:
    with mirrored(interpreter, task, to) as shown:
        shown.ended = ended
    return shown.told


CURVE = {("loss", 1): 0.9, ("loss", 2): 0.5, ("held_loss", 2): 0.6, ("rate", 1): 0.001, ("rate", 2): 0.002}


def test_a_run_is_shown_by_its_name_with_parameters_and_curve(tmp_path: Path) -> None:
    assert show(task_of(tmp_path, "mlflow", "wandb"), mirrors(tmp_path), python(tmp_path)) == {"mlflow": "shown", "wandb": "shown"}
    said = told(tmp_path, "mlflow")
    assert ["experiment", "sophia-finetune"] in said and ["run", "7", NAME] in said and said[-1] == ["end", "r1", "FINISHED"]
    (given,) = [one[2] for one in said if one[0] == "params"]
    assert (given["lora.rank"], given["training.rate"], given["seeds.order"], given["base"]) == ("8", "0.002", "1", "nova-mini")
    assert {key: value for key, value in metrics(tmp_path, "mlflow").items() if key[0] != "memory_mib"} == CURVE
    first, *_, last = told(tmp_path, "wandb")
    assert first[1]["name"] == NAME and first[1]["config"]["lora.rank"] == 8 and last == ["end", 0]
    assert {key: value for key, value in metrics(tmp_path, "wandb").items() if key[0] != "memory_mib"} == CURVE


def test_without_an_address_nothing_leaves_the_machine_and_no_text_is_told(tmp_path: Path) -> None:
    task = task_of(tmp_path, "mlflow", "wandb")
    show(task, mirrors(tmp_path), python(tmp_path))
    address = told(tmp_path, "mlflow")[0][1]
    assert address == f"sqlite:///{tmp_path}/mirror/mlflow/mlflow.db"
    _, how, settings = told(tmp_path, "wandb")[0]
    assert how["mode"] == "offline" and "base_url" not in settings
    assert settings["console"] == "off" and settings["host"] == settings["program"] == "nova"
    assert settings["disable_git"] and settings["x_disable_meta"] and settings["x_disable_stats"] and settings["x_disable_machine_info"]
    for path in (
        task.folder / "mirror-mlflow.json",
        tmp_path / "mirror" / "mlflow" / "told.jsonl",
        tmp_path / "mirror" / "wandb" / "told.jsonl",
    ):
        assert "Zeisig" not in path.read_text("utf-8") and "geheim" not in path.read_text("utf-8")
    assert str(tmp_path) not in json.dumps(parameters(task))


def test_an_address_of_the_operator_is_used_and_its_key_stays_in_the_environment(tmp_path: Path) -> None:
    show(task_of(tmp_path, "mlflow", "wandb"), mirrors(tmp_path, mlflow="http://mlflow", wandb="http://wandb"), python(tmp_path))
    _, address, environment = told(tmp_path, "mlflow")[0]
    assert address == "http://mlflow" and {"MLFLOW_TRACKING_TOKEN", "MLFLOW_DISABLE_TELEMETRY"} <= set(environment)
    assert not [name for name in environment if name.startswith(("NOVA_", "ADMIN_", "HTTP"))]
    _, how, settings = told(tmp_path, "wandb")[0]
    assert how["mode"] == "online" and settings["base_url"] == "http://wandb"


def test_what_is_not_installed_is_said_and_the_run_goes_on(tmp_path: Path) -> None:
    began = time.monotonic()
    empty = python(tmp_path, libraries=False)
    assert show(task_of(tmp_path, "mlflow", "wandb"), mirrors(tmp_path), empty) == {"mlflow": "absent", "wandb": "absent"}
    assert time.monotonic() - began < LAST_WORDS_S
    assert show(task_of(tmp_path, "mlflow"), mirrors(tmp_path), "/bin/false") == {"mlflow": "down"}


@pytest.mark.slow
def test_a_server_that_is_away_or_silent_costs_a_run_seconds_at_most(tmp_path: Path) -> None:
    for address, within in (("http://away", LAST_WORDS_S), ("http://silent", LAST_WORDS_S + 2)):
        began = time.monotonic()
        assert show(task_of(tmp_path, "mlflow"), mirrors(tmp_path, mlflow=address), python(tmp_path)) == {"mlflow": "down"}
        assert time.monotonic() - began < within


def test_a_server_that_is_back_before_the_end_hears_all(tmp_path: Path) -> None:
    task, to = task_of(tmp_path, "mlflow"), mirrors(tmp_path, mlflow="http://back")
    with mirrored(python(tmp_path), task, to) as shown:
        wait_for(lambda: "refused" in (task.folder / "mirror-mlflow.txt").read_text("utf-8"))
        (tmp_path / "mirror" / "mlflow" / "back").touch()
        shown.ended = "done"
    assert shown.told == {"mlflow": "shown"} and metrics(tmp_path, "mlflow")[("held_loss", 2)] == 0.6


def test_begun_again_it_goes_on_with_the_same_run_and_says_nothing_twice(tmp_path: Path) -> None:
    for ended, lines in (("stopped", LINES[:1]), ("done", [LINES[0], *LINES])):  # a step after the checkpoint is done once more
        assert show(task_of(tmp_path, "mlflow", lines=lines), mirrors(tmp_path), python(tmp_path), ended) == {"mlflow": "shown"}
    said = told(tmp_path, "mlflow")
    assert [one[2] for one in said if one[0] == "end"] == ["KILLED", "FINISHED"] and len([one for one in said if one[0] == "run"]) == 1
    assert {key: value for key, value in metrics(tmp_path, "mlflow").items() if key[0] != "memory_mib"} == CURVE


def test_nothing_is_shown_of_what_does_not_train_or_names_no_mirror(tmp_path: Path) -> None:
    for task in (task_of(tmp_path), replace(task_of(tmp_path, "mlflow"), what="measure")):
        assert show(task, mirrors(tmp_path), python(tmp_path)) == {} and not (tmp_path / "mirror").exists()


def test_the_settings_name_the_servers_and_hide_their_keys(tmp_path: Path) -> None:
    given = {"NOVA_DATA": tmp_path, "NOVA_TRAIN_MLFLOW_URL": "https://mlflow.intern", "NOVA_TRAIN_WANDB_KEY": "geheim"}
    found = mirrors_of(Settings.model_validate(given))
    assert found.folder == tmp_path / "models" / "mirror" and found.servers["mlflow"] == Server("https://mlflow.intern")
    assert found.servers["wandb"] == Server("", "geheim") and "geheim" not in repr(found)
