"""The same rows are the same bytes; splits keep groups together; two versions are told apart; provenance goes into tables as it is."""

import hashlib
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nova.errors import InvalidInput
from nova.seeding import lineage, versions
from nova.seeding.diff import diff
from nova.seeding.lineage import Columns
from nova.seeding.split import SPLIT, Split, counts, split
from tests.rooms.seeding.seeds import customers, lookup

VALUES = st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=8))
ROWS = st.lists(st.tuples(VALUES, st.one_of(st.none(), st.floats())), min_size=1, max_size=30)


def frame_of(rows: list[tuple[str | None, float | None]]) -> pl.DataFrame:
    texts, numbers = zip(*rows, strict=True)
    schema = {"id": pl.String, "text": pl.String, "x": pl.Float64}
    return pl.DataFrame({"id": [f"r{at}" for at in range(len(rows))], "text": texts, "x": numbers}, schema=schema)


def packed(frame: pl.DataFrame) -> list[tuple[versions.Part, bytes]]:
    return list(versions.pack(versions.canonical(frame)))


@settings(max_examples=40)
@given(ROWS, st.integers(0, 1000), st.integers(1, 7))
def test_the_same_rows_are_the_same_bytes_in_any_order_and_pieces(
    rows: list[tuple[str | None, float | None]], seed: int, size: int
) -> None:
    frame = frame_of(rows)
    mixed = frame.sample(fraction=1, shuffle=True, seed=seed).select("x", "id", "text")
    pieces = pl.concat([mixed.slice(at, size) for at in range(0, mixed.height, size)], rechunk=False)
    assert packed(frame) == packed(pieces)
    (part, data), *_ = packed(frame)
    assert versions.unpack(data).equals(versions.canonical(frame)) and part.sha256 == hashlib.sha256(data).hexdigest()


def test_many_rows_are_the_same_bytes_whatever_the_partitions() -> None:
    frame = customers(60_000)
    whole = packed(frame)
    assert whole == packed(pl.concat([frame[90_000:], frame[:10_000], frame[10_000:90_000]]))
    assert packed(versions.unpack(whole[0][1])) == whole


def test_one_other_value_is_other_bytes_and_another_root() -> None:
    frame = customers(3)
    (one, _), (two, _) = packed(frame)[0], packed(frame.with_columns(kwh=pl.col("kwh") + (pl.col("id") == "c5")))[0]
    assert one.sha256 != two.sha256 and one.root != two.root


def test_the_root_is_the_one_of_rfc_6962() -> None:
    def leaf(text: str) -> bytes:
        return hashlib.sha256(b"\0" + f'{{"id":"{text}"}}'.encode()).digest()

    def node(left: bytes, right: bytes) -> bytes:
        return hashlib.sha256(b"\1" + left + right).digest()

    a, b, c, d, e = map(leaf, "abcde")
    assert versions.merkle_root(pl.DataFrame({"id": list("abcde")})) == node(node(node(a, b), node(c, d)), e).hex()
    assert versions.merkle_root(pl.DataFrame({"id": []}, schema={"id": pl.String})) == hashlib.sha256().hexdigest()


def test_every_plain_type_comes_back() -> None:
    frame = pl.DataFrame(
        {
            "id": ["a", "b"],
            "day": [date(2026, 3, 1), None],
            "at": [datetime(2026, 3, 1, tzinfo=UTC), None],
            "price": [Decimal("1.20"), None],
            "yes": [True, None],
            "n": pl.Series([3, None], dtype=pl.Int16),
            "kind": pl.Series(["x", None], dtype=pl.Categorical),
            "none": [None, None],
        }
    )
    plain = versions.unpack(packed(frame)[0][1])
    assert plain.select("at", "day", "id", "n", "price", "yes").equals(frame.select("at", "day", "id", "n", "price", "yes"))
    assert plain["kind"].to_list() == ["x", None] and plain.schema["none"] == pl.String


@pytest.mark.parametrize(
    "frame",
    [
        pl.DataFrame({"nr": ["a"]}),
        pl.DataFrame({"id": ["a", "a"]}),
        pl.DataFrame({"id": ["a", None]}),
        pl.DataFrame({"id": [1, 2]}),
        pl.DataFrame({"id": ["a"], "list": [[1, 2]]}),
        pl.DataFrame({"id": ["a"], "bytes": [b"x"]}),
    ],
)
def test_what_is_no_version_is_refused(frame: pl.DataFrame) -> None:
    with pytest.raises(InvalidInput):
        versions.canonical(frame)


GROUPS = st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 12)), st.booleans()), min_size=1, max_size=60)


@given(GROUPS, st.text(max_size=5))
def test_no_group_is_in_two_splits_and_what_is_synthetic_only_trains(rows: list[tuple[int | None, bool]], seed: str) -> None:
    frame = pl.DataFrame(
        {"id": [f"r{at}" for at in range(len(rows))], "group": [row[0] for row in rows], "synthetic": [row[1] for row in rows]},
        schema={"id": pl.String, "group": pl.Int64, "synthetic": pl.Boolean},
    )
    told = split(frame, Split("group", seed=seed))
    assert told.drop(SPLIT).equals(frame) and told[SPLIT].is_in(["train", "validation", "test"]).all()
    grouped = told.drop_nulls("group").group_by("group").agg(pl.col(SPLIT).n_unique())
    assert (grouped[SPLIT] == 1).all()
    assert told.filter(pl.col("synthetic") & (pl.col(SPLIT) != "train")).is_empty()
    alone = pl.concat(
        [split(frame.filter(pl.col("group") == one), Split("group", seed=seed)) for one in frame["group"].drop_nulls().unique()]
        or [told.clear()]
    )
    assert alone.join(told, on=["id", SPLIT], how="anti").is_empty()


def test_shares_are_as_wanted_and_the_seed_decides() -> None:
    frame = customers(10_000)
    told = counts(split(frame, Split("customer_no")))
    assert {name: round(number / 20_000, 2) for name, number in told.items()} == pytest.approx(
        {"train": 0.70, "validation": 0.15, "test": 0.15}, abs=0.011
    )
    assert not split(frame, Split("customer_no", seed="other"))[SPLIT].equals(split(frame, Split("customer_no"))[SPLIT])
    assert counts(frame) == {}


@pytest.mark.parametrize("how", [{"train": 0}, {"train": 90, "validation": 20}, {"validation": -1}])
def test_shares_that_cannot_be_are_refused(how: dict[str, int]) -> None:
    with pytest.raises(InvalidInput):
        Split(**how)  # type: ignore[arg-type]


def test_a_split_by_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(InvalidInput, match="gibt es nicht"):
        split(customers(1), Split("branch"))


@given(ROWS, ROWS)
def test_a_difference_applied_to_the_former_gives_the_latter(
    one: list[tuple[str | None, float | None]], two: list[tuple[str | None, float | None]]
) -> None:
    before, after = frame_of(one).select("id", "text"), frame_of(two).select("id", "text").filter(pl.col("id") != "r1")
    found = diff(before, after)
    patched = before.join(found.removed, on="id", how="anti").join(found.changed.rename({"key": "id"}), on="id", how="left")
    patched = patched.select("id", pl.when(pl.col("column").is_null()).then("text").otherwise("after").alias("text"))
    assert pl.concat([patched, found.added]).sort("id").equals(after.sort("id"))
    assert (found.changed["before"].ne_missing(found.changed["after"])).all()


def test_columns_that_came_went_or_have_another_type_are_named() -> None:
    before = pl.DataFrame({"id": ["a", "b"], "n": [1, 2], "old": ["x", "y"]})
    after = pl.DataFrame({"id": ["a", "b"], "n": [1.0, 2.5], "new": ["x", "y"]})
    found = diff(before, after)
    assert (found.new_columns, found.lost_columns, found.retyped) == (("new",), ("old",), {"n": ("Int64", "Float64")})
    assert found.changed.rows() == [("b", "n", "2", "2.5")]


def test_another_key_may_be_used_but_it_must_be_one() -> None:
    before, after = pl.DataFrame({"nr": [1, 2], "x": ["a", "b"]}), pl.DataFrame({"nr": [2, 3], "x": ["c", "d"]})
    assert diff(before, after, "nr").counts() == {"added": 1, "removed": 1, "changed": 1, "values": 1, "changed_x": 1}
    with pytest.raises(InvalidInput, match="Schlüssel"):
        diff(before, after.with_columns(nr=1), "nr")


def collected(**columns: list[str | None]) -> pl.DataFrame:
    told = {"id": ["a"], "_batch": ["b"], "_key": ["k"], "customer_no": ["K1"], **columns}
    return pl.DataFrame(told, schema=dict.fromkeys(told, pl.String))


def test_whose_a_row_is_stands_there_as_an_hmac_only() -> None:
    found = lineage.provenance(collected(customer_no=[" K1 "]), Columns(subject="customer_no"), lookup)
    assert found.rows() == [("a", "b", "k", lookup("K1"))]
    nobody = lineage.provenance(collected(customer_no=[None]), Columns(subject="customer_no"), lookup)
    assert nobody["lookup"].to_list() == [None] and b"K1" not in lineage.lineage_lines(found, 1)


@pytest.mark.parametrize("wrong", [{"_key": [None]}, {"_batch": [None]}, {"id": ["a\0"]}])
def test_provenance_with_holes_is_refused(wrong: dict[str, list[str | None]]) -> None:
    with pytest.raises(InvalidInput):
        lineage.provenance(collected(**wrong), Columns(), lookup)
    with pytest.raises(InvalidInput, match="fehlen"):
        lineage.provenance(collected().drop("_key"), Columns(), lookup)


def test_a_row_is_removed_once_and_from_somewhere() -> None:
    found = lineage.provenance(collected(), Columns(), lookup)
    row = {"id": "a", "step": "exact", "kept_id": "b", "score": 1.0, "differs": None, "reason": "gleich"}
    twice, stranger = lineage.removals([row, row]), lineage.removals([{**row, "id": "z"}])
    for wrong in (twice, stranger):
        with pytest.raises(InvalidInput):
            lineage.removal_lines(wrong, found, collected(), UUID(int=1))
