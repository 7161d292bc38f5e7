"""Mitigation as a step: rates are equal afterwards, nothing is lost for good, and what cannot be mended is said. And effort."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nova.errors import InvalidInput
from nova.seeding.clean import clean
from nova.seeding.judge.bias import bias
from nova.seeding.lineage import Columns, of_rows, provenance
from nova.seeding.marks import marked
from nova.seeding.split import SPLIT, Split, split
from nova.seeding.steps.mitigate import WEIGHT, Mitigate, shown
from nova.seeding.work.effort import Counts, effort

GROUPS = st.lists(st.tuples(st.sampled_from(["Nord", "Süd", "West", None]), st.sampled_from(["ja", "nein", None])), max_size=80)


def people(seed: int = 3, rows: int = 2000) -> pl.DataFrame:
    dice = np.random.default_rng(seed)
    group = dice.choice(["Nord", "Süd", "West"], rows, p=[0.5, 0.3, 0.2])
    good = dice.random(rows) < np.where(group == "West", 0.3, 0.6)
    return pl.DataFrame({"id": [f"r{at}" for at in range(rows)], "ort": group, "gut": np.where(good, "ja", "nein")})


def framed(rows: list[tuple[str | None, str | None]]) -> pl.DataFrame:
    return pl.DataFrame(
        {"id": [f"r{at}" for at in range(len(rows))], "ort": [row[0] for row in rows], "gut": [row[1] for row in rows]},
        schema={"id": pl.String, "ort": pl.String, "gut": pl.String},
    )


@given(GROUPS)
@settings(max_examples=60)
def test_after_either_way_the_groups_that_can_be_mended_have_one_rate(rows):
    frame = framed(rows)
    for how in ("reweigh", "resample"):
        told = shown(frame, Mitigate("ort", "gut", how))
        beyond = {one["group"] for one in told["unmended"]}
        mended = [one for one in told["after"] if one["group"] not in beyond]
        before = [one for one in told["before"] if one["group"] not in beyond]
        overall = sum(one["rate"] * one["n"] for one in before) / max(1, sum(one["n"] for one in before))
        for one in mended:
            assert one["rate"] == pytest.approx(overall, abs=1e-9 if how == "reweigh" else 0.5 / one["n"] + 1e-9)
        assert [one["n"] for one in mended] == [one["n"] for one in before]
        small = {name for name in ("Nord", "Süd", "West") if 0 < frame.drop_nulls().filter(pl.col("ort") == name).height < 5}
        assert small <= beyond


def test_weights_are_a_column_and_the_rates_they_give_are_equal():
    frame = people()
    done = Mitigate("ort", "gut")(frame)
    assert done.kept.drop(WEIGHT).equals(frame) and done.removed.is_empty()
    rates = [one.rate for one in bias(done.kept, "ort", "gut", done.kept[WEIGHT])]
    assert rates == pytest.approx([float((frame["gut"] == "ja").mean())] * 3)
    with pytest.raises(InvalidInput, match="weight"):
        Mitigate("ort", "gut")(done.kept)


def test_a_sample_keeps_the_size_and_its_removals_are_taken_back_one_by_one():
    frame, step = people(), Mitigate("ort", "gut", "resample", seed=4)
    done = step(frame)
    assert len(done.kept) == len(frame) and done.kept["id"].is_unique().all()
    again = step(frame.sample(fraction=1.0, shuffle=True, seed=1))
    assert again.kept.sort("id").equals(done.kept.sort("id"))
    assert not Mitigate("ort", "gut", "resample", seed=5)(frame).removed["id"].sort().equals(done.removed["id"].sort())
    repeats = done.kept.filter(pl.col("_made") == "repeated")
    assert len(repeats) == len(done.removed) > 0
    origins = repeats.join(frame, left_on="_from", right_on="id", suffix="_before")
    assert len(origins) == len(repeats) and origins["ort"].equals(origins["ort_before"]) and origins["gut"].equals(origins["gut_before"])
    spared = done.removed["id"][0]
    cleaned = clean(frame, [step], spared=[spared])
    assert cleaned.stopped is None and spared in cleaned.kept["id"] and spared not in cleaned.removed["id"]
    assert "West" in " ".join(done.removed["reason"]) and done.removed["reason"].str.starts_with("Ausgleich").all()


def test_without_repetitions_records_are_only_left_out_and_a_second_time_changes_little():
    frame = people()
    done = Mitigate("ort", "gut", "resample", repeat=False)(frame)
    assert done.kept.columns == frame.columns and len(done.kept) + len(done.removed) == len(frame)
    repeated = Mitigate("ort", "gut", "resample")(frame).kept
    other = repeated.with_columns(pl.when(pl.col("ort") == "Nord").then(pl.lit("nein")).otherwise("gut").alias("gut"))
    other = pl.concat([other, people(9, 300).with_columns(pl.col("id") + "x")], how="diagonal")
    assert Mitigate("ort", "gut", "resample")(other).kept["id"].is_unique().all()


def test_what_cannot_be_mended_is_said_and_left_alone():
    frame = pl.concat([people(), framed([("Ost", "ja"), ("Ost", "nein")] + [("Mitte", "ja")] * 8).with_columns(pl.col("id") + "o")])
    told = shown(frame, Mitigate("ort", "gut"))
    reasons = {one["group"]: one["reason"] for one in told["unmended"]}
    assert "weniger als 5" in reasons["Ost"] and "dasselbe Ergebnis" in reasons["Mitte"]
    kept = Mitigate("ort", "gut")(frame).kept
    assert (kept.filter(pl.col("ort").is_in(["Ost", "Mitte"]))[WEIGHT] == 1).all()


def test_a_repetition_comes_from_where_its_record_comes_and_stays_on_its_side_of_the_split():
    frame = people().with_columns(_batch=pl.lit("b"), _key=pl.col("id"), kunde=pl.col("id"))
    found = provenance(frame, Columns(subject="kunde"), str.encode)
    kept = Mitigate("ort", "gut", "resample")(frame.drop("_batch", "_key", "kunde")).kept
    told = of_rows(found, kept)
    origin = kept.select("id", own=pl.coalesce("_from", "id"))
    assert told.join(origin, on="id").select((pl.col("own") == pl.col("source_key")).all()).item()
    sides = split(kept, Split()).select("id", SPLIT)
    both = origin.join(sides, on="id").join(sides, left_on="own", right_on="id", suffix="_own")
    assert both[SPLIT].equals(both[f"{SPLIT}_own"]) and both.filter(pl.col("id") != pl.col("own"))[SPLIT].n_unique() == 3


def test_made_up_records_and_what_they_were_made_of_only_train():
    frame = people().select("id", "ort")
    made = marked(frame.head(50).with_columns(pl.col("id") + "~v1"), frame.head(50)["id"])
    told = split(pl.concat([frame, made], how="diagonal"), Split())
    assert (told.filter(pl.col("_made") == "synthetic")[SPLIT] == "train").all()
    assert (told.filter(pl.col("id").is_in(frame.head(50)["id"].to_list()))[SPLIT] == "train").all()
    alone = split(frame, Split())
    assert told.filter(pl.col("_made").is_null())[SPLIT][50:].equals(alone[SPLIT][50:])


def test_records_made_from_a_version_are_nobodys():
    frame = pl.DataFrame({"id": ["a", "b"], "_batch": "b", "_key": ["a", "b"], "kunde": ["7", "8"]})
    for origin, whose in (("version:kunden@4f", None), ("a", b"7")):
        found = provenance(marked(frame, origin), Columns(subject="kunde"), str.encode)
        assert found["lookup"][0] == whose


def test_a_step_that_is_wrong_is_named():
    for wrong in ({"how": "magic"}, {"seed": -1}):
        with pytest.raises(InvalidInput):
            Mitigate("ort", "gut", **wrong)
    with pytest.raises(InvalidInput, match="region"):
        Mitigate("region", "gut")(people())


def test_effort_is_decisions_per_proposal():
    told = effort(Counts(removals=400, undone=6, versions=20, by_hand=14, taken_back=1))
    assert (told.decisions, told.proposals, told.share) == (21, 420, 0.05)
    assert effort(Counts()).share is None
    for wrong in (Counts(removals=1, undone=2), Counts(by_hand=-1)):
        with pytest.raises(InvalidInput):
            effort(wrong)
