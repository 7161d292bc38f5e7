"""A tuned model is tried before it serves everybody, for a share of people or in the shadow: figures of both sides, and what ends it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nova.errors import Conflict, NotAllowed
from nova.flows.training import promoting
from nova.flows.training.trials import FAMILY, Trial
from nova.kpi.measure.hour import COMPOSER
from nova.records import Caller
from nova.store import releases
from nova.store.quality import kpi, tickets
from nova.store.training import shadows
from nova.store.training.runs import TrainRun
from nova.store.training.shadows import Counts
from tests.rooms.seeding.seeds import Bench
from tests.rooms.training.test_promoting import Board, guard, serving


@pytest.fixture
def board(bench: Bench, tmp_path: Path) -> Iterator[Board]:
    bench.db.execute("TRUNCATE kpi_hours, train_shadow_hours")
    return Board(bench, tmp_path)  # type: ignore[return-value]


def tried(board: Board, share: float, run: TrainRun | None = None) -> None:
    """Both keys, the second with a choice."""
    run = run or board.run
    board.yes(board.emil, run)
    board.promotions.turn(board.olga, run.name, board.seen(run), "yes", "", share)


def trial(board: Board) -> Trial:
    found = board.promotions.serving().trial
    assert found is not None
    return found


def began(board: Board, hours: int) -> datetime:
    """The trial began so many whole hours ago; the hour that runs now."""
    hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    board.db.execute("UPDATE releases SET trial_at = %s WHERE state = 'trial'", [hour - timedelta(hours=hours)])
    board.db.execute("UPDATE releases SET live_at = live_at - interval '1 day' WHERE state = 'live'")
    return hour


def hours(board: Board, name: str, good: int, of: int = 100, people: int = 5, figure: str = "groundedness") -> None:
    """So much of so many in each of the last three hours, for one who writes."""
    hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    with board.db.transaction() as conn:
        for back in range(1, 4):
            row = kpi.HourRow(figure, f"pen:{name}", hour - timedelta(hours=back), of, float(good), float(good), people=range(people))
            board_put(conn, row)


def board_put(conn: object, row: kpi.HourRow) -> None:
    kept = kpi.SQL["put_hour"]
    values = {"kpi": row.kpi, "segment": row.segment, "starts": row.starts, "n": row.n, "total": row.total, "squares": row.squares}
    conn.execute(kept, values | {"histogram": None, "people": list(row.people)})  # type: ignore[attr-defined]


def figure(found: Trial, name: str) -> str:
    return next(one.verdict for one in found.figures if one.name == name)


def test_the_second_key_chooses_whom_it_answers_first(board: Board) -> None:
    tried(board, 0.1)
    found = board.promotions.serving()
    assert (found.live, found.releases[0].state, found.releases[0].share) == ("", "trial", 0.1)
    assert [one["by"] for one in found.releases[0].gate["keys"]] == [board.emil.token, board.olga.token]  # type: ignore[index]
    assert (trial(board).kind, trial(board).beside, trial(board).verdict) == ("canary", "", "few")
    assert {one.channel for one in board.told if one.event == "adapter.trial"} == {"log", "mail", "webhook"}
    assert "10 % der Menschen" in board.told[-1].body["text"]
    assert [what for what, _ in board.house.audit.noted][-1] == "training.trial"
    assert board.promotions.standing(board.run.name).held == []


def test_with_both_keys_one_person_makes_it_the_champion(board: Board) -> None:
    tried(board, 0.0)
    assert trial(board).kind == "shadow"
    assert board.promotions.serve(board.emil, board.run.name, 0.25).trial.share == 0.25  # type: ignore[union-attr]
    for nobody in (Caller("admin"), Caller("engineer", board.emil.user_id, "emil", scopes=frozenset({"promote"}))):
        with pytest.raises(NotAllowed):
            board.promotions.serve(nobody, board.run.name, 1.0)
    done = board.promotions.serve(board.emil, board.run.name, 1.0, "Eine Woche lang gleich gut.")
    assert (done.live, done.trial) == (board.run.name, None)
    assert [one.step for one in done.steps] == ["live", "trial", "trial", "made"]
    with pytest.raises(Conflict, match="dient schon"):
        board.promotions.serve(board.emil, board.run.name, 0.5)


def test_without_both_keys_nothing_is_tried(board: Board) -> None:
    board.yes(board.emil)
    with pytest.raises(Conflict, match=promoting.FEW_KEYS[:30]):
        board.promotions.serve(board.olga, board.run.name, 0.1)
    board.promotions.turn(board.olga, board.run.name, board.seen(), "yes", "", 0.1)
    board.judge(board.run)  # keys are for one evaluation
    with pytest.raises(Conflict, match=promoting.FEW_KEYS[:30]):
        board.promotions.serve(board.olga, board.run.name, 1.0)


def test_an_ended_trial_may_be_tried_again(board: Board) -> None:
    with pytest.raises(Conflict, match=promoting.NO_TRIAL):
        board.promotions.end(board.emil, "")
    tried(board, 0.1)
    ended = board.promotions.end(Caller("engineer", board.emil.user_id, "emil", scopes=frozenset({"promote"})), "Genug gesehen.")
    assert (ended.trial, ended.releases[0].state, ended.steps[0].step) == (None, "candidate", "dropped")
    assert board.promotions.serve(board.olga, board.run.name, 0.0).trial.kind == "shadow"  # type: ignore[union-attr]


def test_one_is_tried_at_a_time(board: Board) -> None:
    tried(board, 0.1)
    second = board.trained()
    with pytest.raises(Conflict, match=f"schon {board.run.name} erprobt"):
        tried(board, 0.5, second)
    assert trial(board).name == board.run.name
    assert board.promotions.turn(board.olga, second.name, board.seen(second), "yes", "").state == "live"  # beside the trial
    assert trial(board).beside == second.name


@pytest.mark.parametrize(("good", "verdict"), [(60, "worse"), (80, "unclear"), (97, "better")])
def test_figures_of_both_sides_in_the_same_hours_decide(board: Board, good: int, verdict: str) -> None:
    tried(board, 0.1)
    hour = began(board, 3)
    hours(board, board.run.name, good)
    hours(board, COMPOSER, 80)
    found = trial(board)
    assert (figure(found, "groundedness"), figure(found, "useful_share"), found.verdict) == (verdict, "few", verdict)
    if verdict == "worse":
        with pytest.raises(Conflict, match="„Belegtreue“ ist sicher schlechter als daneben"):
            board.promotions.serve(board.emil, board.run.name, 1.0)
    gone = guard(board).watch(hour)
    assert [one.reason for one in gone] == (["„Belegtreue“ ist sicher schlechter als daneben."] if verdict == "worse" else [])
    if verdict == "worse":
        stands = board.promotions.standing(board.run.name)
        assert stands.state == "withdrawn" and "erst ein neues" in stands.held[0]
        assert board.promotions.serving().trial is None and board.promotions.serving().steps[0].step == "withdrawn"
    else:
        assert board.promotions.serve(board.emil, board.run.name, 1.0).live == board.run.name


def test_of_too_few_people_nothing_is_told_and_a_new_trial_is_left_alone(board: Board) -> None:
    tried(board, 0.1)
    hours(board, COMPOSER, 80)
    hours(board, board.run.name, 10, people=4)
    hour = began(board, 3)
    (told,) = [one for one in trial(board).figures if one.name == "groundedness"]
    assert (told.verdict, told.trial.value, told.trial.n, told.trial.few) == ("few", None, 0, True)
    hours_of_one = "DELETE FROM kpi_hours WHERE segment = %s"
    board.db.execute(hours_of_one, [f"pen:{board.run.name}"])
    hours(board, board.run.name, 10)
    board.db.execute("UPDATE releases SET trial_at = %s WHERE state = 'trial'", [hour - timedelta(hours=1)])
    assert guard(board).watch(hour) == []
    began(board, 2)
    assert [one.name for one in guard(board).watch(hour)] == [board.run.name]


def test_a_live_one_is_what_a_trial_stands_beside(board: Board) -> None:
    serving(board)
    second = board.trained()
    tried(board, 0.5, second)
    hour = began(board, 3)
    hours(board, second.name, 90)
    hours(board, board.run.name, 70)
    assert (trial(board).beside, trial(board).verdict) == (board.run.name, "better")
    assert guard(board).watch(hour) == []


@pytest.mark.parametrize("share", [0.0, 0.1])
def test_a_trial_ends_when_somebody_leaves_its_data(board: Board, share: float) -> None:
    tried(board, share)
    board.house.leaves(board.house.everybody[3])
    (gone,) = guard(board).watch(datetime.now(UTC))
    assert gone.tried and gone.to == "" and "lässt sich nicht herausnehmen" in gone.reason
    with board.db.transaction() as conn:
        (ticket,) = tickets.page(conn, tickets.TicketQuery(states=("open",), kind="training"), 10)
    assert ticket.title == f"Adapter {board.run.name} wird nicht mehr erprobt" and "antwortet weiter die Basis" in ticket.text
    assert board.promotions.serving().trial is None and guard(board).watch(datetime.now(UTC)) == []
    assert board.told[-1].event == "adapter.gave_way" and board.house.audit.noted[-1][0] == "training.gave_way"


def test_a_trial_whose_files_changed_ends_and_what_serves_stays(board: Board) -> None:
    serving(board)
    second = board.trained()
    tried(board, 0.1, second)
    (board.house.folder / "models" / "finetune" / second.name / "adapter" / "adapter_model.safetensors").write_bytes(b"other")
    (gone,) = guard(board).watch(datetime.now(UTC))
    assert (gone.name, gone.to, gone.tried) == (second.name, board.run.name, True)
    assert board.promotions.serving().live == board.run.name


@pytest.mark.parametrize(("proven", "verdict"), [(40, "worse"), (95, "unclear"), (100, "better")])
def test_counts_of_the_shadow_decide(board: Board, proven: int, verdict: str) -> None:
    tried(board, 0.0)
    now = datetime.now(UTC)
    with board.db.transaction() as conn:
        shadows.add(conn, board.run.name, "shadow", Counts(100, 100, proven, 0, 200.0, 410.0), now)
        shadows.add(conn, board.run.name, "shown", Counts(60, 60, 55, 2, 60.0, 61.0), now)
        shadows.add(conn, board.run.name, "shown", Counts(40, 40, 35, 2, 40.0, 41.0), now)
        shadows.add(conn, "gibt-es-nicht", "shown", Counts(1), now)
    found = trial(board)
    assert [(one.name, one.beside.n) for one in found.figures] == [("proven", 100), ("fell_back_share", 100), ("write_ms", 100)]
    assert (figure(found, "proven"), found.verdict, figure(found, "write_ms")) == (verdict, verdict, "worse")  # time holds nothing
    board.db.execute("UPDATE releases SET trial_at = trial_at - interval '3 hours'")
    assert len(guard(board).watch(now)) == (verdict == "worse")


def test_the_ledger_is_told_by_the_audit_log(board: Board) -> None:
    tried(board, 0.0)
    board.promotions.serve(board.emil, board.run.name, 0.1)
    board.promotions.end(board.emil, "")
    board.promotions.serve(board.emil, board.run.name, 1.0)
    board.promotions.back(board.emil, "")
    with board.db.transaction() as conn:
        steps = [one.step for one in reversed(releases.steps(conn, FAMILY))]
    assert steps == ["made", "trial", "trial", "dropped", "live", "withdrawn"]
    noted = [what for what, _ in board.house.audit.noted if what.startswith("training.")][-7:]
    assert noted[:2] == ["training.key"] * 2
    assert noted[2:] == ["training.trial", "training.trial", "training.trial_ended", "training.promoted", "training.rolled_back"]
