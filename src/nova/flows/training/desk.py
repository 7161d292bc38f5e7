"""What people do with datasets that models are tuned with: what may be learned from, make one, take it along; freeze evaluation sets."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.errors import Conflict, NotFound
from nova.flows.seeding import publishing
from nova.flows.seeding.desk import SeedingDesk
from nova.flows.seeding.running import Seeding
from nova.flows.training.allowed import still_allowed
from nova.flows.training.dataset import DATASET, Kitchen, is_personal, texts
from nova.ports import Audit
from nova.records import Caller
from nova.seeding import versions
from nova.store.seeding import rooms
from nova.store.seeding import versions as rows
from nova.store.seeding.versions import Version
from nova.store.training import sets
from nova.store.training.sets import EvaluationSet as EvaluationSet
from nova.store.training.sets import Learned as Learned
from nova.store.training.sets import NewSet
from nova.training.dataset import folder
from nova.training.dataset.recipe import PURPOSE, Corpus
from nova.training.dataset.sets import digest_of, frozen

WHY = {
    "consent": "keine Einwilligung", "private": "aus Daten oder Unterlagen einer Person", "emergency": "Notfall", "doubt": "angezweifelt",
    "words": "Wortlaut nicht aufbewahrt", "unread": "noch nicht gelesen", "asked": "aus der Frage einer Person entstanden",
    "talk": "ohne Unterlagen beantwortet",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CorpusState:
    """Something that may be learned from, how many rows it gives now, and why how many others are left out (German).

    Of people's rows only where at least five people are behind them.
    """

    corpus: Corpus
    rows: int
    left_out: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Dataset:
    """A version with its manifest as the folder has it; `refusal` says why no run may take it now (None: it may)."""

    manifest: Mapping[str, Any]
    refusal: str | None


class TrainingDesk:
    """The use-cases at the doors."""

    def __init__(self, seeding: Seeding, kitchen: Kitchen, seeds: SeedingDesk, audit: Audit) -> None:
        self._seeding, self._kitchen, self._seeds, self._audit = seeding, kitchen, seeds, audit

    def corpora(self) -> list[CorpusState]:
        """What may be learned from, as the inventory has it; InvalidInput where its file is faulty."""
        named = self._kitchen.corpora().corpora
        with self._seeding.db.transaction() as conn:
            held, out = rooms.held(conn), rooms.left_out(conn)
        return [
            CorpusState(one, held.get(one.name, 0), {WHY[why]: n for source, why, n in out if source == one.name}) for one in named
        ]  # fmt: skip

    def make(self, who: Caller, reason: str) -> UUID:
        """Queue the making of a dataset; the job that waits or runs already is given instead of another."""
        self._kitchen.corpora()
        self._kitchen.recipe()
        return self._seeds.start(who, DATASET, reason)

    def datasets(self) -> list[Dataset]:
        """Newest first; manifests without a digest of files, which is told of one."""
        with self._seeding.db.transaction() as conn:
            told = [(one, sets.told_of(conn, DATASET, one.version)) for one in rows.every(conn, DATASET)]
            return [_stated(conn, one, facts) for one, facts in told if facts is not None]

    def dataset(self, version: str) -> Dataset:
        """One, by its name or the first signs of it; NotFound."""
        with self._seeding.db.transaction() as conn:
            found = publishing.find(conn, DATASET, version)
            told = sets.told_of(conn, DATASET, found.version)
            if told is None:
                raise NotFound("Diesen Trainingsdatensatz gibt es nicht.")
            return _stated(conn, found, told)

    def export(self, who: Caller, version: str) -> bytes:
        """The folder as one file; that somebody took it is noted. NotFound; Conflict where no run may take it."""
        with self._seeding.db.transaction() as conn:
            files, manifest = self.written(conn, version)
            facts = {"version": manifest["version"], "rows": sum(manifest["counts"][side] for side in folder.SIDES)}
            self._audit.record(who, "training.export", f"dataset:{DATASET}", facts, connection=conn)
        return folder.packed(files, manifest)

    def newest(self) -> str:
        """The name of the newest version that may be learned from; NotFound."""
        found = next((one for one in self.datasets() if one.refusal is None), None)
        if found is None:
            raise NotFound("Es gibt noch keinen Trainingsdatensatz, aus dem gelernt werden darf (nova train dataset).")
        return str(found.manifest["version"])

    def written(self, conn: Connection[Any], version: str) -> tuple[dict[str, bytes], dict[str, Any]]:
        """The files of a version and its manifest, for whoever writes the folder; consent is asked again. Raises as `export`."""
        found = publishing.find(conn, DATASET, version)
        if refusal := still_allowed(conn, DATASET, found.version):
            raise Conflict(refusal.reason)
        told = sets.told_of(conn, DATASET, found.version) or {}
        given = texts(versions.read(self._seeding.objects, found))
        files = folder.files_of(given, told["seeds"]["order"])
        for side in ("train", "test"):
            if sum(row["split"] == side for row in given) < told["limits"][side]:
                raise Conflict("Seit Personen ihn verlassen haben, hat der Datensatz zu wenige Zeilen. Machen Sie ihn neu.")
        return files, manifest_of(found, told, given, sets.consent_of(conn, found.version_id)[0], folder.digest_of(files))

    def sets(self) -> list[EvaluationSet]:
        """Curated evaluation sets, without their rows."""
        with self._seeding.db.transaction() as conn:
            return sets.every(conn)

    def set(self, name: str, version: int | None) -> EvaluationSet:
        """One with its rows, the newest where no number is given; NotFound."""
        with self._seeding.db.transaction() as conn:
            found = sets.get(conn, name, version)
        if found is None:
            raise NotFound("Diesen Messsatz gibt es nicht.")
        return found

    def add_set(self, who: Caller, name: str, about: tuple[str, str], given: Sequence[Mapping[str, str]]) -> EvaluationSet:
        """Freeze rows as the next version of a set (`about`: its keeper and a note); the version that holds them already is given instead.

        InvalidInput as of `frozen`.
        """
        made = frozen(given, is_personal)
        keeper, note = about
        with self._seeding.db.transaction() as conn:
            new = NewSet(name, digest_of(made), keeper, note, made, who.token, datetime.now(UTC))
            version, is_new = sets.add(conn, new)
            if is_new:
                self._audit.record(who, "training.set", f"set:{name}", {"version": version, "questions": len(made)}, connection=conn)
        return self.set(name, version)

    def learned_from(self, who: Caller, name: str) -> list[Learned]:
        """In which datasets somebody is, so called as their source calls them, and which runs learned from those; noted."""
        lookup = self._seeding.lookup(name)
        with self._seeding.db.transaction() as conn:
            found = sets.learned_from(conn, [lookup])
            self._audit.record(who, "training.person", f"person:{lookup.hex()[:16]}", {"datasets": len(found)}, connection=conn)
        return found


def _stated(conn: Connection[Any], found: Version, told: Mapping[str, Any]) -> Dataset:
    refusal = still_allowed(conn, DATASET, found.version)
    return Dataset(_manifest(found, told, told["counts"], told["digest"]), refusal.reason if refusal else None)


def manifest_of(found: Version, told: Mapping[str, Any], given: Sequence[Mapping[str, str]], people: int, digest: str) -> dict[str, Any]:
    """What the folder's manifest says of rows as they are now."""
    held = {"sources": Counter(row["source"] for row in given), "licences": Counter(row["licence"] for row in given)}
    return _manifest(found, {**told, **held}, folder.counts_of(given, people), digest)


def _manifest(found: Version, told: Mapping[str, Any], counts: Mapping[str, int], digest: str) -> dict[str, Any]:
    return {
        "name": found.dataset, "version": found.version, "digest": digest, "made_at": found.created_at.isoformat(), "purpose": PURPOSE,
        "seeds": told["seeds"], "counts": dict(counts), "sources": dict(told["sources"]), "licences": dict(told["licences"]),
        "classification": told["classification"], "export_control": told["export_control"], "canaries": told["canaries"],
        "checks": told["checks"], "passed": told["passed"],
    }  # fmt: skip
