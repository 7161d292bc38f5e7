"""What is open in, the use-cases about tuned models out: their datasets, runs, people who judge them, their evaluation and card.

Datasets are loaded when the first asks, since that brings SciPy along.
"""

import hmac
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nova.flows.training.carding import ModelCards
from nova.flows.training.evaluating import Evaluations, Judging
from nova.flows.training.hosting import Hosts
from nova.flows.training.promoting import Promotions
from nova.flows.training.review import BlindReviews
from nova.flows.training.runbooks import Runbooks, reach_of
from nova.kpi.rules import thresholds
from nova.training import licences
from nova.training.limits import Limits, limits_of
from nova.training.runbook.page import Place, Reach
from nova.wiring.notify import channels, teller
from nova.wiring.seeding import seeding_desk, seeding_of

if TYPE_CHECKING:
    from psycopg import Connection

    from nova.engines.train.mirrors import Mirrors
    from nova.flows.training.dataset import Kitchen
    from nova.flows.training.desk import TrainingDesk
    from nova.flows.training.guarding import Guard
    from nova.flows.training.leaving import Leaving
    from nova.flows.training.running import Runner
    from nova.flows.training.runs import TrainRuns
    from nova.flows.training.serving import ServingAdapters
    from nova.flows.training.watching import TrainingWatch
    from nova.seeding.work.refine import Refine
    from nova.settings import Settings
    from nova.wiring import Nova, Workshop

PURPOSE = b"nova blind reviews"
IN_CLUSTER = re.compile(r"([a-z0-9-]+)\.([a-z0-9-]+)\.svc")


@dataclass(frozen=True, slots=True)
class TrainingCases:
    """One field a use-case."""

    datasets: "Callable[[], TrainingDesk]"
    reviews: BlindReviews
    evaluations: Evaluations
    cards: ModelCards
    runs: "Callable[[], TrainRuns]"
    promotions: Promotions
    hosts: Hosts
    runbooks: Runbooks


def training_cases(nova: "Nova") -> TrainingCases:
    """Those of an open Nova."""
    db, audit, data = nova.db, nova.audit, nova.settings.NOVA_DATA
    key = hmac.digest(nova.token_key.raw_value, PURPOSE, "sha256")
    limits = partial(own_limits, nova)

    def redact(text: str) -> str:
        return nova.answers.redact(text)

    def judging() -> Judging:
        return Judging(key, limits(), licences.load(data), nova.answers.analyser())

    runbooks = runbooks_of(nova)
    tell, reviews = teller(channels(nova.settings), nova.jobs), BlindReviews(db, audit, redact, key, data, limits)
    return TrainingCases(
        datasets=training_desk(nova),
        reviews=reviews,
        evaluations=Evaluations(db, audit, tell, judging, reviews.write),
        cards=ModelCards(db, audit, data, judging),
        runs=partial(train_runs, nova),
        promotions=Promotions(
            db, audit, tell, data, nova.settings.NOVA_ADAPTER_BASE if nova.settings.NOVA_ADAPTER_HOST else "",
            nova.settings.GENERATE_MODEL or "", runbooks.keep,
        ),
        hosts=Hosts(nova.settings.NOVA_ADAPTER_HOST, nova.settings.NOVA_ADAPTER_BASE, nova.adapters),
        runbooks=runbooks,
    )  # fmt: skip


def train_runs(shop: "Workshop") -> "TrainRuns":
    """What people do with runs."""
    from nova.flows.training.runs import TrainRuns

    desk, data = training_desk(shop)(), shop.settings.NOVA_DATA
    return TrainRuns(shop.db, shop.jobs, shop.audit, data, desk.written, desk.newest, partial(licences.load, data))


def guard_of(shop: "Workshop") -> "Guard":
    """What looks after the adapter that serves."""
    from nova.flows.training.guarding import Guard

    return Guard(
        shop.db, shop.audit, teller(channels(shop.settings), shop.jobs), shop.settings.NOVA_DATA, shop.settings.GENERATE_MODEL or ""
    )


def leaving_of(shop: "Workshop", adapters: "ServingAdapters | None" = None) -> "Leaving":
    """What takes out adapters that learned from somebody who leaves; the host of `adapters` lets go of them."""
    from nova.flows.training.leaving import Leaving

    leaving = partial(Leaving, shop.db, shop.audit, guard_of(shop), shop.settings.NOVA_DATA)
    return leaving(adapters.host.drop) if adapters else leaving()


def runbooks_of(nova: "Nova") -> Runbooks:
    """What writes the page for who is called at night; it names this installation's own commands and addresses."""
    settings = nova.settings

    def reach() -> Reach:
        mails = settings.NOVA_SMTP_TO if settings.NOVA_SMTP_URL else ()
        return reach_of(thresholds.load(settings.thresholds_path), mails, webhook=settings.NOVA_WEBHOOK_URL is not None)

    return Runbooks(nova.db, settings.NOVA_DATA, place_of(settings), reach)


def place_of(settings: "Settings") -> Place:
    """Where this installation is, and how it is called."""
    host = settings.NOVA_ADAPTER_HOST
    return Place(
        *_commands(settings), str(settings.NOVA_DATA), _address(settings), host, settings.NOVA_ADAPTER_URL,
        settings.NOVA_ADAPTER_BASE if host else "",
    )  # fmt: skip


def _commands(settings: "Settings") -> tuple[str, str, str, str]:
    """How `nova` is called and started: by the names that deploy/helm and docker-compose.yml give it in NOVA_HOSTS, else as it is."""
    for host in settings.NOVA_HOSTS:
        if found := IN_CLUSTER.fullmatch(host):
            name, kubectl = found.group(1), f"kubectl -n {found.group(2)}"
            inside = f"{kubectl} exec {name}-0 --"
            restart = f"{kubectl} rollout restart statefulset/{name}"
            return f"{inside} nova", f"{inside} env NOVA_TOKEN=… nova", restart, f"{kubectl} logs {name}-0 --previous"
    if "api" in settings.NOVA_HOSTS:
        inside = "docker compose exec"
        return f"{inside} api nova", f"{inside} -e NOVA_TOKEN=… api nova", "docker compose up --detach", "docker compose logs api"
    return "nova", "NOVA_TOKEN=… nova", "nova up", "nova doctor"


def _address(settings: "Settings") -> str:
    """Where people open the pages: the last name Nova answers to, or this machine."""
    return settings.NOVA_HOSTS[-1] if settings.NOVA_HOSTS else f"{settings.NOVA_HOST}:{settings.API_PORT}"


def watch_of(nova: "Nova") -> "TrainingWatch":
    """What sees runs, graphics cards and the adapter that serves."""
    from nova.flows.training.watching import TrainingWatch

    return TrainingWatch(nova.db, nova.settings.NOVA_TRAIN_GPU)


def runner_of(shop: "Workshop") -> "Runner":
    """What does the work of a run."""
    from nova.engines.train.process import ProcessTuner
    from nova.flows.training.running import Runner

    settings = shop.settings
    tuner = ProcessTuner(settings.NOVA_TRAIN_PYTHON or python_beside(), settings.NOVA_TRAIN_GPU, mirrors_of(settings))
    return Runner(shop.db, tuner, settings.NOVA_DATA, training_desk(shop)().written, shop.jobs, hour_prices)


def mirrors_of(settings: "Settings") -> "Mirrors":
    """Where runs may be shown whose configuration wants that."""
    from nova.engines.train.mirrors import Mirrors, Server

    told = {
        "mlflow": (settings.NOVA_TRAIN_MLFLOW_URL, settings.NOVA_TRAIN_MLFLOW_KEY),
        "wandb": (settings.NOVA_TRAIN_WANDB_URL, settings.NOVA_TRAIN_WANDB_KEY),
    }
    servers = {name: Server(address, key.get_secret_value() if key else "") for name, (address, key) in told.items()}
    return Mirrors(settings.NOVA_DATA / "models" / "mirror", servers)


def python_beside() -> str:
    """The environment that `make train-env` makes beside Nova's; "": there is none."""
    found = Path(sys.prefix).parent / ".venv-train" / "bin" / "python"
    return str(found) if found.is_file() else ""


def hour_prices(conn: "Connection[Any]", start: datetime, end: datetime) -> list[tuple[datetime, float]]:
    """What each whole hour costs at the exchange, as far as that is known without a gap."""
    from nova.energy.market import day_ahead

    found = day_ahead(conn, int(start.timestamp()), int(end.timestamp()))
    by_hour: dict[int, list[float]] = {}
    for ts, price in zip(found.ts, found.price, strict=True) if found is not None else ():
        by_hour.setdefault(int(ts) // 3600, []).append(float(price))
    return [(datetime.fromtimestamp(hour * 3600, UTC), sum(some) / len(some)) for hour, some in sorted(by_hour.items())]


def own_limits(nova: "Nova") -> Limits:
    """The installation's own limits where it has some, else those that come with Nova."""
    own = nova.settings.NOVA_DATA / "config/training/gates.yaml"
    return limits_of(own if own.is_file() else None)


def training_desk(shop: "Workshop") -> "Callable[[], TrainingDesk]":
    """The use-cases at the doors, when they are asked for."""

    @cache
    def opened() -> "TrainingDesk":
        from nova.flows.training.desk import TrainingDesk

        return TrainingDesk(seeding_of(shop), kitchen_of(shop), seeding_desk(shop), shop.audit)

    return opened


def kitchen_of(shop: "Workshop") -> "Kitchen":
    """What a dataset is made with."""
    from nova.flows.training.dataset import Kitchen
    from nova.store.quality import second_opinions
    from nova.store.training import sets
    from nova.training.dataset.recipe import corpora_of, recipe_of

    def agreed() -> set[str]:
        with shop.db.transaction() as conn:
            return sets.agreed(conn)

    def asked() -> list[dict[str, str]]:
        with shop.db.transaction() as conn:
            return sets.asked(conn)

    def doubted() -> set[str]:
        with shop.db.transaction() as conn:
            return second_opinions.doubted(conn)

    settings = shop.settings
    return Kitchen(partial(corpora_of, settings.corpora_path), partial(recipe_of, settings.training_dataset_path), agreed, asked, doubted)


def refine_of(shop: "Workshop", inner: "Refine") -> "Refine":
    """What runs do with records, `inner` and what stands in `flows/training/dataset.py`."""
    from nova.flows.training.dataset import prepared

    return prepared(inner, kitchen_of(shop))
