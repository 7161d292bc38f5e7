"""An open Nova in, its HTTP application out."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI

from nova import __version__
from nova.answers.emergency import judge
from nova.api.doors import House
from nova.api.gauges import door_gauges
from nova.api.limits.budgets import Budgets
from nova.api.limits.presence import Presence
from nova.api.limits.rates import Pace, Rates
from nova.api.limits.rooms import rooms
from nova.api.limits.shares import Shares
from nova.api.limits.words import Words
from nova.api.live import Live
from nova.api.openapi import describe
from nova.api.protocol.errors import handle_errors
from nova.api.protocol.methods import Methods
from nova.api.protocol.metrics import Metrics
from nova.api.protocol.middleware import Guarded, Traced
from nova.api.protocol.web import WebApp
from nova.api.routers import (
    admin,
    answers,
    audit,
    chat,
    conversations,
    data,
    energy,
    handovers,
    hook,
    ingest,
    items,
    jobs,
    passages,
    recommend,
    seeding,
    service,
    snapshots,
    system,
    telemetry,
    train_reviews,
    uses,
)
from nova.api.routers.people import approvals, consents, me, own_account, privacy, rights, session, sign_in, sso, staff
from nova.api.routers.quality import alerts, gaps, kpi, learning, prompts, reports, review, second_opinions
from nova.api.routers.training import datasets as training_datasets
from nova.api.routers.training import keys as training_keys
from nova.api.routers.training import runs as training_runs
from nova.api.tail import Tail
from nova.api.urgent import keeping_room, watch_room
from nova.api.views.watching import services_view
from nova.governance.identity import Identities
from nova.recent import Recent
from nova.settings import Settings
from nova.wiring.cases import cases_of
from nova.wiring.watching import gauges_of

if TYPE_CHECKING:
    from nova.wiring import Nova
STORED_S = 3.0


def create_app(nova: "Nova") -> FastAPI:
    """The application for this Nova; serve it with one worker process. The caller closes `nova` afterwards."""
    settings, metrics, lines, rates = nova.settings, Metrics(), rooms(nova.settings), Rates(nova.settings)
    cases = cases_of(nova)
    app = bare_app(settings, metrics)
    identities = Identities(nova.db, nova.admin_key, nova.token_key, session_hours=settings.NOVA_SESSION_HOURS)
    house = House(
        nova=nova,
        cases=cases,
        identities=identities,
        presence=Presence(nova.db.listen, identities),
        rates=rates,
        brake=Pace.of_refusals(),
        paces={"light": Pace.of_rate(rates.default), "costly": Pace.of_costly(), "upload": Pace.of_uploads()},
        rooms=lines,
        shares=Shares(Budgets(settings), lines.costly, nova.jobs, metrics),
        live=Live(nova.jobs, lambda: services_view(cases.operation.health.report())),
        metrics=metrics,
        stored=Recent(cases.people.installation_figures.stored, STORED_S),
        tail=Tail(cases.energy.newest_values.of),
        words=Words(settings),
        watch=watch_room(),
        keeping=keeping_room(),
    )
    judge("Es riecht nach Gas.")  # what it is judged by is read now, not with the first message
    metrics.watch([*gauges_of(nova), *door_gauges(house)])
    app.state.house = house
    return app


def bare_app(settings: Settings, metrics: Metrics) -> FastAPI:
    """Routes, middlewares and error answers, without anything open behind them (enough to describe the API)."""
    app = FastAPI(
        title="Nova",
        version=__version__,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan,
        generate_unique_id_function=lambda route: route.name,
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    routers = all_routers()
    for router in routers:
        app.include_router(router)
    app.router.default = WebApp()
    app.openapi = partial(describe, app, routers)  # type: ignore[method-assign]
    handle_errors(app)
    app.add_middleware(Guarded, settings=settings, methods=Methods(routers))
    app.add_middleware(Traced, metrics=metrics)
    _trust_proxies(app, settings.NOVA_PROXIES)
    return app


def all_routers() -> tuple[APIRouter, ...]:
    """Every router, in the order of the description."""
    parts = (
        answers,
        ingest,
        items,
        jobs,
        admin,
        audit,
        passages,  # before the conversation of a name
        conversations,
        snapshots,
        telemetry,
        data,
        energy,
        review,
        second_opinions,
        kpi,
        gaps,
        alerts,
        learning,
        prompts,
        recommend,
        seeding,
        training_datasets,
        training_runs,
        training_keys,
        uses,
        train_reviews,
        reports,
        session,
        sign_in,
        sso,
        own_account,
        staff,
        approvals,
        service,
        system,
        chat,
        handovers,
        hook,
        me,
        rights,
        consents,
        privacy,
    )
    return tuple(part.router for part in parts)


def _trust_proxies(app: FastAPI, proxies: Iterable[str]) -> None:
    trusted = list(proxies)
    if trusted:
        from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=trusted)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.house.live.close()
    app.state.house.tail.close()
