"""A delivery with a nonce in, done once however often it comes; the same answer each time."""

from collections.abc import Callable, Mapping
from typing import Any

from psycopg import Connection

from nova.errors import Conflict
from nova.store.talk import conversations as rows


def once(conn: Connection[Any], nonce: str, digest: bytes, do: Callable[[], Mapping[str, Any]]) -> dict[str, Any]:
    """What `do` answers, kept for the next time; `duplicate`: the delivery came before and nothing was done now.

    `nonce` and `digest` are HMACs of the sender's nonce and of the body. Conflict for a nonce that came with another body.
    """
    if not rows.claim_nonce(conn, nonce, digest):
        held, told = rows.known_nonce(conn, nonce)
        if held != digest:
            raise Conflict("Diese Nonce kam schon mit einem anderen Inhalt. Jede Lieferung braucht ihre eigene.")
        return {**told, "duplicate": True}
    told = do()
    rows.note_result(conn, nonce, told)
    return {**told, "duplicate": False}
