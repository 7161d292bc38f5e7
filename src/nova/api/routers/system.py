"""What runs here, is it alive, its figures for Prometheus, and the description of this API."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from nova.api.doors import DoorRoute, InHouse, admit_reader
from nova.api.info import system_info
from nova.api.models.system import Alive, SystemInfo
from nova.api.protocol.envelope import Envelope, ok
from nova.api.protocol.web import SWAGGER

router = APIRouter(tags=["System"], route_class=DoorRoute)
DocsFile = Literal["swagger-ui.css", "swagger-ui-bundle.js", "nova.js"]


@router.get("/api/v1/system/info", response_model=Envelope[SystemInfo], summary="Was hier läuft")
def get_info(house: InHouse) -> Response:
    """Versions, models and limits; open, so that a health check can ask."""
    return ok(system_info(house))


@router.get("/healthz", response_model=Envelope[Alive], summary="Lebt der Dienst?")
async def get_liveness() -> Response:
    """Says only that requests are answered."""
    return ok({"alive": True})


@router.get("/metrics", response_class=Response, summary="Zahlen für Prometheus", responses={200: {"content": {"text/plain": {}}}})
async def get_metrics(request: Request, house: InHouse) -> Response:
    """Open where only this machine can reach Nova, else for the operator and NOVA_METRICS_KEY."""
    await admit_reader(request, house)
    return Response(await house.metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")


@router.get("/api/v1/openapi.json", include_in_schema=False)
async def get_openapi(request: Request) -> Response:
    """The description of this API."""
    return JSONResponse(request.app.openapi())


@router.get("/api/v1/docs", include_in_schema=False)
async def get_docs() -> Response:
    """Swagger UI, served from here."""
    return FileResponse(SWAGGER / "index.html", headers={"Cache-Control": "no-cache"})


@router.get("/api/v1/docs/{name}", include_in_schema=False)
async def get_docs_file(name: Annotated[DocsFile, Path()]) -> Response:
    """Its parts."""
    return FileResponse(SWAGGER / name, headers={"Cache-Control": "max-age=86400"})
