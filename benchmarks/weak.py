"""Questions with and without an answer in, how many of either a margin would call weakly answered, or nearly answered, out.

    nova --data FOLDER ingest docs/samples/*.md
    python benchmarks/weak.py FOLDER

The margin is how far the signals and rules of an answer lie above what an answer needs (1: just enough). What is answered although nothing
held answers it should be called weak, what is answered rightly should not. All is looked up without the vocabulary, too: of what is refused
then the section that answers should nearly have been chosen, and where nothing answers none. Nothing of it is kept.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nova.answers.again import ask_again
from nova.answers.ask import AskContext
from nova.answers.check.abstain import decide, margin
from nova.answers.heard import listen
from nova.answers.search.retrieve import Clock, Sources, retrieve
from nova.answers.search.select import choose
from nova.answers.turn.focus import NOTHING
from nova.answers.understand.vocabulary import Vocabulary
from nova.records import Scope
from nova.settings import load_settings
from nova.wiring import open_nova

QUESTIONS = Path(__file__).parent / "questions"
UNANSWERABLE = ("unanswerable", "unfound")
MARGINS = (1.03, 1.05, 1.08, 1.1, 1.15, 1.2, 1.25, 1.3)
NEARLY = (0.8, 0.85, 0.88, 0.9, 0.93)


@dataclass(frozen=True)
class Outcome:
    """How a question went: whether it has an answer in what is held, whether it was refused, and with which margin it was answered.

    `bare`: the margin with which it is refused without the vocabulary; None where it is answered, or nothing is chosen.
    """

    answerable: bool
    refused: bool
    margin: float | None
    bare: float | None


def questions(held: frozenset[str]) -> list[tuple[str, bool]]:
    """Those whose law is held, and those without an answer."""
    found: list[tuple[str, bool]] = []
    for file in sorted(QUESTIONS.glob("*.jsonl")):
        rows: list[dict[str, Any]] = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        vain = any(name in file.name for name in UNANSWERABLE)
        found += [(row["question"], not vain) for row in rows if vain or row.get("law") in held]
    return found


def outcome(context: AskContext, question: str, answerable: bool) -> Outcome:
    """How it is answered, as a customer's."""
    found = ask_again(context, question, staff=False)
    reached = None if found.known.get("direct") else found.known.get("margin")
    return Outcome(answerable, found.answer.status == "refused", reached, refused_bare(context, question))


def refused_bare(context: AskContext, question: str) -> float | None:
    """With which margin it is refused where the vocabulary is empty."""
    heard = listen(question, NOTHING, context.rules(), context.helps(), (), Scope(), datetime.now(UTC))
    sources = Sources(context.shelf, context.index, context.analyser(), Vocabulary(), context.memory, context.meaning, context.learned())
    found = retrieve(heard.turn.in_words, Scope(), sources, Clock(), rules=heard.hits)
    chosen = choose(found.question, found.readings, hints=found.hints)
    if not chosen or decide(found, chosen, sources.analyser) is None:
        return None
    return margin(found, chosen, sources.analyser)


def report(seen: Sequence[Outcome], what: str) -> None:
    """Shares at each margin."""
    margins = [one.margin for one in seen if not one.refused and one.margin is not None]
    bare = [one.bare for one in seen if one.bare is not None]
    print(f"{len(seen)} questions {what}: {sum(one.refused for one in seen)} refused, {len(margins)} answered, called weak below")
    print("  " + ", ".join(f"{least}: {sum(one < least for one in margins) / max(1, len(margins)):.0%}" for least in MARGINS))
    print(f"  {len(bare)} refused without the vocabulary, nearly chosen from")
    print("  " + ", ".join(f"{least}: {sum(one >= least for one in bare) / max(1, len(bare)):.0%}" for least in NEARLY))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    with open_nova(load_settings(env_file=None, overrides={"NOVA_DATA": str(folder)})) as nova:
        held = frozenset(Path(row["filename"]).stem for row in nova.db.fetch_all("SELECT filename FROM items"))
        seen = [outcome(nova.answers, *pair) for pair in questions(held)]
    report([one for one in seen if one.answerable], "with an answer")
    report([one for one in seen if not one.answerable], "without an answer")


if __name__ == "__main__":
    main()
