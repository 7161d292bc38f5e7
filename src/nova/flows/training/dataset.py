"""Rows of the room `training` in, a version of the dataset that a model is tuned with out: without copies, in groups, split, and checked.

Consent, redaction, lineage, versions, and how people leave them are those of seeding: this is what its run does with these rows. What
stops a dataset stands among its checks; the version stays as evidence, but no run may take it. Rows of people who do not agree, and rows
in which something personal may stand, are stored in no version.
"""

import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import polars as pl

from nova.answers.check.polarity import contradicts
from nova.errors import InvalidInput, PrivacyError
from nova.privacy import strict_scan
from nova.seeding.judge.policy import Minimum, Policy
from nova.seeding.lineage import EXCLUDED
from nova.seeding.pipeline import PERSON, Pipeline
from nova.seeding.sources.room import LESSONS
from nova.seeding.split import SPLIT, Split, split
from nova.seeding.step import ID, removals
from nova.seeding.work.refine import Progress, Refine, Refined, Task
from nova.training.dataset import folder, groups
from nova.training.dataset.checks import Check, Found, checked, personal
from nova.training.dataset.contradiction import contradicts_source
from nova.training.dataset.recipe import Corpora, Corpus, Recipe

DATASET = "nova-training"
"""The pipeline, and what its versions are called."""
TRAINING = "training"
"""Under which a run's counts tell what this made of its rows."""
HIDDEN = (PERSON, "session", "template")
PUBLIC = ("regulation",)
_OPEN = Policy(minimum=Minimum(completeness=0, confidence=0), least_share=0.0)
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Kitchen:
    """What a dataset is made with: which corpora count, how and with which limits, who agrees (by pseudonym), evaluation sets' rows,
    and the ids of rows that were decided while editors agreed too little.
    """

    corpora: Callable[[], Corpora]
    recipe: Callable[[], Recipe]
    agreed: Callable[[], Collection[str]]
    sets: Callable[[], Sequence[Mapping[str, str]]] = tuple
    doubted: Callable[[], Collection[str]] = tuple


@dataclass
class _Left:
    """Rows that stay, and those that go: id -> (step, kept, score, reason)."""

    rows: list[Row]
    gone: list[dict[str, Any]] = field(default_factory=list)

    def drop(self, ids: Collection[str], step: str, reason: str) -> None:
        """These go, for one reason."""
        going = set(ids)
        self.gone += [{"id": row[ID], "step": step, "reason": reason} for row in self.rows if row[ID] in going]
        self.rows = [row for row in self.rows if row[ID] not in going]


def prepared(inner: Refine, kitchen: Kitchen) -> Refine:
    """What a run of seeding does with records: as `inner`, and of those a model is tuned with what stands above."""

    def work(rows: pl.DataFrame, before: pl.DataFrame | None, task: Task, progress: Progress) -> Refined:
        if not is_lessons(task.pipeline):
            return inner(rows, before, task, progress)
        if task.pipeline.raw_reason is not None:
            raise InvalidInput("Ein Trainingsdatensatz entsteht nicht aus Rohdaten.")
        done = inner(rows, None, replace(task, policy=_OPEN), progress)
        return done if done.stopped is not None else _made(done, task, kitchen, progress)

    return work


def is_lessons(pipeline: Pipeline) -> bool:
    """Whether a pipeline makes what a model is tuned with."""
    return pipeline.source.room is not None and pipeline.source.room.name == LESSONS


def _made(done: Refined, task: Task, kitchen: Kitchen, progress: Progress) -> Refined:
    corpora, recipe, sets = kitchen.corpora(), kitchen.recipe(), list(kitchen.sets())
    before = texts(done.kept)
    left, spared = _Left(before), frozenset(task.spared)
    _by_corpora(left, corpora.named, recipe)
    agreed = set(kitchen.agreed())
    unagreed = [row[ID] for row in left.rows if row[PERSON] and row[PERSON] not in agreed]
    left.drop(unagreed, EXCLUDED, "Die Person stimmt dem Lernen nicht zu.")
    doubted = _without_doubted(left, set(kitchen.doubted()))
    progress("auf personenbezogene Angaben prüfen", len(left.rows))
    held = personal(left.rows, is_personal, PUBLIC)
    left.drop(held, EXCLUDED, "Im Text steht womöglich etwas Personenbezogenes.")
    progress("Doppeltes suchen", len(left.rows))
    _without_twins(left, sets, spared)
    people = len({row[PERSON] for row in left.rows} - {""})
    named, places = groups.apart(left.rows, lambda some: _placed(some, recipe))
    frame = _frame(done.kept, left.rows, named, places, corpora.named)
    rows = texts(frame)
    progress("prüfen", len(rows))
    checks = checked(rows, recipe, Found(unagreed, held, _contradicting(rows), doubted), sets)
    told = _told(rows, recipe, checks, people)
    gone = pl.concat([done.removed, removals(left.gone)])
    steps = {str(step): int(n) for step, n in gone.group_by("step").len().sort("step").iter_rows()}
    gate = {
        **done.counts["gate"],
        "passed": all(one.passed for one in checks),
        "reasons": {one.name: 1 for one in checks if not one.passed},
    }
    counts = {**done.counts, "steps": steps, "removed": len(gone), "kept": len(frame), "gate": gate, TRAINING: told}
    return Refined(frame, gone, counts)


def texts(frame: pl.DataFrame) -> list[Row]:
    """Records as text; what is missing is empty."""
    texts = frame.select(pl.all().cast(pl.String, strict=False).fill_null(""))
    names = {name: pl.lit("").alias(name) for name in (*HIDDEN, "rejected", "topic", "context") if name not in frame.columns}
    return texts.with_columns(names.values()).to_dicts()


def _by_corpora(left: _Left, named: Mapping[str, Corpus], recipe: Recipe) -> None:
    """Only what the inventory lets be learned from, and of that no more than it says."""
    for source in sorted({row["source"] for row in left.rows}):
        ids = [row[ID] for row in left.rows if row["source"] == source]
        corpus = named.get(source)
        if corpus is None or not corpus.use:
            why = corpus.why if corpus else "Die Quelle steht nicht im Verzeichnis."
            left.drop(ids, "corpora", why)
        elif corpus.most is not None and len(ids) > corpus.most:
            last = sorted(ids, key=lambda one: folder.place_of(recipe.seeds.order, one))[corpus.most :]
            left.drop(last, "corpora", f"Von dieser Quelle gehen höchstens {corpus.most} Datensätze ein.")


def _without_doubted(left: _Left, doubtful: Collection[str]) -> list[str]:
    """What editors decided while they agreed too little goes; which rows."""
    ids = [row[ID] for row in left.rows if row[ID] in doubtful]
    left.drop(ids, "agreement", "Aus einer Woche, in der die Redaktion zu uneinig war.")
    return ids


def _without_twins(left: _Left, sets: Sequence[Mapping[str, str]], spared: Collection[str]) -> None:
    """Copies go, for one that stays, and so does whatever a curated evaluation set asks."""
    found = [one for one in groups.twins(left.rows) if one.id not in spared]
    by_id = {one.id: one for one in found}
    kinds = {"verbatim": "exact", "near": "fuzzy"}
    left.gone += [
        {"id": one.id, "step": kinds[one.kind], "kept_id": one.kept, "score": one.score, "reason": "Sagt dasselbe wie der behaltene."}
        for one in found
    ]
    left.rows = [row for row in left.rows if row[ID] not in by_id]
    while asked := groups.given_away(left.rows, sets):
        left.drop(asked, "evaluation", "Steht in einem Messsatz, an dem Modelle gemessen werden.")


def _placed(named: Mapping[str, str], recipe: Recipe) -> dict[str, str]:
    """Rows by id, to learn from or to measure, by their group's name and the seed."""
    if not named:
        return {}
    how = Split("group", recipe.split.train, recipe.split.validation, recipe.seeds.split)
    frame = split(pl.DataFrame({ID: list(named), "group": list(named.values())}), how)
    return dict(frame.select(ID, SPLIT).iter_rows())


def _frame(
    kept: pl.DataFrame, rows: Sequence[Row], named: Mapping[str, str], places: Mapping[str, str], corpora: Mapping[str, Corpus]
) -> pl.DataFrame:
    """What goes into the version: no column that says whose a row is."""
    told = [
        {
            ID: row[ID], "group": named[row[ID]], SPLIT: places[row[ID]], "licence": corpora[row["source"]].licence,
            "classification": corpora[row["source"]].classification, "export_control": corpora[row["source"]].export_control,
        }
        for row in rows
    ]  # fmt: skip
    names = (ID, "group", SPLIT, "licence", "classification", "export_control")
    more = pl.DataFrame(told, schema=dict.fromkeys(names, pl.String))
    return kept.drop([*HIDDEN, *(one for one in names[1:] if one in kept.columns)], strict=False).join(more, on=ID, maintain_order="left")


def _contradicting(rows: Sequence[Row]) -> list[str]:
    return [
        row[ID]
        for row in rows
        if row["kind"] == "pair" and contradicts_source(row["question"], row["answer"], json.loads(row["context"] or "[]"), contradicts)
    ]


def is_personal(text: str) -> bool:
    """Whether something personal may stand in a text, or it could not be looked through."""
    try:
        return bool(strict_scan(text))
    except PrivacyError:
        return True


def _told(rows: Sequence[Row], recipe: Recipe, checks: Sequence[Check], people: int) -> dict[str, Any]:
    """What a run's counts keep: the recipe as it was, the checks, and the digest of the files as they were."""
    return {
        "seeds": recipe.seeds.model_dump(), "canaries": list(recipe.canaries), "checks": [asdict(one) for one in checks],
        "passed": all(one.passed for one in checks), "digest": folder.digest_of(folder.files_of(rows, recipe.seeds.order)),
        "counts": folder.counts_of(rows, people), "limits": recipe.limits.model_dump(), "sources": Counter(row["source"] for row in rows),
        "licences": Counter(row["licence"] for row in rows),
        **{name: ", ".join(sorted({row[name] for row in rows})) for name in ("classification", "export_control")},
    }  # fmt: skip
