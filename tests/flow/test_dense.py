"""An embedding model from the first document to its measured weight, and what is left when its server goes: everything but likeness."""

import json
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.fakes.models import serving
from tests.flow.conftest import Up, read, run, start
from tests.places import SAMPLES

ASKED = "Wann darf der Grundversorger die Versorgung unterbrechen?"
PATIENCE = 60.0


def embed_service(folder: Path) -> dict[str, Any]:
    checks = json.loads(run(folder, "doctor", "--json").stdout)["checks"]
    return next((dict(one) for one in checks if "Modell sinn" in one["detail"]), {})


@pytest.mark.slow
def test_a_model_is_embedded_measured_used_and_missed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with serving("openai") as server:
        (tmp_path / ".env").write_text(f"EMBED_MODEL=sinn\nNOVA_OPENAI_URL={server.url}\n")
        up = start(folder, "--no-seed")
        try:
            files = [str(SAMPLES / name) for name in ("stromgvv.md", "nav.md", "messbg.md")]
            assert run(folder, "ingest", *files, "--kind", "regulation").returncode == 0
            plain = read(folder, "ask", ASKED)
            wait_for(lambda: "Gewicht" in in_health(up, folder))  # by itself, although there was nothing to measure at the start
            assert "Gewicht" in embed_service(folder)["detail"]
            made = read(folder, "eval", "dense")
            assert (made["model"], made["dimension"]) == ("sinn", 48)
            assert made["questions"]["Überschriften"] >= 40
            assert {row["weight"] for row in made["rows"]} >= {0.0, 1.0}
            assert read(folder, "ask", ASKED)["citations"][0]["quote"] == plain["citations"][0]["quote"]
            server.mode = "500"
            assert "ohne Einbettungen" in embed_service(folder)["detail"]
            assert read(folder, "ask", ASKED)["status"] == plain["status"]
        finally:
            up.stop()


def in_health(up: Up, folder: Path) -> str:
    """What the health report says of the model: the same as the doctor's word, without a process for each look."""
    key = (folder / "secrets" / "admin.key").read_text().strip()
    services = httpx.get(f"{up.address}/api/v1/admin/health", headers={"X-Admin-Key": key}, timeout=30).json()["data"]["services"]
    return " ".join(str(one.get("detail")) for one in services.values() if "Modell sinn" in str(one.get("detail")))


def wait_for(holds: Any) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.5)
