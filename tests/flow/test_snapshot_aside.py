"""A snapshot for a passphrase, interrupted wherever that can happen: there is one that opens, or none at all."""

import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from nova.cli.client import Client
from nova.cli.operation import snapshot as cli
from nova.flows.snapshots.kept import ASIDE_SECONDS, Kept
from nova.wiring import archive
from tests.faults.conftest import House, opened
from tests.folders import short_folder

PASSPHRASE = "korrekt pferd batterie"


@dataclass
class Scene:
    """A Nova, the folder of its snapshots, and a client as the command has it."""

    house: House
    kept: Kept
    client: Client

    def seal(self) -> Any:
        return cli._sealed(self.client, self.kept, False, PASSPHRASE)

    @property
    def hidden(self) -> list[Path]:
        return [path for path in self.kept.folder.iterdir() if path.name.startswith(".nova-")]


@pytest.fixture(scope="module")
def whole() -> Iterator[House]:
    with short_folder() as folder, opened(folder / "data", NOVA_SNAPSHOT_EVERY=0) as house:
        yield house


@pytest.fixture
def scene(whole: House) -> Iterator[Scene]:
    kept = Kept(whole.nova.settings.NOVA_DATA)
    client = Client(str(whole.client.base_url).removesuffix("/api/v1/"), whole.nova.admin_key.value)
    yield Scene(whole, kept, client)
    client.close()
    whole.settle()
    with kept.writing() as folder:
        for path in folder.glob("*nova-*"):
            path.unlink()


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_it_waits_for_a_proof_and_opens(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    proof, over = threading.Event(), threading.Event()

    def prove() -> None:
        with scene.kept.writing():
            proof.set()
            over.wait(30)

    made = cli._made

    def then_a_proof_begins(*args: Any) -> Any:
        result = made(*args)
        threading.Thread(target=prove).start()
        assert proof.wait(5)
        threading.Timer(0.5, over.set).start()
        return result

    monkeypatch.setattr(cli, "_made", then_a_proof_begins)
    snapshot = scene.seal()
    assert [one.snapshot_id for one in scene.kept.list()] == [snapshot.snapshot_id]
    path = scene.kept.path(snapshot)
    assert cli.changed(path) == []
    assert path.stat().st_size == snapshot.bytes
    with path.open("rb") as file, archive.reading(file, archive.Key(passphrase=PASSPHRASE)) as reader:
        assert reader.head["snapshot_id"] == str(snapshot.snapshot_id)
    assert scene.hidden == []


@pytest.mark.parametrize(
    "where", ["nova.cli.operation.snapshot.tell", "nova.cli.operation.snapshot.drafting", "nova.cli.operation.snapshot.write_record"]
)
def test_interrupted_there_is_none(where: str, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(where, interrupt)
        with pytest.raises(KeyboardInterrupt):
            scene.seal()
    scene.house.settle()
    assert scene.kept.list() == []
    if where.endswith("tell"):  # that one may have been done before it could be cancelled
        age(scene.hidden, ASIDE_SECONDS + 60)
        with scene.kept.writing():
            pass
    assert scene.hidden == []
    assert list(scene.kept.folder.glob("nova-*")) == []


def test_one_that_nobody_came_for_is_no_snapshot_and_goes_after_an_hour(scene: Scene) -> None:
    body = {"qdrant": False, "recipient": archive.new_pair().recipient, "aside": True}
    cli._made(scene.client, body)
    assert scene.kept.list() == []
    assert len(scene.hidden) == 2  # the file and its record
    for seconds, left in ((ASIDE_SECONDS - 60, 2), (ASIDE_SECONDS + 60, 0)):
        age(scene.hidden, seconds)
        with scene.kept.writing():
            assert len(scene.hidden) == left


def age(paths: list[Path], seconds: float) -> None:
    for path in paths:
        os.utime(path, (time.time() - seconds,) * 2)


def test_only_one_for_a_key_can_lie_aside(scene: Scene) -> None:
    assert scene.house.post("/admin/snapshots", json={"aside": True}).status_code == 400
    assert scene.kept.list() == []
