"""The child-process runner: what one call may use, what a crash becomes, and that nothing waits in memory."""

import os
import signal
import socket
import struct
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from nova.engines.extract.sandbox.runner import Children, Limits
from nova.engines.extract.wire import pack, unpack
from nova.engines.extract.writer import MAX_BLOCKS, MAX_CHARS
from nova.errors import UnreadableFile
from nova.records import Block, Document, Page

CODE = (Path(__file__).parents[1] / "fakes",)
SHORT = Limits(wall_s=1.0, cpu_s=30, memory_bytes=512 * 1024**2)


@pytest.fixture
def children() -> Iterator[Children]:
    pool = Children(size=2, idle_s=30, code=CODE)
    yield pool
    pool.close()


def test_values_and_bytes_come_back(children: Children) -> None:
    value, body = children.run("child_tasks:echo", {"Straße": ["ä", 1, None]}, b"\x00\xff" * 1_000_000)
    assert value["args"] == {"Straße": ["ä", 1, None]}
    assert body == b"\x00\xff" * 1_000_000


def test_a_child_serves_many_calls(children: Children) -> None:
    pids = {children.run("child_tasks:echo", {})[0]["pid"] for _ in range(5)}
    assert len(pids) == 1
    assert os.getpid() not in pids


@pytest.mark.parametrize(
    ("task", "args", "reason"),
    [
        ("spin", {}, "Zeitlimit von 1 s"),
        ("sleep", {"seconds": 60}, "Zeitlimit von 1 s"),
        ("hog", {}, "mehr als 512 MB Speicher"),
        ("die", {"signal": int(signal.SIGSEGV)}, "abgestürzt.*SIGSEGV"),
        ("die", {"signal": int(signal.SIGKILL)}, "Mangel an Speicher"),
        ("leave", {"code": 0}, "abgestürzt"),
        ("leave", {"code": 3}, "abgestürzt"),
        ("stumble", {}, "beschädigt .*KeyError"),
        ("recurse", {}, "beschädigt .*RecursionError"),
    ],
)
def test_misbehaviour_is_an_unreadable_file_by_name_and_the_next_call_works(
    children: Children, task: str, args: dict[str, int], reason: str
) -> None:
    with pytest.raises(UnreadableFile, match=f"„Bericht.pdf“.*{reason}"):
        children.run(f"child_tasks:{task}", args, name="Bericht.pdf", limits=SHORT)
    assert children.run("child_tasks:echo", {}, b"well", limits=SHORT)[1] == b"well"


def test_processor_time_is_limited(children: Children) -> None:
    with pytest.raises(UnreadableFile, match="1 s Rechenzeit"):
        children.run("child_tasks:spin", {}, limits=Limits(wall_s=30, cpu_s=1))


def test_a_named_error_passes_and_the_child_lives_on(children: Children) -> None:
    before = children.run("child_tasks:echo", {})[0]["pid"]
    with pytest.raises(UnreadableFile, match=r"^Die Datei ist verschlüsselt\.$"):
        children.run("child_tasks:refuse", {})
    assert children.run("child_tasks:echo", {})[0]["pid"] == before


def test_a_reply_beyond_the_limit_is_refused(children: Children) -> None:
    with pytest.raises(UnreadableFile, match="zu groß"):
        children.run("child_tasks:flood", {"bytes": 2_000_000}, limits=Limits(reply_bytes=1_000_000))
    assert len(children.run("child_tasks:flood", {"bytes": 900_000}, limits=Limits(reply_bytes=1_000_000))[1]) == 900_000


def test_printing_libraries_do_not_disturb(children: Children) -> None:
    assert children.run("child_tasks:chatter", {})[0] == "said"


@pytest.mark.parametrize(
    "frame",
    [
        struct.pack(">IQ", 2, 2**62) + b"{}",
        struct.pack(">IQ", 4, 0) + b"\xff\xfe\x00\x00",
        struct.pack(">IQ", 2, 0) + b"[]",
        struct.pack(">IQ", 20_000, 0) + b"[" * 20_000,
        b"\x80\x04\x95",
    ],
)
def test_forged_replies_are_refused(children: Children, frame: bytes) -> None:
    with pytest.raises(UnreadableFile):
        children.run("child_tasks:forge", {"hex": frame.hex()}, limits=Limits(wall_s=5))


def test_the_environment_of_the_parent_stays_there(children: Children, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_API_KEY", "nova_adm_secret")
    value, _ = children.run("child_tasks:surroundings", {})
    assert "nova_adm_secret" not in str(value)
    assert set(value["environment"]) <= {"PATH", "LANG", "LC_CTYPE", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS"}
    assert value["modules"] == []


def test_a_child_has_no_network_where_it_says_so(children: Children) -> None:
    closed = children.run("nova.engines.extract.sandbox.confine:report_task", {})[0]["network"]
    with socket.create_server(("127.0.0.1", 0)) as server:
        value, _ = children.run("child_tasks:call_out", {"port": server.getsockname()[1]})
    assert (value != "connected") is closed


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_waiting_child_ends_by_itself() -> None:
    children = Children(size=1, idle_s=0.3, code=CODE)
    pid = children.run("child_tasks:echo", {})[0]["pid"]
    assert children.count() == 1
    until = time.monotonic() + 10
    while alive(pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive(pid)
    assert children.count() == 0
    assert children.run("child_tasks:echo", {})[0]["pid"] != pid
    children.close()


def test_no_more_than_the_allowed_number_work_at_once(children: Children) -> None:
    pids: list[int] = []
    threads = [threading.Thread(target=lambda: pids.append(children.run("child_tasks:echo", {})[0]["pid"])) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(pids) == 8
    assert len(set(pids)) <= 2


def test_a_closed_pool_keeps_no_child(children: Children) -> None:
    children.run("child_tasks:echo", {})
    children.close()
    assert children.count() == 0


def test_a_child_that_reads_a_file_may_say_little_in_json(children: Children) -> None:
    """Two megabytes of JSON are a hundred of objects, taken apart by the process that serves people."""
    frame = struct.pack(">IQ", 2 * 1024**2, 0)
    with pytest.raises(UnreadableFile, match="zu groß"):
        children.run("child_tasks:forge", {"hex": frame.hex()}, limits=Limits(wall_s=5), own="file")


DOCUMENT = Document(
    text="Straße",
    media_type="text/plain",
    title="Titel",
    blocks=(Block("heading", 0, 2, 3), Block("paragraph", 3, 6, 0)),
    pages=(Page(1, 0, 2), Page(7, 2, 6)),
    meta={"author": "Müller"},
    warnings=("Achtung",),
)


def test_a_document_comes_back_whole() -> None:
    assert unpack(*pack(DOCUMENT), "text/plain") == DOCUMENT
    least = Document(text="", media_type="text/plain", title=None, blocks=(), pages=(), meta={}, warnings=())
    assert unpack(*pack(least), "text/plain") == least


def packed(*numbers: int, text: bytes = b"Strom") -> bytes:
    return struct.pack(f"<{len(numbers)}I", *numbers) + text


GOOD = {"title": None, "blocks": 1, "pages": 1, "meta": {"a": "b"}, "warnings": []}
ROWS = packed(1, 0, 5, 0, 1, 0, 5)


@pytest.mark.parametrize(
    "change",
    [{"blocks": 2}, {"blocks": -1}, {"blocks": 1.0}, {"blocks": True}, {"blocks": "1"}, {"pages": 2**40}, {"pages": None}, {"meta": []},
     {"warnings": None}],
)  # fmt: skip
def test_a_parent_trusts_no_value(change: dict[str, object]) -> None:
    assert unpack(GOOD, ROWS, "text/plain").blocks
    with pytest.raises(UnreadableFile):
        unpack({**GOOD, **change}, ROWS, "text/plain")


@pytest.mark.parametrize(
    ("blocks", "pages", "body"),
    [
        (1, 0, packed(1, 0, 6, 0)),
        (1, 0, packed(1, 3, 3, 0)),
        (2, 0, packed(1, 0, 4, 0, 2, 3, 5, 0)),
        (1, 0, packed(6, 0, 5, 0)),
        (1, 0, packed(1, 0, 5, 7)),
        (0, 1, packed(0, 0, 5)),
        (0, 1, packed(1, 0, 9)),
        (0, 2, packed(1, 0, 5, 2, 4, 5)),
        (9, 0, packed(1, 0, 5, 0)),
        (0, 0, b"\xff"),
    ],
)
def test_a_parent_trusts_no_span_and_no_letter(blocks: int, pages: int, body: bytes) -> None:
    with pytest.raises(UnreadableFile):
        unpack({**GOOD, "blocks": blocks, "pages": pages}, body, "text/plain")


def test_a_parent_takes_no_more_than_a_document_may_hold() -> None:
    with pytest.raises(UnreadableFile, match="mehr als 200000 Abs"):
        unpack({**GOOD, "blocks": MAX_BLOCKS + 1}, b"", "text/plain")
    with pytest.raises(UnreadableFile, match="20 Millionen Zeichen"):
        unpack({**GOOD, "blocks": 0, "pages": 0}, b"x" * (MAX_CHARS + 1), "text/plain")
