"""The use-cases that people reach through a door, each with the ports it needs: what the API and the command line call."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nova.answers.kept import KeptAnswers
from nova.answers.understand.learned import preference
from nova.answers.understand.own_vocabulary import OwnVocabulary
from nova.flows.overview import InstallationFigures
from nova.flows.prompts import PromptVersions
from nova.flows.quotas import QuotaOverview
from nova.flows.recommendations import Recommendations
from nova.flows.review import ReviewDecisions
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
from nova.wiring.alarms import alarms_of

if TYPE_CHECKING:
    from nova.wiring import Nova


@dataclass(frozen=True, slots=True)
class Cases:
    """One field a use-case, or a few that share their ports."""

    alert_board: AlertBoard
    curated_answers: CuratedAnswers
    installation_figures: InstallationFigures
    kept_answers: KeptAnswers
    knowledge_gaps: KnowledgeGaps
    last_day: LastDay
    learning_control: LearningControl
    measured_quality: MeasuredQuality
    measuring_questions: MeasuringQuestions
    own_vocabulary: OwnVocabulary
    progress_reports: ProgressReports
    prompt_versions: PromptVersions
    quota_overview: QuotaOverview
    recommendations: Recommendations
    review_decisions: ReviewDecisions
    review_queue: ReviewQueue
    threshold_texts: ThresholdTexts
    ticket_board: TicketBoard
    tone_labels: ToneLabels


def cases_of(nova: "Nova") -> Cases:
    """Those of an open Nova; Misconfigured for a channel of alerts that is set up wrongly."""
    db, jobs, audit, answers, alarms = nova.db, nova.jobs, nova.audit, nova.answers, alarms_of(nova)

    def redact(text: str) -> str:
        return nova.answers.redact(text)

    def analyser() -> Analyser:
        return nova.answers.analyser()

    return Cases(
        alert_board=AlertBoard(db, alarms, audit),
        curated_answers=CuratedAnswers(db, audit),
        installation_figures=InstallationFigures(db, nova.shelf, jobs),
        kept_answers=KeptAnswers(db, nova.hotlines),
        knowledge_gaps=KnowledgeGaps(db),
        last_day=LastDay(db),
        learning_control=LearningControl(db, jobs, audit, analyser, preference),
        measured_quality=MeasuredQuality(db, jobs, audit),
        measuring_questions=MeasuringQuestions(db, audit, redact),
        own_vocabulary=OwnVocabulary(db, nova.settings.vocabulary_path, audit),
        progress_reports=ProgressReports(db),
        prompt_versions=PromptVersions(db, audit, nova.settings.NOVA_PROMPTS, redact, lambda: bool(nova.generator.model)),
        quota_overview=QuotaOverview(db, Amounts.allowed(nova.settings)),
        recommendations=Recommendations(db, answers.shelf, answers.index, analyser, answers.meaning),
        review_decisions=ReviewDecisions(db, jobs, audit, nova.shelf, redact),
        review_queue=ReviewQueue(db, jobs, audit),
        threshold_texts=ThresholdTexts(db, nova.settings.thresholds_path, audit),
        ticket_board=TicketBoard(db, alarms.around.tell, redact, audit),
        tone_labels=ToneLabels(db, audit),
    )
