"""The page for who is called at night: what stands there, when it is written, and that its commands are real ones."""

import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click
import pytest

from nova.cli.root import nova
from nova.flows.training.guarding import Guard
from nova.flows.training.promoting import Promotions
from nova.flows.training.runbooks import Runbooks, reach_of
from nova.kpi.rules import thresholds
from nova.settings import Settings, load_settings
from nova.training.config import WEIGHTS, folder_digest
from nova.training.runbook.page import DIGEST, PLACE, Place, Reach, Served, Situation, runbook
from nova.wiring.training import place_of
from tests.rooms.seeding.seeds import Bench
from tests.rooms.training.test_promoting import Board

HERE = Place(
    "nova", "NOVA_TOKEN=… nova", "nova up", "nova doctor", "/srv/nova", "nova.stadtwerke.example", "vllm", "http://luna-adapters:8000",
    "models/base/klein",
)  # fmt: skip
NOBODY = Reach((), webhook=False, rules=())
NOTHING = Situation(None, None, (), ())
AT = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)
LIVE = Served("lauf-2", AT, 1.0, "/srv/nova/models/finetune/lauf-2/adapter", "a" * 64, "nova-mini", "/opt/mini", "b" * 64, "lauf-1")


class Kept(Board):
    """A board whose runbook is kept."""

    def __init__(self, bench: Bench, folder: Path) -> None:
        super().__init__(bench, folder)
        data = self.house.folder
        self.runbooks = Runbooks(self.db, data, HERE, partial(reach_of, thresholds.builtin(), ("nacht@stadtwerke.example",), webhook=True))
        self.promotions = Promotions(self.db, self.house.audit, lambda *_: None, data, after=self.runbooks.keep)
        self.page = data / "orchestration_journal" / PLACE


@pytest.fixture
def board(bench: Bench, tmp_path: Path) -> Iterator[Kept]:
    return Kept(bench, tmp_path)  # type: ignore[return-value]


def test_it_is_written_when_what_serves_changes_and_only_then(board: Kept) -> None:
    assert not board.page.exists()
    board.yes(board.emil)
    assert "niemand; es antwortet die Basis" in board.page.read_text("utf-8")
    before = board.page.stat().st_mtime_ns
    board.runbooks.keep()
    assert board.page.stat().st_mtime_ns == before
    board.yes(board.olga)
    text = board.page.read_text("utf-8")
    assert f"| Dient | {board.run.name} seit " in text and text.count(str(board.run.adapter_sha256)) == 2
    assert board.run.base_sha256 in text and f"models/finetune/{board.run.name}/adapter" in text
    assert board.emil.token not in text and "emil" not in text  # no word of anybody
    board.promotions.back(board.emil, "anna@example.org fand es schlechter")
    text = board.page.read_text("utf-8")
    assert "niemand; es antwortet die Basis" in text and "| zurückgenommen |" in text and "anna@" not in text
    assert [path.name for path in board.page.parent.iterdir() if path.is_file()] == [board.page.name]  # nothing half written


def test_it_says_why_an_adapter_gave_way_and_which_ticket_asks_for_a_training(board: Kept) -> None:
    board.yes(board.emil), board.yes(board.olga)
    board.house.leaves(board.house.everybody[3])
    told = board.runbooks.make()
    assert "lässt sich nicht herausnehmen" in told["unsound"][0] and told["place"] == PLACE
    Guard(board.db, board.house.audit, lambda *_: None, board.house.folder).watch(datetime.now(UTC))
    told = board.runbooks.make()
    assert told["unsound"] == [] and told["text"] == board.page.read_text("utf-8")
    (number,) = [row["number"] for row in board.db.fetch_all("SELECT number FROM tickets")]
    assert f"| {number} | " in told["text"].split("## Neu trainieren")[1]


def test_a_step_back_stands_where_the_page_cannot_be_written(board: Kept) -> None:
    board.yes(board.emil), board.yes(board.olga)
    board.page.unlink()
    board.page.mkdir()
    assert board.promotions.back(board.emil, "").live == ""


def test_whom_alerts_reach_stands_there_with_what_each_rule_means(board: Kept) -> None:
    told = board.runbooks.make()["text"].split("## Wen Alarme erreichen")[1]
    assert "das Protokoll, Mail an nacht@stadtwerke.example und den Webhook" in told
    assert {"lauf_budget", "lauf_dauer", "gpu_fehlt", "gpu_voll", "adapter_abdrift", "training_budget"} <= set(
        re.findall(r"^\| (\w+) \|", told, re.M)
    )
    assert "und sonst an niemanden" in runbook(NOTHING, HERE, NOBODY)


def test_sums_are_compared_by_a_shell_alone(tmp_path: Path) -> None:
    for name in ("b.safetensors", "A.json", "a b.txt", "chat.jinja", "left.bin"):
        (tmp_path / name).write_text(f"{name} ü", "utf-8")
    done = subprocess.run(["sh", "-c", f"{DIGEST}\nsumme '{tmp_path}'"], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == folder_digest(tmp_path)
    assert set(re.findall(r"\*\.\w+", DIGEST)) == set(WEIGHTS)


def test_a_trial_and_the_way_back_are_named() -> None:
    tried = Served("lauf-3", AT, 0.05, "/srv/x", "c" * 64, "nova-mini", "/opt/mini", "b" * 64, "")
    text = runbook(Situation(LIVE, tried, ((7, AT),), ((AT, "lauf-3", "trial"), (AT, "lauf-2", "live"))), HERE, NOBODY)
    assert (
        "lauf-3 seit 26.11.2026" in text and "für 5,0 % der Menschen" in text and "nach spätestens einer Sekunde antwortet lauf-1" in text
    )
    assert "summe '/srv/x'  # muss sein: " + "c" * 64 in text and "Schweigt nur der Host (vllm http://luna-adapters:8000)" in text
    shadow = Served("lauf-3", None, 0.0, "/srv/x", "c" * 64, "nova-mini", "/opt/mini", "b" * 64, "")
    assert "| Wird erprobt | lauf-3, im Schatten |" in runbook(Situation(None, shadow, (), ()), HERE, NOBODY)


def test_every_command_of_the_page_is_one() -> None:
    text = runbook(Situation(LIVE, None, ((7, AT),), ()), HERE, NOBODY)
    called = [found.split() for found in re.findall(r"`(?:NOVA_TOKEN=… )?nova ([^`]+)`", text)]
    assert len(called) >= 12
    for words in called:
        at: click.Command = nova
        for word in words:
            if not isinstance(at, click.Group):
                break
            found = at.get_command(click.Context(at), word)
            assert found is not None, words
            at = found
        options = {option for param in at.params for option in param.opts}
        assert {word for word in words if word.startswith("--")} <= options, words
    named = set(re.findall(r"\bNOVA_[A-Z_]+", text))
    assert named and named <= set(Settings.model_fields)


@pytest.mark.parametrize(
    ("given", "called", "own", "start", "why", "address"),
    [
        ({}, "nova", "NOVA_TOKEN=… nova", "nova up", "nova doctor", "127.0.0.1:8000"),
        (
            {"NOVA_HOSTS": "api,nova.example"}, "docker compose exec api nova", "docker compose exec -e NOVA_TOKEN=… api nova",
            "docker compose up --detach", "docker compose logs api", "nova.example",
        ),
        (
            {"NOVA_HOSTS": "luna,luna.energie,luna.energie.svc,nova.example"}, "kubectl -n energie exec luna-0 -- nova",
            "kubectl -n energie exec luna-0 -- env NOVA_TOKEN=… nova", "kubectl -n energie rollout restart statefulset/luna",
            "kubectl -n energie logs luna-0 --previous", "nova.example",
        ),
    ],
)  # fmt: skip
def test_commands_and_addresses_are_the_installations_own(
    given: dict[str, str], called: str, own: str, start: str, why: str, address: str
) -> None:
    place = place_of(load_settings(given | {"NOVA_DATA": "/srv/nova"}, None))
    assert (place.nova, place.person, place.start, place.reason) == (called, own, start, why)
    assert (place.address, place.data, place.host, place.base) == (address, "/srv/nova", "", "")
    text = runbook(NOTHING, place, NOBODY)
    assert {f"`{own} train promote LAUF`", f"`{start}`", f"`{why}`"} <= set(re.findall(r"`[^`]+`", text))
    assert f"`{called} train rollback" in text and "keiner eingerichtet" in text
