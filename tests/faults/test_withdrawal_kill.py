"""A withdrawal that dies at a named point: what the database holds stands in the file already, and after a start both say the same."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from nova.settings import Settings
from nova.wiring import Nova, open_nova
from nova.wiring.erasure import reapplication_of, withdrawals_of
from tests.faults.doomed_withdrawal import NAME, POINTS

ROOT = Path(__file__).parents[2]


def in_database(nova: Nova) -> set[str]:
    """What the person does not agree to."""
    said = """SELECT purpose FROM (SELECT DISTINCT ON (purpose) purpose, given FROM consents JOIN subjects USING (subject_id)
              JOIN users USING (user_id) WHERE external_id = %s ORDER BY purpose, at DESC, given) AS l WHERE NOT given"""
    return {row["purpose"] for row in nova.db.fetch_all(said, (NAME,))}


@pytest.mark.parametrize("point", POINTS)
def test_a_kill_at(point: str, tmp_path: Path, dsn: str) -> None:
    command = [sys.executable, "-m", "tests.faults.doomed_withdrawal", point, str(tmp_path)]
    done = subprocess.run(command, input=dsn, cwd=ROOT, text=True, capture_output=True, timeout=120, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr[-2000:]
    with open_nova(Settings(NOVA_DATA=tmp_path, NOVA_DATABASE_URL=dsn)) as nova:
        written = {one.purpose for one in withdrawals_of(nova).all()}
        assert written >= in_database(nova)  # a restore before the next start loses nothing
        assert written == (set() if point == "before_the_line" else {"service"})
        reapplication_of(nova).reapply()
        assert in_database(nova) == written == {one.purpose for one in withdrawals_of(nova).all()}
