"""Keys, tokens and cookies as an attacker would send them: each is refused with 401, says nothing and leaves nothing behind."""

import base64
import hashlib
import hmac
import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from tests.api.house import ADMIN_KEY, Door

SECRET = bytes(range(32))
WHERE = "/api/v1/jobs"
DAY = 86_400
UNKNOWN = "0b7c5c1e-5d0c-4a4e-9c0b-6f2d1a3e4b5c"
Claims = dict[str, Any]


def part(value: Any) -> str:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def signed(header: Any, claims: Any, secret: bytes = SECRET, digest: Any = hashlib.sha256) -> str:
    """A token put together by hand, whatever its header says."""
    body = f"{part(header)}.{part(claims)}"
    return f"{body}.{part(hmac.new(secret, body.encode(), digest).digest())}"


def ask(door: Door, token: str | bytes, **headers: str) -> tuple[int, str | None]:
    raw = token if isinstance(token, bytes) else token.encode("utf-8", "surrogatepass")
    door.client.cookies.clear()
    answer = door.client.get(WHERE, headers={"Authorization": b"Bearer " + raw, **headers})
    return answer.status_code, answer.json()["data"].get("code")


REFUSED = (401, "not_signed_in")
HEAD = {"alg": "HS256"}


@pytest.fixture(scope="module")
def claims(door: Door) -> Claims:
    """Those of a token of Anna's that is in force."""
    made = door.admin("POST", "/api/v1/admin/keys", json={"user": "anna"}).json()["data"]
    found = {"sub": "anna", "jti": made["token_id"], "role": "customer", "iat": int(time.time()), "exp": int(time.time()) + DAY}
    assert ask(door, signed(HEAD, found))[0] == 200
    return found


@pytest.fixture(autouse=True)
def no_cookies(door: Door) -> Iterator[None]:
    yield
    door.client.cookies.clear()


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none"}, {"alg": "None"}, {"alg": "NONE"}, {"alg": "nOnE"}, {"alg": ""}, {"alg": None}, {"alg": ["HS256"]}, {"alg": 0}, {},
        {"alg": "hs256"}, {"alg": "HS384"}, {"alg": "HS512"}, {"alg": "RS256"}, {"alg": "ES256"}, {"alg": "EdDSA"}, {"alg": "PS256"},
        {"alg": "A256KW", "enc": "A256GCM"}, {"alg": "HS256", "crit": ["b64"], "b64": False}, {"alg": "HS256", "crit": ["nova"], "nova": 1},
        [], "HS256", None, 1, {"alg": {"alg": "HS256"}},
    ],
)  # fmt: skip
def test_only_one_algorithm_is_believed_however_the_token_is_signed(door: Door, claims: Claims, header: Any) -> None:
    body = f"{part(header)}.{part(claims)}"
    for token in (f"{body}.", body, signed(header, claims), f"{body}.{part(b'x' * 32)}"):
        assert ask(door, token) == REFUSED, token
    for digest in (hashlib.sha384, hashlib.sha512):
        assert ask(door, signed(header, claims, digest=digest)) == REFUSED


def test_no_other_key_signs(door: Door, claims: Claims) -> None:
    rsa = RSAKey.generate_key(2048)
    public = rsa.as_pem(private=False)
    assert ask(door, jwt.encode({"alg": "RS256"}, claims, rsa, algorithms=["RS256"])) == REFUSED
    assert ask(door, jwt.encode({"alg": "RS256", "jwk": rsa.as_dict(private=False)}, claims, rsa, algorithms=["RS256"])) == REFUSED
    for secret in (public, b"", b"\0", b"secret", bytes(32), SECRET[:-1], SECRET.hex().encode(), ADMIN_KEY.encode()):
        assert ask(door, signed(HEAD, claims, secret)) == REFUSED, secret
    embedded = {"alg": "HS256", "jwk": OctKey.import_key(bytes(32)).as_dict(private=True)}
    assert ask(door, signed(embedded, claims, bytes(32))) == REFUSED


def test_no_key_is_fetched_from_where_a_token_says(door: Door, claims: Claims) -> None:
    asked = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)

        def listen() -> None:
            try:
                asked.append(server.accept())
            except TimeoutError:
                return

        listening = threading.Thread(target=listen)
        listening.start()
        place = f"http://127.0.0.1:{server.getsockname()[1]}/keys"
        for name in ("jku", "x5u", "kid", "url"):
            assert ask(door, signed({"alg": "HS256", name: place}, claims, bytes(32))) == REFUSED
        listening.join()
    assert asked == []


@pytest.mark.parametrize(
    "kid", ["../../../../dev/null", "/dev/null", "' OR 1=1 --", "signing.key", "\0", "", 1, None, ["x"], {"k": "AA"}, "x" * 2000]
)
def test_a_foreign_key_id_opens_nothing(door: Door, claims: Claims, kid: Any) -> None:
    for secret in (b"", b"\0", bytes(32)):
        assert ask(door, signed({"alg": "HS256", "kid": kid}, claims, secret)) == REFUSED


@pytest.mark.parametrize(
    "changed",
    [
        {"exp": 0}, {"exp": -1}, {"exp": 1}, {"exp": None}, {"exp": "2999-01-01"}, {"exp": "9999999999"}, {"exp": True},
        {"exp": [9999999999]}, {"exp": {}}, {"exp": ...}, {"nbf": 9999999999}, {"nbf": "9999999999"}, {"iat": 9999999999}, {"iat": "jetzt"},
        {"sub": ...}, {"sub": ""}, {"sub": " "}, {"sub": None}, {"sub": 7}, {"sub": ["anna"]}, {"sub": "ben"}, {"sub": "anna\0"},
        {"sub": "ANNA"}, {"sub": "admin"}, {"sub": "' OR ''='"},
        {"jti": ...}, {"jti": ""}, {"jti": "x"}, {"jti": None}, {"jti": 5}, {"jti": []}, {"jti": "' OR 1=1 --"}, {"jti": UNKNOWN},
        {"jti": "00000000-0000-0000-0000-000000000000"},
        {"role": ...}, {"role": "admin"}, {"role": None}, {"role": ["customer"]}, {"role": "Customer"}, {"role": True},
    ],
    ids=str,
)  # fmt: skip
def test_wrong_claims_are_refused_even_with_the_right_signature(door: Door, claims: Claims, changed: Mapping[str, Any]) -> None:
    altered = {name: value for name, value in (claims | changed).items() if value is not ...}
    assert ask(door, signed(HEAD, altered)) == REFUSED


@pytest.mark.parametrize(
    "body", [[], "anna", 5, None, True, b"", b"\xff\xfe", b"{", b"[" * 2500, b'{"a":' * 600, b"1" * 2900], ids=lambda one: str(one)[:20]
)
def test_a_body_that_is_no_object_is_refused(door: Door, body: Any) -> None:
    assert ask(door, signed(HEAD, body)) == REFUSED
    assert ask(door, signed(body, {"sub": "anna"})) == REFUSED


def test_a_changed_token_is_refused(door: Door, claims: Claims) -> None:
    token = signed(HEAD, claims)
    head, body, sign = token.split(".")
    other = part(claims | {"sub": "ben"})
    changed = [
        f"{head}.{other}.{sign}", f"{head}.{body}.{sign[:-4]}", f"{head}.{body}.{sign}AA", f"{head}.{body}.", f"{head}.{body}",
        f"{head}..{sign}", f".{body}.{sign}", f"{token}.{sign}", f"{token}.", f".{token}",
        "..", "...", "....", ".", f"{head}.{body}.{sign}.{sign}.{sign}",
        f"{head}.{body}.{sign}\0", f"{head} .{body}.{sign}", f'"{token}"',
        json.dumps({"protected": head, "payload": body, "signature": sign}),
        token[::-1], token.upper(), token * 2,
    ]  # fmt: skip
    for one in changed:
        assert ask(door, one) == REFUSED, one


@pytest.mark.parametrize(
    "token",
    [
        "x" * 4097,
        "a." * 2048,
        "." * 4000,
        "ü",
        "日本語",
        "\u202e",
        "x\ty",
        "%00",
        "null",
        "undefined",
        "true",
        "[]",
        "{}",
        "Bearer x",
        "eyJ",
    ],
)
def test_what_is_no_token_at_all_is_refused(door: Door, token: str) -> None:
    assert ask(door, token) == REFUSED


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(min_size=1, max_size=120) | st.text("eyJ0.AB_-=", max_size=60).map(str.encode))
def test_no_bytes_are_a_token(door: Door, raw: bytes) -> None:
    if raw.strip(b" \t") != raw or b"\r" in raw or b"\n" in raw or b"\0" in raw:
        return  # no client can send these in a header
    assert ask(door, raw) == REFUSED


def test_a_key_in_the_address_is_no_key(door: Door, claims: Claims) -> None:
    token = signed(HEAD, claims)
    for name in ("X-Admin-Key", "x-admin-key", "admin_key", "key", "api_key", "token", "access_token", "Authorization", "nova_session"):
        for value in (ADMIN_KEY, token, f"Bearer {token}"):
            answer = door.client.get(WHERE, params={name: value})
            assert (answer.status_code, answer.json()["data"]["code"]) == REFUSED, name


def test_a_wrong_key_is_never_saved_by_a_right_one_beside_it(door: Door, claims: Claims) -> None:
    token, cookie = signed(HEAD, claims), sign_in(door)[0]
    right = {"Authorization": f"Bearer {token}", "Cookie": cookie}
    for wrong in (
        {"X-Admin-Key": ""},
        {"X-Admin-Key": "x"},
        {"X-Admin-Key": token},
        {"Authorization": "Bearer x"},
        {"Authorization": "Basic eDp5"},
    ):
        answer = door.client.get(WHERE, headers=right | wrong)
        assert (answer.status_code, answer.json()["data"]["code"]) == REFUSED, wrong


def test_the_stronger_way_decides_who_asks_and_with_what_rights(door: Door, claims: Claims) -> None:
    token, (cookie, _) = signed(HEAD, claims), sign_in(door)
    who = door.client.get("/api/v1/session", headers={"Authorization": f"Bearer {token}", "Cookie": cookie}).json()["data"]
    assert (who["role"], who["user"]) == ("customer", "anna")
    assert door.client.get("/api/v1/admin/keys", headers={"Authorization": f"Bearer {token}", "Cookie": cookie}).status_code == 403
    who = door.client.get("/api/v1/session", headers={"Authorization": f"Bearer {token}", "X-Admin-Key": ADMIN_KEY}).json()["data"]
    assert who["role"] == "admin"


@pytest.mark.parametrize("name", ["X-Admin-Key", "Authorization", "Cookie"])
def test_the_same_key_twice_is_ambiguous(door: Door, claims: Claims, name: str) -> None:
    cookie, _ = sign_in(door)
    right = {"X-Admin-Key": ADMIN_KEY, "Authorization": f"Bearer {signed(HEAD, claims)}", "Cookie": cookie}[name]
    other = {"X-Admin-Key": "x", "Authorization": "Bearer x", "Cookie": "nova_session=x"}[name]
    for pair in ((right, other), (other, right)):
        answer = door.client.get(WHERE, headers=[(name, value) for value in pair])
        assert (answer.status_code, answer.json()["data"]["code"]) == REFUSED, pair
    if name == "Cookie":
        for value in (f"{right}; {other}", f"{other}; {right}"):
            assert door.client.get(WHERE, headers={"Cookie": value}).status_code == 401, value


def sign_in(door: Door, key: str = ADMIN_KEY) -> tuple[str, str]:
    """A session's cookie and its CSRF token."""
    answer = door.client.post("/api/v1/session", json={"key": key})
    door.client.cookies.clear()
    return answer.headers["set-cookie"].split(";")[0], answer.json()["data"]["csrf"]


def status(door: Door, method: str, path: str, cookie: str, **headers: str) -> int:
    door.client.cookies.clear()
    found: int = door.client.request(method, path, headers={"Cookie": cookie, **headers}).status_code
    return found


def test_a_cookie_needs_the_csrf_token_of_its_own_session(door: Door) -> None:
    (cookie, csrf), (_, others) = sign_in(door), sign_in(door)
    body = "/api/v1/admin/reindex"
    for wrong in ("", others, csrf[:-1], csrf + "x", csrf.swapcase(), "null", "x" * 5000):
        assert status(door, "POST", body, cookie, **{"X-CSRF-Token": wrong}) == 403, wrong
    assert status(door, "POST", f"{body}?X-CSRF-Token={csrf}", cookie) == 403
    assert status(door, "POST", body, f"{cookie}; X-CSRF-Token={csrf}") == 403
    assert status(door, "POST", body, cookie, **{"X-CSRF-Token": csrf}) == 400  # past the door: the body is missing
    assert status(door, "GET", "/api/v1/session", cookie) == 200


def test_a_session_ends_for_good(door: Door) -> None:
    cookie, csrf = sign_in(door)
    assert status(door, "DELETE", "/api/v1/session", cookie) == 403
    assert status(door, "DELETE", "/api/v1/session", cookie, **{"X-CSRF-Token": csrf}) == 200
    for method in ("GET", "DELETE"):
        assert status(door, method, "/api/v1/session", cookie, **{"X-CSRF-Token": csrf}) == 401


def test_a_session_ends_with_its_time_and_with_its_token(door: Door) -> None:
    cookie, _ = sign_in(door, door.nova.token("lea"))
    with door.nova.db.transaction() as conn:
        conn.execute("UPDATE sessions SET expires_at = now() - interval '1 second'")
    assert status(door, "GET", "/api/v1/session", cookie) == 401
    made = door.admin("POST", "/api/v1/admin/keys", json={"user": "lea"}).json()["data"]
    cookie, _ = sign_in(door, made["token"])
    assert status(door, "GET", "/api/v1/session", cookie) == 200
    assert door.admin("DELETE", f"/api/v1/admin/keys/{made['token_id']}").status_code == 200
    assert status(door, "GET", "/api/v1/session", cookie) == 401
    assert ask(door, made["token"]) == REFUSED
    assert door.client.post("/api/v1/session", json={"key": made["token"]}).status_code == 401


def test_a_cookie_is_no_token_and_a_token_no_cookie(door: Door, claims: Claims) -> None:
    token, (cookie, _) = signed(HEAD, claims), sign_in(door)
    secret = cookie.partition("=")[2]
    assert (ask(door, token)[0], status(door, "GET", WHERE, cookie)) == (200, 200)  # both are remembered now
    assert ask(door, secret) == REFUSED
    assert status(door, "GET", WHERE, f"nova_session={token}") == 401
    assert status(door, "GET", WHERE, f"nova_session={ADMIN_KEY}") == 401
    assert door.client.get(WHERE, headers={"X-Admin-Key": secret}).status_code == 401


@pytest.mark.parametrize("value", ["", "x" * 129, "x" * 100_000, "' OR 1=1 --", "%C3%BC", '"', "=", "a=b", "%00", "../..", "\\"])
def test_what_is_no_cookie_is_refused(door: Door, value: str) -> None:
    assert status(door, "GET", WHERE, f"nova_session={value}") == 401


def test_an_attempt_leaves_nothing_behind(door: Door, claims: Claims) -> None:
    def rows() -> Any:
        with door.nova.db.transaction() as conn:
            return [
                conn.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in ("users", "sessions", "access_tokens", "audit_log")
            ]

    before = rows()
    stranger = claims | {"sub": "fremd", "jti": str(uuid4()), "exp": datetime.now(UTC) + timedelta(days=1)}
    forged = jwt.encode(HEAD, stranger, OctKey.import_key(SECRET))
    assert ask(door, forged) == REFUSED
    assert door.client.post("/api/v1/session", json={"key": forged}).status_code == 401
    assert rows() == before
