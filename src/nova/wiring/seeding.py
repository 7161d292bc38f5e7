"""The open workshop -> what runs of pipelines need; here sources are chosen."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from nova.engines.fetch import FetchLimits, SafeFetcher
from nova.errors import InvalidInput
from nova.flows.seeding.desk import SeedingDesk
from nova.flows.seeding.running import Seeding
from nova.governance.people import KnownPeople
from nova.ports.sources import Rooms, Source
from nova.settings import Settings
from nova.store.postgres.db import Database
from nova.store.seeding import rooms as stored
from nova.wiring.notify import channels, teller

if TYPE_CHECKING:
    from nova.seeding import pipeline_sources as specs
    from nova.seeding.judge.policy import Policy
    from nova.seeding.pipeline import Pipeline, Shelf
    from nova.seeding.sources.polite import Polite
    from nova.seeding.synthetic.spec import SyntheticSpec
    from nova.wiring import Workshop


def seeding_of(shop: "Workshop") -> Seeding:
    """What runs need."""

    def pipelines() -> "Shelf":
        from nova.seeding.pipeline import load_all

        return load_all(shop.settings.pipelines_path)

    def policies() -> "Mapping[str, Policy]":
        from nova.seeding.judge.policy import installed

        return installed(shop.settings.policies_path)

    rooms = StoredRooms(shop.db, shop.people)

    def source(pipeline: "Pipeline") -> Source:
        if pipeline.source.synthetic is not None:
            return _synthetic(shop, pipeline.source.synthetic)
        return source_of(pipeline, shop.settings, rooms)

    tell = teller(channels(shop.settings), shop.jobs)
    return Seeding(shop.db, shop.objects, shop.people.lookup, pipelines, policies, source, tell=tell)


def seeding_desk(shop: "Workshop") -> SeedingDesk:
    """The use-cases at the doors."""
    return SeedingDesk(seeding_of(shop), shop.jobs, shop.audit)


class StoredRooms:
    """What the store holds of Nova's own rooms."""

    def __init__(self, db: Database, people: KnownPeople) -> None:
        self._db, self._people = db, people

    def pages(self, name: str, rows: int) -> Iterator[Sequence[Mapping[str, str | None]]]:
        """As the port says."""
        with self._db.long_transaction() as conn:
            yield from stored.pages(conn, name, rows)

    def lookup(self, person: str) -> bytes:
        """As the port says."""
        with self._db.transaction() as conn:
            return stored.lookup(conn, person)

    def hide(self, name: str) -> str:
        """The first letters of an HMAC, so that nobody who guesses names can tell."""
        return self._people.fingerprint("seeding", name).hex()[:16]


def _synthetic(shop: "Workshop", spec: "SyntheticSpec") -> Source:
    """Made-up records; those of a version are made of what trains in it, so that nothing of a test comes back as training."""
    from nova.flows.seeding.made_up import origin_of
    from nova.seeding.synthetic.source import SyntheticSource

    if spec.of is None:
        return SyntheticSource(spec)
    made = origin_of(shop.db, shop.objects, spec.of.dataset, spec.of.version)
    return SyntheticSource(spec, made.frame, made.name, made.licence, made.known)


def source_of(pipeline: "Pipeline", settings: Settings, rooms: Rooms | None = None) -> Source:
    """A pipeline's source, opened. InvalidInput where a setting that it needs is missing."""
    chosen = pipeline.source.chosen()
    if pipeline.source.room is not None and rooms is not None:
        from nova.seeding.sources.room import RoomSource

        return RoomSource(pipeline.source.room.name, rooms, pipeline.licence, raw=pipeline.source.room.raw)
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


def _benchmark(pipeline: "Pipeline", spec: "specs.BenchmarkSource", settings: Settings) -> Source:
    from nova.seeding.sources.benchmark import BenchmarkSource
    from nova.seeding.sources.folder import FolderSource

    return BenchmarkSource(FolderSource(pipeline.name, settings.NOVA_DATA / spec.path, pipeline.licence, spec.pattern))


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
    "BenchmarkSource": _benchmark,
}
