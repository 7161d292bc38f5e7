"""A Grafana server's address and token in, dashboards put there out.

`GET /api/folders/:uid` (404: none), `POST /api/folders` {uid, title}; `GET /api/dashboards/uid/:uid` (404: none) gives {dashboard, meta};
`POST /api/dashboards/db` {dashboard, folderUid, overwrite, message} gives {uid, url, version}. 400: refused, also for one that Grafana was
given by file ("provisioned"); 401: no or a wrong token; 403: a token without the right; 404: no such folder; 412: `status` is
"version-mismatch" (changed there) or "name-exists". Source: Grafana's documentation, "Dashboard HTTP API" and "Folder HTTP API".
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import quote

import httpx

from nova.engines.bounded import BoundedTransport, Bounds, TooMuch
from nova.errors import Conflict, Misconfigured, ServerAbsent

CONNECT_S, TOTAL_S = 5.0, 30.0
MAX_ANSWER = 16 * 1024**2
UNCOMPARED = ("id", "version")  # Grafana's own


@dataclass(frozen=True, slots=True)
class DashboardStatus:
    """A dashboard that is there: its uid, its address on the server, its version, and whether anything changed."""

    uid: str
    url: str
    version: int
    changed: bool


class Grafana:
    """One server."""

    def __init__(self, url: str, token: str) -> None:
        """Nothing is asked yet."""
        self._url = url.rstrip("/")
        transport = BoundedTransport(Bounds(connect_s=CONNECT_S, max_bytes=MAX_ANSWER), tls=url.startswith("https:"))
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        self._http = httpx.Client(transport=transport, headers=headers, timeout=httpx.Timeout(TOTAL_S, connect=CONNECT_S), trust_env=False)

    def close(self) -> None:
        """Let go of the connection."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ensure_folder(self, uid: str, title: str) -> bool:
        """Make the folder unless it is there; whether it was made. Raises as `push`."""
        if self._get(f"/api/folders/{quote(uid, safe='')}") is not None:
            return False
        response = self._send("POST", "/api/folders", {"uid": uid, "title": title})
        if response.status_code in (409, 412):  # somebody made it just now, or the title is taken
            if self._get(f"/api/folders/{quote(uid, safe='')}") is not None:
                return False
            raise Conflict(f"In Grafana gibt es schon etwas mit dem Namen „{title}“: {_said(response)}.")
        self._object(response)
        return True

    def push(self, dashboard: Mapping[str, Any], folder: str, *, overwrite: bool = False, message: str = "") -> DashboardStatus:
        """Put a dashboard into a folder, unless it is there as it is.

        Raises Conflict when it is there otherwise (and `overwrite` is False) or when Grafana has it from a file, Misconfigured for a wrong
        token or folder, ServerAbsent.
        """
        uid = str(dashboard["uid"])
        there = self._get(f"/api/dashboards/uid/{quote(uid, safe='')}")
        if there is not None and _same(there, dashboard, folder):
            return DashboardStatus(
                uid, self._address(there.get("meta", {}).get("url", "")), int(there["dashboard"].get("version", 0)), changed=False
            )
        model = {**{name: value for name, value in dashboard.items() if name not in UNCOMPARED}, "id": None}
        body = {"dashboard": model, "folderUid": folder, "overwrite": overwrite, "message": message}
        response = self._send("POST", "/api/dashboards/db", body)
        self._refused(response, uid, folder)
        found = self._object(response)
        return DashboardStatus(uid, self._address(str(found.get("url", ""))), int(found.get("version", 0)), changed=True)

    def _refused(self, response: httpx.Response, uid: str, folder: str) -> None:
        said = _said(response)
        if response.status_code == 412:
            raise Conflict(f"Die Tafel „{uid}“ sieht in Grafana anders aus: {said}. Mit --overwrite wird sie ersetzt.")
        if response.status_code in (400, 404) and "folder" in said.lower():
            raise Misconfigured(f"Grafana kennt den Ordner „{folder}“ nicht: {said}.")
        if response.status_code == 400:
            hint = " Sie kommt aus einer Datei; dort ist sie zu ändern." if "provisioned" in said.lower() else ""
            raise Conflict(f"Grafana nimmt die Tafel „{uid}“ nicht an: {said}.{hint}")

    def _get(self, path: str) -> Mapping[str, Any] | None:
        """A thing, or None where there is none."""
        response = self._send("GET", path)
        return None if response.status_code == 404 and _is_grafanas(response) else self._object(response)

    def _send(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> httpx.Response:
        with self._faults():
            response = self._http.request(method, self._url + path, json=body)
        if response.status_code == 401:
            raise Misconfigured(f"{self._name} nimmt den Token nicht an. Prüfen Sie NOVA_GRAFANA_TOKEN.")
        if response.status_code == 403:
            raise Misconfigured(f"{self._name}: Der Token darf das nicht. Sein Dienstkonto braucht die Rolle Editor.")
        return response

    def _object(self, response: httpx.Response) -> Mapping[str, Any]:
        if not response.is_success:
            said = _said(response)
            raise ServerAbsent(f"{self._name} antwortet mit {response.status_code}{': ' + said if said else ''}.")
        value = _json(response)
        if value is None:
            raise ServerAbsent(f"{self._name} antwortet unverständlich. Ist das die Adresse eines Grafana?")
        return value

    @property
    def _name(self) -> str:
        """The server for messages, without user name, password or query."""
        return f"Grafana unter {httpx.URL(self._url).copy_with(userinfo=b'', query=None)}"

    def _address(self, path: str) -> str:
        """Where a dashboard is seen; Grafana's path already holds its own prefix."""
        return str(httpx.URL(self._url).copy_with(userinfo=b"", query=None, path="/").join(path)) if path.startswith("/") else ""

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise ServerAbsent(f"{self._name} ist nicht erreichbar.") from error
        except httpx.TimeoutException as error:
            raise ServerAbsent(f"{self._name} antwortet nicht rechtzeitig.") from error
        except TooMuch as error:
            raise ServerAbsent(f"{self._name} sendet eine Antwort, die kein Ende hat.") from error
        except httpx.HTTPError as error:
            raise ServerAbsent(f"{self._name} hat die Verbindung abgebrochen.") from error


def _same(there: Mapping[str, Any], dashboard: Mapping[str, Any], folder: str) -> bool:
    """Whether what is there says what we say, in the same folder."""
    found, meta = there.get("dashboard"), there.get("meta", {})
    if not isinstance(found, dict) or not isinstance(meta, dict) or meta.get("folderUid", "") != folder:
        return False
    return _plain(found) == _plain(dashboard)


def _plain(dashboard: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in dashboard.items() if name not in UNCOMPARED}


def _json(response: httpx.Response) -> dict[str, Any] | None:
    try:
        value = json.loads(response.content)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _is_grafanas(response: httpx.Response) -> bool:
    """Whether an answer is in Grafana's form, and not some other server's page."""
    return isinstance((_json(response) or {}).get("message"), str)


def _said(response: httpx.Response) -> str:
    """An error's words in one short line."""
    text = str((_json(response) or {}).get("message", ""))
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:200].rstrip(".")
