"""A provider of OpenID Connect in, who signed in there out: discovery, code flow with PKCE (S256), keys that rotate, back-channel logout.

OpenID Connect Core 1.0 and Discovery 1.0, Back-Channel Logout 1.0, RFC 7636 (PKCE), RFC 9207 (which provider answers). Requests and claims
are Authlib's, signatures joserfc's.
"""

import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import httpx
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import get_well_known_url
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet, import_key
from joserfc.jws import JWSRegistry

from nova.engines.bounded import BoundedTransport, Bounds
from nova.errors import InvalidInput, Misconfigured, NotSignedIn, ServerAbsent
from nova.ports.sso import Begun, LoggedOut, Proof
from nova.windows import Windows

# Those whose key the provider alone has; `none` and shared secrets are never taken, whatever the provider says it offers.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
KINDS = ("RSA", "EC", "OKP")
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
CONNECT_S, TOTAL_S, MAX_ANSWER = 5.0, 15.0, 1024**2
LEEWAY_S = 120  # clocks of two machines
METADATA_S = 3600.0  # until the provider is asked for its description again
MOST_LOOKS, LOOKS_S = 5, 60.0  # for a key that is not known: strangers send signatures of keys that never were
LONGEST_TOKEN = 16 * 1024
LONGEST_LOGOUT_S = 3600
ABSENT = "Die Anmeldung Ihrer Firma antwortet nicht."


class OpenIDProvider:
    """One provider, by its issuer's address; this installation is known there by `client_id`. Implements `nova.ports.sso.CompanySignIn`."""

    def __init__(self, issuer: str, client_id: str, secret: str, scope: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Nothing is asked yet."""
        self._issuer, self._client_id, self._secret, self._scope = issuer, client_id, secret, scope
        self._clock, self._lock, self._looks = clock, threading.Lock(), Windows(LOOKS_S, clock)
        self._metadata: tuple[float, Mapping[str, Any]] | None = None
        self._keys: tuple[float, KeySet] | None = None

    def begin(self, redirect_uri: str, *, again: bool = False) -> Begun:
        """Begin a sign-in that comes back to `redirect_uri`; `again`: also who is signed in there proves it once more.

        ServerAbsent, Misconfigured.
        """
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        url = prepare_grant_uri(
            self._said("authorization_endpoint"),
            client_id=self._client_id,
            response_type="code",
            redirect_uri=redirect_uri,
            scope=self._scope,
            state=state,
            nonce=nonce,
            code_challenge=create_s256_code_challenge(verifier),
            code_challenge_method="S256",
            **({"prompt": "login", "max_age": "0"} if again else {}),
        )
        return Begun(url, state, nonce, verifier)

    def finish(self, redirect_uri: str, came: Mapping[str, str], begun: Begun) -> Proof:
        """Who it is, from what the browser came back with; NotSignedIn with the reason, ServerAbsent."""
        if not secrets.compare_digest(came.get("state", "").encode(), begun.state.encode()):
            raise NotSignedIn("Diese Anmeldung wurde nicht hier begonnen.")
        self._require_issuer(came)
        if "error" in came:
            raise NotSignedIn(f"Die Anmeldung Ihrer Firma hat abgelehnt ({came['error'][:60]}).")
        code = came.get("code", "")
        if not code or len(code) > LONGEST_TOKEN:
            raise NotSignedIn("Die Anmeldung Ihrer Firma hat keinen Code geschickt.")
        tokens = self._exchange(code, redirect_uri, begun.verifier)
        token = tokens.get("id_token")
        if not isinstance(token, str) or len(token) > LONGEST_TOKEN:
            raise NotSignedIn("Die Anmeldung Ihrer Firma sagt nicht, wer Sie sind (kein ID-Token).")
        claims = self._id_claims(token, begun.nonce, tokens.get("access_token"))
        factors, sid = _listed(claims.get("amr") or ()), claims.get("sid")  # of this sign-in: the token alone can say so
        proved_at = _moment(claims.get("auth_time"))
        claims = self._told_beside(claims, tokens.get("access_token"))
        return Proof(self._issuer, str(claims["sub"]), dict(claims), factors, sid if isinstance(sid, str) else None, proved_at)

    def logged_out(self, token: str) -> LoggedOut:
        """Whose session is over, from the provider's own message (back-channel logout); InvalidInput, ServerAbsent."""
        if len(token) > LONGEST_TOKEN:
            raise InvalidInput("Diese Abmeldung ist zu lang.")
        try:
            decoded = self._decoded(token)
            return self._logout_of(decoded.claims, str(decoded.header.get("typ", "logout+jwt")))
        except (JoseError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise InvalidInput("Diese Abmeldung ist nicht von der Anmeldung Ihrer Firma.") from error

    def leave_url(self, back: str) -> str | None:
        """Where a browser signs out there, too; None where the provider offers that not."""
        try:
            end = self._described().get("end_session_endpoint")
        except (ServerAbsent, Misconfigured):
            return None
        if not isinstance(end, str):
            return None
        return str(httpx.URL(end).copy_merge_params({"client_id": self._client_id, "post_logout_redirect_uri": back}))

    def _logout_of(self, claims: Mapping[str, Any], kind: str) -> LoggedOut:
        """Back-Channel Logout 1.0, 2.6: ours, of now, the right event, no nonce, and somebody or a session named."""
        now = int(time.time())
        registry = jwt.JWTClaimsRegistry(
            now,
            LEEWAY_S,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": self._client_id},
            jti={"essential": True, "allow_blank": False},
            iat={"essential": True},
        )
        registry.validate(dict(claims))
        sub, sid = (claims.get(name) for name in ("sub", "sid"))
        meant = isinstance(claims["events"].get(LOGOUT_EVENT), dict) and "nonce" not in claims and kind.lower() in ("logout+jwt", "jwt")
        fresh = claims["iat"] >= now - LONGEST_LOGOUT_S - LEEWAY_S
        if not (meant and fresh and {type(sub), type(sid)} in ({str}, {str, type(None)})):
            raise ValueError("not a logout token")
        until = datetime.fromtimestamp(now + LONGEST_LOGOUT_S + 2 * LEEWAY_S, UTC)
        return LoggedOut(self._issuer, str(claims["jti"])[:200], until, sub, sid)

    def _require_issuer(self, came: Mapping[str, str]) -> None:
        """RFC 9207: an answer of another provider is not taken for one of this; without a name, only where this one gives none."""
        named = came.get("iss")
        promised = self._described().get("authorization_response_iss_parameter_supported") is True
        if named != self._issuer and (named is not None or promised):
            raise NotSignedIn("Diese Antwort ist nicht von der Anmeldung Ihrer Firma.")

    def _exchange(self, code: str, redirect_uri: str, verifier: str) -> Mapping[str, Any]:
        body = prepare_token_request("authorization_code", "", redirect_uri, code=code, code_verifier=verifier)
        offered = _listed(self._described().get("token_endpoint_auth_methods_supported") or "client_secret_basic")
        method = "none" if not self._secret else "client_secret_post" if "client_secret_basic" not in offered else "client_secret_basic"
        if method == "none":
            body = prepare_token_request(
                "authorization_code", "", redirect_uri, code=code, code_verifier=verifier, client_id=self._client_id
            )
        headers = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8"}
        auth = ClientAuth(client_id=self._client_id, client_secret=self._secret, auth_method=method)
        url, headers, body = auth.prepare("POST", self._said("token_endpoint"), headers, body)
        status, answer = self._asked("POST", url, content=body, headers=headers)
        if status == 200:
            return answer
        if status in (401, 403) or answer.get("error") == "invalid_client":
            raise Misconfigured("Die Anmeldung Ihrer Firma kennt NOVA_OIDC_CLIENT_ID und NOVA_OIDC_CLIENT_SECRET nicht.")
        raise NotSignedIn("Diese Anmeldung gilt nicht mehr. Bitte beginnen Sie von vorn.")

    def _id_claims(self, token: str, nonce: str, access_token: Any) -> Mapping[str, Any]:
        try:
            decoded = self._decoded(token)
            options: dict[str, Any] = {
                "iss": {"essential": True, "values": [self._issuer]},
                "aud": {"essential": True, "value": self._client_id},
                "sub": {"essential": True, "allow_blank": False},
            }
            params = {"nonce": nonce, "client_id": self._client_id, "access_token": access_token}
            claims = CodeIDToken(decoded.claims, decoded.header, options, params)
            claims.validate(now=int(time.time()), leeway=LEEWAY_S)
        except (JoseError, ValueError, TypeError, KeyError, RecursionError) as error:
            raise NotSignedIn("Was die Anmeldung Ihrer Firma sagt, ist nicht gültig oder nicht für dieses Nova.") from error
        return dict(claims)

    def _told_beside(self, claims: Mapping[str, Any], access_token: Any) -> Mapping[str, Any]:
        """With what the provider tells at its UserInfo address: names and groups often stand there alone. The token's own word counts."""
        address = self._described().get("userinfo_endpoint")
        if not isinstance(address, str) or not isinstance(access_token, str):
            return claims
        status, found = self._asked("GET", address, headers={"Authorization": f"Bearer {access_token}"})
        if status != 200:
            raise ServerAbsent(ABSENT)
        if found.get("sub") != claims["sub"]:  # Core 1.0, 5.3.2
            raise NotSignedIn("Die Anmeldung Ihrer Firma meint zwei verschiedene Personen.")
        return {**found, **claims}

    def _decoded(self, token: str) -> jwt.Token:
        """A token whose signature is the provider's; its keys are asked for anew when one is not known, a few times a minute at most."""
        offered = _listed(self._described().get("id_token_signing_alg_values_supported") or "RS256")
        registry = JWSRegistry(algorithms=[one for one in ALGORITHMS if one in offered], strict_check_header=False)
        try:
            return jwt.decode(token, self._key_set(0), registry=registry)
        except JoseError:
            if self._looks.hit("keys", MOST_LOOKS, LOOKS_S):
                raise
            return jwt.decode(token, self._key_set(self._clock()), registry=registry)

    def _key_set(self, newer_than: float) -> KeySet:
        """The provider's keys, asked for anew where those known are older."""
        with self._lock:
            oldest = max(newer_than, self._clock() - METADATA_S)  # a key that was withdrawn is trusted no longer than that
            if self._keys is None or self._keys[0] < oldest:
                status, found = self._asked("GET", self._said("jwks_uri"))
                if status != 200:
                    raise ServerAbsent(ABSENT)
                self._keys = (self._clock(), KeySet(list(_signing_keys(found.get("keys")))))
            return self._keys[1]

    def _said(self, name: str) -> str:
        found = self._described().get(name)
        if not isinstance(found, str) or not found.startswith(("https://", "http://")):
            raise Misconfigured(f"Die Anmeldung Ihrer Firma (NOVA_OIDC_ISSUER) beschreibt sich unvollständig: {name} fehlt.")
        return found

    def _described(self) -> Mapping[str, Any]:
        """The provider's description of itself; Misconfigured where it is another's than was asked (Discovery 1.0, 4.3)."""
        known = self._metadata
        if known is not None and self._clock() - known[0] < METADATA_S:
            return known[1]
        try:
            status, found = self._asked("GET", get_well_known_url(self._issuer, external=True))
        except ServerAbsent:
            if known is not None:
                return known[1]
            raise
        if status != 200 or found.get("issuer") != self._issuer:
            raise Misconfigured("Unter NOVA_OIDC_ISSUER antwortet keine Anmeldung, die sich so nennt.")
        self._metadata = (self._clock(), found)
        return found

    def _asked(self, method: str, url: str, **more: Any) -> tuple[int, Mapping[str, Any]]:
        """Status and JSON object of an answer; ServerAbsent where there is none."""
        bounds = Bounds(connect_s=CONNECT_S, max_bytes=MAX_ANSWER)
        try:
            transport = BoundedTransport(bounds, tls=url.startswith("https:"))
            with httpx.Client(transport=transport, timeout=httpx.Timeout(TOTAL_S, connect=CONNECT_S), trust_env=False) as client:
                response = client.request(method, url, **more)
            found = response.json()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise ServerAbsent(ABSENT) from error
        if not isinstance(found, dict) or response.status_code >= 500:
            raise ServerAbsent(ABSENT)
        return response.status_code, found


def _signing_keys(found: Any) -> Iterator[Key]:
    """The provider's keys for signatures that can be read; one that cannot stops none of the others."""
    for one in found if isinstance(found, list) else ():
        if not isinstance(one, dict) or one.get("use", "sig") != "sig" or one.get("kty") not in KINDS:
            continue
        try:
            yield import_key(one)
        except (JoseError, ValueError, TypeError, KeyError):
            continue


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [one for one in value if isinstance(one, str)]


def _moment(seconds: Any) -> datetime | None:
    """A time of a token; None for what is none."""
    try:
        return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int | float) else None
    except (ValueError, OverflowError, OSError):
        return None
