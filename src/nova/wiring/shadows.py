"""Settings in, what lets an adapter write in the shadow out."""

import os
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from nova.wiring.engines import close_later
from nova.wiring.serving import forms_of, host_of, in_use_of

if TYPE_CHECKING:
    from nova.answers.work import Work
    from nova.wiring import Workshop

NICE = 10  # whoever waits for an answer comes first


def shadows_of(shop: "Workshop", stack: ExitStack) -> "Callable[[Work], None]":
    """What is given every answer, where a host answers with adapters. A process of this machine is the shadow's own: no question stands
    behind it.
    """
    settings = shop.settings
    if not settings.NOVA_ADAPTER_HOST:
        return lambda _: None
    from nova.flows.training.shadowing import Shadows

    begun = partial(host_of, settings, "shadow", NICE)
    return close_later(stack, Shadows(in_use_of(shop.db), settings.NOVA_DATA, begun, shop.db, forms_of(shop.db), busy)).offer


def busy() -> bool:
    """Whether this machine has had more to do than it has cores for in the last minute."""
    return os.getloadavg()[0] > (os.cpu_count() or 1)
