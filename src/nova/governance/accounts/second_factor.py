"""The second factor: a time-based code (RFC 6238), and codes on paper for who has lost it. A code counts once."""

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pyotp
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from psycopg import Connection

from nova.errors import InvalidInput
from nova.store.people import accounts

STEP_S = 30
AHEAD = 1  # steps that a telephone's clock may be off, either way
CODES, CODE_BYTES = 10, 10
NONCE = 12
WRONG = "Der Code stimmt nicht. Prüfen Sie die Uhrzeit des Geräts, und nehmen Sie den Code, der jetzt angezeigt wird."


def factor_key(installation: bytes) -> bytes:
    """The key that second factors lie sealed under, drawn from the installation's own."""
    return hmac.digest(installation, b"nova second factors", "sha256")


@dataclass(frozen=True, slots=True)
class NewFactor:
    """What an authenticator app needs: a secret to type, or its address for a QR code."""

    secret: str
    address: str


class SecondFactor:
    """Makes and checks second factors; their secrets lie sealed under `key` (32 bytes)."""

    def __init__(self, key: bytes, company: str, clock: Callable[[], float] = time.time) -> None:
        self._key, self._company, self._clock = key, company, clock

    def new(self, user: str) -> NewFactor:
        """A secret that counts once `enrol` was given a code of it."""
        secret = pyotp.random_base32()
        return NewFactor(secret, pyotp.TOTP(secret).provisioning_uri(name=user, issuer_name=self._company))

    def sealed(self, user_id: UUID, secret: str) -> str:
        """What is kept of a secret until a code of it has come."""
        return base64.b64encode(self._sealed(user_id, secret)).decode()

    def enrol(self, conn: Connection[Any], user_id: UUID, sealed: str, code: str) -> list[str]:
        """Take it as the person's, with a code that proves it works; the codes for paper, shown once. InvalidInput for a wrong code."""
        kept = base64.b64decode(sealed)
        secret = self._opened(user_id, kept)
        step = self._step(secret, code) if secret is not None else None
        if step is None:
            raise InvalidInput(WRONG, data={"field": "code"})
        accounts.set_totp(conn, user_id, kept, step)
        return self.renew_codes(conn, user_id)

    def renew_codes(self, conn: Connection[Any], user_id: UUID) -> list[str]:
        """Other codes for paper; those of before count no more."""
        codes = [base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode().lower() for _ in range(CODES)]
        accounts.put_recovery_codes(conn, user_id, [self._hash(user_id, code) for code in codes])
        return ["-".join(code[i : i + 4] for i in range(0, len(code), 4)) for code in codes]

    def is_right(self, conn: Connection[Any], account: accounts.Account, code: str) -> bool:
        """Whether this code counts, of the app or of the paper; then it does not any more."""
        typed = "".join(code.split()).replace("-", "").lower()
        if not typed.isdecimal():
            return accounts.take_recovery_code(conn, account.user_id, self._hash(account.user_id, typed))
        secret = self._opened(account.user_id, account.totp)
        step = self._step(secret, typed) if secret is not None else None
        return step is not None and accounts.use_totp(conn, account.user_id, step)

    def _step(self, secret: str, code: str) -> int | None:
        """The time step that a code is of; None when of none around now."""
        now = int(self._clock()) // STEP_S
        typed = "".join(code.split())
        totp = pyotp.TOTP(secret)
        return next((step for step in range(now - AHEAD, now + AHEAD + 1) if hmac.compare_digest(totp.generate_otp(step), typed)), None)

    def _sealed(self, user_id: UUID, secret: str) -> bytes:
        nonce = secrets.token_bytes(NONCE)
        return nonce + ChaCha20Poly1305(self._key).encrypt(nonce, secret.encode(), user_id.bytes)

    def _opened(self, user_id: UUID, kept: bytes | None) -> str | None:
        """The secret; None where there is none, or its key was lost."""
        if kept is None:
            return None
        try:
            return ChaCha20Poly1305(self._key).decrypt(kept[:NONCE], kept[NONCE:], user_id.bytes).decode()
        except InvalidTag:
            return None

    def _hash(self, user_id: UUID, code: str) -> str:
        """What is kept of a code: 80 random bits need no slow hash."""
        return hmac.new(self._key, user_id.bytes + code.encode(), hashlib.sha256).hexdigest()
