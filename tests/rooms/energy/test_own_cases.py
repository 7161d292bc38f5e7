"""What people do with meters, their assignments and recommendations, on the room's own classes."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from nova.energy.calendar import today
from nova.energy.delivery.files import ImportFiles
from nova.energy.delivery.push import as_table
from nova.energy.formats.parsed import Options
from nova.energy.meters.assignments import MeterAssignments, WantedAssignment, moment
from nova.energy.meters.meters import MeterFilter, Meters
from nova.energy.recommend.recommendations import Recommendations
from nova.engines.queue.postgres import PostgresJobs
from nova.errors import InvalidInput, NotFound
from nova.records import Caller
from nova.store.ids import uuid7
from nova.store.people.governance import UserRow, ensure_user
from nova.store.people.usage import NO_LIMIT
from nova.store.postgres.db import Database
from nova.store.series import forecasts, meters, recommendations
from nova.store.series.forecasts import Model
from nova.store.series.recommendations import NewRecommendation
from nova.store.talk.conversations import NOT_KEPT
from tests.fakes.memory import InlineChildren, ListAudit, MemoryObjects

OPERATOR = Caller("admin")


class People:
    """Makes people as they are named."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __call__(self, name: str) -> UserRow:
        with self._database.transaction() as conn:
            return ensure_user(conn, name)


class Events:
    """Remembers the decisions that were kept."""

    def __init__(self) -> None:
        self.kept: list[Mapping[str, Any]] = []
        self.whose: list[UUID | None] = []

    def __call__(self, _conn: Connection[Any], user_id: UUID | None, meta: Mapping[str, Any]) -> None:
        self.kept.append(meta)
        self.whose.append(user_id)


def meter(database: Database, **facts: Any) -> str:
    name = f"FALL-{uuid4().hex[:8]}"
    with database.transaction() as conn:
        meters.save(conn, meters.Meter(name, title="Halle", facts=facts))
    return name


def cases(database: Database, objects: MemoryObjects | None = None) -> tuple[Meters, ListAudit]:
    audit = ListAudit()
    return Meters(database, objects or MemoryObjects(), audit, People(database), NO_LIMIT), audit


def test_a_fact_that_is_given_as_none_goes_and_others_stay(database: Database) -> None:
    name = meter(database, region="Berlin", pv_kwp=9.5)
    own, audit = cases(database)
    changed = own.change(OPERATOR, name, {"region": None, "tariff": {"fixed_ct_kwh": 30.0}, "keep_days": 90, "title": None})
    assert changed.state.meter.facts == {"pv_kwp": 9.5, "tariff": {"fixed_ct_kwh": 30.0}}
    assert (changed.state.meter.keep_days, changed.state.meter.title) == (90, "Halle")
    assert (audit.entries, audit.facts) == ([("meter.changed", name)], [{"fields": ["keep_days", "region", "tariff"]}])


def test_who_gets_a_meter_has_it_and_the_company_gets_it_back(database: Database) -> None:
    name, person = meter(database), f"anna-{uuid4().hex[:6]}"
    own, audit = cases(database)
    given = own.change(OPERATOR, name, {"owner": person})
    assert (given.state.customer, given.state.mine) == (person, False)
    anna = Caller("customer", given.state.meter.owner, person)
    (state,), total = own.page(anna, MeterFilter(assigned=True), 10, 0)
    assert (state.meter.meter_id, state.mine, state.customer, total) == (name, True, None, 1)
    assert own.change(OPERATOR, name, {"owner": person}).state.meter == given.state.meter
    assert own.change(OPERATOR, name, {"owner": None}).state.customer is None
    assert [facts["fields"] for facts in audit.facts] == [["owner"], [], ["owner"]]


def test_a_meters_models_go_with_it(database: Database) -> None:
    name, objects = meter(database), MemoryObjects()
    own, _ = cases(database, objects)
    model = Model(uuid7(), f"meter/{name}", "live", ("lags",), datetime.now(UTC), {}, f"forecasts/{uuid7()}.json")
    objects.put(model.object_key, b"{}")
    with database.transaction() as conn:
        forecasts.put_model(conn, model)
    own.delete(OPERATOR, name)
    assert objects.held == {}
    with pytest.raises(NotFound):
        own.one(OPERATOR, name)


def test_assignments_begin_and_end_with_days_of_berlin(database: Database) -> None:
    assert moment(date(2026, 7, 1)) == datetime(2026, 6, 30, 22, tzinfo=UTC)
    name, person = f"FALL-{uuid4().hex[:8]}", f"ben-{uuid4().hex[:6]}"
    own = MeterAssignments(database, audit := ListAudit(), People(database), NO_LIMIT)
    wanted = [WantedAssignment(person, date(2026, 1, 1), datetime(2026, 2, 1, tzinfo=UTC))]
    (made,) = own.replace(OPERATOR, name, wanted)
    assert (made.customer, made.starts, made.ends) == (person, datetime(2025, 12, 31, 23, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC))
    assert own.replace(OPERATOR, name, wanted) == [made]
    assert [action for action, _ in audit.entries] == ["meter.assigned"], "what changes nothing is not noted"


def recommended(database: Database, owner: UUID | None) -> UUID:
    name, made = meter(database), uuid7()
    row = NewRecommendation(
        made, owner, "a", name, today() + timedelta(days=1), "Titel", "Nach § 14a EnWG sparen.", 3.0, 1.0, {"terms": []}
    )
    with database.transaction() as conn:
        recommendations.put(conn, name, row.day, [row])
    return made


def test_a_decision_is_kept_as_an_event_without_words_of_who_agreed_to_nothing(database: Database) -> None:
    person = People(database)(f"carla-{uuid4().hex[:6]}")
    carla = Caller("customer", person.user_id, person.external_id)
    one = recommended(database, person.user_id)
    own = Recommendations(database, audit := ListAudit(), str.upper, events := Events())
    decided = own.decide(carla, one, "passt_nicht", "zu teuer")
    assert (decided.row.state, decided.row.reason, decided.may_decide, decided.norms) == ("declined", NOT_KEPT, True, ["§ 14a EnWG"])
    assert own.undo(carla, one).row.state == "open"
    own.undo(carla, one)  # there is nothing left to take back
    assert [meta["decision"] for meta in events.kept] == ["passt_nicht", "zurueck"]
    assert events.whose == [carla.user_id, carla.user_id]
    assert [action for action, _ in audit.entries] == ["recommendation.decided", "recommendation.reopened"]


def test_the_operators_reason_is_kept_redacted(database: Database) -> None:
    own = Recommendations(database, ListAudit(), str.upper, Events())
    one = recommended(database, None)
    assert own.decide(OPERATOR, one, "passt_nicht", "zu teuer").row.reason == "ZU TEUER"
    stranger = Caller("customer", uuid4(), "dora")
    with pytest.raises(NotFound):
        own.undo(stranger, one)


def test_what_an_operator_decides_for_others_is_the_companys_decision(database: Database) -> None:
    person, operator = (People(database)(f"{name}-{uuid4().hex[:6]}") for name in ("carla", "olga"))
    olga = Caller("admin", operator.user_id, operator.external_id)
    own = Recommendations(database, ListAudit(), str.upper, events := Events())
    for owner in (None, person.user_id, operator.user_id):
        own.decide(olga, recommended(database, owner), "spaeter", "")
    assert events.whose == [None, None, operator.user_id]


def test_an_empty_file_is_not_kept(database: Database) -> None:
    jobs, objects = PostgresJobs(database), MemoryObjects()
    try:
        with pytest.raises(InvalidInput, match="leer"):
            ImportFiles(database, objects, InlineChildren(), jobs).leave(OPERATOR, b"", Options(name="leer.csv"))
    finally:
        jobs.close()
    assert objects.held == {}


def test_rows_of_json_are_the_table_that_says_the_same() -> None:
    body = b'[{"meter_id": "A", "ts": "2026-03-01T00:00:00Z", "consumption_kw": 1.5, "quality": null}]'
    assert as_table(body) == b"meter_id,ts,consumption_kw\nA,2026-03-01T00:00:00Z,1.5\n"
    assert as_table(b"meter_id,ts\n") == b"meter_id,ts\n"
    for wrong in (b"[", b"[]", b"[1]", b'[{"kw": 1}]'):
        with pytest.raises(InvalidInput):
            as_table(wrong)
