"""Titles, headings, file names and tags that act (pictures, links, tags of HTML, citation marks, unseen signs): none acts in any answer.

What stays as it was written is the evidence: texts, quotes and what people said, which are shown as text and compared with what is stored.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from psycopg.types.json import Jsonb

from nova.series import Product, prices, readings
from nova.store.ids import uuid7
from nova.store.quality import review
from nova.store.series import batches, recommendations
from nova.store.series import prices as price_store
from nova.store.series import readings as reading_store
from nova.store.series.recommendations import NewRecommendation
from nova.unseen import UNSEEN
from tests.api.bodies import PLANT
from tests.api.house import DESCRIPTION, Door

CANARY = "http://kanarie.example"
FORGED = "00000000-0000-0000-0000-00000000a1a1"
ACTS = (
    f'![Kopf]({CANARY}/k.png) <img src=x onerror=y> [chunk {FORGED}] [Klick]({CANARY}/z "t") [x]: //kanarie.example [1] javascript:alert(1)'
)
UNSEEN_SIGNS = "\u202e\u200b\u2066\x9b31m\x7f\U000e0041"
NAME = f"Akte Vogelsang {ACTS} {UNSEEN_SIGNS}"
SHORT = f"![x]({CANARY}/y) <b> [chunk {FORGED}] {UNSEEN_SIGNS} javascript:alert(1) [Klick](//kanarie.example)"
FILE = "Akte ![Kopf](http:kanarie.example) <img src=x> [chunk a1] \u202e\u200b.md"
TAG = "![t](http:kanarie.example) <b> [1] \u202e"
TEXT = f"""# {NAME}

## {NAME} Messung

Der Zähler im Umspannwerk Vogelsang misst 4711 Kilowattstunden {ACTS} {UNSEEN_SIGNS}.

## Wartung {NAME}

Die Wartung im Umspannwerk Vogelsang erfolgt alle 17 Monate.
"""
QUESTION = "Wie viele Kilowattstunden misst der Zähler im Umspannwerk Vogelsang?"
ACTING = re.compile(r"!\[|\][(\[:]|<[a-z/!]|https?:|javascript:|\[chunk (?!01)|\[\s*chunk a1", re.IGNORECASE)
EVIDENCE = {"text", "quote"}  # stored words, compared with what is stored
SAID = {"question", "comment", "reason", "notes", "facts"}  # people's own words, and what a rule says of a file
START = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp())
ANNA = "frau.muster"


@pytest.fixture(scope="module", autouse=True)
def hostile(door: Door) -> dict[str, Any]:
    """A document, a meter, a ticket and a schedule, all of that name; and answers about them. Ids by the names of parameters."""
    tags = TAG.replace(",", " ")
    made = door.upload(TEXT, FILE, tags=tags).json()["data"]
    door.nova.db.execute("UPDATE items SET title = %s, filename = %s, tags = %s WHERE item_id = %s", (NAME, FILE, [TAG], made["item_id"]))
    door.nova.db.execute("UPDATE jobs SET title = %s", (NAME,))
    with door.nova.db.transaction() as conn:
        batch = batches.open(conn, batches.NewBatch("test", "columns", owner=None))
        hours = np.arange(24 * 40)
        reading_store.put(conn, [readings("firma", 3600, START + 3600 * hours, 1 + np.sin(hours / 4))], batch)
        quarters = np.arange(24 * 40 * 4)
        price_store.put(conn, [prices(Product("EPEX", "DAY_AHEAD"), START + 900 * quarters, 50.0 + quarters % 96)], batch)
        batches.close(conn, batch, {"state": "done"})
    ids = {"item_id": made["item_id"], "job_id": made["job_id"], "meter_id": "firma", "version": "1", "number": "1"}
    kept(door.admin("PATCH", "/api/v1/data/meters/firma", json={"title": SHORT, "tariff": {"fixed_ct_kwh": 30.0}}))
    ids["ticket_id"] = kept(door.admin("POST", "/api/v1/admin/tickets", json={"title": SHORT, "text": NAME}))["ticket_id"]
    plan = {
        "meter_id": "firma",
        "plant": PLANT | {"loads": [PLANT["loads"][0] | {"name": SHORT[:100]}]},
        "day": "2026-03-10",
        "title": SHORT,
    }  # type: ignore[index]
    ids["schedule_id"] = kept(door.admin("POST", "/api/v1/data/schedule", json=plan | {"keep": True}))["schedule_id"]
    anna = door.person(ANNA)
    answer = kept(anna("POST", "/api/v1/rag/ask", json={"question": QUESTION}))
    ids |= {"answer_id": answer["answer_id"], "conversation_id": answer["conversation_id"]}
    kept(anna("POST", "/api/v1/feedback/rag", json=judged(answer)))
    kept(door.admin("POST", "/api/v1/rag/ask", json={"question": QUESTION}))
    ids["review_id"] = as_it_was_before(door, UUID(answer["answer_id"]))
    return ids


def as_it_was_before(door: Door, answer_id: UUID) -> str:
    """Rows of a time when names were kept as they came: evidence, a file's name, a recommendation; the answer waits for its review."""
    review_id, day = uuid7(), datetime.now(UTC).date()
    raw = Jsonb({"title": NAME, "section": NAME})
    named = "(SELECT coalesce(jsonb_agg(one || %s), '[]') FROM jsonb_array_elements({}) AS one)"
    with door.nova.db.transaction() as conn:
        conn.execute("UPDATE series_batches SET name = %s", (FILE,))
        sets = ", ".join(f"{column} = {named.format(column)}" for column in ("citations", "passages"))
        conn.execute(f"UPDATE answers SET {sets}", (raw, raw))
        recommendations.put(conn, "firma", day, [NewRecommendation(uuid7(), None, "x", "firma", day, "Titel", SHORT, 1.0, 1.0, {})])
        review.put(conn, [review.NewReview(review_id, answer_id, ("thumbs_down",), 1.0)])
    return str(review_id)


def kept(answer: Any) -> Any:
    assert answer.status_code < 300, answer.text
    return answer.json()["data"]


def judged(answer: dict[str, Any]) -> dict[str, Any]:
    return {
        "question": QUESTION, "answer": answer["answer"], "answer_id": answer["answer_id"], "useful": False, "user_id": ANNA,
        "chunks_used": answer["chunks_used"],
    }  # fmt: skip


def strings(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text of an answer and where it stands, names of fields included."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield f"{place}.{name} (name)", name
            yield from strings(part, f"{place}.{name}")
    elif isinstance(value, list):
        for part in value:
            yield from strings(part, f"{place}[]")
    elif isinstance(value, str):
        yield place, value


def nothing_acts(body: str, said: frozenset[str] = frozenset(EVIDENCE | SAID)) -> None:
    """No unseen sign anywhere in the bytes, and in no text that is not evidence anything that acts."""
    assert not UNSEEN.search(body), UNSEEN.findall(body)
    for place, text in strings(json.loads(body)):
        name = place.rpartition(".")[2].partition("[")[0]
        assert name in said or not ACTING.search(text), (place, text)
        assert name in said or not UNSEEN.search(text), (place, text)


OWN = ("/settings", "/prompts", "/vocabulary", "/thresholds")  # what the operator wrote for Nova
SELF = ("/me/data", "/subjects/")  # all that is kept of somebody, as it is kept


def read(path: str) -> bool:
    ends = ("/live", ".png", "/file", "/docs", "/metrics", *OWN)
    return (
        "/stream/" not in path and not path.endswith(ends) and "snapshots/{" not in path and not any(one in path for one in (*SELF, *OWN))
    )


GETS = sorted(path for path, methods in DESCRIPTION["paths"].items() if "get" in methods and read(path))
ASKED: dict[str, dict[str, str]] = {
    "/api/v1/help/context": {"route": "/fragen"},
    "/api/v1/data/export": {"what": "readings", "meter_id": "firma", "from": "2026-03-01", "to": "2026-03-02", "format": "json"},
    "/api/v1/data/figures": {"meter_id": "firma", "from": "2026-03-01", "to": "2026-03-08"},
    "/api/v1/data/smartmeter": {"meter_id": "firma", "from": "2026-03-01", "to": "2026-03-08"},
    "/api/v1/data/market": {"market": "EPEX", "from": "2026-03-01", "to": "2026-03-08"},
    "/api/v1/data/forecasts": {"meter_id": "firma"},
    "/api/v1/admin/conversations/search": {"q": "Vogelsang"},
}


@pytest.mark.parametrize("path", GETS)
def test_no_route_gives_a_name_that_acts(door: Door, hostile: dict[str, Any], path: str) -> None:
    wanted = path.format_map(dict.fromkeys(IDS, FORGED) | {"kpi": "weak_share", "rule": "suche_schwach"} | hostile)
    for ask in (door.admin, door.person(ANNA)):
        answer = ask("GET", wanted, params=ASKED.get(path, {}))
        assert answer.status_code < 500 or path.endswith("/health")
        if answer.headers.get("content-type", "").startswith("application/json"):
            nothing_acts(answer.text, frozenset(SAID if path.endswith("/recommendations") else SAID | EVIDENCE))


IDS = [part for path in GETS for part in re.findall(r"{(\w+)}", path)]


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("who", ["operator", "customer"])
def test_an_answer_and_its_stream_name_their_sources_without_anything_that_acts(door: Door, who: str, stream: bool) -> None:
    ask = door.admin if who == "operator" else door.person(ANNA)
    said = ask("POST", "/api/v1/rag/ask", json={"question": QUESTION, "stream": stream})
    assert "4711" in said.text
    bodies = [line.removeprefix("data: ") for line in said.text.splitlines() if line.startswith("data: ")] if stream else [said.text]
    for body in bodies:
        nothing_acts(body)
    assert not ACTING.search(json.loads(bodies[-1])["answer"] if stream else said.json()["data"]["answer"])


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/api/v1/chat/completions"])
@pytest.mark.parametrize("stream", [False, True])
def test_a_chat_program_gets_nothing_that_acts_not_even_as_evidence(door: Door, path: str, stream: bool) -> None:
    """It shows what comes as Markdown; nobody there compares it with what is stored."""
    body = {"model": "luna", "stream": stream, "messages": [{"role": "user", "content": QUESTION}]}
    said = door.person(ANNA)("POST", path, json=body)
    assert said.status_code == 200
    bodies = [line.removeprefix("data: ") for line in said.text.splitlines() if line.startswith("data: {")] if stream else [said.text]
    for one in bodies:
        nothing_acts(one, frozenset())
    assert "Quellen:" in said.text and "Vogelsang" in said.text


def test_what_people_may_like_is_named_without_anything_that_acts(door: Door) -> None:
    said = door.admin("POST", "/api/v1/recommend", json={"user_id": ANNA, "top_k": 5})
    assert said.status_code == 200, said.text
    nothing_acts(said.text)
