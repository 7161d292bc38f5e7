"""An engine of the list -> its channel, opened; the open workshop -> what deliveries need."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from nova.errors import InvalidInput, Misconfigured
from nova.ports.engines import EngineChannel
from nova.settings import Settings
from nova.wiring.notify import channels, teller
from nova.wiring.renewed import stamp

if TYPE_CHECKING:
    from nova.flows.seeding.engines import EngineDesk, Engines
    from nova.flows.seeding.uses import EngineUses
    from nova.seeding.delivery.registry import EngineSpec, Registry
    from nova.wiring import Workshop


def engines_of(shop: "Workshop") -> "Engines":
    """What deliveries need; an installation without a list of its own has that which is shipped."""
    from nova.flows.seeding.engines import Engines

    def registry() -> "Registry":
        path = shop.settings.engines_path
        return _listed(path, stamp(path))

    tell = teller(channels(shop.settings), shop.jobs)
    return Engines(shop.db, shop.objects, registry, lambda spec: channel_of(spec, shop.settings.NOVA_DATA, shop.settings), tell=tell)


@lru_cache(maxsize=4)
def _listed(path: Path, seen: tuple[int, int] | None) -> "Registry":
    from nova.seeding.delivery.registry import load_file, shipped

    return shipped() if seen is None else load_file(path)


def engine_uses(shop: "Workshop") -> "EngineUses":
    """What places show of what engines read."""
    from nova.flows.seeding.uses import EngineUses

    return EngineUses(engines_of(shop), shop.audit)


def engine_desk(shop: "Workshop") -> "EngineDesk":
    """The use-cases at the doors."""
    from nova.flows.seeding.engines import EngineDesk

    return EngineDesk(engines_of(shop), shop.jobs, shop.audit)


def channel_of(spec: "EngineSpec", beside: Path, settings: Settings) -> EngineChannel:
    """Open it; folders lie beside the list. InvalidInput where what it needs is not set up."""
    place = str(spec.place)
    if spec.channel == "rest":
        from nova.engines.ml.rest import RestChannel

        return RestChannel(place, spec.seconds)
    if spec.channel == "websocket":
        try:
            from nova.engines.ml.socket import SocketChannel
        except ModuleNotFoundError as error:
            raise Misconfigured("Ein WebSocket braucht ein weiteres Paket: `pip install 'nova-luna[websocket]'`.") from error
        return SocketChannel(place, spec.seconds)
    if spec.channel == "folder":
        from nova.engines.ml.folder import FolderChannel

        return FolderChannel.at(beside / place, spec.name)
    return _kafka(place, settings)


def _kafka(topic: str, settings: Settings) -> EngineChannel:
    if not settings.NOVA_KAFKA_SERVERS:
        raise InvalidInput("Diese Engine hört auf ein Thema; NOVA_KAFKA_SERVERS nennt keinen Dienst dafür.")
    from nova.engines.ml.stream import StreamChannel

    try:
        from nova.engines.streams.kafka import Brokers, KafkaStream
    except ModuleNotFoundError as error:
        raise Misconfigured("NOVA_KAFKA_SERVERS braucht ein weiteres Paket: `pip install 'nova-luna[kafka]'`.") from error
    password = settings.NOVA_KAFKA_PASSWORD
    secret = password.get_secret_value() if password else ""
    return StreamChannel(KafkaStream(Brokers(settings.NOVA_KAFKA_SERVERS, settings.NOVA_KAFKA_USER, secret), topics=(topic,)), topic)
