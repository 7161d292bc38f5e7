"""A notice in, one signed POST to a fixed address out. It is resolved and checked each time, as for pages; no redirects, no proxies.

A receiver checks `X-Nova-Signature: sha256=<hex>`, the HMAC-SHA256 of `<X-Nova-Timestamp>.<body>` with the shared secret, refuses
timestamps that are old, and knows a repeated delivery by `X-Nova-Delivery`.
"""

import hashlib
import hmac
import json
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import httpcore
import httpx

from nova.engines.addresses import AddressPolicy, PatientLookup, Resolve
from nova.engines.fetch import FAULTS, PinnedBackend
from nova.engines.tls import trusted
from nova.errors import InvalidInput, Misconfigured, ServerAbsent
from nova.ports.notify import Notice

LATER = {408, 425, 429}
LEAST_SECRET = 16


@dataclass(frozen=True, slots=True)
class HookLimits:
    """Seconds to find and to connect, to wait for bytes, and for everything; bytes of the answer that are read."""

    connect_s: float = 5.0
    read_s: float = 10.0
    total_s: float = 30.0
    max_bytes: int = 64 * 1024


def sign(secret: bytes, timestamp: str, body: bytes) -> str:
    """The signature's header for a body sent at a time (seconds since 1970, as text)."""
    return "sha256=" + hmac.new(secret, timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


class SignedWebhook:
    """The channel `webhook`. `allow` lists hosts or networks inside the company that are open all the same."""

    name = "webhook"

    def __init__(
        self,
        url: str,
        secret: bytes,
        allow: Sequence[str] = (),
        *,
        limits: HookLimits | None = None,
        resolver: Resolve | None = None,
        tls: Callable[[], ssl.SSLContext] = trusted,
    ) -> None:
        self._target = _checked(url)
        if len(secret) < LEAST_SECRET:
            raise Misconfigured(f"NOVA_WEBHOOK_SECRET hat mindestens {LEAST_SECRET} Zeichen.")
        self._secret = secret
        self._allowed = AddressPolicy(allow)
        self._limits = limits or HookLimits()
        self._resolve = resolver or PatientLookup(self._limits.connect_s)
        self._tls = tls

    def send(self, notice: Notice) -> None:
        """One POST; ServerAbsent (later), BlockedAddress or InvalidInput (it will never be taken)."""
        target = self._target
        port = target.port or (443 if target.scheme == "https" else 80)
        deadline = time.monotonic() + self._limits.total_s
        addresses = list(self._resolve(target.raw_host.decode("ascii"), port))
        self._allowed.check(target.host, addresses)
        try:
            status = self._post(notice, addresses, port, deadline)
        except httpcore.TimeoutException as error:
            raise ServerAbsent(f"Der Webhook „{target.host}“ antwortet nicht rechtzeitig.") from error
        except FAULTS as error:
            raise ServerAbsent(f"Der Webhook „{target.host}“ ist nicht erreichbar.") from error
        if status >= 500 or status in LATER:
            raise ServerAbsent(f"Der Webhook „{target.host}“ ist gestört (Antwort {status}).")
        if not 200 <= status < 300:
            raise InvalidInput(f"Der Webhook „{target.host}“ nimmt die Nachricht nicht an (Antwort {status}).")

    def _post(self, notice: Notice, addresses: Sequence[str], port: int, deadline: float) -> int:
        limits, target, body = self._limits, self._target, body_of(notice)
        timeout = {"connect": limits.connect_s, "read": limits.read_s, "write": limits.read_s, "pool": limits.connect_s}
        where = httpcore.URL(scheme=target.raw_scheme, host=target.raw_host, port=port, target=target.raw_path)
        context = self._tls() if target.scheme == "https" else None
        with (
            httpcore.ConnectionPool(ssl_context=context, network_backend=PinnedBackend(addresses, deadline), max_connections=1) as pool,
            pool.stream("POST", where, headers=self._headers(notice, body), content=body, extensions={"timeout": timeout}) as response,
        ):
            seen = 0
            for piece in response.iter_stream():
                seen += len(piece)
                if seen > limits.max_bytes:
                    break
            return int(response.status)

    def _headers(self, notice: Notice, body: bytes) -> list[tuple[bytes, bytes]]:
        stamp = str(int(datetime.now(UTC).timestamp()))
        return [
            (b"Host", self._target.netloc),
            (b"User-Agent", b"Nova"),
            (b"Content-Type", b"application/json"),
            (b"Content-Length", str(len(body)).encode()),
            (b"Accept-Encoding", b"identity"),
            (b"Connection", b"close"),
            (b"X-Nova-Event", notice.event.encode()),
            (b"X-Nova-Delivery", str(notice.notice_id).encode()),
            (b"X-Nova-Timestamp", stamp.encode()),
            (b"X-Nova-Signature", sign(self._secret, stamp, body).encode()),
        ]


def body_of(notice: Notice) -> bytes:
    """What is sent: the same bytes at every attempt."""
    told = {
        "delivery": str(notice.notice_id),
        "event": notice.event,
        "at": notice.at.astimezone(UTC).isoformat(),
        "title": notice.title,
        "text": notice.text,
        "data": dict(notice.facts),
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _checked(url: str) -> httpx.URL:
    try:
        target = httpx.URL(url.strip()).copy_with(fragment=None)
    except (httpx.InvalidURL, UnicodeError) as error:
        raise Misconfigured("NOVA_WEBHOOK_URL ist keine gültige Adresse.") from error
    if target.scheme not in ("http", "https") or not target.host or target.userinfo:
        raise Misconfigured("NOVA_WEBHOOK_URL beginnt mit https:// (im eigenen Netz auch http://) und enthält keine Anmeldung.")
    return target
