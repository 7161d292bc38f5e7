"""The use-cases that people reach through a door, each with the ports it needs: what the API and the command line call."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nova.answers.kept import KeptAnswers
from nova.answers.understand.learned import preference
from nova.flows.prompts import PromptVersions
from nova.flows.review import ReviewDecisions
from nova.kpi.alerts.alarms import AlertBoard
from nova.kpi.gaps.listing import KnowledgeGaps
from nova.kpi.learn.control import LearningControl, MeasuringQuestions
from nova.kpi.measure.overview import MeasuredQuality
from nova.kpi.review.curated import CuratedAnswers
from nova.kpi.review.queue import ReviewQueue
from nova.kpi.rules.text import ThresholdTexts
from nova.kpi.tickets.board import TicketBoard
from nova.kpi.tone.labels import ToneLabels
from nova.wiring.alarms import alarms_of

if TYPE_CHECKING:
    from nova.wiring import Nova


@dataclass(frozen=True, slots=True)
class Cases:
    """One field a use-case, or a few that share their ports."""

    alert_board: AlertBoard
    curated_answers: CuratedAnswers
    kept_answers: KeptAnswers
    knowledge_gaps: KnowledgeGaps
    learning_control: LearningControl
    measured_quality: MeasuredQuality
    measuring_questions: MeasuringQuestions
    prompt_versions: PromptVersions
    review_decisions: ReviewDecisions
    review_queue: ReviewQueue
    threshold_texts: ThresholdTexts
    ticket_board: TicketBoard
    tone_labels: ToneLabels


def cases_of(nova: "Nova") -> Cases:
    """Those of an open Nova; Misconfigured for a channel of alerts that is set up wrongly."""
    db, jobs, audit, alarms = nova.db, nova.jobs, nova.audit, alarms_of(nova)

    def redact(text: str) -> str:
        return nova.answers.redact(text)

    return Cases(
        alert_board=AlertBoard(db, alarms, audit),
        curated_answers=CuratedAnswers(db, audit),
        kept_answers=KeptAnswers(db, nova.hotlines),
        knowledge_gaps=KnowledgeGaps(db),
        learning_control=LearningControl(db, jobs, audit, lambda: nova.answers.analyser(), preference),
        measured_quality=MeasuredQuality(db, jobs, audit),
        measuring_questions=MeasuringQuestions(db, audit, redact),
        prompt_versions=PromptVersions(db, audit, nova.settings.NOVA_PROMPTS, redact, lambda: bool(nova.generator.model)),
        review_decisions=ReviewDecisions(db, jobs, audit, nova.shelf, redact),
        review_queue=ReviewQueue(db, jobs, audit),
        threshold_texts=ThresholdTexts(db, nova.settings.thresholds_path, audit),
        ticket_board=TicketBoard(db, alarms.around.tell, redact, audit),
        tone_labels=ToneLabels(db, audit),
    )
