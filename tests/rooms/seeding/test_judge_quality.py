import random
from datetime import date, timedelta
from uuid import UUID

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from benchmarks.seeding_records import iban as made_iban
from benchmarks.seeding_records import malo as made_malo
from benchmarks.seeding_records import records
from nova.seeding.judge import fit, sample, score
from nova.seeding.judge import reading as read
from nova.seeding.judge.reading import days


@pytest.fixture(scope="module")
def planted() -> tuple[pl.DataFrame, np.ndarray, pl.DataFrame]:
    frame, truth = records(6000, 71)
    return frame, np.array([bool(way) for way in truth]), score(frame)


def bills(rows: int = 400) -> list[dict[str, object]]:
    dice = random.Random(3)
    made: list[dict[str, object]] = []
    for at in range(rows):
        kwh, price, base = dice.randint(900, 6000), dice.choice([0.28, 0.31, 0.35]), dice.choice([9.9, 12.5])
        start = date(2021, 1, 1) + timedelta(dice.randint(0, 1400))
        made.append(
            {
                "id": str(at), "kind": "bill", "lang": "de",
                "text": f"Ihre Rechnung über {kwh} kWh liegt für Sie bereit, vielen Dank.",
                "kwh": kwh, "price": price, "base": base, "amount": round(kwh * price + base, 2), "start": start.isoformat(),
                "end": (start + timedelta(dice.randint(20, 900))).isoformat(), "malo": made_malo(dice), "iban": made_iban(dice),
                "note": None,
            }
        )  # fmt: skip
    return made


def judged(column: str, value: object) -> tuple[dict[str, object], dict[str, object]]:
    """The first record as it was and with one value changed, both scored among the same others."""
    rows = bills()
    profile = fit(pl.DataFrame(rows, infer_schema_length=None))
    before = score(pl.DataFrame(rows[:1], schema_overrides={"note": pl.String}), profile).row(0, named=True)
    changed = pl.DataFrame([{**rows[0], column: value}], schema_overrides={"note": pl.String})
    return before, score(changed, profile).row(0, named=True)


def test_defects_of_many_types_are_told_from_clean_records(planted):
    _, bad, scored = planted
    assert roc_auc_score(bad, -scored["quality"].to_numpy()) >= 0.95


def test_confidence_of_seventy_is_right(planted):
    _, bad, scored = planted
    sure = scored["confidence"].to_numpy() >= 70
    assert np.mean(~bad[sure]) >= 0.95
    assert np.mean(sure[~bad]) >= 0.95  # not by being sure of nothing


def test_batches_are_judged_as_the_whole_is(planted):
    frame, _, scored = planted
    profile = fit(frame)
    parts = [score(frame[start : start + 700], profile) for start in range(0, len(frame), 700)]
    assert pl.concat(parts).equals(scored)


def test_what_is_learnt_does_not_depend_on_how_rows_are_parted():
    frame, _ = records(3000, 5)
    mixed = frame.sample(fraction=1.0, shuffle=True, seed=4)
    parts = pl.concat([sample(mixed[:1100], 100), sample(mixed[1100:], 100)])
    assert sample(parts, 100).equals(sample(frame, 100))


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("kwh", None, "kwh fehlt"),
        ("text", "n/a", "text fehlt"),
        ("kwh", 900_000, "außerhalb des Üblichen"),
        ("kwh", -1200, "negativ"),
        ("start", "2023-02-30", "kein Tag"),
        ("start", "2029-01-01", "start (01.01.2029) liegt nach end"),
        ("amount", 1.0, "amount (1) passt nicht zu kwh × price + base"),
        ("malo", "12345678901", "Prüfziffer (MaLo)"),
        ("iban", "DE00370400440532013000", "Prüfziffer (IBAN)"),
        ("text", "Ihre Rechnung Ã¼ber 2000 kWh liegt fÃ¼r Sie bereit, vielen Dank.", "falsch gelesene Zeichen"),
        ("text", "Your invoice has been sent to you and we thank you for the payment.", "nicht in der Sprache de"),
        ("text", "Ihre Rechnung über", "bricht ab"),
        ("text", "xkr wpqz trrk vvmn qqst lkjh gfds mnbv xcxz", "kaum aus bekannten Wörtern"),
        ("lang", "deutschh", "kommt sonst nicht vor"),
    ],
)
def test_a_defect_lowers_the_record_and_is_named(column, value, told):
    before, after = judged(column, value)
    assert before["reasons"] is None and before["quality"] >= 90 and before["confidence"] >= 90
    assert after["quality"] <= before["quality"] - 20
    assert after["confidence"] < 70
    assert told in after["reasons"]


def test_completeness_counts_what_is_expected_of_the_kind():
    before, after = judged("kwh", None)
    assert before["completeness"] == 100  # `note` is empty for all bills and asked of none
    assert after["completeness"] == 90  # nine of ten: all columns but id, kind and note


def test_a_day_ahead_is_a_defect_where_all_others_are_past():
    rows = bills()
    frame = pl.DataFrame(rows, infer_schema_length=None)
    odd = frame[:1].with_columns(pl.lit("2027-12-01").alias("start"), pl.lit("2028-10-01").alias("end"))
    assert "in der Zukunft" in (score(odd, fit(frame, today=date(2027, 11, 1)))["reasons"][0] or "")
    assert "in der Zukunft" not in (score(odd, fit(frame))["reasons"][0] or "")


def test_one_author_who_writes_numbers_in_another_way_is_read():
    told = read.numbers(pl.Series(["1.234,5", "1,234.5", "1.234", "12,5 kWh", "€ 3,20", "abc", "-5", "1.234.567"]), ",")
    assert told.to_list() == [1234.5, 1234.5, 1234, 12.5, 3.2, None, -5, 1234567]


def test_days_are_read_in_any_writing_and_none_is_made_up():
    told = read.days(
        pl.Series(["2026-02-30", "01.03.2026", "1. März 2026", "March 3, 2026", "20260301", "2026-03-01T10:00:00", "31.13.2025", "12"])
    )
    first = date(2026, 3, 1)
    assert told.cast(pl.Date).to_list() == [None, first, first, date(2026, 3, 3), first, first, None, None]


@given(st.integers(0, 10**6), st.integers(0, 10), st.integers(1, 9))
def test_check_digits_hold_and_break_with_one_digit(seed, at, by):
    number = made_malo(random.Random(seed))
    changed = number[:at] + str((int(number[at]) + by) % 10) + number[at + 1 :]
    told = read.malo(pl.Series([number, changed])).to_list()
    odd_place = at % 2 == 0  # digits in even places count twice, so that 5 more there is 10 more
    assert told[0] and (told[1] is False or (not odd_place and by == 5))
    account = made_iban(random.Random(seed))
    spoilt = account[:-1] + str((int(account[-1]) + by) % 10)
    assert read.iban(pl.Series([account, spoilt])).to_list() == [True, False]


def test_little_or_nothing_is_judged_too():
    empty = pl.DataFrame(schema={"id": pl.String, "text": pl.String})
    assert score(empty).columns == ["id", "text", "quality", "confidence", "completeness", "reasons"]
    one = score(pl.DataFrame({"id": ["a"], "x": [None], "y": [[1, 2]], "z": [float("nan")]}))
    assert one["completeness"].to_list() == [100.0]
    unknown = score(pl.DataFrame({"id": ["a"], "kind": ["new"], "text": ["Hallo"]}), fit(pl.DataFrame(bills(), infer_schema_length=None)))
    assert unknown["quality"][0] < 50


def test_scores_that_are_there_are_made_anew():
    frame = pl.DataFrame(bills(60), infer_schema_length=None)
    once = score(frame)
    assert score(once).equals(once)


def test_a_column_of_uuids_is_no_defect_of_every_record():
    chance = random.Random(5)
    drawn = [str(UUID(int=chance.getrandbits(128), version=4)) for _ in range(300)]
    frame = pl.DataFrame({"id": [str(at) for at in range(300)], "person": drawn, "stand": ["offen", "zu", "offen"] * 100})
    assert score(frame)["confidence"].min() >= 70


def test_six_digit_numbers_are_no_days() -> None:
    numbers = [str(100_338 + 7 * at) for at in range(80)]
    frame = pl.DataFrame(
        {"id": [f"r{at}" for at in range(80)], "kundennummer": numbers, "seit": [f"{at % 28 + 1}. März 2026" for at in range(80)]}
    )
    assert days(frame["kundennummer"]).null_count() == 80 and days(frame["seit"]).null_count() == 0
    assert score(frame)["reasons"].null_count() == 80
