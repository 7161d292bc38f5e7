"""A connection and a named query in; nothing out when the query fits the schema, else the server's error."""

import re
from typing import Any

from psycopg import Connection

PARAMETER = re.compile(r"%\((\w+)\)[sbt]|%%")
UTILITY = re.compile(r"(REFRESH|LOCK|NOTIFY|LISTEN|ANALYZE|TRUNCATE|SET)\b", re.IGNORECASE)


def require_fit(connection: Connection[Any], query: str) -> None:
    """Let the server parse and analyse the query; statements that cannot be prepared are run and undone. Inside a transaction."""
    if UTILITY.match(query):
        with connection.transaction(force_rollback=True):
            connection.execute(query.encode())
        return
    connection.execute(f"PREPARE drift AS {numbered(query)}".encode())
    connection.execute("DEALLOCATE drift")


def numbered(query: str) -> str:
    """The query with `$1`, `$2` ... as PREPARE wants them."""
    order: list[str] = []

    def number(match: re.Match[str]) -> str:
        if match[1] is None:
            return "%"
        if match[1] not in order:
            order.append(match[1])
        return f"${order.index(match[1]) + 1}"

    return PARAMETER.sub(number, query) if "%(" in query else query
