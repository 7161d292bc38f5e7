"""An engine behind HTTP: `POST /batches` (with `Idempotency-Key`), `GET /metric`, `DELETE /batches/{key}`.

A batch is JSON: `{"key", "engine", "share", "columns": {name: sort}, "rows": [{...}]}`; the metric `{"value": number}`. No redirects, no
proxies; each call ends after the engine's own time.
"""

import json
from typing import Any
from urllib.parse import quote

import httpx

from nova.errors import InvalidInput, ServerAbsent
from nova.ports.engines import Package

MOST_ANSWER = 64 * 1024


class RestChannel:
    """`url` is where `/batches` lies below; `token` goes along as a bearer."""

    def __init__(self, url: str, seconds: float, token: str = "") -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._client = httpx.Client(base_url=url.rstrip("/"), timeout=seconds, headers=headers, follow_redirects=False, trust_env=False)

    def put(self, package: Package) -> None:
        """As the port says."""
        told = {
            "key": package.key,
            "engine": package.engine,
            "share": package.share,
            "columns": dict(package.columns),
            "rows": list(package.rows),
        }
        self._asked("POST", "/batches", content=json.dumps(told, ensure_ascii=False), key=f"{package.key}:{package.share}")

    def metric(self) -> float | None:
        """As the port says."""
        try:
            value = json.loads(self._asked("GET", "/metric")[:MOST_ANSWER]).get("value")
        except (ValueError, AttributeError) as error:
            raise InvalidInput("Die Engine nennt keine Kennzahl, die sich lesen lässt.") from error
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

    def take_back(self, key: str) -> None:
        """As the port says."""
        self._asked("DELETE", f"/batches/{quote(key, safe='')}", gone=True)

    def close(self) -> None:
        """As the port says."""
        self._client.close()

    def _asked(self, method: str, path: str, *, content: str | None = None, key: str | None = None, gone: bool = False) -> str:
        headers: dict[str, str] = {} if content is None else {"Content-Type": "application/json", "Idempotency-Key": key or ""}
        try:
            answer: Any = self._client.request(method, path, content=content, headers=headers)
        except httpx.TimeoutException as error:
            raise ServerAbsent("Die Engine antwortet nicht rechtzeitig.") from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise ServerAbsent("Die Engine ist nicht erreichbar.") from error
        if answer.status_code >= 500 or answer.status_code in (408, 425, 429):
            raise ServerAbsent(f"Die Engine antwortet mit {answer.status_code}.")
        if answer.status_code >= 300 and not (gone and answer.status_code == 404):
            raise InvalidInput(f"Die Engine nimmt das nicht an ({answer.status_code}).")
        return str(answer.text)
