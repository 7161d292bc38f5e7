"""Calls to a running Nova in, the `data` of its answers out; an error answer becomes the error it names."""

import json
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx

from nova import errors

BASE = "/api/v1"
PATIENCE = httpx.Timeout(120.0, connect=5.0)
MOST_WAITS = 60
NAMED: dict[str, type[errors.NovaError]] = {
    kind.code: kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.NovaError)
}


class Client:
    """A signed-in door to one Nova."""

    def __init__(self, address: str, key: str, transport: httpx.BaseTransport | None = None, *, token: str = "") -> None:
        """`token`: a person's, in place of the operator's key."""
        self.address = address
        headers = {"Authorization": f"Bearer {token}"} if token else {"X-Admin-Key": key}
        self._http = httpx.Client(base_url=address, headers=headers, timeout=PATIENCE, trust_env=False, transport=transport)

    def get(self, path: str, **query: Any) -> Any:
        """Read something."""
        return self._call("GET", path, params={name: value for name, value in query.items() if value is not None})

    def post(self, path: str, body: Any = None, **query: Any) -> Any:
        """Ask for something with a JSON body."""
        return self._call("POST", path, json=body, params={name: value for name, value in query.items() if value is not None})

    def put(self, path: str, body: Any) -> Any:
        """Replace something."""
        return self._call("PUT", path, json=body)

    def patch(self, path: str, body: Any) -> Any:
        """Change a part of something."""
        return self._call("PATCH", path, json=body)

    def delete(self, path: str, **query: Any) -> Any:
        """Remove something; a path may bring its query along."""
        return self._call("DELETE", path, **({"params": query} if query else {}))

    def upload(self, path: Path, fields: Mapping[str, Any], to: str = "/ingest/doc") -> Any:
        """Send one file, to the intake of documents or elsewhere."""
        for _ in range(MOST_WAITS):
            with path.open("rb") as file:
                answer = self._send("POST", to, files={"file": (path.name, file)}, data=dict(fields))
            if answer.status_code != httpx.codes.TOO_MANY_REQUESTS:
                break
            _wait(answer)
        return data_of(answer)

    def health(self) -> Any:
        """The health report, also when it says that something failed (503 with a report)."""
        return self.get("/admin/health")

    def look(self, path: str, headers: Mapping[str, str]) -> tuple[int, Mapping[str, str]]:
        """What an open address answers to these headers: the status and the headers (names in small letters)."""
        try:
            answer = self._http.get(path, headers=dict(headers))
        except httpx.HTTPError as error:
            raise errors.ServerAbsent(f"Nova unter {self.address} antwortet nicht ({type(error).__name__}).") from error
        return answer.status_code, dict(answer.headers)

    def events(self, body: Any) -> Iterator[tuple[str, Any]]:
        """Ask, and give each server-sent event as (name, value)."""
        with self._http.stream("POST", f"{BASE}/rag/ask", json={**body, "stream": True}) as answer:
            if not answer.is_success:
                answer.read()
                data_of(answer)
            name = ""
            for row in answer.iter_lines():
                if row.startswith("event:"):
                    name = row.removeprefix("event:").strip()
                elif row.startswith("data:"):
                    yield name, json.loads(row.removeprefix("data:"))

    def download(self, path: str, query: Mapping[str, Any]) -> Iterator[bytes]:
        """A file piece by piece; ServerAbsent also when it breaks off."""
        try:
            with self._http.stream("GET", f"{BASE}{path}", params=dict(query)) as answer:
                if not answer.is_success:
                    answer.read()
                    data_of(answer)
                yield from answer.iter_bytes()
        except httpx.HTTPError as error:
            raise errors.ServerAbsent(f"Nova unter {self.address} antwortet nicht ({type(error).__name__}).") from error

    def close(self) -> None:
        """Hang up."""
        self._http.close()

    def _call(self, method: str, path: str, **parts: Any) -> Any:
        for _ in range(MOST_WAITS):
            answer = self._send(method, path, **parts)
            if answer.status_code != httpx.codes.TOO_MANY_REQUESTS:
                break
            _wait(answer)
        return data_of(answer)

    def _send(self, method: str, path: str, **parts: Any) -> httpx.Response:
        try:
            return self._http.request(method, f"{BASE}{path}", **parts)
        except httpx.HTTPError as error:
            raise errors.ServerAbsent(f"Nova unter {self.address} antwortet nicht ({type(error).__name__}).") from error


def _wait(answer: httpx.Response) -> None:
    time.sleep(min(60.0, max(0.2, float(answer.headers.get("Retry-After", "1")))))


def data_of(answer: httpx.Response) -> Any:
    """The answer's data; raises the error that the answer names."""
    try:
        body = answer.json()
        data, status, message = body["data"], body["status"], body["message"]
    except (ValueError, KeyError, TypeError):
        raise errors.ServerAbsent(f"Die Adresse {answer.url.host} hat geantwortet, ist aber kein Nova.") from None
    if status == "ok":
        return data
    code = str((data or {}).get("code", "internal"))
    raise NAMED.get(code, errors.NovaError)(_in_full(message, data or {}), data=data)


def _in_full(message: str, data: Mapping[str, Any]) -> str:
    fields = [field for field in data.get("fields") or [] if field["message"] not in message]
    return " ".join([message, *dict.fromkeys(f"{field['field']}: {field['message']}" for field in fields)])
