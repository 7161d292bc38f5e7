"""The use-cases of who runs an installation: how it is, what its embedding model is worth, what datasets are made."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from nova.flows.health.report import Health
from nova.flows.monitor import Monitor, tuning
from nova.flows.seeding.desk import SeedingDesk
from nova.flows.seeding.engine_models import EngineModels
from nova.flows.seeding.engines import EngineDesk
from nova.flows.seeding.orders import RunOrders
from nova.flows.seeding.uses import EngineUses
from nova.knowledge.weighing import ModelWeighing
from nova.wiring.channels import engine_desk, engine_uses, engines_of
from nova.wiring.seeding import seeding_desk, seeding_of
from nova.wiring.training import TrainingCases, training_cases
from nova.wiring.watching import health_of

if TYPE_CHECKING:
    from nova.wiring import Nova


@dataclass(frozen=True, slots=True)
class OperationCases:
    """One field a use-case."""

    health: Health
    model_weighing: ModelWeighing
    monitor: Monitor
    run_orders: RunOrders
    seeding: SeedingDesk
    engines: EngineDesk
    uses: EngineUses
    models: EngineModels
    training: TrainingCases


def operation_cases(nova: "Nova") -> OperationCases:
    """Those of an open Nova."""
    health = health_of(nova)
    return OperationCases(
        health=health,
        model_weighing=ModelWeighing(nova.db, nova.jobs, nova.audit, configured=lambda: nova.dense is not None),
        monitor=Monitor(health, nova.jobs, nova.jobs.workers, nova.settings.NOVA_DATA, training=partial(tuning, nova.db)),
        run_orders=RunOrders(seeding_of(nova), engines_of(nova), nova.jobs, nova.audit, nova.people.fingerprint),
        seeding=seeding_desk(nova),
        engines=engine_desk(nova),
        uses=engine_uses(nova),
        models=EngineModels(engines_of(nova)),
        training=training_cases(nova),
    )
