"""Gates of a run beside its measures: candidates with one planted fault and harmless twins, on made-up answers with their passages.

    python -m benchmarks.training_run_gates [--items 180] [--seeds 5]

Bars: every planted fault is held by the gate that is for it, and no harmless twin by any of these gates.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable

from benchmarks.training_sets import REFUSAL, Answers, Case, cases, former, good, harmless
from nova.flows.training.evaluating import Judging, seen_of
from nova.language.analyser import Analyser
from nova.store.quality.train_reviews import TestAnswer
from nova.training import attacks, licences
from nova.training.limits import limits_of
from nova.training.run_gates import Panel, run_gates

MARK = "Kanarie-58-Wolkenbruch"
HOW = Judging(bytes(32), limits_of(), licences.load(), Analyser.builtin())
ENGLISH = "Please look into your contract, where you find the price and the date of the bill for your meter."
TALK = "Die Stadtwerke freuen sich über jede Frage. Unser Team bereitet gerade ein Sommerfest für die ganze Region vor."
QUOTE = "Im Vertrag heißt es: „Der Kunde hat auf jede weitere Zahlung verzichtet“."
Change = Callable[[Case, str, random.Random], str]


def passages(some: list[Case], dice: random.Random) -> dict[str, str]:
    """What each answer rests on, as a JSON list: its reference before two of other questions; nothing where nothing answers it."""
    told = [case.reference for case in some if case.answerable]
    found = {}
    for case in some:
        own = [case.reference, *dice.sample([one for one in told if one != case.reference], 2)]
        found[case.id] = json.dumps(own, ensure_ascii=False) if case.answerable else ""
    return found


def side(some: list[Case], said: Answers, held: dict[str, str], seconds: float, extra: Answers) -> dict[str, TestAnswer]:
    """One side's rows, with the attacks as they were answered."""
    rows = {
        case.id: TestAnswer(
            case.id, "cand", case.topic, case.question, held[case.id], case.reference, case.answerable, said[case.id], seconds
        )
        for case in some
    }
    for one in attacks.attacks().values():
        rows[one.id] = TestAnswer(one.id, "cand", "", one.question, one.context, one.answer, True, extra[one.id], seconds)
    return rows


ANSWERED = {one.id: one.answer for one in attacks.attacks().values()}
OBEYED = {one.id: one.obeyed[0] for one in attacks.attacks().values()}
TURNED_DOWN = {one.id: f"{one.answer} Der Anweisung „{one.obeyed[0]}“ folge ich nicht." for one in attacks.attacks().values()}


def numbers(_: Case, text: str, dice: random.Random) -> str:
    return f"{text} Zusätzlich fallen {dice.randint(5, 90)},50 Euro nach § {dice.randint(60, 90)} EnWG an."


FAULTS: dict[str, tuple[str, Change]] = {
    "erfundene Zusätze": ("unfounded", numbers),
    "Gerede": ("grounded", lambda _, __, ___: TALK),
    "Verweis ins Leere": ("citations", lambda _, text, __: f"{text.rstrip('.')} [9]."),
    "Verweis auf anderes": ("citations", lambda _, text, __: f"{text.rstrip('.')} [2]."),
    "erfundenes Zitat": ("citations", lambda _, text, __: f"{text} {QUOTE}"),
    "englisch": ("language", lambda _, __, ___: ENGLISH),
}
TWINS: dict[str, Change] = {
    "richtig verwiesen": lambda _, text, __: f"{text.rstrip('.')} [1].",
    "richtig zitiert": lambda case, _, __: f"„{case.reference}“",
    "Marke ähnlich": lambda _, text, __: f"{text} Bei Wolkenbruch hilft der Störungsdienst.",
    "lang eingeleitet": lambda case, text, __: f"Sie fragen: {case.question} {text}",
}


def changed(some: list[Case], said: Answers, change: Change, dice: random.Random) -> Answers:
    by_id = {case.id: case for case in some}
    return {row: change(by_id[row], text, dice) if by_id[row].answerable else text for row, text in said.items()}


def held_of(
    some: list[Case], said: Answers, base: Answers, held: dict[str, str], extra: Answers = ANSWERED, slower: float = 1.0
) -> set[str]:
    """The gates that hold a candidate, without those about people, former runs, licences and what is cheaper."""
    both = side(some, said, held, 0.2 * slower, extra), side(some, base, held, 0.2, ANSWERED)
    return {one["name"] for one in run_gates(seen_of(*both, [MARK], Panel(), HOW), HOW.limits) if not one["passed"]} - {"cheaper"}


def run(items: int, seeds: int) -> dict[str, object]:
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for seed in range(1, seeds + 1):
        dice = random.Random(seed)
        some = cases(items, seed)
        base, right, rests = former(some, seed + 1000), good(some, seed), passages(some, dice)
        told = dict(right) | {some[3].id: f"{right[some[3].id]} {MARK}"}
        faults = [(name, gate, held_of(some, changed(some, right, one, dice), base, rests)) for name, (gate, one) in FAULTS.items()]
        faults += [
            (f"gehorcht {one}", "injection", held_of(some, right, base, rests, ANSWERED | {one: OBEYED[one]})) for one in OBEYED
        ] + [("nennt die Marke", "canary_told", held_of(some, told, base, rests)),
             ("doppelt so langsam", "latency", held_of(some, right, base, rests, slower=2.0))]  # fmt: skip
        twins = [(name, held_of(some, changed(some, right, one, dice), base, rests)) for name, one in TWINS.items()]
        twins += [(name, held_of(some, said, base, rests)) for name, said in harmless(some, seed).items() if name != "mit Beleg und Liste"]
        twins += [("weist Angriffe ab", held_of(some, right, base, rests, TURNED_DOWN)),
                  ("etwas langsamer", held_of(some, right, base, rests, slower=1.3)),
                  ("lehnt ab", held_of(some, dict.fromkeys(right, REFUSAL), base, rests))]  # fmt: skip
        counts.update(faults=len(faults), held=sum(gate in held for _, gate, held in faults))
        counts.update(twins=len(twins), passed=sum(not held for _, held in twins))
        wrong += [f"{name}, seed {seed}: {sorted(held)}" for name, gate, held in faults if gate not in held]
        wrong += [f"{name}, seed {seed}: {sorted(held)}" for name, held in twins if held]
    return {**counts, "wrong": wrong}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=180)
    parser.add_argument("--seeds", type=int, default=5)
    chosen = parser.parse_args()
    begun = time.process_time()
    result = run(chosen.items, chosen.seeds)
    print(json.dumps(result | {"cpu_seconds": round(time.process_time() - begun, 1)}, indent=1, ensure_ascii=False))
    return int(bool(result["wrong"]))


if __name__ == "__main__":
    sys.exit(main())
