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

from nova.engines.extract.runner import Children, Limits
from nova.engines.extract.wire import document_of
from nova.errors import UnreadableFile

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
    assert set(value["environment"]) <= {"PYTHONPATH", "PATH", "LANG", "LC_CTYPE", "OMP_THREAD_LIMIT", "PYTHONDONTWRITEBYTECODE"}
    assert value["modules"] == []


def test_a_child_has_no_network_where_it_says_so(children: Children) -> None:
    closed = children.run("nova.engines.extract.confine:report_task", {})[0]["network"]
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


GOOD = {"title": None, "blocks": [["paragraph", 0, 5, 0]], "pages": [[1, 0, 5]], "meta": {"a": "b"}, "warnings": []}


@pytest.mark.parametrize(
    "change",
    [
        {"blocks": [["paragraph", 0, 6, 0]]},
        {"blocks": [["paragraph", 3, 3, 0]]},
        {"blocks": [["paragraph", 0, 4, 0], ["list", 3, 5, 0]]},
        {"blocks": [["script", 0, 5, 0]]},
        {"blocks": [["paragraph", 0, 5, 7]]},
        {"blocks": [["paragraph", 0.0, 5, 0]]},
        {"blocks": [["paragraph", True, 5, 0]]},
        {"blocks": "x"},
        {"pages": [[0, 0, 5]]},
        {"pages": [[1, 0, 9]]},
        {"meta": []},
        {"warnings": None},
    ],
)
def test_a_parent_trusts_no_span(change: dict[str, object]) -> None:
    assert document_of(GOOD, b"Strom", "text/plain").blocks
    with pytest.raises(UnreadableFile):
        document_of({**GOOD, **change}, b"Strom", "text/plain")


def test_text_that_is_no_utf8_is_refused() -> None:
    with pytest.raises(UnreadableFile):
        document_of({**GOOD, "blocks": [], "pages": []}, b"\xff", "text/plain")
