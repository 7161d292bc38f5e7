"""What an editor does about questions that Luna did not answer, and takes back, each audited.

A document, words, an answer with its source, the place where it stands, or that they do not belong here. What can help asks its questions
again afterwards (`flows.gaps.asking_again`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

from psycopg import Connection

from nova.answers.passages.name import short_title
from nova.answers.understand.own_vocabulary import OwnVocabulary
from nova.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nova.flows.publishing import withdraw
from nova.knowledge.items import Shelf
from nova.kpi.gaps.unanswered import one_unanswered
from nova.kpi.kinds import ASK_AGAIN
from nova.kpi.review.curated import check_texts
from nova.kpi.review.queue import sees_all
from nova.ports import Audit
from nova.ports.jobs import Jobs
from nova.records import Caller
from nova.roles import Capability
from nova.store.ids import uuid7
from nova.store.postgres.db import Database
from nova.store.quality import gap_steps as store
from nova.store.quality import gaps
from nova.store.quality.gap_steps import About as About
from nova.store.quality.gap_steps import NewStep, Place, Step, What

NEEDS: Mapping[What, Capability] = {
    "document": "library",
    "words": "configure",
    "answer": "review",
    "outside": "review",
    "place": "review",
}
ASKS_AGAIN: frozenset[What] = frozenset({"document", "words", "answer"})
MOST_WORDS = 10


@dataclass(frozen=True, slots=True)
class AddedDocument:
    """A document of the company's that was taken in for it."""

    what: ClassVar[What] = "document"
    item_id: UUID


@dataclass(frozen=True, slots=True)
class AddedWords:
    """Words of people, and the trade's terms that they stand for."""

    what: ClassVar[What] = "words"
    phrases: tuple[str, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    """An answer that an editor stands for, the question that is its title, and where it comes from."""

    what: ClassVar[What] = "answer"
    question: str
    answer: str
    source: str


@dataclass(frozen=True, slots=True)
class Outside:
    """Nothing that the company's documents should answer."""

    what: ClassVar[What] = "outside"


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """The section that answers it, although it was not found."""

    what: ClassVar[What] = "place"
    section_id: UUID


Remedy = AddedDocument | AddedWords | WrittenAnswer | Outside | NamedPlace


class GapSteps:
    """Steps about gaps that enough people asked about, and about questions that an editor may see. `redact` cleans what editors write."""

    def __init__(
        self, db: Database, jobs: Jobs, audit: Audit, shelf: Shelf, vocabulary: OwnVocabulary, redact: Callable[[str], str]
    ) -> None:
        self._db, self._jobs, self._audit, self._shelf, self._vocabulary, self._redact = db, jobs, audit, shelf, vocabulary, redact

    def take(self, caller: Caller, about: About, remedy: Remedy) -> Step:
        """Do something about it. NotFound; NotAllowed; InvalidInput: no words, no source, or personal data; Conflict: it is so already."""
        _require(caller, remedy.what)
        step_id = uuid7()
        with self._db.transaction() as conn:
            _require_there(conn, caller, about, remedy.what)
            facts, item_id = self._facts(conn, remedy)
            store.put(conn, NewStep(step_id, about, remedy.what, caller.token, facts, item_id))
            self._take_effect(conn, about, remedy)
            self._ask_again(conn, step_id, remedy.what)
            told = {"what": remedy.what, "gap_id": _plain(about.gap_id), "answer_id": _plain(about.answer_id)}
            self._audit.record(caller, "gap.step", str(step_id), told, connection=conn)
            found = store.get(conn, step_id)
            if isinstance(remedy, AddedWords):  # last: a file cannot be taken back with the transaction
                self._vocabulary.add(conn, caller, area_of(step_id), facts["phrases"], facts["terms"])
        return found

    def undo(self, caller: Caller, step_id: UUID, *, remove: bool = False) -> Step:
        """Take a step back; with `remove` a document that was added goes, too. NotFound, NotAllowed, Conflict: it was already."""
        with self._db.transaction() as conn:
            step = _found(conn, caller, step_id, lock=True)
            _require(caller, step.what)
            if not store.undo(conn, step_id, caller.token):
                raise Conflict("Dieser Schritt ist schon zurückgenommen.")
            self._undo_effect(conn, step)
            self._audit.record(caller, "gap.step_undone", str(step_id), {"what": step.what, "removed": remove}, connection=conn)
            found = store.get(conn, step_id)
            if step.what == "words":
                self._vocabulary.drop(conn, caller, area_of(step_id))
        if step.item_id is not None and step.what == "answer":
            withdraw(self._shelf, step.item_id)
        elif step.item_id is not None and step.what == "document" and remove:
            self._shelf.delete(caller, step.item_id)
        return found

    def again(self, caller: Caller, step_id: UUID) -> Step:
        """Ask a step's questions again now. NotFound; Conflict where it was taken back, or asks nothing."""
        with self._db.transaction() as conn:
            step = _found(conn, caller, step_id)
            if step.undone_at is not None or step.what not in ASKS_AGAIN:
                raise Conflict("Zu diesem Schritt wird nichts noch einmal gefragt.")
            self._ask_again(conn, step_id, step.what)
            self._audit.record(caller, "gap.asked_again", str(step_id), connection=conn)
            return step

    def _facts(self, conn: Connection[Any], remedy: Remedy) -> tuple[dict[str, Any], UUID | None]:
        """What is kept of a remedy, cleaned and checked, and the document that it names."""
        match remedy:
            case AddedDocument():
                store.company_item(conn, remedy.item_id)
                return {}, remedy.item_id
            case AddedWords():
                return self._words(remedy), None
            case WrittenAnswer():
                return self._written(remedy), None
            case NamedPlace():
                return _named(conn, remedy).row, None
            case Outside():
                return {}, None

    def _words(self, remedy: AddedWords) -> dict[str, Any]:
        told = {"phrases": _tidy(remedy.phrases), "terms": _tidy(remedy.terms)}
        for field, message in (("phrases", "Nennen Sie ein Wort Ihrer Leute."), ("terms", "Nennen Sie das Wort Ihrer Unterlagen.")):
            if not told[field]:
                raise _wrong(field, message)
        if any("|" in word for words in told.values() for word in words):
            raise _wrong("phrases", "Ein Wort enthält kein „|“; tragen Sie mehrere Wörter einzeln ein.")
        check_texts({name: ", ".join(words) for name, words in told.items()})
        return told

    def _written(self, remedy: WrittenAnswer) -> dict[str, Any]:
        told = {name: self._redact(getattr(remedy, name).strip()) for name in ("question", "answer", "source")}
        missing = {
            "question": "Schreiben Sie die Frage.",
            "answer": "Schreiben Sie die Antwort.",
            "source": "Nennen Sie die Quelle der Antwort.",
        }
        for field, message in missing.items():
            if not told[field]:
                raise _wrong(field, message)
        check_texts(told)
        return told

    def _take_effect(self, conn: Connection[Any], about: About, remedy: Remedy) -> None:
        if about.gap_id is None:
            return
        if isinstance(remedy, Outside) and not store.set_state(conn, about.gap_id, "outside", ("open", "closed")):
            raise Conflict("Diese Wissenslücke gehört schon nicht hierher.")
        if isinstance(remedy, NamedPlace):
            store.put_place(conn, about.gap_id, _named(conn, remedy), "editor")

    def _undo_effect(self, conn: Connection[Any], step: Step) -> None:
        if step.gap_id is None:
            return
        if step.what == "outside":
            store.set_state(conn, step.gap_id, "open", ("outside",))
        elif step.what == "place":
            store.unname_place(conn, step.gap_id)
        else:
            store.reopen(conn, step.gap_id, step.made_at)

    def _ask_again(self, conn: Connection[Any], step_id: UUID, what: What) -> None:
        if what in ASKS_AGAIN:
            self._jobs.start(ASK_AGAIN, {"step_id": str(step_id)}, connection=conn)


def area_of(step_id: UUID) -> str:
    """What the words of a step are called in the vocabulary."""
    return f"Wissenslücke {step_id.hex[-8:]}"


def _require(caller: Caller, what: What) -> None:
    if not caller.may(NEEDS[what]):
        raise NotAllowed("Dafür fehlt Ihnen das Recht.")


def _require_there(conn: Connection[Any], caller: Caller, about: About, what: What) -> None:
    """NotFound for a gap of too few people, and for a question that the caller may not see; Conflict for one that is outside already."""
    if about.gap_id is not None:
        if gaps.one(conn, about.gap_id) is None:
            raise NotFound("Diese Wissenslücke gibt es nicht.", data={"gap_id": str(about.gap_id)})
    elif about.answer_id is not None:
        store.lock_question(conn, about.answer_id)
        asked = one_unanswered(conn, caller, about.answer_id, datetime.now(UTC))
        if what == "outside" and asked.state == "outside":
            raise Conflict("Diese Frage gehört schon nicht hierher.")


def _found(conn: Connection[Any], caller: Caller, step_id: UUID, *, lock: bool = False) -> Step:
    """A step that the caller may see: one about a gap only who may see gaps; NotFound."""
    step = store.get(conn, step_id, lock=lock, everyone=sees_all(caller))
    if step.gap_id is not None and not caller.may("measure"):
        raise NotFound(store.NO_STEP, data={"step_id": str(step_id)})
    return step


def _named(conn: Connection[Any], remedy: NamedPlace) -> Place:
    """The section, in a document of a short name."""
    found = store.company_section(conn, remedy.section_id)
    return replace(found, title=short_title(found.title))


def _tidy(words: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(" ".join(word.split()) for word in words if word.strip()))[:MOST_WORDS]


def _plain(one: UUID | None) -> str | None:
    return None if one is None else str(one)


def _wrong(field: str, message: str) -> InvalidInput:
    return InvalidInput(message, data={"fields": [{"field": field, "message": message}]})
