"""The use-cases about measured quality, thresholds, alerts, tickets and what is learned."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nova.answers.understand.learned import preference
from nova.answers.understand.own_vocabulary import OwnVocabulary
from nova.flows.gaps.places import GapPlaces
from nova.flows.gaps.steps import GapSteps
from nova.kpi.alerts.alarms import AlertBoard
from nova.kpi.gaps.listing import KnowledgeGaps
from nova.kpi.gaps.unanswered import UnansweredQuestions
from nova.kpi.learn.control import LearningControl, MeasuringQuestions
from nova.kpi.measure.last_day import LastDay
from nova.kpi.measure.overview import MeasuredQuality
from nova.kpi.report.reports import ProgressReports
from nova.kpi.rules.text import ThresholdTexts
from nova.kpi.tickets.board import TicketBoard
from nova.kpi.tone.labels import ToneLabels
from nova.language.analyser import Analyser
from nova.wiring.alarms import alarms_of

if TYPE_CHECKING:
    from nova.wiring import Nova


@dataclass(frozen=True, slots=True)
class KpiCases:
    """One field a use-case, or a few that share their ports."""

    alert_board: AlertBoard
    gap_places: GapPlaces
    gap_steps: GapSteps
    knowledge_gaps: KnowledgeGaps
    last_day: LastDay
    learning_control: LearningControl
    measured_quality: MeasuredQuality
    measuring_questions: MeasuringQuestions
    progress_reports: ProgressReports
    threshold_texts: ThresholdTexts
    ticket_board: TicketBoard
    tone_labels: ToneLabels
    unanswered: UnansweredQuestions


def kpi_cases(nova: "Nova") -> KpiCases:
    """Those of an open Nova; Misconfigured for a channel of alerts that is set up wrongly."""
    db, jobs, audit, settings = nova.db, nova.jobs, nova.audit, nova.settings
    alarms = alarms_of(nova)

    def redact(text: str) -> str:
        return nova.answers.redact(text)

    def analyser() -> Analyser:
        return nova.answers.analyser()

    return KpiCases(
        alert_board=AlertBoard(db, alarms, audit),
        gap_places=GapPlaces(db, nova.answers),
        gap_steps=GapSteps(db, jobs, audit, nova.shelf, OwnVocabulary(db, settings.vocabulary_path, audit), redact),
        knowledge_gaps=KnowledgeGaps(db),
        last_day=LastDay(db),
        learning_control=LearningControl(db, jobs, audit, analyser, preference),
        measured_quality=MeasuredQuality(db, jobs, audit),
        measuring_questions=MeasuringQuestions(db, audit, redact),
        progress_reports=ProgressReports(db),
        threshold_texts=ThresholdTexts(db, settings.thresholds_path, audit),
        ticket_board=TicketBoard(db, alarms.around.tell, redact, audit),
        tone_labels=ToneLabels(db, audit),
        unanswered=UnansweredQuestions(db),
    )
