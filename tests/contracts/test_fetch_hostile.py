"""The one way out against people who want it to lead inside: spellings, wrappings, names that change, and servers that lie or never end."""

import contextlib
import gzip
import ipaddress
import itertools
import socket
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nova.engines.addresses import AddressPolicy, PatientLookup, public, resolve
from nova.engines.fetch import FetchLimits, SafeFetcher
from nova.errors import BlockedAddress, InvalidInput, NovaError, ServerAbsent, TooLarge
from tests.fakes.web import Web, Write, drip

HERE = ("127.0.0.0/8",)
QUICK = FetchLimits(max_bytes=200_000, connect_s=0.3, read_s=0.2, total_s=0.4)
MANY = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
METADATA = ["169.254.169.254", "169.254.170.2", "fd00:ec2::254", "fd20:ce::254", "100.100.100.200", "168.63.129.16", "192.0.0.192"]
INNER = st.one_of(
    *(st.ip_addresses(v=4, network=block) for block in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"))
)


@pytest.fixture
def fetcher() -> SafeFetcher:
    return SafeFetcher(HERE, QUICK)


def never(host: str, port: int) -> list[str]:
    raise AssertionError(f"asked for {host}")


def wrapped(inner: ipaddress.IPv4Address) -> Iterator[str]:
    """An IPv4 address inside IPv6 ones: mapped, compatible, translated, 6to4, NAT64, local NAT64, Teredo (server and client), ISATAP."""
    number = int(inner)
    high, low = f"{number >> 16:x}", f"{number & 0xFFFF:x}"
    yield f"::ffff:{inner}"
    yield f"::ffff:{high}:{low}"
    yield f"::{high}:{low}"
    yield f"::ffff:0:{high}:{low}"
    yield f"2002:{high}:{low}::1"
    yield f"64:ff9b::{high}:{low}"
    yield f"64:ff9b:1::{high}:{low}"
    yield f"2001:0:{high}:{low}::1"
    yield str(ipaddress.IPv6Address((0x20010000 << 96) | (0x08080808 << 64) | (number ^ 0xFFFFFFFF)))
    yield f"2a00:1450::5efe:{high}:{low}"
    yield f"2a00:1450::200:5efe:{high}:{low}"


@MANY
@given(inner=INNER)
@example(inner=ipaddress.IPv4Address("169.254.169.254"))
@example(inner=ipaddress.IPv4Address("127.0.0.1"))
def test_no_wrapping_carries_an_inner_address_out(inner: ipaddress.IPv4Address) -> None:
    for address in (str(inner), *wrapped(inner)):
        assert public(address) is False, address
        with pytest.raises(BlockedAddress):
            SafeFetcher(resolver=lambda host, port, address=address: ["8.8.8.8", address]).fetch("http://harmlos.example/")


def spellings(inner: ipaddress.IPv4Address) -> Iterator[str]:
    """What the system's resolver takes for the address: decimal, octal, hexadecimal, short forms, zeros, other digits and dots."""
    a, b, c, d = inner.packed
    number = int(inner)
    yield from (str(number), f"0x{number:x}", f"0X{number:X}", f"0{number:o}")
    yield from (f"{a}.{number & 0xFFFFFF}", f"{a}.{b}.{number & 0xFFFF}", f"0x{a:x}.0{b:o}.{c}.{d}", f"0{a:o}.0{b:o}.0{c:o}.0{d:o}")
    yield f"{inner}."
    yield str(inner).replace(".", "。")
    yield str(inner).replace(".", "．")
    yield str(inner).translate({ord(digit): ord(digit) - ord("0") + ord("０") for digit in "0123456789"})
    yield str(inner).replace(".", "%2e")
    yield f"[::ffff:{inner}]"


def test_an_address_with_a_dot_behind_is_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_args, **_kwargs: pytest.fail("no name server is to be asked"))
    assert resolve("192.168.40.59.", 80) == ["192.168.40.59"]


@settings(max_examples=25, deadline=None, derandomize=True)
@given(inner=INNER)
def test_no_spelling_of_an_inner_address_passes(inner: ipaddress.IPv4Address) -> None:
    fetcher = SafeFetcher(limits=FetchLimits(connect_s=5, read_s=0.2, total_s=10))
    for host in spellings(inner):
        with pytest.raises((BlockedAddress, InvalidInput)):
            fetcher.fetch(f"http://{host}/latest/meta-data/")


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "LOCALHOST", "localhost.", "[::]", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "0.0.0.0", "0",
        "[fe80::1]", "[fe80::1%25eth0]", "[fe80::1%eth0]", "[fe80::1%251]", "[ff02::1]",
        "[fd00:ec2::254]", "[::169.254.169.254]", "169.254.169.254", "127.1", "127.0.1",
    ],
)  # fmt: skip
def test_this_machine_and_its_link_are_closed_by_every_name(host: str) -> None:
    with pytest.raises((BlockedAddress, InvalidInput)):
        SafeFetcher().fetch(f"http://{host}/")


@pytest.mark.parametrize("name", ["metadata.google.internal", "metadata", "instance-data", "kubernetes.default.svc", "router.fritz.box"])
@pytest.mark.parametrize("address", [*METADATA, "10.0.0.1", "fd12::1"])
def test_names_of_inner_machines_are_closed_by_where_they_lead(name: str, address: str) -> None:
    with pytest.raises(BlockedAddress):
        SafeFetcher(resolver=lambda host, port: [address]).fetch(f"http://{name}/computeMetadata/v1/")


@pytest.mark.parametrize("address", METADATA)
def test_what_hands_out_credentials_stays_closed_whatever_a_company_opens(address: str) -> None:
    opened = ("0.0.0.0/0", "::/0", "169.254.0.0/16", "fc00::/7", "fd00::/8", "100.64.0.0/10", address, "metadata.google.internal")
    assert AddressPolicy(opened).listed("metadata.google.internal", address) is False
    with pytest.raises(BlockedAddress):
        SafeFetcher(opened, resolver=lambda host, port: [address]).fetch("http://metadata.google.internal/")
    mapped = f"::ffff:{address}"
    if "." in address:
        assert AddressPolicy(opened).listed("x", mapped) is False


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "FILE:///etc/passwd", "gopher://x.example:70/_x", "ftp://x.example/", "dict://x.example:11211/stat", "ldap://x.example/",
        "jar:http://x.example!/", "data:text/html,x", "javascript:alert(1)", "unix:///run/docker.sock", "http+unix://%2Frun%2Fdocker.sock/",
        "ws://x.example/", "blob:http://x.example/", "about:blank", "//x.example/", "x.example", "http:x.example", "http:/x.example", "http:///x.example",
        "http://user@x.example/", "http://user:secret@x.example/", "http://:secret@x.example/", "http://8.8.8.8@127.0.0.1/",
        "http://x.example@127.0.0.1/", "http://x.example%40127.0.0.1@y/", "http://x.example:80:80/", "http://x.example:-1/", "http://x.example:65536/",
        "http://x.example:080808/", "http://x.example:8o/", "http://[::1/", "http://::1/", "http://[x]/", "http://[127.0.0.1]/", "http://[]/",
        "http://x example/", "http://x\texample/", "http://x.example\r\nHost: y/", "http://x.example\\@127.0.0.1/", "http://x.example/\x00",
        "http://127.0.0.1\\.x.example/", "http://" + "a." * 1000, "http://" + "a" * 70 + ".example/" + "x" * 2000,
    ],
)  # fmt: skip
def test_what_is_no_plain_web_address_asks_no_name(url: str) -> None:
    with pytest.raises(InvalidInput):
        SafeFetcher(resolver=never).fetch(url)


@pytest.mark.parametrize("port", [1, 21, 22, 23, 25, 53, 110, 143, 389, 445, 2375, 3306, 5432, 6333, 6379, 9200, 11211, 11434, 27017])
def test_no_port_of_another_service_is_knocked_at(port: int) -> None:
    with pytest.raises(BlockedAddress, match=f"Anschluss {port}"):
        SafeFetcher(resolver=lambda host, p: ["8.8.8.8"]).fetch(f"http://x.example:{port}/")


@MANY
@given(text=st.text(st.sampled_from("ab.:@/\\#?[]%0123456789xüß。．-_ \t\r\n\0") | st.characters(), max_size=40))
def test_whatever_is_asked_for_is_what_is_checked(text: str) -> None:
    """No way of writing an address makes the name that is checked another than the one that is asked for and sent."""
    asked: list[str] = []

    def here(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["10.0.0.1"]

    with pytest.raises(NovaError):
        SafeFetcher(resolver=here).fetch(f"http://{text}")
    assert all(host.isascii() and not set(host) & set("@/\\#? \r\n\t\0") for host in asked)


def test_a_german_name_is_asked_for_as_it_is_sent(web: Web) -> None:
    asked: list[str] = []

    def known(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    web.page("/", b"Strom")
    SafeFetcher(HERE, QUICK, resolver=known).fetch(f"http://größe-straße.example:{web.port}/")
    assert asked == ["xn--gre-strae-h1ag2y.example"]  # not grösse-strasse, as the older rules would have it
    assert f"Host: {asked[0]}:{web.port}" in web.requests[0]


class Turning:
    """A name whose address is another one each time it is asked for."""

    def __init__(self, *answers: list[str]) -> None:
        self.left = itertools.cycle(answers)
        self.asked = 0

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked += 1
        return next(self.left)


def test_a_name_that_turns_after_the_check_leads_nowhere_else(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    connected: list[str] = []
    real, lookup = socket.create_connection, socket.getaddrinfo

    def connecting(address: tuple[str, int], *more: object, **named: object) -> socket.socket:
        connected.append(address[0])
        return real(address, *more, **named)  # type: ignore[arg-type]

    def numbers_only(host: str, *more: object, **named: object) -> object:
        assert ipaddress.ip_address(host), "a name was asked again"
        return lookup(host, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "create_connection", connecting)
    monkeypatch.setattr(socket, "getaddrinfo", numbers_only)
    turning = Turning(["127.0.0.2"], ["127.0.0.1"], ["169.254.169.254"])
    with pytest.raises(ServerAbsent):
        SafeFetcher(("127.0.0.2",), QUICK, resolver=turning).fetch(f"http://dreht.example:{web.port}/")
    with pytest.raises(BlockedAddress):
        SafeFetcher(("127.0.0.2",), QUICK, resolver=turning).fetch(f"http://dreht.example:{web.port}/")
    assert (turning.asked, set(connected), web.requests) == (2, {"127.0.0.2"}, [])


def test_a_name_that_is_never_found_has_a_deadline() -> None:
    hanging = threading.Event()

    def slow(host: str, port: int) -> list[str]:
        hanging.wait(20)
        return ["8.8.8.8"]

    lookup = PatientLookup(0.2, most=2, ask=slow)
    fetcher = SafeFetcher(limits=QUICK, resolver=lookup)
    for words in ("nicht rechtzeitig", "nicht rechtzeitig", "zu viele Anfragen"):
        began = time.monotonic()
        with pytest.raises(ServerAbsent, match=words):
            fetcher.fetch("http://langsam.example/")
        assert time.monotonic() - began < 2
    hanging.set()
    until = time.monotonic() + 5
    while time.monotonic() < until:
        try:
            assert lookup("x", 80) == ["8.8.8.8"]
            return
        except ServerAbsent:
            continue
    raise AssertionError("the threads were not given back")


def test_what_a_lookup_finds_or_says_is_passed_on() -> None:
    def gone(host: str, port: int) -> list[str]:
        raise InvalidInput("Diesen Rechner gibt es nicht.")

    assert PatientLookup(5, ask=lambda host, port: ["1.2.3.4"])("x", 1) == ["1.2.3.4"]
    for _ in range(40):
        with pytest.raises(InvalidInput, match="gibt es nicht"):
            PatientLookup(5, most=1, ask=gone)("x", 1)


def test_silent_addresses_share_one_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        port = full.getsockname()[1]
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:  # the queue is full: whoever comes now hears nothing
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
        fetcher = SafeFetcher(HERE, FetchLimits(connect_s=0.5, read_s=0.5, total_s=0.8), resolver=lambda h, p: ["127.0.0.1"] * 4)
        began = time.monotonic()
        with pytest.raises(ServerAbsent):
            fetcher.fetch(f"http://voll.example:{port}/")
        assert time.monotonic() - began < 1.5
        for one in waiting:
            one.close()


@pytest.mark.parametrize(
    "where", ["http://127.0.0.1:1/", "http://169.254.169.254/latest/", "file:///etc/passwd", "//evil.example", "gopher://x/", "\x00"]
)
@pytest.mark.parametrize("status", ["301 x", "302 x", "307 x", "308 x", "300 x", "304 x", "399 x"])
def test_nobody_is_followed_anywhere(web: Web, fetcher: SafeFetcher, where: str, status: str) -> None:
    web.page("/", b"", f"Location: {where}", "Refresh: 0; url=http://127.0.0.1:1/", status=status)
    with pytest.raises((InvalidInput, ServerAbsent)):
        fetcher.fetch(web.url())
    assert len(web.requests) == 1


OK = b"HTTP/1.1 200 OK\r\n"
PACKED = OK + b"Content-Encoding: gzip\r\n\r\n"
NOTHING = gzip.compress(b"")[:10]  # a beginning without content


def endless(head: bytes, piece: bytes) -> Callable[[Write], None]:
    def write(send: Write) -> None:
        send(head)
        while True:
            send(piece)

    return write


def bomb(size: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([*(packer.compress(bytes(1 << 20)) for _ in range(size >> 20)), packer.flush()])


@pytest.mark.parametrize(
    ("name", "page", "errors"),
    [
        ("a body without end", endless(OK + b"\r\n", b"x" * 65536), (TooLarge,)),
        ("a stated small length, an endless body", endless(OK + b"Content-Length: 5\r\n\r\n", b"x" * 65536), ()),
        ("chunks without end", endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"ffff\r\n" + b"x" * 65535 + b"\r\n"), (TooLarge,)),
        ("tiny chunks without end", endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 2000), (TooLarge, ServerAbsent)),
        ("a chunk larger than it says", OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\nxxxxxxxx\r\n0\r\n\r\n", (ServerAbsent,)),
        ("a chunk of astronomic size", OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 30 + b"\r\nx", (ServerAbsent,)),
        ("a chunk of negative size", OK + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nx\r\n", (ServerAbsent,)),
        ("an endless chunk header", endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"0" * 65536), (ServerAbsent,)),
        ("endless trailers", endless(OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n" * 5000), (ServerAbsent,)),
        ("endless headers", endless(OK, b"X-A: b\r\n" * 5000), (ServerAbsent,)),
        ("one endless header", endless(OK + b"X: ", b"a" * 65536), (ServerAbsent,)),
        ("endless preliminaries", endless(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100), (ServerAbsent,)),
        ("two lengths", OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx", (ServerAbsent,)),
        ("a negative length", OK + b"Content-Length: -1\r\n\r\nx", (ServerAbsent,)),
        ("a length that is no number", OK + b"Content-Length: viel\r\n\r\nx", (ServerAbsent,)),
        ("a length beyond all numbers", OK + b"Content-Length: " + b"9" * 40 + b"\r\n\r\nx", (TooLarge, ServerAbsent)),
        ("an unknown framing", OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", (ServerAbsent,)),
        ("a bomb", OK + b"Content-Encoding: gzip\r\n\r\n" + bomb(64 << 20), (TooLarge,)),
        ("a bomb in a bomb", OK + b"Content-Encoding: gzip, gzip\r\n\r\n" + gzip.compress(bomb(32 << 20)), (ServerAbsent,)),
        ("garbage without end after the packed end", endless(PACKED + gzip.compress(b"x"), b"y" * 65536), (ServerAbsent,)),
        ("packed nothing without end", endless(PACKED + NOTHING, b"\x00\x00\x00\xff\xff" * 10_000), (TooLarge,)),
        ("bytes of an older protocol", b"ICY 200 OK\r\n\r\nx", (ServerAbsent,)),
        ("a status that is no number", b"HTTP/1.1 abc OK\r\n\r\n", (ServerAbsent,)),
        ("a header with NUL", OK + b"X-A: a\0b\r\nContent-Length: 1\r\n\r\nx", (ServerAbsent,)),
        ("another protocol on top", b"HTTP/1.1 101 x\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nx", (InvalidInput, ServerAbsent)),
        ("dripping headers", drip(OK, b"X: y\r\n", 40, 0.1), (ServerAbsent,)),
        ("a dripping body", drip(OK + b"\r\n", b"x", 40, 0.1), (ServerAbsent,)),
        ("a dripping chunk", drip(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", 40, 0.1), (ServerAbsent,)),
        ("silence", drip(b"", b"", 20, 0.1), (ServerAbsent,)),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)  # fmt: skip
def test_a_lying_server_costs_little_time_and_memory(
    web: Web, fetcher: SafeFetcher, name: str, page: bytes | Callable[[Write], None], errors: tuple[type[NovaError], ...]
) -> None:
    web.pages["/"] = page
    tracemalloc.start()
    began = time.monotonic()
    try:
        if errors:
            with pytest.raises(errors):
                fetcher.fetch(web.url())
        else:
            assert len(fetcher.fetch(web.url()).data) <= QUICK.max_bytes
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert time.monotonic() - began < 4
    assert peak < 8 * 1024**2, f"{name}: {peak}"


@MANY
@given(
    answer=st.binary(max_size=200)
    | st.binary(max_size=100).map(lambda tail: OK + tail)
    | st.binary(max_size=60).map(lambda b: OK + b"\r\n" + b)
)
def test_no_answer_is_an_unforeseen_error(web: Web, fetcher: SafeFetcher, answer: bytes) -> None:
    web.pages["/"] = answer
    with contextlib.suppress(NovaError):
        fetcher.fetch(web.url())
