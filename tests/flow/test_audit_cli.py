"""Roles, the audit log and the pipeline of conversations at the command line, against a Nova that runs."""

import json
from pathlib import Path

import httpx
import pytest

from tests.fakes.syslog import receiving
from tests.flow.conftest import read, run, start
from tests.folders import short_folder


@pytest.mark.slow
def test_roles_log_and_pipeline_at_the_command_line(tmp_path: Path) -> None:
    with short_folder() as place, receiving("unix", place) as outside:
        (tmp_path / ".env").write_text(f"NOVA_AUDIT_SYSLOG={outside.address}\n")
        looked_at(tmp_path)
        told = outside.fields()
    assert [one["name"] for one in told if "seq" in one][:4] == ["audit.gapless", "operator_key.used", "role.changed", "token.issued"]
    assert [int(one["seq"]) for one in told if "seq" in one] == sorted({int(one["seq"]) for one in told if "seq" in one})
    assert any(one["name"] == "audit.sealed" and len(one["head"]) == 64 for one in told)


def looked_at(tmp_path: Path) -> None:
    """A Nova that tells its log outside; commands that speak to it."""
    folder = tmp_path / "data"
    up = start(folder, "--no-seed")
    try:
        token = run(folder, "keys", "token", "rita", "--role", "reviewer")
        headers = {"Authorization": f"Bearer {token.stdout.strip()}"}
        assert httpx.get(f"{up.address}/api/v1/session", headers=headers).json()["data"]["role"] == "reviewer"
        again = run(folder, "keys", "token", "rita", "--role", "auditor")
        assert "ältere Zugänge gelten nicht mehr" in again.stderr
        assert httpx.get(f"{up.address}/api/v1/session", headers=headers).status_code == 401
        assert "auditor" in run(folder, "keys", "list").stdout
        listed = run(folder, "audit", "list", "--action", "role.").stdout
        assert "role=auditor" in listed and "token.issued" not in listed
        verdict = read(folder, "audit", "verify")
        assert verdict["ok"] and verdict["sealed"] + verdict["unsealed"] == verdict["rows"] >= 4
        assert "Das Protokoll ist unverändert" in run(folder, "audit", "verify").stdout
        target = tmp_path / "log.jsonl"
        assert run(folder, "audit", "export", str(target)).returncode == 0
        rows = [json.loads(line) for line in target.read_text().splitlines()]
        assert [row["seq"] for row in rows] == sorted((row["seq"] for row in rows), reverse=True)
        assert [row["action"] for row in rows[-3:]] == ["role.changed", "operator_key.used", "audit.gapless"]
        done = run(folder, "data", "--pipeline", "vector-ingest", "--replay")
        assert done.returncode == 0 and "Durchsuchbar sind 0 von 0" in done.stdout
        assert (folder / "orchestration_journal" / "data" / "vector_ingest_report.md").exists()
        assert run(folder, "data", "--pipeline", "anders").returncode == 2
    finally:
        up.stop()
