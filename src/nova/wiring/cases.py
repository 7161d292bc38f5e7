"""The use-cases that people reach through a door, each with the ports it needs: what the API and the command line call."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nova.answers.kept import KeptAnswers
from nova.energy.newest import NewestValues
from nova.engines import archive
from nova.flows.consent_management import ConsentManagement
from nova.flows.corrections import Corrections
from nova.flows.erasure.requests import ErasureRequests, Erasures
from nova.flows.sessions import SessionReception
from nova.flows.snapshots.requests import SnapshotRequests
from nova.governance.access import Tokens
from nova.governance.audit.trail import AuditTrail
from nova.governance.consent_log import ConsentLog
from nova.governance.directory import PersonDirectory
from nova.governance.export import DataExport, Exporter
from nova.governance.quotas import Quotas
from nova.governance.reidentify import Reidentification
from nova.governance.retention import Retention
from nova.governance.rotation import KeyRotation
from nova.knowledge.talks import TalkSearch
from nova.store.usage import Amounts
from nova.telemetry.reactions import Reactions
from nova.telemetry.talks import Talks
from nova.wiring.chats import desk_of, redactor
from nova.wiring.erasure import erasures_of, withdrawals_of

if TYPE_CHECKING:
    from nova.wiring import Nova


@dataclass(frozen=True, slots=True)
class Cases:
    """One field a use-case, or a few that share their ports."""

    audit_trail: AuditTrail
    consent_log: ConsentLog
    consents: ConsentManagement
    corrections: Corrections
    data_export: DataExport
    directory: PersonDirectory
    erasure_requests: ErasureRequests
    erasures: Erasures
    kept_answers: KeptAnswers
    key_rotation: KeyRotation
    newest_values: NewestValues
    quotas: Quotas
    reactions: Reactions
    reidentification: Reidentification
    retention: Retention
    session_reception: SessionReception
    snapshots: SnapshotRequests
    talk_search: TalkSearch
    talks: Talks
    tokens: Tokens


def cases_of(nova: "Nova") -> Cases:
    """Those of an open Nova."""
    db, jobs, audit, people, settings = nova.db, nova.jobs, nova.audit, nova.people, nova.settings
    directory, erasures, withdrawals = PersonDirectory(db, people, audit), erasures_of(nova), withdrawals_of(nova)
    desk, allowed = desk_of(people, nova.master), Amounts.allowed(settings)
    return Cases(
        audit_trail=AuditTrail(db, settings.NOVA_DATA),
        consent_log=ConsentLog(db, settings.NOVA_DATA),
        consents=ConsentManagement(db, jobs, audit, people, withdrawals),
        corrections=Corrections(db, jobs, audit, people, redactor(nova.master)),
        data_export=DataExport(Exporter(db, nova.objects, people), audit),
        directory=directory,
        erasure_requests=ErasureRequests(erasures, directory, nova.token_key.raw_value),
        erasures=erasures,
        kept_answers=KeptAnswers(db, nova.hotlines),
        key_rotation=KeyRotation(db, people, audit),
        newest_values=NewestValues(db),
        quotas=Quotas(db, allowed),
        reactions=Reactions(db, nova.outbox, desk, nova.master),
        reidentification=Reidentification(db, people, audit),
        retention=Retention(db, jobs, audit, settings.retention_path),
        session_reception=SessionReception(db, jobs, desk, withdrawals.keep),
        snapshots=SnapshotRequests(jobs, audit, nova.index, settings.NOVA_DATA, archive.recipient),
        talk_search=TalkSearch(jobs, audit, nova.index_room, nova.dense.embedder if nova.dense else None),
        talks=Talks(db),
        tokens=Tokens(db, audit, nova.token_key, allowed),
    )
