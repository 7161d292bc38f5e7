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
from nova.wiring.engines import close_later
from nova.wiring.renewed import Mark, Renewed

if TYPE_CHECKING:
    from nova.wiring import Workshop

LOOK_S = 0.25  # as long a question may still be answered by who served before


def adapters_of(shop: "Workshop", stack: ExitStack) -> Callable[[str], tuple[Generator, Form] | None]:
    """Who writes for somebody; nobody where no host is set up. The host's process begins when an adapter is to serve."""
    settings = shop.settings
    if not settings.NOVA_ADAPTER_HOST:
        return lambda _: None
    from nova.engines.adapters.inprocess import InProcessHost, Place
    from nova.flows.training.serving import ServingAdapters, verify
    from nova.training.config import base_folder
    from nova.wiring.training import python_beside

    data = settings.NOVA_DATA
    place = Place(
        base_folder(settings.NOVA_ADAPTER_BASE, data), data / "models" / "host", settings.NOVA_TRAIN_PYTHON or python_beside(),
        gpu=settings.NOVA_TRAIN_GPU,
    )  # fmt: skip
    host = close_later(stack, InProcessHost(place, partial(verify, base=settings.NOVA_ADAPTER_BASE, data=data)))
    adapters, form = ServingAdapters(in_use_of(shop.db), data, host), forms_of(shop.db)

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
