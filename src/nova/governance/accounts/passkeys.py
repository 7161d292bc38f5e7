"""Passkeys (WebAuthn level 3): made and used with what the browser's authenticator signs for this site.

They stand for both factors: something that somebody has, and what unlocks it (user verification is required). Browsers
offer them on `https://` and on `localhost` only, never for an address of numbers.
"""

import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from psycopg import Connection

from nova.errors import Conflict, InvalidInput, NotSignedIn
from nova.store.ids import uuid7
from nova.store.people import accounts

REFUSED = "Dieser Passkey wurde nicht angenommen. Vielleicht gehört er zu einem anderen Konto oder wurde gelöscht."
NOT_MADE = "Der Passkey konnte nicht angelegt werden: Die Antwort des Browsers passt nicht zu dieser Anmeldung."
MOST = 20
CHALLENGE_BYTES = 32


@dataclass(frozen=True, slots=True)
class Site:
    """Where people reach Nova: the origin as browsers write it, and the name that passkeys are bound to."""

    origin: str

    @property
    def name(self) -> str:
        """The host without port."""
        return urlsplit(self.origin).hostname or ""

    @property
    def takes_passkeys(self) -> bool:
        """Whether browsers offer them here."""
        parts = urlsplit(self.origin)
        by_name = not self.name.replace(".", "").isdecimal() and ":" not in self.name
        return by_name and (parts.scheme == "https" or self.name == "localhost" or self.name.endswith(".localhost"))


def wanted(conn: Connection[Any], account: accounts.Account, site: Site, company: str) -> tuple[dict[str, Any], bytes]:
    """What the browser is asked for to make one, and the challenge that its answer has to carry. Conflict for one too many."""
    from webauthn import generate_registration_options
    from webauthn.helpers import options_to_json_dict
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        PublicKeyCredentialDescriptor,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    known = accounts.passkeys_of(conn, account.user_id)
    if len(known) >= MOST:
        raise Conflict(f"Mehr als {MOST} Passkeys sind nicht möglich. Löschen Sie einen, den Sie nicht mehr haben.")
    chosen = AuthenticatorSelectionCriteria(
        resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
    )
    options = generate_registration_options(
        rp_id=site.name,
        rp_name=company,
        user_id=account.user_id.bytes,
        user_name=account.external_id,
        user_display_name=account.name or account.external_id,
        challenge=secrets.token_bytes(CHALLENGE_BYTES),
        authenticator_selection=chosen,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one.credential_id) for one in known],
    )
    return options_to_json_dict(options), options.challenge


def add(conn: Connection[Any], user_id: UUID, site: Site, challenge: bytes, credential: dict[str, Any], name: str) -> UUID:
    """Keep what the authenticator made. InvalidInput for an answer to another challenge or site, Conflict for one that is known."""
    from webauthn import verify_registration_response
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        made = verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.name,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError) as error:
        raise InvalidInput(NOT_MADE, data={"field": "credential"}) from error
    told = credential.get("response", {}).get("transports", [])
    transports = [str(one)[:20] for one in told][:5] if isinstance(told, list) else []
    new = accounts.Passkey(uuid7(), made.credential_id, user_id, made.credential_public_key, made.sign_count, transports, name)
    if not accounts.insert_passkey(conn, new):
        raise Conflict("Dieser Passkey ist schon angelegt.")
    return new.passkey_id


def asked(site: Site) -> tuple[dict[str, Any], bytes]:
    """What the browser is asked for to sign in, whoever it is, and the challenge that its answer has to carry."""
    from webauthn import generate_authentication_options
    from webauthn.helpers import options_to_json_dict
    from webauthn.helpers.structs import UserVerificationRequirement

    options = generate_authentication_options(
        rp_id=site.name, challenge=secrets.token_bytes(CHALLENGE_BYTES), user_verification=UserVerificationRequirement.REQUIRED
    )
    return options_to_json_dict(options), options.challenge


def whose(conn: Connection[Any], site: Site, challenge: bytes, credential: dict[str, Any]) -> accounts.Passkey:
    """The passkey that signed this challenge for this site; NotSignedIn for an unknown one, a wrong answer or a copied authenticator."""
    from webauthn import verify_authentication_response
    from webauthn.helpers import base64url_to_bytes
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        known = accounts.find_passkey(conn, base64url_to_bytes(str(credential.get("id", ""))[:2048]))
        if known is None:
            raise NotSignedIn(REFUSED)
        proved = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.name,
            expected_origin=site.origin,
            credential_public_key=known.public_key,
            credential_current_sign_count=known.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError) as error:
        raise NotSignedIn(REFUSED) from error
    accounts.use_passkey(conn, known.passkey_id, proved.new_sign_count)
    return known
