"""Documents that events and judgements speak of."""

from uuid import UUID

from nova.store.ids import uuid7
from nova.store.postgres.db import Database


def document(database: Database, owner: UUID | None = None) -> tuple[UUID, UUID]:
    """A document of one passage: the numbers of both."""
    item_id, chunk_id = uuid7(), uuid7()
    database.execute("INSERT INTO items (item_id, owner, title, sha256) VALUES (%s, %s, 'x', %s)", [item_id, owner, item_id.hex])
    database.execute(
        "INSERT INTO item_chunks (chunk_id, item_id, chunk_idx, text, digest, valid_from) VALUES (%s, %s, 0, 'x', 'x', now())",
        [chunk_id, item_id],
    )
    return item_id, chunk_id
