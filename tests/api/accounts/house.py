"""Browsers and people at the door: each browser with cookies and an address of its own."""

from dataclasses import dataclass
from typing import Any

import pyotp
from starlette.testclient import TestClient

from tests.api.house import BASE, Door, keeps_contract

PASSWORD, OTHER_PASSWORD = "Kanal Birne Wolke 7 Nagel", "Leiter-Zwiebel-Funk-Abend"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@dataclass
class Browser:
    """A browser, signed in or not."""

    client: TestClient
    csrf: str = ""

    def __call__(self, method: str, path: str, **more: Any) -> Any:
        headers = {"X-CSRF-Token": self.csrf, "Sec-Fetch-Site": "same-origin"} | more.pop("headers", {})
        return self.client.request(method, f"/api/v1{path}", headers=headers, **more)

    def post(self, path: str, **body: Any) -> Any:
        """Send a body, and remember the session that comes of it."""
        answer = self("POST", path, json=body)
        if answer.status_code < 300 and (session := (answer.json()["data"] or {}).get("session")):
            self.csrf = session["csrf"]
        return answer

    def enter(self, user: str, password: str = PASSWORD) -> Any:
        """Sign in by name and password."""
        return self.post("/sign-in/password", user=user, password=password)

    @property
    def who(self) -> dict[str, Any] | None:
        """Who is signed in here; None when nobody."""
        answer = self("GET", "/session")
        return answer.json()["data"] if answer.status_code == 200 else None


def browser_of(door: Door, address: str = "192.0.2.1", base: str = BASE) -> Browser:
    """A new browser at an address."""
    client = TestClient(door.client.app, base_url=base, client=(address, 50000), raise_server_exceptions=False)
    client.headers["User-Agent"] = FIREFOX
    client.event_hooks = {"response": [keeps_contract]}
    return Browser(client)


def invited(door: Door, user: str, role: str = "employee", name: str = "") -> str:
    """The secret of a link for somebody new."""
    made = door.admin("POST", "/api/v1/admin/people", json={"user": user, "role": role, "name": name})
    assert made.status_code == 201, made.text
    return str(made.json()["data"]["path"]).partition("#")[2]


def joined(door: Door, user: str, role: str = "employee", address: str = "192.0.2.1") -> Browser:
    """Somebody new who has followed their link with a password (and a second factor where it takes one)."""
    browser = browser_of(door, address)
    answer = browser.post("/invitations/password", secret=invited(door, user, role), password=PASSWORD)
    assert answer.status_code == 200, answer.text
    factor = answer.json()["data"]["factor"]
    if factor is not None:
        done = browser.post("/invitations/code", step=factor["step"], code=pyotp.TOTP(factor["secret"]).now())
        assert done.status_code == 200, done.text
    return browser


def people(door: Door) -> dict[str, dict[str, Any]]:
    """Everybody with an account, by name."""
    found = door.admin("GET", "/api/v1/admin/people").json()["data"]["people"]
    return {one["user"]: one for one in found}


def noted(door: Door, action: str) -> list[dict[str, Any]]:
    """Entries of the audit log of an action."""
    found = door.admin("GET", "/api/v1/admin/audit", params={"action": action}).json()["data"]["entries"]
    return list(found)
