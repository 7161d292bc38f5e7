"""Sets of questions that measure as a source: each record is marked, so that it is for the test alone and nothing learns from it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from nova.ports.sources import Batch, Cursor, Sample
from nova.seeding.sources.folder import FolderSource
from nova.seeding.split import BENCHMARK, SET
from nova.seeding.step import ID

COLUMNS: Mapping[str, Sequence[str]] = {
    "question": ("question", "frage"),
    "context": ("context", "kontext", "evidence"),
    "answer": ("answer", "antwort"),
}
NO_QUESTION = "Keine Spalte „question“: Die Datei ist keine Sammlung von Fragen."


@dataclass(frozen=True, slots=True)
class BenchmarkSource:
    """The files of a folder as `id, question, context, answer, _set` (`benchmark`), its other columns beside. One without
    questions is empty.
    """

    folder: FolderSource

    @property
    def name(self) -> str:
        """What it is called in reports."""
        return self.folder.name

    @property
    def licence(self) -> str | None:
        """That of the pipeline."""
        return self.folder.licence

    def batches(self, cursor: Cursor) -> Iterator[Batch]:
        """As those of the folder."""
        for one in self.folder.batches(cursor):
            found = _marked(one.columns)
            yield replace(one, columns=found, problems=(*one.problems, *([NO_QUESTION] if one.columns and not found else [])))

    def preview(self) -> Sample:
        """As of the folder."""
        found = self.folder.preview()
        return replace(found, columns=_marked(found.columns))


def _marked(columns: Mapping[str, Sequence[str | None]]) -> dict[str, Sequence[str | None]]:
    """The records under the names of a set that measures; nothing where there is no question among them."""
    known = {name.lower(): name for name in columns}
    names = {target: next((known[one] for one in given if one in known), None) for target, given in COLUMNS.items()}
    if names["question"] is None:
        return {}
    ids = columns[ID]
    taken = {target: columns[name] if name else [None] * len(ids) for target, name in names.items()}
    rest = {name: values for name, values in columns.items() if name not in (ID, SET, *taken, *names.values())}
    return {ID: ids, **taken, **rest, SET: [BENCHMARK] * len(ids)}
