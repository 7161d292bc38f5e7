"""Settings in, what lets promoted adapters answer out."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

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


def host_of(settings: "Settings") -> "InProcessHost | ServerHost":
    """The host that the settings name."""
    from nova.flows.training.serving import verify
    from nova.training.config import base_folder

    data, name = settings.NOVA_DATA, settings.NOVA_ADAPTER_HOST
    base, folder = base_folder(settings.NOVA_ADAPTER_BASE, data), data / "models" / "host"
    if name == "process":
        from nova.engines.adapters.inprocess import InProcessHost, Place
        from nova.wiring.training import python_beside

        return InProcessHost(Place(base, folder, settings.NOVA_TRAIN_PYTHON or python_beside(), gpu=settings.NOVA_TRAIN_GPU), verify)
    from nova.engines.adapters.behind import ServerHost
    from nova.engines.adapters.servers import DOORS, Where

    key = settings.NOVA_ADAPTER_KEY.get_secret_value() if settings.NOVA_ADAPTER_KEY else ""
    where = Where(settings.NOVA_ADAPTER_URL, key, base, settings.NOVA_ADAPTER_MODEL, folder / name)
    return ServerHost(DOORS[name](where, model_limits(settings)), verify)


def in_use_of(db: Database) -> "Callable[[], Sequence[Release]]":
    """The adapter that is live and the one on trial, looked up at most every `LOOK_S`."""
    from nova.flows.training.trials import FAMILY

    def look() -> tuple[Mark, "Callable[[], Sequence[Release]]"]:
        with db.transaction() as conn:
            found = releases.in_use(conn, FAMILY)
        return tuple((one.name, one.state, one.share, one.digest) for one in found), lambda: found

    return Renewed(look, LOOK_S, stale=True)
