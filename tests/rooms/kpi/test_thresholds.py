"""The thresholds' file: what it says is read, what it must not say is named with its line."""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nova.errors import Misconfigured
from nova.kpi.measure.registry import KPIS
from nova.kpi.rules import thresholds
from nova.kpi.rules.thresholds import Action, parse
from nova.language.text_version import version_of
from tests.house.places import ROOT

GOOD = """version: 1
every: 5m
rules:
  - name: hilfreich
    kpi: useful_share
    segment: kind:document
    window: 7d
    n: 20
    direction: below
    warn: 0.7
    critical: 0.5
    clear: 0.05
    for: 3
    method: ewma
    action: {ticket: auto, channels: [log, mail, log]}
    text: |
      Zu wenige Antworten
      sind hilfreich.
"""


def test_a_rule_is_read() -> None:
    found = parse(GOOD)
    rule = found.rules[0]
    assert found.every == timedelta(minutes=5) and found.version == version_of(GOOD)
    assert (rule.name, rule.kpi, rule.segment, rule.window, rule.least) == (
        "hilfreich",
        "useful_share",
        "kind:document",
        timedelta(days=7),
        20,
    )
    assert (rule.warn, rule.critical, rule.clear, rule.times, rule.method) == (0.7, 0.5, 0.05, 3, "ewma")
    assert rule.action == Action("auto", ("log", "mail"))
    assert rule.text == "Zu wenige Antworten sind hilfreich."


@pytest.mark.parametrize(
    ("old", "new", "line", "word"),
    [
        ("    n: 20\n", "    n: 20\n    wran: 3\n", 9, "wran"),
        ("    n: 20\n", "", 4, "„n“"),
        ("useful_share", "nutzen", 5, "„kpi“"),
        ("window: 7d", "window: 90m", 7, "ganzen Stunden"),
        ("window: 7d", "window: 91d", 7, "90d"),
        ("window: 7d", "window: eine Woche", 7, "Dauer"),
        ("direction: below", "direction: unter", 9, "below"),
        ("critical: 0.5", "critical: 0.8", 11, "kleiner"),
        ("critical: 0.5", "critical: 0.7", 11, "kleiner"),
        ("warn: 0.7", "warn: viel", 10, "Zahl"),
        ("warn: 0.7", "warn: true", 10, "Zahl"),
        ("warn: 0.7", "warn: .nan", 10, "Zahl"),
        ("clear: 0.05", "clear: -1", 12, "Zahl ab 0"),
        ("for: 3", "for: 0", 13, "ganze Zahl"),
        ("for: 3", "for: 2.5", 13, "ganze Zahl"),
        ("method: ewma", "method: raten", 14, "method"),
        ("[log, mail, log]", "[log, fax]", 15, "Kanal"),
        ("ticket: auto", "ticket: niemand", 15, "ticket"),
        ("ticket: auto, channels: [log, mail, log]", "ticket: auto", 15, "channels"),
        ("name: hilfreich", "name: Hilfreich!", 4, "Kleinbuchstaben"),
        ("every: 5m", "every: 0s", 2, "every"),
        ("every: 5m", "every: 2d", 2, "1d"),
        ("warn: 0.7", "warn: 70", 10, "70 % ist 0.7"),
        ("critical: 0.5", "critical: -1", 11, "zwischen 0 und 1"),
        ("clear: 0.05", "clear: 5", 12, "erst bei 5.7"),
        ("kind:document", "quatsch:x", 6, "Teil wie"),
        ("sind hilfreich", "sind hilfr\ufffdich", 18, "UTF-8"),
        ("version: 1", "version: 2", 1, "Fassung 1"),
        ("version: 1", "version: 1\nversion: 1", 2, "zweimal"),
        ("    n: 20\n", "    n: 20\n    n: 30\n", 9, "zweimal"),
        ("n: 20", "n: 0", 8, "mindestens 1"),
        ("action: {ticket: auto", "action: &a {ticket: auto", 15, "Verweise"),
        ("text: |", "text: !!python/none |", 16, "kein Text"),
        ("warn: 0.7", "warn: 2026-01-01", 10, "kein Text und keine Zahl"),
        ("rules:", "rules: 3\nmehr:", 4, "mehr"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(old: str, new: str, line: int, word: str) -> None:
    assert old in GOOD
    with pytest.raises(Misconfigured) as caught:
        parse(GOOD.replace(old, new, 1), "eigene.yaml")
    assert word in caught.value.message
    assert f"eigene.yaml, Zeile {line}" in caught.value.message
    assert caught.value.data["line"] == line


def test_what_contradicts_a_method_is_named() -> None:
    drift = GOOD.replace("method: ewma", "method: cusum")
    with pytest.raises(Misconfigured, match="negativ"):
        parse(drift)
    with pytest.raises(Misconfigured, match="Perzentil"):
        parse(GOOD.replace("useful_share", "latency_p95_ms"))
    assert parse(drift.replace("warn: 0.7", "warn: -5").replace("critical: 0.5", "critical: -9")).rules[0].method == "cusum"


def test_a_file_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / thresholds.NAME
    path.write_bytes(GOOD.replace("hilfreich.", "nützlich.").encode("latin-1"))
    with pytest.raises(Misconfigured, match=r"Zeile 18: .*UTF-8"):
        thresholds.load(path)


def test_a_count_may_want_no_case() -> None:
    counted = GOOD.replace("useful_share", "answers").replace("n: 20", "n: 0").replace("method: ewma", "method: threshold")
    assert parse(counted).rules[0].least == 0


def test_a_name_stands_once() -> None:
    body = GOOD.split("rules:\n")[1]
    with pytest.raises(Misconfigured, match=r"Zeile 19.*zweimal"):
        parse(GOOD + body)


def test_the_shipped_rules_cover_every_figure_and_fit_its_better_side() -> None:
    rules = thresholds.builtin().rules
    assert {rule.kpi for rule in rules} == set(KPIS)
    for rule in rules:
        assert rule.direction == ("below" if KPIS[rule.kpi].better == "up" else "above"), rule.name
        assert rule.text.endswith(".")


def test_the_template_is_valid_and_says_no_more_than_the_shipped_file() -> None:
    template = (ROOT / "config" / "kpi" / "thresholds.yaml").read_text("utf-8")
    assert parse(template).rules == ()
    example = "\n".join(line.removeprefix("#") for line in template.split("rules: []")[1].splitlines())
    rule = parse(f"version: 1\nrules:\n{example}").rules[0]
    assert rule.kpi == "useful_share"


def test_a_text_replaces_the_file_only_when_it_is_right(tmp_path: Path) -> None:
    path = tmp_path / "config" / "kpi" / "thresholds.yaml"
    assert thresholds.load(path) == thresholds.builtin()
    thresholds.replace_text(path, GOOD)
    with pytest.raises(Misconfigured):
        thresholds.replace_text(path, "version: 3")
    assert thresholds.text_in_force(path) == (GOOD, True)
    assert [one.name for one in path.parent.iterdir()] == ["thresholds.yaml"]


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(Misconfigured):
        assert parse(text).version


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=20),
        lambda part: st.lists(part, max_size=4) | st.dictionaries(st.text(max_size=10), part, max_size=4),
        max_leaves=20,
    )
)
def test_any_yaml_is_read_or_refused(value: object) -> None:
    text = yaml.safe_dump({"version": 1, "rules": value}, allow_unicode=True)
    with suppress(Misconfigured):
        assert parse(text).version


def test_deep_and_repeated_yaml_is_refused() -> None:
    for text in ("[" * 5000, "a: " * 3000, "x: &x [1]\ny: [*x, *x]\n", "- " * 4000):
        with pytest.raises(Misconfigured):
            parse(text)
