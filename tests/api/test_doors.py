"""Who may pass which door: every route of the description, asked as nobody, customer, operator and with bad keys."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from joserfc import jwt

from nova.roles import Role
from nova.store.postgres.db import Database
from tests.api.house import ADMIN_KEY, DESCRIPTION, Door, opened

NOBODYS = "0b7c5c1e-5d0c-4a4e-9c0b-6f2d1a3e4b5c"
UNSAFE = {"post", "put", "patch", "delete"}
PERSONS: tuple[Role, ...] = ("customer", "employee", "reviewer", "engineer", "auditor", "admin")
NOTHING = ({"sessions": []}, {"ended": 0}, {"tokens": []}, {"key_uses": []})  # the operator's key has nothing of its own
Keys = dict[str, list[str]]


def operations() -> Iterator[tuple[str, str, Keys]]:
    """Method, path with made-up ids, and the keys the description names."""
    for path, methods in DESCRIPTION["paths"].items():
        for method, operation in methods.items():
            filled = path
            for name, value in {
                "item_id": NOBODYS,
                "job_id": NOBODYS,
                "answer_id": NOBODYS,
                "token_id": NOBODYS,
                "version": 1,
                "number": 1,
            }.items():
                filled = filled.replace("{" + name + "}", str(value))
            keys: Keys = {}
            for name, roles in ((name, roles) for one in operation.get("security", []) for name, roles in one.items()):
                keys.setdefault(name, []).extend(roles)
            yield method, filled, keys


CLOSED = [(method, path, keys) for method, path, keys in operations() if keys]
OPEN = [(method, path) for method, path, keys in operations() if not keys]
STREAMS = {"/api/v1/stream/live", "/api/v1/data/live"}
WAYS_IN = {
    f"/api/v1/sign-in{end}" for end in ("", "/password", "/code", "/passkey", "/passkey/options", "/sso", "/sso/back", "/sso/logout")
}
WAYS_IN |= {f"/api/v1/invitations/{end}" for end in ("look", "password", "code", "passkey", "passkey/options")}


def status(answer: Any) -> tuple[int, str | None]:
    data = answer.json().get("data") or answer.json().get("error")
    return answer.status_code, data["code"]


def test_the_open_doors_are_known() -> None:
    paths = {path for _, path in OPEN}
    signed = {"/hook/sophia-session", "/hook/seed-run", "/hook/deliver"}
    assert paths - WAYS_IN == {"/api/v1/session", "/api/v1/system/info", "/healthz", "/metrics"} | signed
    assert paths >= WAYS_IN


@pytest.mark.parametrize(("method", "path", "keys"), CLOSED)
def test_nobody_passes(door: Door, method: str, path: str, keys: Keys) -> None:
    assert status(door.client.request(method, path)) == (401, "not_signed_in")


@pytest.mark.parametrize(("method", "path", "keys"), CLOSED)
def test_wrong_keys_do_not_pass_before_any_body_is_read(door: Door, method: str, path: str, keys: Keys) -> None:
    wrong = (
        {"X-Admin-Key": ADMIN_KEY + "x"},
        {"Authorization": "Bearer x"},
        {"Authorization": f"Basic {ADMIN_KEY}"},
        {"Cookie": "nova_session=x"},
    )
    for headers in wrong:
        assert status(door.client.request(method, path, headers=headers, content=b"{")) == (401, "not_signed_in"), headers
    assert door.client.request(method, path, headers={"X-Dev-User": str(uuid4())}).status_code == 401


@pytest.mark.parametrize(("method", "path", "keys"), [row for row in CLOSED if row[1] not in STREAMS])
def test_each_role_passes_its_own_doors_and_those_of_persons(door: Door, method: str, path: str, keys: Keys) -> None:
    for role in (*PERSONS, "service"):
        answer = door.person(f"als-{role}", role)(method, path)
        if role in PERSONS and (path.startswith("/api/v1/me/account/") or (method, path) == ("post", "/api/v1/me/tokens")):
            assert status(answer) == (403, "fresh_sign_in"), role  # no token changes ways in
        elif "Bearer" in keys and role in (keys["Bearer"] or PERSONS):
            assert answer.status_code not in (401, 403, 405, 500), (role, answer.text)
        else:
            assert status(answer) == (403, "not_allowed"), role


@pytest.mark.parametrize(("method", "path", "keys"), [row for row in CLOSED if row[1] not in STREAMS])
def test_the_operator_passes_every_door_but_the_programs(door: Door, method: str, path: str, keys: Keys) -> None:
    if f"{path}/".startswith("/api/v1/me/"):  # the operator is no person: refused by what is behind the door, or for want of a body
        answer = door.admin(method, path)
        assert answer.status_code in (400, 403, 404) or answer.json()["data"] in NOTHING
    elif "AdminKey" in keys:
        assert door.admin(method, path).status_code not in (401, 403, 405, 500)
    else:
        assert status(door.admin(method, path)) == (403, "not_allowed")


def test_an_expired_token_does_not_pass(door: Door) -> None:
    claims = {"sub": "kunde", "jti": str(uuid4()), "role": "customer", "exp": datetime.now(UTC) - timedelta(seconds=1)}
    token = jwt.encode({"alg": "HS256"}, claims, door.nova.token_key)
    assert status(door.client.get("/api/v1/jobs", headers={"Authorization": f"Bearer {token}"})) == (401, "not_signed_in")


def test_a_token_passes_until_it_is_withdrawn(door: Door) -> None:
    made = door.admin("POST", "/api/v1/admin/keys", json={"user": "kurzzeit", "label": "Test", "days": 1})
    assert made.status_code == 201
    data = made.json()["data"]
    headers = {"Authorization": f"Bearer {data['token']}"}
    assert door.client.get("/api/v1/jobs", headers=headers).status_code == 200
    listed = door.admin("GET", "/api/v1/admin/keys")
    assert data["token"] not in listed.text
    assert door.admin("DELETE", f"/api/v1/admin/keys/{data['token_id']}").status_code == 200
    assert door.client.get("/api/v1/jobs", headers=headers).status_code == 401


def test_the_operators_key_works_as_bearer_too(door: Door) -> None:
    assert door.client.get("/api/v1/admin/settings", headers={"Authorization": f"Bearer {ADMIN_KEY}"}).status_code == 200


def test_a_browser_signs_in_and_needs_its_csrf_token(door: Door) -> None:
    signed_in = door.client.post("/api/v1/session", json={"key": ADMIN_KEY})
    cookie = signed_in.headers["set-cookie"]
    for part in ("nova_session=", "HttpOnly", "SameSite=strict", "Path=/"):
        assert part in cookie
    assert "Secure" not in cookie
    data = signed_in.json()["data"]
    assert (data["role"], data["user"]) == ("admin", None)
    headers = {"Cookie": cookie.split(";")[0]}
    try:
        assert door.client.get("/api/v1/session", headers=headers).json()["data"] == data
        for method, path, _ in CLOSED:
            if method in UNSAFE:
                assert status(door.client.request(method, path, headers=headers)) == (403, "csrf"), path
                assert status(door.client.request(method, path, headers=headers | {"X-CSRF-Token": "ü".encode()})) == (403, "csrf"), path
        passing = headers | {"X-CSRF-Token": data["csrf"]}
        assert door.client.post("/api/v1/admin/reindex", headers=passing, json={"item_ids": []}).status_code == 200
        assert door.client.delete("/api/v1/session", headers=passing).status_code == 200
        assert door.client.get("/api/v1/session", headers=headers).status_code == 401
    finally:
        door.client.cookies.clear()


def test_a_customer_signs_in_with_a_token(door: Door) -> None:
    data = door.client.post("/api/v1/session", json={"key": door.nova.token("lea")}).json()["data"]
    door.client.cookies.clear()
    assert (data["role"], data["user"]) == ("customer", "lea")
    assert door.person("lea")("GET", "/api/v1/session").json()["data"] == data | {"csrf": ""}
    assert (data["title"], data["may"]) == ("Kundschaft", ["use"])


def test_another_role_ends_what_was_given_out_for_the_role_before(door: Door) -> None:
    first = door.admin("POST", "/api/v1/admin/keys", json={"user": "mara"}).json()["data"]
    signed_in = door.client.post("/api/v1/session", json={"key": first["token"]})
    cookie = {"Cookie": signed_in.headers["set-cookie"].split(";")[0]}
    door.client.cookies.clear()
    bearer = {"Authorization": f"Bearer {first['token']}"}
    assert [door.client.get("/api/v1/session", headers=one).status_code for one in (cookie, bearer)] == [200, 200]
    second = door.admin("POST", "/api/v1/admin/keys", json={"user": "mara", "role": "reviewer"}).json()["data"]
    assert (first["role"], first["changed"], second["role"], second["changed"]) == ("customer", False, "reviewer", True)
    assert [door.client.get("/api/v1/session", headers=one).status_code for one in (cookie, bearer)] == [401, 401]
    third = door.admin("POST", "/api/v1/admin/keys", json={"user": "mara"}).json()["data"]
    assert (third["role"], third["changed"]) == ("reviewer", False)
    for made in (second, third):
        told = door.client.get("/api/v1/session", headers={"Authorization": f"Bearer {made['token']}"}).json()["data"]
        assert (told["role"], told["user"]) == ("reviewer", "mara")


def test_a_session_has_the_role_of_its_token(door: Door) -> None:
    for role in PERSONS:
        signed_in = door.client.post("/api/v1/session", json={"key": door.nova.token(f"sitzung-{role}", role)})
        assert signed_in.json()["data"]["role"] == role
        assert door.client.get("/api/v1/session").json()["data"]["role"] == role
        door.client.cookies.clear()


def test_a_program_does_not_sign_in(door: Door) -> None:
    answer = door.client.post("/api/v1/session", json={"key": door.nova.token("svc-abfrage", "service")})
    assert status(answer) == (403, "not_allowed")
    assert "set-cookie" not in answer.headers


def test_an_operator_with_a_name_has_tokens_that_they_alone_give_out(door: Door) -> None:
    told = door.person("olga", "admin")("GET", "/api/v1/session").json()["data"]
    assert (told["role"], told["user"]) == ("admin", "olga")
    for body in ({"user": "olga"}, {"user": "otto", "role": "admin"}):
        assert status(door.admin("POST", "/api/v1/admin/keys", json=body)) == (403, "not_allowed")
    assert status(door.admin("POST", "/api/v1/admin/keys", json={"user": "olga", "role": "king"})) == (400, "validation")


@pytest.mark.parametrize("key", ["x", "nova_adm_wrong", ADMIN_KEY[:-1]])
def test_a_wrong_key_does_not_sign_in(door: Door, key: str) -> None:
    answer = door.client.post("/api/v1/session", json={"key": key})
    assert status(answer) == (401, "not_signed_in")
    assert "set-cookie" not in answer.headers


def test_the_cookie_is_secure_over_https(door: Door) -> None:
    answer = door.client.post("https://127.0.0.1/api/v1/session", json={"key": ADMIN_KEY})
    door.client.cookies.clear()
    assert "Secure" in answer.headers["set-cookie"]


def test_developers_pass_on_loopback_only(database: Database, tmp_path: Path) -> None:
    user = str(uuid4())
    with opened(database, tmp_path, NOVA_ENV="dev") as dev:
        assert dev.client.get("/api/v1/session", headers={"X-Dev-User": user}).json()["data"]["user"] == user
        assert dev.client.get("/api/v1/admin/keys", headers={"X-Dev-User": user}).status_code == 403
        assert dev.client.get("/api/v1/session", headers={"X-Dev-User": "admin"}).status_code == 401
        assert dev.client.get("/api/v1/session", headers={"X-Dev-User": user, "X-Forwarded-For": "1.2.3.4"}).status_code == 401
    for exposed in ({"NOVA_HOST": "0.0.0.0"}, {"NOVA_HOSTS": ("nova.example",)}, {"NOVA_PROXIES": ("127.0.0.1",)}, {"NOVA_ENV": "prod"}):
        with opened(database, tmp_path, **({"NOVA_ENV": "dev"} | exposed)) as far:
            assert far.client.get("/api/v1/session", headers={"X-Dev-User": user}).status_code == 401, exposed


def test_a_named_proxy_is_believed(database: Database, tmp_path: Path) -> None:
    forwarded = {"X-Forwarded-For": "10.9.9.9", "X-Forwarded-Proto": "https"}
    with opened(database, tmp_path, NOVA_PROXIES=("127.0.0.1",), NOVA_RATE_SIGNIN="1/minute") as proxied:
        answer = proxied.client.post("/api/v1/session", json={"key": ADMIN_KEY}, headers=forwarded)
        proxied.client.cookies.clear()
        assert "Secure" in answer.headers["set-cookie"]
        for address, found in (("10.9.9.9", 401), ("10.9.9.9", 429), ("10.9.9.8", 401)):
            assert (
                proxied.client.post("/api/v1/session", json={"key": "x"}, headers=forwarded | {"X-Forwarded-For": address}).status_code
                == found
            )
        assert proxied.client.get("/metrics").status_code == 401
    with opened(database, tmp_path) as plain:
        answer = plain.client.post("/api/v1/session", json={"key": ADMIN_KEY}, headers=forwarded)
        assert "Secure" not in answer.headers["set-cookie"]


def test_foreign_host_names_are_refused(door: Door) -> None:
    for host in ("evil.example", "evil.example:8000", "127.0.0.1.evil.example", ""):
        assert status(door.client.get("/api/v1/system/info", headers={"Host": host})) == (403, "not_allowed"), host
    for host in ("localhost:8000", "127.0.0.1", "[::1]:8000", "LOCALHOST"):
        assert door.client.get("/api/v1/system/info", headers={"Host": host}).status_code == 200, host


def test_an_allowed_host_name_passes(database: Database, tmp_path: Path) -> None:
    with opened(database, tmp_path, NOVA_HOSTS="nova.stadtwerke.example") as named:
        assert named.client.get("/healthz", headers={"Host": "nova.stadtwerke.example"}).status_code == 200
        assert named.client.get("/healthz", headers={"Host": "other.example"}).status_code == 403


def test_metrics_are_open_on_loopback_only(database: Database, tmp_path: Path, door: Door) -> None:
    assert door.client.get("/metrics").status_code == 200
    with opened(database, tmp_path, NOVA_HOST="0.0.0.0") as far:
        assert far.client.get("/metrics").status_code == 401
        assert far.person("kunde")("GET", "/metrics").status_code == 403
        assert far.admin("GET", "/metrics").status_code == 200


def test_the_metrics_key_opens_the_figures_and_nothing_else(database: Database, tmp_path: Path) -> None:
    key = "figures-0123456789abcdef-only"
    with opened(database, tmp_path, NOVA_HOST="0.0.0.0", NOVA_METRICS_KEY=key) as far:
        bearer = {"Authorization": f"Bearer {key}"}
        assert far.client.get("/metrics", headers=bearer).status_code == 200
        assert far.client.get("/metrics", headers={"Authorization": f"Bearer {key}x"}).status_code == 401
        assert far.client.get("/metrics", headers={"Authorization": f"Basic {key}"}).status_code == 401
        assert far.client.get("/api/v1/admin/health", headers=bearer).status_code == 401
        assert far.client.get("/api/v1/items", headers=bearer).status_code == 401
