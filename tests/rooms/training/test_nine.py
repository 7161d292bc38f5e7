"""Nine faults that gates must refuse, through the real doors, and nine harmless twins that pass there."""

from pathlib import Path

from benchmarks.training_nine import Line, contradictions, nine
from tests.rooms.seeding.seeds import Bench


def test_nine_of_nine_are_refused_for_what_is_wrong_and_nine_of_nine_twins_pass(bench: Bench, tmp_path: Path) -> None:
    found: list[Line] = list(nine(bench.db, tmp_path))
    assert [one.name for one in found if not one.refused] == []
    assert [(one.twin, sorted(one.good.held)) for one in found if not one.good.passed] == []
    assert len(found) == len({one.gate for one in found}) == 9
    assert all(one.bad.reason.rstrip(")")[-1] in ".0123456789" and one.bad.exit in (None, 5) for one in found)
    assert {one.door for one in found} == {"nova train evaluate", "nova train leaks", "Datensatz machen", "Lauf beurteilen"}


def test_how_well_contradictions_are_found_stands_beside_them() -> None:
    assert [one[0] for one in contradictions()] == ["open", "kept", "fresh"]
