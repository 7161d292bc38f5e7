"""The use-cases about people, what they agreed to, what was done, and what the installation holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from psycopg import Connection

from nova.engines import archive
from nova.engines.letters import WordLetters
from nova.flows.consent_management import ConsentManagement
from nova.flows.corrections import Corrections
from nova.flows.erasure.requests import ErasureRequests, Erasures
from nova.flows.handovers import Handovers
from nova.flows.job_control import JobControl
from nova.flows.overview import InstallationFigures
from nova.flows.quotas import QuotaOverview
from nova.flows.snapshots.kept import Kept
from nova.flows.snapshots.requests import SnapshotRequests, StoredSnapshots
from nova.governance.access import Tokens
from nova.governance.accounts.company import CompanyEntrance
from nova.governance.accounts.doorbook import Doorbook
from nova.governance.accounts.enter import Entrance
from nova.governance.accounts.joining import Joining
from nova.governance.accounts.own import OwnAccount
from nova.governance.accounts.second_factor import SecondFactor, factor_key
from nova.governance.accounts.sessions import OwnSessions
from nova.governance.accounts.slowing import Slowing
from nova.governance.accounts.staff import Staff
from nova.governance.approvals import load
from nova.governance.audit.trail import AuditTrail
from nova.governance.consent_log import ConsentLog
from nova.governance.directory import PersonDirectory
from nova.governance.export import DataExport, Exporter, InDatasets
from nova.governance.quotas import Quotas
from nova.governance.reidentify import Reidentification
from nova.governance.retention import Retention
from nova.governance.rotation import KeyRotation
from nova.store.people.usage import Amounts
from nova.wiring.chats import redactor
from nova.wiring.erasure import erasures_of, withdrawals_of
from nova.wiring.sign_in import company_entrance

if TYPE_CHECKING:
    from nova.wiring import Nova


@dataclass(frozen=True, slots=True)
class PeopleCases:
    """One field a use-case, or a few that share their ports."""

    audit_trail: AuditTrail
    company: CompanyEntrance | None
    entrance: Entrance
    doorbook: Doorbook
    joining: Joining
    own_account: OwnAccount
    own_sessions: OwnSessions
    staff: Staff
    consent_log: ConsentLog
    consents: ConsentManagement
    corrections: Corrections
    data_export: DataExport
    directory: PersonDirectory
    erasure_requests: ErasureRequests
    erasures: Erasures
    handovers: Handovers
    installation_figures: InstallationFigures
    job_control: JobControl
    key_rotation: KeyRotation
    quota_overview: QuotaOverview
    quotas: Quotas
    reidentification: Reidentification
    retention: Retention
    snapshot_requests: SnapshotRequests
    stored_snapshots: StoredSnapshots
    tokens: Tokens


def people_cases(nova: "Nova") -> PeopleCases:
    """Those of an open Nova."""
    db, jobs, audit, people, settings = nova.db, nova.jobs, nova.audit, nova.people, nova.settings
    allowed = Amounts.allowed(nova.settings)
    directory, erasures = PersonDirectory(nova.db, nova.people, nova.audit), erasures_of(nova)
    withdrawals = withdrawals_of(nova)
    factor, slowing = SecondFactor(factor_key(nova.token_key.raw_value), settings.NOVA_COMPANY), Slowing()
    return PeopleCases(
        company=company_entrance(settings, db, audit),
        entrance=Entrance(db, factor, slowing),
        doorbook=Doorbook(db, audit),
        joining=Joining(db, audit, factor, settings.NOVA_COMPANY),
        own_account=OwnAccount(db, audit, factor, slowing, settings.NOVA_COMPANY),
        own_sessions=OwnSessions(db, audit),
        staff=Staff(db, audit, lambda: "person.operator" in load(settings.four_eyes_path)),
        audit_trail=AuditTrail(db, settings.NOVA_DATA),
        consent_log=ConsentLog(db, settings.NOVA_DATA),
        consents=ConsentManagement(db, jobs, audit, people, withdrawals),
        corrections=Corrections(db, jobs, audit, people, redactor(nova.master)),
        data_export=DataExport(Exporter(db, nova.objects, people, _in_datasets(nova)), audit),
        directory=directory,
        erasure_requests=ErasureRequests(erasures, directory, nova.token_key.raw_value),
        erasures=erasures,
        handovers=Handovers(db, audit, WordLetters(), nova.answers.redact, settings.NOVA_COMPANY),
        installation_figures=InstallationFigures(db, nova.shelf, jobs),
        job_control=JobControl(db, jobs, audit),
        key_rotation=KeyRotation(db, people, audit),
        quota_overview=QuotaOverview(db, allowed),
        quotas=Quotas(db, allowed),
        reidentification=Reidentification(db, people, audit),
        retention=Retention(db, jobs, audit, settings.retention_path),
        snapshot_requests=SnapshotRequests(db, jobs, audit, nova.index, archive.recipient),
        stored_snapshots=StoredSnapshots(db, jobs, audit, Kept(settings.NOVA_DATA)),
        tokens=Tokens(db, audit, nova.token_key, allowed),
    )


def _in_datasets(nova: "Nova") -> InDatasets:
    def told(conn: Connection[Any], lookups: Sequence[bytes]) -> Iterable[Mapping[str, Any]]:
        from nova.flows.seeding.subjects import access  # Polars is not loaded where nobody needs it

        return access(conn, nova.objects, lookups)

    return told
