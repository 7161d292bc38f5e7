"""Meters, readings, prices and signals: charts, figures, files in and out, feeds and the simulator."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from nova.api import deliveries
from nova.api.doors import Costly, DoorRoute, ForData, ForPeople, InHouse, SignedIn, Uploading, for_data, for_people, signed_in
from nova.api.models import data as shapes
from nova.api.models import figures
from nova.api.models import owning as whose
from nova.api.models.common import Deleted
from nova.api.protocol.envelope import Envelope, ok
from nova.api.views import series as views
from nova.energy.delivery.push import COLUMNS

router = APIRouter(prefix="/api/v1", tags=["Daten"], route_class=DoorRoute)
MEMBER, DATA, PEOPLE = [Depends(signed_in)], [Depends(for_data)], [Depends(for_people)]
MeterId = Annotated[shapes.MeterId, Path()]
STREAM: dict[int | str, dict[str, Any]] = {200: {"content": {"text/event-stream": {}}, "description": "`readings`, `prices`, `feed`."}}
FILE: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {}, "application/json": {}, "application/vnd.apache.parquet": {}}}}
STILL: dict[int | str, dict[str, Any]] = {202: {"model": Envelope[shapes.Imported], "description": "Das Lesen läuft noch."}}
BACK: dict[int | str, dict[str, Any]] = {202: {"model": Envelope[whose.TakenBack], "description": "Das Zurücknehmen läuft noch."}}
ROWS = {"type": "array", "minItems": 1, "items": {"type": "object", "properties": {name: {} for name in COLUMNS}}}
BODY = {"requestBody": {"required": True, "content": {"application/json": {"schema": ROWS}, "text/csv": {"schema": {"type": "string"}}}}}


@router.get("/data/smart_meter", response_model=Envelope[shapes.MeterSeries], include_in_schema=False)
@router.get("/data/smartmeter", response_model=Envelope[shapes.MeterSeries], summary="Lastgang eines Zählers")
async def get_smartmeter(house: InHouse, by: Costly, asked: Annotated[shapes.MeterRange, Query()]) -> Response:
    """At most 2,000 buckets with least, mean and greatest power; the range's peak is always in them."""
    drawn = house.cases.energy.charts.meter
    return await by.run(lambda: ok(views.meter_chart_view(drawn(by.caller, asked.meter_id, asked.window, voltage=asked.voltage))))


@router.get("/data/market_prices", response_model=Envelope[shapes.PriceSeries], include_in_schema=False)
@router.get("/data/market", response_model=Envelope[shapes.PriceSeries], summary="Preise eines Produkts")
async def get_market(house: InHouse, by: Costly, asked: Annotated[shapes.MarketRange, Query()]) -> Response:
    """At most 2,000 buckets; BASE and PEAK are derived from day-ahead where nobody delivers them."""
    return await by.run(lambda: ok(views.price_chart_view(*house.cases.energy.charts.market(asked.wanted, asked.window))))


@router.get("/data/products", response_model=Envelope[shapes.ProductList], summary="Handelbare Produkte", dependencies=MEMBER)
def list_products(house: InHouse) -> Response:
    """What is stored of markets, and BASE and PEAK where they can be derived."""
    return ok(views.products_view(house.cases.energy.charts.products()))


@router.get("/data/signals", response_model=Envelope[shapes.SignalSeries], summary="Netzlast, Erzeugung, Wetter")
async def get_signals(house: InHouse, by: Costly, asked: Annotated[shapes.SignalRange, Query()]) -> Response:
    """At most 2,000 buckets of a signal such as `load_mw`."""
    drawn = house.cases.energy.charts.signal
    return await by.run(lambda: ok(views.signal_chart_view(asked.signal, asked.zone, drawn(asked.signal, asked.zone, asked.window))))


@router.get("/data/meters", response_model=Envelope[shapes.MeterList], summary="Zähler des Unternehmens und eigene")
def list_meters(house: InHouse, who: SignedIn, filters: Annotated[shapes.MeterFilters, Query()]) -> Response:
    """With the newest reading and what is missing of the last seven days."""
    return ok(views.meters_view(*house.cases.energy.meters.page(who, filters.wanted, filters.limit, filters.offset)))


@router.get("/data/meters/{meter_id}", response_model=Envelope[shapes.MeterDetail], summary="Ein Zähler mit seinen Lücken")
async def get_meter(house: InHouse, by: Costly, meter_id: MeterId) -> Response:
    """Gaps of the last seven days."""
    return await by.run(lambda: ok(views.meter_view(house.cases.energy.meters.one(by.caller, meter_id))))


@router.patch("/data/meters/{meter_id}", response_model=Envelope[shapes.MeterDetail], summary="Einen Zähler ändern")
def change_meter(house: InHouse, who: ForData, meter_id: MeterId, body: shapes.MeterChange) -> Response:
    """Title, kind, owner, how long its readings are kept, and its facts: tariff, plant, place."""
    return ok(views.meter_view(house.cases.energy.meters.change(who, meter_id, body.given)))


@router.get(
    "/data/meters/{meter_id}/assignments",
    response_model=Envelope[whose.AssignmentList],
    summary="Wem ein Zähler gehört",
    dependencies=PEOPLE,
)
def get_assignments(house: InHouse, meter_id: MeterId) -> Response:
    """Whose it was, is and will be; in between it is the company's."""
    return ok(views.assignments_view(meter_id, house.cases.energy.meter_assignments.of(meter_id)))


@router.put("/data/meters/{meter_id}/assignments", response_model=Envelope[whose.AssignmentList], summary="Einen Zähler zuordnen")
def assign_meter(house: InHouse, who: ForPeople, meter_id: MeterId, body: whose.Assignments) -> Response:
    """Replaces all of them; a meter that nobody knows is made, an empty list makes it the company's. Readings belong to who has it then."""
    return ok(views.assignments_view(meter_id, house.cases.energy.meter_assignments.replace(who, meter_id, body.wanted)))


@router.delete("/data/meters/{meter_id}", response_model=Envelope[Deleted], summary="Einen Zähler mit allen Messwerten löschen")
def delete_meter(house: InHouse, who: ForPeople, meter_id: MeterId) -> Response:
    """Readings with their earlier versions, forecasts, schedules and recommendations go with it."""
    house.cases.energy.meters.delete(who, meter_id)
    return ok({"deleted": True})


@router.get("/data/figures", response_model=Envelope[figures.FigureList], summary="Kennzahlen eines Zählers")
async def get_figures(house: InHouse, by: Costly, asked: Annotated[figures.FigureRange, Query()]) -> Response:
    """Energy, peak, load factor, base load, costs by the tariff in force, own use, gaps, what was to be expected; at most 400 days."""
    return await by.run(lambda: ok(views.figures_view(house.cases.energy.key_figures.of(by.caller, asked.wanted))))


@router.get("/data/prices", response_model=Envelope[figures.PriceFigureData], summary="Kennzahlen der Börsenpreise")
async def get_price_figures(house: InHouse, by: Costly, asked: Annotated[figures.PriceFigureRange, Query()]) -> Response:
    """The price now, BASE and PEAK, and the cheapest hours at a stretch of what is left of a range."""
    return await by.run(
        lambda: ok(views.price_figures_view(house.cases.energy.key_figures.prices(asked.wanted, asked.window, asked.hours)))
    )


@router.get("/data/live", response_class=Response, responses=STREAM, summary="Neue Werte, laufend")
async def stream_data(house: InHouse, who: SignedIn) -> Response:
    """Server-sent events: the newest reading of each meter, how far prices reach and, for the operator, feeds."""
    return house.tail.stream(who)


@router.post("/data/readings", response_model=Envelope[shapes.Pushed], summary="Messwerte senden", dependencies=DATA, openapi_extra=BODY)
async def push_readings(house: InHouse, by: Costly, request: Request) -> Response:
    """A JSON list of rows, or CSV as a file would have it; the same again changes nothing."""
    return await deliveries.pushed(house, by, request)


@router.post(
    "/data/import", response_model=Envelope[shapes.Imported], status_code=201, responses=STILL, summary="Datei mit Messwerten aufnehmen"
)
async def import_file(house: InHouse, by: Uploading, form: Annotated[shapes.ImportForm, File()]) -> Response:
    """The operator's rows are the company's, a customer's their own. All rows of a file are stored or none; the report tells of each."""
    return await deliveries.imported(house, by, form)


@router.get("/data/imports", response_model=Envelope[whose.ImportList], summary="Aufgenommene Dateien und Lieferungen")
def list_imports(house: InHouse, who: SignedIn, filters: Annotated[whose.ImportFilters, Query()]) -> Response:
    """Newest first."""
    found = house.cases.energy.deliveries.page(who, filters.source, filters.limit, filters.offset)
    return ok({"imports": [views.delivery_view(one) for one in found]})


@router.get("/data/imports/{batch_id}", response_model=Envelope[whose.ImportData], summary="Eine Lieferung mit ihrem Bericht")
def get_import(house: InHouse, who: SignedIn, batch_id: Annotated[whose.BatchId, Path()]) -> Response:
    """What was taken, changed and refused, and why."""
    return ok(views.delivery_view(house.cases.energy.deliveries.one(who, batch_id)))


@router.post(
    "/data/imports/{batch_id}/take-back", response_model=Envelope[whose.TakenBack], responses=BACK, summary="Eine Lieferung zurücknehmen"
)
async def take_back(house: InHouse, who: SignedIn, batch_id: Annotated[whose.BatchId, Path()]) -> Response:
    """What stood before its values stands again; what rested on them is marked and computed anew. For its sender and the operator."""
    return await deliveries.take_back(house, who, batch_id)


@router.get("/data/history", response_model=Envelope[whose.VersionList], summary="Was ein Wert vorher war")
def get_history(house: InHouse, who: SignedIn, asked: Annotated[whose.HistoryOf, Query()]) -> Response:
    """Every version of an interval's value, with the delivery it came in."""
    return ok(views.history_view(house.cases.energy.value_history.of(who, asked.interval)))


@router.get("/data/export", response_class=Response, responses=FILE, summary="Messwerte oder Preise als Datei")
async def export_data(house: InHouse, by: Costly, asked: Annotated[shapes.ExportRange, Query()]) -> Response:
    """CSV, German CSV, JSON or Parquet."""
    by.shares.require_file(by)
    return await by.run(deliveries.exported, house, by, asked)


@router.get("/data/feeds", response_model=Envelope[shapes.FeedList], summary="Datenquellen", dependencies=DATA)
def list_feeds(house: InHouse) -> Response:
    """What the settings make possible and what has been, with the last fault."""
    return ok({"feeds": [views.feed_view(one) for one in house.cases.energy.feeds.all()]})


@router.post("/data/feeds/{name}", response_model=Envelope[shapes.FeedData], summary="Eine Datenquelle starten oder anhalten")
def switch_feed(house: InHouse, who: ForData, name: Annotated[str, Path(pattern=r"^[a-z]{1,40}$")], body: shapes.FeedRequest) -> Response:
    """It goes on where it stopped."""
    return ok(views.feed_view(house.cases.energy.feeds.switch(who, name, on=body.action == "start")))


@router.get("/sim", response_model=Envelope[shapes.SimData], summary="Stand des Simulators", dependencies=DATA)
def get_simulator(house: InHouse) -> Response:
    """Whether it runs, and how far it has come."""
    return ok(views.simulator_view(house.cases.energy.simulator.state(), house.nova.settings))


@router.post("/sim/run", response_model=Envelope[shapes.SimData], summary="Den Simulator starten oder anhalten")
def run_simulator(house: InHouse, who: ForData, body: shapes.SimRequest) -> Response:
    """Its meters, prices and signals are marked as simulated."""
    run = house.cases.energy.simulator.start if body.action == "start" else house.cases.energy.simulator.stop
    return ok(views.simulator_view(run(who, body.given), house.nova.settings))
