"""The use-cases that people reach through a door, each with the ports it needs: what the API and the command line call."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nova.answers.kept import KeptAnswers
from nova.kpi.alerts.alarms import AlertBoard
from nova.kpi.gaps.listing import KnowledgeGaps
from nova.kpi.measure.overview import MeasuredQuality
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
    kept_answers: KeptAnswers
    knowledge_gaps: KnowledgeGaps
    measured_quality: MeasuredQuality
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
        kept_answers=KeptAnswers(db, nova.hotlines),
        knowledge_gaps=KnowledgeGaps(db),
        measured_quality=MeasuredQuality(db, jobs, audit),
        threshold_texts=ThresholdTexts(db, nova.settings.thresholds_path, audit),
        ticket_board=TicketBoard(db, alarms.around.tell, redact, audit),
        tone_labels=ToneLabels(db, audit),
    )
