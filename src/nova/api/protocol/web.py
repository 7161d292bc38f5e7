"""The built web app: a path in, a file of it out. Hashed assets may be kept for ever, pages never; unknown pages are the app's own."""

from importlib.resources import files
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

SWAGGER = Path(str(files("nova.api"))) / "static" / "swagger"
WEBUI = Path(str(files("nova"))) / "webui"
FOREVER = "public, max-age=31536000, immutable"
NOT_BUILT = """<!doctype html>
<html lang="de"><head><meta charset="utf-8"><title>Nova</title></head>
<body><h1>Nova läuft</h1>
<p>Die Weboberfläche ist in dieser Installation nicht enthalten.
Die Schnittstelle ist unter <a href="/api/v1/docs">/api/v1/docs</a> beschrieben.</p>
</body></html>"""
_API = ("/api/", "/v1/")


class WebApp:
    """Answers every path that no route knows."""

    def __init__(self, folder: Path = WEBUI) -> None:
        self._index = folder / "index.html"
        self._files = StaticFiles(directory=folder) if self._index.is_file() else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a file, the app's page, or 404."""
        if scope["type"] != "http":
            return
        scope["nova_route"] = "(web)"
        response = await self._response(Request(scope))
        await response(scope, receive, send)

    async def _response(self, request: Request) -> Response:
        path = request.url.path
        if path.startswith(_API) or path in {"/api", "/v1"}:
            scope_route(request, "(none)")
            raise HTTPException(404)
        if request.method not in {"GET", "HEAD"}:
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        if self._files is None:
            return HTMLResponse(NOT_BUILT, headers={"Cache-Control": "no-cache"})
        return await self._file(self._files, request, path.lstrip("/"))

    async def _file(self, files: StaticFiles, request: Request, path: str) -> Response:
        try:
            response = await files.get_response(path or "index.html", request.scope)
        except HTTPException:
            if path.startswith("assets/") or "." in path.rsplit("/", 1)[-1]:
                raise
            response = await files.get_response("index.html", request.scope)
        response.headers["Cache-Control"] = FOREVER if path.startswith("assets/") else "no-cache"
        return response


def scope_route(request: Request, name: str) -> None:
    """Under which name this request is counted."""
    request.scope["nova_route"] = name
