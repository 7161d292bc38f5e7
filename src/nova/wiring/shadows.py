"""Settings in, what lets an adapter write in the shadow out."""

import os
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING

from nova.wiring.engines import close_later
from nova.wiring.serving import in_use_of

if TYPE_CHECKING:
    from nova.answers.work import Work
    from nova.wiring import Workshop

NICE = 10  # whoever waits for an answer comes first


def shadows_of(shop: "Workshop", stack: ExitStack) -> "Callable[[Work], None]":
    """What is given every answer; nobody where no host is set up. Its host is a process of its own: no question stands behind a shadow."""
    settings = shop.settings
    if not settings.NOVA_ADAPTER_HOST:
        return lambda _: None
    from nova.engines.adapters.inprocess import InProcessHost, Place
    from nova.flows.training.serving import verify
    from nova.flows.training.shadowing import Shadows
    from nova.training.config import base_folder
    from nova.wiring.training import python_beside

    data = settings.NOVA_DATA
    place = Place(
        base_folder(settings.NOVA_ADAPTER_BASE, data), data / "models" / "shadow", settings.NOVA_TRAIN_PYTHON or python_beside(),
        gpu=settings.NOVA_TRAIN_GPU, nice=NICE,
    )  # fmt: skip
    host = close_later(stack, InProcessHost(place, verify))
    return Shadows(in_use_of(shop.db), data, host, shop.db, busy, own=True).offer


def busy() -> bool:
    """Whether this machine has had more to do than it has cores for in the last minute."""
    return os.getloadavg()[0] > (os.cpu_count() or 1)
