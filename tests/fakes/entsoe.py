"""ENTSO-E's RESTful API on loopback, as its guide describes it: XML documents for A44, A65 and A75, acknowledgements for everything else.

A wrong token is 401, too many requests 429, nothing for a period an acknowledgement with reason 999 and status 200; parameters that make no
sense are 400 with an acknowledgement. Ids and times of making differ from answer to answer. Points that repeat the value before are left
out (curve type A03).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from tests.fakes.http import answering

PRICES = "urn:iec62325.351:tc57wg16:451-3:publicationdocument:7:3"
LOAD = "urn:iec62325.351:tc57wg16:451-6:generationloaddocument:3:0"
NONE = "urn:iec62325.351:tc57wg16:451-1:acknowledgementdocument:7:0"
STEP = timedelta(minutes=15)


class EntsoeServer:
    """`values[key]` holds the quarter-hours of "A44", "A65" or "A75-B16" by their beginnings; `seen` the queries."""

    def __init__(self) -> None:
        self.token = str(uuid4())
        self.values: dict[str, dict[datetime, float]] = {}
        self.seen: list[dict[str, str]] = []
        self.mode = "good"
        self.base = ""
        self._made = count(1)

    def put(self, key: str, begin: datetime, values: list[float]) -> None:
        """Quarter-hours from `begin` on."""
        self.values.setdefault(key, {}).update({begin + at * STEP: value for at, value in enumerate(values)})

    def answer(self, query: dict[str, str]) -> tuple[int, bytes]:
        """Status and body."""
        self.seen.append(query)
        if self.mode == "broken":
            return 503, b""
        if self.mode == "banned":
            return 429, b"Max allowed requests per minute from each unique IP is max up to 400 only"
        if query.get("securityToken") != self.token:
            return 401, acknowledgement("Unauthorized. Missing or invalid security token")
        if self.mode == "garbage":
            return 200, b"<html>Maintenance</html>"
        kind, zone = query.get("documentType"), query.get("in_Domain") or query.get("outBiddingZone_Domain")
        if kind not in ("A44", "A65", "A75") or not zone or (kind != "A44" and query.get("processType") != "A16"):
            return 400, acknowledgement("The combination of parameters is not valid")
        begin, end = (datetime.strptime(query[name], "%Y%m%d%H%M").replace(tzinfo=UTC) for name in ("periodStart", "periodEnd"))
        if end - begin > timedelta(days=366):
            return 400, acknowledgement("The amount of requested data exceeds allowed limit")
        key = f"{kind}-{query['psrType']}" if "psrType" in query else kind
        found = {at: value for at, value in sorted(self.values.get(key, {}).items()) if begin <= at < end}
        if not found:
            return 200, acknowledgement(f"No matching data found for Data item {kind} and interval {begin:%FT%H:%MZ}/{end:%FT%H:%MZ}.")
        return 200, document(key, zone, found, next(self._made))


def acknowledgement(text: str) -> bytes:
    """What the platform says instead of data."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Acknowledgement_MarketDocument xmlns="{NONE}"><mRID>{uuid4()}</mRID>'
        f"<createdDateTime>{datetime.now(UTC):%FT%TZ}</createdDateTime><Reason><code>999</code><text>{text}</text></Reason>"
        "</Acknowledgement_MarketDocument>"
    ).encode()


def document(key: str, zone: str, found: dict[datetime, float], made: int) -> bytes:
    """A publication (A44) or generation and load document with one time series a run of quarter-hours."""
    runs: list[list[datetime]] = []
    for at in found:
        if runs and at - runs[-1][-1] == STEP:
            runs[-1].append(at)
        else:
            runs.append([at])
    kind, _, fuel = key.partition("-")
    root, space = ("Publication_MarketDocument", PRICES) if kind == "A44" else ("GL_MarketDocument", LOAD)
    series = "".join(_series(number, run, kind, fuel, zone, found) for number, run in enumerate(runs, 1))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{space}"><mRID>{uuid4().hex}</mRID><revisionNumber>{made}</revisionNumber>'
        f"<type>{kind}</type><createdDateTime>{datetime.now(UTC):%FT%TZ}</createdDateTime>{series}</{root}>"
    ).encode()


def _series(number: int, run: list[datetime], kind: str, fuel: str, zone: str, found: dict[datetime, float]) -> str:
    value = "price.amount" if kind == "A44" else "quantity"
    points, before = [], None
    for at, moment in enumerate(run, 1):
        if found[moment] != before:
            points.append(f"<Point><position>{at}</position><{value}>{found[moment]:g}</{value}></Point>")
        before = found[moment]
    if kind == "A44":
        head = (
            "<auction.type>A01</auction.type><businessType>A62</businessType>"
            f'<in_Domain.mRID codingScheme="A01">{zone}</in_Domain.mRID><out_Domain.mRID codingScheme="A01">{zone}</out_Domain.mRID>'
            "<contract_MarketAgreement.type>A01</contract_MarketAgreement.type><currency_Unit.name>EUR</currency_Unit.name>"
            "<price_Measure_Unit.name>MWH</price_Measure_Unit.name>"
        )
    else:
        domain = "outBiddingZone_Domain" if kind == "A65" else "inBiddingZone_Domain"
        fuels = f"<MktPSRType><psrType>{fuel}</psrType></MktPSRType>" if fuel else ""
        head = (
            f"<businessType>{'A04' if kind == 'A65' else 'A01'}</businessType><objectAggregation>A01</objectAggregation>"
            f'<{domain}.mRID codingScheme="A01">{zone}</{domain}.mRID><quantity_Measure_Unit.name>MAW</quantity_Measure_Unit.name>'
        )
        return f"<TimeSeries><mRID>{number}</mRID>{head}<curveType>A03</curveType>{fuels}{_period(run, points)}</TimeSeries>"
    return f"<TimeSeries><mRID>{number}</mRID>{head}<curveType>A03</curveType>{_period(run, points)}</TimeSeries>"


def _period(run: list[datetime], points: list[str]) -> str:
    window = f"<start>{run[0]:%FT%H:%MZ}</start><end>{run[-1] + STEP:%FT%H:%MZ}</end>"
    return f"<Period><timeInterval>{window}</timeInterval><resolution>PT15M</resolution>{''.join(points)}</Period>"


@contextmanager
def serve() -> Iterator[EntsoeServer]:
    """A server on a free port until the block ends."""
    fake = EntsoeServer()

    def answer(path: str) -> tuple[int, bytes]:
        return fake.answer({name: values[0] for name, values in parse_qs(urlsplit(path).query).items()})

    with answering(answer, "application/xml") as address:
        fake.base = f"{address}/api"
        yield fake
