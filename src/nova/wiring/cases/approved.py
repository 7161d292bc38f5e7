"""What happens once a second operator has said yes: each action by name, as the use-case that does it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from nova.governance.accounts.staff import PersonChange
from nova.governance.approvals import Approvals, Run
from nova.records import Caller
from nova.wiring.cases.answers import AnswerCases
from nova.wiring.cases.kpi import KpiCases
from nova.wiring.cases.people import PeopleCases

if TYPE_CHECKING:
    from nova.wiring import Nova


def approvals_of(nova: "Nova", answers: AnswerCases, kpi: KpiCases, people: PeopleCases) -> Approvals:
    """The approvals of an installation. An action joins by a line here, in `ACTIONS` and in the shipped file."""

    def promote(caller: Caller, args: Mapping[str, Any]) -> object:
        return answers.prompt_versions.promote(caller, args["prompt"], args["seal"])

    def decide(caller: Caller, args: Mapping[str, Any]) -> object:
        return kpi.learning_control.decide(caller, UUID(args["entry_id"]), approved=args["approved"])

    def replace(caller: Caller, args: Mapping[str, Any]) -> object:
        return kpi.threshold_texts.save(caller, args["text"], args["version"])

    def raise_up(caller: Caller, args: Mapping[str, Any]) -> object:
        people.staff.change(caller, UUID(args["user_id"]), PersonChange(role="admin"))
        return None

    def recover(caller: Caller, args: Mapping[str, Any]) -> object:
        return people.staff.invite_again(caller, UUID(args["user_id"]))

    def erase(caller: Caller, args: Mapping[str, Any]) -> object:
        return people.erasure_requests.of_somebody(caller, args["subject_id"], purge_snapshots=args["purge_snapshots"])

    runs: dict[str, Run] = {
        "prompt.promote": promote,
        "learning.decide": decide,
        "thresholds.change": replace,
        "person.operator": raise_up,
        "person.recover": recover,
        "person.erase": erase,
    }
    return Approvals(nova.db, nova.audit, nova.settings.four_eyes_path, runs)
