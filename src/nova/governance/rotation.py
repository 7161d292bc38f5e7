"""The wrapping key of people's vaults replaced: everybody's own key is brought under the new one, the texts stay as they are."""

from dataclasses import dataclass

from nova.governance.people import KnownPeople
from nova.ports import Audit
from nova.records import Caller
from nova.store.postgres.db import Database


@dataclass(frozen=True, slots=True)
class RotatedKey:
    """The new key's name, how many people's keys came under it, and how many older ones were dropped."""

    key: str
    rewrapped: int
    dropped: int


class KeyRotation:
    """Of one installation."""

    def __init__(self, db: Database, people: KnownPeople, audit: Audit) -> None:
        self._db, self._people, self._audit = db, people, audit

    def rotate(self, caller: Caller, *, forget: bool) -> RotatedKey:
        """Make a new wrapping key and bring all people's keys under it; `forget` drops the older ones afterwards.

        Keys are files, and people's keys come under the new one in many transactions: the entry in the audit log follows them, as it says
        how many there were. A rotation that broke off is rotated again.
        """
        keys, done = self._people.keys, 0
        name = keys.add()
        while True:
            with self._db.transaction() as conn:
                some = self._people.rewrap(conn)
            if not some:
                break
            done += some
        dropped = keys.drop_old() if forget else 0
        with self._db.transaction() as conn:
            self._audit.record(caller, "vault.rotated", name, {"rewrapped": done, "dropped": dropped}, connection=conn)
        return RotatedKey(name, done, dropped)
