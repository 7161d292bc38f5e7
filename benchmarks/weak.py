"""Questions with and without an answer in, how many of either a margin would call weakly answered out.

    nova --data FOLDER ingest docs/samples/*.md
    python benchmarks/weak.py FOLDER

The margin is how far an answer's signals lie above what an answer needs (1: just enough). What is answered although nothing held answers it
should be called weak, what is answered rightly should not.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nova.answers.ask import Question, ask
from nova.settings import load_settings
from nova.wiring import Nova, open_nova

QUESTIONS = Path(__file__).parent / "questions"
SAMPLES = Path(__file__).parent.parent / "docs" / "samples"
MARGINS = (1.03, 1.05, 1.08, 1.1, 1.15, 1.2)


@dataclass(frozen=True)
class Outcome:
    """How a question went: whether it has an answer in what is held, whether it was refused, and with which margin it was answered."""

    answerable: bool
    refused: bool
    margin: float | None


def questions() -> list[tuple[str, bool]]:
    """Those whose law is among the samples, and those without an answer."""
    held = {path.stem for path in SAMPLES.glob("*.md")}
    found: list[tuple[str, bool]] = []
    for file in sorted(QUESTIONS.glob("*.jsonl")):
        rows: list[dict[str, Any]] = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        vain = "unanswerable" in file.name
        found += [(row["question"], not vain) for row in rows if vain or row.get("law") in held]
    return found


def outcome(nova: Nova, question: str, answerable: bool) -> Outcome:
    answer = ask(nova.answers, Question(question))
    row = nova.db.fetch_one("SELECT retrieval FROM answers WHERE answer_id = %s", [answer.answer_id])
    known = row["retrieval"] if row else {}
    return Outcome(answerable, answer.status == "refused", None if known.get("direct") else known.get("margin"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    with open_nova(load_settings(env_file=None, overrides={"NOVA_DATA": str(folder)})) as nova:
        seen = [outcome(nova, *pair) for pair in questions()]
    for answerable, what in ((True, "with an answer"), (False, "without an answer")):
        mine = [one for one in seen if one.answerable == answerable]
        margins = [one.margin for one in mine if not one.refused and one.margin is not None]
        print(f"{len(mine)} questions {what}: {sum(one.refused for one in mine)} refused, {len(margins)} answered, called weak below")
        print("  " + ", ".join(f"{least}: {sum(margin < least for margin in margins) / max(1, len(margins)):.0%}" for least in MARGINS))


if __name__ == "__main__":
    main()
