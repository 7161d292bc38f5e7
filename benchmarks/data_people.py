"""A running Nova, spoken to as its operator, an employee and three customers; four meters that widen the world; its rows as `Truth`.

The world of `../shared/eval/dialogues.py` (H1, H2 of kunde-1, B1, prices) has to be loaded; `widen` adds a home with a solar plant and a
dynamic tariff (kunde-2), a flat and a cottage with gaps (kunde-3) and a branch of the company. Their powers are functions of the clock.
"""

import csv
import io
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import numpy as np
from data_truth import DAY, HOUR, Array, Meter, Truth, midnight, wall

HISTORY, LATELY = 420, 3
STAFF = "mitarbeiterin-1"
Form = Callable[[Array, Array], Array]


@dataclass(frozen=True)
class Added:
    """A meter that is added: its owner ("" for the company), name, kind, tariff, length of a row, and when nothing is known of it."""

    meter_id: str
    owner: str
    title: str
    kind: str
    tariff: dict[str, float]
    seconds: int
    used: Form
    made: Form | None = None
    gone: Callable[[Array], Array] = field(default=lambda clock: np.zeros(len(clock), bool))


def _hump(clock: Array, at: float, wide: float) -> Array:
    return np.exp(-(((clock % DAY / HOUR - at + 12) % 24 - 12) ** 2) / wide)


def _sun(clock: Array, noise: Array) -> Array:
    """kW of a plant of 7 kWp: high in June, nothing at night."""
    season = 0.55 - 0.45 * np.cos(2 * np.pi * (clock / DAY % 365.25 - 10) / 365.25)
    day = np.sin((clock // DAY * 12.9898) % 6.283)
    return np.maximum(0, np.cos((clock % DAY / HOUR - 13) / 12 * np.pi)) ** 1.6 * 5.5 * season * (0.6 + 0.4 * day) * (0.8 + 0.4 * noise)


ADDED = (
    Added("S1", "kunde-2", "Haus Ahornweg", "household",
          {"surcharge_ct_kwh": 17.8, "vat_percent": 19, "base_eur_year": 120, "feed_in_ct_kwh": 8.1}, 900,
          lambda clock, noise: 0.22 + 0.9 * _hump(clock, 7, 2) + 1.6 * _hump(clock, 19, 5) + 0.5 * noise, _sun),
    Added("K1", "kunde-3", "Wohnung Kiel", "household", {"fixed_ct_kwh": 29.9, "base_eur_year": 144}, 900,
          lambda clock, noise: 0.11 + 0.3 * _hump(clock, 7.5, 2) + 0.7 * _hump(clock, 20, 4) * (0.5 + noise)),
    Added("R1", "kunde-3", "Ferienhaus Rügen", "household", {"fixed_ct_kwh": 31.4, "base_eur_year": 96}, 3600,
          lambda clock, noise: 0.08 + (clock // DAY % 7 < 3) * (0.8 * _hump(clock, 18, 6) + 0.3 * noise),
          gone=lambda clock: ((clock // DAY % 11 == 4) & (clock % DAY // HOUR > 8) & (clock % DAY // HOUR < 15))
          | (clock // DAY % 37 == 9)),
    Added("F1", "", "Filiale Hafen", "business", {}, 900,
          lambda clock, noise: 3.2 + 11 * _hump(clock, 13, 18) * ((clock // DAY + 3) % 7 < 6) + 2 * noise),
)  # fmt: skip


class Server:
    """The public HTTP API."""

    def __init__(self, base: str, admin_key: str) -> None:
        self._http = httpx.Client(base_url=base.rstrip("/") + "/api/v1", timeout=120, trust_env=False)
        self._heads, self._keys = {"admin": {"X-Admin-Key": admin_key}}, list[str]()
        for user, role in ((STAFF, "reviewer"), ("kunde-1", "customer"), ("kunde-2", "customer"), ("kunde-3", "customer")):
            made = self.data("admin", "POST", "/admin/keys", json={"user": user, "role": role, "days": 1})
            self._heads[user] = {"Authorization": f"Bearer {made['token']}"}
            self._keys.append(made["token_id"])

    def close(self) -> None:
        """Take the tokens back: a person may have twenty."""
        for key in self._keys:
            self.data("admin", "DELETE", f"/admin/keys/{key}")

    def data(self, who: str, method: str, path: str, **parts: Any) -> Any:
        """The data of a call that has to succeed."""
        answer = self._http.request(method, path, headers=self._heads[who], **parts)
        if not answer.is_success:
            raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.text[:500]}")
        return answer.json()["data"]

    def ask(self, who: str, question: str, conversation: str | None) -> tuple[dict[str, Any], float]:
        """The answer to a question, and the milliseconds it took."""
        body = {"question": question} | ({"conversation_id": conversation} if conversation else {})
        began = time.perf_counter()
        answer = self.data(who, "POST", "/rag/ask", json=body)
        return answer, (time.perf_counter() - began) * 1000

    def rows(self, **asked: Any) -> list[dict[str, str]]:
        """The rows of an export, in pieces of a hundred days."""
        found: list[dict[str, str]] = []
        today = datetime.now(UTC).date()
        for back in range(HISTORY + 30, -100, -100):
            first, last = today - timedelta(days=back), today - timedelta(days=back - 100)
            span = {"from": f"{first}T00:00:00Z", "to": f"{last}T00:00:00Z", "format": "csv"}
            told = self._http.get("/data/export", params=asked | span, headers=self._heads["admin"])
            told.raise_for_status()
            found += csv.DictReader(io.StringIO(told.text))
        return found

    def send(self, who: str, name: str, rows: Iterator[tuple[Any, ...]]) -> None:
        """Readings as a file."""
        into = io.StringIO()
        table = csv.writer(into, lineterminator="\n")
        table.writerow(("meter_id", "ts", "consumption_kw", "production_kw", "seconds"))
        table.writerows(rows)
        sent = self.data(who, "POST", "/data/import", files={"file": (name, into.getvalue().encode())}, data={"wait": "60"})
        while not sent.get("report") and (job := self.data(who, "GET", f"/jobs/{sent['job_id']}"))["state"] not in ("done", "failed"):
            time.sleep(0.5)
            sent["state"] = job["state"]


def widen(server: Server, now: datetime) -> None:
    """Add the meters that are not there yet, and bring all of them up to now."""
    there = {one["meter_id"] for one in server.data("admin", "GET", "/data/meters", params={"limit": 100})["meters"]}
    since = (now.date() - timedelta(days=HISTORY + 40)).isoformat()
    for one in ADDED:
        if one.meter_id not in there:
            owners = [{"customer": one.owner, "from": since, "to": None}] if one.owner else []
            server.data("admin", "PUT", f"/data/meters/{one.meter_id}/assignments", json=owners)
        _bring_up(server, one, HISTORY if one.meter_id not in there else LATELY, now)
        facts = {"title": one.title, "kind": one.kind} | ({"tariff": one.tariff} if one.tariff else {})
        server.data("admin", "PATCH", f"/data/meters/{one.meter_id}", json=facts)


def _bring_up(server: Server, one: Added, back: int, now: datetime) -> None:
    ts = np.arange(midnight(now.date() - timedelta(days=back)), int(now.timestamp()) // one.seconds * one.seconds, one.seconds)
    clock, noise = wall(ts), (np.sin(ts / 900 * 12.9898) * 43758.5453) % 1.0
    used, made = one.used(clock, noise), None if one.made is None else one.made(clock, noise)
    there = np.flatnonzero(~one.gone(clock))
    rows = (
        (one.meter_id, f"{datetime.fromtimestamp(int(ts[at]), UTC):%Y-%m-%dT%H:%M:%SZ}", f"{used[at]:.4f}",
         "" if made is None else f"{made[at]:.4f}", one.seconds)
        for at in there
    )  # fmt: skip
    server.send(one.owner or "admin", f"{one.meter_id}.csv", rows)


def truth_of(server: Server) -> Truth:
    """All rows that the server has, as they are exported."""
    meters = {}
    for one in server.data("admin", "GET", "/data/meters", params={"limit": 100})["meters"]:
        rows = server.rows(what="readings", meter_id=one["meter_id"])
        known = sorted({_instant(row["ts"]): row for row in rows if row["quality"] != "missing"}.items())
        used, made = (np.array([_power(row[name]) for _, row in known]) for name in ("consumption_kw", "production_kw"))
        tariff = one["facts"].get("tariff") or {}
        ts = np.array([at for at, _ in known], np.int64)
        put_in = np.array([row["quality"] == "substitute" for _, row in known], bool)
        kept = (one["meter_id"], one["title"], one["kind"], one["customer"], tariff, one["seconds"])
        meters[one["meter_id"]] = Meter(*kept, ts, used, made, put_in)
    prices = sorted({_instant(row["ts"]): float(row["price_eur_mwh"]) for row in server.rows(what="prices")}.items())
    return Truth(meters, np.array([at for at, _ in prices], np.int64), np.array([price for _, price in prices]), HOUR)


def _instant(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def _power(text: str) -> float:
    return float(text) if text else float("nan")
