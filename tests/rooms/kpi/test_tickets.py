"""Tickets: every change is kept and told once, words are redacted first, an effect is measured when one is done."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from nova.errors import Conflict, InvalidInput, NotFound
from nova.kpi.measure.estimate import Estimate
from nova.kpi.tickets import changes
from nova.kpi.tickets.changes import Patch, Wish, verdict
from nova.store.postgres.db import Database
from nova.store.quality import kpi as hours
from nova.store.quality import tickets as store
from nova.store.quality.alerts import NewNotice
from tests.rooms.kpi.house import MANY, wipe
from tests.rooms.kpi.test_evaluation import gap

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Board:
    """A database and what was told."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.told: list[NewNotice] = []

    def tell(self, _: Connection[Any], notice: NewNotice) -> None:
        self.told.append(notice)

    def open(self, **wish: Any) -> UUID:
        with self.db.transaction() as conn:
            wanted = Wish(**{"title": "Preisblatt fehlt", "text": "", "kind": "other", "owner": "lumina", **wish})
            return changes.open_by_hand(conn, wanted, "admin", NOON, self.tell)

    def change(self, ticket_id: UUID, at: datetime = NOON + HOUR, **patch: Any) -> store.TicketRow:
        with self.db.transaction() as conn:
            changes.change(conn, ticket_id, Patch(**patch), "admin", at, self.tell)
        return self.get(ticket_id)

    def get(self, ticket_id: UUID) -> store.TicketRow:
        with self.db.transaction() as conn:
            return store.get(conn, ticket_id)

    def history(self, ticket_id: UUID) -> list[dict[str, Any]]:
        with self.db.transaction() as conn:
            return store.changes(conn, ticket_id)


@pytest.fixture
def board(database: Database) -> Board:
    wipe(database)
    database.execute("TRUNCATE tickets, ticket_history, ticket_episodes, alert_episodes CASCADE")
    return Board(database)


def test_every_change_is_a_row_and_is_told_once(board: Board) -> None:
    one = board.open()
    board.change(one, state="doing", owner="orion")
    board.change(one, comment="Wir sind dran.")
    found = board.change(one, state="dropped")
    assert [(row["what"], row["facts"]) for row in board.history(one)] == [
        ("opened", {}),
        ("moved", {"from": "open", "to": "doing"}),
        ("handed", {"from": "lumina", "to": "orion"}),
        ("commented", {}),
        ("moved", {"from": "doing", "to": "dropped"}),
    ]
    assert [notice.event for notice in board.told] == [f"ticket.{row['what']}" for row in board.history(one)]
    assert len({notice.key for notice in board.told}) == 5
    assert found.closed_at == NOON + HOUR and found.state == "dropped"
    assert board.change(one, state="open").closed_at is None


def test_words_are_redacted_before_they_are_stored_and_comments_are_never_told(board: Board) -> None:
    one = board.open(title="Anruf von max.muster@example.org", text="IBAN DE89 3704 0044 0532 0130 00")
    board.change(one, comment="Rückruf unter erika@example.org")
    stored = str([board.get(one), board.history(one)])
    assert "muster@" not in stored and "0532" not in stored and "erika@" not in stored
    assert "Rückruf" in stored and "Rückruf" not in str(board.told)


def test_somebody_who_was_quicker_is_not_overwritten(board: Board) -> None:
    one = board.open()
    seen = board.get(one).version
    board.change(one, state="doing", version=seen)
    with pytest.raises(Conflict):
        board.change(one, state="dropped", version=seen)


def test_what_makes_no_sense_is_refused(board: Board) -> None:
    with pytest.raises(InvalidInput):
        board.open(title="   ")
    with pytest.raises(NotFound, match="Wissenslücke"):
        board.open(gap_id=uuid4())
    with pytest.raises(NotFound):
        board.change(uuid4(), state="done")


def test_a_change_of_nothing_leaves_no_trace(board: Board) -> None:
    one = board.open()
    before = board.get(one)
    assert board.change(one, comment="  ", state="open") == before
    assert len(board.history(one)) == 1


def test_a_gap_has_one_open_ticket(board: Board) -> None:
    found = gap(board.db, 3, NOON)
    one = board.open(gap_id=found, kind="knowledge")
    with pytest.raises(Conflict):
        board.open(gap_id=found, kind="knowledge")
    board.change(one, state="done")
    board.open(gap_id=found, kind="knowledge")
    with pytest.raises(Conflict):
        board.change(one, state="open")


def test_a_gap_that_goes_leaves_its_ticket_without_words(board: Board) -> None:
    one = board.open(gap_id=gap(board.db, 5, NOON), kind="knowledge")
    assert board.get(one).gap_terms == ["wallbox", "foerder"]
    board.db.execute("DELETE FROM knowledge_gaps")
    assert (board.get(one).gap_id, board.get(one).gap_terms, board.get(one).gap_questions) == (None, None, 0)


def test_a_ticket_that_is_done_tells_its_effect(board: Board) -> None:
    with board.db.transaction() as conn:
        rows = [("weak_share", -1, 100, 60.0), ("weak_share", 2, 100, 10.0)]
        put = [hours.HourRow(kpi, "", NOON + step * HOUR, n, total, people=MANY) for kpi, step, n, total in rows]
        hours.put_hours(conn, NOON - 2 * HOUR, NOON + 9 * HOUR, put)
        one = store.put(conn, store.NewTicket("knowledge", "lumina", "Lücke", "", "chronos", NOON, kpi="weak_share", seconds=6 * 3600))
        assert one is not None
    found = board.change(one, at=NOON + 4 * HOUR, state="done").effect
    assert found is not None
    assert (found["before"]["value"], found["before"]["n"], found["after"]["value"], found["after"]["n"]) == (0.6, 100, 0.1, 100)
    assert found["verdict"] == "better"


@pytest.mark.parametrize(("passed", "said"), [(3, "few"), (6, "better")])
def test_counts_are_compared_over_spans_of_one_length(board: Board, passed: int, said: str) -> None:
    with board.db.transaction() as conn:
        put = [
            hours.HourRow("gap_questions", "", NOON + step * HOUR, n, n, people=MANY)
            for step, n in zip(range(-6, 6), [20] * 6 + [3] * 6, strict=True)
        ]
        hours.put_hours(conn, NOON - 9 * HOUR, NOON + 9 * HOUR, put)
        one = store.put(conn, store.NewTicket("knowledge", "lumina", "Lücke", "", "chronos", NOON, kpi="gap_questions", seconds=6 * 3600))
    assert one is not None
    found = board.change(one, at=NOON + passed * HOUR, state="done").effect
    assert found is not None and found["verdict"] == said


@pytest.mark.parametrize(
    ("kpi", "before", "after", "said"),
    [
        ("useful_share", Estimate(0.5, 50, 0.4, 0.6), Estimate(0.8, 50, 0.7, 0.9), "better"),
        ("useful_share", Estimate(0.8, 50, 0.7, 0.9), Estimate(0.5, 50, 0.4, 0.6), "worse"),
        ("weak_share", Estimate(0.5, 50, 0.4, 0.6), Estimate(0.8, 50, 0.7, 0.9), "worse"),
        ("useful_share", Estimate(0.5, 50, 0.4, 0.6), Estimate(0.6, 50, 0.5, 0.7), "unclear"),
        ("useful_share", Estimate(0.5, 50, 0.4, 0.6), Estimate(None, 0), "few"),
        ("cost_eur", Estimate(5.0, 50), Estimate(1.0, 50), "unclear"),
    ],
)
def test_an_effect_is_said_only_when_it_is_sure(kpi: str, before: Estimate, after: Estimate, said: str) -> None:
    assert verdict(kpi, before, after) == said
