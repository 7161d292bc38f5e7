"""Recommendations and schedules in PostgreSQL: decisions stay, days pass, others see and decide nothing; the job that makes them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
import pytest

from nova.energy.calendar import day_bounds, local_hours
from nova.energy.recommend.run import recommend_all
from nova.energy.tariff import terms_of
from nova.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nova.series import Product, prices, readings
from nova.store.ids import uuid7
from nova.store.postgres.db import Database
from nova.store.series import batches, meters, recommendations, schedules
from nova.store.series import prices as price_store
from nova.store.series import readings as reading_store
from nova.store.series.batches import NewBatch
from nova.store.series.meters import Meter
from nova.store.series.recommendations import NewRecommendation
from nova.store.series.schedules import NewSchedule
from nova.visibility import Visible
from tests.fakes.running import Context
from tests.owning import STAFF

ALL = Visible(everyone=True, owner=None)
DAY = date(2025, 6, 18)


def user(database: Database) -> UUID:
    user_id = uuid7()
    database.execute("INSERT INTO users (user_id, external_id, role) VALUES (%s, %s, 'customer')", (user_id, str(user_id)))
    return user_id


def new(subject: str, rule: str = "a", owner: UUID | None = None, eur: float | None = 1.0, day: date = DAY) -> NewRecommendation:
    return NewRecommendation(uuid7(), owner, rule, subject, day, "Titel", "Text", eur, None, {"facts": []})


def put(database: Database, *found: NewRecommendation) -> int:
    with database.transaction() as conn:
        return recommendations.put(conn, found[0].subject, found[0].day, found)


def page(database: Database, subject: str, seen: Visible = ALL, **more: Any) -> list[recommendations.StoredRecommendation]:
    with database.transaction() as conn:
        return recommendations.page(conn, seen, subject=subject, **more)


def test_the_same_again_renews_what_is_open_and_leaves_what_is_decided(database: Database) -> None:
    assert put(database, new("S1"), new("S1", "b", eur=5.0), new("S1", "c", eur=None)) == 3
    assert [one.rule for one in page(database, "S1")] == ["b", "a", "c"]
    with database.transaction() as conn:
        taken = recommendations.decide(conn, page(database, "S1")[0].recommendation_id, "taken", None, DAY, ALL)
    assert taken.state == "taken" and taken.decided_at is not None
    assert put(database, new("S1", "a", eur=9.0), new("S1", "b", eur=9.0)) == 1
    assert [(one.rule, one.eur) for one in page(database, "S1", states=None)] == [("a", 9.0), ("b", 5.0)]


def test_days_pass_for_what_is_open(database: Database) -> None:
    put(database, new("S2"))
    with database.transaction() as conn:
        assert recommendations.expire(conn, DAY) == 0
        assert recommendations.expire(conn, DAY + timedelta(days=1)) >= 1
    (past,) = page(database, "S2", states=["past"])
    with database.transaction() as conn, pytest.raises(Conflict, match="vorbei"):
        recommendations.decide(conn, past.recommendation_id, "taken", None, DAY, ALL)


def test_nobody_decides_on_a_day_that_is_over(database: Database) -> None:
    put(database, new("S5"))
    (one,) = page(database, "S5")
    with database.transaction() as conn:
        recommendations.decide(conn, one.recommendation_id, "taken", None, DAY, ALL)
        with pytest.raises(Conflict, match="vorbei"):
            recommendations.decide(conn, one.recommendation_id, "later", None, DAY + timedelta(days=1), ALL)
    assert [row.state for row in page(database, "S5", states=None)] == ["taken"]


def test_a_decision_needs_the_right_and_a_reason(database: Database) -> None:
    one, other = user(database), user(database)
    put(database, new("S3", owner=one))
    put(database, new("S4"))
    mine, company = page(database, "S3")[0].recommendation_id, page(database, "S4")[0].recommendation_id
    assert page(database, "S3", Visible(everyone=False, owner=other)) == []
    seen = Visible(everyone=False, owner=one)
    with database.transaction() as conn:
        with pytest.raises(NotFound):
            recommendations.decide(conn, mine, "taken", None, DAY, Visible(everyone=False, owner=other))
        with pytest.raises(NotFound):
            recommendations.decide(conn, company, "taken", None, DAY, seen)
        with pytest.raises(NotAllowed):
            recommendations.decide(conn, company, "taken", None, DAY, STAFF)
        with pytest.raises(InvalidInput, match="warum"):
            recommendations.decide(conn, mine, "declined", " ", DAY, seen)
        with pytest.raises(InvalidInput):
            recommendations.decide(conn, mine, "past", None, DAY, seen)
        assert recommendations.decide(conn, mine, "declined", "passt  nicht", DAY, seen).reason == "passt nicht"
        assert [(row.rule, row.state) for row in recommendations.decisions(conn, "S3", one)] == [("a", "declined")]
        assert recommendations.decisions(conn, "S3", other) == []  # whoever has the meter next decides anew


def test_schedules_are_kept_listed_and_removed_by_whom_they_belong_to(database: Database) -> None:
    mine = NewSchedule(uuid7(), user(database), "Haus", {"name": "Haus"}, {"cost_eur": 1.5, "idle_eur": None, "ts": []})
    seen = Visible(everyone=False, owner=mine.owner)
    with database.transaction() as conn:
        schedules.put(conn, mine)
        assert schedules.get(conn, mine.schedule_id, seen).result["cost_eur"] == 1.5
        assert [(one.title, one.cost_eur, one.idle_eur) for one in schedules.page(conn, seen) if one.owner] == [("Haus", 1.5, None)]
        with pytest.raises(NotFound):
            schedules.get(conn, mine.schedule_id, Visible(everyone=False, owner=uuid7()))
        with pytest.raises(NotFound):
            schedules.delete(conn, mine.schedule_id, Visible(everyone=False, owner=uuid7()))
        schedules.delete(conn, mine.schedule_id, seen)
        with pytest.raises(NotFound):
            schedules.get(conn, mine.schedule_id, ALL)


def test_the_job_recommends_and_does_not_insist(database: Database) -> None:
    now = datetime.fromtimestamp(day_bounds(DAY)[0] - 8 * 3600, UTC)
    ts = np.arange(day_bounds(DAY - timedelta(days=40))[0], int(now.timestamp()), 900, dtype=np.int64)
    used = np.where((local_hours(ts) >= 18) & (local_hours(ts) < 22), 2.0, 0.3)
    hours = np.arange(day_bounds(DAY - timedelta(days=40))[0], day_bounds(DAY)[1], 3600, dtype=np.int64)
    spot = np.where(local_hours(hours) < 4, -10.0, np.where(local_hours(hours) >= 18, 200.0, 90.0))
    with database.transaction() as conn:
        batch = batches.open(conn, NewBatch("test", "columns"))
        meters.save(conn, Meter("JOB-1", title="Haus", facts={"tariff": {"surcharge_ct_kwh": 15, "vat_percent": 19}}))
        meters.save(conn, Meter("JOB-2", facts={"tariff": {"preis": 3}}))
        reading_store.put(conn, [readings("JOB-1", 900, ts, used)], batch)
        price_store.put(conn, [prices(Product("TEST", "DAY_AHEAD", "DE-LU", 3600), hours, spot)], batch)
    context: Any = Context()
    told = recommend_all(database, now, context)
    assert told["recommendations"] >= 2 and [one["meter_id"] for one in told["wrong"]] == ["JOB-2"]
    found = {one.rule: one for one in page(database, "JOB-1")}
    assert {"guenstige_stunden", "negative_preise"} <= set(found) and found["guenstige_stunden"].day == DAY
    assert any(fact["name"] == "movable_kwh" for fact in found["guenstige_stunden"].evidence["facts"])
    with database.transaction() as conn:
        recommendations.decide(conn, found["guenstige_stunden"].recommendation_id, "declined", "Schichtdienst", DAY, ALL)
        conn.execute("UPDATE recommendations SET decided_at = %s WHERE state = 'declined'", (now,))
    again = recommend_all(database, now + timedelta(hours=1), context)
    assert again["recommendations"] == told["recommendations"] - 1
    assert [one.state for one in page(database, "JOB-1", states=None) if one.rule == "guenstige_stunden"] == ["declined"]


def test_of_an_owners_schedules_the_newest_stay(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedules, "KEPT", 3)
    owner, other = user(database), user(database)
    for number in range(5):
        with database.transaction() as conn:
            schedules.put(conn, NewSchedule(uuid7(), owner, f"Plan {number}", {}, {}, "M-1"))
    with database.transaction() as conn:
        schedules.put(conn, NewSchedule(uuid7(), other, "Anderer", {}, {}))
        seen = Visible(everyone=False, owner=owner)
        assert [one.title for one in schedules.page(conn, seen) if one.owner] == ["Plan 4", "Plan 3", "Plan 2"]
        assert len(schedules.page(conn, seen, meter_id="M-1")) == 3


def test_a_tariff_with_unknown_keys_is_refused() -> None:
    assert terms_of({"fixed_ct_kwh": 30}).fixed_ct_kwh == 30.0
    with pytest.raises(InvalidInput, match="fixed_ct_kwh"):
        terms_of({"fixed": 30})
