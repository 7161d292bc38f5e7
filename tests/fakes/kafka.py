"""Kafka brokers in this process: librdkafka's own mock cluster. Clients, in other processes too, speak the real protocol with it.

It knows topics (made at first sight, with four partitions), idempotent producers, consumer groups and their offsets. It cannot sign in
clients or talk TLS. The library that `confluent-kafka` brings along exports it; Python reaches it through ctypes.
"""

import ctypes
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import confluent_kafka

PRODUCER, GROUP_DELAY_MS = 0, 100


class MockBrokers:
    """A cluster of brokers on loopback; they keep their ports while they are down."""

    def __init__(self, brokers: int = 1) -> None:
        self._lib = _library()
        reason = ctypes.create_string_buffer(512)
        self._client = self._lib.rd_kafka_new(PRODUCER, self._lib.rd_kafka_conf_new(), reason, len(reason))
        assert self._client, reason.value
        self._cluster = self._lib.rd_kafka_mock_cluster_new(self._client, brokers)
        self._lib.rd_kafka_mock_group_initial_rebalance_delay_ms(self._cluster, GROUP_DELAY_MS)
        self._brokers = range(1, brokers + 1)
        self.servers = self._lib.rd_kafka_mock_cluster_bootstraps(self._cluster).decode().split(",")
        self._closing = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def down(self) -> None:
        """Hang up on everybody and refuse new connections."""
        for broker in self._brokers:
            assert self._lib.rd_kafka_mock_broker_set_down(self._cluster, broker) == 0

    def up(self) -> None:
        """Answer again."""
        for broker in self._brokers:
            assert self._lib.rd_kafka_mock_broker_set_up(self._cluster, broker) == 0

    def refuse(self, topic: str, error: int) -> None:
        """Answer with this error (a `KafkaError` code) whoever asks for a topic; 0 answers again."""
        self._lib.rd_kafka_mock_topic_set_error(self._cluster, topic.encode(), error)

    def close(self) -> None:
        """End the cluster; what it held is gone."""
        with self._closing:
            if self._cluster:
                self._lib.rd_kafka_mock_cluster_destroy(self._cluster)
                self._lib.rd_kafka_destroy(self._client)
                self._cluster = None


def _library() -> Any:
    """librdkafka as the wheel brings it."""
    folder = Path(confluent_kafka.__file__).parent.with_name("confluent_kafka.libs")
    lib = ctypes.CDLL(str(next(folder.glob("librdkafka*.so*"))))
    handle, number, text = ctypes.c_void_p, ctypes.c_int, ctypes.c_char_p
    signatures: dict[str, tuple[Any, list[Any]]] = {
        "rd_kafka_conf_new": (handle, []),
        "rd_kafka_new": (handle, [number, handle, text, ctypes.c_size_t]),
        "rd_kafka_destroy": (None, [handle]),
        "rd_kafka_mock_cluster_new": (handle, [handle, number]),
        "rd_kafka_mock_cluster_destroy": (None, [handle]),
        "rd_kafka_mock_cluster_bootstraps": (text, [handle]),
        "rd_kafka_mock_group_initial_rebalance_delay_ms": (None, [handle, ctypes.c_int32]),
        "rd_kafka_mock_topic_set_error": (None, [handle, text, number]),
        "rd_kafka_mock_broker_set_down": (number, [handle, ctypes.c_int32]),
        "rd_kafka_mock_broker_set_up": (number, [handle, ctypes.c_int32]),
    }
    for name, (result, arguments) in signatures.items():
        function = getattr(lib, name)
        function.restype, function.argtypes = result, arguments
    return lib
