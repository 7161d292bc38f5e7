"""Documents through the door: upload, address, lists, changes, versions, files and whose they are."""

import re
import time
from typing import Any
from uuid import UUID

from tests.api.house import LAW, Door
from tests.places import SAMPLES

OWN = "# Notiz von Anna\n\nDer Schlüssel zum Zählerraum der Musterlampenhalle hängt im Büro von Frau Beispiel.\n"


def uploaded(person: Any, text: str, name: str, **form: Any) -> Any:
    """A customer's upload."""
    return person("POST", "/api/v1/ingest/doc", files={"file": (name, text.encode())}, data=form)


def only_item(door: Door) -> Any:
    """The sample law."""
    return next(item for item in door.admin("GET", "/api/v1/admin/items").json()["data"]["items"] if "Musterlampen" in item["title"])


def test_the_list_shows_counts_and_facets(door: Door) -> None:
    page = door.admin("GET", "/api/v1/admin/items", params={"query": "muster", "status": "ready", "sort": "title", "order": "asc"}).json()[
        "data"
    ]
    item = page["items"][0]
    assert (page["total"], item["status"], item["version"], item["owner"]) == (1, "ready", 1, None)
    assert item["chunks"] > 0
    assert page["facets"]["statuses"] == {"ready": 1}
    assert door.admin("GET", "/api/v1/admin/items", params={"query": "xyz"}).json()["data"]["items"] == []
    assert door.admin("GET", "/api/v1/admin/items", params={"sort": "size"}).status_code == 400


def test_passages_stand_in_reading_order_inside_the_text(door: Door) -> None:
    item = only_item(door)
    found = door.admin("GET", f"/api/v1/admin/items/{item['item_id']}/chunks", params={"limit": 500}).json()["data"]
    assert found["total"] == len(found["chunks"]) == item["chunks"]
    whole = door.admin("GET", f"/api/v1/items/{item['item_id']}/versions/1/text").json()["data"]
    for chunk in found["chunks"]:
        assert whole["text"][chunk["start"] : chunk["end"]] == chunk["text"]
    assert any(section["label"] == "§ 2" for section in whole["sections"])


def test_the_original_comes_back_as_a_download(door: Door) -> None:
    answer = door.admin("GET", f"/api/v1/items/{only_item(door)['item_id']}/versions/1/file", params={"inline": True})
    assert answer.content == LAW.encode()
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''muster.md"
    assert answer.headers["content-security-policy"].startswith("sandbox")


def test_a_pdf_page_shows_the_marked_words(door: Door) -> None:
    sample = SAMPLES / "sample.pdf"
    made = door.admin("POST", "/api/v1/ingest/doc", files={"file": ("sample.pdf", sample.read_bytes())}).json()["data"]
    base = f"/api/v1/items/{made['item_id']}/versions/1"
    shown = door.admin("GET", f"{base}/file", params={"inline": "true"})
    assert (shown.headers["content-type"], shown.headers["content-disposition"][:6]) == ("application/pdf", "inline")
    assert door.admin("GET", f"{base}/pages/1.png").content.startswith(b"\x89PNG")
    text = door.admin("GET", f"{base}/text").json()["data"]
    page = text["pages"][0]
    marks = door.admin("GET", f"{base}/pages/1/marks", params={"start": page["start"] + 5, "end": page["start"] + 60}).json()["data"]
    assert marks["boxes"]
    assert all(0 <= box["x"] <= 1 and 0 <= box["y"] <= 1 for box in marks["boxes"])
    assert door.admin("GET", f"{base}/pages/9999.png").status_code in (400, 404)
    assert door.admin("DELETE", f"/api/v1/admin/item/{made['item_id']}").json()["data"]["deleted"] is True


def test_title_tags_and_kind_change_and_reach_the_search(door: Door) -> None:
    item = only_item(door)
    path = f"/api/v1/admin/items/{item['item_id']}"
    changed = door.admin("PATCH", path, json={"tags": ["lampen"], "kind": "regulation"}).json()["data"]
    assert (changed["tags"], changed["kind"], changed["title"]) == (["lampen"], "regulation", item["title"])
    assert len(changed["versions"]) == 1
    assert door.admin("PATCH", path, json={"title": ""}).status_code == 400
    assert door.admin("PATCH", path, json={"owner": "x"}).status_code == 400
    bulk = door.admin("POST", "/api/v1/admin/items/bulk", json={"action": "untag", "item_ids": [item["item_id"]], "tag": "lampen"})
    assert bulk.json()["data"]["done"] == 1
    assert door.admin("POST", "/api/v1/admin/items/bulk", json={"action": "tag", "item_ids": [item["item_id"]]}).status_code == 400
    door.admin("PATCH", path, json={"kind": "document"})


def test_a_customers_document_is_theirs_alone(door: Door) -> None:
    anna, ben = door.person("anna"), door.person("ben")
    made = uploaded(anna, OWN, "notiz.md", kind="note", tags=["privat, büro", "privat"])
    assert made.status_code == 201
    item_id = made.json()["data"]["item_id"]
    mine = anna("GET", f"/api/v1/items/{item_id}").json()["data"]
    assert (mine["owner"], mine["tags"], mine["kind"]) == ("anna", ["privat", "büro"], "note")
    assert {item["owner"] for item in anna("GET", "/api/v1/items").json()["data"]["items"]} == {None, "anna"}
    for path in (
        f"/items/{item_id}",
        f"/items/{item_id}/versions/1/text",
        f"/items/{item_id}/versions/1/file",
        f"/jobs/{made.json()['data']['job_id']}",
    ):
        assert ben("GET", "/api/v1" + path).status_code == 404, path
        assert anna("GET", "/api/v1" + path).status_code == 200, path
    question = {"question": "Wo hängt der Schlüssel zum Zählerraum?"}
    assert anna("POST", "/api/v1/rag/ask", json=question).json()["data"]["citations"]
    assert ben("POST", "/api/v1/rag/ask", json=question).json()["data"]["citations"] == []
    assert ben("DELETE", f"/api/v1/items/{item_id}").status_code == 404
    assert ben("POST", f"/api/v1/jobs/{made.json()['data']['job_id']}/cancel").status_code == 404
    assert anna("DELETE", f"/api/v1/items/{only_item(door)['item_id']}").status_code == 403
    assert anna("DELETE", f"/api/v1/items/{item_id}").json()["data"]["deleted"] is True
    assert anna("POST", "/api/v1/rag/ask", json=question).json()["data"]["citations"] == []


def test_waiting_for_nothing_answers_at_once_and_the_job_tells_the_rest(door: Door) -> None:
    made = door.upload("# Später\n\nDieser Text wird später gelesen.\n", "spaeter.md", wait="0")
    assert made.status_code == 202
    data = made.json()["data"]
    assert data["chunks"] is None
    for _ in range(100):
        job = door.admin("GET", f"/api/v1/jobs/{data['job_id']}").json()["data"]
        if job["state"] == "done":
            break
        time.sleep(0.05)
    assert (job["state"], job["item_id"]) == ("done", data["item_id"])
    assert job["result"]["chunks"] == 1
    assert door.admin("POST", f"/api/v1/jobs/{data['job_id']}/retry").status_code == 409
    listed = door.admin("GET", "/api/v1/jobs", params={"state": ["done", "failed"]}).json()["data"]["jobs"]
    assert data["job_id"] in {row["job_id"] for row in listed}
    door.admin("DELETE", f"/api/v1/admin/items/{data['item_id']}")


def test_the_same_name_is_a_new_version_by_choice(door: Door) -> None:
    first = door.upload("# Regel\n\nDie Lampe leuchtet grün.\n", "regel.md").json()["data"]
    second = door.upload("# Regel\n\nDie Lampe leuchtet blau.\n", "regel.md", replace="name").json()["data"]
    assert (second["item_id"], second["version"]) == (first["item_id"], 2)
    versions = door.admin("GET", f"/api/v1/admin/items/{first['item_id']}").json()["data"]["versions"]
    assert [(version["version"], version["valid_to"] is None) for version in versions] == [(2, True), (1, False)]
    door.admin("DELETE", f"/api/v1/admin/items/{first['item_id']}")


def test_an_address_is_loaded_and_its_change_is_a_version(door: Door) -> None:
    url = "https://example.org/tarif.md"
    for number, text in enumerate(("# Tarif\n\nDer Preis ist 30 Cent.\n", "# Tarif\n\nDer Preis ist 31 Cent.\n"), start=1):
        door.nova.fetcher.pages[url] = text.encode()
        made = door.admin("POST", "/api/v1/ingest/url", json={"url": url, "tags": ["tarif"]})
        assert (made.status_code, made.json()["data"]["version"]) == (201, number)
    item_id = made.json()["data"]["item_id"]
    item = door.admin("GET", f"/api/v1/admin/items/{item_id}").json()["data"]
    assert (item["url"], item["source"], item["tags"]) == (url, "crawler", ["tarif"])
    door.admin("DELETE", f"/api/v1/admin/items/{item_id}")


def test_an_unreadable_file_is_refused_with_its_reason(door: Door) -> None:
    made = door.upload("%PDF-1.7\nkein wirkliches PDF", "kaputt.pdf")
    assert made.status_code == 400
    assert made.json()["data"]["code"] == "unsupported_file"
    data = made.json()["data"]
    assert data["reason"] == "unreadable_file"
    item = door.admin("GET", f"/api/v1/admin/items/{data['item_id']}").json()["data"]
    assert (item["status"], item["error"]) == ("failed", made.json()["message"])
    assert door.admin("POST", f"/api/v1/jobs/{data['job_id']}/retry").json()["data"]["state"] == "queued"
    door.admin("DELETE", f"/api/v1/admin/items/{data['item_id']}")
    door.nova.jobs.wait(UUID(data["job_id"]), 20)


def outcomes(door: Door) -> dict[str, float]:
    """What Prometheus reads: how many documents were read or could not be."""
    found = re.findall(r'^nova_ingests_ended\{outcome="(\w+)"\} (\S+)$', door.admin("GET", "/metrics").text, re.MULTILINE)
    return {outcome: float(count) for outcome, count in found}


def test_a_document_that_fails_when_nobody_waits_for_it_is_counted(door: Door) -> None:
    before = outcomes(door)
    assert set(before) == {"done", "failed", "cancelled"}
    made = door.upload("%PDF-1.7\nauch kein PDF", "defekt.pdf", wait=0)
    assert made.status_code in (202, 400)  # the worker may have looked at it before the answer was written
    data = made.json()["data"]
    assert door.nova.jobs.wait(UUID(data["job_id"]), 20).state == "failed"
    assert outcomes(door) == before | {"failed": before["failed"] + 1}
    door.admin("DELETE", f"/api/v1/admin/items/{data['item_id']}")


def test_figures_of_the_ingest(door: Door) -> None:
    figures = door.admin("GET", "/api/v1/metrics/ingest").json()["data"]
    assert figures["done_24h"] >= 1
    assert figures["chunks_total"] >= 1
    assert figures["last"]
    assert figures["per_day"]
