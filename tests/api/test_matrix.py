"""Every route of the description, asked by everyone about everyone's things: who may, who may not, and that a refusal changes nothing.

What is expected follows from the description: its security says which roles pass the door, the names in a path say whose thing it is.
Only what no rule tells stands in the tables below; a route that neither a rule nor a table knows fails here.
"""

import json
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from nova.answers.compose.prompt import text as luna_text
from nova.answers.understand.own_vocabulary import TEMPLATE
from nova.api.app import all_routers
from nova.api.doors import DoorRoute
from nova.api.hooking import sign
from nova.crowd import FEWEST
from nova.flows.seeding import publishing
from nova.flows.seeding.running import run
from nova.flows.snapshots.kept import Kept, Snapshot, write_record
from nova.governance.sessions import Opening, open_session
from nova.governance.tokens import issue_token
from nova.governance.users import ensure_user
from nova.kpi.rules.thresholds import builtin_text, version_of
from nova.records import Caller, DataFact
from nova.roles import Role, those_who_may
from nova.seeding.pipeline import load
from nova.store.ids import uuid7
from nova.store.people import accounts, approvals, rights
from nova.store.quality import gap_steps, gaps, learning, prompts, review, tickets
from nova.store.quality.tickets import NewTicket
from nova.store.series import facts, meters, recommendations, schedules
from nova.store.series.recommendations import NewRecommendation
from nova.store.series.schedules import NewSchedule
from nova.store.talk import handovers
from nova.wiring.seeding import seeding_of
from tests.api.house import ADMIN_KEY, DESCRIPTION, HOOK_SECRET, QUESTION, Door
from tests.fakes.running import Context
from tests.rooms.kpi.house import conversation
from tests.rooms.training.runs import Made, put

pytestmark = pytest.mark.slow

MISSING, MALFORMED = str(uuid4()), "nicht-da"
URL = "https://example.org/matrix.md"
JUDGED = {"question": "Was?", "answer": "Das.", "useful": True}
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'workers' ORDER BY 1"  # workers say that they live
USED = ("access_tokens", "sessions")  # when they were used last is noted once a minute, whatever they were used for
Send = Callable[..., Any]
COLUMNS = ("ts", "buy_eur_kwh", "sell_eur_kwh", "base_kw", "pv_kw", "battery_kw", "stored_kwh", "curtailed_kw", "grid_kw", "idle_grid_kw")
SUMS = ("cost_eur", "energy_eur", "feed_in_eur", "cycle_eur", "peak_eur", "peak_kw", "idle_peak_kw", "penalty_eur", "gap", "cpu_seconds")
SCHEDULE: dict[str, Any] = dict.fromkeys(SUMS, 0.0) | {"columns": {name: [] for name in COLUMNS}, "loads_kw": {}, "reasons": []}
SCHEDULE |= {"meter_id": None, "title": "Plan", "day": "2026-03-01", "days": 1, "seconds": 900, "idle_eur": None, "saves_eur": None}
SCHEDULE |= {"sources": {"prices": "given", "base": "none", "pv": "none"}}
METERED = {"from": "2026-03-01T00:00:00Z", "to": "2026-03-02T00:00:00Z"}
# What is of the right form and not there, and what is of no form, where neither an unknown id nor a word is.
NOWHERE = {"rule": "nirgends", "prompt": "nirgends", "kpi": "wetter", "seq": "99", "version": "99", "number": "99", "batch_id": "99999999"}
NOWHERE |= {"name": "wetter", "pipeline": "nirgends", "dataset": "nirgends", "engine": "nirgends", "train_run": "nirgends"}
NO_FORM = {"meter_id": "-", "name": "-", "prompt": "-", "kpi": "-", "seq": "-", "pipeline": "-", "dataset": "-", "engine": "-"}
NO_FORM |= {"train_run": "-"}
SEEDED = """
{name: matrix, title: Matrix, source: {sample: {table: tickets, customers: 20}}, licence: eigen, purpose: training,
 steps: [{harmonise: {}}]}
"""
QUESTIONED = {"id": "1", "question": "Was kostet der Tarif?", "reference": "Er kostet 31,5 ct/kWh."}
PRICES = {"seconds": 3600, "eur_mwh": [50.0] * 24}


def metered(meter: str) -> bytes:
    """Two readings of a meter, as a file."""
    return f"meter_id,ts,consumption_kw\n{meter},2026-03-01T00:00:00Z,1\n{meter},2026-03-01T00:15:00Z,2\n".encode()


def signed(body: dict[str, Any]) -> dict[str, Any]:
    """A delivery as a sender makes it."""
    raw, stamp, nonce = json.dumps(body).encode(), str(int(time.time())), uuid4().hex
    names = {"X-Nova-Timestamp": stamp, "X-Nova-Nonce": nonce, "X-Nova-Signature": sign(HOOK_SECRET, stamp, nonce, raw)}
    return {"content": raw, "signed": names}


# What the first who does it has, and nobody after.
TAKEN_ONCE = {
    "move_handover",
    "decide_approval",
    "claim_review",
    "decide_review",
    "take_back",
    "retry_erasure",
    "take_gap_step",
    "take_unanswered_step",
}
MAKES = {"assign_meter"}  # what is not there yet is made
# Routes that are served without being described: what each is a second name of, or "" for one that shows no one's data.
UNDESCRIBED = {
    ("GET", "/api/v1/openapi.json"): "",
    ("GET", "/api/v1/docs"): "",
    ("GET", "/api/v1/docs/{name}"): "",
    ("GET", "/api/v1/models"): "/v1/models",
    ("POST", "/api/v1/chat/completions"): "/v1/chat/completions",
    ("POST", "/api/v1/hook/sophia-session"): "/hook/sophia-session",
    ("POST", "/api/v1/hook/seed-run"): "/hook/seed-run",
    ("POST", "/api/v1/hook/deliver"): "/hook/deliver",
    ("GET", "/api/v1/data/smart_meter"): "/api/v1/data/smartmeter",
    ("GET", "/api/v1/data/market_prices"): "/api/v1/data/market",
}
# Who has which role; "admin" is the operator's key, which is nobody.
NAMED: dict[Role, tuple[str, ...]] = {
    "customer": ("anna", "ben"),
    "employee": ("edda",),
    "reviewer": ("rita",),
    "engineer": ("emil",),
    "auditor": ("alma",),
    "admin": ("olga", "admin"),
    "service": ("svc-test",),
}
ROLE_OF = {name: role for role, names in NAMED.items() for name in names}
PERSONS = [name for name, role in ROLE_OF.items() if name != "admin" and role != "service"]
OPERATORS = NAMED["admin"]
EVERYBODY = those_who_may("use")
Roles = frozenset[Role]
OPEN: Roles = frozenset()
DESTROYS = {"DELETE"}  # methods after which a thing is gone
ENDLESS = {"stream_live", "stream_data"}  # who passes reads for ever: test_live.py and test_data.py, slow ones: test_hostile_load.py

# What a route needs besides its path. The function gets the caller's name (None for the operator) and their things.
NEEDS: dict[str, Callable[["Things"], dict[str, Any]]] = {
    "ask_luna": lambda _: {"json": {"question": QUESTION}},
    "take_session": lambda _: signed({"session_id": str(uuid4()), "user": "matrix", "turns": []}),
    "order_delivery": lambda _: signed({"engine": "analytics", "execution": "matrix"}),
    "order_run": lambda _: signed({"pipeline": "beispiel-tickets", "execution": "matrix"}),
    "change_consent": lambda _: {"json": {"purposes": {"analytics": True}, "version": "v2"}},
    "record_consent": lambda mine: {"json": {"user": f"papier-{mine.name}", "purposes": {"service": True}, "version": "v1"}},
    "correct_own_data": lambda mine: {"json": {"answer": {"answer_id": mine.ids["answer_id"], "question": "Was nun?"}}},
    "find_subject": lambda mine: {"json": {"subject": mine.ids["subject_id"]}},
    "change_subject": lambda _: {"json": {"external_id": f"anders-{uuid4()}"}},
    "erase_subject": lambda mine: {"json": {"subject": mine.ids["subject_id"]}},
    "run_retention": lambda _: {"json": {"dry_run": True}},
    "rotate_vault": lambda _: {"json": {}},
    "complete_chat": lambda _: {"json": {"messages": [{"role": "user", "content": QUESTION}]}},
    "ingest_doc": lambda _: {"files": {"file": (f"{uuid4()}.md", f"# Notiz\n\nText {uuid4()} steht hier.\n".encode())}},
    "ingest_url": lambda _: {"json": {"url": f"{URL}?{uuid4()}"}},
    "save_event": lambda mine: {"json": {"user_id": mine.name, "type": "view"}},
    "save_event_batch": lambda mine: {"json": {"events": [{"user_id": mine.name, "type": "view"}]}},
    "save_answer_feedback": lambda mine: {
        "json": {"question": "Was?", "answer": "Das.", "useful": True, "answer_id": mine.ids["answer_id"]}
    },
    "change_item": lambda _: {"json": {"title": "Umbenannt"}},
    "change_items": lambda mine: {"json": {"action": "tag", "item_ids": [mine.ids["item_id"]], "tag": "matrix"}},
    "reindex": lambda mine: {"json": {"item_ids": [mine.ids["item_id"]]}},
    "weigh_model": lambda _: {"json": {}},
    "put_thresholds": lambda _: {"json": {"text": builtin_text(), "version": version_of(builtin_text())}},
    "backtest_thresholds": lambda _: {"json": {"days": 1, "rule": "hilfreich"}},
    "run_alerts": lambda _: {"json": {"dry_run": True}},
    "silence_alert": lambda _: {"json": {"hours": 1}},
    "decide_review": lambda _: {"json": {"verdict": "annehmen"}},
    "give_second_opinion": lambda _: {"json": {"verdict": "annehmen"}},
    "settle_second_opinion": lambda _: {"json": {"right": "erste"}},
    "take_gap_step": lambda _: {"json": {"what": "outside"}},
    "take_unanswered_step": lambda _: {"json": {"what": "outside"}},
    "open_ticket": lambda _: {"json": {"title": "Etwas fehlt"}},
    "change_ticket": lambda _: {"json": {"comment": "Gesehen."}},
    "start_learning": lambda _: {"json": {}},
    "put_learning_questions": lambda _: {"json": {"questions": []}},
    "decide_learned": lambda _: {"json": {"approved": True}},
    "add_prompt": lambda _: {"json": {"yaml": prompt_text(f"m-{uuid4().hex}")}},
    "try_prompt": lambda _: {"json": {"share": 0}},
    "promote_prompt": lambda _: {"json": {}},
    "recommend_passages": lambda mine: {"json": {"user_id": mine.name, "top_k": 3}},
    "learn_policy": lambda _: {"json": {}},
    "make_snapshot": lambda _: {"json": {}},
    "run_vector_ingest": lambda _: {"json": {}},
    "search_conversations": lambda _: {"params": {"query": "Abschlag"}},
    "open_token": lambda mine: {"json": {"token": mine.ids["token"], "reason": "rueckruf"}},
    "issue_key": lambda _: {"json": {"user": "matrix"}},
    "put_vocabulary": lambda _: {"json": {"text": TEMPLATE, "version": version_of(TEMPLATE)}},
    "create_session": lambda _: {"json": {"key": ADMIN_KEY}},
    "get_smartmeter": lambda mine: {"params": METERED | {"meter_id": mine.ids["meter_id"]}},
    "get_figures": lambda mine: {"params": METERED | {"meter_id": mine.ids["meter_id"]}},
    "export_data": lambda mine: {"params": METERED | {"meter_id": mine.ids["meter_id"]}},
    "get_market": lambda _: {"params": {"market": "EPEX"}},
    "get_signals": lambda _: {"params": {"signal": "load_mw"}},
    "change_meter": lambda _: {"json": {"title": "Umbenannt"}},
    "push_readings": lambda _: {"content": metered(f"m-{uuid4()}")},
    "import_file": lambda mine: {"files": {"file": ("werte.csv", metered(mine.ids["meter_id"]))}},
    "assign_meter": lambda mine: {"json": [] if mine.name == "betrieb" else [{"customer": mine.name, "from": None, "to": None}]},
    "get_history": lambda mine: {"params": {"meter_id": mine.ids["meter_id"], "ts": METERED["from"]}},
    "switch_feed": lambda _: {"json": {"action": "stop"}},
    "run_simulator": lambda _: {"json": {"action": "stop"}},
    "get_help": lambda _: {"params": {"route": "/fragen"}},
    "get_forecast": lambda mine: {"params": {"meter_id": mine.ids["meter_id"]}},
    "decide_recommendation": lambda _: {"json": {"decision": "spaeter"}},
    "measure_kpis": lambda _: {"json": {}},
    "label_turn": lambda _: {"json": {"label": "neutral"}},
    "sign_in_by_password": lambda mine: {"json": {"user": f"{mine.name}-{uuid4()}", "password": "geraten"}},
    "sign_in_by_code": lambda _: {"json": {"step": "geraten", "code": "123456"}},
    "sign_in_by_passkey": lambda _: {"json": {"step": "geraten", "credential": {}}},
    "look_at_invitation": lambda _: {"json": {"secret": "geraten"}},
    "join_by_password": lambda _: {"json": {"secret": "geraten", "password": "Kanal Birne Wolke 7 Nagel"}},
    "join_by_code": lambda _: {"json": {"step": "geraten", "code": "123456"}},
    "begin_passkey_join": lambda _: {"json": {"secret": "geraten"}},
    "join_by_passkey": lambda _: {"json": {"step": "geraten", "credential": {}}},
    "log_out_by_company": lambda _: {"data": {"logout_token": "geraten"}},
    "change_own_password": lambda _: {"json": {"old": "", "new": "Kanal Birne Wolke 7 Nagel"}},
    "add_own_passkey": lambda _: {"json": {"step": "geraten", "credential": {}}},
    "take_own_factor": lambda _: {"json": {"step": "geraten", "code": "123456"}},
    "issue_own_token": lambda _: {"json": {"label": "matrix", "scopes": ["use"]}},
    "see_notices": lambda _: {"json": {"seq": 0}},
    "invite_person": lambda _: {"json": {"user": f"neu-{uuid4()}"}},
    "import_people": lambda _: {"files": {"file": ("leute.csv", f"user,role\nneu-{uuid4()},customer\n".encode())}},
    "change_person": lambda _: {"json": {"name": "Umbenannt"}},
    "make_handover": lambda mine: {"json": {"answer_id": mine.ids["answer_id"], "agreed": True}},
    "move_handover": lambda _: {"json": {"state": "withdrawn"}},
    "decide_approval": lambda _: {"json": {"approve": False}},
    "run_pipeline": lambda _: {"json": {}},
    "make_dataset": lambda _: {"json": {}},
    "get_dataset": lambda _: {"params": {"version": "nirgends"}},
    "export_dataset": lambda _: {"params": {"version": "nirgends"}},
    "add_set": lambda _: {"json": {"name": "matrix", "keeper": "Redaktion", "rows": [QUESTIONED]}},
    "find_learned": lambda _: {"json": {"name": "niemand"}},
    "navigate": lambda _: {"json": {"question": "Wo sehe ich die Strompreise?"}},
    "list_offers": lambda _: {"params": {"plz": "10115"}},
    "judge_pair": lambda _: {"json": {"row_id": "nirgends", "choice": "tie", "mark": "0" * 32}},
    "evaluate_run": lambda _: {"json": {}},
    "make_card": lambda _: {"json": {}},
    "preflight": lambda _: {"json": {}},
    "start_train_run": lambda _: {"json": {}},
    "turn_key": lambda _: {"json": {"evaluation_id": str(uuid4())}},
    "take_adapter_back": lambda _: {"json": {}},
    "try_adapter": lambda _: {"json": {"run": "nirgends", "share": 0.1}},
    "end_adapter_trial": lambda _: {"json": {}},
    "make_champion": lambda _: {"json": {"run": "nirgends"}},
    "undo_removals": lambda _: {"json": {"ids": ["nirgends"]}},
    "make_live": lambda _: {"json": {"version": "nirgends"}},
    "get_person": lambda _: {"json": {"name": "niemand"}},
    "correct_person": lambda _: {"json": {"name": "niemand", "column": "text"}},
    "diff_versions": lambda mine: {"params": {"before": mine.ids["seeded"], "after": mine.ids["seeded"]}},
    "export_version": lambda mine: {"params": {"version": mine.ids["seeded"]}},
    "get_origins": lambda mine: {"params": {"version": mine.ids["seeded"], "row": "T-900001"}},
    "get_uses": lambda _: {"params": {"source": "beispiel/tickets", "key": "T-900001"}},
    "make_schedule": lambda mine: {"json": {"meter_id": mine.ids["meter_id"], "plant": {}, "day": "2026-03-01", "prices": PRICES}},
}
# Where success is none of the description's first statuses, or where the thing's own state has a say.
SUCCESS = {
    "preflight": 404,
    "start_train_run": 404,
    "pause_train_run": 409,
    "resume_train_run": 409,
    "cancel_train_run": 409,
    "turn_key": 409,
    "take_adapter_back": 409,
    "try_adapter": 404,
    "end_adapter_trial": 409,
    "make_champion": 404,
    "judge_pair": 404,
    "retry_job": 409,
    "make_live": 404,
    "get_person": 404,
    "get_dataset": 404,
    "export_dataset": 404,
    "get_set": 404,
    "correct_person": 404,
    "roll_back": 409,
    "deliver_to_engine": 409,
    "get_model": 404,
    "roll_engine_back": 409,
    "roll_policy_back": 409,
    "promote_policy": 404,
    "undo_learned": 409,
    "undo_review": 409,
    "get_second_opinion": 404,
    "give_second_opinion": 404,
    "settle_second_opinion": 404,
    "ask_step_again": 409,
    "retry_erasure": 200,
    "decide_learned": 409,
    "roll_back_prompt": 409,
    "weigh_model": 409,
    "get_market": 404,
    "get_price_figures": 404,
    "get_signals": 404,
    "change_subject": 404,
    "get_own_ways": 404,
}  # the job is done, and only failed ones are tried again; there is no model, no price, no name of who signs in nowhere, and no account
# Open routes that let in who proves something, and what they say to who proves nothing; how one comes in: tests/api/accounts.
UNPROVED = {
    "sign_in_by_password": 401,
    "sign_in_by_code": 401,
    "sign_in_by_passkey": 401,
    "join_by_code": 401,
    "join_by_passkey": 401,
    "look_at_invitation": 404,
    "join_by_password": 404,
    "begin_passkey_join": 403,  # browsers offer no passkeys under a number such as 127.0.0.1
}
UNPROVED |= dict.fromkeys(("begin_sso", "finish_sso", "log_out_by_company"), 404)  # here the company has no sign-in of its own
# What changes somebody's ways in is for who came in by a browser a moment ago; keys and tokens never do: tests/api/accounts.
FRESH = {
    "change_own_password",
    "begin_own_passkey",
    "add_own_passkey",
    "delete_own_passkey",
    "begin_own_factor",
    "take_own_factor",
    "drop_own_factor",
    "renew_own_codes",
    "issue_own_token",
}
# What is a person's alone, also where an operator asks.
PERSONAL = {"get_own_answer", "delete_own_answer", "correct_own_data", "end_own_session", "revoke_own_token"}
PERSONAL |= {"make_handover", "get_handover", "move_handover", "draft_letter"}
# Whoever sees the operation sees that there is a job of somebody, and no more; they may not steer it.
SEEN = {("emil", "get_job"): 200, ("emil", "cancel_job"): 403, ("emil", "retry_job"): 403}
# The operator's key is no person and has nothing of its own.
NOBODYS = {"read_consent": 403, "change_consent": 403, "get_own_ways": 404, "end_own_session": 404, "revoke_own_token": 404}
NOBODYS |= dict.fromkeys(("get_own_quota", "get_own_data", "correct_own_data", "object_to_use", "erase_myself", "get_own_erasure"), 403)
NOBODYS |= dict.fromkeys(("get_handover", "move_handover", "draft_letter"), 404)
NOBODYS |= dict.fromkeys(("make_handover", "decide_approval"), 403)
# What engineers may do with the company's things alone.
COMPANY_ONLY = {"change_meter"}
# A customer may read the company's documents and no more.
COMPANYS = {"delete_own_item": 403}


@dataclass(frozen=True)
class Operation:
    """A method of a path, by which name the code knows it, and who passes its door."""

    method: str
    path: str
    name: str
    door: Roles
    success: int

    @property
    def ids(self) -> list[str]:
        """The names in the path."""
        return [part.strip("{}") for part in self.path.replace(".png", "").split("/") if part.startswith("{")]

    @property
    def askers(self) -> list[str]:
        """Who passes its door."""
        return [name for name, role in ROLE_OF.items() if role in self.door]


def operations() -> Iterator[Operation]:
    """All that the description holds, and the second names."""
    described = {}
    for path, methods in DESCRIPTION["paths"].items():
        for method, told in methods.items():
            keys: dict[str, list[str]] = {}
            for name, roles in ((name, roles) for scheme in told.get("security", []) for name, roles in scheme.items()):
                keys.setdefault(name, []).extend(roles)
            door = door_of(keys)
            first = min(int(status) for status in told["responses"])
            name = told["operationId"]
            described[method.upper(), path] = Operation(method.upper(), path, name, door, SUCCESS.get(name, first))
    yield from described.values()
    for (method, path), other in UNDESCRIBED.items():
        if other:
            known = described[method, other]
            yield Operation(method, path, known.name, known.door, known.success)


def door_of(keys: dict[str, list[str]]) -> Roles:
    """Which roles pass by the keys that open a door: none where it is open, any person where no role stands behind a token."""
    if not keys:
        return OPEN
    if keys["Bearer"] == ["service"]:
        assert set(keys) == {"Bearer"}
        return frozenset({"service"})
    assert keys["Bearer"] == keys["Session"]  # the operator's key opens all that a named operator passes
    assert (not keys["Bearer"] or "admin" in keys["Bearer"]) and "AdminKey" in keys
    return frozenset(keys["Bearer"]) or EVERYBODY  # type: ignore[arg-type]


@dataclass
class Things:
    """What belongs to somebody, by the name a path gives it."""

    name: str
    ids: dict[str, str] = field(default_factory=dict)


class World:
    """Two customers, one person of each other role, a program, the operator's key and things of theirs; what is destroyed is made anew."""

    def __init__(self, door: Door) -> None:
        self.door, self.left = door, dict[str, str]()
        self.send = {name: door.person(name, role) for name, role in ROLE_OF.items() if name != "admin"}
        self.callers: dict[str, dict[str, str]] = {
            "nobody": {},
            "expired": {"Authorization": f"Bearer {self._token(timedelta(seconds=-1))}"},
            "forged": {"Authorization": f"Bearer {self._token(timedelta(days=1), OctKey.import_key(bytes(32)))}"},
            "wrong key": {"X-Admin-Key": ADMIN_KEY[:-1] + "x"},
            "admin": {"X-Admin-Key": ADMIN_KEY},
        }
        self.callers |= {name: person.headers for name, person in self.send.items()}
        assert door.admin("POST", "/api/v1/admin/alerts/run", json={}).status_code == 200

    def _token(self, left: timedelta, key: OctKey | None = None) -> str:
        """A token of Anna's that was really given out, with another end or another signature."""
        made = self.door.admin("POST", "/api/v1/admin/keys", json={"user": "anna"}).json()["data"]
        claims = {"sub": "anna", "jti": made["token_id"], "role": "customer", "exp": datetime.now(UTC) + left}
        return jwt.encode({"alg": "HS256"}, claims, key or self.door.nova.token_key)

    def things(self, owner: str) -> Things:
        """A document of one page, its job, an answer, a token and whatever else there is."""
        return Things(owner, self.document(owner) | self.answered(owner) | self.token(owner) | self.others(owner))

    def anew(self, owner: str, known: Things, names: Collection[str]) -> Things:
        """Somebody's things, those of these names made anew."""
        ids = dict(known.ids)
        makers = {"item_id": self.document, "job_id": self.document, "answer_id": self.answered, "review_id": self.answered}
        makers |= {"step_id": self.answered}
        makers |= {"token_id": self.token, "session_id": self.entered, "user_id": self.entered, "snapshot_id": self.snapshot}
        for make in {makers.get(name, self.others) for name in names if name != "passkey_id"}:
            ids |= make(owner)
        return Things(owner, ids)

    def document(self, owner: str) -> dict[str, str]:
        """A document of one page, and the job that read it."""
        sender: Send = self.send.get(owner, self.door.admin)
        file = {"file": ("blatt.pdf", pdf(f"Das Blatt {uuid4()} gilt."))}
        made = sender("POST", "/api/v1/ingest/doc", files=file, data={"wait": "0"})
        assert made.status_code in (201, 202), made.text
        return {name: made.json()["data"][name] for name in ("item_id", "job_id")} | {"version": "1", "number": "1"}

    def answered(self, owner: str) -> dict[str, str]:
        """An answer, and its place in the editorial queue."""
        sender: Send = self.send.get(owner, self.door.admin)
        answer_id = sender("POST", "/api/v1/rag/ask", json={"question": QUESTION}).json()["data"]["answer_id"]
        return {"answer_id": answer_id} | self.queued(UUID(answer_id)) | self.lacking(UUID(answer_id))

    def token(self, owner: str) -> dict[str, str]:
        """A token of theirs; nobody gives out an operator's for another, so it comes from the room itself."""
        nova = self.door.nova
        return {"token_id": str(issue_token(nova.db, nova.token_key, nova.audit, Caller("admin"), owner).token_id)}

    def others(self, owner: str) -> dict[str, str]:
        """A meter with readings, a snapshot and what people and figures leave."""
        sender: Send = self.send.get(owner, self.door.admin)
        meter = f"m-{uuid4()}"
        if owner != "betrieb":
            given = [{"customer": owner, "from": None, "to": None}]
            assert self.door.admin("PUT", f"/api/v1/data/meters/{meter}/assignments", json=given).status_code == 200
        sent = sender("POST", "/api/v1/data/import", files={"file": ("werte.csv", metered(meter))})
        ids = self.handed(owner) | {"meter_id": meter, "batch_id": str(sent.json()["data"]["report"]["batch_id"]), "name": "simulator"}
        ids |= self.entered(owner) | self.made_of(owner, meter) | self.snapshot(owner) | {"rule": "hilfreich"}
        return ids | self.seeded() | {"train_run": self.tuned()}

    def tuned(self) -> str:
        """A run that tuned a model, with what it answered."""
        made = Made.good(f"lauf-{uuid4()}")
        made.asked = made.asked[:3]
        put(self.door.nova.db, made)
        return made.name

    def seeded(self) -> dict[str, str]:
        """A run of a pipeline and its version, which is not live any more."""
        pipeline = load(SEEDED, "matrix.yaml")
        made = run(seeding_of(self.door.nova), pipeline, ("admin", ""), Context())
        if made["live"]:
            with self.door.nova.db.transaction() as conn:
                publishing.roll_back(conn, pipeline.name, "admin", datetime.now(UTC))
        made_of = {"pipeline": "beispiel-tickets", "dataset": pipeline.name, "engine": "roi"}
        return made_of | {"run_id": made["run_id"], "seeded": made["version"]}

    def entered(self, owner: str) -> dict[str, str]:
        """A session of theirs, and the account of somebody who is invited."""
        invited = self.door.admin("POST", "/api/v1/admin/people", json={"user": f"konto-{uuid4()}", "role": "customer"})
        who = ensure_user(self.door.nova.db, owner)
        open_session(self.door.nova.db, bytes(32), Caller(who.role, who.user_id), Opening("token"), hours=1)
        with self.door.nova.db.transaction() as conn:
            session_id = accounts.sessions_of(conn, who.user_id)[0].session_id
        return {"user_id": invited.json()["data"]["user_id"], "session_id": str(session_id), "passkey_id": MISSING}

    def handed(self, owner: str) -> dict[str, str]:
        """A handover of theirs to a colleague who asks for nothing here, and what somebody asks a second operator for."""
        sender, recipient = (ensure_user(self.door.nova.db, name).user_id for name in (owner, "kollegin"))
        today, ends = datetime.now(UTC).date(), datetime.now(UTC) + timedelta(days=1)
        handover, approval = uuid7(), uuid7()
        with self.door.nova.db.transaction() as conn:
            handovers.insert(conn, handovers.NewHandoverRow(handover, sender, recipient, "question", "", today, None), [])
            new = approvals.NewApproval(approval, "person.erase", str(approval), {}, f"admin:{recipient}", ends)
            assert approvals.insert(conn, new)
        return {"handover_id": str(handover), "approval_id": str(approval)}

    def queued(self, answer_id: UUID) -> dict[str, str]:
        """The answer in the editorial queue, decided on."""
        one = review.NewReview(uuid7(), answer_id, ("sample",), 1.0)
        with self.door.nova.db.transaction() as conn:
            review.put(conn, [one])
        return {"review_id": str(one.review_id)}

    def lacking(self, answer_id: UUID) -> dict[str, str]:
        """The answer as a weak one, about which somebody named the right place."""
        named = gap_steps.NewStep(uuid7(), gap_steps.About(answer_id=answer_id), "place", "admin", {})
        with self.door.nova.db.transaction() as conn:
            weak = """UPDATE answers SET retrieval = '{"margin": 1.0, "direct": false}' WHERE answer_id = %s"""
            conn.execute(weak, (answer_id,))
            gap_steps.put(conn, named)
        return {"step_id": str(named.step_id)}

    def made_of(self, owner: str, meter_id: str) -> dict[str, str]:
        """A recommendation, a kept schedule and a fact of an answer about a meter."""
        day = datetime.now(UTC).date() + timedelta(days=1)
        query = {"tool": "energy", "meter": meter_id, "from": METERED["from"], "to": METERED["to"]}
        with self.door.nova.db.transaction() as conn:
            user = meters.get(conn, meter_id).owner
            new = NewRecommendation(uuid7(), user, "regel", meter_id, day, "Titel", "Text", 1.0, None, {})
            plan = NewSchedule(uuid7(), user, "Plan", {}, SCHEDULE, meter_id)
            fact = DataFact(uuid4(), "Verbrauch", 0.75, "kWh", "0,75 kWh", query, 2)
            subject = self.door.nova.people.subject(conn, f"kundin-{meter_id}")
            token = self.door.nova.people.tokens(conn, subject)("name", f"Erika {meter_id}")
            ticket = tickets.put(conn, NewTicket("other", "lumina", "Titel", "", "admin", datetime.now(UTC)))
            recommendations.put(conn, meter_id, day, [new])
            schedules.put(conn, plan)
            facts.insert(conn, None, user, [fact])
            gap, (entry_id, version) = put_gap(conn), put_learned(conn)
            erasure = rights.Erasure(uuid4(), uuid4(), None, None, datetime.now(UTC))
            rights.ask(conn, erasure)
        said = conversation(self.door.nova.db, datetime.now(UTC), ["Danke."], subject)
        made = {"entry_id": entry_id, "prompt": version, "gap_id": gap, "conversation_id": said, "kpi": "answers", "seq": 0}
        made |= {"erasure_id": erasure.erasure_id}
        made |= {"recommendation_id": new.recommendation_id, "schedule_id": plan.schedule_id, "fact_id": fact.fact_id}
        return {name: str(value) for name, value in made.items()} | {"token": token, "subject_id": str(subject), "ticket_id": str(ticket)}

    def snapshot(self, _owner: str) -> dict[str, str]:
        """The record and the file of a snapshot."""
        made = uuid7()
        path = Kept(self.door.nova.settings.NOVA_DATA).folder / f"{made}.tar"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"tar")
        write_record(path, Snapshot(made, path.name, datetime.now(UTC), 3, "0" * 64, False, "person", "0", "0", False))
        return {"snapshot_id": str(made)}

    def ask(self, operation: Operation, caller: str, things: Things, **swapped: str) -> Any:
        """One request about somebody's things, some ids of them swapped."""
        path = operation.path.format_map(things.ids | swapped)
        self.door.client.cookies.clear()
        more = NEEDS[operation.name](things) if operation.name in NEEDS else {}
        headers = self.callers[caller] | more.pop("signed", {})
        return self.door.client.request(operation.method, path, headers=headers, **more)

    def settle(self) -> None:
        """Wait until no job is left to do."""
        while any(self.door.nova.jobs.list(states=("queued", "running"), kind=kind, limit=1) for kind in ("ingest", "reindex", "apply")):
            time.sleep(0.02)

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """What is asked within changes nothing that is stored; nor does anything change between two of these."""
        before = self.left or self.rows()
        yield
        self.left = self.rows()
        assert self.left == before

    def rows(self) -> dict[str, str]:
        """A fingerprint of every table."""
        with self.door.nova.db.transaction() as conn:
            names = [row["tablename"] for row in conn.execute(TABLES).fetchall()]
            one = "SELECT '{0}' AS name, md5(coalesce(string_agg({1}, '' ORDER BY {1}), '')) AS sum FROM {0} t"
            sums = (one.format(name, "(to_jsonb(t) - 'seen_at')::text" if name in USED else "t::text") for name in names)
            return {row["name"]: row["sum"] for row in conn.execute(" UNION ALL ".join(sums)).fetchall()}


def prompt_text(version: str) -> str:
    """A prompt of a name."""
    return luna_text().replace('version: "', f'version: "{version}-', 1)


def put_learned(conn: Any) -> tuple[UUID, str]:
    """A row of the ledger that is not in force, and a draft of a prompt."""
    release_id, version, now = uuid4(), f"m-{uuid4().hex}", datetime.now(UTC)
    learning.insert(conn, learning.LearnedState(release_id, now, "", "rejected", "", None, 0, 0, "admin", now))
    learning.enter(conn, [learning.Entry(release_id, release_id, "release", "", "rejected", 0, 0, {}, "admin", now)])
    prompts.insert(conn, version, prompt_text(version), "", "admin", now)
    return release_id, version


def put_gap(conn: Any) -> UUID:
    """A knowledge gap of as many people as one is told of."""
    gap_id, now = uuid4(), datetime.now(UTC)
    gaps.put(conn, gaps.KnownGap(gap_id, gap_id.hex, ("tarif",), "open", None, now, now, frozenset()), {})
    for who, answer in ((uuid4(), uuid4()) for _ in range(FEWEST)):
        conn.execute("INSERT INTO subjects (subject_id) VALUES (%s)", (who,))
        said = "INSERT INTO answers (answer_id, question, answer, status, subject_id) VALUES (%s, 'Welcher Tarif?', '', 'refused', %s)"
        conn.execute(said, (answer, who))
        conn.execute("INSERT INTO gap_answers (gap_id, answer_id, weakness) VALUES (%s, %s, 1)", (gap_id, answer))
    return gap_id


def pdf(text: str) -> bytes:
    from fpdf import FPDF

    page = FPDF()
    page.add_page()
    page.set_font("Helvetica", size=12)
    page.write(text=text)
    return bytes(page.output())


@pytest.fixture(scope="module")
def world(door: Door) -> World:
    class Pages(dict[str, bytes]):
        """Any page of the matrix's address."""

        def __contains__(self, url: object) -> bool:
            return str(url).startswith(URL)

        def __missing__(self, url: str) -> bytes:
            return f"# Seite\n\nText von {url} steht hier.\n".encode()

    door.nova.fetcher.pages = Pages()
    return World(door)


@pytest.fixture(scope="module")
def everyones(world: World) -> dict[str, Things]:
    found = {owner: world.things(owner) for owner in (*PERSONS, "betrieb") if owner != "ben"}
    world.settle()
    return found


@pytest.fixture(scope="module")
def anna(everyones: dict[str, Things]) -> Things:
    return everyones["anna"]


def code(answer: Any) -> tuple[int, str]:
    body = answer.json()
    return answer.status_code, (body.get("data") or body.get("error"))["code"]


def told(answer: Any, asked: str) -> Any:
    """The whole answer but its own number and the id that was asked for."""
    text = answer.text.replace(f'"batch_id":{asked}', '"batch_id":"the id"')
    text = text if asked.isdecimal() else text.replace(asked, "the id")
    return {name: value for name, value in json.loads(text).items() if name != "trace_id"}


ALL = list(operations())
CLOSED = [one for one in ALL if one.door != OPEN]
ABOUT = [one for one in ALL if one.ids]
named = pytest.mark.parametrize("operation", ALL, ids=lambda one: f"{one.method} {one.path}")


def test_no_route_is_forgotten() -> None:
    served = {
        (method, route.path_format): those_who_may(*route.needs) if route.needs else OPEN
        for router in all_routers()
        for route in router.routes
        if isinstance(route, DoorRoute)
        for method in route.methods or ()
    }
    listed = {(one.method, one.path): one.door for one in ALL} | {key: OPEN for key, other in UNDESCRIBED.items() if not other}
    assert served == listed
    assert {one.name for one in ALL if "requestBody" in DESCRIPTION["paths"].get(one.path, {}).get(one.method.lower(), {})} <= set(NEEDS)
    known = {"item_id", "job_id", "answer_id", "token_id", "snapshot_id", "version", "number", "meter_id", "batch_id", "name"}
    known |= {"user_id", "session_id", "passkey_id", "gap_id", "conversation_id", "kpi", "seq", "entry_id", "prompt", "erasure_id"}
    known |= {"recommendation_id", "schedule_id", "fact_id", "subject_id", "rule", "ticket_id", "review_id", "handover_id", "approval_id"}
    known |= {"step_id", "pipeline", "run_id", "dataset", "engine", "train_run"}
    assert {name for one in ALL for name in one.ids} == known


@pytest.mark.parametrize("operation", CLOSED, ids=lambda one: f"{one.method} {one.path}")
def test_who_is_not_known_learns_and_changes_nothing(world: World, anna: Things, operation: Operation) -> None:
    with world.unchanged():
        for caller in ("nobody", "expired", "forged", "wrong key"):
            swaps: list[dict[str, str]] = [{}, *({name: wrong} for name in operation.ids for wrong in (MISSING, MALFORMED))]
            for swapped in swaps:
                assert code(world.ask(operation, caller, anna, **swapped)) == (401, "not_signed_in"), (caller, swapped)


@pytest.mark.parametrize("operation", CLOSED, ids=lambda one: f"{one.method} {one.path}")
def test_whoever_has_another_role_is_turned_away(world: World, anna: Things, operation: Operation) -> None:
    with world.unchanged():
        for caller in ROLE_OF.keys() - {*operation.askers}:
            for swapped in ({}, *({name: MISSING} for name in operation.ids)):
                assert code(world.ask(operation, caller, anna, **swapped)) == (403, "not_allowed"), (caller, swapped)


@pytest.mark.parametrize("operation", ABOUT, ids=lambda one: f"{one.method} {one.path}")
def test_what_is_not_theirs_is_as_if_it_were_not_there(world: World, anna: Things, operation: Operation) -> None:
    with world.unchanged():
        for caller in operation.askers:
            for name in operation.ids:
                asked_for_what_is_not_there(world, operation, caller, anna, name)
        if operation.door == EVERYBODY:
            for other in PERSONS:
                if other != "anna" and (other not in OPERATORS or operation.name in PERSONAL):
                    asked_for_what_is_annas(world, operation, other, anna)


def asked_for_what_is_not_there(world: World, operation: Operation, caller: str, anna: Things, name: str) -> None:
    """Somebody who passes the door names a thing that is not there, and one that can be none."""
    unknown, malformed = ({name: names.get(name, wrong)} for names, wrong in ((NOWHERE, MISSING), (NO_FORM, MALFORMED)))
    if operation.name in FRESH:
        for swapped in (unknown, malformed):
            assert code(world.ask(operation, caller, anna, **swapped)) == (403, "fresh_sign_in"), caller
        return
    if operation.name not in MAKES:
        assert code(world.ask(operation, caller, anna, **unknown)) == (404, "not_found"), (caller, name)
    assert code(world.ask(operation, caller, anna, **malformed)) == (400, "validation"), (caller, name)


def asked_for_what_is_annas(world: World, operation: Operation, other: str, anna: Things) -> None:
    """Somebody else asks for Anna's thing: they are told what they are told of one that never was."""
    first = operation.ids[0]
    absent = NOWHERE.get(first, MISSING)
    theirs, missing = (world.ask(operation, other, Things(other, anna.ids | ids)) for ids in ({}, {first: absent}))
    if (other, operation.name) in SEEN:
        assert theirs.status_code == SEEN[other, operation.name]
        return
    assert told(theirs, anna.ids[first]) == told(missing, absent), other


@named
def test_who_may_passes(world: World, operation: Operation, everyones: dict[str, Things]) -> None:
    world.left = {}
    if operation.name in ENDLESS:
        return
    company = everyones["betrieb"]
    if operation.name in UNPROVED:
        with world.unchanged():
            for caller in world.callers:
                assert world.ask(operation, caller, company).status_code == UNPROVED[operation.name], caller
    elif operation.name in FRESH:
        with world.unchanged():
            for caller in operation.askers:
                assert code(world.ask(operation, caller, everyones.get(caller, company))) == (403, "fresh_sign_in"), caller
    elif operation.door == OPEN:
        for caller in world.callers:
            assert world.ask(operation, caller, company).status_code == operation.success, caller
    else:
        passes(world, operation, everyones)
    if operation.door == EVERYBODY and operation.ids[:1] == ["item_id"]:
        world.settle()
        before = world.rows()
        answer = world.ask(operation, "ben", company)
        assert answer.status_code == COMPANYS.get(operation.name, operation.success), answer.text
        assert world.rows() == before


def passes(world: World, operation: Operation, everyones: dict[str, Things]) -> None:
    """Each who passes the door asks for what they may have; Ben, a customer as Anna is, asks for hers and the company's elsewhere."""
    for caller in (one for one in operation.askers if one != "ben"):
        for owner in owners(operation, caller):
            fresh = (operation.method in DESTROYS and operation.ids) or operation.name in TAKEN_ONCE
            things = world.anew(owner, everyones[owner], operation.ids) if fresh else everyones[owner]
            answer = world.ask(operation, caller, things)
            expected = NOBODYS.get(operation.name, operation.success) if caller == "admin" else operation.success
            assert answer.status_code == expected, (caller, owner, answer.text)


def owners(operation: Operation, caller: str) -> tuple[str, ...]:
    """Whose things somebody asks for.

    Their own where it is a person's alone or the door is everybody's, an operator a customer's, the key the company's too.
    """
    if operation.name in PERSONAL and caller != "admin":
        return (caller,)
    if operation.door == EVERYBODY and (caller not in OPERATORS):
        return (caller,)
    if caller == "olga":
        return ("anna",)
    if ROLE_OF[caller] == "engineer" and operation.name in COMPANY_ONLY:
        return ("betrieb",)
    return ("anna", "betrieb")


def test_ids_in_a_body_open_no_one_elses_things(world: World, anna: Things) -> None:
    ben = world.send["ben"]
    theirs, nowhere = anna.ids, dict.fromkeys(anna.ids, MISSING)
    watched = ("items", "answers", "rag_feedback", "labels", "item_versions", "jobs")
    before = world.rows()

    def same(method: str, path: str, body: Callable[[dict[str, str]], dict[str, Any]], status: int) -> None:
        found = [ben(method, path, json=body(ids)) for ids in (theirs, nowhere)]
        assert [answer.status_code for answer in found] == [status, status], path
        if status >= 400:
            assert told(found[0], theirs["answer_id"]) == told(found[1], MISSING), path

    same("POST", "/api/v1/feedback/rag", lambda ids: JUDGED | {"answer_id": ids["answer_id"]}, 404)
    same("POST", "/api/v1/rag/ask", lambda ids: {"question": "Welches Blatt gilt?", "filters": {"item_id": ids["item_id"]}}, 200)
    asked = ben("POST", "/api/v1/rag/ask", json={"question": "Welches Blatt gilt?", "filters": {"item_id": theirs["item_id"]}})
    assert (asked.json()["data"]["status"], asked.json()["data"]["citations"]) == ("refused", [])
    same("POST", "/api/v1/events", lambda ids: {"user_id": "ben", "type": "view", "item_id": ids["item_id"], "event_id": str(uuid4())}, 200)
    for name in ("anna", str(uuid4()), person_id(world, "anna")):
        assert code(ben("POST", "/api/v1/events", json={"user_id": name, "type": "view"})) == (403, "not_allowed")
        assert code(ben("POST", "/api/v1/feedback/rag", json=JUDGED | {"user_id": name})) == (403, "not_allowed")
        batch = {"events": [{"user_id": "ben", "type": "view"}, {"user_id": name, "type": "view"}]}
        assert code(ben("POST", "/api/v1/events/batch", json=batch)) == (403, "not_allowed")
    after = world.rows()
    assert [name for name in watched if after[name] != before[name]] == ["answers"]  # Ben's own questions


def test_lists_show_no_one_elses_things(world: World, anna: Things) -> None:
    ben = world.send["ben"]
    for path in ("/api/v1/items", "/api/v1/jobs", "/api/v1/rag/answers"):
        text = ben("GET", path, params={"limit": 200}).text
        assert not [name for name in ("item_id", "job_id", "answer_id") if anna.ids[name] in text], path
    assert anna.ids["item_id"] in world.send["anna"]("GET", "/api/v1/items", params={"limit": 200}).text


def person_id(world: World, name: str) -> str:
    with world.door.nova.db.transaction() as conn:
        row = conn.execute("SELECT user_id FROM users WHERE external_id = %s", (name,)).fetchone()
    assert row
    return str(row["user_id"])
