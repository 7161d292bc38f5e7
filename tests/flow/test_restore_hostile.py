"""A snapshot whose dump was forged, with sums that are right: it is refused, and what was there stays as it was."""

import io
from pathlib import Path

import pytest

from nova.errors import BadSnapshot
from nova.flows.snapshots.contents import DATABASE
from nova.flows.snapshots.kept import Kept
from nova.flows.snapshots.making import Wish
from nova.governance.audit.log import list_audit
from nova.jobs.snapshots.restore import restore
from nova.settings import Settings
from nova.store.postgres import embedded
from nova.wiring import archive, open_nova
from nova.wiring.snapshots import maker_of
from tests.folders import short_folder
from tests.noting import note

PLAIN = archive.Key()
COPIED = b"COPY public.access_tokens (token_id, user_id, label, created_at, expires_at, revoked_at, scopes, seen_at) FROM stdin;"
FORGED = {
    "a program": b"COPY public.access_tokens FROM PROGRAM 'touch /var/lib/canary';",
    "a statement": b"DO $$ BEGIN CREATE TABLE public.canary (); END $$;",
    "another table": b"COPY public.users (user_id, external_id) FROM stdin;",
}


def silent(stage: str, done: int, total: int) -> None:
    """Nobody watches."""


def forge(source: Path, target: Path, old: bytes, new: bytes) -> None:
    """The same snapshot with other words in its dump, and sums and manifest to match."""
    with source.open("rb") as file, target.open("wb") as out, archive.reading(file, PLAIN) as reader:
        head = {name: value for name, value in reader.head.items() if name != "format"}
        with archive.writing(out, head) as writer:
            for member in reader.members():
                data = member.stream.read()
                if member.name == DATABASE:
                    assert old in data
                    data = data.replace(old, new.ljust(len(old)))
                writer.add(member.name, io.BytesIO(data))
            facts = reader.manifest
            writer.finish({name: value for name, value in facts.items() if name not in ("members", "bytes", "sha256", *head, "format")})


@pytest.mark.slow
def test_a_forged_snapshot_is_refused_and_changes_nothing() -> None:
    with short_folder() as folder:
        settings = Settings(NOVA_DATA=folder / "data", NOVA_SNAPSHOT_EVERY=0)
        with open_nova(settings) as nova:
            note(nova.db, "before", "x")
            file = Kept(settings.NOVA_DATA).path(maker_of(nova).take(Wish(), silent))
        for name, words in FORGED.items():
            forge(file, folder / f"{name}.tar", COPIED, words)
            with pytest.raises(BadSnapshot):
                restore(folder / f"{name}.tar", PLAIN, settings, silent, replace=True)
            with pytest.raises(BadSnapshot):
                restore(folder / f"{name}.tar", PLAIN, Settings(NOVA_DATA=folder / "leer"), silent)
        assert not (folder / "leer").exists()
        with open_nova(settings) as nova:
            assert [entry.action for entry in list_audit(nova.db)][:1] == ["before"]
        honest = folder / "gleich.tar"
        forge(file, honest, COPIED, COPIED)
        restore(honest, PLAIN, settings, silent, replace=True)
        with embedded.start(settings.NOVA_DATA) as server:
            assert server.dsn
