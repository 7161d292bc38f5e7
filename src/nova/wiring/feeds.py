"""Settings in, the feeds that they name out: which connectors this process may open, how often each is asked, whether it runs at first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from nova.energy.delivery.feeds import Intake
from nova.energy.delivery.files import ImportFiles
from nova.energy.delivery.imports import feed_store
from nova.engines.fetch import FetchLimits, SafeFetcher
from nova.errors import Misconfigured
from nova.knowledge.shared import own_name
from nova.ports import Connector, Fetcher, Parcel
from nova.roles import Role
from nova.settings import Settings
from nova.store.people.usage import Amounts
from nova.store.postgres.db import Database

if TYPE_CHECKING:
    from nova.energy.simulate.simulator import Plan
    from nova.wiring import Workshop

PULL_EVERY = timedelta(minutes=15)
LOOK_EVERY = timedelta(seconds=2)
AT_ONCE = timedelta(0)
KINDS = {"drop": "drop", "mqtt": "mqtt", "entsoe": "pull", "smard": "pull", "push": "push", "simulator": "simulator"}


@dataclass(frozen=True, slots=True)
class Source:
    """A feed: `open` takes its settings in the table `feeds`; `every` is how long to wait after it had nothing more."""

    name: str
    open: Callable[[Mapping[str, Any]], Connector]
    every: timedelta
    enabled: bool = True

    @property
    def kind(self) -> str:
        """What sort of feed it is."""
        return KINDS[self.name]


def configured(settings: Settings) -> tuple[str, ...]:
    """The names of the feeds that the settings make possible; the simulator and what is pushed always are."""
    given = {"drop": settings.NOVA_DROP, "mqtt": settings.NOVA_MQTT_URL, "entsoe": settings.NOVA_ENTSOE_TOKEN}
    return (*(name for name, value in given.items() if value), *(["smard"] if settings.NOVA_SMARD == "on" else []), "simulator", "push")


def pushed(parcel: Parcel) -> Connector:
    """One request's rows as a feed."""
    from nova.engines.feeds.push import Push

    return Push([parcel])


def sources(settings: Settings, db: Database) -> tuple[Source, ...]:
    """What this process asks by itself. Nothing is opened yet; Misconfigured for settings that cannot be."""
    makers = {"drop": _drop, "mqtt": _mqtt, "entsoe": _entsoe, "smard": _smard, "simulator": _simulator}
    return tuple(makers[name](settings, db) for name in configured(settings) if name in makers)


def intake_of(shop: "Workshop") -> Intake:
    """What takes in what feeds bring."""
    return Intake(shop.db, feed_store(shop.children))


def import_files(shop: "Workshop") -> ImportFiles:
    """What keeps files of rows and stores them."""
    writers = frozenset(cast("tuple[Role, ...]", shop.settings.NOVA_DATA_ROLES))
    return ImportFiles(shop.db, shop.objects, shop.children, shop.jobs, writers, Amounts.allowed(shop.settings))


def simulated(settings: Settings, given: Mapping[str, Any]) -> "Plan":
    """What the simulator simulates with a feed's settings; InvalidInput."""
    from nova.energy.simulate.simulator import Plan

    return Plan.of(given, settings.SIM_SMARTMETER_INTERVAL_SEC, settings.SIM_MARKETS, settings.SIM_PRODUCTS)


def _drop(settings: Settings, _db: Database) -> Source:
    def opened(_given: Mapping[str, Any]) -> Connector:
        from nova.engines.feeds.drop import BucketPlace, Drop
        from nova.engines.feeds.folder import Folder

        if not settings.NOVA_DROP.startswith("s3://"):
            return Drop(Folder(Path(settings.NOVA_DROP)), settings.upload_bytes)
        return Drop(BucketPlace(_bucket(settings), settings.NOVA_DROP), settings.upload_bytes)

    return Source("drop", opened, LOOK_EVERY)


def _bucket(settings: Settings) -> Any:
    from nova.engines.objects import Bucket, bucket_store

    place, secret = urlsplit(settings.NOVA_DROP), settings.NOVA_S3_SECRET
    key = "" if secret is None else secret.get_secret_value()
    return bucket_store(
        Bucket(
            settings.NOVA_S3_ENDPOINT or None,
            place.netloc,
            settings.NOVA_S3_KEY_ID,
            key,
            settings.NOVA_S3_REGION or "us-east-1",
            place.path.strip("/"),
        )
    )


def _mqtt(settings: Settings, db: Database) -> Source:
    url = "" if settings.NOVA_MQTT_URL is None else settings.NOVA_MQTT_URL.get_secret_value()
    _require_mqtt(url)

    def opened(_given: Mapping[str, Any]) -> Connector:
        from nova.engines.feeds.mqtt import Broker, Mqtt

        broker = Broker.of(url, f"nova-{own_name(db)}"[:23])
        return Mqtt(broker, settings.NOVA_MQTT_TOPICS, settings.NOVA_MQTT_SECONDS)

    return Source("mqtt", opened, AT_ONCE)


def _require_mqtt(url: str) -> None:
    if not url.startswith(("mqtt://", "mqtts://")):
        raise Misconfigured("NOVA_MQTT_URL: erwartet wird mqtt://host:1883 oder mqtts://host:8883.")


def _entsoe(settings: Settings, _db: Database) -> Source:
    token = "" if settings.NOVA_ENTSOE_TOKEN is None else settings.NOVA_ENTSOE_TOKEN.get_secret_value()

    def opened(_given: Mapping[str, Any]) -> Connector:
        from nova.engines.feeds.entsoe import Entsoe

        return Entsoe(_fetcher(settings), token)

    return Source("entsoe", opened, PULL_EVERY)


def _smard(settings: Settings, _db: Database) -> Source:
    def opened(_given: Mapping[str, Any]) -> Connector:
        from nova.engines.feeds.smard import Smard

        return Smard(_fetcher(settings))

    return Source("smard", opened, PULL_EVERY)


def _simulator(settings: Settings, _db: Database) -> Source:
    def opened(given: Mapping[str, Any]) -> Connector:
        from nova.energy.simulate.simulator import Simulator

        return Simulator(simulated(settings, given))

    pause = min(settings.SIM_SMARTMETER_INTERVAL_SEC, settings.SIM_MARKET_INTERVAL_SEC)
    return Source("simulator", opened, timedelta(seconds=pause), enabled=False)


def _fetcher(settings: Settings) -> Fetcher:
    return SafeFetcher(settings.NOVA_FETCH_ALLOW, FetchLimits(settings.upload_bytes))
