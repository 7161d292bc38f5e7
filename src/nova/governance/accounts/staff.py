"""Who has an account: invited, given a role, helped back, seen off; one by one or by a table of joiners and leavers."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args
from uuid import UUID

from psycopg import Connection

from nova.errors import Conflict, InvalidInput, NotFound
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

MOST_ROWS, MOST_BYTES = 10_000, 2 * 1024**2
COLUMNS = ("user", "name", "role", "state")
HERE = ("da", "weg")
LONGEST_NAME = 120
UNKNOWN = "Dieses Konto gibt es nicht."
NOT_ONESELF = "Die eigene Rolle und das eigene Ausscheiden entscheidet eine andere Person der Betriebsverwaltung."
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


class Staff:
    """The accounts of an installation, as operators keep them."""

    def __init__(self, db: Database, audit: Audit) -> None:
        self._db, self._audit = db, audit

    def page(self, query: accounts.AccountQuery) -> tuple[list[accounts.AccountLine], int]:
        """A page of accounts, and how many there are."""
        with self._db.transaction() as conn:
            return accounts.page(conn, query)

    def invite(self, caller: Caller, new: NewPerson) -> tuple[UUID, NewInvitation]:
        """Make an account and a link for it. Conflict where there is one, InvalidInput for the name."""
        with self._db.transaction() as conn:
            found = self._made(conn, caller, new)
            return found.user_id, self._invitation(conn, caller, found)

    def invite_again(self, caller: Caller, user_id: UUID) -> NewInvitation:
        """Another link, for who has not come in yet or cannot any more. NotFound; Conflict for who has left."""
        with self._db.transaction() as conn:
            account = _held(conn, user_id)
            if account.state == "left":
                raise Conflict("Diese Person ist ausgeschieden. Nehmen Sie sie zuerst wieder auf.")
            return self._invitation(conn, caller, account)

    def change(self, caller: Caller, user_id: UUID, change: PersonChange) -> None:
        """Name, role, leaving and coming back; another role or leaving ends sessions and tokens at once. NotFound, Conflict."""
        with self._db.transaction() as conn:
            self._changed(conn, caller, _held(conn, user_id), change)

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
        with self._db.transaction() as conn, conn.transaction(force_rollback=dry_run):
            done = [self._row(conn, caller, row) for row in rows]
        return [RowDone(one.line, one.user, one.done) for one in done] if dry_run else done

    def _row(self, conn: Connection[Any], caller: Caller, row: _Row) -> RowDone:
        known = accounts.by_name(conn, row.person.user)
        account = _held(conn, known.user_id) if known and known.external_id == row.person.user else None
        if account is None:
            if not row.here:
                return RowDone(row.line, row.person.user, "same")
            account = self._made(conn, caller, row.person)
            return RowDone(row.line, row.person.user, "invited", self._invitation(conn, caller, account))
        back = account.state == "left" and row.here
        changed = self._changed(conn, caller, account, PersonChange(row.person.name or None, row.person.role, left=not row.here))
        if back:
            return RowDone(row.line, row.person.user, "back", self._invitation(conn, caller, _held(conn, account.user_id)))
        return RowDone(row.line, row.person.user, _done(changed=changed, here=row.here))

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
        user_id, changed = account.user_id, False
        if change.name is not None and accounts.rename(conn, user_id, change.name.strip()[:LONGEST_NAME]):
            self._audit.record(caller, "account.renamed", str(user_id), connection=conn)
            changed = True
        if change.left is not None and change.left != (account.state == "left"):
            self._left(conn, caller, user_id, left=change.left)
            changed = True
        if change.role is not None and change.role != account.role:
            self._moved(conn, caller, account, change.role)
            changed = True
        return changed

    def _left(self, conn: Connection[Any], caller: Caller, user_id: UUID, *, left: bool) -> None:
        _require_other(caller, user_id)
        leave(conn, user_id, caller.token) if left else accounts.set_state(conn, user_id, "invited")
        self._audit.record(caller, "account.left" if left else "account.back", str(user_id), connection=conn)

    def _moved(self, conn: Connection[Any], caller: Caller, account: accounts.Account, role: Role) -> None:
        _require_other(caller, account.user_id)
        if role in TWO_FACTORS and account.state == "active" and not can_enter(conn, _as(account, role)):
            raise Conflict(NEEDS_FACTOR)
        people.set_role(conn, account.user_id, role)
        self._audit.record(caller, "role.changed", str(account.user_id), {"role": role}, connection=conn)


def leave(conn: Connection[Any], user_id: UUID, by: str) -> None:
    """Somebody has left: no way in counts any more, sessions and tokens end now; what is theirs stays until it is erased."""
    accounts.set_state(conn, user_id, "left", by)
    accounts.delete_invitation(conn, user_id)
    accounts.forget_ways(conn, user_id)
    people.sign_out(conn, user_id)


def _held(conn: Connection[Any], user_id: UUID) -> accounts.Account:
    found = accounts.find(conn, user_id)
    if found is None:
        raise NotFound(UNKNOWN)
    return found


def _as(account: accounts.Account, role: Role) -> accounts.Account:
    fields = {name: getattr(account, name) for name in accounts.Account.__slots__}
    return accounts.Account(**fields | {"role": role})


def _done(*, changed: bool, here: bool) -> Done:
    if not changed:
        return "same"
    return "changed" if here else "left"


def _require_other(caller: Caller, user_id: UUID) -> None:
    if caller.user_id == user_id:
        raise Conflict(NOT_ONESELF)


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
    for line, found in enumerate(table, 2):
        if line > MOST_ROWS + 1:
            raise InvalidInput(f"Die Tabelle hat mehr als {MOST_ROWS} Zeilen.")
        yield _row(line, found, seen)


def _row(line: int, found: dict[str | Any, str | Any], seen: set[str]) -> _Row:
    if None in (*found, *found.values()):
        raise InvalidInput(f"Zeile {line} hat nicht so viele Spalten wie die Kopfzeile.", data={"line": line})
    values = {name: value.strip() for name, value in found.items()}
    user, role, state = values["user"], values.get("role") or "employee", values.get("state") or HERE[0]
    _require_row(line, user, role, state, seen)
    seen.add(user)
    return _Row(line, NewPerson(user, values.get("name", ""), role), state == HERE[0])  # type: ignore[arg-type]


def _require_row(line: int, user: str, role: str, state: str, seen: set[str]) -> None:
    if not NAME.fullmatch(user):
        raise InvalidInput(f"Zeile {line}: „{user[:40]}“ ist kein Anmeldename.", data={"line": line})
    if user in seen:
        raise InvalidInput(f"Zeile {line}: „{user}“ steht doppelt.", data={"line": line})
    if role not in get_args(Role) or role == "service":
        raise InvalidInput(
            f"Zeile {line}: Die Rolle ist eine von {', '.join(name for name in ROLES if name != 'service')}.", data={"line": line}
        )
    if state not in HERE:
        raise InvalidInput(f"Zeile {line}: state ist „da“ oder „weg“.", data={"line": line})
