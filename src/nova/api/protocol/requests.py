"""A request in; where it comes from, and whether what it carries to prove who sends it is whole, out."""

import hmac
from ipaddress import IPv4Address, ip_address, ip_network

from pydantic import SecretStr
from starlette.requests import Request

from nova.api.protocol.cookies import COOKIE
from nova.errors import NotAllowed, NotSignedIn

FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


class CsrfMissing(NotAllowed):
    """A browser session sent an unsafe request without its token."""

    code = "csrf"


def client_address(request: Request) -> str:
    """The address the request came from."""
    return request.client.host if request.client else "unknown"


def origin(request: Request) -> str:
    """Whom an address stands for: with IPv6 its /64, the least that one line has."""
    name = client_address(request)
    try:
        address = ip_address(name)
    except ValueError:
        return name
    if isinstance(address, IPv4Address):
        return name
    return str(address.ipv4_mapped or ip_network((int(address) >> 64 << 64, 64)))


def is_bearer(request: Request, key: SecretStr | None) -> bool:
    """Whether a request carries this key as its bearer's."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return key is not None and scheme.lower() == "bearer" and hmac.compare_digest(given.encode(), key.get_secret_value().encode())


def refuse_doubles(request: Request) -> None:
    """Of two keys of one kind nobody can say which is meant; another program on the way may have read the other one."""
    headers = request.headers
    cookies = [part for value in headers.getlist("cookie") for part in value.split(";") if part.strip().startswith(f"{COOKIE}=")]
    if len(cookies) > 1 or any(len(headers.getlist(name)) > 1 for name in ("x-admin-key", "authorization")):
        raise NotSignedIn("Die Anfrage trägt denselben Ausweis mehrfach.")


def check_csrf(request: Request, expected: str) -> None:
    """Refuse, with CsrfMissing, what a page of another house may have sent along with a person's cookie."""
    given = request.headers.get("x-csrf-token", "")
    if not hmac.compare_digest(given.encode(), expected.encode()):
        raise CsrfMissing("Die Anfrage trägt kein gültiges Sitzungsmerkmal (X-CSRF-Token). Laden Sie die Seite neu.")


def is_local(request: Request) -> bool:
    """Whether it came from this machine itself, past no proxy."""
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ip_address(client_address(request)).is_loopback
    except ValueError:
        return False
