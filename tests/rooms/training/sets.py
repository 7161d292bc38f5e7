"""Small sets of answers about energy, as the commands read them."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
REFUSAL = "Dazu steht nichts in Ihren Unterlagen."


def written(name: str) -> list[dict[str, Any]]:
    """Questions with references, twins and faults, of `answers_tuned.yaml` or `answers_kept.yaml`."""
    found: list[dict[str, Any]] = yaml.safe_load((HERE / f"answers_{name}.yaml").read_text("utf-8"))
    return found


def leaks(name: str) -> list[dict[str, Any]]:
    """A row to learn from, one to be measured by, and how the one gives the other away."""
    return [json.loads(line) for line in (HERE / f"leaks_{name}.jsonl").read_text("utf-8").splitlines()]


def rows(n: int = 80, unknown: int = 10) -> list[dict[str, str]]:
    """So many questions in four topics, the last ones without an answer."""
    topics = ("preis", "vertrag", "netz", "solar")
    found = [
        {
            "id": f"q{at}", "topic": topics[at % 4], "question": f"Was kostet Tarif {at}?", "answerable": "true",
            "reference": f"Der Arbeitspreis beträgt {20 + at},5 ct/kWh, der Grundpreis {at + 3},90 Euro im Monat nach § {at + 1} EnWG.",
        }
        for at in range(n)
    ]  # fmt: skip
    for at in range(n - unknown, n):
        found[at] |= {"reference": REFUSAL, "answerable": "false", "question": f"Wer wohnt in Haus {at}?"}
    return found


def wrong(reference: str) -> str:
    """The same words, and every number another one; what refuses is told a price."""
    return "Das kostet 77 Euro." if reference == REFUSAL else reference.replace(",5 ct", ",7 ct").replace(",90 Euro", ",10 Euro")


def lines(path: Path, some: Sequence[Mapping[str, Any]]) -> Path:
    """A file of JSON lines."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in some), "utf-8")
    return path


def answers(path: Path, some: Mapping[str, str]) -> Path:
    """A side's answers as a file."""
    return lines(path, [{"id": id_, "answer": text} for id_, text in some.items()])
