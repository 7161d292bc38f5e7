"""The use-cases that people reach through a door, each with the ports it needs: what the API and the command line call."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nova.governance.approvals import Approvals
from nova.wiring.cases.answers import AnswerCases, answers_cases
from nova.wiring.cases.approved import approvals_of
from nova.wiring.cases.documents import DocumentCases, document_cases
from nova.wiring.cases.energy import EnergyCases, energy_cases
from nova.wiring.cases.kpi import KpiCases, kpi_cases
from nova.wiring.cases.operation import OperationCases, operation_cases
from nova.wiring.cases.people import PeopleCases, people_cases

if TYPE_CHECKING:
    from nova.wiring import Nova


@dataclass(frozen=True, slots=True)
class Cases:
    """By what they are about."""

    answers: AnswerCases
    documents: DocumentCases
    energy: EnergyCases
    kpi: KpiCases
    operation: OperationCases
    people: PeopleCases
    approvals: Approvals


def cases_of(nova: "Nova") -> Cases:
    """Those of an open Nova; Misconfigured for a channel of alerts that is set up wrongly."""
    answers, kpi, people = answers_cases(nova), kpi_cases(nova), people_cases(nova)
    approvals = approvals_of(nova, answers, kpi, people)
    return Cases(answers, document_cases(nova), energy_cases(nova), kpi, operation_cases(nova), people, approvals)
