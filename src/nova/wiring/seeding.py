"""The open workshop -> what runs of pipelines need; here sources are chosen."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from nova.engines.fetch import FetchLimits, SafeFetcher
from nova.errors import InvalidInput
from nova.flows.seeding.desk import SeedingDesk
from nova.flows.seeding.running import Seeding
from nova.ports.sources import Source
from nova.settings import Settings

if TYPE_CHECKING:
    from nova.seeding import pipeline_sources as specs
    from nova.seeding.judge.policy import Policy
    from nova.seeding.pipeline import Pipeline
    from nova.seeding.sources.polite import Polite
    from nova.wiring import Workshop


def seeding_of(shop: "Workshop") -> Seeding:
    """What runs need."""

    def pipelines() -> "Mapping[str, Pipeline]":
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
    chosen = pipeline.source.chosen()
    open_it: Callable[[Pipeline, Any, Settings], Source] = _OPENERS[type(chosen).__name__]
    return open_it(pipeline, chosen, settings)


def _sample(_: "Pipeline", spec: "specs.SampleSource", __: Settings) -> Source:
    from nova.seeding.sources.sample import SampleSource

    return SampleSource(spec.table, spec.customers, spec.seed)


def _folder(pipeline: "Pipeline", spec: "specs.FolderSource", settings: Settings) -> Source:
    from nova.seeding.sources.folder import FolderSource
    from nova.seeding.sources.posts import AUTHOR

    return FolderSource(pipeline.name, settings.NOVA_DATA / spec.path, pipeline.licence, spec.pattern, pipeline.subject == AUTHOR)


def _table(pipeline: "Pipeline", spec: "specs.TableSource", settings: Settings) -> Source:
    from nova.seeding.sources.postgres import PostgresSource

    if settings.NOVA_SEED_DATABASE_URL is None:
        raise InvalidInput("Diese Pipeline liest eine Datenbank; NOVA_SEED_DATABASE_URL nennt keine.")
    dsn = settings.NOVA_SEED_DATABASE_URL.get_secret_value()
    return PostgresSource(pipeline.name, dsn, spec.table, spec.key, pipeline.licence)


def _rest(pipeline: "Pipeline", spec: "specs.RestSource", settings: Settings) -> Source:
    from nova.seeding.sources.rest import RestSource

    token = ""
    if spec.token is not None:
        if settings.NOVA_SEED_REST_TOKEN is None:
            raise InvalidInput(f"Diese Pipeline braucht einen Zugangsschlüssel; {spec.token} nennt keinen.")
        token = settings.NOVA_SEED_REST_TOKEN.get_secret_value()
    return RestSource(
        pipeline.name, spec.url, _polite(settings, spec.pause, token), spec.paging, spec.parameter, spec.cursor_at, spec.records_at,
        spec.id, pipeline.licence,
    )  # fmt: skip


def _pages(pipeline: "Pipeline", spec: "specs.PagesSource", settings: Settings) -> Source:
    from nova.seeding.sources.rest import PageSource

    return PageSource(pipeline.name, spec.urls, _polite(settings, spec.pause), pipeline.licence)


def _bucket(pipeline: "Pipeline", spec: "specs.BucketSource", settings: Settings) -> Source:
    from nova.engines.buckets import bucket_shelf
    from nova.seeding.sources.bucket import BucketSource
    from nova.seeding.sources.posts import AUTHOR

    if settings.NOVA_SEED_BUCKET_URL is None:
        raise InvalidInput("Diese Pipeline liest einen Speicher; NOVA_SEED_BUCKET_URL nennt keinen.")
    shelf = bucket_shelf(settings.NOVA_SEED_BUCKET_URL.get_secret_value())
    return BucketSource(pipeline.name, shelf, spec.prefix, pipeline.licence, spec.pattern, pipeline.subject == AUTHOR)


def _polite(settings: Settings, pause: float, token: str = "") -> "Polite":
    from nova.seeding.sources.polite import Polite

    fetcher = SafeFetcher(settings.NOVA_FETCH_ALLOW, FetchLimits(settings.upload_bytes))
    return Polite(partial(fetcher.answer, token=token), pause)


_OPENERS: Mapping[str, Callable[..., Source]] = {
    "SampleSource": _sample,
    "FolderSource": _folder,
    "TableSource": _table,
    "RestSource": _rest,
    "PagesSource": _pages,
    "BucketSource": _bucket,
}
