"""A Grafana small enough to read: folders and dashboards in memory, with the refusals that its HTTP API documents.

401 without the token, 403 for a token that may only look, 404 for a folder that is not there, 412 with `status` "version-mismatch" for a
dashboard that was changed and "name-exists" for a title that is taken in the folder, 400 for one that comes from a file.
Source: Grafana's documentation, "Dashboard HTTP API" and "Folder HTTP API".
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from tests.fakes.http import Quiet, Server

TOKEN = "glsa_test"
VIEWER = "glsa_viewer"
Answer = tuple[int, dict[str, Any]]


@dataclass
class Kept:
    """A dashboard as Grafana keeps it."""

    model: dict[str, Any]
    folder: str
    version: int
    provisioned: bool = False


@dataclass
class FakeGrafana:
    """What it holds, and what it was asked."""

    address: str = ""
    folders: dict[str, str] = field(default_factory=dict)
    boards: dict[str, Kept] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    broken: int = 0

    def change(self, uid: str, **values: Any) -> None:
        """Somebody changes a dashboard in the browser."""
        self.boards[uid].model |= values
        self.boards[uid].version += 1

    def answer(self, method: str, path: str, token: str, body: dict[str, Any]) -> Answer:
        """What the server says to a request."""
        self.asked.append((method, path))
        if self.broken:
            return self.broken, {"message": "An unexpected error happened"}
        if token not in (TOKEN, VIEWER):
            return 401, {"message": "Invalid API key"}
        if method == "POST" and token == VIEWER:
            return 403, {"message": "You'll need additional permissions to perform this action."}
        parts = [unquote(part) for part in path.strip("/").split("/")]
        if method == "POST" and parts == ["api", "folders"]:
            return self._make_folder(body)
        if method == "POST" and parts == ["api", "dashboards", "db"]:
            return self._save(body)
        if method == "GET" and parts[:2] == ["api", "folders"] and len(parts) == 3:
            return self._folder(parts[2])
        if method == "GET" and parts[:3] == ["api", "dashboards", "uid"] and len(parts) == 4:
            return self._board(parts[3])
        return 404, {"message": "Not found"}

    def _folder(self, uid: str) -> Answer:
        if uid not in self.folders:
            return 404, {"message": "folder not found", "status": "not-found"}
        return 200, {"uid": uid, "title": self.folders[uid], "version": 1}

    def _make_folder(self, body: dict[str, Any]) -> Answer:
        if not body.get("title"):
            return 400, {"message": "folder title cannot be empty"}
        if body["uid"] in self.folders:
            return 409, {"message": "a folder with the same uid already exists"}
        if body["title"] in self.folders.values():
            return 412, {"message": "a folder with the same name already exists in the current location", "status": "name-exists"}
        self.folders[body["uid"]] = body["title"]
        return 200, {"uid": body["uid"], "title": body["title"], "version": 1}

    def _board(self, uid: str) -> Answer:
        kept = self.boards.get(uid)
        if kept is None:
            return 404, {"message": "Dashboard not found"}
        meta = {"folderUid": kept.folder, "url": f"/d/{uid}/board", "version": kept.version, "provisioned": kept.provisioned}
        return 200, {"dashboard": {**kept.model, "id": 7, "version": kept.version}, "meta": meta}

    def _save(self, body: dict[str, Any]) -> Answer:
        model, folder = body["dashboard"], body.get("folderUid", "")
        if not model.get("title"):
            return 400, {"message": "Dashboard title cannot be empty"}
        if folder and folder not in self.folders:
            return 404, {"message": "folder not found", "status": "not-found"}
        kept = self.boards.get(model["uid"])
        if kept and kept.provisioned:
            return 400, {"message": "Cannot save provisioned dashboard"}
        if not body.get("overwrite"):
            if kept and kept.version != model.get("version", 0):
                return 412, {"message": "The dashboard has been changed by someone else", "status": "version-mismatch"}
            if any(
                one.folder == folder and one.model["title"] == model["title"] for uid, one in self.boards.items() if uid != model["uid"]
            ):
                return 412, {"message": "A dashboard with the same name in the folder already exists", "status": "name-exists"}
        version = kept.version + 1 if kept else 1
        self.boards[model["uid"]] = Kept({name: value for name, value in model.items() if name not in ("id", "version")}, folder, version)
        self.messages.append(body.get("message", ""))
        return 200, {"id": 7, "uid": model["uid"], "url": f"/d/{model['uid']}/board", "status": "success", "version": version}


@contextmanager
def serving() -> Iterator[FakeGrafana]:
    """A Grafana on a port of loopback, until the block ends."""
    fake = FakeGrafana()

    class Handler(Quiet):
        def do_GET(self) -> None:
            self._reply("GET", {})

        def do_POST(self) -> None:
            self._reply("POST", json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def _reply(self, method: str, body: dict[str, Any]) -> None:
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            status, said = fake.answer(method, self.path, token, body)
            self.send(status, json.dumps(said).encode(), {"Content-Type": "application/json; charset=UTF-8"})

    server = Server(Handler)
    server.start()
    fake.address = server.address
    try:
        yield fake
    finally:
        server.stop()
