"""A person's name in other systems in, their record here out."""

import re

from nova.errors import InvalidInput
from nova.records import Caller
from nova.store.people import governance as rows
from nova.store.postgres.db import Database

NAME = re.compile(r"[\w.@+:\-]{1,200}")


def ensure_user(db: Database, external_id: str) -> rows.UserRow:
    """The person, made when new. Raises InvalidInput for a name with other signs than letters, digits and `.@+:-_`."""
    if not NAME.fullmatch(external_id):
        raise InvalidInput("Der Name darf 1 bis 200 Buchstaben, Ziffern und die Zeichen . @ + : - _ enthalten.", data={"field": "user"})
    with db.transaction() as conn:
        return rows.ensure_user(conn, external_id)


def customer(user: rows.UserRow) -> Caller:
    """The person as a caller, in the role they have."""
    return Caller(user.role, user.user_id, user.external_id)
