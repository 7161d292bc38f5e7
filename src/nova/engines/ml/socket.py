"""An engine behind a WebSocket: one JSON message a question, one answer (`{"ok": true, "value": number}` or `{"error": text}`).

Questions are `{"op": "put", "key", "engine", "share", "columns", "rows"}`, `{"op": "metric"}` and `{"op": "take_back", "key"}`.
"""

import json
from typing import Any

from websockets.exceptions import InvalidURI, WebSocketException
from websockets.sync.client import ClientConnection, connect

from nova.errors import InvalidInput, ServerAbsent
from nova.ports.engines import Package

MOST_ANSWER = 64 * 1024


class SocketChannel:
    """`url` is `ws://` or `wss://`; it is connected to with the first question."""

    def __init__(self, url: str, seconds: float) -> None:
        self._url, self._seconds = url, seconds
        self._open: ClientConnection | None = None

    def put(self, package: Package) -> None:
        """As the port says."""
        told = {"key": package.key, "engine": package.engine, "share": package.share, "columns": dict(package.columns)}
        self._asked({"op": "put", **told, "rows": list(package.rows)})

    def metric(self) -> float | None:
        """As the port says."""
        value = self._asked({"op": "metric"}).get("value")
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

    def take_back(self, key: str) -> None:
        """As the port says."""
        self._asked({"op": "take_back", "key": key})

    def close(self) -> None:
        """As the port says."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def _asked(self, question: dict[str, Any]) -> dict[str, Any]:
        try:
            if self._open is None:
                self._open = connect(self._url, open_timeout=self._seconds, close_timeout=self._seconds, max_size=MOST_ANSWER, proxy=None)
            self._open.send(json.dumps(question, ensure_ascii=False))
            told = json.loads(self._open.recv(timeout=self._seconds))
        except TimeoutError as error:
            raise ServerAbsent("Die Engine antwortet nicht rechtzeitig.") from error
        except InvalidURI as error:
            raise InvalidInput("Die Adresse der Engine beginnt mit ws:// oder wss://.") from error
        except (WebSocketException, OSError) as error:
            raise ServerAbsent("Die Engine ist nicht erreichbar.") from error
        except ValueError as error:
            raise InvalidInput("Die Engine antwortet mit etwas, das kein JSON ist.") from error
        if not isinstance(told, dict) or "error" in told:
            raise InvalidInput("Die Engine nimmt das nicht an.")
        return told
