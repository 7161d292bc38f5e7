"""An engine that listens to a topic: a message a delivery under its key; one without content takes it back. It has no figure to ask for."""

import json

from nova.ports import Message, Stream
from nova.ports.engines import Package


class StreamChannel:
    """`stream` publishes; the caller closes it."""

    def __init__(self, stream: Stream, topic: str) -> None:
        self._stream, self._topic = stream, topic

    def put(self, package: Package) -> None:
        """As the port says."""
        told = {"engine": package.engine, "share": package.share, "columns": dict(package.columns), "rows": list(package.rows)}
        self._stream.publish(self._topic, [Message(package.key, json.dumps(told, ensure_ascii=False).encode())])

    def metric(self) -> float | None:
        """None."""
        return None

    def take_back(self, key: str) -> None:
        """As the port says."""
        self._stream.publish(self._topic, [Message(key, b"")])

    def close(self) -> None:
        """As the port says."""
