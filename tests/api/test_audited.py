"""A change and its row in the audit log stand or fall together: where the row cannot be written, nothing was changed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from nova.answers.understand.own_vocabulary import TEMPLATE
from nova.errors import ServerAbsent
from nova.kpi.learn.ledger import STANDS_FOR
from nova.kpi.rules.thresholds import builtin_text
from nova.language.text_version import version_of
from nova.ports.jobs import Kind
from nova.records import Caller
from nova.store.ids import uuid7
from nova.store.quality import gap_steps, learning, review
from nova.wiring.erasure import ledger_of
from tests.api.house import QUESTION, Door
from tests.api.test_matrix import TABLES, metered, prompt_text
from tests.api.test_rights import own
from tests.api.test_snapshots import put

NAME, METER = "geprueft", "m-geprueft"
NOBODYS = Kind("nobody-does-this")
Asked = tuple[str, str, dict[str, Any]]


class Away:
    """An audit log whose rows cannot be written any more."""

    def __init__(self) -> None:
        self.asked = 0

    def record(self, actor: Caller, action: str, target: str, facts: Any = None, *, connection: Any) -> None:
        self.asked += 1
        raise ServerAbsent("Die Datenbank antwortet nicht.")


@contextmanager
def audit_away(door: Door) -> Iterator[Away]:
    log, away = door.nova.audit, Away()
    vars(log)["record"] = away.record
    try:
        yield away
    finally:
        del vars(log)["record"]


class Somebody:
    """A person with a token, who said and asked something, and what the operator may decide about it."""

    def __init__(self, door: Door) -> None:
        nova = door.nova
        self.send, self.subject = own(door, NAME)
        self.token_id = door.admin("POST", "/api/v1/admin/keys", json={"user": NAME}).json()["data"]["token_id"]
        self.answer_id = self.send("POST", "/api/v1/rag/ask", json={"question": QUESTION}).json()["data"]["answer_id"]
        self.review_id, self.entry_id, self.learned_id, now = uuid7(), uuid7(), uuid7(), datetime.now(UTC)
        release = learning.LearnedState(uuid7(), now, "", "live", "", None, 0, 0, "admin", now)
        self.weak_id = self.send("POST", "/api/v1/rag/ask", json={"question": QUESTION}).json()["data"]["answer_id"]
        self.step_id = uuid7()
        with nova.db.transaction() as conn:
            conn.execute("""UPDATE answers SET retrieval = '{"margin": 1.0, "direct": false}' WHERE answer_id = %s""", (self.weak_id,))
            gap_steps.put(conn, gap_steps.NewStep(self.step_id, gap_steps.About(answer_id=UUID(self.weak_id)), "place", "admin", {}))
            review.put(conn, [review.NewReview(self.review_id, UUID(self.answer_id), ("sample",), 1.0)])
            learning.insert(conn, release)
            for entry_id, lay, state in ((self.entry_id, "Funzel", "waiting"), (self.learned_id, "Birne", "live")):
                key, facts = f"{lay}{STANDS_FOR}Musterlampe", {"lay": lay, "term": "Musterlampe"}
                learning.enter(conn, [learning.Entry(entry_id, release.release_id, "term", key, state, 0, 0, facts, "admin", now)])
        made = door.admin("POST", "/api/v1/admin/prompts", json={"yaml": prompt_text("probe")})
        assert made.status_code == 201, made.text
        self.prompt = made.json()["data"]["version"]
        sent = door.admin("POST", "/api/v1/data/import", files={"file": ("werte.csv", metered(METER))})
        assert sent.status_code < 300, sent.text
        self.item_id = upload(door, "# Notiz\n\nDie Kennlinie der Musterlampe.\n").json()["data"]["item_id"]
        self.waits, self.cancelled = nova.jobs.start(NOBODYS, {}), nova.jobs.start(NOBODYS, {})
        nova.jobs.cancel(self.cancelled)
        self.snapshot = put(nova.folder)


def upload(door: Door, text: str) -> Any:
    answer = door.admin("POST", "/api/v1/ingest/doc", files=sent_file(text), data={"wait": "20"})
    assert answer.status_code == 201, answer.text
    return answer


def sent_file(text: str) -> dict[str, Any]:
    return {"file": ("notiz.md", text.encode())}


@pytest.fixture(scope="module")
def somebody(door: Door) -> Somebody:
    return Somebody(door)


BY_OPERATOR: dict[str, Callable[[Somebody], Asked]] = {
    "role": lambda _: ("POST", "/admin/keys", {"user": NAME, "role": "reviewer"}),
    "token": lambda _: ("POST", "/admin/keys", {"user": NAME}),
    "token withdrawn": lambda one: ("DELETE", f"/admin/keys/{one.token_id}", {}),
    "name": lambda one: ("PATCH", f"/admin/subjects/{one.subject}", {"external_id": "anders"}),
    "consent": lambda _: ("POST", "/admin/consents", {"user": NAME, "purposes": {"service": False}, "version": "v1"}),
    "erasure": lambda one: ("POST", "/admin/erasures", {"subject": str(one.subject)}),
    "thresholds": lambda _: ("PUT", "/admin/thresholds", {"text": f"{builtin_text()}# x\n", "version": version_of(builtin_text())}),
    "vocabulary": lambda _: ("PUT", "/admin/vocabulary", {"text": f"{TEMPLATE}# x\n", "version": version_of(TEMPLATE)}),
    "learning": lambda _: ("POST", "/admin/learning/stop", {}),
    "term": lambda one: ("POST", f"/admin/learning/{one.entry_id}/decide", {"approved": True}),
    "undoing": lambda one: ("POST", f"/admin/learning/{one.learned_id}/undo", {}),
    "ticket": lambda _: ("POST", "/admin/tickets", {"title": "Etwas fehlt"}),
    "what does not belong here": lambda one: ("POST", f"/admin/unanswered/{one.weak_id}/steps", {"what": "outside"}),
    "words": lambda one: ("POST", f"/admin/unanswered/{one.weak_id}/steps", {"what": "words", "phrases": ["Funzel"], "terms": ["Lampe"]}),
    "step taken back": lambda one: ("DELETE", f"/admin/gap-steps/{one.step_id}", {}),
    "review": lambda one: ("POST", f"/admin/reviews/{one.review_id}/decision", {"verdict": "ablehnen"}),
    "prompt": lambda _: ("POST", "/admin/prompts", {"yaml": prompt_text("neu")}),
    "meter": lambda _: ("PATCH", f"/data/meters/{METER}", {"title": "Keller"}),
    "meter gone": lambda _: ("DELETE", f"/data/meters/{METER}", {}),
    "feed": lambda _: ("POST", "/data/feeds/simulator", {"action": "stop"}),
    "trial": lambda one: ("POST", f"/admin/prompts/{one.prompt}/try", {"share": 0.5}),
    "document": lambda _: ("POST", "/ingest/doc", {"files": sent_file("# Neues\n\nDas stand noch nirgends.\n")}),
    "document changed": lambda one: ("PATCH", f"/admin/items/{one.item_id}", {"title": "Anders"}),
    "document gone": lambda one: ("DELETE", f"/admin/items/{one.item_id}", {}),
    "index": lambda _: ("POST", "/admin/reindex", {}),
    "figures": lambda _: ("POST", "/admin/kpis/measure", {}),
    "figures of a span": lambda _: ("POST", "/admin/kpis/measure", {"from": "2026-01-01T00:00:00Z", "to": "2026-01-02T00:00:00Z"}),
    "learning now": lambda _: ("POST", "/admin/learning/run", {}),
    "reviews": lambda _: ("POST", "/admin/reviews/fill", {}),
    "talks": lambda _: ("POST", "/admin/pipelines/vector-ingest", {}),
    "retention": lambda _: ("POST", "/admin/retention", {"dry_run": False}),
    "job stopped": lambda one: ("POST", f"/jobs/{one.waits}/cancel", {}),
    "job again": lambda one: ("POST", f"/jobs/{one.cancelled}/retry", {}),
    "snapshot": lambda _: ("POST", "/admin/snapshots", {}),
    "snapshot proved": lambda one: ("POST", f"/admin/snapshots/{one.snapshot.snapshot_id}/prove", {}),
    "snapshot gone": lambda one: ("DELETE", f"/admin/snapshots/{one.snapshot.snapshot_id}", {}),
}
BY_THEMSELVES: dict[str, Callable[[Somebody], Asked]] = {
    "consent": lambda _: ("PUT", "/consent", {"purposes": {"service": False}, "version": "v1"}),
    "objection": lambda _: ("POST", "/objection", {}),
    "correction": lambda one: ("PATCH", "/data", {"answer": {"answer_id": one.answer_id, "question": "Was nun?"}}),
}


def everything(door: Door) -> dict[str, Any]:
    """A fingerprint of every table, the files that people edit, and those of documents and snapshots."""
    nova = door.nova
    with nova.db.transaction() as conn:
        names = [row["tablename"] for row in conn.execute(TABLES).fetchall()]
        one = "SELECT '{0}' AS name, md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) AS sum FROM {0} t"
        rows = conn.execute(" UNION ALL ".join(one.format(name) for name in names)).fetchall()
    files = (nova.settings.thresholds_path, nova.settings.vocabulary_path)
    edited = {path.name: path.read_text() if path.exists() else None for path in files}
    stored = {
        "objects": sorted(nova.objects.keys("")),
        "snapshots": sorted(path.name for path in (nova.folder / "snapshots").glob("nova-*")),
    }
    return {row["name"]: row["sum"] for row in rows} | edited | stored


def unchanged(door: Door, send: Any, asked: Asked) -> None:
    method, path, body = asked
    before, ledger = everything(door), ledger_of(door.nova).all()  # type: ignore[arg-type]
    given = body if "files" in body else {"json": body} if body or method not in ("DELETE", "GET") else {}
    with audit_away(door) as away:
        answer = send(method, path, **given)
    assert (answer.status_code, away.asked) == (503, 1), answer.text
    after = everything(door)
    assert [name for name in before if before[name] != after[name]] == []
    assert ledger_of(door.nova).all() == ledger  # type: ignore[arg-type]


@pytest.mark.parametrize("what", BY_OPERATOR)
def test_nothing_is_changed_by_the_operator_that_is_not_noted(door: Door, somebody: Somebody, what: str) -> None:
    method, path, body = BY_OPERATOR[what](somebody)
    unchanged(door, door.admin, (method, f"/api/v1{path}", body))


@pytest.mark.parametrize("what", BY_THEMSELVES)
def test_nothing_is_changed_by_a_person_that_is_not_noted(door: Door, somebody: Somebody, what: str) -> None:
    method, path, body = BY_THEMSELVES[what](somebody)
    unchanged(door, somebody.send, (method, f"/api/v1/me{path}", body))


@pytest.mark.parametrize("path", ["/admin/reviews/export", "/admin/snapshots/{snapshot}"])
def test_nothing_leaves_that_is_not_noted(door: Door, somebody: Somebody, path: str) -> None:
    unchanged(door, door.admin, ("GET", f"/api/v1{path}".format(snapshot=somebody.snapshot.snapshot_id), {}))


def test_rules_are_not_evaluated_by_hand_without_a_note(door: Door) -> None:
    states = "SELECT md5(string_agg(t::text, '' ORDER BY t::text)) AS sum FROM {0} t"
    tables = ("alert_states", "alert_history", "alert_episodes", "notices")
    before = [door.nova.db.fetch_one(states.format(table)) for table in tables]
    with audit_away(door) as away:
        assert door.admin("POST", "/api/v1/admin/alerts/run", json={}).status_code == 503
    assert away.asked == 1
    assert [door.nova.db.fetch_one(states.format(table)) for table in tables] == before
    assert door.admin("POST", "/api/v1/admin/alerts/run", json={}).status_code == 200
