"""A gap closes when the company's documents answer its questions: asked again once a document came, and not before."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from nova.answers.understand.vocabulary import Vocabulary
from nova.flows.answerable import AnswerableNow
from nova.kpi.gaps import closing
from nova.kpi.gaps.closing import close_answered
from nova.kpi.gaps.find import find_gaps
from nova.kpi.measure.hour import Prices
from nova.kpi.measuring import Measuring
from nova.store.postgres.db import Database
from tests.rooms.knowledge.house import LAW, House
from tests.rooms.kpi.house import MONDAY, answer, judge, subject, wipe
from tests.rooms.kpi.test_job import Ctx, NoChildren

DAY = timedelta(days=1)
NOW = MONDAY + DAY
ASKED = ["Wie oft sind Musterlampen zu prüfen?", "Wie oft muss man Musterlampen prüfen?"]


@pytest.fixture
def house(database: Database, tmp_path: Path) -> Iterator[House]:
    wipe(database)
    database.execute("TRUNCATE index_outbox, analysers, jobs CASCADE")
    opened = House(database, tmp_path)
    yield opened
    opened.jobs.close()


def answerable(house: House) -> AnswerableNow:
    return AnswerableNow(house.database, house.index, house.room.analysers.current, Vocabulary.load)


def ask(house: House, at: datetime = MONDAY, **more: Any) -> list[Any]:
    known = {"status": "refused", **more}
    return [answer(house.database, at, one, subject_id=subject(house.database), **known) for one in ASKED]


def states(house: House) -> list[tuple[str, datetime | None]]:
    return [(row["state"], row["closed_at"]) for row in house.database.fetch_all("SELECT state, closed_at FROM knowledge_gaps")]


def close(house: House, now: datetime = NOW) -> int:
    return close_answered(house.database, answerable(house), now, Ctx())  # type: ignore[arg-type]


def test_a_document_that_answers_closes_the_gap_and_asking_in_vain_opens_it_again(house: House) -> None:
    ask(house)
    assert find_gaps(house.database, NOW) == 1
    assert close(house) == 0 and states(house) == [("open", None)]
    house.add("# Andere Dinge\n\nFernwärme wird in Megawattstunden abgerechnet.\n", "anderes.md")
    assert close(house) == 0
    house.add(LAW)
    measuring = Measuring(house.database, NoChildren(), Prices())  # type: ignore[arg-type]
    done = measuring.due(NOW, Ctx(), answerable(house))  # type: ignore[arg-type]
    assert (done["gaps"], done["gaps_closed"]) == (0, 1) and states(house) == [("closed", NOW)]
    assert find_gaps(house.database, NOW + DAY) == 0
    ask(house, NOW + DAY)
    assert find_gaps(house.database, NOW + 2 * DAY) == 1 and states(house) == [("open", None)]


def test_what_was_judged_to_be_wrong_stays_open_though_it_is_found(house: House) -> None:
    for one in ask(house, status="answered", margin=2.0):
        judge(house.database, MONDAY, one, False, "falsch")
    find_gaps(house.database, NOW)
    house.add(LAW)
    assert close(house) == 0 and states(house) == [("open", None)]


def test_without_a_newer_document_nothing_is_asked_again(house: House) -> None:
    house.add(LAW)
    ask(house, datetime.now(UTC) + timedelta(minutes=1))
    find_gaps(house.database, datetime.now(UTC) + DAY)
    with house.database.transaction() as conn:
        assert closing.store.to_ask_again(conn) == []


def test_of_many_gaps_each_has_its_hour() -> None:
    many = list(range(50))
    turns = [closing.turn(many, NOW + hour * timedelta(hours=1)) for hour in range(5)]  # type: ignore[arg-type]
    assert all(len(turn) == closing.MOST_GAPS for turn in turns) and {one for turn in turns for one in turn} == set(many)
    assert closing.turn(many[:3], NOW) == many[:3]  # type: ignore[arg-type,comparison-overlap]
