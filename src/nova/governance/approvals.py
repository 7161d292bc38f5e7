"""Four eyes: actions that happen only once a second operator has said yes. Which these are stands in one file.

Both are persons with names of their own, and they are two; the operator's key is nobody. What was asked for is carried out as the second
one, in the form in which the first asked for it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import yaml

from nova.errors import Conflict, Misconfigured, NotAllowed, NotFound, NovaError
from nova.ports import Audit
from nova.records import Caller
from nova.roles import Capability, may
from nova.store.ids import uuid7
from nova.store.people import accounts
from nova.store.people import approvals as rows
from nova.store.people import governance as people
from nova.store.people.approvals import Approval as Approval
from nova.store.people.approvals import ApprovalState
from nova.store.postgres.db import Database

FILE, VERSION, KEYS = "four_eyes.yaml", 1, {"version", "handlungen"}
DAYS = 14
Run = Callable[[Caller, Mapping[str, Any]], object]
NO_NAME = "Das braucht zwei Personen der Betriebsverwaltung, die mit ihrem Namen angemeldet sind."


@dataclass(frozen=True, slots=True)
class Action:
    """Something for which a second word may be wanted: what people call it, and what both have to be allowed."""

    title: str
    needs: Capability


ACTIONS: Final[Mapping[str, Action]] = {
    "prompt.promote": Action("Prompt-Version für alle", "learn"),
    "learning.decide": Action("Gelerntes entscheiden", "learn"),
    "thresholds.change": Action("Schwellen ersetzen", "configure"),
    "person.operator": Action("Zur Betriebsverwaltung machen", "people"),
    "person.recover": Action("Der Betriebsverwaltung zurück hineinhelfen", "people"),
    "person.erase": Action("Person löschen", "rights"),
}
MAKE_OPERATORS: Final = frozenset({"person.operator", "person.recover"})


def load(path: Path) -> frozenset[str]:
    """The actions that need a second word: the shipped file, with the installation's own in its place. Misconfigured names the fault.

    Where any does, to make somebody an operator and to help one back in do, too: else one alone could make the second.
    """
    shipped = _parsed((resources.files(__package__) / FILE).read_text("utf-8"), FILE)
    own = _parsed(path.read_text("utf-8"), str(path)) if path.is_file() else {}
    wanted = frozenset(name for name, wanted in (shipped | own).items() if wanted)
    return wanted | (MAKE_OPERATORS if wanted else frozenset())


def _parsed(text: str, name: str) -> dict[str, bool]:
    try:
        data = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 -- builds texts alone, so that `nein` stays a word
    except yaml.YAMLError as error:
        raise Misconfigured(f"{name} ist kein gültiges YAML: {error}") from error
    if not isinstance(data, dict) or not KEYS.issuperset(data) or str(data.get("version")) != str(VERSION):
        raise Misconfigured(f"{name}: erwartet werden version: {VERSION} und handlungen.")
    found = data.get("handlungen") or {}
    words = {"ja": True, "nein": False}
    if not isinstance(found, dict) or not set(found) <= set(ACTIONS) or not set(found.values()) <= set(words):
        raise Misconfigured(f"{name}: unter handlungen stehen {', '.join(ACTIONS)} mit ja oder nein.")
    return {action: words[word] for action, word in found.items()}


class Approvals:
    """What waits for a second word. `path` is the installation's own file; `runs` carries each action out."""

    def __init__(self, db: Database, audit: Audit, path: Path, runs: Mapping[str, Run]) -> None:
        self._db, self._audit, self._path, self._runs = db, audit, path, runs

    def wanted(self) -> frozenset[str]:
        """The actions that need two. Misconfigured for a file that cannot be read: then none of them happens."""
        return load(self._path)

    def ask(self, caller: Caller, action: str, target: str, args: Mapping[str, Any]) -> UUID | None:
        """None where one is enough; else the number under which it waits. NotAllowed without a name, Conflict where it waits already."""
        if action not in self.wanted():
            return None
        _require_person(caller)
        ends = datetime.now(UTC) + timedelta(days=DAYS)
        new = rows.NewApproval(uuid7(), action, target, args, caller.token, ends)
        with self._db.transaction() as conn:
            if not rows.insert(conn, new):
                raise Conflict("Das wartet schon auf die Bestätigung einer zweiten Person.")
            self._audit.record(caller, "approval.asked", str(new.approval_id), {"action": action}, connection=conn)
        return new.approval_id

    def page(self, states: Sequence[ApprovalState], limit: int, offset: int) -> tuple[list[Approval], int]:
        """The newest first, and how many there are."""
        with self._db.transaction() as conn:
            rows.expire(conn)
            return rows.page(conn, states, limit, offset)

    def approve(self, caller: Caller, approval_id: UUID) -> tuple[Approval, object]:
        """Say yes: it is carried out now; what came of it. NotFound, Conflict when decided, NotAllowed for who asked; as the action."""
        with self._db.transaction() as conn:
            found = self._waiting(conn, caller, approval_id)
            if caller.token == found.asked_by:
                raise NotAllowed("Wer gefragt hat, bestätigt nicht selbst: Das macht eine andere Person der Betriebsverwaltung.")
            self._require_asker(conn, found)
            rows.move(conn, approval_id, "running", caller.token)
            self._audit.record(caller, "approval.given", str(approval_id), {"action": found.action}, connection=conn)
        try:
            result = self._runs[found.action](caller, found.args)
        except NovaError as error:
            self._end(approval_id, "failed", caller, error.message)
            raise
        return self._end(approval_id, "done", caller), result

    def refuse(self, caller: Caller, approval_id: UUID) -> Approval:
        """Say no, or take back what one asked for. NotFound, Conflict, NotAllowed."""
        with self._db.transaction() as conn:
            found = self._waiting(conn, caller, approval_id)
            self._audit.record(caller, "approval.refused", str(approval_id), {"action": found.action}, connection=conn)
        return self._end(approval_id, "refused", caller)

    def _waiting(self, conn: Any, caller: Caller, approval_id: UUID) -> Approval:
        rows.expire(conn)
        found = rows.find(conn, approval_id)
        if found is None:
            raise NotFound("Diese Anfrage gibt es nicht.")
        _require_person(caller)
        if not caller.may(ACTIONS[found.action].needs):
            raise NotAllowed(NO_NAME)
        if found.state != "waiting":
            raise Conflict("Darüber ist schon entschieden.", data={"state": found.state})
        return found

    def _require_asker(self, conn: Any, found: Approval) -> None:
        """Conflict where who asked may not ask any more: of two who agree one has gone."""
        if not still_may(conn, found.asked_by, ACTIONS[found.action].needs):
            raise Conflict("Wer darum bat, gehört nicht mehr zur Betriebsverwaltung. Lehnen Sie ab, und bitten Sie selbst darum.")

    def _end(self, approval_id: UUID, state: ApprovalState, caller: Caller, told: str = "") -> Approval:
        with self._db.transaction() as conn:
            rows.move(conn, approval_id, state, caller.token, told)
            found = rows.find(conn, approval_id)
            if state == "failed" and found is not None:
                self._audit.record(caller, "approval.failed", str(approval_id), {"action": found.action}, connection=conn)
        if found is None:
            raise NotFound("Diese Anfrage gibt es nicht.")
        return found


def is_person(caller: Caller) -> bool:
    """Whether somebody came under their own name: not the key, which is nobody, nor a token, which a program has."""
    return caller.user_id is not None and caller.scopes is None


def still_may(conn: Any, token: str, needs: Capability) -> bool:
    """Whether a person, as the audit log calls them, has not left and may still do something."""
    user_id = UUID(token.rpartition(":")[2])
    account, role = accounts.find(conn, user_id), people.role_of(conn, user_id)
    return role is not None and may(role, needs) and (account is None or account.state != "left")


def _require_person(caller: Caller) -> None:
    if not is_person(caller):
        raise NotAllowed(NO_NAME)
