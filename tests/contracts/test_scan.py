"""The contract of `Scanner` on ClamAV's protocol: clean, found, too large, and every way of not answering, over TCP and a Unix socket."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nova.engines.scan_clamav import CHUNK, ClamdScanner, ScanLimits
from nova.errors import NovaError, ServerAbsent, TooLarge
from nova.ports import Scanner
from tests.fakes.clamd import EICAR, SIGNATURE, Clamd, clamd
from tests.folders import short_folder

QUICK = ScanLimits(connect_s=0.5, word_s=0.4, file_s=0.6)
PATIENT = ScanLimits(file_s=20.0)
FAULTS = ("slow", "silent", "closing", "mute", "lying", "endless", "broken", "cut")


@pytest.fixture(params=["tcp", "unix"])
def daemon(request: pytest.FixtureRequest) -> Iterator[Clamd]:
    with ExitStack() as stack:
        path = stack.enter_context(short_folder()) / "clamd.sock" if request.param == "unix" else None
        yield stack.enter_context(clamd(path))


def scanner(daemon: Clamd, limits: ScanLimits = PATIENT) -> Scanner:
    return ClamdScanner(daemon.setting, limits)


def test_a_clean_file_passes_and_arrives_whole(daemon: Clamd) -> None:
    for data in (b"x", b"\0" * CHUNK, bytes(range(256)) * 1000, b"y" * (CHUNK + 1)):
        assert scanner(daemon).scan(data, "brief.txt") is None
        assert daemon.seen[-1] == data


def test_what_is_found_is_named(daemon: Clamd) -> None:
    assert scanner(daemon).scan(b"Anfang " + EICAR + b" Ende", "brief.txt") == SIGNATURE


def test_more_than_the_daemon_takes_is_too_large_and_says_which_setting(daemon: Clamd) -> None:
    daemon.limit = 100_000
    for size in (100_001, 30_000_000):
        with pytest.raises(TooLarge, match="StreamMaxLength"):
            scanner(daemon).scan(b"z" * size, "groß.pdf")
    assert scanner(daemon).scan(b"z" * 100_000, "klein.pdf") is None


@pytest.mark.parametrize("polite", [True, False], ids=["only-files", "everything"])
@pytest.mark.parametrize("mode", FAULTS)
def test_no_fault_lets_a_file_pass_or_takes_long(daemon: Clamd, mode: str, polite: bool) -> None:
    daemon.mode, daemon.polite = mode, polite
    began = time.monotonic()
    with pytest.raises(ServerAbsent) as caught:
        scanner(daemon, QUICK).scan(b"harmlos" * 20_000, "brief.txt")
    assert time.monotonic() - began < 3
    assert "ClamAV" in caught.value.message
    assert daemon.setting in caught.value.message
    daemon.mode = "good"
    assert scanner(daemon).scan(b"harmlos", "brief.txt") is None


def test_health_names_the_version_and_the_signatures(daemon: Clamd) -> None:
    assert scanner(daemon).health() == {"name": "clamav", "version": "1.4.3", "signatures": "27700"}
    daemon.polite = False
    for mode in ("silent", "mute", "lying", "cut", "endless"):
        daemon.mode = mode
        with pytest.raises(ServerAbsent):
            scanner(daemon, QUICK).health()


def test_a_daemon_that_is_away_and_comes_back() -> None:
    with clamd() as first:
        place, port = first.setting, first.server_address[1]
    away = ClamdScanner(place, QUICK)
    for ask in (lambda: away.scan(b"x", "brief.txt"), away.health):
        with pytest.raises(ServerAbsent, match="nicht erreichbar"):
            ask()
    with clamd(port=int(port)):
        assert away.scan(b"x", "brief.txt") is None


@pytest.mark.parametrize("place", ["unix:/gibt/es/nicht.sock", "gibt-es-nicht.invalid:3310", "[::1]:1"])
def test_a_place_where_nothing_is(place: str) -> None:
    with pytest.raises(ServerAbsent, match=r"nicht erreichbar"):
        ClamdScanner(place, QUICK).scan(b"x", "brief.txt")


def test_a_host_that_takes_no_connections_costs_the_seconds_to_connect() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        place = full.getsockname()
        with ExitStack() as stack:
            for _ in range(3):
                plug = stack.enter_context(socket.socket())
                plug.setblocking(False)
                plug.connect_ex(place)
            began = time.monotonic()
            with pytest.raises(ServerAbsent):
                ClamdScanner(f"127.0.0.1:{place[1]}", QUICK).scan(b"x", "brief.txt")
            assert time.monotonic() - began < 2


@pytest.fixture(scope="module")
def liar() -> Iterator[Clamd]:
    with clamd() as running:
        yield running


@given(said=st.one_of(st.text(max_size=60), st.from_regex(r"stream: .{0,30}( FOUND|OK|ERROR)?")))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_only_one_answer_lets_a_file_pass(liar: Clamd, said: str) -> None:
    """Whatever a daemon says: a clean file needs exactly `stream: OK`, and a finding is a token."""
    liar.says = said
    try:
        found = scanner(liar, QUICK).scan(b"x", "brief.txt")
    except NovaError:
        return
    if found is None:
        assert said == "stream: OK"
    else:
        assert said.endswith(" FOUND")
        assert 0 < len(found) <= 120
        assert found.isascii()
        assert " " not in found
