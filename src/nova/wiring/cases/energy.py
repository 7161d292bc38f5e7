"""The use-cases about meters, readings, prices, forecasts, schedules and recommendations."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from nova.energy.charts.charts import Charts
from nova.energy.computations import Computations
from nova.energy.delivery.deliveries import Deliveries
from nova.energy.delivery.exports import Exports
from nova.energy.delivery.files import ImportFiles
from nova.energy.delivery.history import ValueHistory
from nova.energy.delivery.push import PushedReadings
from nova.energy.delivery.switch import Feeds
from nova.energy.explain.kept_facts import KeptFacts
from nova.energy.forecast.served import Forecasts
from nova.energy.key_figures import KeyFigures
from nova.energy.meters.assignments import MeterAssignments
from nova.energy.meters.meters import Meters
from nova.energy.newest import NewestValues
from nova.energy.recommend.recommendations import Recommendations
from nova.energy.schedule.schedules import Schedules
from nova.energy.simulate import simulator
from nova.energy.simulate.control import SimulatorControl
from nova.governance.users import ensure_user
from nova.store.people.usage import Amounts
from nova.telemetry.events import store_decision
from nova.wiring import feeds
from nova.wiring.channels import engine_uses

if TYPE_CHECKING:
    from nova.wiring import Nova


@dataclass(frozen=True, slots=True)
class EnergyCases:
    """One field a use-case, or a few that share their ports."""

    charts: Charts
    computations: Computations
    deliveries: Deliveries
    exports: Exports
    feeds: Feeds
    forecasts: Forecasts
    import_files: ImportFiles
    kept_facts: KeptFacts
    key_figures: KeyFigures
    meter_assignments: MeterAssignments
    meters: Meters
    newest_values: NewestValues
    pushed_readings: PushedReadings
    recommendations: Recommendations
    schedules: Schedules
    simulator: SimulatorControl
    value_history: ValueHistory


def energy_cases(nova: "Nova") -> EnergyCases:
    """Those of an open Nova."""
    db, audit = nova.db, nova.audit
    allowed = Amounts.allowed(nova.settings)
    person = partial(ensure_user, nova.db)
    control = SimulatorControl(nova.db, nova.audit, partial(feeds.simulated, nova.settings))
    return EnergyCases(
        charts=Charts(db),
        computations=Computations(db, nova.jobs, audit),
        deliveries=Deliveries(db, nova.jobs, audit),
        exports=Exports(db),
        feeds=Feeds(db, audit, feeds.KINDS, feeds.configured(nova.settings), {simulator.NAME: control.prepare}),
        forecasts=Forecasts(db),
        import_files=feeds.import_files(nova),
        kept_facts=KeptFacts(db),
        key_figures=KeyFigures(db),
        meter_assignments=MeterAssignments(db, audit, person, allowed),
        meters=Meters(db, nova.objects, audit, person, allowed),
        newest_values=NewestValues(db),
        pushed_readings=PushedReadings(db, nova.children, feeds.pushed),
        recommendations=Recommendations(db, audit, nova.answers.redact, partial(store_decision, dictionary=nova.master)),
        schedules=Schedules(db, audit, engine_uses(nova).hour_prices),
        simulator=control,
        value_history=ValueHistory(db),
    )
