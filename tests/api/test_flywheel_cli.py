"""`nova reviews`, `nova prompts` and `nova learn` on a real app: lists for people are German words, not codes."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from nova.__main__ import run
from nova.cli.quality import learn, prompts, reviews
from nova.cli.quality.reviews import MOST
from nova.kpi.review import curated
from nova.kpi.review.curated import MOST_EXPORTED
from nova.store.quality import second_opinions
from tests.api.commands import reach
from tests.api.house import Door
from tests.api.test_learning import clean, prompt_of
from tests.api.test_review import queue

__all__ = ["clean"]
Said = pytest.CaptureFixture[str]


@pytest.fixture
def nova(clean: Door, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """Commands reach this app."""
    reach(clean, monkeypatch, learn, prompts, reviews)
    yield clean
    clean.nova.db.execute("DELETE FROM reviews")


def test_lists_say_words(nova: Door, capsys: Said) -> None:
    queue(nova, "ungrounded", "rare")
    assert run(["reviews", "list"]) == 0
    assert "offen" in (said := capsys.readouterr().out) and "schwach belegt, seltene Frage" in said
    nova.admin("POST", "/api/v1/admin/prompts", json={"yaml": prompt_of("kurz")})
    assert run(["prompts", "list"]) == 0
    assert "Entwurf" in (said := capsys.readouterr().out) and "aus der Datei" in said
    assert run(["prompts", "show", "kurz"]) == 0
    assert "Entwurf" in capsys.readouterr().out
    assert run(["learn", "status"]) == 0
    assert "Lernt jede Nacht um 3 Uhr." in capsys.readouterr().out


def test_second_opinions_say_what_is_missing_and_how_far_editors_agree(nova: Door, capsys: Said) -> None:
    review_id = queue(nova)
    decided = """UPDATE reviews SET state = 'accepted', decided_by = 'reviewer:x', decided_at = now() WHERE review_id = %s"""
    nova.nova.db.execute(decided, (review_id,))
    with nova.nova.db.transaction() as conn:
        second_opinions.draw(conn, UUID(review_id), timedelta(days=-1))
    assert run(["reviews", "second"]) == 0
    said = capsys.readouterr()
    assert review_id in said.out and "ja" in said.out and "Zweite Meinung fehlt: 1, uneinig: 0" in said.err + said.out
    nova.admin("POST", f"/api/v1/admin/second-opinions/{review_id}", json={"verdict": "ablehnen"})
    assert run(["reviews", "second"]) == 0
    assert "angenommen" in (said := capsys.readouterr()).out and "abgelehnt" in said.out


def test_a_wrong_prompt_file_is_named_once(nova: Door, tmp_path: Path, capsys: Said) -> None:
    (tmp_path / "eigen.yml").write_text("version: x\nwas: neu\n", "utf-8")
    assert run(["prompts", "add", str(tmp_path / "eigen.yml")]) == 2
    said = capsys.readouterr().err
    assert said.count("In der Prompt-Datei") == 1 and f"{tmp_path / 'eigen.yml'} ist der Schlüssel „was“ unbekannt" in said


def test_who_decides_says_which_way(nova: Door, capsys: Said) -> None:
    assert run(["learn", "decide", "x"]) == 2
    said = capsys.readouterr().err
    assert "--approve" in said and "--decline" in said
    for way in ("--approve", "--decline"):
        assert run(["learn", "decide", str(uuid4()), way]) == 3


def test_numbers_have_a_comma(nova: Door, capsys: Said) -> None:
    nova.admin("POST", "/api/v1/admin/prompts", json={"yaml": prompt_of("kurz")})
    assert run(["prompts", "try", "kurz", "--share", "0.7"]) == 0
    capsys.readouterr()
    assert run(["prompts", "list"]) == 0
    said = capsys.readouterr().out
    assert "0,7" in said and "0.7" not in said


def test_the_ledger_is_listed_as_far_as_asked_for(nova: Door, capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    release = uuid4()
    nova.nova.db.execute(
        "WITH made AS (INSERT INTO releases (family, name, state, digest, created_by) VALUES ('learning', %s, 'former', 'd', 'admin'))"
        " INSERT INTO learning_releases (release_id, cutoff, analyser, evidence, subjects) VALUES (%s, now(), 'a', 1, 1)",
        [str(release), release],
    )  # fmt: skip
    nova.nova.db.execute(
        "INSERT INTO learning_entries (entry_id, release_id, kind, key, state, evidence, subjects, started_by, at)"
        " SELECT gen_random_uuid(), %s, 'topic', n::text, 'former', n, 3, 'admin', now() FROM generate_series(1, 7) n", [release],
    )  # fmt: skip
    monkeypatch.setattr(learn, "PAGE", 3)
    for limit, shown in ((5, 5), (50, 7)):
        assert run(["learn", "status", "--limit", str(limit)]) == 0
        told = capsys.readouterr()
        assert told.out.count("abgelöst") == shown and told.err == f"{shown} von 7\n"


def test_an_export_holds_all_rows_however_many_come_at_once(nova: Door, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(curated, "MOST_EXPORTED", 2)
    monkeypatch.setattr(reviews, "MOST", 2)
    assert MOST == MOST_EXPORTED
    decided = [queue(nova) for _ in range(5)]
    for one in decided:
        nova.admin("POST", f"/api/v1/admin/reviews/{one}/decision", json={"verdict": "annehmen"})
    assert run(["reviews", "export", str(tmp_path / "rows.jsonl")]) == 0
    lines = [json.loads(line) for line in (tmp_path / "rows.jsonl").read_text("utf-8").splitlines()]
    assert len(lines) == len({line["curated_id"] for line in lines}) == 5
    assert [line["created_at"] for line in lines] == sorted(line["created_at"] for line in lines)


def test_a_folder_that_is_not_there_is_named(nova: Door, tmp_path: Path, capsys: Said) -> None:
    assert run(["reviews", "export", str(tmp_path / "nix" / "x.jsonl")]) == 2
    assert "Den Ordner" in capsys.readouterr().err


def test_questions_about_unknown_documents_replace_none(nova: Door, tmp_path: Path, capsys: Said) -> None:
    (item,) = nova.nova.db.fetch_all("SELECT item_id FROM items LIMIT 1")
    kept = [{"question": "Wann?", "places": [{"item_id": str(item["item_id"]), "section": ""}]}]
    assert nova.admin("PUT", "/api/v1/admin/learning/questions", json={"questions": kept}).status_code == 200
    (tmp_path / "q.jsonl").write_text('{"id": 1, "question": "Wo?", "law": "gibt-es-nicht"}\n', "utf-8")
    assert run(["learn", "questions", str(tmp_path / "q.jsonl")]) == 2
    assert "bleibt bei den bisherigen" in capsys.readouterr().err
    assert nova.admin("GET", "/api/v1/admin/learning/questions").json()["data"]["questions"] == kept


def test_a_code_becomes_its_word_and_an_unknown_one_stays() -> None:
    assert learn.worded({"state": "waiting", "kind": "neu", "n": 1}, learn.WORDS) == {"state": "wartet auf Sie", "kind": "neu", "n": 1}
