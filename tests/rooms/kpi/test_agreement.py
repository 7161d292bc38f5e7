"""How far two agree: what kappa says of known tables, its bounds, when a week ends, and the limits that are read."""

from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from nova.errors import Misconfigured
from nova.kpi.review.agreement import measured, rules_of, told, week_end
from nova.stats.agreement import cohen


def pairs(table: dict[tuple[str, str], int]) -> list[tuple[str, str]]:
    return [pair for pair, count in table.items() for _ in range(count)]


def test_kappa_is_that_of_known_tables() -> None:
    known = cohen(pairs({("ja", "ja"): 20, ("ja", "nein"): 5, ("nein", "ja"): 10, ("nein", "nein"): 15}))
    assert known.kappa == pytest.approx(0.4) and known.share == pytest.approx(0.7) and known.pairs == 50
    none = cohen(pairs({("a", "a"): 5, ("a", "b"): 5, ("b", "a"): 5, ("b", "b"): 5}))
    assert none.kappa == pytest.approx(0) and none.low is not None and none.low < 0 < (none.high or 0)
    full = cohen(pairs({("a", "a"): 12, ("b", "b"): 8}))
    assert (full.kappa, full.high) == (1.0, 1.0) and 0.5 < (full.low or 0) < 1
    assert cohen([]).kappa is None and cohen([("a", "a")] * 30).kappa is None


def test_bounds_hold_the_true_kappa_about_as_often_as_they_say() -> None:
    dice, true, held = Random(7), 0.6, 0
    for _ in range(1000):
        firsts = dice.choices("xyz", (0.5, 0.3, 0.2), k=30)
        found = cohen([(one, one if dice.random() < true else dice.choices("xyz", (0.5, 0.3, 0.2))[0]) for one in firsts])
        held += found.low is not None and found.high is not None and found.low <= true <= found.high
    assert 930 <= held <= 985


def test_a_week_ends_on_monday_by_the_clock_of_berlin() -> None:
    assert week_end(datetime(2026, 11, 26, 12, tzinfo=UTC)) == datetime(2026, 11, 22, 23, tzinfo=UTC)
    assert week_end(datetime(2026, 11, 22, 23, 30, tzinfo=UTC)) == datetime(2026, 11, 22, 23, tzinfo=UTC)
    assert week_end(datetime(2026, 7, 1, 12, tzinfo=UTC)) == datetime(2026, 6, 28, 22, tzinfo=UTC)


def test_too_few_pairs_say_nothing_and_all_alike_pass() -> None:
    rules, ends = rules_of(Path("nirgends")), datetime(2026, 11, 22, 23, tzinfo=UTC)
    few = measured(cohen([("a", "b")] * 19), rules, ends, ends)
    assert (few.pairs, few.kappa, few.share, few.passed) == (19, None, None, None)
    assert told(few, rules).text == "Zu wenige Paare bis 23.11.2026: 19; gemessen wird ab 20."
    alike = measured(cohen([("a", "a")] * 20), rules, ends, ends)
    assert alike.passed and "sagen dasselbe" in told(alike, rules).text


def test_the_template_is_what_ships_and_an_own_file_is_read_strictly(tmp_path: Path) -> None:
    text = Path("config/kpi/second.yaml").read_text("utf-8")
    assert text == Path("src/nova/kpi/review/second.yaml").read_text("utf-8")
    own = tmp_path / "second.yaml"
    own.write_text(text.replace("share: 0.1", "share: 0.2"), "utf-8")
    assert rules_of(own).share == 0.2
    own.write_text(text + "anteil: 1\n", "utf-8")
    with pytest.raises(Misconfigured, match="anteil"):
        rules_of(own)
