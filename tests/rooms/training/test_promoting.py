"""Two people let a tuned model serve, one takes it back: on a real dataset and run, with what is refused in words."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path
from uuid import UUID

import pytest

from nova.errors import Conflict, NotAllowed
from nova.flows.training.evaluating import open_tickets
from nova.flows.training.guarding import Guard
from nova.flows.training.promoting import FAMILY, NOBODY, TWICE, Promotions
from nova.kpi.tickets import changes
from nova.records import Caller
from nova.store import releases
from nova.store.people import governance
from nova.store.quality import kpi, tickets
from nova.store.quality import train_reviews as reviews
from nova.store.quality.alerts import NewNotice
from nova.store.quality.train_reviews import Evaluation
from nova.store.training import keys
from nova.store.training.runs import TrainRun
from nova.training.config import base_folder
from tests.rooms.seeding.seeds import Bench
from tests.rooms.training import adapters
from tests.rooms.training.test_runs import House

PASSED = {"gates": [{"name": "facts", "passed": True, "reason": "Die Fakten stimmen."}]}
HELD = {"gates": [{"name": "facts", "passed": False, "reason": "Nur 12,5 % der Fakten stimmen."}]}


class Board:
    """A house with a run that is done and judged, and people who may promote."""

    def __init__(self, bench: Bench, folder: Path) -> None:
        bench.db.execute("TRUNCATE releases, release_steps, tickets, ticket_history CASCADE")
        self.house = House(bench, folder)
        self.db, self.told = bench.db, list[NewNotice]()
        self.promotions = Promotions(bench.db, self.house.audit, lambda _, notice: self.told.append(notice), self.house.folder)
        self.emil, self.olga = self.named("emil"), self.named("olga", "admin")
        self.run = self.trained()

    def named(self, name: str, role: str = "engineer") -> Caller:
        with self.db.transaction() as conn:
            user = governance.ensure_user(conn, name)
            governance.set_role(conn, user.user_id, role)  # type: ignore[arg-type]
        return Caller(role, user.user_id, name)  # type: ignore[arg-type]

    def trained(self) -> TrainRun:
        run = self.house.work(self.house.start())
        self.judge(run)
        return run

    def judge(self, run: TrainRun, told: dict[str, object] | None = None, at: datetime | None = None) -> None:
        found = told or PASSED
        with self.db.transaction() as conn:
            reviews.put_evaluation(conn, run.run_id, Evaluation(found, found is PASSED, "engineer:1", at or datetime.now(UTC)))

    def seen(self, run: TrainRun | None = None) -> str:
        return self.promotions.standing((run or self.run).name).evaluation_id

    def yes(self, who: Caller, run: TrainRun | None = None) -> str:
        """Who says yes; how the release stands then."""
        return self.promotions.turn(who, (run or self.run).name, self.seen(run), "yes", "").state

    def held(self) -> str:
        """Why nobody can turn a key."""
        with pytest.raises(Conflict) as raised:
            self.yes(self.emil)
        assert self.promotions.serving().live == ""
        return raised.value.message


@pytest.fixture
def board(bench: Bench, tmp_path: Path) -> Iterator[Board]:
    return Board(bench, tmp_path)  # type: ignore[return-value]


def test_with_the_second_key_it_serves_and_its_ticket_is_done(board: Board) -> None:
    with board.db.transaction() as conn:
        wish = changes.Wish("Training prüfen", "", "training", "orion")
        ticket = changes.open_by_hand(conn, wish, "chronos", board.run.created_at - timedelta(hours=1), lambda *_: None)
        later = changes.open_by_hand(conn, wish, "chronos", datetime.now(UTC), lambda *_: None)
    assert board.yes(board.emil) == "candidate" and board.promotions.serving().live == "" and board.told == []
    assert board.yes(board.olga) == "live"
    serving = board.promotions.serving()
    assert serving.live == board.run.name and serving.releases[0].digest == board.run.adapter_sha256
    assert [one["by"] for one in serving.releases[0].gate["keys"]] == [board.emil.token, board.olga.token]  # type: ignore[index]
    with board.db.transaction() as conn:
        assert tickets.get(conn, ticket).state == "done" and tickets.get(conn, later).state == "open"
    assert {one.channel for one in board.told if one.event == "adapter.live"} == {"log", "mail", "webhook"}
    noted = [what for what, _ in board.house.audit.noted]
    assert noted[-3:] == ["training.key", "training.key", "training.promoted"]
    with pytest.raises(Conflict, match="dient schon"):
        board.yes(board.named("eva"))


def test_one_person_is_not_two_and_the_key_of_the_house_is_nobody(board: Board) -> None:
    trainer = board.named("tom")
    board.db.execute("UPDATE train_runs SET started_by = %s", [trainer.token])
    board.yes(trainer)
    with pytest.raises(Conflict, match=TWICE[:20]):
        board.yes(trainer)
    for nobody in (Caller("admin"), replace(board.emil, scopes=frozenset({"promote"}))):
        with pytest.raises(NotAllowed, match=NOBODY[:20]):
            board.yes(nobody)
    assert board.promotions.serving().live == ""
    with board.db.transaction() as conn:  # who has another role now counts no more
        governance.set_role(conn, trainer.user_id, "customer")  # type: ignore[arg-type]
    assert board.yes(board.emil) == "candidate"
    assert board.yes(board.olga) == "live"


def test_a_stale_judgement_is_none(board: Board) -> None:
    seen = board.seen()
    board.judge(board.run)
    with pytest.raises(Conflict, match="seit Ihrem Blick darauf neu beurteilt"):
        board.promotions.turn(board.emil, board.run.name, seen, "yes", "")
    board.db.execute("UPDATE train_evaluations SET at = at - interval '15 days'")
    assert "älter als 14 Tage" in board.held()
    board.judge(board.run, HELD)  # type: ignore[arg-type]
    assert board.held() == "Nur 12,5 % der Fakten stimmen."
    board.judge(board.run)
    board.db.execute(
        "INSERT INTO train_votes (run_id, row_id, rater, winner, at) SELECT run_id, min(row_id), 'r', 'cand', now() FROM train_answers"
        " WHERE side = 'cand' GROUP BY run_id"
    )
    assert "weitere Antworten verglichen" in board.held()


def test_other_weights_or_another_base_do_not_serve(board: Board) -> None:
    there = board.house.folder / "models" / "finetune" / board.run.name / "adapter"
    kept = shutil.copytree(there, there.with_name("kept"))
    weights = there / "adapter_model.safetensors"
    adapters.tuned(there, base_folder("nova-mini", board.house.folder), board.run.config["lora"], seed=2)
    assert "andere als die, die beurteilt wurden" in board.held()
    weights.write_bytes(weights.read_bytes() + b"!")
    assert "Bytes, die zu nichts gehören" in board.held()
    shutil.rmtree(there)
    assert "liegen nicht mehr da" in board.held()
    kept.rename(there)
    board.db.execute("UPDATE train_runs SET base_sha256 = %s", ["e" * 64])
    assert "Die Basis ist eine andere" in board.held()


def test_nothing_serves_that_learned_from_somebody_who_left(board: Board) -> None:
    assert board.yes(board.emil) == "candidate"
    board.house.leaves(board.house.everybody[3])
    with pytest.raises(Conflict, match="lässt sich nicht herausnehmen"):
        board.yes(board.olga)
    assert board.promotions.serving().live == ""


def test_what_may_not_serve_any_more_by_its_licence_does_not(board: Board) -> None:
    own = board.house.folder / "config" / "training" / "licences.yaml"
    own.parent.mkdir(parents=True)
    text = resources.files("nova.training").joinpath("licences.yaml").read_text("utf-8")
    own.write_text(text.replace("title: Eigene Daten, serve: true", "title: Eigene Daten, serve: false"), "utf-8")
    assert "„nova-mini“ steht unter Eigene Daten" in board.held()
    own.write_text("version: neu", "utf-8")
    assert "licences.yaml" in board.held()
    own.unlink()
    (board.house.folder / "models" / "finetune" / board.run.name / "adapter" / "README.md").write_text(
        "---\nbase_model: x\nlicense: cc-by-nc-4.0\n---\n# Ein Adapter\n", "utf-8"
    )
    assert board.held() == "Der Adapter steht unter CC BY-NC 4.0: Nur nicht gewerblich erlaubt."


def test_a_no_stands_until_it_is_judged_anew(board: Board) -> None:
    board.promotions.turn(board.olga, board.run.name, board.seen(), "no", "Der Ton passt nicht, sagt anna@example.org.")
    assert "abgelehnt" in board.held()
    (said,) = board.promotions.standing(board.run.name).keys
    assert said.says == "no" and "anna@" not in said.reason
    board.judge(board.run)
    assert (board.yes(board.emil), board.yes(board.olga)) == ("candidate", "live")


def test_a_step_back_leads_to_the_adapter_before_and_then_to_the_base(board: Board) -> None:
    with pytest.raises(Conflict, match="antwortet schon die Basis"):
        board.promotions.back(board.emil, "")
    board.yes(board.emil), board.yes(board.olga)
    second = board.trained()
    board.yes(board.emil, second), board.yes(board.olga, second)
    assert board.promotions.serving().live == second.name
    assert board.promotions.back(board.emil, "Antworten wurden schlechter.").live == board.run.name
    assert board.promotions.back(board.emil, "").live == ""
    assert [(one.name, one.step) for one in board.promotions.serving().steps][:3] == [
        (board.run.name, "withdrawn"), (board.run.name, "back"), (second.name, "withdrawn"),
    ]  # fmt: skip
    with pytest.raises(Conflict, match="diente mit diesem Urteil schon"):
        board.yes(board.named("eva"), second)
    board.judge(second)
    assert (board.yes(board.emil, second), board.yes(board.olga, second)) == ("withdrawn", "live")


def test_many_keys_at_once_make_one_step(board: Board) -> None:
    people = [board.named(f"person-{at}") for at in range(6)]
    seen = board.seen()

    def turned(who: Caller) -> str:
        try:
            return board.promotions.turn(who, board.run.name, seen, "yes", "").state
        except Conflict as error:
            return error.message

    with ThreadPoolExecutor(6) as pool:
        found = sorted(pool.map(turned, people))
    assert found.count("candidate") == 1 and found.count("live") == 1 and sum("dient schon" in one for one in found) == 4
    with board.db.transaction() as conn:
        assert len([one for one in releases.steps(conn, FAMILY) if one.step == "live"]) == 1
        assert len(keys.of_evaluation(conn, UUID(seen))) == 2


def serving(board: Board, run: TrainRun | None = None) -> None:
    board.yes(board.emil, run), board.yes(board.olga, run)


def guard(board: Board) -> Guard:
    return Guard(board.db, board.house.audit, lambda _, notice: board.told.append(notice), board.house.folder)


def test_an_adapter_gives_way_when_somebody_leaves_its_data_and_so_does_the_one_before(board: Board) -> None:
    serving(board)
    second = board.trained()
    serving(board, second)
    assert guard(board).watch(datetime.now(UTC)) == []
    board.house.leaves(board.house.everybody[3])
    gone = guard(board).watch(datetime.now(UTC))
    assert [(one.name, one.to) for one in gone] == [(second.name, board.run.name), (board.run.name, "")]
    assert board.promotions.serving().live == "" and "lässt sich nicht herausnehmen" in gone[0].reason
    with board.db.transaction() as conn:
        opened = tickets.page(conn, tickets.TicketQuery(states=("open",), kind="training"), 10)
    assert {one.title for one in opened} == {f"Adapter {one} dient nicht mehr" for one in (second.name, board.run.name)}
    assert guard(board).watch(datetime.now(UTC)) == [] and {one.event for one in board.told} >= {"adapter.live", "adapter.gave_way"}


def test_an_adapter_whose_file_changed_gives_way(board: Board) -> None:
    serving(board)
    there = board.house.folder / "models" / "finetune" / board.run.name / "adapter"
    adapters.tuned(there, base_folder("nova-mini", board.house.folder), board.run.config["lora"], seed=2)
    (gone,) = guard(board).watch(datetime.now(UTC))
    assert "andere als die, die beurteilt wurden" in gone.reason and board.promotions.serving().live == ""


@pytest.mark.parametrize(("good", "goes"), [(60, True), (78, False)])
def test_an_adapter_gives_way_when_figures_surely_fall(board: Board, good: int, goes: bool) -> None:
    """Of 100 sentences 80 were proven in each hour before; who is within the bounds stays."""
    board.db.execute("TRUNCATE kpi_hours")
    serving(board)
    hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    board.db.execute("UPDATE releases SET live_at = %s WHERE state = 'live'", [hour - timedelta(hours=3)])
    for back in range(1, 7):
        at, right = hour - timedelta(hours=back), good if back <= 3 else 80
        with board.db.transaction() as conn:
            row = kpi.HourRow("groundedness", "", at, 100, float(right), float(right), people=range(5))
            kpi.put_hours(conn, at, at + timedelta(hours=1), [row])
    gone = guard(board).watch(hour)
    assert (board.promotions.serving().live == "") is goes
    assert [one.reason for one in gone] == (["„Belegtreue“ ist sicher schlechter, seit er dient."] if goes else [])


def test_a_finding_of_security_holds_it_until_somebody_has_looked(board: Board) -> None:
    found = {"run": board.run.name, "attacks": {"obeyed": ["attack-system"]}, "canaries": {"told": []}}
    with board.db.transaction() as conn:
        (ticket,) = open_tickets(conn, found, "admin", datetime.now(UTC), lambda *_: None)
        assert isinstance(ticket, UUID)
    (held,) = board.promotions.standing(board.run.name).held
    assert "Ein Ticket ist offen" in held and "befolgt Anweisungen" in held
    with pytest.raises(Conflict, match="Ein Ticket ist offen"):
        board.yes(board.emil)
    with board.db.transaction() as conn:
        changes.change(conn, ticket, changes.Patch(state="done", comment="geprüft"), "admin", datetime.now(UTC), lambda *_: None)
    board.yes(board.emil)
    board.yes(board.olga)
    assert board.promotions.serving().live == board.run.name
