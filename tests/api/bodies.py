"""The name of an operation in, a body out that it takes: what tests of hostile values break, place by place."""

from typing import Any
from uuid import uuid4

from nova.answers.compose.prompt import text as luna_text
from tests.api.house import ADMIN_KEY, QUESTION

PLANT = {
    "battery": {"capacity_kwh": 1, "charge_kw": 1, "discharge_kw": 1, "soc_start": 0.5},
    "loads": [{"name": "x", "window": "18:00-06:00", "energy_kwh": 1, "max_kw": 1, "interruptible": True, "min_run_minutes": 0}],
    "base": {"kw": [1]},
    "pv": {"kw": [1], "curtailable": False},
    "grid": {"import_limit_kw": 10},
    "tariff": {"surcharge_ct_kwh": 1, "peak_eur_kw": 1},
}
MADE_UP = str(uuid4())
IDS = (
    "item_id", "job_id", "answer_id", "token_id", "snapshot_id", "recommendation_id", "schedule_id", "fact_id", "batch_id",
    "conversation_id", "review_id", "gap_id", "ticket_id", "entry_id", "subject_id", "erasure_id",
    "user_id", "session_id", "passkey_id", "handover_id", "approval_id", "step_id", "run_id",
)  # fmt: skip
WHEN = "2026-01-01T00:00:00Z"
RULES = """version: 1
every: 15m
rules:
  - {name: suche_schwach, kpi: weak_share, window: 24h, n: 30, direction: above, warn: 0.3, critical: 0.5, clear: 0.05, for: 3,
     action: {ticket: auto, channels: [log]}, text: x}
"""
PROMPT = luna_text().replace('version: "', 'version: "x', 1)
PURPOSES = {"service": True, "analytics": False, "training": None}


def example(name: str) -> Any:
    """A body that this operation takes."""
    event = {
        "user_id": "anna",
        "type": "view",
        "ts": WHEN,
        "dwell_ms": 1,
        "meta": {"a": {"b": ["c"]}},
        "item_id": MADE_UP,
    }
    judged = {"question": "a", "answer": "b", "useful": True, "notes": "c", "user_id": "anna", "chunks_used": [MADE_UP], "dwell_ms": 1}
    step = {
        "what": "answer",
        "question": "x",
        "answer": "y",
        "source": "z",
        "phrases": ["x"],
        "terms": ["y"],
        "item_id": MADE_UP,
        "section_id": MADE_UP,
    }
    known: dict[str, Any] = {
        "ask_luna": {"question": QUESTION, "top_k": 3, "filters": {"kind": "document", "tag": "x"}, "as_of": "2026-01-01", "stream": False},
        "run_pipeline": {"reason": "x"},
        "judge_pair": {"row_id": "x", "choice": "left", "mark": "0" * 32, "note": "y"},
        "evaluate_run": {"manifest": {"digest": "x"}},
        "make_card": {"manifest": {"digest": "x"}},
        "make_dataset": {"reason": "x"},
        "add_set": {
            "name": "satz",
            "keeper": "Redaktion",
            "note": "x",
            "rows": [{"id": "1", "kind": "edge", "topic": "x", "question": "Was?", "reference": "Das.", "answerable": "true"}],
        },
        "find_learned": {"name": "x"},
        "preflight": {"config": "", "profile": "cpu", "version": ""},
        "turn_key": {"evaluation_id": MADE_UP, "says": "yes", "reason": "x"},
        "take_adapter_back": {"reason": "x"},
        "end_adapter_trial": {"reason": "x"},
        "try_adapter": {"run": "x", "share": 0.1, "reason": "x"},
        "make_champion": {"run": "x", "reason": "x"},
        "start_train_run": {"config": "", "profile": "cpu", "version": ""},
        "undo_removals": {"ids": ["x"], "kept_id": "y"},
        "make_live": {"version": "x"},
        "get_person": {"name": "x"},
        "correct_person": {"name": "x", "column": "text", "value": "y", "row_id": "z"},
        "complete_chat": {
            "model": "luna",
            "messages": [{"role": "user", "content": [{"type": "text", "text": QUESTION}]}],
            "stream": False,
        },
        "save_event": event,
        "save_event_batch": {"events": [event]},
        "save_answer_feedback": judged,
        "ingest_url": {"url": "https://example.org/x", "kind": "note", "tags": ["x"], "wait": 0},
        "change_item": {"title": "x", "tags": ["x"], "kind": "note"},
        "change_items": {"action": "tag", "item_ids": [MADE_UP], "tag": "x"},
        "reindex": {"item_ids": [], "filter": {"kind": "note", "tag": "x"}, "relearn": False},
        "issue_key": {"user": "anna", "label": "x", "days": 1},
        "put_vocabulary": {"text": "version: 1\nfelder: []\n", "version": "0123456789ab"},
        "create_session": {"key": ADMIN_KEY},
        "make_snapshot": {"qdrant": False, "recipient": None},
        "assign_meter": [{"customer": "anna", "from": WHEN, "to": None}],
        "change_meter": {
            "title": "x",
            "kind": "household",
            "keep_days": 1,
            "owner": "anna",
            "shared": False,
            "region": "x",
            "peak_eur_kw": 1.5,
            "pv_kwp": 1,
            "tariff": {"fixed_ct_kwh": 1.5},
            "plant": PLANT,
        },
        "decide_recommendation": {"decision": "spaeter", "reason": "x"},
        "make_schedule": {
            "meter_id": "x",
            "plant": PLANT,
            "day": "2026-01-01",
            "days": 1,
            "market": "EPEX",
            "zone": "DE-LU",
            "title": "x",
            "prices": {"seconds": 3600, "eur_mwh": [1.5]},
            "keep": False,
        },
        "push_readings": [{"meter_id": "x", "ts": WHEN, "seconds": 900, "consumption_kw": 1.5, "quality": "measured"}],
        "switch_feed": {"action": "stop"},
        "run_simulator": {"action": "stop", "seed": 1, "meters": 1, "days": 0, "faults": False},
        "weigh_model": {"questions": [{"question": "a", "places": [{"item_id": MADE_UP, "section": "§ 1"}]}]},
        "run_vector_ingest": {"replay": False},
        "decide_review": {"verdict": "aendern", "rating": 3, "question": "a", "answer": "b", "note": "c", "publish": False},
        "give_second_opinion": {"verdict": "annehmen", "note": "c"},
        "settle_second_opinion": {"right": "erste"},
        "measure_kpis": {"from": WHEN, "to": "2026-01-01T01:00:00Z"},
        "label_turn": {"label": "neutral"},
        "put_thresholds": {"text": RULES, "version": "0123456789ab"},
        "backtest_thresholds": {"text": RULES, "rule": "suche_schwach", "days": 1},
        "run_alerts": {"dry_run": True},
        "silence_alert": {"hours": 1},
        "open_ticket": {"title": "x", "text": "y", "kind": "other", "owner": "lumina", "gap_id": MADE_UP},
        "take_gap_step": step,
        "take_unanswered_step": step,
        "change_ticket": {"state": "doing", "owner": "lumina", "comment": "x", "version": 1},
        "start_learning": {"hour": 3},
        "put_learning_questions": {"questions": [{"question": "a", "places": [{"item_id": MADE_UP, "section": "§ 1"}]}]},
        "decide_learned": {"approved": True},
        "add_prompt": {"yaml": PROMPT, "note": "x"},
        "try_prompt": {"share": 0.5},
        "promote_prompt": {"seal": "x"},
        "learn_policy": {"policy": "linucb"},
        "recommend_passages": {"user_id": "anna", "top_k": 3},
        "open_token": {"token": "[NAME_7KQ2MX]", "reason": "rueckruf", "subject_id": MADE_UP},
        "navigate": {"visits": [{"ts": "2026-03-02T08:00:00Z", "route": "/"}], "question": "Was kostet Strom?"},
        "order_delivery": {"engine": "analytics", "execution": "4711", "reason": "x"},
        "order_run": {"pipeline": "beispiel-tickets", "execution": "4711", "reason": "x"},
        "take_session": {
            "session_id": "x",
            "source": "sophia",
            "user": "anna",
            "channel": "web",
            "started_at": WHEN,
            "consent": {"purposes": PURPOSES, "version": "1", "text_sha256": "0" * 64, "at": WHEN, "source": "web"},
            "fields": {"name": "Anna Muster"},
            "turns": [{"seq": 0, "role": "user", "text": "Guten Tag", "ts": WHEN, "meta": {"latency_ms": 1}}],
        },
        "change_consent": {"purposes": PURPOSES, "version": "1"},
        "correct_own_data": {
            "turn": {"conversation_id": MADE_UP, "seq": 0, "text": "x"},
            "answer": {"answer_id": MADE_UP, "question": "x"},
        },
        "record_consent": {"user": "anna", "purposes": PURPOSES, "version": "1", "at": WHEN, "source": "betrieb"},
        "rotate_vault": {"forget": False},
        "find_subject": {"subject": "niemand"},
        "change_subject": {"external_id": "niemand"},
        "erase_subject": {"subject": "niemand", "purge_snapshots": False},
        "run_retention": {"dry_run": True},
        "sign_in_by_password": {"user": "niemand", "password": "geraten"},
        "sign_in_by_code": {"step": "geraten", "code": "123456"},
        "sign_in_by_passkey": {"step": "geraten", "credential": {"id": "x", "response": {"signature": "x"}}},
        "look_at_invitation": {"secret": "geraten"},
        "join_by_password": {"secret": "geraten", "password": "Kanal Birne Wolke 7 Nagel"},
        "join_by_code": {"step": "geraten", "code": "123456"},
        "begin_passkey_join": {"secret": "geraten"},
        "join_by_passkey": {"step": "geraten", "credential": {"id": "x", "response": {"transports": ["x"]}}, "name": "x"},
        "change_own_password": {"old": "x", "new": "Kanal Birne Wolke 7 Nagel"},
        "add_own_passkey": {"step": "geraten", "credential": {"id": "x"}, "name": "x"},
        "take_own_factor": {"step": "geraten", "code": "123456"},
        "issue_own_token": {"label": "x", "scopes": ["use"], "days": 1},
        "see_notices": {"seq": 1},
        "invite_person": {"user": "niemand", "name": "x", "role": "employee"},
        "change_person": {"name": "x"},
        "decide_approval": {"approve": False},
        "make_handover": {
            "answer_id": MADE_UP,
            "to": "niemand",
            "kind": "complaint",
            "note": "x",
            "received_on": "2026-01-01",
            "agreed": True,
        },
        "move_handover": {"state": "taken"},
    }
    return known[name]
