"""ENTSO-E's transparency platform in, one parcel a document out: day-ahead prices (A44), load (A65) and generation (A75) of a bidding zone.

`GET {base}?securityToken=...&documentType=...&periodStart=yyyyMMddHHmm&periodEnd=...` answers with XML. Nothing for a period is an
`Acknowledgement_MarketDocument` with reason 999, with status 200 (formerly 400); a wrong token is 401, more than 400 requests a minute
429 and a ban of ten minutes. At most a year is given at once. Parameters as in the platform's guide and entsoe-py (`entsoe.py`).
What is younger than three days may still change, so it is asked for again and given when its values differ.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from nova.errors import InvalidInput
from nova.ports import Fetcher, Parcel

BASE = "https://web-api.tp.entsoe.eu/api"
FORMAT = "entsoe"
DE_LU = "10Y1001A1001A82H"
SINCE, WINDOW, SETTLED, AHEAD = timedelta(days=400), timedelta(days=30), timedelta(days=3), timedelta(days=2)
# What differs from answer to answer although nothing else does.
VOLATILE = re.compile(rb"<(?:\w+:)?(mRID|createdDateTime|revisionNumber)\b[^>]*>[^<]*</(?:\w+:)?\1>")
REFUSED = re.compile(rb"<(?:\w+:)?Acknowledgement_MarketDocument\b")
REASON = re.compile(rb"<(?:\w+:)?Reason>\s*<(?:\w+:)?code>([^<]*)</(?:\w+:)?code>\s*<(?:\w+:)?text>([^<]*)</", re.DOTALL)
NOTHING = b"999"


@dataclass(frozen=True, slots=True)
class DocumentRequest:
    """A document to ask for; `ahead`: it is published before the time that it is of."""

    key: str
    parameters: Mapping[str, str]
    ahead: bool = False


def of_zone(zone: str = DE_LU) -> tuple[DocumentRequest, ...]:
    """Day-ahead prices, actual load, and what sun and wind (at sea, on land) generated."""
    generation = {"documentType": "A75", "processType": "A16", "in_Domain": zone}
    return (
        DocumentRequest(
            "A44", {"documentType": "A44", "in_Domain": zone, "out_Domain": zone, "contract_MarketAgreement.type": "A01"}, ahead=True
        ),
        DocumentRequest("A65", {"documentType": "A65", "processType": "A16", "outBiddingZone_Domain": zone}),
        *(DocumentRequest(f"A75-{kind}", {**generation, "psrType": kind}) for kind in ("B16", "B18", "B19")),
    )


class Entsoe:
    """The feed "entsoe"."""

    name = "entsoe"

    def __init__(
        self, fetcher: Fetcher, token: str, asked: Sequence[DocumentRequest] = of_zone(), *, base: str = BASE, since: timedelta = SINCE
    ) -> None:
        self._fetcher, self._token, self._asked, self._base, self._since = fetcher, token, asked, base, since

    def take(self, cursor: Mapping[str, Any], now: datetime) -> Iterator[Parcel]:
        """A document for each month up to now, and what is not settled when it differs. ServerAbsent, InvalidInput (a wrong token)."""
        reached = dict(cursor)
        for one in self._asked:
            for begin, end in self._windows(one, reached.get(one.key, {}), now):
                known: Mapping[str, str] = reached.get(one.key, {})
                data = self._document(one, begin, end)
                digest = content(data) if data else ""
                reached[one.key] = {"to": min(end, max(begin, _midnight(now - SETTLED))).isoformat(), "digest": digest}
                if data and known.get("digest") != digest:
                    yield Parcel(f"{one.key}_{begin:%Y%m%d}_{end:%Y%m%d}.xml", data, FORMAT, dict(reached))

    def stored(self, parcel: Parcel, report: Mapping[str, Any]) -> None:
        """Nothing to do: the cursor says it."""

    def health(self) -> Mapping[str, Any]:
        """Name and place; ServerAbsent, InvalidInput for a wrong token."""
        today = _midnight(datetime.now(UTC))
        self._document(self._asked[0], today - timedelta(days=1), today)
        return {"name": self.name, "place": self._base}

    def close(self) -> None:
        """Nothing is held."""

    def _windows(self, one: DocumentRequest, known: Mapping[str, str], now: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Settled days, at most a month of them at once; then all that may still change, for what is known ahead up to tomorrow's end."""
        begin = datetime.fromisoformat(known["to"]) if "to" in known else _midnight(now - self._since)
        settled, last = _midnight(now - SETTLED), _midnight(now) + (AHEAD if one.ahead else timedelta(days=1))
        while begin < last:
            end = min(begin + WINDOW, settled) if begin < settled else last
            yield begin, end
            begin = end

    def _document(self, one: DocumentRequest, begin: datetime, end: datetime) -> bytes | None:
        """The document; None when there is none. The token never appears in an error."""
        period = {"periodStart": f"{begin:%Y%m%d%H%M}", "periodEnd": f"{end:%Y%m%d%H%M}"}
        query = urlencode({"securityToken": self._token, **one.parameters, **period})
        try:
            data = self._fetcher.fetch(f"{self._base}?{query}").data
        except InvalidInput as error:
            raise InvalidInput(f"ENTSO-E: {error.message.replace(self._token, '***')}") from None
        if not REFUSED.search(data[:2000]):
            return data
        found = REASON.search(data)
        if found and found[1].strip() == NOTHING and b"No matching data" in found[2]:
            return None
        said = found[2].decode("utf-8", "replace").strip()[:200] if found else "ohne Begründung"
        raise InvalidInput(f"ENTSO-E lehnt die Anfrage ab: {said.replace(self._token, '***')}")


def content(data: bytes) -> str:
    """A document's fingerprint without what changes by itself."""
    return hashlib.sha256(VOLATILE.sub(b"", data)).hexdigest()


def _midnight(moment: datetime) -> datetime:
    """The beginning of the day in UTC."""
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
