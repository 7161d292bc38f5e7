"""A Nova for the length of a command."""

from pathlib import Path

import pytest

from nova.cli.owner import owning
from nova.cli.session import key_of, throw_away
from nova.errors import NotSignedIn
from nova.settings import Settings


def test_a_throw_away_nova_touches_no_server_of_the_users(tmp_path: Path) -> None:
    users = Settings(
        NOVA_DATA=tmp_path / "real",
        NOVA_DATABASE_URL="postgresql://nova@db/nova",
        NOVA_S3_URL="s3://nova",
        NOVA_QDRANT_URL="http://qdrant:6333",
        NOVA_KAFKA_SERVERS=("kafka:9092",),
    )
    scratch = throw_away(users, tmp_path / "scratch")
    assert (tmp_path / "scratch", "127.0.0.1") == (scratch.NOVA_DATA, scratch.NOVA_HOST)
    assert not (scratch.NOVA_DATABASE_URL or scratch.NOVA_S3_URL or scratch.NOVA_QDRANT_URL or scratch.NOVA_KAFKA_SERVERS)


def test_no_key_is_made_beside_a_nova_that_was_given_one(tmp_path: Path) -> None:
    with owning(tmp_path):
        with pytest.raises(NotSignedIn, match="ADMIN_API_KEY"):
            key_of(Settings(NOVA_DATA=tmp_path))
        assert not (tmp_path / "secrets").exists()
    made = key_of(Settings(NOVA_DATA=tmp_path))
    with owning(tmp_path):
        assert key_of(Settings(NOVA_DATA=tmp_path)) == made
