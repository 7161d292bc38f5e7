"""Clicks and messages that look like a utility's, and all that is made up as a source of a pipeline."""

import re
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from pydantic import ValidationError

from nova.errors import InvalidInput
from nova.ports.sources import Source
from nova.roles import ROLES
from nova.seeding.sample import make
from nova.seeding.split import SPLIT, Split, split
from nova.seeding.synthetic.messages import CHANNELS, KINDS, LENGTH, Event, events, messages, written
from nova.seeding.synthetic.sessions import LEAVES, ROUTES, SHARES, Period, sessions, transitions
from nova.seeding.synthetic.source import SyntheticSource
from nova.seeding.synthetic.spec import SyntheticSpec
from nova.seeding.texts.facts import facts_of

NAV = Path("web/src/app/nav.ts")


@pytest.fixture(scope="module")
def clicks() -> pl.DataFrame:
    return sessions(30_000, seed=3, period=Period(date(2025, 3, 3), 28))


def test_people_open_the_pages_of_their_menu_and_no_others():
    pages = re.findall(r"\{ to: '(/[^']*)'.*?needs: \[([^\]]*)\](?:, unless: '(\w+)')?", NAV.read_text("utf-8"))
    for role, routes in ROUTES.items():
        may = ROLES[role].may  # type: ignore[index]
        menu = {to for to, needs, unless in pages if may & set(re.findall(r"\w+", needs)) and unless not in may}
        assert set(routes) == menu, role


def test_clicks_follow_the_process_they_are_drawn_from(clicks):
    assert len(clicks) == 30_000 and clicks["id"].is_unique().all() and clicks["ts"].is_sorted()
    assert clicks.group_by("session").agg(pl.col("role").n_unique())["role"].max() == 1
    lengths = clicks.group_by("session").len()["len"]
    assert lengths.mean() == pytest.approx(1 / LEAVES, rel=0.05)
    by_role = {role: float(share) for role, share in clicks["role"].value_counts(normalize=True).iter_rows()}
    assert by_role == pytest.approx(SHARES, abs=0.02)
    pages = list(ROUTES["customer"])
    steps = clicks.filter(pl.col("role") == "customer").with_columns(pl.col("route").shift(-1).over("session", order_by="ts").alias("next"))
    seen = steps.drop_nulls("next").group_by("route", "next").len()
    wanted = transitions("customer")
    for at, page in enumerate(pages):
        here = seen.filter(pl.col("route") == page)
        rates = np.array([here.filter(pl.col("next") == there)["len"].sum() for there in pages]) / here["len"].sum()
        assert np.abs(rates - wanted[at]).max() < 0.06 and rates[at] == 0


def test_offices_keep_office_hours_and_households_come_in_the_evening(clicks):
    local = clicks.unique("session", keep="first", maintain_order=True).with_columns(pl.col("ts").dt.convert_time_zone("Europe/Berlin"))
    hour, day = pl.col("ts").dt.hour(), pl.col("ts").dt.weekday()
    staff, home = local.filter(pl.col("role") != "customer"), local.filter(pl.col("role") == "customer")
    assert staff.select(hour.is_between(7, 17).mean()).item() > 0.95 and staff.select((day >= 6).mean()).item() < 0.05
    assert home.select(hour.is_between(18, 21).mean()).item() > staff.select(hour.is_between(18, 21).mean()).item() + 0.2
    assert home.select((day >= 6).mean()).item() > 0.2
    assert local["ts"].dt.date().min() >= date(2025, 3, 3) and local["ts"].dt.date().max() <= date(2025, 3, 30)


def test_the_same_seed_gives_the_same_clicks_and_a_skipped_hour_is_none():
    assert sessions(500, 4).equals(sessions(500, 4)) and not sessions(500, 4).equals(sessions(500, 5))
    spring = sessions(3000, 1, Period(date(2025, 3, 30), 1))
    assert len(spring) == 3000 and spring["ts"].null_count() == 0
    for wrong in ((0, 1), (10, -1)):
        with pytest.raises(InvalidInput):
            sessions(*wrong)


def test_each_channel_tells_the_same_facts_within_its_length():
    told = written(100, seed=5)
    assert set(told["channel"]) == set(CHANNELS) and set(told["kind"]) == set(KINDS)
    assert all(len(text) <= LENGTH[channel] for channel, text in told.select("channel", "text").iter_rows())
    assert told.filter(pl.col("channel") == "mail")["subject"].null_count() == 0
    for rows in told.partition_by("event"):
        assert len(rows) == 4 and len({frozenset(facts_of(text, "de")) for text in rows["text"]}) == 1
    for at, event in enumerate(events(25, 5), 1):
        texts = told.filter(pl.col("event") == f"ereignis-5-{at:06d}")["text"]
        assert all(value in text for value in event.facts.values() for text in texts)
    assert told.equals(written(100, seed=5)) and not told.equals(written(100, seed=6))


def test_an_event_that_does_not_fit_or_lacks_a_fact_is_refused():
    facts = {"place": "Kirchau", "street": "Ringstraße", "begin": "8", "end": "12"}
    assert len(messages(Event("outage", facts, {"day": date(2025, 3, 4)}))) == 4
    with pytest.raises(InvalidInput, match="social"):
        messages(Event("outage", facts | {"street": "Ringstraße " * 30}, {"day": date(2025, 3, 4)}))
    with pytest.raises(InvalidInput, match="„end“"):
        messages(Event("outage", {name: value for name, value in facts.items() if name != "end"}, {"day": date(2025, 3, 4)}))
    with pytest.raises(InvalidInput):
        written(0)


@pytest.mark.parametrize("kind", ["table", "variants", "sessions", "messages"])
def test_every_kind_is_a_source_whose_rows_are_marked_and_never_tested(kind):
    tickets = make(60, seed=2).tables["tickets"]
    spec = SyntheticSpec(kind=kind, rows=60, seed=1, of={"dataset": "tickets"} if kind in ("table", "variants") else None)
    source: Source = SyntheticSource(spec, tickets if spec.of else None, "tickets@4f2a" if spec.of else "")
    (batch,) = source.batches({})
    frame = pl.DataFrame(dict(batch.columns), schema_overrides=dict.fromkeys(batch.columns, pl.String))
    assert set(frame["_made"]) == {"synthetic"} and frame["_from"].null_count() == 0
    assert frame["id"].is_unique().all() and len(frame) >= 60
    assert set(split(frame, Split())[SPLIT]) == {"train"}
    (again,) = source.batches({})
    assert (again.sha256, again.columns) == (batch.sha256, batch.columns)
    assert list(source.batches(batch.cursor)) == []
    preview = source.preview()
    assert len(preview.columns["id"]) == 10 and preview.columns["id"] == batch.columns["id"][:10]
    assert kind in source.name and (kind != "table" or any("text" in problem for problem in batch.problems))


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "sessions", "of": {"dataset": "tickets"}},
        {"kind": "table"},
        {"kind": "dreams"},
        {"kind": "sessions", "rows": 0},
        {"kind": "sessions", "colour": "red"},
        {"kind": "table", "of": {"dataset": "tickets"}, "sorts": {"kwh": "zahl"}},
        {"kind": "table", "of": {"dataset": "tickets", "version": "../x"}},
    ],
)
def test_a_spec_that_is_wrong_is_refused(wrong):
    with pytest.raises(ValidationError):
        SyntheticSpec(**wrong)


def test_a_source_of_a_version_needs_its_rows():
    spec = SyntheticSpec(kind="variants", of={"dataset": "tickets"})
    with pytest.raises(InvalidInput):
        SyntheticSource(spec)
