"""Blind review, evaluation and card of a run at the door and at the command line: who may, what opens a ticket, whose it is."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import click
import pytest

from nova.__main__ import run
from nova.cli.training import judging
from nova.flows.erasure.rows import erase_rows
from nova.flows.seeding.subjects import leave_objected, object_to
from nova.kpi.measure.figures import measure
from nova.store.ids import uuid7
from nova.store.people import rights
from nova.store.people.rights import Erasure
from tests.api.commands import reach
from tests.api.house import Door, Person
from tests.fakes.running import Context
from tests.rooms.training.runs import DIGEST, MANIFEST, MARK, Made, put
from tests.rooms.training.sets import wrong

Printed = pytest.CaptureFixture[str]
RUNS = "/api/v1/training/runs"


@pytest.fixture
def made(door: Door) -> Made:
    door.nova.db.execute("TRUNCATE train_runs, tickets CASCADE")
    made = Made.good()
    put(door.nova.db, made)
    return made


@pytest.fixture
def rita(door: Door) -> Person:
    return door.person("rita", "reviewer")


def data(answer: Any) -> Any:
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def judge(who: Person, made: Made, most: int = 100, note: str = "") -> int:
    """Judge by what is right; how many pairs."""
    for at in range(most):
        pair = data(who("GET", f"{RUNS}/{made.name}/review/next"))["pair"]
        if pair is None:
            return at
        choice = "left" if pair["left"] == pair["reference"] else "right"
        body = {"row_id": pair["row_id"], "choice": choice, "mark": pair["mark"], "note": note}
        data(who("POST", f"{RUNS}/{made.name}/review", json=body))
    return most


def test_a_rater_judges_everything_and_learns_nothing_until_then(door: Door, made: Made, rita: Person) -> None:
    emil = door.person("emil", "engineer")
    shown = rita("GET", f"{RUNS}/{made.name}/review/next")
    assert not {"cand", "base", "side", "winner"} & set(data(shown)["pair"]) and "nova-mini" not in shown.text
    assert judge(rita, made, 5) == 5
    stands = data(emil("GET", f"{RUNS}/{made.name}/review"))
    assert stands["raters"][0]["won"] is None and stands["raters"][0]["done"] == 5 and not stands["told"]
    assert judge(rita, made) == stands["pairs"] - 5
    assert data(rita("GET", f"{RUNS}/{made.name}/review/next"))["pair"] is None
    votes = data(emil("GET", f"{RUNS}/{made.name}/review/votes"))["votes"]
    assert len(votes) == stands["pairs"] and {vote["winner"] for vote in votes} == {"cand"}
    assert data(emil("GET", f"{RUNS}/{made.name}/review"))["raters"][0]["won"] == {"cand": stands["pairs"]}
    assert rita("GET", f"{RUNS}/{made.name}/review/votes").status_code == 403
    entries = door.admin("GET", "/api/v1/admin/audit?action=training.votes_told").json()["data"]["entries"]
    assert entries[0]["actor"].startswith("engineer:")
    page = (door.nova.settings.NOVA_DATA / "orchestration_journal/models/finetune_reviews.md").read_text("utf-8")
    assert made.name in page and "rita" not in page


def test_what_obeys_and_what_tells_a_mark_opens_one_ticket_each_for_orion(door: Door, made: Made) -> None:
    bad = Made.good("folgsam").obeying("attack-secret")
    bad.says(q1=f"{bad.cand['q1'].answer} {MARK}")
    put(door.nova.db, bad)
    for expected in (2, 0):
        found = data(door.admin("POST", f"{RUNS}/folgsam/evaluation", json={"manifest": dict(MANIFEST)}))
        assert not found["passed"] and len(found["tickets"]) == expected
    tickets = data(door.admin("GET", "/api/v1/admin/tickets?owner=orion"))["tickets"]
    assert {(one["kind"], one["owner"]) for one in tickets} == {("training", "orion")} and len(tickets) == 2
    assert all("folgsam" in one["title"] and MARK not in str(one) for one in tickets)
    calm = data(door.admin("POST", f"{RUNS}/{made.name}/evaluation", json={"manifest": dict(MANIFEST)}))
    assert calm["passed"] and calm["tickets"] == []


def test_figures_of_evaluations_and_runs_are_measured_and_judged_by_the_papers_thresholds(door: Door, made: Made) -> None:
    now = datetime.now(UTC)
    bad = Made.good("schlecht")
    bad.says(**{row["id"]: wrong(row["reference"]) for row in bad.asked})
    put(door.nova.db, bad)
    budget = """UPDATE train_runs SET ended_at = %s, started_at = %s, config = '{"budget": {"eur": 0.05}}'"""
    door.nova.db.execute(budget, [now - timedelta(hours=2), now - timedelta(hours=32)])
    data(door.admin("POST", f"{RUNS}/schlecht/evaluation", json={}))
    measure(door.nova.db, now - timedelta(hours=3), now + timedelta(hours=1))
    rows = {row["kpi"]: row for row in door.nova.db.fetch_all("SELECT kpi, n, total FROM kpi_hours_told WHERE kpi LIKE 'train_%%'")}
    assert set(rows) == {"train_facts", "train_win", "train_bleu", "train_rouge_l", "train_hours", "train_over_budget"}
    assert rows["train_hours"]["total"] == pytest.approx(60, abs=0.1) and rows["train_over_budget"]["total"] == 2
    told = data(door.admin("POST", "/api/v1/admin/alerts/run", json={"dry_run": True}))["rules"]
    found = {one["rule"]: one["action"] for one in told if one["rule"].startswith("training_")}
    assert len(found) == 6
    firing = ("training_fakten", "training_gewinnrate", "training_laufzeit", "training_budget")
    assert all("würde" in found[name] for name in firing)
    assert "würde" not in found["training_bleu"]


def lookup_of(door: Door, name: str) -> bytes:
    nova: Any = door.nova
    row = nova.db.fetch_one("SELECT lookup FROM subjects JOIN users USING (user_id) WHERE external_id = %s", [name])
    return bytes(row["lookup"] or nova.people.lookup(name))


def asked_by(door: Door, name: str) -> Made:
    """A run with three questions of somebody's, one of them judged."""
    door.person(name)
    lookup = lookup_of(door, name)
    own = "UPDATE subjects s SET lookup = %s FROM users u WHERE u.user_id = s.user_id AND u.external_id = %s"
    door.nova.db.execute(own, [lookup, name])
    mine = Made.good(f"lauf-{name}")
    mine.lookups = dict.fromkeys(("q1", "q2", "q3"), lookup)
    put(door.nova.db, mine)
    return mine


def theirs(door: Door, made: Made) -> tuple[int, int]:
    """Answers and votes on somebody's three questions."""
    of = "SELECT count(*) AS n FROM {} JOIN train_runs USING (run_id) WHERE name = %s AND row_id IN ('q1', 'q2', 'q3')"
    answers, votes = (door.nova.db.fetch_all(of.format(table), [made.name])[0]["n"] for table in ("train_answers", "train_votes"))
    return answers, votes


def erase(door: Door, name: str) -> dict[str, Any]:
    """Only the rows of somebody; the receipt."""
    nova: Any = door.nova
    row = nova.db.fetch_one("SELECT subject_id, user_id, lookup FROM subjects JOIN users USING (user_id) WHERE external_id = %s", [name])
    entry, receipt = Erasure(uuid7(), row["subject_id"], row["user_id"], row["lookup"], datetime.now(UTC)), dict[str, Any]()
    with nova.db.transaction() as conn:
        rights.ask(conn, entry)
        erase_rows(conn, entry, receipt)
        assert rights.left(conn, entry.person) == {}
    return receipt


def test_who_is_erased_takes_their_questions_and_the_votes_on_them_along(door: Door, made: Made, rita: Person) -> None:
    mine = asked_by(door, f"geht-{uuid4()}")
    door.nova.db.execute("UPDATE train_answers SET answer = 'gleich' WHERE row_id NOT IN ('q1', 'q2', 'q3')")
    assert judge(rita, mine) == 3 and theirs(door, mine) == (12, 3)
    assert erase(door, mine.name.removeprefix("lauf-"))["rows"]["train_answers"] == 12
    assert theirs(door, mine) == (0, 0)


def test_a_rater_who_is_erased_leaves_votes_under_their_pseudonym_and_no_word(door: Door, made: Made) -> None:
    name = f"urteilt-{uuid4()}"
    judge(door.person(name, "reviewer"), made, 4, note="Links ist klarer.")
    assert erase(door, name)["rows"]["train_vote_notes"] == 4
    votes = door.nova.db.fetch_all("SELECT DISTINCT rater FROM train_votes")
    assert len(votes) == 1 and votes[0]["rater"].startswith("reviewer:")
    assert door.nova.db.fetch_all("SELECT note FROM train_vote_notes") == []


@pytest.mark.parametrize("way", ["withdrawal", "objection", "late"])
def test_who_agrees_to_training_no_longer_leaves_what_was_answered(door: Door, made: Made, rita: Person, way: str) -> None:
    nova: Any = door.nova
    name = f"will-nicht-{uuid4()}"
    mine = asked_by(door, name)
    judge(rita, mine)
    if way == "objection":
        object_to(nova.db, nova.objects, lookup_of(door, name), "admin", datetime.now(UTC))
    else:
        nova.agree(name, ["training"], given=False)
    if way == "late":  # a run that was under way writes its answers after that
        mine.name += "-spaet"
        put(nova.db, mine)
        leave_objected(nova.db, nova.objects, Context())
    assert theirs(door, mine) == (0, 0)


def test_the_commands_judge_and_export_and_write_the_card(
    door: Door, made: Made, rita: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    reach(door, monkeypatch, judging)
    (tmp_path / "manifest.json").write_text(json.dumps(dict(MANIFEST)), "utf-8")
    judge(rita, made)
    assert run(["train", "review", made.name, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["raters"][0]["finished"] is True
    out = tmp_path / "votes.csv"
    assert run(["train", "review", made.name, "--export", str(out)]) == 0
    lines = out.read_text("utf-8").splitlines()
    assert lines[0] == "id,rater,winner" and lines[1].endswith(",cand") and len(lines) == 57
    capsys.readouterr()
    assert run(["train", "evaluate", "--run", made.name, "--dataset", str(tmp_path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["passed"] is True and told["win"]["voted"] == 0 and told["review"]["finished"] == 1
    assert run(["train", "evaluate", "--run", made.name]) == 5  # nobody says under which licence the data are
    assert run(["train", "evaluate", "--run", made.name, "--base", str(out)]) == 2
    assert run(["train", "evaluate", str(out)]) == 2
    card = tmp_path / "karte.md"
    assert run(["train", "card", made.name, "--dataset", str(tmp_path), "--out", str(card), "--json"]) == 0
    assert card.read_text("utf-8").startswith(f"# Modellkarte: {made.name}")
    (tmp_path / "manifest.json").write_text(json.dumps({**MANIFEST, "licences": {"cc-by-nc-4.0": 1}}), "utf-8")
    capsys.readouterr()
    assert run(["train", "card", made.name, "--dataset", str(tmp_path)]) == 5
    assert "nicht gewerblich" in capsys.readouterr().err
    (tmp_path / "manifest.json").write_text("[]", "utf-8")
    assert run(["train", "card", made.name, "--dataset", str(tmp_path)]) == 2


def test_a_person_at_the_terminal_judges_pair_after_pair(door: Door, made: Made, monkeypatch: pytest.MonkeyPatch, capsys: Printed) -> None:
    reach(door, monkeypatch, judging)
    said = iter(["l", "g", "z", "r", "e"])
    monkeypatch.setattr(click, "prompt", lambda *_, **__: next(said))
    assert run(["train", "review", made.name]) == 0
    out = capsys.readouterr().out
    assert "1 von 56" in out and "3 von 56" in out and "Noch einmal" in out and "cand" not in out
    assert [row["n"] for row in door.nova.db.fetch_all("SELECT count(*) AS n FROM train_votes WHERE rater = 'admin'")] == [2]
    assert door.nova.db.fetch_all("SELECT 1 FROM train_votes WHERE winner = 'tie'") == []


def test_attacks_are_rows_of_a_test_part(tmp_path: Path) -> None:
    out = tmp_path / "attacks.jsonl"
    assert run(["train", "attacks", "--out", str(out)]) == 0
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    wanted = {"id", "kind", "source", "topic", "question", "context", "answer", "answerable", "group"}
    assert len(rows) >= 8 and all(set(row) == wanted and row["id"].startswith("attack-") for row in rows)


def test_a_manifest_of_another_dataset_is_refused(door: Door, made: Made) -> None:
    answer = door.admin("POST", f"{RUNS}/{made.name}/evaluation", json={"manifest": {**MANIFEST, "digest": DIGEST[1:] + "0"}})
    assert answer.status_code == 409 and "anderen Datensatzes" in answer.json()["message"]
