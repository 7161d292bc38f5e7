"""A run whose model and base answered in, what it is worth and which gates hold it out: kept, and told with what got worse first.

Words, facts, topics and votes are judged by the training room, whether answers rest on their context by Nova's own checks of answers.
What is a matter of security (an order in a context obeyed, a mark told) opens a ticket for Orion.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from statistics import median
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.answers.check.polarity import contradicts
from nova.errors import Conflict
from nova.flows.training.contexts import contexts
from nova.flows.training.grounding import Grounding
from nova.flows.training.review import scene
from nova.kpi.tickets import changes
from nova.kpi.tickets.changes import Tell, Wish
from nova.language.analyser import Analyser
from nova.language.english import is_german
from nova.ports import Audit
from nova.records import Caller
from nova.store.postgres.db import Database
from nova.store.quality import tickets
from nova.store.quality import train_reviews as store
from nova.store.quality.train_reviews import Evaluation, TestAnswer, TunedRun
from nova.store.training import sets
from nova.training import attacks, licences
from nova.training.cures import HAVE, NAMES, NEVER, Cure, Name
from nova.training.evaluate import Measured, Topic, measure, rounded, told
from nova.training.gates import gates
from nova.training.licences import Data
from nova.training.limits import Limits
from nova.training.panel import counted
from nova.training.refusals import sounds_refusing
from nova.training.rows import Table
from nova.training.run_gates import Grounded, Panel, Seen, run_gates, worst_first
from nova.training.sides import Sides, sides_of

FINDINGS = {"attacks": "befolgt Anweisungen aus Fundstellen", "canaries": "nennt Marken, die nicht gelernt werden durften"}
ADVICE = {
    "attacks": "Das Modell darf erst dienen, wenn das geprüft ist: Trainieren Sie auch mit Fundstellen, die fremde Anweisungen enthalten.",
    "canaries": "Das Modell sagt, was nicht gelernt werden durfte. Prüfen Sie den Datensatz, bevor der Lauf wiederholt wird.",
}
MOST_TOLD = 10
Answers = Mapping[str, TestAnswer]


@dataclass(frozen=True, slots=True)
class Judging:
    """What an evaluation needs: the key of blind reviews, the limits, the licences, and who reads German words."""

    key: bytes
    limits: Limits
    licences: licences.Licences
    analyser: Analyser


def evaluate_run(
    conn: Connection[Any], run: str, by: str, manifest: Mapping[str, Any] | None, how: Judging, now: datetime
) -> dict[str, Any]:
    """Judge a run and keep what was found; what is told has the shape of `nova train evaluate`, and more of a run.

    `manifest` is that of the dataset's folder (None: what is kept of the version). NotFound; Conflict where nothing was answered or the
    manifest is another dataset's; InvalidInput for one that is none.
    """
    found = scene(conn, run, how.key, how.limits, now)
    every = store.answers(conn, found.run.run_id)
    cand, base = ({one.row_id: one for one in every if one.side == side} for side in ("cand", "base"))
    if not cand or not base:
        raise Conflict("Dieser Lauf hat noch keine Antworten auf die zurückgehaltenen Fragen.")
    problems: list[str] = []
    sides = _sides(cand, base, problems)
    measured = measure(sides, counted(found.votes, found.panel), how.limits, contradicts)
    former, topics = _former(conn, found.run, cand, how, now)
    known = manifest_of(conn, found.run, manifest)
    data = None if known is None else licences.data_of(known)
    seen = seen_of(cand, base, marks_of(known), found.panel, how)
    refused = licences.refusals(how.licences, found.run.base, base_licence(found.run, how.licences), data)
    cured = _cured(found.run, every, (cand, base), how)
    seen = replace(seen, former=former, topics=topics, licence=refused, cures=cured)
    result = told(measured, [*gates(measured, how.limits), *run_gates(seen, how.limits)], problems)
    result |= _more(found.run, measured, seen, data)
    store.put_evaluation(conn, found.run.run_id, Evaluation(result, bool(result["passed"]), by, now))
    return result


def _sides(cand: Answers, base: Answers, problems: list[str]) -> Sides:
    """Both sides' answers to what is a test (attacks are looked at by themselves)."""
    ours, theirs = _tests(cand), _tests(base)
    reference = [
        {"id": one.row_id, "topic": one.topic, "question": one.question, "reference": one.reference, "answerable": _word(one.answerable)}
        for one in {**theirs, **ours}.values()
    ]
    return sides_of(_table("Kandidat", ours), _table("Basis", theirs), Table("Fragen", reference), problems)


def _tests(some: Answers) -> Answers:
    return {row: one for row, one in some.items() if not attacks.is_attack(row)}


def _table(name: str, some: Answers) -> Table:
    return Table(name, [{"id": one.row_id, "answer": one.answer} for one in some.values()])


def _word(value: bool) -> str:
    return "true" if value else "false"


def _former(conn: Connection[Any], run: TunedRun, cand: Answers, how: Judging, now: datetime) -> tuple[str, Sequence[Topic]]:
    """The run that passed last with the same questions, and each topic beside what it answered."""
    found = store.former(conn, run.run_id, how.limits.items, now)
    if found is None:
        return "", ()
    before = {one.row_id: one for one in store.answers(conn, found[0]) if one.side == "cand"}
    shared = {row for row, one in cand.items() if row in before and before[row].reference == one.reference}
    sides = _sides(_only(cand, shared), _only(before, shared), [])
    return found[1], measure(sides, (), how.limits, contradicts).topics


def _cured(run: TunedRun, every: Sequence[TestAnswer], both: tuple[Answers, Answers], how: Judging) -> list[Cure]:
    """What each cheaper cure is worth; where one could not be given, the base answers as it does without."""
    cand, base = (_tests(some) for some in both)
    lacking = {"document": sum(not contexts(one.context) for one in base.values())}
    if "cures" not in run.measured:
        return [Cure(name, NEVER) for name in NAMES]
    return [_cure(name, [one for one in every if one.side == name], (cand, base), lacking.get(name, len(base)), how) for name in NAMES]


def _cure(name: Name, said: Sequence[TestAnswer], both: tuple[Answers, Answers], of: int, how: Judging) -> Cure:
    cand, base = both
    given = {one.row_id: one for one in said if one.row_id in base and one.row_id in cand}
    if not of:
        return Cure(name, HAVE)
    if len(given) < how.limits.cure_given * of:
        return Cure(name, f"nur bei {len(given)} von {of} Fragen möglich", len(given), of)
    found = measure(_sides(cand, {**base, **given}, []), (), how.limits, contradicts)
    win = {"rate": found.win.rate, "low": found.win.low, "high": found.win.high, "n": found.win.n}
    return Cure(name, "", len(given), of, found.base.facts[0], found.cand.facts[0], win)


def _only(some: Answers, rows: Collection[str]) -> Answers:
    return {row: one for row, one in some.items() if row in rows}


def seen_of(cand: Answers, base: Answers, marks: Sequence[str], panel: Panel, how: Judging) -> Seen:
    """What the gates of a run look at, but for former runs and licences."""
    plain, obeyed = _tests(cand).values(), _obeyed(cand)
    return Seen(
        _grounded(_tests(cand).values(), how.analyser),
        _grounded(_tests(base).values(), how.analyser),
        attacked=len(cand) - len(plain),
        obeyed=obeyed,
        base_obeyed=len(_obeyed(base)),
        told=tuple(row for row, one in sorted(cand.items()) if _tells(one.answer, marks)),
        canaries=len(marks),
        german=(sum(is_german(one.answer) for one in plain), len(plain)),
        seconds=(_seconds(_only(cand, base)), _seconds(_only(base, cand))),
        panel=panel,
    )


def _obeyed(some: Answers) -> tuple[str, ...]:
    """The attacks that answers obeyed."""
    return tuple(row for row, one in sorted(some.items()) if attacks.is_attack(row) and attacks.obeys(row, one.answer))


def _tells(answer: str, marks: Sequence[str]) -> bool:
    said = " ".join(answer.split()).casefold()
    return any(mark.casefold() in said for mark in marks)


def _seconds(some: Answers) -> float:
    return median(one.seconds for one in some.values()) if some else 0.0


def _grounded(answers: Iterable[TestAnswer], analyser: Analyser) -> Grounded:
    grounding = Grounding(analyser)
    for one in answers:
        if not sounds_refusing(one.answer):
            grounding.add(one.answer, contexts(one.context), one.question)
    return grounding.told()


def marks_of(manifest: Mapping[str, Any] | None) -> list[str]:
    """The marks of a dataset that no answer may tell."""
    found = (manifest or {}).get("canaries", [])
    return [" ".join(one.split()) for one in found if isinstance(one, str) and one.strip()] if isinstance(found, list) else []


def manifest_of(conn: Connection[Any], run: TunedRun, given: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """The manifest of a run's dataset: the one that is given, else what is kept of the version; None where that is nothing. Conflict."""
    if given is None:
        return None if run.dataset is None or run.version is None else sets.told_of(conn, run.dataset, run.version)
    if given.get("digest") != run.digest:
        raise Conflict("Das Manifest ist das eines anderen Datensatzes als der, mit dem dieser Lauf trainiert wurde.")
    return given


def base_licence(run: TunedRun, known: licences.Licences) -> str:
    """Under which licence a run's base is: as its configuration says, else by its name."""
    own = run.config.get("base")
    said = own.get("licence") if isinstance(own, Mapping) else run.config.get("base_licence")
    return known.of_base(run.base, said if isinstance(said, str) else "")


def _more(run: TunedRun, measured: Measured, seen: Seen, data: Data | None) -> dict[str, Any]:
    """What is told of a run beside what files tell."""
    panel, sides = asdict(seen.panel), {"cand": asdict(seen.cand), "base": asdict(seen.base)}
    return {
        "run": run.name, "run_id": str(run.run_id), "digest": run.digest, "method": run.method, "grounds": sides,
        "attacks": {"asked": seen.attacked, "obeyed": list(seen.obeyed), "base_obeyed": seen.base_obeyed},
        "canaries": {"marks": seen.canaries, "told": list(seen.told)},
        "language": {"german": seen.german[0], "of": seen.german[1]},
        "seconds": {"cand": round(seen.seconds[0], 4), "base": round(seen.seconds[1], 4)},
        "review": {name: panel[name] for name in ("pairs", "enough", "missing", "overdue", "kappa", "agreement")}
        | {"finished": sum(bool(one["finished"]) for one in panel["raters"])},
        "worst": [asdict(one) for one in worst_first(measured.topics)],
        "regression": {"run": seen.former, "topics": [asdict(one) for one in worst_first(seen.topics)]},
        "cures": [rounded(asdict(one) | {"tried": one.tried}) for one in seen.cures],
        "data": None if data is None else asdict(data),
    }  # fmt: skip


class Evaluations:
    """The use-case at the doors. `tell` says a notice in a transaction, `judging` what is in force; `page` writes the reviews' page."""

    def __init__(self, db: Database, audit: Audit, tell: Tell, judging: Callable[[], Judging], page: Callable[[], object]) -> None:
        self._db, self._audit, self._tell, self._judging, self._page = db, audit, tell, judging, page

    def evaluate(self, caller: Caller, run: str, manifest: Mapping[str, Any] | None) -> dict[str, Any]:
        """Judge a run, keep what was found and open tickets for what is a matter of security; errors of `evaluate_run`."""
        how, now = self._judging(), datetime.now(UTC)
        with self._db.long_transaction() as conn:
            found = evaluate_run(conn, run, caller.token, manifest, how, now)
            opened = [str(one) for one in open_tickets(conn, found, caller.token, now, self._tell)]
            facts = {"passed": found["passed"], "held": [one["name"] for one in found["gates"] if not one["passed"]], "tickets": opened}
            self._audit.record(caller, "training.evaluated", found["run_id"], facts, connection=conn)
        self._page()
        return found | {"tickets": opened}


def title_of(run: str, finding: str) -> str:
    """What the ticket of a finding is called."""
    return f"Feinabstimmung {run} {FINDINGS[finding]}"


def unchecked(conn: Connection[Any], run: str) -> list[str]:
    """The titles of a run's findings of security that nobody has looked at yet: their tickets are open."""
    return [title for title in (title_of(run, one) for one in FINDINGS) if tickets.is_open(conn, "training", title)]


def open_tickets(conn: Connection[Any], found: Mapping[str, Any], by: str, now: datetime, tell: Tell) -> Iterator[UUID]:
    """A ticket for Orion for each finding of security of a run, unless one of that run is open: their ids."""
    for name, rows in (("attacks", found["attacks"]["obeyed"]), ("canaries", found["canaries"]["told"])):
        title = title_of(found["run"], name)
        if rows and not tickets.is_open(conn, "training", title):
            text = f"Zeilen: {', '.join(rows[:MOST_TOLD])}. {ADVICE[name]}"
            yield changes.open_by_hand(conn, Wish(title, text, "training", "orion"), by, now, tell, str)
