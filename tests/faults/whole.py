"""An open Nova in, everything that does not fit together out: rows, passages, points, files and events, compared one by one."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import qdrant_edge as edge

from nova.knowledge.files import RAW, TEXTS
from nova.wiring import Nova

CHUNKS = """
SELECT c.chunk_id, c.item_id, i.kind, i.tags, i.owner, c.valid_to IS NULL AS current FROM item_chunks c JOIN items i USING (item_id)
"""
WITHOUT_PLACE = "SELECT chunk_id FROM item_chunks c WHERE NOT EXISTS (SELECT 1 FROM chunk_places p WHERE p.chunk_id = c.chunk_id)"
HALF_VERSIONS = """
SELECT v.item_id, v.version, v.state, v.text_sha256 FROM item_versions v WHERE (v.state = 'ready') <> (v.text_sha256 IS NOT NULL)
   OR (v.state = 'ready') <> EXISTS (SELECT 1 FROM chunk_places p WHERE p.item_id = v.item_id AND p.version = v.version)
"""
UNFINISHED = "SELECT item_id, status FROM items WHERE status IN ('queued', 'running')"
DOUBLE_EVENTS = "SELECT event_id FROM events GROUP BY event_id HAVING count(*) > 1"
STRAY_EVENTS = "SELECT event_id FROM events FULL JOIN event_inbox USING (event_id) WHERE ts IS NULL OR received_at IS NULL"
DOUBLE_CONTENT = "SELECT sha256 FROM items GROUP BY sha256, owner HAVING count(*) > 1"


def broken(nova: Nova) -> list[str]:
    """All faults, in words; nothing may be running."""
    return [*_rows(nova), *_points(nova), *_files(nova)]


def _rows(nova: Nova) -> Iterator[str]:
    questions = {
        "a passage without a place": WITHOUT_PLACE,
        "a version that is half read": HALF_VERSIONS,
        "an item that nobody reads any more": UNFINISHED,
        "an event stored twice": DOUBLE_EVENTS,
        "an event without its key, or a key without its event": STRAY_EVENTS,
        "the same content twice": DOUBLE_CONTENT,
        "a change the index has not learnt": "SELECT seq FROM index_outbox",
        "a job that has not ended": "SELECT job_id, kind, state FROM jobs WHERE state IN ('queued', 'running')",
    }
    for words, question in questions.items():
        yield from (f"{words}: {row}" for row in nova.db.fetch_all(question)[:5])


def _points(nova: Nova) -> Iterator[str]:
    """Points are exactly the passages, with the same kind, tags, owner and age."""
    held, truth = points(nova), {row["chunk_id"]: row for row in nova.db.fetch_all(CHUNKS)}
    for chunk_id in list(held.keys() - truth.keys())[:5]:
        yield f"a point without a passage: {chunk_id}"
    for chunk_id in list(truth.keys() - held.keys())[:5]:
        yield f"a passage without a point: {chunk_id}"
    for chunk_id in held.keys() & truth.keys():
        point, row = held[chunk_id], truth[chunk_id]
        expected = (str(row["item_id"]), row["kind"], sorted(row["tags"]), str(row["owner"] or ""), row["current"])
        found = (point["item_id"], point["kind"], sorted(point["tags"]), point["owner"], point["valid_to"] >= 253402300800000)
        if expected != found:
            yield f"a point that says otherwise than its passage: {found} instead of {expected}"
            return


def points(nova: Nova) -> dict[UUID, dict[str, Any]]:
    """Every point's payload, of documents and of conversations."""
    found: dict[UUID, dict[str, Any]] = {}
    for part in nova.index._both():
        offset: Any = None
        while True:
            records, offset = part._live().scroll(edge.ScrollRequest(offset=offset, limit=4096, with_payload=True, with_vector=False))
            found |= {record.id: record.payload for record in records}
            if offset is None:
                break
    return found


def _files(nova: Nova) -> Iterator[str]:
    rows = nova.db.fetch_all("SELECT sha256, text_sha256 FROM item_versions")
    needed = {RAW + row["sha256"] for row in rows} | {TEXTS + row["text_sha256"] for row in rows if row["text_sha256"]}
    held = {*nova.objects.keys("docs/raw"), *nova.objects.keys("docs/processed")}
    yield from (f"a version without its file: {key}" for key in sorted(needed - held)[:5])
    yield from (f"a file without a version: {key}" for key in sorted(held - needed)[:5])
