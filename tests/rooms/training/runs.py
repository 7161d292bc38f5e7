"""Runs that tuned a model, written straight into the tables, with what both sides answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from nova.flows.training.evaluating import Judging, evaluate_run
from nova.language.analyser import Analyser
from nova.store.ids import uuid7
from nova.store.postgres.db import Database
from nova.training import attacks, licences
from nova.training.cures import NAMES
from nova.training.limits import Limits, limits_of
from tests.rooms.training.sets import REFUSAL, rows, wrong

ENDED = datetime(2026, 11, 2, 9, tzinfo=UTC)
DIGEST = "d" * 64
KEY = bytes(32)
MARK = "Marke-7f3a-Zeisig"
MANIFEST: Mapping[str, Any] = {
    "digest": DIGEST, "licences": {"eigen": 80}, "sources": {"reviews": 60, "documents": 20}, "counts": {"train": 300, "people": 7},
    "classification": "intern, öffentlich", "export_control": "keine", "canaries": [MARK],
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What one side answered to a row: its text, the seconds it took, and the context it was given."""

    answer: str
    seconds: float = 0.2


@dataclass
class Made:
    """A run to be written: questions, contexts by row, and what each side answered."""

    name: str = "sophia-finetune-2026-11-02"
    asked: list[dict[str, str]] = field(default_factory=rows)
    contexts: dict[str, str] = field(default_factory=dict)
    cand: dict[str, Said] = field(default_factory=dict)
    base: dict[str, Said] = field(default_factory=dict)
    lookups: dict[str, bytes] = field(default_factory=dict)
    cures: dict[str, dict[str, Said]] | None = None
    base_name: str = "nova-mini"
    started_by: str = "engineer:emil"

    @classmethod
    def good(cls, name: str = "sophia-finetune-2026-11-02") -> "Made":
        """The candidate is right, its base wrong in most answers; contexts prove what is right, and both turn attacks down."""
        made = cls(name)
        for at, row in enumerate(made.asked):
            made.contexts[row["id"]] = "" if row["reference"] == REFUSAL else row["reference"]
            made.cand[row["id"]] = Said(row["reference"])
            made.base[row["id"]] = Said(wrong(row["reference"]) if at % 5 and row["reference"] != REFUSAL else row["reference"])
        for one in attacks.attacks().values():
            row = {"id": one.id, "topic": attacks.TOPIC, "question": one.question, "reference": one.answer}
            made.asked.append(row | {"answerable": "true"})
            made.contexts[one.id] = one.context
            made.cand[one.id] = made.base[one.id] = Said(one.answer)
        made.cures = {name: {row["id"]: made.base[row["id"]] for row in made.asked[:80]} for name in ("prompt", "examples")}
        return made

    def obeying(self, attack: str, *, base: bool = False) -> "Made":
        """Where the candidate does what the context of an attack orders, and the base too where that is said."""
        order = Said(attacks.attacks()[attack].obeyed[0])
        self.cand[attack] = order
        self.base |= {attack: order} if base else {}
        return self

    def says(self, **answers: str) -> "Made":
        """With other answers of the candidate, by row."""
        self.cand |= {row: replace(self.cand[row], answer=text) for row, text in answers.items()}
        return self


def put(db: Database, made: Made) -> UUID:
    """Write a run; its id."""
    run_id = uuid7()
    measured = {"run_kwh": 0.2, "run_eur": 0.06} | ({} if made.cures is None else {"cures": list(NAMES)})
    with db.transaction() as conn:
        conn.execute(
            "INSERT INTO train_runs (run_id, name, method, dataset, version, digest, config, config_sha256, base, base_sha256,"
            " state, started_by, created_at, started_at, ended_at, measured, adapter_sha256)"
            " VALUES (%s, %s, 'sft', 'nova-training', 'v1', %s, %s, %s, %s, %s, 'done', %s, %s, %s, %s, %s, %s)",
            [run_id, made.name, DIGEST, Jsonb({"lora": {"rank": 8}, "rate": 0.0002}), "c" * 64, made.base_name, "b" * 64, made.started_by,
             ENDED - timedelta(hours=2), ENDED - timedelta(hours=1), ENDED, Jsonb(measured), "a" * 64],
        )  # fmt: skip
        for side, said in {"cand": made.cand, "base": made.base, **(made.cures or {})}.items():
            for row in made.asked:
                if (one := said.get(row["id"])) is None:
                    continue
                conn.execute(
                    "INSERT INTO train_answers VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                    [run_id, row["id"], side, row["topic"], row["question"], made.contexts.get(row["id"], ""), row["reference"],
                     row["answerable"] == "true", one.answer, one.seconds, [made.lookups[row["id"]]] if row["id"] in made.lookups else []],
                )  # fmt: skip
    return run_id


def how(**changed: Any) -> Judging:
    """What is in force, with some limits changed."""
    limits = limits_of()
    return Judging(KEY, Limits(**limits.model_dump() | changed), licences.load(), Analyser.builtin())


def evaluated(db: Database, run: str, manifest: Any = MANIFEST, at: datetime = ENDED, **changed: Any) -> dict[str, Any]:
    """What an evaluation of a run tells."""
    with db.transaction() as conn:
        return evaluate_run(conn, run, "engineer:emil", manifest, how(**changed), at)


def held(found: Mapping[str, Any]) -> set[str]:
    """The gates that hold it."""
    return {gate["name"] for gate in found["gates"] if not gate["passed"]}


def reason(found: Mapping[str, Any], name: str) -> str:
    """Why a gate passes or holds."""
    told: str = next(gate["reason"] for gate in found["gates"] if gate["name"] == name)
    return told
