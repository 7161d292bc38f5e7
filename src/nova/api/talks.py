"""An open Nova and what is asked in; the job that makes conversations passages, and the passages that a search finds, out."""

from typing import TYPE_CHECKING
from uuid import UUID

from nova.api.models.passages import ConversationSearch
from nova.jobs import vector_ingest
from nova.knowledge.passages import search
from nova.records import Caller
from nova.store.passages import FoundPassage, TalkFilter

if TYPE_CHECKING:
    from nova.wiring import Nova


def start_pipeline(nova: "Nova", who: Caller, replay: bool) -> UUID:
    """The job, noted in the audit log."""
    job_id = vector_ingest.start_once(nova.jobs, replay=replay)
    nova.audit.record(who, "pipeline.started", str(job_id), {"pipeline": vector_ingest.VECTOR_INGEST.name, "replay": replay})
    return job_id


def find_passages(nova: "Nova", asked: ConversationSearch) -> list[FoundPassage]:
    """Best first."""
    wanted = TalkFilter(asked.source, asked.channel, asked.since, asked.until)
    return search(nova.index_room, asked.query, wanted, asked.limit, nova.dense.embedder if nova.dense else None)
