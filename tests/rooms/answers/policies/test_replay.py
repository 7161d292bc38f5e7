"""Another policy on a log: what it would have brought lies within its bounds, it learns what people like, and hostile rows are left out."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.recommend_policies import planted
from nova.answers.policies.log import Choice, read_log
from nova.answers.policies.replay import play, replay
from nova.cli.quality.recommend import command
from nova.errors import InvalidInput
from nova.seeding.sources.nested import read_nested
from nova.stats.bandits import Learner
from nova.stats.offpolicy import doubly_robust, effective_size, snips


def row(**changed: Any) -> dict[str, Any]:
    told = {
        "list_id": "l1",
        "ts": "2026-01-01T08:00:00",
        "person": "p",
        "position": 0,
        "candidates": [{"id": "a", "x": [1, 0]}, {"id": "b", "x": [0, 1]}],
    }
    return told | {"shown": "a", "propensity": 0.5, "reward": 1} | changed


def as_row(one: Choice) -> dict[str, Any]:
    assert one.truth is not None
    candidates = [{"id": name, "x": x.tolist()} for name, x in zip(one.ids, one.features, strict=True)]
    told = {"list_id": one.list_id, "ts": one.ts, "person": one.person, "position": one.position, "candidates": candidates}
    return told | {"shown": one.ids[one.shown], "propensity": one.propensity, "reward": one.reward, "rewards": one.truth.tolist()}


@pytest.mark.parametrize("policy", ["thompson", "linucb"])
def test_the_truth_lies_within_the_bounds_and_half_of_the_regret_is_saved(policy: Any) -> None:
    log = planted(7, 3000, 0.5)
    done, played = replay(log, policy, 1), play(log, policy, 1)
    assert done.true is not None
    assert done.snips.low <= done.true <= done.snips.high
    assert done.dr.low <= done.true <= done.dr.high
    assert done.verdict == "better"
    assert played is not None
    assert played.regret <= 0.5 * played.random
    assert 0 < done.ess <= done.rows


def test_the_same_seed_gives_the_same_and_chance_alone_is_not_better() -> None:
    log = planted(3, 800, 0.5)
    assert replay(log, "thompson", 5) == replay(log, "thompson", 5)
    dice = np.random.default_rng(1)
    void = [
        Choice(
            *(getattr(one, name) for name in Choice.__dataclass_fields__ if name not in ("reward", "truth")),
            float(dice.random() < 0.3),
            None,
        )
        for one in log
    ]
    assert replay(void, "thompson", 5).verdict != "better"
    assert play(void, "thompson", 5) is None


@given(st.integers(1, 8), st.integers(0, 6), st.integers(0, 1000))
@settings(max_examples=60, deadline=None)
def test_chances_are_chances_and_nobody_is_below_the_floor(candidates: int, size: int, seed: int) -> None:
    dice = np.random.default_rng(seed)
    for policy in ("thompson", "linucb"):
        learner = Learner(size, policy)  # type: ignore[arg-type]
        features = dice.normal(0, 1, (candidates, size))
        for _ in range(5):
            learner.learn("p", 0, features[0], float(dice.random()))
        chances = learner.chances("p", list(range(candidates)), features, dice)
        assert math.isclose(chances.sum(), 1)
        assert (chances >= learner.floor / candidates - 1e-12).all()


def test_estimates_of_the_logging_policy_itself_are_its_mean() -> None:
    rewards, once = np.array([0.0, 1, 1, 0, 1]), np.ones(5)
    clusters = np.arange(5)
    assert snips(once, rewards, clusters).value == pytest.approx(0.6)
    assert doubly_robust(once * 0.2, once, rewards, once * 0.2, clusters).value == pytest.approx(0.6)
    assert effective_size(once) == 5


@pytest.mark.parametrize(
    "changed",
    [
        {"propensity": 0}, {"propensity": 1.5}, {"propensity": None}, {"propensity": float("nan")}, {"shown": "z"}, {"candidates": []},
        {"candidates": "kaputt"}, {"candidates": [{"id": "a", "x": [1]}, {"id": "b", "x": [1, 2]}]}, {"reward": "viel"}, {"list_id": None},
        {"candidates": [{"id": "a", "x": [1, 2]}, {"id": "a", "x": [1, 2]}]}, {"rewards": [1]}, {"position": "oben"}, {"candidates": 5},
        {"candidates": [{"id": "a", "x": [1, "∞"]}, {"id": "b", "x": [1, 2]}]}, {"candidates": ["a", "b"]}, {"rewards": "[1,"},
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_left_out_and_counted(changed: dict[str, Any]) -> None:
    read = read_log(
        [row(), row(list_id="l2", **{k: v for k, v in changed.items() if k != "list_id"}) if "list_id" not in changed else row(**changed)]
    )
    assert len(read.choices) == 1
    assert sum(read.left_out.values()) == 1


def test_a_place_told_twice_counts_once_and_words_for_numbers_are_read() -> None:
    read = read_log([row(), row(), row(list_id="l2", propensity="0,5", reward="1", candidates=json.dumps(row()["candidates"]))])
    assert [one.propensity for one in read.choices] == [0.5, 0.5]
    assert read.left_out == {"Platz derselben Liste mehrfach": 1}
    with pytest.raises(InvalidInput, match="keine Zeile"):
        read_log([{}])


@pytest.mark.parametrize("form", ["jsonl", "json", "csv", "parquet"])
def test_every_form_of_file_gives_the_same_log(tmp_path: Path, form: str) -> None:
    rows = [as_row(one) for one in planted(2, 60, 0.5)]
    file = tmp_path / f"log.{form}"
    if form == "jsonl":
        file.write_text("\n".join(map(json.dumps, rows)))
    elif form == "json":
        file.write_text(json.dumps(rows))
    else:
        import polars as pl

        frame = pl.DataFrame(rows)
        if form == "parquet":
            frame.write_parquet(file)
        else:
            frame.with_columns(
                pl.Series("candidates", [json.dumps(one["candidates"]) for one in rows]),
                pl.Series("rewards", [json.dumps(one["rewards"]) for one in rows]),
            ).write_csv(file)
    assert replay(read_log(read_nested(file)).choices, "linucb", 0) == replay(read_log(rows).choices, "linucb", 0)


def test_the_command_tells_estimates_and_ends_with_the_gate(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    file.write_text("\n".join(json.dumps(as_row(one)) for one in planted(7, 1500, 0.5)))
    good = CliRunner().invoke(command, ["replay", str(file), "--policy", "thompson", "--seed", "1", "--json"])
    assert good.exit_code == 0, good.output
    told = json.loads(good.stdout)
    assert {"snips", "dr", "low", "high", "ess", "verdict", "regret", "regret_random"} <= told.keys()
    assert told["regret"] < told["regret_random"] / 2
    file.write_text("\n".join(json.dumps(row(list_id=str(at))) for at in range(50)))
    bad = CliRunner().invoke(command, ["replay", str(file), "--policy", "thompson", "--json"])
    assert bad.exit_code == 5, bad.output
