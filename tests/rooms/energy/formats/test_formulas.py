"""Words of whoever sent readings are no formulas in the files that go out again."""

import csv
import io
from dataclasses import replace

import numpy as np
import pytest

from nova.energy.delivery import exports
from nova.series import readings

RULES = ("", "=cmd|' /C calc'!A0", "+x", "-1+1", "@SUM(A1)", "\t=1", "spike")


@pytest.mark.parametrize(("form", "separator", "place"), [("csv", ",", "rule"), ("csv_de", ";", "Regel")])
def test_a_rule_is_no_formula_and_numbers_stay_numbers(form: exports.Format, separator: str, place: str) -> None:
    count = len(RULES)
    given = replace(
        readings("m1", 900, 1_772_323_200 + 900 * np.arange(count), -1.5 * np.arange(count)),
        rules=RULES,
        rule=np.arange(count).astype(np.uint8),
    )
    text = b"".join(exports.written([given], form)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator))
    assert [row[place] for row in rows] == ["", *(f"'{rule}" for rule in RULES[1:-1]), "spike"]
    powers = [row["consumption_kw" if form == "csv" else "Bezug [kW]"] for row in rows]
    assert powers[1:3] == (["-1.5", "-3.0"] if form == "csv" else ["-1,5", "-3,0"])


def test_json_says_what_was_sent() -> None:
    given = replace(readings("m1", 900, 1_772_323_200 + 900 * np.arange(2), np.ones(2)), rules=("", "=1"), rule=np.array([0, 1], np.uint8))
    assert b'"rule": ["", "=1"]' in b"".join(exports.written([given], "json"))
