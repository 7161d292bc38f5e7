"""Everyday questions for data, drawn from the world that a running Nova holds in, how many are answered right out. Code judges.

    nova up --port 8097                     # with the world of ../shared/eval/dialogues.py loaded; NOVA_RATE_LIMITS=off NOVA_BUDGET=0
    python benchmarks/data_questions.py --base http://127.0.0.1:8097 --admin-key KEY --widen --seed 1 --number 200 [--show]

`--widen` adds four meters (`data_people.py`). Questions are drawn by `data_cases.py` from the wordings of `data_wordings.yaml`; truths are
reckoned from the exported rows (`data_truth.py`), never asked of Nova. Right is an answer that says the value asked for, to the last digit
that it shows, with its period; where there is nothing to say, one that says so and no number; and no law beside it. A number with a unit is
recomputable when a fact of the answer names its rows and `data_facts.py` comes to the same digits.
Prints the share right by kind, the numbers that cannot be recomputed, and the median and 95 % quantile of the time an answer took.
"""

import argparse
import random
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from data_cases import Case, Cases, Turn, Want
from data_facts import numbers, unfounded
from data_people import Server, truth_of, widen
from data_truth import Truth

HONEST = re.compile(
    r"keine (?:vollständigen )?(?:Messwerte|Preise|Erzeugung|Vorhersage|Werte)|kenne ich nicht|liegt in der Zukunft|weder Preis|"
    r"gibt es keine|keiner Nacht|kein Zähler|nicht bekannt|noch keine|Zu keinem Messwert"
)


@dataclass(frozen=True)
class Told:
    """What became of a question."""

    turn: Turn
    who: str
    text: str
    fails: tuple[str, ...]
    unfounded: tuple[str, ...]
    counted: int
    ms: float


def judged(turn: Turn, answer: dict[str, Any], text: str) -> list[str]:
    """Why an answer is not right; [] when it is."""
    fails = ["a law stands beside it"] if answer["citations"] else []
    said = numbers(text)
    if not turn.wants:
        honest = HONEST.search(text) is not None
        return fails + ([] if honest else ["does not say that there is nothing"]) + [f"says {one.text}" for one in said if one.unit != "h"]
    lacking = [_lacking(want, text) for want in turn.wants]
    return fails + min(lacking, key=len) if all(lacking) else fails


def _lacking(want: Want, text: str) -> list[str]:
    said = numbers(text)
    missing = [f"{value:.3f} {unit}" for value, unit in want.values if not any(one.is_about(value, unit) for one in said)]
    if want.marks and not any(mark in text for mark in want.marks):
        missing.append(f"of {' or '.join(want.marks)}")
    return missing + [word for word in want.words if re.search(rf"\b{word}\b", text) is None]


def ask(server: Server, truth: Truth, case: Case) -> list[Told]:
    """The questions of a case, one after the other in one conversation."""
    told, conversation = [], None
    for turn in case.turns:
        answer, ms = server.ask(case.who, turn.ask, conversation)
        conversation = answer["conversation_id"] or conversation
        text = " ".join(one["text"] for one in answer["sentences"])
        own = " ".join(one["text"] for one in answer["sentences"] if not one["citations"])
        wrong = unfounded(own, answer["facts"], truth)
        told.append(Told(turn, case.who, text, tuple(judged(turn, answer, text)), tuple(wrong), len(numbers(own)), ms))
    return told


def run(server: Server, truth: Truth, seed: int, number: int, kind: str | None) -> list[Told]:
    """So many questions."""
    dice, told = random.Random(seed), list[Told]()
    while len(told) < number:
        cases = Cases(truth, datetime.now(UTC), dice)
        pair = kind is None and number - len(told) > 1 and dice.random() < 1 / 4
        told += ask(server, truth, cases.two() if pair or kind == "two" else cases.one(kind))
    return told


def report(told: list[Told]) -> str:
    """The figures of a run."""
    by_kind: dict[str, list[bool]] = defaultdict(list)
    for one in told:
        by_kind[one.turn.kind].append(not one.fails)
    times = sorted(one.ms for one in told)
    right, lost, counted = (
        sum(not one.fails for one in told),
        [each for one in told for each in one.unfounded],
        sum(one.counted for one in told),
    )
    lines = [f"{kind:16} {sum(hits):3} of {len(hits):3}" for kind, hits in sorted(by_kind.items())]
    after = [hit for kind, hits in by_kind.items() if kind.startswith("then_") for hit in hits]
    return "\n".join([
        *lines,
        f"right            {right} of {len(told)} ({100 * right / len(told):.1f} %), of those that go on {sum(after)} of {len(after)}",
        f"numbers          {counted}, not recomputable {len(lost)}{': ' if lost else ''}{'; '.join(lost[:20])}",
        f"time             p50 {times[len(times) // 2]:.0f} ms, p95 {times[min(len(times) - 1, int(0.95 * len(times)))]:.0f} ms",
    ])  # fmt: skip


def main() -> None:
    """Read the command line, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", default="http://127.0.0.1:8000")
    parser.add_argument("--admin-key", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--number", type=int, default=200)
    parser.add_argument("--widen", action="store_true", help="add the meters that the questions speak of, and bring them up to now")
    parser.add_argument("--kind", help="only questions of this kind; `two` for such as go on")
    parser.add_argument("--show", action="store_true", help="print what was not right")
    options = parser.parse_args()
    server = Server(options.base, options.admin_key)
    if options.widen:
        widen(server, datetime.now(UTC))
    truth = truth_of(server)
    told = run(server, truth, options.seed, options.number, options.kind)
    server.close()
    for one in told if options.show else []:
        if one.fails or one.unfounded:
            print(f"{one.turn.kind} {one.who}: {one.turn.ask}\n   {one.text}\n   - {'; '.join((*one.fails, *one.unfounded))}")
    print(report(told))


if __name__ == "__main__":
    main()
