"""Who has an account: invited, given a role, helped back, seen off; one by one or by a table of joiners and leavers."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, cast
from uuid import UUID

from psycopg import Connection

from nova.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nova.governance.accounts import invitations
from nova.governance.accounts.enter import TWO_FACTORS
from nova.governance.accounts.invitations import NewInvitation
from nova.governance.accounts.own import can_enter
from nova.governance.users import NAME
from nova.ports import Audit
from nova.records import Caller
from nova.roles import ROLES, Role
from nova.store.people import accounts
from nova.store.people import governance as people
from nova.store.people.accounts import AccountLine as AccountLine
from nova.store.people.accounts import AccountQuery as AccountQuery
from nova.store.postgres.db import Database
from nova.store.talk import handovers

MOST_ROWS, MOST_BYTES = 10_000, 2 * 1024**2
COLUMNS = ("user", "name", "role", "state")
HERE = ("da", "weg")
USUAL = {"role": "employee", "state": HERE[0]}
PERSONS = tuple(role for role in ROLES if role != "service")
LONGEST_NAME = 120
SSO = "sso"  # as what the company's own sign-in stands in an account that it made or closed
UNKNOWN = "Dieses Konto gibt es nicht."
NOT_ONESELF = "Über die eigene Rolle, das eigene Ausscheiden und die eigenen Links entscheidet eine andere Person der Betriebsverwaltung."
TWO_WANTED = "Zur Betriebsverwaltung machen hier nur zwei zusammen jemanden: Laden Sie die Person zuerst in einer anderen Rolle ein."
IN_PERSON = "Über die Betriebsverwaltung entscheidet, wer selbst angemeldet ist; ein Token genügt dafür nicht."
NOT_YET = "Diese Person muss zuerst selbst hereingekommen sein und einen zweiten Faktor oder einen Passkey haben."
LINKED = "Diese Person meldet sich mit dem Konto der Firma an. Wege hinein ändert die Firma."
NEEDS_FACTOR = "Für die Betriebsverwaltung braucht diese Person zuerst einen zweiten Faktor oder einen Passkey (Einstellungen › Anmeldung)."
Done = Literal["invited", "changed", "left", "back", "same"]


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Whom to invite."""

    user: str
    name: str = ""
    role: Role = "employee"


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What becomes another; None stays."""

    name: str | None = None
    role: Role | None = None
    left: bool | None = None


@dataclass(frozen=True, slots=True)
class RowDone:
    """What came of a row of a table; `invitation` for who is new or comes back."""

    line: int
    user: str
    done: Done
    invitation: NewInvitation | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    person: NewPerson
    here: bool
    role_told: bool


class Staff:
    """The accounts of an installation, as operators keep them. `two_for_operators`: whether it takes two to make somebody one."""

    def __init__(self, db: Database, audit: Audit, two_for_operators: Callable[[], bool]) -> None:
        self._db, self._audit, self._two_for_operators = db, audit, two_for_operators

    def page(self, query: AccountQuery) -> tuple[list[AccountLine], int]:
        """A page of accounts, and how many there are."""
        with self._db.transaction() as conn:
            return accounts.page(conn, query)

    def invite(self, caller: Caller, new: NewPerson) -> tuple[UUID, NewInvitation]:
        """Make an account and a link for it. Conflict where there is one, InvalidInput for the name."""
        if new.role in TWO_FACTORS:
            self._require_one_enough(caller)
        with self._db.transaction() as conn:
            found = self._made(conn, caller, new)
            return found.user_id, self._invitation(conn, caller, found)

    def invite_again(self, caller: Caller, user_id: UUID) -> NewInvitation:
        """Another link, for who has not come in yet or cannot any more.

        NotFound; Conflict for oneself, for who has left, and for who comes in by the company; NotAllowed to a token for an operator.
        """
        with self._db.transaction() as conn:
            account = _held(conn, user_id)
            _require_other(caller, user_id)
            if account.role in TWO_FACTORS:
                _require_in_person(caller)
            if account.linked:
                raise Conflict(LINKED)
            if account.state == "left":
                raise Conflict("Diese Person ist ausgeschieden. Nehmen Sie sie zuerst wieder auf.")
            return self._invitation(conn, caller, account)

    def change(self, caller: Caller, user_id: UUID, change: PersonChange) -> None:
        """Name, role, leaving and coming back; another role or leaving ends sessions and tokens at once. NotFound, Conflict."""
        with self._db.transaction() as conn:
            self._changed(conn, caller, _held(conn, user_id), change)

    def is_operator(self, user_id: UUID) -> bool:
        """Whether somebody is one, or is to become one by their link. NotFound."""
        with self._db.transaction() as conn:
            return _held(conn, user_id).role in TWO_FACTORS

    def end_sessions(self, caller: Caller, user_id: UUID) -> int:
        """Sign somebody out everywhere; how many sessions. NotFound."""
        with self._db.transaction() as conn:
            _held(conn, user_id)
            ended = accounts.end_other_sessions(conn, user_id)
            self._audit.record(caller, "account.signed_out", str(user_id), {"sessions": ended}, connection=conn)
            return ended

    def import_rows(self, caller: Caller, content: bytes, *, dry_run: bool) -> list[RowDone]:
        """A table `user,name,role,state` (`da` or `weg`), all of it or nothing; InvalidInput names the line. Tried only: nothing stays."""
        rows = list(_read(content))
        if any(row.person.role in TWO_FACTORS for row in rows):
            self._require_one_enough(caller)
        with self._db.transaction() as conn, conn.transaction(force_rollback=dry_run):
            done = [self._row(conn, caller, row) for row in rows]
        return [RowDone(one.line, one.user, one.done) for one in done] if dry_run else done

    def _require_one_enough(self, caller: Caller) -> None:
        _require_in_person(caller)
        if self._two_for_operators():
            raise Conflict(TWO_WANTED)

    def _row(self, conn: Connection[Any], caller: Caller, row: _Row) -> RowDone:
        """Somebody new is invited, somebody known becomes what the row says."""
        known = accounts.by_name(conn, row.person.user)
        if known is not None:  # names are one, however they are written
            return self._known_row(conn, caller, row, _held(conn, known.user_id))
        if not row.here:
            return RowDone(row.line, row.person.user, "same")
        account = self._made(conn, caller, row.person)
        return RowDone(row.line, row.person.user, "invited", self._invitation(conn, caller, account))

    def _known_row(self, conn: Connection[Any], caller: Caller, row: _Row, account: accounts.Account) -> RowDone:
        change = PersonChange(row.person.name or None, row.person.role if row.role_told else None, left=not row.here)
        if account.role in TWO_FACTORS and account.state == "left" and row.here:
            self._require_one_enough(caller)
        changed = self._changed(conn, caller, account, change)
        if account.state == "left" and row.here:
            return RowDone(row.line, row.person.user, "back", self._invitation(conn, caller, _held(conn, account.user_id)))
        done: Done = "same" if not changed else "changed" if row.here else "left"
        return RowDone(row.line, row.person.user, done)

    def _made(self, conn: Connection[Any], caller: Caller, new: NewPerson) -> accounts.Account:
        if not NAME.fullmatch(new.user):
            raise InvalidInput("Der Anmeldename darf 1 bis 200 Buchstaben, Ziffern und . @ + : - _ enthalten.", data={"field": "user"})
        known = accounts.by_name(conn, new.user)
        if known is not None:
            raise Conflict(f"Ein Konto „{known.external_id}“ gibt es schon.", data={"user_id": str(known.user_id)})
        user = people.ensure_user(conn, new.user)
        if user.role == "service":
            raise Conflict("Unter diesem Namen ist ein Dienstkonto angelegt; das ist keine Person.")
        accounts.insert(conn, user.user_id, new.name.strip()[:LONGEST_NAME], caller.token)
        people.set_role(conn, user.user_id, new.role)
        self._audit.record(caller, "account.made", str(user.user_id), {"role": new.role}, connection=conn)
        return _held(conn, user.user_id)

    def _invitation(self, conn: Connection[Any], caller: Caller, account: accounts.Account) -> NewInvitation:
        made = invitations.invite(conn, account, caller)
        self._audit.record(caller, "account.invited", str(account.user_id), {"purpose": made.purpose}, connection=conn)
        return made

    def _changed(self, conn: Connection[Any], caller: Caller, account: accounts.Account, change: PersonChange) -> bool:
        """Make the changes that are any; whether there were."""
        renamed = change.name is not None and self._renamed(conn, caller, account, change.name)
        moved = change.left is not None and self._moved(conn, caller, account, left=change.left)
        raised = change.role is not None and self._with_role(conn, caller, account, change.role)
        return renamed or moved or raised

    def _renamed(self, conn: Connection[Any], caller: Caller, account: accounts.Account, name: str) -> bool:
        if not accounts.rename(conn, account.user_id, name.strip()[:LONGEST_NAME]):
            return False
        self._audit.record(caller, "account.renamed", str(account.user_id), connection=conn)
        return True

    def _moved(self, conn: Connection[Any], caller: Caller, account: accounts.Account, *, left: bool) -> bool:
        """Out, or in again."""
        if left == (account.state == "left") and (not left or account.left_by != SSO):
            return False  # whom the company gave no role any more can be seen off here, too: then its groups bring nobody back
        _require_other(caller, account.user_id)
        if account.role in TWO_FACTORS:
            _require_in_person(caller)
        if left:
            leave(conn, account.user_id, caller.token)
        else:
            accounts.set_state(conn, account.user_id, "invited")
            accounts.delete_link(conn, account.user_id)
        self._audit.record(caller, "account.left" if left else "account.back", str(account.user_id), connection=conn)
        return True

    def _with_role(self, conn: Connection[Any], caller: Caller, account: accounts.Account, role: Role) -> bool:
        if role == account.role:
            return False
        _require_other(caller, account.user_id)
        if TWO_FACTORS & {role, account.role}:
            _require_in_person(caller)
        if role in TWO_FACTORS:
            self._require_ready(conn, account)
        people.set_role(conn, account.user_id, role)
        self._audit.record(caller, "role.changed", str(account.user_id), {"role": role}, connection=conn)
        return True

    def _require_ready(self, conn: Connection[Any], account: accounts.Account) -> None:
        """Conflict for who could not come in as an operator. Where it takes two, a link that one of them holds counts no more."""
        if account.state == "active":
            if not can_enter(conn, replace(account, role="admin")):
                raise Conflict(NEEDS_FACTOR)
            accounts.delete_invitation(conn, account.user_id)
        elif self._two_for_operators():
            raise Conflict(NOT_YET)


def leave(conn: Connection[Any], user_id: UUID, by: str) -> None:
    """Somebody has left: no way in counts any more, sessions and tokens end now; what is theirs stays until it is erased."""
    accounts.set_state(conn, user_id, "left", by)
    accounts.delete_invitation(conn, user_id)
    accounts.forget_ways(conn, user_id)
    handovers.give_back(conn, user_id)
    people.sign_out(conn, user_id)


def _held(conn: Connection[Any], user_id: UUID) -> accounts.Account:
    found = accounts.find(conn, user_id)
    if found is None:
        raise NotFound(UNKNOWN)
    return found


def _require_other(caller: Caller, user_id: UUID) -> None:
    if caller.user_id == user_id:
        raise Conflict(NOT_ONESELF)


def _require_in_person(caller: Caller) -> None:
    if caller.scopes is not None:
        raise NotAllowed(IN_PERSON)


def _read(content: bytes) -> Iterator[_Row]:
    """The rows of a table; the heads in any order, separated by comma or semicolon."""
    if len(content) > MOST_BYTES:
        raise InvalidInput(f"Die Tabelle ist größer als {MOST_BYTES // 1024**2} MB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput("Die Tabelle ist nicht in UTF-8 geschrieben.") from error
    head = text.partition("\n")[0]
    table = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",")
    names: Sequence[str] = [name.strip().lower() for name in table.fieldnames or ()]
    if "user" not in names or not set(names) <= set(COLUMNS):
        raise InvalidInput("Die Kopfzeile nennt user und, wo gewünscht, name, role und state.")
    table.fieldnames = list(names)
    seen: set[str] = set()
    for line, found in enumerate(_lines(table), 2):
        if line > MOST_ROWS + 1:
            raise InvalidInput(f"Die Tabelle hat mehr als {MOST_ROWS} Zeilen.")
        yield _row(line, found, seen)


def _lines(table: "csv.DictReader[str]") -> Iterator[dict[str | Any, str | Any]]:
    try:
        yield from table
    except csv.Error as error:
        raise InvalidInput(
            f"Zeile {table.line_num}: Ein Feld ist zu lang oder nicht abgeschlossen.", data={"line": table.line_num}
        ) from error


def _values(line: int, found: dict[str | Any, str | Any]) -> dict[str, str]:
    if None in found or None in found.values():
        raise InvalidInput(f"Zeile {line} hat nicht so viele Spalten wie die Kopfzeile.", data={"line": line})
    values = {name: value.strip() for name, value in found.items()}
    return {"name": ""} | values | {name: values.get(name) or usual for name, usual in USUAL.items()}


def _row(line: int, found: dict[str | Any, str | Any], seen: set[str]) -> _Row:
    values = _values(line, found)
    user, role, state = values["user"], values["role"], values["state"]
    faults = {
        f"„{user[:40]}“ ist kein Anmeldename.": not NAME.fullmatch(user),
        f"„{user}“ steht doppelt.": user.casefold() in seen,
        f"Die Rolle ist eine von {', '.join(PERSONS)}.": role not in PERSONS,
        "state ist „da“ oder „weg“.": state not in HERE,
    }
    for told, wrong in faults.items():
        if wrong:
            raise InvalidInput(f"Zeile {line}: {told}", data={"line": line})
    seen.add(user.casefold())
    return _Row(line, NewPerson(user, values["name"], cast("Role", role)), state == HERE[0], bool(found.get("role")))
