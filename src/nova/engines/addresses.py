"""A host's name or address -> the addresses Nova may connect to; every one is checked, none is resolved twice."""

import contextlib
import ipaddress
import socket
import threading
from collections.abc import Callable, Sequence

from nova.errors import BlockedAddress, InvalidInput, NovaError, ServerAbsent

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolve = Callable[[str, int], Sequence[str]]

# What `is_global` of older Pythons lets pass, addresses that wrap others, and public addresses that serve a cloud's metadata.
_NEVER = tuple(
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8",
        "168.63.129.16/32",
        "169.254.0.0/16",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "224.0.0.0/3",
        "::/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
        "5f00::/16",
        "fd00:ec2::254/128",
        "fe80::/10",
        "fec0::/10",
        "ff00::/8",
    )
)
# Where clouds hand out credentials: closed even to a company that opens the network around them.
_METADATA = tuple(
    ipaddress.ip_network(text)
    for text in ("100.100.100.200/32", "168.63.129.16/32", "169.254.0.0/16", "192.0.0.192/32", "fd00:ec2::254/128", "fd20:ce::254/128")
)
_ISATAP = (0x5EFE, 0x02005EFE)
_HERE = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))


def resolve(host: str, port: int) -> list[str]:
    """All addresses the system's resolver knows for a host, in its order; InvalidInput when there is none.

    An IPv4 address with the dot of a whole name behind it is that address; the system would ask name servers for it.
    """
    if host.endswith("."):
        with contextlib.suppress(ValueError):
            return [str(ipaddress.IPv4Address(host[:-1]))]
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno == socket.EAI_AGAIN:
            raise ServerAbsent(f"Der Name „{host}“ ließ sich gerade nicht auflösen.") from error
        raise InvalidInput(f"Den Rechner „{host}“ gibt es nicht.") from error
    except (OSError, UnicodeError) as error:
        raise InvalidInput(f"„{host}“ ist kein Name eines Rechners.") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class PatientLookup:
    """The system's resolver with a deadline, which it has not got itself: who does not answer in `seconds` is ServerAbsent.

    A lookup that hangs keeps its thread until the system gives it up; `most` of them may hang at once.
    """

    def __init__(self, seconds: float, most: int = 16, ask: Resolve = resolve) -> None:
        self._seconds = seconds
        self._ask = ask
        self._free = threading.BoundedSemaphore(most)

    def __call__(self, host: str, port: int) -> Sequence[str]:
        """All addresses of a host, or what `resolve` raises."""
        if not self._free.acquire(timeout=self._seconds):
            raise ServerAbsent("Gerade warten zu viele Anfragen darauf, dass Namen aufgelöst werden.")
        found: list[Sequence[str]] = []
        failed: list[NovaError] = []

        def look() -> None:
            try:
                found.append(self._ask(host, port))
            except NovaError as error:
                failed.append(error)
            finally:
                self._free.release()

        looking = threading.Thread(target=look, name="nova-lookup", daemon=True)
        looking.start()
        looking.join(self._seconds)
        if failed:
            raise failed[0]
        if not found:
            raise ServerAbsent(f"Der Name „{host}“ ließ sich nicht rechtzeitig auflösen.")
        return found[0]


class AddressPolicy:
    """Which addresses are open: all public ones, and what a company lists itself (hosts, addresses, networks)."""

    def __init__(self, entries: Sequence[str] = ()) -> None:
        self._hosts: set[str] = set()
        self._networks: list[Network] = []
        for entry in entries:
            try:
                self._networks.append(ipaddress.ip_network(entry.strip(), strict=False))
            except ValueError:
                self._hosts.add(entry.strip().lower().rstrip("."))

    def listed(self, host: str, address: str) -> bool:
        """Whether the company itself opened this host or address. A listed name opens private addresses, never link-local ones."""
        number = plain(address)
        if _inside(number, _METADATA):
            return False
        if any(number in network for network in self._networks if network.version == number.version):
            return not number.is_multicast and not number.is_unspecified
        return host.lower().rstrip(".") in self._hosts and (_inside(number, _HERE) or not _inside(number, _NEVER))

    def check(self, host: str, addresses: Sequence[str]) -> bool:
        """Raise BlockedAddress unless every address is open; True when the company listed all of them."""
        if not addresses:
            raise InvalidInput(f"Den Rechner „{host}“ gibt es nicht.")
        listed = [self.listed(host, address) for address in addresses]
        for address, known in zip(addresses, listed, strict=True):
            if not known and not public(address):
                raise BlockedAddress(
                    f"Die Adresse „{host}“ führt in ein internes Netz und wird nicht abgerufen. "
                    "Freigeben kann sie die Betriebsleitung mit NOVA_FETCH_ALLOW."
                )
        return all(listed)


def plain(address: str) -> Address:
    """The address as a number; an IPv4 address inside an IPv6 one is taken out, a scope is an error (BlockedAddress)."""
    try:
        number = ipaddress.ip_address(address)
    except ValueError as error:
        raise BlockedAddress(f"„{address}“ ist keine Adresse.") from error
    if isinstance(number, ipaddress.IPv6Address):
        if number.scope_id:
            raise BlockedAddress(f"Die Adresse „{address}“ gilt nur auf diesem Rechner.")
        return number.ipv4_mapped or number
    return number


def public(address: str) -> bool:
    """Whether anyone on the internet would reach the same machine by it."""
    number = plain(address)
    wrapped = number.version == 6 and (int(number) >> 32) & 0xFFFFFFFF in _ISATAP
    return number.is_global and not number.is_multicast and not number.is_reserved and not wrapped and not _inside(number, _NEVER)


def _inside(number: Address, networks: Sequence[Network]) -> bool:
    return any(number in network for network in networks if network.version == number.version)
