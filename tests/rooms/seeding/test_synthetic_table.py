"""Made-up records of a real table: alike in the large, nobody's in the small, and the same for the same seed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nova.errors import InvalidInput
from nova.seeding.judge.reading import iban, malo
from nova.seeding.sample import make
from nova.seeding.steps.harmonise import Harmonise
from nova.seeding.synthetic.columns import values_of
from nova.seeding.synthetic.nearest import auroc, closest, mixed
from nova.seeding.synthetic.table import Wanted, bootstrap


def contracts(rows: int = 900, seed: int = 5) -> pl.DataFrame:
    dice = np.random.default_rng(seed)
    region = dice.choice(["Nord", "Süd", "West"], rows, p=[0.5, 0.3, 0.2])
    kwh = np.round(dice.lognormal(8, 0.4, rows) * np.where(region == "West", 1.6, 1))
    return pl.DataFrame(
        {
            "id": [f"V-{at}" for at in range(rows)],
            "region": region,
            "tarif": np.where(region == "Süd", "Natur", dice.choice(["Basis", "Fix"], rows)),
            "kwh": kwh.astype(np.int64),
            "betrag": np.round(120 + kwh * 0.31 + dice.normal(0, 20, rows), 2),
            "beginn": [date(2024, 1, 1) + timedelta(days=int(days)) for days in dice.integers(0, 700, rows)],
            "widerspruch": np.where(dice.random(rows) < 0.3, None, dice.random(rows) < 0.2).tolist(),
            "text": [f"Mein Zähler {at} zeigt einen Fehler, bitte kommen Sie am Abend vorbei." for at in range(rows)],
        }
    )


@pytest.fixture(scope="module")
def real() -> pl.DataFrame:
    return contracts()


def test_columns_types_and_dependences_are_kept_and_texts_are_not(real):
    made, report = bootstrap(real, Wanted(700, seed=2, origin="vertraege@4f2a"))
    assert made.columns == [name for name in real.columns if name != "text"] + ["_made", "_from"]
    assert all(made.schema[name] == real.schema[name] for name in made.columns[:-2])
    assert len(made) == report.rows == 700 and report.missing == 0 and report.left_out_columns == ("text",)
    assert set(made["_made"]) == {"synthetic"} and set(made["_from"]) == {"version:vertraege@4f2a"}
    assert max(report.marginals.values()) < 0.08 and report.association_error[0] < 0.05
    assert (made.filter(pl.col("region") == "Süd")["tarif"] == "Natur").all()
    assert made.select(pl.corr("kwh", "betrag")).item() > 0.95
    west, rest = (made.filter(pl.col("region").eq("West") == is_west)["kwh"].median() for is_west in (True, False))
    assert west > 1.3 * rest
    assert made["widerspruch"].null_count() / 700 == pytest.approx(0.3, abs=0.06)


def test_the_same_seed_gives_the_same_bits_in_any_order(real):
    wanted = Wanted(200, seed=3)
    first, again = bootstrap(real, wanted)[0], bootstrap(real.sample(fraction=1.0, shuffle=True, seed=8), wanted)[0]
    assert first.equals(again)
    assert not first.equals(bootstrap(real, replace(wanted, seed=4))[0])


def test_no_record_is_nearer_to_a_person_than_people_are_to_each_other(real):
    made, report = bootstrap(real, Wanted(800, seed=1))
    assert 0.4 < report.nearest_share < 0.6 and 0.4 < report.membership < 0.6
    assert report.closest[0] >= report.closest_real[0]
    modelled = ["region", "tarif", "kwh", "betrag", "beginn", "widerspruch"]
    assert made.join(real, on=modelled, how="semi", nulls_equal=True).is_empty()


def test_copies_of_records_would_be_found():
    frame = contracts(400)
    columns = [values_of(frame[name], "number", 5, frame["id"]) for name in ("kwh", "betrag")]
    every = mixed(columns, [column.read for column in columns])
    learned, held = np.arange(200), np.arange(200, 400)
    assert closest(every.rows(learned), every).max() == 0
    to_copies = [closest(every.rows(half), every.rows(learned)) for half in (learned, held)]
    assert auroc(*to_copies) > 0.95


def test_what_singles_out_few_people_is_drawn_again(real):
    rare = real.with_columns(region=pl.when(pl.int_range(pl.len()) < 3).then(pl.lit("Insel")).otherwise("region"))
    made, report = bootstrap(rare, Wanted(300, quasi=("region", "tarif", "kwh")))
    assert "Insel" not in made["region"].to_list() and report.merged >= 1
    assert made.join(rare, on=["region", "tarif", "kwh"], how="inner").is_empty()


def test_a_value_counts_by_people_not_by_records():
    frame = contracts(300).with_columns(
        region=pl.when(pl.int_range(pl.len()) < 60).then(pl.lit("Hof 1")).otherwise("region"),
        kunde=pl.when(pl.int_range(pl.len()) < 60).then(pl.lit("7")).otherwise(pl.col("id")),
    )
    made = bootstrap(frame, Wanted(300, subject="kunde"))[0]
    assert "Hof 1" not in made["region"].to_list()
    assert "Hof 1" in bootstrap(frame, Wanted(300))[0]["region"].to_list()


def test_identifiers_are_new_and_their_check_digits_right():
    meters = Harmonise()(make(300, seed=4).tables["zaehler"]).kept.with_columns(
        iban=pl.lit("DE89370400440532013000"),
        melo=pl.format("DE00012334982{}", pl.col("stand_kwh").str.zfill(20)),
        name=pl.lit("Eva Muster"),
    )
    made, report = bootstrap(meters, Wanted(250, sorts={"iban": "iban"}))
    assert malo(made["malo"]).all() and iban(made["iban"]).all() and made["melo"].str.contains(r"^DE\d{11}[A-Z0-9]{20}$").all()
    for name in ("malo", "iban", "melo", "zaehlernummer", "kundennummer", "name", "id"):
        assert made[name].drop_nulls().is_unique().all()
        assert not made[name].is_in(meters[name].implode()).any()
    assert made["zaehlernummer"].str.contains(r"^1ESY\d{10,12}$").all()
    assert report.sorts["malo"] == "malo"


@given(
    st.lists(st.tuples(st.one_of(st.none(), st.floats(-1e6, 1e6)), st.sampled_from("abcdefgh"), st.booleans()), min_size=50, max_size=90)
)
@settings(max_examples=25, deadline=None)
def test_any_table_gives_records_of_its_schema_or_fewer(rows):
    frame = pl.DataFrame(rows, schema={"x": pl.Float64, "c": pl.String, "b": pl.Boolean}, orient="row").with_row_index("id")
    frame = frame.with_columns(pl.col("id").cast(pl.String))
    made, report = bootstrap(frame, Wanted(60))
    assert len(made) + report.missing == 60 and made.drop("_made", "_from").schema == frame.schema
    assert made["x"].is_finite().fill_null(value=True).all()
    rare = set(frame["c"].value_counts().filter(pl.col("count") < 5)["c"])
    assert not rare & set(made["c"])


def test_columns_of_every_type_keep_it():
    dice, rows = np.random.default_rng(1), 200
    frame = pl.DataFrame(
        {
            "id": [str(at) for at in range(rows)],
            "at": [datetime(2025, 1, 1, tzinfo=UTC) + timedelta(seconds=int(second)) for second in dice.integers(0, 10**7, rows)],
            "betrag": pl.Series([Decimal(int(cents)) / 100 for cents in dice.integers(0, 10**5, rows)], dtype=pl.Decimal(10, 2)),
            "klein": dice.integers(0, 1000, rows).astype(np.int16),
            "art": pl.Series(dice.choice(["a", "b", "c"], rows), dtype=pl.Categorical),
            "leer": pl.Series([None] * rows, dtype=pl.Float64),
            "kundennummer": np.arange(rows) + 1000,
            "genau": dice.normal(0, 1, rows).astype(np.float32),
        }
    )
    made, report = bootstrap(frame, Wanted(100))
    assert made.drop("_made", "_from").schema == frame.schema and len(made) == 100
    assert made["leer"].null_count() == 100 and report.sorts["kundennummer"] == "identifier"
    assert not made["kundennummer"].is_in(frame["kundennummer"].implode()).any()


def test_where_every_record_would_be_somebodys_none_is_given():
    pairs = [(f"O{one}", f"P{other}") for one in range(8) for other in range(8)] * 3
    few = pl.DataFrame({"id": [str(at) for at in range(192)], "ort": [one for one, _ in pairs], "produkt": [other for _, other in pairs]})
    made, report = bootstrap(few, Wanted(40))
    assert made.is_empty() and report.missing == 40 and report.rows == 0


def test_what_cannot_be_made_is_said(real):
    with pytest.raises(InvalidInput, match="mindestens 50"):
        bootstrap(real.head(20), Wanted(10))
    with pytest.raises(InvalidInput, match="mandant"):
        bootstrap(real, Wanted(10, subject="mandant"))
    with pytest.raises(InvalidInput, match="keine Spalte"):
        bootstrap(real.select("id", "text"), Wanted(10))
    with pytest.raises(InvalidInput, match="kwh"):
        bootstrap(real, Wanted(10, sorts={"kwh": "zahl"}))
    for wrong in ({"rows": 0}, {"rows": 10, "k": 1}, {"rows": 10, "seed": -1}):
        with pytest.raises(InvalidInput):
            Wanted(**wrong)
