"""Settings in, what lets promoted adapters answer out."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import cache, partial
from typing import TYPE_CHECKING

from nova.answers.compose.learned_form import Form
from nova.ports import Generator
from nova.store import releases
from nova.store.postgres.db import Database
from nova.store.releases import Release
from nova.wiring.engines import close_later, model_limits
from nova.wiring.renewed import Mark, Renewed

if TYPE_CHECKING:
    from nova.engines.adapters.behind import ServerHost
    from nova.engines.adapters.inprocess import InProcessHost
    from nova.flows.training.serving import ServingAdapters
    from nova.settings import Settings
    from nova.wiring import Workshop

LOOK_S = 0.25  # as long a question may still be answered by who served before


def adapters_of(shop: "Workshop", stack: ExitStack) -> "ServingAdapters | None":
    """Who writes for somebody; None where no host is set up. A process on this machine begins when an adapter is to serve."""
    if not shop.settings.NOVA_ADAPTER_HOST:
        return None
    from nova.flows.training.serving import ServingAdapters

    return ServingAdapters(in_use_of(shop.db), shop.settings.NOVA_DATA, close_later(stack, host_of(shop.settings)))


def host_of(settings: "Settings", apart: str = "host", nice: int = 0) -> "InProcessHost | ServerHost":
    """The host that the settings name; `apart` is its folder, `nice` how much later than others a process of this machine works."""
    from nova.flows.training.serving import verify
    from nova.training.config import base_folder

    data, name = settings.NOVA_DATA, settings.NOVA_ADAPTER_HOST
    base, folder = base_folder(settings.NOVA_ADAPTER_BASE, data), data / "models" / apart
    fits = partial(verify, base=settings.NOVA_ADAPTER_BASE, data=data)
    if name == "process":
        from nova.engines.adapters.inprocess import InProcessHost, Place
        from nova.wiring.training import python_beside

        python, called = settings.NOVA_TRAIN_PYTHON or python_beside(), settings.NOVA_ADAPTER_BASE
        place = Place(base, folder, python, gpu=settings.NOVA_TRAIN_GPU, nice=nice, called=called)
        return InProcessHost(place, fits)
    from nova.engines.adapters.behind import ServerHost
    from nova.engines.adapters.servers import DOORS, Where

    key = settings.NOVA_ADAPTER_KEY.get_secret_value() if settings.NOVA_ADAPTER_KEY else ""
    where = Where(settings.NOVA_ADAPTER_URL, key, base, settings.NOVA_ADAPTER_MODEL, folder / name)
    return ServerHost(DOORS[name](where, model_limits(settings)), fits)


def writers_of(adapters: "ServingAdapters | None", db: Database) -> Callable[[str], tuple[Generator, Form] | None]:
    """Who writes for somebody, with the form that it learned in."""
    if adapters is None:
        return lambda _: None
    form = forms_of(db)

    def writer(asker: str) -> tuple[Generator, Form] | None:
        found = adapters.writer(asker)
        return None if found is None else (found, form(found.model))

    return writer


def forms_of(db: Database) -> Callable[[str], Form]:
    """The form that a run learned in, by its name; it never changes, so each is looked up once."""
    from nova.store.training import runs

    @cache
    def form(run: str) -> Form:
        with db.transaction() as conn:
            config = runs.get(conn, run).config
        return Form(config["system"], config["training"]["length"], config["longest"])

    return form


def in_use_of(db: Database) -> "Callable[[], Sequence[Release]]":
    """The adapter that is live and the one on trial, looked up at most every `LOOK_S`."""
    from nova.flows.training.trials import FAMILY

    def look() -> tuple[Mark, "Callable[[], Sequence[Release]]"]:
        with db.transaction() as conn:
            found = releases.in_use(conn, FAMILY)
        return tuple((one.name, one.state, one.share, one.digest) for one in found), lambda: found

    return Renewed(look, LOOK_S, stale=True)
