"""The contract of `Outside`, run on syslog over every way it knows, against a receiver written from the RFCs."""

import json
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nova.engines import syslog
from nova.engines.syslog import Syslog, SyslogLimits, parsed
from nova.errors import Misconfigured, ServerAbsent
from nova.ports.outside import Entry, Outside
from tests.fakes.syslog import Receiver, receiving, wait_for
from tests.folders import short_folder

AT = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)
QUICK = SyslogLimits(step_s=1.0, acknowledged_s=1.0)
KINDS = ["udp", "tcp", "unix", "unix stream"]


@pytest.fixture
def folder() -> Iterator[Path]:
    with short_folder() as found:
        yield found


@pytest.fixture(params=KINDS)
def receiver(request: pytest.FixtureRequest, folder: Path) -> Iterator[Receiver]:
    with receiving(request.param, folder) as found:
        yield found


def entry(number: int = 1, **fields: str) -> Entry:
    return Entry(AT, "item.deleted", {"seq": str(number), "actor": "admin", **fields}, {"chunks": 3, "name": "Zähler"})


def test_entries_come_in_order_with_all_they_say(receiver: Receiver) -> None:
    outside: Outside = Syslog(receiver.address, QUICK)
    outside.tell([entry(number) for number in range(1, 6)])
    outside.tell([entry(6)])
    found = wait_for(receiver, 6)
    assert [one["seq"] for one in found] == ["1", "2", "3", "4", "5", "6"]
    first = found[0]
    assert (first["priority"], first["app"], first["name"], first["actor"]) == ("109", "nova", "item.deleted", "admin")
    assert first["at"] == "2026-11-22T12:00:00.123456Z"
    assert json.loads(first["text"]) == {"chunks": 3, "name": "Zähler"}
    assert outside.address == receiver.address
    outside.close()


HOSTILE = 'a"b]c\\d\ne\x1b[2J\u202e=f' + "x" * 5000


def test_no_value_breaks_out_of_its_place(receiver: Receiver) -> None:
    outside = Syslog(receiver.address, QUICK)
    hostile = Entry(AT, "a b\n<13>1 " + "x" * 99, {"target": HOSTILE, 'na me="]': "x"}, {"text": "\n<13>1 forged", "more": "ü" * 5000})
    outside.tell([hostile, entry(2)])
    found = wait_for(receiver, 2)
    assert len(receiver.messages) == 2
    assert found[0]["target"].startswith('a"b]c\\d\\ne\\x1b[2J\\u202e=f')
    assert found[0]["na_me___"] == "x"
    assert all(b"\n" not in message and len(message) <= syslog.LONGEST for message in receiver.messages)
    outside.close()


def test_many_at_once_all_come(receiver: Receiver) -> None:
    outside = Syslog(receiver.address)
    outside.tell([entry(number) for number in range(1, 501)])
    assert [one["seq"] for one in wait_for(receiver, 500)] == [str(number) for number in range(1, 501)]
    outside.close()


@pytest.mark.parametrize("kind", KINDS)
def test_who_is_not_there_is_named_and_found_again(kind: str, folder: Path) -> None:
    with receiving(kind, folder) as gone:
        address, port = gone.address, int(gone.address.rpartition(":")[2]) if "127" in gone.address else 0
    outside = Syslog(address, QUICK)
    with pytest.raises(ServerAbsent, match="antwortet nicht"):
        outside.tell([entry(1)])
    with receiving(kind, folder, port) as back:
        outside.tell([entry(1)])
        wait_for(back, 1)
    outside.close()


@pytest.mark.parametrize("kind", ["tcp", "unix stream"])
def test_a_connection_that_the_receiver_has_closed_is_noticed_before_anything_is_lost(kind: str, folder: Path) -> None:
    with receiving(kind, folder) as receiver:
        outside = Syslog(receiver.address, QUICK)
        outside.tell([entry(1)])
        wait_for(receiver, 1)
        receiver.cut()
        with pytest.raises(ServerAbsent):
            outside.tell([entry(2)])
        outside.tell([entry(2)])
        assert [one["seq"] for one in wait_for(receiver, 2)] == ["1", "2"]
        outside.close()


def test_who_takes_nothing_is_not_believed_to_have_it() -> None:
    """The system behind a frozen receiver takes some, acknowledges it, and then no more."""
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        outside = Syslog(f"tcp://127.0.0.1:{listening.getsockname()[1]}", SyslogLimits(step_s=0.5, acknowledged_s=0.3))
        many = [entry(number) for number in range(20_000)]
        with pytest.raises(ServerAbsent):
            outside.tell(many)


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("udp://log.example", ("udp", "log.example", 514, "")),
        ("tcp://[::1]:1514/", ("tcp", "::1", 1514, "")),
        ("unix:///dev/log", ("unix", "", 0, "/dev/log")),
    ],
)
def test_an_address_has_three_forms(address: str, parts: tuple[str, str, int, str]) -> None:
    assert parsed(address) == parts


@pytest.mark.parametrize(
    "address",
    [
        "log.example:514",
        "udp://",
        "http://x",
        "unix://host/dev/log",
        "unix:dev/log",
        "tcp://x:99999",
        "tcp://a:b@x",
        "udp://x/y",
        "udp://x?a=b",
        "://",
    ],
)
def test_any_other_is_refused(address: str) -> None:
    with pytest.raises(Misconfigured, match="NOVA_AUDIT_SYSLOG"):
        Syslog(address)
