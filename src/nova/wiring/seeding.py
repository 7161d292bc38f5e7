"""The open workshop -> what runs of pipelines need; here sources are chosen."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from nova.errors import InvalidInput
from nova.flows.seeding.desk import SeedingDesk
from nova.flows.seeding.running import Seeding
from nova.ports.sources import Source
from nova.settings import Settings

if TYPE_CHECKING:
    from nova.seeding.judge.policy import Policy
    from nova.seeding.pipeline import Pipeline, Shelf
    from nova.wiring import Workshop


def seeding_of(shop: "Workshop") -> Seeding:
    """What runs need."""

    def pipelines() -> "Shelf":
        from nova.seeding.pipeline import load_all

        return load_all(shop.settings.pipelines_path)

    def policies() -> "Mapping[str, Policy]":
        from nova.seeding.judge.policy import installed

        return installed(shop.settings.policies_path)

    return Seeding(shop.db, shop.objects, shop.people.lookup, pipelines, policies, lambda one: source_of(one, shop.settings))


def seeding_desk(shop: "Workshop") -> SeedingDesk:
    """The use-cases at the doors."""
    return SeedingDesk(seeding_of(shop), shop.jobs, shop.audit)


def source_of(pipeline: "Pipeline", settings: Settings) -> Source:
    """A pipeline's source, opened. InvalidInput where a setting that it needs is missing."""
    from nova.seeding import pipeline as specs
    from nova.seeding.sources.folder import FolderSource
    from nova.seeding.sources.postgres import PostgresSource
    from nova.seeding.sources.sample import SampleSource

    chosen = pipeline.source.chosen()
    if isinstance(chosen, specs.SampleSource):
        return SampleSource(chosen.table, chosen.customers, chosen.seed)
    if isinstance(chosen, specs.FolderSource):
        return FolderSource(pipeline.name, settings.NOVA_DATA / chosen.path, pipeline.licence, chosen.pattern)
    if settings.NOVA_SEED_DATABASE_URL is None:
        raise InvalidInput("Diese Pipeline liest eine Datenbank; NOVA_SEED_DATABASE_URL nennt keine.")
    dsn = settings.NOVA_SEED_DATABASE_URL.get_secret_value()
    return PostgresSource(pipeline.name, dsn, chosen.table, chosen.key, pipeline.licence)
