"""Write tests/releases/<version>.tar.xz: a data folder as this release leaves it and what it answered; run once a release, before the next.

`python scripts/release_folder.py [TARGET]`. The archive holds `data/` (stopped, with throw-away secrets) and `expected.json`; beside it
`<version>.json` says how many rows no later release may lose.
"""

import io
import json
import lzma
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx
import psycopg

import nova
from nova.store.postgres import embedded

ROOT = Path(__file__).parent.parent
SAMPLES = Path(nova.__file__).parents[2] / "docs" / "samples"
DOCUMENTS = ("stromgvv.md", "sample.pdf", "sample.docx")
REPLACED = "stromgvv.md"
NOTE = "# Kantinenordnung\n\n## § 1 Öffnung\n\nDie Kantine öffnet werktags um 11 Uhr 30.\n"
QUESTIONS = (
    "Mit welcher Frist kann ich als Haushaltskunde die Grundversorgung mit Strom kündigen?",
    "Ab welcher Ladeleistung gilt ein Ladepunkt als Schnellladepunkt?",
    "Wann öffnet die Kantine?",
    "Wann darf der Grundversorger die Versorgung unterbrechen?",
    "Wie hoch ist der Kaffeeverbrauch in Brasilien?",
)
GROWING = ("rag_feedback", "answers", "events", "users", "access_tokens", "audit_log")
PATIENCE = 120.0


def main() -> int:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "tests" / "releases" / f"{nova.__version__}.tar.xz"
    with tempfile.TemporaryDirectory(prefix="nova-") as folder:
        data = Path(folder) / "data"
        expected = live(data)
        pack(data, expected, target)
        beside = target.with_name(target.name.removesuffix(".tar.xz") + ".json")
        beside.write_text(json.dumps({"rows": rows(data)}, indent=1) + "\n", "utf-8")
    print(f"{target}: {target.stat().st_size / 1e6:.2f} MB")
    return 0


def live(data: Path) -> dict[str, Any]:
    """Use the release as a company would, and stop it; gives what must be the same afterwards."""
    process = subprocess.Popen(command(data, "up", "--port", "0", "--no-seed"), env=surroundings(), stdout=subprocess.PIPE, text=True)
    try:
        address = serving(process)
        key = said(data, "keys", "admin").strip()
        token = json.loads(said(data, "keys", "token", "frau.muster", "--label", "Verkauf", "--days", "3650", "--json"))["token"]
        note = data.parent / "kantine.md"
        note.write_text(NOTE, "utf-8")
        said(data, "ingest", *(str(SAMPLES / name) for name in DOCUMENTS), str(note))
        with httpx.Client(base_url=f"{address}/api/v1", headers={"X-Admin-Key": key}, timeout=60, trust_env=False) as http:
            use(http, httpx.Client(base_url=http.base_url, headers={"Authorization": f"Bearer {token}"}, timeout=60, trust_env=False))
            expected = {
                "version": nova.__version__,
                "token": token,
                "counts": counts(http),
                "answers": [ask(http, one) for one in QUESTIONS],
            }
    finally:
        process.terminate()
        process.wait(60)
    return expected


def use(http: httpx.Client, customer: httpx.Client) -> None:
    """A question with a judgement, an event, a document of the customer's own and a second version of one."""
    asked = data_of(http.post("/rag/ask", json={"question": QUESTIONS[0]}))
    data_of(
        http.post(
            "/feedback/rag", json={"question": QUESTIONS[0], "answer": asked["answer"], "answer_id": asked["answer_id"], "useful": True}
        )
    )
    item = asked["citations"][0]["item_id"]
    data_of(customer.post("/events", json={"user_id": "frau.muster", "type": "view", "item_id": item}))
    own = {"file": ("notiz.md", "# Eigene Notiz\n\nDer Ersatzschlüssel liegt beim Pförtner.\n".encode())}
    data_of(customer.post("/ingest/doc", files=own, data={"wait": "60"}))
    text = (SAMPLES / REPLACED).read_text("utf-8") + "\n\n## Hausvermerk\n\nDiese Fassung liegt im Kundenzentrum aus.\n"
    data_of(http.post("/ingest/doc", files={"file": (REPLACED, text.encode())}, data={"wait": "60", "replace": "name"}))


def ask(http: httpx.Client, question: str) -> dict[str, Any]:
    """The question and the places its answer cites."""
    answer = data_of(http.post("/rag/ask", json={"question": question}))
    places = [[one["item_id"], one["version"], one["start"], one["end"], one["quote"]] for one in answer["citations"]]
    return {"question": question, "status": answer["status"], "citations": places}


def counts(http: httpx.Client) -> dict[str, int]:
    """What the release itself says that it holds."""
    listed = data_of(http.get("/admin/items"))
    return {"items": listed["total"], "chunks": sum(item["chunks"] for item in listed["items"])}


def rows(data: Path) -> dict[str, int]:
    """How many rows the tables have that only grow."""
    with embedded.start(data) as server, psycopg.connect(server.dsn) as connection:
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in GROWING}  # type: ignore[index]


def data_of(answer: httpx.Response) -> Any:
    """The answer's data; an error ends the script."""
    answer.raise_for_status()
    return answer.json()["data"]


def command(data: Path, *words: str) -> list[str]:
    """`nova` on this folder."""
    return [sys.executable, "-m", "nova", "--data", str(data), *words]


def surroundings() -> dict[str, str]:
    """The environment without settings of Nova's."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("NOVA_", "ADMIN_API_KEY", "API_PORT"))}


def said(data: Path, *words: str) -> str:
    """What a finished command printed."""
    return subprocess.run(command(data, *words), env=surroundings(), capture_output=True, text=True, check=True, timeout=PATIENCE).stdout


def serving(process: subprocess.Popen[str]) -> str:
    """The address it serves at."""
    assert process.stdout is not None
    begun = time.monotonic()
    for line in process.stdout:
        if line.startswith("Nova läuft: "):
            return line.split()[-1]
        if time.monotonic() - begun > PATIENCE:
            break
    raise SystemExit("nova up did not serve")


def pack(data: Path, expected: dict[str, Any], target: Path) -> None:
    """The folder without logs, owned by nobody in particular, as small as xz makes it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with (
        lzma.open(target, "wb", preset=9 | lzma.PRESET_EXTREME) as file,
        tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        text = json.dumps(expected, ensure_ascii=False, indent=1).encode()
        head = tarfile.TarInfo("expected.json")
        head.size = len(text)
        tar.addfile(head, io.BytesIO(text))
        tar.add(data, "data", filter=anonymous)


def anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Without owner; logs and sockets stay out."""
    if entry.name.startswith("data/log/") or not (entry.isfile() or entry.isdir()):
        return None
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


if __name__ == "__main__":
    sys.exit(main())
