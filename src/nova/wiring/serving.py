"""Settings in, what lets promoted adapters answer out."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING

from nova.ports import Generator
from nova.wiring.engines import close_later

if TYPE_CHECKING:
    from nova.wiring import Workshop


def adapters_of(shop: "Workshop", stack: ExitStack) -> Callable[[str], Generator | None]:
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
    host = close_later(stack, InProcessHost(place, verify))
    return ServingAdapters(shop.db, data, host).writer
