"""Nine kinds of models: better than their baseline where there is something to learn, useless where not; stored and loaded unchanged."""

import io
import zipfile
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.seeding_planted import planted, shuffled
from nova.cli.seeding.models import fit as command
from nova.errors import InvalidInput
from nova.seeding.pretrain import KINDS, fit, gains, load, predict, save
from nova.seeding.pretrain.design import Design
from nova.seeding.pretrain.insights import feedback, insights
from nova.seeding.pretrain.reading import amounts, moments, typed
from nova.seeding.pretrain.stored import _zipped
from nova.seeding.pretrain.validation import folds

SLOW = ("sentiment_analysis", "topic")
QUICK = ("content_performance", "engagement_prediction", "cross_platform", "next_page", "segments")
pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")


@pytest.mark.parametrize("kind", QUICK)
def test_a_planted_effect_is_found_and_shuffled_targets_are_useless(kind: str) -> None:
    frame = planted(kind, 5, 2500)
    assert fit(kind, frame).score.verdict == "better"
    assert fit(kind, shuffled(kind, frame, 5)).score.verdict == "useless"


@pytest.mark.parametrize("kind", KINDS)
def test_a_stored_model_says_the_same_and_is_the_same_bytes(kind: str) -> None:
    frame = planted(kind, 3, 240)
    model = fit(kind, frame).model
    data = save(model)
    again = load(data)
    assert save(again) == data
    if kind not in SLOW:
        assert save(fit(kind, frame).model) == data
    asked = planted(kind, 4, 60).drop(KINDS[kind].target, strict=False)
    assert predict(again, asked).equals(predict(model, asked))
    assert len(predict(model, asked)) == len(asked)
    assert np.isfinite(gains(model, planted(kind, 4, 60))).all()


def test_gains_prefer_the_model_that_learned_from_what_is_true() -> None:
    frame, test = planted("engagement_prediction", 1, 2500), planted("engagement_prediction", 1, 4000).tail(1500)
    good, bad = (fit("engagement_prediction", one).model for one in (frame, shuffled("engagement_prediction", frame, 2)))
    assert (gains(good, test) - gains(bad, test)).mean() > 0


def test_columns_are_read_in_any_writing_and_what_is_missing_is_named() -> None:
    kind = KINDS["churn"]
    frame = pl.DataFrame(
        {
            "customer_no": ["a", "b", "c"], "cutoff": ["31.03.2025", "2025-03-31", ""], "tariff": ["fix", " fix ", "-"],
            "months_left": ["3", "12 ", ""], "price_change": ["0,05", "-0,01", "x"], "kwh": ["3.500", "12.000,5", "800"],
            "contacts_90d": ["1", "0", "2"], "tone": ["", "0,5", "-1"], "left_90d": ["ja", "nein", ""],
        }
    )  # fmt: skip
    told = typed(kind, frame, target=True)
    assert told["left_90d"].to_list() == [1.0, 0.0]
    assert told["cutoff"][0] == told["cutoff"][1]
    assert told["price_change"].to_list() == [0.05, -0.01]
    assert told["tariff"].to_list() == ["fix", "fix"]
    with pytest.raises(InvalidInput, match="months_left"):
        typed(kind, frame.drop("months_left"), target=True)
    with pytest.raises(InvalidInput, match="nichts, was sich lernen lässt"):
        typed(kind, frame.tail(1), target=True)


@given(st.lists(st.text(max_size=12), min_size=1, max_size=30))
@settings(max_examples=80, deadline=None)
def test_any_text_is_a_number_or_none(values: list[str]) -> None:
    read = amounts(pl.Series("x", values, dtype=pl.String))
    assert len(read) == len(values)
    assert read.drop_nulls().is_finite().all()
    assert len(moments(pl.Series("x", values, dtype=pl.String))) == len(values)


def test_learning_goes_forward_in_time_and_a_session_is_never_on_both_sides() -> None:
    kind, frame = KINDS["next_page"], planted("next_page", 2, 600)
    told = typed(kind, frame, target=True)
    for known, asked in folds(kind, told):
        assert not set(told["session"][known].to_list()) & set(told["session"][asked].to_list())
        begun = told.select(pl.col("ts").min().over("session")).to_series()
        assert begun[known].max() <= begun[asked].min()  # type: ignore[operator]


def test_what_was_some_days_ago_counts_at_the_same_place() -> None:
    days = [f"2025-03-{day:02d}" for day in range(1, 21)]
    frame = pl.DataFrame(
        {"id": days, "day": days, "channel": "mail", "topic": "x", "outages": range(20), "bills": 0, "posts": 0, "contacts": range(20)}
    )
    kind = KINDS["cross_platform"]
    design = Design.of(kind, typed(kind, frame, target=True))
    later = frame.head(1).with_columns(pl.lit("2025-03-21").alias("day"))
    dense, _ = design.dense(kind, typed(kind, later, target=False))
    assert {19.0, 18.0, 17.0, float(sum(range(13, 20)))} <= set(dense[0].tolist())


def test_a_file_that_is_no_model_is_refused() -> None:
    class Bad:
        pass

    data = save(fit("content_performance", planted("content_performance", 1, 300)).model)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    from skops import io as skops

    parts["linear.skops"] = skops.dumps(Bad())
    for broken in (b"", b"PK", data[:200], _zipped({}), _zipped(parts)):
        with pytest.raises(InvalidInput):
            load(broken)


def test_what_was_learned_is_said_in_words() -> None:
    frame = planted("content_performance", 1, 2500)
    found = fit("content_performance", frame)
    told = insights(found.checked, frame[found.held])
    assert any("dwell_s" in one and "Kleine Werte" in one for one in told)
    assert any(
        one.startswith("Gruppe 0") for one in insights(fit("segments", planted("segments", 1, 600)).model, planted("segments", 1, 200))
    )


def test_predicted_is_set_beside_actual() -> None:
    said = feedback(pl.Series(range(100)), pl.Series([2 * one for one in range(100)]))
    assert [one.n for one in said] == [10] * 10
    assert said[0].predicted == 4.5
    assert said[0].actual == 9.0
    assert feedback(pl.Series([None], dtype=pl.Float64), pl.Series([1.0])) == []


def test_the_command_writes_predictions_and_says_the_verdict(tmp_path: Path) -> None:
    frame = planted("content_performance", 1, 2500)
    files = {name: tmp_path / f"{name}.csv" for name in ("train", "test", "out", "mixed")}
    frame.head(2000).write_csv(files["train"])
    frame.tail(500).drop("useful_share").write_csv(files["test"])
    shuffled("content_performance", frame, 1).write_csv(files["mixed"])
    options = ["--test", str(files["test"]), "--out", str(files["out"]), "--json"]
    good = CliRunner().invoke(command, ["content_performance", str(files["train"]), *options])
    assert good.exit_code == 0, good.output
    assert '"verdict": "better"' in good.stdout
    said = pl.read_csv(files["out"])
    assert said.columns == ["id", "prediction"]
    assert said["id"].to_list() == frame["id"].tail(500).to_list()
    bad = CliRunner().invoke(command, ["content_performance", str(files["mixed"]), *options])
    assert bad.exit_code == 5, bad.output
    assert files["out"].exists()
