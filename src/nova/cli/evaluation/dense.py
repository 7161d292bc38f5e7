"""A client to a Nova with an embedding model and questions with known answers in, what the model was measured to be worth out."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nova import german
from nova.cli import output
from nova.cli.client import Client
from nova.cli.evaluation.questions import Question
from nova.errors import NovaError

LOOK_SECONDS = 0.5
PAGE = 200
COLUMNS = {"group": "Fragen", "weight": "Gewicht", "hit@5": "hit@5", "ndcg@10": "nDCG@10"}


def weigh(client: Client, questions: Sequence[Question], stems: Mapping[str, str]) -> dict[str, Any]:
    """Let Nova measure its model; `stems` maps item ids to file names. Gives the job's result."""
    job_id = client.post("/admin/weigh", {"questions": known(questions, stems)})["job_id"]
    while (job := client.get(f"/jobs/{job_id}"))["state"] in ("queued", "running"):
        output.progress(f"  {job['stage']}  {job['progress']}/{job['total']}")
        time.sleep(LOOK_SECONDS)
    output.progress(f"  {job['stage']}", final=True)
    if job["state"] != "done":
        raise NovaError(job["error"] or "Die Messung wurde abgebrochen.")
    return dict(job["result"])


def known(questions: Sequence[Question], stems: Mapping[str, str]) -> list[dict[str, Any]]:
    """The questions whose documents are there, with the items that answer them."""
    items: dict[str, list[str]] = {}
    for item_id, stem in stems.items():
        items.setdefault(stem, []).append(item_id)
    found = [
        {
            "question": one.text,
            "places": [{"item_id": item_id, "section": place.section} for place in one.right for item_id in items.get(place.document, ())],
        }
        for one in questions
    ]
    return [one for one in found if one["places"]]


def stems(client: Client) -> dict[str, str]:
    """The file name (without its ending) of each document of this installation."""
    found: dict[str, str] = {}
    while True:
        page = client.get("/admin/items", limit=PAGE, offset=len(found))["items"]
        found |= {one["item_id"]: Path(one["filename"]).stem for one in page}
        if len(page) < PAGE:
            return found


def table(made: Mapping[str, Any]) -> None:
    """Print a measurement for people."""
    output.line(f"Modell {made['model']}, {made['dimension']} Dimensionen", bold=True)
    if made["note"]:
        output.note(made["note"])
    output.table(made["rows"], COLUMNS)
    for number, half in enumerate(made["halves"], 1):
        output.line(f"Hälfte {number} wählt {_german(half['chosen'])}; die andere gewinnt damit {_german(half['gain'])} Punkte nDCG@10.")
    output.line(f"Gepaarter Bootstrap: p = {_german(made['chance'])}")
    times = made["question_ms"]
    output.line(f"Vektor einer Frage: Median {_german(times['p50'])} ms, 95 % unter {_german(times['p95'])} ms")
    output.line(f"Gewicht {_german(made['weight'])}: {made['reason']}", bold=True)


def _german(value: float) -> str:
    return german.short(value)
