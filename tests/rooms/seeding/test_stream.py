"""Batches: what is learnt once holds for every batch, and the size of batches changes nothing."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.errors import InvalidInput
from nova.seeding.amounts import numbers_of
from nova.seeding.judge import fit
from nova.seeding.sample import make
from nova.seeding.steps.harmonise import Harmonise
from nova.seeding.stream import harmonise_and_judge
from nova.seeding.values import NUMBER, number_of

NUMBERS = st.from_regex(NUMBER, fullmatch=True)


@pytest.fixture(scope="module")
def bills() -> pl.DataFrame:
    return make(400, seed=5).tables["vertraege"]


@given(st.lists(st.tuples(NUMBERS, st.sampled_from([None, ",", "."])), min_size=1, max_size=20))
def test_a_column_of_numbers_is_read_as_each_of_them(written: list[tuple[str, str | None]]) -> None:
    texts, signs = zip(*written, strict=True)
    read = numbers_of(pl.Series(texts), pl.Series(signs, dtype=pl.String))
    assert read.to_list() == [number_of(text, sign) for text, sign in written]


def test_what_was_learnt_holds_for_every_batch(bills: pl.DataFrame) -> None:
    whole = Harmonise()(bills)
    fitted = Harmonise().fit(bills)
    parts = [fitted(batch) for batch in bills.iter_slices(37)]
    assert pl.concat([part.kept for part in parts]).equals(whole.kept)
    assert pl.concat([part.changed for part in parts]).equals(whole.changed)
    assert whole.changed["rule"].unique().sort().to_list() == ["date", "number", "unit"]


def test_a_batch_alone_would_be_read_otherwise() -> None:
    frame = pl.DataFrame({"id": ["1", "2", "3", "4"], "wert": ["7.5", "8.25", "1.234", "12,5"], "lang": ["en"] * 4})
    fitted = Harmonise().fit(frame.head(2))
    assert fitted(frame.tail(2)).kept["wert"].to_list() == ["1.234", "12.5"]
    assert Harmonise()(frame.tail(2)).kept["wert"].to_list() == ["1234", "12.5"]


@pytest.mark.parametrize("name", ["a.parquet", "a.csv"])
def test_the_size_of_batches_changes_nothing(tmp_path: Path, bills: pl.DataFrame, name: str) -> None:
    source, once, often = tmp_path / name, tmp_path / "once.parquet", tmp_path / "often.parquet"
    bills.write_parquet(source) if name.endswith("parquet") else bills.write_csv(source, separator=";")
    counts = harmonise_and_judge(source, once, batch_rows=10_000)
    assert harmonise_and_judge(source, often, batch_rows=33) == counts
    told = pl.read_parquet(once)
    assert told.equals(pl.read_parquet(often))
    assert counts.rows == len(bills) and counts.changed == len(Harmonise()(bills).changed)
    assert counts.faulty == told["reasons"].drop_nulls().len() > 0
    assert told.select(bills.columns).equals(Harmonise()(bills).kept)


def test_a_given_profile_judges(tmp_path: Path, bills: pl.DataFrame) -> None:
    source, target = tmp_path / "a.parquet", tmp_path / "b.parquet"
    bills.write_parquet(source)
    strict = fit(bills.with_columns(pl.lit("10").alias("verbrauch_kwh")))
    assert harmonise_and_judge(source, target, strict).faulty > harmonise_and_judge(source, target).faulty


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"a;b\n1;2\n", "Kennung"), (b"id;b\n1;2;3\n4;5\n", "in Teilen"), (b"id;b\n", "keine Datensätze"), (b"PAR1 is none", "in Teilen")],
)
def test_what_cannot_be_read_in_parts_is_refused_and_leaves_nothing(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(InvalidInput, match=told):
        harmonise_and_judge(tmp_path / "a.csv", tmp_path / "b.parquet")
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
