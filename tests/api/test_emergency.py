"""An emergency at the two doors of the API: answered before the line, the limit and the search, and its row told apart from all others."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from nova.errors import ServerAbsent
from nova.kpi.measure.hour import POINTS_AT_A_GAP, WEAK_MARGIN, Gauge, hour_rows
from nova.store.postgres import dump
from nova.store.postgres.db import Database
from nova.store.quality import gaps, learning, review
from nova.wiring.chats import desk_of, redactor
from nova.wiring.masterdata import master_data
from tests.api.house import ADMIN_KEY, QUESTION, Door, opened
from tests.api.test_ask import events

NUMBER = "0351 468 1234"
GAS = "Es riecht nach Gas im Keller"
EMERGENCY = {"kind": "gas", "call": NUMBER, "hotline": NUMBER, "hotline_configured": True}


@pytest.fixture(scope="module")
def bare(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """An app with a hotline and without a document."""
    with opened(database, tmp_path_factory.mktemp("bare"), NOVA_RATE_LIMITS="off", NOVA_HOTLINE=NUMBER) as found:
        found.nova.worker.stop()  # another app of these tests does the jobs
        yield found


def asked(door: Any, question: str = GAS, **more: Any) -> dict[str, Any]:
    response = door("POST", "/api/v1/rag/ask", json={"question": question, **more})
    assert response.status_code == 200, response.text
    data: dict[str, Any] = response.json()["data"]
    return data


def test_it_is_answered_without_a_document(bare: Door) -> None:
    told = asked(bare.admin)
    assert (told["status"], told["emergency"], told["citations"], told["next_question"]) == ("answered", EMERGENCY, [], None)
    assert len(told["sentences"]) == 3 and NUMBER in told["sentences"][0]["text"]
    assert all(sentence["checked"] for sentence in told["sentences"])
    assert told["conversation_id"] and "nicht belegt" not in told["answer"]


def test_a_stream_tells_it_sentence_by_sentence(bare: Door) -> None:
    response = bare.admin("POST", "/api/v1/rag/ask", json={"question": GAS, "stream": True})
    assert response.headers["content-type"].startswith("text/event-stream")
    told = events(response.text)
    assert [name for name, _ in told] == ["sentence", "sentence", "sentence", "final"]
    assert told[-1][1]["emergency"] == EMERGENCY and told[0][1]["text"] == told[-1][1]["sentences"][0]["text"]


def test_openai_clients_get_plain_text(bare: Door) -> None:
    before = [{"role": "user", "content": "Wie kündige ich?"}, {"role": "assistant", "content": "So."}]
    messages = [*before, {"role": "user", "content": GAS}]
    whole = bare.admin("POST", "/v1/chat/completions", json={"messages": messages}).json()
    text = whole["choices"][0]["message"]["content"]
    assert text.startswith("Gas: ") and NUMBER in text and "Quellen" not in text and whole["citations"] == []
    streamed = bare.admin("POST", "/v1/chat/completions", json={"messages": messages, "stream": True}).text
    assert NUMBER in streamed and streamed.rstrip().endswith("[DONE]")


def test_in_a_conversation_only_the_last_message_counts(bare: Door) -> None:
    said = (("user", GAS), ("assistant", "Raus!"), ("user", "Wie kündige ich?"))
    messages = [{"role": role, "content": content} for role, content in said]
    text = bare.admin("POST", "/v1/chat/completions", json={"messages": messages}).json()["choices"][0]["message"]["content"]
    assert NUMBER not in text


def test_a_message_too_long_for_a_question_may_be_an_emergency(bare: Door) -> None:
    long = "Mit dem Abschlag bin ich nicht einverstanden. " * 60
    refused = bare.admin("POST", "/v1/chat/completions", json={"messages": [{"role": "user", "content": long}]})
    assert refused.status_code == 400
    told = bare.admin("POST", "/v1/chat/completions", json={"messages": [{"role": "user", "content": f"{long} {GAS}!"}]})
    assert told.status_code == 200 and NUMBER in told.text


def test_a_question_that_only_speaks_of_it_is_searched(door: Door) -> None:
    told = asked(door.admin, "Wer haftet bei einem Stromausfall?")
    assert told["emergency"] is None
    assert asked(door.admin, QUESTION)["citations"]


def test_who_says_that_it_is_none_is_searched_for(door: Door) -> None:
    assert asked(door.admin)["emergency"] is not None
    told = asked(door.admin, no_emergency=True)
    assert told["emergency"] is None and "112" not in told["answer"]


def test_it_waits_in_no_line(database: Database, tmp_path: Path) -> None:
    with opened(database, tmp_path, NOVA_HOTLINE=NUMBER, NOVA_ASK_SLOTS=1, NOVA_ASK_QUEUE=0) as door:
        door.client.portal.call(door.client.app.state.house.rooms.asking.enter, "somebody")  # type: ignore[union-attr,attr-defined]
        busy = door.admin("POST", "/api/v1/rag/ask", json={"question": QUESTION})
        assert (busy.status_code, busy.json()["data"]["code"]) == (503, "busy")
        assert asked(door.admin)["emergency"] == EMERGENCY
        assert "final" in door.admin("POST", "/api/v1/rag/ask", json={"question": GAS, "stream": True}).text
        assert NUMBER in door.admin("POST", "/v1/chat/completions", json={"messages": [{"role": "user", "content": GAS}]}).text


def test_no_limit_of_questions_refuses_it_and_it_uses_none_up(database: Database, tmp_path: Path) -> None:
    with opened(database, tmp_path, NOVA_HOTLINE=NUMBER, NOVA_RATE_ASK="1/minute") as door:
        anna = door.person("anna")
        assert [asked(anna)["emergency"] for _ in range(3)] == [EMERGENCY] * 3
        assert anna("POST", "/api/v1/rag/ask", json={"question": QUESTION}).status_code == 200
        assert anna("POST", "/api/v1/rag/ask", json={"question": QUESTION}).status_code == 429
        assert asked(anna)["emergency"] == EMERGENCY


def test_neither_the_search_nor_a_model_is_asked(bare: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise ServerAbsent("Der Suchindex antwortet nicht.")

    monkeypatch.setattr(bare.nova.index, "search", broken)
    monkeypatch.setattr(bare.nova.generator, "stream", broken)
    assert asked(bare.admin)["emergency"] == EMERGENCY


def test_without_a_database_whoever_is_known_is_told(bare: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    anna = bare.person("anna.ohne")
    assert bare.client.post("/api/v1/session", json={"key": ADMIN_KEY}).status_code == 200
    cookie = {"Cookie": f"nova_session={bare.client.cookies['nova_session']}"}
    bare.client.cookies.clear()
    bare.client.app.state.house.identities.forget()  # type: ignore[attr-defined]

    def gone(*_: Any) -> Any:
        raise ServerAbsent("Die Datenbank antwortet nicht.")

    monkeypatch.setattr(bare.nova.db, "_checkout", gone)
    assert asked(anna)["emergency"] == EMERGENCY
    assert bare.client.post("/api/v1/rag/ask", json={"question": GAS}, headers=cookie).json()["data"]["emergency"] == EMERGENCY
    assert asked(bare.admin)["emergency"] == EMERGENCY
    refused = anna("POST", "/api/v1/rag/ask", json={"question": QUESTION})
    assert (refused.status_code, refused.json()["data"]["code"]) == (503, "server_absent")
    assert bare.client.post("/api/v1/rag/ask", json={"question": GAS}).status_code == 401
    wrong = {"Authorization": "Bearer falsch"}
    assert bare.client.post("/api/v1/rag/ask", json={"question": GAS}, headers=wrong).status_code == 401
    assert anna("GET", "/api/v1/rag/answers").status_code == 503


def test_none_configured_is_said(database: Database, tmp_path: Path) -> None:
    with opened(database, tmp_path) as door:
        told = asked(door.admin)
        assert told["emergency"] == {"kind": "gas", "call": "112", "hotline": "112", "hotline_configured": False}
        assert "112" in told["sentences"][0]["text"]


def test_it_is_kept_with_consent_and_shown_with_the_numbers_of_today(bare: Door) -> None:
    anna = bare.person("anna.mit")
    told = asked(anna, f"{GAS}, hier ist Erika Mustermann, 0151 23456789")
    kept = anna("GET", f"/api/v1/rag/answers/{told['answer_id']}").json()["data"]
    assert kept["emergency"] == EMERGENCY and NUMBER not in kept["answer"] and "[TELEFON_" in kept["answer"]
    assert "Mustermann" not in kept["question"] and "0151" not in kept["question"]
    assert asked(anna, QUESTION)["emergency"] is None


def test_the_suppliers_number_stays_in_what_is_kept(database: Database, tmp_path: Path) -> None:
    with opened(database, tmp_path, NOVA_HOTLINE=NUMBER, NOVA_HOTLINE_GAS="+49 351 99887766") as door:
        master = master_data(door.nova.settings)
        redact = redactor(master)
        for written in (NUMBER, "0351/4681234", "+49 351 468 1234", "0351 99887766", "0049 351 99 88 77 66"):
            assert redact(f"Rufen Sie {written} an") == f"Rufen Sie {written} an"
        assert redact("Rufen Sie 0351 468 1235 an") == "Rufen Sie [TELEFON] an"
        door.nova.answers = door.nova.answers.__class__(**vars(door.nova.answers) | {"keeper": None, "redact": redact})
        assert redactor()(f"Rufen Sie {NUMBER} an") != f"Rufen Sie {NUMBER} an"
        assert desk_of(door.nova.people, master).redact(f"Nummer {NUMBER}", None, {}) == f"Nummer {NUMBER}"


def test_without_consent_no_word_is_kept_and_not_which_emergency_it_was(bare: Door) -> None:
    quiet = bare.person("still", agrees=())
    told = asked(quiet)
    with bare.nova.db.single() as conn:
        row = conn.execute("SELECT question, answer, retrieval FROM answers WHERE answer_id = %s", (told["answer_id"],)).fetchone()
    assert row == {"question": "(nicht gespeichert)", "answer": "", "retrieval": {"emergency": True, "said": [[0, 0, [], 0, 1]] * 3}}
    assert quiet("GET", f"/api/v1/rag/answers/{told['answer_id']}").json()["data"]["emergency"] is None


def test_it_is_an_answer_in_the_figures_and_nothing_else_looks_at_it(database: Database, tmp_path: Path) -> None:
    with opened(database, tmp_path, NOVA_RATE_LIMITS="off", NOVA_HOTLINE=NUMBER) as door:
        anna, now = door.person("anna.kpi"), datetime.now(UTC)
        before, after = now - timedelta(hours=1), now + timedelta(hours=1)
        told = asked(anna, "Bei uns stinkt es nach faulen Eiern, Xylophonweg 3")
        judged = {"question": GAS, "answer": told["answer"], "useful": False, "reason": "falsch", "answer_id": told["answer_id"]}
        assert anna("POST", "/api/v1/feedback/rag", json=judged).status_code == 200
        id_ = told["answer_id"]
        with door.nova.db.transaction() as conn:
            # of all answers of this database only this one
            conn.execute("DELETE FROM answers WHERE answer_id <> %s", (id_,))
            conn.execute("DELETE FROM rag_feedback WHERE answer_id IS DISTINCT FROM %s", (id_,))
            hours = [row for start in (before, now) for row in hour_rows(conn, start.replace(minute=0, second=0, microsecond=0), Gauge())]
            figures = {row.kpi: row.total for row in hours if not row.segment}
            assert gaps.weak_questions(conn, before, after, WEAK_MARGIN, POINTS_AT_A_GAP, 10) == []
            assert review.candidates(conn, before, after, "(nicht gespeichert)", 10) == []
            assert list(learning.judgements(conn, before, after)) == []
            assert dump.asked_lately(conn, 10) == []
        assert figures["answers"] == 1 and figures["refused_share"] == 0
        assert {"gap_questions", "weak_share", "cited_share", "groundedness"} & set(figures) == set()


def test_it_is_counted_for_prometheus(bare: Door) -> None:
    asked(bare.admin, "Der Strom ist weg")
    text = bare.admin("GET", "/metrics").text
    assert 'nova_emergencies_total{kind="outage"}' in text and 'nova_asks_total{status="answered"}' in text


def test_what_cannot_be_kept_is_told_all_the_same(bare: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise ServerAbsent("Die Datenbank lässt gerade keine Änderungen zu.")

    monkeypatch.setattr(bare.nova.answers.shelf, "keep", full)
    assert asked(bare.admin)["emergency"] == EMERGENCY
