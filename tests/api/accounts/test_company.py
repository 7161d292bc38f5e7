"""The company's own sign-in, against a real provider of OpenID Connect on this machine and the app on a port of its own."""

import json
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import httpx
import pyotp
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from nova.api.routers.people.sso import BACK
from nova.cli.process.serving import bind, serving
from nova.settings import Settings
from nova.store.postgres.db import Database
from tests.api.accounts.house import FIREFOX, PASSWORD, Browser, browser_of, invited, joined, noted, people
from tests.api.house import Door, TestNova, keeps_contract, opened

pytestmark = pytest.mark.slow

WEB = Path(__file__).parents[3] / "web"
SECRET = "a secret of this test alone"
ROLES = "nova-betrieb=admin, redaktion=reviewer, haus=employee"


@dataclass
class Company:
    """The provider, and who stands in front of it."""

    issuer: str
    jar: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=20, headers={"User-Agent": FIREFOX}))

    def tell(self, **told: Any) -> None:
        """Say who is there, who comes next, or what is to be spoilt."""
        answer = httpx.post(f"{self.issuer}/_told", json=told)
        assert answer.status_code == 204, answer.text

    def pass_through(self, url: str, back: str) -> str:
        """Follow the browser's way through the provider until it comes back; where to."""
        for _ in range(12):
            answer = self.jar.get(url)
            assert answer.is_redirect, answer.text[:500]
            url = str(httpx.URL(url).join(answer.headers["location"]))
            if url.startswith(back):
                return url
        raise AssertionError("no end of redirects")

    def sign_out(self) -> None:
        """Whoever is there signs out, and the provider tells so wherever they went from it."""
        out = self.jar.get(f"{self.issuer}/session/end", params={"client_id": "nova"})
        assert out.status_code == 200
        xsrf = out.text.partition('name="xsrf" value="')[2].partition('"')[0]
        done = self.jar.post(f"{self.issuer}/session/end/confirm", data={"xsrf": xsrf, "logout": "yes"})
        assert done.status_code in (200, 302, 303)


@dataclass
class Place:
    """A Nova on a port, and the provider that knows it."""

    door: Door
    address: str
    company: Company
    clients: list[httpx.Client] = field(default_factory=list)

    def browser(self) -> Browser:
        """A new browser, at Nova and at the provider."""
        self.company.jar.cookies.clear()
        client = httpx.Client(base_url=self.address, timeout=30, headers={"User-Agent": FIREFOX})
        client.event_hooks = {"response": [keeps_contract]}
        self.clients.append(client)
        return Browser(client)  # type: ignore[arg-type]

    def close(self) -> None:
        """Let go of all connections."""
        for client in (*self.clients, self.company.jar):
            client.close()

    def back(self, browser: Browser, to: str = "/fragen", *, again: bool = False) -> str:
        """Begin a sign-in, and go through the provider; what it sends the browser back with."""
        begun = browser("GET", "/sign-in/sso", params={"to": to, "again": again})
        assert begun.status_code == 303, begun.text
        return self.company.pass_through(begun.headers["location"], self.address + BACK)

    def enter(self, browser: Browser, to: str = "/fragen", *, again: bool = False) -> httpx.Response:
        """Sign in by the company; the answer that the browser gets in the end."""
        answer: httpx.Response = browser.client.get(self.back(browser, to, again=again))
        browser.csrf = (browser.who or {}).get("csrf", "")
        return answer


@pytest.fixture(scope="module")
def place(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with bind("127.0.0.1", 0) as bound:
        address = f"http://127.0.0.1:{bound.getsockname()[1]}"
        client = {
            "client_id": "nova",
            "client_secret": SECRET,
            "redirect_uris": [address + BACK],
            "post_logout_redirect_uris": [address + "/"],
            "backchannel_logout_uri": f"{address}/api/v1/sign-in/sso/logout",
        }
        other = {"client_id": "andere", "client_secret": SECRET, "redirect_uris": [address + BACK]}
        command = ["node", "tools/oidc/provider.mjs", json.dumps({"clients": [client, other]})]
        with subprocess.Popen(command, cwd=WEB, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as provider:
            try:
                assert provider.stdout is not None
                company = Company(json.loads(provider.stdout.readline())["issuer"])
                folder = tmp_path_factory.mktemp("nova")
                settings: dict[str, Any] = {
                    "NOVA_OIDC_ISSUER": company.issuer,
                    "NOVA_OIDC_CLIENT_ID": "nova",
                    "NOVA_OIDC_CLIENT_SECRET": SECRET,
                    "NOVA_OIDC_SCOPE": "openid profile email groups",
                    "NOVA_OIDC_ROLES": ROLES,
                    "NOVA_RATE_LIMITS": "off",
                }
                nova = TestNova(database, folder, Settings(NOVA_DATA=folder, **settings))
                nova.worker.start()
                with serving(nova, bound), httpx.Client(base_url=address, timeout=30) as client_of:  # type: ignore[arg-type]
                    found = Place(Door(nova, client_of), address, company)  # type: ignore[arg-type]
                    yield found
                    found.close()
                nova.worker.stop()
                nova.jobs.close()
            finally:
                provider.kill()


def known(place: Place, name: str, *groups: str, **more: Any) -> None:
    """Somebody whom the provider knows, and who comes next."""
    claims = {"preferred_username": name, "name": name.title(), "groups": list(groups), **more}
    place.company.tell(people={f"sub-{name}": claims}, who=f"sub-{name}")


def why(answer: httpx.Response) -> str:
    """What the page of signing in says went wrong."""
    assert answer.status_code == 303
    return unquote(answer.cookies.get("nova_told", ""))


def test_somebody_of_the_company_is_in_with_the_role_of_their_group(place: Place) -> None:
    known(place, "erika", "sport", "redaktion")
    browser = place.browser()
    ways = browser("GET", "/sign-in").json()["data"]
    assert ways["sso"] == {"name": "Firmenanmeldung", "url": "/api/v1/sign-in/sso"}
    answer = place.enter(browser, "/admin/gespraeche?seite=2")
    assert (answer.status_code, answer.headers["location"]) == (303, "/admin/gespraeche?seite=2")
    assert browser.who is not None and (browser.who["user"], browser.who["role"]) == ("erika", "reviewer")
    assert people(place.door)["erika"]["sso"] is True and people(place.door)["erika"]["name"] == "Erika"
    session = browser("GET", "/me/sessions").json()["data"]["sessions"][0]
    assert (session["way"], session["device"]) == ("sso", "Firefox auf Linux")


@pytest.mark.parametrize("to", ["https://fremd.example/", "//fremd.example", "/\\fremd.example", "javascript:alert(1)", "fremd"])
def test_nobody_is_sent_elsewhere_afterwards(place: Place, to: str) -> None:
    known(place, "erika", "redaktion")
    assert place.enter(place.browser(), to).headers["location"] == "/"


def test_another_group_is_another_role_and_ends_what_was_open(place: Place) -> None:
    known(place, "fritz", "redaktion")
    first = place.browser()
    place.enter(first)
    known(place, "fritz", "haus")
    second = place.browser()
    place.enter(second)
    assert second.who is not None and second.who["role"] == "employee"
    assert first.who is None


def test_who_is_in_no_group_any_more_has_left_and_may_come_back(place: Place) -> None:
    known(place, "gerd", "haus")
    browser = place.browser()
    place.enter(browser)
    known(place, "gerd", "sport")
    assert "keine Rolle" in why(place.enter(place.browser()))
    assert browser.who is None
    assert people(place.door)["gerd"]["state"] == "left"
    known(place, "gerd", "haus")
    again = place.browser()
    place.enter(again)
    assert again.who is not None


def test_whom_an_operator_saw_off_stays_out(place: Place) -> None:
    known(place, "heinz", "haus")
    place.enter(place.browser())
    user_id = people(place.door)["heinz"]["user_id"]
    assert place.door.admin("PATCH", f"/api/v1/admin/people/{user_id}", json={"left": True}).status_code == 200
    assert "geschlossen" in why(place.enter(place.browser()))


def test_nobody_takes_over_an_account_by_its_name(place: Place) -> None:
    browser = place.browser()
    secret = invited(place.door, "chefin", "employee")
    assert browser.post("/invitations/password", secret=secret, password=PASSWORD).status_code == 200
    place.door.person("kunde-1")
    for name in ("chefin", "Chefin", "kunde-1"):
        known(place, name, "nova-betrieb", amr=["mfa"])
        assert "schon ein Konto" in why(place.enter(place.browser()))
    invited(place.door, "neu", "employee")  # not come in yet: the company's sign-in is how they do
    known(place, "neu", "haus")
    new = place.browser()
    place.enter(new)
    assert new.who is not None and new.who["user"] == "neu"
    known(place, "umbenannt", "haus")
    place.company.tell(people={"sub-neu": {"preferred_username": "umbenannt", "groups": ["haus"]}}, who="sub-neu")
    renamed = place.browser()
    place.enter(renamed)
    assert renamed.who is not None and renamed.who["user"] == "neu"  # who they are is their number there


def test_an_operator_needs_a_second_factor_there_or_here(place: Place) -> None:
    known(place, "monika", "nova-betrieb")
    assert "zweiten Faktor" in why(place.enter(place.browser()))
    known(place, "monika", "nova-betrieb", amr=["pwd", "otp"])
    strong = place.browser()
    place.enter(strong, again=True)
    assert strong.who is not None and strong.who["role"] == "admin"
    begun = strong("POST", "/me/account/factor").json()["data"]
    app = pyotp.TOTP(begun["secret"])
    assert strong("PUT", "/me/account/factor", json={"step": begun["step"], "code": app.at(time.time() - 30)}).status_code == 200
    known(place, "monika", "nova-betrieb")
    weak = place.browser()
    answer = place.enter(weak, "/admin/betrieb")
    there = parse_qs(urlsplit(answer.headers["location"]).fragment)
    assert weak.who is None and there["zu"] == ["/admin/betrieb"]
    assert weak.post("/sign-in/code", step=there["schritt"][0], code=app.now()).status_code == 200
    assert weak.who is not None and weak.who["role"] == "admin"


def test_who_is_passed_on_there_has_proved_nothing_just_now(place: Place) -> None:
    known(place, "petra", "haus")
    browser = place.browser()
    place.enter(browser)
    asked = {"label": "Skript", "scopes": ["use"]}
    refused = browser("POST", "/me/tokens", json=asked)
    assert (refused.status_code, refused.json()["data"]["code"]) == (403, "fresh_sign_in")
    place.enter(browser, again=True)
    assert browser("POST", "/me/tokens", json=asked).status_code == 201


def test_a_program_of_who_comes_by_the_company_acts_for_a_month_without_them(place: Place) -> None:
    known(place, "quirin", "haus")
    browser = place.browser()
    place.enter(browser, again=True)
    for days, status in ((0, 200), (29, 200), (31, 401)):
        token = browser("POST", "/me/tokens", json={"label": "Skript", "scopes": ["use"], "days": 365}).json()["data"]["token"]
        with place.door.nova.db.transaction() as conn:
            conn.execute("UPDATE account_links SET seen_at = now() - %s * interval '1 day' WHERE subject = 'sub-quirin'", (days,))
        assert place.browser()("GET", "/session", headers={"Authorization": f"Bearer {token}"}).status_code == status


@pytest.mark.parametrize("groups", [None, "", {"haus": True}, 7])
def test_groups_that_are_not_told_are_not_no_groups(place: Place, groups: Any) -> None:
    known(place, "rolf", "haus")
    browser = place.browser()
    place.enter(browser)
    place.company.tell(people={"sub-rolf": {"preferred_username": "rolf", "name": "Rolf", "groups": groups}})
    assert "Gruppen nicht" in why(place.enter(place.browser()))
    assert people(place.door)["rolf"]["state"] == "active"


def test_nobody_gets_a_link_beside_the_company(place: Place) -> None:
    known(place, "sara", "haus")
    browser = place.browser()
    place.enter(browser)
    user_id = people(place.door)["sara"]["user_id"]
    assert place.door.admin("POST", f"/api/v1/admin/people/{user_id}/invitation").status_code == 409


def test_whom_the_company_dropped_can_be_seen_off_here_too(place: Place) -> None:
    known(place, "timo", "haus")
    place.enter(place.browser())
    known(place, "timo")
    place.enter(place.browser())
    user_id = people(place.door)["timo"]["user_id"]
    assert place.door.admin("PATCH", f"/api/v1/admin/people/{user_id}", json={"left": True}).status_code == 200
    known(place, "timo", "haus")
    assert "geschlossen" in why(place.enter(place.browser()))


def test_signing_out_there_is_signing_out_here(place: Place) -> None:
    known(place, "ida", "haus")
    browser = place.browser()
    place.enter(browser)
    assert browser.who is not None
    place.company.sign_out()
    assert browser.who is None
    assert noted(place.door, "session.ended_by_company")


def test_signing_out_there_ends_what_was_begun_here(place: Place) -> None:
    known(place, "nele", "nova-betrieb", amr=["mfa"])
    strong = place.browser()
    place.enter(strong, again=True)
    begun = strong("POST", "/me/account/factor").json()["data"]
    app = pyotp.TOTP(begun["secret"])
    assert strong("PUT", "/me/account/factor", json={"step": begun["step"], "code": app.now()}).status_code == 200
    known(place, "nele", "nova-betrieb")
    weak = place.browser()
    step = parse_qs(urlsplit(place.enter(weak).headers["location"]).fragment)["schritt"][0]
    place.company.sign_out()
    assert weak.post("/sign-in/code", step=step, code=app.now()).status_code == 401


def test_keys_rotate(place: Place) -> None:
    known(place, "jana", "haus")
    for _ in range(3):
        place.company.tell(rotate=True)
        browser = place.browser()
        place.enter(browser)
        assert browser.who is not None


@pytest.mark.parametrize("spoil", ["audience", "issuer", "expired", "nonce", "unsigned"])
def test_a_spoilt_proof_is_none(place: Place, spoil: str) -> None:
    known(place, "karl", "haus")
    place.company.tell(spoil=spoil)
    browser = place.browser()
    assert "nicht gültig" in why(place.enter(browser))
    assert browser.who is None and "nova_session" not in browser.client.cookies


@pytest.mark.parametrize("spoil", ["early", "late"])
def test_clocks_may_differ_by_a_minute(place: Place, spoil: str) -> None:
    known(place, "lore", "haus")
    place.company.tell(spoil=spoil)
    browser = place.browser()
    place.enter(browser)
    assert browser.who is not None


def test_an_answer_counts_once_and_in_its_own_browser_only(place: Place) -> None:
    known(place, "mona", "haus")
    browser = place.browser()
    back = place.back(browser)
    thief = place.browser()
    assert why(thief.client.get(back))  # no step of its own
    assert browser.client.get(back).headers["location"] == "/fragen"
    browser.client.cookies.delete("nova_session")
    assert why(browser.client.get(back))  # the same answer again
    second = place.browser()
    begun = place.back(second)
    used = parse_qs(urlsplit(back).query)["code"][0]
    replayed = str(httpx.URL(begun).copy_set_param("code", used))
    assert "gilt nicht mehr" in why(second.client.get(replayed))  # an old code under a new sign-in
    assert second.who is None


def test_an_answer_of_another_provider_or_to_another_is_refused(place: Place) -> None:
    known(place, "nora", "haus")
    browser = place.browser()
    mixed = str(httpx.URL(place.back(browser)).copy_set_param("iss", "https://fremd.example"))
    assert "nicht von der Anmeldung" in why(browser.client.get(mixed))
    browser = place.browser()
    nameless = str(httpx.URL(place.back(browser)).copy_remove_param("iss"))
    assert "nicht von der Anmeldung" in why(browser.client.get(nameless))
    browser = place.browser()
    begun = browser("GET", "/sign-in/sso")
    foreign = str(httpx.URL(begun.headers["location"]).copy_set_param("client_id", "andere"))
    back = place.company.pass_through(foreign, place.address + BACK)
    assert why(browser.client.get(back))  # a code that was given to another program
    browser = place.browser()
    doubled = place.back(browser) + "&code=another"
    assert why(browser.client.get(doubled))
    assert browser.who is None


@pytest.mark.parametrize("name", ["state", "code", "iss", "error"])
@pytest.mark.parametrize(
    "value", ["ü", "\x00", "x" * 5000, "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "a\r\nSet-Cookie: b=c", ""]
)
def test_nothing_that_comes_back_breaks_the_sign_in(place: Place, name: str, value: str) -> None:
    known(place, "otto", "haus")
    browser = place.browser()
    changed = str(httpx.URL(place.back(browser)).copy_set_param(name, value))
    answer = browser.client.get(changed)
    assert why(answer) and browser.who is None
    assert "b" not in answer.cookies


def test_a_refusal_there_is_told_here(place: Place) -> None:
    place.company.tell(who=None)
    browser = place.browser()
    assert "abgelehnt (access_denied)" in why(place.enter(browser))


def test_nobody_else_ends_sessions(place: Place) -> None:
    known(place, "olga", "haus")
    browser = place.browser()
    place.enter(browser)
    now = int(time.time())
    claims = {
        "iss": place.company.issuer,
        "aud": "nova",
        "iat": now,
        "jti": "1",
        "sub": "sub-olga",
        "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
    }
    forged = jwt.encode({"alg": "RS256", "kid": "key-1"}, claims, RSAKey.generate_key(2048))
    for token in (forged, "unsinn", "a.b.c", ""):
        refused = httpx.post(f"{place.address}/api/v1/sign-in/sso/logout", data={"logout_token": token})
        assert refused.status_code == 400
    assert browser.who is not None


def test_without_a_company_there_is_no_such_way(database: Database, tmp_path: Path) -> None:
    with opened(database, tmp_path) as door:
        browser = browser_of(door)
        assert browser("GET", "/sign-in").json()["data"]["sso"] is None
        assert browser("GET", "/sign-in/sso").status_code == 404


def test_a_company_that_does_not_answer_is_told_and_stops_nobody_else(database: Database, tmp_path: Path) -> None:
    settings = {"NOVA_OIDC_ISSUER": "http://localhost:9", "NOVA_OIDC_CLIENT_ID": "nova"}
    with opened(database, tmp_path, **settings) as door:
        answer = browser_of(door).client.get("/api/v1/sign-in/sso", follow_redirects=False)
        assert "antwortet nicht" in why(answer)
        assert joined(door, "susi").who is not None
