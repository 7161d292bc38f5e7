"""What people keep here, and whether there is room for more."""

from uuid import UUID

from nova.store.people import usage
from nova.store.people.usage import Amounts as Amounts
from nova.store.postgres.db import Database


class Quotas:
    """`allowed` is what each person may keep."""

    def __init__(self, db: Database, allowed: Amounts) -> None:
        self._db, self.allowed = db, allowed

    def used(self, owner: UUID) -> Amounts:
        """What a person keeps."""
        with self._db.single() as conn:
            return usage.used(conn, owner)

    def require_room(self, owner: UUID, size: int) -> None:
        """QuotaExceeded where a file of so many bytes would be too much, QuotaForNow where too many jobs of theirs wait already."""
        usage.check(self.allowed, self.used(owner), Amounts(bytes=max(size, 1), jobs=1))
