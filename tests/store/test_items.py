"""Items and their versions: changes at the same time wait for each other, never crosswise."""

import threading
import time

from nova.store.documents import items
from nova.store.documents.items import NewFile, NewItem
from nova.store.ids import uuid7
from nova.store.postgres.db import Database


def test_a_failure_is_noted_while_its_item_is_deleted(database: Database) -> None:
    item = NewItem(uuid7(), None, "document", "upload", "Kaputt", "kaputt.pdf", (), None)
    with database.transaction() as conn:
        items.insert(conn, item, NewFile("ab" * 32, "application/pdf", "kaputt.pdf", 3))
    ended = threading.Event()

    def note() -> None:
        with database.transaction() as conn:
            items.mark_failed(conn, item.item_id, 1, "unlesbar")
        ended.set()

    noting = threading.Thread(target=note)
    with database.transaction() as conn:
        items.lock(conn, item.item_id)
        noting.start()
        time.sleep(0.3)
        assert not ended.is_set()
        items.delete(conn, item.item_id)
    noting.join(10)
    assert ended.is_set()
    assert database.fetch_one("SELECT 1 FROM items WHERE item_id = %(id)s", {"id": item.item_id}) is None
