"""The use-cases that people reach through a door, each with the ports it needs: what the API and the command line call."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nova.answers.kept import KeptAnswers
from nova.answers.understand.learned import preference
from nova.answers.understand.own_vocabulary import OwnVocabulary
from nova.energy.newest import NewestValues
from nova.engines import archive
from nova.flows.consent_management import ConsentManagement
from nova.flows.corrections import Corrections
from nova.flows.erasure.requests import ErasureRequests, Erasures
from nova.flows.overview import InstallationFigures
from nova.flows.prompts import PromptVersions
from nova.flows.quotas import QuotaOverview
from nova.flows.recommendations import Recommendations
from nova.flows.review import ReviewDecisions
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
from nova.kpi.alerts.alarms import AlertBoard
from nova.kpi.gaps.listing import KnowledgeGaps
from nova.kpi.learn.control import LearningControl, MeasuringQuestions
from nova.kpi.measure.last_day import LastDay
from nova.kpi.measure.overview import MeasuredQuality
from nova.kpi.report.reports import ProgressReports
from nova.kpi.review.curated import CuratedAnswers
from nova.kpi.review.queue import ReviewQueue
from nova.kpi.rules.text import ThresholdTexts
from nova.kpi.tickets.board import TicketBoard
from nova.kpi.tone.labels import ToneLabels
from nova.language.analyser import Analyser
from nova.store.usage import Amounts
from nova.telemetry.reactions import Reactions
from nova.telemetry.talks import Talks
from nova.wiring.alarms import alarms_of
from nova.wiring.chats import desk_of, redactor
from nova.wiring.erasure import erasures_of, withdrawals_of

if TYPE_CHECKING:
    from nova.wiring import Nova


@dataclass(frozen=True, slots=True)
class Cases:
    """One field a use-case, or a few that share their ports."""

    alert_board: AlertBoard
    audit_trail: AuditTrail
    consent_log: ConsentLog
    consents: ConsentManagement
    corrections: Corrections
    curated_answers: CuratedAnswers
    data_export: DataExport
    directory: PersonDirectory
    erasure_requests: ErasureRequests
    erasures: Erasures
    installation_figures: InstallationFigures
    kept_answers: KeptAnswers
    key_rotation: KeyRotation
    knowledge_gaps: KnowledgeGaps
    last_day: LastDay
    learning_control: LearningControl
    measured_quality: MeasuredQuality
    measuring_questions: MeasuringQuestions
    newest_values: NewestValues
    own_vocabulary: OwnVocabulary
    progress_reports: ProgressReports
    prompt_versions: PromptVersions
    quota_overview: QuotaOverview
    quotas: Quotas
    reactions: Reactions
    recommendations: Recommendations
    reidentification: Reidentification
    retention: Retention
    review_decisions: ReviewDecisions
    review_queue: ReviewQueue
    session_reception: SessionReception
    snapshots: SnapshotRequests
    talk_search: TalkSearch
    talks: Talks
    threshold_texts: ThresholdTexts
    ticket_board: TicketBoard
    tokens: Tokens
    tone_labels: ToneLabels


def cases_of(nova: "Nova") -> Cases:
    """Those of an open Nova; Misconfigured for a channel of alerts that is set up wrongly."""
    db, jobs, audit, people, settings = nova.db, nova.jobs, nova.audit, nova.people, nova.settings
    directory, erasures, withdrawals = PersonDirectory(db, people, audit), erasures_of(nova), withdrawals_of(nova)
    desk, allowed = desk_of(people, nova.master), Amounts.allowed(settings)
    answers, alarms = nova.answers, alarms_of(nova)

    def redact(text: str) -> str:
        return nova.answers.redact(text)

    def analyser() -> Analyser:
        return nova.answers.analyser()

    return Cases(
        alert_board=AlertBoard(db, alarms, audit),
        audit_trail=AuditTrail(db, settings.NOVA_DATA),
        consent_log=ConsentLog(db, settings.NOVA_DATA),
        consents=ConsentManagement(db, jobs, audit, people, withdrawals),
        corrections=Corrections(db, jobs, audit, people, redactor(nova.master)),
        curated_answers=CuratedAnswers(db, audit),
        data_export=DataExport(Exporter(db, nova.objects, people), audit),
        directory=directory,
        erasure_requests=ErasureRequests(erasures, directory, nova.token_key.raw_value),
        erasures=erasures,
        installation_figures=InstallationFigures(db, nova.shelf, jobs),
        kept_answers=KeptAnswers(db, nova.hotlines),
        key_rotation=KeyRotation(db, people, audit),
        knowledge_gaps=KnowledgeGaps(db),
        last_day=LastDay(db),
        learning_control=LearningControl(db, jobs, audit, analyser, preference),
        measured_quality=MeasuredQuality(db, jobs, audit),
        measuring_questions=MeasuringQuestions(db, audit, redact),
        newest_values=NewestValues(db),
        own_vocabulary=OwnVocabulary(db, settings.vocabulary_path, audit),
        progress_reports=ProgressReports(db),
        prompt_versions=PromptVersions(db, audit, settings.NOVA_PROMPTS, redact, lambda: bool(nova.generator.model)),
        quota_overview=QuotaOverview(db, allowed),
        quotas=Quotas(db, allowed),
        reactions=Reactions(db, nova.outbox, desk, nova.master),
        recommendations=Recommendations(db, answers.shelf, answers.index, analyser, answers.meaning),
        reidentification=Reidentification(db, people, audit),
        retention=Retention(db, jobs, audit, settings.retention_path),
        review_decisions=ReviewDecisions(db, jobs, audit, nova.shelf, redact),
        review_queue=ReviewQueue(db, jobs, audit),
        session_reception=SessionReception(db, jobs, desk, withdrawals.keep),
        snapshots=SnapshotRequests(jobs, audit, nova.index, settings.NOVA_DATA, archive.recipient),
        talk_search=TalkSearch(jobs, audit, nova.index_room, nova.dense.embedder if nova.dense else None),
        talks=Talks(db),
        threshold_texts=ThresholdTexts(db, settings.thresholds_path, audit),
        ticket_board=TicketBoard(db, alarms.around.tell, redact, audit),
        tokens=Tokens(db, audit, nova.token_key, allowed),
        tone_labels=ToneLabels(db, audit),
    )
