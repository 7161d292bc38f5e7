import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from benchmarks.seeding_records import records
from nova.errors import InvalidInput
from nova.seeding.judge import chosen, gate, judge, mitigation, read_policies, resampled, reweighed, what_if
from nova.seeding.judge.bias import bias, outcome_of
from nova.seeding.judge.drift import drift
from nova.seeding.steps.redact import Redact

PLAIN = "policies: {plain: {}}"


def grouped(seed: int, low: float) -> pl.DataFrame:
    dice = np.random.default_rng(seed)
    group = dice.choice(["Nord", "Süd", "West"], 3000, p=[0.5, 0.3, 0.2])
    good = dice.random(3000) < np.where(group == "West", low, 0.6)
    return pl.DataFrame({"id": [str(at) for at in range(3000)], "g": group, "y": np.where(good, "ja", "nein")})


def test_a_planted_bias_is_flagged_and_a_shuffled_one_is_not():
    frame = grouped(1, 0.45)
    assert {one.group: one.flagged for one in bias(frame, "g", "y")} == {"Nord": False, "Süd": False, "West": True}
    mixed = [frame.with_columns(frame["y"].shuffle(seed)) for seed in range(25)]
    assert not any(one.flagged for told in mixed for one in bias(told, "g", "y"))
    assert all(one.low <= one.rate <= one.high for one in bias(frame, "g", "y"))


def test_weights_and_resampling_level_the_rates_and_are_shown_first():
    frame = grouped(2, 0.3)
    overall = float((frame["y"] == "ja").mean())
    weights = reweighed(frame, "g", "y")
    assert float(weights.sum()) == pytest.approx(len(frame))
    assert [one.rate for one in bias(frame, "g", "y", weights)] == pytest.approx([overall] * 3)
    kept = resampled(frame, "g", "y")
    shown = mitigation(frame, "g", "y", "resample")
    assert shown.left_out == len(frame) - int(kept.sum()) > 0
    assert [one.rate for one in shown.after] == pytest.approx([overall] * 3, abs=0.01)
    assert any(one.flagged for one in shown.before) and not any(one.flagged for one in shown.after)


@pytest.mark.parametrize(
    ("values", "told"),
    [([True, False, None], [1, 0, None]), (["Ja", "nein", ""], [1, 0, None]), (["a", "b", "b"], [0, 1, 1]), ([1.0, 5.0, 9.0], [0, 0, 1])],
)
def test_an_outcome_is_read_as_yes_and_no(values, told):
    assert outcome_of(pl.Series(values)).to_list() == told


def test_planted_drift_is_flagged_and_shuffled_frames_are_not():
    frame, _ = records(4000, 11, share=0.0)
    old, new = frame[:2000], frame[2000:]
    moved = new.with_columns(
        pl.col("kwh") * 1.4, pl.when(pl.int_range(pl.len()) % 3 == 0).then(pl.lit("Mail")).otherwise("channel").alias("channel")
    )
    assert {one.column for one in drift(moved, old) if one.flagged} == {"kwh", "channel"}
    for seed in range(6):
        mixed = frame.sample(fraction=1.0, shuffle=True, seed=seed)
        assert [one.column for one in drift(mixed[:2000], mixed[2000:]) if one.flagged] == []


def test_drift_tells_what_chance_would_bring():
    numbers = pl.DataFrame({"id": ["a"] * 60, "v": np.arange(60) % 7})
    (told,) = drift(numbers[:30], numbers[30:])
    assert told.noise > 0.5 and "30 und 30 Datensätzen" in told.note and not told.flagged


def test_an_unknown_key_of_a_policy_is_named():
    with pytest.raises(InvalidInput) as found:
        read_policies("policies: {a: {minimum: {vollstaendig: 80}}}")
    assert "„vollstaendig“ (in policies → a → minimum) ist unbekannt" in found.value.message
    with pytest.raises(InvalidInput, match="höchstens 100"):
        read_policies("policies: {a: {minimum: {quality: 180}}}")
    for text in ("", "- a", "a: [", "policies: {}", "policies: {a: {purpose: {values: [x]}}}"):
        with pytest.raises(InvalidInput):
            read_policies(text)


def test_the_policies_that_are_shipped_are_read():
    told = read_policies(Path("config/seeding/policies.yaml").read_text("utf-8"))
    assert chosen(told, "standard").minimum.completeness == 80 and chosen(told, "standard").minimum.confidence == 70
    with pytest.raises(InvalidInput, match="standard"):
        chosen(told, "nope")


RULES = """
policies:
  strict:
    required: [text]
    consent: {column: consent, values: [ja]}
    licence: {column: licence, values: [CC0-1.0], missing: true}
    personal_data: {allowed: false}
    retention: {column: at, days: 100}
"""


def held(**changed: object) -> list[str]:
    row = {
        "id": "a",
        "text": "Alles gut.",
        "consent": "ja",
        "licence": None,
        "at": "2026-05-01",
        "quality": 90.0,
        "confidence": 90.0,
        "completeness": 90.0,
    }
    frame = pl.DataFrame([{**row, **changed}], schema_overrides={"licence": pl.String, "text": pl.String, "at": pl.String})
    return gate(frame, read_policies(RULES)["strict"], date(2026, 6, 1)).held["reason"].to_list()


def test_a_record_is_held_back_for_each_reason():
    assert held() == []
    assert held(confidence=69.9) == ["Sicherheit unter 70"]
    assert held(consent="nein") == ["Einwilligung (consent) nicht erlaubt"]
    assert held(consent=" JA ") == []
    assert held(licence="GPL") == ["Lizenz (licence) nicht erlaubt"]
    assert held(text="Schreiben Sie an eva@example.org.") == ["enthält eine E-Mail-Adresse"]
    assert held(at="2026-01-01") == ["älter als 100 Tage (at)"]
    assert held(at=None) == ["älter als 100 Tage (at)"]
    assert held(text=None, completeness=50.0) == ["Vollständigkeit unter 80; text fehlt"]
    assert held(personal="ja") == ["enthält personenbezogene Daten"]


def test_a_strict_look_finds_names_and_lets_what_was_replaced_pass() -> None:
    texts = ["Der Zähler steht still.", "Frau Sabine Kowalczyk hat angerufen.", "Frau [NAME] hat angerufen.", None]
    frame = pl.DataFrame({"id": list("abcd"), "text": texts, "quality": [99.0] * 4, "confidence": [99.0] * 4, "completeness": [99.0] * 4})
    rules = "policies: {loose: {personal_data: {allowed: false}}, strict: {personal_data: {allowed: false, scan: strict}}}"
    loose, strict = (gate(frame, read_policies(rules)[name]) for name in ("loose", "strict"))
    assert loose.held.is_empty()
    assert strict.held["id"].to_list() == ["b"] and "Personenbezogenes" in strict.held["reason"][0]
    cleaned = frame.with_columns(Redact()(frame).kept["text"])
    assert gate(cleaned, read_policies(rules)["strict"]).held.is_empty()


def test_records_are_held_back_one_by_one_never_by_average():
    frame = pl.DataFrame({"id": ["a", "b", "c"], "quality": [99.0] * 3, "confidence": [100.0, 100.0, 10.0], "completeness": [100.0] * 3})
    told = gate(frame, read_policies(PLAIN)["plain"])
    assert told.passed and told.held["id"].to_list() == ["c"]
    strict = read_policies("policies: {a: {least_share: 0.9, required: [text]}}")["a"]
    assert gate(frame, strict).faults == ("Die Spalte „text“ fehlt.",) and not gate(frame, strict).passed


def test_what_another_threshold_would_mean_is_told_by_kind():
    quality = [82.0] * 1204 + [99.0] * 10
    kinds = ["ticket"] * 611 + ["bill"] * 593 + ["post"] * 10
    frame = pl.DataFrame({"id": [str(at) for at in range(1214)], "kind": kinds, "quality": quality})
    told = what_if(frame, "quality", 80, 85)
    assert told.text == "85 statt 80: 1.204 Datensätze weniger, davon 611 Tickets, 593 Rechnungen."
    assert told.fewer == 1204 and told.kept == 10
    assert what_if(frame, "quality", 85, 80).fewer == -1204
    assert what_if(frame, "quality", 50, 55).text.endswith("kein Datensatz anders.")


def test_a_verdict_is_plain_json_and_the_same_each_time():
    frame, _ = records(1500, 3)
    policy = read_policies(PLAIN)["plain"]
    told = [judge(frame, policy=policy, group="channel", outcome="rating", against=frame[:700]).as_dict() for _ in range(2)]
    assert json.dumps(told[0]) == json.dumps(told[1])
    assert {"quality", "completeness", "consistency", "bias", "drift", "gate", "what_if"} <= told[0].keys()
    assert any(one["rule"] == "last = first + used" for one in told[0]["consistency"])
    with pytest.raises(InvalidInput, match="Gruppe und Ergebnis"):
        judge(frame, policy=policy, group="channel")
    with pytest.raises(InvalidInput, match="gibt es in den Daten nicht"):
        judge(frame, policy=policy, group="nope", outcome="rating")


def hostile(rows: int = 120) -> pl.DataFrame:
    half = [at % 2 for at in range(rows)]
    return pl.DataFrame(
        {
            "id": list(range(rows)), "kind": half, "text": [None if at % 3 else "Hallo Welt, das ist gut." for at in range(rows)],
            "*": ["x"] * rows, "^a.*$": ["y"] * rows, "leer:id": ["1"] * rows, "{} x": [str(at) for at in range(rows)],
            "decimal": [Decimal(at) / 7 for at in range(rows)], "time": [time(1, 2)] * rows, "apart": [timedelta(at) for at in range(rows)],
            "bytes": [b"\xff\x00"] * rows, "list": [[1]] * rows, "struct": [{"a": 1}] * rows, "nan": [float("nan")] * rows,
            "infinite": [float("inf") if at % 2 else 1.0 * at for at in range(rows)], "big": ["9" * 400] * rows, "null": [None] * rows,
            "moment": [datetime(2024, 1, 1) + timedelta(at) for at in range(rows)], "yes": [at == 1 for at in half],
            "far": ["1e400"] * rows,
            "choice": pl.Series(["u", "v"] * (rows // 2), dtype=pl.Enum(["u", "v"])),
        }
    )  # fmt: skip


@pytest.mark.parametrize("part", [slice(None), slice(0, 1), slice(0, 0)])
def test_any_types_and_headers_are_judged_and_told_as_json(part):
    frame = hostile()
    policy = read_policies("policies: {a: {personal_data: {allowed: false}}}")["a"]
    told = judge(frame[part], policy=policy, against=frame, group="yes", outcome="choice")
    assert told.scored["id"].to_list() == frame[part]["id"].to_list()
    assert json.loads(json.dumps(told.as_dict(), allow_nan=False))["gate"]["rows"] == len(told.scored)
    with pytest.raises(InvalidInput, match="keine einfachen Werte"):
        judge(frame, policy=policy, group="list", outcome="yes")


def test_one_group_that_stands_out_does_not_flag_the_others() -> None:
    rates = {"a": 80, "b": 82, "c": 40, "d": 79}
    rows = [(name, at < good) for name, good in rates.items() for at in range(100) for _ in range(3)]
    frame = pl.DataFrame(rows, schema=["ort", "rechtzeitig"], orient="row").with_row_index("id").cast({"id": pl.String})
    assert [one.group for one in bias(frame, "ort", "rechtzeitig") if one.flagged] == ["c"]
    both = frame.filter(pl.col("ort").is_in(["a", "c"]))
    assert sorted(one.group for one in bias(both, "ort", "rechtzeitig") if one.flagged) == ["a", "c"]
