"""Messages of meter gateways from an MQTT broker in, one parcel of ended intervals out; a message is acknowledged once it is stored.

The session is kept by the broker (clean session off, QoS 1), so what is sent while Nova is away comes later. Acknowledgements wait for the
commit; after a cut everything that was not acknowledged comes again. What is known of intervals that are still open is part of the cursor.
"""

import re
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from json import dumps
from typing import Any
from urllib.parse import unquote, urlsplit

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion

from nova.engines.feeds import gateway
from nova.engines.tls import trusted
from nova.errors import InvalidInput, Misconfigured, ServerAbsent
from nova.ports import REFUSED_PARCEL, Parcel

CONNECT_S, FIRST_S, NEXT_S = 5.0, 2.0, 0.1
AT_ONCE, MOST_WAITING, LARGEST = 5_000, 50_000, 65_536
MOST_METERS = 5_000  # some 150 bytes each lie in the cursor, which is written with every parcel
PLACEHOLDER = re.compile(r"\{(meter|field)\}")


@dataclass(frozen=True, slots=True)
class Broker:
    """Where a broker is, as whom to come, and under which name it keeps the session."""

    host: str
    port: int
    tls: bool
    user: str
    password: str = field(repr=False)
    client_id: str = "nova"

    @classmethod
    def of(cls, url: str, client_id: str) -> "Broker":
        """`mqtt://user:password@host:1883` or `mqtts://...:8883`; Misconfigured."""
        parts = urlsplit(url)
        try:
            port = parts.port
        except ValueError:
            port = 0
        if parts.scheme not in ("mqtt", "mqtts") or not parts.hostname or port == 0:
            raise Misconfigured("NOVA_MQTT_URL: erwartet wird mqtt://host:1883 oder mqtts://host:8883.")
        tls = parts.scheme == "mqtts"
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.hostname, port or (8883 if tls else 1883), tls, user, password, client_id)


@dataclass(frozen=True, slots=True)
class Topic:
    """Topics of one shape, such as "tele/{meter}/SENSOR" or "home/{meter}/{field}": what stands where."""

    pattern: str

    @property
    def subscription(self) -> str:
        """As MQTT says it: a level that holds a placeholder is any level."""
        return "/".join("+" if "{" in level else level for level in self.pattern.split("/"))

    def names(self, topic: str) -> tuple[str, str] | None:
        """Meter and field that a topic names; None when it is of another shape."""
        parts = PLACEHOLDER.split(self.pattern)
        shape = "".join(f"(?P<{part}>[^/]+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
        found = re.fullmatch(shape, topic)
        known = {} if found is None else found.groupdict()
        return None if found is None else (known.get("meter", ""), known.get("field", ""))


@dataclass(frozen=True, slots=True, eq=False)
class Letter:
    """A message that waits; `turn` counts connections, because message ids belong to one."""

    topic: str
    payload: bytes
    arrived: datetime
    mid: int
    qos: int
    turn: int


class Mqtt:
    """The feed "mqtt". Opens its connection when it is first asked for something. For one process and one thread at a time."""

    name = "mqtt"

    def __init__(
        self, broker: Broker, patterns: Sequence[str], seconds: int = 900, *, first_s: float = FIRST_S, connect_s: float = CONNECT_S
    ) -> None:
        """`seconds` is the length of the intervals that samples are gathered into; `first_s` how long `take` waits for a message, and
        `connect_s` for the broker.
        """
        self._broker, self._seconds, self._first_s, self._connect_s = broker, seconds, first_s, connect_s
        self._topics = [Topic(pattern) for pattern in patterns]
        self._letters: deque[Letter] = deque()
        self._given: dict[int, Sequence[Letter]] = {}
        self._news = threading.Condition()
        self._client: paho.Client | None = None
        self._turn = 0
        self._connected = False
        self._fault = ""

    def take(self, cursor: Mapping[str, Any], now: datetime) -> Iterator[Parcel]:
        """What came since the last acknowledgement: refused messages with their reasons, then readings and open intervals. ServerAbsent."""
        letters = self._wait()
        if not letters:
            return
        meters, lines = gateway.forget(cursor.get("meters", {}), now, self._seconds)
        refused: list[dict[str, str]] = []
        for letter in letters:
            try:
                lines += self._read(letter, meters)
            except InvalidInput as error:
                refused.append({"where": letter.topic[:200], "why": error.message})
        name = f"mqtt {letters[0].arrived:%Y-%m-%dT%H:%M:%S}"
        if refused:
            yield Parcel(name, dumps(refused, ensure_ascii=False).encode(), REFUSED_PARCEL, dict(cursor))
        data = "\n".join([gateway.COLUMNS, *lines, ""]).encode() if lines else b""
        parcel = Parcel(name, data, "", {"meters": meters})
        self._given = {id(parcel): letters}
        yield parcel

    def stored(self, parcel: Parcel, report: Mapping[str, Any]) -> None:
        """Acknowledge the messages of the parcel, as far as they came over the connection that is open now."""
        letters = self._given.pop(id(parcel), ())
        for letter in letters:
            with self._news:
                here = letter.turn == self._turn and self._connected
                if letter in self._letters:
                    self._letters.remove(letter)
            if here and letter.qos and self._client is not None:
                self._client.ack(letter.mid, letter.qos)

    def health(self) -> Mapping[str, Any]:
        """Name and place; ServerAbsent."""
        self._connect()
        return {"name": self.name, "place": f"{self._broker.host}:{self._broker.port}"}

    def close(self) -> None:
        """Leave the broker, which keeps the session."""
        client, self._client = self._client, None
        if client is not None:
            client.disconnect()
            client.loop_stop()
        self._lost()

    def _read(self, letter: Letter, meters: dict[str, Any]) -> list[str]:
        """The lines a message adds; `meters` follows. InvalidInput."""
        named = next((names for topic in self._topics if (names := topic.names(letter.topic))), None)
        if named is None:
            raise InvalidInput("Das Thema passt zu keinem Muster in NOVA_MQTT_TOPICS.")
        if len(letter.payload) > LARGEST:
            raise InvalidInput("Die Nachricht ist zu groß.")
        meter, field_name = named
        if meter not in meters and len(meters) >= MOST_METERS:
            raise InvalidInput(f"Von diesem Broker kommen Werte von mehr als {MOST_METERS} Zählern.")
        found = gateway.read(letter.payload, meter, field_name, letter.arrived)
        if isinstance(found, list):
            return found
        known, cells = gateway.follow(meters.get(meter, {}), found, self._seconds)
        meters[meter] = {**known, "seen": round(letter.arrived.timestamp())}
        return [f"{meter},{one}" for one in cells]

    def _wait(self) -> Sequence[Letter]:
        """What waits, after a moment in which more may come; ServerAbsent."""
        self._connect()
        until = time.monotonic() + self._first_s
        with self._news:
            while not self._letters and self._connected and (left := until - time.monotonic()) > 0:
                self._news.wait(left)
            if not self._connected:
                raise self._absent()
            count = 0
            while count < len(self._letters) < AT_ONCE:
                count = len(self._letters)
                self._news.wait(NEXT_S)
            return [letter for letter, _ in zip(self._letters, range(AT_ONCE), strict=False)]

    def _connect(self) -> None:
        if self._client is None:
            self._client = self._open()
        with self._news:
            if not self._news.wait_for(lambda: self._connected or self._fault, self._connect_s) or not self._connected:
                raise self._absent()

    def _absent(self) -> ServerAbsent:
        why, self._fault = self._fault, ""
        return ServerAbsent(f"Der MQTT-Broker {self._broker.host}:{self._broker.port} {why or 'antwortet nicht'}.")

    def _open(self) -> paho.Client:
        broker = self._broker
        client = paho.Client(CallbackAPIVersion.VERSION2, client_id=broker.client_id, clean_session=False, manual_ack=True)
        if broker.user:
            client.username_pw_set(broker.user, broker.password)
        if broker.tls:
            client.tls_set_context(trusted())
        client.connect_timeout = self._connect_s
        client.reconnect_delay_set(1, 5)
        client.on_connect, client.on_disconnect, client.on_message = self._on_connect, self._on_disconnect, self._on_message
        client.connect_async(broker.host, broker.port, keepalive=30)
        client.loop_start()
        return client

    def _on_connect(self, client: paho.Client, _userdata: Any, _flags: Any, code: Any, _properties: Any) -> None:
        if code.is_failure:
            with self._news:
                self._fault = f"lehnt die Anmeldung ab ({code})"
                self._news.notify_all()
            return
        client.subscribe([(topic.subscription, 1) for topic in self._topics])
        with self._news:
            self._turn, self._connected, self._fault = self._turn + 1, True, ""
            self._news.notify_all()

    def _on_disconnect(self, *_args: Any) -> None:
        self._lost()

    def _lost(self) -> None:
        """Without the connection its messages count for nothing: the broker sends them again, those of QoS 0 excepted."""
        with self._news:
            self._connected = False
            self._letters = deque(letter for letter in self._letters if not letter.qos)
            self._news.notify_all()

    def _on_message(self, client: paho.Client, _userdata: Any, message: paho.MQTTMessage) -> None:
        if message.retain or (not message.qos and len(self._letters) >= MOST_WAITING):
            client.ack(message.mid, message.qos)  # an old state, not a measurement; or a flood that nobody wants confirmed
            return
        with self._news:
            turn = self._turn
            self._letters.append(Letter(message.topic, bytes(message.payload), datetime.now(UTC), message.mid, message.qos, turn))
            self._news.notify_all()
