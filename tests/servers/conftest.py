"""The servers that Nova's server form stands on: Debian's PostgreSQL, moto's S3, a Qdrant by its documentation, mock Kafka brokers."""

import logging
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest

from tests.fakes import s3
from tests.fakes.kafka import MockBrokers
from tests.fakes.qdrant import QdrantServer
from tests.scratch import drop
from tests.servers.house import Installation, installation
from tests.servers.postgres import debian_postgres


@pytest.fixture(scope="session")
def debian() -> Iterator[str]:
    """A server of Debian's; the connection string of its first database."""
    with debian_postgres() as url:
        yield url


@pytest.fixture(scope="session")
def s3_address() -> Iterator[str]:
    """An S3 server with an empty bucket `nova`."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with s3.serve() as address:
        yield address


@pytest.fixture(scope="module")
def postgres_url(debian: str) -> Iterator[str]:
    """An empty database."""
    name = f"nova_{uuid4().hex}"
    with psycopg.connect(debian, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield debian.replace("dbname=postgres", f"dbname={name}")
    with psycopg.connect(debian, autocommit=True) as connection:
        drop(connection, name)


@pytest.fixture(scope="module")
def qdrant() -> Iterator[QdrantServer]:
    """A Qdrant server without collections."""
    server = QdrantServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def brokers() -> Iterator[MockBrokers]:
    """Kafka brokers without topics."""
    with MockBrokers() as cluster:
        yield cluster


@pytest.fixture(scope="module")
def nova(
    tmp_path_factory: pytest.TempPathFactory, postgres_url: str, s3_address: str, qdrant: QdrantServer, brokers: MockBrokers
) -> Iterator[Installation]:
    """An installation on these servers, nothing started yet."""
    environment = {
        "NOVA_DATABASE_URL": postgres_url,
        "NOVA_S3_URL": f"s3://nova/{uuid4().hex}",
        "NOVA_S3_ENDPOINT": s3_address,
        "NOVA_S3_KEY_ID": "key",
        "NOVA_S3_SECRET": "secret",
        "NOVA_QDRANT_URL": qdrant.url,
        "NOVA_KAFKA_SERVERS": ",".join(brokers.servers),
    }
    with installation(tmp_path_factory.mktemp("form"), environment) as made:
        yield made
