"""What editors do about unanswered questions where others do something meanwhile, something is gone, or who asks may not see it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from nova.cli.quality.gaps import _one
from nova.errors import NotAllowed, NotFound, ServerAbsent
from nova.flows.gaps.asking_again import AskingAgain
from nova.kpi.measure.hour import POINTS_AT_A_GAP
from nova.store.quality import gap_steps, gaps
from nova.store.quality.gap_steps import Place, ToAsk
from tests.api.house import Door
from tests.api.test_gap_steps import API, NOTE, VAIN, WORDS, ask, data, gap, measured
from tests.api.test_gap_steps import _clean as _clean
from tests.fakes.running import Context
from tests.rooms.kpi.house import answer, judge, subject

KNOWN = "Wie oft sind Musterlampen zu prüfen?"


@pytest.fixture
def asking(door: Door) -> AskingAgain:
    return AskingAgain(door.nova.db, door.nova.intake, door.nova.shelf, door.nova.answers)


def step_of(door: Door, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """A step that was measured once."""
    step = data(door.admin("POST", f"{path}/steps", json=body), 201)
    measured(door, path, step["step_id"])
    return dict(step)


def state_of(door: Door, gap_id: str) -> str:
    return str(data(door.admin("GET", f"{API}/gaps/{gap_id}"))["state"])


def sections(door: Door, gap_id: str) -> list[str]:
    return [one["section_id"] for one in data(door.admin("GET", f"{API}/gaps/{gap_id}/sections?q=Musterlampen"))["sections"]]


def test_what_was_judged_wrong_is_not_answered_by_the_same_passages(door: Door) -> None:
    got = data(door.person("luecke-falsch")("POST", "/api/v1/rag/ask", json={"question": KNOWN}))
    assert got["status"] == "answered"
    judge(door.nova.db, datetime.now(UTC), UUID(got["answer_id"]), False, "falsch")
    path = f"{API}/unanswered/{got['answer_id']}"
    step = step_of(door, path, WORDS)
    assert measured(door, path, step["step_id"])["after"] == "weak"


def test_of_many_questions_those_without_an_answer_are_asked_first(door: Door) -> None:
    asked = [(f"Aal {number}?", "answered", 1.0) for number in range(3)] + [(VAIN, "refused", 0.1), ("Zander?", "refused", 0.1)]
    ids = [
        answer(door.nova.db, datetime.now(UTC), text, status=status, margin=margin, subject_id=subject(door.nova.db))
        for text, status, margin in asked
    ]
    gap_id = uuid4()
    door.nova.db.execute(
        "INSERT INTO knowledge_gaps (gap_id, signature, terms, state, first_at, last_at) VALUES (%s, 's', '{}', 'open', now(), now())",
        [gap_id],
    )
    for one in ids:
        door.nova.db.execute("INSERT INTO gap_answers (gap_id, answer_id, weakness) VALUES (%s, %s, 0.5)", [gap_id, one])
    step = data(door.admin("POST", f"{API}/gaps/{gap_id}/steps", json={"what": "outside"}), 201)
    with door.nova.db.transaction() as conn:
        first = gap_steps.to_ask(conn, UUID(step["step_id"]), "", POINTS_AT_A_GAP, 2)
    assert {one.question for one in first} == {VAIN, "Zander?"}


def answered_while(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Whatever is asked again is answered, and this happens meanwhile."""

    def ask_one(_: AskingAgain, one: ToAsk) -> tuple[str, None]:
        happens()
        return "answered", None

    monkeypatch.setattr(AskingAgain, "_ask", ask_one)


def test_a_step_that_is_taken_back_while_it_is_measured_closes_nothing(
    door: Door, asking: AskingAgain, monkeypatch: pytest.MonkeyPatch
) -> None:
    gap_id = gap(door)
    step = step_of(door, f"{API}/gaps/{gap_id}", WORDS)
    answered_while(monkeypatch, lambda: data(door.admin("DELETE", f"{API}/gap-steps/{step['step_id']}")))
    assert asking.one(UUID(step["step_id"]), Context())["answered"] == 1  # type: ignore[arg-type]
    assert state_of(door, gap_id) == "open"


def test_a_question_that_is_erased_while_it_is_asked_again_is_no_fault(
    door: Door, asking: AskingAgain, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_id = ask(door)
    step = step_of(door, f"{API}/unanswered/{answer_id}", WORDS)
    answered_while(monkeypatch, lambda: door.nova.db.execute("DELETE FROM answers WHERE answer_id = %s", [answer_id]))
    assert asking.one(UUID(step["step_id"]), Context()) == {"asked": 1, "answered": 1}  # type: ignore[arg-type]


def test_a_step_that_fails_does_not_keep_the_others_from_being_measured(
    door: Door, asking: AskingAgain, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = [step_of(door, f"{API}/unanswered/{ask(door, question)}", WORDS)["step_id"] for question in (VAIN, "Wer ist der Kanzler?")]
    door.nova.db.execute("UPDATE gap_steps SET measured_at = NULL")
    one, tried = AskingAgain.one, []

    def fails_at_first(self: AskingAgain, step_id: UUID, ctx: Context) -> dict[str, Any]:
        tried.append(str(step_id))
        if len(tried) == 1:
            raise ServerAbsent("Der Index antwortet nicht.")
        return one(self, step_id, ctx)  # type: ignore[arg-type]

    monkeypatch.setattr(AskingAgain, "one", fails_at_first)
    assert asking.due(Context())["steps"] == 2 and sorted(tried) == sorted(steps)  # type: ignore[arg-type]


def test_an_answer_that_somebody_deleted_among_the_documents_does_not_come_back(door: Door, asking: AskingAgain) -> None:
    path = f"{API}/unanswered/{ask(door)}"
    step = step_of(door, path, NOTE)
    item_id = measured(door, path, step["step_id"])["item_id"]
    data(door.admin("DELETE", f"{API}/items/{item_id}"))
    asking.one(UUID(step["step_id"]), Context())  # type: ignore[arg-type]
    assert door.nova.db.fetch_all("SELECT 1 FROM items WHERE kind = 'note'") == []


def test_what_an_editor_said_while_gaps_are_looked_for_stands(door: Door) -> None:
    gap_id = UUID(gap(door))
    with door.nova.db.transaction() as conn:
        known = next(one for one in gaps.known(conn) if one.gap_id == gap_id)
    data(door.admin("POST", f"{API}/gaps/{gap_id}/steps", json={"what": "outside"}), 201)
    with door.nova.db.transaction() as conn:
        rows = [{"answer_id": one, "seq": None, "conversation_id": None} for one in known.answer_ids]
        gaps.put(conn, known, [(row, 1.0) for row in rows])
    assert state_of(door, str(gap_id)) == "outside"


def test_a_place_that_is_taken_back_leaves_the_other_one_and_the_last_one_leaves_the_search(door: Door) -> None:
    gap_id = gap(door)
    path = f"{API}/gaps/{gap_id}"
    one, other = sections(door, gap_id)[:2]
    first, second, third = (
        data(door.admin("POST", f"{path}/steps", json={"what": "place", "section_id": here}), 201) for here in (one, other, one)
    )
    data(door.admin("DELETE", f"{API}/gap-steps/{first['step_id']}"))
    assert data(door.admin("GET", path))["place"] == third["place"]
    data(door.admin("DELETE", f"{API}/gap-steps/{third['step_id']}"))
    found = data(door.admin("GET", path))
    assert (found["place"], found["place_source"]) == (second["place"], "editor")
    data(door.admin("DELETE", f"{API}/gap-steps/{second['step_id']}"))
    found = data(door.admin("GET", path))
    assert (found["place"], found["looked_at"]) == (None, None)  # and not: the document is missing
    with door.nova.db.transaction() as conn:
        assert gap_steps.to_look_for(conn, 10) == [UUID(gap_id)]


def test_where_the_document_of_a_place_is_gone_search_is_asked_again(door: Door) -> None:
    gap_id = gap(door)
    item_id = data(door.upload("# Führungen\n\n## Zeiten\n\nMusterlampen werden um zehn Uhr gezeigt.\n", "zeiten.md", kind="note"), 201)[
        "item_id"
    ]
    with door.nova.db.transaction() as conn:
        gap_steps.put_place(conn, UUID(gap_id), Place(UUID(item_id), "Führungen", "Zeiten"), "editor")
    data(door.admin("DELETE", f"{API}/items/{item_id}"))
    answer(door.nova.db, datetime.now(UTC), VAIN, status="refused", subject_id=subject(door.nova.db))
    door.nova.db.execute("UPDATE knowledge_gaps SET last_at = clock_timestamp()")
    with door.nova.db.transaction() as conn:
        assert gap_steps.to_look_for(conn, 10) == [UUID(gap_id)]
        gap_steps.put_place(conn, UUID(gap_id), None, "search")
        assert gap_steps.to_look_for(conn, 10) == []


def test_one_question_does_not_belong_here_only_once(door: Door) -> None:
    path = f"{API}/unanswered/{ask(door)}/steps"
    data(door.admin("POST", path, json={"what": "outside"}), 201)
    got = door.admin("POST", path, json={"what": "outside"})
    assert got.status_code == 409 and "gehört schon nicht hierher" in got.text and got.json()["trace_id"]


def test_a_step_about_a_gap_is_of_who_may_see_gaps(door: Door) -> None:
    step = data(door.admin("POST", f"{API}/gaps/{gap(door)}/steps", json={"what": "outside"}), 201)
    editor = door.person("luecken-redaktion-2", "reviewer")
    assert editor("DELETE", f"{API}/gap-steps/{step['step_id']}").status_code == 404
    assert editor("POST", f"{API}/gap-steps/{step['step_id']}/again").status_code == 404


def test_the_command_finds_a_question_for_who_may_not_see_gaps() -> None:
    class Editors:
        def get(self, path: str) -> dict[str, Any]:
            if path.startswith("/admin/gaps"):
                raise NotAllowed("Dafür fehlt Ihnen das Recht.")
            if path.endswith("gone"):
                raise NotFound("Nicht da.")
            return {"question": VAIN}

    assert _one(Editors(), "here") == ("/admin/unanswered/here", {"question": VAIN})  # type: ignore[arg-type]
    with pytest.raises(NotFound, match="gibt es nicht"):
        _one(Editors(), "gone")  # type: ignore[arg-type]
