"""The one way out: which addresses are open, that the checked address is the one connected to, and every cap."""

import datetime as dt
import gzip
import ipaddress
import ssl
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.engines.addresses import AddressPolicy, public, resolve
from nova.engines.fetch import FetchLimits, SafeFetcher
from nova.errors import BlockedAddress, InvalidInput, NovaError, ServerAbsent, TooLarge
from tests.fakes.web import Web, drip, serve

HERE = ("127.0.0.0/8",)
QUICK = FetchLimits(max_bytes=200_000, connect_s=1, read_s=0.5, total_s=1.5)


@pytest.fixture
def fetcher() -> SafeFetcher:
    return SafeFetcher(HERE, QUICK)


def test_a_page_comes_with_its_type_and_name(web: Web, fetcher: SafeFetcher) -> None:
    web.page("/b/bericht.pdf?x=1", b"%PDF-1.7", "Content-Type: Application/PDF; charset=x")
    got = fetcher.fetch(web.url("/b/bericht.pdf?x=1#seite2"))
    assert (got.data, got.content_type, got.filename) == (b"%PDF-1.7", "application/pdf", "bericht.pdf")
    assert got.url == web.url("/b/bericht.pdf?x=1")
    head = web.requests[0].lower()
    assert f"host: 127.0.0.1:{web.port}" in head
    assert "cookie" not in head
    assert "authorization" not in head


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "100.100.100.200",
        "169.254.169.254", "168.63.129.16", "192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "192.88.99.1",
        "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
        "fe80::1", "fe80::1%1", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::",
        "2001:0:53aa:64c::1", "2001:db8::1", "3fff::1", "100::1", "5f00::1",
    ],
)  # fmt: skip
def test_no_address_inside_is_reached(address: str) -> None:
    with pytest.raises(BlockedAddress):
        SafeFetcher(resolver=lambda host, port: [address]).fetch("http://harmlos.example/")


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "::ffff:8.8.8.8", "2a00:1450:4001:830::200e"])
def test_addresses_of_the_internet_are_open(address: str) -> None:
    assert public(address)
    assert AddressPolicy().check("harmlos.example", [address]) is False


@given(st.ip_addresses())
def test_nothing_private_is_ever_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if not address.is_global or address.is_multicast or address.is_link_local or address.is_loopback or address.is_private:
        mapped = getattr(address, "ipv4_mapped", None)
        assert public(str(address)) is (mapped is not None and public(str(mapped)))


def test_one_inner_address_among_outer_ones_blocks_all() -> None:
    with pytest.raises(BlockedAddress, match="internes Netz"):
        SafeFetcher(resolver=lambda host, port: ["8.8.8.8", "10.0.0.1"]).fetch("http://harmlos.example/")


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f.1", "0177.0.0.1", "localhost", "[::1]", "[::ffff:7f00:1]"])
def test_odd_spellings_of_this_machine_are_resolved_and_blocked(host: str) -> None:
    with pytest.raises((BlockedAddress, InvalidInput)):
        SafeFetcher().fetch(f"http://{host}/")


def test_a_name_is_resolved_once_and_that_address_is_used(web: Web) -> None:
    asked: list[str] = []

    def first_here_then_elsewhere(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["8.8.8.8"]

    web.page("/", b"Strom")
    got = SafeFetcher(HERE, QUICK, resolver=first_here_then_elsewhere).fetch(f"http://netz.example:{web.port}/")
    assert got.data == b"Strom"
    assert asked == ["netz.example"]
    assert f"Host: netz.example:{web.port}" in web.requests[0]
    assert got.filename == "netz.example"


def test_a_dead_address_gives_way_to_the_next(web: Web) -> None:
    web.page("/", b"Strom")
    fetcher = SafeFetcher(HERE, QUICK, resolver=lambda host, port: ["127.0.0.99", "127.0.0.1"])
    assert fetcher.fetch(f"http://netz.example:{web.port}/").data == b"Strom"


@pytest.mark.parametrize(
    ("entries", "host", "address", "listed"),
    [
        (["intranet.example"], "Intranet.Example.", "10.0.0.1", True),
        (["intranet.example"], "intranet.example", "127.0.0.1", True),
        (["intranet.example"], "intranet.example", "169.254.169.254", False),
        (["intranet.example"], "intranet.example", "fd00:ec2::254", False),
        (["intranet.example"], "x.intranet.example", "10.0.0.1", False),
        (["10.0.0.0/8"], "x", "10.2.3.4", True),
        (["10.0.0.0/8"], "x", "11.2.3.4", False),
        (["10.1.2.3"], "x", "10.1.2.3", True),
        (["10.1.2.3"], "x", "::ffff:10.1.2.3", True),
        (["0.0.0.0/0"], "x", "0.0.0.0", False),
        (["fd12::/16"], "x", "fd12::1", True),
    ],
)
def test_a_company_may_open_its_own_places(entries: list[str], host: str, address: str, listed: bool) -> None:
    assert AddressPolicy(entries).listed(host, address) is listed


@pytest.mark.parametrize(
    "address",
    [
        "ftp://x.example/", "file:///etc/passwd", "javascript:alert(1)", "gopher://x/", "http://", "//x.example", "http:///x", "",
        "kein Link",
        "http://u:p@x.example/", "http://x.example/a b", "http://x.example\\@y/", "http://x.example/\r\nX: y", "http://[::1", "http://x:99999/",
        "http://" + "x" * 3000,
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused_before_any_name_is_asked(address: str) -> None:
    def never(host: str, port: int) -> list[str]:
        raise AssertionError(host)

    with pytest.raises(InvalidInput):
        SafeFetcher(resolver=never).fetch(address)


@given(st.text(max_size=60))
def test_any_words_are_refused_or_blocked_by_name(text: str) -> None:
    with pytest.raises(NovaError):
        SafeFetcher(resolver=lambda host, port: ["127.0.0.1"]).fetch(f"http://{text}")


def test_unusual_ports_need_a_listing() -> None:
    with pytest.raises(BlockedAddress, match="Anschluss 22"):
        SafeFetcher(resolver=lambda host, port: ["8.8.8.8"]).fetch("http://harmlos.example:22/")


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Temp", "308 Perm"])
def test_a_redirect_is_not_followed_but_named(web: Web, fetcher: SafeFetcher, status: str) -> None:
    web.page("/alt", b"", "Location: /neu?x=1", status=status)
    with pytest.raises(InvalidInput, match=r"leitet weiter nach http://127\.0\.0\.1.*/neu") as raised:
        fetcher.fetch(web.url("/alt"))
    assert raised.value.data["target"] == web.url("/neu?x=1")
    assert len(web.requests) == 1


@pytest.mark.parametrize(
    ("status", "error", "words"),
    [
        ("404 Not Found", InvalidInput, "Antwort 404"),
        ("401 Unauthorized", InvalidInput, "nicht ohne Anmeldung"),
        ("204 No Content", InvalidInput, "Antwort 204"),
        ("500 Oops", ServerAbsent, "gestört"),
        ("429 Slow", ServerAbsent, "gestört"),
    ],
)
def test_what_the_page_answers_is_said_in_german(web: Web, fetcher: SafeFetcher, status: str, error: type[NovaError], words: str) -> None:
    web.page("/", b"", status=status)
    with pytest.raises(error, match=words):
        fetcher.fetch(web.url())


def test_a_stated_length_beyond_the_cap_is_refused_at_once(web: Web, fetcher: SafeFetcher) -> None:
    web.pages["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\nx"
    with pytest.raises(TooLarge):
        fetcher.fetch(web.url())


def test_an_unstated_length_is_counted(web: Web, fetcher: SafeFetcher) -> None:
    web.pages["/"] = b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 300_000
    with pytest.raises(TooLarge):
        fetcher.fetch(web.url())


def test_packed_pages_are_unpacked_and_bombs_are_not(web: Web, fetcher: SafeFetcher) -> None:
    web.page("/gut", gzip.compress(b"Strom" * 1000), "Content-Encoding: gzip")
    assert fetcher.fetch(web.url("/gut")).data == b"Strom" * 1000
    parts = [gzip.compress(bytes([letter]) * 1000) for letter in b"abc"]
    web.page("/teile", b"".join(parts), "Content-Encoding: gzip")
    assert fetcher.fetch(web.url("/teile")).data == b"a" * 1000 + b"b" * 1000 + b"c" * 1000
    web.page("/rand", parts[0] + bytes(512) + parts[1] + bytes(90_000), "Content-Encoding: gzip")
    assert fetcher.fetch(web.url("/rand")).data == b"a" * 1000 + b"b" * 1000
    web.page("/viele", gzip.compress(b"x" * 99_000) * 3, "Content-Encoding: gzip")
    with pytest.raises(TooLarge):
        fetcher.fetch(web.url("/viele"))
    web.page("/bombe", gzip.compress(b"\0" * 50_000_000), "Content-Encoding: gzip")
    with pytest.raises(TooLarge):
        fetcher.fetch(web.url("/bombe"))
    with pytest.raises(TooLarge):
        SafeFetcher(HERE, FetchLimits(max_bytes=10**9)).fetch(web.url("/bombe"))
    for encoding, body, words in (
        ("br", b"x", "verpackt"),
        ("gzip", b"no gzip", "beschädigt"),
        ("gzip", gzip.compress(b"x" * 99)[:-4], "unvollständig"),
        ("gzip", gzip.compress(b"x" * 99) + gzip.compress(b"y" * 99)[:-4], "unvollständig"),
        ("gzip", gzip.compress(b"x" * 99) + b"no gzip", "beschädigt"),
        ("gzip", gzip.compress(b"x" * 99) + zlib.compress(b"y" * 99), "beschädigt"),
        ("gzip", gzip.compress(b"") * 1001, "beschädigt"),
        ("deflate", zlib.compress(b"x" * 99) * 2, "beschädigt"),
    ):
        web.page("/schlecht", body, f"Content-Encoding: {encoding}")
        with pytest.raises(ServerAbsent, match=words):
            fetcher.fetch(web.url("/schlecht"))


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nX-", b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"])
def test_a_dripping_server_meets_the_deadline(web: Web, fetcher: SafeFetcher, head: bytes) -> None:
    web.pages["/"] = drip(head, b"H", times=60, pause=0.1)
    began = time.monotonic()
    with pytest.raises(ServerAbsent):
        fetcher.fetch(web.url())
    assert time.monotonic() - began < 4


@pytest.mark.parametrize(
    "answer", [b"", b"SSH-2.0-x\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx", b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 50_000]
)
def test_broken_answers_are_an_absent_server(web: Web, fetcher: SafeFetcher, answer: bytes) -> None:
    web.pages["/"] = answer
    with pytest.raises(ServerAbsent, match=r"127\.0\.0\.1"):
        fetcher.fetch(web.url())


def test_no_server_at_all_is_an_absent_server(fetcher: SafeFetcher) -> None:
    with pytest.raises(ServerAbsent, match="nicht erreichbar"):
        fetcher.fetch("http://127.0.0.1:9/")


def test_a_name_no_one_knows() -> None:
    with pytest.raises(InvalidInput, match="gibt es nicht"):
        SafeFetcher(resolver=lambda host, port: []).fetch("http://unbekannt.example/")
    with pytest.raises((InvalidInput, ServerAbsent)):
        resolve("gibt-es-nicht.invalid", 80)
    assert "127.0.0.1" in resolve("127.0.0.1", 80)
    with pytest.raises(InvalidInput):
        resolve("x" * 300, 80)


@pytest.mark.parametrize(
    ("header", "path", "expected"),
    [
        ('attachment; filename="Netz Plan.pdf"', "/x", "Netz Plan.pdf"),
        ("attachment; filename*=UTF-8''Gr%C3%B6%C3%9Fe.pdf", "/x", "Größe.pdf"),
        ('attachment; filename="../../etc/passwd"', "/x", "passwd"),
        ('attachment; filename="C:\\\\x\\\\y.docx"', "/x", "y.docx"),
        ('attachment; filename=".."', "/x", "127.0.0.1"),
        ("inline", "/ordner/datei%20eins.md", "datei eins.md"),
        ("inline", "/a%2Fb%00c.txt", "bc.txt"),
        ("inline", "/ordner/", "ordner"),
        ("inline", "/", "127.0.0.1"),
        (f'attachment; filename="{"x" * 400}.pdf"', "/x", "x" * 196 + ".pdf"),
    ],
)
def test_names_are_data(web: Web, fetcher: SafeFetcher, header: str, path: str, expected: str) -> None:
    web.page(path, b"x", f"Content-Disposition: {header}")
    assert fetcher.fetch(web.url(path)).filename == expected


def certificate(folder: Path, name: str) -> tuple[Path, ssl.SSLContext]:
    """A certificate for one name, signed by itself."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key()).serial_number(1)
    builder = builder.not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    signed = builder.sign(key, hashes.SHA256())
    chain, secret = folder / "chain.pem", folder / "key.pem"
    chain.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(chain, secret)
    return chain, server


def test_tls_keeps_the_name_and_checks_the_certificate(tmp_path: Path) -> None:
    chain, server = certificate(tmp_path, "netz.example")
    machine = SafeFetcher(HERE, QUICK, resolver=lambda host, port: ["127.0.0.1"])
    company = ssl.create_default_context(cafile=str(chain))
    fetcher = SafeFetcher(HERE, QUICK, resolver=lambda host, port: ["127.0.0.1"], tls=lambda: company)
    with serve(server) as web:
        web.page("/", b"Strom")
        with pytest.raises(ServerAbsent, match="Zertifikat ist ungültig"):
            machine.fetch(f"https://netz.example:{web.port}/")
        assert fetcher.fetch(f"https://netz.example:{web.port}/").data == b"Strom"
        assert web.names[-1] == "netz.example"
        with pytest.raises(ServerAbsent, match="Zertifikat ist ungültig"):
            fetcher.fetch(f"https://anders.example:{web.port}/")
