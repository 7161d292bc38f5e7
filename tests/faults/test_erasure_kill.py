"""An erasure that dies at a named point is carried through by the next start, before anybody is served what was left."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from nova.flows.index_level import catch_up
from nova.flows.kinds import ERASE
from nova.jobs.desk import open_worker
from nova.settings import Settings
from nova.store.people import rights
from nova.wiring import open_nova
from nova.wiring.erasure import ledger_of, reapplication_of
from tests.fakes.marked import MARKER
from tests.faults.doomed_erasure import POINTS

ROOT = Path(__file__).parents[2]


@pytest.mark.bars
@pytest.mark.parametrize("point", POINTS)
def test_a_kill_at(point: str, tmp_path: Path, dsn: str) -> None:
    command = [sys.executable, "-m", "tests.faults.doomed_erasure", point, str(tmp_path)]
    done = subprocess.run(command, input=dsn, cwd=ROOT, text=True, capture_output=True, timeout=120, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr[-2000:]
    with open_nova(Settings(NOVA_DATA=tmp_path, NOVA_DATABASE_URL=dsn)) as nova:
        nova.jobs.release("the dead have no lease")
        reapplication_of(nova).reapply()
        assert nova.db.fetch_all("SELECT 1 FROM users WHERE external_id LIKE %s", (f"{MARKER}%",)) == []
        worker = open_worker(nova)
        worker.start()
        catch_up(nova.index_room, nova.jobs)
        for job in nova.jobs.list(states=("queued", "running"), kind=ERASE.name):
            ended = nova.jobs.wait(job.job_id, 60)
            assert ended.state == "done", (ended.stage, ended.error)
        worker.stop()
        (entry,) = ledger_of(nova).all()
        with nova.db.transaction() as conn:
            held = rights.erasure(conn, entry.erasure_id)
            assert rights.unfinished(conn) == []
        assert held is not None and held.done_at is not None and held.receipt["rows"]["users"] == 1, held
        assert held.receipt["rows"]["smart_meter_readings"] == 96 and held.receipt["files"]["deleted"] >= 2
        assert "pending" not in held.receipt and entry.done_at == held.done_at
        assert not [path for path in tmp_path.rglob("*") if path.is_file() and MARKER.encode() in path.read_bytes()]
        assert nova.db.fetch_all("SELECT 1 FROM users WHERE external_id LIKE 'Andereperson%'")
