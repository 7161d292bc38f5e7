"""The generated dashboards are current, whole and laid out without overlap."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from nova.cli.root import nova
from nova.kpi.measure.registry import KPIS
from nova.kpi.report import boards
from nova.kpi.report.panels import ACROSS
from tests.house.compose import DEPLOY

FOLDER = DEPLOY / "grafana" / "dashboards"
BOARD = boards.board(KPIS)


@pytest.mark.parametrize("name", boards.dashboards())
def test_a_dashboard_is_what_the_registry_gives(name: str) -> None:
    said = "`nova boards write deploy/grafana/dashboards` writes it anew"
    assert (FOLDER / name).read_text("utf-8") == boards.text(boards.dashboards()[name]), said


def test_every_figure_has_its_panel_with_what_it_means() -> None:
    series = {panel["title"]: panel for panel in BOARD["panels"] if panel["type"] == "timeseries"}
    for name, kpi in KPIS.items():
        panel = series[kpi.title]
        assert [target["expr"] for target in panel["targets"]] == [f'nova_kpi{{kpi="{name}"}}']
        assert kpi.meaning in panel["description"]
        assert kpi.formula in panel["description"]


def test_no_other_dashboard_is_kept_by_hand() -> None:
    assert {path.name for path in FOLDER.glob("*.json")} == set(boards.dashboards())


@pytest.mark.parametrize("board", boards.dashboards().values(), ids=boards.dashboards())
def test_panels_do_not_overlap(board: dict[str, Any]) -> None:
    taken: set[tuple[int, int]] = set()
    for panel in board["panels"]:
        at = panel["gridPos"]
        cells = {(at["x"] + dx, at["y"] + dy) for dx in range(at["w"]) for dy in range(at["h"])}
        assert not taken & cells, panel["title"]
        assert at["x"] + at["w"] <= ACROSS
        taken |= cells


def test_a_share_ends_at_one_and_a_mood_begins_below_zero() -> None:
    defaults = {panel["title"]: panel["fieldConfig"]["defaults"] for panel in BOARD["panels"] if panel["type"] == "timeseries"}
    assert (defaults["Zitatabdeckung"]["unit"], defaults["Zitatabdeckung"]["max"]) == ("percentunit", 1)
    assert (defaults["Stimmung"]["min"], defaults["Stimmung"]["max"]) == (-1, 1)


def test_another_registry_gives_another_board() -> None:
    kpi = replace(KPIS["answers"], name="other", title="Anders")
    board = boards.board({"other": kpi})
    assert [panel["title"] for panel in board["panels"]] == ["Offene Alarme", "Offene Tickets", "Fälle", "Anders"]


def test_the_command_writes_the_files(tmp_path: Path) -> None:
    done = CliRunner().invoke(nova, ["boards", "write", str(tmp_path / "new")])
    assert done.exit_code == 0, done.output
    assert {path.name for path in (tmp_path / "new").iterdir()} == set(boards.dashboards())
