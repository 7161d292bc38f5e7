"""Several processes on one database and one index: what one decides while another works is seen, and no old vector stays."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from nova.errors import Misconfigured, NovaError, ServerAbsent
from nova.jobs.kinds import ingest
from nova.knowledge.analysers import Analysers
from nova.knowledge.index import IndexRoom, Rebuild, rebuild
from nova.knowledge.ingest import Reading
from nova.knowledge.shared import leave_mark, require_mark
from nova.ports import Children
from tests.fakes.memory import InlineChildren, MemoryObjects
from tests.fakes.running import Context
from tests.rooms.knowledge.house import LAW, House

pytestmark = pytest.mark.slow

OTHER = LAW.replace("Musterlampen", "Prüflampen").replace("Muster", "Prüf")


@dataclass
class Meddled:
    """Children that let somebody else act once, right after the first call of a function."""

    function: str
    act: Callable[[], object]
    done: bool = False

    def run(self, function: str, args: Mapping[str, Any], body: bytes = b"", **more: Any) -> tuple[Any, bytes]:
        made = InlineChildren().run(function, args, body, **more)
        if function.endswith(self.function) and not self.done:
            self.done = True
            self.act()
        return made


def elsewhere(house: House, name: str) -> IndexRoom:
    """The same index as another process sees it."""
    return replace(house.room, children=InlineChildren(), analysers=Analysers(house.database, house.folder / name))


def relearn(house: House) -> str:
    """Learn and promote in another process."""
    return str(rebuild(elsewhere(house, "other"), Rebuild(relearn=True), Context())["analyser"])


def with_children(house: House, children: Children) -> None:
    """The first process's handlers, with these children."""
    room = replace(house.room, children=children)
    house.room = room
    house.handlers["ingest"] = ingest.handler(Reading(room, house.objects, house.texts))


def level(house: House) -> None:
    """Every point is what a rebuild by the live analyser makes of its passage."""
    held = dict(house.index.points)
    rebuild(elsewhere(house, "fresh"), Rebuild(), Context())
    assert held == house.index.points


def test_a_document_cut_while_another_process_promotes_an_analyser_is_cut_again(house: House) -> None:
    house.add(LAW)
    before = house.room.analysers.version()
    learned: list[str] = []
    with_children(house, Meddled(":prepare_in_child", lambda: learned.append(relearn(house))))
    house.add(OTHER, "pruef.md")
    assert learned
    assert learned[0] != before
    assert house.room.analysers.version() == learned[0]
    level(house)


def test_a_rebuild_by_an_analyser_that_is_superseded_begins_again(house: House) -> None:
    house.add(LAW)
    house.add(OTHER, "pruef.md")
    learned: list[str] = []
    with_children(house, Meddled(":vectorise_in_child", lambda: learned.append(relearn(house))))
    assert rebuild(house.room, Rebuild(), Context())["analyser"] == learned[0]
    level(house)


def test_another_process_sees_a_promotion_within_seconds(house: House) -> None:
    house.add(LAW)
    now = 0.0
    beside = Analysers(house.database, house.folder / "beside", clock=lambda: now)
    beside.version()
    learned = relearn(house)
    now = 6.0
    assert beside.version() == learned


def test_while_the_database_hangs_nobody_but_one_waits_for_the_analyser(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    analysers = Analysers(house.database, house.folder / "beside", clock=lambda: now)
    known = analysers.current()
    looks, asked, thawed = 0, threading.Event(), threading.Event()

    def frozen(*_: object) -> None:
        nonlocal looks
        looks += 1
        asked.set()
        assert thawed.wait(10)
        raise ServerAbsent("Die Datenbank antwortet nicht.")

    monkeypatch.setattr(analysers, "_refreshed", frozen)
    now = 6.0
    unlucky: list[str] = []
    one = threading.Thread(target=lambda: unlucky.append(why(analysers.current)))
    one.start()
    assert asked.wait(5)
    assert [analysers.current() is known for _ in range(20)] == [True] * 20
    thawed.set()
    one.join(5)
    assert unlucky == ["server_absent"]
    assert analysers.current() is known
    now = 12.0
    assert (why(analysers.current), looks) == ("server_absent", 2)


def why(ask: Callable[[], object]) -> str:
    """The code of what it raises."""
    with pytest.raises(NovaError) as raised:
        ask()
    return raised.value.code


TERMS = {"NOVA_KAFKA_SERVERS": "gesetzt"}


def test_a_process_with_other_settings_is_refused_by_their_name(house: House) -> None:
    leave_mark(house.database, house.objects, TERMS)
    with pytest.raises(Misconfigured, match="NOVA_KAFKA_SERVERS"):
        require_mark(house.database, house.objects, "hier", {"NOVA_KAFKA_SERVERS": ""})
    with pytest.raises(Misconfigured, match="EMBED_MODEL ist bei Nova leer, hier bge-m3"):
        require_mark(house.database, house.objects, "hier", TERMS | {"EMBED_MODEL": "bge-m3"})
    require_mark(house.database, house.objects, "hier", TERMS)
    leave_mark(house.database, house.objects, TERMS | {"EMBED_MODEL": "bge-m3"})
    require_mark(house.database, house.objects, "hier", TERMS)


def test_a_mark_shows_whether_two_processes_see_the_same_files(house: House) -> None:
    def refusal(objects: MemoryObjects) -> type[Exception] | None:
        try:
            require_mark(house.database, objects, "hier", TERMS)
        except (Misconfigured, ServerAbsent) as error:
            return type(error)
        return None

    assert refusal(house.objects) is ServerAbsent
    leave_mark(house.database, house.objects, TERMS)
    assert refusal(house.objects) is None
    assert refusal(MemoryObjects()) is Misconfigured
    house.objects.held.clear()
    leave_mark(house.database, house.objects, TERMS)
    assert refusal(house.objects) is None
