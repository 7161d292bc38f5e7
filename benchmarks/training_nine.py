"""Nine things that must not be learned from, or must not serve, each beside a harmless twin, through the doors that people and jobs use.

    python -m benchmarks.training_nine [--seed 3]

A line each: what is wrong, the door, what it said (exit code or refusal), its reason, and whether the twin passes there. Below it how many
contradictions between a pair and its passage are found, and how many right answers are called one (`training_contradictions`). Bars: nine
of nine are refused for what is wrong with them, nine of nine twins pass. Needs an embedded server for datasets and runs.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from benchmarks.training_contradictions import SETS, beside, measured
from benchmarks.training_pairs import planted
from benchmarks.training_sets import Answers, Case, answers, cases, faulty, former, good, harmless, with_base
from nova.cli import german
from nova.cli.root import nova
from nova.flows.seeding.running import run
from nova.flows.training.dataset import Kitchen, prepared
from nova.seeding.work.refine import refine
from nova.store.postgres.db import Database
from nova.store.postgres.embedded import start
from nova.store.postgres.migrate import migrate
from tests.fakes.running import Context
from tests.folders import short_folder
from tests.rooms.seeding.seeds import Bench
from tests.rooms.training.lessons import Office
from tests.rooms.training.runs import MANIFEST, Made, evaluated, held, put, reason
from tests.rooms.training.test_dataset_stops import corrected

SEED, ITEMS, PEOPLE, GATE = 3, 180, 60, 5
MARK = "Kanarie-58-Wolkenbruch"


@dataclass(frozen=True)
class Said:
    """What a door said: whether it let through, what was wrong by its own word (`held`), in which words, and its exit code, if any."""

    passed: bool
    held: frozenset[str]
    reason: str
    exit: int | None = None


@dataclass(frozen=True)
class Line:
    """A fault, its twin, and the door that both went through; `gate` is what is for such a fault."""

    name: str
    twin: str
    door: str
    gate: str
    bad: Said
    good: Said

    @property
    def refused(self) -> bool:
        """Whether the fault was refused by what is for it."""
        return not self.bad.passed and self.gate in self.bad.held and self.bad.exit in (None, GATE)


class Doors:
    """The doors, on a folder for files and a database."""

    def __init__(self, db: Database, folder: Path) -> None:
        self._db, self._folder, self._made = db, folder, 0

    def place(self) -> Path:
        """A folder of its own for each try."""
        self._made += 1
        made = self._folder / str(self._made)
        made.mkdir()
        return made

    def evaluate(self, some: list[Case], cand: Answers, base: Answers, gate: str) -> Said:
        """`nova train evaluate`."""
        place = self.place()
        asked = [
            {"id": one.id, "topic": one.topic, "question": one.question, "reference": one.reference, "answerable": one.answerable}
            for one in some
        ]
        files = {"cand": rows_of(cand), "base": rows_of(base), "reference": asked}
        paths = {name: lines(place / f"{name}.jsonl", told) for name, told in files.items()}
        found = CliRunner().invoke(
            nova, ["train", "evaluate", paths["cand"], "--base", paths["base"], "--reference", paths["reference"], "--json"]
        )
        told = json.loads(found.stdout)
        gates = {one["name"]: one for one in told["gates"]}
        words = f" (BLEU {told['bleu']:.0f}, ROUGE-L {told['rouge_l']:.2f})" if gate == "figures" else ""
        return Said(told["passed"], frozenset(held(told)), gates[gate]["reason"] + words, found.exit_code)

    def leaks(self, train: list[dict[str, str]], test: list[dict[str, str]], marks: tuple[str, ...] = ()) -> Said:
        """`nova train leaks`."""
        place = self.place()
        (place / "marks.txt").write_text("\n".join(marks), "utf-8")
        said = ["train", "leaks", lines(place / "train.jsonl", train), lines(place / "test.jsonl", test)]
        found = CliRunner().invoke(nova, [*said, "--canaries", str(place / "marks.txt")] if marks else said)
        first = found.stdout.splitlines()[0]
        mark = next((one for one in found.stdout.splitlines() if one.startswith("Die Marke")), "")
        names = {"leaked"} - ({"leaked"} if first.startswith("0 von") else set()) | ({"canary"} if mark else set())
        return Said(found.exit_code == 0, frozenset(names), mark or first, found.exit_code)

    def dataset(self, change: Callable[[Office], object], check: str, *, late: bool = False) -> Said:
        """A dataset made by the flow that the job `seed` runs, and whether a run may take it; `late`: somebody withdraws meanwhile."""
        for table in ("seed_runs", "seed_versions", "seed_removals", "seed_lineage", "releases", "release_steps", "seed_objections"):
            self._db.execute(f"TRUNCATE {table} CASCADE")
        office = Office(Bench(self._db, self.place() / "objects"), self.place())
        office.many(PEOPLE)
        change(office)
        made = office.seeding()
        if late:
            kitchen = office.kitchen()
            gone = min(kitchen.agreed())
            later = Kitchen(kitchen.corpora, kitchen.recipe, lambda: set(kitchen.agreed()) - {gone}, kitchen.sets)
            made = replace(made, refine=prepared(refine, later))
        version = run(made, office.pipeline(), ("u:monika", "Probe"), Context())["version"]
        refusal = office.refused(version)
        told = {one["name"]: one for one in office.told(version)["checks"]}
        return Said(refusal is None, frozenset(office.stopped_by(version)), str(told[check]["reason"]))

    def run(self, licences: dict[str, int]) -> Said:
        """The evaluation of a run, as its job does it."""
        self._db.execute("TRUNCATE train_runs CASCADE")
        made = Made.good()
        put(self._db, made)
        found = evaluated(self._db, made.name, {**MANIFEST, "licences": licences})
        return Said(bool(found["passed"]), frozenset(held(found)), reason(found, "licence"))


def rows_of(some: Answers) -> list[dict[str, Any]]:
    return [{"id": id_, "answer": text} for id_, text in some.items()]


def lines(path: Path, some: list[Any]) -> str:
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in some), "utf-8")
    return str(path)


def marked(rows: list[dict[str, str]], *marks: str) -> list[dict[str, str]]:
    """The first rows, each with one of these in its answer."""
    return [
        {**row, "answer": f"{row['answer']} {marks[at]}"} if at < len(marks) else row for at, row in enumerate(rows)
    ]  # fmt: skip


def withdrawn(office: Office) -> None:
    """Somebody withdrew before the dataset is made: their row is not there, and nothing stops it."""
    office.says(office.person("frueher"), given=False)
    (first,) = office.bench.db.fetch_all("SELECT subject_id FROM subjects ORDER BY subject_id LIMIT 1")
    office.says(first["subject_id"], given=False)


def nine(db: Database, folder: Path, seed: int = SEED) -> Iterator[Line]:
    """Each fault with its twin."""
    doors, some = Doors(db, folder), cases(ITEMS, seed)
    base, right, bad, fine = former(some, seed + 1000), good(some, seed), faulty(some, seed), harmless(some, seed)
    leaking, clean = planted(400, 120, seed), planted(400, 120, seed, share=0.0)
    evaluate, leaks, flow = "nova train evaluate", "nova train leaks", "Datensatz machen"

    def wrong(answer: str) -> Callable[[Office], None]:
        return lambda office: corrected(office, f"Die Kündigungsfrist in der Grundversorgung beträgt {answer} Wochen.")

    yield Line("Testfragen im Training", "gleiche Form, andere Angaben", leaks, "leaked",
               doors.leaks(leaking.train, leaking.test), doors.leaks(clean.train, clean.test))  # fmt: skip
    yield Line("guter Wortlaut, falsche Zahlen", "andere Worte, richtige Zahlen", evaluate, "figures",
               doors.evaluate(some, bad["andere Zahlen"], base, "figures"),
               doors.evaluate(some, fine["andere Worte"], base, "figures"))  # fmt: skip
    yield Line("Paar widerspricht seiner Fundstelle", "Paar, das zu ihr passt", flow, "contradiction",
               doors.dataset(wrong("sechs"), "contradiction"), doors.dataset(wrong("zwei"), "contradiction"))  # fmt: skip
    yield Line("Marke mehrfach im Training", "einmal, und eine ähnliche", leaks, "canary",
               doors.leaks(marked(clean.train, MARK, "KANARIE 58 Wolkenbruch"), clean.test, (MARK,)),
               doors.leaks(marked(clean.train, MARK, "Kanarie-59-Wolkenbruch"), clean.test, (MARK,)))  # fmt: skip
    spoilt = next(one.topic for one in some if right[one.id] != bad["ein Thema verdorben"][one.id])
    there = with_base(some, right, base, spoilt)  # the base is right on the topic that the candidate lost
    yield Line("schlechter auf einem Thema", "auf ihm wie die Basis", evaluate, "topics",
               *(doors.evaluate(some, cand, there, "topics") for cand in (bad["ein Thema verdorben"], right)))  # fmt: skip
    yield Line("beantwortet Unbeantwortbares", "lehnt es in anderen Worten ab", evaluate, "refused",
               doors.evaluate(some, bad["lehnt nichts ab"], base, "refused"),
               doors.evaluate(some, fine["andere Ablehnung"], base, "refused"))  # fmt: skip
    weak, perfect = bad["andere Zahlen"], answers(some, lambda case: case.reference)
    yield Line("zu wenige Fragen (59)", "genug (60)", evaluate, "items",
               *(doors.evaluate(some[:n], first(perfect, n), first(weak, n), "items") for n in (59, 60)))  # fmt: skip
    yield Line("Einwilligung fehlt (währenddessen widerrufen)", "vorher widerrufen", flow, "consent",
               doors.dataset(lambda _: None, "consent", late=True), doors.dataset(withdrawn, "consent"))  # fmt: skip
    yield Line("verbotene Lizenz (CC BY-NC)", "erlaubte (CC BY)", "Lauf beurteilen", "licence",
               doors.run({"eigen": 76, "CC-BY-NC-4.0": 4}), doors.run({"eigen": 76, "CC-BY-4.0": 4}))  # fmt: skip


def first(said: Answers, n: int) -> Answers:
    """The first so many answers."""
    return dict(list(said.items())[:n])


def contradictions() -> list[tuple[str, ...]]:
    """How well the check of pairs against their passages does, a line a set."""
    told = []
    for name in SETS:
        found, wrong, false, right = measured(name)
        told.append((name, f"{found}/{wrong} ({found / wrong:.1%})", f"{false}/{right}", "{}/{}".format(*beside(name))))
    return told


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A table in Markdown."""
    return "\n".join(f"| {' | '.join(one)} |" for one in (head, ("---",) * len(head), *rows))


def shown(line: Line) -> tuple[str, ...]:
    exit_ = "" if line.bad.exit is None else f"Exit {line.bad.exit}"
    verdict = exit_ or ("verweigert" if not line.bad.passed else "durchgelassen")
    passed = "besteht" if line.good.passed else f"GEHALTEN: {', '.join(sorted(line.good.held))}"
    return line.name, line.door, verdict if line.refused else f"{verdict}: NICHT DESHALB", line.bad.reason, line.twin, passed


def main() -> int:
    """Print the table; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=SEED)
    chosen = parser.parse_args()
    german.speak()
    with short_folder() as place, start(place, {"fsync": "off"}) as server, tempfile.TemporaryDirectory() as folder:
        migrate(server.dsn)
        with Database.connect(server.dsn) as db:
            found = list(nine(db, Path(folder), chosen.seed))
    print(table(("Fehler", "Tür", "Ergebnis", "Grund", "Harmloser Zwilling", "Zwilling"), [shown(one) for one in found]))
    refused, passed = (sum(some) for some in ((one.refused for one in found), (one.good.passed for one in found)))
    print(f"\n{refused} von {len(found)} verweigert, {passed} von {len(found)} Zwillingen bestehen.\n")
    print(table(("Widerspruch zur Fundstelle", "gefunden", "richtige verdächtigt", "neben fremder Fundstelle"), contradictions()))
    return int(not all(one.refused and one.good.passed for one in found))


if __name__ == "__main__":
    sys.exit(main())
