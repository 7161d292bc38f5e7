"""The open workshop -> what makes datasets that models are tuned with; loaded when the first asks, since it brings SciPy along."""

from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING

from nova.wiring.seeding import seeding_desk, seeding_of

if TYPE_CHECKING:
    from nova.flows.training.dataset import Kitchen
    from nova.flows.training.desk import TrainingDesk
    from nova.seeding.work.refine import Refine
    from nova.wiring import Workshop


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
    from nova.store.training import sets
    from nova.training.dataset.recipe import corpora_of, recipe_of

    def agreed() -> set[str]:
        with shop.db.transaction() as conn:
            return sets.agreed(conn)

    def asked() -> list[dict[str, str]]:
        with shop.db.transaction() as conn:
            return sets.asked(conn)

    settings = shop.settings
    return Kitchen(partial(corpora_of, settings.corpora_path), partial(recipe_of, settings.training_dataset_path), agreed, asked)


def refine_of(shop: "Workshop", inner: "Refine") -> "Refine":
    """What runs do with records, `inner` and what stands in `flows/training/dataset.py`."""
    from nova.flows.training.dataset import prepared

    return prepared(inner, kitchen_of(shop))
