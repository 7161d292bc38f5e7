"""A Nova that was just restored and its snapshot's manifest in, what does not hold out: tables, files, points, answers."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from nova import __version__
from nova.errors import NovaError
from nova.flows.snapshots.contents import PREFIXES, Tell
from nova.flows.snapshots.probes import ProbeAnswer, Probes, stated
from nova.knowledge.index import IndexRoom, Rebuild, drain, rebuild
from nova.ports import Objects
from nova.store.documents import chunks
from nova.store.postgres import dump

MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Findings:
    """What was looked at, and what did not hold (German sentences, the first few)."""

    tables: int
    rows: int
    objects: int
    points: int
    questions: int
    same: bool
    problems: tuple[str, ...]


class Examination:
    """Of a Nova that was just restored. `weights` says of which trained models the weights do not hold, and takes those away."""

    def __init__(self, room: IndexRoom, objects: Objects, probes: Probes, weights: Callable[[], Iterator[str]]) -> None:
        self._room, self._objects, self._probes, self._weights = room, objects, probes, weights

    def level(self, tell: Tell) -> None:
        """Bring the index level with the database: what waits is applied, and what is missing is made from it."""
        room = self._room
        drain(room)
        room.analysers.current()
        if room.index.rebuild_needed or room.analysers.outdated or not self._whole_index():
            rebuild(room, Rebuild(), _Watched(tell))

    def run(self, manifest: Mapping[str, Any], restored: Mapping[str, int], tell: Tell) -> Findings:
        """Compare with the manifest; `restored` are the rows in each table before anything was changed."""
        problems = [*_tables(manifest["counts"], restored)]
        with self._room.db.transaction() as conn:
            named = dump.objects_named(conn)
        problems += [*self._files(named, manifest["flaws"], tell), *self._weights()]
        points = self._room.index.count()
        if not self._whole_index():
            problems.append("Der Suchindex und die Passagen der Datenbank stimmen nicht überein.")
        tell("Fragen stellen", 0, 0)
        asked, same = stated(manifest["questions"]), bool(manifest["settled"]) and manifest["nova"] == __version__
        problems += self._answers(asked, same)
        return Findings(len(restored), sum(restored.values()), len(named), points, len(asked), same, tuple(problems[:MOST_NAMED]))

    def _whole_index(self) -> bool:
        with self._room.db.transaction() as conn:
            return set(self._room.index.ids()) == set(chunks.all_ids(conn))

    def _files(self, named: list[tuple[str, str]], flaws: list[str], tell: Tell) -> list[str]:
        known = {flaw.split(" ", 1)[0] for flaw in flaws}
        problems = []
        for number, (kind, name) in enumerate(named):
            tell("Dateien prüfen", number, len(named))
            key = PREFIXES[kind] + name
            if key not in known and (wrong := self._wrong(key, name)):
                problems.append(f"Die Datei {key} {wrong}.")
        return problems

    def _wrong(self, key: str, name: str) -> str:
        digest = hashlib.sha256()
        try:
            for block in self._objects.blocks(key):
                digest.update(block)
        except NovaError:
            return "fehlt"
        return "" if digest.hexdigest() == name else "ist beschädigt"

    def _answers(self, before: Sequence[ProbeAnswer], same: bool) -> Iterator[str]:
        """The same citations where nothing changed while the snapshot was made; in any case ones that stand in the text."""
        now = self._probes.ask([one.question for one in before])
        yield from self._probes.flaws(now)
        if len(now) != len(before):
            yield f"{len(before) - len(now)} von {len(before)} Fragen ließen sich nicht stellen."
        for old, new in zip(before, now, strict=False):
            if same and (old.status, old.places) != (new.status, new.places):
                yield f"„{old.question}“ wird anders belegt als vor der Sicherung."


def _tables(stated_rows: Mapping[str, int], restored: Mapping[str, int]) -> Iterator[str]:
    for table in sorted({*stated_rows, *restored}):
        if stated_rows.get(table) != restored.get(table):
            yield f"Tabelle {table}: {stated_rows.get(table, 0)} Zeilen gesichert, {restored.get(table, 0)} wiederhergestellt."


class _Watched:
    """A job's context for work that is no job: it tells how far it is."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self.job_id = uuid4()
        self.args: Mapping[str, Any] = {}

    def progress(self, stage: str, done: int = 0, total: int = 0) -> None:
        self._tell(f"Suchindex {stage}", done, total)

    def save(self, state: Mapping[str, Any]) -> None:
        """There is no next attempt."""

    def saved(self) -> Mapping[str, Any]:
        return {}

    def guard(self, connection: Any) -> None:
        """Nobody else owns it."""

    def finish(self, result: Mapping[str, Any], *, connection: Any = None) -> None:
        """Nobody asks for it."""
